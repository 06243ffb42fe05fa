import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { complianceBasis } from './compliance.ts';
import { ACCEPTANCE_RULES } from '../../src/analysis/acceptance.ts';
import type { Finding } from '../../src/analysis/finding.ts';
import { review } from '../../src/analysis/review.ts';
import { PACK_NAMES, PACKS } from '../../src/analysis/criteria/packs.ts';
import { CATEGORIES, type Check, type Rule } from '../../src/analysis/rule.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { editioned } from '../../src/analysis/frameworks/citations.ts';
import { expectationsOf } from '../../test/support/expectations.ts';
import { loadText } from '../../test/support/load.ts';

const fixtures = path.join(import.meta.dirname, '../../test/fixtures/checks');
const ALL_PACKS = Object.fromEntries(PACK_NAMES.map((pack) => [pack, 'on' as const]));
/** Fixtures are reviewed as of this day, so that pages do not change with the calendar. */
const TODAY = '2026-11-21';

interface Case {
  readonly text: string;
  readonly marks: ReturnType<typeof expectationsOf>;
}

export function checksIndex(checks: readonly Check[], criteria: readonly Check[]): string {
  const rules = checks.reduce((sum, check) => sum + check.rules.length, 0);
  const sections = Object.entries(CATEGORIES).map(([category, title]) => {
    const rows = checks.filter((check) => check.category === category).map((check) => `| [${check.id}](${check.id.toLowerCase()}.md) | ${check.title} | ${check.question} | ${check.rules.length} |`);
    return `## ${title}\n\n| | Check | Question | Rules |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# The 20 checks\n\n${rules} rules, each decided from the model of the file. What is not declared becomes a question and never a finding.\n\n${sections.join('\n')}\n${criteriaIndex(criteria)}`;
}

function criteriaIndex(groups: readonly Check[]): string {
  const count = groups.reduce((sum, group) => sum + group.rules.length, 0);
  const core = groups.reduce((sum, group) => sum + group.rules.filter(({ pack }) => pack === undefined).length, 0);
  const rows = groups.map(({ id, title, question, rules }) => `| [${id}](${id.toLowerCase()}.md) | ${title} | ${question} | ${rules.length} |`);
  const packs = Object.entries(PACKS).map(([pack, { title, when }]) => `| \`${pack}\` | ${title} | ${when} |`);
  return [
    `## Beyond the 20 checks\n\n${count} further criteria of production readiness, decided from the same model. ${core} of them are always on; the others belong to packs. They are findings and questions like those of the checks, and do not enter the score.`,
    `| | Group | Question | Criteria |\n| --- | --- | --- | --- |\n${rows.join('\n')}`,
    `A pack is on where the file declares what it is about. \`packs\` of \`mlarch.config.json\` sets it \`"on"\` or \`"off"\`.`,
    `| Pack | | On where |\n| --- | --- | --- |\n${packs.join('\n')}`,
  ].join('\n\n') + '\n';
}

/** What the rules of a check take as given, at the end of its page. */
const BASES: Readonly<Record<string, () => string>> = { COMP: complianceBasis };

const basisOf = ({ id }: Check): string[] => [BASES[id]?.() ?? []].flat();

export function checkPage(check: Check): string {
  const cases = casesOf(check);
  return [
    `# ${check.id}: ${check.title}`,
    check.question,
    `**Red flag:** ${check.redFlag}`,
    check.beyond ? `Criteria beyond the 20 checks: findings and questions as of a check, outside of the score.` : `Category: ${CATEGORIES[check.category]}. Also asked by: ${check.sources.map(editioned).join('; ')}.`,
    `| Rule | | Kind | Base severity |\n| --- | --- | --- | --- |\n${check.rules.map((rule) => `| [${rule.id}](#${anchor(rule)}) | ${rule.title} | ${rule.type} | ${rule.severity} |`).join('\n')}`,
    'The base severity moves with the stage and the criticality of the system; Critical is kept for silent wrong decisions, the loss of a critical path without fallback, and legal or irreversible harm.',
    ...check.rules.map((rule) => rulePage(check, rule, cases)),
    ...basisOf(check),
  ].join('\n\n') + '\n';
}

/** Findings about acceptances themselves. */
export function acceptancePage(): string {
  const rules = Object.entries(ACCEPTANCE_RULES).map(([id, { title, severity }]) => `<a id="${id.replace('/', '')}"></a>\n\n## ${id}\n\n*${severity}*\n\n${title}`);
  return `# Acceptances\n\nA risk is accepted for a reason, by somebody, until a day. An acceptance that lacks one of them has no effect, and is a finding itself. These findings cannot be accepted.\n\n${rules.join('\n\n')}\n`;
}

const anchor = (rule: Rule): string => rule.id.toLowerCase().replace('.', '');

function rulePage(check: Check, rule: Rule, cases: readonly Case[]): string {
  const failing = cases.find(({ marks }) => marks.some((mark) => mark.mark === '!' && mark.rule === rule.id));
  const passing = cases.find((item) => item !== failing && item.marks.some((mark) => mark.mark === '+' && mark.rule === rule.id)) ?? cases.find(({ marks }) => marks.some((mark) => mark.mark === '+' && mark.rule === rule.id));
  return [
    `<a id="${anchor(rule)}"></a>\n\n## ${rule.id} ${rule.title}`,
    `*${rule.type}, ${rule.severity}, effort ${rule.effort}${check.beyond ? `, ${rule.pack ? `pack ${rule.pack}` : 'always on'}` : ''}* · \`${rule.slug}\``,
    ...(failing ? [`### What it finds\n\n${fence(failing.text)}\n\n${findingsOf(check, rule, failing).map(quote).join('\n>\n')}`] : []),
    `### Why it matters\n\n${rule.why}`,
    `### What to do\n\n${rule.remediation}`,
    ...(passing ? [`### What passes\n\n${fence(passing.text)}`] : []),
    `### When it may be wrong\n\n${rule.falsePositives}`,
    ...(rule.sources ? [`### Also asked by\n\n${rule.sources.map(editioned).join('; ')}.`] : []),
  ].join('\n\n');
}

const fence = (text: string): string => `\`\`\`mlarch\n${stripMarks(text)}\n\`\`\``;
const stripMarks = (text: string): string => text.split('\n').filter((line) => !/^\s*\/\/[!?+-]/.test(line)).join('\n').trim();

function findingsOf(check: Check, rule: Rule, { text }: Case): Finding[] {
  // Line numbers are those of the example as it is shown, without the marks.
  const [architecture] = loadText(stripMarks(text), { evidence: () => ({ status: 'unchecked' }) }).architectures;
  if (!architecture) return [];
  const findings = review(architecture, { today: TODAY, checks: [check], settings: { ...DEFAULT_SETTINGS, packs: ALL_PACKS } }).findings.filter((finding) => finding.rule === rule.id);
  return findings.slice(0, 2);
}

function quote(finding: Finding): string {
  const path_ = finding.path.length > 1 ? `\n> Path: ${finding.path.map(({ component, note }) => `${component.split('.').slice(1).join('.') || component}${note ? ` (${note})` : ''}`).join(' → ')}  ` : '';
  return `> **${finding.severity}** line ${finding.span.range.start.line + 1}: ${finding.message}  ${path_}\n> *${finding.why}*`;
}

function casesOf(check: Check): Case[] {
  const folder = path.join(fixtures, check.id.toLowerCase());
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.mlarch')).sort() : [];
  return names.map((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    return { text, marks: expectationsOf(text) };
  });
}
