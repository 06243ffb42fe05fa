import { capacityPlan, PLANNED_MULTIPLES, type CapacityLimit, type CapacityPlan, type CapacityStep } from '../../../analysis/design/capacity-plan.ts';
import { KNEE } from '../../../analysis/estimation/sizing.ts';
import type { PathEstimate } from '../../../analysis/estimation/path-estimate.ts';
import { formatNumber, formatQuantity } from '../../../analysis/format.ts';
import { headroomOf } from '../../../analysis/serving/load.ts';
import { listed } from '../../../analysis/training/in-house.ts';
import type { Component } from '../../../model/architecture.ts';
import { middle } from '../../../model/quantity.ts';
import { statementOf, value } from '../../../model/statements.ts';
import type { Block, Inline, ListItem, Section } from '../../document/block.ts';
import type { ReportSubject } from '../subject.ts';
import { capital, code, paragraph, tableOr } from '../words.ts';
import { named, said, says } from './declared.ts';
import { busy, few, money, rate, times } from './figures.ts';
import { openSection } from './open-points.ts';

/** Capacity planning as a table, and what to do when: with this system’s names and numbers. */
export function scalingRunbookSection(subject: ReportSubject): Section {
  const plan = capacityPlan(subject.context, PLANNED_MULTIPLES);
  const { stations } = plan.estimation;
  const [title, id] = ['Scaling runbook', 'scaling-runbook'];
  const known = stations.some(({ traffic }) => traffic);
  if (!known) return { id, title, blocks: [paragraph('No plan can be made: the traffic of no service is declared. It takes ', code('peak'), ', ', code('growth'), ' and ', code('average'), ' of a consumer, and a flow from it.')], sections: openSection(subject, 'scaling-runbook-open', ['ML09']) };
  return {
    id,
    title,
    startsPage: true,
    blocks: [paragraph(...summary(subject, plan))],
    sections: [
      { id: 'scaling-runbook-plan', title: 'Capacity plan', blocks: [systemTable(plan), ...componentTable(plan), ...notes(plan)] },
      { id: 'scaling-runbook-when', title: 'When to act', blocks: [thresholds(subject, plan)] },
      { id: 'scaling-runbook-how', title: 'How to scale, step by step', blocks: procedure(subject, plan) },
      { id: 'scaling-runbook-limits', title: 'Where more of the same does not help', blocks: limitsOfDesign(subject, plan) },
      ...openSection(subject, 'scaling-runbook-open', ['ML09.1', 'ML09.2', 'ML09.4', 'ML09.5', 'ML09.7', 'ML12.2', 'ML12.3']),
    ],
  };
}

function summary({ context, estimation }: ReportSubject, { limits }: CapacityPlan): Inline[] {
  const headroom = headroomOf(context);
  const [first] = limits;
  const goal = `It should take ${formatNumber(headroom)} times today’s peak${statementOf(context.architecture.system, 'headroom') ? '' : ' (the usual goal; none is declared)'}.`;
  if (!first || !estimation.bottleneck) return [`${goal} What is full first is not known.`];
  return ['First to be full is ', code(first.component), `, at ${times(first.full)} today’s peak. ${goal}${first.full.low >= headroom ? ' It does.' : first.full.high < headroom ? ' It does not.' : ' That is not sure.'}`];
}

function systemTable({ steps, estimation }: CapacityPlan): Block {
  const ways = estimation.paths.filter(({ objective }) => objective);
  const rows = steps.map((step): Inline[][] => [
    [multipleText(step.multiple)],
    fullText(step),
    ...ways.map((way): Inline[] => [wayText(way, step.multiple)]),
    [`${money(step.cost)}${step.cost.value > 0 ? ' a month' : ''}`],
  ]);
  const columns = [{ title: 'Peak' }, { title: 'First limit', width: 3 }, ...ways.map(({ from, to, objective }) => ({ title: `${from} to ${to}${objective ? `, ${objective.percentile} ≤ ${formatQuantity(objective.limit)}` : ''}`, width: 3 })), { title: 'Cost', width: 2 }];
  return tableOr(columns, rows, '', { caption: 'The system at multiples of today’s peak', namedRows: true });
}

const multipleText = (multiple: number): string => (multiple === 1 ? 'Today' : `${formatNumber(multiple)}×`);

function fullText({ full, tight }: CapacityStep): Inline[] {
  if (full.length > 0) return ['full: ', ...named(full), ...(tight.length > 0 ? ['; above the knee: ', ...named(tight)] : [])];
  return tight.length > 0 ? ['above the knee: ', ...named(tight)] : ['none of those known'];
}

function wayText(way: PathEstimate, multiple: number): string {
  const at = way.at.find((candidate) => candidate.multiple === multiple);
  if (!at) return 'not known';
  if (at.overloaded.length > 0) return 'missed: overloaded';
  const figure = way.objective && at.latency?.[way.objective.percentile];
  if (!figure) return 'not known';
  const sign = { met: 'met', missed: 'missed', open: 'not sure' }[at.verdict ?? 'open'];
  return `${sign}: ${figure.bound === undefined ? '' : `${figure.bound} `}${formatQuantity({ low: Number(figure.value.toPrecision(2)), high: Number(figure.value.toPrecision(2)), unit: 's' })}`;
}

