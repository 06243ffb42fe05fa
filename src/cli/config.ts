import { readConfigText, type Config } from '../report/read-config.ts';
import { Failure } from './failure.ts';
import { display, readText } from './input.ts';

/** Reads a configuration file; a Failure names every fault with its place and what to do. */
export function readConfig(file: string): Config {
  return parseConfig(readText(file), display(file));
}

export function parseConfig(text: string, file: string): Config {
  const read = readConfigText(text);
  if ('config' in read) return read.config;
  throw new Failure(read.problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`).join('\n'));
}
