import type { Guardrail } from '../../analysis/experiments/adjustments.ts';
import { problemOfLength } from '../../analysis/experiments/duration.ts';
import type { ExperimentInput, ExperimentPlan } from '../../analysis/experiments/experiment-plan.ts';
import { planExperiment } from '../../analysis/experiments/plan-experiment.ts';
import { oneOf, textOption, type Command, type Invocation } from '../command.ts';
import { Failure } from '../failure.ts';
import { paint } from '../paint.ts';
import { numberOption } from './arguments.ts';
import { jsonText } from './cost-output.ts';
import { planText, ratioText } from './experiment-text.ts';
import { sampleRatioOf } from './sample-ratio.ts';
import { shareOption, withLeadingZero, withOption } from './share-option.ts';

const METHODS = ['fixed', 'obf', 'pocock', 'lan-demets-obf', 'lan-demets-pocock', 'msprt'] as const;
const FORMULAS = ['pooled', 'unpooled', 'arcsine', 'control-variance'] as const;

export const experiment: Command = {
  name: 'calc experiment',
  summary: 'Calculate how many units an A/B test needs, how long it takes and when it may stop; or whether its arms have the shares they should.',
  usage: 'calc experiment (--baseline SHARE (--target | --lift | --difference) SHARE | --sd N --delta N | --srm COUNTS) [options]',
  example: 'mlarch calc experiment --baseline 10% --target 11% --looks 5 --traffic 50k/day --share 20%',
  options: {
    baseline: { type: 'string', value: 'SHARE', doc: 'Share in the control arm, as it is now, such as 10%.' },
    target: { type: 'string', value: 'SHARE', doc: 'Share in the treatment arm that must be told from it.' },
    lift: { type: 'string', value: 'SHARE', doc: 'Instead of --target: the relative change, such as 10%.' },
    difference: { type: 'string', value: 'SHARE', doc: 'Instead of --target: the absolute change, such as 1%.' },
    sd: { type: 'string', value: 'N', doc: 'Standard deviation of one unit, where the metric is a mean.' },
    delta: { type: 'string', value: 'N', doc: 'Difference of the means, in the unit of --sd.' },
    alpha: { type: 'string', value: 'SHARE', doc: 'Chance of any false difference (default: 5%).' },
    power: { type: 'string', value: 'SHARE', doc: 'Chance to find the difference (default: 80%).' },
    'one-sided': { type: 'boolean', doc: 'Look for a difference in one direction only.' },
    ratio: { type: 'string', value: 'N', doc: 'Size of a treatment arm by that of the control arm, such as 9 or 10:90 (default: 1).' },
    arms: { type: 'string', value: 'N', doc: 'Arms, the control among them (default: 2).' },
    metrics: { type: 'string', value: 'N', doc: 'Metrics that decide (default: 1).' },
    formula: { type: 'string', value: 'FORMULA', doc: 'Of shares: pooled as in R (default), unpooled, arcsine, control-variance.' },
    method: { type: 'string', value: 'METHOD', doc: 'fixed (default), obf (default with --looks), pocock, lan-demets-obf, lan-demets-pocock, msprt.' },
    looks: { type: 'string', value: 'N', doc: 'Looks at equal distances, the last one included (default: 5).' },
    covariate: { type: 'string', value: 'N', doc: 'Correlation of the metric with a covariate from before (CUPED), such as 0.6.' },
    cluster: { type: 'string', value: 'N,N', doc: 'Units assigned together and their correlation, such as 20,0.05.' },
    guardrail: { type: 'string', multiple: true, value: 'NAME=SHARE,SHARE', doc: 'What must not be harmed: its share and the largest loss, such as errors=1%,0.1%.' },
    traffic: { type: 'string', value: 'RATE', doc: 'Units that could take part, such as 50k/day.' },
    share: { type: 'string', value: 'SHARE', doc: 'Part of the traffic that takes part, in all arms together (default: 100%).' },
    duration: { type: 'string', value: 'TIME', doc: 'Length that was chosen beforehand, such as 14days.' },
    srm: { type: 'string', value: 'N,N', doc: 'Units that the arms had: tests for a sample ratio mismatch.' },
    expected: { type: 'string', value: 'N:N', doc: 'Configured split for --srm (default: equal).' },
    format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json' },
  },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json'] as const, 'pretty');
    if (invocation.positionals.length > 0) throw new Failure(`calc experiment takes options only; found ${invocation.positionals.join(' ')}.`);
    const palette = paint(invocation.colour);
    const say = (json: object, text: () => string): number => {
      process.stdout.write(format === 'json' ? `${jsonText(json)}\n` : text());
      return 0;
    };
    const counts = textOption(invocation, 'srm');
    if (counts !== undefined) {
      const found = sampleRatioOf(counts, textOption(invocation, 'expected'));
      return say(found, () => ratioText(found, palette));
    }
    const input = inputOf(invocation);
    const plan = planned(input);
    return say(plan, () => planText(input, plan, palette));
  },
};

