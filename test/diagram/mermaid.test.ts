import DOMPurify from 'dompurify';
import mermaid from 'mermaid';
import { describe, expect, it } from 'vitest';
import type { Diagram } from '../../src/diagram/diagram.ts';
import { MERMAID_LIMITS, mermaidOf } from '../../src/diagram/mermaid.ts';
import { exampleDiagrams, HOSTILE, hostileDiagram } from './support.ts';

// Without a browser the sanitizer has no functions; nothing that is read here holds a tag that it would take away.
Object.assign(DOMPurify, { sanitize: (text: string) => text, addHook: () => undefined });

interface Read {
  readonly nodes: ReadonlyMap<string, { readonly text: string; readonly classes: readonly string[]; readonly type?: string; readonly labelType: string }>;
  readonly edges: readonly { readonly start: string; readonly end: string; readonly text: string; readonly style?: readonly string[]; readonly labelType: string }[];
  readonly boxes: readonly { readonly id: string; readonly title: string; readonly nodes: readonly string[]; readonly labelType: string }[];
}

/** What Mermaid understands. */
async function read(text: string): Promise<Read> {
  expect(await mermaid.parse(text)).toMatchObject({ diagramType: 'flowchart-v2', config: {} });
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text) as unknown as { db: Record<string, () => unknown> };
  return { nodes: db['getVertices']!() as Read['nodes'], edges: db['getEdges']!() as Read['edges'], boxes: db['getSubGraphs']!() as Read['boxes'] };
}

/** A label as it is drawn, without the breaks of lines. */
const drawn = (text: string): string => bare(decoded(text).join(''));

/** The lines of a label as Mermaid has them when it looks for what it draws otherwise. */
const decoded = (text: string): string[] =>
  text.split('<br/>').map((line) => line.replaceAll(/ﬂ°°(\d+)¶ß|ﬂ°(quot|amp|lt|gt)¶ß/g, (_, code?: string, name?: string) => (code === undefined ? { quot: '"', amp: '&', lt: '<', gt: '>' }[name!]! : String.fromCodePoint(Number(code)))));

