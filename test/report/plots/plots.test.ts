import { createRequire } from 'node:module';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textWidth } from '../../../src/diagram/text/measure.ts';
import { THEMES } from '../../../src/diagram/svg/theme.ts';
import { barsPlot } from '../../../src/report/plots/bars.ts';
import { linesPlot } from '../../../src/report/plots/lines.ts';
import { overlap, placeLabels, type Box } from '../../../src/report/plots/place-labels.ts';
import { scaleOf } from '../../../src/report/plots/scale.ts';
import { scatterPlot } from '../../../src/report/plots/scatter.ts';
import { fitted } from '../../../src/report/plots/text-fit.ts';
import { HOSTILE_TEXTS } from '../document/hostile.ts';

interface Parser {
  ontext?: (text: string) => void;
  onopentag?: (tag: { readonly name: string; readonly attributes: Readonly<Record<string, string>> }) => void;
  onclosetag?: () => void;
  onerror?: (error: Error) => void;
  write(text: string): Parser;
  close(): void;
}
const { parser } = createRequire(import.meta.url)('sax') as { parser(strict: boolean): Parser };

interface Text extends Box {
  readonly words: string;
  readonly turned: boolean;
}

/** Each text of a picture with its box, and the names of all elements. A picture that is no XML throws. */
function read(svg: string): { readonly texts: readonly Text[]; readonly names: ReadonlySet<string>; readonly width: number; readonly height: number } {
  const texts: Text[] = [];
  const names = new Set<string>();
  let [width, height] = [0, 0];
  let open: { readonly [name: string]: string } | undefined;
  const sax = parser(true);
  sax.onerror = (error) => { throw error; };
  sax.onopentag = ({ name, attributes }) => {
    names.add(name);
    if (name === 'svg') [width, height] = [Number(attributes['width']), Number(attributes['height'])];
    open = name === 'text' ? attributes : undefined;
  };
  sax.onclosetag = () => { open = undefined; };
  sax.ontext = (words) => {
    if (!open) return;
    const size = Number(open['font-size']);
    const length = textWidth(words, size, open['font-weight'] === '600' ? 'bold' : 'regular');
    const left = Number(open['x']) - (open['text-anchor'] === 'middle' ? length / 2 : 0);
    texts.push({ words, turned: open['transform'] !== undefined, left, top: Number(open['y']) - size * 0.8, width: length, height: size });
    open = undefined;
  };
  sax.write(svg).close();
  return { texts, names, width, height };
}

/** Texts that lie on others or leave the picture. */
function faultsOf(svg: string): string[] {
  const { texts, width, height } = read(svg);
  const level = texts.filter(({ turned }) => !turned);
  // Places are written in tenths of a pixel.
  const shrunk = ({ left, top, width, height }: Text): Box => ({ left: left + 0.1, top: top + 0.1, width: width - 0.2, height: height - 0.2 });
  return [
    ...level.filter((box) => box.left < -0.1 || box.top < -0.1 || box.left + box.width > width + 0.1 || box.top + box.height > height).map(({ words }) => `outside: ${words}`),
    ...level.flatMap((a, index) => level.slice(index + 1).filter((b) => overlap(shrunk(a), shrunk(b))).map((b) => `${a.words} on ${b.words}`)),
  ];
}

const label = fc.oneof(fc.string({ maxLength: 40 }), fc.constantFrom(...HOSTILE_TEXTS), fc.constantFrom('Scorer', 'FeatureStore', 'Canary with automatic rollback'));
const value = fc.oneof(fc.double({ min: -1e6, max: 1e9 }), fc.integer({ min: 0, max: 100 }), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, 0, 1e-9, 1e300, -1e300));
const axis = fc.record({ title: label, scale: fc.constantFrom('linear' as const, 'log' as const), unit: fc.constantFrom(undefined, 's', 'req/s', 'B') });

