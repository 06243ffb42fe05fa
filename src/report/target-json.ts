import type { NotRecommended } from '../analysis/target/not-recommended.ts';
import type { Rationale } from '../analysis/target/rationale.ts';
import { comparisonJson } from './diff-json.ts';
import type { ReportInput } from './report-input.ts';
import type { ReportTarget, TargetSubject } from './review-report/subject.ts';

/** Target states for programs: `target --format json`. The shape changes only together with `schemaVersion`. */
export interface TargetJson {
  readonly schemaVersion: 1;
  readonly tool: ReportInput['tool'];
  readonly today: string;
  readonly systems: readonly object[];
}

export const targetJson = (subjects: readonly TargetSubject[], tool: ReportInput['tool'], today: string): TargetJson => ({ schemaVersion: 1, tool: { name: tool.name, version: tool.version }, today, systems: subjects.map(systemTargets) });

/** What one system is to become. */
export function systemTargets({ context, target, declared, notRecommended }: TargetSubject): object {
  return {
    name: context.architecture.system.name,
    file: context.architecture.system.span.file,
    ...(target && { derived: stateJson(target) }),
    declared: declared.map(stateJson),
    notRecommended: notRecommended.map(({ what, because, changesAt }: NotRecommended) => ({ what, because, changesAt })),
  };
}

function stateJson({ state, comparison, rationales }: ReportTarget): object {
  const ids = (findings: readonly { readonly id: string }[]): string[] => findings.map(({ id }) => id);
  return {
    title: state.title,
    changes: state.changes,
    closed: ids(state.closed),
    unproven: ids(state.asked),
    opened: ids(state.opened),
    left: ids(state.left),
    steps: rationales.map(rationaleJson),
    comparison: comparisonJson(comparison),
  };
}

function rationaleJson({ action, problem, options, tradeOff, revisit, reach }: Rationale): object {
  return {
    id: action.id,
    title: action.title,
    problem: problem.map(({ id }) => id),
    options: options.map(({ name, what, result }) => ({ name, what, result })),
    ...(tradeOff && { gains: tradeOff.gains, pays: tradeOff.pays, reversible: tradeOff.reversible, undo: tradeOff.undo }),
    effort: action.effort,
    prerequisites: action.prerequisites,
    revisit,
    reach,
    changes: action.changes,
  };
}
