import { latencyAt, latencyOf, type LoadedLatency, type Saturation } from '../../analysis/estimation/llm/latency.ts';
import { knownModel, knownModelNames, modelOfShape, type LanguageModel } from '../../analysis/estimation/llm/language-model.ts';
import type { Deployment } from '../../analysis/estimation/llm/memory.ts';
import { maximumThroughput, type Throughput } from '../../analysis/estimation/llm/throughput.ts';
import { isRefusal, type Banded, type Refusal } from '../../analysis/estimation/quantity.ts';
import { PRECISIONS, type Precision } from '../../analysis/estimation/work/accelerator.ts';
import { catalogueAccelerator } from '../../analysis/estimation/work/catalogue-accelerator.ts';
import { formatNumber, formatQuantity, formatShare } from '../../analysis/format.ts';
import { bundledLibrary } from '../../language/bundled-library.ts';
import { oneOf, textOption, type Command, type Invocation } from '../command.ts';
import { Failure } from '../failure.ts';
import { paint } from '../paint.ts';
import { numberOption } from './arguments.ts';

export const llm: Command = {
  name: 'calc llm',
  summary: 'Calculate what a language model takes on given accelerators: memory, requests at once, tokens a second, latency.',
  usage: 'calc llm (--model NAME | --params N) --precision FORMAT --accelerator NAME --input N --output N [options]',
  example: 'mlarch calc llm --model llama-3.1-8b --precision fp8 --accelerator h100 --input 1000 --output 1000 --rate 5/s',
  options: {
    model: { type: 'string', value: 'NAME', doc: 'A published model, such as llama-3.1-8b or mixtral-8x7b.' },
    params: { type: 'string', value: 'N', doc: 'Parameters of another one, such as 8B; its shape is then that of the known model nearest in size.' },
    active: { type: 'string', value: 'N', doc: 'Parameters that a token passes through, where experts share the work.' },
    layers: { type: 'string', value: 'N', doc: 'Layers.' },
    'kv-heads': { type: 'string', value: 'N', doc: 'Heads whose keys and values are kept.' },
    'head-size': { type: 'string', value: 'N', doc: 'Values of one key.' },
    precision: { type: 'string', value: 'FORMAT', doc: `Format of the weights: ${PRECISIONS.join(', ')} (default: fp16).` },
    'kv-precision': { type: 'string', value: 'FORMAT', doc: 'Format of kept keys and values (default: fp8 with weights in fp8 and fp4, else fp16).' },
    accelerator: { type: 'string', value: 'NAME', doc: 'Accelerator of the catalogue, such as h100, l40s or a100_80gb.' },
    count: { type: 'string', value: 'N', doc: 'Accelerators that the layers are split over (default: 1).' },
    input: { type: 'string', value: 'N', doc: 'Tokens of a prompt.' },
    output: { type: 'string', value: 'N', doc: 'Tokens of an answer.' },
    rate: { type: 'string', value: 'RATE', doc: 'Requests that arrive, such as 5/s: latency at that rate.' },
    concurrency: { type: 'string', value: 'N', doc: 'Requests kept in work, instead of a rate: latency with so many.' },
    'max-sequences': { type: 'string', value: 'N', doc: 'Most requests that the server works on at once (default: 2048).' },
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json' },
  },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json'] as const, 'pretty');
    if (invocation.positionals.length > 0) throw new Failure(`calc llm takes options only; found ${invocation.positionals.join(' ')}.`);
    const deployment = deploymentOf(invocation);
    const lengths = { input: tokensOf(invocation, 'input'), output: tokensOf(invocation, 'output') };
    const most = given(maximumThroughput(deployment, lengths));
    const [rate, concurrency] = [numberOption(invocation, 'rate', 'rate'), numberOption(invocation, 'concurrency', 'count', { min: 1 })];
    if (rate !== undefined && concurrency !== undefined) throw new Failure('--rate says how many requests arrive and --concurrency how many are in work; give one of them.');
    const loaded = rate !== undefined ? given(latencyAt(deployment, lengths, rate)) : concurrency !== undefined ? given(latencyOf(deployment, lengths, concurrency)) : undefined;
    process.stdout.write(format === 'json' ? `${JSON.stringify(jsonOf(most, loaded), (_, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(6)) : value), 2)}\n` : textOf(most, loaded, paint(invocation.colour)));
    return 0;
  },
};

function deploymentOf(invocation: Invocation): Deployment {
  const name = textOption(invocation, 'accelerator');
  if (name === undefined) throw new Failure('--accelerator is needed, such as --accelerator h100.');
  const accelerator = catalogueAccelerator({ catalogue: bundledLibrary() }, name);
  if (!accelerator) throw new Failure(`${name} is no accelerator of the catalogue, which has ${[...bundledLibrary().accelerator.keys()].join(', ')}.`);
  const kvPrecision = textOption(invocation, 'kv-precision');
  const maxSequences = numberOption(invocation, 'max-sequences', 'count', { min: 1, integer: true });
  return {
    model: modelOf(invocation),
    precision: oneOf<Precision>('precision', textOption(invocation, 'precision'), PRECISIONS, 'fp16'),
    ...(kvPrecision !== undefined && { kvPrecision: oneOf<Precision>('kv-precision', kvPrecision, PRECISIONS, 'fp16') }),
    accelerator,
    count: numberOption(invocation, 'count', 'count', { min: 1, integer: true }) ?? 1,
    ...(maxSequences !== undefined && { maxSequences }),
  };
}

