import { DEFAULT_SETTINGS, type Settings } from '../analysis/settings.ts';
import { findConfig } from './find-config.ts';
import type { Input } from './input.ts';

/** The settings of the configuration nearest above the first input, or the defaults. */
export async function configuredSettings(inputs: readonly Input[]): Promise<Settings> {
  const file = findConfig(inputs[0]?.file);
  return file === undefined ? DEFAULT_SETTINGS : (await import('./config.ts')).readConfig(file).settings;
}
