import { latencyOf } from '../../src/analysis/estimation/llm/latency.ts';
import { knownModel } from '../../src/analysis/estimation/llm/language-model.ts';
import type { Deployment } from '../../src/analysis/estimation/llm/memory.ts';
import { maximumThroughput } from '../../src/analysis/estimation/llm/throughput.ts';
import { banded, isRefusal, type Banded } from '../../src/analysis/estimation/quantity.ts';
import { BYTES } from '../../src/analysis/estimation/work/accelerator.ts';
import { batchLaw } from '../../src/analysis/estimation/work/batch-law.ts';
import { loadedPercentiles, workFromThroughput } from '../../src/analysis/estimation/work/loaded-batches.ts';
import { efficiencyOf, rooflineLaw, rooflineThroughput } from '../../src/analysis/estimation/work/roofline.ts';
import { transferThroughput, type MeasuredThroughput } from '../../src/analysis/estimation/work/transfer.ts';
import type { Comparison, Population, Split } from './accuracy.ts';
import { acceleratorNamed, batchTable, llmTable, loadedTable, offlineTable, sourceOf, type BatchRow, type ConcurrencyRow, type LlmRow, type ServerRow } from './tables.ts';

const SPLITS: readonly Split[] = ['calibration', 'hold-out'];

/** All that is replayed: every population with at least one measurement, in each split. */
export function populations(): readonly Population[] {
  const makers: readonly (readonly [name: string, compare: (split: Split) => readonly Comparison[]])[] = [
    ['batch latency from two points', fromTwoPoints],
    ['throughput on another accelerator', fromOtherAccelerators],
    ['roofline', fromRoofline],
    ['LLM maximum throughput', (split) => ofLanguageModels(split, 'dense')],
    ['LLM maximum throughput, few experts', (split) => ofLanguageModels(split, 'few experts')],
    ['LLM maximum throughput, many experts', (split) => ofLanguageModels(split, 'many experts')],
    ['LLM latency by concurrency', atConcurrency],
    ['latency of batches under load', (split) => underLoad(split)],
  ];
  return makers.flatMap(([name, compare]) => SPLITS.map((split) => ({ name, split, comparisons: compare(split) })).filter(({ comparisons }) => comparisons.length > 0));
}

/** Every size between the smallest and the largest batch of a series, from these two alone. */
function fromTwoPoints(split: Split): readonly Comparison[] {
  const table = batchTable();
  return table.rows.filter((row) => sourceOf(table, row.source).split === split).flatMap((row) => {
    const times = row.times.map(([batch, time]) => ({ batch, time }));
    const [first, last] = [times[0], times.at(-1)];
    const law = first && last ? batchLaw([first, last]) : undefined;
    if (!law || isRefusal(law)) return [];
    return times.slice(1, -1).map(({ batch, time }) => ({ name: `${nameOf(row)} ${row.runtime} b=${batch}`, measured: time, estimated: banded(law.time(batch), 's', 'published', law.logSd(batch)) }));
  });
}

/**
 * Each device from the others that the same model was run on. Held out are the largest batches of the BERT curves, of which only
 * the yield of cards without a power connector was taken.
 */
function fromOtherAccelerators(split: Split): readonly Comparison[] {
  return split === 'calibration' ? leftOut(offlineTable().rows.map((row) => ({ group: `${row.source} ${row.model} ${row.precision}`, name: nameOf(row), measured: { accelerator: acceleratorNamed(row.accelerator), precision: row.precision, value: row.perSecond / row.count } }))) : leftOut(largeBatches());
}

interface InGroup {
  readonly group: string;
  readonly name: string;
  readonly measured: MeasuredThroughput;
}

/** One value a device: the geometric mean where several machines have it. */
function leftOut(rows: readonly InGroup[]): readonly Comparison[] {
  return rows.flatMap(({ group, name, measured }) => {
    const others = rows.filter((other) => other.group === group && other.measured.accelerator.bandwidth !== measured.accelerator.bandwidth);
    const estimated = transferThroughput(others.map((other) => other.measured), measured);
    return isRefusal(estimated) ? [] : [{ name, measured: measured.value, estimated }];
  });
}

function largeBatches(): readonly InGroup[] {
  return batchTable().rows.filter(({ source }) => source === 'tensorrt-bert').flatMap((row) => {
    const [batch, time] = row.times.at(-1) ?? [0, 0];
    return [{ group: `${row.model} ${row.precision}`, name: `${nameOf(row)} b=${batch}`, measured: { accelerator: acceleratorNamed(row.accelerator), precision: row.precision, value: batch / time } }];
  });
}

