import type { Architecture, Component } from '../../../model/architecture.ts';
import { feedsServing, feedsTraining, servingGraph } from '../../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { pathTo, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, isComplete, isLayerComplete, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { gap, notApplicable, question, satisfied, type Criterion } from '../../rule.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { listed } from '../../training/in-house.ts';

/** Where data may begin. */
const ORIGINS: ReadonlySet<string> = new Set(['source', 'ingestion']);
/** What is made of other data and so has an origin, known or not. */
const MADE: ReadonlySet<string> = new Set(['features', 'dataset', 'store', 'labels', 'knowledge']);

/** Made by the training itself, or taken from the request as it is. */
const hasOwnOrigin = (component: Component): boolean => component.kind === 'features' && (component.variant === 'encoder' || component.variant === 'embedding' || value(component as Component<'features'>, 'passthrough') === true);

export const lineageUnbroken: Criterion = {
  id: 'DG-02',
  slug: 'lineage-is-unbroken',
  title: 'Everything that a model learns from or reads can be followed back to a source',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLSEC-06', 'MITRE ATLAS AML.M0025', 'ISO/IEC 42001 A.7.5'],
  why: 'Where data comes from nowhere, nobody can tell what a fault upstream has touched, whose data it is, or whether it may be used.',
  remediation: 'Declare the flow from its source, and record lineage from raw data to the model.',
  effort: 'M',
  falsePositives: 'The origin may be outside of the system: declare it as a source with `external yes`, and the flow from there.',
  applies: ({ architecture }) => (componentsOf(architecture, 'model', 'training').length === 0 ? 'No model is declared.' : true),
  *evaluate({ architecture }) {
    const roots = rootsOf(architecture);
    if (roots.length === 0) return yield notApplicable('No data that leads to a model is declared.');
    const open: Component[] = [];
    let traced = 0;
    for (const { component, path } of roots) {
      if (ORIGINS.has(component.kind) || presenceOf(component, 'derived_from_sources') === 'present') traced += 1;
      else if (isCutOff(architecture, component)) yield cutOff(architecture, component, path);
      else open.push(component);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `Where does the data of ${listed(open.map(({ name }) => name))} come from? Declare a \`source\` and the flow from it.`);
    else if (traced === roots.length) yield satisfied(architecture.system, { because: 'all data that leads to a model begins at something that is declared' });
  },
};

/** The author says so, or says that nothing was left out where its origin would stand. */
function isCutOff(architecture: Architecture, component: Component): boolean {
  return (component.kind === 'features' && presenceOf(component, 'derived_from_sources') === 'absent') || isComplete(component) || isLayerComplete(architecture, 'data');
}

function cutOff(architecture: Architecture, component: Component, path: readonly Edge[]) {
  const name = freeName(architecture, `${component.name}Source`);
  const stated = statementOf(component, 'derived_from_sources') !== undefined;
  const user = path.at(-1)?.to;
  return gap(component, {
    at: stated ? 'derived_from_sources' : undefined,
    message: `${component.name} has no declared origin${user === undefined ? '' : `, and ${user} depends on it`}.`,
    path: hopsOf(path),
    changes: [
      ...(stated ? [{ op: 'unset' as const, subject: component.name, property: 'derived_from_sources' }] : []),
      { op: 'add-component', component: { kind: 'source', name, properties: { external: true } } },
      { op: 'add-flow', flow: { from: name, to: component.name, properties: { payload: 'data' } } },
    ],
    impact: 'A fault can be followed to what it touches',
  });
}

/** Data into which nothing flows and that leads to a training or an answer, each with the way there. */
function rootsOf(architecture: Architecture): { readonly component: Component; readonly path: readonly Edge[] }[] {
  const found = new Map<string, { component: Component; path: readonly Edge[] }>();
  const searches = [
    { graph: edgesOf(architecture), follow: feedsTraining, ends: componentsOf(architecture, 'training') },
    { graph: servingGraph(architecture), follow: feedsServing, ends: componentsOf(architecture, 'service', 'agent') },
  ];
  for (const { graph, follow, ends } of searches) {
    const tree = reachTree(graph, ends.map(({ name }) => name), { direction: 'upstream', follow });
    for (const name of tree.keys()) {
      const component = architecture.components.get(name);
      if (!component || found.has(name) || !tree.get(name)) continue;
      const begins = !(graph.in.get(name) ?? []).some((edge) => follow(edge) || edge.payload === 'request' || edge.payload === 'predictions' || edge.payload === 'artifact');
      if (begins && !hasOwnOrigin(component) && (MADE.has(component.kind) || ORIGINS.has(component.kind))) found.set(name, { component, path: pathTo(tree, name, 'upstream') ?? [] });
    }
  }
  return [...found.values()];
}
