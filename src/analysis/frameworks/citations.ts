import { frameworks } from './all.ts';
import type { Framework, Item } from './framework.ts';

export interface Citation {
  readonly framework: Framework;
  /** The items that are meant: one, a run of them (`Monitor 1-7`), or all practices of a question (`GENOPS01`). */
  readonly items: readonly Item[];
  /** What follows the item, such as a paragraph: `(4)`. */
  readonly detail: string;
}

/**
 * What a source such as `OWASP LLM (2025) LLM01` or `EU AI Act Article 14(4)` cites; undefined where it is no framework
 * (a paper, an incident). A source of a framework that names an unknown item has no items.
 */
export function citationOf(source: string): Citation | undefined {
  const framework = frameworks.find(({ cite }) => source === cite || source.startsWith(`${cite} `));
  if (!framework) return undefined;
  const rest = source.slice(framework.cite.length).replace(/^ \([^)]*\)/, '').trim();
  const [, base = '', detail = ''] = /^([^(]*?)\s*((?:\(\w+\))*)$/.exec(rest) ?? [];
  return { framework, items: itemsOf(framework, base), detail };
}

function itemsOf({ items }: Framework, named: string): readonly Item[] {
  const run = /^(.*?)(\d+)-(\d+)$/.exec(named);
  const exact = items.filter(({ id }) => id === named);
  if (exact.length > 0) return exact;
  if (run) {
    const [, prefix = '', from, to] = run;
    const within = items.filter(({ id }) => id.startsWith(prefix) && Number(id.slice(prefix.length)) >= Number(from) && Number(id.slice(prefix.length)) <= Number(to));
    if (within.length > 0) return within;
  }
  // A question stands for its practices, and a practice for its question, whichever of them is listed.
  return items.filter(({ id }) => id.startsWith(`${named}-`) || named.startsWith(`${id}-`));
}

/** A source with the edition of its framework and the title of its item, as readers should see it. */
export function editioned(source: string): string {
  const citation = citationOf(source);
  if (!citation) return source;
  const { framework, items, detail } = citation;
  const rest = source.slice(framework.cite.length).replace(/^ \([^)]*\)/, '').trim();
  const [item] = items;
  const title = items.length === 1 && item?.title !== undefined && item.id === rest.slice(0, rest.length - detail.length) ? `, ${item.title}` : '';
  return `${framework.cite} (${framework.edition}) ${rest}${title}`.trim();
}
