import path from 'node:path';
import { review } from '../analysis/review.ts';
import type { Architecture } from '../model/architecture.ts';
import { modelCards } from '../report/model-cards/card.ts';
import { cardFiles } from '../report/model-cards/files.ts';
import { textOption, type Invocation } from './command.ts';
import { configuredSettings } from './configured.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import type { Input } from './input.ts';
import { writeAllWhole } from './output.ts';
import { version } from './version.ts';

/** `export --format model-cards`: a page for each model, all of them into a folder or to standard output. */
export async function writeModelCards(architectures: readonly Architecture[], inputs: readonly Input[], invocation: Invocation): Promise<number> {
  const date = textOption(invocation, 'date');
  const settings = await configuredSettings(inputs);
  const systems = architectures.map((architecture) => ({
    system: architecture.system.name,
    cards: modelCards(architecture, review(architecture, { settings, today: dayOf(date, 'date') }), { tool: { name: 'mlarch', version }, ...(date !== undefined && { date }) }),
  }));
  const files = cardFiles(systems);
  if (files.length === 0) throw new Failure('No model is declared, so there is no card to write.');
  const folder = textOption(invocation, 'output');
  if (folder === undefined) process.stdout.write(files.map(({ content }) => content).join('\n'));
  else {
    const written = files.map(({ name, content }) => ({ file: path.join(folder, name), content }));
    writeAllWhole(written);
    for (const { file } of written) process.stdout.write(`${file}\n`);
  }
  return 0;
}
