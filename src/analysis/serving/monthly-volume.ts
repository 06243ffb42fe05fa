import { middle } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import type { Context } from '../rule.ts';
import { meanRateOf } from './mean-load.ts';
import { entriesOf } from './services.ts';

/** Mean requests a month of everyone who asks a service; undefined where one of them declares no rate. */
export function predictionsPerMonth(context: Context): number | undefined {
  const { architecture } = context;
  const asking = new Set(entriesOf(architecture).map(({ consumer }) => consumer));
  const volume = value(architecture.system, 'volume');
  if (asking.size === 0) return volume && middle(volume) * SECONDS_PER_MONTH;
  let sum = 0;
  for (const consumer of asking) {
    const rate = meanRateOf(context, consumer);
    if (!rate) return undefined;
    sum += middle(rate);
  }
  return sum * SECONDS_PER_MONTH;
}
