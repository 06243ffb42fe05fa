import type { Architecture, Change } from '../../model/architecture.ts';

/** Names that changes touch: components and flows (`A->B`). */
export interface Reach {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** What changes do to the picture of an architecture. What they add and it already has is changed at most. */
export function reachOf(architecture: Architecture, changes: readonly Change[]): Reach {
  const added = new Set<string>();
  const changed = new Set<string>();
  const removed = new Set<string>();
  const flows = new Set(architecture.flows.map(({ from, to }) => `${from}->${to}`));
  for (const change of changes) {
    switch (change.op) {
      case 'add-component':
        if (!architecture.components.has(change.component.name)) added.add(change.component.name);
        break;
      case 'add-flow': {
        const name = `${change.flow.from}->${change.flow.to}`;
        if (!flows.has(name)) added.add(name);
        break;
      }
      case 'remove-component':
        removed.add(change.name);
        break;
      case 'remove-flow':
        removed.add(`${change.from}->${change.to}`);
        break;
      case 'set-flow':
        changed.add(`${change.from}->${change.to}`);
        break;
      default:
        changed.add(change.subject);
    }
  }
  return { added: [...added], changed: [...changed].filter((name) => !added.has(name)), removed: [...removed] };
}
