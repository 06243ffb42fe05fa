import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { sharesImplementation } from '../../../model/graph/implementations.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { isComplete, statementOf, value } from '../../../model/statements.ts';
import { groupsOnBothPaths, learnsWhatWasServed, meaningsOf, modelFeatures, type FeatureGroup, type ModelFeatures, type SharedGroup } from '../../data/feature-use.ts';
import { gravityOfSkew } from '../../data/skew-watch.ts';
import { formatQuantity } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

const STAND_INS = { constant: 'always the same value', placeholder: 'a stand-in', default: 'a default', missing: 'nothing' } as const;

export const inputsServed: Rule = {
  id: 'ML05.2',
  slug: 'inputs-served',
  title: 'Every input that the model learned from has its real value at serving time',
  type: 'contradiction',
  severity: 'high',
  why: 'The model weighs an input that tells it nothing in production. Its answers are worse than every offline figure says.',
  remediation: 'Serve the value that training used, or train again without the input.',
  effort: 'M',
  falsePositives: 'The value may come with the request: name it in `fields` of the flow to the service, or mark the group `passthrough yes`.',
  *evaluate(context) {
    const { architecture } = context;
    for (const { group, uses } of groupsOnBothPaths(architecture)) {
      const served = value(group, 'online_value');
      if (served === 'computed') yield satisfied(group, { evidence: evidenceOf(statementOf(group, 'online_value')), because: `serving uses the computed values of ${group.name}` });
      else if (served !== undefined) yield notReal(context, group, served, uses);
    }
    for (const use of modelFeatures(architecture)) if (!use.sameJob) yield* judgeInputs(context, use);
  },
};

function notReal(context: Context, group: FeatureGroup, served: keyof typeof STAND_INS, uses: readonly ModelFeatures[]): Outcome {
  const models = listed(uses.map((use) => use.subject.name));
  return contradiction(group, {
    at: 'online_value',
    message: `Training computes ${group.name}, but serving uses ${STAND_INS[served]} in its place.`,
    why: models === '' ? undefined : `${models} learned to rely on ${group.name}, which carries no information when an answer is asked for.`,
    path: uses[0] && [...hopsOf(uses[0].wayToTraining(group.name)), ...hopsOf(uses[0].wayToService(group.name))],
    changes: [{ op: 'set', subject: group.name, property: 'online_value', value: 'computed' }],
    ...gravityOfSkew(context, group, uses),
  });
}

function* judgeInputs(context: Context, use: ModelFeatures): Iterable<Outcome> {
  const { architecture } = context;
  const group = (name: string): FeatureGroup => architecture.components.get(name) as FeatureGroup;
  const missing = missingInputs(architecture, use);
  if (missing.length > 0) {
    yield contradiction(use.subject, {
      at: 'inputs',
      message: `${use.subject.name} takes ${listed(missing)}, which ${missing.length === 1 ? 'is' : 'are'} neither among the features served to ${listed(use.services.map((service) => service.name))} nor in the request.`,
      ...gravityOfSkew(context, undefined, [use]),
    });
    return;
  }
  if (use.served.size === 0 && use.learned.size === 0) return;
  const meanings = new Set([...use.served].flatMap((name) => meaningsOf(group(name))));
  const stated = (item: FeatureGroup): boolean => {
    const online = value(item, 'online_value');
    return online !== undefined && online !== 'computed';
  };
  const absent = [...use.learned].map(group).filter((item) => !use.served.has(item.name) && !learnsWhatWasServed(item, [use]) && !stated(item) && !meaningsOf(item).some((meaning) => meanings.has(meaning)));
  const closed = use.services.length > 0 && use.services.every(isComplete) ? absent.filter(isComplete) : [];
  for (const item of closed) yield notReal(context, item, 'missing', [use]);
  const open = absent.filter((item) => !closed.includes(item));
  // Where nothing is shared with serving, the rule of definitions already asks.
  if (open.length > 0 && use.services[0]) {
    const names = open.map((item) => item.name);
    yield question(open[0] as FeatureGroup, undefined, `${listed(names)} feed${names.length === 1 ? 's' : ''} ${use.trainings[0]?.name}, but no flow leads to ${use.services[0].name}. Where do the values come from when ${use.services[0].name} is asked?`);
  } else if (absent.length === 0 && use.learned.size > 0) {
    yield satisfied(use.subject, { because: `every feature group that ${use.subject.name} learns from reaches ${listed(use.services.map((service) => service.name))}` });
  }
}

/** Inputs that cannot be there: the groups served and the request say in full what they carry, and it is in neither. */
function missingInputs(architecture: Architecture, use: ModelFeatures): string[] {
  const inputs = use.model && value(use.model, 'inputs');
  if (!inputs || use.served.size === 0) return [];
  const groups = [...use.served].map((name) => value(architecture.components.get(name) as FeatureGroup, 'members'));
  const services = new Set(use.services.map((service) => service.name));
  const requests = architecture.flows.filter((flow) => services.has(flow.to) && architecture.components.get(flow.from)?.kind !== 'features').map((flow) => value(flow, 'fields'));
  if (groups.includes(undefined) || requests.length === 0 || requests.includes(undefined)) return [];
  const known = new Set([...groups, ...requests].flatMap((names) => names ?? []));
  return inputs.filter((input) => !known.has(input) && !use.served.has(input));
}

const PARAMETERS = ['window', 'ttl', 'time_zone', 'fill_value', 'unit'] as const;
type Parameter = (typeof PARAMETERS)[number];
type Side = Quantity | string | undefined;
const NAMES: Readonly<Record<Parameter, string>> = { window: 'window', ttl: 'time to live', time_zone: 'time zone', fill_value: 'fill value', unit: 'unit' };

