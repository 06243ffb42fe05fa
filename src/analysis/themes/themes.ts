import { SEVERITIES, type Finding, type Severity } from '../finding.ts';
import { bySeverity, type Review } from '../review.ts';
import { riskOf } from '../roadmap/risk.ts';
import { roadmapOf, type Roadmap, type RoadmapItem } from '../roadmap/roadmap.ts';
import type { Context } from '../rule.ts';
import { driversOf } from './drivers.ts';
import { THEME_KINDS, type ThemeKind } from './theme.ts';

/** Findings with one consequence for the business. */
export interface RiskTheme extends ThemeKind {
  /** Sentences in the numbers of this system; empty where none are known. */
  readonly drivers: readonly string[];
  /** The gravest first. */
  readonly findings: readonly Finding[];
  readonly severity: Severity;
  /** Part of the risk of all findings, 0 to 1. */
  readonly share: number;
  /** Weight of its commonest failure mode; it only orders. */
  readonly likelihood: number;
  readonly detectability: number;
  /** What ends it, in the order of the roadmap. */
  readonly ends: readonly RoadmapItem[];
}

/** More are not remembered; a report tells the rest in a line. */
export const MOST_THEMES = 5;

const themes = new WeakMap<Review, readonly RiskTheme[]>();

/**
 * The themes of a review that have findings, the heaviest first; worked out once for each review.
 *
 * @param roadmap Its roadmap, where it is there already.
 */
export function riskThemes(context: Context, review: Review, roadmap: Roadmap = roadmapOf(context, review)): readonly RiskTheme[] {
  let known = themes.get(review);
  if (!known) themes.set(review, (known = THEME_KINDS.flatMap((kind) => themeOf(context, review, roadmap, kind) ?? []).sort(byWeight)));
  return known;
}

const byWeight = (a: RiskTheme, b: RiskTheme): number => b.share - a.share || SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity);

function themeOf(context: Context, review: Review, roadmap: Roadmap, kind: ThemeKind): RiskTheme | undefined {
  const findings = review.findings.filter(({ check }) => kind.checks.includes(check)).sort(bySeverity);
  const [gravest] = findings;
  if (!gravest) return undefined;
  const risks = findings.map((finding) => riskOf(context, finding));
  const named = new Set(findings.map(({ id }) => id));
  return {
    ...kind,
    drivers: driversOf(context, kind.id),
    findings,
    severity: gravest.severity,
    share: roadmap.risk > 0 ? risks.reduce((sum, { value }) => sum + value, 0) / roadmap.risk : 0,
    likelihood: Math.max(...risks.map(({ likelihood }) => likelihood)),
    detectability: Math.max(...risks.map(({ detectability }) => detectability)),
    ends: [...roadmap.top, ...roadmap.backlog].filter(({ closes }) => closes.some(({ id }) => named.has(id))),
  };
}
