import type { Architecture, Component } from '../../../model/architecture.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import type { Context } from '../../rule.ts';
import { isInProduction, isJob, type Service } from '../../serving/services.ts';

/** A service that predicts in jobs, and where its results go. */
export interface Job {
  readonly service: Service;
  /** Edges on which its results leave it, logs left out. */
  readonly results: readonly Edge[];
  /** Stores, caches and artefacts in which its results lie for others to read. */
  readonly holders: readonly Component[];
  /** Orchestrators that run it. */
  readonly orchestrators: readonly Component<'orchestrator'>[];
}

const HOLDERS: ReadonlySet<string> = new Set(['store', 'cache', 'artefact', 'dataset', 'features']);
const cache = new WeakMap<Architecture, readonly Job[]>();

/** The jobs in production that predict; a job that only calls other services predicts nothing itself. */
export function jobsOf(architecture: Architecture): readonly Job[] {
  let jobs = cache.get(architecture);
  if (!jobs) cache.set(architecture, (jobs = componentsOf(architecture, 'service').filter((service) => predicts(architecture, service)).map((service) => jobOf(architecture, service))));
  return jobs;
}

const predicts = (architecture: Architecture, service: Service): boolean => isJob(service) && isInProduction(architecture, service) && (service.variant === 'batch' || modelsOf(architecture, service).length > 0);

function jobOf(architecture: Architecture, service: Service): Job {
  const graph = edgesOf(architecture);
  const results = (graph.out.get(service.name) ?? []).filter((edge) => (edge.payload === 'predictions' || edge.payload === 'data' || edge.payload === 'features') && !isLog(architecture, edge));
  const holders = results.flatMap((edge) => architecture.components.get(edge.to) ?? []).filter((component) => HOLDERS.has(component.kind));
  const orchestrators = componentsOf(architecture, 'orchestrator').filter((orchestrator) => (graph.out.get(orchestrator.name) ?? []).some((edge) => edge.to === service.name));
  return { service, results, holders, orchestrators };
}

function isLog(architecture: Architecture, edge: Edge): boolean {
  if (edge.via?.property === 'logs_to') return true;
  const target = architecture.components.get(edge.to);
  return target?.kind === 'store' && (target.variant === 'log' || value(target as Component<'store'>, 'layer') === 'logs');
}

/** True, or that nothing predicts in jobs. */
export const predictsInJobs = ({ architecture }: Context): true | string => (jobsOf(architecture).length > 0 ? true : 'No service predicts in jobs.');
