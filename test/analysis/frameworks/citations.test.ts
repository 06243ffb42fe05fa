import { describe, expect, it } from 'vitest';
import { checklist } from '../../../src/analysis/checklist.ts';
import { frameworks } from '../../../src/analysis/frameworks/all.ts';
import { citationOf, editioned } from '../../../src/analysis/frameworks/citations.ts';
import { sourcesOf } from '../../../src/analysis/rule.ts';

const sources = [...new Set(checklist.flatMap((check) => check.rules.flatMap((rule) => sourcesOf(check, rule))))];

describe('sources of rules', () => {
  it.each(sources.filter((source) => citationOf(source) !== undefined))('%s names an item of its framework', (source) => {
    expect(citationOf(source)?.items).not.toEqual([]);
  });

  it('are of a framework, or say that they are a paper, a law or an incident', () => {
    const others = sources.filter((source) => citationOf(source) === undefined);
    for (const source of others) expect(source).toMatch(/^(ISO\/IEC (42001|27001):\d{4} 6\.1\.3|Hidden technical debt|Cloudflare|Knight Capital|SLSA|GDPR|HIPAA|CycloneDX|Model cards|OpenSSF|Booking|Lyft|Zillow|Epic|Air Canada|Replit|EchoLeak|Ultralytics|ANSSI|MADR|Gboard|torchtriton|Uber|Google|Made-With-ML|Azure|NVIDIA|Article)/);
  });

  it.each([
    ['OWASP LLM LLM01', 'OWASP LLM (2025) LLM01, prompt injection'],
    ['OWASP LLM (2025) LLM01', 'OWASP LLM (2025) LLM01, prompt injection'],
    ['AWS ML Lens MLSEC-02', 'AWS ML Lens (2023) MLSEC-02, encryption'],
    ['EU AI Act Article 14(4)', 'EU AI Act (2024) Article 14(4), human oversight'],
    ['ML Test Score Monitor 1-7', 'ML Test Score (2017) Monitor 1-7'],
    ['Knight Capital 2012', 'Knight Capital 2012'],
  ])('%s is shown as %s', (source, shown) => {
    expect(editioned(source)).toBe(shown);
  });

  it('mean a run of items, a question with its practices, or the question of a practice', () => {
    const ids = (source: string): string[] => (citationOf(source)?.items ?? []).map(({ id }) => id);
    expect(ids('ML Test Score Monitor 1-7')).toHaveLength(7);
    expect(ids('AWS Generative AI Lens GENOPS01')).toEqual(['GENOPS01-BP01', 'GENOPS01-BP02']);
    expect(ids('AWS Agentic AI Lens AGENTSEC02-BP01')).toEqual(['AGENTSEC02']);
    expect(ids('NIST AI RMF MEASURE 2.1')).toEqual(['MEASURE 2.1']);
  });
});

describe('frameworks', () => {
  it('have names and ids of their own', () => {
    expect(new Set(frameworks.map(({ name }) => name)).size).toBe(frameworks.length);
    for (const { name, items } of frameworks) expect(new Set(items.map(({ id }) => id)).size, name).toBe(items.length);
  });

  it('have as many items as they publish, where the list is whole', () => {
    const count = Object.fromEntries(frameworks.map(({ name, items }) => [name, items.length]));
    expect(count).toMatchObject({ 'ml-test-score': 28, 'owasp-ml': 10, 'owasp-llm': 10, 'owasp-agentic': 10, 'mitre-atlas': 35, 'iso-42001': 38, 'aws-agentic': 41, 'aws-ml': 105 });
  });
});
