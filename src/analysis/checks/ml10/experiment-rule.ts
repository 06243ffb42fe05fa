import type { Change, Component } from '../../../model/architecture.ts';
import { exactly } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { comparisonOf } from '../../experiments/declared.ts';
import type { DeclaredComparison } from '../../experiments/declared-plan.ts';
import { differenceShown } from '../../experiments/declared-sample.ts';
import { formatPoint, formatPoints, formatTime } from '../../experiments/declared-words.ts';
import { SECONDS_PER_WEEK } from '../../experiments/duration.ts';
import { formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';

type Experiment = Component<'experiment'>;

/** What a plan says, in the order in which it is made; one of the properties of a part is enough. */
const PLAN: readonly { readonly properties: readonly string[]; readonly says: string }[] = [
  { properties: ['unit'], says: 'what is assigned to an arm (`unit`)' },
  { properties: ['metric'], says: 'the metric that decides (`metric`)' },
  { properties: ['guardrails'], says: 'what must not get worse (`guardrails`)' },
  { properties: ['sample', 'detects'], says: 'how many are needed to see the difference (`sample` or `detects`)' },
  { properties: ['duration'], says: 'how long it runs (`duration`)' },
  { properties: ['stop_rule'], says: 'when it ends early (`stop_rule`)' },
];

export const experimentsArePlanned: Rule = {
  id: 'ML10.3',
  slug: 'experiments-are-planned',
  title: 'A comparison says before it starts what decides, on how many and for how long',
  type: 'weak',
  severity: 'medium',
  why: 'A comparison that ends when the numbers look good finds differences that are not there.',
  remediation: 'Write down unit, deciding metric, guardrails, sample for the smallest difference that matters, duration and stop rule before it starts.',
  effort: 'S',
  falsePositives: 'The plan is in another document: declare its parts, with that document as evidence.',
  *evaluate(context) {
    const experiments = componentsOf(context.architecture, 'experiment');
    if (experiments.length === 0) yield notApplicable('No comparison on users is declared.');
    for (const experiment of experiments) yield judge(context, experiment);
  },
};

function judge(context: Context, experiment: Experiment): Outcome {
  const plan = comparisonOf(context, experiment.name);
  const open = PLAN.filter((part) => !part.properties.some((property) => ['present', 'not-applicable'].includes(presenceOf(experiment, property))));
  const absent = open.filter((part) => part.properties.some((property) => presenceOf(experiment, property) === 'absent'));
  if (absent.length > 0) {
    const onlyDuration = absent.length === 1 && absent[0]?.properties[0] === 'duration';
    return weak(experiment, {
      message: `${experiment.name} does not say ${absent.map((part) => part.says).join(', ')}.${plan ? numbers(plan, new Set(absent.flatMap((part) => part.properties))) : ''}`,
      at: absent[0]?.properties.find((property) => presenceOf(experiment, property) === 'absent'),
      changes: onlyDuration && plan ? longEnough(experiment, plan) : [],
    });
  }
  const small = plan && tooSmall(experiment, plan);
  if (small) return small;
  if (open.length > 0) return { ...question(experiment, open[0]?.properties[0], `What is the plan of ${experiment.name}? It leaves open ${open.map((part) => part.says).join(', ')}.`), statedUnknown: open.every((part) => part.properties.some((property) => presenceOf(experiment, property) === 'unknown')) };
  return satisfied(experiment);
}

/** What follows from the rest of the plan for the parts that it lacks. */
function numbers({ perArm, time, seen, detectable, declaredTime }: DeclaredComparison, lacks: ReadonlySet<string>): string {
  if (lacks.has('duration') && perArm && time) return ` The ${formatNumber(perArm.value)} units that each arm needs take ${time.bound ?? 'about'} ${formatTime(time.value)} with the declared traffic.`;
  if (lacks.has('detects') && seen && !seen.bound && detectable && declaredTime) return ` In ${formatQuantity(declaredTime)} an arm sees ${formatNumber(seen.value)} requests, which show differences of ${formatPoint(detectable.value)} or more, whatever the share.`;
  return '';
}

/** Whole weeks, so that every day of the week counts as often. None where more units than requests would have to be known. */
function longEnough(experiment: Experiment, { time }: DeclaredComparison): Change[] {
  if (!time || time.bound) return [];
  return [{ op: 'set', subject: experiment.name, property: 'duration', value: exactly(Math.ceil(time.high / SECONDS_PER_WEEK) * SECONDS_PER_WEEK, 's') }];
}

/** A sample that cannot show the difference which the experiment is to detect. */
function tooSmall(experiment: Experiment, plan: DeclaredComparison): Outcome | undefined {
  const sample = value(experiment, 'sample');
  const { aim, perArm, time, declaredTime, arms } = plan;
  if (!sample || !aim.difference || !aim.from || !perArm || sample.high >= perArm.low) return undefined;
  const shown = differenceShown(sample.high, aim.from, { arms, ratio: 1 }).value;
  const takes = time ? `, which take ${time.bound ?? 'about'} ${formatTime(time.value)} with the declared traffic` : '';
  const short = time && declaredTime && declaredTime.low < time.high;
  return weak(experiment, {
    at: 'sample',
    about: 'sample',
    message: `${experiment.name} has ${formatQuantity(sample)} units in each arm${shown === null ? '' : `, which show ${formatPoint(shown)}`}; a difference of ${formatPoints(aim.difference)} from ${formatShare(aim.from)} takes about ${formatNumber(perArm.value)} (80 % power, 5 % significance)${takes}.`,
    why: 'It will most likely show nothing, whether or not the new version is better.',
    changes: [{ op: 'set', subject: experiment.name, property: 'sample', value: exactly(perArm.high, '1') }, ...(short ? longEnough(experiment, plan) : [])],
  });
}
