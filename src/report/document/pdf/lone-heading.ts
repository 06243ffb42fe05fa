import { MARGINS } from './page.ts';

/** A page as pdfmake lays it out, as far as is read here. */
export interface LaidOutPage {
  readonly pageSize: { readonly height: number };
  readonly items: readonly { readonly type: string; readonly item: LaidOutItem }[];
}

interface LaidOutItem {
  readonly y?: number;
  readonly inlines?: { text: string }[];
  /** The paragraph that a line is the first of, where that has an id; `opens` where it begins a page wherever what is before it ends. */
  readonly _node?: { readonly id?: string; readonly headlineLevel?: number; readonly opens?: true; readonly positions: readonly unknown[] };
}

/**
 * The headings and captions that have nothing but headings below them on their page, and something above; none that is in `but`. Of
 * pages between two breaks that are sure only the first: once it begins a page, those after it lie elsewhere.
 */
export function loneHeadings(pages: readonly LaidOutPage[], but: ReadonlySet<string>): string[] {
  const found: string[] = [];
  let settled = false;
  for (const { items, pageSize } of pages.slice(0, -1)) {
    const body = items.flatMap(({ type, item }) => ((type === 'line' || type === 'svg') && item.y !== undefined && item.y >= MARGINS[1] && item.y < pageSize.height - MARGINS[3] ? [{ y: item.y, node: item._node }] : []));
    if (body[0]?.node?.opens) settled = false;
    const lone = settled ? undefined : loneOn(body, but);
    if (lone === undefined) continue;
    settled = true;
    found.push(lone);
  }
  return found;
}

function loneOn(body: readonly { readonly y: number; readonly node: LaidOutItem['_node'] }[], but: ReadonlySet<string>): string | undefined {
  const headings = body.flatMap(({ y, node }) => (node?.headlineLevel === undefined || node.id === undefined ? [] : [{ y, id: node.id, lines: node.positions.length }]));
  return headings.find(({ y, id }) => {
    const below = body.filter((item) => item.y >= y).length;
    const ofHeadings = headings.filter((heading) => heading.y >= y).reduce((sum, { lines }) => sum + lines, 0);
    return below <= ofHeadings && !but.has(id) && body.some((item) => item.y < y);
  })?.id;
}
