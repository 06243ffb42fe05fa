import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isCatalogueEntry } from '../../src/language/generated/ast.ts';
import { lowerProject } from '../../src/language/lowering/lower-project.ts';
import { loadProject } from '../../src/language/project.ts';
import { parseSource } from '../../src/language/source-file.ts';
import { SECONDS_PER_MONTH } from '../../src/model/units.ts';
import { parser } from '../support/load.ts';

const folder = path.join(import.meta.dirname, '../../src/language/library');
const entries = readdirSync(folder).map((file) => ({ file, text: readFileSync(path.join(folder, file), 'utf8') }));
const project = loadProject({ resolve: () => undefined, read: () => undefined, parse: (file, text) => parseSource(parser, file, text) }, entries);
const empty = { technology: new Map(), accelerator: new Map(), instance: new Map(), llm: new Map() };
const { catalogue, problems } = lowerProject(project, { library: empty });

type Properties = Readonly<Record<string, unknown>>;
const sections = catalogue as unknown as Readonly<Record<string, ReadonlyMap<string, { readonly doc?: string; readonly properties: Properties }>>>;
const section = (kind: string) => [...(sections[kind] ?? new Map()).entries()].map(([name, { doc, properties }]) => ({ name, doc, properties }));
const of = (kind: string, name: string): Properties => {
  const entry = sections[kind]?.get(name);
  if (!entry) throw new Error(`The catalogue has no ${kind} ${name}`);
  return entry.properties;
};
const amount = (properties: Properties, key: string): number => (properties[key] as { low: number } | undefined)?.low ?? Number.NaN;
const words = (properties: Properties, key: string): readonly string[] => (properties[key] as string[] | undefined) ?? [];
const hourly = (name: string): number => amount(of('instance', name), 'price') / (SECONDS_PER_MONTH / 3600);

describe('the bundled catalogue', () => {
  it('has no problems: every property, word, unit and reference is valid', () => {
    expect(problems.map(({ span, message }) => `${span.file}:${span.range.start.line + 1} ${message}`)).toEqual([]);
  });

  it('declares every name once', () => {
    const names = [...project.files.values()].flatMap(({ root }) => root.members.filter(isCatalogueEntry).map((entry) => `${entry.kind} ${entry.name}`));
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    expect(names.length).toBe(section('technology').length + section('accelerator').length + section('instance').length + section('llm').length);
  });

  it.each([['technology', 90], ['accelerator', 25], ['instance', 160], ['llm', 60]])('has enough of kind %s', (kind, least) => {
    expect(section(kind).length).toBeGreaterThanOrEqual(least);
  });

  it.each(['technology', 'accelerator', 'instance', 'llm'])('says of every %s what it is, where that comes from and as of when', (kind) => {
    const bare = section(kind).filter(({ doc, properties }) => !doc || !properties['source'] || !/^\d{4}-\d{2}-\d{2}$/.test(String(properties['as_of'])));
    expect(bare.map(({ name }) => name)).toEqual([]);
  });
});

