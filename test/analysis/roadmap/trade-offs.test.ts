import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checks } from '../../../src/analysis/checks/all.ts';
import { criteria } from '../../../src/analysis/criteria/all.ts';
import type { TradeOff } from '../../../src/analysis/roadmap/trade-off.ts';
import { TRADE_OFFS, tradeOffOf } from '../../../src/analysis/roadmap/trade-offs.ts';
import { data } from '../../../src/analysis/roadmap/trade-offs/data.ts';
import { deployment } from '../../../src/analysis/roadmap/trade-offs/deployment.ts';
import { monitoring } from '../../../src/analysis/roadmap/trade-offs/monitoring.ts';
import { serving } from '../../../src/analysis/roadmap/trade-offs/serving.ts';
import { training } from '../../../src/analysis/roadmap/trade-offs/training.ts';
import type { Category } from '../../../src/analysis/rule.ts';

const BY_CATEGORY = { training, data, serving, monitoring, deployment } satisfies Record<Category, unknown>;

const OF_GROUPS = new URL('../../../src/analysis/roadmap/trade-offs/criteria/', import.meta.url);

/** Characters: what fits a line of a report beside its term. */
const LINE = 110;
const SCENARIO = 130;

const words = (text: string): string => text.toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();

it.each(Object.entries(BY_CATEGORY))('has one entry for each rule of %s, in their order, and none without a rule', (category, entries) => {
  const rules = checks.filter((check) => check.category === category).flatMap((check) => check.rules.map(({ id }) => id));
  expect(Object.keys(entries)).toEqual(rules);
});

it('has one file for each group of criteria, named by its slug', () => {
  expect(readdirSync(OF_GROUPS).sort()).toEqual(criteria.map(({ slug }) => `${slug}.ts`).sort());
});

it.each(criteria)('has one entry for each rule of $id in the file of the group, in their order, and tells it', async ({ slug, rules }) => {
  const exported = Object.values((await import(new URL(`${slug}.ts`, OF_GROUPS).href)) as Record<string, Record<string, TradeOff>>);
  expect(exported).toHaveLength(1);
  expect(exported.flatMap(Object.keys)).toEqual(rules.map(({ id }) => id));
  for (const { id } of rules) expect(tradeOffOf(id), id).toBe(exported[0]?.[id]);
});

it('holds every entry once, and in the order of the checklist', () => {
  expect(Object.keys(TRADE_OFFS)).toEqual([...checks, ...criteria].flatMap(({ rules }) => rules.map(({ id }) => id)));
});

it('has none for what is no rule of a check', () => {
  expect(tradeOffOf('accept/expired')).toBeUndefined();
});

const WITH_ENTRIES = [...checks, ...criteria].flatMap((check) => check.rules).flatMap((rule) => [TRADE_OFFS[rule.id]].flatMap((tradeOff) => (tradeOff ? [{ id: rule.id, rule, tradeOff }] : [])));

describe.each(WITH_ENTRIES)('$id', ({ rule, tradeOff: { scenario, minimal, gains, pays, undo, revisit } }) => {
  const lines = [minimal, pays, undo, revisit].filter((line) => line !== undefined);

  it('is short: one sentence a line, gains of one to three words', () => {
    for (const line of lines) expect(line).toMatch(/^[A-Z].*[.?]$/);
    for (const line of lines) expect(line.length, line).toBeLessThan(LINE);
    expect(scenario).toMatch(/^[A-Z][^.]*\.$/);
    expect(scenario.length, scenario).toBeLessThan(SCENARIO);
    expect(gains.length).toBeGreaterThan(0);
    for (const gain of gains) expect(gain).toMatch(/^[a-z-]+( [a-z-]+){0,2}$/);
  });

  it('has a first step that is not the remedy, and says nothing that the rule says', () => {
    const remedies = rule.remediation.split(/[.;:]/).map(words);
    if (minimal !== undefined) expect(remedies).not.toContain(words(minimal));
    if (minimal !== undefined) expect(words(rule.remediation)).not.toContain(words(minimal));
    for (const said of [rule.why, rule.remediation, rule.title].map(words)) for (const line of [...lines, scenario]) expect(said).not.toContain(words(line));
  });
});

it('leaves the first step out only where the remedy is small', () => {
  const without = WITH_ENTRIES.filter(({ tradeOff }) => tradeOff.minimal === undefined);
  expect(without.filter(({ rule }) => rule.effort !== 'S').map(({ id }) => id)).toEqual([]);
});

it('says no sentence twice', () => {
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const [rule, { scenario, minimal, pays, undo, revisit }] of Object.entries(TRADE_OFFS)) {
    for (const sentence of [scenario, ...(minimal === undefined ? [] : [minimal]), pays, undo, revisit].map(words)) {
      const before = seen.get(sentence);
      if (before !== undefined) twice.push(`${before} and ${rule}: ${sentence}`);
      seen.set(sentence, rule);
    }
  }
  expect(twice).toEqual([]);
});
