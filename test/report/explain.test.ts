import { describe, expect, it } from 'vitest';
import { checks } from '../../src/analysis/checks/all.ts';
import { checklistMarkdown } from '../../src/report/checklist-markdown.ts';
import { explanationMarkdown, explanationOf, explanationText } from '../../src/report/explain.ts';
import { docsUrl } from '../../src/report/links.ts';
import { sampleCheck } from './sample-review.ts';

describe('an explanation', () => {
  it('of a rule says why, what to do, how long it takes, when it may be wrong and how to accept it', () => {
    const text = explanationText(explanationOf('ml90.1', [sampleCheck])!);
    expect(text).toMatch(/^ML90\.1 Point 1 is looked after\n\nCheck\n {2}ML90 Sample \(Serving\)/);
    for (const part of ['Because it matters.', 'Do `something`.', 'M: one to four weeks, 5 to 20 person-days', 'It may stand elsewhere.', 'accept ML90.1 on Component { because "…" by "…" until 2027-03-31 }', 'A framework 1', 'https://github.com/mlarch/mlarch/blob/main/docs/checks/ml90.md#ml901']) expect(text).toContain(part);
  });

  it('of a rule that cannot be accepted says so', () => {
    const text = explanationText(explanationOf('ML90.4', [sampleCheck])!);
    expect(text).toContain('A finding of this rule cannot be accepted.');
    expect(text).not.toContain('accept ML90.4');
  });

  it('of a check lists its rules', () => {
    const text = explanationText(explanationOf(' ML90 ', [sampleCheck])!);
    for (const part of ['Is it all there?', 'Nobody knows.', 'ML90.2   Point 2 is looked after (gap, medium)']) expect(text).toContain(part);
  });

  it('is there for every check, every rule and every fault of an acceptance, in both forms', () => {
    const ids = [...checks.flatMap((check) => [check.id, ...check.rules.map((rule) => rule.id)]), 'accept/expired', 'accept/unused'];
    for (const id of ids) {
      const explanation = explanationOf(id)!;
      expect(explanation.id).toBe(id);
      expect(explanationText(explanation)).toContain(docsUrl(id));
      expect(explanationMarkdown(explanation)).toMatch(new RegExp(`^# ${id} `));
    }
  });

  it('is not there for something else', () => {
    for (const id of ['ML99', 'ML90.99', '', 'accept', '__proto__']) expect(explanationOf(id)).toBeUndefined();
  });
});

describe('the checklist as Markdown', () => {
  it('has each check in its part, with its rules', () => {
    const text = checklistMarkdown([sampleCheck]);
    expect(text).toMatch(/^# Checklist\n\n1 checks, 7 rules\.\n\n## Serving\n\n### \[ML90\]\(https:\S+ml90\.md\) Sample\n\nIs it all there\?\n\n\*\*Red flag:\*\* Nobody knows\./);
    expect(text).toContain('| [ML90.2](https://github.com/mlarch/mlarch/blob/main/docs/checks/ml90.md#ml902) | Point 2 is looked after | gap | medium |');
  });

  it('holds all checks', () => {
    const text = checklistMarkdown();
    for (const { id, title } of checks) expect(text).toContain(`### [${id}](${docsUrl(id)}) ${title}`);
  });
});
