import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CompletionItemKind, type CompletionItem, type TextEdit } from 'vscode-languageserver-types';
import { completionsAt } from '../../../src/language/editing/completion/completions.ts';
import { withoutPlaceholders } from '../../../src/language/editing/completion/items.ts';
import { resolveCompletion } from '../../../src/language/editing/completion/resolve.ts';
import { parseSource } from '../../../src/language/source-file.ts';
import { applyEdits } from '../../../src/language/printing/change-edits.ts';
import { EXAMPLES } from '../../support/examples.ts';
import { loadFiles, parser } from '../../support/load.ts';
import { atCursor, workspaceOf } from './workspace.ts';

const options = { snippets: true, rules: [{ id: 'ML09', title: 'Load' }, { id: 'ML09.1', title: 'Peak' }] };

function complete(text: string, others: Readonly<Record<string, string>> = {}): CompletionItem[] {
  const { workspace, source, position } = atCursor({ 'main.mlarch': text, ...others });
  return completionsAt(workspace, source, position, options).items;
}

const labels = (text: string, others?: Readonly<Record<string, string>>): string[] => complete(text, others).map(({ label }) => label);
const inSystem = (body: string): string => `system S {\n  consumer Web : application { peak 5 req/s }\n  model Score : trained\n  service Api : realtime { serves Score }\n${body}\n}\n`;

/** A text in which an item is accepted, its placeholders left as they are. */
function textAfter(file: string, text: string, item: CompletionItem): string {
  const { range, newText } = item.textEdit as TextEdit;
  return applyEdits(text, [{ span: { file, range }, text: withoutPlaceholders(newText) }]);
}

/** What a text is said to have against it once an item is accepted; that a name alone is taken for a property, only its meaning tells. */
function problemsAfter(file: string, text: string, item: CompletionItem): string[] {
  const after = textAfter(file, text, item);
  if (item.kind !== CompletionItemKind.Variable) return parseSource(parser, file, after).problems.map(({ message }) => message);
  const found = (now: string) => loadFiles({ [file]: now, ...without(EXAMPLES, file) }).problems.filter((problem) => problem.span.file === file).map(({ message }) => message);
  const before = found(text);
  return found(after).filter((message) => !before.includes(message) && !/\b(?:Other|Name)\b/.test(message));
}

const without = (files: Readonly<Record<string, string>>, left: string): Record<string, string> => Object.fromEntries(Object.entries(files).filter(([file]) => file !== left));

