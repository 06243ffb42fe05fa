import type { Architecture, Component } from '../../model/architecture.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import type { Reckoned } from '../../model/graph/capacity.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { middle } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { capacityAt, testedRate } from '../serving/load.ts';
import { isInProduction, isJob, type Service } from '../serving/services.ts';
import { languageReplica, type LanguageReplica } from './language-service.ts';
import { keptShare } from './paths.ts';
import { isRefusal, logSdOf } from './quantity.ts';
import { capacityOfReplica, replicaOf, sigmaOf, type Input, type Replica } from './replica.ts';
import type { Provenance } from './provenance.ts';
import { trafficOf, type Traffic } from './traffic.ts';
import { arrivalVariation } from './variation.ts';

/** Something that requests pass and that can be full: what it gets, what it takes. */
export interface Station {
  readonly component: Component;
  /** At today’s peak; undefined where no rate that reaches it is declared. */
  readonly traffic?: Traffic;
  /** What it takes at most, with all replicas that it may have. */
  readonly capacity?: Capacity;
  readonly replicas?: Replicas;
  readonly replica?: Replica;
  /** A language model of its own, where nothing that was measured says what a replica takes. */
  readonly language?: LanguageReplica;
  /** Why nothing can be said of a language model of its own. */
  readonly refusal?: string;
  /** Share of the requests that it answers from what it keeps, without working on them. */
  readonly kept: number;
  /** Squared coefficient of variation of the times between arrivals; Poisson, if left out. */
  readonly arrivalScv?: number;
}

export interface Capacity {
  /** Requests per second. */
  readonly value: number;
  readonly sigma: number;
  readonly provenance: Provenance;
  readonly formula: string;
  readonly inputs: readonly Input[];
  readonly assumptions: readonly string[];
  /** More is possible: what is known is only that it takes so much. */
  readonly atLeast?: boolean;
  /** A rate that it was measured to take: its band begins no lower. */
  readonly atLeastRate?: number;
}

export interface Replicas {
  readonly least: number;
  readonly most: number;
  /** Busy share that scaling aims at; undefined where replicas are not added. */
  readonly target?: number;
  /** Replicas are added without a declared bound. */
  readonly unbounded: boolean;
  /** Nobody says how many there are. */
  readonly assumed: boolean;
}

/** What each replica of a service does, in one of the ways in which that can be known. */
export interface Work {
  readonly replica?: Replica;
  readonly language?: LanguageReplica;
  readonly refusal?: string;
}

/** Busy share that scaling aims at where nobody says so: what most autoscalers are set to, 60 to 80 %. */
export const USUAL_TARGET = 0.7;

const KINDS: ReadonlySet<string> = new Set(['gateway', 'cache', 'store', 'knowledge', 'source', 'ingestion']);

const cache = new WeakMap<Architecture, Map<number, readonly Station[]>>();

/** Everything that requests or events pass, services first, in the order of declaration. */
export function stationsOf(context: Context): readonly Station[] {
  const byFactor = cache.get(context.architecture) ?? new Map<number, readonly Station[]>();
  cache.set(context.architecture, byFactor);
  const { peakFactor } = context.settings.thresholds;
  let stations = byFactor.get(peakFactor);
  if (!stations) byFactor.set(peakFactor, (stations = computeStations(context)));
  return stations;
}

/** The same where replicas of some services, by name, work otherwise than declared. */
export const stationsWith = (context: Context, changed: ReadonlyMap<string, Work>): readonly Station[] => computeStations(context, changed);

function computeStations(context: Context, changed?: ReadonlyMap<string, Work>): Station[] {
  const { architecture } = context;
  const services = componentsOf(architecture, 'service').filter((service) => isInProduction(architecture, service) && service.variant !== 'edge' && !isJob(service));
  const others = [...architecture.components.values()].filter((component) => KINDS.has(component.kind));
  const stations = [
    ...services.map((service) => serviceStation(context, service, changed?.get(service.name) ?? workOf(context, service))),
    ...others.flatMap((component) => {
      const station = otherStation(context, component);
      return station.traffic && (station.capacity ?? edgesOf(architecture).in.has(component.name)) ? [station] : [];
    }),
  ];
  const variation = arrivalVariation(context, stations);
  return stations.map((station) => (station.replica?.timed === true ? { ...station, arrivalScv: finiteOr1(variation.get(station.component.name)) } : station));
}

const finiteOr1 = (scv: number | undefined): number => (scv !== undefined && Number.isFinite(scv) ? scv : 1);

function otherStation(context: Context, component: Component): Station {
  const traffic = trafficOf(context, component.name);
  const reckoned = capacityAt(context.architecture, component.name);
  return { component, kept: 0, ...(traffic && { traffic }), ...(reckoned && { capacity: fromReckoned(reckoned) }) };
}

function workOf(context: Context, service: Service): Work {
  const replica = service.variant === 'llm_api' ? undefined : replicaOf(service);
  if (replica) return { replica };
  const written = languageReplica(context, service);
  if (!written) return {};
  return isRefusal(written) ? { refusal: written.refused } : { language: written };
}

