import type { Architecture, Component, Element } from '../../model/architecture.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../model/statements.ts';
import { feedsTraining, trainingTree, trainingsOf } from '../../model/graph/cones.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { releasesOf } from '../deployment/releases.ts';
import { seesBehaviour } from '../monitoring/signals.ts';
import { inHouseModels } from '../training/in-house.ts';
import { dutyState, type Duty } from './duties.ts';

/** A section of Annex IV of the EU AI Act (Article 11: the technical documentation), and what of a file answers it. */
export interface AnnexSection {
  readonly number: number;
  readonly title: string;
  readonly points: readonly AnnexPoint[];
}

/** One thing that a section asks for. */
export interface AnnexPoint {
  /** In words that stand in a list: `the intended purpose`. */
  readonly what: string;
  /** `absent`: the file says that there is none. `open`: nobody said anything. */
  readonly state: 'declared' | 'absent' | 'planned' | 'open';
  /** What answers it; where it is absent, where the file says so. */
  readonly shownBy: readonly Shown[];
  /** What to declare, as it is written: `` `purpose` of the system ``. */
  readonly declare: string;
  /** The duty whose `compliance` component answers it, where that is a way. */
  readonly duty?: Duty;
}

export interface Shown {
  readonly element: Element;
  readonly property?: string;
}

const cache = new WeakMap<Architecture, readonly AnnexSection[]>();

/**
 * The nine sections, each with what the file declares for it. This is the only mapping of Annex IV to the model: the
 * review looks for holes in it, and the documentation is written from it.
 */
export function annexIv(architecture: Architecture): readonly AnnexSection[] {
  let sections = cache.get(architecture);
  if (!sections) cache.set(architecture, (sections = SECTIONS.map(({ number, title, points }) => ({ number, title, points: points.map((point) => judge(architecture, point)) }))));
  return sections;
}

interface Definition {
  readonly what: string;
  readonly declare: string;
  readonly duty?: Duty;
  /** Any one of what it finds answers the point. */
  readonly look?: (architecture: Architecture) => Iterable<Found>;
}

/** A place where the answer may be: declared, absent or planned there. Nothing is yielded where nobody said anything. */
interface Found extends Shown {
  readonly state: 'declared' | 'absent' | 'planned';
}

