import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { among, PERSONAL, type DataClass } from '../../../model/graph/data-classes.ts';
import type { Edge } from '../../../model/graph/edges.ts';
import { taintOf } from '../../../model/graph/taint.ts';
import { trainingsOf } from '../../../model/graph/lineage.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type FindingDetails, type Outcome } from '../../rule.ts';
import { inHouseModels, listed } from '../../training/in-house.ts';
import { dutiesOf, erasureDuty, expiryOf } from './policies.ts';

/** The time in which a request must be answered (GDPR Article 12): what is gone by then by itself needs no erasing. */
const ANSWERED_WITHIN = 31 * 86_400;

/** Something that keeps personal data. */
interface Copy {
  readonly component: Component;
  readonly classes: readonly DataClass[];
  readonly path: readonly Edge[];
}

export const erasureReaches: Criterion = {
  id: 'DG-06',
  slug: 'erasure-reaches-every-copy',
  title: 'Who asks to be forgotten is forgotten in every store, data set, index and model',
  type: 'gap',
  severity: 'high',
  sources: ['GDPR Article 17', 'ISO/IEC 42001 A.7.2', 'NIST AI RMF MEASURE 2.10'],
  why: 'A person who was deleted in the application lives on in copies: snapshots, logs, embeddings and whatever was learned from them.',
  remediation: 'Give every copy a way to delete one person or a short life, and train models again from data without those who left.',
  effort: 'L',
  falsePositives: 'A procedure may exist: declare `compliance … { duty erasure covers […] }`, `deletion` of the store, or how long it keeps data.',
  counts: 'at every stage',
  applies: ({ architecture }) => (hasDuty(architecture) || isDutyOpen(architecture) ? true : 'No duty to forget people is declared.'),
  *evaluate({ architecture }) {
    const copies = copiesOf(architecture);
    if (!hasDuty(architecture)) return yield judgeDuty(architecture, copies);
    if (copies.length === 0) return yield notApplicable('No personal data is declared to reach something that keeps it.');
    const open: Copy[] = [];
    for (const copy of copies) {
      const outcome = judge(architecture, copy);
      if (outcome === 'open') open.push(copy);
      else yield outcome;
    }
    if (open.length > 0) yield question(architecture.system, undefined, `How is a person erased from ${listed(open.map(({ component }) => component.name))}? Declare \`deletion\`, or a \`compliance\` with \`duty erasure\` that covers them.`);
  },
};

const hasDuty = (architecture: Architecture): boolean => erasureDuty(architecture, dutiesOf(architecture, 'erasure')) !== undefined;
const isDutyOpen = ({ system }: Architecture): boolean => ['undeclared', 'unknown'].includes(presenceOf(system, 'compliance'));

/** Nobody says which rules hold: asked where something about people is kept from which nobody is said to be erased. */
function judgeDuty(architecture: Architecture, copies: readonly Copy[]): Outcome {
  const kept = copies.filter((copy) => judge(architecture, copy) === 'open').map(({ component }) => component.name);
  if (kept.length === 0) return notApplicable('No duty to forget people is declared, and nothing that keeps data about them.');
  return question(architecture.system, undefined, `May people ask to be forgotten, and how is one then erased from ${listed(kept)}? Declare \`compliance\` of the system, such as \`[gdpr]\`, or \`compliance n/a because "…"\`; and \`deletion\`, or a \`compliance\` with \`duty erasure\`.`);
}

