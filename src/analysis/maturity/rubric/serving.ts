import type { Quantity } from '../../../model/quantity.ts';
import { value } from '../../../model/statements.ts';
import { daysBetween } from '../../deployment/age.ts';
import { estimate, USUAL_MULTIPLES } from '../../estimation/estimate.ts';
import { formatDuration, formatNumber, formatQuantity } from '../../format.ts';
import { loadOf, testedRate } from '../../serving/load.ts';
import { facingServices, promisesLatency } from '../../serving/objectives.ts';
import { consumersOf, isOnlySpare, ownServices, type Service } from '../../serving/services.ts';
import { judgedBy, type Facts } from '../facts.ts';
import { every, met, missing, notApplicable, open, some, stated, within, type Judgement } from '../judgement.ts';
import { noServices } from './capacity.ts';
import { rowOf, type RubricRow } from './row.ts';

/** Rows about replicas, load tests and latency. */
export const servingRows = (facts: Facts): RubricRow[] => [loadTestRow(facts), latencyRow(facts), redundancyRow(facts)];

/** A load test says something of today for as long as this, in days. */
const FRESH_DAYS = 365;

function loadTestRow(facts: Facts): RubricRow {
  const { context, architecture } = facts;
  const services = ownServices(architecture);
  const all = (judge: (service: Service) => Judgement): Judgement => every(services.map(judge), noServices(facts));
  const reaches = (service: Service, peak: 'peak' | 'expected'): Judgement => {
    const load = loadOf(context, service.name);
    const tested = testedRate(service);
    if (!tested) return value(service, 'load_test') ? missing(`the load test of ${service.name} names no rate`, service.name) : stated(service, 'load_test', 'a load test');
    if (!load) return open(`the traffic on ${service.name} is not declared`, service.name);
    return { state: within(tested, 'at least', load[peak].high), by: [service.name], because: `${service.name} was tested at ${formatQuantity(tested)}, against ${formatQuantity(load[peak])}` };
  };
  const lasting = (service: Service): Judgement => {
    const test = value(service, 'load_test');
    if (!test) return stated(service, 'load_test', 'a load test');
    if (test.kind === 'single_request' || test.representative === false) return missing(`the load test of ${service.name} is not like production`, service.name);
    if (test.on === undefined || (test.kind === undefined && test.representative === undefined)) return open(`nobody says when ${service.name} was tested, and whether as in production`, service.name);
    const age = daysBetween(test.on, context.today);
    return age <= FRESH_DAYS ? met(`${service.name} was tested ${formatNumber(age)} days ago`, service.name) : missing(`the load test of ${service.name} is ${formatNumber(age)} days old`, service.name);
  };
  const rates = services.flatMap((service) => {
    const tested = testedRate(service);
    const load = loadOf(context, service.name);
    return tested ? [`${service.name} at ${formatQuantity(tested)}${load ? `, ${formatQuantity(load.peak)} today` : ''}`] : [];
  });
  return rowOf({
    id: 'load-test',
    axis: 'scalability',
    title: 'Load-test evidence',
    levels: ['No load test', 'A load test exists', 'It covers today’s peak', 'It covers the peak to be ready for', 'It is like production and less than a year old'],
    steps: [all((service) => stated(service, 'load_test', 'a load test')), all((service) => reaches(service, 'peak')), all((service) => reaches(service, 'expected')), all(lasting)],
    figure: rates.join('; '),
    shownBy: ['ML09.5', '`load_test … at … on`'],
  });
}

