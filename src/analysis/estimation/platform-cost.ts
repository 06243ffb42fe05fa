import { componentsOf } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import { predictionsPerMonth } from '../serving/monthly-volume.ts';
import { isVendor } from '../serving/services.ts';
import { buildOrBuy, type BuildOrBuy, type PlatformFacts } from './cost/build-or-buy.ts';
import { PUBLISHED_BANDS, type PublishedBand } from './cost/published-bands.ts';
import { totalOf } from './cost/tree.ts';
import type { SystemCost } from './costs.ts';
import type { Provenance } from './provenance.ts';

/** Which way what is declared points: a managed platform, or one’s own. The thresholds are published claims, not measurements. */
export interface PlatformStanding extends BuildOrBuy {
  /** What was declared or reckoned; whatever is left out nobody says. */
  readonly facts: PlatformFacts;
  /** How sure volume and bill are. */
  readonly provenance: Provenance;
  /** The bill is known in part, so it is at least so much. */
  readonly billAtLeast: boolean;
  readonly published: PublishedBand;
}

/** A bill that is known in part says only that it is large, never that it is small. */
const LARGE_BILL = 150_000;

/** The verdict from mean volume, bill and number of models; undefined where neither volume nor bill is known. */
export function platformStanding(context: Context, cost: Pick<SystemCost, 'tree' | 'leftOut'>): PlatformStanding | undefined {
  const volume = predictionsPerMonth(context);
  const total = totalOf(cost.tree);
  const billAtLeast = total.bound !== undefined || cost.leftOut.length > 0;
  const inUsd = total.currency === 'USD' && total.value > 0;
  const bill = inUsd && (total.bound === undefined || total.value >= LARGE_BILL) ? total.value : undefined;
  if (volume === undefined && bill === undefined) return undefined;
  const models = componentsOf(context.architecture, 'model').filter((model) => !isVendor(model) && model.variant !== 'rules').length;
  const facts: PlatformFacts = { ...(volume !== undefined && { predictionsPerMonth: volume }), ...(bill !== undefined && { platformPerMonth: bill }), ...(models > 0 && { models }) };
  return { ...buildOrBuy(facts), facts, provenance: bill === undefined ? 'measured' : total.provenance, billAtLeast, published: PUBLISHED_BANDS.ownPlatformBreakEven };
}
