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

/** Environments with what is rehearsed in them; those for automatic tests only where nothing else is there. */
export function* stagings(architecture: Architecture): Iterable<{ readonly environment: Environment; readonly rehearsed: Rehearsal[] }> {
  for (const environment of componentsOf(architecture, 'environment').filter(isRehearsalPlace)) {
    const rehearsed = rehearsedIn(architecture, environment).filter(({ environments }) => environment.variant !== 'test' || environments.every((other) => other.variant === 'test'));
    if (rehearsed.length > 0) yield { environment, rehearsed };
  }
}

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
  const places = environments.map(([place]) => place);
  const sorted = [...places.filter((place) => place.variant !== 'test'), ...places.filter((place) => place.variant === 'test')];
  return { release, environments: sorted, shadow: shadowOf(architecture, release), stage: release.pipelines.find((pipeline) => value(pipeline, 'stages')?.includes('staging')) };
}

/** What hands the artifact to the service: a registry, a training, a pipeline. */
function originsOf(architecture: Architecture, { observed }: Release): string[] {
  const graph = edgesOf(architecture);
  return [...observed.names].flatMap((name) => (graph.in.get(name) ?? []).filter((edge) => edge.payload === 'artifact').map((edge) => edge.from));
}

const shadows = new WeakMap<Architecture, ReadonlyMap<string, readonly Edge[]>>();

/** Flows that carry a copy of the traffic, by either end. */
function shadowFlows(architecture: Architecture): ReadonlyMap<string, readonly Edge[]> {
  let found = shadows.get(architecture);
  if (!found) {
    const copies = edgesOf(architecture).edges.filter((edge) => edge.flow && value(edge.flow, 'shadow') === true);
    const byEnd = new Map<string, Edge[]>();
    for (const edge of copies) for (const end of [edge.from, edge.to]) byEnd.set(end, [...(byEnd.get(end) ?? []), edge]);
    shadows.set(architecture, (found = byEnd));
  }
  return found;
}

function shadowOf(architecture: Architecture, { rollouts, observed }: Release): string | undefined {
  const rollout = rollouts.find((candidate) => strategyOf(candidate)?.kind === 'shadow');
  if (rollout) return `${rollout.name} sends it a copy of the traffic first`;
  const copies = shadowFlows(architecture);
  if (copies.size === 0) return undefined;
  const models = new Set(observed.models.map((model) => model.name));
  for (const name of observed.names) {
    const [own] = copies.get(name) ?? [];
    if (own) return `${own.from} sends a copy of the traffic to ${own.to}`;
    // A copy of the service that serves the same model, beside it behind the same caller.
    for (const { from } of edgesOf(architecture).in.get(name) ?? []) {
      const copy = (copies.get(from) ?? []).find((edge) => edge.from === from && servesOneOf(architecture, edge.to, models));
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
