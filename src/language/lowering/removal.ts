import type { PropertyTable } from '../../model/vocabulary-table.ts';

/** In the block of a change, takes out what is stated: `remove cache`, `remove [cache, autoscale]`. */
export const REMOVE = 'remove';

const tables = new WeakMap<PropertyTable, PropertyTable>();

/** The properties of an element, and the word that takes them out: what the block of a change may state. */
export function changeTable(table: PropertyTable): PropertyTable {
  let extended = tables.get(table);
  if (!extended) tables.set(table, (extended = { ...table, [REMOVE]: { value: { type: 'keys', members: Object.keys(table) }, repeatable: true } }));
  return extended;
}
