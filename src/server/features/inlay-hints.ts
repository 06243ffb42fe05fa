import type { InlayHint } from 'vscode-languageserver-types';
import type { Figure } from '../../analysis/figures.ts';
import type { Architecture, Component, Range, SystemElement } from '../../model/architecture.ts';
import { statementOf, value } from '../../model/statements.ts';
import type { Snapshot } from '../analysis.ts';
import { ownName } from './lookup.ts';

/**
 * Figures at the end of the line that they are to be compared with: the load beside the replicas, what is waited for
 * beside the objective. Those that can be compared with nothing are in the hover only. Systems that share the file may come
 * to different figures, so each is then named.
 */
export function inlayHints({ analyses, textOf }: Snapshot, uri: string, { start, end }: Range): InlayHint[] {
  const lines = textOf(uri).split('\n');
  const places = new Map<number, Map<string, Figure>>();
  const here = analyses.flatMap(({ files, systems }) => (files.has(uri) ? systems : []));
  for (const { architecture, review } of here) {
    const of = here.length > 1 && architecture.system.span.file !== uri ? `${architecture.system.name}: ` : '';
    const figures = review.figures();
    const used = new Set(figures.filter(({ name }) => name === 'utilisation at the peak').map(({ component }) => component));
    for (const figure of figures) {
      const component = figure.component.includes('.') ? architecture.components.get(ownName(figure.component)) : architecture.system;
      if (component?.span.file !== uri || !isComparable(architecture, component, figure, used)) continue;
      const { line } = ((figure.property === undefined ? undefined : statementOf(component, figure.property)?.span) ?? component.nameSpan).range.end;
      if (line < start.line || line > end.line) continue;
      const place = places.get(line) ?? new Map<string, Figure>();
      place.set(`${of}${figure.name} ${figure.text}`, figure);
      places.set(line, place);
    }
  }
  return [...places].sort(([a], [b]) => a - b).map(([line, figures]) => ({
    position: { line, character: (lines[line] ?? '').trimEnd().length },
    label: [...figures.keys()].join(' · '),
    paddingLeft: true,
    tooltip: [...figures.values()].map(derivation).join('\n\n'),
  }));
}

/** Whether something stands at the place of a figure that it can be compared with, and says more than a figure nearby. */
function isComparable({ components }: Architecture, component: Component | SystemElement, { name, property, component: of }: Figure, used: ReadonlySet<string>): boolean {
  switch (name) {
    case 'utilisation at the peak':
      return true;
    // The share says more than its parts, which its tooltip has.
    case 'peak demand':
      return !used.has(of);
    case 'capacity':
    case 'headroom':
    case 'cost of 1,000 answers':
      return false;
    case 'cost a month':
      return property === 'budget';
    case 'availability of the whole':
      return objective(components, component)?.availability !== undefined;
    default: {
      const slo = objective(components, component);
      return slo?.p50 !== undefined || slo?.p95 !== undefined || slo?.p99 !== undefined;
    }
  }
}

const objective = (components: Architecture['components'], { name }: { readonly name: string }) => value(components.get(name) as Component<'service'>, 'slo');

/** `utilisation at the peak 125 % = traffic / what its running replicas take (measured)`, and a line for each input. */
export function derivation({ name, text, formula, provenance, inputs }: Figure): string {
  return [`${name} ${text} = ${formula} (${provenance})`, ...inputs.map((input) => `  ${input.name}: ${input.text}`)].join('\n');
}
