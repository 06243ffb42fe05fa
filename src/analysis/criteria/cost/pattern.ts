import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { carrying, pathTo, reachTree } from '../../../model/graph/paths.ts';
import { quantityOf } from '../../../model/quantity.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { formatDuration } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { advice, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { consumersOf, ownServices } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

const DAY = 86_400;
const follow = carrying('data', 'features', 'labels', 'config', 'predictions');
const INTERVALS: Readonly<Record<string, number>> = { hourly: 3600, daily: DAY, weekly: 7 * DAY, monthly: 30 * DAY, quarterly: 91 * DAY };

/** What uses a stream, and how old its data may be there; undefined where nobody says. */
interface Need {
  readonly name: string;
  readonly seconds?: number;
}

const streamsOf = (architecture: Architecture): Component[] => [
  ...componentsOf(architecture, 'ingestion').filter(({ variant }) => variant === 'streaming'),
  ...componentsOf(architecture, 'service').filter(({ variant }) => variant === 'streaming'),
];

const patient = (architecture: Architecture) =>
  ownServices(architecture).filter((service) => {
    const consumers = consumersOf(architecture, service.name);
    return consumers.length > 0 && consumers.every((consumer) => (value(consumer, 'tolerates')?.low ?? 0) >= DAY);
  });

export const patternFitsNeed: Criterion = {
  id: 'COST-03',
  slug: 'pattern-fits-need',
  title: 'Nothing streams or answers on request where a result of yesterday would do',
  type: 'advisory',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLCOST-24', 'AWS ML Lens (2023) MLPER-12'],
  why: 'A stream runs day and night, needs people who can mend it, and costs several times what a nightly job does.',
  remediation: 'Move the data once a day, and keep the stream for what needs fresh values.',
  effort: 'M',
  falsePositives: 'Something that is not declared may need it fresh: declare the `freshness` of its features, or what a consumer `tolerates`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : streamsOf(context.architecture).length + patient(context.architecture).length > 0 ? true : 'Nothing streams, and nobody says that old answers would do.'),
  *evaluate({ architecture }: Context) {
    for (const stream of streamsOf(architecture)) {
      const outcome = judgeStream(architecture, stream);
      if (outcome) yield outcome;
    }
    for (const service of patient(architecture)) {
      const consumers = consumersOf(architecture, service.name);
      const uncounted = consumers.find((consumer) => value(consumer, 'keys') === undefined);
      // Where the keys are known ML12.4 reckons what computing ahead would save.
      if (uncounted) yield question(uncounted, 'keys', `Answers of ${service.name} may be ${formatDuration(Math.min(...consumers.map((consumer) => value(consumer, 'tolerates')?.low ?? 0)))} old. How many different things can ${uncounted.name} ask? If they can be listed, a nightly job could answer them.`);
    }
  },
};

/** Undefined where nobody says how fresh its data must be; ML08.4 asks that. */
function judgeStream(architecture: Architecture, stream: Component): Outcome | undefined {
  const tree = reachTree(edgesOf(architecture), [stream.name], { follow });
  const needs = [...tree.keys()].filter((name) => name !== stream.name).flatMap((name) => needAt(architecture, architecture.components.get(name), tree));
  if (needs.length === 0 || needs.some(({ seconds }) => seconds === undefined)) return undefined;
  const least = [...needs].sort((a, b) => (a.seconds ?? 0) - (b.seconds ?? 0))[0];
  const seconds = least?.seconds ?? 0;
  if (!least || seconds < DAY) return satisfied(stream, { because: `${least?.name ?? ''} needs data no older than ${formatDuration(seconds)}` });
  return advice(stream, {
    message: `${stream.name} streams, and ${listed(needs.map(({ name }) => name))}, ${needs.length === 1 ? 'which is' : 'which are'} all that uses it, would do with data ${formatDuration(seconds)} old.`,
    path: hopsOf(pathTo(tree, least.name) ?? []),
    changes: [{ op: 'set-variant', subject: stream.name, variant: 'batch' }, { op: 'set', subject: stream.name, property: 'every', value: quantityOf(1, 'day', 'duration') }],
    impact: 'A nightly job in place of a stream that runs day and night',
  });
}

function needAt(architecture: Architecture, component: Component | undefined, tree: ReadonlyMap<string, Edge | undefined>): Need[] {
  switch (component?.kind) {
    case 'features':
      return [{ name: component.name, seconds: value(component as Component<'features'>, 'freshness')?.low }];
    case 'knowledge':
      return [{ name: component.name, seconds: value(component as Component<'knowledge'>, 'freshness')?.low ?? value(component as Component<'knowledge'>, 'refresh')?.low }];
    case 'consumer':
      return [{ name: component.name, seconds: value(component as Component<'consumer'>, 'tolerates')?.low }];
    case 'monitor':
    case 'cache':
      return [{ name: component.name }];
    case 'training': {
      const training = component as Component<'training'>;
      const intervals = [value(training, 'every')?.low, ...(value(training, 'trigger') ?? []).map((word) => INTERVALS[word])].filter((interval) => interval !== undefined);
      return [{ name: component.name, seconds: training.variant === 'online' ? 0 : intervals.length > 0 ? Math.min(...intervals) : undefined }];
    }
    case 'service': {
      // A service behind features needs what these need.
      const by = architecture.components.get(tree.get(component.name)?.from ?? '');
      if (by?.kind === 'features') return [];
      return [{ name: component.name, seconds: component.variant === 'batch' ? (value(component as Component<'service'>, 'every')?.low ?? DAY) : undefined }];
    }
    default:
      return [];
  }
}
