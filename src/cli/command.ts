import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Failure } from './failure.ts';

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** After `mlarch`, e.g. `check [PATH…] [--format …]`. */
  readonly usage: string;
  readonly options: Readonly<Record<string, Option>>;
  readonly example: string;
  /** Commands under this one, by the word that stands after it: `calc queue`. */
  readonly topics?: Readonly<Record<string, Topic>>;
  run(invocation: Invocation): Promise<number>;
}

export interface Topic {
  readonly summary: string;
  readonly load: () => Promise<Command>;
}

export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  readonly value?: string;
  readonly doc: string;
}

export interface Invocation {
  readonly positionals: readonly string[];
  readonly options: Readonly<Record<string, string | boolean | readonly (string | boolean)[] | undefined>>;
  readonly colour: boolean;
}

const COMMON: Readonly<Record<string, Option>> = {
  help: { type: 'boolean', short: 'h', doc: 'Show this help.' },
  'no-color': { type: 'boolean', doc: 'No colours, whatever the terminal can do.' },
};

export function parseInvocation(command: Command, arguments_: readonly string[]): Invocation {
  const options = { ...COMMON, ...command.options };
  const known = Object.fromEntries(Object.entries(options).map(([name, { type, short, multiple }]) => [name, { type, ...(short ? { short } : {}), ...(multiple ? { multiple } : {}) }]));
  try {
    const parsed = parseArgs({ args: [...arguments_], options: known as ParseArgsConfig['options'], allowPositionals: true });
    const values = parsed.values as Invocation['options'];
    return { positionals: parsed.positionals, options: values, colour: useColour(values['no-color'] === true) };
  } catch (error) {
    const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Failure(`${message} See: mlarch ${command.name} --help`);
  }
}

export function useColour(off: boolean): boolean {
  if (off || (process.env['NO_COLOR'] ?? '') !== '') return false;
  return (process.env['FORCE_COLOR'] ?? '') !== '' || process.stdout.isTTY === true;
}

export function helpOf(command: Command): string {
  const lines = Object.entries({ ...command.options, ...COMMON }).map(([name, { short, value, doc }]) => {
    const flag = `${short ? `-${short}, ` : '    '}--${name}${value ? ` ${value}` : ''}`;
    return `  ${flag.padEnd(32)} ${doc}`;
  });
  const topics = Object.entries(command.topics ?? {}).map(([name, { summary }]) => `  ${name.padEnd(12)} ${summary}`);
  const listed = topics.length > 0 ? `${topics.join('\n')}\n\nHelp on one: mlarch ${command.name} ${Object.keys(command.topics ?? {})[0]} --help\n\n` : '';
  return `${command.summary}\n\nUsage: mlarch ${command.usage}\n\n${listed}${lines.join('\n')}\n\nExample:\n  ${command.example}\n`;
}

export function textOption(invocation: Invocation, name: string): string | undefined {
  const value = invocation.options[name];
  return typeof value === 'string' ? value : undefined;
}

/** One of the words, or a Failure that lists them. */
export function oneOf<T extends string>(name: string, value: string | undefined, words: readonly T[], fallback: T): T {
  if (value === undefined) return fallback;
  const found = words.find((word) => word === value);
  if (found === undefined) throw new Failure(`--${name} takes ${words.join(', ')}; found ${value}.`);
  return found;
}
