import { dimensions, UNITLESS } from '../../model/units.ts';
import type { ValueType } from '../../model/value-type.ts';
import type { PropertyDoc } from '../../model/vocabulary-docs.ts';

/** What an answer looks like, for a person who has never seen the language. */
export interface AnswerForm {
  readonly type: ValueType['type'];
  /** `a duration with its unit`, `yes or no`. */
  readonly form: string;
  /** Units that a number may have; a few of many. */
  readonly units?: readonly string[];
  /** Words that are allowed, with what each means; empty where there is nothing to say. */
  readonly allowed?: readonly Word[];
  /** Parts of an answer that has several, each after its name. */
  readonly parts?: readonly Part[];
  /** Names that there are to choose from. */
  readonly names?: readonly string[];
  readonly examples: readonly string[];
}

export interface Word {
  readonly word: string;
  readonly meaning: string;
}

export interface Part {
  readonly name: string;
  readonly form: string;
  readonly meaning: string;
  readonly allowed?: readonly Word[];
  /** Its name may be left out. */
  readonly first?: boolean;
}

/** Minutes that it takes to find out and to write down, by what is asked for. A component or flow that is missing takes longest. */
export const MINUTES: Readonly<Record<ValueType['type'] | 'open', number>> = {
  flag: 1,
  choice: 1,
  date: 1,
  time: 1,
  reference: 1,
  catalogue: 1,
  keys: 1,
  choices: 2,
  quantity: 2,
  quantities: 3,
  text: 3,
  texts: 3,
  names: 3,
  references: 3,
  record: 3,
  open: 5,
};

/** Units that people write, a few of each dimension. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  duration: ['ms', 's', 'min', 'h', 'days', 'months', 'years'],
  rate: ['req/s', 'req/min', 'req/day'],
  size: ['KB', 'MB', 'GB', 'TB'],
  bandwidth: ['MB/s', 'GB/s'],
  ratio: ['%'],
  growth: ['%/month', '%/year'],
  money: ['USD', 'EUR'],
  spend: ['USD/month', 'EUR/month'],
  unit_price: ['USD/req', 'USD/kreq'],
  token_price: ['USD/Mtok'],
  tokens: ['tokens'],
  token_rate: ['tokens/min', 'tokens/s'],
  parameters: ['M params', 'B params'],
  compute: ['TFLOPS', 'PFLOPS'],
};

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  duration: ['45 min', '20..40 ms'],
  rate: ['400 req/s', '14M req/day'],
  ratio: ['95 %'],
  count: ['3', '2..8'],
  spend: ['4_000 USD/month'],
  size: ['120 MB'],
};

/** The form of the answers to a property, with examples from its documentation. `named` gives the components of some kinds, all for none. */
export function answerForm(property: string, type: ValueType, doc: PropertyDoc | undefined, named: (kinds: readonly string[]) => readonly string[]): AnswerForm {
  const example = doc?.example?.startsWith(`${property} `) ? doc.example.slice(property.length + 1).replace(/ evidence .*$/, '') : undefined;
  const names = type.type === 'reference' || type.type === 'references' ? named(type.kinds) : undefined;
  // A name of this file says more than that of another.
  const examples = names && names.length > 0 ? names.slice(0, 1) : example === undefined ? examplesOf(type) : [example];
  const words = 'members' in type && type.members ? wordsOf(type.members, doc?.members) : undefined;
  return {
    type: type.type,
    form: formOf(type),
    ...(type.type === 'quantity' || type.type === 'quantities' ? unitsOf(type.dimension) : {}),
    ...(words ? { allowed: words } : {}),
    ...(type.type === 'record' ? { parts: partsOf(type, doc) } : {}),
    ...(names ? { names } : {}),
    examples,
  };
}

const wordsOf = (words: readonly string[], meanings: Readonly<Record<string, string>> | undefined): Word[] => words.map((word) => ({ word, meaning: meanings?.[word] ?? '' }));

const unitsOf = (dimension: string): { readonly units?: readonly string[] } => (UNITS[dimension] ? { units: UNITS[dimension] } : {});

function partsOf(type: Extract<ValueType, { type: 'record' }>, doc: PropertyDoc | undefined): Part[] {
  return Object.entries(type.fields).map(([name, { value }]) => {
    const own = doc?.fields?.[name];
    return {
      name,
      form: formOf(value),
      meaning: own?.doc ?? '',
      ...('members' in value && value.members ? { allowed: wordsOf(value.members, own?.members) } : {}),
      ...(name === type.positional ? { first: true } : {}),
    };
  });
}

function examplesOf(type: ValueType): readonly string[] {
  switch (type.type) {
    case 'flag':
      return ['yes', 'no'];
    case 'choice':
      return type.members.slice(0, 1);
    case 'choices':
      return [`[${type.members.slice(0, 2).join(', ')}]`];
    case 'quantity':
      return EXAMPLES[type.dimension] ?? [];
    case 'date':
      return ['2026-09-14'];
    case 'time':
      return ['"02:30"'];
    default:
      return [];
  }
}

function formOf(type: ValueType): string {
  switch (type.type) {
    case 'flag':
      return 'yes or no';
    case 'choice':
      return 'one of these words';
    case 'choices':
      return 'one or more of these words, in brackets';
    case 'quantity':
      return UNITLESS.has(type.dimension) ? 'a number or a range' : `a ${dimensions[type.dimension].title} with its unit, or a range`;
    case 'quantities':
      return `${dimensions[type.dimension].title}s with their unit, in brackets`;
    case 'text':
      return 'a few words';
    case 'texts':
      return 'a few words, or several in brackets';
    case 'names':
    case 'keys':
      return 'one or more words, in brackets';
    case 'date':
      return 'a day';
    case 'time':
      return 'a time of day';
    case 'reference':
      return `the name ${kindsIn(type.kinds).replace('components', 'a component')}${type.members ? ', or one of these words' : ''}`;
    case 'references':
      return `the names ${kindsIn(type.kinds)}, in brackets`;
    case 'catalogue':
      return 'a name of the catalogue';
    case 'record':
      return 'one or more of these, each after its name';
  }
}

const kindsIn = (kinds: readonly string[]): string => (kinds.length === 0 ? 'of components' : `of components (${kinds.join(' or ')})`);
