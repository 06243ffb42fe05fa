import type { AcceptedRisk, Finding, Hop, NotApplicable, Question } from '../analysis/finding.ts';
import type { Review } from '../analysis/review.ts';
import type { Score } from '../analysis/score.ts';
import type { Range, Span } from '../model/architecture.ts';
import { byPlace, type ReportInput, type TextProblem } from './report-input.ts';

/** The result of a review for programs: `check --format json`. The shape changes only together with `schemaVersion`. */
export interface ReviewJson {
  readonly schemaVersion: 1;
  readonly tool: ReportInput['tool'];
  readonly systems: readonly SystemJson[];
  /** Faults of the text; left out where there are none. */
  readonly problems?: readonly ProblemJson[];
}

interface SystemJson {
  readonly name: string;
  readonly file: string;
  readonly score: Score;
  readonly findings: readonly FindingJson[];
  readonly questions: readonly QuestionJson[];
  readonly notApplicable: readonly NotApplicable[];
  readonly accepted: readonly AcceptedJson[];
  /** Packs of criteria, and whether they are on. */
  readonly packs: Review['packs'];
  /** Rules that could not be run; left out where there are none. */
  readonly failed?: readonly { readonly rule: string; readonly because: string }[];
}

interface Place {
  readonly component: string;
  readonly file: string;
  readonly range: Range;
}

type HopJson = Place & Pick<Hop, 'note'>;
export type FindingJson = Omit<Finding, 'span' | 'path'> & Place & { readonly path: readonly HopJson[] };
type QuestionJson = Omit<Question, 'span'> & Place;
type AcceptedJson = Omit<AcceptedRisk, 'span' | 'finding'> & { readonly finding: FindingJson; readonly file: string; readonly range: Range };
type ProblemJson = Omit<TextProblem, 'span'> & { readonly file: string; readonly range: Range };

export function reviewJson({ reviews, problems, tool }: ReportInput): ReviewJson {
  return {
    schemaVersion: 1,
    tool: { name: tool.name, version: tool.version },
    systems: reviews.map(systemJson),
    ...(problems.length > 0 ? { problems: [...problems].sort(byPlace).map(({ severity, code, message, span }) => ({ severity, code, message, ...place(span) })) } : {}),
  };
}

function systemJson(review: Review): SystemJson {
  const failed = review.verdicts.filter(({ verdict }) => verdict === 'failed').map(({ rule, because = '' }) => ({ rule, because }));
  return {
    name: review.system,
    file: review.file,
    score: review.score,
    findings: review.findings.map(findingJson),
    questions: review.questions.map(questionJson),
    notApplicable: review.notApplicable.map(({ rule, check, component, because }) => ({ rule, check, component, because })),
    accepted: review.accepted.map(({ finding, because, by, until, span }) => ({ finding: findingJson(finding), because, by, until, ...place(span) })),
    packs: review.packs,
    ...(failed.length > 0 ? { failed } : {}),
  };
}

export function findingJson({ span, path, id, rule, check, type, severity, confidence, message, why, component, remedy }: Finding): FindingJson {
  const { title, changes, effort, impact, prerequisites } = remedy;
  return {
    id, rule, check, type, severity, confidence, message, why, component,
    ...place(span),
    path: path.map((hop) => ({ component: hop.component, ...place(hop.span), note: hop.note })),
    remedy: { title, changes, effort, impact, prerequisites },
  };
}

function questionJson({ id, rule, check, message, component, span, property, value }: Question): QuestionJson {
  return { id, rule, check, message, component, ...place(span), property, value };
}

const place = ({ file, range }: Span): { file: string; range: Range } => ({ file, range });
