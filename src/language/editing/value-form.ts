import { dimensions } from '../../model/units.ts';
import type { ValueType } from '../../model/value-type.ts';

/** How a value is written, in a few words: `duration`, `yes or no`, `names of a model or agent`. */
export function valueForm(type: ValueType): string {
  switch (type.type) {
    case 'quantity':
      return dimensions[type.dimension].title;
    case 'quantities':
      return `list of ${dimensions[type.dimension].title}s`;
    case 'flag':
      return 'yes or no';
    case 'choice':
      return `one of ${few(type.members)}`;
    case 'choices':
      return `list of ${few(type.members)}`;
    case 'keys':
      return `properties, such as ${few(type.members)}`;
    case 'text':
      return 'text in quotes';
    case 'texts':
      return 'texts in quotes';
    case 'names':
      return 'words of your own';
    case 'date':
      return 'date, such as 2027-03-31';
    case 'time':
      return 'time of day, such as "02:30"';
    case 'reference':
      return `name of a ${alternatives(type.kinds)}${type.members ? `, or ${few(type.members)}` : ''}`;
    case 'references':
      return `names of a ${alternatives(type.kinds)}`;
    case 'catalogue':
      return `${type.section} of the catalogue`;
    case 'record':
      return few(Object.keys(type.fields));
  }
}

const alternatives = (kinds: readonly string[]): string => (kinds.length === 0 ? 'component' : kinds.join(' or '));

const few = (words: readonly string[]): string => (words.length <= 6 ? words.join(', ') : `${words.slice(0, 6).join(', ')} …`);
