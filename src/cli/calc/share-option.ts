import { textOption, type Invocation } from '../command.ts';
import { numberOption, type Limits } from './arguments.ts';

/**
 * A share such as `--baseline 10%`; a number up to 1 without a unit, such as `--power .8`, is one too.
 *
 * @throws Failure where it is none, or is out of its limits.
 */
export function shareOption(invocation: Invocation, name: string, limits: Limits = { max: 1 }): number | undefined {
  const text = textOption(invocation, name);
  if (text === undefined) return undefined;
  const written = withLeadingZero(text);
  const bare = /^\d+(\.\d+)?(e-?\d+)?$/i.test(written) ? Number(written) : Number.NaN;
  return numberOption(withOption(invocation, name, bare <= 1 ? `${bare * 100}%` : written), name, 'ratio', limits);
}

/** `.1` as `0.1`. */
export const withLeadingZero = (text: string): string => text.trim().replace(/^\./, '0.');

/** The same command with another value of an option. */
export const withOption = (invocation: Invocation, name: string, value: string): Invocation => ({ ...invocation, options: { ...invocation.options, [name]: value } });
