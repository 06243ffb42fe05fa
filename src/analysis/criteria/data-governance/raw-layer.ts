import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { feedsTraining } from '../../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { pathTo, reachTree, type Follow } from '../../../model/graph/paths.ts';
import { componentsOf, statementOf, value } from '../../../model/statements.ts';
import { dataIsFixed } from '../../checks/ml03/data-rules.ts';
import { hopsOf } from '../../hops.ts';
import { gap, notApplicable, question, satisfied, type Criterion } from '../../rule.ts';
import { keepingOf } from '../../training/kept-data.ts';
import { listed } from '../../training/in-house.ts';
import { saidBy } from '../said-by.ts';

type Store = Component<'store'>;

export const rawLayerImmutable: Criterion = {
  id: 'DG-09',
  slug: 'raw-layer-is-immutable',
  title: 'What came in is kept as it came, where nothing overwrites it',
  type: 'gap',
  severity: 'high',
  sources: ['AWS ML Lens (2023) MLREL-05', 'ML Test Score Infra 1'],
  why: 'A faulty job or a wrong deletion in the only raw copy cannot be made good: everything that is computed from it is wrong from then on.',
  remediation: 'Only add to the raw layer, with versions or a lock against deletion, and compute all else from it.',
  effort: 'M',
  falsePositives: 'The source may be able to send everything again: declare its `history`. A second copy may exist: declare it as a store that gets the same data.',
  applies: ({ architecture }) => (componentsOf(architecture, 'training').length === 0 ? 'Nothing is trained here.' : true),
  *evaluate(context) {
    const { architecture } = context;
    const tree = reachTree(edgesOf(architecture), componentsOf(architecture, 'training').map(({ name }) => name), { direction: 'upstream', follow: feedsTraining });
    const raw = componentsOf(architecture, 'store').filter((store) => value(store, 'layer') === 'raw' && tree.has(store.name));
    if (raw.length === 0) return yield notApplicable('No raw layer that a training learns from is declared.');
    const copyOf = copies(architecture, raw);
    const open: string[] = [];
    const lost: { readonly store: Store; readonly because: string; readonly at?: string }[] = [];
    for (const store of raw) {
      const keeping = keepingOf(architecture, store);
      const copy = keeping.state === 'kept' ? undefined : copyOf(store);
      if (keeping.state === 'kept') yield satisfied(store, { because: keeping.because });
      else if (copy !== undefined) yield satisfied(store, { because: `${copy} keeps what ${store.name} may lose` });
      else if (keeping.state === 'mutable') lost.push({ store, because: keeping.because, ...(keeping.at !== undefined && { at: keeping.at }) });
      else open.push(store.name);
    }
    const [first] = lost;
    if (first) yield overwritten(first, lost, pathTo(tree, first.store.name, 'upstream') ?? []);
    if (open.length > 0 && !saidBy(context, dataIsFixed).some((outcome) => outcome.outcome === 'question')) yield question(architecture.system, undefined, `Can anything overwrite or delete what came into ${listed(open)}? Declare \`versioned\` or \`mutable\`.`);
  },
};

function overwritten({ store, because, at }: { readonly store: Store; readonly because: string; readonly at?: string }, lost: readonly { readonly store: Store }[], path: readonly Edge[]) {
  const names = listed(lost.map((item) => item.store.name));
  const changes = lost.flatMap((item): Change[] => [
    { op: 'set', subject: item.store.name, property: 'versioned', value: true },
    { op: 'set', subject: item.store.name, property: 'history', value: 'append_only' },
    ...(statementOf(item.store, 'mutable') ? [{ op: 'set' as const, subject: item.store.name, property: 'mutable', value: false }] : []),
  ]);
  return gap(store, {
    at,
    message: `${names} ${lost.length === 1 ? 'is the only raw copy' : 'are the only raw copies'} of what came in, and ${because}: what a faulty job spoils there is gone.`,
    path: hopsOf(path),
    changes,
    impact: 'Everything can be computed again from the raw data',
  });
}

/** Finds another copy of what is in one of these stores: something that it is made of and that keeps its past, or that is made of the same and does. */
function copies(architecture: Architecture, raw: readonly Store[]): (store: Store) => string | undefined {
  const graph = edgesOf(architecture);
  const follow: Follow = (edge) => edge.payload === 'data' || edge.payload === 'feedback';
  // What is made of raw data that is lost is no raw copy of it.
  const made = reachTree(graph, raw.filter((store) => keepingOf(architecture, store).state !== 'kept').map(({ name }) => name), { follow });
  // What a log of events or a technology usually keeps is no promise to keep it for ever.
  const kept = componentsOf(architecture, 'store', 'source').filter((other) => !made.has(other.name) && (['versioned', 'history', 'pin', 'mutable'] as const).some((property) => statementOf(other, property)) && keepingOf(architecture, other).state === 'kept');
  const origins = reachTree(graph, kept.map(({ name }) => name), { direction: 'upstream', follow });
  const fed = reachTree(graph, origins.keys(), { follow });
  return ({ name }) => {
    const origin = pathTo(fed, name)?.[0]?.from;
    return origin === undefined ? undefined : (pathTo(origins, origin, 'upstream')?.at(-1)?.to ?? origin);
  };
}
