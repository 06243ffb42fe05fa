import { Failure } from './failure.ts';

/** The day that an option names, or the one on the clock; `2026-02-30`, which the engine would read as March, is refused. */
export function dayOf(text: string | undefined, option = 'today'): string {
  if (text === undefined) return new Date().toISOString().slice(0, 10);
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (!date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) throw new Failure(`--${option} takes a date such as 2026-11-21; found ${text === '' ? 'nothing' : text}.`);
  return text;
}
