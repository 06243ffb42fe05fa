import { diligenceAnswers } from '../../analysis/diligence/diligence.ts';
import { evidenceMix } from '../../analysis/evidence-mix.ts';
import { SEVERITIES } from '../../analysis/finding.ts';
import { formatNumber } from '../../analysis/format.ts';
import { likelihoodWord, shortTitle } from '../../analysis/roadmap/words.ts';
import type { RoadmapItem } from '../../analysis/roadmap/roadmap.ts';
import { MOST_THEMES, riskThemes, type RiskTheme } from '../../analysis/themes/themes.ts';
import { standingOf } from '../../analysis/severity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import type { Block, Document, Inline, ListItem, Section } from '../document/block.ts';
import { clip } from './clip.ts';
import { VERDICTS } from './plain-words.ts';
import { redactDocument, redactSubject } from './redaction.ts';
import { scaleStatement } from './scale-statement.ts';
import { BASIS_WORDS, strengthsOf } from './strengths.ts';
import type { ReportSubject } from './subject.ts';
import { paragraph, plural, strong } from './words.ts';

/** The summary as a document of one page, whatever the system. */
export function executiveSummary(given: ReportSubject): Document {
  const subject = given.redact ? redactSubject(given) : given;
  const { context } = subject;
  const name = clip(context.architecture.system.name, 60);
  const document: Document = {
    title: `${name}: executive summary`,
    date: context.today,
    language: 'en',
    subject: 'Review of a machine-learning system',
    sections: [{ ...summarySection(subject), title: 'On one page', startsPage: false }],
    footer: `${name} · mlarch ${subject.provenance.version}`,
    onePage: true,
  };
  return subject.redact ? redactDocument(document, subject) : document;
}

/** One page for whoever decides: verdict, strengths, risks, what to do, limits. Every text in it is bounded. */
export function summarySection(subject: ReportSubject): Section {
  return {
    id: 'summary',
    title: 'Executive summary',
    startsPage: true,
    tight: true,
    blocks: [basis(subject), verdict(subject), scorecard(subject), strengths(subject), ...risks(subject), ...roadmap(subject), labelled('If traffic grows', scaleStatement(subject.estimation)), compliance(subject), diligence(subject), limits(subject)],
  };
}

const labelled = (label: string, text: string): Block => paragraph(strong(label), `: ${text}`);

function basis({ context, provenance }: ReportSubject): Block {
  const { architecture, today } = context;
  const { facts, linked, verified } = evidenceMix(architecture);
  const { stage } = standingOf(architecture);
  const declared = value(architecture.system, 'version');
  const version = declared !== undefined ? `version ${clip(declared, 20)}` : provenance.commit === undefined ? `content ${provenance.digest.slice(0, 12)}` : `commit ${provenance.commit.slice(0, 12)}`;
  return paragraph(`${today}. Scope: ${clip(architecture.system.name, 40)}, ${{ prototype: 'a prototype', pilot: 'in pilot use', production: 'in production' }[stage]}, ${version}. Basis: the owners’ own description; ${formatNumber(linked + verified)} of ${plural(facts, 'fact')} linked to evidence or verified.`);
}

const CRITICALITY = ['low', 'medium', 'high', 'highest'] as const;

function verdict({ review, context }: ReportSubject): Block {
  const { headline, index, bar, coverage } = review.score;
  const { criticality } = standingOf(context.architecture);
  const gap = index.assured >= bar ? 'reached' : index.potential >= bar ? 'answers could reach it' : 'out of reach without changes';
  return paragraph(strong(VERDICTS[headline]), ` (band: ${headline}). Readiness is ${formatNumber(index.assured)} of 4 as described${index.potential > index.assured ? `, up to ${formatNumber(index.potential)} with good answers to open questions` : ''}; ${CRITICALITY[criticality]} criticality calls for ${formatNumber(bar)}: ${gap}. ${formatNumber(Math.round(coverage * 100))} % of what applies could be decided.`);
}

const scorecard = ({ review }: ReportSubject): Block => ({ kind: 'bars', bars: review.score.categories.map(({ title, assured, potential }) => ({ label: title, low: assured, high: potential, of: 4 })) });

function strengths({ review }: ReportSubject): Block {
  const found = strengthsOf(review).slice(0, 3);
  if (found.length === 0) return labelled('Strong', 'no area holds in every point that was looked at.');
  const bases = new Set(found.map(({ basis: backed }) => backed));
  const [only] = bases.size === 1 ? bases : [];
  return labelled(only ? `Strong, ${BASIS_WORDS[only]}` : 'Strong', `${found.map(({ text, basis: backed }, index) => `${index === 0 ? text : text.slice(0, 1).toLowerCase() + text.slice(1)}${only ? '' : ` (${BASIS_WORDS[backed]})`}`).join('; ')}.`);
}

