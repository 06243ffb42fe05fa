import type { Architecture, Component } from '../../../model/architecture.ts';
import { isFallback } from '../../../model/graph/calls.ts';
import { latencySum, type LatencySum } from '../../../model/graph/latency.ts';
import { online, type Online } from '../../../model/graph/online.ts';
import type { LatencyTerm } from '../../../model/graph/latency-figures.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { statementOf, value } from '../../../model/statements.ts';
import type { Hop } from '../../finding.ts';
import type { Estimated } from '../../estimation/estimated.ts';
import { estimate } from '../../estimation/estimate.ts';
import { glanceAt } from '../../estimation/path-estimate.ts';
import { stationsOf } from '../../estimation/stations.ts';
import { formatDuration, formatQuantity, formatShare } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { loadOf } from '../../serving/load.ts';
import { objectivesOf, type Objective } from '../../serving/objectives.ts';
import { consumersOf, hasFallback, type Consumer, type Service } from '../../serving/services.ts';
import { isVital } from '../../training/standing-facts.ts';

/**
 * Share of requests that a tail objective leaves out, twice over: a call that is made more often than this, and is
 * slower than its median every second time, is in the tail that the objective is about.
 */
const RARE = 0.02;

interface Judged {
  readonly objective: Objective;
  readonly p50: Sum;
  readonly tail: Sum;
  /** Why not every request takes the whole way, if so. */
  readonly rare?: string;
}

/** A sum with its largest terms, in their order: a long way has more than a message or a picture can show. */
interface Sum extends LatencySum {
  readonly more: number;
}

const SHOWN_TERMS = 12;
const NAMED_TERMS = 6;

function shortened({ total, terms, missing }: LatencySum): Sum {
  return { total, terms: largest(terms, SHOWN_TERMS), more: Math.max(0, terms.length - SHOWN_TERMS), missing: missing.slice(0, SHOWN_TERMS) };
}

function largest(terms: readonly LatencyTerm[], count: number): readonly LatencyTerm[] {
  if (terms.length <= count) return terms;
  const kept = new Set([...terms].sort((a, b) => b.value.high - a.value.high).slice(0, count));
  return terms.filter((term) => kept.has(term));
}

const cache = new WeakMap<Architecture, readonly Judged[]>();

function judgedOf(architecture: Architecture): readonly Judged[] {
  let judged = cache.get(architecture);
  if (!judged) {
    judged = objectivesOf(architecture).map((objective) => {
      const subgraph = online(architecture, objective.entry.name, objective.service.name);
      const p50 = latencySum(architecture, subgraph, 'p50');
      const rare = p50.total.low > objective.limit.high ? rareCall(architecture, subgraph) : undefined;
      return { objective, p50: shortened(p50), tail: shortened(latencySum(architecture, subgraph, objective.percentile)), rare };
    });
    cache.set(architecture, judged);
  }
  return judged;
}

export const mediansFit: Rule = {
  id: 'ML11.2',
  slug: 'medians-fit-the-objective',
  title: 'What is waited for on the way fits the latency objective',
  type: 'contradiction',
  severity: 'high',
  why: 'If the typical times of the steps together are beyond the objective for the tail, most requests miss it.',
  remediation: 'Give each step a share of the objective and cut the largest: fewer calls in sequence, a cache, a smaller or compiled model.',
  effort: 'M',
  falsePositives: 'A step is not waited for: declare the flow `async`. It is rarely made: declare its `share`, or the `hit_rate` of the cache in front.',
  *evaluate(context) {
    const judged = judgedOf(context.architecture);
    if (judged.length === 0) yield notApplicable('No latency objective for the tail is declared.');
    for (const item of judged) yield judgeMedians(context, item);
  },
};

