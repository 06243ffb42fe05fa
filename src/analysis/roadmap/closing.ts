import { applyChanges } from '../../model/apply-changes.ts';
import type { Finding } from '../finding.ts';
import { review, type Review } from '../review.ts';
import type { Context } from '../rule.ts';
import type { Action } from './action.ts';
import { severityPoints } from './risk.ts';

/** Findings by id, each with the share of it that an action removes: 1 where it is gone, less where it became less grave. */
export type Closing = ReadonlyMap<string, number>;

/**
 * What an action closes besides the findings it was made for, found by reviewing the system with its changes. What an action
 * outside the file does for other findings cannot be seen, so it closes its own alone.
 */
export function closingOf(context: Context, before: Reviewed, action: Action): Closing {
  const own = new Map(action.findings.map(({ id }) => [id, 1]));
  if (action.changes.length === 0) return own;
  const after = review(applyChanges(context.architecture, action.changes), context);
  return new Map([...sharesGone(context, before, after), ...own]);
}

type Reviewed = Pick<Review, 'findings' | 'questions'>;

/**
 * Of each finding the share that is gone in a later review. One that has turned into a question is not: with the first
 * monitor, nobody says any more that there is no other, and that is no answer.
 */
export function sharesGone(context: Context, before: Reviewed, after: Reviewed & Pick<Review, 'system'>): [string, number][] {
  const left = new Map(after.findings.map((finding) => [finding.id, finding]));
  const asked = new Set(before.questions.map(({ id }) => id));
  const raised = after.questions.filter(({ id }) => !asked.has(id));
  // A question about another side of the rule was hidden behind the finding and is no answer to it.
  const isAsked = (finding: Finding): boolean => raised.some((question) => question.rule === finding.rule && (question.component === finding.component || question.component === after.system) && aboutOf(question) === aboutOf(finding));
  return before.findings.flatMap((finding): [string, number][] => {
    const still = left.get(finding.id);
    const share = still ? 1 - weightOf(context, still) / weightOf(context, finding) : isAsked(finding) ? 0 : 1;
    return share > 0 ? [[finding.id, share]] : [];
  });
}

/** What tells two findings of one rule on one element apart: `SEC-02@Shop.Role/permissions`. */
const aboutOf = ({ id, rule, component }: Pick<Finding, 'id' | 'rule' | 'component'>): string => id.slice(`${rule}@${component}`.length);

/** What a change can move of a risk: how grave it is and how sure. */
const weightOf = ({ settings }: Context, finding: Finding): number => severityPoints(finding, settings.roadmap) * finding.confidence;
