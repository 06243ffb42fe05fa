import type { ParseResult } from 'langium';
import type { Problem } from '../problem.ts';

/** Errors of the lexer and the parser in the author's terms; at most one for each line. A declaration that is parsed by
 * itself ends before the line `end`; a whole file has none. */
export function syntaxProblems(file: string, result: ParseResult, end?: number): Problem[] {
  const problems = new Map<number, Problem>();
  const add = (line: number, character: number, length: number, message: string): void => {
    if (problems.has(line)) return;
    const range = { start: { line, character }, end: { line, character: character + Math.max(1, length) } };
    problems.set(line, { severity: 'error', code: 'syntax', message, span: { file, range } });
  };
  for (const error of result.lexerErrors) {
    const line = (error.line ?? 1) - 1;
    add(line, (error.column ?? 1) - 1, error.length, lexerMessage(error.message));
  }
  for (const error of result.parserErrors) {
    const { token, previousToken } = error as typeof error & { previousToken?: typeof error.token };
    const atEnd = token.tokenType.name === 'EOF' || (end !== undefined && (token.startLine ?? 0) > end);
    const place = atEnd && previousToken ? previousToken : token;
    const line = (place.startLine ?? 1) - 1;
    const character = (place.startColumn ?? 1) - 1;
    add(line, Number.isNaN(character) ? 0 : character, place.image.length, parserMessage(error.message, atEnd ? undefined : token.image, end === undefined ? 'file' : 'declaration'));
  }
  return [...problems.values()].sort((a, b) => a.span.range.start.line - b.span.range.start.line);
}

function lexerMessage(message: string): string {
  const unexpected = /unexpected character: ->(.*?)<-/s.exec(message)?.[1];
  if (unexpected === undefined) return message;
  if (unexpected === '-') return 'A quantity cannot be negative.';
  return `Unexpected character ${JSON.stringify(unexpected)}.`;
}

function parserMessage(message: string, found: string | undefined, end: 'file' | 'declaration'): string {
  const token = found === undefined ? `the end of the ${end}` : /^\s*$/.test(found) ? 'the end of the line' : `'${found}'`;
  if (found === undefined && end === 'file') return 'The file ends in the middle of a declaration. Is a closing brace missing?';
  const expected = /Expecting token of type '(.+?)'|Expecting: expecting|Expecting (?:token|keyword)/.exec(message)?.[1];
  const named = expected === undefined ? undefined : (EXPECTED[expected] ?? `'${expected}'`);
  if (named && expected !== '}') return `Expected ${named} but found ${token}.`;
  if (/Redundant input|NotAllInput/.test(message)) return `Unexpected ${token} after the end of a declaration.`;
  return `Unexpected ${token}. A declaration starts with its kind (${'service Scorer : realtime { … }'}), a flow with a name (A -> B), a property with its key.`;
}

const EXPECTED: Readonly<Record<string, string>> = {
  WORD: 'a name',
  STRING: 'text in quotes',
  KIND: 'a kind of component',
  CATALOGUE_KIND: 'a kind of catalogue entry',
  QUANTITY: 'a number',
  EOL: 'the end of the line',
  EOF: 'the end of the file',
};
