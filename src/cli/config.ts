import type { Severity } from '../analysis/finding.ts';
import { PRESETS } from '../analysis/presets.ts';
import type { Settings } from '../analysis/settings.ts';
import { checkConfig, type ConfigFile } from '../report/config-schema.ts';
import { readJson } from '../report/located-json.ts';
import { Failure } from './failure.ts';
import { display, readText } from './input.ts';

export interface Config {
  readonly settings: Settings;
  readonly failOn: Severity | 'never';
  readonly minSeverity?: Severity;
}

/** Reads a configuration file; a Failure names every fault with its place and what to do. */
export function readConfig(file: string): Config {
  return parseConfig(readText(file), display(file));
}

export function parseConfig(text: string, file: string): Config {
  const json = readJson(text);
  if ('error' in json) throw new Failure(`${file}:${json.line}:${json.column}: ${json.error}`);
  const checked = checkConfig(json.value);
  if ('faults' in checked) {
    const located = checked.faults.map((fault) => ({ ...fault, ...json.locate(fault.path) })).sort((a, b) => a.line - b.line || a.column - b.column);
    const lines = located.map(({ line, column, path, message }) => `${file}:${line}:${column}: ${path.length === 0 ? '' : `${pathText(path)}: `}${message}`);
    throw new Failure(lines.join('\n'));
  }
  return configOf(checked.config);
}

function configOf({ extends: preset = 'recommended', thresholds, severities, off, failOn, minSeverity }: ConfigFile): Config {
  const { settings, failOn: presetFailOn } = PRESETS[preset];
  return {
    settings: {
      thresholds: { ...settings.thresholds, ...stated(thresholds ?? {}) },
      severities: { ...settings.severities, ...severities },
      off: [...settings.off, ...(off ?? [])],
    },
    failOn: failOn ?? presetFailOn,
    minSeverity,
  };
}

function stated<T extends object>(values: T): { [K in keyof T]: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]: NonNullable<T[K]> };
}

/** `off[0].because`, `severities["ML09.3"]` */
function pathText(path: readonly PropertyKey[]): string {
  return path.map((key, index) => (typeof key === 'number' ? `[${key}]` : /^[A-Za-z_$][\w$]*$/.test(String(key)) ? `${index === 0 ? '' : '.'}${String(key)}` : `[${JSON.stringify(key)}]`)).join('');
}
