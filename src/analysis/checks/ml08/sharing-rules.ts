import type { Architecture, Change } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { implementationsOf } from '../../../model/graph/implementations.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { meaningsOf, modelFeatures, type FeatureGroup } from '../../data/feature-use.ts';
import { featureStores, modelsByGroup } from '../../data/feature-stores.ts';
import { advice, gap, notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const definedOnce: Rule = {
  id: 'ML08.1',
  slug: 'features-defined-once',
  title: 'A feature that several teams or models use is defined once',
  type: 'gap',
  severity: 'medium',
  why: 'Each copy is computed and paid for again, and the copies come to differ: models that believe they share a feature do not.',
  remediation: 'Keep one definition in a library or feature store that all of them use.',
  effort: 'S',
  falsePositives: 'Two groups of the same meaning may share their code. Give both the same `defined_in`, or words in `computes` that tell them apart.',
  *evaluate({ architecture }) {
    const users = modelsByGroup(architecture);
    const named = (group: FeatureGroup): string[] => (users.get(group.name) ?? []).map((use) => use.subject.name);
    const seen = new Set<string>();
    for (const twins of twinsOf(architecture)) {
      const key = twins.map((group) => group.name).join(' ');
      if (seen.has(key)) continue;
      seen.add(key);
      const owners = [...new Set(twins.flatMap((group) => value(group, 'owner') ?? []))];
      const models = [...new Set(twins.flatMap(named))];
      // One model with a group on either path is a matter of consistency.
      if (owners.length < 2 && models.length < 2) continue;
      yield judgeTwins(twins, owners, models);
    }
    for (const group of componentsOf(architecture, 'features')) {
      const models = [...new Set(named(group))];
      if (models.length > 1) yield satisfied(group, { because: `${listed(models)} share ${group.name}` });
    }
  },
};

/** Groups of the same meaning, in the order of declaration. */
function twinsOf(architecture: Architecture): FeatureGroup[][] {
  const byMeaning = new Map<string, FeatureGroup[]>();
  for (const group of componentsOf(architecture, 'features')) {
    for (const meaning of meaningsOf(group)) byMeaning.set(meaning, [...(byMeaning.get(meaning) ?? []), group]);
  }
  return [...byMeaning.values()].filter((groups) => groups.length > 1);
}

function judgeTwins(twins: readonly FeatureGroup[], owners: readonly string[], models: readonly string[]): Outcome {
  const [first, second] = twins as [FeatureGroup, FeatureGroup];
  const codes = twins.map(codeOf);
  const names = listed(twins.map((group) => group.name));
  if (codes.some((code) => code.size === 0)) {
    const open = twins.find((group) => codeOf(group).size === 0) ?? second;
    return question(open, 'defined_in', `${names} mean the same. Are they computed by the same code?`, twins.find((group) => group !== open)?.name);
  }
  const common = [...(codes[0] ?? [])].find((code) => codes.every((other) => other.has(code)));
  if (common !== undefined) return satisfied(first, { because: `${names} share ${common}` });
  const by = owners.length > 1 ? ` by ${listed(owners)}` : ` for ${listed(models)}`;
  return gap(second, {
    about: first.name,
    severity: models.length >= 3 ? 'high' : 'medium',
    message: `${names} are the same feature, defined ${twins.length === 2 ? 'twice' : `${twins.length} times`}${by}: ${listed([...new Set(codes.flatMap((code) => [...code]))])}.`,
    path: twins.map((group) => ({ component: group.name, span: group.nameSpan, note: [...codeOf(group)].join(', ') })),
    changes: twins.slice(1).flatMap((group) => shareDefinition(group, first)),
  });
}

function codeOf(group: FeatureGroup): ReadonlySet<string> {
  const sides = (['training', 'serving'] as const).map((side) => implementationsOf(group, side));
  return new Set(sides.flatMap((side) => (side === 'unknown' ? [] : [...side])));
}

const shareDefinition = (group: FeatureGroup, with_: FeatureGroup): Change[] => [
  ...(['offline_definition', 'online_definition'] as const).filter((property) => value(group, property) !== undefined).map((property): Change => ({ op: 'unset', subject: group.name, property })),
  { op: 'set', subject: group.name, property: 'defined_in', value: [...codeOf(with_)][0] ?? '' },
];

export const storeEarnsItsKeep: Rule = {
  id: 'ML08.5',
  slug: 'store-earns-its-keep',
  title: 'A feature store is run where models share features or need them quickly',
  type: 'advisory',
  severity: 'low',
  why: 'An online store is one more system to fill, to watch and to pay for. One model that scores in jobs can read the same table as its training.',
  remediation: 'Read the features of the job from where training reads them, and keep their code in a library.',
  effort: 'M',
  falsePositives: 'Another system may read the store, or a real-time model may be coming: declare it as a consumer of the store.',
  *evaluate({ architecture }) {
    const stores = featureStores(architecture);
    const [store] = stores;
    if (!store) {
      yield notApplicable('No feature store is declared.');
      return;
    }
    const uses = modelFeatures(architecture);
    const online = uses.find((use) => use.online && !use.sameJob);
    const readers = (edgesOf(architecture).out.get(store.name) ?? []).filter((edge) => ['consumer', 'agent', 'gateway'].includes(architecture.components.get(edge.to)?.kind ?? ''));
    if (uses.length > 1) yield satisfied(store, { because: `${uses.length} models use features` });
    else if (online) yield satisfied(store, { because: `${online.subject.name} answers requests` });
    else if (uses[0] && readers.length === 0) {
      const batch = uses[0].services.length > 0 && uses[0].services.every((service) => service.variant === 'batch');
      if (batch || uses[0].sameJob) yield advice(store, { message: `${store.name} serves features for ${uses[0].subject.name} alone, which scores in jobs and waits for nothing.` });
    }
  },
};

export const featuresOwned: Rule = {
  id: 'ML08.6',
  slug: 'features-owned-and-used',
  title: 'Every feature group has an owner and a meaning, and is used',
  type: 'weak',
  severity: 'low',
  why: 'Nobody dares to change or remove a feature that belongs to nobody, and what nobody reads is still computed and paid for.',
  remediation: 'Name an owner and say what the feature means; stop computing what nobody reads.',
  effort: 'S',
  falsePositives: 'A reader may not be declared: draw the flow to it. What is kept on purpose for an earlier version belongs in `previous_requires`.',
  *evaluate({ architecture }) {
    const groups = componentsOf(architecture, 'features');
    const used = usedGroups(architecture);
    const open: FeatureGroup[] = [];
    const unread: FeatureGroup[] = [];
    for (const group of groups) {
      const ownerless = presenceOf(group, 'owner') === 'absent';
      const meaningless = presenceOf(group, 'computes') === 'absent' && group.doc === undefined;
      if (ownerless || meaningless) {
        yield weak(group, {
          at: ownerless ? 'owner' : 'computes',
          message: `${group.name} has no ${ownerless && meaningless ? 'owner and no description' : ownerless ? 'owner' : 'description'}.`,
        });
      } else if (presenceOf(group, 'owner') === 'undeclared' || presenceOf(group, 'owner') === 'unknown') open.push(group);
      else if (used.has(group.name)) yield satisfied(group);
      if (!used.has(group.name) && presenceOf(group, 'produced') !== 'absent') {
        const computed = value(group, 'produced') === true || value(group, 'materialised') !== undefined;
        if (computed) yield unusedFinding(group);
        else unread.push(group);
      }
    }
    if (open[0]) yield question(open[0], 'owner', `Who owns ${listed(open.map((group) => group.name))}?`);
    if (unread[0]) yield question(unread[0], 'produced', `No model that is declared uses ${listed(unread.map((group) => group.name))}. ${unread.length === 1 ? 'Is it' : 'Are they'} still computed?`, 'use');
  },
};

const unusedFinding = (group: FeatureGroup): Outcome =>
  advice(group, {
    about: 'use',
    at: value(group, 'produced') === true ? 'produced' : 'materialised',
    message: `${group.name} is still computed, but nothing that is declared reads it.`,
    changes: [{ op: 'set', subject: group.name, property: 'produced', value: false }, ...(value(group, 'materialised') === undefined ? [] : [{ op: 'unset', subject: group.name, property: 'materialised' } as const])],
  });

/** Groups that something reads: a model, a service, a monitor, another group, or an earlier version. */
function usedGroups(architecture: Architecture): ReadonlySet<string> {
  const used = new Set<string>();
  for (const use of modelFeatures(architecture)) for (const name of [...use.learned, ...use.served]) used.add(name);
  for (const model of componentsOf(architecture, 'model')) {
    for (const name of [...(value(model, 'requires') ?? []), ...(value(model, 'previous_requires') ?? []), ...(value(model, 'transforms') ?? [])]) used.add(name);
  }
  const readers = new Set(['training', 'service', 'agent', 'model', 'dataset', 'consumer', 'gateway']);
  for (const flow of architecture.flows) if (readers.has(architecture.components.get(flow.to)?.kind ?? '')) used.add(flow.from);
  return used;
}
