import { SEVERITIES, type Severity } from '../analysis/finding.ts';
import { review, type Review } from '../analysis/review.ts';
import { DEFAULT_SETTINGS, type Settings } from '../analysis/settings.ts';
import type { LoweredProject } from '../language/lowering/lower-project.ts';
import type { Problem } from '../language/problem.ts';
import { oneOf, textOption, type Command, type Invocation } from './command.ts';
import { findConfig } from './find-config.ts';
import { dayOf } from './day.ts';
import { Failure } from './failure.ts';
import { readInputs, type Input } from './input.ts';
import { load } from './load.ts';
import { writeWhole } from './output.ts';
import { version } from './version.ts';

const FORMATS = ['pretty', 'json', 'sarif', 'junit', 'github', 'markdown', 'compact'] as const;
type Format = (typeof FORMATS)[number];

export const check: Command = {
  name: 'check',
  summary: 'Review architectures against the 20 checks and the criteria beyond them.',
  usage: 'check [PATH…] [options]',
  example: 'mlarch check examples/published/startup-on-one-machine.mlarch --fail-on critical',
  options: {
    format: { type: 'string', multiple: true, value: 'FORMAT[=FILE]', doc: `${FORMATS.join(', ')}; may be given several times` },
    'fail-on': { type: 'string', value: 'SEVERITY', doc: 'Exit with 1 at this severity or above: critical, high (default), medium, low, never.' },
    'min-severity': { type: 'string', value: 'SEVERITY', doc: 'Leave out findings below it.' },
    baseline: { type: 'string', value: 'FILE', doc: 'Report only findings that are not in this file.' },
    'write-baseline': { type: 'string', value: 'FILE', doc: 'Write the ids of the findings to this file.' },
    all: { type: 'boolean', doc: 'Show every question and every reason, however many.' },
    framework: { type: 'string', value: 'NAME', doc: 'Print the coverage by the ids of a framework instead: owasp-llm, nist-ai-rmf, eu-ai-act, … (an unknown name lists them).' },
    today: { type: 'string', value: 'DATE', doc: 'Day of the review, for repeatable output (default: today).' },
  },
  run,
};

async function run(invocation: Invocation): Promise<number> {
  const formats = formatsOf(invocation);
  const today = dayOf(textOption(invocation, 'today'));
  const inputs = await readInputs(invocation.positionals);
  const config = await configFor(inputs);
  const failOn = oneOf('fail-on', textOption(invocation, 'fail-on'), [...SEVERITIES, 'never'] as const, config.failOn ?? 'high');
  const least = oneOf('min-severity', textOption(invocation, 'min-severity'), SEVERITIES, config.minSeverity ?? 'low');
  const done = progress(inputs);
  const lowered = load(inputs);
  const reviews = lowered.architectures.map((architecture) => review(architecture, { settings: config.settings, today }));
  done();
  const result = await withBaseline(invocation, { reviews, lowered }, least);
  for (const { format, file } of formats) {
    const text = await render(format, result, invocation, file !== undefined);
    if (file === undefined) process.stdout.write(text);
    else writeWhole(file, text);
  }
  return exitCode(result, failOn);
}

interface Result {
  /** What is shown. */
  readonly reviews: readonly Review[];
  /** What decides the exit code: also what is too slight to be shown. */
  readonly gate: readonly Review[];
  readonly problems: readonly Problem[];
  readonly baseline?: { readonly known: number; readonly fixed: readonly string[] };
}

function formatsOf(invocation: Invocation): { format: Format; file?: string }[] {
  const given = (invocation.options['format'] ?? ['pretty']) as readonly string[];
  const formats = given.map((text) => {
    const [name, ...file] = text.split('=');
    return { format: oneOf('format', name, FORMATS, 'pretty'), file: file.length > 0 ? file.join('=') : undefined };
  });
  if (formats.filter((format) => format.file === undefined).length > 1) throw new Failure('Only one --format can go to standard output; give the others a file: --format sarif=review.sarif');
  return formats;
}

