import type { IntakeQuestion, Questionnaire } from '../analysis/intake/questionnaire.ts';
import { codeSpan, escapeMarkdown } from './escape-markdown.ts';
import { LITERAL_ANSWERS, partText, statedText, wordText } from './intake-text.ts';

/** The questionnaire as a document to fill in: what stands after `Answer …:` is read back by `--answers`. */
export function intakeMarkdown(questionnaires: readonly Questionnaire[]): string {
  return questionnaires.map(sheet).join('\n');
}

function sheet({ system, budget, minutes, questions, ifThereIsTime }: Questionnaire): string {
  const total = questions.length + ifThereIsTime.length;
  if (total === 0) return `# Questions about ${escapeMarkdown(system)}\n\nThe review has no open questions.\n`;
  return [
    `# Questions about ${escapeMarkdown(system)}`,
    '',
    `${questions.length} of ${total} questions, about ${minutes} of ${budget} minutes, the most valuable first. Write after ${codeSpan('Answer')} on the same line; leave it empty to skip. ${escapeMarkdown(LITERAL_ANSWERS)}`,
    ...questions.flatMap((question, index) => entry(question, index + 1)),
    ...(ifThereIsTime.length > 0 ? ['', '## If there is time', ...ifThereIsTime.flatMap((question, index) => entry(question, questions.length + index + 1))] : []),
    '',
  ].join('\n');
}

function entry({ id, text, also, component, minutes, lookUp, whoKnows, goes }: IntakeQuestion, number: number): string[] {
  const lines = [
    `- About ${codeSpan(component)}, ${minutes} min. Ask ${escapeMarkdown(whoKnows)}. Look at ${escapeMarkdown(lookUp)}.`,
    ...also.map((other) => `- It also settles: ${escapeMarkdown(other)}`),
    ...(goes.to === 'property' ? formLines(goes) : [`- It goes into the file by hand. ${escapeMarkdown(goes.place)}${goes.kind === undefined ? '' : ` ${codeSpan('none')} or ${codeSpan('unknown')} can be written as they are.`}`]),
  ];
  return ['', `### ${number}. ${escapeMarkdown(text)}`, '', ...lines, '', `Answer ${codeSpan(id)}: `];
}

function formLines({ meaning, alternatives, form, property, stated }: Extract<IntakeQuestion['goes'], { to: 'property' }>): string[] {
  const example = form.examples.map(codeSpan).join(' or ');
  return [
    `- ${escapeMarkdown(meaning === '' ? property : meaning)} Answer with ${escapeMarkdown(form.form)}${example === '' ? '' : `, such as ${example}`}${form.units ? ` (${form.units.map(codeSpan).join(', ')})` : ''}.`,
    ...(form.names && form.names.length > 0 ? [`  - There are: ${form.names.map(codeSpan).join(', ')}`] : []),
    ...(form.allowed ?? []).map((word) => `  - ${escapeMarkdown(wordText(word))}`),
    ...(form.parts ?? []).map((part) => `  - ${escapeMarkdown(partText(part))}`),
    ...(stated ? [`- An answer is there: ${statedText(form).replace('it ', 'a new one ')}.`] : []),
    ...(alternatives.length > 0 ? [`- An answer that begins with ${alternatives.map(codeSpan).join(' or ')} does as well.`] : []),
  ];
}

export interface GivenAnswer {
  readonly id: string;
  readonly text: string;
  /** Counted from one. */
  readonly line: number;
}

/** The answers in a document that was filled in. */
export function answersInMarkdown(text: string): GivenAnswer[] {
  return text.split(/\r\n|\r|\n/).flatMap((content, index) => {
    const match = /^\s*(?:[-*>]\s*)?Answer\s+(`+) ?(.+?) ?\1\s*:(.*)$/.exec(content);
    const answer = match?.[3]?.trim() ?? '';
    return match && answer !== '' ? [{ id: match[2] ?? '', text: answer, line: index + 1 }] : [];
  });
}
