import type { ValueType } from '../../model/value-type.ts';
import { quoted } from '../../model/print-value.ts';

/**
 * What a person typed, as the language has it: text in quotes, several words in brackets, `y` as `yes`, `Real time` as
 * `real_time`. What is in the right form stays as it is; what makes no sense is left for the parser to refuse.
 */
export function answerText(type: ValueType, typed: string): string {
  const { value, evidence } = apart(typed.trim());
  return `${literalIn(type, value) ?? valueText(type, value)}${evidence}`;
}

const STRING = String.raw`"(?:[^"\\\r\n]|\\.)*"`;
const EVIDENCE = new RegExp(String.raw`^([\s\S]*?)(\s+evidence(?:\s+${STRING})+)$`);
const IS_STRING = new RegExp(`^${STRING}$`);
const ARE_STRINGS = new RegExp(String.raw`^${STRING}(?:\s*,?\s*${STRING})*$`);

function apart(typed: string): { value: string; evidence: string } {
  const match = EVIDENCE.exec(typed);
  return match ? { value: (match[1] ?? '').trim(), evidence: (match[2] ?? '').replaceAll(/\s+/g, ' ') } : { value: typed, evidence: '' };
}

/** `none`, `unknown`, `n/a because …` and `planned by …`, unless the property has such a word of its own. */
function literalIn(type: ValueType, value: string): string | undefined {
  const word = value.toLowerCase();
  if ((word === 'none' || word === 'unknown') && !('members' in type && type.members?.includes(word))) return word;
  const because = /^n\/a\s+because\s+([\s\S]+)$/i.exec(value)?.[1];
  if (because !== undefined) return `n/a because ${asString(because)}`;
  if (word === 'n/a' || /^planned\s+by\s+\S+$/i.test(value)) return word;
  return undefined;
}

function valueText(type: ValueType, value: string): string {
  switch (type.type) {
    case 'text':
    case 'time':
      return asString(value);
    case 'texts':
      return value.startsWith('[') ? value : ARE_STRINGS.test(value) ? inBrackets(value.match(new RegExp(STRING, 'g')) ?? []) : inBrackets(parts(value).map(asString));
    case 'names':
      return value.startsWith('[') || IS_STRING.test(value) ? value : inBrackets(parts(value).map((part) => (/^[A-Za-z_]\w*(?:[.-]\w+)*$/.test(part) ? part : asString(part))));
    case 'flag':
      return /^y(es)?$/i.test(value) ? 'yes' : /^no?$/i.test(value) ? 'no' : value;
    case 'choice':
      return memberLike(type.members, value);
    case 'choices':
      return listText(value, (word) => memberLike(type.members, word));
    case 'references':
      return listText(value, (word) => word);
    default:
      return value.replaceAll(/\s+/g, ' ');
  }
}

const asString = (text: string): string => (IS_STRING.test(text) ? text : quoted(text));
const parts = (text: string): string[] => text.split(',').map((part) => part.trim()).filter((part) => part !== '');
const inBrackets = (items: readonly string[]): string => `[${items.join(', ')}]`;

/** Words between commas, or between spaces where there are none. */
function listText(value: string, word: (text: string) => string): string {
  const inside = /^\[([^[\]]*)\]$/.exec(value)?.[1] ?? value;
  const words = inside.includes(',') ? parts(inside) : word(inside) === inside ? inside.split(/\s+/) : [inside];
  return inBrackets(words.map(word));
}

/** The word that is meant: small or large letters, spaces and hyphens do not matter. */
function memberLike(members: readonly string[], text: string): string {
  const plain = (word: string): string => word.toLowerCase().replaceAll(/[\s_-]+/g, '_');
  return members.find((member) => member === text) ?? members.find((member) => plain(member) === plain(text)) ?? text;
}
