import type { Architecture, Change, Component, Flow } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { namesAlong, pathTo, reachable } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { modelFeatures } from '../../data/feature-use.ts';
import { checkerAt, checkerBefore, checksOf, guardedTargets, guardsOf, isValidationClosed, openPlaces, type Guarded } from '../../data/gates.ts';
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
  *evaluate({ architecture }) {
    const targets = guardedTargets(architecture);
    if (targets.length === 0) yield notApplicable('No declared data leads to a training or to a service of its own models.');
    const bare = isValidationClosed(architecture) ? targets.filter(isBare) : [];
    if (bare.length > 0) yield unchecked(architecture, bare);
    const asked = new Set<string>();
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

function judge(architecture: Architecture, { component, network }: Guarded): Outcome {
  const around = pathTo(network.unguarded, component.name);
  const checker = checkerBefore(architecture, network.fromGuards, component.name);
  if (!around) return satisfied(component, { evidence: checkEvidence(architecture, checker), because: `every declared path to ${component.name} passes a check, as that by ${checker}` });
  // A path through places of which it is just not said whether they check anything proves nothing.
  const certain = pathTo(network.bare, component.name);
  const gate = checkerBefore(architecture, network.fromGates, component.name);
  if (certain && (gate !== undefined || isValidationClosed(architecture))) {
    return gap(component, {
      message: `${inWords(certain)} without any check of the data${gate === undefined ? '' : `, past ${gate}`}.`,
      path: hopsOf(certain),
      changes: guardChanges(architecture, { component, network }),
    });
  }
  const names = namesAlong(around);
  const on = openPlaces(architecture).find((place) => names.includes(place.name));
  if (on?.kind === 'labels') return question(on, 'filtered', `What is checked of ${on.name} before ${component.name} learns from them?`);
  if (on) return question(on, 'validates', `What does ${on.name} check of the data on its way to ${component.name}?`);
  return question(component, undefined, `What checks the data between ${names[0]} and ${component.name}? Declare it as \`validation\`, as \`validates\` of an ingestion, or say \`validation none\`.`);
}

function checkEvidence(architecture: Architecture, checker: string | undefined) {
  const gate = architecture.components.get(checker ?? '');
  return gate && ['checks', 'suite', 'validates'].flatMap((property) => evidenceOf(statementOf(gate, property)) ?? []);
}

/** Nothing at all checks what reaches it. */
const isBare = ({ component, network }: Guarded): boolean => network.bare.has(component.name) && !network.fromGuards.has(component.name);

/** Where nothing is checked anywhere, that is one fault, however many trainings and services it touches. */
function unchecked(architecture: Architecture, bare: readonly Guarded[]): Outcome {
  const [first, ...others] = bare as readonly [Guarded, ...Guarded[]];
  const path = pathTo(first.network.bare, first.component.name) ?? [];
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

/** Ingestions check where all unguarded data passes one; otherwise a service checks what it is given, and a gate goes before a training. */
export function guardChanges(architecture: Architecture, { component, network }: Guarded): Change[] {
  const { graph, follow, unguarded: reached } = network;
  const near = reachable(graph, [component.name], { direction: 'upstream', follow });
  const ingestions = componentsOf(architecture, 'ingestion').filter((ingestion) => near.has(ingestion.name) && reached.has(ingestion.name));
  const begun = new Set(ingestions.map((ingestion) => ingestion.name));
  const guards = guardsOf(architecture);
  const left = reachable(graph, [component.name], { direction: 'upstream', follow, avoid: { has: (name) => guards.has(name) || begun.has(name) } });
  if (![...left].some((name) => network.origins.has(name))) return ingestions.flatMap((ingestion) => checking(ingestion, true));
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
      for (const service of use.services.filter((item) => item.variant !== 'batch')) yield* judgeSides(architecture, trainings, service);
    }
  },
};

function* judgeSides(architecture: Architecture, trainings: readonly Guarded[], service: Component<'service'>): Iterable<Outcome> {
  const learned = trainings.flatMap(({ component, network }) => checkerBefore(architecture, network.fromGuards, component.name) ?? [])[0];
  const asked = checkerOf(architecture, service);
  if (learned !== undefined && asked !== undefined) yield satisfied(service, { because: `${learned} checks what is learned from, ${asked} what is asked` });
  else if (learned !== undefined && presenceOf(service, 'validates') === 'absent') {
    yield weak(service, {
      at: 'validates',
      message: `${learned} checks the training data, but ${service.name} answers whatever it is asked.`,
      changes: checking(service, false),
    });
  } else if (learned !== undefined) yield question(service, 'validates', `${learned} checks the training data. What does ${service.name} check of its inputs?`);
  else if (asked !== undefined && trainings[0] && isValidationClosed(architecture) && trainings.every(isBare)) {
    yield weak(service, {
      message: `${asked} checks what is asked, but nothing checks what ${listed(trainings.map(({ component }) => component.name))} learns from.`,
      remedy: 'Check the training data by the same expectations as requests.',
      changes: trainings.flatMap((training) => guardChanges(architecture, training)),
      prerequisites: ['ML07.1'],
    });
  }
}

/** What checks the inputs of a service: itself, the application in front of it, a gate right before it, or a monitor that watches it. */
function checkerOf(architecture: Architecture, service: Component<'service'>): string | undefined {
  if (checksOf(service).length > 0) return service.name;
  const guards = guardsOf(architecture);
  const before = (edgesOf(architecture).in.get(service.name) ?? []).filter((edge) => guards.has(edge.from) && (edge.payload === 'request' || architecture.components.get(edge.from)?.kind === 'validation'));
  const place = before[0]?.from ?? service.name;
  return guards.has(place) ? checkerAt(architecture, place) : undefined;
}
