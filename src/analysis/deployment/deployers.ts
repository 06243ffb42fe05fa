import type { Architecture, Component } from '../../model/architecture.ts';
import type { Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { documentedReleases } from './runbooks.ts';

/** People who can deploy, as one component says. */
export interface Deployers {
  readonly component: Component;
  readonly property: string;
  readonly count: Quantity;
}

/** How many people can bring a version to production, as pipelines, runbooks and teams say; a team of one is one. */
export const deployersOf = (architecture: Architecture): Deployers[] => [...countsOf(architecture)];

function* countsOf(architecture: Architecture): Iterable<Deployers> {
  const seen = new Set<Component>();
  const of = function* (component: Component<'pipeline' | 'runbook' | 'team'>, property: 'deployers' | 'operators' | 'people'): Iterable<Deployers> {
    const count = value(component as Component<'pipeline'>, property as 'deployers');
    // A pipeline that nobody starts, or a team that does not deploy, says nothing.
    if (seen.has(component) || !count || count.high === 0) return;
    seen.add(component);
    yield { component, property, count };
  };
  for (const { release, runbooks } of documentedReleases(architecture)) {
    for (const pipeline of release.pipelines) yield* of(pipeline, 'deployers');
    for (const runbook of runbooks) yield* of(runbook, 'operators');
  }
  const teams = componentsOf(architecture, 'team');
  for (const team of teams) yield* of(team, 'deployers');
  const [only] = teams;
  if (seen.size === 0 && teams.length === 1 && only && (value(only, 'people')?.high ?? 2) <= 1) yield* of(only, 'people');
}
