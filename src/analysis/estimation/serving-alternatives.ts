import type { CatalogueEntry } from '../../model/architecture.ts';
import { middle } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import { formatDuration } from '../format.ts';
import type { Context } from '../rule.ts';
import { costlyServices, paidModels } from '../serving/cost.ts';
import { consumersOf, entriesOf, isJob, isOnlySpare, type Service } from '../serving/services.ts';
import { batchCost, machinesForWindow, type BatchJob } from './cost/batch.ts';
import { breakEven, type BreakEven } from './cost/break-even.ts';
import { compareServing, type ServingComparison } from './cost/serving-comparison.ts';
import { apiOption, batchOption, type ServingNeed, type ServingOption } from './cost/serving-options.ts';
import { blendedPrice, tokenTree, USUAL_BATCH_FACTOR, type CallTokens, type TokenPrices } from './cost/tokens.ts';
import { meanOf, peakOf } from './cost/traffic-profile.ts';
import { currencyOf, type CostNode } from './cost/tree.ts';
import { trafficProfile } from './costs.ts';
import type { Estimation } from './estimate.ts';
import { lengthsOf } from './language-service.ts';
import { otherModels, selfHosted, type SelfHosted } from './self-hosting.ts';
import { eachOf, stationsOf, type Station } from './stations.ts';

/** The ways in which the answers of a service could be made, with their bills for the traffic that is declared. */
export interface ServingAlternatives {
  readonly service: string;
  /** Undefined where the volume is not known; `unknown` then says what is missing. */
  readonly comparison?: ServingComparison;
  readonly unknown?: string;
  /** Name of the way that is declared. */
  readonly today: string;
  /** Ways that cannot be reckoned, each with what would have to be known. */
  readonly missing: readonly { readonly name: string; readonly needs: readonly string[] }[];
  /** Tokens paid by use against machines of one’s own. */
  readonly breakEven?: TokenBreakEven;
  /** What was taken for granted, and what no bill holds. */
  readonly assumptions: readonly string[];
}

export interface TokenBreakEven extends BreakEven {
  readonly model: string;
  readonly instance: string;
  /** Tokens a month at today’s traffic. */
  readonly tokensNow: number;
}

/** What alternatives of one service are made from. */
interface Case {
  readonly context: Context;
  readonly service: Service;
  readonly station: Station;
  readonly need: ServingNeed;
  readonly bill: CostNode;
  readonly currency: string;
}

/** One alternative, or what keeps it from being reckoned. */
interface Tried {
  readonly name: string;
  readonly option?: ServingOption;
  readonly needs?: readonly string[];
  readonly assumptions?: readonly string[];
}

const DAY = 86_400;

/** Jobs run at night, in so many seconds. */
const NIGHT = 8 * 3600;

/** Each service that answers requests for money, beside the other ways of making its answers. */
export function servingAlternatives(context: Context, { paths, cost }: Pick<Estimation, 'paths' | 'cost'>): ServingAlternatives[] {
  const { architecture } = context;
  const stations = new Map(stationsOf(context).map((station) => [station.component.name, station]));
  const services = costlyServices(architecture).filter((service) => !isJob(service) && service.variant !== 'streaming' && !isOnlySpare(architecture, service));
  return services.flatMap((service) => {
    const station = stations.get(service.name);
    const bill = cost.tree.parts.find(({ name }) => name === service.name);
    return station && bill ? [alternativesOf(context, service, station, bill, paths)] : [];
  });
}

const todayName = (service: Service, context: Context): string => (service.variant === 'llm_api' || paidModels(context.architecture, service).length > 0 ? 'paid by use' : 'on request');

function alternativesOf(context: Context, service: Service, station: Station, bill: CostNode, paths: Estimation['paths']): ServingAlternatives {
  const { architecture } = context;
  const today = todayName(service, context);
  const need = needOf(context, service, station);
  if (!need) return { service: service.name, today, unknown: `the mean and the peak of those who ask ${service.name} are not declared`, missing: [], assumptions: [] };
  const input: Case = { context, service, station, need, bill, currency: currencyOf(bill) ?? 'USD' };
  const asking = new Set(consumersOf(architecture, service.name).map(({ name }) => name));
  const path = paths.find(({ to, objective }) => to === service.name && objective) ?? paths.find(({ from, objective }) => objective && asking.has(from));
  const embeds = paidModels(architecture, service).some((entry) => !writes(entry));
  const hosted = today !== 'paid by use' ? undefined : embeds ? { needs: ['which embedding model you would run, and what a replica of it takes'] } : selfHosted(context, service, need, input.currency);
  const tried = today === 'paid by use' ? [vendorBatch(input), ownModel(input, hosted)] : [nightly(input), ...(station.language ? [vendorFor(input)] : [])];
  const crossing = hosted && 'option' in hosted ? tokenBreakEven(input, hosted) : undefined;
  return {
    service: service.name,
    today,
    comparison: compareServing(need, [asDeclared(today, bill, path), ...tried.flatMap(({ option }) => option ?? [])], input.currency),
    missing: tried.flatMap(({ name, needs }) => (needs ? [{ name, needs }] : [])),
    ...(crossing && { breakEven: crossing }),
    assumptions: [...new Set(tried.flatMap(({ option, assumptions }) => (option ? (assumptions ?? []) : [])))],
  };
}

