import type { Change } from '../../../model/architecture.ts';
import { callsOf, isFallback } from '../../../model/graph/calls.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { inferenceMemory } from '../../../model/graph/memory.ts';
import { scaled } from '../../../model/graph/interval.ts';
import { quantityOf } from '../../../model/quantity.ts';
import { BYTES_PER_PARAMETER } from '../../../model/constants.ts';
import { presenceOf, value } from '../../../model/statements.ts';
import { formatDuration, formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { advice, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { meanLoadOf } from '../../serving/mean-load.ts';
import { acceleratorsOf, consumersOf, isVendor, ownServices, requestServices, type Consumer, type Service } from '../../serving/services.ts';

const HOUR = 3600;

export const realTimeIsNeeded: Rule = {
  id: 'ML12.4',
  slug: 'real-time-is-needed',
  title: 'What could be computed in advance is not computed on request',
  type: 'advisory',
  severity: 'medium',
  why: 'Replicas that wait for requests cost all day; the same answers from a nightly job cost minutes of a machine.',
  remediation: 'Predict for all keys in a job, store the answers, and look them up.',
  effort: 'M',
  falsePositives: 'The answer depends on something that only the request knows: leave out `keys`.',
  *evaluate(context) {
    for (const service of ownServices(context.architecture)) yield judgeRealTime(context, service);
  },
};

function judgeRealTime(context: Context, service: Service): Outcome {
  const consumers = consumersOf(context.architecture, service.name);
  const patience = consumers.map((consumer) => value(consumer, 'tolerates'));
  if (consumers.length === 0 || patience.some((tolerated) => tolerated === undefined)) return notApplicable(`Nobody says how old an answer of ${service.name} may be.`, service);
  const least = Math.min(...patience.map((tolerated) => tolerated?.low ?? 0));
  if (least < HOUR) return satisfied(service, { because: `answers may be no older than ${formatDuration(least)}` });
  const keys = consumers.map((consumer) => value(consumer, 'keys')?.high);
  if (keys.some((count) => count === undefined)) return notApplicable(`What can be asked of ${service.name} is not said to be countable.`, service);
  const all = Math.max(...keys.map((count) => count ?? 0));
  const load = meanLoadOf(context, service.name);
  const ahead = all / least;
  const numbers = `${formatNumber(all)} keys every ${formatDuration(least)} are ${formatNumber(ahead)} predictions a second`;
  if (!load) return notApplicable(`${numbers}; how many requests ${service.name} gets is not known.`, service);
  if (ahead >= load.value.low) return notApplicable(`${numbers}, and requests are ${formatQuantity(load.value)}: computing in advance would not be less.`, service);
  return advice(service, {
    message: `${service.name} answers ${formatQuantity(load.value)} on request, though answers may be ${formatDuration(least)} old and only ${formatNumber(all)} things can be asked.`,
    why: `${numbers} in place of ${formatQuantity(load.value)}, and they need no replicas that wait.`,
    changes: inAdvance(context, service, least),
    impact: 'Answers from a lookup, and machines only while the job runs',
  });
}

/** The service becomes a job that fills a store, which its callers read. */
function inAdvance({ architecture }: Context, service: Service, every: number): Change[] {
  const flows = (callsOf(architecture).to.get(service.name) ?? []).flatMap((call) => (call.edge.flow?.to === service.name && !isFallback(call) ? [call.edge.flow] : []));
  const store = freeName(architecture, `${service.name}Answers`);
  return [
    { op: 'set-variant', subject: service.name, variant: 'batch' },
    { op: 'set', subject: service.name, property: 'every', value: quantityOf(every, 's', 'duration') },
    { op: 'add-component', component: { kind: 'store', name: store, variant: 'online', properties: { layer: 'serving' } } },
    { op: 'add-flow', flow: { from: service.name, to: store, properties: { payload: 'predictions', mode: 'batch' } } },
    ...flows.flatMap((flow): Change[] => [
      { op: 'remove-flow', from: flow.from, to: flow.to },
      { op: 'add-flow', flow: { from: flow.from, to: store, properties: { payload: 'request', mode: 'sync' } } },
    ]),
  ];
}

/** Uses for which an answer of a moment ago is the wrong one. */
const NEVER_CACHED: ReadonlySet<string> = new Set(['fraud_detection', 'bot_detection']);

export const repeatsAreCached: Rule = {
  id: 'ML12.7',
  slug: 'repeats-and-precision',
  title: 'Repeated requests are cached, and models on accelerators are quantised where that costs nothing',
  type: 'advisory',
  severity: 'low',
  why: 'Caching, quantisation and batching are the cheapest savings there are, and they multiply.',
  remediation: 'Keep answers that are asked again; serve weights at 8 bits where a small loss of accuracy is accepted.',
  effort: 'S',
  falsePositives: 'Answers change between equal requests: declare `tolerates` of the consumer. The loss of accuracy was measured and is too large: declare `accuracy_slack no`.',
  *evaluate({ architecture, settings }) {
    for (const service of requestServices(architecture)) {
      const outcomes = [judgeRepeats(architecture, service, settings.thresholds.cacheRepeats), ...judgePrecision(architecture, service)].filter((outcome) => outcome !== undefined);
      if (outcomes.length === 0) yield notApplicable(`${service.name} has no declared repeats, and no model on accelerators with accuracy to spare.`, service);
      else yield* outcomes;
    }
  },
};

type Architecture = Context['architecture'];

function judgeRepeats(architecture: Architecture, service: Service, repeats: number): Outcome | undefined {
  const repeating = consumersOf(architecture, service.name).filter((consumer) => value(consumer, 'repeats') !== undefined);
  // What an application in front keeps need not be kept again behind it.
  if (repeating.length === 0 || modelsOf(architecture, service).length === 0) return undefined;
  const use = modelsOf(architecture, service).map((model) => value(model, 'use_case') ?? '').find((word) => NEVER_CACHED.has(word));
  if (use) return notApplicable(`In ${use.replace('_', ' ')} each request counts, however often it came before.`, service);
  const share = Math.min(...repeating.map((consumer) => value(consumer, 'repeats')?.low ?? 0));
  const cached = cacheBefore(architecture, service, repeating);
  if (cached) return satisfied(service, { because: `${cached} answers what was asked before` });
  if (share < repeats) return satisfied(service, { because: `only ${formatShare({ low: share, high: share, unit: '1' })} of the requests repeat` });
  const tolerated = Math.min(...repeating.map((consumer) => value(consumer, 'tolerates')?.low ?? 600));
  if (tolerated < 1) return notApplicable(`Answers of ${service.name} may be no older than ${formatDuration(tolerated)}.`, service);
  const numbers = `${formatShare({ low: share, high: share, unit: '1' })} of the requests of ${repeating.map((consumer) => consumer.name).join(', ')} were asked before`;
  const presence = presenceOf(service, 'cache');
  if (presence !== 'absent') return { ...question(service, 'cache', `${numbers}: does ${service.name} keep answers? Declare \`cache\`, or a cache in front.`), statedUnknown: presence === 'unknown' };
  return advice(service, {
    at: 'cache',
    about: 'cache',
    message: `${numbers}, and ${service.name} computes each of them again.`,
    why: `A cache would save about ${formatShare({ low: share, high: share, unit: '1' })} of what ${service.name} computes.`,
    changes: [{ op: 'set', subject: service.name, property: 'cache', value: { ttl: quantityOf(Math.min(tolerated, 600), 's', 'duration') } }],
    impact: 'Repeated answers at the price of a lookup',
  });
}

function cacheBefore(architecture: Architecture, service: Service, consumers: readonly Consumer[]): string | undefined {
  if (presenceOf(service, 'cache') === 'present') return service.name;
  const reached = new Set(consumers.map((consumer) => consumer.name));
  const calls = callsOf(architecture).to;
  const seen = new Set([service.name]);
  for (const name of seen) {
    const component = architecture.components.get(name);
    if (component?.kind === 'cache' || (component?.kind === 'service' && presenceOf(component, 'cache') === 'present')) return name;
    for (const call of calls.get(name) ?? []) if (!reached.has(call.caller)) seen.add(call.caller);
  }
  // An application may ask a cache beside the service.
  for (const name of seen) {
    const beside = (callsOf(architecture).from.get(name) ?? []).find((call) => architecture.components.get(call.callee)?.kind === 'cache');
    if (beside) return beside.callee;
  }
  return undefined;
}

const WIDE: ReadonlySet<string> = new Set(['fp64', 'fp32', 'tf32', 'bf16', 'fp16']);

function judgePrecision(architecture: Architecture, service: Service): Outcome[] {
  if (!acceleratorsOf(architecture, service)) return [];
  return modelsOf(architecture, service).filter((model) => !isVendor(model) && value(model, 'accuracy_slack') === true).map((model) => {
    const precision = value(model, 'precision');
    if (precision === undefined) return question(model, 'precision', `At which precision is ${model.name} served? A small loss of accuracy would be accepted. Declare \`precision\`.`);
    if (!WIDE.has(precision)) return satisfied(model, { because: `served at ${precision}` });
    const need = inferenceMemory(model)?.value;
    const smaller = need && scaled(need, BYTES_PER_PARAMETER.int8 / BYTES_PER_PARAMETER[precision]);
    return advice(model, {
      at: 'precision',
      message: `${model.name} is served at ${precision} on accelerators, though a small loss of accuracy would be accepted.`,
      why: need && smaller ? `At 8 bits its weights take ${formatQuantity(smaller)} in place of ${formatQuantity(need)}.` : undefined,
      changes: [{ op: 'set', subject: model.name, property: 'precision', value: 'int8' }],
      impact: 'Less memory and more answers on the same accelerators',
    });
  });
}
