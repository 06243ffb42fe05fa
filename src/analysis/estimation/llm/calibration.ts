import { formatNumber } from '../../format.ts';
import { inQuadrature } from '../quantity.ts';
import type { Provenance } from '../provenance.ts';
import { peakRate, type Precision } from '../work/accelerator.ts';
import type { Deployment } from './memory.ts';

/** What a server reaches of the rates of its accelerators, and what each step costs besides. */
export interface Constants {
  /** Share of the peak operations per second while prompts are read. */
  readonly prefill: number;
  /** The same while tokens are written, where each token brings little work. */
  readonly decode: number;
  /** Share of the bandwidth of the memory. */
  readonly memory: number;
}

/** How far the constants carry for one deployment. */
export interface Calibration extends Constants {
  /** Format that is computed in; that of the weights, or sixteen bits where the accelerator has no units for them. */
  readonly computesIn: Precision;
  readonly provenance: Provenance;
  /** Standard deviation of the logarithm of what was measured against what follows from the constants. */
  readonly logSd: number;
  /** Why it is not a calibrated figure; nothing where it is. */
  readonly outside: readonly string[];
}

/**
 * Constants by generation and format, fitted to 551 maximum throughputs of dense models (Llama 3 8B, 70B and 405B, Mistral 7B)
 * from the performance overviews of TensorRT-LLM 0.14, 0.20, 1.0 and 1.2 (2024 to 2026): H100, H200, A100 SXM and PCIe, L40S,
 * B200, GB200 and RTX Pro 6000, 1 to 8 of them, prompts of 128 to 32,768 tokens and outputs of 128 to 8,192. Median error
 * 6 %; with a model left out 8 to 12 %, with an accelerator left out 6 to 13 %, with a release left out 7 to 18 %.
 */
const CALIBRATED: Readonly<Record<string, Constants & { readonly logSd: number }>> = {
  'Hopper fp8': { prefill: 0.69, decode: 0.59, memory: 0.95, logSd: 0.09 },
  'Hopper fp16': { prefill: 0.74, decode: 0.49, memory: 0.95, logSd: 0.13 },
  'Ampere fp16': { prefill: 0.81, decode: 0.5, memory: 0.95, logSd: 0.13 },
  'Ada Lovelace fp8': { prefill: 0.57, decode: 0.54, memory: 0.76, logSd: 0.1 },
  'Blackwell fp4': { prefill: 0.475, decode: 0.305, memory: 0.95, logSd: 0.09 },
  'Blackwell card fp4': { prefill: 0.68, decode: 0.5, memory: 0.95, logSd: 0.1 },
};

/** Where neither the generation nor the format was measured: the middle of those that were. */
const UNCALIBRATED: Constants = { prefill: 0.6, decode: 0.5, memory: 0.8 };

const LOG_SD = {
  /** Same generation, another format: the shares of calibrated formats of one generation lie within 20 % of each other. */
  otherFormat: 0.25,
  otherGeneration: 0.45,
  /** Several accelerators exchange results within every layer. */
  parallel: 0.08,
  /** With few sequences the number that fits is all that counts, and it hangs on the last gigabyte. */
  fewSequences: 0.25,
  /** Experts: how evenly tokens spread over them decides. */
  experts: 0.06,
  manyExperts: 0.45,
  /** Each factor of e beyond the range of sizes or lengths. */
  beyond: 0.15,
} as const;

const FEW_SEQUENCES = 24;
const FEW_EXPERTS = 8;

/** What the fits saw. */
const DOMAIN = { parameters: [6e9, 410e9], input: [100, 33_000], output: [100, 8_200] } as const;

/** Experts fill matrix units less well: their batches are a part of the whole one. */
const EXPERT_EFFICIENCY = 0.82;

/** The constants for a deployment, and how far they are to be trusted for sequences of these lengths, so many at once. */
export function calibrationOf(deployment: Deployment, input: number, output: number, sequences: number): Calibration {
  const { accelerator, precision, model, count } = deployment;
  const computesIn = computeFormat(deployment);
  const generation = accelerator.generation === 'Blackwell' && accelerator.bandwidth < 4e12 ? 'Blackwell card' : accelerator.generation;
  const found = CALIBRATED[`${generation} ${canonicalFormat(computesIn)}`];
  const relatives = Object.entries(CALIBRATED).filter(([name]) => name.startsWith(`${generation} `));
  const relative = relatives[0]?.[1];
  const base = (computesIn === precision || canonicalFormat(computesIn) === canonicalFormat(precision) ? found : undefined) ?? { ...(found ?? relative ?? UNCALIBRATED), logSd: found ?? relative ? LOG_SD.otherFormat : LOG_SD.otherGeneration };
  const calibrated = base === found;
  const beyond = [
    outsideOf('parameters', model.parameters, DOMAIN.parameters),
    outsideOf('tokens of input', input, DOMAIN.input),
    outsideOf('tokens of output', output, DOMAIN.output),
  ];
  const outside = [
    ...(calibrated ? [] : [found ?? relative ? `${precision} on ${accelerator.generation} is not calibrated; figures of another format of that generation stand in` : `${accelerator.generation || 'this generation'} is not calibrated`]),
    ...beyond.flatMap(({ reason }) => reason ?? []),
  ];
  const experts = model.experts === undefined ? 0 : model.experts > FEW_EXPERTS ? LOG_SD.manyExperts : LOG_SD.experts;
  const efficiency = model.experts === undefined ? 1 : EXPERT_EFFICIENCY;
  return {
    prefill: base.prefill * efficiency,
    decode: base.decode * efficiency,
    memory: base.memory,
    computesIn,
    provenance: calibrated ? 'published' : (found ?? relative) ? 'transferred' : 'roofline',
    logSd: inQuadrature(base.logSd, count > 1 ? LOG_SD.parallel : 0, sequences < FEW_SEQUENCES ? LOG_SD.fewSequences : 0, experts, ...beyond.map(({ distance }) => LOG_SD.beyond * distance)),
    outside,
  };
}

/** Weights in four bits of INT4, or in a format without units on the device, are widened before they are multiplied. */
export function computeFormat({ accelerator, precision }: Pick<Deployment, 'accelerator' | 'precision'>): Precision {
  if (precision !== 'int4' && peakRate(accelerator, precision) !== undefined) return precision;
  return accelerator.peak.bf16 !== undefined && accelerator.peak.fp16 === undefined ? 'bf16' : 'fp16';
}

const canonicalFormat = (precision: Precision): Precision => (precision === 'bf16' ? 'fp16' : precision === 'int8' ? 'fp8' : precision);

function outsideOf(what: string, value: number, [low, high]: readonly [number, number]): { readonly distance: number; readonly reason?: string } {
  const distance = Math.max(0, Math.log(low / value), Math.log(value / high));
  return distance > 0 ? { distance, reason: `${formatNumber(value)} ${what} are outside of what was calibrated (${formatNumber(low)} to ${formatNumber(high)})` } : { distance };
}
