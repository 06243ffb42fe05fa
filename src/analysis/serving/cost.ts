import type { Architecture, CatalogueEntry, Component } from '../../model/architecture.ts';
import { modelsOf } from '../../model/graph/cones.ts';
import { callsPerRequestOf } from '../../model/graph/demand.ts';
import { plus, scaled, times } from '../../model/graph/interval.ts';
import type { Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import { formatNumber, formatQuantity } from '../format.ts';
import type { Context } from '../rule.ts';
import { meanLoadOf, meanRateOf } from './mean-load.ts';
import { consumersOf, isInProduction, isVendor, type Service } from './services.ts';

/** Money a month, with how it was found. */
export interface MonthlyCost {
  /** In the currency of the prices, a month. */
  readonly value: Quantity;
  readonly source: 'declared' | 'machines' | 'tokens';
  /** In words and numbers, for a sentence. */
  readonly derivation: string;
  /** Where machines follow the traffic, the value is that of the estimate; it is at least this, whatever the traffic is. */
  readonly least?: number;
  /** Nothing was taken for granted, and the prices are those that the author pays or that everyone pays. */
  readonly certain: boolean;
}

/** Services in production that cost something: they run a model, stand on machines, or are paid by use. */
export const costlyServices = (architecture: Architecture): Service[] =>
  componentsOf(architecture, 'service').filter(
    (service) =>
      service.variant !== 'edge' &&
      isInProduction(architecture, service) &&
      (service.variant === 'llm_api' || modelsOf(architecture, service).length > 0 || value(service, 'runs_on') !== undefined || value(service, 'accelerator') !== undefined || value(service, 'cost') !== undefined),
  );

/** What a service costs a month from the fewest machines that run to the most, and its tokens: nothing lies outside. */
export function costBounds(context: Context, service: Service): MonthlyCost | undefined {
  const machines = machineCost(context.architecture, service);
  const tokens = tokenCost(context, service);
  if (!machines || !tokens) return machines ?? tokens;
  if (machines.value.unit !== tokens.value.unit) return undefined;
  return { value: plus(machines.value, tokens.value), source: 'tokens', derivation: `${machines.derivation}; ${tokens.derivation}`, certain: machines.certain && tokens.certain };
}

/** Prices that the bundled catalogue gives: list prices, from which larger customers get discounts. */
const isListPrice = (entry: CatalogueEntry): boolean => entry.span.file.startsWith('library/');

/** Machines × price × replicas, from the fewest that run to the most. */
function machineCost(architecture: Architecture, service: Service): MonthlyCost | undefined {
  const runsOn = value(service, 'runs_on');
  const entry = runsOn?.instance === undefined ? undefined : architecture.catalogue.instance.get(runsOn.instance);
  const price = entry?.properties.price;
  // Of machines that are not always on nobody knows the hours.
  if (!entry || !price || ['office', 'on_demand'].includes(value(service, 'hours') ?? '')) return undefined;
  const replicas = value(service, 'replicas');
  const most = Math.max(replicas?.high ?? 1, value(service, 'autoscale')?.max?.high ?? 0);
  const least = value(service, 'scale_to_zero') === true ? 0 : (replicas?.low ?? 1);
  const each = runsOn?.x?.high ?? 1;
  const count = { low: least * each, high: most * each, unit: '1' };
  const job = service.variant === 'batch' || service.variant === undefined ? value(service, 'duration') : undefined;
  if (service.variant === 'batch' && !job) return undefined;
  const list = isListPrice(entry);
  const hourly = scaled(price, 3600 / SECONDS_PER_MONTH, price.unit.replace('/month', '/h'));
  if (job) {
    const every = value(service, 'every')?.low ?? 86_400;
    const share = { low: Math.min(1, job.low / every), high: Math.min(1, job.high / every), unit: '1' };
    return { value: times(times(price, count), share), source: 'machines', derivation: `${formatQuantity(count)} × ${entry.name} at ${formatQuantity(hourly)} for ${formatQuantity(job)} each run`, certain: !list && value(service, 'every') !== undefined };
  }
  return {
    value: times(price, count),
    source: 'machines',
    derivation: `${formatQuantity(count)} × ${entry.name} at ${list ? 'the list price of ' : ''}${formatQuantity(hourly)}`,
    certain: !list && (replicas !== undefined || runsOn?.x !== undefined),
  };
}

/** The paid models that a service asks; where an interface is declared as a service of its own, that one pays. */
export function paidModels(architecture: Architecture, service: Service): CatalogueEntry<'llm'>[] {
  const models = modelsOf(architecture, service).filter((model) => value(model, 'llm') !== undefined);
  const own = service.variant === 'llm_api' ? models : models.filter((model) => !interfacesOf(architecture).has(model.name));
  return own.flatMap((model) => architecture.catalogue.llm.get(value(model, 'llm') ?? '') ?? []);
}

/** Whether what a service costs grows with each call: a vendor’s interface, or models of a vendor that it asks by itself. */
export function isPaidByUse(architecture: Architecture, service: Service): boolean {
  if (value(service, 'provisioned') === true) return false;
  if (service.variant === 'llm_api') return true;
  return modelsOf(architecture, service).some((model) => isVendor(model) && !interfacesOf(architecture).has(model.name));
}

const interfaces = new WeakMap<Architecture, ReadonlySet<string>>();

/** Models that a declared interface of a vendor serves. */
function interfacesOf(architecture: Architecture): ReadonlySet<string> {
  let names = interfaces.get(architecture);
  if (!names) {
    names = new Set(componentsOf(architecture, 'service').filter((service) => service.variant === 'llm_api').flatMap((service) => modelsOf(architecture, service).map((model) => model.name)));
    interfaces.set(architecture, names);
  }
  return names;
}

/** Requests × tokens × price, over all consumers that reach the service. */
function tokenCost(context: Context, service: Service): MonthlyCost | undefined {
  const { architecture } = context;
  const [price, ...others] = paidModels(architecture, service);
  const consumers = consumersOf(architecture, service.name);
  if (!price?.properties.input || !price.properties.output || others.length > 0 || consumers.length === 0 || value(service, 'provisioned') === true) return undefined;
  const { input, output } = price.properties;
  const unit = input.unit.replace('/token', '/month');
  let total: Quantity = { low: 0, high: 0, unit };
  for (const consumer of consumers) {
    const [rate, tokens, calls] = [meanRateOf(context, consumer), value(consumer, 'tokens'), callsPerRequestOf(architecture, consumer.name, service.name).get(service.name)];
    if (!rate || !tokens?.input || !tokens.output || !calls) return undefined;
    const each = plus(times(tokens.input, input), times(tokens.output, output));
    total = plus(total, scaled(times(times(each, rate), calls, unit), SECONDS_PER_MONTH));
  }
  const load = meanLoadOf(context, service.name);
  const requests = load ? `${formatNumber(Math.round(load.value.high * SECONDS_PER_MONTH))} requests a month` : 'requests';
  return {
    value: total,
    source: 'tokens',
    derivation: `${requests} × tokens at ${formatNumber(input.high * 1e6)} and ${formatNumber(output.high * 1e6)} ${input.unit.slice(0, 3)}/Mtok of ${price.name}`,
    certain: load?.assumed === false,
  };
}

/** Requests a month on a service, from the mean rates of those who ask. */
export function unitsPerMonth(context: Context, service: Service): { readonly value: Quantity; readonly assumed: boolean } | undefined {
  const load = meanLoadOf(context, service.name);
  return load && { value: scaled(load.value, SECONDS_PER_MONTH, '1'), assumed: load.assumed };
}

/** Monitors of spending that look at a component, or at everything. */
export function costMonitors(architecture: Architecture, name: string): Component<'monitor'>[] {
  let monitors = spending.get(architecture);
  if (!monitors) {
    monitors = componentsOf(architecture, 'monitor').filter((monitor) => monitor.variant === 'cost' || value(monitor, 'signals')?.includes('cost'));
    spending.set(architecture, monitors);
  }
  return monitors.filter((monitor) => value(monitor, 'watches')?.includes(name) ?? true);
}

const spending = new WeakMap<Architecture, Component<'monitor'>[]>();
