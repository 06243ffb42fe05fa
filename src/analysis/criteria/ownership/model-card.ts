import type { Architecture, Component } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { inHouseModels, listed } from '../../training/in-house.ts';

const PARTS = ['use', 'data', 'metrics', 'limits', 'ethics'] as const;
type Part = (typeof PARTS)[number];

const WORDS: Readonly<Record<Part, string>> = { use: 'what it is for', data: 'what it learned from', metrics: 'how good it is', limits: 'where it fails', ethics: 'whom it may harm' };

/** Words by which headings speak of a part. */
const HEADINGS: Readonly<Record<Part, RegExp>> = {
  use: /\buse[sd]?\b|\busage|\bpurpose|\bintended|\bapplication/,
  data: /\bdata|\btraining\b/,
  metrics: /\bmetric|\bevaluation|\bperformance|\bresult|\baccuracy|\bquality/,
  limits: /\blimit|\bfail|\bcaveat|\bout of scope|\brisk|\bweak/,
  ethics: /\bethic|\bfair|\bbias|\bharm|\bsocietal|\bimpact/,
};

export const modelCard: Criterion = {
  id: 'OWN-03',
  slug: 'model-card',
  title: 'Each model has a card: use, data, metrics, limits, harm',
  type: 'gap',
  severity: 'low',
  sources: ['Model cards (2019)', 'ISO/IEC 42001 A.6.2.7', 'CycloneDX 1.5 modelCard', 'NIST AI RMF MAP 1.1'],
  why: 'Whoever uses a model for something else than it was made for finds its limits by harm, unless they are written where that person looks.',
  remediation: 'Write one page for each model: what it is for and what not, what it learned from, how good it is for which group, where it fails, whom it may harm.',
  effort: 'S',
  falsePositives: 'The card may be a page of the registry: name it as `card`. Headings are matched by common English words; declare `card_covers` where the document says it otherwise.',
  applies: ({ architecture }) => {
    if (value(architecture.system, 'stage') === 'prototype') return 'It is a prototype.';
    return inHouseModels(architecture).length > 0 || 'No model is trained or adapted here; the card of a bought or published one is its maker’s.';
  },
  *evaluate({ architecture }: Context) {
    const graver = isAsked(architecture);
    yield* askedOnce(architecture.system, inHouseModels(architecture).map((model) => judge(model, graver)));
  },
};

/** Where others look at the papers, a card is more than good practice. */
function isAsked({ system }: Architecture): boolean {
  const rules = value(system, 'compliance') ?? [];
  return value(system, 'review')?.for === 'diligence' || value(system, 'risk_class') === 'high' || rules.some((rule) => rule === 'eu_ai_act' || rule === 'iso_42001');
}

/** Parts of a card that the file itself holds. */
const IN_FILE: Readonly<Partial<Record<Part, string>>> = { use: 'purpose', limits: 'limits', ethics: 'harms' };
const inFile = (model: Component<'model'>): Part[] => PARTS.filter((part) => IN_FILE[part] !== undefined && presenceOf(model, IN_FILE[part]) === 'present');

function judge(model: Component<'model'>, graver: boolean): Outcome {
  const severity = graver ? ('medium' as const) : undefined;
  const stated = statementOf(model, 'card');
  const evidence = evidenceOf(stated) ?? [];
  const lost = evidence.find(({ status }) => status === 'missing');
  if (lost) return contradiction(model, { at: 'card', severity, message: `The card of ${model.name} is said to be ${lost.target}, which does not exist.`, remedy: 'Write it, or correct the path.' });
  if (stated?.state === 'not-applicable') return notApplicable(stated.because, model);
  if (stated?.state === 'planned') return weak(model, { at: 'card', severity, message: `${model.name} has no card yet; it is planned by ${stated.by}.` });
  const headings = evidence.find((item) => item.headings)?.headings;
  const covers = new Set<Part>([...(value(model, 'card_covers') ?? []), ...inFile(model), ...(headings ? PARTS.filter((part) => headings.some((heading) => HEADINGS[part].test(heading))) : [])]);
  if (presenceOf(model, 'card') === 'absent' && covers.size === 0) return gap(model, { at: stated ? 'card' : undefined, severity, message: `${model.name} has no card: nothing tells what it is for, how good it is and where it fails.` });
  const known = covers.size > 0 || headings !== undefined;
  if (!known) return { ...question(model, stated ? 'card_covers' : 'card', stated ? `Does the card of ${model.name} say what it is for, what it learned from, how good it is, where it fails and whom it may harm?` : `Where is the card of ${model.name}, and what does it speak of?`), statedUnknown: stated?.state === 'unknown' };
  const lacking = PARTS.filter((part) => !covers.has(part));
  if (lacking.length > 0) return weak(model, { at: statementOf(model, 'card_covers') ? 'card_covers' : 'card', severity, message: `The card of ${model.name} does not say ${listed(lacking.map((part) => WORDS[part]), 5)}.` });
  return satisfied(model, { because: 'its card has all five parts', evidence });
}
