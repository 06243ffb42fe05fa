import { describe, expect, it } from 'vitest';
import type { Diagram } from '../../src/diagram/diagram.ts';
import { collapsed } from '../../src/diagram/views/collapse.ts';
import { diagramOfText } from './pictures.ts';

const monitors = (count: number, watched: (index: number) => string): string[] => Array.from({ length: count }, (_, index) => `monitor M${index} : latency { watches ${watched(index)} alerts Page }`);
const text = (...lines: string[]): string => `system S {\n  service Api : realtime { }\n  service Other : realtime { }\n  alert Page { }\n${lines.map((line) => `  ${line}\n`).join('')}}\n`;
const namesOf = ({ nodes }: Pick<Diagram, 'nodes'>): string[] => nodes.map(({ name }) => name);

const everything = (source: string): Diagram => diagramOfText(source, { collapse: 'never' });

describe('a large picture', () => {
  it('shows components of a kind with the same neighbours as one, and names them', () => {
    const diagram = everything(text(...monitors(12, () => 'Api')));
    const { nodes, edges } = collapsed(diagram, [], 10);
    expect(namesOf({ nodes })).toEqual(['Api', 'Other', 'Page', '12 monitors']);
    expect(nodes.at(-1)?.stands).toEqual(Array.from({ length: 12 }, (_, index) => `M${index}`));
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual(['Api collapsed:M0', 'collapsed:M0 Page']);
    const high = (all: Diagram['nodes']): number => all.flatMap(({ badges }) => badges).reduce((sum, { count }) => sum + count, 0);
    expect(high(nodes)).toBe(high(diagram.nodes));
  });

  it('keeps apart what has other neighbours, another kind, or is few', () => {
    const diagram = everything(text(...monitors(12, (index) => (index % 2 === 0 ? 'Api' : 'Other')), 'cache C1 { }', 'cache C2 { }'));
    expect(namesOf(collapsed(diagram, [], 10))).toEqual(['Api', 'Other', 'Page', '6 monitors', '6 monitors', 'C1', 'C2']);
  });

  it('shows everything up to the limit, and where it is turned off', () => {
    const diagram = everything(text(...monitors(12, () => 'Api')));
    expect(collapsed(diagram, [], diagram.nodes.length).nodes).toBe(diagram.nodes);
    expect(collapsed(diagram, [], Infinity).nodes).toBe(diagram.nodes);
  });

  it('shows an opened group one by one, each with a way back, and the others as one', () => {
    const both = text(...monitors(12, (index) => (index % 2 === 0 ? 'Api' : 'Other')));
    const { nodes, edges } = collapsed(everything(both), ['M2', 'Gone'], 10);
    expect(namesOf({ nodes })).toEqual(['Api', 'Other', 'Page', 'M0', '6 monitors', 'M2', 'M4', 'M6', 'M8', 'M10']);
    expect(nodes.flatMap(({ opened }) => opened ?? [])).toEqual(Array.from({ length: 6 }, () => 'M0'));
    expect(edges).toHaveLength(14);
  });

  it('is collapsed above 150 components', () => {
    expect(diagramOfText(text(...monitors(147, () => 'Api'))).nodes).toHaveLength(150);
    expect(namesOf(diagramOfText(text(...monitors(148, () => 'Api'))))).toEqual(['Api', 'Other', 'Page', '148 monitors']);
    expect(everything(text(...monitors(148, () => 'Api'))).nodes).toHaveLength(151);
  });
});
