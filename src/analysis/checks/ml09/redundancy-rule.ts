import type { Architecture, Change } from '../../../model/architecture.ts';
import { callsOf, isFallback } from '../../../model/graph/calls.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { exactly } from '../../../model/quantity.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { isOnlySpare, ownServices, wayTo, type Service } from '../../serving/services.ts';
import { outage } from './capacity-rules.ts';
import { formatNumber } from '../../format.ts';

export const moreThanOneReplica: Rule = {
  id: 'ML09.3',
  slug: 'more-than-one-replica',
  title: 'More than one replica answers, or replicas are added by themselves',
  type: 'gap',
  severity: 'high',
  why: 'With one replica every restart, deployment and fault is an outage, and load can only grow until it is full.',
  remediation: 'Run two stateless replicas behind a load balancer, in two zones; then scale by concurrency or queue length.',
  effort: 'S',
  falsePositives: 'The platform starts replicas by itself: declare `autoscale`. Another service takes over: declare `fallback`.',
  *evaluate(context) {
    for (const service of ownServices(context.architecture)) yield judge(context, service);
  },
};

function judge(context: Context, service: Service): Outcome {
  const { architecture } = context;
  const replicas = value(service, 'replicas');
  const autoscale = value(service, 'autoscale');
  const machines = value(service, 'runs_on')?.x;
  const most = Math.max(replicas?.high ?? 0, autoscale?.max?.high ?? (autoscale ? Number.POSITIVE_INFINITY : 0));
  if (isOnlySpare(architecture, service)) return notApplicable(`${service.name} answers only when another way fails.`, service);
  if (most > 1) return satisfied(service, { because: autoscale ? 'replicas are added by themselves' : `${formatNumber(most)} replicas`, evidence: evidenceOf(statementOf(service, autoscale ? 'autoscale' : 'replicas')) });
  if (replicas === undefined && autoscale === undefined) {
    if ((machines?.low ?? 0) > 1) return satisfied(service, { because: `it runs on ${formatNumber(machines?.low ?? 0)} machines`, evidence: evidenceOf(statementOf(service, 'runs_on')) });
    if ((value(service, 'zones')?.low ?? 0) > 1) return satisfied(service, { because: 'it spans several zones', evidence: evidenceOf(statementOf(service, 'zones')) });
    if (presenceOf(service, 'replicas') !== 'absent') return { ...question(service, 'replicas', `How many replicas of ${service.name} run, and are more added under load? Declare \`replicas\` or \`autoscale\`.`), statedUnknown: presenceOf(service, 'replicas') === 'unknown' };
  }
  const twin = twinOf(architecture, service);
  if (twin) return satisfied(service, { because: `${twin} answers the same requests` });
  return gap(service, {
    ...outage(context, service),
    at: replicas ? 'replicas' : undefined,
    message: `One replica of ${service.name} answers everything, and none is added under load${autoscale ? ': it may grow to one' : ''}.`,
    why: `Whenever that replica restarts, ${service.name} is down; it is also all the capacity there is.`,
    path: wayTo(architecture, service.name),
    changes: changesFor(service),
    impact: 'Restarts and deployments without an outage',
    mitigated: service.properties.fallback?.state === 'present',
  });
}

function changesFor(service: Service): Change[] {
  const autoscale = value(service, 'autoscale');
  const set = (property: string, held: unknown): Change => ({ op: 'set', subject: service.name, property, value: held });
  return [set('replicas', exactly(2, '1')), ...(autoscale?.max && autoscale.max.high < 2 ? [set('autoscale', { ...autoscale, max: exactly(4, '1') })] : [])];
}

/** Another service behind the same gateway that runs the same model. */
function twinOf(architecture: Architecture, service: Service): string | undefined {
  const calls = callsOf(architecture);
  const models = modelsOf(architecture, service);
  for (const { caller } of calls.to.get(service.name) ?? []) {
    if (architecture.components.get(caller)?.kind !== 'gateway') continue;
    for (const call of calls.from.get(caller) ?? []) {
      const other = architecture.components.get(call.callee);
      if (other?.kind !== 'service' || other.name === service.name || isFallback(call)) continue;
      if (modelsOf(architecture, other as Service).some((model) => models.includes(model))) return other.name;
    }
  }
  return undefined;
}
