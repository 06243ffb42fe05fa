import { INTAKE_MINUTES, questionnaire, type Questionnaire } from '../analysis/intake/questionnaire.ts';
import { review, type Review } from '../analysis/review.ts';
import type { Settings } from '../analysis/settings.ts';
import type { Architecture } from '../model/architecture.ts';
import { configFor } from './check.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import { readInputs, readText, STANDARD_INPUT, type Input } from './input.ts';
import { answer, begin, editedTexts, systemIn, type Answering } from './intake/answering.ts';
import type { Talk } from './intake/session.ts';
import { summaryOf, type Result } from './intake/summary.ts';
import { loadFiles, loadValid } from './load.ts';
import { replaceAll } from './output.ts';
import { version } from './version.ts';

const FORMATS = ['pretty', 'markdown', 'json'] as const;

export const intakeCommand: Command = {
  name: 'intake',
  summary: 'Ask what the review needs to know, and write the answers into the file.',
  usage: 'intake [PATH…] [--minutes N] [--format FORMAT] [--answers FILE] [--dry-run]',
  example: 'mlarch intake architecture/ --format markdown > questions.md',
  options: {
    minutes: { type: 'string', value: 'N', doc: `How long it may take (default: ${INTAKE_MINUTES}); the other questions come if there is time.` },
    format: { type: 'string', value: 'FORMAT', doc: `Print the questionnaire: ${FORMATS.join(', ')} (default where there is no terminal: pretty).` },
    answers: { type: 'string', value: 'FILE', doc: 'Write the answers of a questionnaire that was filled in, JSON or Markdown.' },
    'dry-run': { type: 'boolean', doc: 'Write nothing; say what the answers would do.' },
    today: { type: 'string', value: 'DATE', doc: 'Day of the review (default: today).' },
  },
  run,
};

interface Session {
  readonly inputs: readonly Input[];
  readonly settings: Settings;
  readonly today: string;
  readonly minutes: number;
  readonly dry: boolean;
  readonly colour: boolean;
  readonly width: number;
}

async function run(invocation: Invocation): Promise<number> {
  const inputs = await readInputs(invocation.positionals);
  const width = Math.max(60, Math.min(process.stdout.columns ?? 100, 110));
  const session: Session = { inputs, settings: (await configFor(inputs)).settings, today: dayOf(textOption(invocation, 'today')), minutes: minutesOf(textOption(invocation, 'minutes')), dry: invocation.options['dry-run'] === true, colour: invocation.colour, width };
  const { architectures } = loadValid(inputs);
  if (architectures.length === 0) throw new Failure('No system is declared, so there is nothing to ask about.');
  if (inputs.some(({ file }) => file === STANDARD_INPUT) && textOption(invocation, 'answers') !== undefined) throw new Failure('Answers are written into files; standard input is none.');
  const [format, answers] = [textOption(invocation, 'format'), textOption(invocation, 'answers')];
  if (answers !== undefined) {
    if (format !== undefined) throw new Failure('--format is for the questionnaire; with --answers it has nothing to print.');
    return withAnswers(session, architectures, answers);
  }
  if (format !== undefined || !process.stdin.isTTY || !process.stdout.isTTY) return printed(session, architectures, oneOf('format', format, FORMATS, 'pretty'));
  const { atTerminal } = await import('./intake/terminal.ts');
  const { ask, close } = atTerminal(process.stdin, process.stdout);
  try {
    return await interviewed(session, architectures, { ask, say: (text) => void process.stdout.write(text), colour: session.colour, width });
  } finally {
    close();
  }
}

function minutesOf(text: string | undefined): number {
  if (text === undefined) return INTAKE_MINUTES;
  if (!/^\d{1,4}$/.test(text)) throw new Failure(`--minutes takes a whole number of minutes such as 120; found ${text === '' ? 'nothing' : text}.`);
  return Number(text);
}

interface Asked {
  readonly review: Review;
  readonly sheet: Questionnaire;
}

function askedOf({ settings, today, minutes }: Session, architecture: Architecture): Asked {
  const own = review(architecture, { settings, today });
  return { review: own, sheet: questionnaire({ architecture }, own, minutes) };
}

