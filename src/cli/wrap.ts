/**
 * Breaks text at spaces. `first` stands before the first line and `rest` before the others; `visible` is the width
 * of `first` where it holds colour codes.
 */
export function wrap(text: string, width: number, first: string, rest: string, visible = first.length): string {
  const lines: string[] = [];
  let line = '';
  const room = (): number => width - (lines.length === 0 ? visible : rest.length);
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > room()) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((content, index) => `${index === 0 ? first : rest}${content}`).join('\n');
}
