import { EmptyFileSystem } from 'langium';
import { describe, expect, it } from 'vitest';
import { answerForm } from '../../src/analysis/intake/answer-form.ts';
import { answerText } from '../../src/language/answers/answer-text.ts';
import { readAnswer, type ReadAnswer } from '../../src/language/answers/read-answer.ts';
import { lowerProject } from '../../src/language/lowering/lower-project.ts';
import { bundledLibrary } from '../../src/language/bundled-library.ts';
import { createMlarchServices } from '../../src/language/mlarch-module.ts';
import type { MlarchLexer } from '../../src/language/parser/lexer.ts';
import { applyEdits, changeEdits } from '../../src/language/printing/change-edits.ts';
import { loadProject } from '../../src/language/project.ts';
import { parseSource } from '../../src/language/source-file.ts';
import { vocabulary } from '../../src/model/vocabulary.generated.ts';
import { vocabularyDocs } from '../../src/model/vocabulary-docs.generated.ts';
import { parser } from '../support/load.ts';

const lexer = createMlarchServices(EmptyFileSystem).mlarch.parser.Lexer as MlarchLexer;

const TEXT = `import { Lake } from "lib.mlarch"
system S {
  consumer App { peak 20 req/s }
  service Api : realtime {
    slo        p99 <= 200 ms evidence "slo.md"
    load_test  at 40 req/s
  }
  runbook Book { covers [rollback] file "book.md" evidence "drill.md" }
  App -> Api -> Lake { sync }
}
`;
const FILES: Readonly<Record<string, string>> = { 'main.mlarch': TEXT, 'lib.mlarch': 'store Lake\nstore Spare\nmonitor Watch : data_drift { watches Lake }\n' };

function setUp() {
  const project = loadProject({ parse: (file, text) => parseSource(parser, file, text), resolve: (_, target) => target, read: (file) => FILES[file] }, [{ file: 'main.mlarch', text: TEXT }]);
  const { architectures } = lowerProject(project, { library: bundledLibrary(), entries: ['main.mlarch'] });
  return { reader: { lexer, parser, project, evidence: (_: string, target: string) => ({ status: target.includes('gone') ? ('missing' as const) : ('found' as const) }) }, architecture: architectures[0]! };
}

const { reader, architecture } = setUp();
const elementOf = (name: string) => (name === 'S' ? architecture.system : (architecture.components.get(name) ?? architecture.flows.find((flow) => flow.name === name)!));
const read = (name: string, property: string, typed: string, alternatives?: readonly string[]): ReadAnswer => readAnswer(reader, architecture, elementOf(name), property, typed, alternatives);

/** The lines that an answer adds to the file, or what is wrong with it. */
function lines(name: string, property: string, typed: string, alternatives?: readonly string[]): string[] | string {
  const answer = read(name, property, typed, alternatives);
  if ('problem' in answer) return answer.problem;
  const edits = changeEdits(architecture, answer.changes, (file) => FILES[file]!);
  const before = new Set(TEXT.split('\n'));
  return edits.flatMap(({ span }) => span.file).every((file) => file === 'main.mlarch') ? applyEdits(TEXT, edits).split('\n').filter((line) => !before.has(line)).map((line) => line.trim()) : edits.map(({ span, text }) => `${span.file}: ${text.replaceAll(/\s+/g, ' ').trim()}`);
}

