import type { Architecture, Component } from '../architecture.ts';
import { ADAPTER_SHARE, BYTES_PER_PARAMETER, DEFAULT_PRECISION, LORA_BYTES_PER_PARAMETER, QLORA_BYTES_PER_PARAMETER, TRAINING_BYTES_PER_PARAMETER, USABLE_MEMORY } from '../constants.ts';
import { exactly, type Quantity } from '../quantity.ts';
import { value } from '../statements.ts';
import { over, plus, scaled, times } from './interval.ts';

/** Memory that something needs, with how it was found. */
export interface MemoryNeed {
  /** Bytes. */
  readonly value: Quantity;
  readonly formula: string;
  readonly parameters?: Quantity;
  /** Bytes for each parameter. */
  readonly perParameter?: number;
  /** What was taken for granted where nothing is declared. */
  readonly assumptions: readonly string[];
}

/** Memory of the devices of a job or a replica. */
export interface DeviceMemory {
  /** Catalogue entry of the accelerator. */
  readonly accelerator: string;
  /** Bytes of one device. */
  readonly each: Quantity;
  readonly devices: number;
  /** Bytes that one device can give: nine tenths of what it has. */
  readonly usableEach: Quantity;
  /** Bytes that all devices can give. */
  readonly usable: Quantity;
}

/**
 * Accelerator memory for training a model, in bytes: parameters times bytes for each, and activations where declared.
 *
 * @param parameters In place of the model’s own, such as what it is planned to grow to.
 */
export function trainingMemory(model: Component<'model'>, training: Component<'training'>, parameters: Quantity | undefined = parametersOf(model)): MemoryNeed | undefined {
  if (!parameters) return undefined;
  const { perParameter, assumptions } = trainingBytes(training);
  const activations = value(training, 'activations');
  const state = scaled(parameters, perParameter, 'B');
  return {
    value: activations ? plus(state, activations) : state,
    formula: `parameters × ${perParameter} B${activations ? ' + activations' : ''}`,
    parameters,
    perParameter,
    assumptions: [...assumptions, ...(activations ? [] : ['activations left out'])],
  };
}

function trainingBytes(training: Component<'training'>): { perParameter: number; assumptions: string[] } {
  const declared = value(training, 'memory_per_parameter');
  if (declared) return { perParameter: declared.high, assumptions: [] };
  const adapters = ADAPTER_SHARE * TRAINING_BYTES_PER_PARAMETER;
  switch (value(training, 'method')) {
    case 'lora':
      return { perParameter: LORA_BYTES_PER_PARAMETER + adapters, assumptions: [`adapters of ${ADAPTER_SHARE * 100} % of the parameters`] };
    case 'qlora':
      return { perParameter: QLORA_BYTES_PER_PARAMETER + adapters, assumptions: [`adapters of ${ADAPTER_SHARE * 100} % of the parameters`] };
    case 'head':
      return { perParameter: LORA_BYTES_PER_PARAMETER, assumptions: ['the last layer is small'] };
    default:
      return { perParameter: TRAINING_BYTES_PER_PARAMETER, assumptions: ['mixed precision with Adam'] };
  }
}

/** Memory of the weights when served, in bytes: parameters by precision, else the size of the files. */
export function inferenceMemory(model: Component<'model'>): MemoryNeed | undefined {
  const parameters = value(model, 'parameters');
  const size = value(model, 'size');
  if (!parameters) return size && { value: size, formula: 'size', assumptions: ['files are as large as weights in memory'] };
  const declared = value(model, 'precision');
  const perParameter = BYTES_PER_PARAMETER[declared ?? DEFAULT_PRECISION];
  return {
    value: scaled(parameters, perParameter, 'B'),
    formula: `parameters × ${perParameter} B`,
    parameters,
    perParameter,
    assumptions: declared ? [] : [`precision ${DEFAULT_PRECISION}`],
  };
}

/** Parameters as declared, else from the size of the files where the precision is known. */
export function parametersOf(model: Component<'model'>): Quantity | undefined {
  const [size, precision] = [value(model, 'size'), value(model, 'precision')];
  return value(model, 'parameters') ?? (size && precision && over(size, exactly(BYTES_PER_PARAMETER[precision], 'B'), 'params'));
}

/** Accelerators of a training (all machines) or of a replica of a service; undefined where none is declared or known. */
export function deviceMemory(architecture: Architecture, component: Component<'training'> | Component<'service'>): DeviceMemory | undefined {
  const job = component as Component<'training'>;
  const { accelerator, devices } = declaredDevices(architecture, job) ?? {};
  const each = accelerator === undefined ? undefined : architecture.catalogue.accelerator.get(accelerator)?.properties.memory;
  if (accelerator === undefined || devices === undefined || !each) return undefined;
  const usableEach = scaled(each, USABLE_MEMORY);
  return { accelerator, each, devices, usableEach, usable: times(usableEach, exactly(devices, '1')) };
}

function declaredDevices(architecture: Architecture, job: Component<'training'>): { accelerator: string; devices: number } | undefined {
  const machines = job.kind === 'training' ? value(job, 'nodes')?.high : undefined;
  const own = value(job, 'accelerator');
  if (own?.type !== undefined) return { accelerator: own.type, devices: (own.x?.high ?? 1) * (machines ?? 1) };
  const runsOn = value(job, 'runs_on');
  const instance = runsOn?.instance === undefined ? undefined : architecture.catalogue.instance.get(runsOn.instance)?.properties;
  if (instance?.accelerator === undefined) return undefined;
  return { accelerator: instance.accelerator, devices: (instance.accelerators?.high ?? 1) * (runsOn?.x?.high ?? machines ?? 1) };
}
