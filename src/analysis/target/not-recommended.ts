import type { Component } from '../../model/architecture.ts';
import { middle } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { featureStores, modelsByGroup } from '../data/feature-stores.ts';
import { estimate } from '../estimation/estimate.ts';
import { platformStanding } from '../estimation/platform-cost.ts';
import { formatDuration, formatNumber } from '../format.ts';
import type { Context } from '../rule.ts';
import { inHouseModels } from '../training/in-house.ts';

/** Something that is often built and that this target does without, on purpose. */
export interface NotRecommended {
  readonly what: string;
  readonly because: string;
  /** The number that would change it. */
  readonly changesAt: string;
}

/** Replicas from which placing them by hand costs more than a cluster. A proposal, no measurement. */
const MANY_REPLICAS = 20;
/** What a published guide gives for batches at their quickest (S3.17). */
const QUICKEST_BATCH = 900;
/** Growth for which it is asked whether the way to run replicas still does. */
const GROWN = 10;

/** What a target leaves out, each with its reason in the numbers of the target and the number that would change it. */
export function notRecommended(target: Context): NotRecommended[] {
  return [kubernetes, featureStore, streaming, distributedTraining, ownPlatform].flatMap((judge) => judge(target) ?? []);
}

const CLUSTERS: ReadonlySet<string> = new Set(['kubernetes', 'eks', 'gke', 'aks', 'kserve', 'seldon', 'kubeflow']);

function kubernetes(context: Context): NotRecommended | undefined {
  const { architecture } = context;
  const components = [...architecture.components.values()];
  const named = (component: Component): unknown[] => [value(component as Component<'service'>, 'technology'), value(component as Component<'service'>, 'platform')];
  const services = componentsOf(architecture, 'service').filter((service) => service.variant !== 'llm_api');
  if (services.length === 0 || components.some((component) => named(component).some((name) => CLUSTERS.has(String(name))))) return undefined;
  const needed = replicasAt(context, GROWN);
  if (needed !== undefined && needed > MANY_REPLICAS) return undefined;
  const because = needed === undefined ? 'No finding asks for it, and nobody says how many replicas are needed.' : `No finding asks for it: at ${GROWN} times today’s peak ${formatNumber(needed)} replicas are needed in all (estimated), which the declared platforms run.`;
  return { what: 'Kubernetes', because, changesAt: `More than about ${MANY_REPLICAS} replicas, or services that must share machines (a proposal, no measurement).` };
}

function replicasAt(context: Context, multiple: number): number | undefined {
  const needed = estimate(context, [multiple]).stations.filter(({ kind }) => kind === 'service').map(({ at }) => at[0]?.needed);
  const known = needed.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b, 0);
}

function featureStore({ architecture }: Context): NotRecommended | undefined {
  const models = inHouseModels(architecture);
  if (models.length === 0 || featureStores(architecture).length > 0) return undefined;
  const shared = [...modelsByGroup(architecture).values()].filter((uses) => new Set(uses.map(({ subject }) => subject.name)).size > 1).length;
  const because = shared > 0 ? `${formatNumber(shared)} feature ${shared === 1 ? 'group is' : 'groups are'} shared; one library of definitions does for that.` : `${models.length === 1 ? 'One model is' : `${formatNumber(models.length)} models are`} trained here and none shares its features with another.`;
  return { what: 'A feature store', because, changesAt: 'A third model that uses the same features, skew that shared code does not end, or values that must be read within milliseconds and be fresher than a batch gives.' };
}

function streaming({ architecture }: Context): NotRecommended | undefined {
  const ingestions = componentsOf(architecture, 'ingestion');
  if (ingestions.some(({ variant }) => variant !== undefined && variant !== 'batch')) return undefined;
  const freshness = componentsOf(architecture, 'features').flatMap((group) => value(group, 'freshness') ?? []);
  if (freshness.length === 0 && ingestions.length === 0) return undefined;
  const least = freshness.length > 0 ? Math.min(...freshness.map(middle)) : undefined;
  if (least !== undefined && least < QUICKEST_BATCH) return undefined;
  const because = least === undefined ? 'Data arrives in batches, and nobody declares that values must be fresher.' : `The freshest values that are asked for may be ${formatDuration(least)} old, which batches give.`;
  return { what: 'Streaming ingestion', because, changesAt: `A value that must be fresher than ${formatDuration(QUICKEST_BATCH)}, the quickest that a published guide gives for batches (S3.17). It puts streams at 3,000 to 10,000 USD a month against 500 to 2,000 (S3.19).` };
}

function distributedTraining({ architecture }: Context): NotRecommended | undefined {
  const trainings = componentsOf(architecture, 'training');
  if (trainings.length === 0 || trainings.some((training) => isDistributed(training))) return undefined;
  const longest = Math.max(0, ...trainings.map((training) => value(training, 'runs_on')?.for?.high ?? 0));
  const because = longest > 0 ? `The longest declared run takes ${formatDuration(longest)} on one machine.` : 'No finding says that a model outgrows one device.';
  return { what: 'Distributed training', because, changesAt: 'A model, its gradients and optimiser that do not fit the memory of one device, or a run that takes longer than the time between two releases.' };
}

const isDistributed = (training: Component<'training'>): boolean => value(training, 'strategy') !== undefined || (value(training, 'runs_on')?.x?.high ?? 1) > 1;

function ownPlatform(context: Context): NotRecommended | undefined {
  const standing = platformStanding(context, estimate(context, [1]).cost);
  if (!standing || standing.verdict === 'build') return undefined;
  const { predictionsPerMonth } = standing.facts;
  const volume = predictionsPerMonth === undefined ? '' : ` ${formatNumber(Number(predictionsPerMonth.toPrecision(2)))} answers a month.`;
  const because = standing.verdict === 'managed' ? `Volume and bill point to managed services.${volume}` : `What is known lies between the published thresholds or points both ways.${volume}`;
  return { what: 'A platform of one’s own', because, changesAt: 'More than 100 million answers a month or a managed bill of 150,000 to 300,000 USD a month, with five platform engineers or more (published thresholds, S3.130 and S3.131; claims, not measurements).' };
}
