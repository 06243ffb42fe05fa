import type { Architecture } from '../../model/architecture.ts';
import { demandFrom } from '../../model/graph/demand.ts';
import { over } from '../../model/graph/interval.ts';
import { exactly, type Quantity } from '../../model/quantity.ts';
import { componentsOf, value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { isDivided } from './load.ts';
import { consumersOf, requestServices, type Consumer } from './services.ts';

/** Mean rates by consumer or service, and for which of them only a peak is declared. */
interface Means {
  readonly rates: ReadonlyMap<string, Quantity>;
  readonly assumed: ReadonlySet<string>;
  readonly demand: ReadonlyMap<string, Quantity>;
}

const means = new WeakMap<Architecture, Map<number, Means>>();

/** Mean requests per second on a component; undefined where one of those who ask declares no rate. */
export function meanLoadOf(context: Context, name: string): { readonly value: Quantity; readonly assumed: boolean } | undefined {
  const { rates, assumed, demand } = meansOf(context);
  const consumers = consumersOf(context.architecture, name);
  const rate = demand.get(name);
  if (!rate || consumers.some((consumer) => !rates.has(consumer.name))) return undefined;
  return { value: rate, assumed: assumed.has(name) || consumers.some((consumer) => assumed.has(consumer.name)) || isDivided(context, name) };
}

/** Mean requests per second of a consumer. */
export const meanRateOf = (context: Context, consumer: Consumer): Quantity | undefined => meansOf(context).rates.get(consumer.name);

function meansOf({ architecture, settings }: Context): Means {
  const byFactor = means.get(architecture) ?? new Map<number, Means>();
  means.set(architecture, byFactor);
  const known = byFactor.get(settings.thresholds.peakFactor);
  if (known) return known;
  const rates = new Map<string, Quantity>();
  const assumed = new Set<string>();
  const consumers = componentsOf(architecture, 'consumer');
  const volume = value(architecture.system, 'volume');
  for (const consumer of consumers) {
    const mean = value(consumer, 'average') ?? value(consumer, 'volume') ?? (consumers.length === 1 ? volume : undefined);
    const peak = value(consumer, 'peak');
    if (mean) rates.set(consumer.name, mean);
    else if (peak) {
      const factor = value(consumer, 'peak_factor');
      if (!factor) assumed.add(consumer.name);
      rates.set(consumer.name, over(peak, factor ?? exactly(settings.thresholds.peakFactor, '1'), 'req/s'));
    }
  }
  const [only, ...others] = requestServices(architecture);
  if (consumers.length === 0 && volume && only && others.length === 0) rates.set(only.name, volume);
  const found = { rates, assumed, demand: demandFrom(architecture, rates) };
  byFactor.set(settings.thresholds.peakFactor, found);
  return found;
}
