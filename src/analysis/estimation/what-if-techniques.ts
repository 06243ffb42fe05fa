import type { Architecture, Component } from '../../model/architecture.ts';
import { modelsOf, trainingsOf } from '../../model/graph/cones.ts';
import { callsOf } from '../../model/graph/calls.ts';
import { exactly, middle } from '../../model/quantity.ts';
import { presenceOf, value } from '../../model/statements.ts';
import { formatNumber } from '../format.ts';
import type { Context } from '../rule.ts';
import { meanRateOf } from '../serving/mean-load.ts';
import { platformOf } from '../serving/platform.ts';
import { acceleratorsOf, consumersOf, isVendor, type Service } from '../serving/services.ts';
import type { LanguageReplica } from './language-service.ts';
import type { Deployment } from './llm/memory.ts';
import { maximumThroughput } from './llm/throughput.ts';
import { keptShare } from './paths.ts';
import { weakest } from './provenance.ts';
import { isRefusal, type Refusal } from './quantity.ts';
import { timeAlone, type Replica } from './replica.ts';
import type { Station, Work } from './stations.ts';
import type { Edit } from './what-if-variant.ts';
import { peakRate, PRECISIONS, BYTES, type Accelerator, type Precision } from './work/accelerator.ts';
import { batchLaw, linearised, type BatchLaw } from './work/batch-law.ts';
import { catalogueAccelerator } from './work/catalogue-accelerator.ts';
import { compiled, distilled, quantised, type Improved, type ServedModel } from './work/techniques.ts';

/** What a service runs, as far as the techniques need to know it. */
export interface Served {
  readonly service: Service;
  readonly model: Component<'model'>;
  readonly accelerator: Accelerator;
  /** Catalogue entry of the accelerator, and how many of them a replica has. */
  readonly type: string;
  readonly devices: number;
  readonly precision: Precision;
  readonly precisionDeclared: boolean;
  /** Operations are started one by one from Python. */
  readonly eager: boolean;
}

/** Format of served weights where none is declared: published weights have sixteen bits. */
const USUAL_PRECISION: Precision = 'bf16';

/** Libraries whose models are no networks of layers: the figures of the techniques were measured on networks. */
const WITHOUT_LAYERS: ReadonlySet<string> = new Set(['xgboost', 'lightgbm', 'catboost', 'scikit_learn', 'spark_mllib', 'h2o']);

/** Servers that run the author’s own Python code. */
const PYTHON_SERVERS: ReadonlySet<string> = new Set(['torchserve', 'mlflow_serving', 'ray_serve', 'bentoml', 'mlserver']);

/** The one network that a service runs on accelerators of the catalogue; undefined where it runs none, several, or on processors. */
export function servedOf(architecture: Architecture, service: Service): Served | undefined {
  const [model, ...others] = modelsOf(architecture, service).filter((found) => !isVendor(found));
  const devices = acceleratorsOf(architecture, service);
  const accelerator = devices && catalogueAccelerator(architecture, devices.type);
  if (!model || others.length > 0 || !accelerator) return undefined;
  if (trainingsOf(architecture, model).some((training) => WITHOUT_LAYERS.has(value(training, 'technology') ?? ''))) return undefined;
  const stated = value(model, 'precision');
  const precision = PRECISIONS.find((name) => name === stated);
  if (stated !== undefined && !precision) return undefined;
  const platform = platformOf(architecture, service);
  const eager = platform !== undefined && (platform.facts.category === 'web_framework' || PYTHON_SERVERS.has(platform.name));
  return { service, model, accelerator, type: devices.type, devices: devices.devices, precision: precision ?? USUAL_PRECISION, precisionDeclared: precision !== undefined, eager };
}

/** Every edit of one service that can be tried, in the order in which several of them are made; of one technique there may be several. */
export function editsOf(context: Context, station: Station): Edit[] {
  const service = station.component as Service;
  const served = servedOf(context.architecture, service);
  return [...(served ? [...batching(station, served), ...compilation(station, served), ...distillation(station, served), ...quantization(station, served)] : []), ...caching(context, service)];
}

const BATCHES = ([16, 32] as const).flatMap((max) => (['replica', 'central'] as const).map((topology) => ({ max, topology })));

/** Batches of what waits when a replica is free, without waiting for more. */
function batching(station: Station, { service }: Served): Edit[] {
  const { replica } = station;
  if (replica?.timed !== true || replica.batching || (value(service, 'service_time')?.at?.batch?.high ?? 1) > 1) return [];
  return BATCHES.map(({ max, topology }) => ({
    technique: 'batching' as const,
    edits: [`batching dynamic max ${max}${topology === 'central' ? ' at central' : ''}`],
    work: onReplica((old) => {
      const curve = batchLaw([{ batch: 1, time: timeAlone(old) }]);
      if (isRefusal(curve)) return curve;
      return { ...old, ...linearised(curve, max), batching: { max, delay: 0, topology }, sigma: Math.hypot(old.sigma, curve.logSd(max)), provenance: 'assumed', assumptions: [...old.assumptions, USUAL_BATCHES] };
    }),
    provenance: 'assumed' as const,
    assumptions: [USUAL_BATCHES],
  }));
}

