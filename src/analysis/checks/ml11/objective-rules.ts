import type { Architecture } from '../../../model/architecture.ts';
import { callsOf, isFallback } from '../../../model/graph/calls.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { evidenceOf, judgePresence } from '../../presence.ts';
import { notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { facingServices, promisesLatency } from '../../serving/objectives.ts';
import { askingOf, consumersOf, entriesOf, isGenerative, requestServices, type Consumer, type Service } from '../../serving/services.ts';

export const latencyIsPromised: Rule = {
  id: 'ML11.1',
  slug: 'latency-is-promised',
  title: 'Every way on which somebody waits has a latency objective',
  type: 'gap',
  severity: 'medium',
  why: 'Without an objective nobody can say whether the service is slow, and nothing that is added to the way has a budget.',
  remediation: 'Agree p50 and p99 with those who call, and write them down as `slo`.',
  effort: 'S',
  falsePositives: 'The objective is promised to the caller and not by the service: declare `slo` of the consumer.',
  *evaluate({ architecture }) {
    const facing = facingServices(architecture);
    const asking = askingOf(architecture);
    if (facing.length === 0) yield notApplicable('Nobody is declared to wait for an answer.');
    for (const service of facing) yield judgePromise(architecture, service, asking.get(service) ?? []);
  },
};

function judgePromise(architecture: Architecture, service: Service, asking: readonly Consumer[]): Outcome {
  const holders = [service, ...asking];
  const promising = holders.find(promisesLatency);
  if (promising) return satisfied(service, { evidence: evidenceOf(statementOf(promising, 'slo')) });
  const waiting = consumersOf(architecture, service.name).map((consumer) => consumer.name)[0];
  const ask = `How fast must ${service.name} answer${waiting ? ` ${waiting}` : ''}, at the median and for 99 of 100 requests? Declare \`slo\` with \`p50\` and \`p99\`.`;
  if (presenceOf(service, 'slo') === 'present') return question(service, 'slo', ask);
  return judgePresence(service, 'slo', { ask, missing: { message: `${service.name} promises no latency${waiting ? `, though ${waiting} waits for it` : ''}.`, why: waiting ? `${waiting} cannot set a timeout that means anything.` : undefined } });
}

export const loadIsRepresentative: Rule = {
  id: 'ML11.6',
  slug: 'measured-under-real-load',
  title: 'Percentiles are measured with many requests at once, as in production',
  type: 'weak',
  severity: 'medium',
  why: 'The tail comes from waiting for each other; requests that come one by one do not wait.',
  remediation: 'Measure p50, p95 and p99 with recorded production traffic at its real concurrency.',
  effort: 'S',
  falsePositives: 'Only one request at a time ever comes: declare `peak` of the consumers.',
  *evaluate({ architecture }) {
    for (const service of requestServices(architecture)) {
      if (service.variant === 'llm_api') continue;
      yield judgeMeasurement(service);
    }
  },
};

function judgeMeasurement(service: Service): Outcome {
  const test = value(service, 'load_test');
  if (presenceOf(service, 'load_test') === 'absent') return weak(service, { at: statementOf(service, 'load_test') ? 'load_test' : undefined, message: `No p50, p95 or p99 of ${service.name} was measured under load: it was never tested.` });
  if (!test) return notApplicable(`No measurement of ${service.name} is declared.`, service);
  const found = (message: string, why?: string): Outcome => weak(service, { at: 'load_test', message, why });
  if (test.kind === 'single_request') return found(`The latency of ${service.name} was measured with one request at a time.`);
  if (test.concurrency && test.concurrency.high <= 1) return found(`The latency of ${service.name} was measured with a concurrency of one.`);
  if (test.representative === false) return found(`The latency of ${service.name} was measured under a load that is not like production.`, 'Other inputs, sizes and repeats give other percentiles, mostly better ones.');
  const percentiles = (['p50', 'p95', 'p99'] as const).filter((part) => test[part] !== undefined);
  if (percentiles.length === 0) return question(service, 'load_test', `Which latency did the load test of ${service.name} show? Add \`p50\`, \`p95\` and \`p99\` to \`load_test\`.`);
  return satisfied(service, { because: `${percentiles.join(', ')} measured under load`, evidence: evidenceOf(statementOf(service, 'load_test')) });
}

export const tokensArePromised: Rule = {
  id: 'ML11.7',
  slug: 'token-objectives',
  title: 'A service that writes text promises time to first token and tokens per second',
  type: 'gap',
  severity: 'medium',
  why: 'How long a whole answer takes depends on its length; what users feel is the wait for the first word and the speed after it.',
  remediation: 'Set objectives for the time to first token and for the time per token, and measure both.',
  effort: 'S',
  falsePositives: 'Nobody reads along: the answer is used as a whole. Declare `generates no`, or accept the risk with that reason.',
  *evaluate({ architecture }) {
    const writing = writingServices(architecture);
    if (writing.length === 0) yield notApplicable('No service that writes text while somebody waits is declared.');
    for (const way of writing) yield judgeTokens(architecture, way);
  },
};

/** A way on which text is written for somebody who waits: where it is first met, and what stands between. */
interface Writing {
  readonly entry: Service;
  /** The entry, what writes, and what lies between them. */
  readonly chain: readonly Service[];
}

function writingServices(architecture: Architecture): Writing[] {
  const found = new Map<Service, Set<Service>>();
  const met = new Set(entriesOf(architecture).map(({ service }) => service));
  for (const writer of requestServices(architecture)) {
    if (!isGenerative(architecture, writer)) continue;
    const chain = callersOf(architecture, writer);
    // A caller that is told not to write uses the text as a whole, so nobody reads along.
    if (chain.length > 1 && chain.slice(1).every((caller) => value(caller, 'generates') === false)) continue;
    const entries = chain.filter((service) => met.has(service));
    for (const entry of entries.length > 0 ? entries : chain.slice(-1)) found.set(entry, new Set([...(found.get(entry) ?? [entry]), ...chain]));
  }
  return [...found].map(([entry, chain]) => ({ entry, chain: [...chain] }));
}

/** A service and the services that wait for it, nearest first; what stands between them (agents, gateways) is passed over. */
function callersOf(architecture: Architecture, service: Service): Service[] {
  const calls = callsOf(architecture).to;
  const seen = new Set([service.name]);
  for (const name of seen) for (const call of calls.get(name) ?? []) if (!isFallback(call)) seen.add(call.caller);
  const names = [...seen].flatMap((name) => architecture.components.get(name) ?? []);
  return names.filter((component): component is Service => component.kind === 'service' && component.variant !== 'batch' && component.variant !== 'streaming');
}

function judgeTokens(architecture: Architecture, { entry, chain }: Writing): Outcome {
  const complete = chain.find((service) => value(service, 'slo')?.ttft && (value(service, 'slo')?.tokens || value(service, 'slo')?.tpot));
  if (complete) return satisfied(entry, { evidence: evidenceOf(statementOf(complete, 'slo')) });
  const slo = value(entry, 'slo');
  const missing = [...(slo?.ttft ? [] : ['time to first token (`ttft`)']), ...(slo?.tokens || slo?.tpot ? [] : ['tokens per second (`tokens` or `tpot`)'])];
  const severity = consumersOf(architecture, entry.name).some((consumer) => value(consumer, 'blocking') === true) ? 'medium' : 'low';
  const ask = `Which ${missing.join(' and ')} does ${entry.name} promise? Declare them in \`slo\`.`;
  const subject = presenceOf(entry, 'slo') === 'undeclared' ? (chain.find((service) => presenceOf(service, 'slo') === 'absent') ?? entry) : entry;
  if (presenceOf(subject, 'slo') === 'present') return question(subject, 'slo', ask);
  return judgePresence(subject, 'slo', { ask, missing: { severity, message: `${subject.name} writes text and promises neither ${missing.join(' nor ')}.` } });
}
