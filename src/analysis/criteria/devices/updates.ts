import type { Change } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { addRollout, AUTOMATIC_ROLLBACK, CANARY } from '../../deployment/drafts.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { isStepwise, releasesOf, stepwiseStage, strategyOf, type Release } from '../../deployment/releases.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import type { Service } from '../../serving/services.ts';
import { fewQuestions } from '../few-questions.ts';
import { capital, devicesOf, fleetsOf, runsOnDevices } from './fleets.ts';

export const updatesStaged: Criterion = {
  id: 'EDGE-01',
  slug: 'devices-are-updated-in-steps',
  title: 'Devices get a new version through the network, few of them first, and can go back by themselves',
  type: 'gap',
  severity: 'high',
  pack: 'edge',
  failureMode: 'rollout',
  sources: ['ML Test Score Infra 6', 'ML Test Score Infra 7', 'AWS ML Lens (2023) MLPER-11', 'AWS ML Lens (2023) MLREL-11'],
  why: 'A device that a bad version has broken may never ask for the next one. What reaches all of them at once, or cannot be replaced at all, is repaired by hand, one by one.',
  remediation: 'Update through the network, in growing groups of devices; keep the version before on the device and go back to it when the new one fails to start or to answer.',
  effort: 'L',
  falsePositives: 'Updates may belong to another team’s device management: declare `update_path`, a `rollout` of the service, and `keeps_previous`.',
  applies: runsOnDevices,
  *evaluate({ architecture }: Context) {
    const releases = new Map(releasesOf(architecture).map((release) => [release.service, release]));
    const outcomes = fleetsOf(architecture).map((fleet) => judge(architecture, fleet, releases.get(fleet)));
    yield* fewQuestions(architecture.system, outcomes, (names) => `How do the devices of ${names} get a new version, how many of them first, and how do they go back? Declare \`update_path\` and \`keeps_previous\` of each.`);
  },
};

const OVER_THE_AIR: (service: Service) => Change[] = ({ name }) => [
  { op: 'set', subject: name, property: 'update_path', value: 'over_the_air' },
  { op: 'set', subject: name, property: 'keeps_previous', value: 'retained' },
];

function judge(architecture: Context['architecture'], service: Service, release: Release | undefined): Outcome {
  const path = value(service, 'update_path');
  const presence = presenceOf(service, 'update_path');
  const [rollout] = release?.rollouts ?? [];
  if (path === 'manual' || presence === 'absent') {
    const message = `${capital(devicesOf(service))} get a new version ${path === 'manual' ? 'by hand, one by one' : 'not at all'}: a bad one stays where it is.`;
    return gap(service, { at: statementOf(service, 'update_path') ? 'update_path' : undefined, message, changes: [...OVER_THE_AIR(service), ...(rollout ? [] : addRollout(architecture, `${service.name}Rollout`, {}, service.name).changes)] });
  }
  if (path === undefined) return plannedInstead(service, 'update_path', { message: `${capital(devicesOf(service))} cannot be given a new version yet.` }) ?? { ...question(service, 'update_path', `How do ${devicesOf(service)} get a new version, how many of them first, and how do they go back?`), statedUnknown: presence === 'unknown' };
  const staged = release?.rollouts.find(isStepwise) ?? release?.pipelines.find(stepwiseStage);
  const kept = ['warm', 'retained'].includes(value(service, 'keeps_previous') ?? '') || [service, ...(release?.rollouts ?? [])].some((place) => value(place as Service, 'rollback')?.kind === 'automatic');
  const lost = value(service, 'keeps_previous') === 'deleted' || presenceOf(service, 'keeps_previous') === 'absent';
  const atOnce = rollout !== undefined && (strategyOf(rollout)?.kind === 'all_at_once' || presenceOf(rollout, 'strategy') === 'absent');
  if (staged && kept) return satisfied(service, { because: `${staged.name} starts with few devices, and each keeps the version before`, evidence: evidenceOf(statementOf(service, 'update_path')) });
  const keep: Change[] = kept ? [] : [{ op: 'set', subject: service.name, property: 'keeps_previous', value: 'retained' }];
  if (atOnce && lost) {
    const message = `A new version reaches ${devicesOf(service)} at once, and none of them keeps the one before: those that it breaks have to be fetched.`;
    return gap(service, { at: 'keeps_previous', message, changes: [...keep, { op: 'set', subject: rollout.name, property: 'strategy', value: CANARY }] });
  }
  if (path === 'app_release' && lost) {
    return weak(service, { at: 'update_path', severity: 'medium', message: `${capital(devicesOf(service))} go back only with a new release of the app, when its users install it.`, changes: [...keep, { op: 'set', subject: service.name, property: 'rollback', value: AUTOMATIC_ROLLBACK }] });
  }
  if (atOnce) return weak(rollout, { about: service.name, at: statementOf(rollout, 'strategy') ? 'strategy' : undefined, severity: 'medium', message: `A new version reaches ${devicesOf(service)} at once; those that are offline meet it later, and nobody watches then.`, changes: [{ op: 'set', subject: rollout.name, property: 'strategy', value: CANARY }, ...keep] });
  if (lost) return weak(service, { at: 'keeps_previous', severity: 'medium', message: `No device keeps the version before: a bad one of ${service.name} stays until the device has loaded another.`, changes: keep });
  if (!kept) return { ...question(service, 'keeps_previous', `Do ${devicesOf(service)} keep the version before, and go back to it by themselves when the new one fails?`), statedUnknown: presenceOf(service, 'keeps_previous') === 'unknown' };
  return notApplicable(`In which steps ${service.name} goes out is asked by ML18.1.`, service);
}
