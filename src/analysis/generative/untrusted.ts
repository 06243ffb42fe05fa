import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { pathTo, reachTree } from '../../model/graph/paths.ts';
import { presenceOf, statementOf, value } from '../../model/statements.ts';
import { contentGraph } from './content.ts';

/** Text from people whom nobody vouches for, and how it gets to a reader. */
export interface Untrusted {
  readonly origin: Component;
  /** Who writes it, as it stands in a sentence: `anyone`, `users`. */
  readonly who: string;
  /** From the origin to the reader; empty where only the reader says that it reads such text. */
  readonly path: readonly Edge[];
  /** It comes as the request itself and not in something that is read. */
  readonly asked: boolean;
}

/** Who writes what is in a component, where those are strangers; undefined where they are not or nobody says. */
export function strangersIn(component: Component): string | undefined {
  const writers = statementOf(component, 'writers');
  if (writers?.state === 'present') return writers.value === 'users' || writers.value === 'anyone' ? WHO[writers.value] : undefined;
  if (component.kind === 'tool') return value(component as Component<'tool'>, 'web') === true ? WHO.anyone : undefined;
  if (component.kind === 'agent') return value(component as Component<'agent'>, 'reads_untrusted') === true ? 'strangers' : undefined;
  if (component.kind !== 'source' || writers !== undefined) return undefined;
  return component.variant === 'web' ? WHO.anyone : component.variant === 'feedback' ? WHO.users : undefined;
}

const WHO = { anyone: 'anyone', users: 'users' } as const;

/** What was searched for instructions before it is read lets nothing through. */
function isScreened(component: Component | undefined): boolean {
  return (component?.kind === 'knowledge' || component?.kind === 'tool') && statementOf(component, 'screened')?.state === 'present' && presenceOf(component, 'screened') === 'present';
}

const cache = new WeakMap<Architecture, Map<string, readonly Untrusted[]>>();

/** Text of strangers that gets to a reader without having been screened, nearest first: in what it reads, then in what it is asked. */
export function untrustedReach(architecture: Architecture, name: string): readonly Untrusted[] {
  let known = cache.get(architecture);
  if (!known) cache.set(architecture, (known = new Map()));
  let found = known.get(name);
  if (!found) known.set(name, (found = [...readBy(architecture, name), ...askedOf(architecture, name)]));
  return found;
}

const screens = new WeakMap<Architecture, ReadonlySet<string>>();

function* readBy(architecture: Architecture, name: string): Iterable<Untrusted> {
  let screened = screens.get(architecture);
  if (!screened) screens.set(architecture, (screened = new Set([...architecture.components.values()].filter(isScreened).map((component) => component.name))));
  const tree = reachTree(contentGraph(architecture), [name], { direction: 'upstream', avoid: screened });
  let own: Untrusted | undefined;
  let others = 0;
  for (const at of tree.keys()) {
    const origin = architecture.components.get(at);
    const who = origin && strangersIn(origin);
    if (origin === undefined || who === undefined) continue;
    const untrusted: Untrusted = { origin, who, path: pathTo(tree, at, 'upstream') ?? [], asked: false };
    // An agent that reads such text says less than what it reads, which is further up.
    if (origin.kind === 'agent') own ??= untrusted;
    else {
      others += 1;
      yield untrusted;
    }
  }
  if (own && others === 0) yield own;
}

/** Consumers whose requests reach it and who are strangers: declared as not trusted, or people who come through something public. */
function* askedOf(architecture: Architecture, name: string): Iterable<Untrusted> {
  const graph = edgesOf(architecture);
  const tree = reachTree(graph, [name], { direction: 'upstream', follow: (edge) => edge.payload === 'request' });
  for (const at of tree.keys()) {
    const origin = architecture.components.get(at);
    if (origin?.kind !== 'consumer') continue;
    const trusted = presenceOf(origin, 'trusted');
    const path = pathTo(tree, at, 'upstream') ?? [];
    const open = [origin, ...path.flatMap((edge) => architecture.components.get(edge.to) ?? [])].some((component) => value(component, 'exposure') === 'public');
    if (trusted === 'absent' || (trusted !== 'present' && open)) yield { origin, who: origin.name, path, asked: true };
  }
}

/** Where a reader gets text of which nobody says who writes it: sources without `writers`, consumers without `trusted`. */
export function openOrigins(architecture: Architecture, name: string): { readonly sources: readonly Component[]; readonly consumers: readonly Component[] } {
  const read = reachTree(contentGraph(architecture), [name], { direction: 'upstream' });
  const asked = reachTree(edgesOf(architecture), [name], { direction: 'upstream', follow: (edge) => edge.payload === 'request' });
  const of = (tree: ReadonlyMap<string, unknown>, kind: string): Component[] => [...tree.keys()].flatMap((at) => architecture.components.get(at) ?? []).filter((component) => component.kind === kind);
  const unsaid = (component: Component, property: string): boolean => ['undeclared', 'unknown'].includes(presenceOf(component, property));
  return {
    sources: of(read, 'source').filter((source) => unsaid(source, 'writers') && strangersIn(source) === undefined),
    consumers: of(asked, 'consumer').filter((consumer) => unsaid(consumer, 'trusted')),
  };
}
