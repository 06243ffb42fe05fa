import { SEVERITIES } from '../../analysis/finding.ts';
import type { Payload } from '../../model/graph/payloads.ts';
import type { Diagram, Mark } from '../diagram.ts';
import { textWidth } from '../text/measure.ts';
import { badgeSvg, round, text } from './shapes.ts';
import { DASHES, type Theme } from './theme.ts';

export interface Legend {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

interface Entry {
  readonly words: string;
  readonly sample: (x: number, y: number) => string;
}

const [SIZE, SAMPLE, GAP, LINE] = [10, 30, 18, 20] as const;

/** What the signs of a picture mean: only those that are in it. */
export function legendOf(diagram: Diagram, room: number, theme: Theme): Legend {
  const entries = [...payloadEntries(diagram, theme), ...modeEntries(diagram, theme), ...severityEntries(diagram, theme), ...markEntries(diagram, theme), ...standInEntries(diagram, theme)];
  const parts: string[] = [];
  let [x, y, widest] = [0, 18, 0];
  for (const { words, sample } of entries) {
    const width = SAMPLE + 6 + textWidth(words, SIZE) + GAP;
    if (x > 0 && x + width > room) [x, y] = [0, y + LINE];
    parts.push(`<g>${sample(x, y)}${text({ x: x + SAMPLE + 6, y: y + 3.5, size: SIZE, fill: theme.quiet }, words)}</g>`);
    x += width;
    widest = Math.max(widest, x);
  }
  return { svg: parts.join('\n'), width: widest, height: entries.length === 0 ? 0 : y + LINE };
}

function payloadEntries({ edges }: Diagram, theme: Theme): Entry[] {
  const used = new Set(edges.map(({ payload }) => payload));
  return (Object.keys(theme.payloads) as Payload[]).filter((payload) => used.has(payload)).map((payload) => ({
    words: payload,
    sample: (x, y) => line(x, y, theme.payloads[payload], 1.7, DASHES[payload]),
  }));
}

function modeEntries({ edges }: Diagram, theme: Theme): Entry[] {
  const used = new Set(edges.map(({ mode }) => mode));
  const head = (x: number, y: number, open: boolean): string => `<path d="M${round(x + 23)} ${round(y - 3.5)}L${round(x + 30)} ${round(y)}L${round(x + 23)} ${round(y + 3.5)}${open ? '' : 'Z'}" fill="${open ? 'none' : theme.quiet}" stroke="${theme.quiet}" stroke-width="1.2"/>`;
  const entries: readonly (readonly [mode: 'sync' | 'async' | 'batch' | 'stream', words: string, sample: Entry['sample']])[] = [
    ['sync', 'the caller waits', (x, y) => line(x, y, theme.quiet, 1.7, '') + head(x, y, false)],
    ['async', 'nobody waits', (x, y) => line(x, y, theme.quiet, 1.2, '') + head(x, y, true)],
    ['batch', 'in jobs', (x, y) => line(x, y, theme.quiet, 2.6, '') + head(x, y, true)],
    ['stream', 'all the time', (x, y) => `${line(x, y, theme.quiet, 1.7, '')}${head(x, y, false)}<path d="M${round(x + 15)} ${round(y - 3.5)}v7M${round(x + 18.5)} ${round(y - 3.5)}v7" stroke="${theme.quiet}" stroke-width="1.3"/>`],
  ];
  return entries.filter(([mode]) => used.has(mode)).map(([, words, sample]) => ({ words, sample }));
}

function severityEntries({ nodes }: Diagram, theme: Theme): Entry[] {
  return [...SEVERITIES].reverse().filter((severity) => nodes.some(({ badges }) => badges.some((badge) => badge.severity === severity))).map((severity) => ({
    words: `${severity} findings`,
    sample: (x, y) => badgeSvg({ severity, count: nodes.reduce((sum, { badges }) => sum + (badges.find((badge) => badge.severity === severity)?.count ?? 0), 0) }, x + 8, y - 8, theme),
  }));
}

function markEntries({ nodes, edges }: Diagram, theme: Theme): Entry[] {
  const used = new Set([...nodes, ...edges].map(({ mark }) => mark));
  const words: Readonly<Record<Mark, string>> = { added: 'new in the target state', changed: 'changed', removed: 'no longer there' };
  return (['added', 'changed', 'removed'] as const).filter((mark) => used.has(mark)).map((mark) => ({
    words: words[mark],
    sample: (x, y) => line(x, y, theme.marks[mark], mark === 'removed' ? 1.4 : 2.4, mark === 'removed' ? '3 4' : ''),
  }));
}

/** Two frames, one in the other. */
function standInEntries({ nodes }: Diagram, theme: Theme): Entry[] {
  const frame = (x: number, y: number, width: number, height: number): string => `<rect x="${round(x)}" y="${round(y)}" width="${width}" height="${height}" rx="3" fill="none" stroke="${theme.quiet}"/>`;
  return nodes.some(({ stands }) => stands) ? [{ words: 'several that are alike', sample: (x, y) => frame(x + 2, y - 7, 26, 14) + frame(x + 5, y - 4, 20, 8) }] : [];
}

const line = (x: number, y: number, colour: string, width: number, dash: string): string => `<path d="M${round(x)} ${round(y)}h30" stroke="${colour}" stroke-width="${width}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`} fill="none"/>`;
