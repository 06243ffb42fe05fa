import type { IntakeQuestion } from '../../analysis/intake/questionnaire.ts';
import { elementOf } from '../../analysis/intake/questionnaire.ts';
import { readAnswer, type AnswerReader } from '../../language/answers/read-answer.ts';
import { format } from '../../language/formatting/format.ts';
import type { LoweredProject } from '../../language/lowering/lower-project.ts';
import { applyEdits, changeEdits, type TextEdit } from '../../language/printing/change-edits.ts';
import type { Project } from '../../language/project.ts';
import type { Architecture, Change } from '../../model/architecture.ts';
import { lookUpEvidence } from '../evidence.ts';
import type { Input } from '../input.ts';
import { answerParser, loadFiles } from '../load.ts';

/** What has been answered of one system, and the files as they are without it. */
export interface Answering {
  readonly inputs: readonly Input[];
  /** Files that answers of other systems changed already. */
  readonly texts: ReadonlyMap<string, string>;
  readonly project: Project;
  readonly architecture: Architecture;
  readonly accepted: ReadonlyMap<string, Accepted>;
}

export interface Accepted {
  readonly question: IntakeQuestion;
  /** As it was typed. */
  readonly typed: string;
  /** Empty where no property takes the answer: it has to be written into the file by hand. */
  readonly changes: readonly Change[];
}

export type Outcome = { readonly answering: Answering; readonly doubts: readonly string[]; readonly written: boolean } | { readonly problem: string };

export function begin(inputs: readonly Input[], texts: ReadonlyMap<string, string>, system: string): Answering {
  const { project, lowered } = loadFiles(inputs, texts);
  return { inputs, texts, project, architecture: systemIn(lowered, system), accepted: new Map() };
}

export function systemIn({ architectures }: Pick<LoweredProject, 'architectures'>, name: string): Architecture {
  const found = architectures.find(({ system }) => system.name === name);
  if (!found) throw new Error(`The system ${name} is gone.`);
  return found;
}

/** The answers with one more, in place of an earlier one to the same question; or why it cannot be taken. */
export function answer(answering: Answering, question: IntakeQuestion, typed: string): Outcome {
  const read = changesOf(answering, question, typed);
  if ('problem' in read) return read;
  const next = { ...answering, accepted: new Map(answering.accepted).set(question.id, { question, typed, changes: read.changes }) };
  const fault = read.changes.length > 0 ? faultIn(next) : undefined;
  return fault === undefined ? { answering: next, doubts: read.doubts, written: read.changes.length > 0 } : { problem: fault };
}

/** The answers without that to a question. */
export function withdraw(answering: Answering, { id }: IntakeQuestion): Answering {
  const accepted = new Map(answering.accepted);
  accepted.delete(id);
  return { ...answering, accepted };
}

function changesOf({ project, architecture }: Answering, { goes, component }: IntakeQuestion, typed: string): { changes: readonly Change[]; doubts: readonly string[] } | { problem: string } {
  if (goes.to === 'file') {
    const state = /^(none|unknown)$/i.exec(typed.trim())?.[1]?.toLowerCase();
    // `registry none` is written where a registry would be.
    return { changes: state === undefined || goes.kind === undefined ? [] : [{ op: 'add-component', component: { kind: goes.kind as 'registry', name: state, properties: {} } }], doubts: [] };
  }
  const element = elementOf(architecture, component);
  if (!element) return { problem: `There is nothing called ${component}.` };
  const reader: AnswerReader = { ...answerParser, project, evidence: lookUpEvidence };
  return readAnswer(reader, architecture, element, goes.property, typed, goes.alternatives);
}

/** The files as they are with the answers; those that stay as they are left out. */
export function editedTexts({ architecture, project, accepted }: Answering): ReadonlyMap<string, string> {
  const textOf = (file: string): string => project.files.get(file)?.text ?? '';
  const changes = [...accepted.values()].flatMap((item) => item.changes);
  const edits = new Map<string, TextEdit[]>();
  for (const edit of changeEdits(architecture, changes, textOf)) edits.set(edit.span.file, [...(edits.get(edit.span.file) ?? []), edit]);
  return new Map([...edits].map(([file, own]) => [file, laidOutAs(textOf(file), applyEdits(textOf(file), own))]));
}

/** With the line ends of the text before, and formatted if that was. */
function laidOutAs(before: string, after: string): string {
  const text = before.includes('\r\n') ? after.replaceAll(/\r?\n/g, '\r\n') : after;
  return format(answerParser.lexer, before) === before ? format(answerParser.lexer, text) : text;
}

/** What the language says of the files with the answers, where that is wrong. */
function faultIn(answering: Answering): string | undefined {
  const { lowered } = loadFiles(answering.inputs, new Map([...answering.texts, ...editedTexts(answering)]));
  return lowered.problems.find(({ severity }) => severity === 'error')?.message;
}
