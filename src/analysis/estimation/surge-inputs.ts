import type { Architecture } from '../../model/architecture.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { peakOf } from '../../model/graph/capacity.ts';
import { demandFrom } from '../../model/graph/demand.ts';
import { inferenceMemory } from '../../model/graph/memory.ts';
import { middle, type Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { formatNumber } from '../format.ts';
import type { Context } from '../rule.ts';
import { meanLoadOf, meanRateOf } from '../serving/mean-load.ts';
import { consumersOf, isVendor, type Service } from '../serving/services.ts';
import { weakest, type Provenance } from './provenance.ts';
import { loadTime, reactionTime } from './queueing/autoscaling.ts';
import { USUAL_LOG_SD } from './quantity.ts';
import { sigmaOf, type Input } from './replica.ts';
import type { Traffic } from './traffic.ts';

/** Something that goes into a surge, with how well it is known. */
interface Source {
  /** Standard deviation of its logarithm. */
  readonly sigma: number;
  readonly provenance: Provenance;
  readonly inputs: readonly Input[];
  readonly assumptions: readonly string[];
}

/** A rise of the traffic that ends at today’s peak. */
export interface RiseSource extends Source {
  /** Requests per second before it. */
  readonly from: number;
  /** Whether the rate before it is a share of the peak, and so errs with it. */
  readonly declared: boolean;
  /** Seconds. */
  readonly within: number;
}

export interface ReactionSource extends Source {
  /** Seconds from a change of the traffic until new replicas answer. */
  readonly seconds: number;
}

/** Inputs that would have to be declared. */
export interface Lacking {
  readonly missing: readonly { readonly component: string; readonly property: string }[];
}

/** The logarithm of a peak over its mean, where that is taken for granted: 2 to 10 times, as web traffic has it. */
const PEAK_FACTOR_SIGMA = 0.5;

/**
 * How the traffic of a service can rise: as the `ramp` of its consumers says, the peak being the end of it, since it is the
 * highest rate there is; else from the mean to the peak at once. Undefined where no consumer is declared.
 */
export function riseSource(context: Context, name: string, traffic: Traffic): RiseSource | Lacking | undefined {
  const consumers = consumersOf(context.architecture, name);
  return declaredRise(context, name, traffic) ?? (consumers.length === 0 ? undefined : fromMean(context, name, traffic));
}

function declaredRise({ architecture, settings }: Context, name: string, traffic: Traffic): RiseSource | undefined {
  const consumers = consumersOf(architecture, name);
  const rises = consumers.flatMap((consumer) => {
    const ramp = value(consumer, 'ramp');
    return ramp?.factor && middle(ramp.factor) > 1 ? [{ consumer, factor: ramp.factor, within: ramp.within }] : [];
  });
  if (rises.length === 0) return undefined;
  const reaching = consumers.map((consumer) => {
    const peak = peakOf(architecture, consumer, settings.thresholds.peakFactor);
    const demand = peak && demandFrom(architecture, new Map([[consumer.name, peak.value]])).get(name);
    const rise = rises.find((candidate) => candidate.consumer === consumer);
    return { weight: demand ? middle(demand) : 0, calm: rise ? 1 / middle(rise.factor) : 1 };
  });
  const weights = reaching.reduce((sum, { weight }) => sum + weight, 0);
  const calm = weights > 0 ? reaching.reduce((sum, { weight, calm: share }) => sum + weight * share, 0) / weights : 1;
  const timed = rises.flatMap(({ within }) => (within ? [middle(within)] : []));
  const steady = consumers.filter((consumer, index) => (reaching[index]?.weight ?? 0) > 0 && !rises.some((rise) => rise.consumer === consumer));
  const sudden = rises.filter(({ within }) => !within).map(({ consumer }) => consumer.name);
  return {
    from: traffic.value * calm,
    declared: true,
    within: sudden.length > 0 || timed.length === 0 ? 0 : Math.min(...timed),
    sigma: 0,
    provenance: sudden.length > 0 ? 'assumed' : 'measured',
    inputs: rises.flatMap(({ consumer, factor, within }) => [{ component: consumer.name, property: 'ramp', value: factor }, ...(within ? [{ component: consumer.name, property: 'ramp', value: within }] : [])]),
    assumptions: [
      ...(steady.length > 0 ? [`${steady.map((consumer) => consumer.name).join(', ')} stay at their peaks`] : []),
      ...(sudden.length > 0 ? [`the traffic of ${sudden.join(', ')} rises at once`] : []),
    ],
  };
}

function fromMean(context: Context, name: string, traffic: Traffic): RiseSource | Lacking | undefined {
  const { architecture, settings } = context;
  const mean = meanLoadOf(context, name);
  if (!mean) {
    const silent = consumersOf(architecture, name).filter((consumer) => !meanRateOf(context, consumer));
    return silent.length > 0 ? { missing: silent.map((consumer) => ({ component: consumer.name, property: 'average' })) } : undefined;
  }
  // Where the peak is taken for granted and the mean declared, the error is one of the peak.
  const assumed = mean.assumed && traffic.provenance !== 'assumed';
  return {
    from: Math.min(middle(mean.value), traffic.value),
    declared: false,
    within: 0,
    sigma: assumed ? PEAK_FACTOR_SIGMA : 0,
    provenance: 'assumed',
    inputs: consumersOf(architecture, name).flatMap((consumer) => {
      const rate = meanRateOf(context, consumer);
      return rate ? [{ component: consumer.name, property: 'average', value: rate }] : [];
    }),
    assumptions: ['traffic rises from its mean to its peak at once', ...(assumed ? [`peak factor ${formatNumber(settings.thresholds.peakFactor)}`] : [])],
  };
}

/** The metric window and the sync period of the Horizontal Pod Autoscaler, 15 s each by default (Kubernetes documentation). */
const METRIC_DELAY = 30;

/** Bytes a second at which weights come from disk or network and to the accelerator, where nothing says how long that takes. */
const LOAD_RATE = 1e9;

/** How long after a change of the traffic new replicas answer: what `autoscale` says of the decision, and the start with the loading of the model. */
export function reactionSource({ architecture }: Context, service: Service): ReactionSource | Lacking {
  const start = startOf(architecture, service);
  if (!start) return { missing: [{ component: service.name, property: 'loads_in' }] };
  const within = value(service, 'autoscale')?.within;
  const decision = within ? middle(within) : METRIC_DELAY;
  const seconds = reactionTime({ metricDelay: decision, processStart: start.seconds });
  const decided = within ? sigmaOf(within) : USUAL_LOG_SD.assumed;
  return {
    seconds,
    sigma: seconds > 0 ? Math.hypot(decision * decided, start.seconds * start.sigma) / seconds : 0,
    provenance: weakest(start.provenance, within ? 'measured' : 'assumed'),
    inputs: [...(within ? [{ component: service.name, property: 'autoscale', value: within }] : []), ...start.inputs],
    assumptions: [...(within ? [] : [`replicas are asked for after ${METRIC_DELAY} s: a metric window of 15 s and a sync period of 15 s, as Kubernetes has them`]), ...start.assumptions],
  };
}

function startOf(architecture: Architecture, service: Service): ReactionSource | undefined {
  const own = value(service, 'loads_in');
  if (own) return declaredStart(service.name, own);
  const models = modelsOf(architecture, service).filter((model) => !isVendor(model));
  const slowest = models.reduce<{ name: string; time: Quantity } | undefined>((found, model) => {
    const time = value(model, 'loads_in');
    return time && (!found || time.high > found.time.high) ? { name: model.name, time } : found;
  }, undefined);
  if (slowest) return declaredStart(slowest.name, slowest.time);
  const needs = models.map((model) => ({ model, need: inferenceMemory(model) }));
  if (needs.length === 0 || needs.some(({ need }) => !need)) return undefined;
  const bytes = needs.reduce((sum, { need }) => sum + (need ? middle(need.value) : 0), 0);
  return {
    seconds: loadTime(bytes, LOAD_RATE),
    sigma: USUAL_LOG_SD.assumed,
    provenance: 'assumed',
    inputs: needs.flatMap(({ model, need }) => (need ? [{ component: model.name, property: need.parameters ? 'parameters' : 'size', value: need.parameters ?? need.value }] : [])),
    assumptions: ['weights load at 1 GB/s, and machines and processes start at once', ...new Set(needs.flatMap(({ need }) => (need?.parameters ? need.assumptions : [])))],
  };
}

const declaredStart = (component: string, time: Quantity): ReactionSource => ({ seconds: middle(time), sigma: sigmaOf(time), provenance: 'measured', inputs: [{ component, property: 'loads_in', value: time }], assumptions: [] });
