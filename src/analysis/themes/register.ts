import type { AcceptedRisk, Finding, Severity } from '../finding.ts';
import type { Review } from '../review.ts';
import { riskOf } from '../roadmap/risk.ts';
import type { Roadmap, RoadmapItem } from '../roadmap/roadmap.ts';
import type { Context } from '../rule.ts';
import { isGrave } from '../target/derived.ts';
import type { TargetState } from '../target/target-state.ts';
import { themeKindOf, type ThemeKind } from './theme.ts';
import { riskThemes, type RiskTheme } from './themes.ts';

/** A line of the risk register: a theme as a whole, a grave finding, or a risk that somebody has accepted. */
export interface RegisteredRisk {
  /** Stable from review to review: the theme, or the finding. */
  readonly id: string;
  readonly theme?: Pick<ThemeKind, 'id' | 'title' | 'event' | 'consequence'>;
  readonly findings: readonly Finding[];
  readonly severity: Severity;
  /** Weight of the failure mode; it only orders. */
  readonly likelihood: number;
  readonly detectability: number;
  readonly owner?: string;
  /** `avoid`: the action takes away what is at risk. Nothing in a file says that a risk is transferred, so it never is here. */
  readonly response: 'mitigate' | 'avoid' | 'accept';
  readonly action?: RoadmapItem;
  /** `2027-01-20`: end of the window of the roadmap, or the day until which it is accepted; undefined beyond ninety days. */
  readonly due?: string;
  readonly residual: string;
  readonly status: 'open' | 'in a declared target' | 'accepted';
  readonly accepted?: AcceptedRisk;
}

/**
 * Every risk of a review: grave findings by themselves, themes with the rest, then what is accepted.
 *
 * @param declared Targets that the file declares.
 */
export function riskRegister(context: Context, review: Review, roadmap: Roadmap, declared: readonly Pick<TargetState, 'closed'>[]): RegisteredRisk[] {
  const inTarget = new Set(declared.flatMap(({ closed }) => closed.map(({ id }) => id)));
  const items = new Map<string, RoadmapItem>();
  const { top, backlog } = roadmap;
  for (const item of [...top, ...backlog]) for (const { id } of item.closes) if (!items.has(id)) items.set(id, item);
  const statusOf = (findings: readonly Finding[]): RegisteredRisk['status'] => (findings.length > 0 && findings.every(({ id }) => inTarget.has(id)) ? 'in a declared target' : 'open');
  const row = (id: string, findings: readonly Finding[], severity: Severity, theme: RegisteredRisk['theme']): RegisteredRisk => {
    const risks = findings.map((finding) => riskOf(context, finding));
    const action = findings.map((finding) => items.get(finding.id)).find((item) => item !== undefined);
    const due = action && dueOf(context.today, action);
    return {
      id,
      ...(theme && { theme }),
      findings,
      severity,
      likelihood: Math.max(0, ...risks.map(({ likelihood }) => likelihood)),
      detectability: Math.max(0, ...risks.map(({ detectability }) => detectability)),
      ...(action?.action.owner !== undefined && { owner: action.action.owner }),
      response: action && isRemoval(action) ? 'avoid' : 'mitigate',
      ...(action && { action }),
      ...(due !== undefined && { due }),
      residual: residualOf(findings, items),
      status: statusOf(findings),
    };
  };
  const themes = riskThemes(context, review, roadmap).flatMap((theme) => themeRow(theme, row));
  const grave = review.findings.filter(isGrave).map((finding) => row(finding.id, [finding], finding.severity, themeKindOf(finding.check)));
  return [...grave, ...themes, ...review.accepted.map((accepted) => acceptedRow(context, accepted))];
}

type Row = (id: string, findings: readonly Finding[], severity: Severity, theme: RegisteredRisk['theme']) => RegisteredRisk;

/** Findings that are grave have lines of their own. */
function themeRow(theme: RiskTheme, row: Row): RegisteredRisk[] {
  const rest = theme.findings.filter((finding) => !isGrave(finding));
  const [gravest] = rest;
  return gravest ? [row(`theme ${theme.id}`, rest, gravest.severity, theme)] : [];
}

function acceptedRow(context: Context, accepted: AcceptedRisk): RegisteredRisk {
  const { finding, by, until } = accepted;
  const { likelihood, detectability } = riskOf(context, finding);
  const theme = themeKindOf(finding.check);
  return { id: finding.id, ...(theme && { theme }), findings: [finding], severity: finding.severity, likelihood, detectability, ...(by !== '' && { owner: by }), response: 'accept', ...(until !== '' && { due: until }), residual: 'all of it', status: 'accepted', accepted };
}

const isRemoval = ({ action }: RoadmapItem): boolean => action.changes.some(({ op }) => op === 'remove-component' || op === 'remove-flow') && action.changes.every(({ op }) => op === 'remove-component' || op === 'remove-flow');

/** Of the findings of a line: how many no action closes whole. */
function residualOf(findings: readonly Finding[], items: ReadonlyMap<string, RoadmapItem>): string {
  const left = findings.filter(({ id }) => !items.has(id)).length;
  const shown = findings.some(({ id }) => items.get(id)?.action.changes.length === 0);
  if (left > 0) return left === findings.length ? 'all of it' : `${left} of ${findings.length} findings`;
  return shown ? 'none, once the work is shown' : 'none, by the review of the changed file';
}

const DAY = 86_400_000;

function dueOf(today: string, { slot }: RoadmapItem): string | undefined {
  return slot.within === 'later' ? undefined : new Date(Date.parse(`${today}T00:00:00Z`) + slot.within * DAY).toISOString().slice(0, 10);
}
