import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { feedsTraining, modelsMadeBy } from '../../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { reachable } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { checksOf, pipelinesThatCheck, STOPS } from '../../data/gates.ts';
import { pastExamples } from '../../data/time-facts.ts';
import { alertFor } from '../../monitoring/drafts.ts';
import { watchedBy } from '../../monitoring/observed.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

type Gate = Component<'validation'> | Component<'ingestion'>;

const gatesOf = (architecture: Architecture): Gate[] => [...componentsOf(architecture, 'validation'), ...componentsOf(architecture, 'ingestion').filter((ingestion) => checksOf(ingestion).length > 0)];

export const gatesHaveEffect: Rule = {
  id: 'ML07.2',
  slug: 'gates-have-effect',
  title: 'A check of data stops what is bad, or somebody acts on what it says',
  type: 'weak',
  severity: 'medium',
  why: 'A check that stops nothing and tells nobody costs work and gives a false sense of safety: bad data passes all the same.',
  remediation: 'Let the check stop what fails, or send what it says to somebody who acts.',
  effort: 'S',
  falsePositives: 'The result may be read elsewhere: declare `alerts`, or a flow from the check to what uses it.',
  *evaluate({ architecture }) {
    const heard = new Set(componentsOf(architecture, 'monitor').flatMap((monitor) => watchedBy(architecture, monitor)));
    for (const gate of gatesOf(architecture)) yield judgeEffect(architecture, gate, heard);
    for (const pipeline of pipelinesThatCheck(architecture)) yield* judgePipeline(pipeline);
  },
};

function judgeEffect(architecture: Architecture, gate: Gate, heard: ReadonlySet<string>): Outcome {
  const at = gate as Component<'validation'>;
  const onBadData = value(at, 'on_bad_data');
  const blocking = gate.kind === 'validation' ? presenceOf(gate, 'blocking') : 'undeclared';
  const consumed = heard.has(gate.name) || onBadData === 'alert' || (edgesOf(architecture).out.get(gate.name) ?? []).some((edge) => edge.payload === 'events' && !isIgnored(architecture, edge));
  const passes = blocking === 'absent' || (blocking !== 'present' && (onBadData === 'pass' || gate.variant === 'report'));
  const evidence = evidenceOf(statementOf(gate, 'blocking') ?? statementOf(gate, 'on_bad_data'));
  if (!passes) {
    const stops = blocking === 'present' || gate.variant === 'gate' || STOPS.has(onBadData ?? '');
    if (stops || consumed) return satisfied(gate, { evidence, because: stops ? `${gate.name} stops what fails` : `what ${gate.name} finds reaches somebody` });
    const property = gate.kind === 'validation' ? 'blocking' : 'on_bad_data';
    return question(gate, property, `What happens to data that fails the checks of ${gate.name}: is it stopped, or is somebody told?`);
  }
  if (onBadData !== undefined && STOPS.has(onBadData)) return satisfied(gate, { evidence, because: `${gate.name} sets bad records aside` });
  if (consumed) return satisfied(gate, { evidence, because: `${gate.name} stops nothing, but what it finds is heard` });
  if (gate.variant === 'gate') {
    return contradiction(gate, { at: blocking === 'absent' ? 'blocking' : 'on_bad_data', message: `${gate.name} is declared as a gate, yet lets through what fails${alertless(gate)}.`, changes: blockingChanges(gate) });
  }
  const silent = onBadData === 'pass' || presenceOf(gate, 'alerts') === 'absent';
  if (!silent) return question(gate, 'alerts', `${gate.name} stops nothing. Who hears what it finds?`);
  return weak(gate, {
    at: onBadData === 'pass' ? 'on_bad_data' : 'alerts',
    message: `${gate.name} checks the data, but lets through what fails and tells nobody.`,
    changes: gate.variant === 'report' ? telling(architecture, gate) : blockingChanges(gate),
  });
}

/** A pipeline that names the check among its gates, and goes on whatever they say. */
function isIgnored(architecture: Architecture, edge: Edge): boolean {
  const pipeline = architecture.components.get(edge.to);
  return edge.via?.property === 'gate' && pipeline?.kind === 'pipeline' && presenceOf(pipeline, 'blocking') === 'absent';
}

const alertless = (gate: Gate): string => (presenceOf(gate, 'alerts') === 'absent' ? ' and tells nobody' : '');

function blockingChanges(gate: Gate): Change[] {
  const quarantine: Change = { op: 'set', subject: gate.name, property: 'on_bad_data', value: 'quarantine' };
  return gate.kind === 'ingestion' ? [quarantine] : [{ op: 'set', subject: gate.name, property: 'blocking', value: true }, quarantine];
}

/** A report stays a report, and somebody hears it. */
function telling(architecture: Architecture, gate: Gate): Change[] {
  const { name, changes } = alertFor(architecture);
  return [...changes, { op: 'set', subject: gate.name, property: 'alerts', value: [name] }, { op: 'set', subject: gate.name, property: 'on_bad_data', value: 'alert' }];
}

function* judgePipeline(pipeline: Component<'pipeline'>): Iterable<Outcome> {
  if (presenceOf(pipeline, 'blocking') === 'absent') {
    yield weak(pipeline, {
      at: 'blocking',
      message: `${pipeline.name} has a stage that checks the data, but goes on when it fails.`,
      changes: [{ op: 'set', subject: pipeline.name, property: 'blocking', value: true }],
    });
  } else if (presenceOf(pipeline, 'blocking') === 'present') yield satisfied(pipeline, { evidence: evidenceOf(statementOf(pipeline, 'blocking')), because: `${pipeline.name} stops when the data fails its checks` });
}

type Position = 'ingestion' | 'after_join' | 'before_training';