export const sameParameters: Rule = {
  id: 'ML05.3',
  slug: 'same-parameters-on-both-paths',
  title: 'Window, time to live, time zone, fill value and unit agree on both paths',
  type: 'contradiction',
  severity: 'high',
  why: 'The code may be the same and the values still differ: another window or time zone is another feature.',
  remediation: 'Give both paths the same parameters, best in the one definition.',
  effort: 'S',
  falsePositives: 'A longer time to live offline may only bound a look back in joins. If that is meant, state one value for both paths.',
  *evaluate({ architecture }) {
    for (const shared of groupsOnBothPaths(architecture)) yield* judgeParameters(shared);
  },
};

function* judgeParameters({ group, uses }: SharedGroup): Iterable<Outcome> {
  const known = PARAMETERS.flatMap((parameter) => {
    const stated = value(group, parameter) as { both?: Side; offline?: Side; online?: Side } | undefined;
    const [offline, online] = [stated?.offline ?? stated?.both, stated?.online ?? stated?.both];
    return offline !== undefined && online !== undefined ? [{ parameter, offline, online }] : [];
  });
  const different = known.filter(({ offline, online }) => differ(offline, online));
  for (const { parameter, offline, online } of different) {
    yield contradiction(group, {
      about: parameter,
      at: parameter,
      message: `The ${NAMES[parameter]} of ${group.name} is ${written(offline)} in training and ${written(online)} in serving.`,
      changes: [{ op: 'set', subject: group.name, property: parameter, value: { both: offline } }],
      remedy: `Serve ${group.name} with the ${NAMES[parameter]} that it was learned with: ${written(offline)}.`,
      path: uses[0] && [...hopsOf(uses[0].wayToTraining(group.name)), ...hopsOf(uses[0].wayToService(group.name))],
    });
  }
  if (different.length > 0) return;
  if (known.length > 0) yield satisfied(group, { because: `${listed(known.map(({ parameter }) => NAMES[parameter]))} of ${group.name} ${known.length === 1 ? 'is' : 'are'} the same on both paths` });
  else if (learnsWhatWasServed(group, uses) || sharesImplementation(group) === true) yield satisfied(group, { because: `${group.name} has one source of its parameters` });
  else if (sharesImplementation(group) === false) yield question(group, 'window', `Do both definitions of ${group.name} use the same window, time zone, fill value and unit?`);
}

/** Ranges that overlap may be the same value. */
function differ(a: NonNullable<Side>, b: NonNullable<Side>): boolean {
  if (typeof a === 'string' || typeof b === 'string') return String(a).trim().toLowerCase() !== String(b).trim().toLowerCase();
  return a.high < b.low || b.high < a.low;
}

const written = (side: NonNullable<Side>): string => (typeof side === 'string' ? `"${side}"` : formatQuantity(side));

const REPLACES = { impute: 'fills them as in training', default: 'fills them with a constant', zero: 'fills them with zero', silent: 'fills them without a word' } as const;

export const missingValuesAgree: Rule = {
  id: 'ML05.6',
  slug: 'missing-values-agree',
  title: 'Missing values are treated alike in training and in serving',
  type: 'contradiction',
  severity: 'medium',
  why: 'The model never saw a row with a gap, and in production is asked about such rows as if they were whole.',
  remediation: 'Fill missing values by the same rule on both paths, or refuse what training left out.',
  effort: 'S',
  falsePositives: 'Rows may have been left out for another reason. Say what training does with a missing input in `missing_values` of the training.',
  *evaluate({ architecture }) {
    const open = new Map<Component<'service'>, ModelFeatures>();
    for (const use of modelFeatures(architecture)) {
      if (use.sameJob) continue;
      for (const service of use.services) {
        const outcome = judgeMissing(use, service);
        if (outcome) yield outcome;
        else if (use.served.size + use.learned.size > 0) open.set(service, use);
      }
    }
    const [first] = open;
    if (first) yield question(first[0], 'missing_values', `What ${open.size === 1 ? 'does' : 'do'} ${listed([...open.keys()].map((service) => service.name))} do with missing inputs, and is it what training did?`);
  },
};

/** Undefined where nobody says anything. */
function judgeMissing(use: ModelFeatures, service: Component<'service'>): Outcome | undefined {
  const serving = value(service, 'missing_values');
  const known = use.trainings.filter((training) => value(training, 'missing_values') !== undefined);
  const drops = known.find((training) => value(training, 'missing_values') === 'drop_rows');
  if (drops && serving !== undefined && serving in REPLACES) {
    const changes: Change[] = [drops.name, service.name].map((subject) => ({ op: 'set', subject, property: 'missing_values', value: 'impute' }));
    return contradiction(service, {
      at: 'missing_values',
      about: drops.name,
      message: `${drops.name} leaves out rows with missing values, while ${service.name} ${REPLACES[serving as keyof typeof REPLACES]}.`,
      changes,
    });
  }
  if (serving !== undefined && known.length === use.trainings.length) return satisfied(service, { evidence: evidenceOf(statementOf(service, 'missing_values')) });
  if (drops) return question(service, 'missing_values', `${drops.name} leaves out rows with missing values. What does ${service.name} do when an input is missing?`);
  const open = use.trainings.find((training) => !known.includes(training));
  if (open && (serving === 'silent' || serving === 'zero' || serving === 'default')) return question(open, 'missing_values', `${service.name} ${REPLACES[serving]} when inputs are missing. What does ${open.name} do with them?`);
  return undefined;
}
