import path from 'node:path';
import { review } from '../analysis/review.ts';
import type { Context } from '../analysis/rule.ts';
import { DEFAULT_SETTINGS } from '../analysis/settings.ts';
import { documentOf, FORMATS, type DocumentOptions, type Format } from '../diagram/document.ts';
import { STATES, VIEWS, type Diagram, type DiagramState, type ViewName } from '../diagram/diagram.ts';
import { MERMAID_LIMITS } from '../diagram/mermaid.ts';
import { elkLayouter } from '../diagram/layout/elk.ts';
import type { Layouter } from '../diagram/layout/layout.ts';
import { pictureOf } from '../diagram/picture.ts';
import { THEMES } from '../diagram/svg/theme.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import { readInputs } from './input.ts';
import { loadValid } from './load.ts';
import { writeWhole } from './output.ts';
import { paintBox } from './paint-box.ts';

export const diagramCommand: Command = {
  name: 'diagram',
  summary: 'Draw the current state, the target state or the difference.',
  usage: 'diagram [PATH…] [--view VIEW] [--state STATE] [--format FORMAT] [-o FILE]\n       mlarch diagram [PATH…] --all -o FOLDER [--check]',
  example: 'mlarch diagram examples/card-fraud --view serving -o serving.svg',
  options: {
    view: { type: 'string', value: 'VIEW', doc: `${VIEWS.join(', ')} (default: system)` },
    focus: { type: 'string', value: 'NAME', doc: 'The component in the middle of the focus view.' },
    state: { type: 'string', value: 'STATE', doc: `${STATES.join(', ')} (default: current)` },
    format: { type: 'string', value: 'FORMAT', doc: `${FORMATS.join(', ')} (default: by the name of the file, else svg)` },
    theme: { type: 'string', value: 'THEME', doc: `${THEMES.join(', ')} (default: light)` },
    scale: { type: 'string', value: 'NUMBER', doc: 'Pixels of a PNG for each of the picture (default: 2).' },
    'no-layout': { type: 'boolean', doc: 'With JSON: what the picture shows, without places; nothing is laid out.' },
    expand: { type: 'boolean', doc: 'Draw every component by itself, also where there are more than 150.' },
    all: { type: 'boolean', doc: 'Every view and state of every system, as files in the folder of -o.' },
    check: { type: 'boolean', doc: 'With --all: write nothing, and fail where a file is not what it would be.' },
    output: { type: 'string', short: 'o', value: 'FILE', doc: 'File, or folder with --all (default: standard output).' },
    today: { type: 'string', value: 'DATE', doc: 'Day of the picture (default: today; with --all none is written on it).' },
  },
  run,
};

async function run(invocation: Invocation): Promise<number> {
  const all = invocation.options['all'] === true;
  const output = textOption(invocation, 'output');
  const options = readOptions(invocation, output);
  if (all && output === undefined) throw new Failure('--all writes several files: name their folder with -o, such as -o docs/architecture.');
  if (!all && invocation.options['check'] === true) throw new Failure('--check goes with --all: it compares the files of a folder.');
  const today = dayOf(textOption(invocation, 'today'));
  const layouter = layouterFor(options);
  const { architectures } = loadValid(await readInputs(invocation.positionals));
  const contexts = architectures.map((architecture): Context => ({ architecture, settings: DEFAULT_SETTINGS, today }));
  if (all) return (await import('./diagram-folder.ts')).writeFolder(contexts, layouter, { ...options, folder: output as string, check: invocation.options['check'] === true, ...(textOption(invocation, 'today') !== undefined && { date: today }) });
  const [context, ...others] = contexts;
  if (!context) throw new Failure('No system is declared, so there is nothing to draw.');
  if (others.length > 0) throw new Failure(`There are ${contexts.length} systems; draw one at a time, or all with --all -o FOLDER.`);
  const diagram = pictureOf(context, review(context.architecture, { today }), { view: options.view, state: options.state, ...(options.focus !== undefined && { focus: options.focus }), ...(invocation.options['expand'] === true && { collapse: 'never' as const }), date: today });
  if ('because' in diagram) throw new Failure(diagram.because);
  const content = await documentOf(diagram, options, layouter, paintBox);
  if (options.format === 'mermaid') warnOfLimits(diagram, content as string);
  if (output !== undefined) writeWhole(output, content);
  else if (typeof content === 'string') process.stdout.write(content);
  else if (process.stdout.isTTY) throw new Failure('A PNG is no text: name its file with -o, such as -o picture.png.');
  else process.stdout.write(content);
  return 0;
}

/** ELK loads while files are read and reviewed; formats without geometry do without it. */
const layouterFor = ({ format, bare }: RenderOptions): Layouter => (format === 'mermaid' || bare ? () => Promise.reject(new Error(`${format} is written without a layout.`)) : elkLayouter());

/** Mermaid draws nothing at all beyond its limits, and does not say where it is embedded. */
function warnOfLimits({ edges }: Diagram, content: string): void {
  const { characters, edges: most } = MERMAID_LIMITS;
  if (edges.length > most || content.length > characters) process.stderr.write(`warning: this has ${edges.length} flows and ${content.length} characters; Mermaid draws up to ${most} and ${characters} where nobody raises that. Draw a view that shows less, or SVG.\n`);
}

export interface RenderOptions extends DocumentOptions {
  readonly view: ViewName;
  readonly state: DiagramState;
  readonly focus?: string;
}

const ENDINGS: Readonly<Record<string, Format>> = { '.svg': 'svg', '.png': 'png', '.mmd': 'mermaid', '.mermaid': 'mermaid', '.drawio': 'drawio', '.json': 'json' };
export const ENDING: Readonly<Record<Format, string>> = { svg: '.svg', png: '.png', mermaid: '.mmd', drawio: '.drawio', json: '.json' };

function readOptions(invocation: Invocation, output: string | undefined): RenderOptions {
  const byName = output === undefined ? undefined : ENDINGS[path.extname(output).toLowerCase()];
  const focus = textOption(invocation, 'focus');
  const scale = Number(textOption(invocation, 'scale') ?? '2');
  const format = oneOf('format', textOption(invocation, 'format'), FORMATS, byName ?? 'svg');
  const bare = invocation.options['no-layout'] === true;
  if (bare && format !== 'json') throw new Failure(`--no-layout goes with --format json; ${format} ${format === 'mermaid' ? 'has no places anyway' : 'needs places'}.`);
  if (!(scale >= 0.1 && scale <= 8)) throw new Failure(`--scale takes a number from 0.1 to 8; found ${textOption(invocation, 'scale') ?? ''}.`);
  return {
    view: oneOf('view', textOption(invocation, 'view'), VIEWS, focus === undefined ? 'system' : 'focus'),
    state: oneOf('state', textOption(invocation, 'state'), STATES, 'current'),
    ...(focus !== undefined && { focus }),
    format,
    theme: oneOf('theme', textOption(invocation, 'theme'), THEMES, 'light'),
    scale,
    bare,
  };
}
