import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import type { Edge } from '../../../model/graph/edges.ts';
import { namesAlong, pathTo, reachTree } from '../../../model/graph/paths.ts';
import { presenceOf, value } from '../../../model/statements.ts';
import { guardChanges } from '../../checks/ml07/path-rules.ts';
import { checkerAt, guardedTargets, guardsOf, isValidationClosed, openPlaces, STOPS, type Guarded } from '../../data/gates.ts';
import { hopsOf } from '../../hops.ts';
import { distinct } from '../../monitoring/drafts.ts';
import { gap, notApplicable, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { retrains, type Training } from './retrained.ts';
import { startsByItself } from './starts.ts';

export const newDataStopped: Criterion = {
  id: 'LOOP-02',
  slug: 'bad-new-data-stops-retraining',
  title: 'A training that starts by itself is stopped by new data that is bad',
  type: 'gap',
  severity: 'high',
  failureMode: 'data_quality',
  sources: ['AWS ML Lens (2023) MLSEC-10', 'AWS ML Lens (2023) MLREL-05', 'OWASP ML (2023) ML08', 'MITRE ATLAS AML.M0007'],
  why: 'Between the data of last night and the model of tomorrow nobody looks. What is broken, shifted or slipped in becomes what the model believes.',
  remediation: 'Put a check of form, number and distribution before each training that starts by itself, and let it stop the run.',
  effort: 'M',
  falsePositives: 'The training may stop by itself: declare the `validation` before it with `blocking yes`, or the stage `data_validation` of its pipeline.',
  applies: retrains,
  *evaluate({ architecture }: Context) {
    const targets = guardedTargets(architecture).filter((target): target is Guarded & { component: Training } => target.component.kind === 'training' && startsByItself(architecture, target.component as Training) !== undefined);
    const [any] = targets;
    if (!any) return yield notApplicable('No training with declared data starts by itself.');
    const reached = reachedBy(architecture, any);
    const found = targets.flatMap((target) => openWay(architecture, target, reached) ?? []);
    if (found.length > 0) return yield unstopped(architecture, found, reached);
    if (targets.every(({ component }) => !reached.possibly.has(component.name))) yield satisfied(architecture.system, { because: `what ${listed(targets.map(({ component }) => component.name))} learn${targets.length === 1 ? 's' : ''} from passes a check that stops it` });
    else yield notApplicable('What is checked of the data on its way to training is asked by ML07.1 and ML07.2.');
  },
};

const PASSES: ReadonlySet<string> = new Set(['pass', 'alert']);

/** Whether bad data ends at a place where data is checked; undefined where the file does not tell. */
function stopsAt(architecture: Architecture, place: string): boolean | undefined {
  const checker = architecture.components.get(checkerAt(architecture, place));
  if (!checker) return true;
  const onBadData = value(checker as Component<'validation'>, 'on_bad_data') ?? '';
  switch (checker.kind) {
    case 'monitor':
      return false;
    case 'pipeline':
    case 'validation': {
      const blocking = presenceOf(checker, 'blocking');
      if (blocking === 'present' || STOPS.has(onBadData)) return true;
      if (blocking === 'absent' || PASSES.has(onBadData) || checker.variant === 'report') return false;
      return checker.kind === 'pipeline' || checker.variant === 'gate' ? true : undefined;
    }
    case 'ingestion':
      return STOPS.has(onBadData) ? true : PASSES.has(onBadData) ? false : undefined;
    default:
      return true;
  }
}

interface OpenWay {
  readonly target: Guarded & { readonly component: Training };
  readonly path: readonly Edge[];
  /** Checks on the way that let everything pass. */
  readonly passing: readonly string[];
}

type Tree = ReadonlyMap<string, Edge | undefined>;

/** What data reaches, searched once for all trainings. */
interface Reached {
  readonly places: ReadonlySet<string>;
  /** Past nothing that stops it, or of which nobody says whether it does. */
  readonly certainly: Tree;
  /** Past nothing of which it is said that it stops. */
  readonly possibly: Tree;
  readonly stops: ReadonlySet<string>;
}

function reachedBy(architecture: Architecture, { network }: Guarded): Reached {
  const { graph, follow, origins } = network;
  const places = guardsOf(architecture);
  const verdicts = new Map([...places].map((place) => [place, stopsAt(architecture, place)]));
  const stops = new Set([...places].filter((place) => verdicts.get(place) === true));
  const unsure = new Set([...[...places].filter((place) => verdicts.get(place) !== false), ...openPlaces(architecture).map(({ name }) => name)]);
  return { places, stops, certainly: reachTree(graph, origins, { follow, avoid: unsure }), possibly: reachTree(graph, origins, { follow, avoid: stops }) };
}

/** A way on which certainly nothing stops: without a check where the file says that there is none, or past one that only tells. */
function openWay(architecture: Architecture, target: OpenWay['target'], { places, certainly }: Reached): OpenWay | undefined {
  const path = pathTo(certainly, target.component.name);
  if (!path) return undefined;
  const passing = [...new Set(namesAlong(path).filter((name) => places.has(name)).map((name) => checkerAt(architecture, name)))];
  return passing.length > 0 || isValidationClosed(architecture) ? { target, path, passing } : undefined;
}

/** Once for the system: which data is unchecked is said by ML07.1. */
function unstopped(architecture: Architecture, ways: readonly OpenWay[], reached: Reached): Outcome {
  const [first, ...others] = ways as readonly [OpenWay, ...OpenWay[]];
  const { component } = first.target;
  const also = others.length > 0 ? `, and so ${others.length === 1 ? 'does' : 'do'} ${listed(others.map(({ target }) => target.component.name))}` : '';
  const passing = [...new Set(ways.flatMap((way) => way.passing))];
  const origin = first.path[0]?.from ?? '';
  const started = startsByItself(architecture, component) ?? '';
  const start = started.startsWith('it ') ? `${component.name} learns all the time` : `${component.name} is started by ${started}`;
  const way = passing.length > 0 ? `${listed(passing)} sees bad data of ${origin} and does not stop it` : `nothing looks at what comes from ${origin}`;
  const gates = passing.flatMap((name) => architecture.components.get(name) ?? []);
  const beside = gates.length === 0 || gates.some((gate) => gate.kind === 'monitor');
  const guarded = gates.length === 0 ? unguardedTargets(architecture) : ways.map(({ target }) => target);
  const changes = distinct([...gates.flatMap(stopping), ...(beside ? guarded.flatMap((target) => guardChanges(architecture, unstoppedOf(target, reached)).map(thorough)) : [])]);
  const details = { message: `${start}, and ${way}${also}.`, path: hopsOf(first.path), changes, prerequisites: passing.length > 0 ? [] : ['ML07.1'] };
  return passing.length > 0 ? weak(architecture.system, { ...details, severity: 'medium' }) : gap(architecture.system, { ...details, span: architecture.absences.get('validation')?.span });
}

/** A target to which only what stops counts as a check: a monitor beside the way does not. */
function unstoppedOf({ component, network }: Guarded, reached: Reached): Guarded {
  // Services are reached by another network than trainings.
  const unguarded = component.kind === 'training' ? reached.possibly : reachTree(network.graph, network.origins, { follow: network.follow, avoid: reached.stops });
  return { component, network: { ...network, unguarded } };
}

/** Where nothing is checked, a gate before the trainings alone would leave the same data open on its way to services. */
const unguardedTargets = (architecture: Architecture): Guarded[] => guardedTargets(architecture).filter(({ component, network }) => network.bare.has(component.name) && !network.fromGuards.has(component.name));

/** What stands before a training has to see more than broken rows. */
function thorough(change: Change): Change {
  if (change.op !== 'add-component' || change.component.kind !== 'validation') return change;
  return { ...change, component: { ...change.component, properties: { ...change.component.properties, checks: ['schema', 'nulls', 'range', 'distribution', 'duplicates', 'class_balance'] } } };
}

function stopping(gate: Component): Change[] {
  if (gate.kind === 'monitor') return [];
  const property = gate.kind === 'ingestion' ? 'on_bad_data' : 'blocking';
  const stop: Change = { op: 'set', subject: gate.name, property, value: gate.kind === 'ingestion' ? 'quarantine' : true };
  return gate.kind === 'validation' && PASSES.has(value(gate as Component<'validation'>, 'on_bad_data') ?? '') ? [stop, { op: 'set', subject: gate.name, property: 'on_bad_data', value: 'quarantine' }] : [stop];
}
