/** A word, a number, a string or a sign of a text, as far as completion needs to tell them apart. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly type: 'word' | 'number' | 'string' | 'comment' | 'sign';
  /** The first one on its line. */
  readonly first: boolean;
}

const TOKEN = /(?<comment>\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<string>"(?:[^"\\\r\n]|\\.)*"?)|(?<number>\d[\w.%-]*)|(?<word>n\/a(?!\w)|[A-Za-z_]\w*(?:[.-]\w+)*)|(?<sign>->|[<>]=|[^\s])|(?<line>\n)/g;

/** Every token from one offset up to another, also of a text that is not finished. It does not know the grammar. */
export function scan(text: string, from = 0, to = text.length): Token[] {
  const tokens: Token[] = [];
  let first = true;
  const token = new RegExp(TOKEN);
  token.lastIndex = from;
  for (let match = token.exec(text); match && match.index < to; match = token.exec(text)) {
    const { comment, string, number, word, line } = match.groups ?? {};
    if (line !== undefined) {
      first = true;
      continue;
    }
    const type = comment !== undefined ? 'comment' : string !== undefined ? 'string' : number !== undefined ? 'number' : word !== undefined ? 'word' : 'sign';
    tokens.push({ text: match[0], start: match.index, end: match.index + match[0].length, type, first });
    if (type !== 'comment') first = false;
  }
  return tokens;
}

export const isClosed = ({ text }: Token): boolean => text.length > 1 && text.endsWith('"') && !/[^\\](?:\\\\)*\\"$/.test(text);

/** A number and the unit that is written to it without a space, `4req`; a multiplier belongs to the number, `4k`. */
export function splitNumber(token: Token): { readonly value: Token; readonly unit?: Token } {
  const length = /^[\d_.]+(?:[eE][+-]?\d+)?(?:[kKMBT](?![A-Za-z]))?/.exec(token.text)?.[0].length ?? 0;
  if (!/^[A-Za-z%]/.test(token.text.slice(length))) return { value: token };
  const middle = token.start + length;
  return { value: { ...token, text: token.text.slice(0, length), end: middle }, unit: { ...token, text: token.text.slice(length), start: middle, type: 'word', first: false } };
}
