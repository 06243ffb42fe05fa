import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it, test } from 'vitest';
import { questionnaire } from '../../src/analysis/intake/questionnaire.ts';
import { review } from '../../src/analysis/review.ts';
import { answer, begin, editedTexts } from '../../src/cli/intake/answering.ts';
import { converse, type Ask, type Ended } from '../../src/cli/intake/session.ts';
import { atTerminal } from '../../src/cli/intake/terminal.ts';
import { replaceAll } from '../../src/cli/output.ts';
import { intakeJson } from '../../src/report/intake-json.ts';
import { jsonSchemaOf } from '../../src/report/schemas.ts';
import { folderWith, mlarch, type Run } from './run.ts';

const TODAY = ['--today', '2026-11-21'];
const TEXT = `import { Lake } from "lib.mlarch"

/** The shop. */
system Shop {
  stage       production
  criticality high

  consumer App { peak 20 req/s }  // who asks

  service Api : realtime {
    serves Ranking
  }
  model Ranking : trained

  App -> Api { sync }
  Lake -> Api
}
`;
const LIB = 'store Lake : lakehouse { technology delta_lake }\nstore Unused\n';
const FILES = { 'main.mlarch': TEXT, 'lib.mlarch': LIB };

interface Sheet {
  systems: { name: string; minutes: number; questions: { id: string; answer: string; goes: { to: string } }[]; ifThereIsTime: { id: string; answer: string }[] }[];
}

const intake = (folder: string, ...words: string[]): Run => mlarch(['intake', 'main.mlarch', ...TODAY, ...words], { cwd: folder });

/** What `--format json` prints, made in this process. */
function sheetIn(folder: string): Sheet {
  const start = begin([{ file: path.join(folder, 'main.mlarch'), text: textIn(folder) }], new Map(), 'Shop');
  const { architecture } = start;
  return JSON.parse(JSON.stringify(intakeJson([questionnaire({ architecture }, review(architecture, { today: '2026-11-21' }))], { name: 'mlarch', version: '0' }))) as Sheet;
}
const textIn = (folder: string, file = 'main.mlarch'): string => readFileSync(path.join(folder, file), 'utf8');

/** The questionnaire with these answers, as a file beside the architecture. */
function answered(folder: string, answers: Readonly<Record<string, unknown>>): string {
  const sheet = sheetIn(folder);
  for (const question of sheet.systems.flatMap(({ questions, ifThereIsTime }) => [...questions, ...ifThereIsTime])) if (question.id in answers) question.answer = answers[question.id] as string;
  writeFileSync(path.join(folder, 'answers.json'), JSON.stringify(sheet, undefined, 2));
  return 'answers.json';
}

