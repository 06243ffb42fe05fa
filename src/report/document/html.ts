import { escapeLine, escapeXml } from '../../diagram/xml.ts';
import { round } from '../../diagram/svg/shapes.ts';
import { anchorOf } from './anchor.ts';
import { barShare, barWords } from './bar-share.ts';
import type { Bars, Block, Code, Document, Facts, Figure, Inline, List, Note, Section, StyledText, Table } from './block.ts';
import { STYLE } from './html-style.ts';
import { placesOf, styled, targetOf, titleOf } from './inline.ts';
import { embeddedSvg } from './picture-svg.ts';
import { plainLine, plainLines } from './plain-line.ts';

type Places = ReadonlySet<string>;

/** Nothing runs, and nothing is asked of any other place. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A document as one page of HTML that needs nothing else: pictures and style are in it, and it has no script. */
export function htmlOf(document: Document): string {
  const { subtitle, date, language, author, subject, sections, footer } = document;
  const places = placesOf(document);
  const named = (name: string, content: string | undefined): string[] => (content === undefined ? [] : [`<meta name="${name}" content="${attribute(content)}">`]);
  return [
    '<!DOCTYPE html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${attribute(POLICY)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    ...named('author', author),
    ...named('description', subject),
    `<title>${words(titleOf(document))}</title>`,
    `<style>\n${STYLE}\n</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#content">Skip to the content</a>',
    '<header>',
    `<h1>${words(titleOf(document))}</h1>`,
    ...(subtitle === undefined ? [] : [`<p class="subtitle">${words(subtitle)}</p>`]),
    `<p class="date"><time>${words(date)}</time></p>`,
    '</header>',
    ...(sections.length > 1 ? ['<nav aria-labelledby="contents-title">', '<h2 id="contents-title">Contents</h2>', contents(sections, 0), '</nav>'] : []),
    '<main id="content" tabindex="-1">',
    ...sections.map((section) => sectionHtml(section, 2, places)),
    '</main>',
    ...(footer === undefined ? [] : [`<footer><p>${words(footer)}</p></footer>`]),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

const words = (text: string): string => escapeXml(plainLine(text));
const attribute = (text: string): string => escapeLine(plainLine(text).trim());

/** The page has ids of its own, which no section takes: those of the document have a prefix. */
const placeId = (id: string): string => `d-${anchorOf(id)}`;

const contents = (sections: readonly Section[], depth: number): string =>
  `<ul>\n${sections.map(({ id, title, sections: inner = [] }) => `<li><a href="#${placeId(id)}">${words(titleOf({ title }))}</a>${inner.length > 0 && depth < 2 ? `\n${contents(inner, depth + 1)}\n` : ''}</li>`).join('\n')}\n</ul>`;

function sectionHtml({ id, title, blocks, sections = [], startsPage }: Section, level: number, places: Places): string {
  const heading = `h${Math.min(level, 6)}`;
  return [
    `<section id="${placeId(id)}"${startsPage ? ' class="starts-page"' : ''}${level === 2 ? ` aria-labelledby="${placeId(id)}-title"` : ''}>`,
    `<${heading} id="${placeId(id)}-title">${words(titleOf({ title }))}</${heading}>`,
    ...blocks.map((block, index) => blockHtml(block, places, `${placeId(id)}-${index}`)),
    ...sections.map((section) => sectionHtml(section, level + 1, places)),
    '</section>',
  ].join('\n');
}

/** @param id Unique in the page, for what a block has to call by name. */
function blockHtml(block: Block, places: Places, id: string): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${lineHtml(block.text, places)}</p>`;
    case 'list':
      return listHtml(block, places);
    case 'table':
      return tableHtml(block, places, id);
    case 'figure':
      return figureHtml(block);
    case 'code':
      return codeHtml(block);
    case 'note':
      return noteHtml(block, places);
    case 'facts':
      return factsHtml(block, places);
    case 'bars':
      return barsHtml(block);
  }
}

const lineHtml = (line: readonly Inline[], places: Places): string => line.map((inline) => inlineHtml(styled(inline), places)).join('');

