import type { Licence } from './cyclonedx.ts';

/** SPDX identifiers of licences that models, data and the software around them are often given under; compared without case. */
const IDENTIFIERS = [
  'AGPL-3.0-only', 'AGPL-3.0-or-later', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BUSL-1.1', 'CC-BY-4.0', 'CC-BY-NC-4.0', 'CC-BY-NC-SA-4.0', 'CC-BY-ND-4.0', 'CC-BY-SA-4.0', 'CC0-1.0', 'CDLA-Permissive-2.0', 'CDLA-Sharing-1.0', 'DL-DE-BY-2.0', 'Elastic-2.0',
  'EPL-2.0', 'etalab-2.0', 'EUPL-1.2', 'GPL-2.0-only', 'GPL-3.0-only', 'GPL-3.0-or-later', 'ISC', 'LGPL-3.0-only', 'MIT', 'MPL-2.0', 'ODbL-1.0', 'ODC-By-1.0', 'OGL-UK-3.0', 'PDDL-1.0', 'PostgreSQL', 'SSPL-1.0', 'Unlicense',
] as const;

const byLowerCase: ReadonlyMap<string, string> = new Map(IDENTIFIERS.map((id) => [id.toLowerCase(), id]));

/** A licence as its author wrote it: by its SPDX identifier where it is one of the common ones, else by name. */
export function licencesOf(text: string | undefined): readonly Licence[] | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const id = byLowerCase.get(text.trim().toLowerCase());
  return [{ license: { ...(id === undefined ? { name: text.trim() } : { id }), acknowledgement: 'declared' } }];
}
