import { among, PERSONAL } from '../../model/graph/data-classes.ts';
import { placesOf } from '../../model/graph/data-reach.ts';
import { middle } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import { estimate } from '../estimation/estimate.ts';
import { formatDuration, formatNumber, formatQuantity } from '../format.ts';
import { detectionChains, type DetectionChain } from '../monitoring/detection-chain.ts';
import type { Context } from '../rule.ts';
import { predictionsPerMonth } from '../serving/monthly-volume.ts';
import { ownServices } from '../serving/services.ts';
import type { ThemeKind } from './theme.ts';

/** What makes a theme large or small here, each a sentence with numbers of the file or of the estimate. What is not known is left out. */
export function driversOf(context: Context, id: ThemeKind['id']): string[] {
  return DRIVERS[id](context);
}

const DRIVERS: Readonly<Record<ThemeKind['id'], (context: Context) => string[]>> = {
  unnoticed: detectionDriver,
  capacity: capacityDriver,
  release: releaseDriver,
  rebuild: rebuildDriver,
  live: liveDriver,
  bill: billDriver,
  outsider: outsiderDriver,
  law: lawDriver,
};

/** The places that personal data gets to, by the sort that surprises most: providers before logs. */
function outsiderDriver({ architecture }: Context): string[] {
  const reached = placesOf(architecture).filter(({ classes }) => among(classes.keys(), PERSONAL).length > 0);
  const named = SORTS.flatMap(([sort, word]) => {
    const names = [...new Set(reached.filter((place) => place.sort === sort).map(({ component }) => component.name))];
    return names.length > 0 ? [`${word} (${names.slice(0, 3).join(', ')}${names.length > 3 ? ` and ${names.length - 3} more` : ''})`] : [];
  });
  const open = [...architecture.components.values()].filter((component) => value(component, 'exposure') === 'public').length;
  return [...(named.length > 0 ? [`By what is declared, personal data gets to ${named.join(', ')}.`] : []), ...(open > 0 ? [`${formatNumber(open)} ${open === 1 ? 'part' : 'parts'} can be reached by anyone.`] : [])];
}

const SORTS = [['vendor', 'providers'], ['prompt', 'prompts'], ['log', 'logs'], ['analytics', 'analytics'], ['staging', 'copies for tests']] as const;

function lawDriver({ architecture: { system } }: Context): string[] {
  const affected = (value(system, 'affects') ?? []).includes('people');
  return affected && value(system, 'decisions') === 'automated' ? ['Its decisions on people are made by itself, as declared.'] : [];
}

const rounded = (amount: number): string => formatNumber(Number(amount.toPrecision(2)));

/** Answers that are given in a time, at the mean rate of everyone who asks. */
function answersIn(context: Context, seconds: number): string {
  const monthly = predictionsPerMonth(context);
  return monthly === undefined || seconds <= 0 ? '' : `, which is about ${rounded((monthly * seconds) / SECONDS_PER_MONTH)} answers at the mean traffic`;
}

function detectionDriver(context: Context): string[] {
  const slowest = detectionChains(context).filter(({ detection }) => detection).sort((a, b) => (b.detection?.low ?? 0) - (a.detection?.low ?? 0))[0];
  const blind = detectionChains(context).filter(({ detection }) => !detection);
  return [
    ...(blind.length > 0 ? [`Nothing that watches the answers of ${blind.map(({ service }) => service.name).join(', ')} is declared.`] : []),
    ...(slowest?.detection && slowest.detection.low > 0 ? [detectionText(context, slowest, slowest.detection.low)] : []),
  ];
}

function detectionText(context: Context, { service, tolerance }: DetectionChain, seconds: number): string {
  return `A fall in quality of ${service.name} is seen after ${formatDuration(seconds)} at the earliest${answersIn(context, seconds)}; ${formatQuantity(tolerance)} ${tolerance.declared ? 'is what the file allows' : 'is usual at this criticality'}.`;
}

function capacityDriver(context: Context): string[] {
  const { bottleneck } = estimate(context, [1]);
  const single = ownServices(context.architecture).filter((service) => (value(service, 'replicas')?.high ?? 2) <= 1 && value(service, 'autoscale') === undefined);
  const revenue = value(context.architecture.system, 'revenue');
  return [
    ...(bottleneck ? [`${bottleneck.component} is full first, at ${bottleneck.multiple.bound === undefined ? '' : `${bottleneck.multiple.bound} `}${rounded(bottleneck.multiple.value)} times today’s peak${bottleneck.exhausted ? `, about ${bottleneck.exhausted.date} at the declared growth` : ''} (${bottleneck.multiple.provenance}).`] : []),
    ...(single.length > 0 ? [`${single.map(({ name }) => name).join(', ')} ${single.length === 1 ? 'runs' : 'run'} as one copy.`] : []),
    ...(revenue ? [`The system earns or saves ${formatQuantity(revenue)}, as declared.`] : []),
  ];
}

function releaseDriver(context: Context): string[] {
  return detectionChains(context).flatMap(({ service, wayBack }): string[] => {
    const back = wayBack.rollback?.within;
    if (back) return [`Going back takes ${formatQuantity(back)} for ${service.name}, as declared${answersIn(context, middle(back))}.`];
    return wayBack.presence === 'absent' ? [`There is no way back for ${service.name}, as declared.`] : [`How long going back takes for ${service.name} is not declared.`];
  });
}

const PARTS = 5;

function rebuildDriver({ architecture }: Context): string[] {
  const trainings = componentsOf(architecture, 'training');
  if (trainings.length === 0) return [];
  const fixed = trainings.filter((training) => new Set(value(training, 'pins')).size === PARTS).length;
  return [`${formatNumber(fixed)} of ${formatNumber(trainings.length)} ${trainings.length === 1 ? 'training' : 'trainings'} ${fixed === 1 ? 'fixes' : 'fix'} code, data, environment, settings and seed of each run, as declared.`];
}

function liveDriver({ architecture }: Context): string[] {
  const groups = componentsOf(architecture, 'features');
  if (groups.length === 0) return [];
  const compared = groups.filter((group) => value(group, 'parity_test') === true).length;
  return [`${formatNumber(compared)} of ${formatNumber(groups.length)} feature ${groups.length === 1 ? 'group' : 'groups'} ${compared === 1 ? 'is' : 'are'} compared between training and use, as declared.`];
}

function billDriver(context: Context): string[] {
  const { cost } = estimate(context, [1]);
  if (!(cost.total.value > 0)) return ['What the system costs is not known.'];
  const { value: amount, bound, currency, provenance } = cost.total;
  const budget = cost.budget ? `; the budget is ${formatQuantity(cost.budget)}` : '; no budget is declared for the whole';
  return [`The bill is ${bound === undefined ? 'about' : bound} ${rounded(amount)} ${currency} a month (${provenance})${budget}.`];
}
