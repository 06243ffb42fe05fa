import type { z } from 'zod';
import * as data from './data-kinds.ts';
import * as models from './model-kinds.ts';
import * as operations from './operations-kinds.ts';
import * as serving from './serving-kinds.ts';
import { catalogueKinds } from './catalogue-kinds.ts';
import { acceptance, decision, flow, system, target } from './system.ts';

/**
 * The vocabulary: which kinds there are, which properties each takes, and what they mean. It is the one source of
 * the binding of the syntax tree, of the validation, of completion and hover, of the language reference and of the
 * JSON Schema. What the programs read at run time is generated from it (vocabulary.generated.ts).
 */
export const kinds = {
  consumer: data.consumer,
  source: data.source,
  ingestion: data.ingestion,
  store: data.store,
  dataset: data.dataset,
  validation: data.validation,
  features: data.features,
  labels: data.labels,
  training: models.training,
  evaluation: models.evaluation,
  tracker: models.tracker,
  registry: models.registry,
  model: models.model,
  prompt: models.prompt,
  knowledge: models.knowledge,
  agent: models.agent,
  tool: models.tool,
  guardrail: models.guardrail,
  orchestrator: serving.orchestrator,
  pipeline: serving.pipeline,
  compute: serving.compute,
  environment: serving.environment,
  service: serving.service,
  gateway: serving.gateway,
  cache: serving.cache,
  artefact: serving.artefact,
  rollout: serving.rollout,
  experiment: serving.experiment,
  monitor: operations.monitor,
  alert: operations.alert,
  runbook: operations.runbook,
  incidents: operations.incidents,
  team: operations.team,
  access: operations.access,
  compliance: operations.compliance,
} as const;

/** The forms that are not components. */
export const forms = { system, flow, acceptance, decision, target } as const;

export { catalogueKinds };

export type Kind = keyof typeof kinds;
export type CatalogueKind = keyof typeof catalogueKinds;

type Values<P extends Readonly<Record<string, z.ZodType>>> = { readonly [K in keyof P]: z.infer<P[K]> };

export type PropertiesOf<K extends Kind> = Values<(typeof kinds)[K]['properties']>;
export type SystemProperties = Values<typeof system>;
export type FlowProperties = Values<typeof flow>;
export type AcceptanceProperties = Values<typeof acceptance>;
export type DecisionProperties = Values<typeof decision>;
export type CataloguePropertiesOf<K extends CatalogueKind> = Values<(typeof catalogueKinds)[K]['properties']>;