describe('mlarch intake, piped', () => {
  const folder = folderWith(FILES);

  it('prints the questions for a person', () => {
    const { stdout, code } = intake(folder, '--minutes', '5');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Shop: \d+ of \d+ questions, about [1-5] of 5 min, most valuable first/);
    expect(stdout).toContain('If there is time');
    expect(textIn(folder)).toBe(TEXT);
  });

  it('prints JSON that follows its schema', () => {
    const validate = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(jsonSchemaOf('intake'));
    for (const words of [['main.mlarch'], ['lib.mlarch', 'main.mlarch', '--minutes', '0']]) {
      const sheet = JSON.parse(mlarch(['intake', ...words, '--format', 'json', ...TODAY], { cwd: folder }).stdout) as Sheet;
      validate(sheet);
      expect(validate.errors ?? []).toEqual([]);
      expect(sheet.systems.length).toBe(1);
    }
    for (const file of ['examples/card-fraud', 'examples/published']) {
      validate(JSON.parse(mlarch(['intake', file, '--format', 'json', ...TODAY]).stdout));
      expect(validate.errors ?? []).toEqual([]);
    }
  });

  it.each([
    [['--minutes', 'two'], '--minutes takes a whole number'],
    [['--minutes', '-1'], '--minutes'],
    [['--format', 'yaml'], 'yaml'],
    [['--answers', 'gone.json'], 'gone.json'],
    [['--answers', 'lib.mlarch'], 'holds no answers'],
    [['--answers', 'x', '--format', 'json'], '--format is for the questionnaire'],
  ])('refuses %j', (words, message) => {
    const { code, stderr } = intake(folder, ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  it('refuses a file with errors, and standard input to write into', () => {
    writeFileSync(path.join(folder, 'broken.mlarch'), 'system S {\n  service {\n');
    expect(mlarch(['intake', 'broken.mlarch'], { cwd: folder }).code).toBe(2);
    writeFileSync(path.join(folder, 'a.md'), 'Answer `S.stage`: production\n');
    expect(mlarch(['intake', '-', '--answers', 'a.md'], { cwd: folder, input: 'system S { owner "x" }' }).stderr).toContain('standard input is none');
  });
});

describe('answers in a file', () => {
  const ANSWERS = { 'Shop.Api.rollback': 'automatic within 5 min', 'Shop.Api.slo': 'p50 50 ms p99 200 ms evidence "slo.md"', 'ML20.1@Shop': 'none', 'Shop.Lake.retention': '2 years', 'Shop.budget': 40000 };

  it('are written where they belong, and the review is told anew', () => {
    const folder = folderWith({ ...FILES, 'slo.md': '# SLO\n' });
    const known = sheetIn(folder).systems[0]!.questions.map(({ id }) => id);
    expect(known).toEqual(expect.arrayContaining(['Shop.Api.rollback', 'Shop.Api.slo', 'ML20.1@Shop', 'Shop.budget']));
    const { stdout, stderr, code } = intake(folder, '--answers', answered(folder, { ...ANSWERS, 'Shop.budget': '40_000 USD/month' }));
    expect([stderr, code]).toEqual(['', 0]);
    expect(stdout).toMatch(/Wrote 4 answers to main\.mlarch\./);
    expect(stdout).toMatch(/Shop: questions \d+ → \d+, findings \d+ → \d+.*readiness [\d.]+ to [\d.]+ → [\d.]+/);
    expect(stdout).toMatch(/New findings[\s\S]*ML20/);
    expect(textIn(folder)).toBe(
      TEXT.replace('criticality high\n', 'criticality high\n  budget      40_000 USD/month\n')
        .replace('    serves Ranking\n', '    serves   Ranking\n    rollback automatic within 5 min\n    slo      p50 50 ms p99 200 ms evidence "slo.md"\n')
        .replace('  Lake -> Api\n', '  Lake -> Api\n  incidents none\n'),
    );
    expect(mlarch(['fmt', '--check', 'main.mlarch'], { cwd: folder }).code).toBe(0);
    const { questions, ifThereIsTime } = sheetIn(folder).systems[0]!;
    expect([...questions, ...ifThereIsTime].map(({ id }) => id).filter((id) => id in ANSWERS)).toEqual(['Shop.Api.rollback']); // asked anew: when it was last practised
    expect(readdirSync(folder).sort()).toEqual(['answers.json', 'lib.mlarch', 'main.mlarch', 'slo.md']);
  });

  it('reach an imported file', () => {
    const folder = folderWith({ 'main.mlarch': TEXT.replace('import { Lake } from "lib.mlarch"', 'import { Lake, Train } from "lib.mlarch"').replace('  Lake -> Api', '  Lake -> Train'), 'lib.mlarch': `${LIB}training Train { produces Made }\nmodel Made : trained\n` });
    const ids = sheetIn(folder).systems[0]!.questions.map(({ id }) => id);
    const own = ids.find((id) => id === 'Shop.Train.code')!;
    expect(own).toBeDefined();
    const before = textIn(folder);
    const { stdout, code } = intake(folder, '--answers', answered(folder, { [own]: 'commit' }));
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'Wrote 1 answer to lib.mlarch.']);
    expect(textIn(folder)).toBe(before);
    expect(textIn(folder, 'lib.mlarch')).toMatch(/training Train \{ produces Made\n {2}code commit\n\}/);
  });

  it('are read back from Markdown', () => {
    const folder = folderWith(FILES);
    const text = intake(folder, '--format', 'markdown').stdout;
    expect(text).toMatch(/^# Questions about Shop/);
    const filled = text.replace('Answer `Shop.Api.rollback`: ', 'Answer `Shop.Api.rollback`: manual within 15 min').replace('Answer `ML20.1@Shop`: ', '> Answer `ML20.1@Shop`:   unknown  ');
    expect(filled).not.toBe(text);
    writeFileSync(path.join(folder, 'filled.md'), filled.replaceAll('\n', '\r\n'));
    expect(intake(folder, '--answers', 'filled.md').stdout).toContain('Wrote 2 answers');
    expect(textIn(folder)).toMatch(/rollback +manual within 15 min/);
    expect(textIn(folder)).toContain('  incidents unknown\n');
  });

  it('that cannot be taken are told with their places, and none is written', () => {
    const folder = folderWith(FILES);
    const { code, stderr } = intake(folder, '--answers', answered(folder, { 'Shop.Api.rollback': 'automatic within 5 USD', 'Shop.Api.slo': 'p50 50 ms p99 20 ms', 'Shop.budget': '40_000 USD/month' }));
    expect(code).toBe(2);
    expect(stderr).toMatch(/answers\.json:\d+: Shop\.Api\.rollback: .*is not a duration/);
    expect(stderr).toMatch(/answers\.json:\d+: Shop\.Api\.slo: .*p50/);
    expect(stderr).toContain('Nothing was written.');
    expect([textIn(folder), textIn(folder, 'lib.mlarch')]).toEqual([TEXT, LIB]);
  });

  it('of other shapes are refused with their place', () => {
    const folder = folderWith(FILES);
    const refused = (text: string): string => {
      writeFileSync(path.join(folder, 'a.json'), text);
      const { code, stderr } = intake(folder, '--answers', 'a.json');
      expect(code).toBe(2);
      return stderr;
    };
    expect(refused('{')).toContain('a.json:1:2');
    expect(refused('{}')).toContain('a list "systems"');
    expect(refused('{"systems":[{}]}')).toContain('a list "questions"');
    expect(refused('{"systems":[{"questions":[{}]}]}')).toContain('a question with its "id"');
    expect(refused('{"systems":[{"questions":[{"id":"x","answer":["y"]}]}]}')).toContain('text as the "answer"');
    expect(refused('{"systems":[{"questions":[{"id":"x","answer":"a"},\n{"id":"x","answer":"b"}]}]}')).toContain('a.json:2: x is answered twice');
    expect(refused('{"systems":[{"questions":[]}]}')).toContain('holds no answers');
  });

  it('to what is not asked are passed over, and said', () => {
    const folder = folderWith(FILES);
    writeFileSync(path.join(folder, 'a.md'), 'Answer `Shop.Gone.replicas`: 3\nAnswer `Shop.budget`: 1_000 USD/month\n');
    const { stdout, stderr, code } = intake(folder, '--answers', 'a.md');
    expect([code, stdout.split('\n')[0]]).toEqual([0, 'Wrote 1 answer to main.mlarch.']);
    expect(stderr).toBe('a.md:1: Shop.Gone.replicas is not asked (any more) and was passed over.\n');
  });

  it('to what has no place in the file are kept for the person who writes it', () => {
    const folder = folderWith(FILES);
    const { stdout } = intake(folder, '--answers', answered(folder, { 'ML20.1@Shop': 'We have one, in the wiki.' }));
    expect(stdout).toMatch(/Nothing was written\.[\s\S]*To be written by hand[\s\S]*We have one, in the\s+wiki\.[\s\S]*incidents/);
    expect(textIn(folder)).toBe(TEXT);
  });

  it('are only tried with --dry-run', () => {
    const folder = folderWith(FILES);
    expect(intake(folder, '--dry-run', '--answers', answered(folder, { 'ML20.1@Shop': 'none' })).stdout).toMatch(/^Would write 1 answer to main\.mlarch\.[\s\S]*questions \d+ → \d+/);
    expect(textIn(folder)).toBe(TEXT);
  });

  it.each(['a "b" } \\ {', 'two\nlines }', '*/ // -> [', '"'])('cannot reach beyond their value: %j', (hostile) => {
    const folder = folderWith({ ...FILES, 'main.mlarch': TEXT.replace('    serves Ranking', '    serves Ranking\n    cost 5_000 USD/month') });
    const { stdout, stderr } = intake(folder, '--answers', answered(folder, { 'Shop.Api.fallback': hostile, 'Shop.budget': `n/a because ${hostile}` }));
    const exported = mlarch(['export', 'main.mlarch'], { cwd: folder });
    expect(exported.code).toBe(0);
    if (stderr.includes('Nothing was written')) expect(textIn(folder)).not.toContain('budget');
    else expect(stdout).toContain('Wrote');
  });

  it('leave line ends and everything else as they were', () => {
    const folder = folderWith({ ...FILES, 'main.mlarch': TEXT.replace('stage       production', 'stage   production').replaceAll('\n', '\r\n') });
    intake(folder, '--answers', answered(folder, { 'Shop.Api.rollback': 'manual within 15 min' }));
    expect(textIn(folder)).toBe(TEXT.replace('stage       production', 'stage   production').replace('    serves Ranking\n', '    serves Ranking\n    rollback manual within 15 min\n').replaceAll('\n', '\r\n'));
  });
});

describe('several files', () => {
  it('are replaced all or none, and keep their permissions and links', () => {
    const folder = folderWith({ 'a.txt': 'a', 'b.txt': 'b', 'real.txt': 'r' });
    const file = (name: string): string => path.join(folder, name);
    chmodSync(file('a.txt'), 0o640);
    symlinkSync('real.txt', file('link.txt'));
    replaceAll([{ file: file('a.txt'), before: 'a', after: 'A' }, { file: file('link.txt'), before: 'r', after: 'R' }]);
    expect([readFileSync(file('a.txt'), 'utf8'), readFileSync(file('real.txt'), 'utf8'), statSync(file('a.txt')).mode & 0o777, lstatSync(file('link.txt')).isSymbolicLink()]).toEqual(['A', 'R', 0o640, true]);
    expect(() => replaceAll([{ file: file('a.txt'), before: 'A', after: '1' }, { file: file('b.txt'), before: 'not b', after: '2' }])).toThrow(/changed by somebody else/);
    expect(() => replaceAll([{ file: file('a.txt'), before: 'A', after: '1' }, { file: file('gone.txt'), before: '', after: '2' }])).toThrow(/gone\.txt: cannot be written/);
    expect([readFileSync(file('a.txt'), 'utf8'), readFileSync(file('b.txt'), 'utf8')]).toEqual(['A', 'b']);
    expect(readdirSync(folder).sort()).toEqual(['a.txt', 'b.txt', 'link.txt', 'real.txt']);
  });

  test('one that cannot be written leaves all as they were, also after the first is prepared', () => {
    const folder = folderWith({ 'a.txt': 'a', 'sub/b.txt': 'b' });
    const [a, sub, b] = [path.join(folder, 'a.txt'), path.join(folder, 'sub'), path.join(folder, 'sub/b.txt')];
    expect(() => replaceAll([{ file: a, before: 'a', after: 'A' }, { file: sub, before: '', after: 'B' }])).toThrow(/sub: cannot be read/);
    chmodSync(b, 0o444);
    // The administrator may write anywhere.
    if (process.getuid?.() !== 0) expect(() => replaceAll([{ file: a, before: 'a', after: 'A' }, { file: b, before: 'b', after: 'B' }])).toThrow(/b\.txt: cannot be written/);
    expect([readFileSync(a, 'utf8'), readFileSync(b, 'utf8'), readdirSync(folder).sort()]).toEqual(['a', 'b', ['a.txt', 'sub']]);
  });
});

describe('a conversation', () => {
  const folder = folderWith(FILES);
  const main = path.join(folder, 'main.mlarch');

  /** Says the lines one after the other, and what came of it. */
  async function talk(...lines: (string | 'end' | 'stop')[]): Promise<Ended & { readonly said: string; readonly written: string }> {
    const start = begin([{ file: main, text: TEXT }], new Map(), 'Shop');
    const sheet = questionnaire({ architecture: start.architecture }, review(start.architecture, { today: '2026-11-21' }), 10);
    let said = '';
    const ask: Ask = async () => {
      const line = lines.shift() ?? 'end';
      return Promise.resolve(line === 'end' || line === 'stop' ? line : { text: line });
    };
    const ended = await converse({ ask, say: (text) => (said += text), colour: false, width: 100 }, sheet, start);
    return { ...ended, said, written: editedTexts(ended.answering).get(main) ?? TEXT };
  }

  it('skips with Enter to the end, and writes nothing', async () => {
    const start = begin([{ file: main, text: TEXT }], new Map(), 'Shop');
    const count = review(start.architecture, { today: '2026-11-21' }).questions.length;
    const { how, said, written } = await talk(...Array.from({ length: count }, () => ''));
    expect([how, written]).toEqual(['done', TEXT]);
    expect(said).toContain('If there is time');
  });

  it('explains, refuses in the words of the language, takes, goes back and takes back', async () => {
    const first = questionnaire(begin([{ file: main, text: TEXT }], new Map(), 'Shop'), review(begin([{ file: main, text: TEXT }], new Map(), 'Shop').architecture, { today: '2026-11-21' }), 10).questions[0]!;
    const explained = await talk('?', 'quit');
    expect(explained.said).toContain(`Asked by ${first.rules[0]!}`);
    expect(explained.said).toContain('Always allowed: none');
    expect(explained.how).toBe('quit');
    const taken = await talk('unknown', 'back', 'quit');
    expect([...taken.answering.accepted.values()].map(({ typed }) => typed)).toEqual(['unknown']);
    expect(taken.said).toContain('Your answer so far: unknown');
    const takenBack = await talk('unknown', 'back', '-', 'quit');
    expect([takenBack.answering.accepted.size, takenBack.written]).toEqual([0, TEXT]);
    const refused = await talk('} {', 'none', 'quit');
    expect(refused.said).toMatch(/cannot hold|Expected/);
    expect(refused.answering.accepted.size).toBe(1);
  });

  it('keeps what was given at the end of the input, and tells a stop apart', async () => {
    expect((await talk('unknown', 'end')).how).toBe('quit');
    expect((await talk('unknown', 'end')).written).toContain('unknown');
    expect((await talk('unknown', 'stop')).how).toBe('stop');
    expect((await talk('back', 'back', 'quit')).how).toBe('quit');
  });

  it('checks all answers together', () => {
    let answering = begin([{ file: main, text: TEXT }], new Map(), 'Shop');
    const { questions, ifThereIsTime } = questionnaire(answering, review(answering.architecture, { today: '2026-11-21' }));
    const slo = [...questions, ...ifThereIsTime].find(({ id }) => id === 'Shop.Api.slo')!;
    const take = (typed: string) => answer(answering, slo, typed);
    expect(take('p50 90 ms p99 20 ms')).toMatchObject({ problem: expect.stringContaining('p50') as string });
    const outcome = take('p50 9 ms p99 20 ms');
    if ('problem' in outcome) throw new Error(outcome.problem);
    answering = outcome.answering;
    expect(editedTexts(answering).get(main)).toMatch(/slo +p50 9 ms p99 20 ms/);
  });
});

describe('the terminal', () => {
  async function heard(...typed: string[]): Promise<unknown[]> {
    const [input, output] = [new PassThrough(), new PassThrough()];
    output.resume();
    const { ask, close } = atTerminal(input, output);
    const results: unknown[] = [];
    for (const line of typed) {
      const asked = ask('> ');
      if (line === '<end>') input.end();
      else input.write(line);
      results.push(await asked);
    }
    close();
    return results;
  }

  it('gives lines, and tells the end of the input from an interruption', async () => {
    expect(await heard('one\n', 'two words\r', '<end>')).toEqual([{ text: 'one' }, { text: 'two words' }, 'end']);
    expect(await heard('one\n', '\u0003')).toEqual([{ text: 'one' }, 'stop']);
    expect(await heard('\u0004')).toEqual(['end']);
  });
});
