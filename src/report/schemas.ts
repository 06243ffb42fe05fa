import { z } from 'zod';
import { baselineSchema, checkSchema, checksSchema, coverageSchema } from './check-schema.ts';
import { configSchema } from './config-schema.ts';
import { diagramSchema } from './diagram-schema.ts';
import { diffSchema } from './diff-schema.ts';
import { estimateSchema } from './estimate-schema.ts';
import { intakeSchema } from './intake-schema.ts';
import { maturitySchema } from './maturity-schema.ts';
import { modelSchema } from './model-schema.ts';
import { reportSchema } from './report-schema.ts';
import { targetSchema } from './target-schema.ts';
import { trendSchema } from './trend-schema.ts';

/** Where the published copies lie. */
const SCHEMA_BASE = 'https://raw.githubusercontent.com/mlarch/mlarch/main/schemas/';

export const schemas = { check: checkSchema, checks: checksSchema, coverage: coverageSchema, estimate: estimateSchema, diagram: diagramSchema, diff: diffSchema, trend: trendSchema, target: targetSchema, report: reportSchema, maturity: maturitySchema, intake: intakeSchema, config: configSchema, model: modelSchema, baseline: baselineSchema } as const;

export type SchemaName = keyof typeof schemas;
export const SCHEMA_NAMES = Object.keys(schemas) as readonly SchemaName[];

/** As draft 7, which every editor and validator knows. */
export function jsonSchemaOf(name: SchemaName): Readonly<Record<string, unknown>> {
  const { $schema, ...rest } = z.toJSONSchema(schemas[name], { target: 'draft-7', reused: 'inline', io: name === 'config' ? 'input' : 'output' });
  return { $schema, $id: `${SCHEMA_BASE}${name}.schema.json`, ...(unwrap(rest) as object) };
}

/** `{ allOf: [{ $ref }] }` says no more than `{ $ref }`; zod writes it for every optional definition. */
function unwrap(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(unwrap);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { allOf, ...rest } = schema as { allOf?: unknown };
  if (Array.isArray(allOf) && allOf.length === 1 && Object.keys(rest).length === 0) return unwrap(allOf[0]);
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, unwrap(value)]));
}
