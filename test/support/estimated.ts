import { expect } from 'vitest';
import type { Context } from '../../src/analysis/rule.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { loadText } from './load.ts';

/** A machine for one USD an hour: 730.5 USD a month. */
export const MACHINE = 'instance own.box { provider own vcpus 4 memory 16 GiB price 1 USD/h }';

/** A system of these lines, without errors, as analysis sees it on a fixed day. */
export function contextOf(lines: readonly string[]): Context {
  const { architectures, problems } = loadText(`${MACHINE}\nsystem S {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`);
  expect(problems.map(({ message }) => message)).toEqual([]);
  return { architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
}