/** What its consumers need of an answer; undefined where their rates are not known. */
function needOf(context: Context, service: Service, station: Station): ServingNeed | undefined {
  const profile = trafficProfile(context, service, station);
  if (!profile || !(meanOf(profile) > 0)) return undefined;
  const consumers = consumersOf(context.architecture, service.name);
  const ages = consumers.map((consumer) => value(consumer, 'tolerates')?.low);
  const ageSeconds = ages.some((age) => age === undefined) ? undefined : Math.min(...ages.map((age) => age ?? 0));
  const countable = consumers.length > 0 && consumers.every((consumer) => value(consumer, 'keys') !== undefined);
  const slo = value(service, 'slo');
  // Of a service behind others, what consumers were promised leaves an unknown part to it.
  const meeting = entriesOf(context.architecture).flatMap((entry) => (entry.service === service ? [entry.consumer] : []));
  const promised = meeting.flatMap((consumer) => value(consumer, 'slo')?.p99 ?? value(consumer, 'slo')?.p95 ?? []);
  const limit = slo?.p99 ?? slo?.p95 ?? promised.sort((a, b) => a.low - b.low)[0];
  return {
    profile,
    ...(limit && { latencySeconds: limit.low }),
    ...(ageSeconds !== undefined && Number.isFinite(ageSeconds) && { ageSeconds }),
    ...(countable && { inputsKnownBefore: true }),
    // What goes to a vendor today may go there.
    ...(service.variant === 'llm_api' && { mayLeave: true }),
  };
}

/** The way that is declared, with the verdict of the estimate on its objective. */
function asDeclared(name: string, bill: CostNode, path: Estimation['paths'][number] | undefined): ServingOption {
  const now = path?.at.find(({ multiple }) => multiple === 1);
  const overloaded = now?.overloaded ?? [];
  return {
    name,
    bill,
    obstacles: now?.verdict === 'missed' ? [overloaded.length > 0 ? `${overloaded.join(', ')} cannot take the peak` : 'it misses the objective of its latency at the peak'] : [],
    open: now?.verdict === 'open' || (path !== undefined && now?.verdict === undefined) ? ['whether it keeps the objective of its latency at the peak'] : [],
  };
}

/** Everything that can be asked, scored in a job each night, or as often as answers must be young, by the same model on the same machines. */
function nightly({ context, service, station, need, currency }: Case): Tried {
  // Results must be young enough until those of the next run are there.
  const every = Math.min(DAY, (need.ageSeconds ?? DAY * 2) / 2);
  const name = every === DAY ? 'nightly job' : `job every ${formatDuration(every)}`;
  const consumers = consumersOf(context.architecture, service.name);
  const names = consumers.map((consumer) => consumer.name).join(', ');
  const runsOn = value(service, 'runs_on');
  const entry = runsOn?.instance === undefined ? undefined : context.architecture.catalogue.instance.get(runsOn.instance);
  const price = entry?.properties.price;
  const each = eachOf(station);
  const needs = [
    ...(need.inputsKnownBefore === true ? [] : [`\`keys\` of ${names || 'its consumers'}: how many different things are asked, where they can be listed`]),
    ...(need.ageSeconds === undefined ? [`\`tolerates\` of ${names || 'its consumers'}: how old an answer may be`] : []),
    ...(price ? [] : [`\`runs_on\` of ${service.name}, with a price`]),
    ...(each === undefined ? [`\`throughput\` or \`service_time\` of ${service.name}`] : []),
  ];
  if (needs.length > 0 || !price || each === undefined) return { name, needs };
  const items = Math.max(...consumers.map((consumer) => value(consumer, 'keys')?.high ?? 0));
  const start = value(service, 'loads_in');
  const job: Omit<BatchJob, 'machines'> = { items, throughput: each, pricePerHour: (middle(price) * 3600) / SECONDS_PER_MONTH * (runsOn?.x ? middle(runsOn.x) : 1), runsPerMonth: SECONDS_PER_MONTH / every, windowSeconds: Math.min(NIGHT, every), ...(start && { startUpSeconds: middle(start) }) };
  const machines = machinesForWindow(job) ?? 1;
  if ('problem' in batchCost({ ...job, machines })) return { name, needs: ['how many things are scored, and how fast'] };
  const option = batchOption(need, { ...job, machines }, { name, currency, provenance: station.replica?.provenance ?? station.language?.most.requests.provenance ?? 'assumed', logSd: {} });
  return { name, option, assumptions: [`each run is done within ${formatDuration(Math.min(NIGHT, every))}`, 'where its answers are kept and looked up is not priced'] };
}

