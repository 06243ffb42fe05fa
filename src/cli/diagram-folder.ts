import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { review } from '../analysis/review.ts';
import type { Context } from '../analysis/rule.ts';
import { targetStateOf } from '../analysis/target/target-state.ts';
import { documentOf, type DocumentOptions } from '../diagram/document.ts';
import { VIEWS, type DiagramState } from '../diagram/diagram.ts';
import type { Layouter } from '../diagram/layout/layout.ts';
import { pictureOf } from '../diagram/picture.ts';
import { ENDING } from './diagram.ts';
import { kebab } from './file-name.ts';
import { writeWhole } from './output.ts';
import { paintBox } from './paint-box.ts';

export interface FolderOptions extends DocumentOptions {
  readonly folder: string;
  /** Compare, and write nothing. */
  readonly check: boolean;
  /** Stands on every picture; without it none changes from day to day. */
  readonly date?: string;
}

/**
 * Every view of every system as a file, and those of the target state where there is one. Files that are as they should
 * be are not touched. The exit code is 1 where `check` finds one that is not.
 */
export async function writeFolder(contexts: readonly Context[], run: Layouter, options: FolderOptions): Promise<number> {
  const stale: string[] = [];
  let count = 0;
  for (const context of contexts) {
    const reviewed = review(context.architecture, { settings: context.settings, today: context.today });
    const states: readonly DiagramState[] = targetStateOf(context, reviewed) ? ['current', 'target', 'diff'] : ['current'];
    for (const view of VIEWS.filter((name) => name !== 'focus')) {
      for (const state of states) {
        const diagram = pictureOf(context, reviewed, { view, state, ...(options.date !== undefined && { date: options.date }) });
        if ('because' in diagram || diagram.nodes.length === 0) continue;
        const file = path.join(options.folder, `${kebab(context.architecture.system.name)}-${view}${state === 'current' ? '' : `-${state}`}${ENDING[options.format]}`);
        const content = await documentOf(diagram, options, run, paintBox);
        count++;
        if (isSame(file, content)) continue;
        stale.push(file);
        if (options.check) continue;
        mkdirSync(options.folder, { recursive: true });
        writeWhole(file, content);
      }
    }
  }
  for (const file of stale) (options.check ? process.stderr : process.stdout).write(`${options.check ? 'stale: ' : ''}${file}\n`);
  if (options.check && stale.length > 0) process.stderr.write(`${stale.length} of ${count} pictures are not what the architecture says: run mlarch diagram --all -o ${options.folder}\n`);
  return options.check && stale.length > 0 ? 1 : 0;
}

function isSame(file: string, content: string | Uint8Array): boolean {
  try {
    return readFileSync(file).equals(Buffer.from(content as Uint8Array));
  } catch {
    return false;
  }
}
