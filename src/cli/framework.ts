import { frameworks } from '../analysis/frameworks/all.ts';
import { coverageOf } from '../analysis/frameworks/coverage.ts';
import type { Review } from '../analysis/review.ts';
import { coverageJson, coverageMarkdown, coverageText } from '../report/framework-coverage.ts';
import { Failure } from './failure.ts';
import { paint } from './paint.ts';
import { version } from './version.ts';

/** `check --framework`: coverage by the ids of a framework in place of the findings. */
export function frameworkCoverage(name: string, reviews: readonly Review[], { format, colour, all }: { format: string; colour: boolean; all: boolean }): string {
  const framework = frameworks.find((candidate) => candidate.name === name);
  if (!framework) throw new Failure(`There is no framework ${JSON.stringify(name)}. Known are ${frameworks.map((known) => known.name).join(', ')}.`);
  const coverages = reviews.map((review) => coverageOf(framework, review));
  switch (format) {
    case 'pretty':
      return `${coverages.map((coverage) => coverageText(coverage, paint(colour), all)).join('\n\n')}\n`;
    case 'markdown':
      return `${coverages.map(coverageMarkdown).join('\n\n')}\n`;
    case 'json':
      return `${JSON.stringify(coverageJson(coverages, { name: 'mlarch', version }), undefined, 2)}\n`;
    default:
      throw new Failure(`--framework is printed as pretty, json or markdown, not as ${format}.`);
  }
}
