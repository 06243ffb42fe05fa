import type { Architecture, CatalogueEntry, ComponentDraft, Stated } from '../../model/architecture.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import type { ValueType } from '../../model/value-type.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';

/** Kinds, variants and choices: whoever uses one as a name tells nothing by it, and prose is full of them. */
const WORDS: ReadonlySet<string> = new Set([
  ...Object.entries(vocabulary.kinds).flatMap(([kind, { variants, properties }]) => [kind, ...variants, ...Object.values(properties).flatMap(({ value }) => membersOf(value))]),
  ...Object.values(vocabulary.forms).flatMap((table) => Object.values(table).flatMap(({ value }) => membersOf(value))),
]);

function membersOf(type: ValueType): readonly string[] {
  if (type.type === 'choice' || type.type === 'choices') return type.members;
  return type.type === 'record' ? Object.values(type.fields).flatMap(({ value }) => membersOf(value)) : [];
}

/** For each component what it is called instead: its kind and a number, in the order of the file. */
export function aliasesOf(architectures: readonly Architecture[], added: readonly Pick<ComponentDraft, 'name' | 'kind'>[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>();
  const aliases = new Map<string, string>();
  for (const { name, kind } of [...architectures.flatMap(({ components }) => [...components.values()]), ...added]) {
    if (aliases.has(name) || WORDS.has(name)) continue;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    aliases.set(name, `${kind} ${count}`);
  }
  return aliases;
}

/** Every text that an author wrote freely, with what stands for it. */
export function textsOf(architecture: Architecture): ReadonlyMap<string, string> {
  const { system, components, flows, decisions, acceptances, targets, catalogue, rules } = architecture;
  const found = new Map<string, string>();
  const add = (text: unknown): void => {
    if (typeof text === 'string' && text !== '' && !WORDS.has(text)) found.set(text, 'withheld');
  };
  const statements = (properties: object, table: PropertyTable | undefined): void => {
    for (const [name, stated] of Object.entries(properties) as [string, Stated | undefined][]) {
      // `2.3` says nothing by itself, and stands on the pictures.
      if (stated?.state === 'present' && name === 'version' && /^v?\d[\d.]*$/.test(String(stated.value))) continue;
      if (stated?.state === 'not-applicable') add(stated.because);
      if (stated?.state === 'planned') add(stated.by);
      if (stated?.state !== 'present' && stated?.state !== 'none') continue;
      for (const { target } of stated.evidence ?? []) add(target);
      if (stated.state === 'present') values(stated.value, table?.[name]?.value, add);
    }
  };
  for (const element of [system, ...components.values(), ...flows]) {
    add(element.doc);
    statements(element.properties, element.kind === 'system' ? vocabulary.forms.system : element.kind === 'flow' ? vocabulary.forms.flow : vocabulary.kinds[element.kind]?.properties);
  }
  for (const { title, doc, properties } of decisions) {
    [title, doc].forEach(add);
    statements(properties, vocabulary.forms.decision);
  }
  for (const { properties } of acceptances) statements(properties, vocabulary.forms.acceptance);
  for (const { name, doc, because, by, changes } of targets) {
    [name, doc, because, by].forEach(add);
    // What a target adds has names of its own; which of its values are words of the vocabulary is not looked up.
    deepTexts(changes, add);
  }
  for (const { id, title, why, group, message, remedy, sources } of rules) {
    [why, group, message, remedy, ...sources].forEach(add);
    found.set(title, id);
  }
  for (const entries of Object.values(catalogue)) for (const entry of entries.values()) if (!isBundled(entry)) [entry.name, entry.doc, ...Object.values(entry.properties as object)].forEach(add);
  return found;
}

/** Whether an entry of the catalogue comes with the program and so tells nothing of a file. */
export const isBundled = ({ span }: CatalogueEntry): boolean => span.file.startsWith('library/');

/** Names of products as the bundled catalogue has them: `Delta Lake` stays, whatever a component is called. */
export const titlesOf = ({ catalogue }: Architecture): ReadonlyMap<string, string> => new Map(Object.values(catalogue).flatMap((entries: ReadonlyMap<string, CatalogueEntry>) => [...entries.values()].flatMap((entry) => {
  const title = (entry.properties as { readonly title?: string }).title;
  return isBundled(entry) && title !== undefined && title.includes(' ') ? [[title, title] as const] : [];
})));

const FREE: ReadonlySet<ValueType['type']> = new Set(['text', 'texts', 'names']);

function values(value: unknown, type: ValueType | undefined, add: (text: unknown) => void): void {
  if (!type || FREE.has(type.type)) (Array.isArray(value) ? value : [value]).forEach(add);
  else if (type.type === 'record' && typeof value === 'object' && value !== null) for (const [field, item] of Object.entries(value)) values(item, type.fields[field]?.value, add);
}

/** Texts with a space, a dot or a slash in them: no word of the vocabulary has one. */
function deepTexts(value: unknown, add: (text: unknown) => void): void {
  if (typeof value === 'string') {
    if (/[\s./@:]/.test(value)) add(value);
  } else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) deepTexts(item, add);
}
