import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compare, type SystemComparison, type Version } from '../../../src/analysis/comparison/compare.ts';
import { versionsOf } from './support.ts';

const folder = path.join(import.meta.dirname, '../../../examples/published');
const files = readdirSync(folder).filter((name) => name.endsWith('.mlarch'));
const read = (file: string): Version => versionsOf(readFileSync(path.join(folder, file), 'utf8'))[0]!;
const versions = new Map(files.map((file) => [file, read(file)]));

/** What a comparison says, by key, so that the order of the sides does not matter. */
function said({ structure, findings, questions, score, categories, figures }: SystemComparison, turned: boolean): unknown {
  const turn = <T extends { before?: unknown; after?: unknown }>(pair: T): object => ({ before: turned ? pair.after : pair.before, after: turned ? pair.before : pair.after });
  const words: Readonly<Record<string, string>> = turned ? { added: 'removed', removed: 'added', opened: 'closed', closed: 'opened' } : {};
  const word = (change: string): string => words[change] ?? change;
  const sorted = (rows: readonly unknown[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
  const change = (number: number | undefined): number | undefined => (number === undefined ? undefined : Math.round((turned ? -number : number) * 1e6) + 0);
  return {
    elements: sorted(structure.elements.map((element) => [word(element.change), element.sort, element.name, ...sorted(element.properties.map((property) => [property.property, turn(property)]))])),
    unchanged: structure.unchanged,
    findings: sorted(findings.map((finding) => [finding.finding.id.replace(/@[^./]*/, '@'), turn(finding)])),
    questions: sorted(questions.map(({ change: became, question }) => [word(became), question.id.replace(/@[^./]*/, '@')])),
    score: turn(score),
    categories: categories.map(turn),
    services: sorted(figures.services.map((service) => [service.component, turn(service)])),
    limit: turn(figures.limit),
    ways: sorted(figures.ways.map((way) => [way.from, way.to, turn(way)])),
    cost: [turn(figures.cost.total), change(figures.cost.change), sorted(figures.cost.components.map((part) => [part.component, turn(part), change(part.change)]))],
    counted: [figures.unchangedServices, figures.unchangedWays, figures.cost.unchanged],
  };
}

describe('laws of comparing', () => {
  it.each(files)('%s differs in nothing from itself, read anew', (file) => {
    const { change, structure, findings, questions, figures } = compare(versions.get(file), read(file));
    expect(change).toBe('unchanged');
    expect(structure.elements).toEqual([]);
    expect(findings.filter((finding) => finding.change !== 'kept')).toEqual([]);
    expect(questions.filter((question) => question.change !== 'kept')).toEqual([]);
    expect([figures.services, figures.ways, figures.cost.components, figures.cost.change ?? 0]).toEqual([[], [], [], 0]);
  });

  it('turned around it says the reverse', () => {
    for (const [index, file] of files.entries()) {
      const [a, b] = [versions.get(file), versions.get(files[(index + 1) % files.length]!)];
      expect(said(compare(a, b), false), file).toEqual(said(compare(b, a), true));
    }
  });

  it('against nothing everything came, or went', () => {
    for (const version of versions.values()) {
      const [came, went] = [compare(undefined, version), compare(version, undefined)];
      expect([came.change, went.change]).toEqual(['added', 'removed']);
      expect(new Set(came.structure.elements.map(({ change }) => change))).toEqual(new Set(['added']));
      expect(came.structure.elements.filter(({ sort }) => sort === 'component')).toHaveLength(version.architecture.components.size);
      expect(said(came, false)).toEqual(said(went, true));
    }
  });
});
