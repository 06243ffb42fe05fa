import type { Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { samplesPerArm } from '../../deployment/sample-size.ts';
import { formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';

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
  *evaluate({ architecture }) {
    const experiments = componentsOf(architecture, 'experiment');
    if (experiments.length === 0) yield notApplicable('No comparison on users is declared.');
    for (const experiment of experiments) yield judge(experiment);
  },
};

function judge(experiment: Experiment): Outcome {
  const open = PLAN.filter((part) => !part.properties.some((property) => ['present', 'not-applicable'].includes(presenceOf(experiment, property))));
  const absent = open.filter((part) => part.properties.some((property) => presenceOf(experiment, property) === 'absent'));
  if (absent.length > 0) {
    return weak(experiment, { message: `${experiment.name} does not say ${absent.map((part) => part.says).join(', ')}.`, at: absent[0]?.properties.find((property) => presenceOf(experiment, property) === 'absent') });
  }
  const small = tooSmall(experiment);
  if (small) return small;
  if (open.length > 0) return { ...question(experiment, open[0]?.properties[0], `What is the plan of ${experiment.name}? It leaves open ${open.map((part) => part.says).join(', ')}.`), statedUnknown: open.every((part) => part.properties.some((property) => presenceOf(experiment, property) === 'unknown')) };
  return satisfied(experiment);
}

/** A sample that cannot show the difference which the experiment is to detect. */
function tooSmall(experiment: Experiment): Outcome | undefined {
  const [sample, detects] = [value(experiment, 'sample'), value(experiment, 'detects')];
  if (!sample || !detects?.difference || !detects.from || detects.difference.low === 0) return undefined;
  const needed = samplesPerArm(detects.from, detects.difference);
  if (sample.high >= needed.low) return undefined;
  return weak(experiment, {
    at: 'sample',
    about: 'sample',
    message: `${experiment.name} has ${formatQuantity(sample)} units in each arm; a difference of ${formatShare(detects.difference)} from ${formatShare(detects.from)} takes about ${formatNumber(Math.round(needed.low / 100) * 100)} (80 % power, 5 % significance).`,
    why: 'It will most likely show nothing, whether or not the new version is better.',
  });
}
