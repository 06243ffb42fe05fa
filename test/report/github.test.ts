import { describe, expect, it } from 'vitest';
import { githubAnnotations } from '../../src/report/github.ts';
import { HOSTILE, acceptedRisk, finding, inputOf, sampleReview, span, textProblem } from './sample-review.ts';

const lines = (text: string): string[] => text.trimEnd().split('\n');

/** What the runner of GitHub makes of a line. */
function read(line: string): { name: string; properties: Record<string, string>; message: string } {
  const match = /^::([a-z]+) ([^:]*)::(.*)$/s.exec(line);
  if (!match) throw new Error(`Not a command: ${line}`);
  const [, name, properties, message] = match;
  const data = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
  return {
    name: name!,
    properties: Object.fromEntries(properties!.split(',').map((pair) => [pair.slice(0, pair.indexOf('=')), data(pair.slice(pair.indexOf('=') + 1).replaceAll('%3A', ':').replaceAll('%2C', ','))])),
    message: data(message!),
  };
}

describe('annotations for GitHub', () => {
  it('are one command for each finding, the most severe first', () => {
    const text = lines(githubAnnotations(inputOf()));
    expect(text[0]).toBe('::error file=main.mlarch,line=7,endLine=7,col=3,endColumn=8,title=ML90.1 critical%3A Shop.Scorer::Scorer has one replica.%0AWhy: A restart stops every answer.%0ARemedy: Run two replicas.');
    expect(text.map((line) => line.split(' ')[0])).toEqual(['::error', '::warning', '::notice', '::notice']);
  });

  it('count what has no line of its own', () => {
    const last = read(lines(githubAnnotations(inputOf())).at(-1)!);
    expect(last.properties['title']).toBe('mlarch review of Shop');
    expect(last.message).toContain('first pass: readiness 1.25 to 2.5 of 4, bar 2.75.');
    expect(last.message).toContain('3 findings, 1 open questions, 1 accepted risks, 1 points that do not apply.');
    expect(last.message).toContain('Accepted: ML90.3 Shop.Scorer (medium): Mirrored traffic starts in spring (Risk ML, until 2027-03-31)');
  });

  it('show problems of the text first', () => {
    const [first] = lines(githubAnnotations(inputOf({ problems: [textProblem()] })));
    expect(read(first!)).toMatchObject({ name: 'error', properties: { file: 'main.mlarch', line: '8', title: 'mlarch unknown-property' } });
  });

  it('leave columns out where a place has several lines', () => {
    const wide = finding({ span: { file: 'main.mlarch', range: { start: { line: 1, character: 2 }, end: { line: 4, character: 1 } } } });
    const [first] = lines(githubAnnotations(inputOf({ reviews: [sampleReview({ findings: [wide] })] })));
    expect(read(first!).properties).toEqual({ file: 'main.mlarch', line: '2', endLine: '5', title: 'ML90.1 high: Shop.Scorer' });
  });

  it('hold whatever stands in the file without ending a command or starting another', () => {
    const hostile = sampleReview({ system: HOSTILE, findings: [finding({ message: HOSTILE, component: HOSTILE, span: span(1, 'a,b:c%0A\r.mlarch') })], accepted: [acceptedRisk({ because: HOSTILE })] });
    const text = lines(githubAnnotations(inputOf({ reviews: [hostile] })));
    expect(text).toHaveLength(2);
    const first = read(text[0]!);
    expect(first.properties['file']).toBe('a,b:c%0A\r.mlarch');
    expect(first.properties['title']).toBe(`ML90.1 high: ${HOSTILE}`);
    expect(first.message.startsWith(HOSTILE)).toBe(true);
    expect(githubAnnotations(inputOf())).toBe(githubAnnotations(inputOf()));
  });
});
