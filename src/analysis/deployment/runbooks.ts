import type { Architecture, Component } from '../../model/architecture.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { releasesOf, type Release } from './releases.ts';

type Runbook = Component<'runbook'>;

/** Runbooks that say how a version comes to production. */
export const deploymentRunbooks = (architecture: Architecture): Runbook[] => componentsOf(architecture, 'runbook').filter((runbook) => value(runbook, 'covers')?.includes('deployment'));

/** Runbooks that do not say what they are for. */
export const unassignedRunbooks = (architecture: Architecture): Runbook[] => componentsOf(architecture, 'runbook').filter((runbook) => value(runbook, 'covers') === undefined);

/** Whether a runbook is for a service: it names it or what it runs, or names nothing. */
export const isFor = (runbook: Runbook, { observed }: Release): boolean => runbook.subject === undefined || observed.names.has(runbook.subject);

/** Releases with the deployment runbooks that are for them. */
export function documentedReleases(architecture: Architecture): { release: Release; runbooks: Runbook[] }[] {
  const all = deploymentRunbooks(architecture);
  return releasesOf(architecture).map((release) => ({ release, runbooks: all.filter((runbook) => isFor(runbook, release)) }));
}