/** From the work of one item alone. Of MLPerf the newer round is held out, and of Triton what is compiled. */
function fromRoofline(split: Split): readonly Comparison[] {
  const curves = batchTable().rows.filter((row) => row.work && split === (row.source.startsWith('triton') && row.runtime === 'compiled' ? 'hold-out' : 'calibration'));
  const offline = offlineTable().rows.filter((row) => row.work && split === (row.source === 'mlperf-v4.1' ? 'hold-out' : 'calibration'));
  return [...curves.flatMap(curveFromRoofline), ...offline.flatMap((row) => {
    if (!row.work) return [];
    const estimated = rooflineThroughput({ ...row.work, weightBytes: row.work.parameters * BYTES[row.precision] }, acceleratorNamed(row.accelerator), row.precision, efficiencyOf(row.work.modelClass, 'compiled', row.precision));
    return isRefusal(estimated) ? [] : [{ name: `${nameOf(row)} offline`, measured: row.perSecond / row.count, estimated }];
  })];
}

function curveFromRoofline(row: BatchRow): readonly Comparison[] {
  if (!row.work) return [];
  const law = rooflineLaw({ ...row.work, weightBytes: row.work.parameters * BYTES[row.precision] }, acceleratorNamed(row.accelerator), row.precision, efficiencyOf(row.work.modelClass, row.runtime, row.precision));
  if (isRefusal(law)) return [];
  return row.times.map(([batch, time]) => ({ name: `${nameOf(row)} ${row.runtime} b=${batch}`, measured: time, estimated: banded(law.time(batch), 's', 'roofline', law.logSd(batch)) }));
}

function ofLanguageModels(split: Split, kind: Kind): readonly Comparison[] {
  const table = llmTable();
  return table.rows.filter((row) => sourceOf(table, row.source).split === split && kindOf(row) === kind).flatMap((row) => {
    const most = maximumThroughput(deploymentOf(row), row);
    return isRefusal(most) ? [] : [{ name: `${row.source} ${nameOf(row)} × ${row.count} ${row.input}/${row.output}`, measured: row.tokensPerSecond, estimated: most.tokens }];
  });
}

type Kind = 'dense' | 'few experts' | 'many experts';

function kindOf({ model }: LlmRow): Kind {
  const experts = knownModel(model)?.experts;
  return experts === undefined ? 'dense' : experts > 8 ? 'many experts' : 'few experts';
}

function deploymentOf(row: LlmRow | ConcurrencyRow): Deployment {
  const model = knownModel(row.model);
  if (!model) throw new Error(`${row.model} is not a known model.`);
  return { model, precision: row.precision, accelerator: acceleratorNamed(row.accelerator), count: row.count, ...('batch' in row && row.batch !== undefined && { maxSequences: row.batch }) };
}

function atConcurrency(split: Split): readonly Comparison[] {
  const table = loadedTable();
  const rows = table.rows.filter((row): row is ConcurrencyRow => row.kind === 'concurrency' && sourceOf(table, row.source).split === split);
  return rows.flatMap((row) => {
    const latency = latencyOf(deploymentOf(row), row, row.concurrency);
    if (isRefusal(latency) || 'saturatesAt' in latency) return [];
    const compared = (what: string, measured: number | undefined, estimated: Banded): readonly Comparison[] => (measured === undefined ? [] : [{ name: `${row.source} ${nameOf(row)} × ${row.count} ${row.input}/${row.output} c=${row.concurrency} ${what}`, measured, estimated }]);
    return [...compared('first token', row.firstToken, latency.firstToken), ...compared('per token', row.perToken, latency.perToken), ...compared('whole', row.whole, latency.whole)];
  });
}

/** From the time of a request alone, the throughput of the machine and the configuration of its batcher. */
function underLoad(split: Split): readonly Comparison[] {
  const table = loadedTable();
  const rows = table.rows.filter((row): row is ServerRow => row.kind === 'server' && sourceOf(table, row.source).split === split);
  return rows.flatMap(({ model, accelerator, count, rate, maxBatch, delay, streams, alone, offlinePerSecond, p50, p99 }) => {
    const work = workFromThroughput(alone, offlinePerSecond / count);
    const latency = isRefusal(work) ? undefined : loadedPercentiles({ arrivalRate: rate, ...work, maxBatch, delay, instances: streams, replicas: count, topology: 'central' });
    if (!latency || 'saturatesAt' in latency) return [];
    return [{ name: `${model} ${accelerator} p50`, measured: p50, estimated: latency.p50 }, { name: `${model} ${accelerator} p99`, measured: p99, estimated: latency.p99 }];
  });
}

const nameOf = ({ model, accelerator, precision }: { readonly model: string; readonly accelerator: string; readonly precision: string }): string => `${model} ${accelerator} ${precision}`;