function inlineHtml(inline: StyledText, places: Places): string {
  let html = words(inline.text);
  if (inline.code) html = `<code>${html}</code>`;
  if (inline.severity !== undefined) html = `<span class="severity ${inline.severity}">${html}</span>`;
  if (inline.strong) html = `<strong>${html}</strong>`;
  if (inline.emphasis) html = `<em>${html}</em>`;
  const target = targetOf(inline, places);
  return target ? `<a href="${target.to === 'place' ? `#${placeId(target.id)}` : attribute(target.url)}">${html}</a>` : html;
}

function listHtml({ ordered, items }: List, places: Places): string {
  const element = ordered ? 'ol' : 'ul';
  return `<${element}>\n${items.map(({ text, nested }) => `<li>${lineHtml(text, places)}${nested ? `\n${listHtml(nested, places)}\n` : ''}</li>`).join('\n')}\n</${element}>`;
}

function tableHtml({ columns, rows, caption, namedRows }: Table, places: Places, id: string): string {
  const side = (index: number): string => (columns[index]?.align === 'right' ? ' class="right"' : '');
  const cell = (line: readonly Inline[], index: number): string => (index === 0 && namedRows ? `<th scope="row"${side(index)}>${lineHtml(line, places)}</th>` : `<td${side(index)}>${lineHtml(line, places)}</td>`);
  return [
    // What is wider than the page is moved by the keyboard too.
    caption === undefined ? '<div class="scroll" role="group" aria-label="Table" tabindex="0">' : `<div class="scroll" role="group" aria-labelledby="${id}-caption" tabindex="0">`,
    '<table>',
    ...(caption === undefined ? [] : [`<caption id="${id}-caption">${words(caption)}</caption>`]),
    `<thead><tr>${columns.map(({ title }, index) => `<th scope="col"${side(index)}>${words(title)}</th>`).join('')}</tr></thead>`,
    `<tbody>\n${rows.map((row) => `<tr>${columns.map((_, index) => cell(row[index] ?? [], index)).join('')}</tr>`).join('\n')}\n</tbody>`,
    '</table>',
    '</div>',
  ].join('\n');
}

function figureHtml({ picture }: Figure): string {
  const { id, title, description, wide } = picture;
  return [
    `<figure id="${placeId(id)}"${wide ? ' class="wide"' : ''}>`,
    `<figcaption id="${placeId(id)}-caption">${words(title)}</figcaption>`,
    `<div class="picture" role="group" aria-labelledby="${placeId(id)}-caption" tabindex="0">`,
    embeddedSvg({ ...picture, id: placeId(id) }),
    '</div>',
    ...(description === '' ? [] : [`<p class="description">${words(description)}</p>`]),
    '</figure>',
  ].join('\n');
}

const codeHtml = ({ text }: Code): string => `<pre><code>${escapeXml(plainLines(text).join('\n').replace(/\n$/, ''))}</code></pre>`;

const noteHtml = ({ tone, text }: Note, places: Places): string => `<p class="note ${tone}"><strong>${tone === 'warning' ? 'Warning' : 'Note'}:</strong> ${lineHtml(text, places)}</p>`;

const factsHtml = ({ facts }: Facts, places: Places): string => (facts.length === 0 ? '' : `<dl>\n${facts.map(({ term, definition }) => `<dt>${words(term)}</dt><dd>${lineHtml(definition, places)}</dd>`).join('\n')}\n</dl>`);

function barsHtml({ bars, caption }: Bars): string {
  const rows = bars.map((bar) => {
    const { sure, possible } = barShare(bar);
    const part = (name: string, from: number, to: number): string => (to > from ? `<rect class="${name}" x="${round(1 + from * 190)}" y="1" width="${round((to - from) * 190)}" height="14"/>` : '');
    // The words beside it say the same.
    const drawn = `<svg class="bar" viewBox="0 0 192 16" aria-hidden="true"><rect class="whole" x="1" y="1" width="190" height="14"/>${part('possible', sure, possible)}${part('sure', 0, sure)}</svg>`;
    return `<tr><th scope="row">${words(bar.label)}</th><td>${drawn}</td><td>${words(barWords(bar))}</td></tr>`;
  });
  return ['<table>', ...(caption === undefined ? [] : [`<caption>${words(caption)}</caption>`]), '<thead><tr><th scope="col">Part</th><th scope="col">Sure, and possible in dashes</th><th scope="col">Score</th></tr></thead>', `<tbody>\n${rows.join('\n')}\n</tbody>`, '</table>'].join('\n');
}