function judgeMedians(context: Context, { objective, p50, rare }: Judged): Outcome {
  const { holder, service, limit, percentile } = objective;
  const about = holder === service ? undefined : service.name;
  const measured = breachMeasured(context, objective);
  if (measured) return contradiction(holder, { ...measured, about, at: 'slo' });
  if (p50.total.low > limit.high) {
    const details: FindingDetails = {
      about,
      at: 'slo',
      message: `The medians on the way ${wayOf(objective)} add up to ${formatQuantity(p50.total)} (${termsOf(p50)}), beyond the ${percentile} objective of ${formatQuantity(limit)}.`,
      why: `At least every second request takes longer than ${formatQuantity(limit)}, where one in ${percentile === 'p99' ? '100' : '20'} may.`,
      path: hopsOf(p50),
      impact: `An objective that can be met`,
    };
    if (rare) return weak(holder, { ...details, severity: 'medium', message: `${details.message} ${rare}, so fewer requests are concerned.` });
    return contradiction(holder, { ...details, ...tierOne(context, objective) });
  }
  if (p50.total.high > limit.low) {
    return weak(holder, { about, at: 'slo', severity: 'low', message: `The medians on the way ${wayOf(objective)} add up to ${formatQuantity(p50.total)} (${termsOf(p50)}); at the upper end that is beyond the ${percentile} objective of ${formatQuantity(limit)}.`, path: hopsOf(p50) });
  }
  if (p50.missing.length > 0) {
    return question(service, 'service_time', `How long do ${p50.missing.slice(0, 4).join(', ')}${p50.missing.length > 4 ? ' and others' : ''} take on the way ${wayOf(objective)}? ${p50.total.high > 0 ? `What is declared adds up to ${formatQuantity(p50.total)} of` : 'The objective is'} ${formatQuantity(limit)}. Declare \`service_time\` or \`latency\`.`, about);
  }
  return satisfied(holder, { because: `medians of ${formatQuantity(p50.total)} fit ${formatQuantity(limit)}` });
}

/** A measured tail at a load of today that is beyond the objective. */
function breachMeasured(context: Context, { holder, service, percentile, limit }: Objective): FindingDetails | undefined {
  const test = value(service, 'load_test');
  const tail = test?.[percentile as 'p99'];
  if (!tail || tail.low <= limit.high) return undefined;
  const load = loadOf(context, service.name);
  // A test beyond today’s peak may well break the objective: that is what it looks for.
  if (test?.at && load && test.at.low > load.peak.high) return undefined;
  const whose = holder === service ? 'its own objective' : `the objective of ${holder.name}`;
  return {
    message: `A load test${test?.at ? ` at ${formatQuantity(test.at)}` : ''} measured a ${percentile} of ${formatQuantity(tail)} for ${service.name}, beyond ${whose} of ${formatQuantity(limit)}.`,
    why: `More than one request in ${percentile === 'p99' ? '100' : '20'} takes longer than promised, as measured.`,
  };
}

/** A path that a user waits on in a system that matters, with nothing that answers in its place. */
function tierOne({ architecture }: Context, { holder, service }: Objective): Pick<FindingDetails, 'severity' | 'critical'> {
  const waiting = holder.kind === 'consumer' ? [holder as Consumer] : consumersOf(architecture, service.name);
  const blocked = waiting.some((consumer) => value(consumer, 'blocking') === true);
  return blocked && isVital(architecture) && !hasFallback(architecture, service) ? { severity: 'critical', critical: 'outage' } : {};
}

/** A call or cache because of which not every request takes the whole way. */
function rareCall(architecture: Architecture, { names, calls }: Online): string | undefined {
  for (const name of names) {
    const component = architecture.components.get(name);
    const kept = component?.kind === 'service' ? value(component as Service, 'cache')?.hit_rate : component?.kind === 'cache' ? value(component as Component<'cache'>, 'hit_rate') : undefined;
    if (kept && kept.high > 1 - RARE) return `A cache of ${name} answers nearly all requests`;
    for (const call of calls.get(name) ?? []) {
      const flow = call.edge.flow;
      if (!flow || isFallback(call)) continue;
      const share = value(flow, 'share');
      if (share && share.low < RARE) return `Only ${formatShare(share)} of the requests take ${flow.from} to ${flow.to}`;
      if (value(flow, 'timeout') && (value(flow, 'partial') === true || value(flow, 'optional') === true || value(flow, 'fails') === 'open')) return `${call.caller} can go on without ${call.callee}`;
    }
  }
  return undefined;
}

