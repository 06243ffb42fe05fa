import { groupSequentialDesign, type BoundaryFamily } from '../../src/analysis/experiments/group-sequential.ts';
import { meanSampleSize } from '../../src/analysis/experiments/means.ts';
import { sampleRatio } from '../../src/analysis/experiments/srm.ts';
import { proportionPower, proportionSampleSize } from '../../src/analysis/experiments/two-proportions.ts';
import type { Answer } from '../../src/analysis/experiments/answer.ts';
import type { Case, Comparison } from './comparison.ts';
import { R } from './programs.ts';

const numberOf = (answer: Answer): number => answer.value ?? Number.NaN;

const tests = [[0.01, 0.012], [0.1, 0.11], [0.1, 0.09], [0.3, 0.35], [0.5, 0.6], [0.9, 0.95]].flatMap(([baseline = 0, target = 0]) =>
  [0.01, 0.05].flatMap((alpha) => [0.8, 0.95].flatMap((power) => ([1, 2] as const).map((sides) => ({ baseline, target, alpha, power, sides })))),
);
const sided = (sides: 1 | 2): string => (sides === 1 ? 'one.sided' : 'two.sided');

const sizes = tests.map(({ baseline, target, alpha, power, sides }): Case => ({
  at: `${baseline} to ${target}, alpha ${alpha}, power ${power}, ${sides} sided`,
  asked: `power.prop.test(p1 = ${baseline}, p2 = ${target}, sig.level = ${alpha}, power = ${power}, alternative = "${sided(sides)}", tol = 1e-13)$n`,
  ours: [numberOf(proportionSampleSize({ baseline, target, alpha, power, sides }))],
}));

const powers = tests.flatMap(({ baseline, target, alpha, sides }) =>
  [100, 5000].map((n): Case => ({ at: `${baseline} to ${target}, alpha ${alpha}, ${n} units, ${sides} sided`, asked: `power.prop.test(n = ${n}, p1 = ${baseline}, p2 = ${target}, sig.level = ${alpha}, alternative = "${sided(sides)}")$power`, ours: [numberOf(proportionPower({ baseline, target, alpha, sides, n }))] })),
);

const arcsine = tests.map(({ baseline, target, alpha, power }): Case => ({
  at: `${baseline} to ${target}, alpha ${alpha}, power ${power}`,
  asked: `pwr.2p.test(h = abs(ES.h(${target}, ${baseline})), sig.level = ${alpha}, power = ${power})$n`,
  ours: [numberOf(proportionSampleSize({ baseline, target, alpha, power, formula: 'arcsine' }))],
}));

const means = [0.05, 0.2, 0.5, 1].flatMap((delta) =>
  [0.01, 0.05].flatMap((alpha) => [0.8, 0.95].map((power): Case => ({ at: `${delta} standard deviations, alpha ${alpha}, power ${power}`, asked: `pwr.t.test(d = ${delta}, sig.level = ${alpha}, power = ${power})$n`, ours: [numberOf(meanSampleSize({ sd: 1, delta, alpha, power }))] }))),
);

const FAMILIES: Readonly<Record<string, BoundaryFamily>> = { OF: 'obrien-fleming', P: 'pocock', asOF: 'lan-demets-obrien-fleming', asP: 'lan-demets-pocock' };

const designsOf = (sides: 1 | 2): Case[] =>
  Object.entries(FAMILIES).flatMap(([theirs, boundary]) =>
    [2, 3, 5, 10].flatMap((looks) =>
      [0.8, 0.9].map((power): Case => {
        const alpha = sides * 0.025;
        const design = groupSequentialDesign({ boundary, looks, alpha, sides, power }).value;
        return {
          at: `${boundary}, ${looks} looks, power ${power}`,
          asked: `design("${theirs}", ${looks}, ${alpha}, ${sides}, ${power})`,
          ours: design ? [...design.looks.map(({ z }) => z), design.inflation, design.expectedUnderAlternative, design.expectedUnderNull] : [],
        };
      }),
    ),
  );

const splits = [[5000, 5100], [50_000, 51_000], [10, 30], [100, 100]].map(([control = 0, treatment = 0]): Case => ({ at: `${control} and ${treatment}`, asked: `chisq.test(c(${control}, ${treatment}))$p.value`, ours: [sampleRatio([control, treatment]).value?.p ?? Number.NaN] }));

/** R functions that turn a design into a row. */
export const PREAMBLE = `suppressMessages({ library(pwr); library(rpact) })
options(warn = -1)
design <- function(type, looks, alpha, sided, power) {
  d <- getDesignGroupSequential(kMax = looks, alpha = alpha, beta = 1 - power, sided = sided, typeOfDesign = type, tolerance = 1e-10)
  c <- getDesignCharacteristics(d)
  c(d$criticalValues, c$inflationFactor, c$averageSampleNumber1, c$averageSampleNumber0)
}
`;

export const EXPERIMENTS: readonly Comparison[] = [
  { name: 'units for two shares (power.prop.test)', oracle: R, tolerance: 1e-8, cases: sizes },
  { name: 'power for two shares (power.prop.test)', oracle: R, tolerance: 1e-10, cases: powers },
  { name: 'units by the arcsine (pwr.2p.test)', oracle: R, tolerance: 1e-6, cases: arcsine },
  { name: 'units for two means (pwr.t.test)', oracle: R, tolerance: 1e-5, cases: means },
  { name: 'boundaries of one side (rpact)', oracle: R, tolerance: 1e-6, cases: designsOf(1) },
  // Boundaries far out differ: at the second of ten looks rpact has z 4.8770 for two sides and 4.876885 for one, where the bounds of Bonferroni leave only the latter.
  { name: 'boundaries of two sides (rpact)', oracle: R, tolerance: 5e-5, cases: designsOf(2) },
  { name: 'sample ratio (chisq.test)', oracle: R, tolerance: 1e-10, cases: splits },
];
