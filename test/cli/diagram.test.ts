import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderWith, mlarch, root, type Run } from './run.ts';

const SHOP = `system ShopSearch {
  stage production
  consumer Web : application { peak 20 req/s slo p99 <= 100 ms }
  model Rank : trained
  training Fit : scheduled { produces Rank }
  store Clicks : warehouse
  service Api : realtime { serves Rank replicas 4 concurrency 1 service_time p50 20 ms p99 60 ms }
  Clicks -> Fit
  Web -> Api
}
`;

const folder = folderWith({
  'shop.mlarch': SHOP,
  'two.mlarch': SHOP + SHOP.replace('ShopSearch', 'Other'),
  'many.mlarch': `system Many {\n${Array.from({ length: 160 }, (_, index) => `  store S${index} : log\n`).join('')}}\n`,
  'dense.mlarch': `system Dense {\n${Array.from({ length: 24 }, (_, index) => `  store S${index} : log\n`).join('')}${Array.from({ length: 24 }, (_, from) => Array.from({ length: 22 }, (__, step) => `  S${from} -> S${(from + step + 1) % 24}\n`).join('')).join('')}}\n`,
  'empty.mlarch': 'store Alone : log\n',
  'wrong.mlarch': 'system X {\n  service : realtime\n}\n',
});
const run = (...line: readonly string[]): Run => mlarch(['diagram', ...line], { cwd: folder });
const read = (name: string): Buffer => readFileSync(path.join(folder, name));

