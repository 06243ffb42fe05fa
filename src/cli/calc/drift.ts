import type { DriftMonitorInput } from '../../analysis/experiments/drift/monitor-plan.ts';
import { planDriftMonitor } from '../../analysis/experiments/drift/plan-monitor.ts';
import { oneOf, textOption, type Command, type Invocation } from '../command.ts';
import { Failure } from '../failure.ts';
import { paint } from '../paint.ts';
import { numberOption } from './arguments.ts';
import { jsonText } from './cost-output.ts';
import { monitorText } from './drift-text.ts';
import { shareOption, withLeadingZero, withOption } from './share-option.ts';

const TESTS = ['psi', 'ks', 'chi_squared', 'kl', 'js', 'wasserstein', 'mmd', 'cosine', 'classifier', 'zscore'] as const;

/** As people write them. */
const ALSO: Readonly<Record<string, string>> = { chi2: 'chi_squared', 'chi-squared': 'chi_squared' };

const DAY = 86_400;

export const drift: Command = {
  name: 'calc drift',
  summary: 'Calculate what a drift monitor does: what chance makes of its statistic, how often it speaks falsely, which change it sees.',
  usage: 'calc drift --test TEST (--rows N | --window TIME --rate RATE) [options]',
  example: 'mlarch calc drift --test psi --bins 10 --rows 1000 --reference 10000 --features 200 --every 1h --threshold 0.1',
  options: {
    test: { type: 'string', value: 'TEST', doc: `${TESTS.join(', ')}.` },
    threshold: { type: 'string', value: 'N', doc: 'Value at which it speaks, such as 0.1; a small one of ks or chi_squared is a p-value.' },
    alpha: { type: 'string', value: 'SHARE', doc: 'Level of the test, instead of --threshold (default of ks and chi_squared: 5%).' },
    bins: { type: 'string', value: 'N', doc: 'Bins of the histogram (default: 10).' },
    rows: { type: 'string', value: 'N', doc: 'Rows in a window; or give --window and --rate.' },
    window: { type: 'string', value: 'TIME', doc: 'Time over which it looks, such as 1h.' },
    rate: { type: 'string', value: 'RATE', doc: 'Requests, such as 20/s.' },
    sampled: { type: 'string', value: 'SHARE', doc: 'Share of the requests that it looks at (default: 100%).' },
    reference: { type: 'string', value: 'N', doc: 'Rows of the reference (default: as many as in a window).' },
    features: { type: 'string', value: 'N', doc: 'Features that it watches, each by itself (default: 1).' },
    every: { type: 'string', value: 'TIME', doc: 'How often it looks (default: once for each window).' },
    power: { type: 'string', value: 'SHARE', doc: 'Chance to see the smallest shift at one look (default: 80%).' },
    shift: { type: 'string', value: 'N', doc: 'Shift that matters, in standard deviations of a feature, such as 0.1.' },
    'label-delay': { type: 'string', value: 'TIME', doc: 'Until the truth is known, where it is needed.' },
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json' },
  },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json'] as const, 'pretty');
    if (invocation.positionals.length > 0) throw new Failure(`calc drift takes options only; found ${invocation.positionals.join(' ')}.`);
    const input = inputOf(invocation);
    const plan = planDriftMonitor(input);
    if (plan.rowsPerWindow === null) throw new Failure(`${plan.reasons.rowsPerWindow ?? ''} Give --rows, or --window and --rate.`);
    process.stdout.write(format === 'json' ? `${jsonText(plan)}\n` : monitorText(plan, paint(invocation.colour)));
    return 0;
  },
};

function inputOf(invocation: Invocation): DriftMonitorInput {
  const test = textOption(invocation, 'test');
  if (test === undefined) throw new Failure('--test is needed, such as --test psi.');
  const every = numberOption(invocation, 'every', 'duration');
  if (every === 0) throw new Failure('--every must be above 0 s.');
  return {
    test: oneOf('test', ALSO[test] ?? test, TESTS, 'psi'),
    ...thresholdOf(invocation),
    alpha: shareOption(invocation, 'alpha'),
    bins: numberOption(invocation, 'bins', 'count', { min: 2, max: 10_000, integer: true }),
    rows: numberOption(invocation, 'rows', 'count', { min: 1, integer: true }),
    window: numberOption(invocation, 'window', 'duration'),
    ratePerSecond: numberOption(invocation, 'rate', 'rate'),
    sampled: shareOption(invocation, 'sampled'),
    reference: numberOption(invocation, 'reference', 'count', { min: 1, integer: true }),
    features: numberOption(invocation, 'features', 'count', { min: 1, max: 1_000_000, integer: true }),
    checksPerDay: every === undefined ? undefined : DAY / every,
    power: shareOption(invocation, 'power'),
    shift: decimalOf(invocation, 'shift'),
    labelDelay: numberOption(invocation, 'label-delay', 'duration'),
  };
}

/** A percentage is taken as the number that it is, and the plan says that a divergence has no such unit. */
function thresholdOf(invocation: Invocation): Pick<DriftMonitorInput, 'threshold' | 'thresholdInPercent'> {
  const text = textOption(invocation, 'threshold');
  if (text === undefined) return {};
  const inPercent = text.trim().endsWith('%');
  return { threshold: inPercent ? shareOption(invocation, 'threshold', {}) : decimalOf(invocation, 'threshold'), thresholdInPercent: inPercent };
}

function decimalOf(invocation: Invocation, name: string): number | undefined {
  const text = textOption(invocation, name);
  const value = text === undefined ? undefined : numberOption(withOption(invocation, name, withLeadingZero(text)), name, 'number');
  if (value === 0) throw new Failure(`--${name} must be above 0.`);
  return value;
}
