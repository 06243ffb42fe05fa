import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { releasesOf, strategyOf, type Release } from '../../deployment/releases.ts';

type Environment = Component<'environment'>;

/** Where a new version of a service is tried before it answers for real. */
export interface Rehearsal {
  readonly release: Release;
  /** Environments in which it is tried on something like production. */
  readonly environments: readonly Environment[];
  /** What sends it a copy of production traffic, in words: `Mirror (a copy of the traffic)`. */
  readonly shadow?: string;
  /** A stage of a pipeline that deploys it to staging. */
  readonly stage?: Component<'pipeline'>;
}

const cache = new WeakMap<Architecture, readonly Rehearsal[]>();

export function rehearsalsOf(architecture: Architecture): readonly Rehearsal[] {
  let rehearsals = cache.get(architecture);
  if (!rehearsals) cache.set(architecture, (rehearsals = releasesOf(architecture).map((release) => rehearsalOf(architecture, release))));
  return rehearsals;
}

export const isRehearsed = ({ environments, shadow, stage }: Rehearsal): boolean => environments.length > 0 || shadow !== undefined || stage !== undefined;

/** Developers’ machines and production itself are no place to rehearse. */
export const isRehearsalPlace = (environment: Environment): boolean => environment.variant !== 'development' && environment.variant !== 'production';

/** Services that are rehearsed in an environment. */
export const rehearsedIn = (architecture: Architecture, environment: Environment): Rehearsal[] => rehearsalsOf(architecture).filter(({ environments }) => environments.includes(environment));

const links = new WeakMap<Architecture, ReadonlyMap<Environment, ReadonlySet<string>>>();

/** What an environment stands for, or has to do with: by `of` and `gates`, by what runs in it, by flows and pipelines. */
function linksOf(architecture: Architecture): ReadonlyMap<Environment, ReadonlySet<string>> {
  let found = links.get(architecture);
  if (!found) links.set(architecture, (found = computeLinks(architecture)));
  return found;
}

function computeLinks(architecture: Architecture): Map<Environment, Set<string>> {
  const graph = edgesOf(architecture);
  const places = componentsOf(architecture, 'environment').filter(isRehearsalPlace);
  const byPlace = new Map(places.map((place) => [place.name, new Set<string>(value(place, 'of') ?? [])]));
  for (const place of places) {
    const linked = byPlace.get(place.name);
    for (const edge of [...(graph.out.get(place.name) ?? []), ...(graph.in.get(place.name) ?? [])]) linked?.add(edge.from === place.name ? edge.to : edge.from);
  }
  for (const copy of componentsOf(architecture, 'service')) {
    const linked = byPlace.get(value(copy, 'runs_in') ?? '');
    for (const name of linked ? (value(copy, 'serves') ?? []) : []) linked?.add(name);
  }
  return new Map(places.map((place) => [place, byPlace.get(place.name) ?? new Set()]));
}

function rehearsalOf(architecture: Architecture, release: Release): Rehearsal {
  const related = new Set([...release.observed.names, ...release.rollouts.map(({ name }) => name), ...release.pipelines.map(({ name }) => name), ...originsOf(architecture, release)]);
  const environments = [...linksOf(architecture)].filter(([place, linked]) => {
    // A staging environment that names nothing is one for everything.
    const named = [...linked].some((name) => ['service', 'agent', 'model', 'rollout', 'pipeline', 'gateway', 'registry', 'training'].includes(architecture.components.get(name)?.kind ?? ''));
    return named || value(place, 'of') !== undefined ? [...linked].some((name) => related.has(name)) : true;
  });
  return { release, environments: environments.map(([place]) => place), shadow: shadowOf(architecture, release), stage: release.pipelines.find((pipeline) => value(pipeline, 'stages')?.includes('staging')) };
}

/** What hands the artifact to the service: a registry, a training, a pipeline. */
function originsOf(architecture: Architecture, { observed }: Release): string[] {
  const graph = edgesOf(architecture);
  return [...observed.names].flatMap((name) => (graph.in.get(name) ?? []).filter((edge) => edge.payload === 'artifact').map((edge) => edge.from));
}

function shadowOf(architecture: Architecture, { rollouts, observed }: Release): string | undefined {
  const rollout = rollouts.find((candidate) => strategyOf(candidate)?.kind === 'shadow');
  if (rollout) return `${rollout.name} sends it a copy of the traffic first`;
  const graph = edgesOf(architecture);
  const isShadow = (edge: Edge): boolean => edge.flow !== undefined && value(edge.flow, 'shadow') === true;
  const models = new Set(observed.models.map((model) => model.name));
  for (const name of observed.names) {
    const incoming = (graph.in.get(name) ?? []).find(isShadow);
    if (incoming) return `${incoming.from} sends it a copy of the traffic`;
    // A copy of the service that serves the same model beside it.
    for (const edge of graph.out.get(name) ?? []) if (isShadow(edge)) return `${edge.from} sends a copy of the traffic to ${edge.to}`;
    for (const { from } of graph.in.get(name) ?? []) {
      const copy = (graph.out.get(from) ?? []).find((edge) => isShadow(edge) && servesOneOf(architecture, edge.to, models));
      if (copy) return `${from} sends a copy of the traffic to ${copy.to}`;
    }
  }
  return undefined;
}

function servesOneOf(architecture: Architecture, name: string, models: ReadonlySet<string>): boolean {
  const component = architecture.components.get(name);
  return component?.kind === 'service' && (value(component as Component<'service'>, 'serves') ?? []).some((model) => models.has(model));
}

/** Whether an environment gets real traffic, as a copy. */
export const isShadowPlace = (environment: Environment): boolean => environment.variant === 'shadow' || value(environment, 'traffic')?.kind === 'shadow';
