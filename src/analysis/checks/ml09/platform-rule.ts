import type { Architecture, Change } from '../../../model/architecture.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { rolloutTargets, strategyOf } from '../../deployment/releases.ts';
import { formatNumber, formatQuantity } from '../../format.ts';
import { gap, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { capacityAt, loadOf, perReplica } from '../../serving/load.ts';
import { platformOf, serverThatCan, type Platform } from '../../serving/platform.ts';
import { gatewaysBefore, insertRouter, mayDivide } from '../../serving/routing.ts';
import { acceleratorsOf, isVendor, ownServices, type Service } from '../../serving/services.ts';
import type { TechnologyFacts } from '../../technology.ts';

type Capability = NonNullable<TechnologyFacts['can']>[number];

/** Something that a service needs and a web framework does not do. */
export interface Need {
  readonly capability: Capability;
  readonly says: string;
}

export const platformFitsNeeds: Rule = {
  id: 'ML09.8',
  slug: 'platform-fits-needs',
  title: 'A web framework serves models only where it is enough',
  type: 'gap',
  severity: 'medium',
  why: 'A web framework answers requests; batching, several models apart, versions side by side and scaling have to be built around it, and mostly are not.',
  remediation: 'First two replicas behind a load balancer; then a model server for accelerators or several models; a cluster only when those are not enough.',
  effort: 'M',
  falsePositives: 'Several worker processes share the load: declare `processes workers`. Something in front divides traffic: declare a gateway with `splits yes`.',
  *evaluate(context) {
    for (const service of ownServices(context.architecture)) yield judge(context, service);
  },
};

function judge(context: Context, service: Service): Outcome {
  const { architecture } = context;
  const models = modelsOf(architecture, service);
  const platform = platformOf(architecture, service);
  if (service.variant === 'app' || (models.length > 0 && models.every((model) => isVendor(model) || model.variant === 'rules'))) return notApplicable(`${service.name} computes no model itself.`, service);
  const needs = needsOf(context, service);
  if (!platform) {
    const named = value(service, 'platform') ?? value(service, 'technology');
    if (named !== undefined) return notApplicable(`The catalogue does not know ${named}.`, service);
    if (needs.length === 0) return notApplicable(`${service.name} has no declared need that a web framework could not meet.`, service);
    return question(service, 'platform', `What serves the model of ${service.name}? It has ${needs[0]?.says ?? ''}. Declare \`platform\`.`);
  }
  if (platform.facts.category !== 'web_framework') return satisfied(service, { because: `${platform.title} is more than a web framework` });
  if (value(service, 'processes') === 'workers') return notApplicable(`${platform.title} runs several processes.`, service);
  const unmet = needs.filter(({ capability }) => !platform.facts.can?.includes(capability));
  if (unmet.length === 0) return notApplicable(`${platform.title} is enough for ${service.name}: one model, no accelerator, no division of traffic${enough(context, service)}.`, service);
  return gap(service, {
    at: platform.property,
    message: `${service.name} runs on ${platform.title}, but has ${unmet.map((need) => need.says).join(', ')}.`,
    why: `${platform.title} ${unmet.some((need) => platform.facts.cannot?.includes(need.capability)) ? `cannot do ${unmet.filter((need) => platform.facts.cannot?.includes(need.capability)).map((need) => need.capability.replaceAll('_', ' ')).join(' or ')} by itself` : 'is a web framework: it does none of that by itself'}, so it has to be built and kept up around it.`,
    changes: changesFor(context, service, platform, unmet),
    impact: 'A platform that does what the service needs',
  });
}

/** What a service needs of the platform that serves its models, beyond answering requests. */
export function needsOf(context: Context, service: Service): Need[] {
  const { architecture } = context;
  const needs: Need[] = [];
  const accelerators = acceleratorsOf(architecture, service);
  if (accelerators) needs.push({ capability: 'batching', says: `an accelerator (${accelerators.type}) to keep busy` });
  const models = modelsOf(architecture, service).filter((model) => !isVendor(model));
  if (models.length >= 2) needs.push({ capability: 'multi_model', says: `${models.length} models to keep apart` });
  const divided = dividedBy(architecture, service);
  if (divided) needs.push({ capability: 'traffic_splitting', says: `traffic to divide for ${divided}` });
  const load = loadOf(context, service.name);
  const capacity = capacityAt(architecture, service.name);
  const each = capacity && perReplica(capacity);
  const several = (value(service, 'replicas')?.high ?? 0) > 1 || service.properties.autoscale?.state === 'present';
  if (each && load && !load.assumed && !load.divided && capacity.assumptions.length === 0 && load.expected.low > each && !several) {
    needs.push({ capability: 'horizontal_scaling', says: `${formatQuantity(load.expected)} to take where one replica takes ${formatNumber(each)} req/s` });
  }
  return needs;
}

/** A rollout or experiment that gives versions a part of the traffic, where nothing in front may do so. */
function dividedBy(architecture: Architecture, service: Service): string | undefined {
  const divider = dividersOf(architecture).get(service.name);
  const routed = divider !== undefined && gatewaysBefore(architecture, service).some((gateway) => mayDivide(architecture, gateway) !== false);
  return routed ? undefined : divider;
}

const dividers = new WeakMap<Architecture, ReadonlyMap<string, string>>();

/** The experiment or rollout by which each service gets a part of the traffic. */
function dividersOf(architecture: Architecture): ReadonlyMap<string, string> {
  let found = dividers.get(architecture);
  if (!found) {
    const stepwise = componentsOf(architecture, 'rollout').filter((rollout) => ['canary', 'gradual', 'ab_test'].includes(strategyOf(rollout)?.kind ?? ''));
    const pairs = stepwise.flatMap((rollout) => rolloutTargets(architecture, rollout).map((target): [string, string] => [target, rollout.name]));
    const compared = componentsOf(architecture, 'experiment').map((experiment): [string, string] => [experiment.subject ?? '', experiment.name]);
    dividers.set(architecture, (found = new Map([...pairs, ...compared])));
  }
  return found;
}

function enough(context: Context, service: Service): string {
  const load = loadOf(context, service.name);
  return load ? `, ${formatQuantity(load.expected)} for ${load.reason}` : '';
}

/** The smallest step for each need: a router, replicas, and a model server only where the others do not do. */
function changesFor(context: Context, service: Service, platform: Platform, unmet: readonly Need[]): Change[] {
  const { architecture } = context;
  const changes: Change[] = [];
  const server = unmet.map((need) => need.capability).filter((capability) => capability === 'batching' || capability === 'multi_model');
  if (server.length > 0) {
    const name = serverThatCan(architecture, [...server, ...(acceleratorsOf(architecture, service) ? (['gpu'] as const) : [])]);
    if (name === undefined) return [];
    changes.push({ op: 'set', subject: service.name, property: platform.property, value: name });
  }
  if (unmet.some((need) => need.capability === 'traffic_splitting')) changes.push(...insertRouter(architecture, service));
  const load = loadOf(context, service.name);
  const capacity = capacityAt(architecture, service.name);
  const each = capacity && perReplica(capacity);
  if (unmet.some((need) => need.capability === 'horizontal_scaling') && load && each) {
    const needed = Math.ceil(load.expected.high / each);
    changes.push({ op: 'set', subject: service.name, property: 'replicas', value: { low: Math.min(2, needed), high: needed, unit: '1' } }, { op: 'set', subject: service.name, property: 'autoscale', value: { on: 'concurrency' } });
  }
  return changes;
}
