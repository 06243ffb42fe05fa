import type { LangiumParser } from 'langium';
import type { Architecture, Backed, Change, Element, Evidence, Stated } from '../../model/architecture.ts';
import { statementOf } from '../../model/statements.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { ValueType } from '../../model/value-type.ts';
import { isSystem, type Component } from '../generated/ast.ts';
import { lowerProperties } from '../lowering/properties.ts';
import type { Lowering } from '../lowering/reporter.ts';
import type { MlarchLexer } from '../parser/lexer.ts';
import { syntaxProblems } from '../parser/syntax-problems.ts';
import type { Problem } from '../problem.ts';
import type { Project } from '../project.ts';
import { namesInFile, namesInSystem } from '../references/names.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { answerText } from './answer-text.ts';

/** What is needed to understand an answer: the files, and what reads them. */
export interface AnswerReader {
  readonly lexer: MlarchLexer;
  readonly parser: LangiumParser;
  readonly project: Project;
  /** Looks up a path relative to a file; without it nothing is looked up. */
  readonly evidence?: (file: string, target: string) => Omit<Evidence, 'target'>;
}

/** Changes that state the answer, with doubts about it; or what is wrong with it, in the words of the language. */
export type ReadAnswer = { readonly changes: readonly Change[]; readonly doubts: readonly string[] } | { readonly problem: string };

/** What cannot be in a value. A brace or a line end would reach beyond the property. */
const NEVER = new Set(['{', '}', '->', ':', 'EOL']);

/**
 * Reads what a person typed as the value of a property of an element, as the parser and the vocabulary have it. It may
 * begin with the key, or with that of one of the alternatives. A list joins what is stated already, and parts of an
 * answer join the others; evidence stays.
 */
export function readAnswer(reader: AnswerReader, architecture: Architecture, element: Element, property: string, typed: string, alternatives: readonly string[] = []): ReadAnswer {
  const table = tableOf(element);
  const { key, rest } = keyIn(table, property, alternatives, typed.trim());
  const type = table[key]?.value;
  if (!type) return { problem: `${element.name} has no property ${key}.` };
  if (rest === '') return { problem: `${key} lacks its value.` };
  const read = parse(reader, architecture, element, table, `${key} ${answerText(type, rest)}`);
  if ('problem' in read) return read;
  const others = Object.keys(read.stated).filter((name) => name !== key);
  if (others.length > 0) return { problem: `This states ${others.join(' and ')} too; answer with the value of ${key} alone.` };
  const stated = read.stated[key];
  if (!stated) return { problem: `${rest} is no value of ${key}.` };
  const earlier = statementOf(element, key);
  if (stated.state !== 'present' && earlier?.state === 'present') return { problem: `${key} is stated already. To leave the question open, give no answer; to take ${key} back, edit the file.` };
  return { changes: [changeOf(element, key, draftOf(type, earlier, stated))], doubts: read.doubts };
}

/** The key that the answer begins with, where it is one that may be; a word of the value that is spelt like the key stays. */
function keyIn(table: PropertyTable, property: string, alternatives: readonly string[], typed: string): { key: string; rest: string } {
  const word = /^([A-Za-z_]+)(?=\s|$)/.exec(typed)?.[1];
  const type = table[property]?.value;
  const isOwn = word !== undefined && type !== undefined && (('members' in type && type.members?.includes(word) === true) || ('fields' in type && Object.hasOwn(type.fields, word)));
  if (word === undefined || isOwn || !(word === property || alternatives.includes(word)) || isText(type)) return { key: property, rest: typed };
  return { key: word, rest: typed.slice(word.length).trim() };
}

const isText = (type: ValueType | undefined): boolean => type?.type === 'text' || type?.type === 'texts';

function parse(reader: AnswerReader, architecture: Architecture, element: Element, table: PropertyTable, statement: string): { stated: Record<string, Stated>; doubts: readonly string[] } | { problem: string } {
  const { tokens, hidden, errors } = reader.lexer.tokenizeAll(statement);
  const stray = tokens.find(({ tokenType }) => NEVER.has(tokenType.name)) ?? hidden[0];
  if (stray) return { problem: `An answer cannot hold ${stray.image.trim() === '' ? 'a line end' : stray.image}.` };
  if (errors[0]) return { problem: `${statement} cannot be read: ${errors[0].message}` };
  const result = reader.parser.parse<Component>(`service Answer {\n${statement}\n}`, { rule: 'Component' });
  const [fault] = syntaxProblems('', result);
  if (fault) return { problem: fault.message };
  const problems: Problem[] = [];
  const stated = lowerProperties(loweringFor(reader, architecture, element, problems), result.value.properties, table, element.kind === 'system' ? 'A system' : element.name);
  const error = problems.find(({ severity }) => severity === 'error');
  return error ? { problem: error.message } : { stated, doubts: problems.map(({ message }) => message) };
}

/** Names mean what they mean in the file that declares the element; so do paths. */
function loweringFor({ project, evidence }: AnswerReader, { catalogue }: Architecture, { span }: Element, problems: Problem[]): Lowering {
  const source = project.files.get(span.file);
  const names = source ? namesAround(project, source, span.range.start.line) : new Map<string, never>();
  const sections = catalogue as unknown as Readonly<Record<string, ReadonlyMap<string, unknown> | undefined>>;
  return {
    file: span.file,
    problems,
    resolve: (name) => names.get(name),
    visibleNames: () => names.keys(),
    inCatalogue: (section, name) => sections[section]?.has(name) === true,
    catalogueNames: (section) => sections[section]?.keys() ?? [],
    evidence: (target) => evidence?.(span.file, target) ?? { status: 'unchecked' },
  };
}

function namesAround(project: Project, source: SourceFile, line: number): ReturnType<typeof namesInSystem> {
  const outside = namesInFile(source, (from, path) => project.resolve(from, path));
  const system = source.root.members.filter(isSystem).find((member) => {
    const { start, end } = spanOf(source.file, member).range;
    return start.line <= line && line <= end.line;
  });
  return system ? namesInSystem(system, outside) : outside;
}

/** What is stated in the end: the answer, joined with what was stated before. */
function draftOf(type: ValueType, earlier: Stated | undefined, answer: Stated): unknown {
  const evidence = [earlier, answer].flatMap((stated) => (stated && 'evidence' in stated ? (stated.evidence ?? []) : []));
  if (answer.state !== 'present') {
    const { span: _span, ...literal } = answer;
    return literal;
  }
  const value = earlier?.state === 'present' ? joined(type, earlier.value, answer.value) : answer.value;
  return evidence.length > 0 ? ({ state: 'present', value, evidence: distinct(evidence) } satisfies Backed) : value;
}

function joined(type: ValueType, earlier: unknown, answer: unknown): unknown {
  if (type.type === 'record') return { ...(earlier as object), ...(answer as object) };
  return Array.isArray(earlier) && Array.isArray(answer) && type.type !== 'quantities' ? [...new Set([...(earlier as unknown[]), ...(answer as unknown[])])] : answer;
}

const distinct = (evidence: readonly Evidence[]): Evidence[] => [...new Map(evidence.map((item) => [item.target, item])).values()];

function changeOf(element: Element, property: string, value: unknown): Change {
  if (element.kind === 'flow') return { op: 'set-flow', from: element.from, to: element.to, property, value };
  return { op: 'set', subject: element.name, property, value };
}

function tableOf({ kind }: Element): PropertyTable {
  if (kind === 'system' || kind === 'flow') return vocabulary.forms[kind];
  return vocabulary.kinds[kind]?.properties ?? {};
}
