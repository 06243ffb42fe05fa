import { headlineOf, type Headline } from '../ladder.ts';
import { whyNotTrained, type Facts } from '../facts.ts';
import { dataTests } from './data.ts';
import { infrastructureTests } from './infrastructure.ts';
import { modelTests } from './model.ts';
import { monitoringTests } from './monitoring.ts';
import { SECTIONS, type SectionName, type Test } from './test.ts';

/** The ML Test Score: 28 tests in four sections, and the least of the four sums. */
export interface TestScore {
  readonly notApplicable?: string;
  readonly sections: readonly TestSection[];
  /** Least of the sections: what is shown, and what good answers to the open questions would make of it. */
  readonly atLeast: number;
  readonly atMost: number;
  readonly headline: Headline;
  /** What the published scale says of `atLeast`; left out where too little is known. */
  readonly meaning?: string;
}

export interface TestSection {
  readonly section: SectionName;
  readonly title: string;
  readonly tests: readonly Test[];
  readonly atLeast: number;
  readonly atMost: number;
  /** Tests that were decided, and tests that the model can decide at all, of the seven. */
  readonly decided: number;
  readonly decidable: number;
}

/** Upper ends of the published scale, in points. */
const SCALE: readonly (readonly [number, string])[] = [[0, 'more a research project than a product'], [1, 'serious holes are possible'], [2, 'a first pass at making it fit for production'], [3, 'reasonably tested'], [5, 'strong, fit for what matters'], [7, 'exceptional']];

export function testScoreOf(facts: Facts): TestScore {
  const refusal = whyNotTrained(facts);
  const tests: Readonly<Record<SectionName, readonly Test[]>> = refusal === undefined ? { data: dataTests(facts), model: modelTests(facts), infrastructure: infrastructureTests(facts), monitoring: monitoringTests(facts) } : { data: [], model: [], infrastructure: [], monitoring: [] };
  const sections = refusal === undefined ? (Object.keys(SECTIONS) as SectionName[]).map((section) => sectionOf(section, tests[section])) : [];
  const least = (pick: (section: TestSection) => number): number => Math.min(...sections.map(pick), 7);
  const total = (pick: (section: TestSection) => number): number => sections.reduce((sum, section) => sum + pick(section), 0);
  const [atLeast, atMost] = refusal === undefined ? [least((section) => section.atLeast), least((section) => section.atMost)] : [0, 0];
  const headline = refusal === undefined ? headlineOf(atLeast, atMost, total(({ decided }) => decided), total(({ decidable }) => decidable)) : 'not applicable';
  return { ...(refusal !== undefined && { notApplicable: refusal }), sections, atLeast, atMost, headline, ...((headline === 'exact' || headline === 'interval') && { meaning: meaningOf(atLeast) }) };
}

/** What the published scale says of a score. */
export const meaningOf = (points: number): string => SCALE.find(([most]) => points <= most)?.[1] ?? '';

function sectionOf(section: SectionName, tests: readonly Test[]): TestSection {
  const sum = (pick: (test: Test) => number): number => tests.reduce((total, test) => total + pick(test), 0);
  const decidable = tests.filter(({ state }) => state === 'decided' || state === 'open');
  return { section, title: SECTIONS[section], tests, atLeast: sum((test) => test.atLeast), atMost: sum((test) => test.atMost), decided: decidable.filter(({ state }) => state === 'decided').length, decidable: decidable.length };
}
