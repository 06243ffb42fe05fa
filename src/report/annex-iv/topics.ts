import { dossierOf } from '../../analysis/dossier/model-dossier.ts';
import type { Architecture, Component, Kind } from '../../model/architecture.ts';
import { componentsOf, isKindAbsent, value } from '../../model/statements.ts';
import { inHouseModels } from '../../analysis/training/in-house.ts';
import type { Wanted } from '../declared/gathered.ts';

/** A part of a block of Annex IV that the file tells in its own words. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly components: (architecture: Architecture) => readonly Component[];
  /** What each should say; what it does not is listed as not declared. */
  readonly wanted: readonly Wanted[];
  /** What is told where it is said. */
  readonly ifSaid?: readonly Wanted[];
  /** What to declare where there is no component of the sort, as `` `a monitor` ``, and the kind that may be declared absent. */
  /** Why there is nothing to declare, where there is a reason. */
  readonly unless?: (architecture: Architecture) => string | undefined;
  readonly otherwise: { readonly declare: string; readonly kind: Kind };
}

const of = (...kinds: readonly Kind[]) => (architecture: Architecture): readonly Component[] => componentsOf(architecture, ...kinds);

/** Data that models learned from or were judged with. */
function learnedFrom(architecture: Architecture): readonly Component[] {
  const dossiers = componentsOf(architecture, 'model').map((model) => dossierOf(architecture, model));
  const judged = dossiers.flatMap(({ evaluations, evaluationsAround }) => [...evaluations, ...evaluationsAround].flatMap((evaluation) => [...(value(evaluation, 'on') ?? []), ...(value(evaluation, 'labels') ?? [])]));
  const names = new Set([...dossiers.flatMap(({ data }) => data.map(({ name }) => name)), ...judged]);
  return [...architecture.components.values()].filter(({ name }) => names.has(name));
}

function madeElsewhere(architecture: Architecture): string | undefined {
  const models = componentsOf(architecture, 'model');
  return models.length > 0 && inHouseModels(architecture).length === 0 ? 'No model is made here: those that are declared are bought, published or made of rules. How they were made is for their makers to say.' : undefined;
}

