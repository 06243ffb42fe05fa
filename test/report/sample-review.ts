import { CONFIDENCE, EFFORTS, type AcceptedRisk, type Finding, type Question } from '../../src/analysis/finding.ts';
import type { Review } from '../../src/analysis/review.ts';
import { gap, notApplicable, question, satisfied, type Check, type Rule } from '../../src/analysis/rule.ts';
import type { ReportInput, TextProblem } from '../../src/report/report-input.ts';
import type { Span } from '../../src/model/architecture.ts';

/** A review made by hand, so that each output is tested against facts that stand in the test. */

export const tool = { name: 'mlarch', version: '1.2.3' };

export const span = (line: number, file = 'main.mlarch', character = 2, width = 6): Span => ({
  file,
  range: { start: { line, character }, end: { line, character: character + width } },
});

export function finding(overrides: Partial<Finding> = {}): Finding {
  const rule = overrides.rule ?? 'ML90.1';
  const component = overrides.component ?? 'Shop.Scorer';
  return {
    id: `${rule}@${component}`,
    rule,
    check: rule.split('.')[0] ?? '',
    type: 'gap',
    severity: 'high',
    confidence: CONFIDENCE.gap,
    message: 'Scorer has one replica.',
    why: 'A restart stops every answer.',
    component,
    span: span(6),
    path: [],
    remedy: { title: 'Run two replicas.', changes: [{ op: 'set', subject: 'Scorer', property: 'replicas', value: { low: 2, high: 2, unit: '1' } }], effort: EFFORTS.S, impact: 'Serving', prerequisites: [] },
    ...overrides,
  };
}

export const openQuestion = (overrides: Partial<Question> = {}): Question => ({
  id: 'ML90.2@Shop.Scorer',
  rule: 'ML90.2',
  check: 'ML90',
  message: 'How often is Scorer called?',
  component: 'Shop.Scorer',
  span: span(6),
  property: 'peak',
  value: 0.5,
  ...overrides,
});

export const acceptedRisk = (overrides: Partial<AcceptedRisk> = {}): AcceptedRisk => ({
  finding: finding({ rule: 'ML90.3', severity: 'medium', message: 'No shadow traffic.' }),
  because: 'Mirrored traffic starts in spring',
  by: 'Risk ML',
  until: '2027-03-31',
  span: span(9),
  ...overrides,
});

export function sampleReview(overrides: Partial<Review> = {}): Review {
  const findings = overrides.findings ?? [
    finding({ severity: 'critical', path: [{ component: 'Shop.App', span: span(3), note: '900 req/s' }, { component: 'Shop.Scorer', span: span(6) }] }),
    finding({ rule: 'ML90.4', severity: 'medium', type: 'weak', component: 'Shop', message: 'The plan is old.', span: span(0) }),
    finding({ rule: 'ML90.5', severity: 'low', type: 'advisory', message: 'A cache would pay.' }),
  ];
  return {
    system: 'Shop',
    file: 'main.mlarch',
    score: {
      headline: 'first pass',
      index: { assured: 1.25, potential: 2.5 },
      mean: { assured: 2, potential: 3 },
      categories: [{ category: 'serving', title: 'Serving', checks: 1, assured: 1.25, potential: 2.5 }],
      coverage: 0.75,
      decided: 6,
      applicable: 8,
      bar: 2.75,
      gapToBar: 1.5,
      counts: { low: 1, medium: 1, high: 0, critical: 1 },
      contradictions: 0,
      questions: 1,
    },
    findings,
    questions: [openQuestion()],
    notApplicable: [{ rule: 'ML90.6', check: 'ML90', because: 'Nothing is trained here.' }],
    accepted: [acceptedRisk()],
    packs: [],
    checks: [],
    figures: () => [],
    verdicts: [
      { rule: 'ML90.1', check: 'ML90', verdict: 'finding', value: 0 },
      { rule: 'ML90.2', check: 'ML90', verdict: 'question' },
      { rule: 'ML90.3', check: 'ML90', verdict: 'accepted', because: 'Every finding is accepted.' },
      { rule: 'ML90.4', check: 'ML90', verdict: 'finding', value: 0.5 },
      { rule: 'ML90.5', check: 'ML90', verdict: 'finding', value: 0.75 },
      { rule: 'ML90.6', check: 'ML90', verdict: 'not-applicable', because: 'Nothing is trained here.' },
      { rule: 'ML90.7', check: 'ML90', verdict: 'satisfied', value: 0.5 },
    ],
    ...overrides,
  };
}

export const textProblem = (overrides: Partial<TextProblem> = {}): TextProblem => ({
  severity: 'error',
  code: 'unknown-property',
  message: 'A service has no property replcas. Did you mean replicas?',
  span: span(7),
  ...overrides,
});

export const inputOf = (overrides: Partial<ReportInput> = {}): ReportInput => ({ reviews: [sampleReview()], problems: [], tool, ...overrides });

const rule = (number: number, overrides: Partial<Rule> = {}): Rule => ({
  id: `ML90.${number}`,
  slug: `rule-number-${number}`,
  title: `Point ${number} is looked after`,
  type: 'gap',
  severity: 'high',
  why: 'Because it matters.',
  remediation: 'Do `something`.',
  effort: 'M',
  falsePositives: 'It may stand elsewhere.',
  evaluate: () => [],
  ...overrides,
});

/** A check whose rules say one thing each of every service. */
export const sampleCheck: Check = {
  id: 'ML90',
  slug: 'sample',
  title: 'Sample',
  category: 'serving',
  question: 'Is it all there?',
  redFlag: 'Nobody knows.',
  failureMode: 'infrastructure',
  sources: ['A framework 1'],
  applies: () => true,
  rules: [
    rule(1, { evaluate: ({ architecture }) => services(architecture).map((service) => gap(service, { message: `${service.name} has one replica.`, path: [{ component: `${architecture.system.name}.${service.name}`, span: service.span }] })) }),
    rule(2, { severity: 'medium', evaluate: ({ architecture }) => services(architecture).map((service) => question(service, 'replicas', `How many copies of ${service.name} run?`)) }),
    rule(3, { type: 'weak', severity: 'low', evaluate: ({ architecture }) => services(architecture).map((service) => satisfied(service)) }),
    rule(4, { type: 'advisory', acceptable: false, evaluate: () => [notApplicable('Nothing is trained here.')] }),
    ...[5, 6, 7].map((number) => rule(number)),
  ],
};

const services = (architecture: Parameters<Rule['evaluate']>[0]['architecture']) => [...architecture.components.values()].filter(({ kind }) => kind === 'service');

/** Names as an attacker would choose them. */
export const HOSTILE = '<script>alert(1)</script> "q" \'a\' `b` | :: % \n::error::x ]]> & [l](javascript:x) @team #12 **b** \u0000';
