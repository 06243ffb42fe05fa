import { EmptyFileSystem } from 'langium';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { criteria } from '../../src/analysis/criteria/all.ts';
import { review } from '../../src/analysis/review.ts';
import { format } from '../../src/language/formatting/format.ts';
import { createMlarchServices } from '../../src/language/mlarch-module.ts';
import type { MlarchLexer } from '../../src/language/parser/lexer.ts';
import { printTarget, type TargetDraft } from '../../src/language/printing/print-target.ts';
import { applyChanges } from '../../src/model/apply-changes.ts';
import type { Architecture, Change } from '../../src/model/architecture.ts';
import { EXAMPLES, loadExample, SYSTEMS } from '../support/examples.ts';
import { loadFiles, loadText } from '../support/load.ts';

const lexer = createMlarchServices(EmptyFileSystem).mlarch.parser.Lexer as MlarchLexer;
const TODAY = '2026-11-21';
const BEYOND = new Set(criteria.map(({ id }) => id.toLowerCase()));

/** Everything but where it was written. */
function withoutSpans(value: unknown): unknown {
  if (value instanceof Map) return [...value.entries()].map(([key, item]) => [key, withoutSpans(item)]);
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key, item]) => key !== 'span' && key !== 'nameSpan' && item !== undefined).map(([key, item]) => [key, withoutSpans(item)]));
}

const effect = (architecture: Architecture, changes: readonly Change[]): unknown => withoutSpans({ ...applyChanges(architecture, changes), catalogue: undefined, targets: undefined });

/** The file with the target as the last member of its system. */
function withTarget(text: string, { range }: Architecture['system']['span'], target: string): string {
  const lines = text.split('\n');
  const { line, character } = range.end;
  lines.splice(line, 1, `${(lines[line] ?? '').slice(0, character - 1)}\n${target}}${(lines[line] ?? '').slice(character)}`);
  return lines.join('\n');
}

/** Reading back what is printed has the same effect, and is laid out already. */
function expectPrinted(files: Readonly<Record<string, string>>, architecture: Architecture, draft: TargetDraft): void {
  const printed = printTarget(lexer, architecture, draft);
  const [file] = Object.keys(files) as [string];
  const read = loadFiles({ ...files, [file]: withTarget(files[file]!, architecture.system.span, printed) });
  expect(read.problems.filter(({ severity }) => severity === 'error').map(({ message }) => message), printed).toEqual([]);
  const changes = read.architectures.find(({ system }) => system.name === architecture.system.name)!.targets.at(-1)!.changes;
  expect(effect(architecture, changes), printed).toEqual(effect(architecture, draft.groups.flatMap((group) => group.changes)));
  expect(format(lexer, `system S {\n${printed}}\n`)).toBe(`system S {\n${printed}}\n`);
}

/** Each remedy of a review by itself, and all together. */
function expectRemediesPrinted(files: Readonly<Record<string, string>>, architecture: Architecture): number {
  const remedies = review(architecture, { today: TODAY }).findings.filter(({ remedy }) => remedy.changes.length > 0);
  for (const { remedy, message } of remedies) expectPrinted(files, architecture, { name: 'Next', groups: [{ comment: message, changes: remedy.changes }] });
  if (remedies.length > 1) expectPrinted(files, architecture, { name: 'Next', because: 'All of it', by: '2027-03-31', groups: remedies.map(({ remedy, message }) => ({ comment: message, changes: remedy.changes })) });
  return remedies.length;
}

describe('a printed target has the effect of its changes', () => {
  test.each(SYSTEMS)('for every remedy of %s', (file) => {
    const files = { [file]: EXAMPLES[file]!, ...EXAMPLES };
    for (const architecture of loadExample(file).architectures) expectRemediesPrinted(files, architecture);
  });

  const folders = globSync('test/fixtures/checks/*').sort();
  test.each(folders)('for every remedy of the cases in %s', (folder) => {
    let remedies = 0;
    for (const file of globSync(`${folder}/*.mlarch`).sort()) {
      const text = readFileSync(file, 'utf8');
      for (const architecture of loadText(text).architectures) remedies += expectRemediesPrinted({ 'main.mlarch': text }, architecture);
    }
    // Some remedies are done outside of the file.
    if (!BEYOND.has(path.basename(folder))) expect(remedies).toBeGreaterThan(0);
  });
});

const TEXT = `system S {
  consumer C { peak 20 req/s }
  service Api : realtime { replicas 2 zones 2 cache hit_rate 30 % ttl 10 min }
  C -> Api { sync timeout 200 ms }
}
`;
const quantity = (value: number) => ({ low: value, high: value, unit: '1' });

