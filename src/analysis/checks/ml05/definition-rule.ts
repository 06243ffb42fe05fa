import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { implementationsOf, PASSTHROUGH, sharesImplementation, type Implementations } from '../../../model/graph/implementations.ts';
import { statementOf, value } from '../../../model/statements.ts';
import { groupsOnBothPaths, learnsWhatWasServed, meaningsOf, modelFeatures, type FeatureGroup, type ModelFeatures, type SharedGroup } from '../../data/feature-use.ts';
import { gravityOfSkew } from '../../data/skew-watch.ts';
import type { Hop } from '../../finding.ts';
import { hopsOf } from '../../hops.ts';
import { isGenerative } from '../../monitoring/observed.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { technologyOf } from '../../technology.ts';
import { listed } from '../../training/in-house.ts';

export const oneDefinition: Rule = {
  id: 'ML05.1',
  slug: 'one-definition-on-both-paths',
  title: 'Training and serving compute each feature by the same code',
  type: 'gap',
  severity: 'high',
  why: 'Two pieces of code for one feature drift apart. The model is then asked about values that it never learned from, and nothing fails: it only answers worse.',
  remediation: 'Compute the feature by one definition on both paths; until then, log the values that are served and train on those.',
  effort: 'M',
  falsePositives: 'Both definitions may call the same library. Name that library with `defined_in`, or say `logged yes` where the model learns from the values that were served.',
  *evaluate(context) {
    const { architecture } = context;
    for (const use of modelFeatures(architecture)) if (use.sameJob) yield satisfied(use.subject, { because: `${listed(use.trainings.map((training) => training.name))} trains and scores in one job` });
    for (const shared of groupsOnBothPaths(architecture)) yield judge(context, shared);
    const uses = modelFeatures(architecture).filter((use) => !use.sameJob);
    for (const use of uses) yield* judgeApart(context, use);
    yield* askForInputs(uses.filter((use) => use.learned.size + use.served.size === 0));
  },
};

/** Models of which no feature group is declared. */
function* askForInputs(bare: readonly ModelFeatures[]): Iterable<Outcome> {
  const writers = bare.filter((use) => use.model && isGenerative(use.model)).map((use) => use.subject);
  const others = bare.map((use) => use.subject).filter((subject) => !writers.includes(subject));
  const names = (subjects: readonly Component[]): string => listed(subjects.map((subject) => subject.name));
  if (others[0]) yield question(others[0], undefined, `How are the inputs of ${names(others)} computed in training and in serving? Declare them as \`features\` with \`defined_in\`, or with one definition for each path.`);
  if (writers[0]) yield question(writers[0], 'transforms', `Are prompts for ${names(writers)} built by the same template and tokenizer in training and in serving? Declare it as \`features\` with \`defined_in\`, and name it with \`transforms\`.`);
}

function judge(context: Context, { group, uses }: SharedGroup): Outcome {
  const { architecture } = context;
  const evidence = ['defined_in', 'offline_definition', 'online_definition', 'logged'].flatMap((property) => evidenceOf(statementOf(group, property)) ?? []);
  if (learnsWhatWasServed(group, uses)) return satisfied(group, { evidence, because: `the values of ${group.name} that were served are logged and learned from` });
  const same = sharesImplementation(group);
  if (same === true) return satisfied(group, { evidence, because: sameBecause(group) });
  if (same === 'unknown') {
    const held = heldBy(architecture, group);
    if (held) return satisfied(group, { because: held });
    return question(group, 'defined_in', askFor(group, uses));
  }
  const [offline, online] = (['training', 'serving'] as const).map((side) => inWords(implementationsOf(group, side)));
  return gap(group, {
    at: value(group, 'online_definition') === undefined ? undefined : 'online_definition',
    message: `${group.name} is computed by ${offline} for training and by ${online} for serving.`,
    path: pathOf(uses[0], group.name, group.name, `training: ${offline}; serving: ${online}`),
    changes: unify(group),
    ...gravityOfSkew(context, group, uses),
  });
}

function sameBecause(group: FeatureGroup): string {
  const common = [...(implementationsOf(group, 'training') as ReadonlySet<string>)].find((reference) => (implementationsOf(group, 'serving') as ReadonlySet<string>).has(reference));
  return common === PASSTHROUGH ? `${group.name} takes values as they are in the request` : `one definition of ${group.name} on both paths: ${common}`;
}

/** A feature store that holds the definitions, or one job that fills both stores, leaves no room for a second definition. */
function heldBy(architecture: Architecture, group: FeatureGroup): string | undefined {
  const fills = value(group, 'fills');
  if (fills === 'two_jobs' || value(group, 'offline_definition') !== undefined || value(group, 'online_definition') !== undefined) return undefined;
  if (fills !== undefined) return fills === 'one_job' ? `one job fills both stores of ${group.name}` : `the stream writes both stores of ${group.name}`;
  const holders = [group, architecture.components.get(value(group, 'online') ?? ''), architecture.components.get(value(group, 'offline') ?? '')];
  const technology = holders.flatMap((holder) => (holder && technologyOf(architecture, holder)) ?? []).find((facts) => facts.can?.includes('feature_definitions'));
  return technology && `${technology.title ?? 'the feature store'} holds the definition of ${group.name} for both paths`;
}

