import type { Finding } from '../../analysis/finding.ts';
import { toolAnswer, withinPath, type ToolAnswer, type ToolEdit, type ToolInput } from '../../report/tool-answers.ts';
import type { Position } from '../../model/architecture.ts';
import type { ToolParams } from '../../protocol/messages.ts';
import type { Snapshot } from '../analysis.ts';
import { displayName } from '../uris.ts';
import { remedyEdits } from './edits.ts';
import { findingsIn } from './lookup.ts';

/** The answer to a language model, from the workspace as it stands in the editor. */
export function answerTool(snapshot: Snapshot, { name, arguments: given }: ToolParams, folders: readonly string[]): ToolAnswer {
  const { analyses } = snapshot;
  const all: ToolInput = {
    reviews: analyses.flatMap(({ systems }) => systems.map(({ review }) => review)),
    problems: analyses.flatMap(({ problems }) => problems),
    architectures: analyses.flatMap(({ systems }) => systems.map(({ architecture }) => architecture)),
    display: (file) => displayName(file, folders),
    editsOf: (finding) => editsOf(snapshot, finding),
  };
  const path = given['path'];
  const input = typeof path === 'string' ? withinPath(all, path, ({ file }) => [...(analyses.find(({ entry }) => entry === file)?.files ?? [file])]) : all;
  return 'error' in input ? { text: input.error, isError: true } : toolAnswer(name, given, input);
}

function editsOf(snapshot: Snapshot, finding: Finding): ToolEdit[] {
  const found = [...findingsIn(snapshot)].find((candidate) => candidate.finding === finding);
  if (!found) return [];
  return remedyEdits(snapshot, found).map(({ span, text }) => ({ span, text, before: textWithin(snapshot.textOf(span.file), span.range.start, span.range.end) }));
}

function textWithin(text: string, start: Position, end: Position): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  return lines.map((line, index) => line.slice(index === 0 ? start.character : 0, index === last ? end.character : undefined)).join('\n');
}
