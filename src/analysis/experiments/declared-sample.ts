import { middle, type Quantity } from '../../model/quantity.ts';
import type { Answer } from './answer.ts';
import { noAnswer } from './answer.ts';
import { remembered } from './declared-memo.ts';
import { LEVEL, type Aim } from './declared-plan.ts';
import { groupSequentialDesign, type GroupSequentialDesign } from './group-sequential.ts';
import { bonferroniLevel } from './multiple-testing.ts';
import { planExperiment } from './plan-experiment.ts';
import { proportionDetectable, proportionSampleSize } from './two-proportions.ts';

/** How units are divided. */
export interface Split {
  readonly arms: number;
  /** Size of a treatment arm by that of the control arm. */
  readonly ratio: number;
}

export interface NeededUnits {
  readonly value: number;
  /** Over the declared ranges, for a share that rises or falls. */
  readonly low: number;
  readonly high: number;
  /** In all arms together, by the smaller arm. */
  readonly arms: number;
}

/** Units that the smaller arm needs to see the difference, or that were settled on. */
export const unitsNeeded = (aim: Aim, split: Split): Answer<NeededUnits> => neededOnce({ aim, split });

const neededOnce = remembered(({ aim: { difference, from, sample }, split }: { readonly aim: Aim; readonly split: Split }): Answer<NeededUnits> => {
  const { arms, ratio } = split;
  const all = (1 + (arms - 1) * ratio) / Math.min(1, ratio);
  if (!difference) return sample && sample.high > 0 ? { value: { value: middle(sample), low: sample.low, high: sample.high, arms: all } } : noAnswer('Neither the difference that must be seen (`detects`) nor a number of units is declared.');
  if (!from) return noAnswer('The share that the difference starts from is not declared (`detects … from …`).');
  const plan = planExperiment({ baseline: middle(from), difference: signed(middle(from), middle(difference)), arms, ratio, method: 'fixed', ...LEVEL });
  if (plan.perArm === null || plan.treatment === null) return noAnswer(plan.reasons.perArm ?? plan.reasons.treatment ?? '');
  const value = Math.min(plan.perArm, plan.treatment);
  const corners = cornersOf(from, difference).flatMap(([baseline, target]) =>
    [LEVEL.alpha, bonferroniLevel(LEVEL.alpha, arms - 1)].flatMap((alpha) => {
      const control = proportionSampleSize({ baseline, target, ratio, alpha, power: LEVEL.power }).value;
      return control === null ? [] : [Math.ceil(control * Math.min(1, ratio))];
    }),
  );
  return { value: { value, low: Math.min(value, ...corners), high: Math.max(value, ...corners), arms: all } };
});

/** Up, unless that leads to all or beyond: of a share near 100 % only a fall can be seen. */
const signed = (from: number, difference: number): number => (from + difference < 1 ? difference : -difference);

/** Pairs of shares between which the easiest and the hardest difference lie. */
function cornersOf(from: Quantity, difference: Quantity): [number, number][] {
  // Chance is largest at a half.
  const starts = [from.low, from.high, ...(from.low < 0.5 && from.high > 0.5 ? [0.5] : [])];
  const pairs = starts.flatMap((start) => [difference.low, difference.high].flatMap((by): [number, number][] => [[start, start + by], [start, start - by]]));
  return pairs.filter(([start, end]) => start > 0 && start < 1 && end > 0 && end < 1);
}

/** The smallest difference that so many units in the smaller arm show; at a half, where chance is largest, if no share is declared. */
export const differenceShown = (units: number, from: Quantity | undefined, split: Split): Answer => shownOnce({ units, from, split });

const shownOnce = remembered(({ units, from, split: { arms, ratio } }: { readonly units: number; readonly from: Quantity | undefined; readonly split: Split }): Answer => {
  const baseline = from ? middle(from) : 0.5;
  const test = { baseline, n: units / Math.min(1, ratio), ratio, alpha: bonferroniLevel(LEVEL.alpha, arms - 1), power: LEVEL.power };
  const found = [proportionDetectable({ ...test, direction: 'up' }).value, proportionDetectable({ ...test, direction: 'down' }).value];
  // Towards the nearer end of the scale chance is smaller, which is not to be relied on.
  const differences = found.flatMap((target) => (target === null ? [] : [Math.abs(target - baseline)]));
  return differences.length > 0 ? { value: Math.max(...differences) } : noAnswer('No difference would be seen with so few units.');
});

export const LOOKS = 5;

const designs = new Map<number, Answer<GroupSequentialDesign>>();

/** Five looks after O'Brien and Fleming, which depend on nothing but the level of a comparison. */
export function sequentialDesign(arms: number): Answer<GroupSequentialDesign> {
  const alpha = bonferroniLevel(LEVEL.alpha, arms - 1);
  let design = designs.get(alpha);
  if (!design) designs.set(alpha, (design = groupSequentialDesign({ boundary: 'obrien-fleming', looks: LOOKS, alpha, power: LEVEL.power })));
  return design;
}
