import type { Architecture, Change, Component, ComponentDraft, DraftValue, FlowDraft, Position, Span, Stated } from '../../model/architecture.ts';
import { isBacked } from '../../model/apply-changes.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import { ChainEdits } from './chain-edits.ts';
import { printValue, quoted } from '../../model/print-value.ts';

/** Replaces the text of a span; an empty range inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/** Changes of the model as edits of the text it was written in. `textOf` gives the text of a file. */
export function changeEdits(architecture: Architecture, changes: readonly Change[], textOf: (file: string) => string): TextEdit[] {
  const edits = new Map<string, TextEdit>();
  const inserted: Inserted = new Map();
  const chains = new ChainEdits(architecture);
  const linesOf = linesIn(textOf);
  for (const change of changes) {
    // Two new components of one kind both take back the statement that there is none.
    for (const edit of editOf(architecture, change, linesOf, inserted, chains) ?? []) edits.set(JSON.stringify(edit), edit);
  }
  const all = [...edits.values()];
  all.push(...chains.edits(linesOf, ({ from, to, properties }, more, indent) => printFlow({ from, to, properties: { ...drafts(properties), ...more } }, indent)));
  for (const { span, lines, open } of inserted.values()) all.push({ span, text: open ? ` {\n${lines.join('\n')}\n${indentOf(lines)}}` : `${lines.join('\n')}\n` });
  return all;
}

type Lines = (file: string) => readonly string[];

/** The lines of files, each split once however many changes there are. */
function linesIn(textOf: (file: string) => string): Lines {
  const known = new Map<string, readonly string[]>();
  return (file) => {
    let lines = known.get(file);
    if (!lines) known.set(file, (lines = textOf(file).split('\n')));
    return lines;
  };
}

const indentOf = (lines: readonly string[]): string => (/^\s*/.exec(lines[0] ?? '')?.[0] ?? '').slice(2);

type Inserted = Map<string, { span: Span; lines: string[]; open: boolean }>;

function editOf(architecture: Architecture, change: Change, linesOf: Lines, inserted: Inserted, chains: ChainEdits): TextEdit[] | undefined {
  const { system } = architecture;
  switch (change.op) {
    case 'add-component':
      if (!architecture.components.has(change.component.name)) insertInto(system.span, printComponent(change.component, '  '), linesOf, inserted);
      return absenceEdit(architecture, change.component.kind, linesOf);
    case 'add-flow':
      insertInto(system.span, printFlow(change.flow, '  '), linesOf, inserted);
      return undefined;
    case 'set':
    case 'unset': {
      const element = change.subject === system.name ? system : architecture.components.get(change.subject);
      if (!element) return undefined;
      const table = element.kind === 'system' ? vocabulary.forms.system : (vocabulary.kinds[element.kind]?.properties ?? {});
      return propertyEdit(element, change.property, change.op === 'set' ? printProperty(table, change.property, change.value) : undefined, linesOf, inserted);
    }
    case 'set-variant': {
      const component = architecture.components.get(change.subject);
      return component && [{ span: variantSpan(component, linesOf), text: ` : ${change.variant}` }];
    }
    case 'set-flow': {
      const [flow] = chains.between(change.from, change.to);
      if (!flow || chains.take(flow, { kind: 'set', property: change.property, value: change.value })) return undefined;
      return propertyEdit(flow, change.property, printProperty(vocabulary.forms.flow, change.property, change.value), linesOf, inserted);
    }
    case 'remove-component': {
      const component = architecture.components.get(change.name);
      const flows = architecture.flows.filter((flow) => flow.from === change.name || flow.to === change.name);
      return [...(component ? [component] : []), ...flows.filter((flow) => !chains.take(flow, { kind: 'remove' }))].map((element) => ({ span: wholeLines(element.span, linesOf), text: '' }));
    }
    case 'remove-flow':
      return chains.between(change.from, change.to).filter((flow) => !chains.take(flow, { kind: 'remove' })).map((flow) => ({ span: wholeLines(flow.span, linesOf), text: '' }));
  }
}

/** What was stated, as it is printed again. */
function drafts(properties: object): Record<string, DraftValue> {
  return Object.fromEntries(Object.entries(properties as Record<string, Stated>).map(([key, stated]) => [key, stated.state === 'present' && !stated.evidence ? stated.value : stated]));
}

function absenceEdit(architecture: Architecture, kind: ComponentDraft['kind'], linesOf: Lines): TextEdit[] | undefined {
  const absence = architecture.absences.get(kind);
  return absence && [{ span: wholeLines(absence.span, linesOf), text: '' }];
}

interface Element {
  readonly kind: string;
  readonly span: Span;
  readonly properties: object;
}

function propertyEdit(element: Element, property: string, text: string | undefined, linesOf: Lines, inserted: Inserted): TextEdit[] | undefined {
  const stated = (element.properties as Record<string, { span: Span } | undefined>)[property];
  if (stated) return [text === undefined ? { span: wholeLines(stated.span, linesOf), text: '' } : { span: stated.span, text: aligned(text, stated.span, property, linesOf) }];
  const after = element.kind === 'system' ? lineOfProperties(element, linesOf) : undefined;
  if (text !== undefined && after !== undefined) return [{ span: { file: element.span.file, range: { start: after, end: after } }, text: `  ${text}\n` }];
  if (text !== undefined) insertInto(element.span, [text], linesOf, inserted, 2);
  return undefined;
}