describe('a plot', () => {
  it('of points has no text on another, and names every point there or in its list', () => {
    fc.assert(fc.property(axis, axis, fc.array(fc.record({ label: fc.stringMatching(/^[a-z]{1,12}$/), x: value, y: value, group: fc.constantFrom(undefined, 'critical', 'high') }), { maxLength: 120 }), (x, y, points) => {
      const svg = scatterPlot({ title: 'T', description: 'D', x, y, points, quadrants: { x: 10, y: 10, names: ['quick win', 'major project', 'fill-in', 'not now'] } });
      expect(faultsOf(svg)).toEqual([]);
      const words = read(svg).texts.map((text) => text.words);
      for (const point of points) expect(words.some((text) => text.includes(point.label)), point.label).toBe(true);
    }), { numRuns: 60 });
  });

  it('of many points in one place lists all of them', () => {
    const points = Array.from({ length: 60 }, (_, index) => ({ label: `point ${index}`, x: 5, y: 5 }));
    const svg = scatterPlot({ title: 'T', description: 'D', x: { title: 'x' }, y: { title: 'y' }, points });
    expect(faultsOf(svg)).toEqual([]);
    const words = read(svg).texts.map((text) => text.words).join('\n');
    for (const point of points) expect(words).toContain(point.label);
  });

  it('of lines has no text on another and draws only what has a place', () => {
    fc.assert(fc.property(label, axis, axis, fc.array(fc.record({ label, points: fc.array(fc.record({ x: value, y: value, low: fc.option(value, { nil: undefined }), high: fc.option(value, { nil: undefined }) }), { maxLength: 30 }) }), { maxLength: 9 }), fc.array(fc.record({ axis: fc.constantFrom('x' as const, 'y' as const), at: value, label }), { maxLength: 3 }), (title, x, y, series, limits) => {
      const svg = linesPlot({ title, description: title, x, y, series, limits });
      expect(faultsOf(svg)).toEqual([]);
      expect(svg).not.toMatch(/NaN|Infinity|undefined/.test(`${title}${JSON.stringify([x, y, series, limits])}`) ? /$^/ : /NaN|Infinity|undefined/);
    }), { numRuns: 80 });
  });

  it('of bars has no text on another', () => {
    fc.assert(fc.property(label, axis, fc.array(fc.record({ label, value, low: fc.option(value, { nil: undefined }), high: fc.option(value, { nil: undefined }), note: fc.option(label, { nil: undefined }), alarming: fc.boolean() }), { maxLength: 12 }), (title, scale, bars) => {
      expect(faultsOf(barsPlot({ title, description: title, value: scale, bars, limits: [{ at: 70, label: title }] }))).toEqual([]);
    }), { numRuns: 80 });
  });

  it('takes every hostile text as text', () => {
    for (const text of HOSTILE_TEXTS) {
      const axes = { x: { title: text }, y: { title: text } };
      const words = { title: text, description: text };
      for (const svg of [
        linesPlot({ ...words, ...axes, series: [{ label: text, points: [{ x: 1, y: 1 }] }], limits: [{ axis: 'x', at: 1, label: text }] }),
        barsPlot({ ...words, value: axes.x, bars: [{ label: text, value: 1, note: text }] }),
        scatterPlot({ ...words, ...axes, points: [{ label: text, x: 1, y: 1, group: text }], quadrants: { x: 1, y: 1, names: [text, text, text, text] } }),
      ]) expect([...read(svg).names].filter((name) => !['svg', 'title', 'desc', 'rect', 'g', 'path', 'circle', 'text'].includes(name)), text).toEqual([]);
    }
  });

  it('marks series by dash and marker and not by colour alone, in every theme', () => {
    const points = [{ x: 0, y: 1 }, { x: 1, y: 2 }];
    for (const theme of THEMES) {
      const svg = linesPlot({ title: 'T', description: 'D', x: { title: 'x' }, y: { title: 'y' }, series: [0, 1, 2, 3, 4, 5].map((index) => ({ label: `s${index}`, points: points.map(({ x, y }) => ({ x, y: y + index })) })) }, { theme });
      const dashes = [...svg.matchAll(/<g><path d="M[^"]*L[^"]*" fill="none" stroke="[^"]*" stroke-width="2"(?: stroke-dasharray="([^"]*)")?\/>/g)].map(([, dash = '']) => dash);
      expect(new Set(dashes).size, theme).toBe(6);
      expect(svg).toMatch(/<circle.*<rect|<rect.*<circle/s);
    }
  });

  it('ends a line where the value is infinite and begins it again', () => {
    const svg = linesPlot({ title: 'T', description: 'D', x: { title: 'x' }, y: { title: 'y' }, series: [{ label: 's', points: [1, 2, Number.POSITIVE_INFINITY, 3, 4].map((y, x) => ({ x, y })) }] });
    expect([...svg.matchAll(/<g><path d="M[^"]*L[^"]*" fill="none" stroke="#0072b2" stroke-width="2"/g)]).toHaveLength(2);
  });

  it('puts values where they belong', () => {
    const svg = barsPlot({ title: 'T', description: 'D', value: { title: 'v', to: 100 }, bars: [{ label: 'half', value: 50 }, { label: 'all', value: 100 }] });
    const [half = 0, all = 0] = [...svg.matchAll(/width="([\d.]+)" height="14"/g)].map(([, width]) => Number(width));
    expect(half / all).toBeCloseTo(0.5, 3);
  });
});

