import type { Component } from '../../model/architecture.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { parametersOf } from '../../model/graph/memory.ts';
import { exactly, middle, type Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { meanRateOf } from '../serving/mean-load.ts';
import { acceleratorsOf, consumersOf, isGenerative, isVendor, type Service } from '../serving/services.ts';
import { latencyAt, type LoadedLatency } from './llm/latency.ts';
import { knownModel, modelOfShape, type LanguageModel } from './llm/language-model.ts';
import type { Deployment } from './llm/memory.ts';
import { maximumThroughput, type Lengths, type Throughput } from './llm/throughput.ts';
import { isRefusal, type Refusal } from './quantity.ts';
import type { Input } from './replica.ts';
import { PRECISIONS, type Precision } from './work/accelerator.ts';
import { catalogueAccelerator } from './work/catalogue-accelerator.ts';

/** A language model that the team serves on accelerators of its own, as one replica runs it. */
export interface LanguageReplica {
  readonly deployment: Deployment;
  readonly lengths: Lengths;
  readonly most: Throughput;
  readonly inputs: readonly Input[];
  readonly assumptions: readonly string[];
}

/** Format of served weights where none is declared: published weights have sixteen bits. */
const USUAL_PRECISION: Precision = 'bf16';

/** What a replica of a service that writes text takes; undefined where it runs no language model of its own, a refusal where too little is declared. */
export function languageReplica(context: Context, service: Service): LanguageReplica | Refusal | undefined {
  const { architecture } = context;
  if (service.variant === 'llm_api' || !isGenerative(architecture, service)) return undefined;
  const own = modelsOf(architecture, service).filter((model) => !isVendor(model));
  const devices = acceleratorsOf(architecture, service);
  const [model] = own;
  if (!model || own.length > 1 || !devices) return undefined;
  const accelerator = catalogueAccelerator(architecture, devices.type);
  if (!accelerator) return { refused: `the catalogue does not say what ${devices.type} can do` };
  const shape = shapeOf(model);
  if (isRefusal(shape)) return { refused: `\`parameters\` of ${model.name} are not declared` };
  const traffic = lengthsOf(context, service);
  if (!traffic) return { refused: `\`tokens\` of those who ask ${service.name} are not declared` };
  const declared = value(model, 'precision');
  const precision = PRECISIONS.find((name) => name === declared) ?? USUAL_PRECISION;
  const sequences = value(service, 'concurrency');
  const deployment: Deployment = { model: shape, precision, accelerator, count: devices.devices, ...(sequences && { maxSequences: middle(sequences) }) };
  const most = maximumThroughput(deployment, traffic.lengths);
  if (isRefusal(most)) return most;
  const parameters = parametersOf(model);
  return {
    deployment,
    lengths: traffic.lengths,
    most,
    inputs: [...(parameters ? [input(model, 'parameters', parameters)] : []), input(service, 'accelerators', exactly(devices.devices, '1')), ...traffic.inputs],
    assumptions: [...(declared ? [] : [`weights in ${USUAL_PRECISION}`]), ...most.calibration.outside],
  };
}

/** The shape of a language model: a published one by its name, else from its declared size. */
export function shapeOf(model: Component<'model'>): LanguageModel | Refusal {
  const known = knownModel(model.name);
  if (known) return known;
  const parameters = parametersOf(model);
  if (!parameters) return { refused: 'the number of parameters is not known' };
  const part = (name: 'layers' | 'kv_heads' | 'head_size'): number | undefined => {
    const stated = value(model, name);
    return stated && middle(stated);
  };
  const [layers, kvHeads, headSize] = [part('layers'), part('kv_heads'), part('head_size')];
  return modelOfShape({ parameters: middle(parameters), ...(layers !== undefined && { layers }), ...(kvHeads !== undefined && { kvHeads }), ...(headSize !== undefined && { headSize }) });
}

/** Mean tokens of a request and its answer over those who ask, by how often each does. */
export function lengthsOf(context: Context, service: Service): { lengths: Lengths; inputs: Input[] } | undefined {
  let [weights, read, written] = [0, 0, 0];
  const inputs: Input[] = [];
  for (const consumer of consumersOf(context.architecture, service.name)) {
    const tokens = value(consumer, 'tokens');
    if (!tokens?.input || !tokens.output) continue;
    const rate = meanRateOf(context, consumer);
    const weight = rate ? Math.max(middle(rate), Number.MIN_VALUE) : 1;
    weights += weight;
    read += weight * middle(tokens.input);
    written += weight * middle(tokens.output);
    inputs.push(input(consumer, 'tokens', tokens.input), input(consumer, 'tokens', tokens.output));
  }
  return weights > 0 ? { lengths: { input: read / weights, output: Math.max(1, written / weights) }, inputs } : undefined;
}

/** Times of an answer at a rate of one replica; undefined where it is too full for a latency to be told. */
export function languageLatency({ deployment, lengths }: LanguageReplica, rate: number): LoadedLatency | undefined {
  const found = latencyAt(deployment, lengths, Math.max(rate, 1e-9));
  return 'whole' in found ? found : undefined;
}

const input = (component: Component, property: string, quantity: Quantity): Input => ({ component: component.name, property, value: quantity });
