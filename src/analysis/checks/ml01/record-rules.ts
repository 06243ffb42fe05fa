import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Rule } from '../../rule.ts';
import { isOfCategory, technologyOf, technologyTitle } from '../../technology.ts';
import { deliveriesOf } from '../../training/delivery.ts';
import { fixingsOf } from '../../training/kept-data.ts';
import { partsInWords, recordersOf, type RunPart } from '../../training/run-records.ts';
import { dutyToAccount } from '../../training/standing-facts.ts';

/** What a registered version must say of itself. */
const REQUIRED: readonly RunPart[] = ['metrics', 'data_version', 'parameters', 'code_version', 'environment'];
/** Kinds of place where anybody can change a file. */
const FILE_PLACES: Readonly<Record<string, string>> = { drive: 'a shared drive', folder: 'a folder', wiki: 'a set of pages', bucket: 'a bucket' };

export const registryIsOne: Rule = {
  id: 'ML01.3',
  slug: 'registry-is-a-registry',
  title: 'The registry keeps versions with their metadata, it is not just a place for files',
  type: 'weak',
  severity: 'medium',
  why: 'Files in a place that anybody can write to have no version, no record of how they came to be, and no state such as approved.',
  remediation: 'Move to a registry whose versions cannot change and carry their metadata; a managed one is enough.',
  effort: 'M',
  falsePositives: 'The place is versioned and holds metadata for each model: declare `immutable yes` and `records`.',
  *evaluate({ architecture }) {
    const registries = componentsOf(architecture, 'registry');
    if (registries.length === 0) yield notApplicable('No registry is declared.');
    for (const registry of registries) {
      const place = placeOf(architecture, registry);
      const fixed = presenceOf(registry, 'immutable') === 'present' || presenceOf(registry, 'versioned') === 'present';
      const described = (value(registry, 'records') ?? []).length > 0;
      if (!place) {
        if (registry.variant !== undefined || technologyOf(architecture, registry) || fixed) yield satisfied(registry);
        continue;
      }
      if (fixed && described) {
        yield satisfied(registry, { because: `${registry.name} is ${place.words}, but versions stay and carry metadata` });
        continue;
      }
      const denied = ['immutable', 'versioned', 'records'].some((property) => presenceOf(registry, property) === 'absent');
      if (place.variant === 'bucket' && !denied) {
        yield question(registry, fixed ? 'records' : 'immutable', `${registry.name} is ${place.words}: do versions in it stay as they are, and what does each carry? Declare \`immutable\` and \`records\`.`);
        continue;
      }
      const lacks = [fixed ? undefined : 'versions that cannot change', described ? undefined : 'metadata'].filter((lack) => lack !== undefined);
      yield weak(registry, { message: `${registry.name} is ${place.words} without ${lacks.join(' and ')}.`, changes: toRegistry(architecture, registry) });
    }
  },
};

function placeOf(architecture: Architecture, registry: Component<'registry'>): { variant: string; words: string } | undefined {
  if (registry.variant !== undefined && registry.variant in FILE_PLACES) return { variant: registry.variant, words: FILE_PLACES[registry.variant] ?? '' };
  const technology = technologyOf(architecture, registry);
  if (isOfCategory(technology, 'object_store')) return { variant: 'bucket', words: `a bucket (${technologyTitle(architecture, registry)})` };
  if (isOfCategory(technology, 'file_share')) return { variant: 'drive', words: `a file share (${technologyTitle(architecture, registry)})` };
  return isOfCategory(technology, 'documents') ? { variant: 'wiki', words: `a document (${technologyTitle(architecture, registry)})` } : undefined;
}

function toRegistry(architecture: Architecture, registry: Component<'registry'>): Change[] {
  const { name } = registry;
  const records = [...new Set([...(value(registry, 'records') ?? []), ...REQUIRED])];
  const product: Change[] = technologyOf(architecture, registry) ? [{ op: 'set', subject: name, property: 'technology', value: 'mlflow' }] : [];
  return [{ op: 'set-variant', subject: name, variant: 'server' }, ...product, { op: 'set', subject: name, property: 'immutable', value: true }, { op: 'set', subject: name, property: 'records', value: records }];
}

