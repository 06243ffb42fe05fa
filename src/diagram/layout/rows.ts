import type { Diagram } from '../diagram.ts';

/** Width over height above which a picture is too wide. */
const MOST_ASPECT = 2.9;
/** Pixels across that a page or screen shows whole: no picture is too wide below it. */
const PAGE = 1000;
/** How much narrower rows are tried from one time to the next, and what is too narrow to try. */
const STEP = 0.85;
const LEAST_WIDTH = 300;
/** Rough sizes in pixels, by which a picture is judged before it is laid out. */
const ROW_GAP = 40;
const NODE_GAP = 22;
const EDGE_GAP = 12;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export const isTooWide = ({ width, height }: Size): boolean => width > PAGE && width > MOST_ASPECT * height;

/** An edge from above to below. */
export interface Link {
  readonly from: string;
  readonly to: string;
  /** The same for links that run together. */
  readonly trunk: string;
}

type Row = readonly string[];

/**
 * The row of each node, counted from the top of the picture: every link goes from a row to one below, and the rows of a lane
 * follow each other. Links are short, unless the widest row would make the picture too wide: then rows are broken into several.
 */
export function rowsOf({ nodes, lanes }: Diagram, links: readonly Link[], sizes: ReadonlyMap<string, Size>, kept: ReadonlyMap<string, number> = new Map()): ReadonlyMap<string, number> {
  const laneOf = new Map(nodes.map(({ id, layer }) => [id, layer]));
  const whole = lanes.flatMap(({ layer }) => {
    const own = nodes.flatMap((node) => (node.layer === layer ? node.id : []));
    return laneRows(own, links.filter(({ from, to }) => laneOf.get(from) === layer || laneOf.get(to) === layer), kept);
  });
  const down = new Map(nodes.map(({ id }) => [id, 0]));
  for (const { from, to } of links) {
    down.set(from, (down.get(from) ?? 0) + 1);
    down.set(to, (down.get(to) ?? 0) - 1);
  }
  let rows = whole;
  for (let most = Math.max(...whole.map((row) => widthOf(row, sizes))); most > LEAST_WIDTH && isTooWide(sizeOf(rows, links, sizes)); most *= STEP) {
    rows = whole.flatMap((row) => broken(row, Math.ceil(widthOf(row, sizes) / most), down));
  }
  return numbersOf(rows);
}

const numbersOf = (rows: readonly Row[]): ReadonlyMap<string, number> => new Map(rows.flatMap((row, number) => row.map((id) => [id, number] as const)));

const widthOf = (row: Row, sizes: ReadonlyMap<string, Size>): number => row.reduce((sum, id) => sum + (sizes.get(id)?.width ?? 0) + NODE_GAP, 0);

/** Size as it will be about, with room for the links that pass through a row. */
function sizeOf(rows: readonly Row[], links: readonly Link[], sizes: ReadonlyMap<string, Size>): Size {
  const numbers = numbersOf(rows);
  const passing = rows.map(() => new Set<string>());
  for (const { from, to, trunk } of links) {
    for (let row = (numbers.get(from) ?? 0) + 1; row < (numbers.get(to) ?? 0); row++) passing[row]?.add(trunk);
  }
  return {
    width: Math.max(...rows.map((row, number) => widthOf(row, sizes) + (passing[number]?.size ?? 0) * EDGE_GAP)),
    height: rows.reduce((sum, row) => sum + ROW_GAP + Math.max(...row.map((id) => sizes.get(id)?.height ?? 0)), 0),
  };
}

/**
 * A row as several: neighbours come to stand one above the other, so that what belongs together stays together. Among them
 * those with more links upwards stand higher.
 */
function broken(row: Row, parts: number, down: ReadonlyMap<string, number>): Row[] {
  const rows = Array.from({ length: parts }, (): string[] => []);
  for (let start = 0; start < row.length; start += parts) {
    const column = row.slice(start, start + parts).sort((a, b) => (down.get(a) ?? 0) - (down.get(b) ?? 0));
    column.forEach((id, index) => rows[index]?.push(id));
  }
  return rows;
}

/** The rows of a lane with links as short as they become when single nodes move with what is in their way. Links from or to another lane pull their end up or down. */
function laneRows(nodes: Row, links: readonly Link[], kept: ReadonlyMap<string, number>): Row[] {
  const first = Math.min(...nodes.map((id) => kept.get(id) ?? Infinity));
  const own = new Set(nodes);
  const [above, below] = [new Map<string, string[]>(nodes.map((id) => [id, []])), new Map<string, string[]>(nodes.map((id) => [id, []]))];
  const pull = new Map(nodes.map((id) => [id, 0]));
  for (const { from, to } of links) {
    pull.set(from, (pull.get(from) ?? 0) + 1);
    pull.set(to, (pull.get(to) ?? 0) - 1);
    if (!own.has(from) || !own.has(to)) continue;
    above.get(to)?.push(from);
    below.get(from)?.push(to);
  }
  const sequence = sorted(nodes, above, below);
  const numbers = new Map<string, number>();
  for (const id of sequence) numbers.set(id, Math.max(kept.has(id) ? (kept.get(id) ?? 0) - first : 0, ...(above.get(id) ?? []).map((other) => (numbers.get(other) ?? 0) + 1)));
  const last = Math.max(...numbers.values());
  const outside = (row: number): boolean => row < 0 || row > last;
  const forceOf = (group: ReadonlySet<string>): number => [...group].reduce((sum, id) => sum + (pull.get(id) ?? 0), 0);
  for (let moved = true; moved; ) {
    moved = false;
    for (const id of sequence) {
      for (const [step, next] of [[1, below], [-1, above]] as const) {
        const group = pushedBy(id, step, next, numbers);
        if (forceOf(group) * step <= 0 || [...group].some((member) => kept.has(member) || outside((numbers.get(member) ?? 0) + step))) continue;
        for (const member of group) numbers.set(member, (numbers.get(member) ?? 0) + step);
        moved = true;
      }
    }
  }
  const rows = Array.from({ length: last + 1 }, (): string[] => []);
  for (const id of nodes) rows[numbers.get(id) ?? 0]?.push(id);
  return rows.filter((row) => row.length > 0);
}

/** What must move when a node moves by a row: with it, what is in its way. */
function pushedBy(id: string, step: number, next: ReadonlyMap<string, readonly string[]>, numbers: ReadonlyMap<string, number>): ReadonlySet<string> {
  const group = new Set([id]);
  for (const member of group) {
    for (const other of next.get(member) ?? []) if (numbers.get(other) === (numbers.get(member) ?? 0) + step) group.add(other);
  }
  return group;
}

/** From above to below. */
function sorted(nodes: Row, above: ReadonlyMap<string, readonly string[]>, below: ReadonlyMap<string, readonly string[]>): string[] {
  const waits = new Map(nodes.map((id) => [id, above.get(id)?.length ?? 0]));
  const sequence = nodes.filter((id) => waits.get(id) === 0);
  for (const id of sequence) {
    for (const next of below.get(id) ?? []) {
      waits.set(next, (waits.get(next) ?? 0) - 1);
      if (waits.get(next) === 0) sequence.push(next);
    }
  }
  return sequence;
}