function risks({ context, review, roadmap: actions }: ReportSubject): Block[] {
  const themes = riskThemes(context, review, actions).slice(0, MOST_THEMES);
  if (themes.length === 0) return [labelled('Risks', `no finding is open; ${plural(review.score.questions, 'open question')} may hide some.`)];
  return [paragraph(strong('Largest risks')), { kind: 'list', ordered: true, items: themes.map(riskLine) }];
}

function riskLine({ title, consequence, likelihood, findings, ends }: RiskTheme): ListItem {
  const [first] = ends;
  const grave = SEVERITIES.toReversed().flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count > 0 ? [`${formatNumber(count)} ${severity}`] : [];
  })[0];
  const time = first ? `${formatNumber(first.action.effort.days.low)} to ${formatNumber(first.action.effort.days.high)} days to a first step` : 'no step is planned';
  return { text: [strong(title), `: ${consequence}. ${likelihoodWord(likelihood).replace(/^./, (letter) => letter.toUpperCase())}; ${grave ?? ''}; ${time}.`] };
}

function roadmap({ roadmap: { top }, redact }: ReportSubject): Block[] {
  if (top.length === 0) return [labelled('What to do', 'nothing that a finding asks for.')];
  const shown = top.slice(0, 5);
  const owners = !redact && shown.some(({ action }) => action.owner !== undefined);
  const rows = shown.map((item, index): Inline[][] => [[`${index + 1}. ${clip(shortTitle(item.action.title), 64)}`], [days(item)], [band(item)], [item.slot.within === 'later' ? 'later' : `${item.slot.within} days`], ...(owners ? [[clip(item.action.owner ?? 'nobody named', 24)]] : [])]);
  return [{ kind: 'table', columns: [{ title: 'What to do', width: 5 }, { title: 'Person-days' }, { title: 'Cost, USD' }, { title: 'Within' }, ...(owners ? [{ title: 'Owner' }] : [])], rows }];
}

const days = ({ action }: RoadmapItem): string => `${formatNumber(action.effort.days.low)} to ${formatNumber(action.effort.days.high)}`;

/** A published claim for preventing failures of that sort as a whole; the limits say so. */
function band({ published }: RoadmapItem): string {
  if (!published) return 'no band';
  const thousands = (amount: number): string => (amount >= 1000 ? `${formatNumber(amount / 1000)}k` : formatNumber(amount));
  return `${thousands(published.low)} to ${thousands(published.high)}${published.unit === 'USD' ? '' : published.unit.slice(3)}`;
}

const PERSONAL: ReadonlySet<string> = new Set(['pii', 'sensitive', 'health', 'behavioural', 'location', 'children']);
const RULES = { gdpr: 'GDPR', hipaa: 'HIPAA', pci_dss: 'PCI DSS', sox: 'SOX', soc2: 'SOC 2', iso_27001: 'ISO 27001', iso_42001: 'ISO 42001', eu_ai_act: 'EU AI Act', ccpa: 'CCPA', fcra: 'FCRA' } as const;

function compliance({ context: { architecture } }: ReportSubject): Block {
  const { system, components } = architecture;
  const rules = (value(system, 'compliance') ?? []).map((rule) => RULES[rule]);
  const risk = value(system, 'risk_class');
  const holding = [...components.values()].filter((component) => (value(component, 'contains') ?? []).some((kind) => PERSONAL.has(kind))).length;
  const licensed = [...componentsOf(architecture, 'source', 'dataset', 'model')].filter((component) => value(component as ReturnType<typeof componentsOf<'model'>>[number], 'licence') !== undefined).length;
  return labelled('Compliance and data rights', `rules ${rules.length > 0 ? rules.join(', ') : 'not declared'}; EU AI Act class ${risk ?? 'not declared'}; personal data ${holding > 0 ? `in ${plural(holding, 'place')}` : 'not declared'}; licences stated ${licensed > 0 ? `for ${formatNumber(licensed)}` : 'for none'}.`);
}

function diligence({ context, review }: ReportSubject): Block {
  const rows = diligenceAnswers(context, review).map(({ question, answer }): Inline[][] => [[question], [clip(answer, 125)]]);
  return { kind: 'table', columns: [{ title: 'Often asked', width: 2 }, { title: 'Answer', width: 5 }], rows, namedRows: true };
}

function limits({ review }: ReportSubject): Block {
  return labelled('Limits', `${plural(review.score.questions, 'question')} unanswered. Nothing was load-tested or measured by us; what is only declared was not verified. Likelihoods order risks and are no probabilities. Costs: a published guide’s claims for such failures as a whole. Not legal advice.`);
}