/** Line breaks and signs without width may stand anywhere; what no document can hold has become a replacement character. */
const bare = (text: string): string => text.replaceAll(/[\s\u2060]/g, '').replaceAll(/[\u0000-\u001f]|[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd');

/** Line breaks, formulas, icons and codes that it reads even where they came from codes, and the Markdown of older versions. */
const SPECIAL = /\\n|\$\$|fa[bklrs]?:fa-|ﬂ°|¶ß|[*~][^\s]|(?<![\p{L}\p{N}\u2060])_\p{L}|^(?:[-+#>|=]|\d+[.)])|www\.|https?:\/|\w@\w|\]\(|\\[*_]/u;

async function expectSame(diagram: Diagram): Promise<void> {
  const text = mermaidOf(diagram);
  const { nodes, edges, boxes } = await read(text);
  expect([...nodes.values()].map(({ text: label }) => label).join('').replaceAll('<br/>', '')).not.toMatch(/[<>"`]/);
  for (const line of [...nodes.values(), ...edges].flatMap(({ text: label }) => decoded(label))) expect(line).not.toMatch(SPECIAL);
  expect([...nodes.values(), ...edges, ...boxes].filter(({ labelType }) => labelType === 'markdown')).toEqual([]);
  const idOf = new Map(diagram.nodes.map(({ id }, index) => [id, `n${index + 1}`]));
  expect(new Set(nodes.keys())).toEqual(new Set(idOf.values()));
  for (const node of diagram.nodes) {
    const { text: label, classes } = nodes.get(idOf.get(node.id)!)!;
    const findings = node.badges.map(({ severity, count }) => `${count} ${severity}`).join(', ');
    expect(drawn(label)).toBe(bare([node.name, node.detail, ...node.figures, findings && `findings: ${findings}`, node.mark ?? ''].join('')));
    expect(classes).toContain(`layer_${node.layer}`);
    expect(classes.includes(`mark_${node.mark}`)).toBe(node.mark !== undefined);
  }
  expect(edges.map(({ start, end }) => [start, end])).toEqual(diagram.edges.map(({ from, to }) => [idOf.get(from), idOf.get(to)]));
  diagram.edges.forEach(({ payload, mode, label, mark }, index) => expect(drawn(edges[index]!.text)).toBe(bare([payload, mode === 'sync' ? '' : mode, label, mark ?? ''].filter((part) => part !== '').join(', '))));
  expect(boxes.map(({ title }) => drawn(title)).sort()).toEqual([...diagram.lanes, ...diagram.groups].map(({ title }) => bare(title)).sort());
  const parents = new Map(boxes.flatMap(({ id, nodes: held }) => held.map((child) => [child, id] as const)));
  const groupIds = new Map(diagram.groups.map(({ id }, index) => [id, `g${index + 1}`]));
  for (const { id, group, layer } of diagram.nodes) {
    const lane = diagram.lanes.findIndex((one) => one.layer === layer);
    expect(parents.get(idOf.get(id)!)).toBe(group !== undefined ? groupIds.get(group) : lane < 0 ? undefined : `l${lane + 1}`);
  }
  for (const { id, parent } of diagram.groups) expect(parents.get(groupIds.get(id)!)).toBe(parent === undefined ? undefined : groupIds.get(parent));
}

describe('a Mermaid flowchart', () => {
  it.each(exampleDiagrams())('of %s is read as it was meant', async (_, diagram) => {
    await expectSame(diagram);
    const text = mermaidOf(diagram);
    expect(text).toBe(mermaidOf(diagram));
    expect(text.length).toBeLessThan(MERMAID_LIMITS.characters);
  });

  it.each(['lanes', 'groups', 'both'] as const)('draws hostile texts as themselves, in %s', async (boxes) => {
    await expectSame(hostileDiagram(boxes));
  });

  it.each(HOSTILE.map((text, index) => [index, text] as const))('draws hostile text %i alone: %j', async (_, text) => {
    const [first, second] = hostileDiagram('lanes').nodes;
    const edge = { id: 'e', from: 'A', to: 'B', payload: 'data', mode: 'sync', label: text } as const;
    const diagram: Diagram = { ...hostileDiagram('lanes'), title: text, lanes: [], groups: [{ id: 'g', title: text, sort: 'region' }], nodes: [{ ...first!, id: 'A', name: text, detail: '', figures: [], group: 'g' }, { ...second!, id: 'B', name: `a ${text} b`, detail: text, figures: [] }], edges: [edge] };
    await expectSame(diagram);
  });

  it('has no directive, no link, no comment and no HTML but line breaks', () => {
    for (const text of (['lanes', 'groups', 'both'] as const).map((boxes) => mermaidOf(hostileDiagram(boxes)))) {
      expect(text.replaceAll('<br/>', '')).not.toMatch(/<|%%|`|\$|^\s*(click|href|call|callback)\b/m);
    }
  });

  it('has the title of the picture in front matter, which is YAML and so takes JSON', () => {
    const titled = (title: string): unknown => {
      const [first, line, third, kind] = mermaidOf({ ...hostileDiagram('lanes'), title }).split('\n');
      expect([first, third, kind]).toEqual(['---', '---', 'flowchart TB']);
      return JSON.parse(/^title: ([^<>&#%`;{}]*)$/.exec(line!)![1]!);
    };
    expect(titled('CardFraud: system')).toBe('CardFraud: system');
    expect(titled('A "b" \\ #c; %%{init}%% `d` 😀 &amp;\n---')).toBe('A "b" \\ #c; %%{init}%% `d` 😀 &amp; ---');
    expect(titled('a <b> c')).toBe('a ＜b> c');
  });

  it('of an empty diagram is one', async () => {
    const [, diagram] = exampleDiagrams()[0]!;
    expect((await read(mermaidOf({ ...diagram, nodes: [], edges: [], lanes: [] }))).nodes.size).toBe(0);
  });
});
