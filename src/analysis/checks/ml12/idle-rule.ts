import type { Change, Component } from '../../../model/architecture.ts';
import { over } from '../../../model/graph/interval.ts';
import { exactly } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { advice, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { capacityAt, perReplica } from '../../serving/load.ts';
import { meanLoadOf } from '../../serving/mean-load.ts';
import { acceleratorsOf, consumersOf, ownServices, type Service } from '../../serving/services.ts';

/** Replicas that stay whatever the load, so that one may fail. */
const REDUNDANT = 2;

export const machinesAreBusy: Rule = {
  id: 'ML12.5',
  slug: 'machines-are-busy',
  title: 'Accelerators are busy, and nothing runs at hours at which nobody asks',
  type: 'advisory',
  severity: 'medium',
  why: 'An accelerator costs the same whether it computes or waits.',
  remediation: 'Run fewer or smaller ones, share them between models, let them scale with demand, or turn them off at night.',
  effort: 'S',
  falsePositives: 'They stand by for a failure elsewhere, or wait for a season. Accept the risk with that reason.',
  *evaluate(context) {
    const services = ownServices(context.architecture);
    for (const service of services) {
      yield* judgeHours(context, service);
      yield judgeUse(context, service);
    }
    for (const pool of componentsOf(context.architecture, 'compute')) yield* judgePool(context, pool);
  },
};

function* judgeHours({ architecture }: Context, service: Service): Iterable<Outcome> {
  const consumers = consumersOf(architecture, service.name);
  if (value(service, 'hours') !== 'always' || consumers.length === 0 || consumers.some((consumer) => value(consumer, 'hours') !== 'office')) return;
  if (value(service, 'scale_to_zero') === true) return yield satisfied(service, { because: 'it scales to zero when nobody asks' });
  yield advice(service, {
    at: 'hours',
    about: 'hours',
    message: `${service.name} runs day and night, and ${consumers.map((consumer) => consumer.name).join(', ')} ${consumers.length === 1 ? 'asks' : 'ask'} in office hours only.`,
    why: 'Of 168 hours a week about 50 are used.',
    changes: [{ op: 'set', subject: service.name, property: 'hours', value: 'office' }],
    impact: 'About two thirds of the machine hours',
  });
}

function judgeUse(context: Context, service: Service): Outcome {
  const accelerators = acceleratorsOf(context.architecture, service);
  if (!accelerators) return notApplicable(`${service.name} uses no accelerator.`, service);
  const limit = context.settings.thresholds.idleUtilisation;
  const declared = value(service, 'utilisation');
  if (declared) {
    if (declared.high >= limit) return satisfied(service, { because: `busy ${formatShare(declared)} of the time`, evidence: evidenceOf(statementOf(service, 'utilisation')) });
    return advice(service, { at: 'utilisation', message: `The accelerators of ${service.name} (${accelerators.type}) are busy ${formatShare(declared)} of the time.`, why: `${formatShare({ low: 1 - declared.high, high: 1 - declared.low, unit: '1' })} of what they cost is for waiting.` });
  }
  const computed = idleByFigures(context, service, limit);
  if (computed) return computed;
  if (value(service, 'scale_to_zero') === true) return satisfied(service, { because: 'it scales to zero when nobody asks' });
  return { ...question(service, 'utilisation', `How busy are the accelerators of ${service.name}? Declare \`utilisation\`.`), statedUnknown: presenceOf(service, 'utilisation') === 'unknown' };
}

/** Mean traffic over what the replicas that always run can take, where both follow from what is declared. */
function idleByFigures(context: Context, service: Service, limit: number): Outcome | undefined {
  const load = meanLoadOf(context, service.name);
  const capacity = capacityAt(context.architecture, service.name);
  const each = capacity && perReplica(capacity);
  const replicas = value(service, 'replicas');
  if (!load || load.assumed || !each || !replicas || capacity.assumptions.length > 0) return undefined;
  const use = over(load.value, exactly(Math.max(1, replicas.low) * each, 'req/s'), '1');
  const numbers = `${formatQuantity(load.value)} on average where ${formatNumber(replicas.low)} replicas take ${formatNumber(replicas.low * each)} req/s`;
  if (use.high >= limit) return satisfied(service, { because: numbers });
  if (replicas.low <= REDUNDANT) return notApplicable(`${numbers}; fewer than ${REDUNDANT} replicas would be none to spare.`, service);
  const fewer = Math.max(REDUNDANT, Math.ceil(load.value.high / (each * 0.5)));
  const clears = load.value.high / (fewer * each) >= limit || fewer <= REDUNDANT;
  const change: Change = { op: 'set', subject: service.name, property: 'replicas', value: { low: fewer, high: Math.max(fewer, replicas.high), unit: '1' } };
  return advice(service, {
    at: 'replicas',
    message: `${service.name} gets ${numbers}: its accelerators are busy ${formatShare(use)} of the time.`,
    why: `${formatNumber(fewer)} would do on average; the rest can be added under load.`,
    changes: clears ? [change, ...(presenceOf(service, 'autoscale') === 'present' ? [] : [{ op: 'set', subject: service.name, property: 'autoscale', value: { on: 'concurrency' } } as const])] : [],
    impact: 'Accelerators that are paid for while they work',
  });
}

function* judgePool({ architecture, settings }: Context, pool: Component<'compute'>): Iterable<Outcome> {
  const instance = value(pool, 'runs_on')?.instance;
  const accelerator = instance === undefined ? undefined : architecture.catalogue.instance.get(instance)?.properties.accelerator;
  const use = value(pool, 'utilisation');
  if (accelerator === undefined || !use) return;
  if (use.high >= settings.thresholds.idleUtilisation) yield satisfied(pool, { because: `busy ${formatShare(use)} of the time` });
  else yield advice(pool, { at: 'utilisation', message: `The accelerators of ${pool.name} (${accelerator}) are busy ${formatShare(use)} of the time.` });
}
