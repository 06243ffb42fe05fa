import type { Change } from '../../../model/architecture.ts';
import type { Reckoned } from '../../../model/graph/capacity.ts';
import { value } from '../../../model/statements.ts';
import { bandOf } from '../../estimation/estimated.ts';
import type { Banded } from '../../estimation/quantity.ts';
import { stationsOf } from '../../estimation/stations.ts';
import { formatNumber, formatQuantity } from '../../format.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { capacityAt, derivation, loadOf, NO_LARGER_BATCHES, perReplica, testedRate, type Load } from '../../serving/load.ts';
import { consumersOf, hasFallback, isOnlySpare, ownServices, streamServices, wayTo, type Consumer, type Service } from '../../serving/services.ts';
import { isVital } from '../../training/standing-facts.ts';

/** Below this, what an application that only calls others can take is of no interest: any web server takes it. */
const TRIFLING_RATE = 50;

export const peakFitsCapacity: Rule = {
  id: 'ML09.1',
  slug: 'peak-fits-capacity',
  title: 'The service can take today’s peak',
  type: 'contradiction',
  severity: 'high',
  why: 'Requests beyond what a service can take wait in a queue that only grows, until callers time out and try again.',
  remediation: 'Run more replicas behind a balancer, or raise what one replica can take, before anything else.',
  effort: 'M',
  falsePositives: 'The peak or the throughput is a guess: declare ranges, or the rate of a load test. Requests are divided: declare `share` on the flows.',
  *evaluate(context) {
    const asked = new Set<Consumer>();
    for (const service of ownServices(context.architecture)) {
      if (isOnlySpare(context.architecture, service)) yield notApplicable(`${service.name} answers only when another way fails.`, service);
      else yield* judgePeak(context, service, asked);
    }
    for (const service of streamServices(context.architecture)) {
      if (loadOf(context, service.name)) yield* judgePeak(context, service, asked);
      else yield question(service, undefined, `How many events reach ${service.name} at the peak? Declare \`rate\` on the flow that brings them, or of their source.`);
    }
  },
};

function* judgePeak(context: Context, service: Service, asked: Set<Consumer>): Iterable<Outcome> {
  const { architecture } = context;
  const load = loadOf(context, service.name);
  const silent = load ? load.unknown : consumersOf(architecture, service.name);
  for (const consumer of silent) {
    if (!asked.has(consumer)) yield question(consumer, 'peak', `How many requests does ${consumer.name} send at its peak? Declare \`peak\`, or \`average\` or \`volume\`.`);
    asked.add(consumer);
  }
  if (!load) {
    if (silent.length === 0) yield question(service, undefined, `Who calls ${service.name}, and how often at the peak? Declare a consumer with \`peak\` and a flow to ${service.name}.`);
    return;
  }
  const capacity = capacityAt(architecture, service.name);
  const tested = testedRate(service);
  if (tested && tested.low >= load.peak.high) return yield satisfied(service, { because: `it took ${formatQuantity(tested)} in a load test, and the peak is ${formatQuantity(load.peak)}` });
  if (!capacity) {
    if (service.variant === 'app' && load.expected.high < TRIFLING_RATE) return yield notApplicable(`${service.name} only calls others, and ${formatQuantity(load.expected)} is little for that.`, service);
    return yield question(service, ...askCapacity(service));
  }
  if (load.peak.high <= capacity.value.low) {
    if (silent.length === 0) yield satisfied(service, { because: `it takes ${formatQuantity(capacity.value)} (${derivation(capacity)}) at a peak of ${formatQuantity(load.peak)}` });
    return;
  }
  // What is taken for granted is the least that can be true, so only here does it matter.
  const inBatches = capacity.assumptions.length > 0 ? estimatedInBatches(context, service, capacity) : undefined;
  if (inBatches && load.peak.high <= inBatches.low) {
    if (silent.length === 0) yield satisfied(service, { because: `in full batches it is estimated to take ${estimateText(inBatches)} at a peak of ${formatQuantity(load.peak)}` });
    return;
  }
  if (inBatches && !load.divided && !load.assumed && load.certain.low > inBatches.high) {
    return yield weak(service, {
      severity: 'medium',
      message: `In full batches ${service.name} is estimated to take ${estimateText(inBatches)}, less than the peak of ${formatQuantity(load.peak)}.`,
      why: 'The batch curve is that of published models: declare `throughput` of a replica to have its own.',
      path: wayTo(architecture, service.name),
      changes: moreReplicas(service, { ...capacity, value: { low: inBatches.value, high: inBatches.value, unit: 'req/s' } }, load),
      impact: 'Requests at the peak are answered',
    });
  }
  if (capacity.assumptions.length > 0) return yield question(service, ...askAssumed(service, capacity));
  if (load.divided) return yield question(service, undefined, `Which share of the requests reaches ${service.name}? If all ${formatQuantity(load.peak)} did, its ${formatQuantity(capacity.value)} would not do. Declare \`share\` on the flows that divide them.`);
  const numbers = `${service.name} can take ${formatQuantity(capacity.value)} at most (${derivation(capacity)})`;
  const details: FindingDetails = {
    message: `${numbers}, less than the peak of ${formatQuantity(load.peak)}.`,
    why: `At the peak ${formatQuantity({ low: Math.max(0, load.peak.low - capacity.value.high), high: load.peak.high - capacity.value.low, unit: 'req/s' })} more arrive than can be answered: the queue grows until callers give up.`,
    path: wayTo(architecture, service.name, (name) => (name === service.name ? `takes ${formatQuantity(capacity.value)}` : undefined)),
    changes: moreReplicas(service, capacity, load),
    impact: 'Requests at the peak are answered',
  };
  if (load.certain.low > capacity.value.high) yield contradiction(service, { ...details, ...outage(context, service) });
  else if (load.assumed) yield weak(service, { ...details, severity: 'medium', message: `${numbers}; the peak is likely to be ${formatQuantity(load.peak)}, if it is ${formatNumber(context.settings.thresholds.peakFactor)} times the mean where only that is declared.` });
  else yield weak(service, { ...details, severity: 'medium', message: `${numbers}, and the peak may reach ${formatQuantity(load.peak)}.` });
}

