import type { SystemComparison } from '../analysis/comparison/compare.ts';
import { isSameLimit, type Load, type WayTime } from '../analysis/comparison/figures.ts';
import { FINDING_CHANGES, type FindingDifference } from '../analysis/comparison/findings.ts';
import type { Pair } from '../analysis/comparison/pairs.ts';
import type { Bottleneck } from '../analysis/estimation/estimate.ts';
import type { Estimated } from '../analysis/estimation/estimated.ts';
import type { Question } from '../analysis/finding.ts';
import type { CategoryScore, Interval, Score } from '../analysis/score.ts';
import { totalJson } from './cost-json.ts';
import type { DiffInput } from './diff-input.ts';
import { findingJson } from './review-json.ts';

/** The difference of two versions for programs: `diff --format json`. The shape changes only together with `schemaVersion`. */
export interface DiffJson {
  readonly schemaVersion: 1;
  readonly tool: DiffInput['tool'];
  readonly today: string;
  readonly before: string;
  readonly after: string;
  readonly systems: readonly object[];
}

export const diffJson = ({ systems, before, after, today, tool }: DiffInput): DiffJson => ({ schemaVersion: 1, tool: { name: tool.name, version: tool.version }, today, before, after, systems: systems.map(comparisonJson) });

/** Two versions of one system, as in `diff --format json`. */
export function comparisonJson({ system, renamedFrom, change, before, after, structure, findings, questions, score, categories, figures }: SystemComparison): object {
  const { services, unchangedServices, limit, ways, unchangedWays, cost } = figures;
  return {
    name: system,
    ...(renamedFrom !== undefined && { renamedFrom }),
    change,
    ...both({ before: before?.review.file, after: after?.review.file }, (file) => file, 'files'),
    structure: { elements: structure.elements, unchanged: structure.unchanged },
    findings: { ...Object.fromEntries(FINDING_CHANGES.filter((word) => word !== 'kept').map((word) => [word, findings.filter((finding) => finding.change === word).map(findingDifferenceJson)])), kept: findings.filter((finding) => finding.change === 'kept').map(({ finding }) => finding.id) },
    questions: {
      opened: questions.filter((question) => question.change === 'opened').map(({ question }) => questionJson(question)),
      closed: questions.filter((question) => question.change === 'closed').map(({ question }) => questionJson(question)),
      kept: questions.filter((question) => question.change === 'kept').length,
    },
    ...both(score, scoreJson, 'score'),
    categories: categories.map((category) => ({ category: category.category, title: category.title, ...sides(category, intervalJson) })),
    capacity: { limit: { changed: !isSameLimit(limit), ...sides(limit, limitJson) }, services: services.map((service) => ({ component: service.component, ...sides(service, loadJson) })), unchanged: unchangedServices },
    latency: { ways: ways.map((way) => ({ from: way.from, to: way.to, ...sides(way, wayJson) })), unchanged: unchangedWays },
    cost: {
      total: { ...sides(cost.total, totalJson), ...changeJson(cost) },
      components: cost.components.map((part) => ({ component: part.component, ...sides(part, totalJson), ...changeJson(part) })),
      unchanged: cost.unchanged,
      leftOut: cost.leftOut,
    },
  };
}

/** Both sides in the form of the output; a side that is missing stays missing. */
const sides = <T>({ before, after }: Pair<T>, form: (side: T) => unknown): object => ({ ...(before !== undefined && { before: form(before) }), ...(after !== undefined && { after: form(after) }) });

const both = <T>(pair: { readonly before?: T | undefined; readonly after?: T | undefined }, form: (side: T) => unknown, name: string): object => ({ [name]: sides(pair as Pair<T>, form) });

const changeJson = ({ change }: { readonly change?: number }): object => (change === undefined ? {} : { change });

const findingDifferenceJson = ({ finding, before, after, acceptance }: FindingDifference): object => ({ id: finding.id, ...(before && { before }), ...(after && { after }), ...(acceptance && { acceptance }), finding: findingJson(finding) });

const questionJson = ({ id, rule, message, component, property }: Question): object => ({ id, rule, message, component, ...(property !== undefined && { property }) });

export const scoreJson = ({ headline, index, mean, coverage, bar, counts, contradictions, questions }: Score): object => ({ headline, index, mean, coverage, bar, counts, contradictions, questions });

const intervalJson = ({ assured, potential }: Interval | CategoryScore): object => ({ assured, potential });

/** What it is made from is in `estimate --format json`. */
export const amountJson = ({ value, low, high, unit, provenance, bound }: Estimated): object => ({ value, low, high, unit, provenance, ...(bound && { bound }) });

const limitJson = ({ component, multiple }: Bottleneck): object => ({ component, multiple: amountJson(multiple) });

function loadJson({ traffic, capacity, breaksAt, utilisation, replicas }: Load): object {
  return { ...(traffic && { traffic: amountJson(traffic) }), ...(capacity && { capacity: amountJson(capacity) }), ...(breaksAt && { breaksAt: amountJson(breaksAt) }), ...(utilisation && { utilisation: amountJson(utilisation) }), ...(replicas !== undefined && { replicas }) };
}

function wayJson({ objective, p99, verdict, overloaded }: WayTime): object {
  return { ...(objective && { objective: { holder: objective.holder, percentile: objective.percentile, seconds: objective.limit.high } }), ...(p99 && { p99: amountJson(p99) }), ...(verdict && { verdict }), ...(overloaded.length > 0 && { overloaded }) };
}

