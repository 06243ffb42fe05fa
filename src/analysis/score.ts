import type { Finding, Question, Severity } from './finding.ts';
import { SEVERITIES } from './finding.ts';
import { CATEGORIES, type Category, type Check, type Context } from './rule.ts';
import type { RuleVerdict } from './review.ts';
import { standingOf } from './severity.ts';

/** A score is an interval: what the file assures, and what it could assure if every open question had a good answer. */
export interface Score {
  readonly headline: 'insufficient information' | Band;
  /** Minimum over the categories, 0 to 4. */
  readonly index: Interval;
  readonly mean: Interval;
  readonly categories: readonly CategoryScore[];
  /** Rules that could be decided over rules that apply, 0 to 1. */
  readonly coverage: number;
  readonly decided: number;
  readonly applicable: number;
  /** What the criticality of the system demands of the index. */
  readonly bar: number;
  /** How far the assured index is below the bar; 0 if it is not. */
  readonly gapToBar: number;
  readonly counts: Readonly<Record<Severity, number>>;
  readonly contradictions: number;
  readonly questions: number;
}

export interface Interval {
  readonly assured: number;
  readonly potential: number;
}

export interface CategoryScore extends Interval {
  readonly category: Category;
  readonly title: string;
  /** Checks that apply; the score is out of four whatever their number. */
  readonly checks: number;
}

export type Band = 'research-grade' | 'first pass' | 'production with known gaps' | 'strong' | 'exemplary';

const WEIGHTS: Readonly<Record<Severity, number>> = { low: 1, medium: 2, high: 3, critical: 4 };
/** The bar by criticality: low, medium, high, critical. */
const BARS = [1.5, 2, 2.75, 3.25] as const;
const MINIMUM_COVERAGE = 0.6;

interface Inputs {
  readonly context: Context;
  readonly verdicts: readonly RuleVerdict[];
  readonly findings: readonly Finding[];
  readonly questions: readonly Question[];
  readonly checks: readonly Check[];
}

/** Of the 20 checks; criteria beyond them count as findings and questions, and a Critical of theirs caps the band. */
export function scoreOf({ context, verdicts, findings, questions, checks }: Inputs): Score {
  const perCheck = new Map(checks.filter((check) => !check.beyond).map((check) => [check.id, checkScore(check, verdicts, findings)]));
  const categories = (Object.keys(CATEGORIES) as Category[]).map((category) => categoryScore(category, checks, perCheck));
  const scored = categories.filter((category) => category.checks > 0);
  const beyond = new Set(checks.filter((check) => check.beyond).map(({ id }) => id));
  const applicable = verdicts.filter(({ check, verdict }) => !beyond.has(check) && verdict !== 'not-applicable' && verdict !== 'accepted' && verdict !== 'failed');
  const decided = applicable.filter(({ verdict }) => verdict !== 'question').length;
  const coverage = applicable.length === 0 ? 0 : decided / applicable.length;
  const index = least(scored);
  const bar = BARS[standingOf(context.architecture).criticality];
  const critical = findings.some((finding) => finding.severity === 'critical');
  return {
    headline: coverage < MINIMUM_COVERAGE ? 'insufficient information' : bandOf(critical ? Math.min(index.assured, 1.99) : index.assured),
    index,
    mean: { assured: mean(scored.map((c) => c.assured)), potential: mean(scored.map((c) => c.potential)) },
    categories,
    coverage: round(coverage),
    decided,
    applicable: applicable.length,
    bar,
    gapToBar: round(Math.max(0, bar - index.assured)),
    counts: Object.fromEntries(SEVERITIES.map((severity) => [severity, findings.filter((f) => f.severity === severity).length])) as Record<Severity, number>,
    contradictions: findings.filter((finding) => finding.type === 'contradiction').length,
    questions: questions.length,
  };
}

/** Weighted mean of the rules of a check, 0 to 1; an open contradiction or Critical caps it at a quarter. Undefined where no rule applies. */
function checkScore(check: Check, verdicts: readonly RuleVerdict[], findings: readonly Finding[]): Interval | undefined {
  let weights = 0;
  let assured = 0;
  let potential = 0;
  for (const rule of check.rules) {
    const verdict = verdicts.find((candidate) => candidate.rule === rule.id);
    if (!verdict || verdict.verdict === 'not-applicable' || verdict.verdict === 'accepted' || verdict.verdict === 'failed') continue;
    const weight = WEIGHTS[rule.severity];
    weights += weight;
    assured += weight * (verdict.value ?? 0);
    potential += weight * (verdict.value ?? 1);
  }
  if (weights === 0) return undefined;
  const capped = findings.some((finding) => finding.check === check.id && (finding.type === 'contradiction' || finding.severity === 'critical'));
  const cap = capped ? 0.25 : 1;
  return { assured: Math.min(cap, assured / weights), potential: Math.min(cap, potential / weights) };
}

function categoryScore(category: Category, checks: readonly Check[], perCheck: ReadonlyMap<string, Interval | undefined>): CategoryScore {
  const scores = checks.filter((check) => check.category === category).map((check) => perCheck.get(check.id)).filter((score) => score !== undefined);
  // Out of four, so that a check that does not apply neither helps nor harms.
  const total = (pick: (score: Interval) => number) => round((4 * scores.reduce((sum, score) => sum + pick(score), 0)) / Math.max(1, scores.length));
  return { category, title: CATEGORIES[category], checks: scores.length, assured: total((s) => s.assured), potential: total((s) => s.potential) };
}

function least(categories: readonly CategoryScore[]): Interval {
  if (categories.length === 0) return { assured: 0, potential: 4 };
  return { assured: Math.min(...categories.map((c) => c.assured)), potential: Math.min(...categories.map((c) => c.potential)) };
}

function bandOf(index: number): Band {
  if (index < 1) return 'research-grade';
  if (index < 2) return 'first pass';
  if (index < 3) return 'production with known gaps';
  if (index <= 3.6) return 'strong';
  return 'exemplary';
}

const mean = (values: readonly number[]): number => round(values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length);
const round = (value: number): number => Math.round(value * 100) / 100;
