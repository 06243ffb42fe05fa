import path from 'node:path';
import { review, type ReviewOptions } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { applyEdits, type TextEdit } from '../../src/language/printing/change-edits.ts';
import { loadProject } from '../../src/language/project.ts';
import { lowerProject } from '../../src/language/lowering/lower-project.ts';
import { bundledLibrary } from '../../src/language/bundled-library.ts';
import { parseSource } from '../../src/language/source-file.ts';
import type { Analysis, Snapshot } from '../../src/server/analysis.ts';
import { parser } from '../support/load.ts';
import type { CodeAction, WorkspaceEdit } from 'vscode-languageserver-types';
import type { Range } from '../../src/model/architecture.ts';

export const TODAY = '2026-11-21';

/** The analyses of files that are given as text. Those named as entries are analysed, the first one if none is. */
export function snapshotOf(texts: string | Readonly<Record<string, string>>, options: Partial<ReviewOptions> & { readonly entries?: readonly string[] } = {}): Snapshot {
  const files = typeof texts === 'string' ? { 'main.mlarch': texts } : texts;
  const entries = options.entries ?? Object.keys(files).slice(0, 1);
  return { analyses: entries.map((entry) => analysisOf(files, entry, options)), textOf: (uri) => files[uri] ?? '', today: options.today ?? TODAY };
}

function analysisOf(texts: Readonly<Record<string, string>>, entry: string, options: Partial<ReviewOptions>): Analysis {
  const files = new Set([entry]);
  const host = {
    parse: (file: string, text: string) => parseSource(parser, file, text),
    resolve: (from: string, target: string) => {
      const file = path.posix.join(path.posix.dirname(from), target);
      files.add(file);
      return file;
    },
    read: (file: string) => texts[file],
  };
  const project = loadProject(host, [{ file: entry, text: texts[entry] ?? '' }]);
  const { architectures, problems, catalogue, rules } = lowerProject(project, { library: bundledLibrary(), entries: [entry] });
  const systems = architectures.map((architecture) => ({ architecture, settings: DEFAULT_SETTINGS, review: review(architecture, { today: TODAY, ...options }) }));
  return { entry, files, surroundings: new Set(), problems, systems, catalogue, rules };
}

/** The text of a file after a workspace edit; placeholders of a snippet as they are proposed. */
export function edited(snapshot: Snapshot, edit: WorkspaceEdit | undefined, uri = 'main.mlarch'): string {
  const edits: TextEdit[] = [];
  for (const { range, newText } of edit?.changes?.[uri] ?? []) edits.push({ span: { file: uri, range }, text: newText });
  for (const change of edit?.documentChanges ?? []) {
    if (!('edits' in change) || change.textDocument.uri !== uri) continue;
    for (const item of change.edits) edits.push({ span: { file: uri, range: item.range }, text: 'snippet' in item ? filledIn(item.snippet.value) : item.newText });
  }
  return applyEdits(snapshot.textOf(uri), edits);
}

const filledIn = (snippet: string): string => snippet.replaceAll(/\$\{\d:([^}]*)\}/g, '$1').replaceAll(/\\([\\$}])/g, '$1');

/** The range of the first place of a text that is found. */
export function rangeOf(text: string, part: string): Range {
  const offset = text.indexOf(part);
  if (offset < 0) throw new Error(`${part} is not in the text`);
  const before = text.slice(0, offset).split('\n');
  const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const inside = part.split('\n');
  return { start, end: { line: start.line + inside.length - 1, character: (inside.length === 1 ? start.character : 0) + (inside.at(-1)?.length ?? 0) } };
}

/** The action whose title begins so. */
export function actionNamed(actions: readonly CodeAction[], title: string): CodeAction {
  const found = actions.find((action) => action.title.startsWith(title));
  if (!found) throw new Error(`No action ${title}: ${actions.map((action) => action.title).join(' | ')}`);
  return found;
}