function serviceStation(context: Context, service: Service, { replica, language, refusal }: Work): Station {
  const { architecture } = context;
  const traffic = trafficOf(context, service.name);
  const replicas = service.variant === 'llm_api' ? undefined : replicasOf(service);
  // A declared throughput says what it takes as a whole.
  const kept = value(service, 'throughput') ? 0 : Math.min(MOST_KEPT, keptShare(architecture, service));
  const quota = fromReckonedOf(architecture, service);
  const computed = replicas && !replicas.unbounded ? (replica ? replicaCapacity(service, replica, replicas, kept) : language && languageCapacity(service, language, replicas, kept)) : undefined;
  const limits = [computed, quota].filter((limit) => limit !== undefined);
  const tightest = limits.reduce<Capacity | undefined>((a, b) => (a && a.value <= b.value ? a : b), undefined);
  const capacity = withTest(service, tightest, replicas);
  return {
    component: service,
    kept,
    ...(traffic && { traffic }),
    ...(capacity && { capacity }),
    ...(replicas && { replicas }),
    ...(replica && { replica }),
    ...(language && { language }),
    ...(refusal !== undefined && { refusal }),
  };
}

/** Quotas of a provider, which `capacityAt` knows; what replicas do is reckoned here. */
function fromReckonedOf(architecture: Architecture, service: Service): Capacity | undefined {
  if (!value(service, 'quota') && !value(service, 'token_quota')) return undefined;
  const reckoned = capacityAt(architecture, service.name);
  return reckoned?.inputs.some(({ property }) => property === 'quota' || property === 'token_quota') ? fromReckoned(reckoned) : undefined;
}

const fromReckoned = ({ value: rate, formula, inputs, assumptions }: Reckoned): Capacity => ({
  value: middle(rate),
  sigma: rate.high > rate.low ? sigmaOf(rate) : 0,
  provenance: assumptions.length > 0 ? 'assumed' : 'measured',
  formula,
  inputs,
  assumptions,
});

function replicaCapacity(service: Service, replica: Replica, replicas: Replicas, kept: number): Capacity {
  const each = capacityOfReplica(replica) / (1 - kept);
  const worked = replica.batching ? 'replicas × streams × batch / time of a full batch' : replica.timed ? 'replicas × requests at work / service_time' : 'replicas × throughput';
  const formula = kept > 0 ? `${worked} / (1 − hit rate)` : worked;
  return {
    value: each * replicas.most,
    sigma: replica.sigma,
    provenance: replicas.assumed ? 'assumed' : replica.provenance,
    formula,
    inputs: [{ component: service.name, property: value(service, 'autoscale')?.max ? 'autoscale' : 'replicas', value: { low: replicas.most, high: replicas.most, unit: '1' } }, ...replica.inputs, ...(kept > 0 ? [{ component: service.name, property: 'cache', value: { low: kept, high: kept, unit: '1' } }] : [])],
    assumptions: [...(replicas.assumed ? ['one replica'] : []), ...replica.assumptions],
    ...((replicas.assumed || replica.least) && { atLeast: true as const }),
  };
}

function languageCapacity(service: Service, { most, inputs, assumptions }: LanguageReplica, replicas: Replicas, kept: number): Capacity {
  return {
    value: (most.requests.value * replicas.most) / (1 - kept),
    sigma: logSdOf(most.requests),
    provenance: replicas.assumed ? 'assumed' : most.requests.provenance,
    formula: 'replicas × sequences at work / (time of the prompts + steps of the answer)',
    inputs: [{ component: service.name, property: 'replicas', value: { low: replicas.most, high: replicas.most, unit: '1' } }, ...inputs],
    assumptions: [...(replicas.assumed ? ['one replica'] : []), ...assumptions],
    ...(replicas.assumed && { atLeast: true as const }),
  };
}

/** A load test that took more than what is reckoned shows that the reckoning is too low. */
function withTest(service: Service, capacity: Capacity | undefined, replicas: Replicas | undefined): Capacity | undefined {
  const tested = testedRate(service);
  if (!tested) return capacity;
  if (capacity && middle(tested) <= capacity.value) return { ...capacity, atLeastRate: middle(tested) };
  if (!capacity && replicas?.unbounded === true) return undefined;
  return { value: middle(tested), sigma: 0, provenance: 'measured', formula: 'rate of the load test', inputs: [{ component: service.name, property: 'load_test', value: tested }], assumptions: [], atLeast: true };
}

function replicasOf(service: Service): Replicas {
  const declared = value(service, 'replicas');
  const autoscale = value(service, 'autoscale');
  const most = Math.max(declared ? declared.high : 1, autoscale?.max?.high ?? 0);
  const busy = autoscale && (autoscale.on === undefined || UTILISATION.has(autoscale.on)) && autoscale.at ? middle(autoscale.at) : undefined;
  return {
    least: Math.max(1, Math.min(declared?.low ?? 1, most)),
    most: Math.max(1, most),
    ...(autoscale && { target: busy ?? USUAL_TARGET }),
    unbounded: autoscale !== undefined && autoscale.max === undefined && declared === undefined,
    assumed: declared === undefined && autoscale?.max === undefined,
  };
}

/** A cache that answered everything would leave nothing to limit; so much is computed at least. */
const MOST_KEPT = 0.999;

const UTILISATION: ReadonlySet<string> = new Set(['utilisation', 'cpu', 'gpu', 'memory']);

/** Requests per second that one replica takes; undefined where nothing says so. */
export const eachOf = ({ replica, language }: Station): number | undefined => (replica ? capacityOfReplica(replica) : language?.most.requests.value);

/** Replicas that run at a traffic: as many as scaling would start, or all where nothing scales. */
export function running({ least, most, target, unbounded }: Replicas, rate: number, each: number): number {
  if (target === undefined) return most;
  const needed = Math.ceil(rate / (each * target) - 1e-9);
  return Math.max(least, unbounded ? needed : Math.min(most, needed));
}

/** Whether a service runs a model of its own; what only passes on is not expected to say how long it takes. */
export const runsModel = (architecture: Architecture, service: Service): boolean => modelsOf(architecture, service).length > 0;
