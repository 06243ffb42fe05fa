import type { Architecture, Element, Kind } from '../../model/architecture.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf } from '../../model/statements.ts';
import { gap, notApplicable, question, weak, type Context, type FindingDetails, type Outcome } from '../rule.ts';

/** Whether the file says that nothing is monitored: `monitoring none`, `monitor none`, or an observability layer that is complete. */
export function isMonitoringClosed({ architecture }: Context): boolean {
  return presenceOf(architecture.system, 'monitoring') === 'absent' || isKindAbsent(architecture, 'monitor');
}

/** Whether the file says that there is no monitoring of any kind. */
export const isUnmonitored = ({ architecture }: Context): boolean =>
  presenceOf(architecture.system, 'monitoring') === 'absent' || (architecture.absences.get('monitor')?.state === 'none' && architecture.absences.get('alert')?.state === 'none');

/** Whether the file says that there is nothing of a kind. A complete layer says so only where nothing of the kind is declared. */
export const noneExists = (architecture: Architecture, kind: Kind): boolean => isKindAbsent(architecture, kind) && componentsOf(architecture, kind).length === 0;

/** What to say where no monitor was found: a gap where the file says that there is none, and otherwise a question. */
export function unwatched(context: Context, subject: Element, say: { ask: string; property?: string; missing: FindingDetails }): Outcome {
  const { system, absences } = context.architecture;
  if (isMonitoringClosed(context)) return gap(subject, say.missing);
  const stated = statementOf(system, 'monitoring');
  if (stated?.state === 'planned') return weak(subject, { ...say.missing, critical: undefined, message: `${say.missing.message} Monitoring is planned by ${stated.by}.` });
  if (stated?.state === 'not-applicable') return notApplicable(stated.because, subject);
  const statedUnknown = stated?.state === 'unknown' || absences.get('monitor')?.state === 'unknown';
  return { ...question(subject, say.property, say.ask, say.missing.about), statedUnknown };
}
