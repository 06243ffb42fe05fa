import { readFileSync } from 'node:fs';
import { catalogueAccelerator } from '../../src/analysis/estimation/work/catalogue-accelerator.ts';
import type { Accelerator, Precision } from '../../src/analysis/estimation/work/accelerator.ts';
import type { ModelClass, Runtime } from '../../src/analysis/estimation/work/roofline.ts';
import { bundledLibrary } from '../../src/language/bundled-library.ts';
import type { Split } from './accuracy.ts';

/** Where measurements were published; they are entered here as facts. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly year: number;
  readonly split: Split;
}

export interface Table<Row> {
  readonly about: string;
  readonly sources: readonly Source[];
  readonly rows: readonly Row[];
}

interface Measured {
  readonly source: string;
  readonly model: string;
  /** Name in the catalogue. */
  readonly accelerator: string;
  readonly precision: Precision;
}

export interface WorkOfItem {
  readonly modelClass: ModelClass;
  readonly operations: number;
  readonly parameters: number;
  readonly layers: number;
}

export interface BatchRow extends Measured {
  readonly runtime: Runtime;
  readonly times: readonly (readonly [batch: number, seconds: number])[];
  readonly work?: WorkOfItem;
}

export interface OfflineRow extends Measured {
  readonly count: number;
  readonly perSecond: number;
  readonly work?: WorkOfItem;
}

export interface LlmRow extends Measured {
  readonly count: number;
  readonly input: number;
  readonly output: number;
  readonly batch?: number;
  readonly tokensPerSecond: number;
}

export interface ServerRow extends Omit<Measured, 'precision'> {
  readonly kind: 'server';
  readonly count: number;
  /** Requests per second at the machine, that offline of the machine, and seconds of a request alone. */
  readonly rate: number;
  readonly offlinePerSecond: number;
  readonly alone: number;
  readonly maxBatch: number;
  readonly delay: number;
  readonly streams: number;
  readonly p50: number;
  readonly p99: number;
}

export interface ConcurrencyRow extends Measured {
  readonly kind: 'concurrency';
  readonly count: number;
  readonly input: number;
  readonly output: number;
  readonly concurrency: number;
  readonly firstToken?: number;
  readonly perToken?: number;
  readonly whole?: number;
}

const read = <Row>(name: string): Table<Row> => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Table<Row>;

export const batchTable = (): Table<BatchRow> => read('batch-latency.json');
export const offlineTable = (): Table<OfflineRow> => read('offline-throughput.json');
export const llmTable = (): Table<LlmRow> => read('llm-throughput.json');
export const loadedTable = (): Table<ServerRow | ConcurrencyRow> => read('loaded-latency.json');

/** The facts of an accelerator of the bundled catalogue. */
export function acceleratorNamed(name: string): Accelerator {
  const found = catalogueAccelerator({ catalogue: bundledLibrary() }, name);
  if (!found) throw new Error(`${name} is not in the catalogue of accelerators, or says too little of itself.`);
  return found;
}

export function sourceOf<Row>(table: Table<Row>, id: string): Source {
  const found = table.sources.find((source) => source.id === id);
  if (!found) throw new Error(`No source ${id}.`);
  return found;
}