/** What a check must look for, by where it stands. */
const NEEDED: Readonly<Record<Position, readonly string[]>> = {
  ingestion: ['schema', 'nulls', 'range'],
  after_join: ['consistency'],
  before_training: ['distribution', 'duplicates'],
};
/** Documents have neither columns nor ranges; any look at their form, their number or repeats will do. */
const OF_DOCUMENTS: readonly string[] = ['schema', 'size', 'duplicates'];
const UNSTRUCTURED: ReadonlySet<string | undefined> = new Set(['documents', 'web']);
const WHERE: Readonly<Record<Position, string>> = { ingestion: 'where data comes in', after_join: 'after joins', before_training: 'before training' };
const CLASSES: ReadonlySet<string> = new Set(['binary_classification', 'classification']);
const IN_WORDS: Readonly<Record<string, string>> = { nulls: 'missing values', range: 'ranges', class_balance: 'class balance', temporal: 'times' };

export const gatesFitTheirPlace: Rule = {
  id: 'ML07.3',
  slug: 'gates-fit-their-place',
  title: 'Each check looks for what goes wrong at its place',
  type: 'weak',
  severity: 'medium',
  why: 'Columns break where data comes in, keys break in joins, and shifts and repeats only show in the finished set. A check in the wrong place, or for the wrong thing, passes them.',
  remediation: 'Add the checks that belong to the place.',
  effort: 'S',
  falsePositives: 'Another check on the same path may look for it: declare that one with its `checks`.',
  *evaluate({ architecture }) {
    const temporal = new Set(pastExamples(architecture).filter((past) => past.temporal === 'declared').map(({ training }) => training.name));
    for (const gate of gatesOf(architecture)) yield* judgePlace(architecture, gate, temporal);
  },
};

function* judgePlace(architecture: Architecture, gate: Gate, temporal: ReadonlySet<string>): Iterable<Outcome> {
  const own = checksOf(gate);
  const position = positionOf(architecture, gate);
  if (own.length === 0) {
    yield question(gate, 'checks', `What does ${gate.name} check: schema, missing values, ranges, distributions, duplicates, class balance, consistency, times?`);
    return;
  }
  if (!position) return;
  const before = position === 'before_training';
  const trainings = before ? trainingsBehind(architecture, gate) : [];
  const classes = trainings.some((training) => modelsMadeBy(architecture, training).some((model) => CLASSES.has(value(model, 'task') ?? '')));
  const required = position === 'ingestion' && takesDocuments(architecture, gate) ? (own.some((check) => OF_DOCUMENTS.includes(check)) ? [] : OF_DOCUMENTS) : NEEDED[position];
  const needed = [...required, ...(before && classes ? ['class_balance'] : []), ...(before && trainings.some((training) => temporal.has(training.name)) ? ['temporal'] : [])];
  let missing = needed.filter((check) => !own.includes(check));
  if (missing.length > 0) {
    const elsewhere = onTheSamePath(architecture, gate);
    missing = missing.filter((check) => !elsewhere.has(check));
  }
  if (missing.length === 0) {
    yield satisfied(gate, { evidence: evidenceOf(statementOf(gate, gate.kind === 'validation' ? 'checks' : 'validates')), because: `${gate.name} checks what its place needs` });
    return;
  }
  const property = gate.kind === 'validation' ? 'checks' : 'validates';
  yield weak(gate, {
    at: property,
    message: `${gate.name} stands ${WHERE[position]} and does not check ${listed(missing.map((check) => IN_WORDS[check] ?? check), 5)}.`,
    changes: [{ op: 'set', subject: gate.name, property, value: [...own, ...missing] }],
  });
}

/** Everything that comes to it is documents. */
function takesDocuments(architecture: Architecture, gate: Gate): boolean {
  const before = reachable(edgesOf(architecture), [gate.name], { direction: 'upstream', follow: feedsTraining });
  const sources = [...before].flatMap((name) => architecture.components.get(name) ?? []).filter((component) => component.kind === 'source');
  return sources.length > 0 && sources.every((source) => UNSTRUCTURED.has(source.variant));
}

/** Where a gate stands: as said, or next to a source or a training if only one of the two is so. */
function positionOf(architecture: Architecture, gate: Gate): Position | undefined {
  if (gate.kind === 'ingestion') return 'ingestion';
  const stated = value(gate, 'position');
  if (stated !== undefined) return stated in NEEDED ? (stated as Position) : undefined;
  const graph = edgesOf(architecture);
  const kindOf = (name: string): string => architecture.components.get(name)?.kind ?? '';
  const fromSource = (graph.in.get(gate.name) ?? []).some((edge) => ['source', 'ingestion'].includes(kindOf(edge.from)));
  const toTraining = (graph.out.get(gate.name) ?? []).some((edge) => kindOf(edge.to) === 'training');
  if (fromSource === toTraining) return undefined;
  return fromSource ? 'ingestion' : 'before_training';
}

function trainingsBehind(architecture: Architecture, gate: Gate): Component<'training'>[] {
  const behind = reachable(edgesOf(architecture), [gate.name], { follow: feedsTraining });
  return [...behind].flatMap((name) => architecture.components.get(name) ?? []).filter((component): component is Component<'training'> => component.kind === 'training');
}

/** What other gates before or behind one check. */
function onTheSamePath(architecture: Architecture, gate: Gate): Set<string> {
  const graph = edgesOf(architecture);
  const names = new Set([...reachable(graph, [gate.name], { direction: 'upstream' }), ...reachable(graph, [gate.name])]);
  names.delete(gate.name);
  return new Set(gatesOf(architecture).filter((other) => names.has(other.name)).flatMap((other) => [...checksOf(other)]));
}