export const tailsFit: Rule = {
  id: 'ML11.3',
  slug: 'tails-fit-the-objective',
  title: 'The slow moments of the steps together fit the latency objective',
  type: 'weak',
  severity: 'medium',
  why: 'The tail of a whole way is more than that of its slowest step and less than their sum; waiting at the peak comes on top.',
  remediation: 'Measure the whole way under load; then give each step a budget, with timeouts and hedged calls for the slowest.',
  effort: 'M',
  falsePositives: 'The whole way was measured: declare `load_test` with its percentiles.',
  *evaluate(context) {
    const judged = judgedOf(context.architecture);
    if (judged.length === 0) yield notApplicable('No latency objective for the tail is declared.');
    for (const item of judged) yield judgeTails(context, item);
  },
};

function judgeTails(context: Context, { objective, p50, tail }: Judged): Outcome {
  const { holder, service, entry, limit, percentile } = objective;
  const measured = value(service, 'load_test')?.[percentile as 'p99'];
  const load = loadOf(context, service.name);
  const test = value(service, 'load_test');
  const realistic = test?.kind !== 'single_request' && test?.representative !== false && (!test?.at || !load || test.at.high >= load.peak.low);
  if (holder === service && measured && realistic && measured.high <= limit.low) {
    return satisfied(service, { because: `measured ${percentile} ${formatQuantity(measured)} for ${formatQuantity(limit)}`, evidence: evidenceOf(statementOf(service, 'load_test')) });
  }
  if (p50.total.low > limit.high) return notApplicable(`The medians alone are beyond the objective of ${holder.name}.`, holder);
  const { seconds, overloaded } = glanceAt(context.architecture, stationsOf(context), entry.name, service.name, percentile);
  if (overloaded.length > 0) return notApplicable(`${overloaded.join(', ')} cannot take the peak, so its latency grows without end.`, holder);
  const figure = seconds > limit.high ? estimatedTail(context, objective) : undefined;
  if (figure && figure.value > limit.high) {
    const sum = formatQuantity(rounded(tail.total));
    return weak(holder, {
      about: holder === service ? undefined : service.name,
      at: 'slo',
      message: `On the way ${wayOf(objective)} the ${percentile} is estimated at ${figure.bound ? `${figure.bound} ` : ''}${formatDuration(round(figure.value))}${figure.bound ? '' : ` (${formatQuantity(rounded({ low: figure.low, high: figure.high, unit: 's' }))})`} at the peak; its objective is ${formatQuantity(limit)}.`,
      why: `${tail.terms.length > 1 ? `The ${percentile} figures of the steps (${termsOf(tail)}) would be ${sum} if all were slow at once; ` : ''}${figure.low > limit.high ? 'even at the lower end of the estimate' : 'at its middle'} more than one request in ${percentile === 'p99' ? '100' : '20'} takes longer than ${formatQuantity(limit)}.`,
      path: hopsOf(tail),
      mitigated: holder === service && measured !== undefined && measured.high <= limit.low,
      impact: 'A tail within the objective',
    });
  }
  if (tail.missing.length > 0 || seconds <= 0) return notApplicable(`The ${percentile} of ${tail.missing.slice(0, 3).join(', ') || service.name} is not known.`, holder);
  return satisfied(holder, { because: `${percentile} estimated at ${formatDuration(round(seconds))} for ${formatQuantity(limit)}` });
}

/** The figure with its band. A way that nobody asks stands in the estimate from the service on. */
function estimatedTail(context: Context, { entry, service, percentile }: Objective): Estimated | undefined {
  const { paths } = estimate(context, [1]);
  const path = paths.find(({ from, to }) => from === entry.name && to === service.name) ?? paths.find(({ to }) => to === service.name);
  return path?.at[0]?.latency?.[percentile];
}

const round = (seconds: number): number => Number(seconds.toPrecision(2));
const rounded = ({ low, high, unit }: Quantity): Quantity => ({ low: round(low), high: round(high), unit });

const wayOf = ({ entry, service }: Objective): string => (entry === service ? `through ${service.name}` : `from ${entry.name} through ${service.name}`);

const termText = (term: LatencyTerm): string => `${term.flow ? `${term.flow.from} to ${term.flow.to}` : term.component} ${formatQuantity(term.value)}`;

function termsOf({ terms, more }: Sum): string {
  const named = largest(terms, NAMED_TERMS);
  const rest = more + terms.length - named.length;
  return `${named.map(termText).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

const hopsOf = ({ terms }: Sum): Hop[] => terms.map((term) => ({ component: term.component, span: term.span, note: `${term.property.replace('_', ' ')} ${formatQuantity(term.value)}` }));
