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
  /** Those that judge the model by itself, or by the only thing that a service of it runs. */
  readonly evaluations: readonly Component<'evaluation'>[];
  /** Those that judge a service as a whole in which the model is one part. */
  readonly evaluationsAround: readonly Component<'evaluation'>[];
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
  const alone = services.filter((service) => value(service, 'serves')?.every((name) => name === model.name)).map(({ name }) => name);
  const direct = judgesOf(architecture, new Set([model.name, ...alone]));
  const parts = {
    trainings,
    bases: (value(model, 'base') ?? []).flatMap((name) => componentsOf(architecture, 'model').filter((other) => other.name === name && other !== model)),
    evaluations: direct,
    evaluationsAround: inOrder(architecture, 'evaluation', [...judgesOf(architecture, shown), ...releases.flatMap(({ observed }) => observed.evaluations)]).filter((evaluation) => !direct.includes(evaluation)),
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

/** Evaluations that name one of some components, or that a flow from one leads to; where there is one model only, those that name nothing are of it. */
function judgesOf(architecture: Architecture, names: ReadonlySet<string>): Component<'evaluation'>[] {
  const only = componentsOf(architecture, 'model').length === 1;
  return componentsOf(architecture, 'evaluation').filter((evaluation) => {
    const judged = [...(value(evaluation, 'judges') ?? []), ...(value(evaluation, 'joint') ?? []), ...(edgesOf(architecture).in.get(evaluation.name) ?? []).filter(({ payload }) => payload === 'artifact' || payload === 'predictions').map(({ from }) => from)];
    return judged.some((name) => names.has(name)) || (only && judged.length === 0);
  });
}

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
