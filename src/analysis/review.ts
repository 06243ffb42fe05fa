import type { Architecture, Element } from '../model/architecture.ts';
import { finish, type Steps } from '../model/steps.ts';
import { judgeAcceptances } from './acceptance.ts';
import { checklist, withCustomRules } from './checklist.ts';
import { packStates, type PackState } from './criteria/packs.ts';
import { forgetSaid, outcomesOf } from './criteria/said-by.ts';
import { isCriterion } from './criteria/tally.ts';
import { figuresOf, type Figure } from './figures.ts';
import { CONFIDENCE, EFFORTS, SEVERITIES, type AcceptedRisk, type Finding, type NotApplicable, type Question } from './finding.ts';
import { isMonitored } from './monitored.ts';
import { FAILURE_MODES, weak, type Check, type Context, type FindingOutcome, type Outcome, type QuestionOutcome, type Rule } from './rule.ts';
import { scoreOf, type Score } from './score.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { severityOf, standingOf, type Standing } from './severity.ts';
import { shareFacts } from './shared-facts.ts';
import { standingQuestions } from './standing-questions.ts';

export interface Review {
  readonly system: string;
  readonly file: string;
  readonly score: Score;
  /** Most severe first, then by id. */
  readonly findings: readonly Finding[];
  /** Most valuable first. */
  readonly questions: readonly Question[];
  readonly notApplicable: readonly NotApplicable[];
  readonly accepted: readonly AcceptedRisk[];
  readonly verdicts: readonly RuleVerdict[];
  /** Everything that was asked: the checklist, and the rules of the team's own that apply to the system. */
  readonly checks: readonly Check[];
  /** Which packs of criteria are on. The rules of a pack that is off have no verdict. */
  readonly packs: readonly PackState[];
  /** Numbers that follow from what is declared; reckoned when they are first asked for. */
  readonly figures: () => readonly Figure[];
}

/** What a rule says of the whole system: the worst of what it says of its subjects. */
export interface RuleVerdict {
  readonly rule: string;
  readonly check: string;
  readonly verdict: 'finding' | 'question' | 'satisfied' | 'not-applicable' | 'accepted' | 'failed';
  /** 0 to 1 as the score counts it; undefined where nobody knows. */
  readonly value?: number;
  readonly because?: string;
}

export interface ReviewOptions {
  readonly settings?: Settings;
  /** The day of the review, `2026-11-21`: acceptances expire and documents age by it. */
  readonly today: string;
  readonly checks?: readonly Check[];
  /** Called with the rule and the milliseconds it took, where someone measures. */
  readonly onRule?: (rule: Rule, run: () => void) => void;
}

interface Evaluation {
  readonly check: Check;
  readonly rule: Rule;
  readonly findings: Finding[];
  readonly questions: Question[];
  readonly notApplicable: NotApplicable[];
  readonly satisfied: { readonly value: number; readonly because?: string }[];
  failure?: string;
}

/** Reviews one system. It does no input or output and does not fail: a rule that throws is reported with its id. */
export function review(architecture: Architecture, options: ReviewOptions): Review {
  return finish(reviewInSteps(architecture, options));
}

/** The same, with a pause after each outcome of a rule. */
export function* reviewInSteps(architecture: Architecture, options: ReviewOptions): Steps<Review> {
  let figures: readonly Figure[] | undefined;
  const settings = options.settings ?? DEFAULT_SETTINGS;
  const context: Context = { architecture, settings, today: options.today };
  const standing = standingOf(architecture);
  const packs = packStates(architecture, settings.packs);
  const on = new Set(packs.filter((state) => state.on).map(({ pack }) => pack));
  const evaluations: Evaluation[] = [];
  yield* shareFacts(architecture);
  const checks = withCustomRules(options.checks ?? checklist, architecture);
  for (const check of checks) {
    const group = check.applies(context);
    for (const rule of check.rules) {
      if (rule.pack && !on.has(rule.pack)) continue;
      const applies = group === true && rule.applies ? rule.applies(context) : group;
      const evaluation: Evaluation = { check, rule, findings: [], questions: [], notApplicable: [], satisfied: [] };
      evaluations.push(evaluation);
      const off = context.settings.off.find((entry) => entry.rule === rule.id || entry.rule === check.id);
      if (off || applies !== true) evaluation.notApplicable.push({ rule: rule.id, check: check.id, because: off ? `turned off: ${off.because}` : String(applies) });
      else if (options.onRule) options.onRule(rule, () => finish(evaluateRule(evaluation, context, standing)));
      else yield* evaluateRule(evaluation, context, standing);
    }
    yield;
  }
  forgetSaid(context);
  const raised = evaluations.flatMap((evaluation) => evaluation.findings);
  const { open, accepted, problems } = judgeAcceptances(context, raised, checks);
  const findings = [...open, ...problems].sort(bySeverity);
  const stillOpen = new Set(open);
  const verdicts = evaluations.map((evaluation) => verdictOf(evaluation, stillOpen));
  const questions = [...standingQuestions(architecture), ...evaluations.flatMap((evaluation) => evaluation.questions)].sort((a, b) => b.value - a.value || compare(a.id, b.id));
  return {
    system: architecture.system.name,
    file: architecture.system.span.file,
    score: scoreOf({ context, verdicts, findings, questions, checks }),
    findings,
    questions,
    notApplicable: evaluations.flatMap((evaluation) => evaluation.notApplicable),
    accepted,
    verdicts,
    checks,
    packs,
    figures: () => (figures ??= figuresOf(context)),
  };
}

