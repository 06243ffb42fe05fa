import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { vocabulary } from '../../src/model/vocabulary.generated.ts';
import { loadFiles } from '../support/load.ts';

interface Snippet {
  readonly prefix: string | readonly string[];
  readonly description: string;
  readonly body: readonly string[];
}

const snippets = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../extension/snippets/mlarch.json'), 'utf8')) as Readonly<Record<string, Snippet>>;
const entries = Object.entries(snippets);

/** `${1:default}` → its default, `${2|a,b|}` → the chosen alternative, `$0` → nothing, `\}` → `}`. */
function expand({ body }: Snippet, choose: (alternatives: readonly string[], stop: string) => string): string {
  return body
    .join('\n')
    .replaceAll('\t', '  ')
    .replaceAll(/\$\{(\d+)\|([^|]*)\|\}/g, (_, stop: string, list: string) => choose(list.split(','), stop))
    .replaceAll(/\$\{\d+:((?:[^}\\]|\\.)*)\}/g, (_, text: string) => text.replaceAll(/\\(.)/g, '$1'))
    .replaceAll('$0', '');
}

/** What the placeholders of the snippets refer to. A snippet that declares one of them takes its place. */
const CONTEXT: Readonly<Record<string, string>> = {
  App: 'consumer App : application',
  Events: 'source Events : events',
  Lake: 'store Lake : lakehouse',
  OnlineStore: 'store OnlineStore : online',
  Outcomes: 'labels Outcomes { from Events }',
  Train: 'training Train : scheduled',
  Model: 'model Model : trained',
  Writer: 'model Writer : vendor',
  Registry: 'registry Registry : server',
  Api: 'service Api : realtime { serves Model }',
  Quality: 'monitor Quality : model_quality',
  OnCall: 'alert OnCall',
  Runbook: 'runbook Runbook for Api',
  Owners: 'team Owners',
};

/** The snippet at its place in a file that has what it refers to. */
function fileWith(text: string): Record<string, string> {
  const others = { '../platform/shared.mlarch': 'store FeatureStore : online\n', 'data.mlarch': 'store Other : lakehouse\n' };
  const own = new Set([...text.matchAll(/^[a-z]+ (\w+)/gm)].map(([, name]) => name));
  const context = Object.entries(CONTEXT).flatMap(([name, declaration]) => (own.has(name) ? [] : [`  ${declaration}`]));
  if (text.includes('system ')) return { 'main.mlarch': text };
  if (text.startsWith('import')) return { 'main.mlarch': `${text}\nsystem Test {\n${context.join('\n')}\n}\n`, ...others };
  if (text.startsWith('technology')) return { 'main.mlarch': `${text}\nsystem Test {\n}\n` };
  return { 'main.mlarch': `system Test {\n${context.join('\n')}\n${text}\n}\n` };
}

describe('the snippets', () => {
  it.each(entries)('%s is text without a problem, with its defaults', (_name, snippet) => {
    const text = expand(snippet, ([first = '']) => first);
    expect(text).not.toMatch(/[$\\]/);
    const { problems, architectures } = loadFiles(fileWith(text));
    expect(problems.map(({ message }) => message), text).toEqual([]);
    expect(architectures).toHaveLength(1);
  });

  it.each(entries)('%s offers only what can be chosen', (_name, snippet) => {
    const stops = [...snippet.body.join('\n').matchAll(/\$\{(\d+)\|([^|]*)\|\}/g)];
    for (const [, stop, list = ''] of stops) {
      for (const alternative of list.split(',')) {
        const text = expand(snippet, ([first = ''], at) => (at === stop ? alternative : first));
        expect(loadFiles(fileWith(text)).problems.map(({ message }) => message), alternative).toEqual([]);
      }
    }
  });

  it.each(entries)('%s numbers its stops from 1 and ends at one place', (_name, { body }) => {
    const text = body.join('\n');
    const stops = [...text.matchAll(/\$\{(\d+)[:|]/g)].map(([, stop]) => Number(stop));
    expect(stops).toEqual(stops.map((_, index) => index + 1));
    expect(text.split('$0')).toHaveLength(2);
  });

  it('have prefixes of their own, and descriptions', () => {
    const prefixes = entries.flatMap(([, { prefix }]) => prefix);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    for (const [name, { description }] of entries) expect(description, name).toMatch(/^[A-Z].{10,}[^.]$/);
  });

  it('have one for each form, and for the kinds that most systems have', () => {
    const prefixes = new Set(entries.flatMap(([, { prefix }]) => prefix));
    for (const form of ['system', 'flow', 'accept', 'decision', 'target', 'import']) expect(prefixes).toContain(form);
    const rare = ['knowledge', 'agent', 'tool', 'artefact', 'access', 'compliance'];
    for (const kind of Object.keys(vocabulary.kinds).filter((name) => !rare.includes(name))) expect(prefixes).toContain(kind);
  });
});
