import { codeCell, codeSpan, escapeMarkdown } from '../escape-markdown.ts';
import { anchorOf } from './anchor.ts';
import { barShare, barWords } from './bar-share.ts';
import type { Bars, Block, Code, Document, Figure, Inline, List, Picture, Section, StyledText, Table } from './block.ts';
import { placesOf, styled, targetOf, titleOf } from './inline.ts';
import { plainLine, plainLines } from './plain-line.ts';

/** Where a picture lies that Markdown cannot draw itself: a path from the document, or a URL. */
export type PictureLink = (picture: Picture) => string;

type Places = ReadonlySet<string>;

/**
 * A document as Markdown for GitHub. Pictures that have it are Mermaid; the others are links to files, which the caller
 * writes.
 */
export function markdownOf(document: Document, linkOf: PictureLink): string {
  const { subtitle, date, sections, footer } = document;
  const places = placesOf(document);
  const blocks = [
    `# ${escapeMarkdown(plainLine(titleOf(document)))}`,
    ...(subtitle === undefined ? [] : [escapeMarkdown(plainLine(subtitle))]),
    escapeMarkdown(date),
    ...(sections.length > 1 ? [`## Contents`, contents(sections, 0)] : []),
    ...sections.flatMap((section) => sectionBlocks(section, 2, places, linkOf)),
    ...(footer === undefined ? [] : ['---', escapeMarkdown(plainLine(footer))]),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

const contents = (sections: readonly Section[], depth: number): string => sections.flatMap(({ id, title, sections: inner = [] }) => [`${'  '.repeat(depth)}- [${escapeMarkdown(titleOf({ title }))}](#${anchorOf(id)})`, ...(inner.length > 0 && depth < 2 ? [contents(inner, depth + 1)] : [])]).join('\n');

const placed = (id: string): string => `<a id="${anchorOf(id)}"></a>`;

function sectionBlocks({ id, title, blocks, sections = [] }: Section, depth: number, places: Places, linkOf: PictureLink): string[] {
  return [`${'#'.repeat(Math.min(depth, 6))} ${placed(id)}${escapeMarkdown(titleOf({ title }))}`, ...blocks.map((block) => blockText(block, places, linkOf)), ...sections.flatMap((section) => sectionBlocks(section, depth + 1, places, linkOf))];
}

function blockText(block: Block, places: Places, linkOf: PictureLink): string {
  switch (block.kind) {
    case 'paragraph':
      return lineText(block.text, places);
    case 'list':
      return listText(block, places, '');
    case 'table':
      return tableText(block, places);
    case 'figure':
      return figureText(block, linkOf);
    case 'code':
      return codeText(block);
    case 'note':
      return `> **${block.tone === 'warning' ? 'Warning' : 'Note'}:** ${lineText(block.text, places)}`;
    case 'facts':
      return block.facts.map(({ term, definition }) => `- **${escapeMarkdown(term)}:** ${lineText(definition, places)}`).join('\n');
    case 'bars':
      return barsText(block);
  }
}

const lineText = (line: readonly Inline[], places: Places, code = codeSpan): string => line.map((inline) => inlineText(styled(inline), places, code)).join('').trim();

function inlineText(inline: StyledText, places: Places, code: (text: string) => string): string {
  const text = plainLine(inline.text);
  const words = inline.code ? code(text) : escapeMarkdown(text);
  if (words === '') return text === '' ? '' : ' ';
  const strong = inline.strong || inline.severity !== undefined ? emphasised(words, '**', 'strong') : words;
  const core = inline.emphasis ? emphasised(strong, '*', 'em') : strong;
  const target = targetOf(inline, places);
  const linked = target ? `[${core}](${target.to === 'place' ? `#${target.id}` : linkText(target.url)})` : core;
  return `${/^\s/.test(text) ? ' ' : ''}${linked}${/\s$/.test(text) ? ' ' : ''}`;
}

/** Stars beside punctuation open or close nothing when a letter stands on their other side; elements always do. */
const emphasised = (text: string, stars: string, element: string): string => (/^[\p{L}\p{N}].*[\p{L}\p{N}]$/u.test(text) ? `${stars}${text}${stars}` : `<${element}>${text}</${element}>`);

const linkText = (url: string): string => url.replaceAll(/[()|\\<>\s]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);

function listText({ ordered, items }: List, places: Places, indent: string): string {
  return items.map(({ text, nested }, index) => {
    const marker = ordered ? `${index + 1}. ` : '- ';
    const line = `${indent}${marker}${lineText(text, places)}`;
    return nested ? `${line}\n${listText(nested, places, `${indent}${' '.repeat(marker.length)}`)}` : line;
  }).join('\n');
}

function tableText({ columns, rows, caption, namedRows }: Table, places: Places): string {
  const cell = (line: readonly Inline[], named: boolean): string => lineText(named ? line.map((inline) => ({ ...styled(inline), strong: true })) : line, places, codeCell);
  const lines = [
    row(columns.map(({ title }) => escapeMarkdown(title))),
    row(columns.map(({ align }) => (align === 'right' ? '---:' : '---'))),
    ...rows.map((cells) => row(columns.map((_, index) => cell(cells[index] ?? [], index === 0 && namedRows === true)))),
  ];
  return [...(caption === undefined ? [] : [`**${escapeMarkdown(caption)}**`, '']), ...lines].join('\n');
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const CELLS = 12;

function barsText({ bars, caption }: Bars): string {
  const lines = bars.map((bar) => {
    const { sure, possible } = barShare(bar);
    const [full, half] = [Math.round(sure * CELLS), Math.round(possible * CELLS)];
    return row([escapeMarkdown(bar.label), codeSpan('█'.repeat(full) + '▒'.repeat(half - full) + '░'.repeat(CELLS - half)), barWords(bar)]);
  });
  return [...(caption === undefined ? [] : [`**${escapeMarkdown(caption)}**`, '']), row(['Part', '█ sure, ▒ possible', 'Score']), row(['---', '---', '---']), ...lines].join('\n');
}

/** GitHub draws no longer one. */
const LONGEST_MERMAID = 50_000;

function figureText({ picture }: Figure, linkOf: PictureLink): string {
  const { id, title, description, mermaid } = picture;
  const drawn = mermaid !== undefined && mermaid.length <= LONGEST_MERMAID ? fenced(mermaid, 'mermaid') : `![${escapeMarkdown(title)}](${linkText(encodeURI(linkOf(picture)))})`;
  return [`${placed(id)}**${escapeMarkdown(title)}**`, drawn, escapeMarkdown(description)].filter((part) => part !== '').join('\n\n');
}

const codeText = ({ text, language = '' }: Code): string => fenced(plainLines(text).join('\n'), /^[\w+-]+$/.test(language) ? language : '');

/** Between fences that are longer than any within. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text.replace(/\n$/, '')}\n${fence}`;
}
