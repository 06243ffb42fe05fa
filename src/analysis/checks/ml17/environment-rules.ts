import type { Change, Component } from '../../../model/architecture.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { answersInJobs, type Release } from '../../deployment/releases.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { isRehearsed, isShadowPlace, rehearsalsOf, stagings, type Rehearsal } from './rehearsals.ts';

type Environment = Component<'environment'>;

export const triedBefore: Rule = {
  id: 'ML17.1',
  slug: 'tried-before-production',
  title: 'A new version is tried apart from production, or on a copy of its traffic',
  type: 'gap',
  severity: 'high',
  why: 'Faults of models are faults of distribution: they show on real inputs. Where nothing comes before production, its users find them.',
  remediation: 'Send a copy of the traffic to the new version and do not use its answers (shadow): the cheapest realistic test. Or keep a staging environment on recent data.',
  effort: 'M',
  falsePositives: 'Staging may belong to a platform of another team. Declare it as `environment … : staging { of … }`, or the stage `staging` of the pipeline.',
  *evaluate(context) {
    const open = rehearsalsOf(context.architecture).filter((rehearsal) => !isRehearsed(rehearsal));
    for (const rehearsal of rehearsalsOf(context.architecture)) if (isRehearsed(rehearsal)) yield satisfied(rehearsal.release.service, { because: because(rehearsal) });
    if (open.length > 0) yield untried(context, open.map((rehearsal) => rehearsal.release));
  },
};

function because({ environments, shadow, stage }: Rehearsal): string {
  if (shadow !== undefined) return shadow;
  return environments[0] ? `it is tried in ${environments[0].name}` : `${stage?.name} deploys to staging first`;
}

function untried({ architecture }: Context, open: readonly Release[]): Outcome {
  const { system } = architecture;
  const names = listed(open.map(({ service }) => service.name));
  if (!isKindAbsent(architecture, 'environment')) {
    const statedUnknown = architecture.absences.get('environment')?.state === 'unknown';
    return { ...question(system, undefined, `Where is a new version of ${names} tried before it answers for real: staging, or a copy of the traffic? Declare an \`environment\`, or \`environment none\`.`), statedUnknown };
  }
  const backtested = open.every((release) => isBacktested(architecture, release));
  const inJobs = open.every(answersInJobs);
  return gap(system, {
    message: inJobs
      ? `There is no staging environment: the first run of a new version of ${names} is one whose results are used.`
      : `There is no staging environment and no shadow traffic: a new version of ${names} meets real inputs for the first time in production.`,
    span: architecture.absences.get('environment')?.span,
    severity: inJobs ? 'medium' : undefined,
    remedy: inJobs ? 'Let a new version run beside the current one, and compare the results before any are used.' : undefined,
    mitigated: backtested,
    changes: open.flatMap((release) => shadowFirst(architecture, release)),
    impact: 'Faults on real inputs are seen before users meet them',
  });
}

/** Judged on the past or against the version in use, and stopped if it fails: that sees part of what staging would. */
function isBacktested(architecture: Context['architecture'], { observed }: Release): boolean {
  return componentsOf(architecture, 'evaluation').some((evaluation) => {
    const strong = evaluation.variant === 'backtest' || value(evaluation, 'compares_to') === 'production';
    return strong && value(evaluation, 'blocking') === true && (value(evaluation, 'judges') ?? []).some((name) => observed.names.has(name));
  });
}

/** A shadow environment on a copy of the traffic, whose results decide on the rollout where there is one. */
function shadowFirst(architecture: Context['architecture'], { service, rollouts }: Release): Change[] {
  const name = freeName(architecture, `${service.name}Shadow`);
  const traffic = service.variant === 'batch' ? {} : { traffic: { kind: 'shadow' } };
  const properties = { of: [service.name], data: 'mirrored', ...traffic, controls: 'equal', ...(rollouts[0] ? { gates: [rollouts[0].name] } : { gates: [service.name] }) };
  return [{ op: 'add-component', component: { kind: 'environment', name, variant: 'shadow', properties } }];
}

