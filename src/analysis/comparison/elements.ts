import type { Architecture, Catalogue, CatalogueEntry, Change, Component, DraftValue, Element, Flow, Stated, Target } from '../../model/architecture.ts';
import { printPerHour, printStated, printValue } from '../../model/print-value.ts';
import type { Quantity } from '../../model/quantity.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';

export const ELEMENT_SORTS = ['system', 'component', 'flow', 'absence', 'decision', 'acceptance', 'target', 'catalogue'] as const;
export type ElementSort = (typeof ELEMENT_SORTS)[number];

/** A declaration as it is compared: what it is called, and what it says, in the words of the language. */
export interface Declared {
  readonly sort: ElementSort;
  /** What it is recognised by: `Scorer`, `App->Scorer`, the title of a decision. */
  readonly name: string;
  /** The kind of a component, the section of an entry of the catalogue. */
  readonly kind?: string;
  /** Property to its text as it stands after the key. Kind, variant, subject and doc comment count as properties. */
  readonly says: ReadonlyMap<string, string>;
}

/** Every declaration of an architecture, in the order in which a reader wants them. */
export function declarationsOf(architecture: Architecture): Declared[] {
  const { system, components, flows, absences, decisions, acceptances, targets } = architecture;
  return [
    // Its name is what two versions are told apart by, not a property.
    { sort: 'system', name: '', says: new Map([...doc(system), ...statements(vocabulary.forms.system, system.properties)]) },
    ...[...components.values()].map(componentOf),
    ...flows.map(flowOf),
    ...[...absences].map(([kind, { state }]): Declared => ({ sort: 'absence', name: kind, says: new Map([['state', state]]) })),
    ...decisions.map(({ title, properties, ...decision }): Declared => ({ sort: 'decision', name: title, says: new Map([...doc(decision), ...statements(vocabulary.forms.decision, properties)]) })),
    ...acceptances.map(({ rule, subject, properties }): Declared => ({ sort: 'acceptance', name: subject === undefined || subject === system.name ? rule : `${rule} on ${subject}`, says: statements(vocabulary.forms.acceptance, properties) })),
    ...targets.map((target) => targetOf(architecture, target)),
  ];
}

export function componentOf(component: Component): Declared {
  const { name, kind, variant, subject, properties } = component;
  const head: [string, string][] = [['kind', kind], ...(variant === undefined ? [] : [['variant', variant] as [string, string]]), ...(subject === undefined ? [] : [['for', subject] as [string, string]])];
  return { sort: 'component', name, kind, says: new Map([...head, ...doc(component), ...statements(vocabulary.kinds[kind]?.properties ?? {}, properties)]) };
}

export const flowOf = (flow: Flow): Declared => ({ sort: 'flow', name: `${flow.from}->${flow.to}`, says: new Map([...doc(flow), ...statements(vocabulary.forms.flow, flow.properties)]) });

/**
 * Entries of the catalogue that are not the same object in both; those of the bundled catalogue are, unless an author
 * overrides one.
 */
export function catalogueOf(own: Catalogue, other: Catalogue): Declared[] {
  if (own === other) return [];
  return (Object.keys(own) as (keyof Catalogue)[]).flatMap((section) => {
    const [mine, theirs] = [own[section], other[section]] as readonly ReadonlyMap<string, CatalogueEntry>[];
    return [...(mine?.keys() ?? [])].flatMap((name): Declared[] => {
      const entry = mine?.get(name);
      if (!entry || entry === theirs?.get(name)) return [];
      const table = vocabulary.catalogue[section] ?? {};
      const says = Object.entries(entry.properties).map(([key, value]): [string, string] => {
        const type = table[key]?.value;
        // Machines are priced by the hour, and nobody knows them by the month.
        const isHourly = section === 'instance' && type?.type === 'quantity' && type.dimension === 'spend';
        return [key, isHourly ? printPerHour(value as Quantity) : printStated(type, { state: 'present', value, span: entry.span })];
      });
      return [{ sort: 'catalogue', name, kind: section, says: new Map([...doc(entry), ...says]) }];
    });
  });
}

const doc = ({ doc: text }: Pick<Element, 'doc'> | { readonly doc?: string }): [string, string][] => (text === undefined ? [] : [['doc comment', JSON.stringify(text)]]);

const statements = (table: PropertyTable, properties: object): ReadonlyMap<string, string> => new Map(Object.entries(properties as Record<string, Stated>).map(([key, stated]) => [key, printStated(table[key]?.value, stated)]));

function targetOf(architecture: Architecture, { name, because, by, changes, ...target }: Target): Declared {
  const texts: [string, string | undefined][] = [['because', because && JSON.stringify(because)], ['by', by]];
  return { sort: 'target', name, says: new Map([...doc(target), ...texts.flatMap(([key, text]): [string, string][] => (text === undefined ? [] : [[key, text]])), ...changes.map((change) => changeText(architecture, change))]) };
}

/** A change of a target state as a property of it: what it does to what, and the rest of it. */
function changeText({ system, components }: Architecture, change: Change): [string, string] {
  const table = (subject: string): PropertyTable => {
    const kind = components.get(subject)?.kind;
    return subject === system.name ? vocabulary.forms.system : ((kind && vocabulary.kinds[kind]?.properties) ?? {});
  };
  switch (change.op) {
    case 'add-component': {
      const { kind, name, variant, subject, properties } = change.component;
      return [`add ${kind} ${name}`, [variant && `: ${variant}`, subject && `for ${subject}`, drafts(vocabulary.kinds[kind]?.properties ?? {}, properties)].filter((part) => part !== undefined && part !== '').join(' ')];
    }
    case 'add-flow':
      return [`add ${change.flow.from} -> ${change.flow.to}`, drafts(vocabulary.forms.flow, change.flow.properties ?? {})];
    case 'remove-component':
      return [`remove ${change.name}`, ''];
    case 'remove-flow':
      return [`remove ${change.from} -> ${change.to}`, ''];
    case 'set':
      return [`${change.subject} ${change.property}`, draft(table(change.subject), change.property, change.value)];
    case 'set-flow':
      return [`${change.from} -> ${change.to} ${change.property}`, draft(vocabulary.forms.flow, change.property, change.value)];
    case 'unset':
      return [`${change.subject} without ${change.property}`, ''];
    case 'set-variant':
      return [`${change.subject} variant`, change.variant];
  }
}

const drafts = (table: PropertyTable, properties: Readonly<Record<string, DraftValue>>): string => Object.entries(properties).map(([key, held]) => `${key} ${draft(table, key, held)}`).join(' ');

const draft = (table: PropertyTable, property: string, held: DraftValue): string => {
  const type = table[property]?.value;
  return type ? printValue(type, held) : JSON.stringify(held);
};
