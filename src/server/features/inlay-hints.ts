import type { InlayHint } from 'vscode-languageserver-types';
import type { Figure } from '../../analysis/figures.ts';
import { statementOf } from '../../model/statements.ts';
import type { Position, Range } from '../../model/architecture.ts';
import type { Snapshot } from '../analysis.ts';
import { ownName } from './lookup.ts';

/** Figures that stand at the end of the line of the property that they are to be compared with, else of the name. */
export function inlayHints({ analyses }: Snapshot, uri: string, { start, end }: Range): InlayHint[] {
  const places = new Map<string, { readonly position: Position; readonly figures: Figure[] }>();
  for (const { systems } of analyses) {
    for (const { architecture, review } of systems) {
      for (const figure of review.figures()) {
        const component = architecture.components.get(ownName(figure.component));
        if (!component || component.span.file !== uri) continue;
        const stated = figure.property === undefined ? undefined : statementOf(component, figure.property);
        const position = (stated?.span ?? component.nameSpan).range.end;
        if (position.line < start.line || position.line > end.line) continue;
        const key = `${position.line}:${position.character}`;
        const place = places.get(key) ?? { position, figures: [] };
        place.figures.push(figure);
        places.set(key, place);
      }
    }
  }
  return [...places.values()].map(({ position, figures }) => ({
    position,
    label: figures.map(({ name, text }) => `${name} ${text}`).join(' · '),
    paddingLeft: true,
    tooltip: figures.map(derivation).join('\n\n'),
  }));
}

/** `utilisation at the peak 125 % = peak demand / capacity (derived)`, and a line for each input. */
export function derivation({ name, text, formula, provenance, inputs }: Figure): string {
  return [`${name} ${text} = ${formula} (${provenance})`, ...inputs.map((input) => `  ${input.name}: ${input.text}`)].join('\n');
}
