import { alertLoads, monitoringSchemas, type AlertLoad, type MonitoringSchema, type Watch, type Watching } from '../../../analysis/design/monitoring-schema.ts';
import type { MonitoringCost } from '../../../analysis/estimation/monitoring-cost.ts';
import type { DeclaredMonitor } from '../../../analysis/experiments/declared-plan.ts';
import { formatDuration, formatNumber, formatQuantity } from '../../../analysis/format.ts';
import { predictionLogOf, LOG_FIELDS } from '../../../analysis/monitoring/predictions-log.ts';
import { observedServices } from '../../../analysis/monitoring/observed.ts';
import { SIGNAL_WORDS } from '../../../analysis/monitoring/signals.ts';
import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import { value } from '../../../model/statements.ts';
import { anchorOf } from '../../document/anchor.ts';
import type { Block, Inline, Section } from '../../document/block.ts';
import { money as digits } from '../../cost-text.ts';
import type { ReportSubject } from '../subject.ts';
import { bandText, capital, code, paragraph, plural, strong, tableOr } from '../words.ts';
import { coded, joined, named, notSaid, said, says } from './declared.ts';
import { few } from './figures.ts';
import { openSection } from './open-points.ts';

/** What to watch of each service, by its kind of model and its criticality: how often, by which test and threshold, and who answers. */
export function monitoringSection(subject: ReportSubject): Section {
  const { context, estimation, beside } = subject;
  const schemas = monitoringSchemas(context, estimation.monitors);
  const [title, id] = ['Monitoring and alerting', 'monitoring-design'];
  const open = openSection(subject, 'monitoring-design-open', ['ML13', 'ML14', 'ML15', 'ML16']);
  if (schemas.length === 0) return { id, title, blocks: [paragraph('No service in production answers with a learned model, as far as is declared, so there is no model to watch.')], sections: open };
  const watches = schemas.flatMap((schema) => schema.watches);
  const missing = watches.filter(({ monitors, otherwise }) => monitors.length + otherwise.length === 0).length;
  return {
    id,
    title,
    startsPage: true,
    blocks: [paragraph(`${capital(plural(watches.length, 'thing'))} to watch follow from the kinds of models, from what they depend on and from what is promised; ${missing === 0 ? 'something declared sees each' : `nothing declared sees ${formatNumber(missing)} of them`}. A start is a proposal, and a convention where it says so.`)],
    sections: [
      ...schemas.map((schema) => schemaSection(subject, schema)),
      { id: 'monitoring-design-alerts', title: 'Alerts and who answers them', blocks: alertBlocks(subject, alertLoads(context, estimation.monitors)) },
      { id: 'monitoring-design-budget', title: 'What it costs', blocks: budgetBlocks(subject, beside.monitoring) },
      ...open,
    ],
  };
}

function schemaSection(subject: ReportSubject, schema: MonitoringSchema): Section {
  const { service, models, labels, tolerance, drift, watches } = schema;
  const rows = watches.flatMap((watch): Inline[][][] => (watch.monitors.length > 0 ? watch.monitors.map((watching) => declaredRow(subject, watch, watching)) : [startRow(watch)]));
  const facts = [
    { term: 'Models', definition: models.length === 0 ? [`none is named (`, code('serves'), ' of ', code(service.name), ')'] : models.flatMap((model, index): Inline[] => [...(index > 0 ? ['; '] : []), code(model.name), ', task ', ...said(model, 'task'), ', use ', ...said(model, 'use_case')]) },
    { term: 'A fall in quality may go unnoticed for', definition: [`${formatQuantity(tolerance)}${tolerance.declared ? '' : ', the usual limit at this criticality (none is declared)'}`] },
    { term: 'Truth', definition: labels.length === 0 ? ['none is declared (', code('labels'), ')'] : labels.flatMap((truth, index): Inline[] => [...(index > 0 ? ['; '] : []), code(truth.name), ', delay ', ...said(truth, 'delay'), ', coverage ', ...said(truth, 'coverage')]) },
    { term: 'Its world changes', definition: drift ? [`${drift.name} drift: train again within ${formatQuantity({ low: drift.retrainWithin, high: drift.retrainWithin, unit: 's' })}`] : ['at a pace that is not known (', code('use_case'), ' or ', code('drift'), ' of the model)'] },
    { term: 'Each prediction leaves behind', definition: logText(subject, service.name) },
  ];
  return {
    id: anchorOf(`monitoring-${service.name}`),
    title: service.name,
    blocks: [{ kind: 'facts', facts }, tableOr([{ title: 'Watch', width: 2 }, { title: 'By', width: 2 }, { title: 'Test and threshold', width: 4 }, { title: 'How often', width: 2 }, { title: 'Tells', width: 2 }, { title: 'Runbook', width: 2 }], rows, '', { caption: `What to watch of ${service.name}`, namedRows: true }), ...planList(watches)],
  };
}

