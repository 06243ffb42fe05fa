import { describe, expect, it } from 'vitest';
import { evidenceMix } from '../../../src/analysis/evidence-mix.ts';
import type { Document } from '../../../src/report/document/block.ts';
import { htmlOf } from '../../../src/report/document/html.ts';
import { markdownOf } from '../../../src/report/document/markdown.ts';
import { pdfOf } from '../../../src/report/document/pdf/pdf.ts';
import { PARTS, reviewReport } from '../../../src/report/review-report/sections.ts';
import { executiveSummary } from '../../../src/report/review-report/summary.ts';
import { fonts } from '../document/fonts.ts';
import { openPdf } from '../document/read-pdf.ts';
import { exampleSubjects, subjectOf } from './subject-of.ts';
import { loadExample } from '../../support/examples.ts';

/** The text of each page. */
async function pagesOf(document: Document): Promise<string[]> {
  const { bytes } = await pdfOf(document, fonts);
  const pdf = await openPdf(bytes);
  return Promise.all(Array.from({ length: pdf.numPages }, async (_, index) => (await (await pdf.getPage(index + 1)).getTextContent()).items.map((item) => ('str' in item ? item.str : '')).join(' ')));
}

const textOf = (document: Document): string => markdownOf(document, () => 'x.svg');
const words = (text: string): number => text.replaceAll(/[|*`#█▒░]|<[^>]*>/g, ' ').split(/\s+/).filter((word) => /\p{L}{2}/u.test(word)).length;

const W = 'W'.repeat(2000);
/** Everything that a file can name is long, and nearly everything is missing. */
const hostile = (services: number): string => `system S${W} {
  owner "${'Owner '.repeat(400)}"
  stage production
  criticality critical
  decisions automated
  affects [people, money, safety]
  compliance [gdpr, hipaa, pci_dss, sox, soc2, iso_27001, iso_42001, eu_ai_act, ccpa, fcra]
  monitoring none
  incident_process none
  complete [serving, observability, model, data, infrastructure]
  consumer C${W} { peak 900 req/s average 300 req/s growth 20 %/month blocking yes }
${Array.from({ length: services }, (_, index) => `  service A${index}${W} : realtime { replicas 1 throughput 100 req/s serves M${index}${W} deployed_by manual owner "${W}" runs_on aws.g5_xlarge }
  model M${index}${W} : trained { task classification artifact_mutable yes packaging in_image }
  C${W} -> A${index}${W} { sync }`).join('\n')}
}
`;

describe('the executive summary', () => {
  it.each(exampleSubjects())('of %s is one page of about 450 words at the most', async (_, subject) => {
    const document = executiveSummary(subject);
    const pages = await pagesOf(document);
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Not legal advice');
    expect(words(textOf(document))).toBeLessThanOrEqual(470);
  });

  it.each([1, 12])('fits one page with names of 2,000 letters and %i services that lack everything', async (services) => {
    const subject = subjectOf(hostile(services));
    expect(subject.review.score.counts.critical).toBeGreaterThan(services > 1 ? 29 : 2);
    const pages = await pagesOf(executiveSummary(subject));
    expect(pages).toHaveLength(1);
    expect(pages[0]).toContain('Not legal advice');
  });

  it('fits one page in the whole report too', async () => {
    const part = PARTS.filter(({ name }) => name === 'summary' || name === 'themes');
    for (const subject of [subjectOf(hostile(12)), ...exampleSubjects().slice(0, 1).map(([, example]) => example)]) {
      const pages = await pagesOf(reviewReport(subject, part));
      // Before it the contents, after it the themes, which begin a page where there are any.
      const [first] = pages.flatMap((text, index) => (text.includes('Basis: the owners') ? [index] : []));
      expect(pages[first ?? 0]).toContain('Not legal advice');
    }
  });

  it('says of a nearly empty system that nothing is known, and calls nothing verified', async () => {
    const document = executiveSummary(subjectOf('system Empty {}'));
    const text = textOf(document);
    expect(text).toContain('Too little is declared for a verdict');
    expect(text).toContain('0 of 0 facts linked to evidence or verified');
    expect(text.match(/Not declared/g)?.length).toBeGreaterThanOrEqual(6);
    expect(await pagesOf(document)).toHaveLength(1);
  });

  it('answers every question that diligence asks, in one line each', () => {
    for (const [, subject] of exampleSubjects()) {
      const table = executiveSummary(subject).sections[0]?.blocks.findLast((block) => block.kind === 'table');
      expect(table?.rows.map(([question]) => question?.join(''))).toEqual(['Rights to training data', 'Models can be made again', 'Tested on data kept apart, by group', 'Tested for bias', 'A fall in quality is seen and taken back', 'Cost of an answer', 'Dependence on vendors', 'Dependence on single people']);
      for (const row of table?.rows ?? []) expect(String(row[1]?.[0])).toMatch(/^.{5,126}$/);
    }
  });

  it('says in numbers of the card-fraud example what stands in its file', () => {
    const [subject] = exampleSubjects().flatMap(([file, example]) => (file.includes('card-fraud') ? [example] : []));
    if (!subject) throw new Error('The example is missing.');
    const text = textOf(executiveSummary(subject));
    // Chargebacks arrive after 45 days, and the rollout goes back within 5 min.
    expect(text).toContain('Seen after at least 45 days; taken back within 5 min (no rehearsal declared).');
    expect(text).toContain('4 people can deploy, as declared; a runbook is named.');
    expect(text).toContain('Yes, as declared; no rerun was shown.');
    // 2 × 730.5 h × 1.006 USD and 10.5 USD of training, over 400 req/s for 30.4375 days.
    expect((2 * 730.5 * 1.006 + 10.5) / ((400 * 30.4375 * 86_400) / 1000)).toBeCloseTo(0.0014, 4);
    expect(text).toContain('About 0.0014 USD for 1,000 answers');
    expect(text).not.toMatch(/\bverified\b(?!\.)/);
  });

  it('counts facts by how they are backed', () => {
    const [architecture] = loadExample('examples/card-fraud/main.mlarch').architectures;
    if (!architecture) throw new Error('The example is missing.');
    const { facts, linked, verified } = evidenceMix(architecture);
    const backed = [architecture.system, ...architecture.components.values(), ...architecture.flows].flatMap(({ properties }) => Object.values(properties)).filter((stated) => stated && 'evidence' in stated && stated.evidence !== undefined && stated.evidence.length > 0);
    expect(verified + linked).toBe(backed.length);
    expect(facts).toBeGreaterThan(100);
    const [empty] = [subjectOf('system Empty { owner "A" stage unknown }')];
    expect(evidenceMix(empty.context.architecture)).toEqual({ facts: 1, linked: 0, verified: 0, missing: 0 });
  });

  it('names no owner and is the same page for people outside', async () => {
    for (const [, subject] of exampleSubjects(true).slice(0, 4)) {
      const document = executiveSummary(subject);
      expect(textOf(document)).not.toContain('Owner');
      expect(htmlOf(document)).not.toMatch(/Risk ML|Founding team/);
      expect(await pagesOf(document)).toHaveLength(1);
    }
  });
});
