import type { Component } from '../../../model/architecture.ts';
import { monitorReaches, reachesAnything, reachesPerson } from '../../../model/graph/alerts.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { formatDuration, formatNumber } from '../../format.ts';
import { isMonitoringClosed, noneExists } from '../../monitoring/absence.ts';
import { earliestOf, toleranceOf, truthDetections } from '../../monitoring/detection.ts';
import type { Observed } from '../../monitoring/observed.ts';
import { seesBehaviour } from '../../monitoring/signals.ts';
import { judgedBy, type Facts } from '../facts.ts';
import { every, met, missing, open, some, stated, within, type Judgement } from '../judgement.ts';
import type { Bounds } from './bounds.ts';
import { rowOf, type RubricRow } from './row.ts';

type Monitor = Component<'monitor'>;

const NO_SERVICE = open('no service in production that answers with a model is declared');

/** Rows about noticing, telling and acting. */
export const responseRows = (facts: Facts): RubricRow[] => [alertRow(facts), detectionRow(facts), incidentRow(facts)];

const noMonitor = (facts: Facts, words: string): Judgement => (isMonitoringClosed(facts.context) ? missing('nothing watches the model') : open(words));

function alertRow(facts: Facts): RubricRow {
  const { architecture, releases } = facts;
  const monitors = [...new Set(releases.flatMap(({ observed }) => observed.monitors.filter(seesBehaviour)))];
  const none = releases.length === 0 ? NO_SERVICE : noMonitor(facts, 'nobody says what watches the model');
  const told = (monitor: Monitor): Judgement => {
    if (reachesAnything(monitorReaches(architecture, monitor))) return met(`${monitor.name} reaches somebody or starts something`, monitor.name);
    return presenceOf(monitor, 'alerts') === 'absent' ? missing(`${monitor.name} reaches nobody`, monitor.name) : open(`nobody says whom ${monitor.name} reaches`, monitor.name);
  };
  const alerts = [...new Set(monitors.flatMap((monitor) => monitorReaches(architecture, monitor).alerts))];
  const interrupting = alerts.map((alert): Judgement => {
    const { onCall } = monitorReaches(architecture, { name: alert.name } as Monitor);
    return onCall.length > 0 ? met(`${alert.name} interrupts somebody`, alert.name) : value(alert, 'channel') === undefined ? stated(alert, 'channel', 'a channel') : missing(`${alert.name} waits until somebody looks`, alert.name);
  });
  const runbooks = alerts.map((alert) => stated(alert, 'runbook', 'a runbook'));
  const people = monitors.filter((monitor) => reachesPerson(monitorReaches(architecture, monitor))).length;
  const noAlert = noneExists(architecture, 'alert') ? missing('there is no alert') : open('no alert of the model is declared');
  return rowOf({
    id: 'alert-chain',
    axis: 'reliability',
    title: 'Alert chain',
    levels: ['No signal of the model reaches anybody', 'Some signal reaches somebody or starts something', 'Every signal does', 'An alert interrupts somebody and names a runbook', 'Somebody else is told if the first does not answer'],
    steps: [some(monitors.map(told), none), every(monitors.map(told), none), every([some(interrupting, noAlert), every(runbooks, noAlert)], none), some(alerts.map((alert) => stated(alert, 'escalates', 'an escalation')), noAlert)],
    figure: monitors.length === 0 ? '' : `${formatNumber(people)} of ${formatNumber(monitors.length)} monitors of the model ${people === 1 ? 'is' : 'are'} declared to reach a person`,
    shownBy: ['ML16.1', 'ML16.3', 'ML16.5', '`alerts` of monitors', '`escalates` of alerts'],
  });
}

