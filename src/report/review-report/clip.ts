/** A text that is no longer than so many characters; what was cut off is an ellipsis, at the end of a word where there is one. */
export function clip(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  const letters = [...line];
  if (letters.length <= most) return line;
  const cut = letters.slice(0, most - 1).join('');
  const word = cut.replace(/[\s,;:.(]+\S*$/, '');
  return `${word.length >= cut.length / 2 ? word : cut}…`;
}

/** Names in a line: as many as are asked for, and how many more there are. */
export function clipNames(names: readonly string[], most: number, letters: number): string {
  const shown = names.slice(0, most).map((name) => clip(name, letters));
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}
