const NAMED: Readonly<Record<string, string>> = { '"': 'quot', '&': 'amp', '<': 'lt', '>': 'gt' };

/** Two signs without width: the first counts as a letter, the second as a space. */
const [JOINER, GAP] = ['\u2060', '\ufeff'];

/**
 * A line as it stands in a quoted label. Letters, digits and spaces stay; of other ASCII only what means nothing to
 * Mermaid where it stands. All else is the code of its character.
 */
export const mermaidText = (line: string): string => {
  const characters = [...disarmed(printable(line))];
  return characters.map((character, at) => (isPlain(character, characters[at - 1], characters[at + 1]) ? character : `#${NAMED[character] ?? String(character.codePointAt(0))};`)).join('');
};

/**
 * Codes are turned back before Mermaid looks for line breaks (`\\n`), formulas (`$$`), icons (`fa:fa-`) and codes of its own;
 * versions of 2024 and before look for Markdown too. A sign without width in the middle makes these the text that they are.
 */
const disarmed = (line: string): string =>
  line
    .replaceAll(/(?<=\\)|(?<=\$)(?=\$)|(?<=ﬂ)(?=°)|(?<=¶)(?=ß)|(?<=fa[bklrs]?)(?=:fa-)|(?<=www|ftp|https?)(?=[.:])|(?=@)|(?<=`)(?=`)|(?<=\])(?=[(:])/giu, JOINER)
    .replaceAll(/(?<=[*~])|(?<=_)(?![\p{L}\p{N}])|(?<=(?<![\p{L}\p{N}])_)/gu, GAP)
    .replace(/^(?=[-+*#>|=~]|\d+[.)])/, JOINER);

function isPlain(character: string, before: string | undefined, after: string | undefined): boolean {
  if (/[A-Za-z0-9 ,]/.test(character)) return true;
  if (character > '\u007f') return character !== JOINER && character !== GAP;
  const between = (pattern: RegExp): boolean => before !== undefined && after !== undefined && pattern.test(before) && pattern.test(after);
  if (character === '.') return between(/\d/);
  return (character === '-' || character === '_' || character === '/') && between(/[A-Za-z0-9]/);
}

/** The title in the front matter, which is YAML. It is drawn as text, but cleaned as if it were HTML; a sign that could open a tag is drawn as its wide sister. */
export const mermaidTitle = (title: string): string =>
  JSON.stringify(printable(title).replaceAll('<', '＜')).replaceAll(/[!#$%&'*+;=>?@[\]^`{|}~]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);

/** Spaces for line breaks; a replacement character for what no document can hold. */
const printable = (text: string): string =>
  text.replaceAll(/[\t\n\r\u0085\u2028\u2029]+/g, ' ').replaceAll(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
