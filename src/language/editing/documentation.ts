import { vocabularyDocs } from '../../model/vocabulary-docs.generated.ts';
import type { KindDoc, PropertyDoc } from '../../model/vocabulary-docs.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';

/** Where properties are stated: a kind of component or catalogue entry, or a form (`system`, `flow`, `acceptance` …). */
export interface Owner {
  readonly section: 'kinds' | 'forms' | 'catalogue';
  readonly name: string;
}

export const ownerOfKind = (kind: string): Owner => ({ section: Object.hasOwn(vocabulary.kinds, kind) ? 'kinds' : 'catalogue', name: kind });

export function tableOf({ section, name }: Owner): PropertyTable {
  if (section === 'kinds') return vocabulary.kinds[name]?.properties ?? {};
  if (section === 'catalogue') return vocabulary.catalogue[name] ?? {};
  return vocabulary.forms[name as keyof typeof vocabulary.forms];
}

export function kindDoc(kind: string): KindDoc | undefined {
  return vocabularyDocs.kinds[kind] ?? vocabularyDocs.catalogue[kind];
}

export function propertyDoc({ section, name }: Owner, property: string): PropertyDoc | undefined {
  const places = section === 'forms' ? vocabularyDocs.forms[name] : vocabularyDocs[section][name]?.properties;
  const place = places?.[property];
  return place === undefined ? undefined : vocabularyDocs.documents[place];
}

/** What the four words mean that any property may take in place of a value. */
export const LITERALS: Readonly<Record<string, string>> = {
  none: 'There is none: an absence that is confirmed. What is left out is undeclared instead, and only asked for.',
  unknown: 'Nobody knows. The question stays open, and in production at high criticality that is a weakness of its own.',
  'n/a': 'It does not apply, for a reason: n/a because "…".',
  planned: 'It does not exist yet, but will by a day: planned by 2027-03-31.',
  by: 'The day by which it will exist.',
  because: 'The reason.',
  evidence: 'What backs the statement: paths of files in the repository, or addresses, in quotes.',
};

/** Words of the grammar. */
export const KEYWORDS: Readonly<Record<string, string>> = {
  system: 'The system that the file describes: its components, its flows, and what is true of the whole.',
  import: 'Takes declarations from another file: import { Name } from "file.mlarch", or import * from "file.mlarch".',
  from: 'The file that is imported from, relative to this one.',
  decision: 'A decision that was taken, with its options and its reason.',
  accept: 'Accepts the risk of a finding: accept ML09.1 on Scorer { because "…" by "…" until 2027-03-31 }.',
  on: 'The component or flow whose findings are accepted; without it, the whole system.',
  target: 'A target state: what is to be changed, added and removed, and why.',
  change: 'States properties of a component, a flow or the system anew, takes some out with remove, or makes the component another variant, in the target state.',
  add: 'Adds a component or a flow, in the target state.',
  remove: 'Removes a component or a flow, in the target state; within a change, what is stated of it.',
  for: 'What the component is for; in a rule, what the rule is about: a kind, component for any, flow or system.',
  rule: 'A rule of the team\'s own: what it is about (for), what has to hold (require) or must not (forbid), and what a finding says.',
  test: 'A small system, and what the rule says of it: finds, passes or asks.',
  require: 'What has to hold of each subject. Where nobody declared what it asks for, the review asks.',
  forbid: 'What must not hold of a subject.',
  set: 'What puts it right, offered as a quick fix: set backup scheduled.',
  where: 'Only those of which the condition holds.',
  except: 'Without those that are declared to be so.',
  and: 'Both have to hold.',
  or: 'One has to hold. It binds less than and.',
  not: 'The opposite; what is not known stays not known.',
  is: 'The property has this value, or one of a list.',
  has: 'The list holds this member; all of a list, or any of one after has any.',
  any: 'One of the members is enough.',
  declared: 'Something is said of the property, whatever it is.',
  some: 'There is such a component in the system.',
  reaches: 'Flows or references lead from the subject to such a component.',
  reached: 'Flows or references lead from such a component to the subject.',
  calls: 'The subject waits for the answer of such a component.',
  called: 'Such a component waits for the answer of the subject.',
  dominates: 'Every request of a consumer to such a component passes the subject.',
  dominated: 'Every request of a consumer to the subject passes such a component.',
  every: 'Every path from the subject to such a component, or from one to the subject, passes a gate.',
  passes: 'What has to stand on every path.',
  component: 'Any kind of component.',
};
