import { presenceOf, value } from '../../../model/statements.ts';
import { formatNumber, formatQuantity } from '../../format.ts';
import { notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { costlyServices, isPaidByUse, type MonthlyCost } from '../../serving/cost.ts';
import { monthlyCost } from '../../serving/monthly-cost.ts';
import { meanLoadOf } from '../../serving/mean-load.ts';
import { acceleratorsOf, consumersOf, isJob, isOnlySpare, type Service } from '../../serving/services.ts';
import { standingOf } from '../../severity.ts';

const DAY = 86_400;
/** Predictions a day to which the bands belong. */
const BAND_VOLUME = 1_000_000;

export const costIsUsual: Rule = {
  id: 'ML12.6',
  slug: 'cost-is-usual',
  title: 'Serving costs about what services of its class cost',
  type: 'weak',
  severity: 'low',
  why: 'A cost far from what others pay for the same volume has a reason, and often the reason is an oversight.',
  remediation: 'Look at what the cost is made of; then cache, quantise and batch, in this order.',
  effort: 'S',
  falsePositives: 'Models are large or answers long. The bands are planning values for classical models; set your own in the configuration.',
  *evaluate(context) {
    if (standingOf(context.architecture).stage === 'prototype') return yield notApplicable('The system is a prototype.');
    for (const service of costlyServices(context.architecture)) yield judge(context, service);
  },
};

function judge(context: Context, service: Service): Outcome {
  if (isJob(service) || service.variant === 'streaming') return notApplicable(`Usual costs are known for requests, and ${service.name} answers none.`, service);
  if (isOnlySpare(context.architecture, service)) return notApplicable(`${service.name} answers only when another way fails.`, service);
  const cost = monthlyCost(context, service);
  const paid = isPaidByUse(context.architecture, service);
  if (!cost) return paid ? askTokens(context, service) : { ...question(service, 'runs_on', `What does ${service.name} run on, or what does it cost a month? Declare \`runs_on\` with \`replicas\`, or \`cost\`.`), statedUnknown: presenceOf(service, 'cost') === 'unknown' };
  return paid ? judgePaid(context, service, cost) : judgeMachines(context, service, cost);
}

function askTokens({ architecture }: Context, service: Service): Outcome {
  const consumer = consumersOf(architecture, service.name).find((item) => value(item, 'tokens') === undefined) ?? consumersOf(architecture, service.name)[0];
  return question(consumer ?? service, consumer ? 'tokens' : 'cost', `What does ${service.name} cost a month? Declare \`cost\`, or ${consumer ? `\`tokens\` and \`average\` of ${consumer.name}` : 'who asks it, how often and with how many tokens'}, and the \`llm\` of its model.`, service.name);
}

/** Prices of tokens are public, so a bill can be compared with what the declared traffic should cost. */
function judgePaid(context: Context, service: Service, cost: MonthlyCost): Outcome {
  if (cost.source !== 'declared') return satisfied(service, { because: `${formatQuantity(whole(cost))} (${cost.derivation})` });
  const { cost: _, ...properties } = service.properties;
  const expected = monthlyCost(context, { ...service, properties });
  if (!expected || expected.value.unit !== cost.value.unit) return askTokens(context, service);
  const excess = context.settings.thresholds.costExcess;
  if (cost.value.low <= excess * expected.value.high) return satisfied(service, { because: `${formatQuantity(cost.value)}, and ${expected.derivation} are ${formatQuantity(whole(expected))}` });
  return weak(service, {
    at: 'cost',
    message: `${service.name} costs ${formatQuantity(cost.value)}; ${expected.derivation} would be ${formatQuantity(whole(expected))}.`,
    why: 'More is spent than the declared traffic explains: longer prompts, repeated calls, or callers that are not in the file.',
  });
}

function judgeMachines(context: Context, service: Service, cost: MonthlyCost): Outcome {
  const load = meanLoadOf(context, service.name);
  const { costBandAccelerator, costBandProcessor, costExcess } = context.settings.thresholds;
  if (!load) return question(service, undefined, `How many requests a day does ${service.name} get? It costs ${formatQuantity(whole(cost))}; whether that is much depends on it. Declare \`average\` or \`volume\` of its consumers.`);
  if (cost.value.unit !== 'USD/month') return notApplicable(`Usual costs are known in USD, not in ${cost.value.unit.split('/')[0]}.`, service);
  const daily = load.value.high * DAY;
  // Two machines are the least there is, so small volumes are not held to a part of the band.
  const scale = Math.max(1, daily / BAND_VOLUME);
  const accelerated = acceleratorsOf(context.architecture, service) !== undefined;
  const usual = scale * (accelerated ? costBandAccelerator : costBandProcessor);
  const numbers = `${formatNumber(Math.round(daily))} predictions a day ${accelerated ? 'on accelerators' : 'on processors'} usually cost up to ${formatNumber(Math.round(usual))} USD/month`;
  if (cost.value.low <= costExcess * usual) return satisfied(service, { because: `${formatQuantity(whole(cost))}, and ${numbers}` });
  return weak(service, {
    at: cost.source === 'declared' ? 'cost' : 'runs_on',
    message: `${service.name} costs ${formatQuantity(whole(cost))} (${cost.derivation}); ${numbers}.`,
    why: `That is ${formatNumber(Number((cost.value.low / usual).toPrecision(2)))} times as much or more. The comparison is a planning value and proves nothing by itself.`,
  });
}

const whole = ({ value: { low, high, unit } }: MonthlyCost) => ({ low: Math.round(low), high: Math.round(high), unit });

