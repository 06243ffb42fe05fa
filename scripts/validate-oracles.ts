/**
 * Compares queues with GNU Octave and experiments with R over a grid and prints the largest relative deviation of each
 * function. Ends with 1 where one is above its tolerance; what is not installed is named, and is not checked.
 *
 *     node scripts/validate-oracles.ts
 */
import { deviationOf } from './oracles/comparison.ts';
import { EXPERIMENTS, PREAMBLE as R_PREAMBLE } from './oracles/experiments.ts';
import { numbersFrom, OCTAVE, R, whyNot } from './oracles/programs.ts';
import { PREAMBLE as OCTAVE_PREAMBLE, QUEUEING } from './oracles/queueing.ts';

const SUITES = [
  { oracle: OCTAVE, comparisons: QUEUEING, preamble: OCTAVE_PREAMBLE, print: (asked: string): string => `disp(sprintf("%.17g ", ${asked}));` },
  { oracle: R, comparisons: EXPERIMENTS, preamble: R_PREAMBLE, print: (asked: string): string => `cat(sprintf("%.17g", ${asked}), "\\n")` },
];

let failed = false;
for (const { oracle, comparisons, preamble, print } of SUITES) {
  const missing = whyNot(oracle);
  if (missing !== undefined) {
    console.log(`${oracle.name}: ${missing}. Nothing was checked by it. On Debian: apt-get install ${oracle.packages}`);
    continue;
  }
  console.log(`${oracle.name}\n  ${'function'.padEnd(42)}${'cases'.padStart(6)}${'largest'.padStart(11)}${'allowed'.padStart(10)}`);
  const rows = numbersFrom(oracle, `${preamble}${comparisons.flatMap(({ cases }) => cases.map(({ asked }) => print(asked))).join('\n')}\n`);
  let from = 0;
  for (const comparison of comparisons) {
    const { name, cases, tolerance } = comparison;
    const { largest, at } = deviationOf(comparison, rows.slice(from, (from += cases.length)));
    const wrong = largest > tolerance;
    failed ||= wrong;
    console.log(`  ${name.padEnd(42)}${String(cases.length).padStart(6)}${largest.toExponential(1).padStart(11)}${tolerance.toExponential(0).padStart(10)}${wrong ? `  ✗ ${at}` : ''}`);
  }
}
process.exitCode = failed ? 1 : 0;