function askFor(group: FeatureGroup, uses: readonly ModelFeatures[]): string {
  const training = implementationsOf(group, 'training');
  const serving = implementationsOf(group, 'serving');
  const ask = 'Name it with `defined_in`, or both with `offline_definition` and `online_definition`.';
  if (training !== 'unknown') return `${group.name} is computed by ${inWords(training)} for training. By which code for serving (\`online_definition\`)?`;
  if (serving !== 'unknown') return `${group.name} is computed by ${inWords(serving)} for serving. By which code for training (\`offline_definition\`)?`;
  const where = uses[0] ? ` for ${uses[0].trainings[0]?.name ?? 'training'} and for ${uses[0].services[0]?.name ?? 'serving'}` : '';
  return `Does the same code compute ${group.name}${where}? ${ask}`;
}

/** Groups that only one side uses, though they mean the same, or though the two sides share nothing at all. */
function* judgeApart(context: Context, use: ModelFeatures): Iterable<Outcome> {
  const { components } = context.architecture;
  const group = (name: string): FeatureGroup => components.get(name) as FeatureGroup;
  const learned = [...use.learned].filter((name) => !use.served.has(name)).map(group);
  const served = [...use.served].filter((name) => !use.learned.has(name)).map(group).filter((item) => !learnsWhatWasServed(item, [use]));
  const pairs = pairsOf(learned, served);
  for (const [a, b] of pairs) yield judgePair(context, use, a, b);
  if (pairs.length > 0 || [...use.learned].some((name) => use.served.has(name))) return;
  if (learned[0] && served[0]) yield judgePair(context, use, learned[0], served[0], [learned, served]);
  else if (served[0]) yield question(served[0], undefined, `${listed(served.map((item) => item.name))} reach${served.length === 1 ? 'es' : ''} ${use.services[0]?.name}, but no flow leads to ${use.trainings[0]?.name}. What does the model learn from: the same groups, or their logged values?`);
}

function pairsOf(learned: readonly FeatureGroup[], served: readonly FeatureGroup[]): [FeatureGroup, FeatureGroup][] {
  const byMeaning = new Map(learned.flatMap((item) => meaningsOf(item).map((meaning) => [meaning, item] as const)));
  return served.flatMap((item) => {
    const other = meaningsOf(item).flatMap((meaning) => byMeaning.get(meaning) ?? [])[0];
    return other ? [[other, item] as [FeatureGroup, FeatureGroup]] : [];
  });
}

function judgePair(context: Context, use: ModelFeatures, learned: FeatureGroup, served: FeatureGroup, all: readonly (readonly FeatureGroup[])[] = [[learned], [served]]): Outcome {
  const [offline, online] = [implementationsOfAll(all[0] ?? [], 'training'), implementationsOfAll(all[1] ?? [], 'serving')];
  const names = all.map((groups) => listed(groups.map((item) => item.name)));
  if (offline === 'unknown' || online === 'unknown') {
    return question(served, 'defined_in', `${use.trainings[0]?.name} learns from ${names[0]} and ${use.services[0]?.name} is asked with ${names[1]}. Are they computed by the same code? Name it with \`defined_in\` on each.`);
  }
  const common = [...offline].find((reference) => online.has(reference));
  if (common !== undefined) return satisfied(served, { because: `${names[0]} and ${names[1]} share ${common}` });
  return gap(served, {
    about: learned.name,
    message: `${use.trainings[0]?.name} learns from ${names[0]} (${inWords(offline)}), and ${use.services[0]?.name} is asked with ${names[1]} (${inWords(online)}): they share no definition.`,
    path: pathOf(use, learned.name, served.name),
    changes: [...(all[0] ?? []), ...(all[1] ?? [])].flatMap((item) => unify(item, definitionFor(learned))),
    ...gravityOfSkew(context, served, [use]),
  });
}

function implementationsOfAll(groups: readonly FeatureGroup[], side: 'training' | 'serving'): Implementations {
  const found = groups.map((group) => implementationsOf(group, side));
  return found.includes('unknown') ? 'unknown' : new Set(found.flatMap((item) => [...(item as ReadonlySet<string>)]));
}

const inWords = (implementations: Implementations): string => (implementations === 'unknown' ? 'code that is not named' : implementations.size === 0 ? 'no code' : listed([...implementations]));

function pathOf(use: ModelFeatures | undefined, learned: string, served: string, note?: string): Hop[] {
  if (!use) return [];
  const [first, ...rest] = [...hopsOf(use.wayToTraining(learned)), ...hopsOf(use.wayToService(served))];
  return first ? [{ ...first, note }, ...rest] : [];
}

const definitionFor = (group: FeatureGroup): string => value(group, 'defined_in') ?? `features/${group.name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase()}.py`;

const unify = (group: FeatureGroup, definition = definitionFor(group)): Change[] => [
  ...(['offline_definition', 'online_definition'] as const).filter((property) => statementOf(group, property)).map((property): Change => ({ op: 'unset', subject: group.name, property })),
  { op: 'set', subject: group.name, property: 'defined_in', value: definition },
];
