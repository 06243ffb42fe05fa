import { experimentBlueprints, ratioGate, type ExperimentBlueprint, type SampleSize } from '../../../analysis/design/experiment-blueprint.ts';
import { splitFactor } from '../../../analysis/experiments/adjustments.ts';
import { formatAim, formatPoint, formatTime } from '../../../analysis/experiments/declared-words.ts';
import { MISMATCH_LEVEL } from '../../../analysis/experiments/srm.ts';
import { formatNumber, formatQuantity, formatShare } from '../../../analysis/format.ts';
import { middle } from '../../../model/quantity.ts';
import { anchorOf } from '../../document/anchor.ts';
import type { Block, Inline, Section } from '../../document/block.ts';
import type { ReportSubject } from '../subject.ts';
import { code, paragraph, plural, tableOr } from '../words.ts';
import { named, notSaid, said, says } from './declared.ts';
import { counted, few, rate } from './figures.ts';
import { openSection } from './open-points.ts';

const UNITS = { user: 'users', session: 'sessions', request: 'requests', account: 'accounts', region: 'regions', device: 'devices', unknown: 'units' } as const;

/** How versions are compared on users, for each service that answers online: unit, split, metric, sample, looks and gates. */
export function experimentSection(subject: ReportSubject): Section {
  const blueprints = experimentBlueprints(subject.context, subject.estimation.experiments);
  const [title, id] = ['Experiment blueprint', 'experiment-design'];
  const open = openSection(subject, 'experiment-design-open', ['ML10.2', 'ML10.3', 'ML15.3', 'ML18.4', 'ML18.5', 'ML18.7']);
  if (blueprints.length === 0) return { id, title, blocks: [paragraph('No service answers online with a learned model, as far as is declared, so there is nothing to compare on users.')], sections: open };
  return {
    id,
    title,
    startsPage: true,
    blocks: [paragraph('An offline score says that a version may be better. A comparison on users says whether it is. All sizes are for a share, at 5 % significance of both sides together and 80 % power; they follow from the declared traffic.')],
    sections: [...blueprints.map((blueprint) => blueprintSection(blueprint)), ...open],
  };
}

function blueprintSection(blueprint: ExperimentBlueprint): Section {
  const { service, experiment, comparison } = blueprint;
  const declared: Inline[] = experiment ? [code(experiment.name)] : ['no experiment is declared (', code(`experiment … for ${service.name}`), ')'];
  return {
    id: anchorOf(`experiment-${service.name}`),
    title: service.name,
    blocks: [
      { kind: 'facts', facts: [
        { term: 'Experiment', definition: declared },
        { term: 'Unit of assignment', definition: unitText(blueprint) },
        { term: 'Split', definition: splitText(blueprint) },
        { term: 'Divided by', definition: routerText(blueprint) },
        { term: 'Metric that decides', definition: metricText(blueprint) },
        { term: 'Must not get worse', definition: guardrailText(blueprint) },
        { term: 'Traffic', definition: trafficText(blueprint) },
        ...(comparison ? [{ term: 'Declared plan', definition: planText(blueprint) }] : []),
        { term: 'Gate before any result is read', definition: gateText(blueprint) },
        { term: 'What it has to wait for', definition: truthText(blueprint) },
        { term: 'Analysis', definition: analysisText(blueprint) },
      ] },
      sizeTable(blueprint),
      ...looksTable(blueprint),
    ],
  };
}

const unitsOf = ({ unit }: ExperimentBlueprint): string => UNITS[unit ?? 'request'];

const unsaid = (experiment: ExperimentBlueprint['experiment'], property: string): Inline[] => (experiment ? said(experiment, property) : ['not declared (', code(property), ' of an experiment)']);

function unitText({ unit, experiment }: ExperimentBlueprint): Inline[] {
  if (unit) return [unit, ...(unit === 'request' ? ['. It is right only where requests of one user do not influence each other'] : [': requests of one ', unit, ' go to the same version'])];
  return [...unsaid(experiment, 'unit'), '. Sizes below count requests, which is right only where requests of one user are independent; otherwise assign users, of whom there are fewer'];
}

function splitText({ arms, share }: ExperimentBlueprint): Inline[] {
  return [`${formatNumber(arms)} arms of equal size, of ${share ? formatShare(share) : 'all traffic (no share is declared)'}. Equal arms need least: 10 % against 90 % takes ${few(splitFactor(9))} times as many in all, so small shares are for the rollout and not for the comparison`];
}

