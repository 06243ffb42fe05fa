import type { Change } from '../../../model/architecture.ts';
import { exactly } from '../../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatDuration, formatNumber, formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { advice, contradiction, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { loadOf } from '../../serving/load.ts';
import { platformOf } from '../../serving/platform.ts';
import { acceleratorsOf, isGenerative, ownServices, type Service } from '../../serving/services.ts';

/** A wait that fills batches without being felt, where no objective sets a smaller one. Seconds. */
const USUAL_WAIT = 0.005;

export const batchesOnAccelerators: Rule = {
  id: 'ML09.6',
  slug: 'batching',
  title: 'Accelerators work in batches, and batches do not wait longer than the objective',
  type: 'advisory',
  severity: 'medium',
  why: 'An accelerator that gets one request at a time does a fraction of what it could; a batch that waits too long costs the latency that it was to save.',
  remediation: 'Batch requests as they come, with a wait well below the objective; for language models batch token by token.',
  effort: 'S',
  falsePositives: 'Requests already hold many items: declare `batching static`. The accelerator is not the limit: declare `throughput` of a replica.',
  *evaluate(context) {
    for (const service of ownServices(context.architecture)) yield* judge(context, service);
  },
};

function* judge(context: Context, service: Service): Iterable<Outcome> {
  const late = tooLong(service);
  if (late) return yield late;
  const accelerators = acceleratorsOf(context.architecture, service);
  const batching = value(service, 'batching');
  if (!accelerators) {
    if (batching?.wait) yield satisfied(service, { because: `a wait of ${formatQuantity(batching.wait)} fits the objective` });
    else yield notApplicable(`${service.name} uses no accelerator.`, service);
    return;
  }
  if (batching && batching.kind !== 'off') return yield satisfied(service, { because: `batching ${batching.kind ?? ''}`.trim(), evidence: evidenceOf(statementOf(service, 'batching')) });
  const load = loadOf(context, service.name);
  const replicas = Math.max(value(service, 'replicas')?.high ?? 1, value(service, 'autoscale')?.max?.high ?? 0);
  const devices = accelerators.devices * replicas;
  if (!load) return yield notApplicable(`The peak of ${service.name} is not known.`, service);
  const each = load.peak.low / devices;
  const limit = context.settings.thresholds.batchingRatePerDevice;
  const rate = `${formatQuantity(load.peak)} on ${formatNumber(devices)} ${accelerators.type}`;
  if (each <= limit || load.divided) return yield notApplicable(`${rate}: ${formatNumber(each)} req/s for each, and batching pays from about ${formatNumber(limit)}.`, service);
  const platform = platformOf(context.architecture, service);
  const cannot = platform?.facts.cannot?.includes('batching') ?? false;
  const stated = presenceOf(service, 'batching');
  if (stated === 'not-applicable') return yield notApplicable(`Batching does not apply to ${service.name}.`, service);
  if (batching === undefined && stated !== 'absent' && !cannot) {
    return yield { ...question(service, 'batching', `Does ${service.name} group requests? At the peak it gets ${rate}. Declare \`batching\`.`), statedUnknown: stated === 'unknown' };
  }
  const wait = Math.min(USUAL_WAIT, (value(service, 'slo')?.p99?.low ?? Number.POSITIVE_INFINITY) / 20);
  const setting = isGenerative(context.architecture, service) ? { kind: 'continuous' } : { kind: 'dynamic', max: exactly(16, '1'), wait: exactly(wait, 's') };
  const changes: Change[] = cannot ? [] : [{ op: 'set', subject: service.name, property: 'batching', value: setting }];
  yield advice(service, {
    at: batching || stated === 'absent' ? 'batching' : undefined,
    message: `${service.name} answers one request at a time on its accelerators, though the peak is ${rate}${cannot ? `; ${platform?.title} cannot batch by itself` : ''}.`,
    why: `Each ${accelerators.type} gets ${formatNumber(each)} req/s; in batches the same devices usually do several times as much.`,
    remedy: cannot ? `Put a model server that batches in front of the model, or in place of ${platform?.title}.` : undefined,
    changes,
    impact: 'Several times the throughput on the same accelerators',
  });
}

/** A request that opens a batch waits until the batch is full or the wait is over; at low traffic it waits in full. */
function tooLong(service: Service): Outcome | undefined {
  const batching = value(service, 'batching');
  const objective = value(service, 'slo')?.p99;
  const compute = value(service, 'service_time')?.p50;
  if (!batching?.wait || !objective || batching.kind === 'off') return undefined;
  const least = compute?.low ?? 0;
  // Where computing alone takes longer, the wait is not what breaks the objective.
  if (least > objective.high || batching.wait.low + least <= objective.high) return undefined;
  const room = (objective.low - (compute?.high ?? 0)) / 2;
  return contradiction(service, {
    at: 'batching',
    message: `A request may wait ${formatQuantity(batching.wait)} for its batch${compute ? ` and takes ${formatQuantity(compute)} at the median` : ''}: ${formatDuration(batching.wait.low + least)}, beyond the p99 objective of ${formatQuantity(objective)}.`,
    why: 'When traffic is low batches do not fill, so the first request of each waits in full.',
    changes: room > 0 ? [{ op: 'set', subject: service.name, property: 'batching', value: { ...batching, wait: exactly(Math.max(0.001, Math.floor(room * 1000) / 1000), 's') } }] : [],
    impact: 'Batches within the objective',
  });
}
