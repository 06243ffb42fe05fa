import { failureOf, runRuleTest, type TestResult } from '../analysis/custom-rules/run-test.ts';
import type { CustomRule } from '../model/custom-rule.ts';
import type { RuleTest } from '../model/rule-test.ts';
import { oneOf, textOption, type Command } from './command.ts';
import { Failure } from './failure.ts';
import { readInputs } from './input.ts';
import { loadFiles } from './load.ts';
import { paint } from './paint.ts';

export const testCommand: Command = {
  name: 'test',
  summary: 'Run the tests of your own rules.',
  usage: 'test [PATH…] [--format pretty|json]',
  example: 'mlarch test examples/rules',
  options: { format: { type: 'string', value: 'FORMAT', doc: 'pretty (default), json' } },
  async run(invocation) {
    const format = oneOf('format', textOption(invocation, 'format'), ['pretty', 'json'] as const, 'pretty');
    const inputs = await readInputs(invocation.positionals);
    const { lowered } = loadFiles(inputs);
    const errors = lowered.problems.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Failure('', errors);
    const files = new Set(inputs.map(({ file }) => file));
    const rules = lowered.rules.filter(({ span }) => files.has(span.file));
    if (rules.length === 0) throw new Failure('No rule is declared here, so there is nothing to test. A rule begins with: rule ACME-01 "What has to hold" { … }');
    const results = lowered.ruleTests.map(runRuleTest);
    process.stdout.write(format === 'json' ? `${JSON.stringify(jsonOf(results, rules), undefined, 2)}\n` : pretty(results, rules, invocation.colour));
    return results.every(({ passed }) => passed) ? 0 : 1;
  },
};

const placeOf = ({ nameSpan: { file, range } }: Pick<RuleTest, 'nameSpan'>): string => `${file}:${range.start.line + 1}:${range.start.character + 1}`;
const isUntested = (results: readonly TestResult[]) => (rule: CustomRule): boolean => !results.some(({ test }) => test.rule.id === rule.id);

function pretty(results: readonly TestResult[], rules: readonly CustomRule[], colour: boolean): string {
  const { red, green, yellow, dim, bold } = paint(colour);
  const lines = rules.flatMap((rule) => {
    const own = results.filter(({ test }) => test.rule === rule);
    const tests = own.map((result) => `  ${result.passed ? green('pass') : red('FAIL')}  ${result.test.title} ${dim(placeOf(result.test))}\n${result.passed ? '' : `        ${failureOf(result)}\n`}`);
    return [`${bold(rule.id)} ${rule.title}\n`, ...(own.length === 0 ? [`  ${yellow('no tests')} ${dim(placeOf(rule))}\n`] : tests)];
  });
  const failed = results.filter(({ passed }) => !passed).length;
  const untested = rules.filter(isUntested(results)).length;
  return `${lines.join('')}\n${results.length - failed} passed, ${failed} failed${untested > 0 ? `, ${untested} ${untested === 1 ? 'rule' : 'rules'} without a test` : ''}.\n`;
}

function jsonOf(results: readonly TestResult[], rules: readonly CustomRule[]): unknown {
  return {
    schemaVersion: 1,
    passed: results.filter(({ passed }) => passed).length,
    failed: results.filter(({ passed }) => !passed).length,
    untested: rules.filter(isUntested(results)).map(({ id }) => id),
    tests: results.map((result) => {
      const { test, passed, outcome, messages } = result;
      return { rule: test.rule.id, test: test.title, expects: test.expects, outcome, passed, messages, file: test.nameSpan.file, range: test.nameSpan.range };
    }),
  };
}
