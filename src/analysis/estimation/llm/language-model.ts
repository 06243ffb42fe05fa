import type { Refusal } from '../quantity.ts';

/** The shape of a decoder of the transformer family: what its memory and its work follow from. */
export interface LanguageModel {
  /** All weights. */
  readonly parameters: number;
  /** Weights that one token passes through; fewer than all where experts share the work. */
  readonly activeParameters: number;
  readonly layers: number;
  /** Heads whose keys and values are kept (grouped-query attention: Ainslie et al., 2023). */
  readonly kvHeads: number;
  /** Values of a key, and of a value, of one head. */
  readonly headSize: number;
  /** Query heads. */
  readonly heads: number;
  /** Width of the stream between the layers. */
  readonly hiddenSize: number;
  /** Experts of a layer, and how many of them a token is sent to. */
  readonly experts?: number;
  readonly expertsPerToken?: number;
  /** Values kept for a token in one layer instead of keys and values by head (latent attention: DeepSeek-V2, 2024). */
  readonly latentSize?: number;
}

type Row = readonly [name: string, parameters: number, active: number, layers: number, kvHeads: number, headSize: number, heads: number, hiddenSize: number, experts?: number, perToken?: number, latent?: number];

/** From the configurations that the models are published with; parameters in thousands of millions. */
const KNOWN: readonly Row[] = [
  ['llama-2-7b', 6.74, 6.74, 32, 32, 128, 32, 4096],
  ['llama-2-13b', 13.02, 13.02, 40, 40, 128, 40, 5120],
  ['llama-2-70b', 68.98, 68.98, 80, 8, 128, 64, 8192],
  ['llama-3-8b', 8.03, 8.03, 32, 8, 128, 32, 4096],
  ['llama-3-70b', 70.55, 70.55, 80, 8, 128, 64, 8192],
  ['llama-3.1-8b', 8.03, 8.03, 32, 8, 128, 32, 4096],
  ['llama-3.1-70b', 70.55, 70.55, 80, 8, 128, 64, 8192],
  ['llama-3.1-405b', 405.85, 405.85, 126, 8, 128, 128, 16384],
  ['llama-3.2-1b', 1.24, 1.24, 16, 8, 64, 32, 2048],
  ['llama-3.2-3b', 3.21, 3.21, 28, 8, 128, 24, 3072],
  ['llama-3.3-70b', 70.55, 70.55, 80, 8, 128, 64, 8192],
  ['llama-4-scout', 108.6, 17.2, 48, 8, 128, 40, 5120, 16, 1],
  ['llama-4-maverick', 400.7, 17.2, 48, 8, 128, 40, 5120, 128, 1],
  ['mistral-7b', 7.25, 7.25, 32, 8, 128, 32, 4096],
  ['mistral-nemo-12b', 12.25, 12.25, 40, 8, 128, 32, 5120],
  ['mistral-small-24b', 23.57, 23.57, 40, 8, 128, 32, 5120],
  ['mistral-large-123b', 122.6, 122.6, 88, 8, 128, 96, 12288],
  ['mixtral-8x7b', 46.7, 12.9, 32, 8, 128, 32, 4096, 8, 2],
  ['mixtral-8x22b', 140.6, 39.1, 56, 8, 128, 48, 6144, 8, 2],
  ['qwen2.5-0.5b', 0.49, 0.49, 24, 2, 64, 14, 896],
  ['qwen2.5-1.5b', 1.54, 1.54, 28, 2, 128, 12, 1536],
  ['qwen2.5-7b', 7.62, 7.62, 28, 4, 128, 28, 3584],
  ['qwen2.5-14b', 14.77, 14.77, 48, 8, 128, 40, 5120],
  ['qwen2.5-32b', 32.76, 32.76, 64, 8, 128, 40, 5120],
  ['qwen2.5-72b', 72.71, 72.71, 80, 8, 128, 64, 8192],
  ['qwen3-8b', 8.19, 8.19, 36, 8, 128, 32, 4096],
  ['qwen3-14b', 14.77, 14.77, 40, 8, 128, 40, 5120],
  ['qwen3-32b', 32.76, 32.76, 64, 8, 128, 64, 5120],
  ['qwen3-30b-a3b', 30.53, 3.35, 48, 4, 128, 32, 2048, 128, 8],
  ['qwen3-235b-a22b', 235.1, 22.2, 94, 4, 128, 64, 4096, 128, 8],
  ['gemma-2-9b', 9.24, 9.24, 42, 8, 256, 16, 3584],
  ['gemma-2-27b', 27.23, 27.23, 46, 16, 128, 32, 4608],
  ['phi-3-mini', 3.82, 3.82, 32, 32, 96, 32, 3072],
  ['phi-4', 14.66, 14.66, 40, 10, 128, 40, 5120],
  ['gpt-j-6b', 6.05, 6.05, 28, 16, 256, 16, 4096],
  ['gpt-oss-20b', 20.9, 3.6, 24, 8, 64, 64, 2880, 32, 4],
  ['gpt-oss-120b', 116.8, 5.1, 36, 8, 64, 64, 2880, 128, 4],
  ['falcon-40b', 41.84, 41.84, 60, 8, 64, 128, 8192],
  ['falcon-180b', 179.5, 179.5, 80, 8, 64, 232, 14848],
  ['deepseek-v3', 671, 37, 61, 128, 128, 128, 7168, 256, 8, 576],
  ['deepseek-r1', 671, 37, 61, 128, 128, 128, 7168, 256, 8, 576],
];

