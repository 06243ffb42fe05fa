import { describe, expect, it } from 'vitest';
import { checklist, checksOf } from '../../../src/analysis/checklist.ts';
import { review } from '../../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import { applyChanges } from '../../../src/model/apply-changes.ts';
import { prefixOf, RESERVED_PREFIXES, RULE_ID } from '../../../src/model/custom-rule.ts';
import { loadText } from '../../support/load.ts';

const today = '2026-11-21';
const RULE = `/** Rules of ACME. */

/** A lost table is a lost product. */
rule ACME-01 "Stores are backed up" {
  severity high
  for      store
  require  backup
  message  "{name} is not backed up."
  set      backup scheduled
}
`;
const system = (head: string, members: string): string => `${RULE}\nsystem S {\n${head}\n${members}\n}\n`;
const reviewed = (text: string, settings = DEFAULT_SETTINGS) => {
  const [architecture] = loadText(text).architectures;
  if (!architecture) throw new Error('No system.');
  return { architecture, result: review(architecture, { today, settings }) };
};
const ofTeam = <T extends { readonly rule: string }>(items: readonly T[]): T[] => items.filter(({ rule }) => rule.startsWith('ACME'));

describe('a rule of the team in a review', () => {
  const text = system('  stage production\n  criticality medium', '  store A { backup none }');

  it('finds what is declared, with what would put it right', () => {
    const { architecture, result } = reviewed(text);
    const [finding] = ofTeam(result.findings);
    expect(finding).toMatchObject({ id: 'ACME-01@S.A', check: 'ACME', type: 'gap', severity: 'high', message: 'A is not backed up.', why: 'A lost table is a lost product.', component: 'S.A', span: { range: { start: { line: 14 } } } });
    expect(finding?.remedy.changes).toEqual([{ op: 'set', subject: 'A', property: 'backup', value: 'scheduled' }]);
    expect(ofTeam(review(applyChanges(architecture, finding?.remedy.changes ?? []), { today }).findings)).toEqual([]);
  });

  it('is a group of its own that does not enter the score', () => {
    const { result } = reviewed(text);
    const without = reviewed(text.slice(text.indexOf('system S'))).result;
    expect(result.checks.at(-1)).toMatchObject({ id: 'ACME', title: 'Rules of ACME', beyond: true, custom: true });
    expect(result.score.categories).toEqual(without.score.categories);
    expect(result.score.coverage).toBe(without.score.coverage);
    expect(checksOf([result]).length).toBe(checklist.length + 1);
  });

  it.each([
    ['prototype', 'severity high', 'low'],
    ['prototype', 'severity high fixed', 'high'],
    ['production', 'severity critical', 'critical'],
    ['production', 'severity high', 'high'],
  ])('at stage %s with %s is %s', (stage, severity, expected) => {
    const { result } = reviewed(text.replace('severity high', severity).replace('stage production', `stage ${stage}`));
    expect(ofTeam(result.findings)[0]?.severity).toBe(expected);
  });

  it('can be accepted, by its id or that of its group', () => {
    for (const id of ['ACME-01', 'ACME']) {
      const { result } = reviewed(system('', `  store A { backup none }\n  accept ${id} on A { because "It is rebuilt every night" by "Data" until 2027-03-31 }`));
      expect(ofTeam(result.findings)).toEqual([]);
      expect(result.accepted.map(({ finding }) => finding.id)).toEqual(['ACME-01@S.A']);
    }
    expect(reviewed(system('', '  store A { backup none }\n  accept ACME-09 { because "x y z" by "D" until 2027-03-31 }')).result.findings.map(({ rule }) => rule)).toContain('accept/unknown-id');
  });

  it('can be turned off and given another severity by the configuration', () => {
    expect(reviewed(text, { ...DEFAULT_SETTINGS, off: [{ rule: 'ACME', because: 'not yet' }] }).result.notApplicable).toContainEqual({ rule: 'ACME-01', check: 'ACME', because: 'turned off: not yet' });
    expect(ofTeam(reviewed(text, { ...DEFAULT_SETTINGS, severities: { 'ACME-01': 'low' } }).result.findings)[0]?.severity).toBe('low');
  });

  it('asks where nobody said anything, and never finds', () => {
    const { result } = reviewed(system('', '  store A'));
    expect(ofTeam(result.findings)).toEqual([]);
    expect(ofTeam(result.questions)).toMatchObject([{ component: 'S.A', property: 'backup', message: 'Does this hold of A: Stores are backed up? Declare `backup` of A.' }]);
  });

  it('says when a thing is planned that it is', () => {
    const [finding] = ofTeam(reviewed(system('', '  store A { backup planned by 2027-01-31 }')).result.findings);
    expect(finding).toMatchObject({ type: 'weak', message: 'A is not backed up. It is planned by 2027-01-31.' });
  });

  it('offers no change that would leave the finding', () => {
    const [finding] = ofTeam(reviewed(text.replace('require  backup', 'require  backup and versioned').replace('backup none', 'backup none versioned no')).result.findings);
    expect(finding?.remedy.changes).toEqual([]);
  });
});

it('has no prefix that the checklist uses', () => {
  const prefixes = new Set(checklist.flatMap(({ id, rules }) => [id, ...rules.map((rule) => rule.id)]).map((id) => (RULE_ID.test(id) ? prefixOf(id) : id.replace(/\d.*$/, ''))));
  expect([...RESERVED_PREFIXES].sort()).toEqual([...prefixes].sort());
});

describe('hostile rules and large systems', () => {
  it('reads ten thousand terms', () => {
    const terms = Array.from({ length: 10_000 }, () => 'backup').join(' or ');
    const { problems, rules } = loadText(`${RULE.replace('require  backup', `require  ${terms}`)}\nsystem S { store A { backup none } }`);
    expect(problems).toEqual([]);
    expect(rules).toHaveLength(1);
  });

  it.each([['('], ['not '], ['reaches store where ('], ['some store where ']])('refuses endless %s', (piece) => {
    const { problems, rules } = loadText(`${RULE.replace('require  backup', `require  ${piece.repeat(5000)}backup`)}\nsystem S { store A }`);
    expect(problems.length).toBeGreaterThan(0);
    expect(rules).toEqual([]);
  });
});
