import { CodeActionKind, type CodeAction, type Diagnostic } from 'vscode-languageserver-types';
import type { Question } from '../../analysis/finding.ts';
import type { Architecture, Change } from '../../model/architecture.ts';
import { statementOf } from '../../model/statements.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import type { Snapshot } from '../analysis.ts';
import type { ActionClient, ActionRequest } from './code-actions.ts';
import type { DiagnosticData } from './diagnostics.ts';
import { editsFor, snippetEdit, workspaceEdit } from './edits.ts';
import { comparePositions, firstLine, isAt, ownName } from './lookup.ts';

const MOST = 8;

/**
 * A question can be answered where it is asked: with the property that it is about, to be filled in. `unknown` stands
 * there at first, which is an answer too, so the text is valid whatever is done with it.
 */
export function questionActions(snapshot: Snapshot, request: ActionRequest, client: ActionClient): CodeAction[] {
  const actions = new Map<string, CodeAction>();
  for (const analysis of snapshot.analyses) {
    for (const system of analysis.systems) {
      for (const question of system.review.questions) {
        if (actions.size >= MOST || !isAt(question.span, request.uri, request.range)) continue;
        const change = answerTo(question, system.architecture);
        const [edit, ...others] = change ? editsFor(snapshot, { analysis, system }, [change]) : [];
        if (!edit) continue;
        const name = ownName(question.component).replace('->', ' -> ');
        const text = client.snippetEdits && others.length === 0 ? asSnippet(edit.text, question.property ?? '') : undefined;
        const filled = text === undefined ? undefined : snippetEdit({ ...edit, text });
        const title = filled === undefined ? `State that ${question.property} of ${name} is not known` : `Declare ${question.property} of ${name}`;
        const diagnostics = request.diagnostics.filter((diagnostic) => isOf(diagnostic, question, analysis.entry));
        actions.set(title, {
          title,
          kind: CodeActionKind.QuickFix,
          ...(diagnostics.length > 0 ? { diagnostics } : {}),
          edit: filled ?? workspaceEdit([edit, ...others]),
        });
      }
    }
  }
  return [...actions.values()];
}

/** The statement that the answer is not known; undefined where the property is not one of the element, or stated already. */
function answerTo({ component, property }: Question, { system, components, flows }: Architecture): Change | undefined {
  if (property === undefined) return undefined;
  const value = { state: 'unknown' };
  if (component === system.name) return isOpen(system, vocabulary.forms.system, property) ? { op: 'set', subject: system.name, property, value } : undefined;
  const name = ownName(component);
  const element = components.get(name);
  if (element) return isOpen(element, vocabulary.kinds[element.kind]?.properties ?? {}, property) ? { op: 'set', subject: name, property, value } : undefined;
  const flow = flows.find((candidate) => candidate.name === name);
  return flow && isOpen(flow, vocabulary.forms.flow, property) ? { op: 'set-flow', from: flow.from, to: flow.to, property, value } : undefined;
}

const isOpen = (element: { readonly properties: object }, table: PropertyTable, property: string): boolean => Object.hasOwn(table, property) && !statementOf(element, property);

/** The text with `unknown` to be typed over; undefined where it is not inserted text with the property on a line. */
function asSnippet(text: string, property: string): string | undefined {
  const at = text.lastIndexOf(`${property} unknown`);
  if (at < 0) return undefined;
  const start = at + property.length + 1;
  const plain = (part: string): string => part.replaceAll(/[\\$}]/g, String.raw`\$&`);
  return `${plain(text.slice(0, start))}\${1:unknown}${plain(text.slice(start + 'unknown'.length))}`;
}

function isOf({ code, data, range }: Diagnostic, { id, rule, span }: Question, entry: string): boolean {
  const carried = data as DiagnosticData | undefined;
  if (carried?.question !== undefined) return carried.question === id && carried.entry === entry;
  return carried === undefined && code === rule && comparePositions(range.start, firstLine(span.range).start) === 0;
}
