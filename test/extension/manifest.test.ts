import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { TOOL_NAMES, type ToolName } from '../../src/protocol/tools.ts';
import { TOOLS } from '../../src/report/tool-definitions.ts';
import { DEFAULT_SERVER_SETTINGS, settingsFrom } from '../../src/server/settings.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = path.join(root, 'extension');
const text = readFileSync(path.join(folder, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const nls = JSON.parse(readFileSync(path.join(folder, 'package.nls.json'), 'utf8')) as Record<string, string>;
const source = readdirSync(path.join(root, 'src/extension'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(path.join(root, 'src/extension', name), 'utf8')).join('\n');

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly keybindings?: readonly { readonly key: string; readonly mac?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope?: string; readonly markdownDescription?: string; readonly order?: number; readonly default?: unknown }>> };
    readonly languageModelTools: readonly { readonly name: string; readonly modelDescription: string; readonly inputSchema: unknown; readonly displayName: string }[];
    readonly problemMatchers: readonly { readonly pattern: { readonly regexp: string } }[];
    readonly viewsWelcome: readonly { readonly contents: string }[];
    readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
    readonly walkthroughs: readonly { readonly steps: readonly { readonly id: string; readonly description: string }[] }[];
  };
}

/** The build adds what it writes to the static parts; it names each file as it stands in the package. */
const build = readFileSync(path.join(root, 'scripts/build-extension.mjs'), 'utf8');
const isBuilt = (file: string): boolean => build.includes(file.replace('./', '${OUT}/'));

describe('the manifest of the extension', () => {
  const { commands, configuration, languageModelTools, menus, keybindings } = manifest.contributes;

  it('names only files that are there, or that the build makes', () => {
    const paths = [...text.matchAll(/"((?:\.\/|media\/|walkthrough\/)[^"]+)"/g)].map(([, found]) => found ?? '');
    expect(paths.length).toBeGreaterThan(10);
    for (const file of paths) expect(isBuilt(file) || existsSync(path.join(folder, file)), file).toBe(true);
  });

  it('contributes the commands that the code registers', () => {
    const registered = new Set([...source.matchAll(/registerCommand\(\s*'([^']+)'/g)].map(([, id]) => id));
    for (const [, id] of source.matchAll(/command: '(mlarch\.findings\.groupBy\w+)'/g)) registered.add(id);
    for (const [name, id] of [['acceptRisk', 'mlarch.acceptRisk'], ['showDiagram', 'mlarch.showDiagram'], ['explain', 'mlarch.explain']] as const) if (source.includes(`COMMANDS.${name}`)) registered.add(id);
    expect(commands.map(({ command }) => command).sort()).toEqual([...registered].sort());
    expect(commands.length).toBeLessThanOrEqual(20);
  });

  it('has menus of its own commands only', () => {
    const known = new Set(commands.map(({ command }) => command));
    for (const { command } of Object.values(menus).flat()) expect(known, command).toContain(command);
  });

  it('has at most twelve settings, each with scope, order and description', () => {
    const settings = Object.entries(configuration.properties);
    expect(settings.length).toBeLessThanOrEqual(12);
    for (const [name, { scope, order, markdownDescription }] of settings) expect({ name, scope, ordered: typeof order, described: /^%.+%$/.test(markdownDescription ?? '') }).toMatchObject({ scope: 'window', ordered: 'number', described: true });
  });

  it('has every text in package.nls.json, and no other', () => {
    const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
    expect([...used].sort()).toEqual(Object.keys(nls).sort());
  });

  it('offers language models the tools that the server answers', () => {
    expect(languageModelTools.map(({ name, modelDescription, inputSchema }) => ({ name, modelDescription, inputSchema }))).toEqual(TOOLS.map(({ name, description, inputSchema }) => ({ name, modelDescription: description, inputSchema })));
    expect(TOOL_NAMES satisfies readonly ToolName[]).toEqual(TOOLS.map(({ name }) => name));
  });

  it('has a form of each key for the Mac', () => {
    for (const { key, mac } of keybindings ?? []) expect(mac, key).toBeDefined();
  });

  it('has commands that its walkthrough can run', () => {
    const known = new Set([...commands.map(({ command }) => command), 'mlarch.checklist.focus']);
    const steps = manifest.contributes.walkthroughs.flatMap(({ steps: all }) => all);
    expect(steps).toHaveLength(6);
    for (const { id } of steps) for (const [, command] of (nls[`step.${id}.description`] ?? '').matchAll(/\(command:([\w.]+)/g)) expect(known).toContain(command);
  });

  it('has no link to a command that is not there in its welcome texts', () => {
    const known = new Set([...commands.map(({ command }) => command), 'workbench.action.openWalkthrough']);
    for (const { contents } of manifest.contributes.viewsWelcome) for (const [, command] of (nls[contents.slice(1, -1)] ?? '').matchAll(/\(command:([\w.]+)/g)) expect(known).toContain(command);
  });

  it('reads the lines of the compact format as problems', () => {
    const [matcher] = manifest.contributes.problemMatchers;
    const pattern = new RegExp(matcher?.pattern.regexp ?? '(?!)');
    expect(pattern.exec('a b/shop.mlarch:12:5: error: [ML09.1 critical] Too much: 5 req/s.')?.slice(1)).toEqual(['a b/shop.mlarch', '12', '5', 'error', 'ML09.1', 'Too much: 5 req/s.']);
    expect(pattern.exec('C:\\work\\shop.mlarch:1:1: error: [unknown-word] What is this?')?.slice(1)).toEqual(['C:\\work\\shop.mlarch', '1', '1', 'error', 'unknown-word', 'What is this?']);
    for (const severity of ['error', 'warning', 'info']) expect(pattern.exec(`shop.mlarch:1:1: ${severity}: [ML07.1 question] Which?`)?.[4]).toBe(severity);
    expect(pattern.test('Shop: 3 findings')).toBe(false);
  });

  it('has settings with the names that the server reads', () => {
    const set = (name: string, value: unknown): unknown => name.split('.').slice(1).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
    const changed: readonly [name: string, value: unknown, key: keyof typeof DEFAULT_SERVER_SETTINGS][] = [
      ['mlarch.review.scope', 'openFiles', 'reviewScope'],
      ['mlarch.minSeverity', 'critical', 'minSeverity'],
      ['mlarch.questions', false, 'questions'],
      ['mlarch.codeLens.enabled', false, 'codeLens'],
      ['mlarch.inlayHints.enabled', false, 'inlayHints'],
    ];
    for (const [name, value, key] of changed) {
      expect(configuration.properties[name]?.default, name).toBe(DEFAULT_SERVER_SETTINGS[key]);
      expect(settingsFrom(set(name, value)), name).toEqual({ ...DEFAULT_SERVER_SETTINGS, [key]: value });
    }
    const client = ['mlarch.findings.groupBy', 'mlarch.trace.server'];
    expect(Object.keys(configuration.properties).sort()).toEqual([...changed.map(([name]) => name), ...client].sort());
  });

  it('collects nothing', () => {
    expect(source + text).not.toMatch(/telemetry|applicationinsights|createTelemetryLogger|https?:\/\/(?!github\.com\/mlarch)/i);
  });
});
