import { anchorOf } from './anchor.ts';
import type { Document, Inline, Section, StyledText } from './block.ts';
import { plainLine } from './plain-line.ts';

/** Every piece of a line in one form. */
export const styled = (inline: Inline): StyledText => (typeof inline === 'string' ? { text: inline } : inline);

/** The words of a line without their styles. */
export const wordsOf = (line: readonly Inline[]): string => line.map((inline) => styled(inline).text).join('');

/** The title of a section, which has one in every document. */
export const titleOf = ({ title }: Pick<Section, 'title'>): string => (plainLine(title).trim() === '' ? 'Untitled' : title);

/** Where a link goes: to a page of the web, to a place in the document, or nowhere. */
export type Target = { readonly to: 'web'; readonly url: string } | { readonly to: 'place'; readonly id: string };

/** The target of a link that is safe to follow and exists; what it names otherwise is not linked. */
export function targetOf({ href, text }: StyledText, places: ReadonlySet<string>): Target | undefined {
  // Nobody could follow a link without words.
  if (href === undefined || plainLine(text).trim() === '') return undefined;
  if (href.startsWith('#')) {
    const id = anchorOf(href.slice(1));
    return places.has(id) ? { to: 'place', id } : undefined;
  }
  try {
    const url = new URL(href);
    return url.protocol === 'https:' && url.username === '' && url.password === '' ? { to: 'web', url: url.href } : undefined;
  } catch {
    return undefined;
  }
}

/** Every place that a link can point to. */
export function placesOf({ sections }: Document): ReadonlySet<string> {
  return new Set(sections.flatMap(placesOfSection));
}

const placesOfSection = ({ id, blocks, sections = [] }: Section): string[] => [
  anchorOf(id),
  ...blocks.flatMap((block) => (block.kind === 'figure' ? [anchorOf(block.picture.id)] : [])),
  ...sections.flatMap(placesOfSection),
];
