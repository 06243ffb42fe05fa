import { modelJson } from '../report/model-json.ts';
import type { Architecture } from '../model/architecture.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import { readInputs } from './input.ts';
import { loadValid } from './load.ts';
import { writeWhole } from './output.ts';
import { version } from './version.ts';

const FORMATS = ['json', 'cyclonedx', 'model-cards', 'annex-iv'] as const;

export const exportCommand: Command = {
  name: 'export',
  summary: 'Export the model: as JSON, as an ML bill of materials, as model cards, as a start of technical documentation.',
  usage: 'export [PATH…] [--format json|cyclonedx|model-cards|annex-iv] [-o FILE or FOLDER] [--date DATE]',
  example: 'mlarch export architecture/ --format cyclonedx -o bom.cdx.json',
  options: {
    format: { type: 'string', value: 'FORMAT', doc: 'json (default), cyclonedx (1.6), model-cards (Markdown), annex-iv (Markdown)' },
    output: { type: 'string', short: 'o', value: 'FILE', doc: 'File, or folder of model cards, one a file (default: standard output).' },
    date: { type: 'string', value: 'DATE', doc: 'Day to write into the document and to judge findings by (default: none is written).' },
  },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), FORMATS, 'json');
    if (textOption(invocation, 'date') !== undefined) dayOf(textOption(invocation, 'date'), 'date');
    const inputs = await readInputs(invocation.positionals);
    const { architectures } = loadValid(inputs);
    if (format === 'model-cards') return (await import('./model-cards.ts')).writeModelCards(architectures, inputs, invocation);
    const text = format === 'json' ? json(modelJson(architectures)) : await documentText(format, onlyOne(architectures), invocation);
    const file = textOption(invocation, 'output');
    if (file === undefined) process.stdout.write(text);
    else writeWhole(file, text);
    return 0;
  },
};

async function documentText(format: 'cyclonedx' | 'annex-iv', architecture: Architecture, invocation: Invocation): Promise<string> {
  const date = textOption(invocation, 'date');
  if (format === 'annex-iv') return (await import('../report/annex-iv/document.ts')).annexIvText(architecture, { name: 'mlarch', version }, date);
  const [{ bomOf }, { uuidOf }] = await Promise.all([import('../report/ml-bom/bom.ts'), import('./uuid.ts')]);
  return json(bomOf(architecture, { tool: { name: 'mlarch', version }, ...(date !== undefined && { date }), uuidOf }));
}

/** Documents are about one system. */
function onlyOne(architectures: readonly Architecture[]): Architecture {
  const [architecture, ...others] = architectures;
  if (!architecture) throw new Failure('No system is declared, so there is nothing to export.');
  if (others.length > 0) throw new Failure(`There are ${architectures.length} systems, and such a document is about one: name the file of one system.`);
  return architecture;
}

const json = (data: object): string => `${JSON.stringify(data, undefined, 2)}\n`;
