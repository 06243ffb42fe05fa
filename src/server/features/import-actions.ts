import { URI } from 'langium';
import { CodeActionKind, type CodeAction } from 'vscode-languageserver-types';
import type { Workspace } from '../../language/editing/workspace.ts';
import { isComponent } from '../../language/generated/ast.ts';
import type { TextEdit } from '../../language/printing/change-edits.ts';
import { exportsOf } from '../../language/references/names.ts';
import { spanOf, type SourceFile } from '../../language/source-file.ts';
import type { Snapshot } from '../analysis.ts';
import type { ActionRequest } from './code-actions.ts';
import { workspaceEdit } from './edits.ts';
import { isAt } from './lookup.ts';
import { diagnosticsOf } from './problem-fixes.ts';

/** More files that declare the same name are not offered. */
const MOST = 3;

/** Imports of names that nothing declares here and other files of the workspace do. */
export function importActions({ analyses, textOf }: Snapshot, request: ActionRequest, workspace: Workspace): CodeAction[] {
  const source = workspace.file(request.uri);
  if (!source) return [];
  const actions = new Map<string, CodeAction>();
  for (const problem of analyses.flatMap((analysis) => analysis.problems)) {
    if (problem.code !== 'unresolved-name' || !isAt(problem.span, request.uri, request.range)) continue;
    const { start, end } = problem.span.range;
    const line = textOf(problem.span.file).split('\n')[start.line] ?? '';
    // An acceptance can only name what the system has.
    if (/^\s*accept\b/.test(line)) continue;
    const name = line.slice(start.character, end.character);
    for (const [path, file] of declaringFiles(workspace, source, name)) {
      const title = `Import ${name} from "${path}"`;
      const linked = diagnosticsOf(problem, request.diagnostics);
      actions.set(title, { title, kind: CodeActionKind.QuickFix, ...(linked.length > 0 ? { diagnostics: linked } : {}), edit: workspaceEdit([importEdit(workspace, source, file, name, path)]) });
    }
  }
  return [...actions.values()];
}

function declaringFiles(workspace: Workspace, source: SourceFile, name: string): (readonly [path: string, file: SourceFile])[] {
  const found: [string, SourceFile][] = [];
  for (const file of workspace.files()) {
    const declaration = file.file === source.file ? undefined : exportsOf(file.root).get(name);
    if (!declaration || !isComponent(declaration)) continue;
    const path = relativePath(source.file, file.file);
    if (path !== undefined) found.push([path, file]);
  }
  // The nearest first.
  return found.sort(([a], [b]) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1)).slice(0, MOST);
}

/** The name added to the import of that file, where there is one; else a new import below the others. */
function importEdit(workspace: Workspace, source: SourceFile, target: SourceFile, name: string, path: string): TextEdit {
  const at = (line: number, character: number) => ({ file: source.file, range: { start: { line, character }, end: { line, character } } });
  for (const node of source.root.imports) {
    const last = node.names.at(-1);
    if (node.all || !last || node.path === undefined || workspace.resolve(source, node.path)?.file !== target.file) continue;
    const { end } = spanOf(source.file, last).range;
    return { span: at(end.line, end.character), text: `, ${name}` };
  }
  const text = `import { ${name} } from ${JSON.stringify(path)}\n`;
  const last = source.root.imports.at(-1);
  if (last) {
    const { end } = spanOf(source.file, last).range;
    const rest = (source.text.split('\n')[end.line] ?? '').slice(end.character).trim();
    return rest === '' || rest.startsWith('//') ? { span: at(end.line + 1, 0), text } : { span: at(end.line, end.character), text: `\n${text}` };
  }
  return { span: at(0, 0), text: /^\s*(?:\n|$)/.test(source.text) ? text : `${text}\n` };
}

/** `../shared/runs.mlarch`; undefined where no relative path leads there. */
export function relativePath(from: string, to: string): string | undefined {
  const [a, b] = [URI.parse(from), URI.parse(to)];
  if (a.scheme !== b.scheme || a.authority !== b.authority || a.scheme === 'untitled') return undefined;
  const [start, target] = [a.path.split('/').slice(0, -1), b.path.split('/')];
  let shared = 0;
  while (shared < Math.min(start.length, target.length - 1) && start[shared] === target[shared]) shared += 1;
  return [...start.slice(shared).map(() => '..'), ...target.slice(shared)].join('/');
}
