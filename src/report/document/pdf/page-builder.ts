import LayoutBuilderModule, { type PageNode } from 'pdfmake/js/LayoutBuilder.js';
import type { PdfDocument } from 'pdfmake/js/PDFDocument.js';
import { defaultOf } from './default-of.ts';
import { WordInlines } from './words.ts';

/**
 * Lays pages out so that no heading or caption is left alone at the foot of one. pdfmake would look for such ones when all is
 * laid out, and begin anew for each; here what was just laid out is taken back and put on the next page.
 */
export class PageBuilder extends defaultOf(LayoutBuilderModule) {
  #content: unknown;
  #mayReturn = false;

  override tryLayoutDocument(content: object[], pdf: PdfDocument, ...rest: unknown[]): object {
    this.#content = content;
    this.docMeasure.textInlines = new WordInlines(pdf);
    return super.tryLayoutDocument(content, pdf, ...rest);
  }

  override processVerticalContainer(node: PageNode): void {
    if (!node.stack || node.stack !== this.#content) return super.processVerticalContainer(node);
    for (let start = 0; start < node.stack.length; ) {
      const group = groupAt(node.stack, start);
      this.#processTogether(group);
      start += group.length;
    }
  }

  /** Making lines uses words up; what may be taken back keeps them for another time. */
  override processLeaf(node: PageNode): void {
    if (!this.#mayReturn || !node._inlines) return super.processLeaf(node);
    const kept = node._inlines;
    node._inlines = kept.map((inline) => ({ ...inline }));
    super.processLeaf(node);
    node._inlines = kept;
  }

  #processTogether(group: readonly PageNode[]): void {
    const [first] = group;
    if (first?.pageBreak !== undefined) this.#dropEmptyPage();
    const headings = group.slice(0, -1);
    const { page, items } = this.#here();
    const above = seenOf(items);
    // Whatever a page begins with is not left behind on it.
    this.#mayReturn = headings.length > 0 && above > 0 && first?.pageBreak === undefined;
    const takeBack = this.#mark();
    for (const node of group) this.processNode(node);
    if (!this.#mayReturn || !first || pageOf(first) !== page) return;
    const ofHeadings = headings.flatMap(({ positions = [] }) => positions).filter(({ pageNumber }) => pageNumber - 1 === page).length;
    if (seenOf(items) - above > ofHeadings) return;
    takeBack();
    first.pageBreak = 'before';
    for (const node of group) this.processNode(node);
  }

  #here(): { readonly page: number; readonly items: readonly Item[] } {
    const { page, pages } = this.writer.context();
    return { page, items: pages[page]?.items ?? [] };
  }

  /** The end of a table that fills its page has gone on to a page on which nothing is to be seen. */
  #dropEmptyPage(): void {
    const context = this.writer.context();
    const { page, pages } = context;
    if (page === 0 || page !== pages.length - 1 || seenOf(pages[page]?.items ?? []) > 0) return;
    pages.length = page;
    context.backgroundLength.length = page;
    context.page = page - 1;
  }

  /** What makes everything as it is now: between two blocks that is a place on a page, and nothing after it. */
  #mark(): () => void {
    const context = this.writer.context();
    const { x, y, page, pages, availableWidth, availableHeight, lastColumnWidth, marginXTopParent } = context;
    const [nodes, sheets, items] = [this.linearNodeList.length, pages.length, pages[page]?.items.length ?? 0];
    return () => {
      for (const node of this.linearNodeList.splice(nodes)) node.resetXY();
      pages.length = sheets;
      context.backgroundLength.length = sheets;
      pages[page]?.items.splice(items);
      Object.assign(context, { x, y, page, availableWidth, availableHeight, lastColumnWidth, marginXTopParent });
    };
  }
}

interface Item {
  readonly type: string;
}

/** Lines of a table and its shades stay behind where its rows do not. */
const seenOf = (items: readonly Item[]): number => items.filter(({ type }) => type === 'line' || type === 'svg').length;

/** Counted from 0; where the first line is. */
const pageOf = ({ positions = [] }: PageNode): number => (positions[0]?.pageNumber ?? 0) - 1;

/** Headings and captions with what they stand above; any other node by itself. What begins a page stands below nothing. */
function groupAt(nodes: readonly PageNode[], start: number): readonly PageNode[] {
  let end = start;
  while (nodes[end]?.headlineLevel !== undefined && (end === start || nodes[end]?.pageBreak === undefined)) end++;
  const isOpen = end > start && (end === nodes.length || nodes[end]?.pageBreak !== undefined);
  return isOpen ? nodes.slice(start, start + 1) : nodes.slice(start, end + 1);
}