function judge(architecture: Architecture, copy: Copy): Outcome | 'open' {
  const { component } = copy;
  const procedures = dutiesOf(architecture, 'erasure');
  const procedure = procedures.find((duty) => value(duty, 'covers')?.includes(component.name) ?? true);
  const denied = presenceOf(component, 'deletion') === 'absent' || (component.kind === 'model' && value(component as Component<'model'>, 'retrained') === false);
  if (procedure && !(denied && statementOf(component, 'deletion'))) return satisfied(component, { because: `${procedure.name} covers ${component.name}`, evidence: evidenceOf(statementOf(procedure, 'file') ?? statementOf(procedure, 'procedure')) });
  if (presenceOf(component, 'deletion') === 'present') return satisfied(component, { evidence: evidenceOf(statementOf(component, 'deletion')) });
  const expiry = expiryOf(architecture, component);
  if (expiry !== undefined && expiry <= ANSWERED_WITHIN) return satisfied(component, { because: `what is in ${component.name} is gone within a month` });
  if (component.kind === 'model' && isRetrained(architecture, component as Component<'model'>)) return satisfied(component, { because: `${component.name} is trained again from what is left` });
  if (denied) return gap(component, details(architecture, copy, component.kind === 'model' ? `${component.name} learned from it and is never trained again` : `nobody can be erased from ${component.name}`));
  const planned = plannedInstead(component, 'deletion', { message: `${component.name} gets personal data (${listed(copy.classes)}), and nobody can be erased from it yet.`, path: hopsOf(copy.path) });
  if (planned) return planned;
  // A list of what a procedure covers says what it does not cover.
  const lists = procedures.find((duty) => value(duty, 'covers') !== undefined);
  if (lists) return weak(component, details(architecture, copy, `${lists.name} does not cover ${component.name}`));
  return 'open';
}

function details(architecture: Architecture, { component, classes, path }: Copy, reason: string): FindingDetails {
  const property = component.kind === 'model' ? 'retrained' : 'deletion';
  const duty = dutiesOf(architecture, 'erasure').find((item) => value(item, 'covers') !== undefined);
  const covering: Change[] = duty ? [{ op: 'set', subject: duty.name, property: 'covers', value: [...(value(duty, 'covers') ?? []), component.name] }] : [];
  const able: Change = { op: 'set', subject: component.name, property, value: true };
  const origin = path[0]?.from;
  return {
    at: statementOf(component, property) ? property : undefined,
    severity: component.kind === 'model' ? 'medium' : undefined,
    message: `${component.name} gets personal data (${listed(classes)})${origin === undefined || origin === component.name ? '' : ` of ${origin}`}, and ${reason}.`,
    path: hopsOf(path),
    changes: statementOf(component, property) || covering.length === 0 ? [able, ...covering] : covering,
    impact: 'A person who asks to be forgotten is',
  };
}

const REPEATED: ReadonlySet<string> = new Set(['schedule', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'new_data']);

const isRetrained = (architecture: Architecture, model: Component<'model'>): boolean =>
  value(model, 'retrained') === true || trainingsOf(architecture, model).some((training) => value(training, 'every') !== undefined || value(training, 'trigger')?.some((word) => REPEATED.has(word)));

/** Stores, data sets and knowledge bases that personal data reaches, and models that learned from it. */
function copiesOf(architecture: Architecture): Copy[] {
  const held = componentsOf(architecture, 'store', 'dataset').flatMap((component) => copyAt(architecture, component, component.name));
  // Whether deletions reach a knowledge base at all is asked of every one of them; here only where it is denied.
  const indexed = componentsOf(architecture, 'knowledge').filter((base) => presenceOf(base, 'deletion') === 'absent').flatMap((component) => copyAt(architecture, component, component.name));
  const indexes = new Set(componentsOf(architecture, 'knowledge').flatMap((base) => value(base, 'in') ?? []));
  const learned = inHouseModels(architecture).flatMap((model) => {
    const training = trainingsOf(architecture, model).find(({ name }) => taintOf(architecture, name).size > 0);
    return training ? copyAt(architecture, model, training.name) : [];
  });
  return [...held.filter(({ component }) => !indexes.has(component.name)), ...indexed, ...learned];
}

function copyAt(architecture: Architecture, component: Component, name: string): Copy[] {
  const reaching = taintOf(architecture, name);
  const classes = among(reaching.keys(), PERSONAL);
  const [first] = classes;
  return first ? [{ component, classes, path: reaching.get(first) ?? [] }] : [];
}
