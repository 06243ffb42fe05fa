import { describe, expect, it } from 'vitest';
import { uuidOf } from '../../../src/cli/uuid.ts';
import type { Architecture } from '../../../src/model/architecture.ts';
import { bomOf } from '../../../src/report/ml-bom/bom.ts';
import type { Bom, BomComponent, BomService } from '../../../src/report/ml-bom/cyclonedx.ts';
import { cyclonedxValidator } from '../../support/cyclonedx.ts';
import { HOSTILE_TEXT, hostileSystem, LENDER, systemIn } from '../../support/declared-system.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';

const validate = cyclonedxValidator();
const tool = { name: 'mlarch', version: '1.2.3' };

/** As it is written to a file. */
const written = (architecture: Architecture, date?: string): Bom => JSON.parse(JSON.stringify(bomOf(architecture, { tool, uuidOf, ...(date !== undefined && { date }) }))) as Bom;
const part = ({ components }: Bom, ref: string): BomComponent => components.find((component) => component['bom-ref'] === ref) ?? expect.fail(`no ${ref}`);
const service = ({ services }: Bom, ref: string): BomService => services.find((item) => item['bom-ref'] === ref) ?? expect.fail(`no ${ref}`);
const needs = ({ dependencies }: Bom, ref: string): readonly string[] => dependencies.find((item) => item.ref === ref)?.dependsOn ?? [];