const USUAL_BATCHES = 'batches take as long as those of published models usually do';

function compilation({ replica }: Station, { eager }: Served): Edit[] {
  if (!eager || replica?.timed !== true) return [];
  return [{ technique: 'compilation', edits: ['compile the model for its accelerator (TensorRT, torch.compile)'], work: onReplica((old) => improved(old, OVERHEAD_BATCH, compiled, { compiled: false, precision: USUAL_PRECISION })), provenance: 'published', assumptions: ['the model runs operation by operation today'] }];
}

function distillation({ replica }: Station, { model }: Served): Edit[] {
  if (value(model, 'accuracy_slack') === false || (replica && !replica.timed)) return [];
  const half = { layers: 0.5 } as const;
  const onLanguage = onDeployment(({ model: shape, ...others }) => ({ ...others, model: { ...shape, layers: Math.max(1, Math.round(shape.layers / 2)), parameters: shape.parameters / 2, activeParameters: shape.activeParameters / 2 } }), 'published');
  return [
    {
      technique: 'distillation',
      edits: [`train a model of half the layers of ${model.name}`],
      work: either(onReplica((old) => improved(old, 1, (served) => distilled(served, half), { compiled: true, precision: USUAL_PRECISION })), onLanguage),
      accuracy: '5 to 10 % of accuracy is usual',
      provenance: 'published',
      assumptions: [],
    },
  ];
}

/** From wide to narrow; of one width the format that published gains are of comes first. */
const FORMATS: readonly Precision[] = ['fp16', 'bf16', 'int8', 'fp8', 'fp4', 'int4'];
const LANGUAGE_FORMATS: readonly Precision[] = ['fp16', 'bf16', 'fp8', 'int8', 'fp4', 'int4'];

function quantization(station: Station, served: Served): Edit[] {
  const { model, accelerator, precision, precisionDeclared, eager } = served;
  const next = (station.language ? LANGUAGE_FORMATS : FORMATS).find((format) => BYTES[format] < BYTES[precision] && peakRate(accelerator, format) !== undefined);
  if (next === undefined || value(model, 'accuracy_slack') === false || (station.replica && !station.replica.timed)) return [];
  return [
    {
      technique: 'quantization',
      edits: [`precision ${next} of ${model.name}`],
      // The memory of the machine is told of the weights as they then are.
      changes: [{ op: 'set', subject: model.name, property: 'precision', value: next }],
      work: either(onReplica((old) => improved(old, eager ? OVERHEAD_BATCH : 1, (as) => quantised(as, next), { compiled: !eager, precision })), onDeployment((deployment) => ({ ...deployment, precision: next }), 'published')),
      accuracy: BYTES[next] < 1 ? 'more than a percent of accuracy is usual at four bits' : BYTES[next] < 2 ? 'less than a percent of accuracy' : 'hardly any accuracy',
      provenance: 'published',
      assumptions: [...(precisionDeclared ? [] : [`weights in ${USUAL_PRECISION} today`]), ...(station.replica && BYTES[precision] !== 2 ? ['the gain is that from sixteen to eight bits'] : [])],
    },
  ];
}

/** Uses for which an answer of a moment ago is the wrong one. */
const NEVER_KEPT: ReadonlySet<string> = new Set(['fraud_detection', 'bot_detection']);

/** Seconds; who tolerates no answer older than this wants none that was kept. */
const SHORTEST_KEPT = 1;