describe('technologies', () => {
  it('have a title and a category, and never can and cannot do the same', () => {
    for (const { name, properties } of section('technology')) {
      expect(properties['title'], name).toBeTypeOf('string');
      expect(properties['category'], name).toBeTypeOf('string');
      expect(words(properties, 'can').filter((word) => words(properties, 'cannot').includes(word)), name).toEqual([]);
    }
  });

  it.each([
    'fastapi', 'flask', 'ray_serve', 'kserve', 'triton', 'bentoml', 'seldon', 'tf_serving', 'torchserve', 'vllm', 'tgi', 'sagemaker', 'vertex_ai', 'azure_ml',
    'mlflow', 'wandb', 'neptune', 'comet', 'dvc', 'lakefs', 'feast', 'tecton', 'evidently', 'whylabs', 'arize', 'prometheus', 'grafana', 'pagerduty', 'opsgenie', 'launchdarkly',
    'kafka', 'kinesis', 'flink', 'samza', 'spark', 'spark_streaming', 'airflow', 'prefect', 'kubeflow', 'dagster', 'dbt', 'cron', 's3', 'gcs', 'azure_blob',
    'snowflake', 'bigquery', 'redshift', 'databricks', 'delta_lake', 'iceberg', 'hudi', 'redis', 'dynamodb', 'cassandra', 'postgresql', 'mysql', 'mongodb', 'clickhouse', 'hive', 'hdfs', 'evcache',
    'pinecone', 'weaviate', 'milvus', 'pgvector', 'qdrant', 'azure_ai_search', 'openai_api', 'anthropic_api', 'bedrock', 'great_expectations', 'deequ', 'pandera', 'datahub', 'amundsen',
    'scikit_learn', 'xgboost', 'pytorch', 'tensorflow', 'ray_train', 'kubernetes', 'ec2', 'docker', 'github_actions', 'argo', 'terraform', 'google_drive', 'efs', 'spreadsheet', 'notebook', 'jupyter',
    'streamlit', 'cosmos_db', 'app_service', 'application_gateway', 'langfuse', 'promptfoo', 'langchain', 'anyscale',
  ])('include %s', (name) => {
    expect(sections['technology']?.has(name)).toBe(true);
  });

  it('know what rules ask of them', () => {
    expect(words(of('technology', 'fastapi'), 'cannot')).toEqual(expect.arrayContaining(['batching', 'traffic_splitting']));
    expect(words(of('technology', 'triton'), 'can')).toContain('batching');
    expect(words(of('technology', 'feast'), 'can')).toContain('point_in_time');
    expect(words(of('technology', 'slack'), 'cannot')).toContain('on_call');
    expect(of('technology', 's3')).toMatchObject({ mutable: true, managed: true });
    expect(of('technology', 'google_drive')).toMatchObject({ mutable: true, category: 'file_share' });
  });
});

describe('accelerators', () => {
  // Memory in GB, bandwidth in TB/s, dense peaks at 16 bits in TFLOPS and at 8 bits in T(FL)OPS.
  it.each([
    ['t4', 16, 0.32, 65, 130], ['v100_16gb', 16, 0.9, 125, undefined], ['v100_32gb', 32, 0.9, 125, undefined], ['a10', 24, 0.6, 125, 250], ['a30', 24, 0.933, 165, 330],
    ['a100_40gb', 40, 1.555, 312, 624], ['a100_80gb', 80, 2.039, 312, 624], ['a100_80gb_pcie', 80, 1.935, 312, 624], ['l4', 24, 0.3, 121, 242], ['l40s', 48, 0.864, 362, 733],
    ['h100_pcie', 80, 2, 756, 1513], ['h100_nvl', 94, 3.9, 835, 1671], ['h100', 80, 3.35, 989, 1979], ['h200', 141, 4.8, 989, 1979], ['b200', 180, 8, 2250, 4500],
  ])('%s has the figures of its data sheet', (name, memory, bandwidth, fp16, int8) => {
    const properties = of('accelerator', name);
    expect(amount(properties, 'memory') / 1e9).toBeCloseTo(memory, 6);
    expect(amount(properties, 'bandwidth') / 1e12).toBeCloseTo(bandwidth, 6);
    expect(amount(properties, 'fp16') / 1e12).toBeCloseTo(fp16, 6);
    expect(Number.isNaN(amount(properties, 'int8')) ? undefined : Math.round(amount(properties, 'int8') / 1e12)).toBe(int8);
    if (properties['fp8']) expect(amount(properties, 'fp8')).toBe(amount(properties, 'int8'));
  });

  it('have a memory, a bandwidth, a peak, a vendor and a generation, and never lose speed with fewer bits', () => {
    for (const { name, properties } of section('accelerator')) {
      for (const key of ['memory', 'bandwidth']) expect(amount(properties, key), `${name} ${key}`).toBeGreaterThan(0);
      for (const key of ['vendor', 'generation', 'title']) expect(properties[key], `${name} ${key}`).toBeTypeOf('string');
      const peaks = [['fp64'], ['fp32'], ['fp16', 'bf16'], ['fp8', 'int8'], ['fp4', 'int4']].map((keys) => Math.max(...keys.map((key) => amount(properties, key)).filter((value) => !Number.isNaN(value))));
      const known = peaks.filter((value) => value > 0);
      expect(known.length, name).toBeGreaterThan(0);
      expect(known, name).toEqual([...known].sort((a, b) => a - b));
    }
  });
});

