import { applyChanges } from '../../model/apply-changes.ts';
import type { Change } from '../../model/architecture.ts';
import { scaled } from '../../model/graph/interval.ts';
import { middle, type Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { costlyServices } from '../serving/cost.ts';
import { meanLoadOf } from '../serving/mean-load.ts';
import { consumersOf, isJob, type Consumer, type Service } from '../serving/services.ts';
import type { CostGroup } from './cost/tree.ts';
import { costOf } from './costs.ts';
import { KNEE, replicasAtKnee } from './sizing.ts';
import { eachOf, stationsOf, type Station } from './stations.ts';

/** The bill of a system at another traffic: as many machines as it then needs, never fewer than are declared. */
export interface GrownBill {
  readonly tree: CostGroup;
  /** What was taken for granted of how the bill grows. */
  readonly assumptions: readonly string[];
}

/** @param factorOf What the traffic of a consumer is multiplied by, above zero; called with none where only the system declares a volume. */
export function grownBill(context: Context, factorOf: (consumer?: Consumer) => number): GrownBill {
  const { architecture } = context;
  const consumers = componentsOf(architecture, 'consumer');
  const factors = new Map(consumers.map((consumer) => [consumer.name, factorOf(consumer)]));
  const asked: Context = { ...context, architecture: applyChanges(architecture, trafficChanges(context, factorOf)) };
  const stations = new Map(stationsOf(asked).map((station) => [station.component.name, station]));
  const [changes, assumptions]: [Change[], string[]] = [[], []];
  for (const service of costlyServices(architecture)) {
    if (isJob(service)) continue;
    const grown = growthOfService(service, stations.get(service.name), () => loadFactor(context, asked, service, factors));
    if (grown.change) changes.push(grown.change);
    if (grown.assumption !== undefined) assumptions.push(grown.assumption);
  }
  const sized: Context = { ...asked, architecture: applyChanges(asked.architecture, changes) };
  return { tree: costOf(sized, stationsOf(sized)).tree, assumptions: [...assumptions, 'training, jobs and declared costs of what answers no requests stay as they are'] };
}

/** Peak, mean and volume of every consumer; and of the system, whose volume is that of its only consumer, or has none. */
function trafficChanges({ architecture }: Context, factorOf: (consumer?: Consumer) => number): Change[] {
  const consumers = componentsOf(architecture, 'consumer');
  const volume = value(architecture.system, 'volume');
  const scaledBy = (subject: string, property: string, rate: Quantity | undefined, factor: number): Change[] => (rate ? [{ op: 'set', subject, property, value: scaled(rate, factor) }] : []);
  return [
    ...consumers.flatMap((consumer) => (['peak', 'average', 'volume'] as const).flatMap((property) => scaledBy(consumer.name, property, value(consumer, property), factorOf(consumer)))),
    ...(consumers.length <= 1 ? scaledBy(architecture.system.name, 'volume', volume, factorOf(consumers[0])) : []),
  ];
}

function growthOfService(service: Service, station: Station | undefined, factor: () => number): { readonly change?: Change; readonly assumption?: string } {
  const cost = value(service, 'cost');
  if (cost) return { change: { op: 'set', subject: service.name, property: 'cost', value: scaled(cost, factor()) }, assumption: `the declared cost of ${service.name} grows in proportion to its traffic` };
  if (value(service, 'runs_on')?.instance === undefined) return {};
  const declared = value(service, 'replicas');
  if (!station?.traffic || eachOf(station) === undefined) {
    const most = Math.max(declared?.high ?? 1, value(service, 'autoscale')?.max?.high ?? 0);
    return { change: replicaChange(service, declared, Math.ceil(most * Math.max(1, factor()) - 1e-9)), assumption: `machines of ${service.name} grow in proportion to its traffic: what a replica takes is not known` };
  }
  if (station.replicas?.unbounded === true) return {};
  const needed = neededReplicas(station);
  const assumption = station.replicas?.target === undefined ? `as many machines of ${service.name} as keep it at most ${KNEE * 100} % busy at the peak` : undefined;
  return { ...(needed > (station.replicas?.most ?? 1) && { change: replicaChange(service, declared, needed) }), ...(assumption !== undefined && { assumption }) };
}

/** At the busy share that scaling aims at, or at the knee where nothing scales. */
function neededReplicas(station: Station): number {
  const rate = station.traffic?.value ?? 0;
  const [target, each] = [station.replicas?.target, eachOf(station)];
  return target === undefined || each === undefined ? replicasAtKnee(station, rate) : Math.ceil((rate * (1 - station.kept)) / (each * target) - 1e-9);
}

/** Replicas that scale keep the fewest that run; the others are all on. */
function replicaChange(service: Service, declared: Quantity | undefined, most: number): Change {
  const scales = value(service, 'autoscale') !== undefined || (declared !== undefined && declared.high > declared.low);
  return { op: 'set', subject: service.name, property: 'replicas', value: { low: scales ? (declared?.low ?? 1) : most, high: most, unit: '1' } satisfies Quantity };
}

/** What the traffic of a service is multiplied by; where its mean is not known, the most of what its consumers are. */
function loadFactor(before: Context, after: Context, service: Service, factors: ReadonlyMap<string, number>): number {
  const [now, then] = [meanLoadOf(before, service.name), meanLoadOf(after, service.name)];
  if (now && then && middle(now.value) > 0) return middle(then.value) / middle(now.value);
  return Math.max(1, ...consumersOf(before.architecture, service.name).map(({ name }) => factors.get(name) ?? 1));
}
