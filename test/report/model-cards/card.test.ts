import { describe, expect, it } from 'vitest';
import { review } from '../../../src/analysis/review.ts';
import { modelCards } from '../../../src/report/model-cards/card.ts';
import { cardFiles } from '../../../src/report/model-cards/files.ts';
import { vocabulary } from '../../../src/model/vocabulary.generated.ts';
import type { Architecture } from '../../../src/model/architecture.ts';
import { expectNoMarkup } from '../../support/no-markup.ts';
import { hostileSystem, LENDER, systemIn } from '../../support/declared-system.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';

const tool = { name: 'mlarch', version: '1.2.3' };
const today = '2026-11-21';
const cards = (architecture: Architecture, date?: string) => modelCards(architecture, review(architecture, { today }), { tool, ...(date !== undefined && { date }) });
const card = (architecture: Architecture, model: string): string => cards(architecture).find((item) => item.model === model)?.markdown ?? expect.fail(`no card of ${model}`);
/** The text between a heading and the next of the same level. */
const section = (markdown: string, id: string): string => markdown.split(`<a id="${id}"></a>`)[1]?.split('\n## ')[0] ?? expect.fail(`no section ${id}`);

describe('a model card', () => {
  const limit = card(systemIn(LENDER), 'Limit');

  it('tells what the model is for and who asks', () => {
    expect(section(limit, 'intended-use')).toContain('- **Purpose:** A limit of credit in euros\n- **Task:** regression\n');
    expect(section(limit, 'intended-use')).toContain('- **Not meant for:** Refusing an account');
    expect(section(limit, 'intended-use')).toContain('- **Who asks:** Clerks (Clerks in the branches.)');
  });

  it('tells what it learned from, back to the sources, with classes that reach the data', () => {
    expect(section(limit, 'training')).toContain('| <strong>`Loans`</strong> | Training dataset | pii, financial by what flows into it | not declared | cc-by-4.0 | not declared |');
    expect(section(limit, 'training')).toContain('| <strong>`Accounts`</strong> | Database source | pii, financial | not declared | internal | Core |');
    expect(section(limit, 'training')).toContain('- **Adapted from:** Base');
  });

  it('tells results by group, and limits and harms', () => {
    expect(section(limit, 'evaluation')).toContain('| mae | 210 EUR | all | `Backtest` |\n| mae | 190 to 230 EUR | women | `Backtest` |\n| better than before | as told | all | `Backtest` |');
    expect(section(limit, 'limits')).toContain('- **Where it is weak:** Incomes from abroad\n- **Whom it may harm:** A limit that is too low shuts people out');
  });

  it('lists what nobody declared by the element and the property that would say it', () => {
    const open = section(limit, 'not-declared');
    expect(open).toMatch(/- \*\*Limit\*\*: .*`card` \(its card elsewhere\)/);
    expect(open).toMatch(/- \*\*Backtest\*\*: .*`robustness` \(stress tests\)/);
    // What is said of them, be it that there is none or that nobody knows, is no gap.
    expect(open).not.toMatch(/`(purpose|limits|harms|environment|seed)`/);
    expect(section(limit, 'training')).toContain('- **Libraries:** not known to the team, as declared');
  });

  it('says so where there is no training, evaluation, service, monitor or rollout, and does not ask a vendor', () => {
    const bare = card(systemIn('system Bare {\n  model Rank\n}\n'), 'Rank');
    expect(section(bare, 'not-declared')).toMatch(/- \*\*Rank\*\*: .*a `training` that `produces Rank` .*an `evaluation` that `judges Rank` .*a `service` that `serves Rank`/);
    const bought = card(systemIn('system Bought {\n  model M : vendor { llm gpt-4o }\n  service S : llm_api { serves M }\n}\n'), 'M');
    expect(section(bought, 'training')).toContain('Its vendor trained it.');
    expect(section(bought, 'not-declared')).toContain('`version`');
    expect(section(bought, 'not-declared')).not.toMatch(/training|`architecture`|`human_override`|`keeps_previous`/);
  });

  it('tells what judges a service as a whole apart from what judges the model', () => {
    const first = card(systemIn('system Two {\n  model First\n  model Second\n  service Both { serves [First, Second] }\n  evaluation OfBoth { judges Both metrics [polite] }\n}\n'), 'First');
    expect(section(first, 'evaluation')).toMatch(/No evaluation of the model by itself is declared\.\n\nA service in which the model is one part is judged as a whole:\n\n\*\*OfBoth\*\*/);
    expect(section(first, 'not-declared')).toContain('an `evaluation` that `judges First`');
  });

  it('lists open findings about the model and what belongs to it, and counts the others', () => {
    const architecture = systemIn('system Two {\n  stage production\n  criticality high\n  consumer App { peak 100 req/s }\n  model First\n  model Second\n  service One { serves First replicas 1 }\n  service Other { serves Second replicas 1 }\n  App -> One { request }\n  App -> Other { request }\n}\n');
    const { findings } = review(architecture, { today });
    const listed = (name: string): string[] => [...section(card(architecture, name), 'findings').matchAll(/^\| \*\*\w+\*\* \| \[([^\]]+)\]\(https:\/\/github\.com\/mlarch\/mlarch\/blob\/main\/docs\/checks\/[^)]*\) \| `Two\.(\w+)`/gm)].map(([, rule = '', where = '']) => `${rule} ${where}`);
    const of = (...names: string[]): string[] => findings.filter(({ component }) => names.includes(component.replace('Two.', ''))).map(({ rule, component }) => `${rule} ${component.replace('Two.', '')}`);
    expect(of('One').length).toBeGreaterThan(0);
    expect(listed('First')).toEqual(of('First', 'One'));
    expect(listed('Second')).toEqual(of('Second', 'Other'));
    expect(section(card(architecture, 'First'), 'findings')).toContain(`not listed here: ${findings.length - of('First', 'One').length}.`);
  });

  it('holds a date only where one is given', () => {
    expect(limit).not.toContain(today);
    expect(cards(systemIn(LENDER), today)[0]?.markdown).toContain(`\n${today}\n`);
  });

  it('takes no text of a file for markup', () => {
    for (const { markdown } of cards(systemIn(hostileSystem()))) expectNoMarkup(markdown);
  });

  it.each(SYSTEMS)('of %s asks only for properties that the language has', (file) => {
    const known = new Set(['none', ...Object.keys(vocabulary.forms.system), ...Object.values(vocabulary.kinds).flatMap(({ properties }) => Object.keys(properties))]);
    for (const architecture of loadExample(file).architectures) {
      for (const { markdown } of cards(architecture)) for (const [, word = ''] of section(markdown, 'not-declared').matchAll(/`(\w+)`/g)) expect(known.has(word) || word in vocabulary.kinds, word).toBe(true);
    }
  });
});

describe('files of model cards', () => {
  it('have names of their own in any folder', () => {
    const card = (model: string) => ({ model, markdown: model });
    expect(cardFiles([{ system: 'S', cards: [card('FraudNet'), card('Fraud_net'), card('FRAUDNET')] }]).map(({ name }) => name)).toEqual(['fraud-net.md', 'fraud-net-2.md', 'fraudnet.md']);
    expect(cardFiles([{ system: 'A', cards: [card('M')] }, { system: 'B', cards: [card('M')] }]).map(({ name }) => name)).toEqual(['a-m.md', 'b-m.md']);
    for (const { name } of cardFiles([{ system: 'S', cards: [card('../../x'), card('CON'), card('…')] }])) expect(name).toMatch(/^[\p{L}\p{N}-]+\.md$/u);
  });
});
