/** The start of a word within a name: after a sign or a digit, or a capital after a small letter. */
function startsWord(name: string, at: number): boolean {
  if (at === 0) return true;
  const [before = '', letter = ''] = [name[at - 1], name[at]];
  return /[^A-Za-z]/.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(letter));
}

/**
 * How well a name answers a query whose letters it holds in their order, higher for better; undefined where it does not
 * hold them. Letters that follow each other or start a word count most, and of equals the shorter name is better.
 */
export function subsequenceScore(query: string, name: string): number | undefined {
  if (query === '') return 0;
  const wanted = query.toLowerCase();
  const letters = name.toLowerCase();
  if (letters === wanted) return 1000 + (name === query ? 1 : 0);
  if (!holds(letters, wanted)) return undefined;
  let previous = letters.split('').map((letter, at) => (letter === wanted[0] ? pointsAt(query, name, 0, at) : -Infinity));
  for (let index = 1; index < wanted.length; index += 1) {
    let reached = -Infinity;
    const row: number[] = [];
    for (let at = 0; at < letters.length; at += 1) {
      const consecutive = at > 0 ? (previous[at - 1] ?? -Infinity) + 6 : -Infinity;
      row.push(letters[at] === wanted[index] ? Math.max(reached, consecutive) + pointsAt(query, name, index, at) : -Infinity);
      reached = Math.max(reached, previous[at] ?? -Infinity);
    }
    previous = row;
  }
  return Math.max(...previous) - name.length / 100;
}

/** Quick, and enough to turn most names away. */
function holds(letters: string, wanted: string): boolean {
  let at = -1;
  for (const letter of wanted) {
    at = letters.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}

function pointsAt(query: string, name: string, index: number, at: number): number {
  return 1 + (query[index] === name[at] ? 1 : 0) + (startsWord(name, at) ? 4 : 0) + (at === index ? 2 : 0);
}
