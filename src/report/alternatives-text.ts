import type { ComparedOption } from '../analysis/estimation/cost/serving-comparison.ts';
import type { ServingAlternatives, TokenBreakEven } from '../analysis/estimation/serving-alternatives.ts';
import { formatNumber } from '../analysis/format.ts';
import { money } from './cost-text.ts';
import type { Palette } from './estimate-text.ts';

/** A label and what stands beside it. */
export type LabelledRow = readonly [label: string, text: string];

/** The other ways of a service: where one is cheaper, or with `whole` all of them with what each would need. */
export function alternativesRows(alternatives: ServingAlternatives, palette: Palette, whole: boolean): LabelledRow[] {
  const { service, today, comparison, missing, breakEven, assumptions, unknown } = alternatives;
  const { dim } = palette;
  if (!comparison) return whole ? [['Other ways', `${service}: ${unknown ?? 'not known'}`]] : [];
  const now = comparison.options.find(({ name }) => name === today);
  const crossing = breakEven ? [['Break-even', breakEvenText(service, breakEven, palette)] as const] : [];
  if (!whole) {
    const cheaper = comparison.options.find(({ name, feasible, total }) => name !== today && feasible !== 'no' && total.bound === undefined && now !== undefined && total.value > 0 && total.value < now.total.value);
    return [...(cheaper && now ? [['Other ways', cheaperText(service, cheaper, now)] as const] : []), ...crossing];
  }
  const options = comparison.options.map((option): LabelledRow => ['Other ways', `${service} ${optionText(option, palette)}${option.name === today ? dim(', as declared') : ''}`]);
  const open = missing.map(({ name, needs }): LabelledRow => ['Other ways', `${service} ${name}: ${dim(`not known; needs ${plain(needs.join('; '))}`)}`]);
  return [...options, ...open, ...crossing, ...assumptions.map((text): LabelledRow => ['', dim(`taken for granted: ${text}`)])];
}

/** What the bill of a way does not hold. */
const LEFT_OUT: Readonly<Record<string, string>> = { 'self-hosted': 'without people', 'nightly job': 'without the store of its answers' };

function cheaperText(service: string, { name, total, open }: ComparedOption, now: ComparedOption): string {
  const condition = open.length > 0 ? `; not known: ${open.join('; ')}` : '';
  return `${service} ${now.name} costs ${money(now.total.value)} ${total.currency} a month, ${name} would be ${money(total.value)}${LEFT_OUT[name] === undefined ? '' : ` ${LEFT_OUT[name]}`}${condition}`;
}

function optionText({ name, total, unit, feasible, obstacles, open }: ComparedOption, { dim, red, yellow, green }: Palette): string {
  const amount = total.value > 0 ? `${total.bound ? `${total.bound} ` : ''}${money(total.value)} ${total.currency} a month${unit ? `, ${money(unit.perThousand)} for 1,000` : ''}` : 'not known';
  const mark = { yes: green('✓'), no: red('✗'), open: yellow('?') }[feasible];
  const why = [...obstacles, ...open.map((text) => `not known: ${text}`)].join('; ');
  return `${name} ${mark} ${amount}${why === '' ? '' : dim(` (${why})`)}`;
}

function breakEvenText(service: string, { verdict, model, instance, tokensPerMonth, tokensNow, requiredUtilisation, feasibleUtilisation }: TokenBreakEven, { dim }: Palette): string {
  const own = `${service} self-hosted (${model} on ${instance})`;
  if (verdict === 'never') return `${own} is never cheaper: a replica would have to be ${percent(requiredUtilisation)} busy, and the peak leaves ${percent(feasibleUtilisation)} ${dim('(without people)')}`;
  return `${own} is cheaper from ${formatNumber(Number((tokensPerMonth / 1e6).toPrecision(2)))} million tokens a month, ${formatNumber(Number((tokensPerMonth / tokensNow).toPrecision(2)))}× today’s ${dim('(without people)')}`;
}

const percent = (share: number): string => `${formatNumber(Number((share * 100).toPrecision(2)))} %`;

/** Backquotes are for documents. */
const plain = (text: string): string => text.replaceAll('`', '');
