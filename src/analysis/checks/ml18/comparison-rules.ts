import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { isStepwise, releasesOf, stepwiseStage, strategyOf, type Release } from '../../deployment/releases.ts';
import { comparisonOf } from '../../experiments/declared.ts';
import type { DeclaredComparison } from '../../experiments/declared-plan.ts';
import { isMonitoringClosed } from '../../monitoring/absence.ts';
import { answersMonitor, freeName, SHIFT_THRESHOLD } from '../../monitoring/drafts.ts';
import { isOnline, watchedBy } from '../../monitoring/observed.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

type Rollout = Component<'rollout'>;
type Monitor = Component<'monitor'>;

/** Rollouts with the first release that each is for; a rollout of several services is judged once. */
export function* rolloutsOf(architecture: Architecture): Iterable<{ rollout: Rollout; release: Release }> {
  const seen = new Set<Rollout>();
  for (const release of releasesOf(architecture)) {
    for (const rollout of release.rollouts) {
      if (seen.has(rollout)) continue;
      seen.add(rollout);
      yield { rollout, release };
    }
  }
}

/** Monitors that a rollout names, or that flow into it. */
export const watchedMonitors = (architecture: Architecture, rollout: Rollout): Monitor[] =>
  [...(value(rollout, 'watches') ?? [])].flatMap((name) => (architecture.components.get(name) as Monitor | undefined) ?? []);

export const versionsCompared: Rule = {
  id: 'ML18.2',
  slug: 'versions-compared',
  title: 'While exposure grows, the new version is compared with the old one',
  type: 'contradiction',
  severity: 'high',
  why: 'A canary that nobody compares is a slow release to everyone: a fault in 1 % of the traffic is lost in the figures of all of it.',
  remediation: 'Record the version with each answer and compare both versions on the same signals while both run.',
  effort: 'S',
  falsePositives: 'The rollout tool may compare by itself. Declare `compares_versions yes` on the rollout, or on the monitor that it watches.',
  *evaluate(context) {
    for (const { rollout, release } of rolloutsOf(context.architecture)) {
      const kind = strategyOf(rollout)?.kind;
      if (kind === 'ab_test') yield satisfied(rollout, { because: 'an A/B test compares the versions' });
      else if (isStepwise(rollout)) yield judgeComparison(context, rollout, release);
      else if (kind !== undefined) yield notApplicable(`${rollout.name} never serves two versions to users at once (${kind.replaceAll('_', ' ')}).`, rollout);
    }
    const seen = new Set<Component>();
    for (const release of releasesOf(context.architecture)) {
      const pipeline = release.rollouts.length === 0 ? release.pipelines.find(stepwiseStage) : undefined;
      if (!pipeline || seen.has(pipeline)) continue;
      seen.add(pipeline);
      yield judgeStage(context, pipeline, release);
    }
  },
};

/** A pipeline with a canary of which nobody declares a rollout. */
function judgeStage(context: Context, pipeline: Component<'pipeline'>, release: Release): Outcome {
  const { architecture } = context;
  const comparing = release.observed.monitors.find(comparesVersions) ?? comparison(architecture, release);
  if (comparing) return satisfied(pipeline, { because: `${comparing.name} compares the versions` });
  const stage = stepwiseStage(pipeline)?.replace('_', ' ');
  if (!isMonitoringClosed(context) || release.observed.monitors.length > 0) {
    return question(pipeline, undefined, `What compares the new version with the old one in the stage ${stage} of ${pipeline.name}? Declare a \`rollout\` with what it \`watches\`.`);
  }
  const name = freeName(architecture, `${release.service.name}Answers`);
  return contradiction(pipeline, { at: 'stages', message: `${pipeline.name} has the stage ${stage}, but nothing is monitored that could compare the versions of ${release.service.name}.`, changes: answersMonitor(architecture, release.observed), remedy: `Compare both versions, for example by the distribution of their answers (${name}).` });
}

function judgeComparison(context: Context, rollout: Rollout, release: Release): Outcome {
  const { architecture } = context;
  const { name } = rollout;
  const watched = watchedMonitors(architecture, rollout);
  if (value(rollout, 'compares_versions') === true) return satisfied(rollout, { evidence: evidenceOf(statementOf(rollout, 'compares_versions')) });
  const comparing = [...watched, ...release.observed.monitors].find(comparesVersions) ?? comparison(architecture, release);
  if (comparing) return satisfied(rollout, { because: `${comparing.name} compares the versions` });
  const steps = strategyOf(rollout)?.kind === 'canary' ? 'a canary' : 'a rollout in steps';
  const stated = presenceOf(rollout, 'compares_versions');
  const blind = watched.length > 0 && watched.every((monitor) => presenceOf(monitor, 'compares_versions') === 'absent');
  const unwatched = watched.length === 0 && (presenceOf(rollout, 'watches') === 'absent' || (isMonitoringClosed(context) && release.observed.monitors.length === 0));
  if (stated === 'absent' || blind || unwatched) {
    const at = stated === 'absent' && statementOf(rollout, 'compares_versions') ? 'compares_versions' : statementOf(rollout, 'watches') ? 'watches' : 'strategy';
    const reason = unwatched ? 'nothing is watched while it grows' : watched.length > 0 ? `${listed(watched.map((monitor) => monitor.name))} cannot tell the versions apart` : 'the versions are not compared';
    return contradiction(rollout, { at, message: `${name} is declared as ${steps}, but ${reason}.`, changes: compare(architecture, rollout, release, watched) });
  }
  const ask = watched.length > 0 ? `Does ${listed(watched.map((monitor) => monitor.name))} compare the new version with the old one while ${name} grows?` : `What compares the new version with the old one while ${name} grows?`;
  return { ...question(rollout, watched.length > 0 ? 'compares_versions' : 'watches', ask), statedUnknown: stated === 'unknown' };
}