/** By the number of the block. */
export const TOPICS: Readonly<Record<number, readonly Topic[]>> = {
  1: [
    { id: 'consumers', title: 'Who uses it', components: of('consumer'), wanted: [['People behind it', 'users']], ifSaid: [['Peak', 'peak'], ['It waits for the answer', 'blocking']], otherwise: { declare: 'a `consumer`', kind: 'consumer' } },
    { id: 'forms', title: 'In which forms it is put into service', components: of('service', 'gateway'), wanted: [['Who can reach it', 'exposure']], ifSaid: [['Served by', 'platform'], ['Built with', 'technology'], ['What an answer shows', 'returns'], ['What people are told', 'discloses']], otherwise: { declare: 'a `service`', kind: 'service' } },
    { id: 'hardware', title: 'On which hardware it runs', components: (architecture) => componentsOf(architecture, 'service', 'compute').filter(({ variant }) => variant !== 'llm_api'), wanted: [['Machines', 'runs_on']], ifSaid: [['Accelerators', 'accelerator'], ['Replicas', 'replicas'], ['Region', 'region']], otherwise: { declare: '`runs_on` of a `service`', kind: 'service' } },
    { id: 'interaction', title: 'What it works with that is not part of it', components: (architecture) => [...componentsOf(architecture, 'source').filter((source) => value(source, 'external') === true), ...componentsOf(architecture, 'service').filter(({ variant }) => variant === 'llm_api'), ...componentsOf(architecture, 'tool')], wanted: [], ifSaid: [['Owner', 'owner'], ['Runs', 'serves'], ['Built with', 'technology'], ['What it promises', 'sla'], ['Terms for the data it gets', 'data_terms']], otherwise: { declare: '`external yes` of a `source`', kind: 'source' } },
  ],
  2: [
    { id: 'models', title: 'Models', components: of('model'), wanted: [['Task', 'task'], ['Purpose', 'purpose'], ['How it is built', 'architecture']], ifSaid: [['Version', 'version'], ['Adapted from', 'base'], ['Product', 'llm'], ['Licence', 'licence'], ['Parameters', 'parameters'], ['Inputs', 'input_types'], ['What its output causes', 'action'], ['How single decisions are explained', 'explained_by']], otherwise: { declare: 'a `model`', kind: 'model' } },
    { id: 'development', title: 'How models are made', components: of('training'), wanted: [['Code', 'code'], ['Libraries', 'environment'], ['Fixed, so that a run can be repeated', 'pins'], ['How training and test are divided', 'split']], ifSaid: [['Built with', 'technology'], ['Method', 'method'], ['Machines', 'runs_on'], ['What starts it', 'trigger'], ['Randomness', 'seed'], ['How labels and features are joined', 'join'], ['Missing values', 'missing_values']], unless: madeElsewhere, otherwise: { declare: 'a `training`', kind: 'training' } },
    { id: 'data', title: 'Data for training, validation and test', components: learnedFrom, wanted: [['Classes of data', 'contains'], ['Kept for', 'retention']], ifSaid: [['Licence', 'licence'], ['Owner', 'owner'], ['Ground for personal data', 'basis'], ['Collected for', 'purposes'], ['Examples', 'rows'], ['Share of the rarest class', 'imbalance'], ['Kind of truth', 'kind'], ['How labels are checked', 'quality'], ['Rules for labelling', 'guideline'], ['Fixed by', 'pin']], otherwise: { declare: '`reads` of a `training`', kind: 'training' } },
    { id: 'gates', title: 'How data is checked', components: of('validation', 'ingestion'), wanted: [['What happens to bad data', 'on_bad_data']], ifSaid: [['Checks', 'checks'], ['Checks on arrival', 'validates'], ['What fails does not pass', 'blocking']], otherwise: { declare: 'a `validation`', kind: 'validation' } },
    { id: 'oversight', title: 'Human oversight', components: of('service', 'agent'), wanted: [], ifSaid: [['A person can overrule it', 'human_override'], ['It can be turned off at once', 'kill_switch'], ['It can be stopped at once', 'stop_switch'], ['When a person must agree', 'approval']], otherwise: { declare: '`human_override` of a `service`', kind: 'service' } },
    { id: 'tests', title: 'Tests', components: of('evaluation'), wanted: [['Metrics', 'metrics'], ['Results', 'results'], ['Groups that are looked at by themselves', 'segments'], ['Fairness metrics', 'fairness'], ['Stress tests', 'robustness']], ifSaid: [['Judges', 'judges'], ['Judged on', 'on'], ['Ground truth', 'labels'], ['How the data was divided', 'split'], ['Compared with', 'compares_to'], ['Scores are checked as probabilities', 'calibration'], ['What fails does not go on', 'blocking']], otherwise: { declare: 'an `evaluation`', kind: 'evaluation' } },
    { id: 'security', title: 'Security', components: of('service', 'gateway', 'store', 'registry', 'access'), wanted: [], ifSaid: [['How callers prove who they are', 'auth'], ['How wide its rights are', 'permissions'], ['Encrypted', 'encrypted'], ['Access is logged', 'audit_log'], ['Artifacts are signed', 'signed'], ['Artifacts are scanned', 'scanned'], ['Packages are fixed by', 'dependencies'], ['It is for', 'covers'], ['Own identities for training and serving', 'separation'], ['Last looked at', 'reviewed']], otherwise: { declare: '`auth` of a `service`', kind: 'service' } },
  ],
  3: [
    { id: 'limits', title: 'What it can do, and where it fails', components: of('model'), wanted: [['Where it is weak', 'limits'], ['Whom it may harm', 'harms'], ['Not meant for', 'not_for'], ['Groups whose quality matters by itself', 'segments']], ifSaid: [['Its card', 'card'], ['Names of inputs', 'inputs'], ['Inputs', 'input_types']], otherwise: { declare: 'a `model`', kind: 'model' } },
    { id: 'control', title: 'How its answers are controlled', components: of('service', 'guardrail', 'agent'), wanted: [], ifSaid: [['When it cannot answer', 'fallback'], ['Checks of a request', 'validates'], ['Looks for', 'checks'], ['What happens to what fails', 'on_failure'], ['Left behind by each prediction', 'logs'], ['Steps before it must stop', 'max_steps']], otherwise: { declare: 'a `service`', kind: 'service' } },
    { id: 'watching', title: 'What watches it', components: of('monitor'), wanted: [['Watches', 'watches'], ['Threshold', 'threshold'], ['Tells', 'alerts']], ifSaid: [['Metric', 'metric'], ['Test', 'test'], ['Window', 'window'], ['Groups', 'segments']], otherwise: { declare: 'a `monitor`', kind: 'monitor' } },
  ],
  6: [
    { id: 'versions', title: 'How versions are recorded', components: of('registry'), wanted: [['A version never changes', 'immutable'], ['A version carries', 'records']], ifSaid: [['It knows which version served when', 'deployment_history'], ['Who moves a version on', 'promotion'], ['Versions that are kept', 'keeps']], otherwise: { declare: 'a `registry`', kind: 'registry' } },
    { id: 'releases', title: 'How a change goes out', components: of('pipeline', 'rollout'), wanted: [], ifSaid: [['Does, in order', 'stages'], ['Must pass', 'gate'], ['Who must agree', 'approval'], ['How exposure grows', 'strategy'], ['Watched meanwhile', 'watches'], ['How it goes back', 'rollback']], otherwise: { declare: 'a `pipeline` or a `rollout`', kind: 'rollout' } },
  ],
  9: [
    { id: 'plan', title: 'The plan', components: (architecture) => componentsOf(architecture, 'compliance').filter((component) => value(component, 'duty') === 'post_market_monitoring'), wanted: [['Where it is described', 'file'], ['What it takes its facts from', 'fed_by'], ['Last looked at', 'reviewed']], otherwise: { declare: '`compliance … { duty post_market_monitoring }`', kind: 'compliance' } },
    { id: 'signals', title: 'What it could be fed by', components: (architecture) => [...componentsOf(architecture, 'monitor'), ...componentsOf(architecture, 'labels'), ...componentsOf(architecture, 'evaluation').filter(({ variant }) => variant === 'online' || variant === 'human')], wanted: [], ifSaid: [['Watches', 'watches'], ['Metric', 'metric'], ['Tells', 'alerts'], ['Time until the truth is there', 'delay'], ['Share of predictions with truth', 'coverage'], ['Metrics', 'metrics'], ['Interval', 'every']], otherwise: { declare: 'a `monitor` or `labels`', kind: 'monitor' } },
    { id: 'incidents', title: 'What happens after a failure', components: of('incidents', 'runbook'), wanted: [], ifSaid: [['Kinds of failure', 'classes'], ['It is for', 'covers'], ['Who does what', 'roles'], ['Authorities are told within', 'reports_within'], ['Where it is', 'file'], ['Last read through', 'reviewed'], ['Last practised', 'drilled']], otherwise: { declare: '`incidents`', kind: 'incidents' } },
  ],
};

/** Whether the file says that there is nothing of what a topic is about. */
export const isAbsent = (architecture: Architecture, { otherwise }: Topic): boolean => isKindAbsent(architecture, otherwise.kind);
