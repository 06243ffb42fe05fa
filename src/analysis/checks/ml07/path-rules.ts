import type { Architecture, Change, Component, Flow } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { namesAlong, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { modelFeatures } from '../../data/feature-use.ts';
import { checksOf, guardedTargets, guardsOf, isValidationClosed, openIngestions, pathAround, type Guarded } from '../../data/gates.ts';
import { hopsOf } from '../../hops.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
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
    for (const target of targets) {
      const outcome = judge(context.architecture, target);
      if (outcome.outcome === 'question' && asked.has(outcome.subject.name)) continue;
      asked.add(outcome.subject.name);
      yield outcome;
    }
  },
};

function judge(architecture: Architecture, target: Guarded): Outcome {
  const { component, origins, upstream } = target;
  const guards = guardsOf(architecture);
  const around = pathAround(target, guards);
  const gates = [...guards].filter((name) => upstream.has(name));
  if (!around) return satisfied(component, { evidence: checkEvidence(architecture, gates), because: `every path from ${listed(origins)} to ${component.name} passes ${gates.length === 1 ? '' : 'one of '}${listed(gates)}` });
  // What an ingestion checks may just not be said; a path that avoids those is unguarded for certain.
  const open = openIngestions(architecture).filter((ingestion) => upstream.has(ingestion.name));
  const certain = pathAround(target, new Set([...guards, ...open.map((ingestion) => ingestion.name)]));
  const described = gates.length > 0 || isValidationClosed(architecture);
  if (certain && described) {
    const names = namesAlong(certain);
    return gap(component, {
      message: `${names[0]} reaches ${component.name} ${names.length > 2 ? `through ${listed(names.slice(1, -1))} ` : ''}without any check of the data${gates.length > 0 ? `, past ${listed(gates)}` : ''}.`,
      path: hopsOf(certain),
      changes: guardChanges(architecture, target),
    });
  }
  const on = open.find((ingestion) => namesAlong(around).includes(ingestion.name));
  if (on) return question(on, 'validates', `What does ${on.name} check of the data on its way to ${component.name}?`);
  return question(component, undefined, `What checks the data between ${listed(origins)} and ${component.name}? Declare it as \`validation\`, as \`validates\` of an ingestion, or say \`validation none\`.`);
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
  const learned = trainings.flatMap(({ component, upstream }) => [component.name, ...upstream.keys()]).find((name) => guards.has(name));
  const asked = checkerOf(architecture, service, stored);
  if (learned !== undefined && asked !== undefined) yield satisfied(service, { because: `${learned} checks what is learned from, ${asked} what is asked` });
  else if (learned !== undefined && presenceOf(service, 'validates') === 'absent') {
    yield weak(service, {
      at: 'validates',
      message: `${learned} checks the training data, but ${service.name} answers whatever it is asked.`,
      changes: checking(service, false),
    });
  } else if (learned !== undefined) yield question(service, 'validates', `${learned} checks the training data. What does ${service.name} check of its inputs?`);
  else if (asked !== undefined && trainings[0] && isValidationClosed(architecture) && !openIngestions(architecture).some(({ name }) => trainings.some(({ upstream }) => upstream.has(name)))) {
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
  return [...asking, ...before].find((name) => guards.has(name)) ?? (guards.has(service.name) ? `a monitor of ${service.name}` : undefined);
}

const isAt = (architecture: Architecture, name: string, position: string): boolean => value(architecture.components.get(name) as Component<'validation'>, 'position') === position;