describe('an answer', () => {
  it.each<[string, string, string, string[]]>([
    ['Api', 'replicas', '2..8', ['replicas 2..8']],
    ['Api', 'replicas', 'replicas 2', ['replicas 2']],
    ['Api', 'owner', 'Web team', ['owner "Web team"']],
    ['Api', 'owner', '"Web team" evidence "org.md"', ['owner "Web team" evidence "org.md"']],
    ['Api', 'owner', 'Web team  evidence  "org.md" "b.md"', ['owner "Web team" evidence "org.md" "b.md"']],
    ['Api', 'audit_log', 'Y', ['audit_log yes']],
    ['Api', 'audit_log', 'no', ['audit_log no']],
    ['Api', 'encrypted', 'at rest, In Transit', ['encrypted [at_rest, in_transit]']],
    ['Api', 'encrypted', 'at_rest in_transit', ['encrypted [at_rest, in_transit]']],
    ['Api', 'tags', 'one two, three', ['tags ["one two", three]']],
    ['Api', 'cost', 'unknown', ['cost unknown']],
    ['Api', 'cost', 'None', ['cost none']],
    ['Api', 'cost', 'n/a because it is shared', ['cost n/a because "it is shared"']],
    ['Api', 'cost', 'planned by 2027-03-31', ['cost planned by 2027-03-31']],
    ['Api', 'autoscale', 'on utilisation at 65 %', ['autoscale on utilisation at 65 %']],
    ['S', 'stage', 'Production', ['stage production']],
    ['App', 'peak', '400 req/s', ['consumer App { peak 400 req/s }']],
  ])('%s %s %j is written as the language has it', (name, property, typed, expected) => expect(lines(name, property, typed)).toEqual(expected));

  it('may begin with another property that answers as well', () => {
    expect(lines('Api', 'replicas', 'autoscale on utilisation at 65 %', ['autoscale'])).toEqual(['autoscale on utilisation at 65 %']);
    expect(lines('Api', 'replicas', 'autoscale on utilisation at 65 %')).toMatch(/Expected a number/);
  });

  it('joins what is stated already, and keeps its evidence', () => {
    expect(lines('Book', 'covers', 'deployment')).toEqual(['runbook Book { covers [rollback, deployment] file "book.md" evidence "drill.md" }']);
    expect(lines('Api', 'slo', 'p50 50 ms')).toEqual(['slo        p50 50 ms p99 200 ms evidence "slo.md"']);
    expect(lines('Api', 'load_test', 'p99 88 ms on 2026-09-14 evidence "load.md"')).toEqual(['load_test  at 40 req/s p99 88 ms on 2026-09-14 evidence "load.md"']);
    expect(lines('Book', 'file', 'runbooks/new.md')).toEqual(['runbook Book { covers [rollback] file "runbooks/new.md" evidence "book.md" "drill.md" }']);
  });

  it('does not take back what is stated', () => expect(lines('Book', 'covers', 'none')).toMatch(/stated already/));

  it('of one arrow of a chain is written for that arrow', () => expect(lines('App->Api', 'timeout', '200 ms')).toEqual(['App -> Api {', 'mode sync', 'timeout 200 ms', 'Api -> Lake {', 'mode sync']));

  it('is read with the names of the file that declares the element', () => {
    expect(lines('Lake', 'technology', 'delta_lake')).toEqual(['lib.mlarch: { technology delta_lake }']);
    expect(lines('Api', 'serves', 'Spare')).toMatch(/Nothing is called Spare/);
  });

  it('says what is doubtful', () => {
    expect(read('Api', 'owner', 'x evidence "gone.md"')).toMatchObject({ doubts: ['gone.md does not exist. The path is relative to this file.'] });
    expect(read('Api', 'technology', 'homemade')).toMatchObject({ doubts: [expect.stringContaining('The catalogue has no technology called homemade')] });
  });

  it.each<[string, string, string, RegExp]>([
    ['Api', 'replicas', '400 req/s', /is not a count|takes/],
    ['App', 'peak', '400', /lacks a unit/],
    ['App', 'peak', '40 ms', /is not a rate/],
    ['Api', 'replicas', '8..2', /runs backwards/],
    ['Api', 'replicas', '3 zones 2', /states zones too/],
    ['Api', 'replicas', '3 // three', /cannot hold/],
    ['Api', 'replicas', '3 /* x */', /cannot hold/],
    ['Api', 'replicas', '3 } service Evil {', /cannot hold }/],
    ['Api', 'replicas', '', /lacks its value/],
    ['Api', 'replicas', '[3', /Expected/],
    ['Api', 'slo', 'p99 <= "', /./],
    ['Api', 'cost', 'n/a', /needs a reason/],
    ['Api', 'audit_log', 'perhaps', /Unexpected perhaps/],
    ['S', 'stage', 'live', /Expected one of prototype, pilot, production/],
    ['Api', 'nothing', '3', /no property nothing/],
  ])('%s %s %j is refused', (name, property, typed, message) => {
    const answer = read(name, property, typed);
    expect('problem' in answer ? answer.problem : answer).toMatch(message);
  });

  it.each([['a "quoted" one'], ['ends } here {'], ['two\nlines\r\nof text'], ['back\\slash \\'], ['// no comment'], ['/* nor this */'], ['"'], ['"a" "b"'], ['tab\tand \u001b[31m colour'], ['evidence "x"'], ['${x} $(y) `z`']])('of text may be anything: %j', (typed) => {
    const answer = read('Api', 'owner', typed);
    expect(answer).toMatchObject({ changes: [{ op: 'set', subject: 'Api', property: 'owner', value: typed }] });
    const text = applyEdits(TEXT, changeEdits(architecture, 'changes' in answer ? answer.changes : [], (file) => FILES[file]!));
    const again = loadProject({ parse: (file, content) => parseSource(parser, file, content), resolve: (_, target) => target, read: (file) => FILES[file] }, [{ file: 'main.mlarch', text }]);
    const lowered = lowerProject(again, { library: bundledLibrary(), entries: ['main.mlarch'] });
    expect(lowered.problems).toEqual([]);
    expect(lowered.architectures[0]!.components.get('Api')!.properties).toMatchObject({ owner: { state: 'present', value: typed } });
  });

  it('as the documentation gives it is taken, for every property of every kind', () => {
    let taken = 0;
    for (const [kind, { properties }] of Object.entries(vocabulary.kinds)) {
      for (const [property, { value }] of Object.entries(properties)) {
        const place = vocabularyDocs.kinds[kind]?.properties[property];
        const { examples } = answerForm(property, value, place === undefined ? undefined : vocabularyDocs.documents[place], () => []);
        const refers = JSON.stringify(value).includes('"reference');
        for (const example of refers ? [] : examples) {
          const element = { kind, name: 'X', span: architecture.system.span, nameSpan: architecture.system.span, properties: {} } as never;
          expect(readAnswer(reader, architecture, element, property, example), `${kind} ${property} ${example}`).toMatchObject({ changes: [{ property }] });
          taken += 1;
        }
      }
    }
    expect(taken).toBeGreaterThan(400);
  });
});

describe('the text of an answer', () => {
  it.each([
    [{ type: 'texts' }, 'one, two', '["one", "two"]'],
    [{ type: 'texts' }, '"one, two" "three"', '["one, two", "three"]'],
    [{ type: 'choice', members: ['none', 'some'] }, 'None', 'none'],
    [{ type: 'date' }, ' 2026-09-14 ', '2026-09-14'],
    [{ type: 'time' }, '02:30', '"02:30"'],
    [{ type: 'references', kinds: [] }, 'A, B', '[A, B]'],
  ] as const)('%j: %j is %j', (type, typed, text) => expect(answerText(type, typed)).toBe(text));
});
