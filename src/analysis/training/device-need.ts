import type { Architecture, Component } from '../../model/architecture.ts';
import { ADAPTER_SHARE, BYTES_PER_PARAMETER, LORA_BYTES_PER_PARAMETER, TRAINING_BYTES_PER_PARAMETER, USABLE_MEMORY } from '../../model/constants.ts';
import { deviceMemory, trainingMemory, type DeviceMemory, type MemoryNeed } from '../../model/graph/memory.ts';
import { exactly, type Quantity } from '../../model/quantity.ts';
import { componentsOf, presenceOf, value } from '../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import { formatQuantity } from '../format.ts';
import type { Context } from '../rule.ts';
import { modelsByTraining } from './in-house.ts';

const GB = 1e9;
/** The least that accelerators in use for training have: T4, V100. */
const SMALL_DEVICE = 16 * GB;
const DAY = 86_400;
const INTERVALS: Readonly<Record<string, number>> = { hourly: 3600, daily: DAY, weekly: 7 * DAY, monthly: SECONDS_PER_MONTH, quarterly: 3 * SECONDS_PER_MONTH };

/** What a training needs of devices, and what it has. */
export interface DeviceNeed {
  readonly training: Component<'training'>;
  readonly model?: Component<'model'>;
  readonly memory?: MemoryNeed;
  readonly device?: DeviceMemory;
  /** Accelerators, or machines where there are none; undefined where nothing is said. */
  readonly devices?: number;
  /** Why one device is not enough now. */
  readonly now?: { readonly kind: 'memory' | 'time'; readonly because: string };
  /** Why one device will not be enough. */
  readonly planned?: { readonly because: string; readonly by?: string; readonly model: Component<'model'> };
  /** Why one device is enough. */
  readonly fits?: string;
  /** What would have to be known to say whether one device is enough: the devices, or whether only adapters are fitted. */
  readonly open?: { readonly property: 'accelerator' | 'method'; readonly because: string };
  readonly interval?: Quantity;
  /** Time on one device: as declared, or of a run on one. */
  readonly single?: Quantity;
}

const cache = new WeakMap<Architecture, { today: string; needs: readonly DeviceNeed[] }>();

export function deviceNeedsOf(context: Context): readonly DeviceNeed[] {
  const { architecture, today } = context;
  const before = cache.get(architecture);
  if (before?.today === today) return before.needs;
  const largest = Math.max(0, ...[...architecture.catalogue.accelerator.values()].map((entry) => entry.properties.memory?.high ?? 0));
  const needs = componentsOf(architecture, 'training').map((training) => needOf(context, training, largest));
  cache.set(architecture, { today, needs });
  return needs;
}

function needOf(context: Context, training: Component<'training'>, largest: number): DeviceNeed {
  const { architecture } = context;
  const models = modelsByTraining(architecture, training);
  const most = models.map((model) => ({ model, memory: trainingMemory(model, training) })).sort((a, b) => (b.memory?.value.high ?? 0) - (a.memory?.value.high ?? 0))[0];
  const memory = most?.memory;
  const device = deviceMemory(architecture, training);
  const devices = device?.devices ?? machinesOf(training);
  const interval = intervalOf(training);
  const single = value(training, 'single_device_duration') ?? (devices === 1 || isNotSpread(training) ? durationOf(training) : undefined);
  const base = { training, model: most?.model, memory, device, devices, interval, single };
  const fit = memory && orAdapters(training, most.model, memory, device, fitOf(architecture, training, memory, device, largest));
  const late = single && interval && single.low > interval.high / 2;
  const now = fit?.state === 'too-large' ? { kind: 'memory' as const, because: fit.says } : late ? { kind: 'time' as const, because: `a run on one device takes ${formatQuantity(single)}, more than half of the ${formatQuantity(interval)} between runs` } : undefined;
  const plan = planOf(context, training, models, device, largest);
  const unsure = [fit, plan?.fit].find((item) => item?.state === 'open' && (item.asks || devices === undefined));
  const planned = plan?.fit.state === 'too-large' ? { because: plan.fit.says, by: plan.by, model: plan.model } : undefined;
  return { ...base, now, planned, fits: now || fit?.state !== 'fits' ? undefined : fit.says, open: unsure && { property: unsure.asks ?? 'accelerator', because: unsure.says } };
}

/** The author says that the work is not spread over devices. */
export function isNotSpread(training: Component<'training'>): boolean {
  const strategy = value(training, 'strategy');
  return presenceOf(training, 'strategy') === 'absent' || (strategy?.length === 1 && strategy[0] === 'single_device');
}

function machinesOf(training: Component<'training'>): number | undefined {
  const accelerators = value(training, 'accelerator')?.x?.high;
  const machines = value(training, 'nodes')?.high ?? value(training, 'runs_on')?.x?.high;
  if (accelerators !== undefined || machines !== undefined) return (accelerators ?? 1) * (machines ?? 1);
  return value(training, 'runs_on') || value(training, 'accelerator') ? 1 : undefined;
}

/** Machines that work together on one run. */
export const nodesOf = (training: Component<'training'>): number => value(training, 'nodes')?.high ?? value(training, 'runs_on')?.x?.high ?? 1;

export const durationOf = (training: Component<'training'>): Quantity | undefined => value(training, 'duration') ?? value(training, 'runs_on')?.for;

function intervalOf(training: Component<'training'>): Quantity | undefined {
  const every = value(training, 'every');
  if (every) return every;
  const seconds = (value(training, 'trigger') ?? []).flatMap((word) => INTERVALS[word] ?? []);
  return seconds.length > 0 ? exactly(Math.min(...seconds), 's') : undefined;
}

