import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { exactly, type Quantity } from '../../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatDuration, formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { advice, contradiction, gap, notApplicable, question, satisfied, weak, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { acceleratorTitle, adapterMemory, deviceNeedsOf, durationOf, isNotSpread, leastMemory, strategiesOf, type DeviceNeed } from '../../training/device-need.ts';

/** Ways that divide the model; copies of it do not help where one device cannot hold it. */
const DIVIDING: ReadonlySet<string> = new Set(['fully_sharded', 'tensor_parallel', 'pipeline_parallel']);

export const strategyIsThere: Rule = {
  id: 'ML04.1',
  slug: 'strategy-where-one-device-is-not-enough',
  title: 'A training that one device cannot do declares how it is spread',
  type: 'gap',
  severity: 'high',
  why: 'The job fails for want of memory, or is not done in time, on the day when the model is needed.',
  remediation: 'Size the memory first; then fit adapters instead of all parameters, or shard model and optimiser over enough devices.',
  effort: 'L',
  falsePositives: 'The optimiser needs less memory: declare `memory_per_parameter`, or the `method`.',
  *evaluate(context) {
    for (const need of deviceNeedsOf(context)) {
      const { training, now, open, fits } = need;
      if (!now) {
        if (open?.property === 'method') yield question(training, 'method', `Does ${training.name} fit all parameters or adapters? For all ${open.because}. Declare \`method\`.`);
        else if (open) yield question(training, 'accelerator', `On which accelerators does ${training.name} run? ${upper(open.because)}. Declare \`accelerator\` or \`runs_on\`.`);
        else yield notApplicable(fits ? `${fits}.` : notNeeded(training), training);
      } else yield now.kind === 'memory' ? inMemory(context.architecture, need, now.because) : inTime(need, now.because);
    }
  },
};

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const notNeeded = (training: Component<'training'>): string => `Nothing declared of ${training.name} says that one device is not enough.`;

function inMemory(architecture: Architecture, need: DeviceNeed, because: string): Outcome {
  const { training, device, devices, memory } = need;
  const strategies = strategiesOf(training);
  const divided = strategies.some((strategy) => DIVIDING.has(strategy));
  if (divided && !device) return satisfied(training, { evidence: evidenceOf(statementOf(training, 'strategy')) });
  const spread = divided && device ? device : undefined;
  if (spread && memory && memory.value.low <= spread.usable.high) return satisfied(training, { because: `${spread.devices} ${acceleratorTitle(architecture, spread)} have ${formatQuantity(spread.usable)} to use, and ${memory.formula} is ${formatQuantity(memory.value)}` });
  const undecided = strategies.length === 0 && !isNotSpread(training) && devices !== 1;
  if (undecided) return question(training, 'strategy', `How is ${training.name} spread over devices? ${upper(because)}. Declare \`strategy\`.`);
  const least = leastMemory(need);
  const room = spread ? exactly(spread.each.high * spread.devices, 'B') : device?.each;
  const certain = least !== undefined && room !== undefined && least.low > room.high;
  const how = spread
    ? `and its ${spread.devices} devices have ${formatQuantity(exactly(spread.each.high * spread.devices, 'B'))} together`
    : strategies.includes('data_parallel')
      ? 'and data_parallel copies the whole model to each device'
      : 'and nothing spreads the model over devices';
  const details: FindingDetails = { at: 'strategy', message: `${training.name} does not fit: ${because}, ${how}.`, ...remedyOf(architecture, need) };
  return certain ? contradiction(training, details) : gap(training, details);
}

function inTime({ training, devices, single }: DeviceNeed, because: string): Outcome {
  const strategies = strategiesOf(training);
  if (strategies.length > 0) return satisfied(training, { evidence: evidenceOf(statementOf(training, 'strategy')), because: `${strategies.join(', ')} over ${devices ?? 'several'} devices, since a run on one takes ${single ? formatQuantity(single) : 'too long'}` });
  if (!isNotSpread(training) && devices !== 1) return question(training, 'strategy', `How is ${training.name} spread over devices? ${upper(because)}. Declare \`strategy\`.`);
  return gap(training, { at: 'strategy', message: `${training.name} is not done in time: ${because}.`, changes: [{ op: 'set', subject: training.name, property: 'strategy', value: ['data_parallel'] }], remedy: 'Spread the data over several devices, or train less often.' });
}

/** Adapters where they fit one device and a given model is adapted; else shards over as many devices as it takes. */
function remedyOf(architecture: Architecture, { training, model, memory, device }: DeviceNeed): Pick<FindingDetails, 'remedy' | 'changes' | 'effort' | 'impact'> {
  const adapters = memory && adapterMemory(training, model, memory);
  if (adapters && device && adapters.high <= device.usableEach.low) {
    return { remedy: `Fit low-rank adapters instead of all parameters: ${formatQuantity(adapters)} then fit one ${acceleratorTitle(architecture, device)}.`, changes: [{ op: 'set', subject: training.name, property: 'method', value: 'lora' }], effort: 'M', impact: 'No need for distributed training' };
  }
  const sharded: Change = { op: 'set', subject: training.name, property: 'strategy', value: ['fully_sharded'] };
  if (!device || !memory) return { changes: [sharded] };
  const wanted = Math.max(2, Math.ceil(memory.value.high / device.usableEach.low));
  return { remedy: `Shard model and optimiser over ${wanted} or more ${acceleratorTitle(architecture, device)}, and rehearse on two machines first.`, changes: [sharded, ...enlarge(architecture, training, wanted)] };
}