const SECTIONS: readonly { readonly number: number; readonly title: string; readonly points: readonly Definition[] }[] = [
  {
    number: 1,
    title: 'General description',
    points: [
      { what: 'the intended purpose', declare: '`purpose` of the system', *look({ system }) { yield* stated(system, 'purpose'); if (system.doc) yield { state: 'declared', element: system }; } },
      { what: 'who provides it', declare: '`provider` or `owner` of the system', *look({ system }) { yield* stated(system, 'provider'); yield* stated(system, 'owner'); } },
      { what: 'its version', declare: '`version` of the system', *look({ system }) { yield* stated(system, 'version'); } },
      { what: 'who uses it and what it works with', declare: 'a `consumer`', *look(architecture) { yield* ofKind(architecture, 'consumer'); } },
      { what: 'instructions for those who use it', declare: '`compliance … { duty instructions }`', duty: 'instructions' },
    ],
  },
  {
    number: 2,
    title: 'Elements and development',
    points: [
      { what: 'design choices with their reasons', declare: 'a `decision` with its `context`, or `decision_records`', look: reasons },
      { what: 'the models and their tasks', declare: '`task` of each model', *look(architecture) { yield* every(componentsOf(architecture, 'model'), 'task', 'use_case'); } },
      { what: 'the data that models learned from', declare: '`reads` of each training', look: learnedFrom },
      { what: 'human oversight', declare: '`human_override` of the services', duty: 'human_oversight', look: oversight },
      { what: 'tests and their results', declare: 'an `evaluation` that `judges` the models', *look(architecture) { yield* ofKind(architecture, 'evaluation'); } },
      { what: 'security measures', declare: '`access`, or `auth` and `permissions` of the services', look: security },
    ],
  },
  {
    number: 3,
    title: 'Monitoring, functioning and control',
    points: [
      { what: 'what watches it in use', declare: 'a `monitor` of its answers', look: watched },
      { what: 'how good it is and where it fails', declare: '`limits` of each model and `results` of its evaluations, or its `card` with `card_covers [metrics, limits]`', *look(architecture) { for (const model of componentsOf(architecture, 'model')) yield* limitsOf(architecture, model); } },
      { what: 'what it takes as input', declare: '`inputs` or `input_types` of each model', *look(architecture) { yield* every(componentsOf(architecture, 'model'), 'inputs', 'input_types', 'input_count'); } },
    ],
  },
  {
    number: 4,
    title: 'Fitness of the metrics',
    points: [{ what: 'the metrics that it is judged by', declare: '`metrics` of an evaluation', *look(architecture) { for (const evaluation of componentsOf(architecture, 'evaluation')) yield* stated(evaluation, 'metrics'); yield* noneOf(architecture, 'evaluation'); } }],
  },
  { number: 5, title: 'Risk management', points: [{ what: 'the system of risk management', declare: '`compliance … { duty risk_management }`', duty: 'risk_management' }] },
  {
    number: 6,
    title: 'Changes over its life',
    points: [{ what: 'how changes are made and recorded', declare: 'a `registry`, a `rollout` or a `pipeline`', look: changes }],
  },
  { number: 7, title: 'Standards', points: [{ what: 'the standards that it follows, or what stands in for them', declare: '`compliance … { duty standards }`', duty: 'standards' }] },
  { number: 8, title: 'Declaration of conformity', points: [{ what: 'the declaration of conformity', declare: '`compliance … { duty conformity }`', duty: 'conformity' }] },
  { number: 9, title: 'Post-market monitoring plan', points: [{ what: 'the plan of post-market monitoring', declare: '`compliance … { duty post_market_monitoring }`', duty: 'post_market_monitoring' }] },
];

/** What each section asks of a file, for documentation. */
export const annexIvMapping = (): { readonly number: number; readonly title: string; readonly points: readonly { readonly what: string; readonly declare: string }[] }[] => SECTIONS.map(({ number, title, points }) => ({ number, title, points: points.map(({ what, declare }) => ({ what, declare })) }));

function judge(architecture: Architecture, { what, declare, duty, look }: Definition): AnnexPoint {
  const looked = look && [...look(architecture)];
  const met = duty === undefined ? [] : [...ofDuty(architecture, duty)];
  // That no such component is declared is no absence where the answer may stand elsewhere.
  const found = looked ? [...looked, ...met.filter((item) => item.state !== 'absent')] : met;
  const state = (['declared', 'planned', 'absent'] as const).find((wanted) => found.some((item) => item.state === wanted)) ?? 'open';
  const shownBy = found.filter((item) => item.state === state).map(({ element, property }) => ({ element, ...(property !== undefined && { property }) }));
  return { what, state, shownBy, declare, ...(duty !== undefined && { duty }) };
}

/** What an element says of a property: `n/a` is an answer as well. */
function* stated(element: Element, property: string): Iterable<Found> {
  const presence = presenceOf(element, property);
  if (presence === 'present' || presence === 'not-applicable') yield { state: 'declared', element, property };
  else if (presence === 'absent' || presence === 'planned') yield { state: presence, element, property };
}

/** Declared where each of the components says one of the properties. */
function* every(components: readonly Component[], ...properties: readonly string[]): Iterable<Found> {
  const said = components.map((component) => properties.flatMap((property) => [...stated(component, property)]));
  const declared = said.map((found) => found.find(({ state }) => state === 'declared'));
  if (declared.length > 0 && declared.every((item) => item !== undefined)) yield* declared;
  else if (said.some((found, at) => !declared[at] && found.length === properties.length && found.every(({ state }) => state === 'absent'))) yield* said.flat().filter(({ state }) => state === 'absent');
}

