import { describe, expect, it } from 'vitest';
import { annexIv } from '../../../src/analysis/compliance/annex-iv.ts';
import { vocabulary } from '../../../src/model/vocabulary.generated.ts';
import { annexIvText } from '../../../src/report/annex-iv/document.ts';
import { TOPICS } from '../../../src/report/annex-iv/topics.ts';
import { expectNoMarkup } from '../../support/no-markup.ts';
import { hostileSystem, LENDER, systemIn } from '../../support/declared-system.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';

const tool = { name: 'mlarch', version: '1.2.3' };
const text = annexIvText(systemIn(LENDER), tool);
const part = (id: string, whole = text): string => whole.split(`<a id="${id}"></a>`)[1]?.split(/\n#{2,3} /)[0] ?? expect.fail(`no part ${id}`);
const lineOf = (words: string): number => LENDER.slice(0, LENDER.indexOf(words)).split('\n').length;

describe('the start of technical documentation', () => {
  it('says first what it is, what it covers and what not', () => {
    expect(part('read-first')).toContain('no legal advice');
    expect(part('read-first')).toMatch(/covers blocks 1 .*, 2 .*, 3 .*, 6 .* and 9 .* of Annex IV/);
    expect(part('read-first')).toMatch(/does not cover blocks 4 .*, 5 .*, 7 .* and 8 .*; somebody has to write those/);
    expect(part('read-first')).toContain('this class of risk: high');
    expect([...text.matchAll(/^## <a id="block-(\d)">/gm)].map(([, number]) => number)).toEqual(['1', '2', '3', '6', '9']);
  });

  it('tells each fact with the line that says it', () => {
    expect(part('block-1-system')).toContain(`- **Provider:** Example Bank AG (\`main.mlarch:${lineOf('provider  "')}\`)`);
    expect(part('block-3-limits')).toContain(`- **Where it is weak:** Incomes from abroad (\`main.mlarch:${lineOf('limits       [')}\`)`);
    expect(part('block-2-tests')).toContain(`- **Results:** mae 210 EUR; mae 190..230 EUR for women; better than before (\`main.mlarch:${lineOf('results  [')}\`)`);
  });

  it('takes limits with results for what the annex asks of them, and a provider for who answers', () => {
    expect(text).toMatch(/\| How good it is and where it fails \| declared \| `Limit` `limits`: Incomes from abroad .*; `Backtest` `results`: /);
    expect(text).toMatch(/\| Who provides it \| declared \| `Lender` `provider`: Example Bank AG /);
    const untold = annexIvText(systemIn(LENDER.replace(/^ {4}results .*$/m, '')), tool);
    expect(untold).toContain('| How good it is and where it fails | **not declared** |');
  });

  it('names what is not declared, by property or by what to add', () => {
    expect(part('block-1-system')).toContain('**Not declared** here: `owner`, `area`, `stage`.');
    expect(part('block-6-versions')).toContain('**Not declared**. Declare a `registry`.');
    expect(part('block-2-oversight')).toMatch(/\*\*Not declared\*\*\. Declare `human_override` of a `service`\. It could be said of `Scorer` \(`main\.mlarch:\d+`\), `Mailer`/);
    expect(part('block-9-plan')).toContain('Declare `compliance … { duty post_market_monitoring }`.');
  });

  it('tells absence as declared where the file says so, and silence of others where some speak', () => {
    const none = annexIvText(systemIn('system Bare {\n  registry none\n  model M\n  service Asked { auth oauth }\n  service Silent\n}\n'), tool);
    expect(part('block-6-versions', none)).toContain('None, as declared.');
    expect(part('block-2-security', none)).toMatch(/\*\*Asked\*\* [\s\S]*\*\*Not declared\*\* of `Silent` \(`main\.mlarch:5`\)\./);
  });

  it('counts the points that the file answers', () => {
    const points = annexIv(systemIn(LENDER)).filter(({ number }) => [1, 2, 3, 6, 9].includes(number)).flatMap(({ points: own }) => own);
    const declared = points.filter(({ state }) => state === 'declared').length;
    expect(part('read-first')).toContain(`Of ${points.length} points that it looks for, the file declares ${declared} and leaves ${points.length - declared} open.`);
    expect(text.match(/\| declared \|/g)).toHaveLength(declared);
  });

  it('records decisions with their reasons and planned changes', () => {
    const file = 'system S {\n  decision "Use trees" { status accepted on 2026-06-02 context "They can be explained." rejected "Networks" }\n  decision "Buy" { option "Vendor" }\n  service A\n  target Later {\n    because "Growth"\n    by 2027-01-31\n    change A { replicas 3 }\n  }\n}\n';
    const block = annexIvText(systemIn(file), tool);
    expect(part('block-2-decisions', block)).toContain('- **Use trees** (`main.mlarch:2`)\n  - Status: accepted, 2026-06-02\n  - Reason: They can be explained.\n  - Not chosen: Networks');
    expect(part('block-2-decisions', block)).toContain('- **Buy** (`main.mlarch:3`)\n  - **Not declared**: the reason (`context`)\n  - Chosen: Vendor');
    expect(part('block-6-planned', block)).toContain('- **Later** (`main.mlarch:5`), 1 change, by 2027-01-31. Because: Growth');
  });

  it('is the same on any day unless it is given one', () => {
    expect(annexIvText(systemIn(LENDER), tool)).toBe(text);
    expect(text).not.toMatch(/^20\d\d-\d\d-\d\d$/m);
    expect(annexIvText(systemIn(LENDER), tool, '2026-11-21')).toMatch(/^2026-11-21$/m);
  });

  it('takes no text of a file for markup', () => {
    expectNoMarkup(annexIvText(systemIn(hostileSystem()), tool));
  });

  it('asks only for properties that the language has', () => {
    const known = new Set(Object.values(vocabulary.kinds).flatMap(({ properties }) => Object.keys(properties)));
    for (const { id, wanted, ifSaid = [] } of Object.values(TOPICS).flat()) for (const [, property] of [...wanted, ...ifSaid]) expect(known.has(property), `${id}: ${property}`).toBe(true);
  });

  it.each(SYSTEMS)('can be written for %s', (file) => {
    for (const architecture of loadExample(file).architectures) expect(annexIvText(architecture, tool)).toContain('## <a id="block-9"></a>9\\. Post-market monitoring plan');
  });
});
