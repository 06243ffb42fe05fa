import type { Architecture } from '../../../model/architecture.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { total } from '../../../model/graph/interval.ts';
import { inferenceMemory } from '../../../model/graph/memory.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import type { Service } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';
import { fewQuestions } from '../few-questions.ts';
import { fleetsOf, runsOnDevices } from './fleets.ts';

export const fitsDevice: Criterion = {
  id: 'EDGE-02',
  slug: 'fits-the-device',
  title: 'A model fits the storage, the memory and the time of the weakest device that it must run on',
  type: 'contradiction',
  severity: 'high',
  pack: 'edge',
  failureMode: 'infrastructure',
  sources: ['AWS ML Lens (2023) MLPER-11', 'AWS ML Lens (2023) MLCOST-25', 'ML Test Score Infra 4'],
  why: 'On a device there is nothing to scale: what does not fit is refused, or thrown out of memory with the app around it, on the cheapest devices first.',
  remediation: 'Quantise, prune or distil the model until it fits the weakest device with room to spare, or leave those devices out.',
  effort: 'L',
  falsePositives: 'The file may state the size before quantisation: declare `size` and `precision` as they are shipped.',
  applies: runsOnDevices,
  *evaluate({ architecture }: Context) {
    const outcomes = fleetsOf(architecture).flatMap((fleet) => [...judge(architecture, fleet)]);
    yield* fewQuestions(architecture.system, outcomes, (names) => `What do the weakest devices of ${names} give: storage, memory, time for an answer? Declare \`device\` of each, and \`size\` of the models.`);
  },
};

/** One thing that a device limits, with what the models take of it. */
interface Limit {
  readonly about: string;
  readonly need: Quantity | undefined;
  readonly has: Quantity | undefined;
  readonly takes: string;
  readonly gives: string;
}

function* judge(architecture: Architecture, service: Service): Iterable<Outcome> {
  const device = value(service, 'device');
  if (!device) {
    return yield { ...question(service, 'device', `What does the weakest device of ${service.name} give it: storage, memory, time for an answer?`), statedUnknown: presenceOf(service, 'device') === 'unknown' };
  }
  const models = modelsOf(architecture, service);
  const names = listed(models.map(({ name }) => name)) || service.name;
  const limits: Limit[] = [
    { about: 'storage', need: summed(models.map((model) => value(model, 'size'))), has: device.storage, takes: `The files of ${names} take`, gives: 'of storage' },
    { about: 'memory', need: summed(models.map((model) => inferenceMemory(model)?.value)), has: device.memory, takes: `The weights of ${names} take`, gives: 'of memory' },
    { about: 'latency', need: value(service, 'service_time')?.p50, has: device.latency, takes: `Half of the answers of ${service.name} take more than`, gives: 'for one' },
  ];
  const known = limits.filter((limit) => limit.need && limit.has);
  const broken = known.filter(({ need, has }) => need && has && need.low > has.high);
  for (const { about, need, has, takes, gives } of broken) {
    if (need && has) yield contradiction(service, { about, at: 'device', message: `${takes} ${formatQuantity(need)}, and the weakest device gives ${formatQuantity(has)} ${gives}.` });
  }
  const slow = value(service, 'service_time')?.p99;
  if (broken.length === 0 && slow && device.latency && slow.low > device.latency.high) {
    return yield weak(service, { about: 'tail', at: 'device', severity: 'medium', message: `One answer in a hundred takes more than ${formatQuantity(slow)}, and the weakest device has ${formatQuantity(device.latency)} for one.` });
  }
  if (broken.length > 0) return;
  if (known.length > 0) return yield satisfied(service, { because: known.map(({ need, has, about }) => `${about}: ${need ? formatQuantity(need) : ''} of ${has ? formatQuantity(has) : ''}`).join('; '), evidence: evidenceOf(statementOf(service, 'device')) });
  const [model] = models;
  if (model && (device.storage ?? device.memory)) yield question(model, 'size', `How large are the files of ${model.name} as they are shipped to devices?`, service.name);
  else yield question(service, 'service_time', `How long does ${service.name} take for one answer on its weakest device?`);
}

/** Undefined where one of them is not known: a part of a sum proves nothing. */
function summed(sizes: readonly (Quantity | undefined)[]): Quantity | undefined {
  const known = sizes.filter((size) => size !== undefined);
  return known.length === 0 || known.length < sizes.length ? undefined : total(known, known[0]?.unit ?? 'B');
}
