import type { Architecture, Component } from '../../../model/architecture.ts';
import { monitorReaches, reaches, reachesAnything, reachesPerson } from '../../../model/graph/alerts.ts';
import { componentsOf, isComplete, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { hasNoSignals, inferredSeverity, isKindUnknown, isMonitoringClosed, noneExists } from '../../monitoring/absence.ts';
import { alertFor, answersMonitor } from '../../monitoring/drafts.ts';
import { behaviourAlerts, behaviourMonitors, retrainingBehind } from '../../monitoring/ends.ts';
import { observedServices } from '../../monitoring/observed.ts';
import { seesInfrastructureOnly, signalsOf } from '../../monitoring/signals.ts';
import { gap, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';

export const signalReachesSomebody: Rule = {
  id: 'ML16.1',
  slug: 'signal-reaches-somebody',
  title: 'Every monitor of the model leads to an alert, and every alert to somebody or to an automation',
  type: 'gap',
  severity: 'high',
  why: 'A signal that reaches nobody is the same as no signal: the failure is found by those it hurts.',
  remediation: 'Route the signal to an alert, and the alert to a team that is on call or to something that acts.',
  effort: 'S',
  falsePositives: 'The route may be set in the tool. Declare `alerts` on the monitor, and `reaches` or `channel` on the alert.',
  *evaluate(context) {
    const { architecture } = context;
    const monitors = behaviourMonitors(architecture);
    if (monitors.length === 0) return yield* judgeNothing(context);
    const open: Component<'monitor'>[] = [];
    const ends = new Map<Component<'alert'>, Component<'monitor'>[]>();
    for (const { monitor, reach } of monitors) {
      if (reachesAnything(reach)) yield satisfied(monitor);
      else if (reach.alerts.length > 0) for (const alert of reach.alerts) ends.set(alert, [...(ends.get(alert) ?? []), monitor]);
      else {
        const outcome = judgeMonitor(architecture, monitor);
        if (outcome) yield outcome;
        else open.push(monitor);
      }
    }
    for (const [alert, behind] of ends) yield judgeAlert(architecture, alert, behind);
    const [first] = open;
    if (open.length === 1 && first) yield question(first, 'alerts', `Who is told, or what is started, when ${first.name} speaks?`);
    if (open.length > 1) yield question(architecture.system, undefined, `Who is told, or what is started, when ${open.map((monitor) => monitor.name).join(', ')} speak?`);
  },
};

function* judgeNothing(context: Context): Iterable<Outcome> {
  const { architecture } = context;
  const { system } = architecture;
  // Where alerts exist, ML16.2 looks at what they speak of.
  if (componentsOf(architecture, 'alert').length > 0) return;
  const [observed] = observedServices(architecture);
  const nothing = hasNoSignals(context) || isKindAbsent(architecture, 'alert') || (isMonitoringClosed(context) && componentsOf(architecture, 'monitor').length === 0);
  if (!nothing || !observed) {
    const ask = question(system, undefined, `Who is told when the model of ${system.name} gets worse, and by which alert?`);
    return yield { ...ask, statedUnknown: isKindUnknown(architecture, 'alert') };
  }
  // A monitor speaks only through an alert, so the remedy is both.
  yield gap(system, {
    message: `Nobody is told when ${observed.service.name} answers worse: ${system.name} has no alert of model or data behaviour.`,
    changes: answersMonitor(architecture, observed),
    prerequisites: ['ML13.2'],
  });
}

/** Undefined where nobody said where the signal goes. */
function judgeMonitor(architecture: Architecture, monitor: Component<'monitor'>): Outcome | undefined {
  const training = retrainingBehind(architecture, monitor);
  if (training) return satisfied(monitor, { because: `it starts ${training.name}` });
  const stated = statementOf(monitor, 'alerts');
  const { name, changes } = alertFor(architecture);
  const missing: FindingDetails = {
    at: stated ? 'alerts' : undefined,
    message: `${monitor.name} raises no alert and starts nothing: what it sees reaches nobody.`,
    changes: [...changes, { op: 'set', subject: monitor.name, property: 'alerts', value: [name] }],
  };
  if (stated?.state === 'planned') return weak(monitor, { ...missing, message: `${missing.message} An alert is planned by ${stated.by}.` });
  if (presenceOf(monitor, 'alerts') === 'absent' || noneExists(architecture, 'alert')) return gap(monitor, missing);
  if (stated?.state === 'unknown') return { ...question(monitor, 'alerts', `Who is told, or what is started, when ${monitor.name} speaks?`), statedUnknown: true };
  return undefined;
}

function judgeAlert(architecture: Architecture, alert: Component<'alert'>, behind: readonly Component<'monitor'>[]): Outcome {
  const channel = value(alert, 'channel');
  const silent = channel === 'dashboard' || isComplete(alert) || presenceOf(alert, 'reaches') === 'absent';
  if (!silent) {
    return channel === 'webhook'
      ? question(alert, 'automates', `What does the webhook of ${alert.name} start?`)
      : question(alert, 'reaches', `Whom does ${alert.name} reach, and how?`);
  }
  const [first] = behind;
  const path = first && monitorReaches(architecture, first).paths.get(alert.name);
  const team = componentsOf(architecture, 'team')[0]?.name;
  return gap(alert, {
    at: channel === 'dashboard' ? 'channel' : undefined,
    message: `${alert.name} reaches nobody${channel === 'dashboard' ? ': somebody has to look at a dashboard' : ''}; the signal of ${behind.map((monitor) => monitor.name).join(', ')} ends there.`,
    path: path && hopsOf(path),
    changes: [
      { op: 'set', subject: alert.name, property: 'channel', value: 'on_call' },
      ...(team === undefined ? [] : [{ op: 'set' as const, subject: alert.name, property: 'reaches', value: [team] }]),
    ],
  });
}

const INFRASTRUCTURE: ReadonlySet<string> = new Set(['serving_failure', 'late_pipeline', 'cost', 'rollback']);

export const behaviourAlerted: Rule = {
  id: 'ML16.2',
  slug: 'behaviour-alerted',
  title: 'Alerts speak of data and model behaviour, and not only of infrastructure',
  type: 'gap',
  severity: 'high',
  why: 'A wrong model is up, quick and green. Whoever is on call for machines is never called for it.',
  remediation: 'Alert on the distribution of predictions and on quality, through the same route as on outages.',
  effort: 'S',
  falsePositives: 'Alerts of the model may be missing from the file. Declare them, or `covers` on those that exist.',
  *evaluate(context) {
    const { architecture } = context;
    const alerts = componentsOf(architecture, 'alert');
    if (alerts.length === 0) return;
    const spoken = behaviourAlerts(architecture);
    if (spoken.length > 0) return yield satisfied(architecture.system, { because: `${spoken.map((alert) => alert.name).join(', ')} speak${spoken.length === 1 ? 's' : ''} of data or model behaviour` });
    yield* judgeAlerts(context, alerts);
  },
};

function* judgeAlerts(context: Context, alerts: readonly Component<'alert'>[]): Iterable<Outcome> {
  const { architecture } = context;
  const behaviour = behaviourMonitors(architecture).map(({ monitor }) => monitor);
  const speaking = componentsOf(architecture, 'monitor').filter((monitor) => monitorReaches(architecture, monitor).alerts.length > 0);
  const silent = behaviour.filter((monitor) => presenceOf(monitor, 'alerts') === 'absent');
  // Where monitors of the model do not say whom they tell, ML16.1 asks, and where a monitor does not say what it sees, ML13.2.
  if (silent.length < behaviour.length || speaking.some((monitor) => signalsOf(monitor).size === 0)) return;
  const machines = speaking.filter(seesInfrastructureOnly);
  const covering = alerts.filter((alert) => value(alert, 'covers')?.every((name) => INFRASTRUCTURE.has(name)));
  const [first] = alerts;
  if (machines.length === 0 && covering.length === 0) {
    if (first) yield question(first, 'covers', `Of which failures does ${first.name} speak?`);
    return;
  }
  const closed = isMonitoringClosed(context) || silent.length > 0;
  const [observed] = observedServices(architecture);
  const sources = machines.length > 0 ? machines.map((monitor) => monitor.name) : covering.map((alert) => alert.name);
  const details: FindingDetails = {
    message: `Alerts exist for infrastructure only (${sources.join(', ')})${closed ? '' : ', as far as the file says'}; a model that answers worse alerts nobody.`,
    severity: closed ? undefined : inferredSeverity(context),
    changes: silent[0]
      ? [{ op: 'set', subject: silent[0].name, property: 'alerts', value: [alertFor(architecture).name] }]
      : observed
        ? answersMonitor(architecture, observed)
        : [],
    prerequisites: ['ML13.2'],
  };
  yield closed ? gap(architecture.system, details) : weak(architecture.system, details);
}

export const reachesPeople = (architecture: Architecture, alert: Component<'alert'>): boolean => reachesPerson(reaches(architecture, alert));
