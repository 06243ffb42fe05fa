import type { Component } from '../../../model/architecture.ts';
import { isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { unservedAgents } from '../../deployment/agents.ts';
import { daysBetween } from '../../deployment/age.ts';
import { deploymentRunbooks, documentedReleases, unassignedRunbooks } from '../../deployment/runbooks.ts';
import { releasesOf } from '../../deployment/releases.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { standingOf } from '../../severity.ts';
import { listed } from '../../training/in-house.ts';
import { isVital } from '../../training/standing-facts.ts';

type Runbook = Component<'runbook'>;

export const runbookExists: Rule = {
  id: 'ML19.1',
  slug: 'deployment-runbook',
  title: 'A runbook says how a version comes to production',
  type: 'gap',
  severity: 'medium',
  why: 'What only one head knows is done differently each time, and not at all when that head is away.',
  remediation: 'Write one page: what must be true before, the steps, how to see that it worked, how to go back. The flows of this file already name most steps.',
  effort: 'S',
  falsePositives: 'The pipeline may be the whole of it, without a step by hand: declare `manual_steps 0` on it and accept the risk, or a runbook that `covers [deployment]`.',
  *evaluate(context) {
    const { architecture } = context;
    if (standingOf(architecture).stage === 'prototype') {
      yield notApplicable('Asked of systems that are past the prototype.');
      return;
    }
    const documented = documentedReleases(architecture);
    for (const { release, runbooks } of documented) if (runbooks[0]) yield satisfied(release.service, { because: `${runbooks[0].name} covers deployment`, evidence: evidenceOf(statementOf(runbooks[0], 'file')) });
    const open = documented.filter(({ runbooks }) => runbooks.length === 0).map(({ release }) => release);
    const agents = unservedAgents(architecture).map((agent) => ({ agent, runbook: deploymentRunbooks(architecture).find(({ subject }) => subject === undefined || subject === agent.name) }));
    for (const { agent, runbook } of agents) if (runbook) yield satisfied(agent, { because: `${runbook.name} covers deployment`, evidence: evidenceOf(statementOf(runbook, 'file')) });
    const names = [...open.map(({ service }) => service.name), ...agents.filter(({ runbook }) => !runbook).map(({ agent }) => agent.name)];
    const byPipeline = names.length === open.length && open.every(({ pipelines }) => pipelines.some((pipeline) => value(pipeline, 'manual_steps')?.high === 0));
    if (names.length > 0) yield undocumented(context, listed(names), byPipeline);
  },
};

function undocumented({ architecture }: Context, names: string, byPipeline: boolean): Outcome {
  const { system } = architecture;
  const [unassigned] = unassignedRunbooks(architecture);
  if (isKindAbsent(architecture, 'runbook') && !unassigned) {
    return gap(system, {
      span: architecture.absences.get('runbook')?.span,
      severity: isVital(architecture) ? 'high' : undefined,
      mitigated: byPipeline,
      message: `No runbook says how a new version of ${names} comes to production${byPipeline ? ', though the pipeline needs no step by hand' : ''}.`,
      impact: 'Anyone of the team can deploy and go back',
    });
  }
  if (unassigned) return question(unassigned, 'covers', `What is ${unassigned.name} for: does it say how a new version of ${names} comes to production?`);
  const statedUnknown = architecture.absences.get('runbook')?.state === 'unknown';
  return { ...question(system, undefined, `Where is it written how a new version of ${names} comes to production? Declare a runbook that \`covers [deployment]\`, or \`runbook none\`.`), statedUnknown };
}

const SECTIONS = ['pre_checks', 'steps', 'post_validation', 'rollback'] as const;
type Section = (typeof SECTIONS)[number];

const IN_WORDS: Readonly<Record<Section, string>> = { pre_checks: 'checks before', steps: 'steps', post_validation: 'validation afterwards', rollback: 'a way back' };

/** Words by which headings speak of a section. */
const HEADINGS: Readonly<Record<Section, RegExp>> = {
  pre_checks: /\bpre[\s-]?(?:deploy|flight|check|release|condition|requisite|launch)|\bbefore\b|\bprereq|\bpreparation|\breadiness|\bchecklist|\bgo\/no[\s-]?go/,
  steps: /\bsteps?\b|\bprocedure|\bdeploy|\breleas|\bpromot|\brollout|\broll out|\bhow to\b|\binstructions|\bexecution/,
  post_validation: /\bpost[\s-]?(?:deploy|check|release|valid|launch)|\bafter(?:wards)?\b|\bvalidat|\bverif|\bsmoke|\bconfirm|\bacceptance/,
  rollback: /\broll(?:ing)?[\s-]?back|\brevert|\bundo|\bback(?:ing)?[\s-]?out|\bway back|\bgo(?:ing)? back|\brestor/,
};

export const runbookComplete: Rule = {
  id: 'ML19.2',
  slug: 'runbook-complete',
  title: 'The runbook exists and has checks before, steps, validation afterwards and a way back',
  type: 'weak',
  severity: 'medium',
  why: 'Most deployments go well without a runbook; it is needed for the one that does not, and that is the part which is left out.',
  remediation: 'Add a heading and a few lines for each: what must be true before, the steps, how to see that it worked, how to go back.',
  effort: 'S',
  falsePositives: 'Headings are matched by common English words. Declare `sections` where the document says it otherwise.',
  *evaluate({ architecture }) {
    for (const runbook of deploymentRunbooks(architecture)) yield judgeDocument(runbook);
  },
};

function judgeDocument(runbook: Runbook): Outcome {
  const { name } = runbook;
  const file = statementOf(runbook, 'file');
  const evidence = [...(evidenceOf(file) ?? []), ...(evidenceOf(statementOf(runbook, 'covers')) ?? []), ...(evidenceOf(statementOf(runbook, 'sections')) ?? [])];
  const lost = evidence.find((item) => item.status === 'missing');
  if (lost) {
    const at = (['file', 'covers', 'sections'] as const).find((property) => evidenceOf(statementOf(runbook, property))?.includes(lost));
    return contradiction(runbook, { at, message: `${name} points to ${lost.target}, which does not exist.`, remedy: 'Write it, or correct the path.' });
  }
  const headings = evidence.find((item) => item.headings)?.headings;
  const declared = value(runbook, 'sections');
  const found = new Set<Section>(headings ? SECTIONS.filter((section) => headings.some((heading) => HEADINGS[section].test(heading))) : []);
  const present = new Set<Section>([...(declared ?? []), ...found]);
  const lacking = SECTIONS.filter((section) => !present.has(section));
  const words = (sections: readonly Section[]): string => listed(sections.map((section) => IN_WORDS[section]), 4);
  if (presenceOf(runbook, 'file') === 'absent' && !headings) return weak(runbook, { at: 'file', message: `${name} is written down nowhere.` });
  if (!headings && !declared) {
    if (presenceOf(runbook, 'sections') === 'absent') return weak(runbook, { at: 'sections', message: `${name} lacks ${words(SECTIONS)}.` });
    return question(runbook, file ? 'sections' : 'file', file ? `Does ${name} have checks before, steps, validation afterwards and a way back?` : `Where is ${name}, and which sections does it have?`);
  }
  if (lacking.length > 0) return weak(runbook, { at: declared ? 'sections' : 'file', message: `${name} lacks ${words(lacking)}.` });
  const claimed = headings ? SECTIONS.filter((section) => !found.has(section)) : [];
  if (claimed.length > 0) return weak(runbook, { at: 'sections', severity: 'low', message: `${name} is said to have ${words(claimed)}, but no heading of the document speaks of it.` });
  return satisfied(runbook, { because: headings ? 'the document has a heading for each part' : undefined, evidence });
}

export const runbookReviewed: Rule = {
  id: 'ML19.4',
  slug: 'runbook-reviewed',
  title: 'The runbook was read through since the architecture last changed, and within half a year',
  type: 'weak',
  severity: 'low',
  why: 'A runbook for the system of last year sends people to machines that are gone.',
  remediation: 'Read it through against the system as it is, correct it, and write down the day.',
  effort: 'S',
  falsePositives: 'A change that does not touch deployment needs no new reading; `changed` of the system should be the last one that does.',
  *evaluate(context) {
    for (const runbook of deploymentRunbooks(context.architecture)) yield judgeReview(context, runbook);
  },
};

function judgeReview({ architecture, settings, today }: Context, runbook: Runbook): Outcome {
  const { name } = runbook;
  const reviewed = value(runbook, 'reviewed');
  const presence = presenceOf(runbook, 'reviewed');
  if (presence === 'absent') return weak(runbook, { at: statementOf(runbook, 'reviewed') ? 'reviewed' : undefined, message: `${name} was never read through again.` });
  if (presence === 'not-applicable') return notApplicable(`${name} is not reviewed.`, runbook);
  if (reviewed === undefined) return { ...question(runbook, 'reviewed', `When was ${name} last read through?`), statedUnknown: presence === 'unknown' };
  const changed = value(architecture.system, 'changed');
  if (changed !== undefined && reviewed < changed) return weak(runbook, { at: 'reviewed', message: `${name} was last read through on ${reviewed}, before the architecture changed on ${changed}.` });
  const age = daysBetween(reviewed, today);
  if (age > settings.thresholds.staleDays) return weak(runbook, { at: 'reviewed', message: `${name} was last read through ${age} days ago, on ${reviewed}.` });
  return satisfied(runbook, { because: `read through on ${reviewed}`, evidence: evidenceOf(statementOf(runbook, 'reviewed')) });
}

/** True, or why nothing is deployed here. */
export const deploysSomething = ({ architecture }: Context): true | string => (releasesOf(architecture).length > 0 || unservedAgents(architecture).length > 0 ? true : 'No service in production that answers with a learned model is declared.');
