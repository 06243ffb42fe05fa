import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import type { Edge } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { deployersOf } from '../../deployment/deployers.ts';
import { documentedReleases } from '../../deployment/runbooks.ts';
import { releasesOf, type Release } from '../../deployment/releases.ts';
import { formatNumber } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { deliveriesOf } from '../../training/delivery.ts';
import { listed } from '../../training/in-house.ts';

export const severalCanDeploy: Rule = {
  id: 'ML19.3',
  slug: 'several-can-deploy',
  title: 'More than one person can deploy',
  type: 'gap',
  severity: 'high',
  why: 'When the one person who can deploy is away, nobody can bring a fix or take a bad version back.',
  remediation: 'Let a second person do the next two releases with the runbook, without help, and give them the rights.',
  effort: 'S',
  falsePositives: 'Others may be able to and have not done so yet. Declare how many can with `deployers` or `operators`.',
  *evaluate({ architecture }) {
    const figures = deployersOf(architecture);
    for (const { component, property, count } of figures) {
      if (count.high <= 1) yield alone(component, property);
      else if (count.low > 1) yield satisfied(component, { because: `${formatNumber(count.low)} people can`, evidence: evidenceOf(statementOf(component, property)) });
    }
    if (figures.length === 0 && releasesOf(architecture).length > 0) yield unknownPeople(architecture);
  },
};

function alone(component: Component, property: string): Outcome {
  const who = property === 'people' ? `${component.name}, the only team, is one person, so` : component.kind === 'team' ? `In ${component.name}` : component.kind === 'runbook' ? `With ${component.name}` : `Through ${component.name}`;
  return gap(component, { at: property, message: `${who} only one person can bring a version to production or take it back.` });
}

function unknownPeople(architecture: Architecture): Outcome {
  const release = releasesOf(architecture)[0];
  const runbook = documentedReleases(architecture).flatMap(({ runbooks }) => runbooks)[0];
  const pipeline = release?.pipelines[0];
  const [team] = componentsOf(architecture, 'team');
  const subject = pipeline ?? runbook ?? team;
  if (!subject) return question(architecture.system, undefined, 'How many people can bring a new version to production? Declare `deployers` of a pipeline or team.');
  const property = subject.kind === 'runbook' ? 'operators' : 'deployers';
  return { ...question(subject, property, `How many people can bring a new version to production${subject.kind === 'team' ? '' : ` with ${subject.name}`}?`), statedUnknown: presenceOf(subject, property) === 'unknown' };
}

/** From here on steps are forgotten or done in the wrong order. */
const MANY_STEPS = 3;

export const fewManualSteps: Rule = {
  id: 'ML19.5',
  slug: 'few-manual-steps',
  title: 'A release needs fewer than three steps by hand',
  type: 'weak',
  severity: 'medium',
  why: 'Each step by hand is forgotten or done wrong now and then, and a release with several of them is done late at night by one who knows.',
  remediation: 'Put the steps into the pipeline, those first that change something in production.',
  effort: 'M',
  falsePositives: 'Approvals are no steps. Count what somebody has to do, and declare it as `manual_steps`.',
  *evaluate({ architecture }) {
    const ways = waysOf(architecture);
    const seen = new Set<string>();
    for (const { release, runbooks } of documentedReleases(architecture)) {
      const outcome = judgeSteps(release, runbooks, ways.get(release.service.name) ?? []);
      const key = outcome && `${outcome.subject?.name}`;
      if (!outcome || key === undefined || seen.has(key)) continue;
      seen.add(key);
      yield outcome;
    }
  },
};

/** Ways of artifacts from training to each service. */
function waysOf(architecture: Architecture): Map<string, Edge[]> {
  const ways = new Map<string, Edge[]>();
  for (const { service, bypass, registered } of deliveriesOf(architecture)) ways.set(service.name, [...(ways.get(service.name) ?? []), ...(registered ?? bypass ?? [])]);
  return ways;
}

function judgeSteps(release: Release, runbooks: readonly Component<'runbook'>[], way: readonly Edge[]): Outcome | undefined {
  const byHand = [...new Set(way)].filter((edge) => edge.flow && presenceOf(edge.flow, 'automated') === 'absent');
  const counted = [...release.pipelines, ...runbooks].flatMap((component) => {
    const steps = value(component as Component<'pipeline'>, 'manual_steps');
    return steps ? [{ component, steps }] : [];
  });
  // A pipeline and a runbook count the same steps, so the larger figure holds; flows by hand are steps too.
  const most = [...counted].sort((a, b) => b.steps.low - a.steps.low)[0];
  const low = Math.max(most?.steps.low ?? 0, byHand.length);
  if (low >= MANY_STEPS) {
    const { service } = release;
    const flows = byHand.length >= MANY_STEPS ? ` (${listed(byHand.map((edge) => `${edge.from} → ${edge.to}`), 4)})` : '';
    const automated: Change[] = byHand.length >= MANY_STEPS ? byHand.map((edge) => ({ op: 'set-flow', from: edge.from, to: edge.to, property: 'automated', value: true })) : [];
    const fewer: Change[] = counted.filter(({ steps }) => steps.low >= MANY_STEPS).map(({ component }) => ({ op: 'set', subject: component.name, property: 'manual_steps', value: { low: 0, high: 0, unit: '1' } }));
    return weak(most && most.steps.low >= byHand.length ? most.component : service, {
      at: most && most.steps.low >= byHand.length ? 'manual_steps' : undefined,
      message: `A release of ${service.name} takes ${formatNumber(low)} steps by hand${flows}.`,
      path: byHand.length >= MANY_STEPS ? hopsOf(byHand) : [],
      changes: [...automated, ...fewer],
    });
  }
  if (most && most.steps.high < MANY_STEPS) return satisfied(most.component, { because: `${formatNumber(most.steps.high)} steps by hand`, evidence: evidenceOf(statementOf(most.component, 'manual_steps')) });
  const subject = release.pipelines[0] ?? runbooks[0];
  // Where there is neither a pipeline nor a runbook, ML19.1 asks first.
  return subject && !most ? { ...question(subject, 'manual_steps', `How many steps of a release of ${release.service.name} are done by hand?`), statedUnknown: presenceOf(subject, 'manual_steps') === 'unknown' } : undefined;
}