/** One row for each component and multiple would be read by nobody: what is needed stands beside how busy what may run is. */
function componentTable({ estimation: { stations, multiples } }: CapacityPlan): Block[] {
  const shown = stations.filter(({ capacity, at }) => capacity && at.length > 0);
  if (shown.length === 0) return [paragraph('What a single component takes is not declared (', code('throughput'), ', ', code('service_time'), ', ', code('capacity'), ' or ', code('quota'), ').')];
  const cell = (station: (typeof shown)[number], multiple: number): Inline[] => {
    const at = station.at.find((candidate) => candidate.multiple === multiple);
    if (!at) return ['not known'];
    const share = at.utilisation ? `${busy(at.utilisation)} busy` : 'busy share not known';
    return [`${rate(at.rate.value)}: ${share}${at.replicas === undefined ? '' : ` with ${formatNumber(at.replicas)}`}${at.needed === undefined || at.replicas === undefined ? '' : `, needs ${formatNumber(at.needed)}`}`];
  };
  return [tableOr([{ title: 'Component', width: 2 }, { title: 'Takes', width: 1.5 }, ...multiples.map((multiple) => ({ title: multipleText(multiple), width: 3 }))], shown.map((station): Inline[][] => [[code(station.component)], [station.capacity ? rate(station.capacity.value) : ''], ...multiples.map((multiple) => cell(station, multiple))]), '', { caption: 'Busy share with what may run, and replicas that stay at or below 80 %', namedRows: true })];
}

function notes({ assumptions, steps, estimation }: CapacityPlan): Block[] {
  const bounds = steps.some(({ cost }) => cost.bound !== undefined) ? ' Where it says at least, parts of the bill are not known.' : '';
  const left = estimation.cost.leftOut;
  return [
    paragraph(`The cost today is that of what is declared; beyond it that of the machines that the traffic then takes, never fewer than today.${bounds}${left.length > 0 ? ` It leaves out what declares no cost: ${listed(left, 6)}.` : ''}${assumptions.length > 0 ? ` Taken for granted: ${assumptions.join('; ')}.` : ''}`),
  ];
}

function thresholds({ context }: ReportSubject, { limits }: CapacityPlan): Block {
  const rows = limits.map(({ component, capacity, act, full, actBy }): Inline[][] => [[code(component)], [`${rate(capacity.value * KNEE)}, ${times(act)} today’s peak`], [actBy ? actBy.date : 'no growth is declared that leads there within ten years'], [`${rate(capacity.value)}, ${times(full)}`]]);
  return tableOr([{ title: 'Watch', width: 2 }, { title: `Act when its peak passes (${few(KNEE * 100)} % of what it takes)`, width: 3 }, { title: 'At the declared growth', width: 2 }, { title: 'Full', width: 2 }], rows, `No threshold can be set: what the components take is not known as of ${context.today}.`, { namedRows: true });
}

function procedure(subject: ReportSubject, plan: CapacityPlan): Block[] {
  const { architecture } = subject.context;
  const limits = nearLimits(plan);
  if (limits.length === 0) return [paragraph('A procedure needs what each service takes: ', code('throughput'), ' or ', code('service_time'), ' with ', code('concurrency'), '.')];
  const steps: ListItem[] = [
    { text: ['Read the peak of the last week at each component of the table above. Act on the first one that has passed its threshold, in this order: ', ...named(limits.map(({ component }) => component)), '.'] },
    ...limits.map((limit, index): ListItem => ({ text: changeText(subject, plan, limit, limits[index + 1]) })),
    { text: verifyText(subject, plan) },
    { text: backText(subject, limits) },
    { text: ['Write the new values into the architecture file, and review it again: the thresholds move with them.'] },
  ];
  const watched = limits.flatMap(({ component }) => architecture.components.get(component) ?? []).filter((component) => component.kind === 'service');
  const stateful = watched.filter((service) => value(service as Component<'service'>, 'stateless') !== true && service.variant !== 'llm_api');
  return [{ kind: 'list', ordered: true, items: steps }, ...(stateful.length > 0 ? [{ kind: 'note' as const, tone: 'warning' as const, text: ['Adding replicas is safe where any of them may answer any request. That is not declared of ', ...named(stateful.map(({ name }) => name)), ' (', code('stateless'), ').'] }] : [])];
}

/** What has to be acted on within the multiples of the plan; at least the first. */
function nearLimits({ limits, steps }: CapacityPlan): CapacityLimit[] {
  const furthest = Math.max(...steps.map(({ multiple }) => multiple));
  return limits.filter(({ act }, index) => index === 0 || act.value <= furthest);
}