function latencyRow(facts: Facts): RubricRow {
  const { context, architecture } = facts;
  const services = facingServices(architecture);
  const paths = estimate(context, USUAL_MULTIPLES).paths.filter(({ objective }) => objective !== undefined);
  const none = noServices(facts);
  const promised = (service: Service): Judgement => some([promisesLatency(service) ? met(`${service.name} promises a latency`, service.name) : stated(service, 'slo', 'an objective'), ...consumersOf(architecture, service.name).filter(promisesLatency).map((consumer) => met(`${consumer.name} was promised a latency`, consumer.name))], none);
  const reckoned = (sure: boolean): Judgement =>
    every(
      paths.map(({ from, to, at, missing: unknown }) => {
        const now = at.find(({ multiple }) => multiple === 1);
        const words = `the way from ${from} to ${to}`;
        if (!now?.verdict) return open(unknown.length > 0 ? `no time is known of ${unknown.join(', ')} on ${words}` : `the latency of ${words} cannot be reckoned`, to);
        if (now.verdict === 'missed') return missing(`${words} misses its objective at today’s peak`, to);
        if (now.verdict === 'met') return met(`${words} holds its objective over the whole band`, to);
        if (now.latency?.p99.bound !== undefined && sure) return open(`only a lower bound is known of ${words}`, to);
        return sure ? missing(`${words} holds its objective over part of the band only`, to) : met(`${words} may hold its objective`, to);
      }),
      services.length === 0 ? none : open('no latency objective is declared', ...services.map(({ name }) => name)),
    );
  const measured = (service: Service): Judgement => {
    const [slo, test] = [value(service, 'slo'), value(service, 'load_test')];
    const percentile = (['p99', 'p95'] as const).find((name) => slo?.[name] !== undefined);
    if (!percentile || !slo?.[percentile]) return open(`${service.name} promises no p99 or p95`, service.name);
    if (!test?.[percentile]) return test ? missing(`the load test of ${service.name} names no ${percentile}`, service.name) : stated(service, 'load_test', 'a load test');
    if (test.kind === 'single_request') return missing(`${service.name} was measured with single requests`, service.name);
    return { state: within(test[percentile], 'at most', slo[percentile].high), by: [service.name], because: `${percentile} of ${service.name} was measured as ${formatQuantity(test[percentile])}, against ${formatQuantity(slo[percentile])}` };
  };
  return rowOf({
    id: 'latency-objective',
    axis: 'scalability',
    title: 'Latency objective',
    levels: ['No objective', 'An objective is promised', 'What is reckoned at today’s peak does not rule it out', 'What is reckoned holds it over the whole band', 'It was measured under load'],
    steps: [every(services.map(promised), none), reckoned(false), reckoned(true), every(services.map(measured), none)],
    figure: paths.flatMap(({ from, to, at, objective }) => {
      const latency = at.find(({ multiple }) => multiple === 1)?.latency?.[objective?.percentile ?? 'p99'];
      return latency && objective ? [`${objective.percentile} ${from} to ${to} ${latency.bound === undefined ? '' : `${latency.bound} `}${formatDuration(latency.value)} of ${formatQuantity(objective.limit)}`] : [];
    }).join('; '),
    shownBy: ['ML11.1', 'ML11.3', 'ML11.6', '`slo`', '`load_test … p99`'],
  });
}

function redundancyRow(facts: Facts): RubricRow {
  const { context, architecture } = facts;
  const { stations } = estimate(context, USUAL_MULTIPLES);
  const services = ownServices(architecture).filter((service) => !isOnlySpare(architecture, service));
  const all = (judge: (service: Service) => Judgement): Judgement => every(services.map(judge), noServices(facts));
  const survives = (service: Service): Judgement => {
    const losses = stations.find(({ component }) => component === service.name)?.losses ?? [];
    if (losses.length === 0) return open(`it cannot be reckoned what is left of ${service.name} without a replica`, service.name);
    const failing = losses.find(({ holds }) => !holds);
    return failing ? missing(`without a ${failing.lost} ${service.name} runs at ${formatNumber(Math.round(failing.utilisation * 100))} % of what is left`, service.name) : met(`${service.name} takes today’s peak without a ${losses.at(-1)?.lost ?? 'replica'}`, service.name);
  };
  return rowOf({
    id: 'redundancy',
    axis: 'reliability',
    title: 'Redundancy',
    levels: ['One replica answers everything', 'Another replica can take its place', 'Two or more replicas always run', 'They span two or more zones', 'Today’s peak is taken without a replica or a zone'],
    steps: [all((service) => judgedBy(facts, 'ML09.3', new Set([service.name]))), all(atLeastTwo), all(twoZones), all(survives)],
    figure: services.map((service) => `${service.name}: ${countText(replicasOf(service), 'replica')}, ${countText(value(service, 'zones'), 'zone')}`).join('; '),
    shownBy: ['ML09.3', '`replicas`', '`zones`'],
  });
}

const replicasOf = (service: Service) => value(service, 'replicas');

const countText = (count: Quantity | undefined, word: string): string => (count ? `${formatQuantity(count)} ${word}${count.low === 1 && count.high === 1 ? '' : 's'}` : `${word}s unknown`);

function atLeastTwo(service: Service): Judgement {
  const replicas = replicasOf(service);
  if (!replicas) return (value(service, 'runs_on')?.x?.low ?? 0) > 1 ? met(`${service.name} runs on several machines`, service.name) : stated(service, 'replicas', 'a number of replicas');
  return replicas.low >= 2 ? met(`${formatNumber(replicas.low)} replicas of ${service.name} always run`, service.name) : missing(`${service.name} may run with ${formatNumber(replicas.low)} ${replicas.low === 1 ? 'replica' : 'replicas'}`, service.name);
}

function twoZones(service: Service): Judgement {
  const zones = value(service, 'zones');
  if (!zones) return service.variant === 'edge' ? notApplicable('') : stated(service, 'zones', 'zones');
  return zones.low >= 2 ? met(`${service.name} spans ${formatNumber(zones.low)} zones`, service.name) : missing(`${service.name} is in one zone`, service.name);
}
