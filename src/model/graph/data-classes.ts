import type { FlowProperties } from '../vocabulary/vocabulary.ts';

export type DataClass = FlowProperties['contains'][number];

/** Classes of data about people. */
export const PERSONAL: ReadonlySet<DataClass> = new Set(['pii', 'sensitive', 'health', 'financial', 'location', 'children', 'behavioural'] as const);

/** Classes that harm somebody if strangers read them: about people (what they click alone does not tell who they are), secrets, and matters of the company. */
export const PROTECTED: ReadonlySet<DataClass> = new Set(['pii', 'sensitive', 'health', 'financial', 'location', 'children', 'credentials', 'confidential'] as const);

export const among = (classes: Iterable<DataClass>, wanted: ReadonlySet<DataClass>): DataClass[] => [...classes].filter((name) => wanted.has(name));
