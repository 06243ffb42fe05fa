import { existsSync } from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.ts';
import { findConfig } from './find-config.ts';
import { folderInRepository } from './git.ts';
import { readInputs, readText, type Input } from './input.ts';
import { load, type Trees } from './load.ts';
import { openRevision } from './revision.ts';
import type { LoweredProject } from '../language/lowering/lower-project.ts';

/** One version of an architecture, from wherever an argument says that it is. */
export interface VersionSource {
  /** As it was asked for. */
  readonly label: string;
  readonly lowered: LoweredProject;
  /** The configuration nearest above it. */
  readonly config?: Input;
}

/** No architecture at all: what is compared with it is all new, or all gone. */
const NOTHING = '/dev/null';

/**
 * What an argument of a comparison means: a file, a folder, `-`, `REV:path` as git writes it, or /dev/null for nothing. A path
 * after a revision starts at the root of the repository, or at the working directory where it begins with `./` or `../`.
 * @param trees Of the version that was read before, which are taken over.
 */
export async function readVersion(argument: string, trees: Trees): Promise<VersionSource> {
  if (argument === NOTHING) return { label: argument, lowered: { architectures: [], problems: [], catalogue: { technology: new Map(), accelerator: new Map(), instance: new Map(), llm: new Map() }, rules: [], ruleTests: [] } };
  const colon = argument.indexOf(':');
  // What exists under the whole name is a file, and so is what begins with the letter of a drive.
  if (colon < 0 || existsSync(argument) || /^[A-Za-z]:[\\/]/.test(argument)) {
    const inputs = await readInputs([argument]);
    const config = findConfig(argument === '-' ? undefined : inputs[0]?.file);
    return { label: argument, lowered: load(inputs, undefined, trees), ...(config !== undefined && { config: { file: config, text: readText(config) } }) };
  }
  const [revision, file] = [argument.slice(0, colon), inRepository(argument.slice(colon + 1))];
  if (revision === '') throw new Failure(`${argument}: name the revision before the colon, such as HEAD:${file}.`);
  const opened = openRevision(revision);
  const inputs = opened.inputs(file);
  const config = opened.config(inputs[0]?.file.slice(revision.length + 1) ?? '');
  return { label: argument, lowered: load(inputs, opened.files, trees), ...(config && { config }) };
}

/** A path from the root of the repository, without a slash at either end; empty for the root itself. */
function inRepository(file: string): string {
  const below = /^\.\.?(?:\/|$)/.test(file) ? path.posix.join(folderInRepository(), file) : path.posix.normalize(file === '' ? '.' : file);
  if (below.startsWith('../') || below.startsWith('/')) throw new Failure(`${file}: is outside the repository.`);
  return below.replace(/^\.$|\/$/g, '').replace(/^\.\//, '');
}
