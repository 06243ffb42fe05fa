import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_THRESHOLDS } from '../../src/analysis/settings.ts';
import { kinds } from '../../src/model/vocabulary/vocabulary.ts';
import { thresholdShape } from '../../src/report/config-schema.ts';
import { modelJson } from '../../src/report/model-json.ts';
import { jsonSchemaOf, SCHEMA_NAMES } from '../../src/report/schemas.ts';
import { loadFiles, loadText } from '../support/load.ts';

const compile = (name: (typeof SCHEMA_NAMES)[number]): ValidateFunction => addFormats.default(new Ajv.default({ allErrors: true, strict: false })).compile(jsonSchemaOf(name));
const validateModel = compile('model');

/** The export as a program reads it, after its schema has found nothing wrong. */
function exported(...texts: Parameters<typeof modelJson>): ReturnType<typeof modelJson> {
  const read = JSON.parse(JSON.stringify(modelJson(...texts))) as ReturnType<typeof modelJson>;
  validateModel(read);
  expect(validateModel.errors ?? []).toEqual([]);
  return read;
}

describe('published schemas', () => {
  it.each(SCHEMA_NAMES)('%s can be used by a validator and has an address and a title', (name) => {
    expect(compile(name)).toBeTypeOf('function');
    expect(jsonSchemaOf(name)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', $id: `https://raw.githubusercontent.com/mlarch/mlarch/main/schemas/${name}.schema.json`, title: expect.stringMatching(/^mlarch/) as string });
  });

  it('the configuration knows every threshold', () => {
    expect(Object.keys(thresholdShape).sort()).toEqual(Object.keys(DEFAULT_THRESHOLDS).sort());
  });

  it('the model knows every kind, with the words of the vocabulary', () => {
    const { definitions } = jsonSchemaOf('model') as { definitions: Readonly<Record<string, { description?: string }>> };
    for (const [name, { doc }] of Object.entries(kinds)) expect(definitions[name]?.description).toBe(doc);
  });
});

describe('the exported model', () => {
  const TEXT = `system Shop {
  stage production

  /** Answers. */
  service Scorer : realtime {
    replicas 3
    autoscale none
    rate_limit unknown
    serves Ranking
  }

  model Ranking : trained {
    owner "Team"
  }

  registry none

  consumer App : application {
    peak 900 req/s
  }

  App -> Scorer { timeout 200 ms }

  accept ML17 on Scorer { because "Soon" by "Team" until 2027-03-31 }
}
`;

  it('holds what was declared, with its state', () => {
    const { architectures, problems } = loadText(TEXT);
    expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([]);
    const [system] = exported(architectures).systems;
    expect(system).toMatchObject({
      name: 'Shop',
      properties: { stage: { state: 'present', value: 'production' } },
      flows: [{ from: 'App', to: 'Scorer', properties: { timeout: { state: 'present', value: { low: 0.2, high: 0.2, unit: 's' } } } }],
      absences: [{ kind: 'registry', state: 'none' }],
      acceptances: [{ rule: 'ML17', subject: 'Scorer', properties: { because: { state: 'present', value: 'Soon' }, until: { state: 'present', value: '2027-03-31' } } }],
    });
    const scorer = system!.components.find(({ name }) => name === 'Scorer');
    expect(scorer).toMatchObject({
      kind: 'service',
      variant: 'realtime',
      doc: 'Answers.',
      properties: { replicas: { state: 'present', value: { low: 3, high: 3, unit: '1' } }, autoscale: { state: 'none' }, rate_limit: { state: 'unknown' } },
    });
    expect(Object.keys(scorer!.properties['replicas']!)).toEqual(['state', 'value']);
  });

  it('names neither files nor places', () => {
    const { architectures } = loadFiles({ '/home/somebody/secret/main.mlarch': TEXT });
    const text = JSON.stringify(exported(architectures));
    expect(text).not.toContain('/home/');
    expect(text).not.toMatch(/"(span|range|nameSpan)"/);
    expect(text).toBe(JSON.stringify(exported(loadText(`\n\n${TEXT}`).architectures)));
  });

  it.each(['examples/published/startup-on-one-machine.mlarch', 'examples/card-fraud/main.mlarch'])('of %s follows the schema', (file) => {
    const folder = file.slice(0, file.lastIndexOf('/'));
    const names = file.includes('card-fraud') ? ['main.mlarch', 'data.mlarch', 'platform/shared.mlarch'] : [file.slice(folder.length + 1)];
    const { architectures } = loadFiles(Object.fromEntries(names.map((name) => [`${folder}/${name}`, readFileSync(`${folder}/${name}`, 'utf8')])));
    const [system] = exported(architectures).systems;
    expect(system!.components.length).toBeGreaterThan(5);
    expect(system!.components.length).toBe(architectures[0]!.components.size);
  });

  it('is refused by the schema when a word is not in the vocabulary', () => {
    const model = JSON.parse(JSON.stringify(modelJson(loadText(TEXT).architectures))) as { systems: { properties: { stage: { value: string } } }[] };
    model.systems[0]!.properties.stage.value = 'imaginary';
    expect(validateModel(model)).toBe(false);
  });
});
