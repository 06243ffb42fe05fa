import { expect } from 'vitest';

/**
 * Nothing of the hostile text of a file is left as markup in a Markdown page: no element but those that we write, no link but to our own pages, no heading,
 * mention or reference. What stands in code is shown as it is, and not looked at.
 */
export function expectNoMarkup(markdown: string): void {
  const shown = markdown.replaceAll(/(?<![\\`])(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, 'CODE').replaceAll(/\\[\\`*_[\]#|~!$^:<>(){}.+-]/g, '');
  expect(shown.match(/<(?!\/?strong>|\/?em>|a id="[a-z0-9-]+"><\/a>|\/a>)[^>\s]*/g)).toBeNull();
  expect([...shown.matchAll(/\]\(([^)]*)\)/g)].map(([, to = '']) => to).filter((to) => !/^(#[a-z0-9-]+|https:\/\/github\.com\/mlarch\/mlarch\/.*)$/.test(to))).toEqual([]);
  expect(shown.match(/^#+ (?!<a id="|Contents$|Model card|Technical documentation)/gm)).toBeNull();
  expect(shown.match(/@(?!\u200B)/g)).toBeNull();
  expect(shown).not.toContain('\u202E');
}
