import { SEVERITIES } from '../analysis/finding.ts';

/**
 * The tools that a language model may call: the one source for the Model Context Protocol server (`mlarch mcp`) and for
 * the editor extension. Plain data; the schema of the arguments is JSON Schema.
 */
export interface ToolDefinition {
  readonly name: ToolName;
  readonly title: string;
  /** For the model: when to call the tool and what comes back. */
  readonly description: string;
  readonly inputSchema: {
    readonly type: 'object';
    readonly properties: Readonly<Record<string, Parameter>>;
    readonly additionalProperties: false;
  };
}

export type ToolName = 'mlarch_validate' | 'mlarch_findings' | 'mlarch_explain' | 'mlarch_estimate';

/** Every argument may be left out. */
export type Parameter =
  | { readonly type: 'string'; readonly description: string; readonly enum?: readonly string[] }
  | { readonly type: 'integer'; readonly description: string; readonly minimum: number; readonly maximum: number };

export const DEFAULT_LIMIT = 10;

const path: Parameter = { type: 'string', description: 'A .mlarch file or a folder of such files. Left out: everything in the workspace or working directory.' };
const component: Parameter = { type: 'string', description: 'Name of a component, `Scorer` or `CardFraud.Scorer`, or of a system.' };
const limit = (what: string): Parameter => ({ type: 'integer', description: `How many ${what} at most; ${DEFAULT_LIMIT} if left out.`, minimum: 1, maximum: 50 });

const tool = (name: ToolName, title: string, description: string, properties: Readonly<Record<string, Parameter>>): ToolDefinition => ({
  name,
  title,
  description,
  inputSchema: { type: 'object', properties, additionalProperties: false },
});

export const TOOLS: readonly ToolDefinition[] = [
  tool(
    'mlarch_validate',
    'Validate an ML architecture',
    'Parses .mlarch files (architecture descriptions of machine-learning systems) and reviews them. Returns each error of the text with file, line, column and what to write instead, then the readiness score and the number of findings and questions of each system. Call it after every edit of a .mlarch file, until there are no errors.',
    { path },
  ),
  tool(
    'mlarch_findings',
    'List findings of an ML architecture review',
    'Lists what the review of .mlarch files found, most severe first: id, severity, message, why it matters, place, the path of components that proves it, the remedy and, where the remedy shows in the file, the edit. An edit states the system as it is after the remedy: make it only for what is or will be so, never to silence a finding. With show=questions: what the file leaves open, most valuable answer first.',
    {
      path,
      severity: { type: 'string', enum: [...SEVERITIES].reverse(), description: 'Only findings of this severity and above.' },
      rule: { type: 'string', description: 'Only this rule, `ML09.3`, or check, `ML09`.' },
      component,
      show: { type: 'string', enum: ['findings', 'questions', 'accepted'], description: 'Findings (if left out), open questions, or accepted risks.' },
      limit: limit('items'),
    },
  ),
  tool(
    'mlarch_explain',
    'Explain a check or rule of mlarch',
    'Explains a check (`ML09`) or rule (`ML09.3`) of the review: what it looks for, why, what to do, the effort, when it may be wrong and how to accept the risk. Without id: the list of the 20 checks.',
    { id: { type: 'string', description: 'Id of a check, `ML01` to `ML20`, or of a rule, such as `ML05.2`.' } },
  ),
  tool(
    'mlarch_estimate',
    'Estimate an ML architecture',
    'Estimates an ML architecture from what .mlarch files declare: demand, capacity, utilisation, headroom, p50 and p99 at the peak, cost a month and per 1,000 answers, each with its unit, 80 % band, provenance and the values that it was made from. Call it before stating a number about the architecture.',
    { path, component, limit: limit('figures') },
  ),
];

export const toolNamed = (name: string): ToolDefinition | undefined => TOOLS.find((definition) => definition.name === name);

export type ToolArguments = Readonly<Record<string, string | number>>;

/** The arguments as the tool takes them, or what is wrong with them and what to do. Empty and null arguments count as left out. */
export function readArguments({ name, inputSchema: { properties } }: ToolDefinition, given: unknown): { arguments: ToolArguments } | { error: string } {
  if (given !== undefined && given !== null && (typeof given !== 'object' || Array.isArray(given))) return { error: `${name} takes its arguments as an object: ${Object.keys(properties).join(', ')}.` };
  const read: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(given ?? {})) {
    const parameter = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (!parameter) return { error: `${name} has no argument ${quoted(key)}. It takes ${Object.keys(properties).join(', ')}.` };
    if (value === undefined || value === null || value === '') continue;
    const fault = faultOf(parameter, value);
    if (fault !== undefined) return { error: `${name}: ${key} ${fault}; found ${quoted(value)}.` };
    read[key] = value as string | number;
  }
  return { arguments: read };
}

function faultOf(parameter: Parameter, value: unknown): string | undefined {
  if (parameter.type === 'integer') {
    const { minimum, maximum } = parameter;
    return typeof value === 'number' && Number.isInteger(value) && value >= minimum && value <= maximum ? undefined : `takes a whole number from ${minimum} to ${maximum}`;
  }
  if (typeof value !== 'string') return 'takes text';
  if (parameter.enum && !parameter.enum.includes(value)) return `takes one of ${parameter.enum.join(', ')}`;
  return undefined;
}

function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
