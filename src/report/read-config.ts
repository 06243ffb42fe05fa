import type { Severity } from '../analysis/finding.ts';
import { PRESETS } from '../analysis/presets.ts';
import type { Settings } from '../analysis/settings.ts';
import { checkConfig, type ConfigFile } from './config-schema.ts';
import { readJson, type Location } from './located-json.ts';

export interface Config {
  readonly settings: Settings;
  readonly failOn: Severity | 'never';
  readonly minSeverity?: Severity;
}

export interface ConfigProblem extends Location {
  readonly message: string;
}

/** Reads a configuration, or says everything that is wrong with it, in the order of the text. */
export function readConfigText(text: string): { readonly config: Config } | { readonly problems: readonly ConfigProblem[] } {
  const json = readJson(text);
  if ('error' in json) return { problems: [{ line: json.line, column: json.column, message: json.error }] };
  const checked = checkConfig(json.value);
  if (!('faults' in checked)) return { config: configOf(checked.config) };
  const problems = checked.faults.map(({ path, message }) => ({ ...json.locate(path), message: `${path.length === 0 ? '' : `${pathText(path)}: `}${message}` }));
  return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

function configOf({ extends: preset = 'recommended', thresholds, severities, off, roadmap, packs, failOn, minSeverity }: ConfigFile): Config {
  const { settings, failOn: presetFailOn } = PRESETS[preset];
  return {
    settings: {
      thresholds: { ...settings.thresholds, ...stated(thresholds ?? {}) },
      severities: { ...settings.severities, ...severities },
      off: [...settings.off, ...(off ?? [])],
      roadmap: { ...settings.roadmap, ...stated(roadmap ?? {}) },
      packs: { ...settings.packs, ...stated(packs ?? {}) },
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