describe('a scale', () => {
  it('has round ticks within its ends, in order', () => {
    expect(scaleOf({ title: '' }, [3, 97]).ticks(5)).toEqual([0, 20, 40, 60, 80, 100]);
    expect(scaleOf({ title: '', scale: 'log' }, [3, 970]).ticks(4)).toEqual([10, 100, 1000]);
    expect(scaleOf({ title: '', scale: 'log' }, [0.02, 0.4]).ticks(8)).toEqual([0.02, 0.05, 0.1, 0.2, 0.5]);
    expect(scaleOf({ title: '', unit: 's' }, [0, 1]).words(0.25)).toBe('250 ms');
    fc.assert(fc.property(fc.array(value, { maxLength: 20 }), fc.constantFrom('linear' as const, 'log' as const), fc.integer({ min: 1, max: 10 }), (values, scale, count) => {
      const found = scaleOf({ title: '', scale }, values);
      const ticks = found.ticks(count);
      expect(found.high).toBeGreaterThan(found.low);
      ticks.forEach((tick, index) => {
        expect(found.place(tick)).toBeGreaterThanOrEqual(-1e-6);
        expect(found.place(tick)).toBeLessThanOrEqual(1 + 1e-6);
        if (index > 0) expect(tick).toBeGreaterThan(ticks[index - 1] ?? 0);
      });
    }));
  });
});

describe('names beside points', () => {
  it('stand free of each other and of every point', () => {
    const spots = Array.from({ length: 80 }, (_, index) => ({ x: 20 + ((index * 61) % 560), y: 20 + ((index * 37) % 300), label: `name of point ${index}` }));
    const placed = placeLabels(spots, { left: 0, top: 0, width: 600, height: 340 });
    const boxes = placed.flatMap(({ box }) => (box ? [box] : []));
    boxes.forEach((box, index) => expect(boxes.slice(index + 1).some((other) => overlap(box, other))).toBe(false));
    expect(new Set(placed.flatMap(({ number }) => (number === undefined ? [] : [number]))).size).toBe(placed.filter(({ number }) => number !== undefined).length);
  });
});

describe('a text that has to fit', () => {
  it('does, and says where it was cut', () => {
    expect(fitted('short', 100, 10)).toBe('short');
    expect(fitted('W'.repeat(2000), 100, 10)).toMatch(/^W+…$/);
    fc.assert(fc.property(label, fc.integer({ min: 20, max: 400 }), (text, room) => {
      expect(textWidth(fitted(text, room, 10), 10)).toBeLessThanOrEqual(room);
    }));
  });
});
