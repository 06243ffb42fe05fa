import type { Change } from '../../../model/architecture.ts';
import { quantityOf } from '../../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { answersInJobs, releasesOf, strategyOf, type Release } from '../../deployment/releases.ts';
import { keepsPrevious, wayBackOf, type WayBack } from '../../deployment/way-back.ts';
import { formatDuration, formatQuantity } from '../../format.ts';
import { evidenceOf, judgePresence } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { hasFallback, servesVendorOnly } from '../../serving/services.ts';
import { isVital } from '../../training/standing-facts.ts';

export const backWithinMinutes: Rule = {
  id: 'ML10.1',
  slug: 'back-within-minutes',
  title: 'The previous version is kept, and service is back on it within minutes',
  type: 'gap',
  severity: 'high',
  why: 'How long a bad version does harm is decided by how fast the one before is back.',
  remediation: 'Keep the version before the present one ready to serve, and switch to it by routing rather than by building again.',
  effort: 'M',
  falsePositives: 'The registry keeps old versions and the service loads by version: declare `keeps_previous retained` and `rollback` with the time that it takes.',
  *evaluate(context) {
    const seen = new Set<string>();
    for (const release of releasesOf(context.architecture)) {
      const outcome = judge(context, release);
      // What several services have in common is said once.
      const name = outcome.subject?.name ?? '';
      if (name !== release.service.name && seen.has(name)) continue;
      seen.add(name);
      yield outcome;
    }
  },
};

function judge(context: Context, release: Release): Outcome {
  const { architecture, settings } = context;
  const { service } = release;
  const back = wayBackOf(architecture, release);
  if (back.presence === 'undeclared' && servesVendorOnly(architecture, service) && release.rollouts.length === 0) return notApplicable(`${service.name} runs only models of a vendor, who keeps their versions.`, service);
  const lost = lostBecause(release);
  const details = { ...severityIn(context, release), impact: 'A bad version does harm for minutes, not for days' };
  if (lost && back.presence === 'present') {
    const within = back.rollback?.within ? ` within ${formatQuantity(back.rollback.within)}` : '';
    return contradiction(service, { ...details, at: lost.at, message: `${service.name} is said to go back${within}, but ${lost.says}.`, why: 'There is nothing to go back to.', changes: lost.changes });
  }
  if (lost) return gap(lost.subject, { ...details, at: lost.at, message: `${service.name} cannot go back: ${lost.says}.`, why: `A bad version of ${service.name} stays until another one is trained and deployed.`, changes: [...lost.changes, ...(back.presence === 'present' ? [] : [setRollback(back)])] });
  if (back.presence !== 'present') {
    return judgePresence(back.bearer, 'rollback', {
      ask: `How does ${service.name} go back to the version before, and within what time? Declare \`rollback\` with \`within\`.`,
      missing: { ...details, message: `${service.name} has no way back to the version before.`, changes: [setRollback(back)] },
    });
  }
  const within = back.rollback?.within;
  const who = back.bearer.kind === 'service' ? back.bearer.name : service.name;
  const limit = settings.thresholds.rollbackSeconds;
  if (answersInJobs(release)) return satisfied(service, { because: 'a job can be run again with the version before', evidence: evidenceOf(statementOf(back.bearer, 'rollback')) });
  if (!within) return question(back.bearer, 'rollback', `How long does it take until ${who} is back on the version before? Add \`within\` to \`rollback\`.`);
  if (within.low > limit) {
    return gap(back.bearer, {
      ...details,
      at: 'rollback',
      message: `It takes ${formatQuantity(within)} until ${who} is back on the version before; more than ${formatDuration(limit)}.`,
      why: `A bad version does harm for ${formatQuantity(within)} after somebody has noticed it.`,
      changes: [setRollback(back), ...(keepsPrevious(release) ? [] : [setKept(release)])],
    });
  }
  return satisfied(service, { because: `back within ${formatQuantity(within)}`, evidence: evidenceOf(statementOf(back.bearer, 'rollback')) });
}

interface Lost {
  readonly subject: Release['service'] | Release['observed']['models'][number];
  readonly at: string;
  readonly says: string;
  readonly changes: readonly Change[];
}

/** Why there is no version before, as far as the file says so. */
function lostBecause(release: Release): Lost | undefined {
  const { service, observed } = release;
  const deleted = value(service, 'keeps_previous') === 'deleted' || statementOf(service, 'keeps_previous')?.state === 'none';
  if (deleted) return { subject: service, at: 'keeps_previous', says: 'the version before is deleted', changes: [setKept(release)] };
  if (keepsPrevious(release)) return undefined;
  const byVersion: Change = { op: 'set', subject: service.name, property: 'loads_model', value: 'by_version' };
  const overwritten = observed.models.find((model) => value(model, 'artifact_mutable') === true);
  if (overwritten) {
    const path = value(service, 'loads_model') === 'from_path' ? [byVersion] : [];
    return { subject: overwritten, at: 'artifact_mutable', says: `each new ${overwritten.name} overwrites the one before`, changes: [{ op: 'set', subject: overwritten.name, property: 'artifact_mutable', value: false }, ...path, setKept(release)] };
  }
  if (value(service, 'loads_model') === 'from_path') return { subject: service, at: 'loads_model', says: 'its model is loaded from a path that the next one overwrites', changes: [byVersion, setKept(release)] };
  return undefined;
}

const setKept = ({ service }: Release): Change => ({ op: 'set', subject: service.name, property: 'keeps_previous', value: 'warm' });

const setRollback = ({ bearer, rollback }: WayBack): Change => ({ op: 'set', subject: bearer.name, property: 'rollback', value: { kind: 'manual', ...rollback, within: quantityOf(5, 'min', 'duration') } });

/** New versions that go to everyone at once and cannot be taken back can take the whole path down. */
function severityIn({ architecture }: Context, release: Release): Pick<FindingDetails, 'severity' | 'critical' | 'mitigated'> {
  const { service, rollouts } = release;
  const bigBang = rollouts.some((rollout) => strategyOf(rollout)?.kind === 'all_at_once') || (rollouts.length > 0 && rollouts.every((rollout) => presenceOf(rollout, 'strategy') === 'absent'));
  const switched = value(service, 'kill_switch') === true || hasFallback(architecture, service);
  return bigBang && isVital(architecture) && !switched ? { severity: 'critical', critical: 'outage' } : {};
}
