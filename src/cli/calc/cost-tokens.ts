import { atVolume, breakEven, type AtVolume, type BreakEven } from '../../analysis/estimation/cost/break-even.ts';
import { budgetGap } from '../../analysis/estimation/cost/budget.ts';
import { budgetExhaustion } from '../../analysis/estimation/cost/growth.ts';
import { besidePublished, PUBLISHED_BANDS } from '../../analysis/estimation/cost/published-bands.ts';
import { blendedPrice, callCost, sumOfCall, tokenTree, type CallTokens, type TokenPrices } from '../../analysis/estimation/cost/tokens.ts';
import { leavesOf, totalOf, type CostLeaf } from '../../analysis/estimation/cost/tree.ts';
import { HOURS_PER_MONTH, unitCost } from '../../analysis/estimation/cost/unit-cost.ts';
import { formatNumber } from '../../analysis/format.ts';
import { middle } from '../../model/quantity.ts';
import { SECONDS_PER_MONTH } from '../../model/units.ts';
import { textOption, type Invocation } from '../command.ts';
import { Failure } from '../failure.ts';
import { numberOption, quantityOption, requiredNumber } from './arguments.ts';
import { budgetText, currencyOf, exact, exhaustionText, money, percent, unitJson, type CostAnswer } from './cost-output.ts';

const DAY = 86_400;

/** The bill of a model that is paid by use; with machines beside it, from which volume these are cheaper. */
export function tokensCost(invocation: Invocation): CostAnswer {
  const rate = requiredNumber(invocation, 'volume', 'rate');
  const [input, output] = ['price-in', 'price-out'].map((name) => quantityOption(invocation, name, 'token_price') ?? needed(name));
  const cached = quantityOption(invocation, 'price-cached', 'token_price');
  const [machine, budget] = [quantityOption(invocation, 'price', 'spend'), quantityOption(invocation, 'budget', 'spend')];
  const currency = currencyOf(invocation, input, output, cached, machine, budget);
  const prices: TokenPrices = { input: input ? middle(input) : 0, output: output ? middle(output) : 0, ...(cached ? { cachedInput: middle(cached) } : {}), currency };
  const tokens: CallTokens = { input: tokensOf(invocation, 'tokens-in'), output: tokensOf(invocation, 'tokens-out'), cachedShare: numberOption(invocation, 'cached', 'ratio', { max: 1 }) ?? 0, batch: invocation.options['batch'] === true };
  const calls = numberOption(invocation, 'calls', 'number') ?? 1;
  const callsPerMonth = rate * calls * SECONDS_PER_MONTH;
  const tree = tokenTree(prices, tokens, { callsPerMonth, name: 'tokens', provenance: 'measured' });
  const total = totalOf(tree, currency);
  const [unit, leaves] = [unitCost(total, rate), leavesOf(tree).flatMap(({ leaf }) => (leaf.kind === 'leaf' ? [leaf] : []))];
  const gap = budget && budgetGap(total, middle(budget));
  const growth = numberOption(invocation, 'growth', 'growth');
  const budgetFull = budget && growth !== undefined ? budgetExhaustion((multiple) => total.value * multiple, middle(budget), growth) : undefined;
  const own = selfHosting(invocation, machine && middle(machine), rate, blendedPrice(prices, tokens), ((tokens.input ?? 0) + (tokens.output ?? 0)) * callsPerMonth);
  const published = currency === 'USD' ? besidePublished(total.value, PUBLISHED_BANDS.llmApi, rate * DAY) : undefined;
  const perCall = sumOfCall(callCost(prices, tokens));
  return {
    json: {
      kind: 'tokens',
      daysPerMonth: SECONDS_PER_MONTH / DAY,
      perMonth: exact(total.value, `${currency}/month`),
      parts: leaves.map(({ name, value, formula }) => ({ name, perMonth: value, formula })),
      perCall: exact(perCall, `${currency}/call`),
      ...(unit ? unitJson(unit) : {}),
      ...(gap ? { budget: gap } : {}),
      ...(budgetFull ? { budgetFull } : {}),
      ...(own ? { selfHosting: own } : {}),
      ...(published ? { published: { source: published.band.id, low: published.low, high: published.high, unit: published.band.unit, stands: published.stands, caution: published.band.caution } } : {}),
    },
    text: (palette) => {
      const { bold, dim } = palette;
      const each = unit ? `  ${money(unit.perPrediction, currency)} for a prediction, ${money(unit.perThousand, currency)} for 1,000; paid by use, so at any utilisation` : dim('  nobody asks, so there is no cost of a prediction');
      const full = exhaustionText('the budget is exceeded', 'the budget is not exceeded', budgetFull);
      return `${[
        dim(`${formatNumber(Math.round(callsPerMonth))} calls a month; a month has ${SECONDS_PER_MONTH / DAY} days (of 30 days: ${money((total.value * 30 * DAY) / SECONDS_PER_MONTH, currency)})`),
        '',
        `${bold(money(total.value, currency))} a month`,
        each,
        ...leaves.map((leaf) => leafRow(leaf, total.value, dim)),
        ...(gap ? [`  ${budgetText(gap, currency, palette)}`] : []),
        ...(full === undefined ? [] : [`  ${full}`]),
        ...(own ? ['', ...selfHostingLines(own, currency)] : []),
        ...(published ? ['', dim(`A published guide gives ${money(published.low, currency)} to ${money(published.high, currency)} a month for this volume (${published.band.id}). ${published.band.caution ?? ''}`)] : []),
      ].join('\n')}\n`;
    },
  };
}