const comparesVersions = (monitor: Monitor): boolean =>
  value(monitor, 'compares_versions') === true || value(monitor, 'baseline') === 'production_version' || (value(monitor, 'signals')?.includes('version') ?? false);

/** A judgement of production or an experiment that sets one version against the other. */
function comparison(architecture: Architecture, { experiments, observed }: Release): Component | undefined {
  const judged = componentsOf(architecture, 'evaluation').find(
    (evaluation) => value(evaluation, 'compares_to') === 'production' && isOnline(architecture, evaluation) && (value(evaluation, 'judges') ?? []).some((name) => observed.names.has(name)),
  );
  return judged ?? experiments[0];
}

function compare(architecture: Architecture, rollout: Rollout, release: Release, watched: readonly Monitor[]): Change[] {
  const set = (property: string, to: unknown): Change => ({ op: 'set', subject: rollout.name, property, value: to });
  if (watched.length > 0) return [set('compares_versions', true)];
  const existing = release.observed.monitors.filter((monitor) => watchedBy(architecture, monitor).length > 0);
  const added = existing.length > 0 ? [] : answersMonitor(architecture, release.observed);
  const names = existing.length > 0 ? existing.map((monitor) => monitor.name) : [freeName(architecture, `${release.service.name}Answers`)];
  return [...added, set('watches', names), set('compares_versions', true)];
}

export const criteriaDecide: Rule = {
  id: 'ML18.3',
  slug: 'criteria-decide',
  title: 'It is written down when a rollout goes on and when it goes back',
  type: 'gap',
  severity: 'medium',
  why: 'Without criteria the decision is made under pressure by whoever is there, and a small loss is waved through.',
  remediation: 'Set the metric, the threshold, the least time and the least number of samples of each step before the release.',
  effort: 'S',
  falsePositives: 'Criteria may be in the configuration of the rollout tool. Declare them as `criteria metric … threshold … min_duration …`.',
  *evaluate(context) {
    for (const { rollout } of rolloutsOf(context.architecture)) {
      const kind = strategyOf(rollout)?.kind;
      if (kind === 'all_at_once') yield notApplicable(`${rollout.name} has no step between which something could be decided.`, rollout);
      else yield judgeCriteria(context, rollout);
    }
  },
};

function judgeCriteria(context: Context, rollout: Rollout): Outcome {
  const { architecture } = context;
  const { name } = rollout;
  const criteria = value(rollout, 'criteria');
  const presence = presenceOf(rollout, 'criteria');
  const watched = watchedMonitors(architecture, rollout);
  const limit = watched.find((monitor) => value(monitor, 'threshold'));
  const missing: FindingDetails = {
    at: statementOf(rollout, 'criteria') ? 'criteria' : undefined,
    message: `${name} has no criteria: nothing says when it goes on and when it goes back.`,
    changes: [{ op: 'set', subject: name, property: 'criteria', value: startingCriteria(limit, comparisonOf(context, name)) }],
  };
  if (presence === 'absent') return gap(rollout, missing);
  const planned = plannedInstead(rollout, 'criteria', missing);
  if (planned) return planned;
  const paced = criteria?.min_duration ?? criteria?.min_sample ?? strategyOf(rollout)?.each ?? value(rollout, 'duration');
  const metric = criteria?.metric ?? limit?.name;
  const threshold = criteria?.threshold ?? (limit && value(limit, 'threshold'));
  if (metric !== undefined && threshold && paced) return satisfied(rollout, { because: criteria?.metric ? undefined : `${limit?.name} has the threshold`, evidence: evidenceOf(statementOf(rollout, 'criteria')) });
  const open = [metric === undefined && 'by which metric', !threshold && 'at which threshold', !paced && 'after how long or how many samples'].filter((word) => word !== false);
  return { ...question(rollout, 'criteria', `When does ${name} go on or back: ${open.join(', ')}?`), statedUnknown: presence === 'unknown' };
}

/** The least sample is the one that shows the difference which must be seen, where the rollout says which. */
function startingCriteria(limit: Monitor | undefined, plan: DeclaredComparison | undefined) {
  const hour = { low: 3600, high: 3600, unit: 's' };
  const sample = plan?.aim.difference && plan.perArm && { min_sample: { low: plan.perArm.value, high: plan.perArm.value, unit: '1' } };
  return { metric: (limit && (value(limit, 'metric') ?? limit.name)) ?? 'distribution of answers', threshold: (limit && value(limit, 'threshold')) ?? SHIFT_THRESHOLD, min_duration: hour, ...sample };
}
