import { describe, expect, it } from 'vitest';
import { junit } from '../../src/report/junit.ts';
import { HOSTILE, acceptedRisk, finding, inputOf, openQuestion, sampleCheck, sampleReview, textProblem } from './sample-review.ts';

/** A reader of the XML that this output uses; it throws on anything that is not well formed. */
function parseXml(text: string): Node {
  const token = /<\?xml[^?]*\?>|<(\/?)([A-Za-z]+)((?:\s+[a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
  const root: Node = { name: '', attributes: {}, children: [], text: '' };
  const stack = [root];
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (!match) throw new Error(`Not well formed at ${text.slice(at, at + 40)}`);
    const [, close, name, attributes = '', empty, content] = match;
    const parent = stack.at(-1)!;
    if (content !== undefined) parent.text += unescape(content);
    if (name === undefined) continue;
    if (close === '/') {
      if (stack.pop()!.name !== name) throw new Error(`Closes ${name} too early`);
      continue;
    }
    const node: Node = { name, attributes: Object.fromEntries([...attributes.matchAll(/([a-z]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescape(value!)])), children: [], text: '' };
    parent.children.push(node);
    if (empty !== '/') stack.push(node);
  }
  if (stack.length !== 1) throw new Error('Something is not closed');
  return root.children[0]!;
}

interface Node {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Node[];
  text: string;
}

function unescape(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|#10|#9);)/.test(text)) throw new Error(`A bare ampersand in ${text}`);
  const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#10': '\n', '#9': '\t' };
  return text.replaceAll(/&([^;]+);/g, (_, name: string) => names[name]!);
}

describe('JUnit', () => {
  it('has a suite for the system and counts what is in it', () => {
    const root = parseXml(junit(inputOf(), [sampleCheck]));
    const counts = { tests: '7', failures: '3', errors: '0', skipped: '3' };
    expect(root).toMatchObject({ name: 'testsuites', attributes: { name: 'mlarch', ...counts } });
    expect(root.children.map(({ name, attributes }) => [name, attributes])).toEqual([['testsuite', { name: 'Shop', ...counts }]]);
  });

  it('fails for each finding, and passes for what is satisfied', () => {
    const cases = parseXml(junit(inputOf(), [sampleCheck])).children[0]!.children;
    expect(cases.map(({ attributes: { name }, children }) => [name, children[0]?.name])).toEqual([
      ['ML90.1 Shop.Scorer', 'failure'],
      ['ML90.4 Shop', 'failure'],
      ['ML90.5 Shop.Scorer', 'failure'],
      ['ML90.2 Point 2 is looked after', 'skipped'],
      ['ML90.3 Point 3 is looked after', 'skipped'],
      ['ML90.6 Point 6 is looked after', 'skipped'],
      ['ML90.7 Point 7 is looked after', undefined],
    ]);
    expect(cases[0]).toMatchObject({ attributes: { classname: 'Shop.ML90', file: 'main.mlarch' }, children: [{ attributes: { type: 'critical', message: 'Scorer has one replica.' } }] });
    expect(cases[0]!.children[0]!.text).toBe('main.mlarch:7:3\nScorer has one replica.\nWhy: A restart stops every answer.\nRemedy: Run two replicas.\nPath:\n  Shop.App (900 req/s) main.mlarch:4:3\n  Shop.Scorer main.mlarch:7:3');
    expect(cases.slice(3, 6).map(({ children }) => children[0]!.attributes['message'])).toEqual([
      'open: How often is Scorer called?',
      'accepted: Mirrored traffic starts in spring (Risk ML, until 2027-03-31)',
      'not applicable: Nothing is trained here.',
    ]);
  });

  it('gives findings of one rule on one element names of their own', () => {
    const findings = [finding({ id: 'ML90.1@Shop.Scorer/zones' }), finding({ id: 'ML90.1@Shop.Scorer/replicas' })];
    const cases = parseXml(junit(inputOf({ reviews: [sampleReview({ findings, verdicts: [] })] }), [sampleCheck])).children[0]!.children;
    expect(cases.map(({ attributes: { name } }) => name)).toEqual(['ML90.1 Shop.Scorer/zones', 'ML90.1 Shop.Scorer/replicas']);
  });

  it('does not pass a rule whose findings are not shown', () => {
    const cases = parseXml(junit(inputOf({ reviews: [sampleReview({ findings: [] })] }), [sampleCheck])).children[0]!.children;
    expect(cases.filter(({ children }) => children.length === 0).map(({ attributes: { name } }) => name)).toEqual(['ML90.7 Point 7 is looked after']);
    const hidden = cases.filter(({ children }) => children[0]?.attributes['message']?.includes('in the baseline or below the severity'));
    expect(hidden.map(({ attributes: { name } }) => name)).toEqual(['ML90.1 Point 1 is looked after', 'ML90.4 Point 4 is looked after', 'ML90.5 Point 5 is looked after']);
  });

  it('shows errors of the text and rules that could not be run as errors', () => {
    const reviews = [sampleReview({ findings: [], verdicts: [{ rule: 'ML90.1', check: 'ML90', verdict: 'failed', because: 'boom' }] })];
    const root = parseXml(junit(inputOf({ reviews, problems: [textProblem(), textProblem({ severity: 'warning' })] }), [sampleCheck]));
    expect(root.attributes).toMatchObject({ tests: '3', errors: '2', skipped: '1' });
    expect(root.children[0]!.children[0]!.children[0]).toMatchObject({ name: 'error', attributes: { type: 'unknown-property' } });
  });

  it('stays well formed whatever the names are', () => {
    const text = HOSTILE.replace('\u0000', '\u0000\u001B[31m \uD800 \uFFFE');
    const hostile = sampleReview({ system: text, findings: [finding({ id: `ML90.1@${text}`, component: text, message: text, why: text })], questions: [openQuestion({ message: text })], accepted: [acceptedRisk({ because: text })] });
    const xml = junit(inputOf({ reviews: [hostile], problems: [textProblem({ message: text })] }), [sampleCheck]);
    const root = parseXml(xml);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE]|\p{Surrogate}/u);
    expect(root.children[1]!.children[0]!.children[0]!.attributes['message']).toContain(`<script>alert(1)</script> "q" 'a' \`b\` | :: % \n::error::x ]]> &`);
    // What cannot be written stays visible as a mark.
    expect(root.children[1]!.children[0]!.children[0]!.attributes['message']).toContain('\uFFFD\uFFFD[31m \uFFFD \uFFFD');
  });

  it('is the same from run to run and says nothing of time', () => {
    expect(junit(inputOf(), [sampleCheck])).toBe(junit(inputOf(), [sampleCheck]));
    expect(junit(inputOf(), [sampleCheck])).not.toMatch(/time/);
  });
});