function* ofKind(architecture: Architecture, ...kinds: Component['kind'][]): Iterable<Found> {
  for (const component of componentsOf(architecture, ...kinds)) yield { state: 'declared', element: component };
  if (kinds.every((kind) => isKindAbsent(architecture, kind))) yield { state: 'absent', element: architecture.system };
}

function* noneOf(architecture: Architecture, kind: Component['kind']): Iterable<Found> {
  if (componentsOf(architecture, kind).length === 0 && isKindAbsent(architecture, kind)) yield { state: 'absent', element: architecture.system };
}

function* ofDuty(architecture: Architecture, duty: Duty): Iterable<Found> {
  const { state, components } = dutyState(architecture, duty);
  for (const component of components) {
    const file = statementOf(component, 'file')?.state;
    yield { state: file === 'none' ? 'absent' : file === 'planned' ? 'planned' : 'declared', element: component, ...(file !== undefined && { property: 'file' }) };
  }
  if (state === 'absent') yield { state, element: architecture.system };
}

function* reasons({ system, decisions }: Architecture): Iterable<Found> {
  if (decisions.some(({ properties, doc }) => doc !== undefined || properties.context?.state === 'present')) yield { state: 'declared', element: system };
  yield* stated(system, 'decision_records');
}

const DATA: ReadonlySet<Component['kind']> = new Set(['source', 'store', 'dataset', 'labels']);

function* learnedFrom(architecture: Architecture): Iterable<Found> {
  const models = inHouseModels(architecture);
  // What a vendor’s model learned from is the vendor’s to say.
  if (models.length === 0 && componentsOf(architecture, 'model').length > 0) yield* ofKind(architecture, 'model');
  const graph = edgesOf(architecture);
  const trainings = models.map((model) => trainingsOf(architecture, model).filter(({ name }) => (graph.in.get(name) ?? []).some(feedsTraining)));
  if (trainings.length === 0 || trainings.some((known) => known.length === 0)) return;
  for (const name of trainingTree(architecture, [...new Set(trainings.flat())].map((training) => training.name)).keys()) {
    const element = architecture.components.get(name);
    if (element && DATA.has(element.kind)) yield { state: 'declared', element };
  }
}

function* oversight(architecture: Architecture): Iterable<Found> {
  const { system } = architecture;
  if (value(system, 'decisions') === 'human_reviewed') yield { state: 'declared', element: system, property: 'decisions' };
  for (const { service } of releasesOf(architecture)) yield* stated(service, 'human_override');
  for (const agent of componentsOf(architecture, 'agent')) yield* stated(agent, 'approval');
}

function* security(architecture: Architecture): Iterable<Found> {
  for (const component of componentsOf(architecture, 'access')) yield { state: 'declared', element: component };
  for (const component of componentsOf(architecture, 'service', 'gateway')) {
    yield* stated(component, 'auth');
    yield* stated(component, 'permissions');
  }
}

function* watched(architecture: Architecture): Iterable<Found> {
  for (const monitor of componentsOf(architecture, 'monitor').filter(seesBehaviour)) yield { state: 'declared', element: monitor };
  if (presenceOf(architecture.system, 'monitoring') === 'absent') yield { state: 'absent', element: architecture.system, property: 'monitoring' };
  yield* noneOf(architecture, 'monitor');
}

function* limitsOf(architecture: Architecture, model: Component<'model'>): Iterable<Found> {
  const told = componentsOf(architecture, 'evaluation').filter((evaluation) => value(evaluation, 'results') !== undefined && value(evaluation, 'judges')?.includes(model.name));
  if (value(model, 'limits') !== undefined && told.length > 0) {
    yield { state: 'declared', element: model, property: 'limits' };
    for (const element of told) yield { state: 'declared', element, property: 'results' };
  }
  const covers = value(model, 'card_covers');
  if (covers?.includes('metrics') && covers.includes('limits')) yield { state: 'declared', element: model, property: 'card_covers' };
  else if (!covers) yield* stated(model, 'card');
}

function* changes(architecture: Architecture): Iterable<Found> {
  yield* ofKind(architecture, 'registry', 'rollout', 'pipeline');
  yield* stated(architecture.system, 'changed');
}
