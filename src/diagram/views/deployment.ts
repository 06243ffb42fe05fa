import type { Component, Kind } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';
import type { DiagramGroup, DiagramNode } from '../diagram.ts';
import type { Knowledge } from './elements.ts';
import { elementsOf, partOf, type ViewContent } from './part.ts';

/** Kinds that describe and do not run. */
const PAPER: ReadonlySet<Kind> = new Set(['runbook', 'team', 'compliance', 'incidents', 'access', 'alert', 'monitor', 'evaluation', 'experiment', 'rollout', 'model', 'prompt', 'environment']);

const NETWORKS: Readonly<Record<string, string>> = { public: 'Reached from the internet', partners: 'Reached by partners', internal: 'Inside the company', private: 'Private network' };

/** Where things run and which boundaries data crosses: regions, networks and other companies as boxes, with the classes of data that each thing holds. */
export function deploymentView(knowledge: Knowledge): ViewContent {
  const { architecture } = knowledge;
  const names = new Set([...architecture.components.values()].filter(({ kind }) => !PAPER.has(kind)).map(({ name }) => name));
  const part = partOf(architecture, names);
  const elements = elementsOf({ ...knowledge, estimation: undefined }, part, (name) => placesOf(architecture.components.get(name) as Component));
  const groups = new Map<string, DiagramGroup>();
  const home = value(architecture.system, 'region');
  const nodes = elements.nodes.map((node): DiagramNode => {
    const group = groupFor(architecture.components.get(node.id) as Component, home, groups);
    return group === undefined ? node : { ...node, group };
  });
  const groupById = new Map(nodes.map((node) => [node.id, node.group]));
  const classes = new Map(nodes.map((node) => [node.id, node.dataClasses ?? []]));
  // What crosses a boundary says which classes of data it may carry.
  const edges = elements.edges.map((edge) => {
    if (groupById.get(edge.from) === groupById.get(edge.to)) return { ...edge, label: '' };
    const carried = (classes.get(edge.from) ?? []).filter((name) => name !== 'public' && name !== 'none');
    return { ...edge, label: carried.join(', ') };
  });
  return { nodes, edges, lanes: [], groups: [...groups.values()] };
}

/** Zones, and what is said of the data that it holds. */
function placesOf(component: Component): string[] {
  const service = component as Component<'service'>;
  const [zones, classes, encrypted] = [value(service, 'zones'), value(service, 'contains'), value(service, 'encrypted')];
  return [
    ...(zones ? [`${zones.low === zones.high ? zones.low : `${zones.low} to ${zones.high}`} ${zones.high === 1 ? 'zone' : 'zones'}`] : []),
    ...(classes && classes.length > 0 ? [`holds ${classes.join(', ').replaceAll('_', ' ')}`] : []),
    ...(encrypted && encrypted.length > 0 ? [`encrypted ${encrypted.join(', ').replaceAll('_', ' ')}`] : []),
  ];
}

function groupFor(component: Component, home: string | undefined, groups: Map<string, DiagramGroup>): string | undefined {
  const add = (group: DiagramGroup): string => {
    if (!groups.has(group.id)) groups.set(group.id, group);
    return group.id;
  };
  if (component.kind === 'consumer') return undefined;
  const service = component as Component<'service'>;
  if (component.variant === 'llm_api' || value(component as Component<'source'>, 'external') === true) return add({ id: 'vendors', title: 'Other companies', sort: 'vendor' });
  const region = value(service, 'region') ?? home;
  const outer = add(region === undefined ? { id: 'region:?', title: 'Region not declared', sort: 'region' } : { id: `region:${region}`, title: `Region ${region}`, sort: 'region' });
  const network = value(service, 'exposure');
  return network === undefined ? outer : add({ id: `${outer}/${network}`, title: NETWORKS[network] ?? network, sort: 'exposure', parent: outer });
}