describe('completion', () => {
  it('offers what a file may begin with', () => {
    expect(labels('<|>')).toEqual(expect.arrayContaining(['system', 'import', 'service', 'technology']));
  });

  it('offers kinds, properties of the system and names within a system', () => {
    expect(labels(inSystem('  <|>'))).toEqual(expect.arrayContaining(['service', 'monitor', 'criticality', 'accept', 'Api']));
  });

  it('offers the variants of a kind', () => {
    expect(labels(inSystem('  service Other : <|>'))).toEqual(expect.arrayContaining(['realtime', 'batch', 'llm_api']));
  });

  it('offers properties that are not stated yet', () => {
    const found = labels(inSystem('  service Other : realtime {\n    replicas 2\n    <|>\n    rollback none\n  }'));
    expect(found).toContain('throughput');
    expect(found).not.toContain('replicas');
    expect(found).not.toContain('rollback');
  });

  it('offers the property that is being typed, and none that the system states elsewhere', () => {
    const found = labels('system S {\n  owner<|> "Risk"\n\n  model Score : trained\n\n  stage production\n}\n');
    expect(found).toContain('owner');
    expect(found).not.toContain('stage');
    expect(labels('system S {\n  stage production\n  model Score : trained\n  <|>\n}\n')).not.toContain('stage');
  });

  it('offers members, with what they mean', () => {
    const items = complete(inSystem('  service Other : realtime {\n    fallback <|>\n  }'));
    expect(items.find(({ label }) => label === 'rules')?.detail).toMatch(/\w/);
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(['none', 'unknown', 'n/a', 'planned']));
  });

  it('offers members of a list that are not in it', () => {
    const found = labels(inSystem('  service Other : realtime { validates [schema, <|>] }'));
    expect(found).toContain('range');
    expect(found).not.toContain('schema');
    expect(found).not.toContain('unknown');
  });

  it('offers names of the right kind', () => {
    const found = labels(inSystem('  service Other : realtime { serves <|> }'));
    expect(found).toContain('Score');
    expect(found).not.toContain('Web');
  });

  it('offers entries of the catalogue with their figures', () => {
    const items = complete(inSystem('  service Other : realtime { runs_on <|> }'));
    expect(items.find(({ label }) => label === 'aws.g5_xlarge')?.detail).toMatch(/GB|USD/);
  });

  it('offers units after a number, and none of another dimension', () => {
    const found = labels(inSystem('  service Other : realtime { throughput 4 <|> }'));
    expect(found).toContain('req/s');
    expect(found).not.toContain('ms');
  });

  it('offers the units that begin as what is written, in place of it', () => {
    const units = (line: string) => complete(inSystem(`  service Other : realtime { ${line} }`)).map(({ label, textEdit }) => [label, (textEdit as TextEdit).range.start.character]);
    const periods = (noun: string, start: number) => ['s', 'min', 'h', 'day', 'week', 'month', 'year'].map((period) => [`${noun}/${period}`, start]);
    const start = '  service Other : realtime { throughput 4 '.length;
    expect(units('throughput 4 req/<|>')).toEqual(periods('req', start));
    expect(units('throughput 4 events/d<|>')).toEqual([['events/day', start]]);
    expect(units('throughput 4 eve<|>')).toEqual(periods('events', start));
    expect(units('throughput 4req/<|>')).toEqual(periods('req', start - 1));
    expect(units('throughput 4re<|>')).toEqual(periods('req', start - 1));
    expect(units('throughput 14M req/<|>').map(([label]) => label)).toContain('req/day');
    expect(units('throughput 14M <|>').map(([label]) => label)).toContain('req/s');
    // What is no beginning of a unit is none of its words.
    expect(units('throughput 4 GB/<|>')).toEqual([]);
  });

  it('offers what may follow a share, and the period of a growth', () => {
    expect(labels(inSystem('  consumer Other : application { growth 8 %<|> }'))).toEqual(['%/month', '%/week', '%/year']);
    expect(labels(inSystem('  consumer Other : application { growth 8 %/m<|> }'))).toEqual(['%/month']);
    expect(labels(inSystem('  service Other : realtime { slo availability >= 99 % <|> }'))).toContain('evidence');
  });

  it('offers fields of a record, and what follows it', () => {
    const found = labels(inSystem('  service Other : realtime {\n    slo p99 <= 120 ms <|>\n  }'));
    expect(found).toContain('availability');
    expect(found).not.toContain('p99');
    expect(found).toContain('evidence');
  });

  it('offers the ends of a flow', () => {
    const found = labels(inSystem('  Web -> <|>'));
    expect(found).toContain('Api');
    expect(found).not.toContain('Web');
  });

  it('goes on with the arrow after a name that begins a flow', () => {
    const accepted = (text: string): string | undefined => {
      const found = complete(text).find(({ label }) => label === 'Api');
      return found && String((found.textEdit as TextEdit).newText);
    };
    expect(accepted(inSystem('  <|>'))).toBe('Api -> ${1:Other}');
    expect(accepted(inSystem('  Ap<|>'))).toBe('Api -> ${1:Other}');
    expect(accepted('service Api : realtime\n<|>')).toBe('Api -> ${1:Other}');
    expect(accepted(inSystem('  target Next {\n    add <|>\n  }'))).toBe('Api -> ${1:Other}');
    // Where the arrow is there, and at the other end, the name is all that is missing.
    expect(accepted(inSystem('  W<|>eb -> Score'))).toBe('Api');
    expect(accepted(inSystem('  Web -> <|>'))).toBe('Api');
  });

  it('offers the arrow after a name', () => {
    expect(labels(inSystem('  Web <|>'))).toEqual(['->']);
    expect(labels(inSystem('  Web -> Api <|>'))).toEqual(['->']);
    expect(labels(inSystem('  Web <|> -> Api'))).toEqual([]);
    expect(labels(inSystem('  Nobody <|>'))).toEqual([]);
    expect(labels(inSystem('  accept ML09.1 on Web <|>'))).toEqual(['->']);
    expect(labels(inSystem('  target Next {\n    remove Web <|>\n  }'))).toEqual(['->']);
  });

  it('offers payloads within a flow without their key', () => {
    expect(labels(inSystem('  Web -> Api { <|> }'))).toEqual(expect.arrayContaining(['sync', 'request', 'timeout']));
  });

  it('offers checks and rules after accept, and components after on', () => {
    expect(labels(inSystem('  accept <|>'))).toEqual(['ML09', 'ML09.1']);
    expect(labels(inSystem('  accept ML09.1 on <|>'))).toContain('Api');
    expect(labels(inSystem('  accept ML09.1 on Api {\n    <|>\n  }'))).toEqual(expect.arrayContaining(['because', 'by', 'until']));
  });

  it('offers what a target state may change', () => {
    expect(labels(inSystem('  target Next {\n    <|>\n  }'))).toEqual(expect.arrayContaining(['change', 'add', 'remove', 'because']));
    expect(labels(inSystem('  target Next {\n    change Api { <|> }\n  }'))).toContain('replicas');
  });

  it('offers what a change takes out, and the variants', () => {
    expect(labels(inSystem('  target Next {\n    change Api { <|> }\n  }'))).toContain('remove');
    expect(labels(inSystem('  target Next {\n    change Api {\n      remove <|>\n    }\n  }'))).toEqual(expect.arrayContaining(['replicas', 'zones']));
    expect(labels(inSystem('  target Next {\n    change Api {\n      remove <|>\n    }\n  }'))).not.toContain('unknown');
    expect(labels(inSystem('  target Next {\n    change Api {\n      remove [zones, <|>]\n    }\n  }'))).toContain('replicas');
    expect(labels(inSystem('  target Next {\n    change Api {\n      remove [zones, <|>]\n    }\n  }'))).not.toContain('zones');
    expect(labels(inSystem('  target Next {\n    change Api : <|>\n  }'))).toEqual(expect.arrayContaining(['realtime', 'batch']));
    expect(labels(inSystem('  target Next {\n    change Web -> Api { <|> }\n  }'))).not.toContain('remove');
    expect(labels(inSystem('  store Log { <|> }'))).not.toContain('remove');
  });

  it('leaves a place for what a target state changes, adds and removes', () => {
    const written = (text: string): Record<string, string> => Object.fromEntries(complete(text).map(({ label, textEdit }) => [label, String((textEdit as TextEdit).newText)]));
    expect(written(inSystem('  target Next {\n    <|>\n  }'))).toMatchObject({
      change: 'change ${1:Name} {\n  $0\n}',
      add: 'add ${1:service} ${2:Name} {\n  $0\n}',
      remove: 'remove ${1:Name}',
    });
    expect(written(inSystem('  target Next {\n    change <|>\n  }'))['Api']).toBe('Api {\n  $0\n}');
    expect(written(inSystem('  target Next {\n    change Web -> <|>\n  }'))['Api']).toBe('Api {\n  $0\n}');
    expect(written(inSystem('  target Next {\n    change N<|>ame {\n    }\n  }'))['Api']).toBe('Api');
    expect(written(inSystem('  target Next {\n    change N<|>ame -> Api { }\n  }'))['Web']).toBe('Web');
    expect(written(inSystem('  target Next {\n    remove <|>\n  }'))['Api']).toBe('Api');
  });

  it('offers files and the names that they declare', () => {
    const others = { 'platform/shared.mlarch': 'registry Runs : server\nstore Log : log\n' };
    expect(labels('import { Runs } from "<|>"\n', others)).toEqual(['platform/shared.mlarch']);
    expect(labels('import { Runs, <|> } from "platform/shared.mlarch"\n', others)).toEqual(['Log']);
  });

  it('says from which file a name comes, and nothing for those of its own', () => {
    const others = { 'platform/shared.mlarch': 'registry Runs : server\n', 'tools.mlarch': 'service Shared : batch\ntechnology own_tool {\n}\n' };
    const imports = 'import { Runs } from "platform/shared.mlarch"\nimport * from "tools.mlarch"\n';
    const origins = (text: string) => Object.fromEntries(complete(`${imports}${text}`, others).map(({ label, labelDetails }) => [label, labelDetails?.description]));
    expect(origins(inSystem('  Web -> <|>'))).toEqual({ Runs: 'platform/shared.mlarch', Shared: 'tools.mlarch', Api: undefined, Score: undefined });
    expect(origins(inSystem('  training Fit { records_to <|> }'))).toMatchObject({ Runs: 'platform/shared.mlarch' });
    expect(origins(inSystem('  <|>'))).toMatchObject({ Runs: 'platform/shared.mlarch', Api: undefined, service: undefined });
  });

  it('says from which file an entry of the catalogue comes', () => {
    const { workspace, source, position } = atCursor({ 'main.mlarch': `import * from "tools.mlarch"\n${inSystem('  service Other : realtime { technology <|> }')}`, 'tools.mlarch': 'technology own_tool {\n}\n' });
    const bundled = workspace.catalogue();
    const entry = { kind: 'technology' as const, name: 'own_tool', span: { file: 'tools.mlarch', range: { start: { line: 0, character: 0 }, end: { line: 1, character: 1 } } }, properties: {} };
    const catalogue = { ...bundled, technology: new Map([...bundled.technology, [entry.name, entry]]) };
    const { items } = completionsAt({ ...workspace, catalogue: () => catalogue }, source, position, options);
    expect(items.find(({ label }) => label === 'own_tool')?.labelDetails).toEqual({ description: 'tools.mlarch' });
    expect(items.find(({ label }) => label === 'mlflow')).not.toHaveProperty('labelDetails');
  });

  it('offers only an import above an import', () => {
    expect(labels('<|>\nimport * from "shared.mlarch"\n')).toEqual(['import']);
  });

  it('goes on where the text before is broken', () => {
    expect(labels(inSystem('  service Other : realtime {\n    slo p99 <= \n    = ]\n    <|>'))).toContain('throughput');
    expect(labels('system S {\n  service A : realtime {\n    repl<|>')).toContain('replicas');
  });

  it('offers nothing in comments and strings', () => {
    expect(labels(inSystem('  // <|>'))).toEqual([]);
    expect(labels(inSystem('  /** <|> */'))).toEqual([]);
    expect(labels(inSystem('  service Other { owner "<|>" }'))).toEqual([]);
  });

  it('replaces the word that is being typed', () => {
    const [found] = complete(inSystem('  service Other : realtime {\n    repl<|>icas\n  }')).filter(({ label }) => label === 'replicas');
    expect(found?.textEdit).toMatchObject({ range: { start: { character: 4 }, end: { character: 12 } } });
  });

  it('explains an item when it is looked at', () => {
    const { workspace, source, position } = atCursor({ 'main.mlarch': inSystem('  service Other : realtime { <|> }') });
    const replicas = completionsAt(workspace, source, position, options).items.find(({ label }) => label === 'replicas');
    expect(replicas && resolveCompletion(workspace, replicas).documentation).toMatchObject({ kind: 'markdown', value: expect.stringContaining('replicas 2..8') as unknown });
  });

  it('leaves a text that can be read, whichever item is accepted as it is', () => {
    let accepted = 0;
    let names = 0;
    for (const file of ['examples/card-fraud/data.mlarch', 'examples/published/startup-on-one-machine.mlarch']) {
      const text = EXAMPLES[file] ?? '';
      const lines = text.split('\n');
      for (let line = 3; line < lines.length; line += 1) {
        if (!/^\s+\w/.test(lines[line] ?? '')) continue;
        const indent = /^\s*/.exec(lines[line] ?? '')?.[0] ?? '';
        // Some of the places within declarations; between them, where names are offered, half of all.
        if (line % (indent.length > 2 ? 7 : 2) > 0) continue;
        const opened = [...lines.slice(0, line), indent, ...lines.slice(line)].join('\n');
        const workspace = workspaceOf({ [file]: opened });
        const source = workspace.file(file);
        if (!source || source.problems.length > 0) continue;
        const { items } = completionsAt(workspace, source, { line, character: indent.length }, options);
        items.forEach((item, index) => {
          const isName = item.kind === CompletionItemKind.Variable;
          if (!isName && index % 11 !== line % 11) return;
          expect({ item: item.label, problems: problemsAfter(file, opened, item) }).toEqual({ item: item.label, problems: [] });
          accepted += 1;
          if (isName) names += 1;
        });
      }
    }
    expect(accepted).toBeGreaterThan(100);
    expect(names).toBeGreaterThan(50);
  });

  it.each([
    ['  <|>', 'Api -> Other'],
    ['  Web -> <|>', 'Web -> Api'],
    ['  service Other : realtime { fallback <|> }', 'fallback Api'],
    ['  accept ML09.1 on <|>', 'on Api'],
    ['  target Next {\n    change <|>\n  }', 'change Api {'],
    ['  target Next {\n    change Web -> <|>\n  }', 'change Web -> Api {'],
    ['  target Next {\n    remove <|>\n  }', 'remove Api'],
    ['  target Next {\n    add <|>\n  }', 'add Api -> Other'],
  ])('leaves a text that can be read after a name in %j', (body, expected) => {
    const marked = inSystem(body);
    const names = complete(marked).filter(({ kind }) => kind === CompletionItemKind.Variable);
    expect(names.map(({ label }) => label)).toContain('Api');
    for (const item of names) expect({ item: item.label, problems: problemsAfter('main.mlarch', marked.replace('<|>', ''), item) }).toEqual({ item: item.label, problems: [] });
    const api = names.find(({ label }) => label === 'Api');
    expect(api && textAfter('main.mlarch', marked.replace('<|>', ''), api)).toContain(expected);
  });

  it('holds anywhere in any text', () => {
    const text = readFileSync('examples/card-fraud/main.mlarch', 'utf8');
    for (let offset = 0; offset < text.length; offset += 97) {
      const cut = text.slice(0, offset);
      const lines = cut.split('\n');
      const workspace = workspaceOf({ 'a.mlarch': cut });
      const source = workspace.file('a.mlarch');
      if (source) expect(() => completionsAt(workspace, source, { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }, options)).not.toThrow();
    }
  });
});
