/**
 * Replays published measurements against the estimates and prints, for each population, how far they lie apart and how many of
 * the measurements the 80 % bands hold. Ends with 1 where what was left out of the calibration got worse, or bands lie.
 * `--worst N` lists the N estimates furthest off in each.
 */
import { parseArgs } from 'node:util';
import { accuracyOf, type Comparison } from './measurements/accuracy.ts';
import { regressions } from './measurements/recorded.ts';
import { populations } from './measurements/replay.ts';

const { values } = parseArgs({ options: { worst: { type: 'string', default: '0' } } });
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);
const distance = ({ measured, estimated }: Comparison): number => Math.abs(Math.log(estimated.value / measured));

console.log(`${'population'.padEnd(38)}${'split'.padEnd(14)}${'n'.padStart(5)}${'median'.padStart(10)}${'p90'.padStart(10)}${'in band'.padStart(10)}${'bias'.padStart(8)}`);
let failed = false;
for (const population of populations()) {
  const accuracy = accuracyOf(population.comparisons);
  console.log(`${population.name.padEnd(38)}${population.split.padEnd(14)}${String(accuracy.count).padStart(5)}${percent(accuracy.median).padStart(10)}${percent(accuracy.ninetieth).padStart(10)}${percent(accuracy.coverage).padStart(10)}${accuracy.bias.toFixed(2).padStart(8)}`);
  for (const problem of regressions(population, accuracy)) {
    failed = true;
    console.log(`  ✗ ${problem}`);
  }
  const worst = [...population.comparisons].sort((a, b) => distance(b) - distance(a)).slice(0, Number(values.worst));
  for (const { name, measured, estimated } of worst) console.log(`    ${(estimated.value / measured).toFixed(2)}  ${name}: measured ${measured.toPrecision(4)}, estimated ${estimated.value.toPrecision(4)} (${estimated.low.toPrecision(4)} to ${estimated.high.toPrecision(4)})`);
}
process.exitCode = failed ? 1 : 0;
