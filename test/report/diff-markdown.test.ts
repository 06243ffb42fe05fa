import DOMPurify from 'dompurify';
import mermaid from 'mermaid';
import { describe, expect, it } from 'vitest';
import { compare, type SystemComparison } from '../../src/analysis/comparison/compare.ts';
import { DIFF_MARKER, diffMarkdown } from '../../src/report/diff-markdown.ts';
import { diffText } from '../../src/report/diff-text.ts';
import type { DiffInput } from '../../src/report/diff-input.ts';
import { generateArchitecture } from '../../scripts/bench/generate.ts';
import { compareTexts, inSystem, versionsOf } from '../analysis/comparison/support.ts';
import { finding, HOSTILE, openQuestion, tool } from './sample-review.ts';

// Without a browser the sanitizer has no functions.
Object.assign(DOMPurify, { sanitize: (text: string) => text, addHook: () => undefined });

const inputOf = (systems: readonly SystemComparison[], before = 'HEAD~1:main.mlarch', after = 'main.mlarch'): DiffInput => ({ systems, before, after, today: '2026-11-21', tool });
const api = (properties: string, more = ''): string => inSystem(`stage production\ncriticality high\nconsumer Web { peak 100 req/s slo p99 <= 250 ms }\nmodel M\nservice Api : realtime { serves M concurrency 1 service_time p50 20 ms p99 60 ms runs_on aws.g5_xlarge ${properties} }\nWeb -> Api\n${more}`);
const text = diffMarkdown(inputOf([compareTexts(api('replicas 4'), api('replicas 8 rollback none', 'store Log : log\nApi -> Log { events }'))]));