function modelOf(invocation: Invocation): LanguageModel {
  const name = textOption(invocation, 'model');
  const parameters = parametersOf(invocation, 'params');
  if (name !== undefined && parameters !== undefined) throw new Failure('--model names a published model and --params describes another one; give one of them.');
  if (name !== undefined) {
    const known = knownModel(name);
    if (!known) throw new Failure(`${name} is not known. Give --params, or one of ${knownModelNames.join(', ')}.`);
    return known;
  }
  if (parameters === undefined) throw new Failure('--model or --params is needed, such as --model llama-3.1-8b or --params 8B.');
  const [activeParameters, layers, kvHeads, headSize] = [parametersOf(invocation, 'active'), ...(['layers', 'kv-heads', 'head-size'] as const).map((option) => numberOption(invocation, option, 'count', { min: 1, integer: true }))];
  return given(modelOfShape({ parameters, ...(activeParameters !== undefined && { activeParameters }), ...(layers !== undefined && { layers }), ...(kvHeads !== undefined && { kvHeads }), ...(headSize !== undefined && { headSize }) }));
}

const SCALES: Readonly<Record<string, number>> = { '': 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** `8B`, `7.6B params` or `350M`: here a B is a thousand million, and not a byte. */
function parametersOf(invocation: Invocation, name: string): number | undefined {
  const text = textOption(invocation, name);
  if (text === undefined) return undefined;
  const [, digits, scale = ''] = /^([\d._]+(?:e\d+)?)\s*([KMBT]?)\s*(?:params|parameters)?$/i.exec(text.trim()) ?? [];
  const value = Number(digits?.replaceAll('_', '')) * (SCALES[scale.toUpperCase()] ?? 1);
  if (digits === undefined || !(value > 0)) throw new Failure(`--${name} takes a number of parameters, such as 8B; found ${text}.`);
  return value;
}

function tokensOf(invocation: Invocation, name: 'input' | 'output'): number {
  const text = textOption(invocation, name);
  if (text === undefined) throw new Failure(`--${name} is needed, such as --${name} 1000.`);
  const least = name === 'output' ? 1 : 0;
  return numberOption({ ...invocation, options: { ...invocation.options, [name]: text.replace(/\s*tok(ens)?$/, '') } }, name, 'count', { min: least, integer: true }) ?? least;
}

function given<T extends object>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Failure(`${result.refused.charAt(0).toUpperCase()}${result.refused.slice(1)}.`);
  return result;
}

function jsonOf({ memory, tokens, requests, sequences, prefillTime, stepTime, calibration }: Throughput, loaded: LoadedLatency | Saturation | undefined): object {
  return {
    memory: { weights: memory.weights, cache: memory.cache, usable: memory.usable, kvBytesPerToken: memory.kvBytesPerToken, tokens: Math.floor(memory.tokens) },
    throughput: { tokensPerSecond: tokens, requestsPerSecond: requests, sequences: Math.floor(sequences), prefill: prefillTime, step: stepTime },
    calibration: { provenance: calibration.provenance, computesIn: calibration.computesIn, outside: calibration.outside },
    ...(loaded && { load: 'saturatesAt' in loaded ? loaded : { utilisation: loaded.utilisation, sequences: loaded.sequences, timeToFirstToken: loaded.firstToken, timePerOutputToken: loaded.perToken, request: loaded.whole } }),
  };
}

function textOf({ memory, tokens, requests, sequences, calibration }: Throughput, loaded: LoadedLatency | Saturation | undefined, { bold, dim, yellow }: ReturnType<typeof paint>): string {
  const lines = [
    `${bold('memory')}      ${size(memory.weights)} of weights, ${size(memory.cache)} for keys and values: ${formatNumber(Math.floor(memory.tokens))} tokens of ${formatNumber(memory.kvBytesPerToken)} B`,
    `${bold('at once')}     ${formatNumber(Math.floor(sequences))} requests`,
    `${bold('at most')}     ${band(tokens)} of output, ${band(requests)} ${dim(`(${PROVENANCE[tokens.provenance]})`)}`,
  ];
  if (loaded && 'saturatesAt' in loaded) lines.push(yellow(`saturated   ${share(loaded.utilisation)} of ${band(loaded.saturatesAt)}: too near to the maximum for a latency`));
  else if (loaded) {
    lines.push(`${bold('load')}        ${share(loaded.utilisation)} of the maximum, ${formatNumber(Number(loaded.sequences.toPrecision(3)))} requests in work`);
    lines.push(`${bold('latency')}     ${band(loaded.firstToken)} to the first token, ${band(loaded.perToken)} for each further one, ${band(loaded.whole)} in all`);
  }
  for (const reason of calibration.outside) lines.push(yellow(`! ${reason}`));
  return `${lines.join('\n')}\n`;
}

const PROVENANCE: Readonly<Record<Banded['provenance'], string>> = { measured: 'as measured', published: 'calibrated on published measurements', transferred: 'carried over from another format', roofline: 'from the roofline alone', assumed: 'assumed' };

const size = (bytes: number): string => formatQuantity({ low: bytes, high: bytes, unit: 'B' });

const round = (value: number): number => Number(value.toPrecision(3));

const share = (value: number): string => formatShare({ low: round(value), high: round(value), unit: '1' });

/** The middle, and the ends of the band. */
function band({ value, low, high, unit }: Banded): string {
  const text = (from: number, to: number): string => formatQuantity({ low: round(from), high: round(to), unit });
  return `${text(value, value)} (${text(low, high)})`;
}