export const versionsCarryTheirRecord: Rule = {
  id: 'ML01.4',
  slug: 'versions-carry-their-record',
  title: 'A registered version carries metrics, data version, hyperparameters, code and environment',
  type: 'weak',
  severity: 'medium',
  why: 'A version without its record can be served but not compared, explained or trained again.',
  remediation: 'Let the training pipeline write the whole record when it registers a version.',
  effort: 'S',
  falsePositives: 'A version names the run that made it and the run holds the rest: declare `links_runs yes` and what each run `tracks`.',
  *evaluate({ architecture }) {
    const registries = componentsOf(architecture, 'registry');
    if (registries.length === 0) yield notApplicable('No registry is declared.');
    const writers = writersOf(architecture);
    for (const registry of registries) {
      const trainings = writers.get(registry.name) ?? [];
      const own = value(registry, 'records');
      const linked = linkedRecords(architecture, registry, trainings);
      if (!own && linked.length === 0 && presenceOf(registry, 'records') !== 'absent') {
        yield question(registry, 'records', `What does a version in ${registry.name} carry? Declare \`records\` with those of metrics, data_version, parameters, code_version and environment that are there.`);
        continue;
      }
      const known = new Set<string>([...(own ?? []), ...linked]);
      const lacking = REQUIRED.filter((part) => !known.has(part));
      if (lacking.length === 0) {
        yield satisfied(registry, { because: own ? undefined : `each version in ${registry.name} names its run, and the run holds the record`, evidence: evidenceOf(registry.properties.records) });
        continue;
      }
      const mutable = lacking.includes('data_version') ? trainings.flatMap((training) => fixingsOf(architecture, training).unfixed).find(({ keeping }) => keeping.state === 'mutable') : undefined;
      yield weak(registry, {
        at: 'records',
        message: `A version in ${registry.name} does not carry ${partsInWords(lacking)}.`,
        ...(mutable ? { severity: 'high' as const, why: `${mutable.component.name}, from which models in ${registry.name} are trained, changes, so without the data version nobody can say what a model learned from.` } : {}),
        changes: [{ op: 'set', subject: registry.name, property: 'records', value: [...(own ?? []), ...lacking] }],
        prerequisites: ['ML01.3'],
      });
    }
  },
};

function writersOf(architecture: Architecture): Map<string, Component<'training'>[]> {
  const writers = new Map<string, Component<'training'>[]>();
  for (const training of componentsOf(architecture, 'training')) {
    for (const { name } of recordersOf(architecture, training).registries) writers.set(name, [...(writers.get(name) ?? []), training]);
  }
  return writers;
}

/** What runs hold, where a version leads to its run. */
function linkedRecords(architecture: Architecture, registry: Component<'registry'>, trainings: readonly Component<'training'>[]): string[] {
  const linkedBy = (training: Component<'training'>) => recordersOf(architecture, training).trackers.filter((tracker) => value(tracker, 'links_to_registry') === true || value(registry, 'links_runs') === true);
  return trainings.flatMap((training) => {
    const trackers = linkedBy(training);
    if (trackers.length === 0 && value(registry, 'links_runs') !== true) return [];
    return [...(value(training, 'tracks') ?? []), ...trackers.flatMap((tracker) => value(tracker, 'records') ?? [])];
  });
}

export const servedWhenIsKnown: Rule = {
  id: 'ML01.5',
  slug: 'what-served-when',
  title: 'It can be said which version served at any time in the past',
  type: 'gap',
  severity: 'medium',
  why: 'When a decision is questioned or quality falls, the first thing to know is which model answered then.',
  remediation: 'Record every deployment of a version in the registry, or log the model version with each prediction.',
  effort: 'S',
  falsePositives: 'Deployments are recorded by the pipeline or in git: declare `deployment_history yes` of the registry with the evidence.',
  *evaluate({ architecture }) {
    const duty = dutyToAccount(architecture);
    const seen = new Set<string>();
    for (const { model, service, registries } of deliveriesOf(architecture)) {
      const history = registries.map((registry) => ({ registry, state: presenceOf(registry, 'deployment_history') }));
      const keeps = history.find(({ state }) => state === 'present');
      const logs = value(service, 'logs');
      if (keeps) yield satisfied(service, { because: `${keeps.registry.name} keeps a deployment history`, evidence: evidenceOf(keeps.registry.properties.deployment_history) });
      else if (logs?.includes('model_version')) yield satisfied(service, { because: `every prediction of ${service.name} is logged with its model version`, evidence: evidenceOf(service.properties.logs) });
      else {
        const subject: Component = history[0]?.registry ?? service;
        if (seen.has(subject.name)) continue;
        seen.add(subject.name);
        const unlogged = logs !== undefined || presenceOf(service, 'logs') === 'absent';
        const denied = history.some(({ state }) => state === 'absent');
        if (denied || (unlogged && registries.length === 0)) {
          const lack = denied ? `${subject.name} keeps no deployment history` : `no registry is tied to ${service.name}`;
          yield gap(subject, {
            at: denied ? 'deployment_history' : 'logs',
            message: `Which ${model?.name ?? 'model'} served at a given time cannot be said: ${lack}, and predictions of ${service.name} ${unlogged ? 'are not logged with' : 'are not declared to carry'} the model version.`,
            ...(duty ? { severity: 'high' as const, why: `Past decisions must be accounted for (${duty}), and that begins with the model that made them.` } : {}),
            prerequisites: ['ML01.1'],
            changes: denied ? [{ op: 'set', subject: subject.name, property: 'deployment_history', value: true }] : [{ op: 'set', subject: service.name, property: 'logs', value: [...(logs ?? []), 'model_version', ...(logs?.includes('timestamp') ? [] : ['timestamp'])] }],
          });
        } else if (registries.length > 0) yield question(subject, 'deployment_history', `Can ${subject.name} say which version of ${model?.name ?? 'a model'} served when? Declare \`deployment_history\`.`);
        else yield notApplicable(`No registry is tied to ${service.name}, and what its predictions are logged with is not declared.`, service);
      }
    }
  },
};