/** The line below the last of the properties that a system states before its first declaration: the others belong there too. */
function lineOfProperties({ span, properties }: Element, linesOf: Lines): Position | undefined {
  const source = linesOf(span.file);
  const lines = new Set(Object.values(properties as Readonly<Record<string, Stated | undefined>>).flatMap((stated) => (stated?.span.file === span.file && stated.span.range.start.line > span.range.start.line ? [stated.span.range.end.line] : [])));
  let line = Math.min(...lines);
  while (lines.has(line + 1)) line += 1;
  const end = Object.values(properties as Readonly<Record<string, Stated | undefined>>).find((stated) => stated?.span.range.end.line === line)?.span.range.end;
  // Only where nothing but a comment stands behind it, and that ends with the line.
  const isLast = end !== undefined && /^\s*(?:\/\/.*)?$/.test((source[line] ?? '').slice(end.character));
  return isLast && line < span.range.end.line ? { line: line + 1, character: 0 } : undefined;
}

/** The value in the column where the one before it stood. */
function aligned(text: string, { file, range: { start } }: Span, property: string, linesOf: Lines): string {
  const written = (linesOf(file)[start.line] ?? '').slice(start.character);
  const gap = written.startsWith(property) ? /^[ \t]+/.exec(written.slice(property.length))?.[0] : undefined;
  return gap !== undefined && text.startsWith(`${property} `) ? property + gap + text.slice(property.length + 1) : text;
}

/** Before the closing brace of a block, or, where there is none, in a new block. */
function insertInto(span: Span, lines: readonly string[], linesOf: Lines, inserted: Inserted, deeper = 0): void {
  const { file, range } = span;
  const source = linesOf(file);
  const last = source[range.end.line] ?? '';
  const closed = last[range.end.character - 1] === '}';
  const own = /^\s*/.exec(source[range.start.line] ?? '')?.[0] ?? '';
  const alone = closed && last.slice(0, range.end.character - 1).trim() === '';
  const at: Position = closed ? { line: range.end.line, character: alone ? 0 : range.end.character - 1 } : range.end;
  const key = `${file}:${at.line}:${at.character}`;
  const entry = inserted.get(key) ?? { span: { file, range: { start: at, end: at } }, lines: [], open: !closed };
  const indented = lines.map((line) => (deeper > 0 ? `${own}  ${line}` : line));
  // A block that is closed on the line of its last property is opened up.
  if (closed && !alone && entry.lines.length === 0) indented[0] = `\n${indented[0] ?? ''}`;
  entry.lines.push(...indented);
  inserted.set(key, entry);
}

function variantSpan(component: Component, linesOf: Lines): Span {
  const { file, range } = component.nameSpan;
  const line = linesOf(file)[range.end.line] ?? '';
  const existing = /^\s*:\s*[\w.-]+/.exec(line.slice(range.end.character))?.[0].length ?? 0;
  return { file, range: { start: range.end, end: { line: range.end.line, character: range.end.character + existing } } };
}

/** The span, widened to its lines where nothing else stands on them. */
function wholeLines({ file, range }: Span, linesOf: Lines): Span {
  const lines = linesOf(file);
  const before = (lines[range.start.line] ?? '').slice(0, range.start.character);
  const after = (lines[range.end.line] ?? '').slice(range.end.character);
  if (before.trim() !== '' || after.trim() !== '') return { file, range };
  return { file, range: { start: { line: range.start.line, character: 0 }, end: { line: range.end.line + 1, character: 0 } } };
}

export function printComponent({ kind, name, variant, subject, properties }: ComponentDraft, indent: string): string[] {
  const head = `${indent}${kind} ${name}${variant === undefined ? '' : ` : ${variant}`}${subject === undefined ? '' : ` for ${subject}`}`;
  return block(head, vocabulary.kinds[kind]?.properties ?? {}, properties, indent);
}

export function printFlow({ from, to, properties }: FlowDraft, indent: string): string[] {
  return block(`${indent}${from} -> ${to}`, vocabulary.forms.flow, properties ?? {}, indent);
}

function block(head: string, table: PropertyTable, properties: Readonly<Record<string, DraftValue>>, indent: string): string[] {
  const lines = Object.entries(properties).map(([key, value]) => `${indent}  ${printProperty(table, key, value)}`);
  return lines.length === 0 ? [head] : [`${head} {`, ...lines, `${indent}}`];
}

/** `key value` on one line. */
export function printProperty(table: PropertyTable, key: string, value: DraftValue): string {
  const entry = table[key];
  if (!entry) return `${key} ${String(value)}`;
  if (isBacked(value)) {
    // The value of a linked property is its own evidence.
    const targets = value.evidence.map(({ target }) => target).filter((target) => !(entry.linked && target === value.value));
    return [printProperty(table, key, value.value), ...(targets.length > 0 ? ['evidence', ...targets.map(quoted)] : [])].join(' ');
  }
  return entry.value.type === 'flag' && value === true ? `${key} yes` : `${key} ${printValue(entry.value, value)}`.trimEnd();
}

/** The text after the edits. Edits of one file must not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, character }: Position): number => Math.min((starts[line] ?? text.length) + character, text.length);
  const ordered = edits.map((edit, order) => ({ start: offset(edit.span.range.start), end: offset(edit.span.range.end), text: edit.text, order })).sort((a, b) => b.start - a.start || b.order - a.order);
  return ordered.reduce((result, edit) => result.slice(0, edit.start) + edit.text + result.slice(edit.end), text);
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}