function needed(name: string): never {
  throw new Failure(`--${name} is needed, such as --${name} 0.15USD/Mtok.`);
}

/** A bare number of tokens, or one with its unit. */
function tokensOf(invocation: Invocation, name: string): number {
  const written = textOption(invocation, name) ?? '';
  return requiredNumber(invocation, name, /tok/i.test(written) ? 'tokens' : 'number');
}

interface SelfHostingAnswer {
  readonly breakEven: BreakEven;
  readonly atVolume: AtVolume;
}

function selfHosting(invocation: Invocation, perMonth: number | undefined, rate: number, price: number | undefined, tokensPerMonth: number): SelfHostingAnswer | undefined {
  const throughput = numberOption(invocation, 'tokens-per-second', 'token_rate');
  if (throughput === undefined && perMonth === undefined) return undefined;
  if (throughput === undefined || perMonth === undefined) throw new Failure('--price and --tokens-per-second go together: a machine of one’s own, and the tokens a second that it takes within its latency objective.');
  const peak = numberOption(invocation, 'peak', 'rate');
  if (peak !== undefined && peak < rate) throw new Failure('--peak is below --volume.');
  const hosting = { replicaPerMonth: perMonth, throughput, minReplicas: numberOption(invocation, 'self-host-replicas', 'count', { min: 1, integer: true }) ?? 1, peakFactor: peak === undefined || rate === 0 ? 1 : peak / rate };
  const [even, here] = [breakEven(hosting, price ?? 0), atVolume(hosting, price ?? 0, tokensPerMonth)];
  if ('problem' in even) throw new Failure(`There is no break-even: ${even.problem}.`);
  if ('problem' in here) throw new Failure(`There is no break-even: ${here.problem}.`);
  return { breakEven: even, atVolume: here };
}

function selfHostingLines({ breakEven: even, atVolume: here }: SelfHostingAnswer, currency: string): string[] {
  const from =
    even.verdict === 'never'
      ? `Machines of one’s own never cost less: they would have to be used to ${percent(even.requiredUtilisation)} in the mean, and the peak leaves ${percent(even.feasibleUtilisation)}.`
      : `Machines of one’s own cost less from ${formatNumber(Math.round(even.tokensPerMonth / 1e6))} million tokens a month${even.alwaysFrom > even.tokensPerMonth ? ` (always from ${formatNumber(Math.round(even.alwaysFrom / 1e6))})` : ''}, used to ${percent(even.requiredUtilisation)} or more when full.`;
  return [from, `For this volume: ${here.replicas} ${here.replicas === 1 ? 'machine' : 'machines'} at ${money(here.selfHosted, currency)} a month, used to ${percent(here.utilisation)}; ${here.cheaper === 'paid by use' ? 'paying by use is cheaper' : 'they are cheaper'}. A month has ${HOURS_PER_MONTH} h.`];
}

const leafRow = ({ name, value, formula }: CostLeaf, total: number, dim: (text: string) => string): string => `  ${name.padEnd(20)} ${formatNumber(value).padStart(10)}  ${percent(total > 0 ? value / total : 0).padStart(7)}  ${dim(formula)}`;
