import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { feedsTraining } from '../../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { namesAlong, pathTo, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, isKindAbsent, presenceOf, value } from '../../../model/statements.ts';
import { feedbackFiltered } from '../../checks/ml15/label-quality-rules.ts';
import { guardsOf } from '../../data/gates.ts';
import { hopsOf } from '../../hops.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { namedBy } from '../said-by.ts';

type Origin = Component<'source' | 'store' | 'consumer'>;

/** Checks that see when somebody pushes data in a direction; form and bounds alone do not. */
const SANITISING: ReadonlySet<string> = new Set(['distribution', 'duplicates', 'consistency', 'class_balance', 'temporal', 'leakage']);

export const poisoningClosed: Criterion = {
  id: 'SEC-10',
  slug: 'poisoning-surface-is-closed',
  title: 'What strangers write is cleaned before anything learns from it',
  type: 'gap',
  severity: 'high',
  sources: ['OWASP ML (2023) ML02', 'OWASP ML (2023) ML08', 'MITRE ATLAS AML.M0007', 'AWS ML Lens (2023) MLSEC-10', 'AWS Generative AI Lens GENSEC06-BP01'],
  why: 'Who can add examples can teach the model: that a mark means harmless, that an item is popular, that a neighbour is a fraud.',
  remediation: 'Put a gate between what strangers write and training: repeats, sudden shifts, contradictions, and limits on what one writer can contribute.',
  effort: 'M',
  falsePositives: 'It may be cleaned on the way: declare a `validation` with what it checks, or `validates` of the ingestion. Only own systems may write: declare `writers internal`.',
  counts: 'at every stage',
  applies: ({ architecture }) => (componentsOf(architecture, 'training').length === 0 ? 'Nothing is trained here.' : true),
  *evaluate(context) {
    const { architecture } = context;
    const graph = edgesOf(architecture);
    const trainings = componentsOf(architecture, 'training').map(({ name }) => name);
    const walk = { direction: 'upstream', follow: feedsTraining } as const;
    const all = reachTree(graph, trainings, walk);
    const unguarded = reachTree(graph, trainings, { ...walk, avoid: guardsOf(architecture) });
    const unclean = reachTree(graph, trainings, { ...walk, avoid: sanitisersOf(architecture) });
    const said = namedBy(context, feedbackFiltered);
    const open: string[] = [];
    let judged = 0;
    for (const origin of strangersIn(architecture)) {
      if (!all.has(origin.name) || said.has(origin.name)) continue;
      judged += 1;
      const dirty = pathTo(unclean, origin.name, 'upstream');
      const bare = pathTo(unguarded, origin.name, 'upstream');
      if (!dirty) yield satisfied(origin, { because: `what is written into ${origin.name} is cleaned before anything learns from it` });
      else if (namesAlong(dirty).some((name) => said.has(name))) yield notApplicable('ML15.6 speaks of the labels on the way.', origin);
      else if (!bare) yield formOnly(architecture, origin, dirty);
      else if (isClosed(architecture, bare)) yield exposed(architecture, origin, bare);
      else open.push(origin.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `Strangers can write into ${listed(open)}: what keeps them from teaching the model what they want? Declare a \`validation\` on the way, or \`validates\` of the ingestion.`);
    else if (judged === 0) yield notApplicable('Nothing that strangers write is declared to reach a training.');
  },
};

/** Sources and stores into which users or the public write, public pages, and consumers who are not trusted. */
function strangersIn(architecture: Architecture): Origin[] {
  const written = componentsOf(architecture, 'source', 'store').filter((origin) => ['users', 'anyone'].includes(value(origin, 'writers') ?? '') || (origin.variant === 'web' && value(origin, 'writers') === undefined));
  return [...written, ...componentsOf(architecture, 'consumer').filter((consumer) => value(consumer, 'trusted') === false || value(consumer, 'exposure') === 'public')];
}

/** Where more than form is checked, or what was labelled is weighed or cleaned. */
function sanitisersOf(architecture: Architecture): Set<string> {
  const gates = componentsOf(architecture, 'validation').filter((gate) => presenceOf(gate, 'blocking') !== 'absent' && gate.variant !== 'report' && (value(gate, 'checks') ?? []).some((check) => SANITISING.has(check)));
  const ingestions = componentsOf(architecture, 'ingestion').filter((ingestion) => (value(ingestion, 'validates') ?? []).some((check) => SANITISING.has(check)));
  const labels = componentsOf(architecture, 'labels').filter((item) => (value(item, 'filtered') ?? []).length > 0 || (value(item, 'quality') ?? []).length > 0);
  return new Set([...gates, ...ingestions, ...labels].map(({ name }) => name));
}

/** It is said that nothing checks on this way: there is no validation at all, and no ingestion of which it is open what it checks. */
const isClosed = (architecture: Architecture, path: readonly Edge[]): boolean =>
  isKindAbsent(architecture, 'validation') && namesAlong(path).every((name) => {
    const component = architecture.components.get(name);
    return component?.kind !== 'ingestion' || presenceOf(component, 'validates') === 'absent';
  });

const writersOf = (origin: Origin): string => (origin.kind === 'consumer' || value(origin as Component<'source'>, 'writers') === 'users' ? 'Users' : 'Strangers');

function exposed(architecture: Architecture, origin: Origin, path: readonly Edge[]): Outcome {
  const learner = path.at(-1)?.to ?? '';
  return gap(origin, {
    message: `${writersOf(origin)} write into ${origin.name}, and ${learner} learns from it as it is.`,
    path: hopsOf(path),
    changes: gateBefore(architecture, path),
    impact: 'Nobody teaches the model from outside',
  });
}

function formOnly(architecture: Architecture, origin: Origin, path: readonly Edge[]): Outcome {
  const gate = namesAlong(path).flatMap((name) => architecture.components.get(name) ?? []).find((component) => component.kind === 'validation' || component.kind === 'ingestion');
  const property = gate?.kind === 'ingestion' ? 'validates' : 'checks';
  const checks = gate ? ((gate.kind === 'ingestion' ? value(gate as Component<'ingestion'>, 'validates') : value(gate as Component<'validation'>, 'checks')) ?? []) : [];
  const learner = path.at(-1)?.to ?? '';
  const stops = gate?.kind !== 'validation' || (presenceOf(gate, 'blocking') !== 'absent' && gate.variant !== 'report');
  return weak(origin, {
    severity: 'medium',
    message: `${writersOf(origin)} write into ${origin.name}, and ${gate?.name ?? 'what stands on the way'} ${stops ? 'looks only at the form of it' : 'stops nothing of it'} before ${learner} learns from it.`,
    path: hopsOf(path),
    changes: gate ? [{ op: 'set', subject: gate.name, property, value: [...new Set([...checks, 'duplicates', 'distribution'])] }, ...(stops ? [] : ([{ op: 'set', subject: gate.name, property: 'blocking', value: true }, ...(gate.variant === 'report' ? [{ op: 'set-variant' as const, subject: gate.name, variant: 'gate' }] : [])] as const))] : [],
    impact: 'Nobody teaches the model from outside',
  });
}

/** A gate in place of the last declared flow of the way. */
function gateBefore(architecture: Architecture, path: readonly Edge[]): Change[] {
  const hop = path.findLast((edge) => edge.flow !== undefined);
  if (!hop?.flow) return [];
  const name = freeName(architecture, `${hop.to}Gate`);
  return [
    { op: 'add-component', component: { kind: 'validation', name, variant: 'gate', properties: { checks: ['schema', 'duplicates', 'distribution', 'consistency'], blocking: true, on_bad_data: 'quarantine' } } },
    { op: 'remove-flow', from: hop.from, to: hop.to },
    { op: 'add-flow', flow: { from: hop.from, to: name, properties: { payload: hop.payload } } },
    { op: 'add-flow', flow: { from: name, to: hop.to, properties: { payload: hop.payload } } },
  ];
}
