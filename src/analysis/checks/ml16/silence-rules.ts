import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hasNoSignals, isMonitoringClosed } from '../../monitoring/absence.ts';
import { addMonitor, DAY, freeName } from '../../monitoring/drafts.ts';
import { behaviourMonitors } from '../../monitoring/ends.ts';
import { sees } from '../../monitoring/signals.ts';
import { gap, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';

const CLOCK: ReadonlySet<string> = new Set(['schedule', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly']);

/** Jobs that run by the clock, by name: what stops without a sound. */
export function scheduledJobs(architecture: Architecture): string[] {
  const jobs = [...architecture.components.values()].filter((component) => {
    switch (component.kind) {
      case 'training':
        return component.variant === 'scheduled' || value(component as Component<'training'>, 'every') !== undefined || (value(component as Component<'training'>, 'trigger') ?? []).some((word) => CLOCK.has(word));
      case 'ingestion':
        return component.variant === 'batch' || value(component as Component<'ingestion'>, 'every') !== undefined;
      case 'service':
        return component.variant === 'batch';
      case 'features':
        return value(component as Component<'features'>, 'materialised') !== undefined;
      case 'artefact':
        return value(component as Component<'artefact'>, 'every') !== undefined;
      default:
        return component.kind === 'orchestrator';
    }
  });
  return jobs.map((job) => job.name);
}

export const silenceNoticed: Rule = {
  id: 'ML16.6',
  slug: 'silence-noticed',
  title: 'Somebody is told when a monitor or a pipeline stops',
  type: 'gap',
  severity: 'medium',
  why: 'A job that does not run raises no error. Tables have stayed stale for months because nothing spoke when nothing came.',
  remediation: 'Add a heartbeat: an alert that fires when a signal is missing.',
  effort: 'S',
  falsePositives: 'The scheduler may alert on missed runs. Declare `alerts` on the orchestrator, or `heartbeat yes` on the monitor or alert.',
  *evaluate(context) {
    const { architecture } = context;
    const { system } = architecture;
    const monitors = behaviourMonitors(architecture).map(({ monitor }) => monitor);
    const jobs = scheduledJobs(architecture);
    if (monitors.length === 0 && jobs.length === 0) return yield notApplicable('No monitor of the model and no scheduled job is declared.', system);
    if (hasNoSignals(context)) return yield notApplicable('No alert exists at all; ML16.1 says so.', system);
    const guard = guardOf(architecture);
    if (guard) return yield satisfied(system, { because: `${guard} speaks when something stops` });
    yield* judgeSilence(context, monitors, jobs);
  },
};

/** What speaks when nothing comes. */
function guardOf(architecture: Architecture): string | undefined {
  const monitors = componentsOf(architecture, 'monitor');
  const monitor = monitors.find((candidate) => ((sees(candidate, 'heartbeat') || sees(candidate, 'pipeline')) && presenceOf(candidate, 'alerts') !== 'absent') || value(candidate, 'heartbeat') === true);
  const alert = componentsOf(architecture, 'alert').find((candidate) => value(candidate, 'heartbeat') === true);
  const orchestrator = componentsOf(architecture, 'orchestrator').find((candidate) => (value(candidate, 'alerts') ?? []).length > 0);
  return (monitor ?? alert ?? orchestrator)?.name;
}

function* judgeSilence(context: Context, monitors: readonly Component<'monitor'>[], jobs: readonly string[]): Iterable<Outcome> {
  const { architecture } = context;
  const { system } = architecture;
  const stated = monitors.filter((monitor) => presenceOf(monitor, 'heartbeat') === 'absent');
  if (stated.length > 0) {
    for (const monitor of stated) {
      yield gap(monitor, {
        at: statementOf(monitor, 'heartbeat') ? 'heartbeat' : undefined,
        message: `When ${monitor.name} stops, nobody is told: its silence looks like good news.`,
        changes: [{ op: 'set', subject: monitor.name, property: 'heartbeat', value: true }],
      });
    }
    return;
  }
  const watched = [...monitors.map((monitor) => monitor.name), ...jobs];
  const some = watched.length > 4 ? `${watched.slice(0, 3).join(', ')} or one of ${watched.length - 3} others` : watched.join(' or ');
  if (!isMonitoringClosed(context) && !isKindAbsent(architecture, 'alert')) return yield question(system, undefined, `Who is told when nothing comes from ${some} any more?`);
  const name = freeName(architecture, 'Heartbeat');
  yield gap(system, {
    message: `Nobody is told when nothing comes from ${some} any more.`,
    changes: addMonitor(architecture, { name, variant: 'heartbeat', properties: { watches: watched.slice(0, 8), window: DAY } }),
  });
}