function routerText({ router, service }: ExperimentBlueprint): Inline[] {
  if (!router) return ['nothing before ', code(service.name), ' is declared that could divide traffic (', code('gateway … : router'), ')'];
  if (router.divides === true) return [code(router.name)];
  return router.divides === false ? [code(router.name), ', which cannot divide traffic'] : [code(router.name), ', if it can: ', ...notSaid(router.name, 'splits')];
}

function metricText({ metric, experiment }: ExperimentBlueprint): Inline[] {
  if (metric) return [code(metric.text), ', of ', code(metric.from)];
  return [...unsaid(experiment, 'metric'), '. Until the business names it, no comparison can decide'];
}

function guardrailText({ guardrails, service }: ExperimentBlueprint): Inline[] {
  if (guardrails.length === 0) return ['nothing is declared that could be held (', code('slo'), ' of ', code(service.name), ', ', code('guardrails'), ' of the experiment)'];
  return guardrails.flatMap(({ text, from }, index): Inline[] => [...(index > 0 ? ['; '] : []), text, ' (', code(from), ')']);
}

function trafficText({ arrivals, service }: ExperimentBlueprint): Inline[] {
  if (!arrivals) return ['not known: ', code('average'), ' or ', code('peak'), ' of who asks ', code(service.name), ' is not declared, so no duration can be told'];
  return [`${rate(middle(arrivals.mean))} in the mean${arrivals.assumed ? ', assumed from the peak' : ''}`, ...(arrivals.users ? [`; ${formatQuantity(arrivals.users)} users`] : ['; how many users there are is not declared (', code('users'), ')'])];
}

function planText(blueprint: ExperimentBlueprint): Inline[] {
  const { comparison } = blueprint;
  if (!comparison) return [];
  const { perArm, total, time, seen, detectable, declaredTime, aim, reasons } = comparison;
  const units = unitsOf(blueprint);
  if (!perArm || !total) return [reasons.perArm ?? 'it leaves open what must be seen'];
  return [[
    `${counted(perArm.value)} ${units} in each arm ${formatAim(aim)}, ${counted(total.value)} in all`,
    ...(time ? [`${time.bound === undefined ? '' : `${time.bound} `}${formatTime(time.value)} of the traffic`] : [reasons.time ?? '']),
    ...(declaredTime && seen ? [`in its ${formatQuantity(declaredTime)} an arm sees ${seen.bound === undefined ? '' : `${seen.bound} `}${counted(seen.value)}${detectable ? `, which show ${detectable.bound === undefined ? '' : `${detectable.bound} `}${formatPoint(detectable.value)}` : ''}`] : []),
  ].filter((part) => part !== '').join('; ')];
}

function gateText(blueprint: ExperimentBlueprint): Inline[] {
  const planned = plannedSize(blueprint);
  const example = planned?.sequentialTotal ? ` Of ${counted(planned.sequentialTotal)} ${unitsOf(blueprint)} in two arms, neither may be more than ${counted(ratioGate(planned.sequentialTotal).away)} away from a half.` : '';
  return [`sample ratio: where the counts of the arms differ from the split with p below ${MISMATCH_LEVEL} (chi-squared), the assignment or the logging is broken and nothing is read.${blueprint.arms === 2 ? example : ''}`];
}

/** The size that a reader would take: the declared one, else none. */
const plannedSize = ({ sizes }: ExperimentBlueprint): SampleSize | undefined => sizes.find(({ declared }) => declared);

function truthText({ truth, models }: ExperimentBlueprint): Inline[] {
  const hidden = models.filter((model) => ['block', 'decline', 'rank', 'allocate'].includes(statedAction(model) ?? ''));
  const after: Inline[] = !truth ? ['no truth is declared (', code('labels'), ')'] : truth.delay ? [code(truth.labels), ` after ${formatQuantity(truth.delay)}: a metric that needs it is complete only so long after the last unit. Decide by a proxy meanwhile, and read it from units that are old enough`] : [code(truth.labels), ', ', ...notSaid(truth.labels, 'delay')];
  return hidden.length === 0 ? after : [...after, '. What ', ...named(hidden.map(({ name }) => name)), ' acts on hides its outcome: leave the action out for a part of the units of both arms; declared for it: ', ...hidden.flatMap((model, index): Inline[] => [...(index > 0 ? ['; '] : []), ...said(model, 'exploration')])];
}