describe('a comparison as a comment', () => {
  it('begins with the mark and the verdict, and shows what a reviewer asks for', () => {
    expect(text).toMatch(/^<!-- mlarch-diff -->\n\n## S\n\n\*\*Readiness .* of 4, findings \+2 −0, cost \\\+2,940 USD \(\+100 %\) a month\*\*; full first: Api at 1\.8× → Api at 3\.6×\. `HEAD~1:main\.mlarch` → `main\.mlarch`\n\n\| \| Before \| After \| Change \|\n/);
    expect(text).toMatch(/^\| High findings \| \d \| \d \| \+1 \|$/m);
    expect(text).toMatch(/^\| `Web to Api` \| p99 .* met \| p99 .* met \| {2}\|$/m);
    expect(text).toContain('### New critical and high findings\n\n- **High** [ML10.1]');
    for (const row of text.split('\n').filter((line) => line.startsWith('| '))) expect([4, 5], row).toContain(row.match(/(?<!\\)\|/g)?.length);
  });

  it('draws what changed with what is next to it', async () => {
    const drawn = /```mermaid\n([\s\S]*?)\n```/.exec(text)?.[1] ?? '';
    expect(drawn).toContain('title: "S: what changes"');
    expect(drawn).toMatch(/Log<br\/>store · log.*added/);
    expect(drawn).toMatch(/Api<br\/>.*changed/);
    expect(drawn).toMatch(/Web<br\/>/);
    expect(await mermaid.parse(drawn)).toMatchObject({ diagramType: 'flowchart-v2' });
  });

  it('lists the structure in the colours of a difference', () => {
    expect(text).toContain('<details><summary>Structure: 3 changes; 2 components and 1 flow unchanged</summary>\n\n```diff\n! service Api\n+     rollback none\n-     replicas 4\n+     replicas 8\n+ store Log\n+     variant log\n+ flow Api -> Log\n+     payload events\n```\n');
  });

  it('says so where nothing differs', () => {
    const [version] = versionsOf(api('replicas 4'));
    expect(diffMarkdown(inputOf([compare(version, version)]))).toBe(`${DIFF_MARKER}\n\n## S\n\nNo difference in the architecture (3 components and 1 flow). \`HEAD~1:main.mlarch\` → \`main.mlarch\`\n`);
    expect(diffMarkdown(inputOf([]))).toContain('Neither version declares a system.');
  });

  it('fits into a comment, and says what it leaves out', () => {
    const large = generateArchitecture(600, true);
    const many = diffMarkdown(inputOf([compareTexts(large, large.replaceAll(/replicas 3/g, 'replicas 4').replaceAll('schema contract', 'schema none'))]));
    expect(many.length).toBeLessThan(65_536);
    expect(many).toContain('*More changes than a picture can show.*');
    expect(many).toMatch(/\*and \d+ more lines\.\*/);
    const [whole, cut] = [text, diffMarkdown(inputOf([compareTexts(api('replicas 4'), api('replicas 8'))]), 1600)];
    expect(whole).not.toContain('do not fit');
    expect(cut.length).toBeLessThan(1800);
    expect(cut).toMatch(/\*\d+ more sections do not fit into a comment: run `mlarch diff` to see them\.\*\n$/);
    for (const comment of [many, whole, cut]) {
      expect(comment.match(/<details>/g) ?? []).toHaveLength((comment.match(/<\/details>/g) ?? []).length);
      expect((comment.match(/^```/gm) ?? []).length % 2).toBe(0);
    }
  });

  it('never interprets what stands in the files', async () => {
    const quoted = JSON.stringify(HOSTILE.replaceAll(/[\p{Cc}\u2028]/gu, ' '));
    const fence = '"```\\n<img src=x onerror=alert(1)> @team #12 [a](javascript:x) --> end"';
    const hostile = (owner: string): string => inSystem(`owner ${owner}\nservice Api : realtime { owner ${owner} tags [${owner}] }\naccept ML10 { because ${owner} by ${owner} until 2027-01-01 }\ndecision ${owner} { status accepted }\n`);
    const compared = compareTexts(hostile('"x"'), hostile(quoted));
    const fenced = compareTexts(hostile('"x"'), hostile(fence));
    const byHand: SystemComparison = {
      ...compared,
      system: HOSTILE,
      renamedFrom: HOSTILE,
      findings: [{ change: 'accepted', finding: finding({ rule: HOSTILE, id: HOSTILE, component: HOSTILE, message: HOSTILE }), after: { state: 'accepted', severity: 'high' }, acceptance: { because: HOSTILE, by: HOSTILE, until: HOSTILE } }, { change: 'added', finding: finding({ message: HOSTILE }), after: { state: 'open', severity: 'high' } }],
      questions: [{ change: 'opened', question: openQuestion({ rule: HOSTILE, message: HOSTILE, component: HOSTILE }) }],
      structure: { ...compared.structure, elements: [...compared.structure.elements, { change: 'added', sort: 'decision', name: HOSTILE + '\n```\n<b>', properties: [] }] },
    };
    for (const comment of [diffMarkdown(inputOf([compared, fenced], HOSTILE, HOSTILE)), diffMarkdown(inputOf([byHand, byHand], HOSTILE, HOSTILE))]) {
      // Code is shown as it is; what is left must hold no markup but our own.
      const prose = comment.replaceAll(/^```(\w+)\n[\s\S]*?^```$/gm, '').replaceAll(/(?<!`|\\)(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');
      expect(prose).not.toMatch(/<(?!\/?(?:details|summary)>|!-- mlarch-diff -->)/);
      expect(prose).not.toMatch(/(?<!\\)\]\((?!https:\/\/github\.com\/mlarch\/)/);
      expect(prose).not.toMatch(/@team|(?<!&)#12|(?<!\\)\*\*b/);
      expect(comment.match(/^```/gm)).toHaveLength(8);
      for (const [, drawn = ''] of comment.matchAll(/```mermaid\n([\s\S]*?)\n```/g)) expect(await mermaid.parse(drawn)).toMatchObject({ diagramType: 'flowchart-v2' });
    }
  });

  it('is the same from run to run, whichever way it is told', () => {
    const again = (): SystemComparison => compareTexts(api('replicas 4'), api('replicas 8'));
    const palette = { bold: String, dim: String, red: String, yellow: String, green: String };
    expect(diffMarkdown(inputOf([again()]))).toBe(diffMarkdown(inputOf([again()])));
    expect(diffText(inputOf([again()]), palette)).toBe(diffText(inputOf([again()]), palette));
  });
});
