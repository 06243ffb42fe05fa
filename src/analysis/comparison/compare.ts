import type { Architecture } from '../../model/architecture.ts';
import type { Category } from '../rule.ts';
import type { Estimation } from '../estimation/estimate.ts';
import type { Review } from '../review.ts';
import type { CategoryScore, Score } from '../score.ts';
import { figureDifference, isSameLimit, type FigureDifference } from './figures.ts';
import { findingDifferences, questionDifferences, type FindingDifference, type QuestionDifference } from './findings.ts';
import { withMoves } from './moves.ts';
import { pairOf, type Pair } from './pairs.ts';
import { structuralDifference, type StructuralDifference } from './structure.ts';

/** One version of a system, with what is known of it. */
export interface Version {
  readonly architecture: Architecture;
  readonly review: Review;
  /** At today’s peak at least. */
  readonly estimation: Estimation;
}

export interface SystemComparison extends Pair<Version> {
  /** As it is called now, or was last. */
  readonly system: string;
  /** What it was called, where that was something else. */
  readonly renamedFrom?: string;
  readonly change: 'added' | 'changed' | 'removed' | 'unchanged';
  readonly structure: StructuralDifference;
  readonly findings: readonly FindingDifference[];
  readonly questions: readonly QuestionDifference[];
  readonly score: Pair<Score>;
  readonly categories: readonly (Pair<CategoryScore> & { readonly category: Category; readonly title: string })[];
  readonly figures: FigureDifference;
}

/** Compares the systems of two versions of a project, each with its namesake; the systems of `after` come first. */
export function compareSystems(before: readonly Version[], after: readonly Version[]): SystemComparison[] {
  return withMoves(partnersOf(before, after).map(({ before: was, after: is }) => compare(was, is)));
}

/** Compares two versions of one system; a side is undefined where the system came or went. */
export function compare(before: Version | undefined, after: Version | undefined): SystemComparison {
  const [was, is] = [before?.architecture.system.name, after?.architecture.system.name];
  const renamed = was !== undefined && is !== undefined && was !== is;
  const parts = {
    structure: structuralDifference(before?.architecture, after?.architecture),
    findings: findingDifferences(before?.review, after?.review),
    questions: questionDifferences(before?.review, after?.review),
    score: pairOf(before?.review.score, after?.review.score),
    categories: categoriesOf(before?.review.score, after?.review.score),
    figures: figureDifference(before?.estimation, after?.estimation),
  };
  const change = !before ? 'added' : !after ? 'removed' : renamed || differs(parts) ? 'changed' : 'unchanged';
  return { system: is ?? was ?? '', ...(renamed && { renamedFrom: was }), change, ...pairOf(before, after), ...parts };
}

function differs({ structure, findings, questions, figures, score }: Pick<SystemComparison, 'structure' | 'findings' | 'questions' | 'figures' | 'score'>): boolean {
  return (
    structure.elements.length > 0 ||
    findings.some(({ change }) => change !== 'kept') ||
    questions.some(({ change }) => change !== 'kept') ||
    figures.services.length + figures.ways.length + figures.cost.components.length + figures.cost.leftOut.added.length + figures.cost.leftOut.removed.length > 0 ||
    !isSameLimit(figures.limit) ||
    JSON.stringify(score.before) !== JSON.stringify(score.after)
  );
}

function categoriesOf(before: Score | undefined, after: Score | undefined): SystemComparison['categories'] {
  return (after ?? before)?.categories.map(({ category, title }) => {
    const of = (score: Score | undefined): CategoryScore | undefined => score?.categories.find((candidate) => candidate.category === category && candidate.checks > 0);
    return { category, title, ...pairOf(of(before), of(after)) };
  }) ?? [];
}

/** Systems of one name belong together. One left over on each side was renamed, if it is alone or shares a component with the other. */
function partnersOf(before: readonly Version[], after: readonly Version[]): Pair<Version>[] {
  const nameOf = ({ architecture }: Version): string => architecture.system.name;
  const [old, now] = [new Map(before.map((version) => [nameOf(version), version])), new Set(after.map(nameOf))];
  const [gone, come] = [before.filter((version) => !now.has(nameOf(version))), after.filter((version) => !old.has(nameOf(version)))];
  const [lost, found] = [gone.length === 1 ? gone[0] : undefined, come.length === 1 ? come[0] : undefined];
  const renamed = lost && found && ((before.length === 1 && after.length === 1) || [...found.architecture.components.keys()].some((name) => lost.architecture.components.has(name)));
  const partner = (version: Version): Version | undefined => (renamed && version === found ? lost : old.get(nameOf(version)));
  return [...after.map((version) => pairOf(partner(version), version)), ...gone.filter((version) => !renamed || version !== lost).map((version) => pairOf<Version>(version, undefined))];
}