const statedAction = (model: ExperimentBlueprint['models'][number]): string | undefined => (model.properties.action?.state === 'present' ? model.properties.action.value : undefined);

function analysisText({ unit, guardrails, experiment, arms }: ExperimentBlueprint): Inline[] {
  const stop: Inline[] = experiment && says(experiment, 'stop_rule') ? ['Stop rule: ', ...said(experiment, 'stop_rule'), '. '] : ['Stop only at the looks below, or when a guardrail breaks. '];
  return [
    ...stop,
    `Compare the shares of the arms (two proportions, pooled variance); a mean by its own variance${unit === undefined || unit === 'request' ? '' : `; a ratio by request, such as clicks per view, by the delta method over ${UNITS[unit]}`}. `,
    ...(guardrails.length > 0 ? [`${plural(guardrails.length, 'guardrail')}: each a one-sided test that the loss stays within its margin (Holm over all of them). `] : []),
    ...(arms > 2 ? [`${formatNumber(arms - 1)} comparisons with the control share the level (Bonferroni). `] : []),
    'Figures of the same units from before it, where they are kept, reduce the sample by their correlation squared.',
  ];
}

function sizeTable(blueprint: ExperimentBlueprint): Block {
  const { sizes, baseline, arrivals, unit, share } = blueprint;
  const most = unit === 'user' && arrivals?.users ? arrivals.users.high * (share?.high ?? 1) : Number.POSITIVE_INFINITY;
  const bound = unit === undefined || unit === 'request' ? '' : 'at least ';
  const duration = ({ seconds, weeks, sequentialTotal }: SampleSize): string => ((sequentialTotal ?? 0) > most ? 'never: more users than take part' : seconds === null || weeks === null ? 'not known' : `${bound}${formatTime(seconds)}: run ${plural(weeks, 'week')}`);
  const rows = sizes.map((size): Inline[][] => [
    [`${few(size.baseline * 100)} % to ${formatNumber(Number((size.baseline * (1 + size.lift) * 100).toPrecision(4)))} % (${few(size.lift * 100)} % of it)${size.declared ? ', as declared' : ''}`],
    [size.perArm === null ? (size.reason ?? 'not known') : counted(size.perArm)],
    [size.total === null ? 'not known' : counted(size.total)],
    [size.sequentialTotal === null || size.sequentialExpected === null ? 'not known' : `${counted(size.sequentialTotal)}; ${counted(size.sequentialExpected)}`],
    ...(arrivals ? [[duration(size)]] : []),
  ]);
  const caption = baseline ? `Sample for differences from ${formatShare(baseline.value)}, as ${baseline.from} declares` : 'Sample for some baselines: none is declared (detects … from … of an experiment)';
  return tableOr([{ title: 'Difference to see', width: 3 }, { title: `${capitalUnits(blueprint)} in each arm`, width: 2 }, { title: 'In all', width: 2 }, { title: 'With five looks: at most; in the mean', width: 2.5 }, ...(arrivals ? [{ title: 'Time at the mean traffic', width: 3 }] : [])], rows, '', { caption, namedRows: true });
}

const capitalUnits = (blueprint: ExperimentBlueprint): string => unitsOf(blueprint).replace(/^./, (letter) => letter.toUpperCase());

function looksTable(blueprint: ExperimentBlueprint): Block[] {
  const { sequence } = blueprint;
  if (!sequence) return [];
  const total = plannedSize(blueprint)?.sequentialTotal;
  const rows = sequence.looks.map(({ time, z, p, spent, power }, index): Inline[][] => [
    [formatNumber(index + 1)],
    [`${few(time * 100)} %${total ? `, ${counted(Math.ceil(total * time))}` : ''}`],
    [formatNumber(Number(z.toPrecision(4)))],
    [p < 1e-4 ? p.toExponential(1).replace('e-', ' × 10^-') : formatNumber(Number(p.toPrecision(2)))],
    [`${formatNumber(Number((spent * 100).toPrecision(2)))} %`],
    [`${few(power * 100)} %`],
  ]);
  return [tableOr([{ title: 'Look' }, { title: 'Of the largest sample', width: 2 }, { title: 'Stop where |z| passes', width: 2 }, { title: 'As a p-value', width: 2 }, { title: 'Error spent', width: 1.5 }, { title: 'Found by then, if there', width: 2 }], rows, '', { caption: 'Looks at equal distances (O’Brien and Fleming)', namedRows: true })];
}
