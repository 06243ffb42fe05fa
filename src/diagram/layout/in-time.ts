import type { Diagram } from '../diagram.ts';
import type { Scene } from '../scene.ts';
import { layOut, type Layouter } from './layout.ts';
import { plainScene } from './plain.ts';

/** A layout that was given up since it took too long. */
export class TooSlow extends Error {}

/** As `layOut`; in plain rows where the layouter gives up. */
export async function laidOutInTime(diagram: Diagram, run: Layouter, before?: Scene): Promise<Scene> {
  try {
    return await layOut(diagram, run, before);
  } catch (error) {
    if (error instanceof TooSlow) return plainScene(diagram);
    throw error;
  }
}
