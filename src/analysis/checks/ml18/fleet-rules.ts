import type { Architecture, Component, Quantity } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { AUTOMATIC_ROLLBACK } from '../../deployment/drafts.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { answersInJobs, isStepwise, releasesOf, strategyOf, type Release } from '../../deployment/releases.ts';
import { formatNumber } from '../../format.ts';
import { predictionLogOf } from '../../monitoring/predictions-log.ts';
import { sees } from '../../monitoring/signals.ts';
import { evidenceOf } from '../../presence.ts';
import { notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { isVital } from '../../training/standing-facts.ts';
import { rolloutsOf } from './comparison-rules.ts';

export const versionVisible: Rule = {
  id: 'ML18.7',
  slug: 'version-visible',
  title: 'It can be seen which version runs where, and nobody is stuck with a canary',
  type: 'weak',
  severity: 'medium',
  why: 'One machine or device left on another version gives other answers, and nobody finds it. A user who stays with a bad canary gets only bad answers.',
  remediation: 'Report the version from each replica and device and with each answer; assign requests to the canary anew, unless an experiment needs the same users.',
  effort: 'S',
  falsePositives: 'The platform may show it. Declare `version_visible yes` on the rollout, or `model_version` in what the service logs.',
  *evaluate({ architecture }) {
    const judged = new Set<Component>();
    for (const release of releasesOf(architecture)) {
      const [rollout] = release.rollouts;
      const subject = rollout ?? release.service;
      if (judged.has(subject)) continue;
      judged.add(subject);
      const sticky = stuckUsers(architecture, release);
      if (sticky) yield sticky;
      const visible = judgeVisibility(architecture, release);
      if (visible) yield visible;
    }
  },
};

function judgeVisibility(architecture: Architecture, release: Release): Outcome | undefined {
  const { service, rollouts, observed } = release;
  const stating = rollouts.find((rollout) => statementOf(rollout, 'version_visible'));
  const devices = value(service, 'devices');
  const fleet = devices ? ` on ${formatNumber(devices.high)} devices` : '';
  if (stating && presenceOf(stating, 'version_visible') === 'present') return satisfied(stating, { evidence: evidenceOf(statementOf(stating, 'version_visible')) });
  if (stating && presenceOf(stating, 'version_visible') === 'absent') {
    return weak(stating, { about: 'version', at: 'version_visible', message: `Nobody can see which version of ${service.name} runs where${fleet}.`, changes: [{ op: 'set', subject: stating.name, property: 'version_visible', value: true }] });
  }
  const log = predictionLogOf(architecture, observed);
  if (log.fields.has('model_version') || (value(service, 'traces') ?? []).includes('model_version')) return satisfied(service, { because: 'each answer names its version' });
  const monitor = observed.monitors.find((candidate) => sees(candidate, 'version'));
  if (monitor) return satisfied(service, { because: `${monitor.name} sees versions` });
  const many = (value(service, 'replicas')?.high ?? 1) > 1 || service.variant === 'edge' || rollouts.some(isStepwise);
  // A single replica without a rollout in steps is one version by itself.
  if (!many || service.variant === 'llm_api') return undefined;
  return question(rollouts[0] ?? service, rollouts[0] ? 'version_visible' : 'logs', `Can it be seen which version of ${service.name} runs where${fleet}?`);
}

/** A rollout, or the router before it, that keeps users with the version that they got first. */
function stuckUsers(architecture: Architecture, { service, rollouts, experiments }: Release): Outcome | undefined {
  const rollout = rollouts.find((candidate) => ['canary', 'gradual'].includes(strategyOf(candidate)?.kind ?? ''));
  // An experiment compares people, so they must stay in their arm.
  if (!rollout || experiments.length > 0) return undefined;
  const routers = (edgesOf(architecture).in.get(service.name) ?? []).flatMap((edge) => architecture.components.get(edge.from) ?? []).filter((component): component is Component<'gateway'> => component.kind === 'gateway');
  const sticky = [rollout, ...routers].find((component) => value(component as Component<'gateway'>, 'sticky') === true);
  if (!sticky) return undefined;
  return weak(sticky, {
    about: 'sticky',
    at: 'sticky',
    mitigated: value(rollout, 'rollback')?.kind === 'automatic',
    message: `${sticky.name} keeps users with the version that they got first: whoever meets a bad canary of ${service.name} gets nothing else.`,
    changes: [{ op: 'set', subject: sticky.name, property: 'sticky', value: false }],
  });
}

export const rollsBackByItself: Rule = {
  id: 'ML18.8',
  slug: 'rolls-back-by-itself',
  title: 'Where much is at stake, a rollout goes back by itself',
  type: 'weak',
  severity: 'medium',
  why: 'A person needs minutes to notice, decide and act; a rule needs seconds.',
  remediation: 'Let the rollout go back when its criteria fail, without waiting for anyone.',
  effort: 'S',
  falsePositives: 'Going back may need a person for a reason, such as a change of the database. Accept the risk with that reason.',
  *evaluate({ architecture }) {
    if (!isVital(architecture)) {
      yield notApplicable('Asked of systems in production with high criticality.');
      return;
    }
    for (const { rollout, release } of rolloutsOf(architecture)) yield judgeRollback(release, rollout);
    for (const release of releasesOf(architecture)) {
      if (release.rollouts.length > 0 || release.experiments.length > 0) continue;
      if (answersInJobs(release)) yield notApplicable(`${release.service.name} predicts in jobs.`, release.service);
      else if (statementOf(release.service, 'rollback')) yield judgeRollback(release, release.service);
      // Where neither a rollout nor a rollback is declared, ML18.1 and ML10.1 ask.
    }
  },
};

const sooner = (within: Quantity | undefined): Quantity => (within && within.high < AUTOMATIC_ROLLBACK.within.high ? within : AUTOMATIC_ROLLBACK.within);

function judgeRollback({ service }: Release, subject: Component<'rollout' | 'service'>): Outcome {
  const rollout = statementOf(subject, 'rollback') ? subject : statementOf(service, 'rollback') ? service : subject;
  const rollback = value(rollout as Component<'rollout'>, 'rollback');
  const presence = presenceOf(rollout, 'rollback');
  if (rollback?.kind === 'automatic') return satisfied(rollout, { evidence: evidenceOf(statementOf(rollout, 'rollback')) });
  const planned = plannedInstead(rollout, 'rollback', { message: `${service.name} does not go back by itself yet, although much is at stake.` });
  if (planned) return planned;
  if (rollback?.kind === undefined && presence !== 'absent') {
    return { ...question(rollout, 'rollback', `Does ${service.name} go back to the version before by itself, or does somebody have to do it?`), statedUnknown: presence === 'unknown' };
  }
  const how = rollback?.kind === 'redeploy' ? 'goes back by deploying the old version again' : presence === 'absent' ? 'has no way back to the version before' : 'goes back by hand';
  const set = { op: 'set', subject: rollout.name, property: 'rollback', value: { ...rollback, ...AUTOMATIC_ROLLBACK, within: sooner(rollback?.within) } } as const;
  return weak(rollout, { at: statementOf(rollout, 'rollback') ? 'rollback' : undefined, message: `${service.name} ${how}, although much is at stake.`, changes: [set], prerequisites: ['ML10.1'] });
}