async function printed(session: Session, architectures: readonly Architecture[], format: (typeof FORMATS)[number]): Promise<number> {
  const sheets = architectures.map((architecture) => askedOf(session, architecture).sheet);
  if (format === 'json') {
    const { intakeJson } = await import('../report/intake-json.ts');
    process.stdout.write(`${JSON.stringify(intakeJson(sheets, { name: 'mlarch', version }), undefined, 2)}\n`);
  } else if (format === 'markdown') {
    const { intakeMarkdown } = await import('../report/intake-markdown.ts');
    process.stdout.write(intakeMarkdown(sheets));
  } else {
    const { sheetOf } = await import('./intake/sheet.ts');
    process.stdout.write(sheets.map((sheet) => sheetOf(sheet, session)).join('\n'));
  }
  return 0;
}

/** Asks one by one, system by system, and writes what was given. Exit code 130 where the person stopped it. */
export async function interviewed(session: Session, architectures: readonly Architecture[], talk: Talk): Promise<number> {
  const { converse } = await import('./intake/session.ts');
  const done = new Outcome(session);
  for (const { system } of architectures) {
    const { review: before, sheet, answering } = done.next(system.name);
    if (sheet.questions.length + sheet.ifThereIsTime.length === 0) {
      talk.say(`${system.name}: the review has no open questions.\n`);
      continue;
    }
    const ended = await converse(talk, sheet, answering);
    if (ended.how === 'stop') {
      talk.say('\nNothing was written.\n');
      return 130;
    }
    done.take(ended.answering, before);
    if (ended.how === 'quit') break;
  }
  talk.say(`\n${done.write()}`);
  return 0;
}

/** Writes the answers of a file. One that cannot be taken means that none is written. */
async function withAnswers(session: Session, architectures: readonly Architecture[], file: string): Promise<number> {
  const { readAnswers } = await import('./intake/answers-file.ts');
  const given = new Map(readAnswers(readText(file), file).map((item) => [item.id, item]));
  const faults: string[] = [];
  const done = new Outcome(session);
  for (const { system } of architectures) {
    const { review: before, sheet, answering } = done.next(system.name);
    let current = answering;
    for (const question of [...sheet.questions, ...sheet.ifThereIsTime]) {
      const own = given.get(question.id);
      if (!own) continue;
      given.delete(question.id);
      const outcome = answer(current, question, own.text);
      if ('problem' in outcome) faults.push(`${file}:${own.line}: ${question.id}: ${outcome.problem}`);
      else {
        for (const doubt of outcome.doubts) process.stderr.write(`${file}:${own.line}: ${question.id}: ${doubt}\n`);
        current = outcome.answering;
      }
    }
    done.take(current, before);
  }
  if (faults.length > 0) throw new Failure(`${faults.join('\n')}\nNothing was written.`);
  for (const { id, line } of given.values()) process.stderr.write(`${file}:${line}: ${id} is not asked (any more) and was passed over.\n`);
  process.stdout.write(done.write());
  return 0;
}

/** Takes the answers of one system after the other, each on the files as those before leave them. */
class Outcome {
  readonly #session: Session;
  readonly #texts = new Map<string, string>();
  /** The files as they were when they were first read. */
  readonly #before = new Map<string, string>();
  readonly #results: Omit<Result, 'after'>[] = [];

  constructor(session: Session) {
    this.#session = session;
  }

  next(system: string): Asked & { readonly answering: Answering } {
    const answering = begin(this.#session.inputs, this.#texts, system);
    return { ...askedOf(this.#session, answering.architecture), answering };
  }

  take(answering: Answering, before: Review): void {
    for (const [file, text] of editedTexts(answering)) {
      if (!this.#before.has(file)) this.#before.set(file, answering.project.files.get(file)?.text ?? '');
      this.#texts.set(file, text);
    }
    this.#results.push({ before, accepted: [...answering.accepted.values()] });
  }

  /** Writes all files or none, and says what came of it. */
  write(): string {
    const { inputs, settings, today, dry, colour, width } = this.#session;
    const files = [...this.#texts.keys()];
    const { lowered } = loadFiles(inputs, this.#texts);
    const results = this.#results.map((result) => ({ ...result, after: review(systemIn(lowered, result.before.system), { settings, today }) }));
    if (!dry) replaceAll(files.map((file) => ({ file, before: this.#before.get(file) ?? '', after: this.#texts.get(file) ?? '' })));
    return summaryOf(results, files, { colour, width, dry });
  }
}