interface Fit {
  readonly state: 'fits' | 'too-large' | 'open';
  readonly says: string;
  readonly asks?: 'method';
}

function fitOf(architecture: Architecture, training: Component<'training'>, memory: MemoryNeed, device: DeviceMemory | undefined, largest: number): Fit {
  const needs = needsInWords(memory);
  if (device) {
    const has = `one ${acceleratorTitle(architecture, device)} has ${formatQuantity(device.each)}`;
    if (memory.value.low > device.usableEach.high) return { state: 'too-large', says: `it needs ${needs}, and ${has}` };
    return memory.value.high <= device.usableEach.low ? { state: 'fits', says: `${training.name} needs ${needs}; ${has}` } : { state: 'open', says: `it needs ${needs}, and ${has}` };
  }
  const machine = architecture.catalogue.instance.get(value(training, 'runs_on')?.instance ?? '')?.properties.memory;
  if (machine && memory.value.high <= machine.low) return { state: 'fits', says: `${training.name} needs ${needs}; its machine has ${formatQuantity(machine)}` };
  if (memory.value.high <= SMALL_DEVICE * USABLE_MEMORY) return { state: 'fits', says: `${training.name} needs ${needs}; any accelerator for training has 16 GB or more` };
  if (largest > 0 && memory.value.low > largest * USABLE_MEMORY) return { state: 'too-large', says: `it needs ${needs}, and no accelerator of the catalogue has more than ${formatQuantity(exactly(largest, 'B'))}` };
  return { state: 'open', says: `it needs ${needs}` };
}

/** Memory if only adapters are fitted, in bytes; undefined where the method or the memory is declared, or nothing given is adapted. */
export function adapterMemory(training: Component<'training'>, model: Component<'model'> | undefined, memory: MemoryNeed, method: string | undefined = value(training, 'method')): Quantity | undefined {
  const adapting = training.variant === 'fine_tuning' || model?.variant === 'fine_tuned';
  if (!adapting || !memory.parameters || (method !== undefined && method !== 'full') || value(training, 'memory_per_parameter')) return undefined;
  const activations = value(training, 'activations');
  return scaled(memory.parameters, LORA_BYTES_PER_PARAMETER + ADAPTER_SHARE * TRAINING_BYTES_PER_PARAMETER, 'B', activations);
}

const scaled = ({ low, high }: Quantity, factor: number, unit: string, more?: Quantity): Quantity => ({ low: low * factor + (more?.low ?? 0), high: high * factor + (more?.high ?? 0), unit });

/** Whoever adapts a given model may fit adapters only, and that decides whether one device is enough. */
function orAdapters(training: Component<'training'>, model: Component<'model'>, memory: MemoryNeed, device: DeviceMemory | undefined, fit: Fit): Fit {
  const adapters = presenceOf(training, 'method') === 'undeclared' ? adapterMemory(training, model, memory) : undefined;
  const room = device?.usableEach.low ?? SMALL_DEVICE * USABLE_MEMORY;
  if (fit.state !== 'too-large' || !adapters || adapters.high > room) return fit;
  return { state: 'open', asks: 'method', says: `${fit.says}; low-rank adapters would need ${formatQuantity(adapters)}` };
}

/** `112 GB (7 B params × 16 B, mixed precision with Adam)` */
export function needsInWords({ value: need, parameters, perParameter, assumptions }: MemoryNeed): string {
  const how = parameters && perParameter !== undefined ? [`${formatQuantity(parameters)} × ${Number(perParameter.toPrecision(3))} B`, ...assumptions] : assumptions;
  return `${formatQuantity(need)} (${how.join(', ')})`;
}

export const acceleratorTitle = (architecture: Architecture, device: DeviceMemory): string => architecture.catalogue.accelerator.get(device.accelerator)?.properties.title ?? device.accelerator;

interface Plan {
  readonly model: Component<'model'>;
  readonly by?: string;
  readonly fit: Fit;
}

/** What a model is planned to grow to within the horizon, the first that one device will not or may not hold. */
function planOf({ architecture, today }: Context, training: Component<'training'>, models: readonly Component<'model'>[], device: DeviceMemory | undefined, largest: number): Plan | undefined {
  const horizon = value(architecture.system, 'horizon')?.high ?? 12 * SECONDS_PER_MONTH;
  for (const model of models) {
    const plan = value(model, 'planned');
    const memory = plan?.size && trainingMemory(model, training, plan.size);
    if (!memory) continue;
    if (plan.by !== undefined && (Date.parse(plan.by) - Date.parse(today)) / 1000 > horizon) continue;
    const fit = orAdapters(training, model, memory, device, fitOf(architecture, training, memory, device, largest));
    if (fit.state !== 'fits') return { model, by: plan.by, fit };
  }
  return undefined;
}

/** The least memory that training can do with, in bytes: as declared for each parameter, else the weights in their declared precision, with as much again for gradients where all of them are fitted. */
export function leastMemory({ training, model, memory }: DeviceNeed): Quantity | undefined {
  if (!memory) return undefined;
  if (value(training, 'memory_per_parameter')) return memory.value;
  const precision = model && value(model, 'precision');
  const method = value(training, 'method');
  if (!precision || !memory.parameters || method === 'qlora') return undefined;
  const each = BYTES_PER_PARAMETER[precision] * (method === 'full' ? 2 : 1);
  return { low: memory.parameters.low * each, high: memory.parameters.high * each, unit: 'B' };
}

/** Ways to spread the work that the training declares, apart from none. */
export const strategiesOf = (training: Component<'training'>): string[] => (value(training, 'strategy') ?? []).filter((strategy) => strategy !== 'single_device');
