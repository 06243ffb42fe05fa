import { answersInMarkdown, type GivenAnswer } from '../../report/intake-markdown.ts';
import { readJson } from '../../report/located-json.ts';
import { Failure } from '../failure.ts';

/** The answers in a questionnaire that was filled in: the JSON of `--format json` or the document of `--format markdown`. */
export function readAnswers(text: string, file: string): GivenAnswer[] {
  const answers = /^\uFEFF?\s*[{[]/.test(text) ? answersInJson(text, file) : answersInMarkdown(text);
  if (answers.length === 0) throw new Failure(`${file}: holds no answers. It is a questionnaire of mlarch intake --format json or markdown, with the answers filled in.`);
  const seen = new Map<string, GivenAnswer>();
  for (const answer of answers) {
    const earlier = seen.get(answer.id);
    if (earlier && earlier.text !== answer.text) throw new Failure(`${file}:${answer.line}: ${answer.id} is answered twice, and differently in line ${earlier.line}.`);
    seen.set(answer.id, answer);
  }
  return [...seen.values()];
}

function answersInJson(text: string, file: string): GivenAnswer[] {
  const read = readJson(text);
  if ('error' in read) throw new Failure(`${file}:${read.line}:${read.column}: ${read.error}`);
  const wrong = (path: readonly PropertyKey[], expected: string): Failure => {
    const { line, column } = read.locate(path);
    return new Failure(`${file}:${line}:${column}: Expected ${expected}, as mlarch intake --format json writes it.`);
  };
  const listAt = (owner: unknown, key: string, path: readonly PropertyKey[]): readonly unknown[] => {
    const list = isObject(owner) ? owner[key] : undefined;
    if (list === undefined && key === 'ifThereIsTime') return [];
    if (!Array.isArray(list)) throw wrong(path, `a list "${key}"`);
    return list as unknown[];
  };
  return listAt(read.value, 'systems', []).flatMap((system, place) =>
    ['questions', 'ifThereIsTime'].flatMap((key) =>
      listAt(system, key, ['systems', place]).flatMap((question, index): GivenAnswer[] => {
        const path = ['systems', place, key, index];
        if (!isObject(question) || typeof question['id'] !== 'string') throw wrong(path, 'a question with its "id"');
        const answer = textOf(question['answer']);
        if (answer === undefined) throw wrong([...path, 'answer'], 'text as the "answer"');
        return answer.trim() === '' ? [] : [{ id: question['id'], text: answer, line: read.locate([...path, 'answer']).line }];
      }),
    ),
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A number or a truth value is taken as it would be typed. */
function textOf(answer: unknown): string | undefined {
  if (answer === undefined || answer === null) return '';
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  if (typeof answer === 'number') return String(answer);
  return typeof answer === 'string' ? answer : undefined;
}
