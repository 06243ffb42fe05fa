import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { review } from '../analysis/review.ts';
import type { Context } from '../analysis/rule.ts';
import { elkLayouter } from '../diagram/layout/elk.ts';
import type { Layouter } from '../diagram/layout/layout.ts';
import type { Document, Picture } from '../report/document/block.ts';
import type { BegunPdf } from '../report/document/pdf/pdf.ts';
import { reportPictures } from '../report/review-report/pictures.ts';
import { redactSubject } from '../report/review-report/redaction.ts';
import { PART_NAMES, PARTS, partsNamed, reviewReport, type Part } from '../report/review-report/sections.ts';
import { reportSubject, type Provenance, type ReportSubject } from '../report/review-report/subject.ts';
import { textOption, type Command, type Invocation } from './command.ts';
import { configuredSettings } from './configured.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import { kebab } from './file-name.ts';
import { readInputs } from './input.ts';
import { loadValidFiles } from './load.ts';
import { writeAllWhole } from './output.ts';
import { provenanceOf } from './provenance.ts';

const FORMATS = ['md', 'html', 'pdf', 'json'] as const;
type Format = (typeof FORMATS)[number];

export const reportCommand: Command = {
  name: 'report',
  summary: 'Write the review report: findings, target state, roadmap, executive summary.',
  usage: 'report [PATH…] [--format FORMAT…] [--part PART…] [--redact] [-o FOLDER]',
  example: 'mlarch report examples/card-fraud --format html --format pdf -o review',
  options: {
    format: { type: 'string', multiple: true, value: 'FORMAT', doc: `${FORMATS.join(', ')}; may be given several times (default: md, or all of them with -o)` },
    part: { type: 'string', multiple: true, value: 'PART', doc: `Only these parts: ${PART_NAMES.join(', ')}` },
    redact: { type: 'boolean', doc: 'For people outside: no names of people, no files, hosts or links, no detail that helps an attacker.' },
    output: { type: 'string', short: 'o', value: 'FOLDER', doc: 'Folder for the files (default: standard output, which takes one md, html or json).' },
    date: { type: 'string', value: 'DATE', doc: 'Day of the report, for repeatable output (default: today).' },
  },
  run,
};

async function run(invocation: Invocation): Promise<number> {
  const folder = textOption(invocation, 'output');
  const formats = formatsOf(invocation, folder);
  const parts = partsOf(invocation);
  const today = dayOf(textOption(invocation, 'date'), 'date');
  // ELK loads while files are read and reviewed.
  const layouter = parts.some(({ pictured }) => pictured) ? elkLayouter() : undefined;
  const inputs = await readInputs(invocation.positionals);
  const { project, lowered } = loadValidFiles(inputs);
  const { architectures } = lowered;
  const provenance = provenanceOf([...project.files.values()].map(({ file, text }) => ({ file, text })));
  const settings = await configuredSettings(inputs);
  if (architectures.length > 1 && folder === undefined) throw new Failure(`There are ${architectures.length} systems: name a folder for their reports with -o, such as -o review.`);
  const files: ReportFile[] = [];
  const names = new Set<string>();
  for (const architecture of architectures) {
    const tell = progress(architecture.system.name);
    const making = { redact: invocation.options['redact'] === true, layouter, tell };
    const { subject: unfinished, pictures } = subjectOf({ architecture, settings, today }, provenance, making);
    tell('drawing');
    const begun = layouter && formats.includes('pdf') ? await beginUntil(pictures, reviewReport(unfinished, parts)) : undefined;
    const subject = { ...unfinished, pictures: await pictures };
    const document = reviewReport(subject, parts);
    const name = unused(`${kebab(architecture.system.name)}-report`, names);
    for (const format of formats) {
      tell(`writing ${format}`);
      files.push(...(await render(subject, document, { name, format, begun })));
    }
    tell(undefined);
  }
  if (folder === undefined) toStandardOutput(files);
  else toFolder(folder, files);
  return 0;
}

interface ReportFile {
  readonly file: string;
  readonly content: string | Uint8Array;
}

/** Systems of different files may share a name; their reports do not. */
function unused(name: string, names: Set<string>): string {
  let free = name;
  for (let number = 2; names.has(free); number++) free = `${name}-${number}`;
  names.add(free);
  return free;
}

function toStandardOutput([document, ...pictures]: readonly ReportFile[]): void {
  process.stdout.write(document?.content ?? '');
  if (pictures.length > 0) process.stderr.write(`note: the report links to ${pictures.length} ${pictures.length === 1 ? 'picture' : 'pictures'} that standard output cannot take: name a folder with -o.\n`);
}

function toFolder(folder: string, files: readonly ReportFile[]): void {
  const placed = files.map(({ file, content }) => ({ file: path.join(folder, file), content }));
  writeAllWhole(placed);
  for (const { file } of placed) process.stdout.write(`${file}\n`);
}