/** A service that matters, does not hold, and has nothing in its place. */
export function outage({ architecture }: Context, service: Service): Pick<FindingDetails, 'critical' | 'severity' | 'mitigated'> {
  if (hasFallback(architecture, service)) return {};
  const confirmed = service.properties.fallback?.state === 'none' || value(service, 'complete') === true;
  return { critical: 'outage', ...(confirmed && isVital(architecture) ? { severity: 'critical' as const } : {}) };
}

type Band = Pick<Banded, 'value' | 'low' | 'high'>;

/** What the estimate says of full batches, where only the time of small ones is declared. */
function estimatedInBatches(context: Context, service: Service, { assumptions }: Reckoned): Band | undefined {
  if (!assumptions.includes(NO_LARGER_BATCHES)) return undefined;
  const capacity = stationsOf(context).find(({ component }) => component === service)?.capacity;
  return capacity && capacity.atLeast !== true ? { value: capacity.value, ...bandOf(capacity.value, capacity.sigma) } : undefined;
}

const estimateText = ({ value: middle, low, high }: Band): string => `${formatQuantity({ low: round(middle), high: round(middle), unit: 'req/s' })} (${formatNumber(round(low))} to ${formatNumber(round(high))})`;

const round = (rate: number): number => Number(rate.toPrecision(2));

function askCapacity(service: Service): [string, string] {
  if (value(service, 'throughput') !== undefined || value(service, 'service_time')?.p50 !== undefined) return ['autoscale', `To how many replicas can ${service.name} grow? Declare \`replicas\` as a range, or \`max\` in \`autoscale\`.`];
  return ['throughput', `How many requests can one replica of ${service.name} take? Declare \`throughput\`, or \`service_time\` and \`concurrency\`.`];
}

function askAssumed(service: Service, capacity: Reckoned): [string, string] {
  if (capacity.assumptions.includes('one replica')) return ['replicas', `How many replicas of ${service.name} run? One would take ${formatQuantity(capacity.value)}. Declare \`replicas\`.`];
  if (capacity.assumptions.includes(NO_LARGER_BATCHES)) return ['throughput', `How many requests can one replica of ${service.name} take in full batches? By the \`service_time\` that is declared it would be ${formatQuantity(capacity.value)} in all. Declare \`throughput\`.`];
  return ['concurrency', `How many requests does one replica of ${service.name} work on at once? With one at a time it would take ${formatQuantity(capacity.value)} in all. Declare \`concurrency\` or \`throughput\`.`];
}