/** Seconds until the quickest monitor of the model can speak; from when truth is there, where it needs truth. */
function timeOf(observed: Observed): Bounds | undefined {
  const { monitors } = observed;
  const spoken = [...truthDetections(observed), ...[earliestOf(observed)].filter((early) => early !== undefined)].map(({ low, high }) => ({ low, high: high ?? Number.POSITIVE_INFINITY }));
  const others = monitors.filter((monitor) => seesBehaviour(monitor) && (value(monitor, 'labels') ?? []).length === 0).map((monitor): Bounds => {
    const parts = [value(monitor, 'window'), value(monitor, 'every')].filter((part) => part !== undefined);
    return parts.length === 0 ? { low: 0, high: Number.POSITIVE_INFINITY } : { low: parts.reduce((sum, { low }) => sum + low, 0), high: parts.reduce((sum, { high }) => sum + high, 0) };
  });
  const all = [...spoken, ...others];
  if (all.length > 0) return { low: Math.min(...all.map(({ low }) => low)), high: Math.min(...all.map(({ high }) => high)) };
  return monitors.some(seesBehaviour) || observed.evaluations.length > 0 ? { low: 0, high: Number.POSITIVE_INFINITY } : undefined;
}

function detectionRow(facts: Facts): RubricRow {
  const { context, releases } = facts;
  const tolerance = toleranceOf(context);
  const none = noMonitor(facts, 'nobody says what watches the model');
  const all = (judge: (time: Bounds, observed: Observed) => Judgement): Judgement => every(releases.map(({ observed }) => { const time = timeOf(observed); return time ? judge(time, observed) : { ...none, by: [observed.service.name] }; }), NO_SERVICE);
  const soon = (limit: number): Judgement => all((time, { service }) => ({ state: within(time, 'at most', limit), by: [service.name], because: Number.isFinite(time.high) ? `a fault of ${service.name} shows after ${formatDuration(time.high)}, against ${formatDuration(limit)}` : `nobody says how soon a fault of ${service.name} shows` }));
  const allowed = `${formatDuration(tolerance.low)}${tolerance.declared ? '' : ', usual at this criticality'}`;
  const shown = releases.flatMap(({ observed, service }) => {
    const time = timeOf(observed);
    return time && Number.isFinite(time.high) ? [`${service.name} after ${formatDuration(time.high)}`] : [];
  });
  return rowOf({
    id: 'detection-time',
    axis: 'reliability',
    title: 'Detection of drift and falling quality',
    levels: ['Nothing watches the model', 'Something watches the model', `It can speak within four times what is allowed (${allowed})`, 'It can speak within what is allowed', 'It can speak within a quarter of that'],
    steps: [all(({ low, high }, { service }) => met(low <= high ? `something watches ${service.name}` : '', service.name)), soon(4 * tolerance.low), soon(tolerance.low), soon(tolerance.low / 4)],
    figure: shown.join('; '),
    shownBy: ['ML13.5', 'ML14.1', '`window` and `every` of monitors', '`delay` of labels', '`detect_within`'],
  });
}

function incidentRow(facts: Facts): RubricRow {
  const { architecture, releases } = facts;
  const processes = componentsOf(architecture, 'incidents');
  const exists = processes.length > 0 ? met('an incident process is declared', ...processes.map(({ name }) => name)) : noneExists(architecture, 'incidents') ? missing('there is no incident process') : stated(architecture.system, 'incident_process', 'an incident process');
  const rules = (...ids: readonly string[]): Judgement => (releases.length === 0 ? NO_SERVICE : exists.state === 'met' ? every(ids.map((rule) => judgedBy(facts, rule)), NO_SERVICE) : exists);
  return rowOf({
    id: 'incident-process',
    axis: 'reliability',
    title: 'Incident process',
    levels: ['No incident process', 'There is an incident process', 'It knows failures that only models have', 'It is settled who acts, and by which procedure', 'Answers can be traced, and incidents are written down afterwards'],
    steps: [exists, rules('ML20.1'), rules('ML20.2', 'ML20.3'), every([rules('ML20.6'), some(processes.map((process) => stated(process, 'post_mortems', 'post-mortems')), exists)], exists)],
    figure: processes.map((process) => `${formatNumber(value(process, 'classes')?.length ?? 0)} classes of failure and ${formatNumber(value(process, 'roles')?.length ?? 0)} roles in ${process.name}`).join('; '),
    shownBy: ['ML20.1', 'ML20.2', 'ML20.3', 'ML20.6', '`incidents … post_mortems`'],
  });
}
