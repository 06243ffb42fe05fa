import { SEVERITIES, type AcceptedRisk, type Finding, type Question, type Severity } from '../finding.ts';
import type { Review } from '../review.ts';
import { pairOf, pairs, type Pair } from './pairs.ts';

/** How a finding stands in one version. */
export interface Standing {
  readonly state: 'open' | 'accepted';
  readonly severity: Severity;
}

/**
 * `added`, `reopened`: open now, and not there or accepted before. `fixed`: not there any more. `accepted`: accepted now,
 * and open or not there before. `changed`: of another severity. `kept`: as it was.
 */
export const FINDING_CHANGES = ['added', 'reopened', 'changed', 'accepted', 'fixed', 'kept'] as const;
export type FindingChange = (typeof FINDING_CHANGES)[number];

export interface FindingDifference {
  readonly change: FindingChange;
  /** As it reads now, or as it last read. */
  readonly finding: Finding;
  readonly before?: Standing;
  readonly after?: Standing;
  /** Why, by whom and until when, where it is accepted now. */
  readonly acceptance?: Pick<AcceptedRisk, 'because' | 'by' | 'until'>;
}

/** Of one version: a finding with how it stands. */
interface Raised {
  readonly finding: Finding;
  readonly standing: Standing;
  readonly acceptance?: Pick<AcceptedRisk, 'because' | 'by' | 'until'>;
}

/** What became of the findings, by their ids; those of a system that was renamed are told by what follows its name. Most severe first. */
export function findingDifferences(before: Review | undefined, after: Review | undefined): FindingDifference[] {
  const found = pairsOfBoth(before, after, raisedIn, ({ finding }) => finding).map(({ before: was, after: is }): FindingDifference => {
    const known = (is ?? was) as Raised;
    return { change: changeOf(was?.standing, is?.standing), finding: known.finding, ...pairOf(was?.standing, is?.standing), ...(is?.acceptance && { acceptance: is.acceptance }) };
  });
  return found.sort((a, b) => FINDING_CHANGES.indexOf(a.change) - FINDING_CHANGES.indexOf(b.change) || SEVERITIES.indexOf(b.finding.severity) - SEVERITIES.indexOf(a.finding.severity) || (a.finding.id < b.finding.id ? -1 : 1));
}

/** Whether a finding is open at or above a severity and was not so before: what a gate on a change stops. */
export function isNewlyOpen({ before, after }: FindingDifference, least: Severity): boolean {
  const reaches = (standing: Standing | undefined): boolean => standing?.state === 'open' && SEVERITIES.indexOf(standing.severity) >= SEVERITIES.indexOf(least);
  return reaches(after) && !reaches(before);
}

export interface QuestionDifference {
  readonly change: 'opened' | 'closed' | 'kept';
  readonly question: Question;
}

/** Which questions the newer version leaves open, and which it answers or has no place for. */
export function questionDifferences(before: Review | undefined, after: Review | undefined): QuestionDifference[] {
  return pairsOfBoth(before, after, ({ questions }) => questions, (question) => question).map(({ before: was, after: is }) => ({ change: !was ? 'opened' : is ? 'kept' : 'closed', question: (is ?? was) as Question }));
}

function raisedIn({ findings, accepted }: Review): Raised[] {
  return [
    ...findings.map((finding): Raised => ({ finding, standing: { state: 'open', severity: finding.severity } })),
    ...accepted.map(({ finding, because, by, until }): Raised => ({ finding, standing: { state: 'accepted', severity: finding.severity }, acceptance: { because, by, until } })),
  ];
}

function changeOf(before: Standing | undefined, after: Standing | undefined): FindingChange {
  if (!after) return 'fixed';
  if (before?.state === after.state) return before.severity === after.severity ? 'kept' : 'changed';
  if (after.state === 'accepted') return 'accepted';
  return before ? 'reopened' : 'added';
}

function pairsOfBoth<T>(before: Review | undefined, after: Review | undefined, items: (review: Review) => readonly T[], named: (item: T) => { readonly id: string }): Pair<T>[] {
  const keys = new Map<T, string>();
  const side = (review: Review | undefined): readonly T[] => {
    const own = review ? items(review) : [];
    for (const item of own) keys.set(item, withoutSystem(named(item).id, review?.system ?? ''));
    return own;
  };
  return pairs(side(before), side(after), (item) => keys.get(item) ?? '', () => true);
}

/** `ML09.3@CardFraud.Scorer` → `ML09.3@.Scorer`. */
function withoutSystem(id: string, system: string): string {
  const [rule = '', element = ''] = [id.slice(0, id.indexOf('@') + 1), id.slice(id.indexOf('@') + 1)];
  return element.startsWith(system) ? rule + element.slice(system.length) : id;
}
