import type { CatalogueEntry, Component } from '../../model/architecture.ts';
import { callsPerRequestOf } from '../../model/graph/demand.ts';
import { middle, type Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import { formatNumber, formatQuantity } from '../format.ts';
import type { Context } from '../rule.ts';
import { costlyServices, paidModels } from '../serving/cost.ts';
import { meanLoadOf, meanRateOf } from '../serving/mean-load.ts';
import { consumersOf, isJob, isOnlySpare, type Service } from '../serving/services.ts';
import type { Fleet, Scaling } from './cost/machines.ts';
import { fleetTree } from './cost/machines-tree.ts';
import { flatProfile, profileOf, type TrafficProfile } from './cost/traffic-profile.ts';
import { group, leaf, totalOf, unknown, type CostGroup, type CostNode, type CostTotal } from './cost/tree.ts';
import { HOURS_PER_MONTH, unitCost, type UnitCost } from './cost/unit-cost.ts';
import { weakest, type Provenance } from './provenance.ts';
import { sigmaOf } from './replica.ts';
import { eachOf, USUAL_TARGET, type Station } from './stations.ts';

/** What a system costs a month, as a tree of components and their leaves. */
export interface SystemCost {
  readonly tree: CostGroup;
  readonly total: CostTotal;
  /** Over the mean rate of everything that consumers ask. */
  readonly unit?: UnitCost;
  /** Components that run on machines of their own and of which nobody says what they cost; the total leaves them out. */
  readonly leftOut: readonly string[];
  /** What the author says the system may cost a month. */
  readonly budget?: Quantity;
  /** Prices that the bundled catalogue gives, with the day on which they were looked up. */
  readonly listPrices: readonly { readonly name: string; readonly asOf: string }[];
}

/** Kinds that cost something of their own where they run; what only describes does not. */
const RUNNING: ReadonlySet<string> = new Set(['store', 'gateway', 'cache', 'knowledge', 'ingestion', 'compute', 'tracker', 'registry', 'orchestrator', 'pipeline', 'monitor']);

/** The bill of a system at today’s traffic: machines, tokens and training as they are declared, and what is declared as a whole. */
export function costOf(context: Context, stations: readonly Station[]): SystemCost {
  const { architecture } = context;
  const byName = new Map(stations.map((station) => [station.component.name, station]));
  const used: CatalogueEntry[] = [];
  const parts: CostNode[] = [];
  const leftOut: string[] = [];
  const costly = new Set<Component>(costlyServices(architecture).filter((service) => !isSpareApi(context, service)));
  for (const component of architecture.components.values()) {
    const declared = declaredCost(component);
    const part = declared ?? (component.kind === 'service' && costly.has(component) ? serviceBill(context, component as Service, byName.get(component.name), used) : component.kind === 'training' ? trainingCost(context, component as Component<'training'>, used) : undefined);
    if (part) parts.push(part);
    else if (RUNNING.has(component.kind)) leftOut.push(component.name);
  }
  const tree = group(architecture.system.name, parts);
  const total = totalOf(tree);
  const rate = componentsOf(architecture, 'consumer').reduce<number | undefined>((sum, consumer) => {
    const mean = meanRateOf(context, consumer);
    return mean ? (sum ?? 0) + middle(mean) : sum;
  }, undefined);
  const budget = value(architecture.system, 'budget');
  const each = rate !== undefined && total.value > 0 ? unitCost(total, rate) : undefined;
  const listPrices = [...new Map(used.map((entry) => [entry.name, { name: entry.name, asOf: entry.properties.as_of ?? '' }])).values()];
  return { tree, total, ...(each && { unit: each }), leftOut, ...(budget && { budget }), listPrices };
}

/** What is asked only when another way fails costs by the call, and so next to nothing. */
const isSpareApi = ({ architecture }: Context, service: Service): boolean => service.variant === 'llm_api' && isOnlySpare(architecture, service);

function declaredCost(component: Component): CostNode | undefined {
  const cost = value(component as Service, 'cost');
  return cost && leaf({ name: component.name, value: middle(cost), currency: cost.unit.slice(0, 3), provenance: 'measured', formula: `cost ${formatQuantity(cost)}, as declared`, ...(cost.high > cost.low && { spread: { [component.name]: sigmaOf(cost) } }) });
}

/** Machines and tokens of one service. Entries of the catalogue whose prices it takes are added to `used`. */
export function serviceBill(context: Context, service: Service, station: Station | undefined, used: CatalogueEntry[] = []): CostNode {
  const parts = [machines(context, service, station, used), tokens(context, service, used)].filter((part) => part !== undefined);
  // The tree of a fleet is a group of its own; its leaves stand under the service.
  if (parts.length > 0) return group(service.name, parts.flatMap((part) => (part.kind === 'group' ? part.parts : [part])));
  return unknown(service.name, 'neither machines nor a price are declared', `\`runs_on\` with an instance of the catalogue, or \`cost\`, of ${service.name}`);
}

function machines(context: Context, service: Service, station: Station | undefined, used: CatalogueEntry[]): CostNode | undefined {
  const runsOn = value(service, 'runs_on');
  if (runsOn?.instance === undefined) return value(service, 'accelerator') ? unknown('machines', 'accelerators have no price of their own', `\`runs_on\` of ${service.name}`) : undefined;
  const entry = context.architecture.catalogue.instance.get(runsOn.instance);
  const price = entry?.properties.price;
  if (!entry || !price) return unknown('machines', `${runsOn.instance} has no price`, `the price of ${runsOn.instance}`);
  used.push(entry);
  const currency = price.unit.slice(0, 3);
  const hourly = (middle(price) * 3600) / SECONDS_PER_MONTH * (runsOn.x ? middle(runsOn.x) : 1);
  const hour: Price = { hourly, currency, provenance: entry.properties.as_of === undefined ? 'measured' : 'published' };
  if (isJob(service)) return jobMachines(service, entry.name, hour);
  return standingMachines(context, service, station, hour);
}

/** Of a machine an hour; what the catalogue has with a day on it is a list price. */
interface Price {
  readonly hourly: number;
  readonly currency: string;
  readonly provenance: Provenance;
}

function jobMachines(service: Service, name: string, { hourly, currency, provenance }: Price): CostNode {
  const duration = value(service, 'duration');
  if (!duration) return unknown('machines', 'how long a run takes is not declared', `\`duration\` of ${service.name}`);
  const every = value(service, 'every');
  const runs = SECONDS_PER_MONTH / (every ? middle(every) : 86_400);
  const hours = middle(duration) / 3600;
  return leaf({ name: 'machines', value: runs * hours * hourly, currency, provenance: every ? provenance : 'assumed', formula: `${formatNumber(runs)} runs a month${every ? '' : ' (one a day)'} × ${formatNumber(hours)} h × ${formatNumber(hourly)} ${currency}/h of ${name}`, spread: { [service.name]: sigmaOf(duration) } });
}

/** Machines that stand and wait: always on, or as many as the traffic of the hour needs. */
function standingMachines(context: Context, service: Service, station: Station | undefined, { hourly, currency, provenance }: Price): CostNode {
  const replicas = value(service, 'replicas');
  const hours = value(service, 'hours');
  if (hours === 'office' || hours === 'on_demand') return unknown('machines', 'they are not always on, and nobody says how long', `\`cost\` of ${service.name}`);
  const scaling = station?.replicas;
  const source = { name: 'machines', currency, provenance: replicas ? provenance : ('assumed' as const) };
  const each = station && eachOf(station);
  const profile = station && scaling?.target !== undefined && each !== undefined ? trafficProfile(context, service, station) : undefined;
  if (!profile || each === undefined || !station || !scaling) {
    const least = replicas ? replicas.low : 1;
    const most = Math.max(replicas ? replicas.high : 1, value(service, 'autoscale')?.max?.high ?? 0);
    const count = (least + most) / 2;
    return leaf({ ...source, value: count * hourly * HOURS_PER_MONTH, formula: `${least === most ? formatNumber(most) : `${formatNumber(least)} to ${formatNumber(most)}`} × ${formatNumber(HOURS_PER_MONTH)} h × ${formatNumber(hourly)} ${currency}/h`, ...(most > least && least > 0 && { spread: { replicas: sigmaOf({ low: least, high: most, unit: '1' }) } }) });
  }
  const throughput = each / (1 - station.kept);
  const start = value(service, 'loads_in');
  const fleet: Fleet = { pricePerHour: hourly, capacity: throughput * (scaling.target ?? USUAL_TARGET), throughput, ...(start && { startUpSeconds: Math.min(middle(start), profile.slotSeconds) }) };
  const bounds: Scaling = { min: Math.ceil(scaling.least), ...(scaling.unbounded ? {} : { max: Math.floor(scaling.most) }) };
  return fleetTree(fleet, profile, bounds, { ...source, provenance: weakest(station.capacity?.provenance ?? 'measured', provenance), logSd: { traffic: station.traffic?.sigma ?? 0, capacity: station.capacity?.sigma ?? 0 } });
}

/** The traffic of a service over a week, from its declared mean and peak. */
export function trafficProfile(context: Context, service: Service, station: Station): TrafficProfile | undefined {
  const peak = station.traffic?.value;
  const mean = meanLoadOf(context, service.name);
  if (peak === undefined || !mean) return undefined;
  const profile = profileOf(Math.min(middle(mean.value), peak), peak);
  if (!('problem' in profile)) return profile;
  const flat = flatProfile(middle(mean.value));
  return 'problem' in flat ? undefined : flat;
}

/** Requests × tokens × price, over all consumers that reach the service. */
function tokens(context: Context, service: Service, used: CatalogueEntry[]): CostNode | undefined {
  const { architecture } = context;
  const [entry, ...others] = paidModels(architecture, service);
  if (!entry) return service.variant === 'llm_api' && value(service, 'provisioned') !== true ? unknown('tokens', 'which model it is, and so its price, is not declared', `\`llm\` of the model that ${service.name} serves`) : undefined;
  const { input, output, cached_input: cached } = entry.properties;
  if (value(service, 'provisioned') === true) return unknown('tokens', 'reserved capacity has a price of its own', `\`cost\` of ${service.name}`);
  if (others.length > 0) return unknown('tokens', 'it asks several models, and nobody says which how often', `\`cost\` of ${service.name}`);
  // Embeddings are paid by what goes in.
  if (!input) return unknown('tokens', `${entry.name} has no price`, `the price of ${entry.name}`);
  used.push(entry);
  const consumers = consumersOf(architecture, service.name);
  if (consumers.length === 0) return unknown('tokens', 'who asks, and how often, is not declared', `a consumer of ${service.name} with \`average\` and \`tokens\``);
  let [sum, calls] = [0, 0];
  for (const consumer of consumers) {
    const [rate, size, each] = [meanRateOf(context, consumer), value(consumer, 'tokens'), callsPerRequestOf(architecture, consumer.name, service.name).get(service.name)];
    if (!rate || !each) return unknown('tokens', `how often ${consumer.name} asks is not declared`, `\`average\` of ${consumer.name}`);
    if (!size?.input || (output && !size.output)) return unknown('tokens', `how many tokens a request of ${consumer.name} has is not declared`, `\`tokens\` of ${consumer.name}`);
    const monthly = middle(rate) * middle(each) * SECONDS_PER_MONTH;
    calls += monthly;
    sum += monthly * (middle(size.input) * middle(input) + (output && size.output ? middle(size.output) * middle(output) : 0));
  }
  const assumed = meanLoadOf(context, service.name)?.assumed !== false;
  const currency = input.unit.slice(0, 3);
  const note = cached ? '; cached input would cost less' : '';
  return leaf({ name: 'tokens', value: sum, currency, provenance: assumed ? 'assumed' : 'published', spread: { traffic: assumed ? 0.5 : 0.1 }, formula: `${formatNumber(Math.round(calls))} calls a month × ${formatNumber(Number(((sum / calls) * 1e3).toPrecision(3)))} ${currency} for 1,000 at ${formatNumber(middle(input) * 1e6)}${output ? ` and ${formatNumber(middle(output) * 1e6)}` : ''} ${currency}/Mtok of ${entry.name}${note}` });
}

const RUNS: Readonly<Record<string, number>> = { hourly: 3600, daily: 86_400, weekly: 604_800, monthly: SECONDS_PER_MONTH, quarterly: 3 * SECONDS_PER_MONTH };

/** Runs a month of a training that the clock starts; undefined where it does not, or nobody says how often. */
export function trainingRunsPerMonth(training: Component<'training'>): number | undefined {
  const every = value(training, 'every');
  const interval = every ? middle(every) : value(training, 'trigger')?.flatMap((word) => RUNS[word] ?? [])[0];
  return interval === undefined || interval <= 0 ? undefined : SECONDS_PER_MONTH / interval;
}

/** Training runs by the clock at the price of their machines, or at the price that a run is declared to have. */
function trainingCost({ architecture }: Context, training: Component<'training'>, used: CatalogueEntry[]): CostNode | undefined {
  const runs = trainingRunsPerMonth(training);
  if (runs === undefined) return undefined;
  const run = value(training, 'cost_per_run');
  if (run) return leaf({ name: training.name, value: runs * middle(run), currency: run.unit.slice(0, 3), provenance: 'measured', formula: `${formatNumber(runs)} runs a month × ${formatQuantity(run)}`, spread: { [training.name]: sigmaOf(run) } });
  const runsOn = value(training, 'runs_on');
  const entry = runsOn?.instance === undefined ? undefined : architecture.catalogue.instance.get(runsOn.instance);
  const time = runsOn?.for ?? value(training, 'duration');
  const price = entry?.properties.price;
  if (!entry || !price || !time) return undefined;
  used.push(entry);
  const count = runsOn?.x ? middle(runsOn.x) : middle(value(training, 'nodes') ?? { low: 1, high: 1, unit: '1' });
  const hourly = (middle(price) * 3600) / SECONDS_PER_MONTH;
  return leaf({ name: training.name, value: runs * count * (middle(time) / 3600) * hourly, currency: price.unit.slice(0, 3), provenance: 'published', formula: `${formatNumber(runs)} runs a month × ${formatNumber(count)} × ${formatNumber(middle(time) / 3600)} h × ${formatNumber(hourly)} ${price.unit.slice(0, 3)}/h of ${entry.name}`, spread: { [training.name]: sigmaOf(time) } });
}
