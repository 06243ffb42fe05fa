import Ajv from 'ajv';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checks } from '../../src/analysis/checks/all.ts';
import { PRESETS } from '../../src/analysis/presets.ts';
import { DEFAULT_SETTINGS, DEFAULT_THRESHOLDS } from '../../src/analysis/settings.ts';
import { parseConfig, readConfig } from '../../src/cli/config.ts';
import { findConfig } from '../../src/cli/find-config.ts';
import { checkConfig } from '../../src/report/config-schema.ts';
import { jsonSchemaOf } from '../../src/report/schemas.ts';
import { sampleCheck } from '../report/sample-review.ts';

const someRule = checks.flatMap((check) => check.rules).find(({ acceptable }) => acceptable !== false)!.id;
const validate = new Ajv.default({ strict: false }).compile(jsonSchemaOf('config'));

function messageOf(text: string): string {
  try {
    parseConfig(text, 'mlarch.config.json');
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('No error');
}

describe('the configuration', () => {
  it('may be empty: then all is as recommended', () => {
    expect(parseConfig('{}', 'c.json')).toEqual({ settings: DEFAULT_SETTINGS, failOn: 'high', minSeverity: undefined });
  });

  it('replaces what it states and nothing else', () => {
    const value = { $schema: 'x', thresholds: { headroom: 3 }, severities: { ML09: 'low', [someRule]: 'critical' }, off: [{ rule: 'ML04', because: 'One machine trains it in an hour' }], failOn: 'never', minSeverity: 'medium' };
    expect(validate(value)).toBe(true);
    const config = parseConfig(JSON.stringify(value), 'c.json');
    expect(config.settings.thresholds).toEqual({ ...DEFAULT_THRESHOLDS, headroom: 3 });
    expect(config.settings.severities).toEqual({ ML09: 'low', [someRule]: 'critical' });
    expect(config.settings.off).toEqual([{ rule: 'ML04', because: 'One machine trains it in an hour' }]);
    expect(config).toMatchObject({ failOn: 'never', minSeverity: 'medium' });
  });

  it('starts from a preset', () => {
    expect(parseConfig('{ "extends": "recommended" }', 'c.json').settings).toEqual(DEFAULT_SETTINGS);
    const strict = parseConfig('{ "extends": "strict", "thresholds": { "staleDays": 30 } }', 'c.json');
    expect(strict.settings.thresholds).toEqual({ ...PRESETS.strict.settings.thresholds, staleDays: 30 });
    expect(strict.settings.thresholds.headroom).toBeGreaterThan(DEFAULT_THRESHOLDS.headroom);
    expect(strict.failOn).toBe('medium');
    expect(parseConfig('{ "extends": "strict", "failOn": "high" }', 'c.json').failOn).toBe('high');
  });

  it.each([
    ['{\n  "thresholds": {\n    "headrom": 3\n  }\n}', 'mlarch.config.json:3:5: thresholds.headrom: there is no such setting. Did you mean headroom?'],
    ['{ "tresholds": {} }', 'mlarch.config.json:1:3: tresholds: there is no such setting. Did you mean thresholds?'],
    ['{ "prices": {} }', 'there is no such setting. Known are $schema, extends,'],
    ['{ "thresholds": { "fanOut": "ten" } }', 'mlarch.config.json:1:19: thresholds.fanOut: expected number; found "ten".'],
    ['{ "thresholds": { "idleUtilisation": 15 } }', 'thresholds.idleUtilisation: expected at most 1.'],
    ['{ "thresholds": { "staleDays": 0 } }', 'thresholds.staleDays: expected more than 0.'],
    ['{ "severities": { "ML09": "severe" } }', 'severities.ML09: expected "low", "medium", "high", "critical"; found "severe".'],
    ['{ "severities": { "scalability": "low" } }', 'severities.scalability: expected a check such as ML09, a rule such as ML09.3 or a criterion such as REL-01.'],
    ['{ "packs": { "llms": "on" } }', 'packs.llms: there is no such setting. Did you mean llm?'],
    ['{ "packs": { "llm": "always" } }', 'packs.llm: expected "on", "off"; found "always".'],
    ['{ "severities": { "REL-99": "low" } }', 'there is no check or rule REL-99.'],
    ['{ "severities": { "ML09.99": "low" } }', 'mlarch.config.json:1:19: severities["ML09.99"]: there is no check or rule ML09.99. See: mlarch checks'],
    ['{ "off": [{ "rule": "ML09" }] }', 'mlarch.config.json:1:11: off[0].because: expected string; found nothing.'],
    ['{ "off": [{ "rule": "ML09", "because": "TODO" }] }', 'off[0].because: expected a reason that says why; this one is empty or a placeholder.'],
    ['{ "off": [{ "rule": "ML09", "because": "  " }] }', 'off[0].because: expected a reason that says why'],
    ['{ "off": [{ "rule": "ML77", "because": "Not ours" }] }', 'off[0].rule: there is no check or rule ML77.'],
    ['{ "off": ["ML09"] }', 'off[0]: expected object; found "ML09".'],
    ['{ "extends": "strickt" }', 'extends: expected "recommended", "strict"; found "strickt".'],
    ['[]', 'mlarch.config.json:1:1: expected object; found [].'],
    ['{\n  "failOn": "high",\n}', 'mlarch.config.json:3:1: A comma stands before the closing brace; remove it.'],
    ['', 'mlarch.config.json:1:1: The text ends where a value is expected.'],
  ])('%j is refused with place and advice', (text, message) => {
    expect(messageOf(text)).toContain(message);
  });

  it('reports every fault, in the order of the file', () => {
    const lines = messageOf('{\n  "zzz": 1,\n  "failOn": 3,\n  "off": [{ "rule": "ML09", "because": "x", "by": 1 }]\n}').split('\n');
    expect(lines.map((line) => line.split(': ')[0])).toEqual(['mlarch.config.json:2:3', 'mlarch.config.json:3:3', 'mlarch.config.json:4:45']);
  });

  it('cannot turn off what cannot be accepted', () => {
    const off = (rule: string) => checkConfig({ off: [{ rule, because: 'We think it is fine' }] }, [sampleCheck]);
    expect(off('ML90.4')).toEqual({ faults: [{ path: ['off', 0, 'rule'], message: 'ML90.4 cannot be turned off. Remedy its findings.' }] });
    expect(off('ML90')).toEqual({ faults: [{ path: ['off', 0, 'rule'], message: 'ML90.4 cannot be turned off. Turn off the other rules of ML90 one by one.' }] });
    expect(off('ML90.1')).toHaveProperty('config');
  });
});

describe('finding the configuration', () => {
  const root = mkdtempSync(path.join(os.tmpdir(), 'mlarch-config-'));
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  const inside = path.join(root, 'repository/models/deep');
  mkdirSync(inside, { recursive: true });
  mkdirSync(path.join(root, 'repository/.git'));
  const input = path.join(inside, 'main.mlarch');

  it('goes up to the root of the repository and no further', () => {
    writeFileSync(path.join(root, 'mlarch.config.json'), '{}');
    expect(findConfig(input)).toBeUndefined();
    const file = path.join(root, 'repository/mlarch.config.json');
    writeFileSync(file, '{ "failOn": "low" }');
    expect(findConfig(input)).toBe(file);
    expect(readConfig(file).failOn).toBe('low');
  });

  it('takes the nearest', () => {
    const nearest = path.join(inside, 'mlarch.config.json');
    writeFileSync(nearest, '{ "failOn": ');
    expect(findConfig(input)).toBe(nearest);
    expect(() => readConfig(nearest)).toThrow(`${nearest}:1:13: The text ends where a value is expected.`);
  });
});
