import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { quantityOf } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { releasesOf, type Release } from '../../deployment/releases.ts';
import { frontsOf, keepsPrevious, wayBackOf, type WayBack } from '../../deployment/way-back.ts';
import { formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const previousStillWorks: Rule = {
  id: 'ML10.5',
  slug: 'previous-version-still-works',
  title: 'What the previous version needs is still produced',
  type: 'contradiction',
  severity: 'high',
  why: 'A version that is kept without its encoder, features or index starts and answers wrongly, just when it is needed.',
  remediation: 'Keep producing what the version before needs until it is no longer the way back, and store encoders and indexes with the model that they were fitted for.',
  effort: 'M',
  falsePositives: 'The old state is kept as a file with the model: leave it out of `previous_requires`.',
  *evaluate({ architecture }) {
    const seen = new Set<string>();
    for (const release of releasesOf(architecture)) {
      for (const model of release.observed.models) {
        if (!seen.has(model.name)) yield judgePrevious(architecture, release, model);
        seen.add(model.name);
      }
    }
  },
};

function judgePrevious(architecture: Architecture, release: Release, model: Component<'model'>): Outcome {
  const presence = presenceOf(model, 'previous_requires');
  const claimed = wayBackOf(architecture, release).presence === 'present' || keepsPrevious(release);
  if (presence !== 'present') {
    const present = [...(value(model, 'requires') ?? []), ...(value(model, 'transforms') ?? [])];
    if (presence === 'absent') return satisfied(model, { because: 'the version before needs nothing beside itself' });
    if (present.length === 0 || !claimed) return notApplicable(`${model.name} is not said to need anything in a version of its own.`, model);
    return { ...question(model, 'previous_requires', `What does the version before of ${model.name} need, and is it still there? This one needs ${listed(present)}. Declare \`previous_requires\`.`), statedUnknown: presence === 'unknown' };
  }
  const needs = (value(model, 'previous_requires') ?? []).flatMap((name) => architecture.components.get(name) ?? []);
  const gone = needs.filter((component) => value(component as Component<'features'>, 'produced') === false);
  if (gone.length === 0) return satisfied(model, { because: `${listed(needs.map((component) => component.name))} is there` });
  const names = listed(gone.map((component) => component.name));
  const details = {
    at: 'previous_requires',
    message: `The version before of ${model.name} needs ${names}, which ${gone.length === 1 ? 'is' : 'are'} no longer produced${claimed ? `, so ${release.service.name} cannot go back to it` : ''}.`,
    changes: gone.map((component): Change => ({ op: 'set', subject: component.name, property: 'produced', value: true })),
    impact: 'A way back that works',
  };
  return claimed ? contradiction(model, details) : gap(model, details);
}

/** Words of `covers`, as the vocabulary has them. */
type Artefact = 'features' | 'config' | 'prompt' | 'index' | 'thresholds' | 'rules';

/** Something that changes the answers of a service beside its model, and the word of `covers` for it. */
export interface Companion {
  readonly component: Component;
  readonly word: Artefact;
}

const ARTEFACT_WORDS: Readonly<Record<string, Artefact>> = { feature_file: 'features', vocabulary: 'features', thresholds: 'thresholds', rules: 'rules', config: 'config', flags: 'config', index: 'index', prompt: 'prompt' };

export const rollbackCoversCompanions: Rule = {
  id: 'ML10.6',
  slug: 'rollback-covers-companions',
  title: 'Going back takes along what changed with the model',
  type: 'gap',
  severity: 'medium',
  why: 'Old weights with new features, prompts, thresholds or indexes are a version that nobody ever tested, and configuration that cannot go back is an outage that cannot be ended.',
  remediation: 'Version configuration, prompts, thresholds and indexes, release them with the model, and let one step take all of them back.',
  effort: 'M',
  falsePositives: 'It goes back by a way of its own: declare `rollback`, `kill_switch` or `rollout` of it, or `versioned_with_model` of a feature group.',
  *evaluate({ architecture, settings }) {
    const seen = new Set<string>();
    yield* slowWaysBack(architecture, settings.thresholds.rollbackSeconds);
    for (const release of releasesOf(architecture)) {
      yield* judgeCompanions(architecture, release);
      for (const front of frontsOf(architecture, release)) {
        if (!seen.has(front.name)) yield* judgeCompanions(architecture, { ...release, service: front, observed: { ...release.observed, models: [] } });
        seen.add(front.name);
      }
    }
  },
};

/** What can go back, but so slowly that a bad state of it stays an outage, and cannot be turned off meanwhile. */
function* slowWaysBack(architecture: Architecture, limit: number): Iterable<Outcome> {
  for (const artefact of componentsOf(architecture, 'artefact')) {
    const back = value(artefact, 'rollback');
    if (!back?.within || back.within.low <= limit || value(artefact, 'kill_switch') === true) continue;
    const readers = value(artefact, 'read_by') ?? [];
    yield weak(artefact, {
      at: 'rollback',
      message: `Going back to an earlier ${artefact.name} takes ${formatQuantity(back.within)}, and it cannot be turned off meanwhile.`,
      why: `A bad ${artefact.name} stays in ${readers.length > 0 ? listed(readers) : 'its readers'} for that long; within ${formatQuantity(quantityOf(limit, 's', 'duration'))} is what a way back should take.`,
      changes: [{ op: 'set', subject: artefact.name, property: 'rollback', value: { ...back, within: quantityOf(limit, 's', 'duration') } }],
      impact: 'A bad change of configuration can be ended in minutes',
    });
  }
}

function* judgeCompanions(architecture: Architecture, release: Release): Iterable<Outcome> {
  const companions = companionsOf(architecture, release);
  const { service } = release;
  if (companions.length === 0) return yield notApplicable(`Nothing is declared that changes together with ${service.name}.`, service);
  const alone = companions.filter(({ component }) => !goesBackByItself(component));
  const stuck = alone.filter(({ component }) => presenceOf(component, returnsBy(component)) === 'absent');
  const covers = coversOf(release);
  const covered = new Set(covers.flatMap(({ words }) => words));
  const open = alone.filter(({ word }) => !covered.has(word));
  if (open.length === 0) return yield satisfied(service, { because: `${listed(companions.map(({ component }) => component.name))} can go back too`, evidence: evidenceOf(covers[0] && statementOf(covers[0].bearer, covers[0].property)) });
  const [bearer] = covers;
  if (bearer) return yield uncovered(bearer, open, service.name);
  for (const { component } of open.filter((item) => stuck.includes(item))) {
    yield gap(component, {
      at: statementOf(component, returnsBy(component)) ? returnsBy(component) : undefined,
      message: `${component.name} changes what ${service.name} does, and ${component.kind === 'artefact' ? 'can neither go back nor be turned off' : 'keeps no versions to go back to'}.`,
      why: `A bad ${component.name} stays in ${service.name} until a good one is made.`,
      changes: [{ op: 'set', subject: component.name, property: returnsBy(component), value: component.kind === 'artefact' ? { kind: 'manual', within: quantityOf(5, 'min', 'duration') } : true }],
      impact: 'A bad change of configuration can be ended',
    });
  }
  const unclear = open.filter((item) => !stuck.includes(item));
  if (unclear.length > 0) yield askCovers(release, wayBackOf(architecture, release), unclear);
}

export interface Covers {
  readonly bearer: Component<'service' | 'rollout'>;
  readonly property: 'rollback' | 'covers';
  readonly words: readonly string[];
}

/** What the rollouts and the way back of a service say that they take along. */
export function coversOf({ service, rollouts }: Release): Covers[] {
  const own = value(service, 'rollback')?.covers;
  return [
    ...rollouts.flatMap((bearer): Covers[] => (value(bearer, 'covers') ? [{ bearer, property: 'covers', words: value(bearer, 'covers') ?? [] }] : [])),
    ...(own ? [{ bearer: service, property: 'rollback' as const, words: own }] : []),
  ];
}

function uncovered({ bearer, property, words }: Covers, open: readonly Companion[], service: string): Outcome {
  const all = [...new Set([...words, ...open.map(({ word }) => word)])];
  const held = property === 'covers' ? all : { ...value(bearer as Component<'service'>, 'rollback'), covers: all };
  return gap(bearer, {
    at: property,
    message: `${bearer.name} covers ${words.join(', ')}, but ${listed(open.map(({ component, word }) => `${component.name} (${word})`))} ${open.length === 1 ? 'changes' : 'change'} what ${service} does as well.`,
    why: `After going back, old ${words.join(' and ')} of ${service} meet new ${[...new Set(open.map(({ word }) => word))].join(' and ')}.`,
    changes: [{ op: 'set', subject: bearer.name, property, value: held }],
    impact: 'One step takes everything back',
  });
}

function askCovers({ service, rollouts }: Release, back: WayBack, open: readonly Companion[]): Outcome {
  const names = listed(open.map(({ component }) => component.name));
  if (back.presence !== 'present' && rollouts.length === 0) return notApplicable(`How ${service.name} goes back is not known, and so not what it takes along (${names}).`, service);
  const bearer = rollouts[0] ?? service;
  return question(bearer, bearer.kind === 'rollout' ? 'covers' : 'rollback', `When ${service.name} goes back, ${open.length === 1 ? 'does' : 'do'} ${names} go back with it? Declare \`covers\`${bearer.kind === 'rollout' ? '' : ' in `rollback`'}.`);
}

/** The property by which a companion says whether an earlier state of it can be had. */
const returnsBy = (component: Component): string => (component.kind === 'artefact' ? 'rollback' : 'versioned');

/** Whether a companion has a way back, or off, of its own. */
export function goesBackByItself(component: Component): boolean {
  const artefact = component as Component<'artefact'>;
  const states = (property: string) => presenceOf(component, property) === 'present';
  return states('rollback') || states('kill_switch') || (value(artefact, 'rollout') ?? []).length > 0 || states('released_with') || states('versioned_with_model');
}

/** What changes the answers of a service beside its model: what the model needs, what the service reads at run time. */
export function companionsOf(architecture: Architecture, { service, observed }: Release): Companion[] {
  const named = [
    ...observed.models.flatMap((model) => [...(value(model, 'requires') ?? []), ...(value(model, 'transforms') ?? [])]),
    ...(value(service, 'serves') ?? []),
    ...(edgesOf(architecture).in.get(service.name) ?? []).filter((edge) => edge.payload === 'config').map((edge) => edge.from),
  ];
  return [...new Set(named)].flatMap((name) => {
    const component = architecture.components.get(name);
    const word = component && wordFor(component);
    return component && word ? [{ component, word }] : [];
  });
}

function wordFor(component: Component): Artefact | undefined {
  switch (component.kind) {
    case 'features':
      return 'features';
    case 'prompt':
      return 'prompt';
    case 'knowledge':
      return 'index';
    case 'artefact':
      return ARTEFACT_WORDS[component.variant ?? ''] ?? 'config';
    case 'store':
      return component.variant === 'vector' ? 'index' : undefined;
    default:
      return undefined;
  }
}
