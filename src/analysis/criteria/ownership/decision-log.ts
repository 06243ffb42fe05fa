import type { Decision } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { unspokenChoices } from '../../decisions/implicit.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const decisionLog: Criterion = {
  id: 'OWN-04',
  slug: 'choices-have-reasons',
  title: 'Choices that shape the system are written down with their reasons',
  type: 'gap',
  severity: 'low',
  sources: ['MADR 4.0', 'ISO/IEC 42001 A.6.2.3'],
  why: 'A choice whose reason is lost is either never questioned again or made anew by whoever comes next, with the same mistakes.',
  remediation: 'Write a record for each: what had to be decided, what was chosen, what was turned down and why. An hour for the few that matter is enough.',
  effort: 'S',
  falsePositives: 'Records may be kept elsewhere: name the place as `decision_records` of the system.',
  applies: ({ architecture }) => (value(architecture.system, 'stage') === 'prototype' ? 'It is a prototype.' : true),
  *evaluate(context: Context) {
    const { architecture } = context;
    const { system, decisions } = architecture;
    const bare = decisions.filter(hasNoReason);
    const severity = value(system, 'review')?.for === 'diligence' ? ('medium' as const) : undefined;
    for (const decision of bare) yield weak(system, { about: slug(decision.title), span: decision.span, severity, message: `“${decision.title}” is recorded without a reason: neither what led to it, nor what was turned down, nor what follows.`, remedy: 'Add its `context`, what was `rejected`, and its `consequences`.' });
    yield* judgeLog(context, severity);
  },
};

function* judgeLog(context: Context, severity: 'medium' | undefined): Iterable<Outcome> {
  const { architecture } = context;
  const { system, decisions } = architecture;
  const records = statementOf(system, 'decision_records');
  const lost = evidenceOf(records)?.find(({ status }) => status === 'missing');
  if (lost) return yield contradiction(system, { at: 'decision_records', message: `Decisions are said to be recorded in ${lost.target}, which does not exist.`, remedy: 'Write them, or correct the path.' });
  const unspoken = unspokenChoices(context);
  const titles = unspoken.slice(0, 2).map(({ title }) => inSentence(title)).join(', and to ');
  switch (presenceOf(system, 'decision_records')) {
    case 'present':
      return yield satisfied(system, { because: 'decisions are recorded', evidence: evidenceOf(records) });
    case 'absent':
      if (decisions.length === 0 || unspoken.length > 0) return yield gap(system, { at: 'decision_records', severity, message: `Decisions are written down nowhere${unspoken.length > 0 ? `, such as to ${titles}` : ''}.` });
      break;
    default:
  }
  // Who records decisions has chosen which of them matter; only others who look at the system want all of them.
  const recorded = decisions.length > 0 && !decisions.every(hasNoReason);
  if (unspoken.length > 0 && (!recorded || severity)) yield { ...question(system, undefined, `Where is it written down why it was decided to ${titles}? Declare a \`decision\` for each, or \`decision_records "…"\`.`), statedUnknown: records?.state === 'unknown' };
  else if (recorded) yield satisfied(system, { because: `${listed(decisions.map(({ title }) => `“${title}”`))} ${decisions.length === 1 ? 'is' : 'are'} recorded with reasons` });
}

/** Nothing tells why: neither context nor alternatives nor consequences, nor a comment. */
const hasNoReason = ({ doc, properties }: Decision): boolean => doc === undefined && (['context', 'rejected', 'consequences'] as const).every((property) => properties[property]?.state !== 'present');

const slug = (title: string): string => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 40);

const inSentence = (title: string): string => title.charAt(0).toLowerCase() + title.slice(1);

