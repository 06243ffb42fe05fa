import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { jsonSchemaOf } from '../../src/report/schemas.ts';
import { mlarch as run, type Run } from './run.ts';

const mlarch = (...arguments_: string[]): Run => run(arguments_);
const DAY = ['--today', '2026-11-21'];
const STARTUP = 'examples/published/startup-on-one-machine.mlarch';

it('tells levels, what is missing for the next, the score, the stages and the rubric', () => {
  const { code, stdout, stderr } = mlarch('maturity', 'examples/card-fraud', ...DAY);
  expect([code, stderr]).toEqual([0, '']);
  for (const line of ['Google Cloud MLOps levels: at least level 1, at most level 2', '8 of 10 criteria could be decided', 'open    A pipeline tests the code of training and features', 'ML Test Score: insufficient information: 0.5 to 3 points', 'Stages of delivery of FraudNet: 7 of 9 exist, 1 open', 'The levels of the rubric are a proposal of mlarch', 'Rollback time                            4 of 4: Scorer within 5 min (automatic)']) expect(stdout).toContain(line);
  expect(mlarch('maturity', STARTUP, ...DAY).stdout).toContain('Google Cloud MLOps levels: level 0 (Manual process)');
});

it.each(['examples/card-fraud', STARTUP, 'examples/published/cloudflare-bot-management.mlarch', 'examples/support-assistant'])('writes JSON of %s that its schema describes', (file) => {
  const { code, stdout } = mlarch('maturity', file, '--format', 'json', ...DAY);
  expect(code).toBe(0);
  const validate = addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(jsonSchemaOf('maturity'));
  validate(JSON.parse(stdout));
  expect(validate.errors ?? []).toEqual([]);
  expect(stdout).not.toMatch(/undefined|NaN|null/);
});

it('writes Markdown', () => {
  const { code, stdout } = mlarch('maturity', STARTUP, '--format', 'markdown', ...DAY);
  expect(code).toBe(0);
  expect(stdout).toContain('# StartupScoring: maturity');
  expect(stdout).toContain('| **Google Cloud MLOps levels** | Level 0 (Manual process) | 10 of 10 criteria could be decided |');
});

it('states no level of a file that says next to nothing', () => {
  const { code, stdout } = run(['maturity', '-'], { input: 'system Empty {\n}\n' });
  expect(code).toBe(0);
  expect(stdout).toContain('Google Cloud MLOps levels: insufficient information');
  expect(stdout).not.toMatch(/: level 0/);
});
