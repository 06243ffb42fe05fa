/**
 * A stable id from any text: lower-case letters, digits and single dashes, never empty, starting with a letter. What is
 * an id already stays as it is. Texts that differ in what was left out get different ids.
 */
export function anchorOf(text: string): string {
  if (/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(text) && text.length <= LONGEST) return text;
  const plain = text.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '').replaceAll(/[^a-z0-9]+/g, '-').slice(0, LONGEST - 9).replaceAll(/^-+|-+$/g, '');
  return `${/^[a-z]/.test(plain) ? '' : 's-'}${plain}${plain === '' || plain.endsWith('-') ? '' : '-'}${hash(text)}`;
}

const LONGEST = 80;

/** FNV-1a over UTF-16, as eight digits. */
function hash(text: string): string {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}