function expectValid(bom: Bom): void {
  expect(validate(bom) ? [] : validate.errors).toEqual([]);
  const refs = [bom.metadata.component, ...bom.components, ...bom.services].map((item) => item['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  for (const { ref, dependsOn = [] } of bom.dependencies) for (const name of [ref, ...dependsOn]) expect(refs).toContain(name);
  expect(bom.dependencies.map(({ ref }) => ref).sort()).toEqual([...refs].sort());
  for (const { modelCard } of bom.components) for (const { ref } of modelCard?.modelParameters?.datasets ?? []) expect(refs).toContain(ref);
}

describe('a bill of materials', () => {
  const lender = written(systemIn(LENDER));

  it.each(SYSTEMS)('of %s fits the schema of CycloneDX 1.6, and refers only to what it lists', (file) => {
    for (const architecture of loadExample(file).architectures) expectValid(written(architecture));
  });

  it('fits it whatever the texts of the file are', () => {
    const bom = written(systemIn(hostileSystem()), '2026-11-21');
    expectValid(bom);
    const clicks = part(bom, 'source:Clicks');
    expect(clicks.data?.[0]?.governance?.owners[0]?.organization.name).toBe(HOSTILE_TEXT);
    // A version of more than 1,024 signs has no field.
    expect(bom.metadata.component.version).toBeUndefined();
  });

  it('holds a model with the card that the file declares', () => {
    expect(part(lender, 'model:Limit')).toMatchObject({
      type: 'machine-learning-model',
      licenses: [{ license: { name: 'Our own terms', acknowledgement: 'declared' } }],
      hashes: [{ alg: 'SHA-256', content: '9f2c000000000000000000000000000000000000000000000000000000000001' }],
      externalReferences: [{ type: 'bom', url: 'sbom/limit.cdx.json', comment: 'bill_of_materials' }],
      pedigree: { ancestors: [{ name: 'Base', version: '2.1' }] },
      modelCard: {
        modelParameters: { approach: { type: 'supervised' }, task: 'regression', modelArchitecture: 'gradient-boosted trees', inputs: [{ format: 'tabular' }], outputs: [{ format: 'scores' }] },
        considerations: {
          users: ['Clerks: Clerks in the branches.'],
          useCases: ['A limit of credit in euros'],
          technicalLimitations: ['Incomes from abroad', 'Not for: Refusing an account'],
          ethicalConsiderations: [{ name: 'A limit that is too low shuts people out' }],
          fairnessAssessments: [{ groupAtRisk: 'women' }, { groupAtRisk: 'men' }],
        },
      },
    });
    expect(part(lender, 'model:Limit').modelCard?.modelParameters?.datasets?.map(({ ref }) => ref)).toEqual(['source:Accounts', 'dataset:Loans', 'labels:Defaults']);
  });

  it('tells results with values, and metrics of which no result is told by name and group', () => {
    expect(part(lender, 'model:Limit').modelCard?.quantitativeAnalysis?.performanceMetrics).toEqual([
      { type: 'mae', value: '210 EUR' },
      { type: 'mae', value: '190 to 230 EUR', slice: 'women', confidenceInterval: { lowerBound: '190 EUR', upperBound: '230 EUR' } },
      { type: 'better than before' },
      ...['coverage', 'equal_opportunity'].flatMap((type) => [{ type }, { type, slice: 'women' }, { type, slice: 'men' }]),
    ]);
  });

  it('leaves out what nobody declared, and tells what is declared as absent or unknown', () => {
    const bare = written(systemIn('system Bare {\n  model M\n}\n'));
    expect(part(bare, 'model:M')).toEqual({ type: 'machine-learning-model', 'bom-ref': 'model:M', name: 'M', modelCard: {}, properties: [{ name: 'mlarch:declared_as', value: 'model' }] });
    expect(part(lender, 'model:Limit').properties).toEqual(expect.arrayContaining([
      { name: 'mlarch:planned', value: 'none' },
      { name: 'mlarch:training:Fit:seed', value: 'none' },
      { name: 'mlarch:training:Fit:environment', value: 'unknown' },
    ]));
    expect(part(lender, 'model:Cap')).toMatchObject({ type: 'application' });
    expect(part(lender, 'model:Cap').modelCard).toBeUndefined();
  });

  it('holds data with owners, classes, licences and addresses that are safe to follow', () => {
    const accounts = part(lender, 'source:Accounts');
    expect(accounts).toMatchObject({ type: 'data', data: [{ type: 'dataset', classification: 'pii, financial', sensitiveData: ['pii', 'financial'], governance: { owners: [{ organization: { name: 'Core' } }] } }] });
    expect(accounts.externalReferences).toEqual([
      { type: 'evidence', url: 'contracts/accounts%20v2.avsc', comment: 'schema' },
      { type: 'documentation', url: 'https://docs.example.com/accounts?x=1#top' },
    ]);
    expect(part(lender, 'dataset:Loans').licenses).toEqual([{ license: { id: 'CC-BY-4.0', acknowledgement: 'declared' } }]);
    expect(part(lender, 'dataset:Loans').properties).toContainEqual({ name: 'mlarch:reached_by', value: 'pii, financial' });
  });

  it('holds services with what flows through them', () => {
    const scorer = service(lender, 'service:Scorer');
    expect(scorer).toMatchObject({ authenticated: false, 'x-trust-boundary': true, trustZone: 'internal' });
    expect(scorer.data).toEqual([
      { flow: 'inbound', classification: 'pii', name: 'request from Clerks' },
      { flow: 'outbound', classification: 'pii', name: 'predictions to Log', destination: [`urn:cdx:${lender.serialNumber.slice('urn:uuid:'.length)}/1#store%3ALog`] },
      // Masked on the way.
      { flow: 'outbound', classification: 'none', name: 'request to Mailer', destination: [expect.stringContaining('#service%3AMailer')] },
    ]);
    expect(service(lender, 'service:Mailer').authenticated).toBe(true);
  });

  it('says who needs whom, through processes that it does not list', () => {
    expect(needs(lender, 'model:Limit')).toEqual(['dataset:Loans', 'labels:Defaults', 'model:Base', 'technology:xgboost']);
    expect(needs(lender, 'service:Scorer')).toEqual(['model:Cap', 'model:Limit', 'service:Mailer', 'technology:triton']);
    expect(needs(lender, 'store:Log')).toEqual(['service:Scorer', 'technology:s3']);
    expect(needs(lender, 'system:Lender')).toEqual(expect.arrayContaining(['model:Limit', 'service:Scorer', 'store:Log']));
  });

  it('gives a model the figures of no service that it is only a part of', () => {
    const bom = written(systemIn('system Two {\n  model First\n  model Second\n  service Both { serves [First, Second] }\n  service Own { serves Second }\n  evaluation OfBoth { judges Both metrics [polite] }\n  evaluation OfOwn { judges Own metrics [auc] }\n}\n'));
    const metrics = (ref: string) => part(bom, ref).modelCard?.quantitativeAnalysis?.performanceMetrics;
    expect(metrics('model:First')).toBeUndefined();
    expect(metrics('model:Second')).toEqual([{ type: 'auc' }]);
  });

  it('takes what releases or guards a service for no part of its data and needs', () => {
    const bom = written(systemIn('system S {\n  model Rank\n  service Api { serves Rank }\n  pipeline Ship { technology github_actions deploys Api }\n  guardrail Screen { guards Api }\n}\n'));
    expect(needs(bom, 'service:Api')).toEqual(['guardrail:Screen', 'model:Rank']);
    expect(service(bom, 'service:Api').data).toBeUndefined();
    expect(needs(bom, 'system:S')).toContain('technology:github_actions');
  });

  it('is the same on any day, and another for another file, version of mlarch or date', () => {
    expect(written(systemIn(LENDER))).toEqual(lender);
    expect(lender.metadata.timestamp).toBeUndefined();
    const dated = written(systemIn(LENDER), '2026-11-21');
    expect(dated.metadata.timestamp).toBe('2026-11-21T00:00:00Z');
    const serials = [lender, dated, written(systemIn(LENDER.replace('4.1', '4.2')))].map(({ serialNumber }) => serialNumber);
    expect(new Set(serials).size).toBe(3);
    expect(lender.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('names the maker, and says that it is incomplete', () => {
    expect(lender.metadata.component).toMatchObject({ type: 'application', name: 'Lender', version: '4.1', manufacturer: { name: 'Example Bank AG' } });
    expect(lender.compositions).toEqual([{ aggregate: 'incomplete', assemblies: ['system:Lender'] }]);
  });
});
