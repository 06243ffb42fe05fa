import type { DiagramNode } from '../diagram.ts';
import type { Card } from '../scene.ts';
import { textWidth, wrapped } from '../text/measure.ts';

/** Sizes in pixels that layout and drawing agree on. */
export const CARD = { padding: 10, icon: 18, gap: 8, name: 13, nameLine: 17, detail: 10.5, line: 14, mostText: 190, leastText: 84, badge: 16, badgeGap: 3 } as const;

export const LABEL = { size: 9.5, line: 12, gap: 5, most: 150 } as const;

/** Breaks the texts of a node into lines and adds up the space that they take. */
export function cardOf({ name, detail, figures, badges }: DiagramNode): Card {
  const badgesWidth = badges.length * (CARD.badge + CARD.badgeGap);
  const lines = {
    name: wrapped(name, CARD.mostText, CARD.name, 'bold'),
    detail: detail === '' ? [] : wrapped(detail, CARD.mostText, CARD.detail),
    figures: figures.flatMap((figure) => wrapped(figure, CARD.mostText, CARD.detail)),
  };
  const text = Math.max(
    CARD.leastText,
    // Badges stand in the upper right corner, beside the first line of the name.
    ...lines.name.map((line, index) => textWidth(line, CARD.name, 'bold') + (index === 0 ? badgesWidth : 0)),
    ...[...lines.detail, ...lines.figures].map((line) => textWidth(line, CARD.detail)),
  );
  return {
    ...lines,
    badges,
    width: Math.ceil(2 * CARD.padding + CARD.icon + CARD.gap + text),
    height: Math.ceil(2 * CARD.padding + lines.name.length * CARD.nameLine + (lines.detail.length + lines.figures.length) * CARD.line),
  };
}

/** A label in one line that is no wider than there is room for; what is cut off stands in the title of the edge. */
export function labelText(label: string): string {
  if (textWidth(label, LABEL.size) <= LABEL.most) return label;
  let cut = [...label];
  while (cut.length > 1 && textWidth(`${cut.join('')}…`, LABEL.size) > LABEL.most) cut = cut.slice(0, -1);
  return `${cut.join('').trimEnd()}…`;
}

export const labelWidth = (text: string): number => Math.ceil(textWidth(text, LABEL.size));
