import type { Change, Component, Element } from '../../../model/architecture.ts';
import { isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { addRollout, CANARY } from '../../deployment/drafts.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { answersInJobs, releasesOf, stepwiseStage, strategyOf, type Release } from '../../deployment/releases.ts';
import { formatShare } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { isVital } from '../../training/standing-facts.ts';

export const fewBeforeAll: Rule = {
  id: 'ML18.1',
  slug: 'few-before-all',
  title: 'A new version reaches few before it reaches all',
  type: 'gap',
  severity: 'high',
  why: 'What goes to everyone at once harms everyone at once: the first sign of a fault is its full damage.',
  remediation: 'Shadow first, then 1 %, 10 %, 50 % and all of the traffic, stopping by itself when the new version does worse.',
  effort: 'M',
  falsePositives: 'The platform may roll out in steps by itself. Declare a `rollout` for the service, or the stage `canary` of its pipeline.',
  *evaluate(context) {
    const seen = new Set<Component>();
    const unknown: Release[] = [];
    for (const release of releasesOf(context.architecture)) {
      for (const rollout of release.rollouts) {
        if (seen.has(rollout)) continue;
        seen.add(rollout);
        yield judgeStrategy(context, release, rollout);
      }
      if (release.rollouts.length > 0) continue;
      const staged = release.pipelines.find(stepwiseStage);
      if (staged) yield satisfied(release.service, { because: `${staged.name} has the stage ${stepwiseStage(staged)?.replace('_', ' ')}`, evidence: evidenceOf(statementOf(staged, 'stages')) });
      else if (answersInJobs(release)) yield notApplicable(`${release.service.name} predicts in jobs, whose results can be looked at before they are used.`, release.service);
      else if (servesOneVersion(release)) yield allAtOnce(context, release, `${release.service.name} serves one version at a time and has no rollout, so a new one replaces it for everyone at once.`, { at: 'versions' });
      else unknown.push(release);
    }
    if (unknown.length > 0) yield* withoutRollout(context, unknown);
  },
};

const servesOneVersion = ({ service }: Release): boolean => (value(service, 'versions')?.high ?? 2) <= 1;

function judgeStrategy(context: Context, release: Release, rollout: Component<'rollout'>): Outcome {
  const strategy = strategyOf(rollout);
  const presence = presenceOf(rollout, 'strategy');
  const { name } = rollout;
  const changes: Change[] = [
    { op: 'set', subject: name, property: 'strategy', value: CANARY },
    { op: 'set', subject: name, property: 'compares_versions', value: true },
  ];
  const first = strategy?.steps?.[0];
  if (first && first.low >= 1) {
    const message = `${name} is declared as ${(strategy.kind ?? 'stepwise').replace('_', ' ')}, but its first step is ${formatShare(first)} of the traffic.`;
    return contradiction(rollout, { at: 'strategy', message, changes });
  }
  if (strategy?.kind === 'all_at_once' || presence === 'absent') {
    const message = `${name} gives a new version of ${release.service.name} to everyone at once.`;
    return allAtOnce(context, release, message, { at: statementOf(rollout, 'strategy') ? 'strategy' : undefined, changes }, rollout);
  }
  if (strategy?.kind === 'manual') return weak(rollout, { at: 'strategy', severity: 'medium', message: `How many get a new version of ${release.service.name}, and when, is left to whoever does the release.`, changes });
  const planned = plannedInstead(rollout, 'strategy', { message: `${name} has no strategy yet: a new version of ${release.service.name} reaches everyone at once.`, changes });
  if (planned) return planned;
  if (strategy?.kind === undefined && strategy?.steps === undefined) {
    return { ...question(rollout, 'strategy', `How does exposure grow in ${name}: by which strategy and steps?`), statedUnknown: presence === 'unknown' };
  }
  const steps = first ? `, from ${formatShare(first)} on` : '';
  return satisfied(rollout, { because: `${(strategy.kind ?? 'in steps').replace('_', ' ')}${steps}`, evidence: evidenceOf(statementOf(rollout, 'strategy')) });
}

/** Worse where there is no way back either: then a bad version is a total loss of the service until it is built again. */
function allAtOnce({ architecture }: Context, release: Release, message: string, details: Partial<FindingDetails>, subject: Element = release.service): Outcome {
  const { service } = release;
  const stuck = hasNoWayBack(release) && isVital(architecture) && presenceOf(service, 'fallback') === 'absent';
  const inJobs = answersInJobs(release);
  return gap(subject, {
    changes: newRollout(architecture, [release]),
    ...details,
    message: stuck ? `${message} There is no way back to the version before, and nothing answers in its place.` : message,
    severity: inJobs ? 'medium' : stuck ? 'critical' : undefined,
    critical: stuck && !inJobs ? 'outage' : undefined,
    why: stuck && !inJobs ? `A bad version takes ${service.name} away from everyone until the old one is built again.` : undefined,
    impact: 'A bad version harms few, for a short time',
  });
}

/** The file says that the previous version is gone or that there is no rollback. */
function hasNoWayBack({ service, rollouts }: Release): boolean {
  const back = [service, ...rollouts].some((component) => presenceOf(component, 'rollback') === 'present');
  if (back) return false;
  return value(service, 'keeps_previous') === 'deleted' || presenceOf(service, 'keeps_previous') === 'absent' || presenceOf(service, 'rollback') === 'absent';
}

function* withoutRollout(context: Context, releases: readonly Release[]): Iterable<Outcome> {
  const { architecture } = context;
  const { system } = architecture;
  const names = listed(releases.map(({ service }) => service.name));
  if (!isKindAbsent(architecture, 'rollout')) {
    const statedUnknown = architecture.absences.get('rollout')?.state === 'unknown';
    return yield { ...question(system, undefined, `How does a new version of ${names} reach its users: all at once, or in steps? Declare a \`rollout\`, or \`rollout none\`.`), statedUnknown };
  }
  const [worst] = [...releases.filter(hasNoWayBack), ...releases];
  if (!worst) return;
  const message = `There is no rollout in steps: a new version of ${names} reaches everyone at once.`;
  const changes = newRollout(architecture, releases);
  const span = architecture.absences.get('rollout')?.span;
  yield allAtOnce(context, worst, message, { span, changes }, system);
}

function newRollout(architecture: Context['architecture'], releases: readonly Release[]): readonly Change[] {
  const [first] = releases;
  if (!first) return [];
  if (releases.length === 1) return addRollout(architecture, `${first.service.name}Rollout`, {}, first.service.name).changes;
  return addRollout(architecture, 'Rollout', { of: releases.map(({ service }) => service.name) }).changes;
}
