import type { Architecture, Component, Kind } from '../../model/architecture.ts';
import { servicesOf, trainCone, trainingsOf } from '../../model/graph/cones.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { carrying, reachable } from '../../model/graph/paths.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { releasesOf } from '../deployment/releases.ts';
import { isFor } from '../deployment/runbooks.ts';

/** What of a system belongs to one model: the parts that a card of it speaks of, each in the order of declaration. */
export interface ModelDossier {
  readonly model: Component<'model'>;
  readonly trainings: readonly Component<'training'>[];
  /** What it was adapted from. */
  readonly bases: readonly Component<'model'>[];
  /** Everything that its trainings could learn from, back to the sources. */
  readonly data: readonly Component<DataKind>[];
  readonly evaluations: readonly Component<'evaluation'>[];
  readonly services: readonly Component<'service'>[];
  readonly consumers: readonly Component<'consumer'>[];
  readonly monitors: readonly Component<'monitor'>[];
  readonly guardrails: readonly Component<'guardrail'>[];
  readonly registries: readonly Component<'registry'>[];
  readonly rollouts: readonly Component<'rollout'>[];
  readonly runbooks: readonly Component<'runbook'>[];
  /** Names of the model and of all of the above but consumers and data. */
  readonly names: ReadonlySet<string>;
}

export const DATA_KINDS = ['source', 'store', 'dataset', 'labels', 'features'] as const satisfies readonly Kind[];
export type DataKind = (typeof DATA_KINDS)[number];

export function dossierOf(architecture: Architecture, model: Component<'model'>): ModelDossier {
  const trainings = trainingsOf(architecture, model);
  const releases = releasesOf(architecture).filter(({ observed }) => observed.models.includes(model));
  const services = inOrder(architecture, 'service', [...servicesOf(architecture, model), ...releases.map(({ service }) => service)]);
  const cone = trainCone(architecture, model);
  const shown = new Set([model.name, ...services.map(({ name }) => name)]);
  const parts = {
    trainings,
    bases: (value(model, 'base') ?? []).flatMap((name) => componentsOf(architecture, 'model').filter((other) => other.name === name && other !== model)),
    evaluations: inOrder(architecture, 'evaluation', [...judgesOf(architecture, model.name), ...releases.flatMap(({ observed }) => observed.evaluations)]),
    services,
    monitors: inOrder(architecture, 'monitor', [...releases.flatMap(({ observed }) => observed.monitors), ...componentsOf(architecture, 'monitor').filter((monitor) => (value(monitor, 'watches') ?? []).some((name) => shown.has(name)))]),
    guardrails: componentsOf(architecture, 'guardrail').filter((guardrail) => guards(architecture, guardrail, shown)),
    registries: registriesOf(architecture, trainings, services),
    rollouts: inOrder(architecture, 'rollout', releases.flatMap(({ rollouts }) => rollouts)),
    runbooks: componentsOf(architecture, 'runbook').filter((runbook) => releases.some((release) => isFor(runbook, release)) || shown.has(runbook.subject ?? '')),
  };
  return {
    model,
    ...parts,
    data: componentsOf(architecture, ...DATA_KINDS).filter(({ name }) => cone.names.has(name)),
    consumers: consumersOf(architecture, services),
    names: new Set([model, ...Object.values(parts).flat()].map(({ name }) => name)),
  };
}

function inOrder<K extends Kind>(architecture: Architecture, kind: K, found: readonly Component<K>[]): Component<K>[] {
  const set = new Set(found);
  return componentsOf(architecture, kind).filter((component) => set.has(component));
}

const judgesOf = (architecture: Architecture, name: string): Component<'evaluation'>[] =>
  componentsOf(architecture, 'evaluation').filter((evaluation) => [...(value(evaluation, 'judges') ?? []), ...(value(evaluation, 'joint') ?? [])].includes(name) || (edgesOf(architecture).out.get(name) ?? []).some(({ to }) => to === evaluation.name));

function guards(architecture: Architecture, guardrail: Component<'guardrail'>, shown: ReadonlySet<string>): boolean {
  return (value(guardrail, 'guards') ?? []).some((name) => shown.has(name)) || (edgesOf(architecture).out.get(guardrail.name) ?? []).some(({ to }) => shown.has(to));
}

function registriesOf(architecture: Architecture, trainings: readonly Component[], services: readonly Component[]): Component<'registry'>[] {
  const { in: into, out } = edgesOf(architecture);
  const near = new Set([...trainings.flatMap(({ name }) => (out.get(name) ?? []).map(({ to }) => to)), ...services.flatMap(({ name }) => (into.get(name) ?? []).map(({ from }) => from))]);
  return componentsOf(architecture, 'registry').filter(({ name }) => near.has(name));
}

function consumersOf(architecture: Architecture, services: readonly Component[]): Component<'consumer'>[] {
  const asking = reachable(edgesOf(architecture), services.map(({ name }) => name), { direction: 'upstream', follow: carrying('request') });
  return componentsOf(architecture, 'consumer').filter(({ name }) => asking.has(name));
}
