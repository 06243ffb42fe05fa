import type { Architecture } from '../../../model/architecture.ts';
import { sharesImplementation } from '../../../model/graph/implementations.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { modelFeatures, type FeatureGroup } from '../../data/feature-use.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import type { Service } from '../../serving/services.ts';
import { servesVendorOnly } from '../../serving/services.ts';
import { fewQuestions } from '../few-questions.ts';
import { devicesOf, fleetsOf, runsOnDevices } from './fleets.ts';

export const deviceParity: Criterion = {
  id: 'EDGE-05',
  slug: 'device-prepares-as-training-does',
  title: 'Inputs are prepared on the device as they were in training, and a test shows it',
  type: 'gap',
  severity: 'high',
  pack: 'edge',
  sources: ['ML Test Score Monitor 3', 'Rules of ML 32', 'Rules of ML 37', 'AWS ML Lens (2023) MLREL-07'],
  why: 'Cutting, scaling and tokenising are written again for each kind of device, in another language and with other libraries. A difference of one pixel or one rounding is no error, only worse answers.',
  remediation: 'Put the preparation into the model file, or compare the answers of device and training on the same known inputs before each release.',
  effort: 'M',
  falsePositives: 'Preparation may be part of the exported model: say `preprocessing in_model`. A comparison that exists: `parity_test yes`.',
  applies: runsOnDevices,
  *evaluate({ architecture }: Context) {
    const outcomes = fleetsOf(architecture).map((fleet) => judge(architecture, fleet));
    yield* fewQuestions(architecture.system, outcomes, (names) => `What prepares inputs on the devices of ${names}, and does a test compare their answers with those of training? Declare \`preprocessing\` and \`parity_test\` of each.`);
  },
};

function judge(architecture: Architecture, service: Service): Outcome {
  if (servesVendorOnly(architecture, service)) return notApplicable(`${service.name} runs a model of a vendor, who ships what prepares its inputs.`, service);
  const way = value(service, 'preprocessing');
  const parity = presenceOf(service, 'parity_test');
  if (way === 'in_model') return satisfied(service, { because: 'the model file prepares its inputs itself', evidence: evidenceOf(statementOf(service, 'preprocessing')) });
  if (parity === 'present') return satisfied(service, { because: 'known inputs give the same answers on the device as in training', evidence: evidenceOf(statementOf(service, 'parity_test')) });
  const test = [{ op: 'set' as const, subject: service.name, property: 'parity_test', value: true }];
  const at = statementOf(service, 'parity_test') ? 'parity_test' : 'preprocessing';
  if (way === 'ported' && parity === 'absent') return gap(service, { at, message: `What prepares inputs was written again for ${devicesOf(service)}, and no test compares it with training.`, changes: test });
  if (way === 'shared') return satisfied(service, { because: 'device and training prepare inputs by the same code', evidence: evidenceOf(statementOf(service, 'preprocessing')) });
  const planned = plannedInstead(service, 'parity_test', { message: `No test compares the answers on ${devicesOf(service)} with those of training yet.` });
  if (planned) return planned;
  if (way === 'ported') return { ...question(service, 'parity_test', `What prepares inputs was written again for ${devicesOf(service)}. Does a test compare its answers with those of training?`), statedUnknown: parity === 'unknown' };
  const groups = groupsOf(architecture, service);
  if (groups.length > 0 && groups.every((group) => sharesImplementation(group) !== 'unknown')) return notApplicable(`Whether device and training compute the same is judged of ${groups[0]?.name ?? 'its features'} by ML05.1.`, service);
  if (parity === 'absent') return weak(service, { at, severity: 'medium', message: `No test compares the answers on ${devicesOf(service)} with those of training.`, changes: test });
  return { ...question(service, 'preprocessing', `What prepares inputs on ${devicesOf(service)}: the model file, the code of training, or code of its own; and does a test compare them?`), statedUnknown: presenceOf(service, 'preprocessing') === 'unknown' };
}

const groupsOf = (architecture: Architecture, service: Service): FeatureGroup[] =>
  modelFeatures(architecture).filter((use) => use.services.includes(service)).flatMap((use) => [...use.served].flatMap((name) => (architecture.components.get(name) as FeatureGroup | undefined) ?? []));
