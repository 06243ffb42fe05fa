import type { CatalogueEntry, Component } from '../../model/architecture.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { middle } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import type { Context } from '../rule.ts';
import { isVendor, type Service } from '../serving/services.ts';
import { replicasFor, type Fleet } from './cost/machines.ts';
import { fleetOption, type ServingNeed, type ServingOption } from './cost/serving-options.ts';
import { peakOf } from './cost/traffic-profile.ts';
import { totalOf } from './cost/tree.ts';
import { HOURS_PER_MONTH } from './cost/unit-cost.ts';
import { throughPercentiles, USUAL_SPREAD } from './latency/distribution.ts';
import { lengthsOf, shapeOf } from './language-service.ts';
import { latencyAt } from './llm/latency.ts';
import { knownModel, type LanguageModel } from './llm/language-model.ts';
import type { Deployment } from './llm/memory.ts';
import { maximumThroughput, type Lengths, type Throughput } from './llm/throughput.ts';
import { isRefusal, logSdOf } from './quantity.ts';
import { PRECISIONS } from './work/accelerator.ts';
import { catalogueAccelerator } from './work/catalogue-accelerator.ts';

/** A language model on machines of the catalogue, as cheap as the promised latency allows. */
export interface SelfHosted {
  readonly option: ServingOption;
  /** Name of the declared model, and of the instance. */
  readonly model: string;
  readonly instance: string;
  /** Of one replica: money a month, and requests a second within the latency objective. */
  readonly hosting: { readonly replicaPerMonth: number; readonly throughput: number; readonly minReplicas: number };
  readonly assumptions: readonly string[];
}

/** Two, so that one may fail. */
const SPARE = 1;

/** Where no latency is promised, a replica is filled to what a latency can be told for (see llm/latency.ts). */
const MOST_UTILISATION = 0.8;

/** Of a log-normal law with the usual spread. */
const MEAN_OVER_MEDIAN = Math.exp(USUAL_SPREAD ** 2 / 2);

/** Models for text that are declared beside those of a service. */
export function otherModels({ architecture }: Context, service: Service): Component<'model'>[] {
  const own = new Set(modelsOf(architecture, service));
  return componentsOf(architecture, 'model').filter((model) => !own.has(model) && (value(model, 'task') === 'generation' || value(model, 'llm') !== undefined));
}

/**
 * The cheapest instance with accelerators on which a declared model with open weights carries the peak. The model is the one
 * that the service asks, where its weights are published, else another one for text that is declared; no model is made up.
 */
export function selfHosted(context: Context, service: Service, need: ServingNeed, currency: string): SelfHosted | { readonly needs: readonly string[] } {
  const served = modelToRun(context, service);
  const traffic = lengthsOf(context, service);
  if (!served || !traffic) return { needs: [...(served ? [] : ['which model you would run: an open one is not declared (`model … : open` with `parameters`)']), ...(traffic ? [] : [`\`tokens\` of those who ask ${service.name}`])] };
  const { model, shape } = served;
  const same = modelsOf(context.architecture, service).includes(model);
  const declared = value(model, 'precision');
  const precision = PRECISIONS.find((name) => name === declared) ?? 'bf16';
  let best: { readonly found: SelfHosted; readonly money: number } | undefined;
  for (const entry of candidates(context, currency)) {
    const accelerator = catalogueAccelerator(context.architecture, entry.properties.accelerator ?? '');
    const count = entry.properties.accelerators ? middle(entry.properties.accelerators) : 1;
    if (!accelerator || !Number.isInteger(count)) continue;
    const deployment: Deployment = { model: shape, precision, accelerator, count };
    const most = maximumThroughput(deployment, traffic.lengths);
    // Peak rates alone are no ground for such a decision: generations that nothing was calibrated on are left out.
    const within = isRefusal(most) || most.calibration.provenance === 'roofline' ? undefined : rateWithin(deployment, traffic.lengths, most, service, need.latencySeconds);
    if (isRefusal(most) || !within) continue;
    const found = offer(entry, model.name, need, most, within, currency, same ? [] : [`whether ${model.name} answers as well as today’s model, which only a test can say`]);
    const money = totalOf(found.option.bill, currency).value;
    if (!best || money < best.money) best = { found, money };
  }
  if (!best) return { needs: [`an instance of the catalogue on which ${model.name} keeps the objective of its latency`] };
  const { found } = best;
  return {
    ...found,
    assumptions: [
      `${model.name}${declared ? '' : ` in ${precision}`} on ${found.instance}, always on for the peak with one replica to spare`,
      ...(need.latencySeconds === undefined ? [`replicas up to ${MOST_UTILISATION * 100} % busy, since no latency is promised`] : ['answers differ in length as latencies usually do']),
      'the people who run it are not priced',
    ],
  };
}