describe('the text of a target', () => {
  const load = (): Architecture => loadText(TEXT).architectures[0]!;

  it('is one change for each component of a group, and says why', () => {
    const changes: Change[] = [
      { op: 'set', subject: 'Api', property: 'zones', value: quantity(3) },
      { op: 'add-component', component: { kind: 'store', name: 'Log', variant: 'log', properties: { technology: 'kafka', retention: { state: 'planned', by: '2027-03-31' } } } },
      { op: 'set', subject: 'Api', property: 'replicas', value: quantity(4) },
      { op: 'unset', subject: 'Api', property: 'cache' },
      { op: 'unset', subject: 'Api', property: 'owner' },
      { op: 'set-variant', subject: 'Api', variant: 'streaming' },
      { op: 'set-flow', from: 'C', to: 'Api', property: 'retries', value: quantity(1) },
      { op: 'set', subject: 'S', property: 'stage', value: 'pilot' },
    ];
    const draft: TargetDraft = { name: 'Next', doc: 'Where it goes.', because: 'Growth "soon"', by: '2027-03-31', groups: [{ comment: 'First.\nSecond.', changes }, { changes: [{ op: 'remove-flow', from: 'C', to: 'Api' }] }] };
    expect(printTarget(lexer, load(), draft)).toBe(`  /** Where it goes. */
  target Next {
    because "Growth \\"soon\\""
    by      2027-03-31

    // First.
    // Second.
    change Api : streaming {
      zones    3
      replicas 4
      remove   [cache, owner]
    }
    add store Log : log {
      technology kafka
      retention  planned by 2027-03-31
    }
    change C -> Api {
      retries 1
    }
    change S {
      stage pilot
    }

    remove C -> Api
  }
`);
    expectPrinted({ 'main.mlarch': TEXT }, load(), draft);
  });

  it.each<[string, Change[]]>([
    ['removes and adds anew', [{ op: 'set', subject: 'Api', property: 'zones', value: quantity(3) }, { op: 'remove-component', name: 'Api' }, { op: 'add-component', component: { kind: 'service', name: 'Api', properties: {} } }, { op: 'set', subject: 'Api', property: 'replicas', value: quantity(4) }]],
    ['sets what it took out', [{ op: 'unset', subject: 'Api', property: 'zones' }, { op: 'set', subject: 'Api', property: 'zones', value: quantity(3) }]],
    ['takes out what it set', [{ op: 'set', subject: 'Api', property: 'zones', value: quantity(3) }, { op: 'unset', subject: 'Api', property: 'zones' }]],
    ['changes a flow that it replaces', [{ op: 'set-flow', from: 'C', to: 'Api', property: 'retries', value: quantity(1) }, { op: 'remove-flow', from: 'C', to: 'Api' }, { op: 'add-flow', flow: { from: 'C', to: 'Api' } }, { op: 'set-flow', from: 'C', to: 'Api', property: 'retries', value: quantity(2) }]],
    ['writes hostile text', [{ op: 'set', subject: 'Api', property: 'owner', value: 'a "b" } \\ \n remove Api // */' }, { op: 'set', subject: 'Api', property: 'tags', value: ['none', 'a b', 'x'] }]],
    ['states what is not a value', [{ op: 'set', subject: 'Api', property: 'cache', value: { state: 'none', evidence: [{ target: 'https://a.example/"b"', status: 'unchecked' }] } }, { op: 'set', subject: 'Api', property: 'slo', value: { state: 'not-applicable', because: 'say "no"' } }]],
  ])('%s in that order', (_, changes) => expectPrinted({ 'main.mlarch': TEXT }, load(), { name: 'Next', groups: [{ changes }] }));

  it('changes what an imported component brought with it', () => {
    const files = { 'main.mlarch': 'import { F } from "lib.mlarch"\nsystem S {\n  service Api : realtime { replicas 2 }\n  F -> Api\n}\n', 'lib.mlarch': 'store Redis : online\nfeatures F { online Redis }\n' };
    const [architecture] = loadFiles(files).architectures;
    expectPrinted(files, architecture!, { name: 'Next', groups: [{ changes: [{ op: 'set', subject: 'Redis', property: 'zones', value: quantity(3) }, { op: 'add-flow', flow: { from: 'Api', to: 'Redis' } }] }] });
  });

  it('keeps comments and descriptions what they are', () => {
    expectPrinted({ 'main.mlarch': TEXT }, load(), { name: 'Next', doc: 'ends */ here { }', groups: [{ comment: 'one } \r\n two */ {', changes: [{ op: 'remove-component', name: 'Api' }] }] });
  });
});
