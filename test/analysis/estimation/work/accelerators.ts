import { catalogueAccelerator } from '../../../../src/analysis/estimation/work/catalogue-accelerator.ts';
import type { Accelerator } from '../../../../src/analysis/estimation/work/accelerator.ts';
import { bundledLibrary } from '../../../../src/language/bundled-library.ts';

/** An accelerator of the bundled catalogue. */
export function accelerator(name: string): Accelerator {
  const found = catalogueAccelerator({ catalogue: bundledLibrary() }, name);
  if (!found) throw new Error(`${name} is not in the catalogue.`);
  return found;
}
