import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { reaches, reachesAnything, type Reach } from '../../../model/graph/alerts.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import type { Hop } from '../../finding.ts';
import { formatNumber, formatQuantity } from '../../format.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { standingOf } from '../../severity.ts';

export const escalationHolds: Rule = {
  id: 'ML16.5',
  slug: 'escalation-holds',
  title: 'At high criticality an alert interrupts somebody, and somebody else if the first does not answer',
  type: 'weak',
  severity: 'medium',
  why: 'People sleep, travel and leave. An e-mail waits until the morning, and one person is not always there.',
  remediation: 'Use an on-call service with a rota, and name who is told next.',
  effort: 'S',
  falsePositives: 'The rota may be kept in the on-call service. Declare `escalates` on the alert, or `people` and `on_call` on the team.',
  *evaluate({ architecture }) {
    if (standingOf(architecture).criticality < 2) return yield notApplicable('At this criticality an alert may wait until the morning.');
    for (const alert of componentsOf(architecture, 'alert')) {
      const urgency = value(alert, 'severity');
      if (urgency === 'ticket' || urgency === 'info') yield notApplicable(`${alert.name} is not urgent (${urgency}).`, alert);
      else yield* judgeEscalation(architecture, alert, reaches(architecture, alert));
    }
  },
};

function* judgeEscalation(architecture: Architecture, alert: Component<'alert'>, reach: Reach): Iterable<Outcome> {
  // Where it is not known whom an alert reaches, ML16.1 asks.
  if (!reachesAnything(reach)) return;
  const { teams, channels, escalation, automations } = reach;
  if (teams.length === 0 && escalation.length === 0 && channels.length === 0) return yield notApplicable(`${alert.name} starts ${automations.map((component) => component.name).join(', ')} and calls nobody.`, alert);
  if (channels.length > 0 && channels.every((channel) => channel === 'email')) {
    return yield weak(alert, {
      at: 'channel',
      message: `${alert.name} is sent by e-mail only, and ${architecture.system.name} cannot wait until somebody reads it.`,
      changes: [{ op: 'set', subject: alert.name, property: 'channel', value: 'on_call' }],
    });
  }
  const people = teams.map((team) => value(team, 'people'));
  if (escalation.length >= 2 || teams.length >= 2) return yield satisfied(alert, { because: `${[...teams.map((team) => team.name), ...escalation].join(', then ')}` });
  if (teams.some((team) => value(team, 'on_call') === true) || people.some((count) => count !== undefined && count.low >= 2)) {
    return yield satisfied(alert, { because: `${teams.map((team) => team.name).join(', ')} ${people[0] ? `has ${formatQuantity(people[0])} people` : 'is on call'}` });
  }
  const [team] = teams;
  if (team && people[0] && people[0].high <= 1 && escalation.length <= 1) {
    return yield weak(alert, { message: `${alert.name} ends at one person: ${team.name} has ${formatQuantity(people[0])}, and nobody is named next.`, changes: nameNext(architecture, alert, team, escalation) });
  }
  if (presenceOf(alert, 'escalates') === 'absent') {
    return yield weak(alert, { at: statementOf(alert, 'escalates') ? 'escalates' : undefined, message: `If nobody answers ${alert.name}, nobody else is told.`, changes: team ? nameNext(architecture, alert, team, escalation) : [] });
  }
  yield question(alert, 'escalates', `Who is told next if ${team?.name ?? escalation[0] ?? 'the first person'} does not answer when ${alert.name} fires?`);
}

/** Names can only be those that the file knows: the team, and whoever owns the system. */
function nameNext({ system }: Architecture, alert: Component<'alert'>, team: Component<'team'>, escalation: readonly string[]): Change[] {
  const owner = value(system, 'owner');
  const names = [...new Set([team.name, ...escalation, ...(owner === undefined ? [] : [owner])])];
  return names.length >= 2 ? [{ op: 'set', subject: alert.name, property: 'escalates', value: names }] : [];
}

export const volumeBearable: Rule = {
  id: 'ML16.7',
  slug: 'volume-bearable',
  title: 'No more alerts fire than people can answer',
  type: 'contradiction',
  severity: 'medium',
  why: 'When most alerts cannot be looked at, none is: the one that mattered is closed with the others.',
  remediation: 'Raise thresholds, group alerts of one cause, and take out those that never led to anything.',
  effort: 'S',
  falsePositives: 'Alerts may be grouped before they reach people. Declare `volume` on the alert, after grouping.',
  *evaluate({ architecture }) {
    for (const alert of componentsOf(architecture, 'alert')) yield* judgeVolume(architecture, alert);
  },
};

function* judgeVolume(architecture: Architecture, alert: Component<'alert'>): Iterable<Outcome> {
  const own = value(alert, 'volume');
  const monitors = (edgesOf(architecture).in.get(alert.name) ?? []).flatMap((edge) => architecture.components.get(edge.from) ?? []);
  const volumes = monitors.filter((component) => component.kind === 'monitor').flatMap((monitor) => {
    const volume = value(monitor as Component<'monitor'>, 'volume');
    return volume ? [{ monitor, volume }] : [];
  });
  const fired = own ?? (volumes.length > 0 ? volumes.map(({ volume }) => volume).reduce((a, b) => ({ ...a, low: a.low + b.low, high: a.high + b.high })) : undefined);
  if (!fired) return;
  const capacity = value(alert, 'capacity');
  if (!capacity) return yield question(alert, 'capacity', `How many alerts of ${alert.name} can be answered? ${formatAlerts(fired)} fire.`);
  if (fired.high <= capacity.low) return yield satisfied(alert, { because: `${formatAlerts(fired)} of ${formatAlerts(capacity)} that can be answered` });
  const certain = fired.low > capacity.high;
  const path: Hop[] = own ? [] : [...volumes.map(({ monitor, volume }) => ({ component: monitor.name, span: monitor.nameSpan, note: formatAlerts(volume) })), { component: alert.name, span: alert.nameSpan, note: `${formatAlerts(capacity)} can be answered` }];
  const message = `${alert.name} fires ${formatAlerts(fired)}${certain ? '' : ' at worst'}, and ${formatAlerts(capacity)} can be answered.`;
  const details = { at: own ? 'volume' : undefined, message, path, severity: certain && fired.low >= 2 * capacity.high ? ('medium' as const) : ('low' as const) };
  yield certain ? contradiction(alert, details) : weak(alert, details);
}

/** By the day, whatever the rate: that is how people count what they were called for. */
function formatAlerts({ low, high }: Quantity): string {
  const [from, to] = [formatNumber(low * 86_400), formatNumber(high * 86_400)];
  return `${from === to ? to : `${from} to ${to}`} alerts/day`;
}