function enlarge(architecture: Architecture, training: Component<'training'>, devices: number): Change[] {
  const nodes = value(training, 'nodes')?.high ?? 1;
  const own = value(training, 'accelerator');
  if (own?.type !== undefined) {
    const each = Math.ceil(devices / nodes);
    return each <= (own.x?.high ?? 1) ? [] : [{ op: 'set', subject: training.name, property: 'accelerator', value: { ...own, x: exactly(each, '1') } }];
  }
  const runsOn = value(training, 'runs_on');
  const perMachine = architecture.catalogue.instance.get(runsOn?.instance ?? '')?.properties.accelerators?.high ?? 1;
  const machines = Math.ceil(devices / perMachine);
  return machines <= (runsOn?.x?.high ?? nodes) ? [] : [{ op: 'set', subject: training.name, property: 'runs_on', value: { ...runsOn, x: exactly(machines, '1') } }];
}

export const strategyIsRehearsed: Rule = {
  id: 'ML04.4',
  slug: 'strategy-is-rehearsed',
  title: 'Distributed training has been tried before it is needed',
  type: 'weak',
  severity: 'medium',
  why: 'Communication, stragglers and memory only show at scale; a set-up that was never run fails on the first expensive run.',
  remediation: 'Rehearse on two machines, and measure the speed-up per device.',
  effort: 'S',
  falsePositives: 'It runs in production: declare `experience proven`, or the `scaling_efficiency`.',
  *evaluate(context) {
    for (const { training } of deviceNeedsOf(context)) {
      const strategies = strategiesOf(training);
      if (strategies.length === 0) yield notApplicable(`${training.name} declares no distributed strategy.`, training);
      else {
        const states = (['rehearsed', 'scaling_efficiency'] as const).map((property) => presenceOf(training, property));
        const proof = (['rehearsed', 'scaling_efficiency'] as const).find((property) => presenceOf(training, property) === 'present');
        if (proof || value(training, 'experience') === 'proven') yield satisfied(training, { evidence: evidenceOf(statementOf(training, proof ?? 'experience')) });
        else if (states.includes('absent')) yield weak(training, { at: states[0] === 'absent' ? 'rehearsed' : 'scaling_efficiency', message: `${training.name} declares ${strategies.join(' and ')}, but that was never tried: there is neither a rehearsal nor a measured speed-up.` });
        else yield question(training, 'rehearsed', `Has ${strategies.join(' and ')} of ${training.name} been tried? Declare \`rehearsed\` with the day, or the \`scaling_efficiency\`.`);
      }
    }
  },
};

export const clusterIsNeeded: Rule = {
  id: 'ML04.5',
  slug: 'cluster-is-needed',
  title: 'A cluster is used only where one device is not enough',
  type: 'advisory',
  severity: 'low',
  why: 'Several devices cost more than one, fail more often, and make a run harder to repeat.',
  remediation: 'Train on one device; keep the distributed set-up for when the model grows.',
  effort: 'S',
  falsePositives: 'The speed is needed for another reason: declare what a run takes on one device (`single_device_duration`) and how often it runs.',
  *evaluate(context) {
    for (const need of deviceNeedsOf(context)) {
      const { training, devices = 1, device, now, planned, fits, interval } = need;
      if (devices <= 1 || !device) yield notApplicable(`${training.name} does not use several accelerators.`, training);
      else if (now ?? planned) yield satisfied(training, { because: (now ?? planned)?.because });
      else if (!fits) yield notApplicable(`What ${training.name} needs of memory is not declared.`, training);
      else {
        const single = longestOnOne(need);
        if (!interval || !single) yield notApplicable(`How often ${training.name} runs, and how long a run takes, is not declared.`, training);
        else if (single.high > interval.low / 2) yield satisfied(training, { because: `on one device a run could take ${formatDuration(single.high)}` });
        else yield advice(training, { message: `${training.name} uses ${devices} accelerators, but ${fits}, and on one a run takes at most ${formatDuration(single.high)} of the ${formatQuantity(interval)} between runs.`, changes: shrink(training) });
      }
    }
  },
};

/** Time on one device: as declared, or of all devices one after the other, which is more than it can take. */
function longestOnOne({ training, devices = 1, single }: DeviceNeed): Quantity | undefined {
  const run = durationOf(training);
  return single ?? (run && { low: run.low, high: run.high * devices, unit: 's' });
}

function shrink(training: Component<'training'>): Change[] {
  const subject = training.name;
  const own = value(training, 'accelerator');
  const runsOn = value(training, 'runs_on');
  const one = exactly(1, '1');
  return [
    ...(statementOf(training, 'nodes') ? [{ op: 'set' as const, subject, property: 'nodes', value: one }] : []),
    ...(own ? [{ op: 'set' as const, subject, property: 'accelerator', value: { ...own, x: one } }] : []),
    ...(runsOn && !own ? [{ op: 'set' as const, subject, property: 'runs_on', value: { ...runsOn, x: one } }] : []),
    ...(statementOf(training, 'strategy') ? [{ op: 'set' as const, subject, property: 'strategy', value: ['single_device'] }] : []),
  ];
}