export const knownModelNames: readonly string[] = KNOWN.map(([name]) => name);

/** A model by its name; case, vendor prefixes and the endings of tuned versions do not matter. */
export function knownModel(name: string): LanguageModel | undefined {
  const plain = plainName(name);
  const row = KNOWN.find(([known]) => known === plain) ?? KNOWN.filter(([known]) => plain.startsWith(`${known}-`)).sort(([a], [b]) => b.length - a.length)[0];
  return row && fromRow(row);
}

const plainName = (name: string): string => name.toLowerCase().replace(/^.*\//, '').replace(/^meta-/, '').replaceAll('_', '-').replace(/^llama(\d)/, 'llama-$1');

function fromRow([, parameters, active, layers, kvHeads, headSize, heads, hiddenSize, experts, perToken, latent]: Row): LanguageModel {
  return {
    parameters: parameters * 1e9,
    activeParameters: active * 1e9,
    layers,
    kvHeads,
    headSize,
    heads,
    hiddenSize,
    ...(experts !== undefined && perToken !== undefined && { experts, expertsPerToken: perToken }),
    ...(latent !== undefined && { latentSize: latent }),
  };
}

/** What may be known of a model that is not in the table. */
export interface ModelShape {
  readonly parameters: number;
  readonly activeParameters?: number;
  readonly layers?: number;
  readonly kvHeads?: number;
  readonly headSize?: number;
}

/** The size class of dense models that a missing shape is taken from: those with grouped keys, as all published since 2024. */
const SIZE_CLASSES = ['llama-3.2-1b', 'llama-3.2-3b', 'llama-3.1-8b', 'qwen2.5-14b', 'qwen2.5-32b', 'llama-3.1-70b', 'mistral-large-123b', 'llama-3.1-405b'] as const;

/** A model of which the size is known and perhaps more; what is not comes from the known model nearest in size. */
export function modelOfShape(shape: ModelShape): LanguageModel | Refusal {
  const { parameters, activeParameters = parameters } = shape;
  if (!(parameters > 0) || !Number.isFinite(parameters)) return { refused: 'the number of parameters is not known' };
  if (!(activeParameters > 0) || activeParameters > parameters) return { refused: 'active parameters are more than none and at most all' };
  const classes = SIZE_CLASSES.flatMap((name) => knownModel(name) ?? []);
  const distance = (model: LanguageModel): number => Math.abs(Math.log(model.parameters / parameters));
  const [first, ...rest] = classes;
  if (!first) return { refused: 'the number of parameters is not known' };
  const near = rest.reduce((best, model) => (distance(model) < distance(best) ? model : best), first);
  const layers = shape.layers ?? near.layers;
  const headSize = shape.headSize ?? near.headSize;
  // Twelve times the square of the width is what the matrices of a layer have (Vaswani et al., 2017).
  const hiddenSize = Math.sqrt(activeParameters / (12 * layers));
  return { parameters, activeParameters, layers, headSize, kvHeads: shape.kvHeads ?? near.kvHeads, hiddenSize, heads: Math.max(1, Math.round(hiddenSize / headSize)) };
}