function logText({ context: { architecture } }: ReportSubject, name: string): Inline[] {
  const observed = observedServices(architecture).find(({ service }) => service.name === name);
  const log = observed && predictionLogOf(architecture, observed);
  if (!log?.stated || log.fields.size === 0) return notSaid(name, 'logs');
  const lacking = LOG_FIELDS.filter((field) => !log.fields.has(field) && !(observed?.generative === true && field === 'features'));
  return [...joined([...log.fields].map((field): Inline[] => [code(field)])), ...(lacking.length > 0 ? ['; without ', ...joined(lacking.map((field): Inline[] => [code(field)]))] : []), ...(log.stores.length > 0 ? ['; in ', ...log.stores.flatMap((store, index): Inline[] => [...(index > 0 ? [', '] : []), code(store.name), ' for ', ...said(store, 'retention')])] : [])];
}

function declaredRow(subject: ReportSubject, { signal, start }: Watch, { monitor, reach }: Watching): Inline[][] {
  const test: Inline[][] = [
    ...(says(monitor, 'metric') ? [said(monitor, 'metric')] : []),
    ...(says(monitor, 'test') ? [said(monitor, 'test')] : []),
    says(monitor, 'threshold') || THRESHOLDS.has(signal) ? ['threshold ', ...said(monitor, 'threshold')] : start.threshold === undefined ? [] : [`no threshold is declared; start with ${start.threshold}`],
    ...(says(monitor, 'baseline') ? [['against ', ...said(monitor, 'baseline')] as Inline[]] : []),
  ].filter((part) => part.length > 0);
  const pace: Inline[] = says(monitor, 'every') ? ['every ', ...said(monitor, 'every'), ...(says(monitor, 'window') ? [' over ', ...said(monitor, 'window')] : [])] : says(monitor, 'window') ? ['over ', ...said(monitor, 'window')] : said(monitor, 'window');
  return [[capital(SIGNAL_WORDS[signal])], [code(monitor.name)], test.length > 0 ? joined(test) : ['whether it is so'], pace, tellsText(subject, reach), reach.runbooks.length > 0 ? named(reach.runbooks.map(({ name }) => name)) : ['none is declared']];
}

/** Without a value at which they speak these cannot decide anything. */
const THRESHOLDS: ReadonlySet<Watch['signal']> = new Set(['inputs', 'answers', 'quality', 'skew', 'fallback', 'safety', 'business']);

function tellsText({ redact }: ReportSubject, { teams, alerts, automations, escalation }: Watching['reach']): Inline[] {
  const people: Inline[] = teams.length > 0 ? named(teams.map(({ name }) => name)) : alerts.length > 0 ? [...named(alerts.map(({ name }) => name)), ', which names no team'] : ['nobody, as far as is declared (', code('alerts'), ')'];
  return [...people, ...(escalation.length > 0 && !redact ? [`, then ${escalation.join(', then ')}`] : []), ...(automations.length > 0 ? ['; starts ', ...named(automations.map(({ name }) => name))] : [])];
}

function startRow({ signal, because, start, otherwise }: Watch): Inline[][] {
  const parts = [start.what, start.test, start.threshold === undefined ? undefined : `threshold ${start.threshold}`].filter((part) => part !== undefined);
  const pace = start.window === undefined ? (start.every === undefined ? '' : `at least every ${formatDuration(Number(start.every.toPrecision(2)))}`) : `over ${formatDuration(start.window)}`;
  const by: Inline[] = otherwise.length > 0 ? ['no monitor, but ', ...named(otherwise)] : [strong('Not declared'), `: ${because}`];
  return [[capital(SIGNAL_WORDS[signal])], by, [`Start with ${parts.join(', ')}`, ...(start.notes.length > 0 ? [' (', ...coded(start.notes.join('; ')), ')'] : [])], [pace], [''], ['']];
}

/** What the declared statistical monitors will do at the declared traffic. */
function planList(watches: readonly Watch[]): Block[] {
  const plans = [...new Map(watches.flatMap(({ monitors }) => monitors.flatMap(({ plan }) => (plan ? [[plan.component, plan] as const] : [])))).values()];
  return plans.length === 0 ? [] : [{ kind: 'list', items: plans.map((plan) => ({ text: [code(plan.component), `: ${planText(plan)}`] })) }];
}

function planText({ rowsPerWindow, nullP95, threshold, falseAlarmsPerMonth, smallestShift, detectionDelay, neededRows, suggestions, reasons }: DeclaredMonitor): string {
  if (!rowsPerWindow) return `not reckoned: ${reasons.rowsPerWindow ?? 'its traffic or its window is not declared'}`;
  return [
    `${formatNumber(Number(rowsPerWindow.value.toPrecision(3)))} rows in a window${neededRows ? `, of which its threshold needs ${formatNumber(Math.ceil(neededRows.value))}` : ''}`,
    ...(nullP95 && threshold ? [`chance alone reaches ${tiny(nullP95.value)} in one of 20 checks, and it speaks at ${few(threshold.value)}`] : []),
    ...(falseAlarmsPerMonth ? [`${tiny(falseAlarmsPerMonth.value)} false alarms a month`] : []),
    ...(smallestShift ? [`it sees a shift of ${few(smallestShift.value)} standard deviations${detectionDelay ? ` after ${formatDuration(Number(detectionDelay.value.toPrecision(2)))}` : ''}`] : []),
    ...suggestions,
  ].join('; ');
}

