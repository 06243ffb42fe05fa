import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runRuleTest } from '../src/analysis/custom-rules/run-test.ts';
import { checklist } from '../src/analysis/checklist.ts';
import { sourcesOf } from '../src/analysis/rule.ts';
import { docsUrl } from '../src/report/links.ts';
import { loadText } from './support/load.ts';

const root = path.join(import.meta.dirname, '..');
const pages = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md'], { cwd: root }).sort();
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const ids = checklist.flatMap((check) => [check.id, ...check.rules.map((rule) => rule.id)]);

describe('documentation', () => {
  it.each(pages)('%s links only to what exists', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]+)(#[^)\s]*)?\)/g)].map((match) => match[1] ?? '');
    for (const target of targets) expect(existsSync(path.join(root, path.dirname(page), target)), `${page} → ${target}`).toBe(true);
  });

  it('has a page for each check and no other', () => {
    const expected = [...checklist.map((check) => `${check.id.toLowerCase()}.md`), 'README.md', 'accept.md'].sort();
    expect(readdirSync(path.join(root, 'docs/checks')).sort()).toEqual(expected);
  });

  it.each(ids)('%s is linked to a heading that exists', (id) => {
    const [, page = '', anchor] = /docs\/checks\/([\w.]+)(?:#([\w-]+))?$/.exec(docsUrl(id)) ?? [];
    const text = read(`docs/checks/${page}`);
    expect(text).toContain(anchor === undefined ? `# ${id}` : `<a id="${anchor}">`);
  });

  it.each(checklist)('$id says everything that a reader needs', (check) => {
    const text = read(`docs/checks/${check.id.toLowerCase()}.md`);
    for (const heading of ['### What it finds', '### Why it matters', '### What to do', '### What passes', '### When it may be wrong']) {
      expect(text.split(heading), heading).toHaveLength(check.rules.length + 1);
    }
    expect(check.question).not.toBe('');
    expect(check.redFlag).not.toBe('');
    for (const rule of check.rules) expect(sourcesOf(check, rule).length, rule.id).toBeGreaterThan(0);
    for (const rule of check.rules) expect(rule.title.length, rule.id).toBeLessThan(100);
  });

  it('shows examples that load', () => {
    const examples = [...read('docs/language.md').matchAll(/```mlarch\n(system [\s\S]*?|\/\*\*[\s\S]*?)```/g)].map((match) => match[1] ?? '');
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) expect(loadText(example).problems).toEqual([]);
  });

  it('shows rules that load, and whose tests come out as they say', () => {
    const [example = ''] = [...read('docs/custom-rules.md').matchAll(/```mlarch\n([\s\S]*?)```/g)].map((match) => match[1] ?? '');
    const { problems, ruleTests } = loadText(example);
    expect(problems).toEqual([]);
    expect(ruleTests).toHaveLength(4);
    expect(ruleTests.map(runRuleTest).filter(({ passed }) => !passed)).toEqual([]);
  });

  it('of the README names commands that exist', () => {
    const scripts = Object.keys((JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts);
    for (const [, script = ''] of read('README.md').matchAll(/npm run ([\w:-]+)/g)) expect(scripts).toContain(script);
  });
});
