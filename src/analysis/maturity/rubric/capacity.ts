import { estimate, USUAL_MULTIPLES } from '../../estimation/estimate.ts';
import { formatDuration, formatNumber } from '../../format.ts';
import { callsOf } from '../../../model/graph/calls.ts';
import { headroomOf } from '../../serving/load.ts';
import { ownServices, requestServices, type Service } from '../../serving/services.ts';
import { presenceOf, value } from '../../../model/statements.ts';
import { judgedBy, type Facts } from '../facts.ts';
import { every, met, missing, notApplicable, open, some, stated, type Judgement } from '../judgement.ts';
import { fullnessOf, fullnessText, takes } from './bounds.ts';
import { rowOf, type RubricRow } from './row.ts';

/** Rows that say how much more traffic the system takes. */
export function capacityRows(facts: Facts): RubricRow[] {
  const { context } = facts;
  const services = new Set(requestServices(context.architecture).map(({ name }) => name));
  const { stations } = estimate(context, USUAL_MULTIPLES);
  const called = callsOf(context.architecture).to;
  const own = stations.filter(({ component }) => services.has(component));
  const dependencies = stations.filter(({ component, kind }) => kind !== 'service' && called.has(component));
  const headroom = headroomOf(context);
  const times = `${formatNumber(headroom)} times`;
  const levels = (subject: string, takesIt: string): RubricRow['levels'] => [`${subject} full below today’s peak`, `${takesIt} today’s peak`, `${takesIt} twice today’s peak`, `${takesIt} the headroom asked for (${times} today’s peak)`, `${takesIt} twice that headroom`];
  const fullness = fullnessOf(own);
  const behind = fullnessOf(dependencies);
  const multiples = [1, Math.min(2, headroom), headroom, 2 * headroom] as const;
  const steps = (known: typeof fullness, none: Judgement | undefined): [Judgement, Judgement, Judgement, Judgement] => {
    const [a, b, c, d] = multiples.map((multiple) => none ?? takes(known, multiple)) as [Judgement, Judgement, Judgement, Judgement];
    return [a, b, c, d];
  };
  return [
    rowOf({ id: 'capacity-headroom', axis: 'scalability', title: 'Capacity headroom', levels: levels('A service is', 'Every service takes'), steps: steps(fullness, own.length === 0 ? noServices(facts) : undefined), figure: fullnessText(fullness), shownBy: ['ML09.1', 'ML09.2', '`throughput`', '`service_time`', '`replicas`'] }),
    elasticityRow(facts),
    rowOf({ id: 'dependency-capacity', axis: 'scalability', title: 'Capacity of dependencies', levels: levels('A dependency is', 'Every dependency takes'), steps: steps(behind, dependencies.length === 0 ? (own.length === 0 ? noServices(facts) : noDependency(facts)) : undefined), figure: fullnessText(behind), shownBy: ['ML09.4', '`capacity` of stores, gateways and caches'] }),
  ];
}

function noDependency(facts: Facts): Judgement {
  const judgement = judgedBy(facts, 'ML09.4');
  return judgement.state === 'open' ? judgement : notApplicable('no store, cache or gateway is declared to be asked while an answer is made');
}

/** Where no service answers requests, there is none, or nobody says. */
export const noServices = ({ releases }: Facts): Judgement => (releases.length > 0 ? notApplicable('no service answers requests: what is declared runs in jobs or on streams') : open('no service in production is declared'));

function elasticityRow(facts: Facts): RubricRow {
  const { context } = facts;
  const services = ownServices(context.architecture);
  const { surges } = estimate(context, USUAL_MULTIPLES);
  const none = noServices(facts);
  const all = (judge: (service: Service) => Judgement): Judgement => every(services.map(judge), none);
  const figures = surges.flatMap(({ component, figures: known }) => (known ? [{ component, known }] : []));
  const absorbed = (service: Service): Judgement => {
    const surge = figures.find(({ component }) => component === service.name)?.known;
    if (!surge || surge.drains === undefined) return open(`it cannot be reckoned what waits at ${service.name} when traffic rises`, service.name);
    if (!surge.drains || surge.obstacle !== undefined) return missing(`a rise to ${formatNumber(surge.factor)} times is not absorbed by ${service.name}`, service.name);
    const needed = surge.headroom?.replicas;
    if (!needed) return open(`it cannot be reckoned how many replicas of ${service.name} a rise needs`, service.name);
    return surge.before >= needed.value ? met(`${service.name} absorbs a rise to ${formatNumber(surge.factor)} times`, service.name) : missing(`${formatNumber(surge.before)} replicas of ${service.name} run before a rise to ${formatNumber(surge.factor)} times; ${formatNumber(Math.ceil(needed.value))} would be needed`, service.name);
  };
  const [first] = figures;
  return rowOf({
    id: 'elasticity',
    axis: 'scalability',
    title: 'Elasticity',
    levels: ['One replica, and none is added', 'Replicas can be added by hand', 'Replicas are added by themselves', 'New replicas answer before callers give up', 'A sudden rise is absorbed within the objective'],
    steps: [all((service) => judgedBy(facts, 'ML09.3', new Set([service.name]))), all((service) => stated(service, 'autoscale', 'autoscaling')), every([all((service) => (value(service, 'autoscale') === undefined ? notApplicable('') : timed(service))), services.length === 0 ? none : judgedBy(facts, 'ML09.7', new Set(services.map(({ name }) => name)))], none), all(absorbed)],
    figure: first ? `new replicas of ${first.component} answer ${formatDuration(Number(first.known.reaction.value.toPrecision(2)))} after a rise` : '',
    shownBy: ['ML09.3', 'ML09.7', '`autoscale … within`', '`loads_in`', '`ramp` of a consumer'],
  });
}

/** Somebody says how long it takes until a new replica answers. */
const timed = (service: Service): Judgement => some([value(service, 'autoscale')?.within ? met(`${service.name} says when new replicas answer`, service.name) : open(`nobody says how soon new replicas of ${service.name} answer`, service.name), presenceOf(service, 'loads_in') === 'present' ? met(`${service.name} says how long a replica loads`, service.name) : open('')], open(''));
