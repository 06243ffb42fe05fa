import { describe, expect, it } from 'vitest';
import { checks } from '../../src/analysis/checks/all.ts';
import { acceptRiskEdit } from '../../src/server/features/accept-risk.ts';
import { edited, snapshotOf, TODAY } from './snapshot.ts';

const REASON = { because: 'Traffic is tiny', by: 'Platform team', until: '2027-03-31' };
const accept = (text: string, finding: string, reason: Partial<typeof REASON> = {}, uri = 'main.mlarch') => {
  const snapshot = snapshotOf(text);
  const edit = acceptRiskEdit(snapshot, { finding, uri, ...REASON, ...reason });
  return edit && edited(snapshot, edit);
};
const reviewOf = (text: string) => snapshotOf(text).analyses[0]!.systems[0]!.review;

const HEAD = 'system S {\n  stage production\n  criticality high\n';
const TEXT = `${HEAD}  service Api : realtime { replicas 1 autoscale none }\n}\n`;
const WRITTEN = '  accept ML09.3 on Api {\n    because "Traffic is tiny"\n    by      "Platform team"\n    until   2027-03-31\n  }\n';

describe('accepting the risk of a finding', () => {
  it('writes it before the brace that closes the system, and closes the finding', () => {
    const text = accept(TEXT, 'ML09.3@S.Api') ?? '';
    expect(text).toBe(TEXT.replace(/\}\n$/, `${WRITTEN}}\n`));
    expect(reviewOf(text).accepted.map(({ finding, because, by, until }) => [finding.id, because, by, until])).toEqual([['ML09.3@S.Api', 'Traffic is tiny', 'Platform team', '2027-03-31']]);
  });

  it('writes it below the last one', () => {
    const earlier = '  accept ML12.1 { because "cheap" by "A" until 2027-01-31 }\n';
    const text = `${HEAD}${earlier}  service Api : realtime { replicas 1 autoscale none }\n}\n`;
    expect(accept(text, 'ML09.3@S.Api')).toBe(text.replace(earlier, `${earlier}${WRITTEN}`));
  });

  it('holds where the system has no line for its brace, or is indented, or its lines end as on Windows', () => {
    for (const text of [
      'system S { stage production\ncriticality high\nservice Api : realtime { replicas 1 autoscale none } }',
      `\n${TEXT.replaceAll(/^(?=.)/gm, '  ')}`,
      TEXT.replaceAll('\n', '\r\n'),
      `${HEAD}  service Api : realtime { replicas 1 autoscale none } }`,
      `${HEAD}  accept ML12.1 { because "a" by "b" until 2027-01-31 } // why\n  service Api : realtime { replicas 1 autoscale none }\n}\n`,
    ]) {
      const after = accept(text, 'ML09.3@S.Api') ?? 'none';
      const { analyses } = snapshotOf(after);
      expect(analyses[0]!.problems.map(({ message }) => message), after).toEqual([]);
      expect(analyses[0]!.systems[0]!.review.accepted, after).toHaveLength(1);
    }
    expect(accept(TEXT.replaceAll('\n', '\r\n'), 'ML09.3@S.Api')).not.toMatch(/[^\r]\n/);
  });

  it('keeps what is said in its string, whatever it is', () => {
    const because = 'He said "no" \\ yes\n}\n  accept ML01 { }\u0007 $1 ünï';
    const text = accept(TEXT, 'ML09.3@S.Api', { because }) ?? '';
    expect(reviewOf(text).accepted.map((item) => item.because)).toEqual(['He said "no" \\ yes } accept ML01 { } $1 ünï']);
  });

  it('is refused without a reason, an owner or a day, so that nothing else comes into the file', () => {
    expect(accept(TEXT, 'ML09.3@S.Api', { because: ' \n' })).toBeUndefined();
    expect(accept(TEXT, 'ML09.3@S.Api', { by: '' })).toBeUndefined();
    expect(accept(TEXT, 'ML09.3@S.Api', { until: 'tomorrow' })).toBeUndefined();
    expect(accept(TEXT, 'ML09.3@S.Api', { until: '2027-01-01\n}' })).toBeUndefined();
  });

  it('is refused where there is no such finding, in a file that cannot be parsed, and for acceptances', () => {
    expect(accept(TEXT, 'ML09.3@S.Other')).toBeUndefined();
    expect(accept(TEXT, 'ML09.3@S.Api', {}, 'other.mlarch')).toBeUndefined();
    expect(accept(TEXT.replace('replicas 1', 'replicas 1 ]'), 'ML09.3@S.Api')).toBeUndefined();
    const unused = `${HEAD}  accept ML12.1 { because "a" by "b" until 2027-01-31 }\n}\n`;
    expect(reviewOf(unused).findings.map(({ id }) => id)).toContain('accept/unused@S/ML12.1');
    expect(accept(unused, 'accept/unused@S/ML12.1')).toBeUndefined();
  });

  it('is refused where the rule forbids it', () => {
    const check = checks.find(({ rules }) => rules.some(({ id }) => id === 'ML09.3'))!;
    const rule = check.rules.find(({ id }) => id === 'ML09.3')!;
    const before = rule.acceptable;
    try {
      (rule as { acceptable?: boolean }).acceptable = false;
      expect(accept(TEXT, 'ML09.3@S.Api')).toBeUndefined();
    } finally {
      if (before === undefined) delete (rule as { acceptable?: boolean }).acceptable;
    }
  });

  it('covers flows, and the system without naming it', () => {
    const all = snapshotOf(FLOWS).analyses[0]!.systems[0]!.review.findings;
    const flow = all.find(({ component }) => component.includes('->'));
    expect(flow).toBeDefined();
    expect(accept(FLOWS, flow?.id ?? '')).toContain(`accept ${flow?.rule} on App -> Api {`);
    expect(accept('system S {\n  stage production\n  criticality high\n  complete [serving, governance, observability]\n  service Api : realtime\n}\n', 'ML20.1@S')).toContain('  accept ML20.1 {\n');
    expect(TODAY < REASON.until).toBe(true);
  });
});

const FLOWS = `${HEAD}  consumer App { peak 10 req/s }\n  service Api : realtime { slo p99 < 40 ms }\n  App -> Api { sync timeout 20 ms retries 3 }\n}\n`;
