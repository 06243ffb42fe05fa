import { describe, expect, it } from 'vitest';
import { review } from '../../../src/analysis/review.ts';
import type { Action } from '../../../src/analysis/roadmap/action.ts';
import { roadmapOf } from '../../../src/analysis/roadmap/roadmap.ts';
import { tradeOffOf } from '../../../src/analysis/roadmap/trade-offs.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { rationaleOf } from '../../../src/analysis/target/rationale.ts';
import { findingsSection } from '../../../src/report/review-report/findings.ts';
import { reportSubject } from '../../../src/report/review-report/subject.ts';
import { loadExample } from '../../support/examples.ts';

const [architecture] = loadExample('examples/published/startup-on-one-machine.mlarch').architectures;
if (!architecture) throw new Error('no system');
const context = { architecture, settings: DEFAULT_SETTINGS, today: '2026-11-21' };
const reviewed = review(architecture, context);
const { top, backlog } = roadmapOf(context, reviewed);
const actions = [...top, ...backlog].map(({ action }) => action);

const actionOf = (rule: string): Action => actions.find(({ findings }) => findings[0]?.rule === rule) ?? expect.fail(`no action for ${rule}`);
const rationale = (rule: string) => rationaleOf(context, actionOf(rule), undefined);

describe('the rationale of an action', () => {
  it('has the trade-off of the rule of its gravest finding', () => {
    for (const action of actions) expect(rationaleOf(context, action, undefined).tradeOff).toBe(tradeOffOf(action.findings[0]?.rule ?? ''));
    expect(rationale('ML09.5').tradeOff).not.toBe(rationale('ML09.1').tradeOff);
  });

  it('offers the least that helps between nothing and what is recommended', () => {
    expect(rationale('ML09.5').options.map(({ name }) => name)).toEqual(['do nothing', 'minimal', 'recommended']);
    expect(rationale('ML09.5').options[1]?.what).toBe(tradeOffOf('ML09.5')?.minimal);
  });

  it('offers nothing smaller where the remedy itself is small', () => {
    const action = actionOf('ML09.5');
    const small = { ...action, findings: action.findings.map((finding) => ({ ...finding, rule: 'ML15.4', check: 'ML15' })) };
    expect(rationaleOf(context, small, undefined).options.map(({ name }) => name)).toEqual(['do nothing', 'recommended']);
  });

  it('is thought of again at a rate of this system where traffic alone outgrows it, and not where something else does', () => {
    expect(rationale('ML09.1').revisit).toMatch(/^The peak at Api passes /);
    expect(rationale('ML09.5').revisit).toBe(tradeOffOf('ML09.5')?.revisit);
  });
});

it('tells in the report how each finding turns into an incident, and its first step', () => {
  const section = findingsSection(reportSubject(context, reviewed, { pictures: new Map(), provenance: { version: '0', digest: '', files: [] }, redact: false }));
  const shown = (section.sections ?? []).flatMap(({ title, blocks }) => blocks.flatMap((block) => (block.kind === 'facts' ? [{ rule: title.split(' ')[0] ?? '', facts: new Map(block.facts.map(({ term, definition }) => [term, definition])) }] : [])));
  expect(shown).toHaveLength(reviewed.findings.length);
  for (const { rule, facts } of shown) {
    const { scenario, minimal } = tradeOffOf(rule) ?? expect.fail(rule);
    expect(facts.get('Failure scenario')).toEqual([scenario]);
    expect(facts.get('Remedy')?.includes(` First step: ${minimal ?? ''}`)).toBe(minimal !== undefined);
  }
});