const tiny = (number: number): string => (number === 0 ? '0' : number < 1e-6 ? 'almost 0' : few(number));

function alertBlocks(subject: ReportSubject, loads: readonly AlertLoad[]): Block[] {
  if (loads.length === 0) return [paragraph('No alert is declared (', code('alert'), '), so nobody is told of anything, as far as the file says.')];
  const { redact } = subject;
  const rows = loads.map(({ alert, monitors, reach, declared, falseAlarms, capacity }): Inline[][] => [
    [code(alert.name)],
    monitors.length > 0 ? named(monitors) : ['no monitor'],
    said(alert, 'channel'),
    reach.teams.length > 0 ? reach.teams.flatMap((team, index): Inline[] => [...(index > 0 ? ['; '] : []), code(team.name), ', people ', ...said(team, 'people'), ', on call ', ...said(team, 'on_call')]) : said(alert, 'reaches'),
    redact ? [says(alert, 'escalates') ? 'somebody is named' : 'nobody is named'] : says(alert, 'escalates') ? [(value(alert, 'escalates') ?? []).join(', then ')] : said(alert, 'escalates'),
    [declared ? alertsText(declared.low, declared.high) : falseAlarms === undefined ? 'not declared (' : `${tiny(falseAlarms)} false ones a month by their statistics; all of them not declared (`, ...(declared ? [] : [code('volume'), ' of ', code(alert.name), ')'])],
    capacity ? [alertsText(capacity.low, capacity.high)] : said(alert, 'capacity'),
  ]);
  return [
    tableOr([{ title: 'Alert', width: 2 }, { title: 'Speaks for', width: 3 }, { title: 'Channel', width: 1.5 }, { title: 'Reaches', width: 3 }, { title: 'Then', width: 2 }, { title: 'How many fire', width: 2.5 }, { title: 'Can be answered', width: 2 }], rows, '', { namedRows: true }),
    ...loads.flatMap(({ alert, declared, capacity }): Block[] => (declared && capacity && declared.high > capacity.low ? [{ kind: 'note', tone: 'warning', text: [code(alert.name), ' fires more often than can be answered.'] }] : [])),
  ];
}

function alertsText(low: number, high: number): string {
  const text = (perSecond: number): string => formatNumber(Number((perSecond * SECONDS_PER_MONTH).toPrecision(3)));
  return `${low === high ? text(high) : `${text(low)} to ${text(high)}`} a month`;
}

function budgetBlocks({ context: { architecture } }: ReportSubject, { sampling, logs, published, monitors }: MonitoringCost): Block[] {
  const kept = logs.map(({ service, store, full, sampled }): Inline[] => {
    if (full.kind !== 'leaf') return ['Storage of predictions of ', code(service), ' in ', code(store), `: not known${full.kind === 'unknown' ? `; it takes ${full.settledBy}` : ''}.`];
    return ['Keeping all predictions of ', code(service), ' in ', code(store), `: ${digits(full.value)} ${full.currency} a month${sampled?.cost.kind === 'leaf' ? `; ${sampled.cost.value < 1 ? 'under 1' : digits(sampled.cost.value)} if only the ${share(sampled.share)} that drift needs were kept, which audits and truth may not allow` : ''}.`];
  });
  const needs = sampling.map(({ monitor, need, unknown }): Inline[] => [code(monitor), need ? ` needs ${share(need.share)} of the predictions${need.enough ? '' : ', more than there are in its window'}.` : ` needs a part of the predictions that is not known: ${unknown ?? ''}.`]);
  const revenue = value(architecture.system, 'revenue');
  return [
    paragraph('Declared: ', plural(monitors, 'monitor'), '. Three ways to pay for them, of which what is not declared cannot be reckoned:'),
    { kind: 'list', items: [
      { text: [strong('Managed: '), bandText(published), '. It is a planning figure of a guide, not a quotation.'] },
      { text: [strong('Self-hosted: '), 'machines and storage below, and mainly the time of engineers to set it up and keep it, which nobody declares.'] },
      { text: [strong('Nothing: '), 'no bill, and what a failure costs until somebody else notices. ', ...(revenue ? ['At stake is what the system earns, ', code(formatQuantity(revenue)), '.'] : ['What is at stake is ', ...notSaid(architecture.system.name, 'revenue'), '.'])] },
    ] },
    ...(kept.length + needs.length > 0 ? [{ kind: 'list' as const, items: [...kept, ...needs].map((text) => ({ text })) }] : []),
  ];
}

const share = (part: number): string => `${few(part * 100)} %`;