export const resultsGate: Rule = {
  id: 'ML17.4',
  slug: 'staging-decides',
  title: 'What staging finds decides whether a version goes on',
  type: 'gap',
  severity: 'medium',
  why: 'A staging environment whose results nobody waits for delays a release without making it safer.',
  remediation: 'Make the promotion wait for the results of staging: metrics, latency and errors against the version in use.',
  effort: 'S',
  falsePositives: 'A person may look at the results by hand. Declare what they decide on as `gates` of the environment.',
  *evaluate({ architecture }) {
    for (const { environment, rehearsed } of stagings(architecture)) yield* judgeGate(architecture, environment, rehearsed);
    for (const { release, stage, environments } of rehearsalsOf(architecture)) if (stage && environments.length === 0) yield judgeStage(release, stage);
  },
};

function* judgeGate(architecture: Context['architecture'], environment: Environment, rehearsed: readonly Rehearsal[]): Iterable<Outcome> {
  const { name } = environment;
  const waiting = componentsOf(architecture, 'pipeline').find((pipeline) => (value(pipeline, 'gate') ?? []).includes(name));
  const stage = rehearsed.find((rehearsal) => rehearsal.stage)?.stage;
  const presence = presenceOf(environment, 'gates');
  if (presence === 'present') return yield satisfied(environment, { because: `its results decide on ${listed(value(environment, 'gates') ?? [])}`, evidence: evidenceOf(statementOf(environment, 'gates')) });
  if (waiting) return yield satisfied(environment, { because: `${waiting.name} waits for it` });
  if (stage && value(stage, 'blocking') === true) return yield satisfied(environment, { because: `${stage.name} stops where its staging stage fails` });
  const missing: FindingDetails = {
    at: statementOf(environment, 'gates') ? 'gates' : undefined,
    message: `No promotion waits for the results of ${name}: ${listed(rehearsed.map(({ release }) => release.service.name))} can go to production whatever it shows.`,
    changes: [{ op: 'set', subject: name, property: 'gates', value: rehearsed.slice(0, 1).map(({ release }) => gated(release)) }],
  };
  if (presence === 'absent') return yield gap(environment, missing);
  const planned = plannedInstead(environment, 'gates', missing);
  if (planned) return yield planned;
  const [first] = rehearsed;
  if (stage && first && presenceOf(stage, 'blocking') === 'absent') return yield judgeStage(first.release, stage);
  // That a copy of the traffic is compared before the switch is what the criteria of the rollout say (ML18.3).
  if (isShadowPlace(environment) && rehearsed.every(({ release }) => release.rollouts.some((rollout) => value(rollout, 'criteria')))) return;
  yield { ...question(environment, 'gates', `What waits for the results of ${name} before a version goes to production?`), statedUnknown: presence === 'unknown' };
}

/** What lets a version of the service on. */
const gated = ({ service, rollouts, pipelines }: Release): string => rollouts[0]?.name ?? pipelines[0]?.name ?? service.name;

function judgeStage({ service }: Release, pipeline: Component<'pipeline'>): Outcome {
  switch (presenceOf(pipeline, 'blocking')) {
    case 'present':
      return satisfied(pipeline, { because: `${pipeline.name} stops where its staging stage fails` });
    case 'absent':
      return gap(pipeline, {
        at: statementOf(pipeline, 'blocking') ? 'blocking' : undefined,
        message: `${pipeline.name} deploys ${service.name} to staging and goes on whatever comes out, since a stage that fails does not stop it.`,
        changes: [{ op: 'set', subject: pipeline.name, property: 'blocking', value: true }],
      });
    default:
      return question(pipeline, 'blocking', `Does ${pipeline.name} stop if the staging stage of ${service.name} fails?`);
  }
}