/** Answers that are kept: nothing beyond the share of requests that were asked before can be answered by them. */
function caching(context: Context, service: Service): Edit[] {
  const { architecture } = context;
  const repeating = consumersOf(architecture, service.name);
  if (!['undeclared', 'absent'].includes(presenceOf(service, 'cache')) || keptShare(architecture, service) > 0 || cachedBefore(architecture, service)) return [];
  if (modelsOf(architecture, service).some((model) => NEVER_KEPT.has(value(model, 'use_case') ?? ''))) return [];
  if (repeating.some((consumer) => (value(consumer, 'tolerates')?.high ?? SHORTEST_KEPT) < SHORTEST_KEPT)) return [];
  let [asked, again] = [0, 0];
  for (const consumer of repeating) {
    const rate = meanRateOf(context, consumer);
    const weight = rate ? middle(rate) : repeating.length > 1 ? 0 : 1;
    asked += weight;
    again += weight * (value(consumer, 'repeats') ? middle(value(consumer, 'repeats') as { low: number; high: number; unit: string }) : 0);
  }
  const hits = asked > 0 ? again / asked : 0;
  if (!(hits > 0)) return [];
  const throughput = value(service, 'throughput') === undefined ? [] : [{ op: 'unset' as const, subject: service.name, property: 'throughput' }];
  return [
    {
      technique: 'caching',
      edits: [`cache hit_rate ${formatNumber(Number((hits * 100).toPrecision(2)))} %`],
      // A declared throughput is that of requests that are worked on: none was answered from a cache that is not there.
      changes: [{ op: 'set', subject: service.name, property: 'cache', value: { hit_rate: exactly(hits, '1') } }, ...throughput],
      provenance: 'assumed',
      assumptions: ['every request that was asked before is answered from the cache', 'the cost of the cache is left out'],
    },
  ];
}

/** Whether what stands before a service keeps answers already. */
function cachedBefore(architecture: Architecture, service: Service): boolean {
  const seen = new Set([service.name]);
  for (const name of seen) {
    const component = architecture.components.get(name);
    if (component?.kind === 'cache' || (component?.kind === 'service' && keptShare(architecture, component) > 0)) return true;
    for (const call of callsOf(architecture).to.get(name) ?? []) seen.add(call.caller);
  }
  return false;
}

/** Batch over which the share of fixed work is told where nothing but single requests is known, and they are started from Python. */
const OVERHEAD_BATCH = 32;

/** A replica after a technique that changes the law of its batches. */
function improved(replica: Replica, splitAt: number, technique: (model: ServedModel) => Improved | Refusal, { compiled: asCompiled, precision }: { readonly compiled: boolean; readonly precision: Precision }): Replica | Refusal {
  const law = lawOf(replica, splitAt);
  if (isRefusal(law)) return law;
  const maxBatch = replica.batching?.max ?? (replica.fixed > 0 ? OVERHEAD_BATCH : splitAt);
  const result = technique({ law, weightBytes: 0, precision, compiled: asCompiled, maxBatch });
  if (isRefusal(result)) return result;
  const after = result.model.law;
  // The gain of a technique depends on the batch: single requests and the largest batches have theirs, what lies between follows.
  const line = replica.batching ? linearised(after, replica.batching.max) : splitSingle(after, maxBatch);
  return { ...replica, ...line, sigma: Math.hypot(replica.sigma, after.logSd(replica.batching?.max ?? 1)), provenance: weakest(replica.provenance, 'published') };
}

/** Single requests take what the law after the technique says; its fixed part stays known for what is changed next. */
function splitSingle(after: BatchLaw, maxBatch: number): Pick<Replica, 'fixed' | 'perItem'> {
  const time = after.time(1);
  const fixed = maxBatch > 1 ? linearised(after, maxBatch).fixed : 0;
  return { fixed, perItem: time - fixed };
}

function lawOf({ fixed, perItem, batching: groups }: Replica, splitAt: number): BatchLaw | Refusal {
  if (groups || fixed > 0) return { time: (batch) => fixed + perItem * batch, logSd: () => 0, points: [] };
  if (splitAt <= 1) return { time: (batch) => perItem * batch, logSd: () => 0, points: [] };
  const usual = batchLaw([{ batch: 1, time: perItem }]);
  if (isRefusal(usual)) return usual;
  const line = linearised(usual, splitAt);
  return { time: (batch) => line.fixed + line.perItem * batch, logSd: () => 0, points: [] };
}

export const onReplica =
  (change: (replica: Replica) => Replica | Refusal) =>
  ({ replica }: Work): Work | Refusal => {
    const changed = replica ? change(replica) : { refused: 'no times of a replica are known' };
    return isRefusal(changed) ? changed : { replica: changed };
  };

/** A language model in another deployment: what it takes at most is reckoned again. */
export const onDeployment =
  (change: (deployment: Deployment) => Deployment, provenance: Replica['provenance']) =>
  ({ language }: Work): Work | Refusal => {
    if (!language) return { refused: 'no language model is known' };
    const deployment = change(language.deployment);
    const most = maximumThroughput(deployment, language.lengths);
    if (isRefusal(most)) return most;
    const after: LanguageReplica = { ...language, deployment, most: { ...most, requests: { ...most.requests, provenance: weakest(most.requests.provenance, provenance) } }, assumptions: language.assumptions };
    return { language: after };
  };

export const either =
  (replica: (work: Work) => Work | Refusal, language: (work: Work) => Work | Refusal) =>
  (work: Work): Work | Refusal =>
    work.replica ? replica(work) : language(work);