/** The batch interface of the vendor, which answers within a day. */
function vendorBatch(input: Case): Tried {
  const name = 'batch interface of the vendor';
  const { need } = input;
  const paid = paidCalls(input);
  if ('needs' in paid) return { name, needs: paid.needs };
  if (need.ageSeconds === undefined) return { name, needs: [`\`tolerates\` of ${consumersOf(input.context.architecture, input.service.name).map((consumer) => consumer.name).join(', ')}: the answers come within a day`] };
  const { prices, tokens } = paid;
  const listed = prices.batchInput !== undefined;
  const bill = tokenTree(prices, { ...tokens, batch: true }, { callsPerMonth: meanOf(need.profile) * SECONDS_PER_MONTH, name, provenance: listed ? 'published' : 'assumed' });
  return { name, option: { name, bill, obstacles: need.ageSeconds < DAY ? ['its answers come within a day, and may not be so old'] : [], open: [] }, assumptions: listed ? [] : [`batch prices are ${USUAL_BATCH_FACTOR * 100} % of the others: the catalogue lists none`] };
}

function ownModel({ service }: Case, hosted: SelfHosted | { readonly needs: readonly string[] } | undefined): Tried {
  const name = 'self-hosted';
  if (!hosted || 'needs' in hosted) return { name, needs: hosted?.needs ?? [`which model ${service.name} would run`] };
  return { name, option: hosted.option, assumptions: hosted.assumptions };
}

/** A declared model of a vendor in place of one’s own. */
function vendorFor({ context, service, need }: Case): Tried {
  const name = 'paid by use';
  const entry = otherModels(context, service).flatMap((model) => context.architecture.catalogue.llm.get(value(model, 'llm') ?? '') ?? []).find(writes);
  const traffic = lengthsOf(context, service);
  const prices = entry && pricesOf(entry);
  if (!prices || !traffic) return { name, needs: [...(prices ? [] : ['which model of a vendor you would ask']), ...(traffic ? [] : [`\`tokens\` of those who ask ${service.name}`])] };
  const priced = apiOption(need, { prices, tokens: traffic.lengths }, { name, provenance: 'published' });
  return { name, option: { ...priced, open: [...priced.open, `whether ${entry.name} answers as well as today’s model, which only a test can say`] }, assumptions: [] };
}

/** Prices and mean tokens of the calls that a service pays for. */
function paidCalls({ context, service }: Case): { readonly prices: TokenPrices; readonly tokens: CallTokens & { readonly input: number; readonly output: number }; readonly entry: CatalogueEntry<'llm'> } | { readonly needs: readonly string[] } {
  const [entry, ...others] = paidModels(context.architecture, service);
  const prices = entry && others.length === 0 ? pricesOf(entry) : undefined;
  const traffic = lengthsOf(context, service);
  if (!entry || !prices || !traffic) return { needs: [...(prices ? [] : [`one model with a price that ${service.name} asks`]), ...(traffic ? [] : [`\`tokens\` of those who ask ${service.name}`])] };
  return { prices, tokens: { input: traffic.lengths.input, output: writes(entry) ? traffic.lengths.output : 0 }, entry };
}

/** Embeddings are paid by what goes in. */
const writes = ({ properties }: CatalogueEntry<'llm'>): boolean => properties.output !== undefined;

function pricesOf({ properties }: CatalogueEntry<'llm'>): TokenPrices | undefined {
  const { input, output, cached_input: cached, batch_input: batchInput, batch_output: batchOutput } = properties;
  if (!input) return undefined;
  return { input: middle(input), output: output ? middle(output) : 0, currency: input.unit.slice(0, 3), ...(cached && { cachedInput: middle(cached) }), ...(batchInput && { batchInput: middle(batchInput) }), ...(batchOutput && { batchOutput: middle(batchOutput) }) };
}

/** From how many tokens a month machines of one’s own are the cheaper way, at the declared ratio of peak and mean. */
function tokenBreakEven(input: Case, { hosting, model, instance }: SelfHosted): TokenBreakEven | undefined {
  const paid = paidCalls(input);
  const { profile } = input.need;
  const price = 'needs' in paid ? undefined : blendedPrice(paid.prices, paid.tokens);
  if ('needs' in paid || price === undefined) return undefined;
  const each = paid.tokens.input + paid.tokens.output;
  const whole = { ...hosting, throughput: hosting.throughput * each, peakFactor: peakOf(profile) / meanOf(profile) };
  const tokensNow = meanOf(profile) * SECONDS_PER_MONTH * each;
  const crossing = breakEven(whole, price);
  return 'problem' in crossing ? undefined : { ...crossing, model, instance, tokensNow };
}
