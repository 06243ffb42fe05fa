import { checksOf } from '../analysis/checklist.ts';
import type { AcceptedRisk, Finding, Question, Severity } from '../analysis/finding.ts';
import type { Review } from '../analysis/review.ts';
import type { Check } from '../analysis/rule.ts';
import { fingerprint } from './fingerprint.ts';
import { PROJECT_URL } from './links.ts';
import { byPlace, type ReportInput, type TextProblem } from './report-input.ts';
import { logicalLocation, physicalLocation, ROOT } from './sarif-locations.ts';
import { descriptors, higher, QUESTION_RULE } from './sarif-rules.ts';
import { LEVELS, SECURITY_SEVERITY } from './severity-words.ts';

type Json = Readonly<Record<string, unknown>>;

/** The review as SARIF 2.1.0: one run with all rules, and a result for each finding, accepted risk, question and fault of the text. */
export function sarif({ reviews, problems, tool }: ReportInput, checks: readonly Check[] = checksOf(reviews)): Json {
  const sorted = [...problems].sort(byPlace);
  const rules = descriptors(checks, highestSeverities(reviews), sorted);
  const indices = new Map(rules.map(({ id }, index) => [id, index]));
  const indexed = (result: Json): Json => {
    const ruleIndex = indices.get(String(result['ruleId']));
    return ruleIndex === undefined ? result : { ruleId: result['ruleId'], ruleIndex, ...result };
  };
  const results = [
    ...sorted.map(problemResult),
    ...reviews.flatMap((review) => [
      ...review.findings.map((finding) => findingResult(finding)),
      ...review.accepted.map((accepted) => findingResult(accepted.finding, accepted)),
      ...review.questions.map(questionResult),
    ]),
  ];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, informationUri: PROJECT_URL, rules } },
        invocations: [invocation(reviews, problems)],
        originalUriBaseIds: { [ROOT]: { description: { text: 'The folder in which the tool was run: the root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        results: results.map(indexed),
        properties: { systems: reviews.map(systemProperties) },
      },
    ],
  };
}

function highestSeverities(reviews: readonly Review[]): Map<string, Severity> {
  const highest = new Map<string, Severity>();
  for (const { rule, severity } of reviews.flatMap((review) => [...review.findings, ...review.accepted.map(({ finding }) => finding)])) {
    highest.set(rule, higher(highest.get(rule), severity));
  }
  return highest;
}

/** Rules that could not be run are faults of the tool and not of the file. */
function invocation(reviews: readonly Review[], problems: readonly TextProblem[]): Json {
  const failed = reviews.flatMap((review) => review.verdicts.filter(({ verdict }) => verdict === 'failed').map((verdict) => ({ ...verdict, system: review.system })));
  return {
    executionSuccessful: failed.length === 0 && !problems.some(({ severity }) => severity === 'error'),
    toolExecutionNotifications: failed.map(({ rule, because = '', system }) => ({
      level: 'error',
      message: { text: plain(`${rule} could not be run on ${system}: ${because}`) },
      associatedRule: { id: rule },
    })),
  };
}

/** Every result says whether it is suppressed: an empty list means that it is not. */
function findingResult(finding: Finding, accepted?: AcceptedRisk): Json {
  const { id, rule, severity, type, confidence, component, remedy, message, why, path } = finding;
  const hops = path.map((hop, index) => ({
    id: index + 1,
    physicalLocation: physicalLocation(hop.span),
    logicalLocations: [logicalLocation(hop.component)],
    message: { text: plain(hop.note === undefined ? hop.component : `${hop.component}: ${hop.note}`) },
  }));
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: plain(`${message}\nWhy: ${why}\nRemedy: ${remedy.title}`) },
    locations: [{ physicalLocation: physicalLocation(finding.span), logicalLocations: [logicalLocation(component)] }],
    ...(hops.length > 0 ? { codeFlows: [{ threadFlows: [{ locations: hops.map(({ id: _id, ...location }) => ({ location })) }] }], relatedLocations: hops } : {}),
    partialFingerprints: fingerprints(id),
    suppressions: accepted ? [suppression(accepted)] : [],
    properties: { severity, 'security-severity': SECURITY_SEVERITY[severity], type, confidence, component, effort: remedy.effort.size, impact: remedy.impact, prerequisites: remedy.prerequisites },
  };
}

function suppression({ because, by, until, span }: AcceptedRisk): Json {
  return {
    kind: 'inSource',
    status: 'accepted',
    justification: `${because} (accepted by ${by} until ${until})`,
    location: { physicalLocation: physicalLocation(span) },
    properties: { by, until },
  };
}

/** `open`: the rule was evaluated and there was not enough information to decide. Its level must then be `none`. */
function questionResult({ id, rule, message, component, span, property, value }: Question): Json {
  return {
    ruleId: QUESTION_RULE,
    kind: 'open',
    level: 'none',
    message: { text: plain(`${rule}: ${message}`) },
    locations: [{ physicalLocation: physicalLocation(span), logicalLocations: [logicalLocation(component)] }],
    partialFingerprints: fingerprints(`question:${id}`),
    suppressions: [],
    properties: { rule, component, property, value },
  };
}

function problemResult({ severity, code, message, span }: TextProblem): Json {
  return {
    ruleId: code,
    level: severity,
    message: { text: plain(message) },
    locations: [{ physicalLocation: physicalLocation(span) }],
    suppressions: [],
  };
}

/** GitHub compares only `primaryLocationLineHash`; given here, an alert survives every edit that keeps the element. */
const fingerprints = (id: string): Json => ({ primaryLocationLineHash: `${fingerprint(id)}:1`, 'mlarch/v1': id });

function systemProperties({ system, file, score, notApplicable }: Review): Json {
  return { name: system, file, score, notApplicable: notApplicable.map(({ rule, component, because }) => ({ rule, component, because })) };
}

/** In SARIF `[text](1)` is a link even in plain text; where a message looks like one its brackets are escaped. */
const plain = (text: string): string => (text.includes('](') ? text.replaceAll(/[\\[\]]/g, '\\$&') : text);