/** The declared model of which the weights can be had. */
function modelToRun(context: Context, service: Service): { readonly model: Component<'model'>; readonly shape: LanguageModel } | undefined {
  for (const model of modelsOf(context.architecture, service)) {
    const shape = knownModel(value(model, 'llm') ?? model.name);
    if (shape) return { model, shape };
  }
  for (const model of otherModels(context, service)) {
    if (isVendor(model)) continue;
    const shape = shapeOf(model);
    if (!isRefusal(shape)) return { model, shape };
  }
  return undefined;
}

/** Instances with accelerators and a price; of the providers whose machines the system already uses, where these have some. */
function candidates({ architecture }: Context, currency: string): CatalogueEntry<'instance'>[] {
  const { catalogue } = architecture;
  const providers = new Set(componentsOf(architecture, 'service').flatMap((service) => catalogue.instance.get(value(service, 'runs_on')?.instance ?? '')?.properties.provider ?? []));
  const all = [...catalogue.instance.values()].filter(({ properties: { accelerator, price } }) => accelerator !== undefined && price?.unit.startsWith(currency));
  const near = all.filter(({ properties: { provider } }) => provider !== undefined && providers.has(provider));
  return near.length > 0 ? near : all;
}

/** The highest rate at which one replica keeps what is promised, and the time of an answer then; undefined where it never does. */
function rateWithin(deployment: Deployment, lengths: Lengths, most: Throughput, service: Service, limit: number | undefined): { readonly rate: number; readonly seconds: number } | undefined {
  const slo = value(service, 'slo');
  const [share, first] = [slo?.p99 === undefined && slo?.p95 !== undefined ? 0.95 : 0.99, slo?.ttft?.low];
  const secondsAt = (rate: number): number => {
    const found = latencyAt(deployment, lengths, rate);
    if (!('whole' in found) || (first !== undefined && found.firstToken.value > first)) return Number.POSITIVE_INFINITY;
    return throughPercentiles({ p50: found.whole.value / MEAN_OVER_MEDIAN })?.quantile(share) ?? Number.POSITIVE_INFINITY;
  };
  const keeps = (rate: number): boolean => secondsAt(rate) <= (limit ?? Number.MAX_VALUE);
  // A hair below, so that rounding does not make it saturated.
  let [kept, missed] = [most.requests.value * 1e-3, most.requests.value * MOST_UTILISATION * (1 - 1e-9)];
  if (keeps(missed)) return { rate: missed, seconds: secondsAt(missed) };
  if (!keeps(kept)) return undefined;
  for (let step = 0; step < 30; step++) {
    const between = Math.sqrt(kept * missed);
    if (keeps(between)) kept = between;
    else missed = between;
  }
  return { rate: kept, seconds: secondsAt(kept) };
}

function offer({ name, properties }: CatalogueEntry<'instance'>, model: string, need: ServingNeed, most: Throughput, { rate, seconds }: { readonly rate: number; readonly seconds: number }, currency: string, open: readonly string[]): SelfHosted {
  const pricePerHour = properties.price ? (middle(properties.price) * 3600) / SECONDS_PER_MONTH : Number.NaN;
  const fleet: Fleet = { pricePerHour, capacity: rate, throughput: most.requests.value, redundancy: { spare: SPARE } };
  const replicas = replicasFor(peakOf(need.profile), rate, { spare: SPARE });
  const option = fleetOption(need, { fleet, scaling: { replicas }, latencySeconds: seconds }, { name: 'self-hosted', currency, provenance: most.requests.provenance, logSd: { capacity: logSdOf(most.requests) } });
  return { option: { ...option, open: [...option.open, ...open] }, model, instance: name, hosting: { replicaPerMonth: pricePerHour * HOURS_PER_MONTH, throughput: rate, minReplicas: 1 + SPARE }, assumptions: [] };
}
