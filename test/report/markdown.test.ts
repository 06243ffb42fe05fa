import { describe, expect, it } from 'vitest';
import { codeCell, codeSpan, escapeMarkdown } from '../../src/report/escape-markdown.ts';
import { markdown } from '../../src/report/markdown.ts';
import { HOSTILE, acceptedRisk, finding, inputOf, openQuestion, sampleReview, span, textProblem } from './sample-review.ts';

describe('Markdown', () => {
  const text = markdown(inputOf());

  it('opens with the verdict as an interval and the counts', () => {
    expect(text).toContain('## Architecture review of Shop\n\n**First pass**: readiness **1.25 to 2.5** of 4, 1.5 below the bar of 2.75; 6 of 8 rules could be decided. `main.mlarch`');
    expect(text).toContain('| Critical | High | Medium | Low | Contradictions | Questions |\n| ---: | ---: | ---: | ---: | ---: | ---: |\n| 1 | 0 | 1 | 1 | 0 | 1 |');
    expect(text).toContain('| Serving | 1 | 1.25 to 2.5 |');
  });

  it('lists the findings, each with a link, a place and what to do', () => {
    expect(text).toContain('| Critical | [ML90.1](https://github.com/mlarch/mlarch/blob/main/docs/checks/ml90.md#ml901) | `Shop.Scorer` | Scorer has one replica. | `main.mlarch:7` |');
    expect(text).toContain('- **Path:** `Shop.App` (900 req/s) → `Shop.Scorer`');
    expect(text).toContain('- **Remedy:** Run two replicas. (S, 1 to 5 person-days)');
    expect(text.indexOf('| Critical | [')).toBeLessThan(text.indexOf('| Medium | ['));
  });

  it('shows questions, accepted risks and what does not apply', () => {
    expect(text).toContain('<summary>1 question that the file leaves open, most valuable first</summary>\n\n- [ML90.2]');
    expect(text).toMatch(/\(medium\): Mirrored traffic starts in spring \(Risk ML, until 2027-03-31\)/);
    expect(text).toMatch(/#ml906\): Nothing is trained here\./);
  });

  it('shows problems of the text before anything else, and rules that could not be run', () => {
    const reviews = [sampleReview({ verdicts: [{ rule: 'ML90.1', check: 'ML90', verdict: 'failed', because: 'boom' }] })];
    const failed = markdown(inputOf({ reviews, problems: [textProblem()] }));
    expect(failed).toMatch(/^## Problems of the text\n\n- \*\*error\*\* `main\.mlarch:8` A service has no property replcas\. Did you mean replicas\? \(`unknown-property`\)/);
    expect(failed).toContain('**ML90.1 could not be run**: boom.');
  });

  it('fits into a comment, and says what it leaves out', () => {
    const many = Array.from({ length: 2000 }, (_, index) => finding({ component: `Shop.Service${index}` }));
    const long = markdown(inputOf({ reviews: [sampleReview({ findings: many })] }));
    expect(long.length).toBeLessThan(65_536);
    expect(long).toContain('*and 1900 more.*');
    expect(long).toMatch(/\*\d+ more sections do not fit into a comment: run `mlarch check` to see them\.\*\n$/);
    expect(long.match(/<details>/g)).toHaveLength(long.match(/<\/details>/g)!.length);
  });

  it('has nothing to say without a system', () => {
    expect(markdown(inputOf({ reviews: [] }))).toBe('No system was reviewed.\n');
  });

  it('never interprets what stands in the file', () => {
    const hostile = sampleReview({
      system: HOSTILE,
      file: HOSTILE,
      findings: [finding({ rule: HOSTILE, id: HOSTILE, component: HOSTILE, message: HOSTILE, why: HOSTILE, span: span(1, HOSTILE), path: [{ component: HOSTILE, span: span(1), note: HOSTILE }], remedy: { ...finding().remedy, title: HOSTILE, prerequisites: [HOSTILE] } })],
      questions: [openQuestion({ message: HOSTILE, component: HOSTILE, property: HOSTILE })],
      accepted: [acceptedRisk({ because: HOSTILE, by: HOSTILE, until: HOSTILE })],
      notApplicable: [{ rule: 'ML90.6', check: 'ML90', component: HOSTILE, because: HOSTILE }],
      verdicts: [{ rule: 'ML90.1', check: 'ML90', verdict: 'failed', because: HOSTILE }],
    });
    const source = markdown(inputOf({ reviews: [hostile], problems: [textProblem({ message: HOSTILE, code: HOSTILE, span: span(1, HOSTILE) })] }));
    // Code is shown as it is; what is left must hold no markup but our own.
    const prose = source.replaceAll(/(?<!`|\\)(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');
    expect(prose).not.toMatch(/<(?!\/?(?:details|summary)>)/);
    expect(prose).not.toMatch(/javascript:(?!x)/);
    expect(prose).not.toMatch(/(?<!\\)\]\((?!https:\/\/github\.com\/mlarch\/)/);
    expect(prose).not.toMatch(/@team|(?<!&)#12|(?<!\\)\*\*b/);
    expect(source).not.toMatch(/^::/m);
    for (const row of source.split('\n').filter((line) => line.startsWith('| High'))) expect(row.match(/(?<!\\)\|/g)).toHaveLength(6);
  });

  it('is the same from run to run', () => {
    expect(markdown(inputOf())).toBe(text);
  });
});

describe('escaping', () => {
  it.each([
    ['plain text, p99 3.7 s (at 900 req/s): fine', 'plain text, p99 3.7 s (at 900 req/s): fine'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    ['+ item', '\\+ item'],
    ['=====', '\\====='],
    ['> quote', '&gt; quote'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['&lt;', '&amp;lt;'],
    ['a\n\n# b', 'a \\# b'],
    ['~~a~~ __b__ `c` $d$', '\\~\\~a\\~\\~ \\_\\_b\\_\\_ \\`c\\` \\$d\\$'],
    ['![a](http://b.example/c)', '\\!\\[a\\](http\\://b.example/c)'],
    ['www.example.com _www.example.com :smile:', 'www\\.example.com \\_www\\.example.com \\:smile:'],
    ['@team a@b.example', '@\u200Bteam a@\u200Bb.example'],
    ['#12 and GH-12', '\\#\u200B12 and GH-\u200B12'],
    ['a | b \\', 'a \\| b \\\\'],
  ])('makes %j harmless', (text, escaped) => {
    expect(escapeMarkdown(text)).toBe(escaped);
  });

  it.each([
    ['a', '`a`'],
    ['a`b', '`` a`b ``'],
    ['``', '``` `` ```'],
    ['a|b', '`a|b`'],
    ['a\nb', '`a b`'],
  ])('puts %j into code', (text, code) => {
    expect(codeSpan(text)).toBe(code);
  });

  it('keeps a bar in code from ending the cell of a table', () => {
    expect(codeCell('a|`b')).toBe('`` a\\|`b ``');
    expect(codeCell('a\\|b')).toBe('a\\\\\\|b');
  });
});