function changeText({ context: { architecture } }: ReportSubject, { estimation }: CapacityPlan, { component: name, replicated, full }: CapacityLimit, next: CapacityLimit | undefined): Inline[] {
  const component = architecture.components.get(name);
  const station = estimation.stations.find((candidate) => candidate.component === name);
  const last = station?.at.findLast(({ needed }) => needed !== undefined);
  const then: Inline[] = next ? [' The next limit is then ', code(next.component), ` at ${times(next.full)}.`] : [];
  if (!component) return [code(name), ' is not declared.'];
  if (component.kind === 'service' && component.variant === 'llm_api') return [code(name), ': ask the vendor for a higher quota in time. Declared are requests ', ...said(component, 'quota'), ' and tokens ', ...said(component, 'token_quota'), `; to be at most ${few(KNEE * 100)} % busy at ten times today’s peak takes ${few(10 / (full.value * KNEE))} times that. Replicas before it do not help.`, ...then];
  if (!replicated || !last) return [code(name), ': it has no replicas that are reckoned with. Enlarge it: declared are capacity ', ...(component.kind === 'service' ? said(component, 'throughput') : said(component, 'capacity')), ' and copies ', ...said(component, 'replicas'), '.', ...then];
  const needed = (station?.at ?? []).filter((at) => at.needed !== undefined && at.multiple > 1).map((at) => `${formatNumber(at.needed ?? 0)} at ${multipleText(at.multiple)}`);
  const scaled = says(component, 'autoscale');
  return [code(name), ': raise the most that may run. Declared is ', ...said(component, 'replicas'), `; it takes ${needed.join(', ')}. `, ...(scaled ? ['Autoscaling adds them: ', ...said(component, 'autoscale'), '.'] : ['Nothing adds them by itself: ', ...said(component, 'autoscale'), '. Add them before the peak.']), ...then];
}

function verifyText({ context, estimation }: ReportSubject, plan: CapacityPlan): Inline[] {
  const { architecture } = context;
  const headroom = headroomOf(context);
  const texts = estimation.paths.flatMap((path): Inline[][] => {
    const service = architecture.components.get(path.to) as Component<'service'> | undefined;
    const station = plan.estimation.stations.find(({ component }) => component === path.to);
    if (service?.kind !== 'service' || !station?.traffic) return [];
    const tested = value(service, 'load_test')?.at;
    const goal = station.traffic.value * headroom;
    const short = tested && middle(tested) < goal ? ` (the last one went to ${rate(middle(tested))})` : tested ? '' : ' (none is declared)';
    return [[code(path.to), ` with ${rate(goal)}, ${formatNumber(headroom)} times today’s peak${short}${path.objective ? `, and ${path.objective.percentile} at or below ${formatQuantity(path.objective.limit)}` : ', and a latency objective, of which none is declared'}`]];
  });
  return ['Verify. Test under load ', ...(texts.length === 0 ? ['what was changed'] : texts.flatMap((text, index): Inline[] => [...(index > 0 ? ['; '] : []), ...text])), `. At the next peak each component must be at most ${few(KNEE * 100)} % busy.`];
}

function backText({ context: { architecture } }: ReportSubject, limits: readonly CapacityLimit[]): Inline[] {
  const replicated = limits.filter((limit) => limit.replicated).flatMap(({ component }) => architecture.components.get(component) ?? []);
  const values = replicated.flatMap((component, index): Inline[] => [...(index > 0 ? [', '] : []), code(component.name), ' ', ...said(component, 'replicas')]);
  return ['Go back, if errors or latency rise: restore the counts before the change', ...(values.length > 0 ? [' (', ...values, ')'] : []), ', outside the hours of the peak. Versions of models stay as they are.'];
}

/** What keeps replicas from helping: a quota or a store behind them, or steps that are too slow even when nobody waits. */
function limitsOfDesign({ context, review, redact }: ReportSubject, plan: CapacityPlan): Block[] {
  const { architecture } = context;
  const items: ListItem[] = [];
  for (const limit of plan.limits.filter(({ replicated }) => !replicated)) {
    items.push({ text: [code(limit.component), ` takes ${rate(limit.capacity.value)} however many replicas stand before it: it is full at ${times(limit.full)} today’s peak.`] });
  }
  for (const path of plan.estimation.paths) {
    const at = path.at.find(({ sizing }) => sizing?.obstacle !== undefined);
    if (at?.sizing?.obstacle !== undefined) items.push({ text: [`From ${formatNumber(at.multiple)}× today’s peak on the objective of `, code(path.from), ' to ', code(path.to), ` cannot be kept by replicas: ${at.sizing.obstacle}.`] });
  }
  for (const finding of review.findings.filter(({ rule }) => rule === 'ML09.8')) items.push({ text: [capital(finding.remedy.title), '.'] });
  const hard = [...architecture.components.values()].filter((component) => component.kind === 'service' && says(component, 'hard_limits'));
  for (const component of hard) items.push({ text: [code(component.name), ' has limits that break it', ...(redact ? [] : [': ', ...said(component, 'hard_limits')]), '.'] });
  return items.length > 0 ? [paragraph('Replicas are enough up to these points. Beyond them the design has to change; before them it has not.'), { kind: 'list', items }] : [paragraph('No such limit follows from what is declared. Quotas and what cannot be passed would be ', code('quota'), ', ', code('capacity'), ' and ', code('hard_limits'), '.')];
}
