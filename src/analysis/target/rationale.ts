import type { Architecture } from '../../model/architecture.ts';
import type { Finding } from '../finding.ts';
import { formatNumber } from '../format.ts';
import type { Action } from '../roadmap/action.ts';
import type { TradeOff } from '../roadmap/trade-off.ts';
import { tradeOffOf } from '../roadmap/trade-offs.ts';
import type { Context } from '../rule.ts';
import { reachOf, type Reach } from './reach.ts';
import { revisitOf } from './revisit.ts';

/** Why a change is made, for whoever has to agree to it. */
export interface Rationale {
  readonly action: Action;
  /** What is wrong today. */
  readonly problem: readonly Finding[];
  /** Doing nothing first, then the least that helps unless what is recommended is that small, then what is recommended. */
  readonly options: readonly Option[];
  readonly tradeOff?: TradeOff;
  /** When to think again: a number of this system where there is one. */
  readonly revisit: string;
  /** What is added, changed and taken away in the picture. */
  readonly reach: Reach;
}

export interface Option {
  readonly name: 'do nothing' | 'minimal' | 'recommended';
  readonly what: string;
  /** What comes of it. */
  readonly result: string;
}

/**
 * The rationale of one action against the system as it is.
 *
 * @param target The system after all actions, where one is known: what it can take says when to think again.
 */
export function rationaleOf(context: Context, action: Action, target: Architecture | undefined): Rationale {
  const [worst] = action.findings;
  const tradeOff = worst && tradeOffOf(worst.rule);
  const { low, high } = action.effort.days;
  return {
    action,
    problem: action.findings,
    options: [
      { name: 'do nothing', what: 'Leave it as it is.', result: worst?.why ?? '' },
      ...(tradeOff?.minimal ? [{ name: 'minimal' as const, what: tradeOff.minimal, result: 'Some of the risk stays: the finding does too, until the recommended change is made.' }] : []),
      { name: 'recommended', what: action.title, result: `${worst?.remedy.impact ?? ''}; ${formatNumber(low)} to ${formatNumber(high)} person-days.` },
    ],
    ...(tradeOff && { tradeOff }),
    revisit: revisitOf({ ...context, architecture: target ?? context.architecture }, action, tradeOff),
    reach: reachOf(context.architecture, action.changes),
  };
}
