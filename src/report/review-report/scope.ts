import { formatNumber, formatQuantity } from '../../analysis/format.ts';
import { standingOf } from '../../analysis/severity.ts';
import { statementOf, value } from '../../model/statements.ts';
import type { Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { code, paragraph, plural } from './words.ts';

const INTENTS = {
  scale: 'The system must carry much more load: capacity, headroom and cost weigh most.',
  diligence: 'Investors or customers look at it: provenance, gaps and risks are told for people outside.',
  degradation: 'Quality falls and the cause is not known: model, data path and serving are each looked at.',
  decision: 'A large decision is ahead: options and their trade-offs come first.',
} as const;

/** What the review was for, what it covers, and how it judges. */
export function scopeSection({ context, review }: ReportSubject): Section {
  const { architecture, settings } = context;
  const { system } = architecture;
  const intent = value(system, 'review')?.for;
  const { stage, criticality } = standingOf(architecture);
  const assumed = (['stage', 'criticality'] as const).filter((property) => !statementOf(system, property));
  const headroom = value(system, 'headroom');
  const off = settings.off.map(({ rule, because }) => `${rule} (${because})`);
  return {
    id: 'scope',
    title: 'Scope, intent and method',
    blocks: [
      {
        kind: 'facts',
        facts: [
          { term: 'Intent', definition: intent === undefined ? ['Not declared (', code('review for …'), '): all parts weigh the same.'] : [INTENTS[intent]] },
          { term: 'Reviewed', definition: [`${plural(architecture.components.size, 'component')} and ${plural(architecture.flows.length, 'flow')} of the machine-learning system; ${formatNumber(review.score.applicable)} rules apply, ${formatNumber(review.score.decided)} of them could be decided.`] },
          { term: 'Not reviewed', definition: ['The general cloud set-up, source code, the quality of the model itself, and whatever the file does not mention.'] },
          { term: 'Judged as', definition: [`a ${stage} system of ${['low', 'medium', 'high', 'critical'][criticality] ?? ''} criticality${assumed.length > 0 ? ` (${assumed.join(' and ')} not declared, so assumed)` : ''}, with ${headroom ? formatNumber(headroom.low) : formatNumber(settings.thresholds.headroom)} times today’s peak as headroom${value(system, 'horizon') ? ` over ${formatQuantity(value(system, 'horizon') ?? { low: 0, high: 0, unit: 's' })}` : ''}.`] },
          ...(off.length > 0 ? [{ term: 'Turned off', definition: [off.join('; ')] }] : []),
        ],
      },
      paragraph('A finding is a contradiction (what is declared cannot all hold), a gap (declared absent, or absent from a part that is declared complete), a weakness or advice. What nobody said is a question and never a finding. Severity starts at the base of the rule and moves with stage, criticality and whether anything would notice; critical needs a reason of its own: silent harm, an outage of the whole, or harm to people.'),
      paragraph('A rule counts 1 where a file that was found backs it, 0.75 where a link does, 0.5 where it is only declared or in part, 0 where it is missing. Each score is an interval: what is assured, and what it could be if every open question had a good answer. The readiness index is the least of the five categories, since a system is as strong as its weakest part; below 60 % of decidable rules there is no verdict.'),
    ],
  };
}
