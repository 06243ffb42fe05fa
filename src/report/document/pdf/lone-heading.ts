import { MARGINS } from './page.ts';

/** A page as pdfmake lays it out, as far as is read here. */
export interface LaidOutPage {
  readonly pageSize: { readonly height: number };
  readonly items: readonly { readonly type: string; readonly item: LaidOutItem }[];
}

interface LaidOutItem {
  readonly y?: number;
  readonly inlines?: { text: string }[];
  /** The paragraph that a line is the first of, where that has an id. */
  readonly _node?: { readonly id?: string; readonly headlineLevel?: number; readonly positions: readonly unknown[] };
}

/** The first heading or caption that has nothing but headings below it on its page, and something above; none that is in `but`. */
export function loneHeading(pages: readonly LaidOutPage[], but: ReadonlySet<string>): string | undefined {
  for (const { items, pageSize } of pages.slice(0, -1)) {
    const body = items.flatMap(({ type, item }) => ((type === 'line' || type === 'svg') && item.y !== undefined && item.y >= MARGINS[1] && item.y < pageSize.height - MARGINS[3] ? [{ y: item.y, node: item._node }] : []));
    const headings = body.flatMap(({ y, node }) => (node?.headlineLevel === undefined || node.id === undefined ? [] : [{ y, id: node.id, lines: node.positions.length }]));
    for (const { y, id } of headings) {
      const below = body.filter((item) => item.y >= y).length;
      const ofHeadings = headings.filter((heading) => heading.y >= y).reduce((sum, { lines }) => sum + lines, 0);
      if (below <= ofHeadings && !but.has(id) && body.some((item) => item.y < y)) return id;
    }
  }
  return undefined;
}
