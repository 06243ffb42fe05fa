import { isOfTeam } from '../model/custom-rule.ts';

/** Where the pages of the checks are published. */
export const DOCS_BASE = 'https://github.com/mlarch/mlarch/blob/main/docs/checks/';

export const PROJECT_URL = 'https://github.com/mlarch/mlarch';

const CUSTOM_RULES = `${PROJECT_URL}/blob/main/docs/custom-rules.md`;

/** `ML09` → `…/ml09.md`, `ML09.3` → `…/ml09.md#ml093`, `REL-01` → `…/rel.md#rel-01`, `accept/expired` → `…/accept.md#acceptexpired`. */
export function docsUrl(id: string): string {
  // Rules that a team declared have no page of their own.
  if (isOfTeam(id)) return CUSTOM_RULES;
  const [page = '', rule] = id.toLowerCase().split(/[./]|(?=-)/);
  const anchor = rule === undefined ? '' : `#${page}${rule}`;
  return `${DOCS_BASE}${encodeURIComponent(page)}.md${anchor.replaceAll(/[^#a-z0-9_-]/g, '')}`;
}
