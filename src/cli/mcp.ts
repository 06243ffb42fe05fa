import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Finding } from '../analysis/finding.ts';
import { review, type Review } from '../analysis/review.ts';
import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import { changeEdits } from '../language/printing/change-edits.ts';
import type { Architecture, Span } from '../model/architecture.ts';
import { failed, toolAnswer, type ToolAnswer, type ToolEdit, type ToolInput } from '../report/tool-answers.ts';
import { readArguments, toolNamed, TOOLS } from '../report/tool-definitions.ts';
import type { Command } from './command.ts';
import { readConfig } from './config.ts';
import { findConfig } from './find-config.ts';
import { Failure } from './failure.ts';
import { readInputs, readText, type Input } from './input.ts';
import { load } from './load.ts';
import { renderProblems } from './problems.ts';
import { version } from './version.ts';

const INSTRUCTIONS = 'mlarch reviews the architecture of machine-learning systems that is written in .mlarch files. After editing such a file call mlarch_validate and correct its errors; then read mlarch_findings. The tools only read; edits are yours.';

export const mcp: Command = {
  name: 'mcp',
  summary: 'Serve the review to coding agents (Model Context Protocol over standard input and output).',
  usage: 'mcp [DIR]',
  example: 'claude mcp add mlarch -- mlarch mcp',
  options: {},
  async run({ positionals: [folder, ...others] }) {
    if (others.length > 0) throw new Failure('mlarch mcp serves one folder. See: mlarch mcp --help');
    if (folder !== undefined) enter(folder);
    await serve();
    return 0;
  },
};

function enter(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Failure(`${folder}: there is no such folder.`);
  process.chdir(folder);
}

/** Serves until the client closes standard input. Nothing but the protocol goes to standard output. */
async function serve(): Promise<void> {
  const server = new Server({ name: 'mlarch', title: 'mlarch', version }, { capabilities: { tools: {} }, instructions: INSTRUCTIONS });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: TOOLS.map(({ name, title, description, inputSchema }) => ({ name, title, description, inputSchema: { ...inputSchema }, annotations: { title, readOnlyHint: true, openWorldHint: false } })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const { text, isError } = await callTool(params.name, params.arguments);
    return { content: [{ type: 'text', text }], isError };
  });
  server.onerror = (error) => process.stderr.write(`mlarch mcp: ${error.message}\n`);
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once('end', () => void server.close());
  });
  await server.connect(new StdioServerTransport());
  await closed;
}

/** The answer to a call; whatever goes wrong becomes an answer that says so. */
export async function callTool(name: string, given: unknown): Promise<ToolAnswer> {
  try {
    const definition = toolNamed(name);
    const read = definition && readArguments(definition, given);
    const needsFiles = read && 'arguments' in read && definition && 'path' in definition.inputSchema.properties;
    if (!needsFiles) return toolAnswer(name, given, NOTHING);
    const { path: wanted } = read.arguments;
    return toolAnswer(name, given, await inputOf(wanted === undefined ? undefined : String(wanted)));
  } catch (error) {
    if (error instanceof Failure) return failed(`${renderProblems(error.problems, false)}${error.message}`.trim());
    return failed(`Internal error of mlarch: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const NOTHING: ToolInput = { reviews: [], problems: [], architectures: [] };

/** Reads and reviews anew on every call, so that an answer is never older than the files. */
async function inputOf(wanted: string | undefined): Promise<ToolInput> {
  const inputs = await readInputs([pathOf(wanted)]);
  const { architectures, problems } = load(inputs);
  const config = findConfig(inputs[0]?.file);
  const settings = config === undefined ? DEFAULT_SETTINGS : readConfig(config).settings;
  const today = new Date().toISOString().slice(0, 10);
  const reviews = architectures.map((architecture) => review(architecture, { settings, today }));
  return { reviews, problems, architectures, editsOf: editsIn(inputs, reviews, architectures) };
}

/** The path that readInputs gets: standard input is the protocol's, other files are nobody's business, and a whole disk is too much. */
function pathOf(wanted = '.'): string {
  const full = path.resolve(wanted);
  if (full === path.parse(full).root || full === os.homedir()) throw new Failure(`${full} is too wide a folder to search. Give path: a .mlarch file or the folder that holds the architecture.`);
  const stat = full.includes('\0') ? undefined : statSync(full, { throwIfNoEntry: false });
  const isFolder = stat?.isDirectory() === true;
  if (!stat) throw new Failure(`${wanted}: there is no such file or folder. Paths are relative to ${process.cwd()}.`);
  if (!isFolder && !wanted.endsWith('.mlarch')) throw new Failure(`${wanted}: is neither a folder nor a .mlarch file; nothing else is read.`);
  return full;
}

/** The remedies of findings as edits of the files as they are now. */
function editsIn(inputs: readonly Input[], reviews: readonly Review[], architectures: readonly Architecture[]): (finding: Finding) => ToolEdit[] {
  const texts = new Map(inputs.map(({ file, text }) => [file, text]));
  const textOf = (file: string): string => {
    const text = texts.get(file) ?? readText(file);
    texts.set(file, text);
    return text;
  };
  const owners = new Map(reviews.flatMap((result, index) => result.findings.map((finding) => [finding, architectures[index]] as const)));
  return (finding) => {
    const architecture = owners.get(finding);
    if (!architecture || finding.remedy.changes.length === 0) return [];
    return changeEdits(architecture, finding.remedy.changes, textOf).map(({ span, text }) => ({ span, text, before: textAt(textOf(span.file), span) }));
  };
}

function textAt(text: string, { range: { start, end } }: Span): string {
  const lines = text.split('\n').slice(start.line, end.line + 1);
  const last = lines.length - 1;
  return lines.map((line, index) => line.slice(index === 0 ? start.character : 0, index === last && start.line + last === end.line ? end.character : undefined)).join('\n');
}