interface Config {
  readonly settings: Settings;
  readonly failOn?: Severity | 'never';
  readonly minSeverity?: Severity;
}

/** The configuration is read, and what reads it is loaded, only where there is one. */
export async function configFor(inputs: readonly Input[]): Promise<Config> {
  const file = findConfig(inputs[0]?.file);
  if (file === undefined) return { settings: DEFAULT_SETTINGS };
  const { readConfig } = await import('./config.ts');
  return readConfig(file);
}

/** A line on a terminal while much is being read; gone when the output comes. */
function progress(inputs: readonly Input[]): () => void {
  const size = inputs.reduce((sum, input) => sum + input.text.length, 0);
  if (!process.stderr.isTTY || size < 200_000) return () => undefined;
  process.stderr.write(`Reviewing ${inputs.length} file${inputs.length === 1 ? '' : 's'} …`);
  return () => process.stderr.write('\r\u001B[2K');
}

async function withBaseline(invocation: Invocation, { reviews, lowered }: { reviews: readonly Review[]; lowered: LoweredProject }, least: Severity): Promise<Result> {
  const { problems } = lowered;
  const shown = (all: readonly Review[]): Review[] => all.map((result) => ({ ...result, findings: result.findings.filter(({ severity }) => SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least)) }));
  const [write, read] = [textOption(invocation, 'write-baseline'), textOption(invocation, 'baseline')];
  if (write === undefined && read === undefined) return { reviews: shown(reviews), gate: reviews, problems };
  const { applyBaselineFile, baselineText } = await import('./baseline.ts');
  const applied = read === undefined ? undefined : applyBaselineFile(read, reviews);
  if (write !== undefined) writeWhole(write, baselineText(reviews));
  if (!applied) return { reviews: shown(reviews), gate: reviews, problems };
  return { reviews: shown(applied.reviews), gate: applied.reviews, problems, baseline: { known: applied.known, fixed: applied.fixed } };
}

async function render(format: Format, result: Result, invocation: Invocation, toFile: boolean): Promise<string> {
  const { reviews, problems } = result;
  const framework = textOption(invocation, 'framework');
  if (framework !== undefined) {
    const { frameworkCoverage } = await import('./framework.ts');
    return frameworkCoverage(framework, result.gate, { format, colour: invocation.colour && !toFile, all: invocation.options['all'] === true });
  }
  const tool = { name: 'mlarch', version };
  switch (format) {
    case 'pretty': {
      const { renderPretty } = await import('./pretty.ts');
      return renderPretty({ ...result, all: invocation.options['all'] === true, colour: invocation.colour && !toFile, width: process.stdout.columns ?? 100 });
    }
    case 'json': {
      const { reviewJson } = await import('../report/review-json.ts');
      return `${JSON.stringify(reviewJson({ reviews, problems, tool }), undefined, 2)}\n`;
    }
    case 'sarif': {
      const { sarif } = await import('../report/sarif.ts');
      return `${JSON.stringify(sarif({ reviews, problems, tool }), undefined, 2)}\n`;
    }
    case 'junit': {
      const { junit } = await import('../report/junit.ts');
      return junit({ reviews, problems, tool });
    }
    case 'github': {
      const { githubAnnotations } = await import('../report/github.ts');
      return githubAnnotations({ reviews, problems, tool });
    }
    case 'markdown': {
      const { markdown } = await import('../report/markdown.ts');
      return markdown({ reviews, problems, tool });
    }
    case 'compact': {
      const { compact } = await import('../report/compact.ts');
      return compact({ reviews, problems, tool });
    }
  }
}

function exitCode({ gate, problems }: Result, failOn: Severity | 'never'): number {
  if (problems.some((problem) => problem.severity === 'error')) return 2;
  if (gate.some((result) => result.verdicts.some((verdict) => verdict.verdict === 'failed'))) return 2;
  if (failOn === 'never') return 0;
  const least = SEVERITIES.indexOf(failOn);
  return gate.some((result) => result.findings.some((finding) => SEVERITIES.indexOf(finding.severity) >= least)) ? 1 : 0;
}