function formatsOf(invocation: Invocation, folder: string | undefined): readonly Format[] {
  const given = invocation.options['format'] as readonly string[] | undefined;
  if (!given) return folder === undefined ? ['md'] : FORMATS;
  const unknown = given.find((name) => !FORMATS.includes(name as Format));
  if (unknown !== undefined) throw new Failure(`--format takes ${FORMATS.join(', ')}; found ${unknown}.`);
  const formats = [...new Set(given as readonly Format[])];
  if (folder === undefined && (formats.length > 1 || formats[0] === 'pdf')) throw new Failure('Standard output takes one text: name a folder for the files with -o, such as -o review.');
  return formats;
}

function partsOf(invocation: Invocation): readonly Part[] {
  const given = invocation.options['part'] as readonly string[] | undefined;
  if (!given) return PARTS;
  const named = given.map((name) => {
    const parts = partsNamed(name);
    if (!parts) throw new Failure(`--part takes ${PART_NAMES.join(', ')}; found ${name}.`);
    return parts;
  });
  return PARTS.filter((part) => named.some((parts) => parts.includes(part)));
}

interface Making {
  readonly redact: boolean;
  readonly layouter: Layouter | undefined;
  readonly tell: (doing: string) => void;
}

/** What a report is written from; its pictures come later. */
function subjectOf(context: Context, provenance: Provenance, { redact, layouter, tell }: Making): { readonly subject: ReportSubject; readonly pictures: Promise<ReportSubject['pictures']> } {
  const picturesOf = ({ context, review }: Pick<ReportSubject, 'context' | 'review'>): Promise<ReportSubject['pictures']> => (layouter ? reportPictures(context, review, layouter) : Promise.resolve(new Map()));
  tell('reviewing');
  const reviewed = review(context.architecture, context);
  const pictures = redact ? undefined : picturesOf({ context, review: reviewed });
  tell('working out target and roadmap');
  const whole = reportSubject(context, reviewed, { pictures: new Map(), provenance, redact });
  const subject = redact ? redactSubject(whole) : whole;
  return { subject, pictures: pictures ?? picturesOf(subject) };
}

/** Begins a PDF of a document without its pictures, which are laid out in another thread meanwhile, and learns its words until they come. */
async function beginUntil(pictures: Promise<unknown>, document: Document): Promise<BegunPdf> {
  let waits = true;
  const stop = (): void => void (waits = false);
  pictures.then(stop, stop);
  const [{ beginPdf }, { pdfFonts }] = [await import('../report/document/pdf/pdf.ts'), await import('./pdf-fonts.ts')];
  const begun = await beginPdf(document, pdfFonts(JSON.stringify(document)));
  // Between two steps a picture that is laid out is heard of, and the next one sent.
  while (waits && begun.learning.next().done !== true) await setImmediate();
  return begun;
}

interface Rendering {
  readonly name: string;
  readonly format: Format;
  readonly begun: BegunPdf | undefined;
}

/** The files of one format, the document first. */
async function render(subject: ReportSubject, document: Document, { name, format, begun }: Rendering): Promise<ReportFile[]> {
  switch (format) {
    case 'md': {
      const { markdownOf } = await import('../report/document/markdown.ts');
      const linked: Picture[] = [];
      const pathOf = ({ id }: Picture): string => `${name}-pictures/${id}.svg`;
      const text = markdownOf(document, (picture) => {
        linked.push(picture);
        return pathOf(picture);
      });
      return [{ file: `${name}.md`, content: text }, ...linked.map((picture) => ({ file: pathOf(picture), content: picture.svg }))];
    }
    case 'html':
      return [{ file: `${name}.html`, content: (await import('../report/document/html.ts')).htmlOf(document) }];
    case 'pdf': {
      const [{ pdfOf }, { pdfFonts }] = [await import('../report/document/pdf/pdf.ts'), await import('./pdf-fonts.ts')];
      const { bytes, missing } = await pdfOf(document, pdfFonts(JSON.stringify(document)), begun);
      if (missing.length > 0) process.stderr.write(`warning: no font has ${missing.slice(0, 20).join(' ')}${missing.length > 20 ? ' …' : ''}; the PDF shows boxes in their place.\n`);
      return [{ file: `${name}.pdf`, content: bytes }];
    }
    case 'json':
      return [{ file: `${name}.json`, content: `${JSON.stringify((await import('../report/review-report/report-json.ts')).reportJson(subject, document), undefined, 2)}\n` }];
  }
}

/** A line on a terminal that says what is being done. */
function progress(name: string): (doing: string | undefined) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return (doing) => process.stderr.write(`\r\u001B[2K${doing === undefined ? '' : `${name}: ${doing} …`}`);
}
