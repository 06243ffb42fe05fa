import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { taintOf } from '../../model/graph/taint.ts';
import { statementOf, value } from '../../model/statements.ts';
import { some, type BomService, type ServiceData } from './cyclonedx.ts';
import { isListed, listOf, refOf, serviceComponents, textOf } from './parts.ts';
import { kindProperty, propertiesOf, reachedProperty } from './properties.ts';
import { referencesOf } from './references.ts';

const FIELDS: ReadonlySet<string> = new Set(['technology', 'platform', 'exposure', 'tags', 'see']);

/** What runs and answers, with the data that flows in and out. */
export function serviceParts(architecture: Architecture, linkOf: (ref: string) => string): BomService[] {
  return serviceComponents(architecture).map((component): BomService => {
    const provider = providerOf(architecture, component);
    const trustZone = textOf(component, 'exposure');
    const auth = statementOf(component, 'auth')?.state;
    const edges = [...(edgesOf(architecture).in.get(component.name) ?? []), ...(edgesOf(architecture).out.get(component.name) ?? [])];
    return {
      'bom-ref': refOf(component),
      ...(provider !== undefined && { provider: { name: provider } }),
      name: component.name,
      description: component.doc,
      ...((auth === 'present' || auth === 'none') && { authenticated: auth === 'present' }),
      ...(edges.some(({ flow }) => flow && value(flow, 'crosses') !== undefined) && { 'x-trust-boundary': true }),
      ...(trustZone !== undefined && { trustZone }),
      data: some(edges.filter(carriesData).map((edge) => flowOf(architecture, component, edge, linkOf))),
      externalReferences: some(referencesOf(component)),
      properties: [kindProperty(component), ...propertiesOf(component, FIELDS), ...reachedProperty(architecture, component)],
      tags: some(listOf(component, 'tags')),
    };
  });
}

/** The vendor whose language model a service answers with, where there is one only. */
function providerOf(architecture: Architecture, component: Component): string | undefined {
  if (component.kind !== 'service' || component.variant !== 'llm_api') return undefined;
  const served = listOf(component, 'serves').flatMap((name) => architecture.components.get(name) ?? []);
  const providers = new Set(served.flatMap((model) => architecture.catalogue.llm.get(textOf(model, 'llm') ?? '')?.properties.provider ?? []));
  return providers.size === 1 ? [...providers][0] : undefined;
}

/** Weights, settings and signals of operation are no data of anybody. */
const carriesData = ({ payload, from, to }: Edge): boolean => !['events', 'artifact', 'config'].includes(payload) && from !== to;

function flowOf(architecture: Architecture, component: Component, edge: Edge, linkOf: (ref: string) => string): ServiceData {
  const inbound = edge.to === component.name;
  const name = inbound ? edge.from : edge.to;
  const other = architecture.components.get(name);
  const link = other && isListed(other) ? [linkOf(refOf(other))] : undefined;
  return {
    flow: inbound ? 'inbound' : 'outbound',
    classification: classesOf(architecture, edge),
    name: `${edge.payload} ${inbound ? 'from' : 'to'} ${name}`,
    ...(link && (inbound ? { source: link } : { destination: link })),
  };
}

/** Classes that a flow is declared to carry, or else those that reach where it starts and are not masked on it. */
function classesOf(architecture: Architecture, { flow, from }: Edge): string {
  const masked = new Set<string>(flow ? value(flow, 'masks') : []);
  const declared = flow && value(flow, 'contains');
  const classes = declared ?? [...taintOf(architecture, from).keys()];
  const left = classes.filter((name) => !masked.has(name));
  // What is masked away entirely is known to be so.
  return left.join(', ') || (classes.length > 0 ? 'none' : 'not declared');
}
