import type { Provenance } from '../provenance.ts';
import type { Spread } from './spread.ts';
import { group, leaf, unknown, type CostNode } from './tree.ts';

/** Prices of a model that is paid by use, in money a token. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  /** Input that the provider finds in its prompt cache; the input price where it has no such price. */
  readonly cachedInput?: number;
  /** Input that is written into the prompt cache, where that costs more than input. */
  readonly cacheWrite?: number;
  /** Prices of the batch interface, where they are listed. */
  readonly batchInput?: number;
  readonly batchOutput?: number;
  readonly currency: string;
}

/** What one call sends and gets, in tokens; what is left out is not known. */
export interface CallTokens {
  readonly input?: number;
  readonly output?: number;
  /** Share of the input found in the prompt cache, 0 to 1. */
  readonly cachedShare?: number;
  /** Share of the input written into the prompt cache, 0 to 1. */
  readonly writtenShare?: number;
  /** Through the batch interface, which answers within a day. */
  readonly batch?: boolean;
}

/** Batch price over price where a provider has a batch interface and lists no prices for it: half, as all that list one. */
export const USUAL_BATCH_FACTOR = 0.5;

/** What one call costs, by what is paid: money a call. A part is undefined where its tokens are not known. */
export interface CallCost {
  readonly input?: number;
  readonly cachedInput?: number;
  readonly cacheWrite?: number;
  readonly output?: number;
}

/**
 * [in (1 − h) p_in + in h p_cached + out p_out] of one call. With the batch interface input and output have its prices;
 * cached input then costs the lower of both, since not all providers discount it twice.
 */
export function callCost(prices: TokenPrices, { input, output, cachedShare = 0, writtenShare = 0, batch = false }: CallTokens): CallCost {
  const inputPrice = batch ? (prices.batchInput ?? prices.input * USUAL_BATCH_FACTOR) : prices.input;
  const outputPrice = batch ? (prices.batchOutput ?? prices.output * USUAL_BATCH_FACTOR) : prices.output;
  const cachedPrice = Math.min(prices.cachedInput ?? inputPrice, inputPrice);
  return {
    ...(input === undefined ? {} : { input: input * (1 - cachedShare - writtenShare) * inputPrice }),
    ...(input === undefined || cachedShare === 0 ? {} : { cachedInput: input * cachedShare * cachedPrice }),
    ...(input === undefined || writtenShare === 0 ? {} : { cacheWrite: input * writtenShare * (prices.cacheWrite ?? inputPrice) }),
    ...(output === undefined ? {} : { output: output * outputPrice }),
  };
}

/** Money a call, over all that is known of it. */
export const sumOfCall = ({ input = 0, cachedInput = 0, cacheWrite = 0, output = 0 }: CallCost): number => input + cachedInput + cacheWrite + output;

/** Mean price of a token, over input and output together, in money a token; undefined where a call has no tokens or not all are known. */
export function blendedPrice(prices: TokenPrices, tokens: CallTokens): number | undefined {
  const count = (tokens.input ?? Number.NaN) + (tokens.output ?? Number.NaN);
  return count > 0 ? sumOfCall(callCost(prices, tokens)) / count : undefined;
}

/** How many calls are made, and how sure that is. */
export interface CallVolume {
  readonly callsPerMonth?: number;
  readonly name: string;
  readonly provenance: Provenance;
  /** Such as `{ traffic: 0.2 }`; that of the tokens comes beside it. */
  readonly spread?: Spread;
  /** Standard deviations of the logarithms of the tokens of a call. */
  readonly logSd?: { readonly input?: number; readonly output?: number };
}

/** The monthly bill of a model that is paid by use. Tokens or calls that nobody states leave their leaf unknown. */
export function tokenTree(prices: TokenPrices, tokens: CallTokens, { callsPerMonth, name, provenance, spread = {}, logSd = {} }: CallVolume): CostNode {
  if (callsPerMonth === undefined) return unknown(name, 'nobody says how many calls a month are made', 'the calls a month, or the mean rate');
  const { cachedShare = 0, writtenShare = 0 } = tokens;
  if (!(cachedShare >= 0 && writtenShare >= 0 && cachedShare + writtenShare <= 1)) return unknown(name, `${cachedShare} of the input is read from the prompt cache and ${writtenShare} written`, 'shares of the input that are together at most 1');
  const each = callCost(prices, tokens);
  const volume = `${grouped(callsPerMonth)} calls × `;
  const part = (title: string, money: number | undefined, formula: string, more: Spread): CostNode[] =>
    money === undefined ? [] : [leaf({ name: title, value: money * callsPerMonth, currency: prices.currency, provenance, formula: volume + formula, spread: { ...spread, ...more } })];
  const perMillion = (count: number, money: number | undefined): string => `${Number(count.toPrecision(6))} tokens × ${count > 0 ? Number((((money ?? 0) / count) * 1e6).toPrecision(6)) : 0} ${prices.currency}/Mtok`;
  const inputSpread: Spread = logSd.input ? { 'input tokens': logSd.input } : {};
  const outputSpread: Spread = logSd.output ? { 'output tokens': logSd.output } : {};
  const { input = 0, output = 0 } = tokens;
  return group(name, [
    ...(tokens.input === undefined ? [unknown('input tokens', 'nobody says how long a prompt is', 'the mean number of input tokens of a call')] : []),
    ...part('input tokens', each.input, perMillion(input * (1 - cachedShare - writtenShare), each.input), inputSpread),
    ...part('cached input tokens', each.cachedInput, perMillion(input * cachedShare, each.cachedInput), inputSpread),
    ...part('tokens written to the prompt cache', each.cacheWrite, perMillion(input * writtenShare, each.cacheWrite), inputSpread),
    ...(tokens.output === undefined ? [unknown('output tokens', 'nobody says how long an answer is', 'the mean number of output tokens of a call')] : []),
    ...part('output tokens', each.output, perMillion(output, each.output), outputSpread),
  ]);
}

const grouped = (value: number): string => String(Math.round(value)).replaceAll(/\B(?=(\d{3})+$)/g, ',');