function* evaluateRule(evaluation: Evaluation, context: Context, standing: Standing): Steps<void> {
  try {
    for (const outcome of outcomesOf(context, evaluation.rule)) {
      record(evaluation, outcome, context, standing);
      yield;
    }
  } catch (error) {
    evaluation.failure = error instanceof Error ? error.message : String(error);
  }
}

function record(evaluation: Evaluation, outcome: Outcome, context: Context, standing: Standing): void {
  const { rule, check } = evaluation;
  const system = context.architecture.system.name;
  switch (outcome.outcome) {
    case 'satisfied':
      evaluation.satisfied.push({ value: { declared: 0.5, linked: 0.75, verified: 1 }[outcome.basis], because: outcome.because });
      return;
    case 'not-applicable':
      evaluation.notApplicable.push({ rule: rule.id, check: check.id, component: outcome.subject && qualified(system, outcome.subject), because: outcome.because });
      return;
    case 'question':
      if (outcome.statedUnknown && standing.stage === 'production' && standing.criticality >= 2) {
        const message = `${outcome.message} The file states that this is not known.`;
        evaluation.findings.push({ ...findingOf(evaluation, weak(outcome.subject, { message, about: outcome.about, at: outcome.property, severity: 'medium' }), context, standing), statedUnknown: true });
      } else evaluation.questions.push(questionOf(evaluation, outcome, context, standing));
      return;
    default:
      evaluation.findings.push(findingOf(evaluation, outcome, context, standing));
  }
}

function findingOf({ check, rule }: Evaluation, outcome: FindingOutcome, context: Context, standing: Standing): Finding {
  const { subject } = outcome;
  const component = qualified(context.architecture.system.name, subject);
  const override = context.settings.severities[rule.id] ?? context.settings.severities[check.id];
  const severity = override ?? (rule.fixed ? rule.severity : undefined) ?? severityOf(outcome.severity ?? rule.severity, { ...outcome, counts: rule.counts }, standing, outcome.silent ? isMonitored(context.architecture, subject) : false);
  const effort = EFFORTS[outcome.effort ?? rule.effort];
  return {
    id: `${rule.id}@${component}${outcome.about ? `/${outcome.about}` : ''}`,
    rule: rule.id,
    check: check.id,
    type: outcome.outcome,
    severity,
    confidence: CONFIDENCE[outcome.outcome],
    message: outcome.message,
    why: outcome.why ?? rule.why,
    component,
    span: outcome.span ?? spanOf(subject, outcome.at),
    path: outcome.path ?? [],
    remedy: {
      title: outcome.remedy ?? rule.remediation,
      changes: outcome.changes ?? [],
      effort,
      impact: outcome.impact ?? check.title,
      prerequisites: outcome.prerequisites ?? [],
    },
  };
}

function questionOf({ check, rule }: Evaluation, outcome: QuestionOutcome, context: Context, standing: Standing): Question {
  const component = qualified(context.architecture.system.name, outcome.subject);
  const severity = rule.fixed ? rule.severity : severityOf(rule.severity, { message: '', counts: rule.counts }, standing, false);
  // Risk if it is a gap, times one half for the chance that it is, for two minutes of answering.
  const value = (3 ** SEVERITIES.indexOf(severity) * FAILURE_MODES[rule.failureMode ?? check.failureMode] * 0.5) / 2;
  return {
    id: `${rule.id}@${component}${outcome.about ? `/${outcome.about}` : ''}`,
    rule: rule.id,
    check: check.id,
    message: outcome.message,
    component,
    span: spanOf(outcome.subject, undefined),
    property: outcome.property,
    value: Math.round(value * 1000) / 1000,
  };
}

function verdictOf({ rule, check, findings, questions, satisfied, notApplicable, failure }: Evaluation, open: ReadonlySet<Finding>): RuleVerdict {
  const base = { rule: rule.id, check: check.id };
  if (failure !== undefined) return { ...base, verdict: 'failed', because: failure };
  const stillOpen = findings.filter((finding) => open.has(finding));
  if (stillOpen.length > 0) {
    const value = least(stillOpen.map(({ type }) => ({ contradiction: 0, gap: 0, weak: 0.5, advisory: 0.75 })[type]));
    return { ...base, verdict: 'finding', value };
  }
  if (questions.length > 0) return { ...base, verdict: 'question' };
  if (findings.length > 0) return { ...base, verdict: 'accepted', because: 'Every finding is accepted.' };
  if (satisfied.length > 0) {
    return { ...base, verdict: 'satisfied', value: least(satisfied.map((item) => item.value)), because: satisfied.find((item) => item.because)?.because };
  }
  return { ...base, verdict: 'not-applicable', because: notApplicable[0]?.because ?? 'Nothing in the file is subject to it.' };
}

/** The name under which an element is known outside its system. */
export function qualified(system: string, element: Element): string {
  return element.kind === 'system' ? element.name : `${system}.${element.name}`;
}

function spanOf(element: Element, property: string | undefined) {
  const stated = property ? (element.properties as Record<string, { span: Element['span'] } | undefined>)[property] : undefined;
  return stated?.span ?? element.nameSpan;
}

/** Of equals, what the 20 checks found comes before what lies beyond them. */
export function bySeverity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(b.severity) - SEVERITIES.indexOf(a.severity) || b.confidence - a.confidence || Number(isCriterion(a.rule)) - Number(isCriterion(b.rule)) || compare(a.id, b.id);
}

/** Without spreading the values over arguments, of which there may be too many for the stack. */
const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), 1);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
