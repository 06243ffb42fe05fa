import type { Architecture } from '../model/architecture.ts';
import type { Diagram } from './diagram.ts';
import { differenceOf } from './views/difference.ts';
import type { Knowledge } from './views/elements.ts';
import { lanesOf, type ViewContent } from './views/part.ts';
import { systemView } from './views/system.ts';

/**
 * What changed between two versions of a system, with what is next to it, or alone where that would be more than `most`
 * components. Undefined where nothing that a picture shows has changed, or what has is still more than that.
 */
export function versionDifference(before: Knowledge | undefined, after: Knowledge | undefined, most: number): Diagram | undefined {
  const known = (after ?? before)?.architecture;
  if (!known) return undefined;
  const nothing: Architecture = { ...known, components: new Map(), flows: [] };
  const viewOf = (knowledge: Knowledge | undefined): ViewContent => (knowledge ? systemView(knowledge) : { nodes: [], edges: [], lanes: [], groups: [] });
  const { nodes, edges } = differenceOf(viewOf(before), viewOf(after), before?.architecture ?? nothing, after?.architecture ?? nothing);
  const marked = new Set([...nodes.filter(({ mark }) => mark !== undefined).map(({ id }) => id), ...edges.filter(({ mark }) => mark !== undefined).flatMap(({ from, to }) => [from, to])]);
  const changed = new Set(nodes.filter(({ mark }) => mark !== undefined).map(({ id }) => id));
  const withNeighbours = new Set([...marked, ...edges.filter(({ from, to }) => changed.has(from) || changed.has(to)).flatMap(({ from, to }) => [from, to])]);
  const shown = withNeighbours.size <= most ? withNeighbours : marked;
  if (shown.size === 0 || shown.size > most) return undefined;
  const drawn = nodes.filter(({ id }) => shown.has(id));
  const left = nodes.length - drawn.length;
  return {
    system: known.system.name,
    view: 'system',
    state: 'diff',
    title: `${known.system.name}: what changes`,
    subtitle: left > 0 ? `without ${left} unchanged ${left === 1 ? 'component' : 'components'}` : '',
    nodes: drawn,
    // Between two neighbours that did not change, only what did.
    edges: edges.filter(({ from, to, mark }) => shown.has(from) && shown.has(to) && (mark !== undefined || changed.has(from) || changed.has(to))),
    lanes: lanesOf(drawn),
    groups: [],
  };
}
