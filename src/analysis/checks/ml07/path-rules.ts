import type { Architecture, Change, Component, Flow } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { namesAlong, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { modelFeatures } from '../../data/feature-use.ts';
import { checkerAt, checksOf, guardedTargets, guardsOf, isGate, isValidationClosed, openPlaces, pathAround, type Guarded } from '../../data/gates.ts';
import { hopsOf } from '../../hops.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

const FIRST_CHECKS = ['schema', 'nulls', 'range'] as const;

export const gatesOnEveryPath: Rule = {
  id: 'ML07.1',
  slug: 'gates-on-every-path',
  title: 'No data reaches training or served features without a check on the way',
  type: 'gap',
  severity: 'high',
  why: 'Bad data does not fail: it trains a worse model and feeds worse answers. Without a check it is noticed when users notice.',
  remediation: 'Check the data at each boundary where it comes in, and set aside what fails.',
  effort: 'M',
  falsePositives: 'The check may be part of an ingestion or a monitor: declare `validates` on the ingestion, or what a `monitor : data_quality` watches.',
  *evaluate(context) {
    const targets = guardedTargets(context.architecture);
    if (targets.length === 0) yield notApplicable('No declared data leads to a training or to a service of its own models.');
    const asked = new Set<string>();
    const { architecture } = context;
    const bare = isValidationClosed(architecture) ? targets.filter((target) => isBare(architecture, target)) : [];
    if (bare.length > 0) yield unchecked(architecture, bare);
    for (const target of targets.filter((item) => !bare.includes(item))) {
      const outcome = judge(architecture, target);
      // One ingestion may stand before many targets.
      if (outcome.outcome === 'question') {
        if (asked.has(outcome.subject.name)) continue;
        asked.add(outcome.subject.name);
      }
      yield outcome;
    }
  },
};

function judge(architecture: Architecture, target: Guarded): Outcome {
  const { component, origins, upstream } = target;
  const guards = guardsOf(architecture);
  const around = pathAround(target, guards);
  const gates = [...guards].filter((name) => upstream.has(name));
  if (!around) return satisfied(component, { evidence: checkEvidence(architecture, gates), because: `every path from ${listed(origins)} to ${component.name} is checked by ${listed([...new Set(gates.map((name) => checkerAt(architecture, name)))])}` });
  const { open, certain } = certainPath(architecture, target);
  const described = gates.some((name) => isGate(architecture, name)) || isValidationClosed(architecture);
  if (certain && described) {
    return gap(component, {
      message: `${inWords(certain)} without any check of the data${gates.length > 0 ? `, past ${listed([...new Set(gates.map((name) => checkerAt(architecture, name)))])}` : ''}.`,
      path: hopsOf(certain),
      changes: guardChanges(architecture, target),
    });
  }
  const on = open.find((place) => namesAlong(around).includes(place.name));
  if (on?.kind === 'labels') return question(on, 'filtered', `What is checked of ${on.name} before ${component.name} learns from them?`);
  if (on) return question(on, 'validates', `What does ${on.name} check of the data on its way to ${component.name}?`);
  return question(component, undefined, `What checks the data between ${listed(origins)} and ${component.name}? Declare it as \`validation\`, as \`validates\` of an ingestion, or say \`validation none\`.`);
}

/** A path that is unguarded for certain: it avoids places of which it is just not said whether they check anything. */
function certainPath(architecture: Architecture, target: Guarded) {
  const open = openPlaces(architecture).filter((place) => target.upstream.has(place.name));
  return { open, certain: pathAround(target, new Set([...guardsOf(architecture), ...open.map((place) => place.name)])) };
}

/** Nothing at all checks what reaches it. */
const isBare = (architecture: Architecture, target: Guarded): boolean =>
  certainPath(architecture, target).certain !== undefined && ![...guardsOf(architecture)].some((name) => target.upstream.has(name));

/** Where nothing is checked anywhere, that is one fault, however many trainings and services it touches. */
function unchecked(architecture: Architecture, bare: readonly Guarded[]): Outcome {
  const [first, ...others] = bare as readonly [Guarded, ...Guarded[]];
  const path = certainPath(architecture, first).certain ?? [];
  const names = listed(others.map(({ component }) => component.name));
  return gap(first.component, {
    message: `${inWords(path)} without any check of the data${names === '' ? '' : `, and nothing checks what reaches ${names}`}.`,
    path: hopsOf(path),
    changes: bare.flatMap((target) => guardChanges(architecture, target)),
  });
}

function inWords(path: readonly Edge[]): string {
  const names = namesAlong(path);
  return `${names[0]} reaches ${names.at(-1)}${names.length > 2 ? ` through ${listed(names.slice(1, -1))}` : ''}`;
}

function checkEvidence(architecture: Architecture, gates: readonly string[]) {
  return gates.flatMap((name) => {
    const gate = architecture.components.get(name) as Component<'validation'> | undefined;
    return evidenceOf(gate?.properties.checks) ?? evidenceOf(gate?.properties.suite) ?? evidenceOf((gate as Component<'ingestion'> | undefined)?.properties.validates) ?? [];
  });
}

/** Ingestions check where all unguarded data passes one; otherwise a service checks what it is given, and a gate goes before a training. */
function guardChanges(architecture: Architecture, target: Guarded): Change[] {
  const { component, graph, follow, origins, upstream } = target;
  const guards = guardsOf(architecture);
  const reached = reachTree(graph, origins, { follow, avoid: guards });
  const ingestions = componentsOf(architecture, 'ingestion').filter((ingestion) => upstream.has(ingestion.name) && reached.has(ingestion.name));
  const checked = new Set([...guards, ...ingestions.map((ingestion) => ingestion.name)]);
  if (!pathAround(target, checked)) return ingestions.flatMap((ingestion) => checking(ingestion, true));
  if (component.kind === 'service') return checking(component, false);
  const unguarded = (graph.in.get(component.name) ?? []).filter((edge) => follow(edge) && reached.has(edge.from));
  const gate = freeName(architecture, `${component.name}Gate`);
  const flows = unguarded.flatMap((edge) => edge.flow ?? []);
  const read = (value(component as Component<'training'>, 'reads') ?? []).filter((name) => unguarded.some((edge) => edge.via?.property === 'reads' && edge.from === name));
  const properties = { checks: [...FIRST_CHECKS], position: 'before_training', blocking: true, on_bad_data: 'quarantine' };
  return [
    { op: 'add-component', component: { kind: 'validation', name: gate, variant: 'gate', properties } },
    ...flows.flatMap((flow): Change[] => [{ op: 'remove-flow', from: flow.from, to: flow.to }, { op: 'add-flow', flow: { from: flow.from, to: gate, properties: propertiesOf(flow) } }]),
    ...(read.length > 0 ? readsThrough(component as Component<'training'>, read, gate) : []),
    { op: 'add-flow', flow: { from: gate, to: component.name, properties: { payload: 'data' } } },
  ];
}

const checking = (component: Component, quarantine: boolean): Change[] => [
  { op: 'set', subject: component.name, property: 'validates', value: [...FIRST_CHECKS] },
  ...(quarantine && presenceOf(component, 'on_bad_data') !== 'present' ? [{ op: 'set', subject: component.name, property: 'on_bad_data', value: 'quarantine' } as const] : []),
];

function readsThrough(training: Component<'training'>, names: readonly string[], gate: string): Change[] {
  const rest = (value(training, 'reads') ?? []).filter((name) => !names.includes(name));
  const reads: Change = rest.length > 0 ? { op: 'set', subject: training.name, property: 'reads', value: rest } : { op: 'unset', subject: training.name, property: 'reads' };
  return [reads, ...names.map((name): Change => ({ op: 'add-flow', flow: { from: name, to: gate } }))];
}

const propertiesOf = (flow: Flow): Record<string, unknown> =>
  Object.fromEntries(Object.entries(flow.properties as Record<string, { state: string; value?: unknown } | undefined>).flatMap(([key, stated]) => (stated?.state === 'present' ? [[key, stated.value]] : [])));

export const gatesOnBothSides: Rule = {
  id: 'ML07.6',
  slug: 'gates-on-training-and-serving',
  title: 'Both the training data and the inputs at serving time are checked',
  type: 'weak',
  severity: 'medium',
  why: 'A check on one side leaves the other open: values that training would have refused are answered in production, or the other way round.',
  remediation: 'Check requests by the same expectations as the training data.',
  effort: 'S',
  falsePositives: 'The check may stand in the gateway or the application in front. Declare `validates` there, or a `monitor : data_quality` that watches the service.',
  *evaluate({ architecture }) {
    const targets = new Map(guardedTargets(architecture).map((target) => [target.component.name, target]));
    for (const use of modelFeatures(architecture)) {
      const trainings = use.trainings.flatMap((training) => targets.get(training.name) ?? []);
      for (const service of use.services.filter((item) => item.variant !== 'batch')) yield* judgeSides(architecture, trainings, service, targets.get(service.name));
    }
  },
};

function* judgeSides(architecture: Architecture, trainings: readonly Guarded[], service: Component<'service'>, stored: Guarded | undefined): Iterable<Outcome> {
  const guards = guardsOf(architecture);
  const place = trainings.flatMap(({ component, upstream }) => [component.name, ...upstream.keys()]).find((name) => guards.has(name));
  const learned = place && checkerAt(architecture, place);
  const asked = checkerOf(architecture, service, stored);
  if (learned !== undefined && asked !== undefined) yield satisfied(service, { because: `${learned} checks what is learned from, ${asked} what is asked` });
  else if (learned !== undefined && presenceOf(service, 'validates') === 'absent') {
    yield weak(service, {
      at: 'validates',
      message: `${learned} checks the training data, but ${service.name} answers whatever it is asked.`,
      changes: checking(service, false),
    });
  } else if (learned !== undefined) yield question(service, 'validates', `${learned} checks the training data. What does ${service.name} check of its inputs?`);
  else if (asked !== undefined && trainings[0] && isValidationClosed(architecture) && !openPlaces(architecture).some(({ name }) => trainings.some(({ upstream }) => upstream.has(name)))) {
    yield weak(service, {
      message: `${asked} checks what is asked, but nothing checks what ${listed(trainings.map(({ component }) => component.name))} learns from.`,
      remedy: 'Check the training data by the same expectations as requests.',
      changes: guardChanges(architecture, trainings[0]),
      prerequisites: ['ML07.1'],
    });
  }
}

/** What checks the inputs of a service: itself, the application in front of it, a gate on the way, or a monitor that watches it. */
function checkerOf(architecture: Architecture, service: Component<'service'>, stored: Guarded | undefined): string | undefined {
  if (checksOf(service).length > 0) return service.name;
  const guards = guardsOf(architecture);
  const asking = (edgesOf(architecture).in.get(service.name) ?? []).filter((edge) => edge.payload === 'request').map((edge) => edge.from);
  const before = stored ? [...stored.upstream.keys()].filter((name) => isAt(architecture, name, 'before_serving')) : [];
  const place = [...asking, ...before, service.name].find((name) => guards.has(name));
  return place && checkerAt(architecture, place);
}

const isAt = (architecture: Architecture, name: string, position: string): boolean => value(architecture.components.get(name) as Component<'validation'>, 'position') === position;