/** As many replicas as the expected rate needs; none where something else is the limit. */
function moreReplicas(service: Service, capacity: Reckoned, load: Load): Change[] {
  const each = perReplica(capacity);
  if (!each) return [];
  const needed = Math.ceil(load.expected.high / each);
  const today = value(service, 'replicas');
  const change: Change = { op: 'set', subject: service.name, property: 'replicas', value: { low: Math.min(today?.low ?? needed, needed), high: needed, unit: '1' } };
  if (value(service, 'autoscale') !== undefined) return [change];
  const least = Math.min(needed, Math.max(2, today?.low ?? 2, Math.ceil(load.peak.high / each)));
  const scaling: Change = { op: 'set', subject: service.name, property: 'autoscale', value: { on: 'concurrency' } };
  return [{ ...change, value: { low: least, high: needed, unit: '1' } }, scaling];
}

export const headroomFits: Rule = {
  id: 'ML09.2',
  slug: 'headroom',
  title: 'The service can grow to the expected peak without a new architecture',
  type: 'gap',
  severity: 'high',
  why: 'A service that fits today’s peak alone has to be rebuilt just when it is in demand.',
  remediation: 'Make replicas stateless, let them scale on concurrency or queue length to a bound that holds the expected peak, and only then look at other platforms.',
  effort: 'M',
  falsePositives: 'Traffic will not grow that much: declare `headroom` in the system. A provider grants more on demand: declare it as `quota`.',
  *evaluate(context) {
    for (const service of [...ownServices(context.architecture), ...streamServices(context.architecture)]) {
      const load = loadOf(context, service.name);
      if (!load) {
        yield notApplicable(`The peak of ${service.name} is not known.`, service);
        continue;
      }
      const tested = testedRate(service);
      const capacity = capacityAt(context.architecture, service.name);
      if (tested && tested.low >= load.expected.high) yield satisfied(service, { because: `it took ${formatQuantity(tested)} in a load test, and ${load.reason} is ${formatQuantity(load.expected)}` });
      else if (!capacity) yield notApplicable(`What ${service.name} can take is not known.`, service);
      else yield* judgeHeadroom(context, service, capacity, load);
    }
  },
};

function* judgeHeadroom(context: Context, service: Service, capacity: Reckoned, load: Load): Iterable<Outcome> {
  if (load.expected.high <= capacity.value.low) {
    if (load.unknown.length === 0) yield satisfied(service, { because: `it takes ${formatQuantity(capacity.value)}, and ${load.reason} is ${formatQuantity(load.expected)}` });
    return;
  }
  const inBatches = capacity.assumptions.length > 0 ? estimatedInBatches(context, service, capacity) : undefined;
  if (inBatches && load.expected.high <= inBatches.low) {
    if (load.unknown.length === 0) yield satisfied(service, { because: `in full batches it is estimated to take ${estimateText(inBatches)}, and ${load.reason} is ${formatQuantity(load.expected)}` });
    return;
  }
  if (capacity.assumptions.length > 0) {
    // Where the peak itself does not fit, the rule on the peak asks.
    if (load.peak.high <= capacity.value.low) yield question(service, ...askAssumed(service, capacity));
    return;
  }
  if (load.divided) {
    if (load.peak.high <= capacity.value.low) yield question(service, undefined, `Which share of the requests reaches ${service.name}? It takes ${formatQuantity(capacity.value)}, and ${load.reason} would be ${formatQuantity(load.expected)} in all. Declare \`share\` on the flows that divide them.`);
    return;
  }
  const certain = load.expectedAtLeast.low > capacity.value.high;
  const details: FindingDetails = {
    message: `${service.name} can take ${formatQuantity(capacity.value)} at most (${derivation(capacity)}), but ${load.reason} is ${certain && load.assumed ? `at least ${formatQuantity(load.expectedAtLeast)}` : formatQuantity(load.expected)}.`,
    why: `It is full at ${formatNumber(Number((capacity.value.high / load.peak.low).toPrecision(2)))} times today’s peak; what comes beyond is not answered.`,
    path: wayTo(context.architecture, service.name, (name) => (name === service.name ? `takes ${formatQuantity(capacity.value)}` : undefined)),
    changes: moreReplicas(service, capacity, load),
    impact: `Room for ${load.reason}`,
  };
  yield certain ? gap(service, details) : weak(service, { ...details, severity: 'medium', message: `${details.message}${load.assumed ? ' The peak is reckoned from the declared mean.' : ''}` });
}