describe('instances', () => {
  it.each([
    ['aws.g4dn_xlarge', 0.526], ['aws.g5_xlarge', 1.006], ['aws.g6_xlarge', 0.8048], ['aws.g6e_xlarge', 1.861], ['aws.inf2_xlarge', 0.7582], ['aws.p4d_24xlarge', 21.957642], ['aws.p4de_24xlarge', 27.44705],
    ['aws.p5_4xlarge', 6.88], ['aws.p5_48xlarge', 55.04], ['aws.p5en_48xlarge', 63.296], ['aws.p6_b200_48xlarge', 113.9328], ['aws.c7i_xlarge', 0.1785], ['aws.m7i_xlarge', 0.2016],
    ['azure.nc4as_t4_v3', 0.526], ['azure.nv36ads_a10_v5', 3.2], ['azure.nc24ads_a100_v4', 3.673], ['azure.nc40ads_h100_v5', 6.98], ['azure.nd96isr_h100_v5', 98.32], ['azure.d4s_v5', 0.192],
    ['gcp.g2_standard_4', 0.706832], ['gcp.a2_highgpu_1g', 3.673385], ['gcp.a2_ultragpu_1g', 5.068798], ['gcp.a3_highgpu_8g', 88.49], ['gcp.tpu_v6e_1', 2.7],
  ])('%s costs %d USD/h', (name, price) => {
    expect(hourly(name)).toBeCloseTo(price, 6);
    expect(of('instance', name)['price']).toMatchObject({ unit: 'USD/month' });
  });

  it('are named after their provider and have a plausible price', () => {
    for (const { name, properties } of section('instance')) {
      expect(name).toMatch(new RegExp(`^${String(properties['provider'])}\\.[a-z0-9_]+$`));
      expect(hourly(name), name).toBeGreaterThan(0.003);
      expect(hourly(name), name).toBeLessThan(150);
      expect(properties['region'], name).toBeTypeOf('string');
      if (!name.startsWith('gcp.tpu')) expect(amount(properties, 'memory'), name).toBeGreaterThan(0.4 * 2 ** 30);
    }
  });

  it('have accelerators that the catalogue knows, and say how many', () => {
    for (const { name, properties } of section('instance')) {
      const accelerator = properties['accelerator'];
      expect(accelerator === undefined, name).toBe(Number.isNaN(amount(properties, 'accelerators')));
      if (accelerator !== undefined) expect([...(sections['accelerator']?.keys() ?? [])], name).toContain(accelerator);
    }
    expect(of('instance', 'azure.nc24ads_a100_v4')['accelerator']).toBe('a100_80gb_pcie');
    expect(of('instance', 'aws.p4de_24xlarge')['accelerator']).toBe('a100_80gb');
  });

  it('count memory in GiB, as the providers sell it', () => {
    expect(amount(of('instance', 'aws.g5_xlarge'), 'memory')).toBe(16 * 2 ** 30);
  });
});

describe('language models', () => {
  it.each([
    ['gpt-4o-mini', 0.15, 0.6], ['gpt-4.1-mini', 0.4, 1.6], ['gpt-5-mini', 0.25, 2], ['gpt-5', 1.25, 10], ['claude-haiku-4-5', 1, 5], ['claude-sonnet-4-5', 3, 15], ['claude-opus-4-5', 5, 25],
    ['gemini-2.5-flash', 0.3, 2.5], ['gemini-2.5-pro', 1.25, 10], ['deepseek-chat', 0.28, 0.42],
  ])('%s costs %d and %d USD/Mtok', (name, input, output) => {
    expect(amount(of('llm', name), 'input') * 1e6).toBeCloseTo(input, 9);
    expect(amount(of('llm', name), 'output') * 1e6).toBeCloseTo(output, 9);
  });

  it('are cheaper from the cache and in batches, and have a context', () => {
    for (const { name, properties } of section('llm')) {
      expect(amount(properties, 'input'), name).toBeGreaterThan(0);
      for (const key of ['cached_input', 'batch_input']) if (properties[key]) expect(amount(properties, key), `${name} ${key}`).toBeLessThan(amount(properties, 'input'));
      if (properties['batch_output']) expect(amount(properties, 'batch_output'), name).toBeLessThan(amount(properties, 'output'));
      expect(amount(properties, 'context'), name).toBeGreaterThan(1000);
    }
    expect(of('llm', 'gemini-2.0-flash')['retires']).toBe('2026-06-01');
  });
});