describe('diagram', () => {
  it('writes one view as SVG to standard output, the same twice', () => {
    const [first, second] = [run('shop.mlarch', '--today', '2026-11-21'), run('shop.mlarch', '--today', '2026-11-21')];
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
    expect(first.stdout).toBe(second.stdout);
    expect(first.stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(first.stdout).toContain('<title id="title">ShopSearch: system</title>');
    for (const name of ['Web', 'Rank', 'Fit', 'Clicks', 'Api']) expect(first.stdout).toContain(`data-node="${name}"`);
    // Nothing is loaded from anywhere.
    expect(first.stdout.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href=|url\(/);
  });

  it('takes the format from the name of the file', () => {
    const written = [['picture.svg', '<svg '], ['picture.mmd', 'flowchart'], ['picture.drawio', '<mxfile'], ['picture.json', '{']] as const;
    for (const [file, start] of written) {
      expect(run('shop.mlarch', '-o', file).code, file).toBe(0);
      expect(read(file).toString('utf8'), file).toContain(start);
    }
    expect(run('shop.mlarch', '-o', 'picture.png', '--scale', '1').code).toBe(0);
    const png = read('picture.png');
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    // Width and height of the image header are those of the picture.
    const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(read('picture.svg').toString('utf8')).toContain(`width="${width}" height="${height}"`);
  });

  it('writes JSON without places where no layout is wanted, with the same nodes and flows', () => {
    const [whole, bare] = [[], ['--no-layout']].map((more) => JSON.parse(run('shop.mlarch', '--format', 'json', ...more).stdout) as Record<string, readonly { id: string; box?: object; points?: object }[]>);
    const ids = (list: readonly { id: string }[] | undefined): string[] => (list ?? []).map(({ id }) => id);
    for (const part of ['nodes', 'edges']) expect(ids(bare?.[part])).toEqual(ids(whole?.[part]));
    expect([whole?.['nodes']?.[0]?.box, whole?.['edges']?.[0]?.points, whole?.['size']].every((place) => place !== undefined)).toBe(true);
    expect([bare?.['nodes']?.[0]?.box, bare?.['edges']?.[0]?.points, bare?.['size']]).toEqual([undefined, undefined, undefined]);
  });

  it('says on standard error which characters of a PNG no font has', () => {
    writeFileSync(path.join(folder, 'private.mlarch'), SHOP.replace('stage production', 'version "2 \u{10fffd}"'));
    const { code, stderr } = run('private.mlarch', '-o', 'private.png');
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^warning: no font has .+ \(U\+10FFFD\): .+\n$/u) });
    expect(run('private.mlarch', '-o', 'private.svg').stderr).toBe('');
  });

  it('draws the same from the package of the extension, in a thread', () => {
    const cli = path.join(root, 'dist/extension/dist/mlarch.mjs');
    const packaged = (...line: readonly string[]): string => execFileSync(process.execPath, [cli, 'diagram', 'shop.mlarch', ...line], { cwd: folder, encoding: 'utf8', timeout: 60_000 });
    expect(packaged('--today', '2026-11-21')).toBe(run('shop.mlarch', '--today', '2026-11-21').stdout);
    // Several layouts, one after the other.
    packaged('--all', '-o', 'packaged');
    expect(run('shop.mlarch', '--all', '-o', 'packaged', '--check').code).toBe(0);
  });

  it('says the version of the system, where it has one', () => {
    writeFileSync(path.join(folder, 'version.mlarch'), SHOP.replace('stage production', 'stage production\n  version "2.3 <rc>"'));
    const of = (format: string): string => run('version.mlarch', '--format', format).stdout;
    expect(of('svg')).toContain('<title id="title">ShopSearch 2.3 &lt;rc&gt;: system</title>');
    expect(of('svg').match(/>ShopSearch 2\.3 &lt;rc&gt;: system</g)).toHaveLength(2);
    expect(of('drawio')).toContain('name="ShopSearch 2.3 &lt;rc&gt;: system"');
    expect(of('mermaid')).toContain('title: "ShopSearch 2.3 ＜rc');
    expect(JSON.parse(of('json'))).toMatchObject({ system: 'ShopSearch', version: '2.3 <rc>', title: 'ShopSearch 2.3 <rc>: system' });
    expect(JSON.parse(run('shop.mlarch', '--format', 'json').stdout)).not.toHaveProperty('version');
  });

  it.each([
    [['shop.mlarch', '--no-layout'], '--format json'],
    [['shop.mlarch', '--view', 'sideways'], 'view'],
    [['shop.mlarch', '--scale', '99'], '0.1 to 8'],
    [['shop.mlarch', '--view', 'focus'], 'name of a component'],
    [['shop.mlarch', '--focus', 'Nobody'], 'no component Nobody'],
    [['shop.mlarch', '--check'], '--all'],
    [['shop.mlarch', '--all'], '-o'],
    [['two.mlarch'], '2 systems'],
    [['empty.mlarch'], 'No system'],
  ] as const)('refuses %j', (line, message) => {
    const { code, stdout, stderr } = run(...line);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('draws as one what is alike in a large system, and each by itself where it is told to', () => {
    const nodes = (...line: readonly string[]): number => run('many.mlarch', ...line).stdout.split(' data-node=').length - 1;
    expect(nodes()).toBe(1);
    expect(nodes('--expand')).toBe(160);
  });

  it('warns where Mermaid would draw nothing', () => {
    const { code, stdout, stderr } = run('dense.mlarch', '--format', 'mermaid');
    expect({ code, drawn: stdout.includes('flowchart') }).toEqual({ code: 0, drawn: true });
    expect(stderr).toMatch(/^warning: this has 528 flows .* Mermaid draws up to 500/);
    expect(run('shop.mlarch', '--format', 'mermaid').stderr).toBe('');
  });

  it('draws nothing of a text with errors', () => {
    const { code, stdout, stderr } = run('wrong.mlarch');
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain('wrong.mlarch:2');
  });

  it('keeps the pictures of a folder fresh', () => {
    const all = (...more: readonly string[]): Run => run('shop.mlarch', '--all', '-o', 'docs/architecture', ...more);
    const stale = all('--check');
    expect(stale.code).toBe(1);
    expect(existsSync(path.join(folder, 'docs'))).toBe(false);
    expect(all().code).toBe(0);
    const files = readdirSync(path.join(folder, 'docs/architecture'));
    expect(files).toEqual(expect.arrayContaining(['shop-search-deployment.svg', 'shop-search-serving.svg', 'shop-search-system.svg', 'shop-search-training.svg']));
    expect(all('--check')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    // What is as it should be is not touched.
    const before = statSync(path.join(folder, 'docs/architecture/shop-search-system.svg')).mtimeMs;
    expect(all()).toMatchObject({ code: 0, stdout: '' });
    expect(statSync(path.join(folder, 'docs/architecture/shop-search-system.svg')).mtimeMs).toBe(before);
    writeFileSync(path.join(folder, 'shop.mlarch'), SHOP.replace('store Clicks : warehouse', 'store Clicks : lakehouse'));
    const changed = all('--check');
    writeFileSync(path.join(folder, 'shop.mlarch'), SHOP);
    expect(changed.code).toBe(1);
    expect(changed.stderr).toContain('shop-search-training.svg');
    rmSync(path.join(folder, 'docs'), { recursive: true });
  });

  it('has made the pictures of the documents: npm run pictures', () => {
    expect(mlarch(['diagram', 'examples/card-fraud', '--all', '-o', 'docs/pictures', '--today', '2026-11-21', '--check'], { cwd: root })).toMatchObject({ code: 0, stderr: '' });
  });

  it('draws the published examples, each view of each', () => {
    const target = path.join(folder, 'published');
    expect(mlarch(['diagram', 'examples/published', '--all', '-o', target], { cwd: root })).toMatchObject({ code: 0, stderr: '' });
    expect(readdirSync(target).filter((name) => name.endsWith('-system.svg'))).toHaveLength(11);
  });
});
