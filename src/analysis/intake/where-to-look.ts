import type { Element } from '../../model/architecture.ts';
import { layerOf, statementOf } from '../../model/statements.ts';
import type { ValueType } from '../../model/value-type.ts';

/** Where an answer is found, for each check. */
const LOOK: Readonly<Record<string, string>> = {
  system: 'what the business agreed with the users; the plan of the product',
  ML01: 'the model registry and its newest entries; the bucket that models are written to',
  ML02: 'the newest runs in the experiment tracker; the training script',
  ML03: 'the training script, its lock file or image, the job that starts it',
  ML04: 'the configuration of the training job; logs of its last run',
  ML05: 'the code that computes features for training, and the code that does when the service is asked',
  ML06: 'the query that joins labels and features; how the examples are divided',
  ML07: 'the checks in the data pipeline; what the service does with a broken request',
  ML08: 'the configuration of the feature store, or the code that fills it',
  ML09: 'the dashboard of the service at its busiest hour; the report of the last load test; the deployment configuration',
  ML10: 'the deployment pipeline; the notes of the last release and of the last way back',
  ML11: 'latency percentiles of the last weeks on the dashboard; what callers were promised',
  ML12: 'the bill of the last month by service; the budget',
  ML13: 'the monitors of the model; what is logged with each prediction',
  ML14: 'the configuration of the drift monitors; the schedule of retraining',
  ML15: 'how outcomes come back: the table of labels, its delay and its key',
  ML16: 'the rules of the alerts and the rota of who is on call',
  ML17: 'the staging environment and what was run there before the last release',
  ML18: 'the rollout configuration; the record of the last rollouts',
  ML19: 'the runbooks and the release notes',
  ML20: 'the incident process, and the report of the last incident',
  DG: 'the data catalogue; the record of processing; the retention settings of the stores',
  SEC: 'the roles and policies of the cloud account; the network diagram; the pipeline configuration',
  LLM: 'the calls of the model in the code; the prompts; the contract with the vendor',
  RAG: 'the job that fills the index, and the query that searches it',
  AGT: 'the list of tools of the agent, and the rights of its account',
  REL: 'the deployment configuration; the time-outs in the clients; the backup settings',
  COST: 'the bill of the last month, and the budgets of the account',
  CICD: 'the pipeline configuration, and the log of its last runs',
  EVAL: 'the evaluation script, and the report of the last version',
  EDGE: 'the release process of the devices; their telemetry',
  BATCH: 'the definition of the job, and the log of its last late run',
  LOOP: 'the schedule of retraining, and the record of the last promotion',
  OWN: 'the list of owners; the model cards; the decision log',
  COMP: 'the legal or compliance team; the impact assessment; the register of AI systems',
};

/** Who is likely to know, by what the element is part of. */
const KNOWS: Readonly<Record<string, string>> = {
  system: 'the technical lead',
  flow: 'whoever runs the two ends',
  demand: 'the owner of the product, or the team that calls',
  data: 'whoever runs the data pipelines',
  model: 'whoever trains the models',
  infrastructure: 'whoever runs the platform',
  serving: 'whoever runs the service',
  observability: 'whoever is on call',
  governance: 'the owner of the process',
};

const MONEY: ReadonlySet<string> = new Set(['money', 'spend', 'unit_price', 'token_price']);

/** What to look up for an answer, in a few words. */
export const whereToLook = (check: string): string => LOOK[check] ?? 'the documentation of the system';

/** Who would know: the owner where one is declared, and who usually does. */
export function whoKnows(element: Element, type: ValueType | undefined): string {
  const usual = type?.type === 'quantity' && MONEY.has(type.dimension) ? 'whoever pays the bills of the platform' : (KNOWS[element.kind === 'system' || element.kind === 'flow' ? element.kind : layerOf(element.kind)] ?? 'the technical lead');
  const owner = statementOf(element, 'owner');
  return owner?.state === 'present' && typeof owner.value === 'string' ? `${owner.value} (owner); ${usual}` : usual;
}
