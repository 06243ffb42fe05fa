import type { AnswerForm, Part, Word } from '../analysis/intake/answer-form.ts';

/** What may always be answered. */
export const LITERAL_ANSWERS = 'Always allowed: none (there is none), unknown (nobody knows), n/a because … (it does not arise), planned by 2027-03-31; and evidence "path or address" after a value.';

/** What becomes of a value that is stated already. */
export const statedText = ({ type }: AnswerForm): string => (['record', 'choices', 'names', 'texts', 'references'].includes(type) ? 'it joins what is stated already' : 'it replaces what is stated already');

export const wordText = ({ word, meaning }: Word): string => (meaning === '' ? word : `${word}: ${lower(meaning)}`);

export function partText({ name, form, meaning, allowed, first }: Part): string {
  const words = allowed && allowed.length > 0 ? `: ${allowed.map(({ word }) => word).join(', ')}` : '';
  return `${name}${first ? ' (the name may be left out)' : ''}, ${form}${words}${meaning === '' ? '' : `; ${lower(meaning)}`}`;
}

/** Within a sentence; an abbreviation stays as it is. */
const lower = (text: string): string => (/^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text).replace(/\.$/, '');
