import { SEVERITIES, type AcceptedRisk, type Finding, type Question } from '../analysis/finding.ts';
import { bySeverity } from '../analysis/review.ts';
import { explanationOf } from './explain.ts';
import type { ToolEdit, ToolInput } from './tool-answers.ts';
import { DEFAULT_LIMIT, type ToolArguments } from './tool-definitions.ts';
import { at, bounded, count, listOf, oneLine } from './tool-text.ts';

const EDIT_LINES = 30;

/** Findings, questions or accepted risks that the arguments admit. */
export function answerFindings(input: ToolInput, args: ToolArguments): string | { readonly error: string } {
  const { rule, component, severity, show = 'findings', limit } = args;
  if (rule !== undefined && !explanationOf(String(rule))) return { error: `There is no check or rule ${oneLine(String(rule), 40)}. Checks are ML01 to ML20, rules such as ML09.3; mlarch_explain lists them.` };
  const unknown = component === undefined ? undefined : unknownComponent(input, String(component));
  if (unknown) return unknown;
  const isMeant = (item: Pick<Finding, 'rule' | 'check' | 'component'>): boolean => isOfRule(item, rule) && isOfComponent(item.component, component);
  const isGrave = (finding: Finding): boolean => severity === undefined || SEVERITIES.indexOf(finding.severity) >= SEVERITIES.indexOf(severity as Finding['severity']);
  const errors = input.problems.filter((problem) => problem.severity === 'error').length;
  const caveat = errors > 0 ? [`The text has ${count(errors, 'error')}: see mlarch_validate. What they hide is not reviewed.`] : [];
  const most = typeof limit === 'number' ? limit : DEFAULT_LIMIT;
  const { noun, all, blocks } = itemsOf();
  if (input.reviews.length === 0) return [...caveat, 'No system is declared here, so nothing was reviewed.'].join('\n');
  if (blocks.length === 0) return [...caveat, all === 0 ? `There are no ${noun}s.` : `None of ${count(all, noun)} matches.`].join('\n');
  const more = (rest: number): string => `${rest} more: raise limit, or narrow by ${show === 'findings' ? 'severity, ' : ''}rule, component or path.`;
  const head = `${count(blocks.length, noun)}${blocks.length < all ? ` of ${all}` : ''}.`;
  return bounded({ head: [...caveat, head], items: blocks, most, rest: more, separator: '\n\n' });

  function itemsOf(): { noun: string; all: number; blocks: (() => string)[] } {
    if (show === 'questions') {
      const questions = input.reviews.flatMap((review) => review.questions);
      return { noun: 'question', all: questions.length, blocks: questions.filter(isMeant).sort((a, b) => b.value - a.value).map((question) => () => questionText(question, input)) };
    }
    if (show === 'accepted') {
      const accepted = input.reviews.flatMap((review) => review.accepted);
      return { noun: 'accepted risk', all: accepted.length, blocks: accepted.filter(({ finding }) => isMeant(finding) && isGrave(finding)).map((risk) => () => acceptedText(risk, input)) };
    }
    const findings = input.reviews.flatMap((review) => review.findings);
    return { noun: 'finding', all: findings.length, blocks: findings.filter((finding) => isMeant(finding) && isGrave(finding)).sort(bySeverity).map((finding) => () => findingText(finding, input)) };
  }
}

function isOfRule({ rule, check }: Pick<Finding, 'rule' | 'check'>, wanted: string | number | undefined): boolean {
  if (wanted === undefined) return true;
  const id = String(wanted).trim().toUpperCase();
  return rule.toUpperCase() === id || check.toUpperCase() === id;
}

/** By the name alone or with its system, in any case; an end of a flow counts too. */
export function isOfComponent(qualified: string, wanted: string | number | undefined): boolean {
  if (wanted === undefined) return true;
  const name = String(wanted).trim().toLowerCase();
  const full = qualified.toLowerCase();
  const own = full.slice(full.indexOf('.') + 1);
  return full === name || own === name || own.split('->').includes(name);
}

/** An error where no architecture has a component of that name. */
export function unknownComponent({ architectures }: ToolInput, wanted: string): { readonly error: string } | undefined {
  const names = architectures.flatMap(({ system, components, flows }) => [system.name, ...[...components.keys(), ...flows.map(({ from, to }) => `${from}->${to}`)].map((name) => `${system.name}.${name}`)]);
  if (architectures.length === 0 || names.some((name) => isOfComponent(name, wanted))) return undefined;
  return { error: `Nothing is called ${oneLine(wanted, 80)}. Components: ${listOf(names.filter((name) => !name.includes('->')), 60)}.` };
}

function findingText(finding: Finding, { display, editsOf }: ToolInput): string {
  const { id, severity, type, message, why, span, path, remedy } = finding;
  const { size, days } = remedy.effort;
  return [
    `${oneLine(id, 200)} ${severity} ${type} ${at(span, display)}`,
    oneLine(message),
    `Why: ${oneLine(why)}`,
    ...(path.length > 1 ? [`Path: ${oneLine(path.map(({ component, note }) => `${component.slice(component.indexOf('.') + 1)}${note ? ` (${note})` : ''}`).join(' → '), 800)}`] : []),
    `Remedy: ${oneLine(remedy.title)} (${size}, ${days.low} to ${days.high} person-days)`,
    ...(remedy.prerequisites.length > 0 ? [`First: ${remedy.prerequisites.join(', ')}`] : []),
    ...(editsOf?.(finding) ?? []).map((edit) => editText(edit, display)),
  ].join('\n');
}

/** As in a diff: what stands there, then what is to stand there. */
function editText({ span, before, text }: ToolEdit, display: ToolInput['display']): string {
  const lines = [...linesOf(before).map((line) => `- ${line}`), ...linesOf(text).map((line) => `+ ${line}`)];
  return [`Edit ${at(span, display)}`, ...lines.slice(0, EDIT_LINES), ...(lines.length > EDIT_LINES ? [`${lines.length - EDIT_LINES} more lines`] : [])].join('\n');
}

const linesOf = (text: string): string[] => text.split(/\r?\n/).map((line) => line.trimEnd()).filter((line) => line !== '').map((line) => (line.length > 400 ? `${line.slice(0, 400)}…` : line));

function questionText({ id, message, component, property, span }: Question, { display }: ToolInput): string {
  return `${oneLine(id, 200)} ${at(span, display)}\n${oneLine(message)}${property === undefined ? '' : `\nAnswered by: ${property} of ${component}`}`;
}

function acceptedText({ finding, because, by, until, span }: AcceptedRisk, { display }: ToolInput): string {
  return `${oneLine(finding.id, 200)} ${finding.severity} ${at(span, display)}\n${oneLine(finding.message)}\nAccepted by ${oneLine(by, 120)} until ${oneLine(until, 20)}: ${oneLine(because)}`;
}
