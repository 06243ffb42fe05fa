import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { feedsTraining } from '../../../model/graph/cones.ts';
import { neededByRequests } from '../../../model/graph/needed.ts';
import { pathTo, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Context, type Criterion } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

interface Shared {
  readonly component: Component<'compute' | 'store' | 'source'>;
  readonly training: string;
  readonly serving: string;
  readonly state: 'apart' | 'together' | 'open';
  readonly property: string;
  readonly path: readonly Edge[];
}

const cache = new WeakMap<Architecture, readonly Shared[]>();

/** What both a training and the answers to requests use. */
function sharedOf(architecture: Architecture): readonly Shared[] {
  let shared = cache.get(architecture);
  if (!shared) cache.set(architecture, (shared = [...sharedPools(architecture), ...sharedData(architecture)]));
  return shared;
}

function* sharedPools(architecture: Architecture): Iterable<Shared> {
  for (const pool of componentsOf(architecture, 'compute')) {
    const users = (value(pool, 'shared_by') ?? []).flatMap((name) => architecture.components.get(name) ?? []);
    const [training, service] = [users.find(({ kind }) => kind === 'training'), users.find(({ kind, variant }) => kind === 'service' && variant !== 'batch')];
    if (!training || !service) continue;
    const state = presenceOf(pool, 'isolation');
    yield { component: pool, training: training.name, serving: service.name, state: state === 'present' ? 'apart' : state === 'absent' ? 'together' : 'open', property: 'isolation', path: [] };
  }
}

/** Stores and live databases that trainings read directly and requests need. */
function* sharedData(architecture: Architecture): Iterable<Shared> {
  const trainings = componentsOf(architecture, 'training').map(({ name }) => name);
  if (trainings.length === 0) return;
  const tree = reachTree(edgesOf(architecture), trainings, { direction: 'upstream', follow: feedsTraining });
  const needed = neededByRequests(architecture);
  for (const component of componentsOf(architecture, 'store', 'source')) {
    const path = pathTo(tree, component.name, 'upstream');
    const training = path?.at(-1)?.to;
    if (!path || training === undefined) continue;
    // Whatever is copied on the way is read where the copy is; features and gates are ways, not places.
    const direct = path.slice(1).every(({ from }) => ['features', 'validation', 'labels'].includes(architecture.components.get(from)?.kind ?? ''));
    if (!direct) continue;
    if (component.kind === 'store' && needed.has(component.name)) {
      const state = presenceOf(component, 'isolated');
      yield { component, training, serving: needed.get(component.name)?.from ?? '', state: state === 'present' ? 'apart' : state === 'absent' ? 'together' : 'open', property: 'isolated', path };
    } else if (component.kind === 'source' && isReadLive(component as Component<'source'>)) {
      yield { component, training, serving: 'the application that it belongs to', state: 'together', property: 'access', path };
    }
  }
}

/** Read by queries where it also serves its application; changes that it sends cost it little. */
const isReadLive = (source: Component<'source'>): boolean => value(source, 'access') === 'primary' && ['query', 'snapshot'].includes(value(source, 'capture') ?? '');

export const trainingDoesNotStarveServing: Criterion = {
  id: 'REL-10',
  slug: 'training-does-not-starve-serving',
  title: 'Training takes nothing away from what answers requests',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS Agentic AI Lens AGENTPERF07', 'AWS ML Lens (2023) MLREL-02'],
  pack: 'reliability',
  why: 'A training reads all it can get. On shared machines or in a shared database requests wait behind it, mostly at night when nobody looks.',
  remediation: 'Give training a pool, a replica or a copy of its own, or a quota.',
  effort: 'M',
  falsePositives: 'They may be kept apart by the platform: declare `isolation` of the pool or `isolated yes` of the store; a replica of a source is `access replica`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : sharedOf(context.architecture).length > 0 ? true : 'Training and requests share no machines and no store, as far as is declared.'),
  *evaluate({ architecture }: Context) {
    const open: Shared[] = [];
    for (const shared of sharedOf(architecture)) {
      const { component, training, serving, state, property, path } = shared;
      const planned = plannedInstead(component, property, { message: `${training} and ${serving} share ${component.name}, and nothing keeps them apart yet.` });
      if (planned) yield planned;
      else if (state === 'open') open.push(shared);
      else if (state === 'apart') yield satisfied(component, { because: `${training} and ${serving} are kept apart in ${component.name}`, evidence: evidenceOf(statementOf(component, property)) });
      else {
        const change = { compute: 'pools', store: true, source: 'replica' }[component.kind];
        yield gap(component, {
          at: property,
          message: component.kind === 'source' ? `${training} reads from ${component.name} as it serves ${serving}: a large query slows everything that uses it.` : `${training} and ${serving} share ${component.name}, and nothing keeps them apart.`,
          path: hopsOf(path),
          changes: [{ op: 'set', subject: component.name, property, value: change }],
          impact: 'Requests do not wait behind a training',
        });
      }
    }
    const [first] = open;
    if (first) yield question(first.component, first.property, `${listed([...new Set(open.map(({ training }) => training))])} and ${listed([...new Set(open.map(({ serving }) => serving))])} share ${listed(open.map(({ component }) => component.name))}. What keeps them apart? Declare \`${first.property}\`.`);
  },
};