/** With a baseline and traffic alone, what two weeks show is an answer too. */
function planned(input: ExperimentInput): ExperimentPlan {
  const plan = planExperiment(input);
  const asksForTarget = plan.effect === null && plan.mdeInTwoWeeks !== null;
  if (plan.perArm === null && !asksForTarget) throw new Failure(plan.reasons.perArm ?? 'There is no answer.');
  if (input.eligiblePerSecond !== undefined && plan.duration === null && !asksForTarget) throw new Failure(plan.reasons.duration ?? 'There is no answer.');
  return plan;
}

function inputOf(invocation: Invocation): ExperimentInput {
  const ends = ['target', 'lift', 'difference'].filter((name) => textOption(invocation, name) !== undefined);
  const [baseline, sd] = [shareOption(invocation, 'baseline'), numberOption(dotted(invocation, 'sd'), 'sd', 'number')];
  if (baseline === undefined && sd === undefined) throw new Failure('--baseline is needed, such as --baseline 10% --target 11%; or --sd and --delta for a mean; or --srm for counts.');
  if (baseline !== undefined && sd !== undefined) throw new Failure('--baseline is for a share and --sd for a mean; give one of them.');
  if (ends.length > 1) throw new Failure(`--${ends.join(' and --')} say the same; give one of them.`);
  const length = numberOption(invocation, 'duration', 'duration');
  const problem = length === undefined ? undefined : problemOfLength(length);
  if (problem !== undefined) throw new Failure(problem);
  const method = textOption(invocation, 'method');
  const cluster = numbersOf(invocation, 'cluster', ',');
  if (cluster && cluster.length !== 2) throw new Failure(`--cluster takes the size of a cluster and a correlation, such as 20,0.05; found ${textOption(invocation, 'cluster')}.`);
  const [clusterSize = 1, clusterCorrelation = 0] = cluster ?? [];
  return {
    baseline,
    sd,
    target: shareOption(invocation, 'target'),
    lift: shareOption(invocation, 'lift', {}),
    difference: shareOption(invocation, 'difference'),
    delta: numberOption(dotted(invocation, 'delta'), 'delta', 'number'),
    alpha: shareOption(invocation, 'alpha'),
    power: shareOption(invocation, 'power'),
    sides: invocation.options['one-sided'] === true ? 1 : 2,
    ratio: ratioOf(invocation),
    arms: numberOption(invocation, 'arms', 'count', { min: 2, integer: true }),
    metrics: numberOption(invocation, 'metrics', 'count', { min: 1, integer: true }),
    formula: oneOf('formula', textOption(invocation, 'formula'), FORMULAS, 'pooled'),
    method: method === undefined ? undefined : oneOf('method', method, METHODS, 'fixed'),
    looks: numberOption(invocation, 'looks', 'count', { min: 1, max: 50, integer: true }),
    covariateCorrelation: numberOption(dotted(invocation, 'covariate'), 'covariate', 'number', { max: 1 }),
    ...(cluster && { cluster: { size: clusterSize, correlation: clusterCorrelation } }),
    guardrails: guardrailsOf(invocation),
    eligiblePerSecond: trafficOf(invocation),
    share: shareOption(invocation, 'share'),
    length,
  };
}

function dotted(invocation: Invocation, name: string): Invocation {
  const text = textOption(invocation, name);
  return text === undefined ? invocation : withOption(invocation, name, withLeadingZero(text));
}

/** People are counted as requests are. */
function trafficOf(invocation: Invocation): number | undefined {
  const text = textOption(invocation, 'traffic');
  if (text === undefined) return undefined;
  return numberOption(withOption(invocation, 'traffic', text.replace(/\s*(users|visitors|sessions|accounts|devices|units|people)\//, ' req/')), 'traffic', 'rate');
}

function numbersOf(invocation: Invocation, name: string, separator: string | RegExp): number[] | undefined {
  const numbers = textOption(invocation, name)?.split(separator).map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (numbers?.some((number) => !Number.isFinite(number))) throw new Failure(`--${name} takes numbers; found ${textOption(invocation, name)}.`);
  return numbers;
}

/** `9`, or control and treatment as `10:90`. */
function ratioOf(invocation: Invocation): number | undefined {
  const parts = numbersOf(invocation, 'ratio', /[:/]/);
  if (!parts) return undefined;
  const [first = 1, second] = parts;
  const ratio = second === undefined ? first : second / first;
  if (parts.length > 2 || !(ratio > 0 && Number.isFinite(ratio))) throw new Failure(`--ratio takes a number above 0, or two such as 10:90; found ${textOption(invocation, 'ratio')}.`);
  return ratio;
}

function guardrailsOf(invocation: Invocation): Guardrail[] {
  const texts = invocation.options['guardrail'];
  return (Array.isArray(texts) ? texts : []).map((text) => {
    const [, name, baseline, margin] = /^(?:([^=]+)=)?([^,]+),([^,]+)$/.exec(String(text)) ?? [];
    if (baseline === undefined || margin === undefined) throw new Failure(`--guardrail takes a share and the largest loss, such as errors=1%,0.1%; found ${String(text)}.`);
    const [share, loss] = [baseline, margin].map((part) => shareOption(withOption(invocation, 'guardrail', part), 'guardrail') ?? 0) as [number, number];
    return { ...(name !== undefined && { name }), baseline: share, margin: loss };
  });
}
