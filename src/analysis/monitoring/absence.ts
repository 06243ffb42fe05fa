import type { Architecture, Element, Kind } from '../../model/architecture.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf } from '../../model/statements.ts';
import type { Severity } from '../finding.ts';
import { gap, notApplicable, question, weak, type Context, type FindingDetails, type Outcome } from '../rule.ts';
import { standingOf } from '../severity.ts';

/** Whether the file says that nothing is monitored: `monitoring none`, `monitor none`, or an observability layer that is complete. */
export function isMonitoringClosed({ architecture }: Context): boolean {
  return presenceOf(architecture.system, 'monitoring') === 'absent' || isKindAbsent(architecture, 'monitor');
}

/** Whether the file says that there is no monitoring of any kind, logs of predictions and truth included. */
export const isUnmonitored = ({ architecture }: Context): boolean => presenceOf(architecture.system, 'monitoring') === 'absent';

/** Whether the file says that there is neither a monitor nor an alert: rules that refine them then have nothing to add. */
export function hasNoSignals(context: Context): boolean {
  const { architecture } = context;
  if (componentsOf(architecture, 'monitor', 'alert').length > 0) return false;
  return isUnmonitored(context) || (isKindAbsent(architecture, 'monitor') && isKindAbsent(architecture, 'alert'));
}

/** Whether the file says that it is not known whether there is anything of a kind. */
export const isKindUnknown = (architecture: Architecture, kind: Kind): boolean => architecture.absences.get(kind)?.state === 'unknown';

/** Whether the file says that there is nothing of a kind. A complete layer says so only where nothing of the kind is declared. */
export const noneExists = (architecture: Architecture, kind: Kind): boolean => isKindAbsent(architecture, kind) && componentsOf(architecture, kind).length === 0;

/** What to say where no monitor was found: a gap where the file says that there is none, and otherwise a question. */
export function unwatched(context: Context, subject: Element, say: { ask: string; property?: string; missing: FindingDetails }): Outcome {
  const { system } = context.architecture;
  if (isMonitoringClosed(context)) return gap(subject, say.missing);
  const stated = statementOf(system, 'monitoring');
  if (stated?.state === 'planned') return weak(subject, { ...say.missing, critical: undefined, message: `${say.missing.message} Monitoring is planned by ${stated.by}.` });
  if (stated?.state === 'not-applicable') return notApplicable(stated.because, subject);
  const statedUnknown = stated?.state === 'unknown' || isKindUnknown(context.architecture, 'monitor');
  return { ...question(subject, say.property, say.ask, say.missing.about), statedUnknown };
}

/**
 * Severity of what follows only from what the file lists: something may have been left out, so it stays at Medium
 * where the context would make more of it.
 */
export function inferredSeverity({ architecture }: Context): Severity {
  const { criticality, scaling, stage } = standingOf(architecture);
  const raised = stage === 'production' && (criticality === 3 || (scaling && criticality === 2));
  return raised ? 'low' : 'medium';
}
