import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Rule } from '../../rule.ts';
import { isOfCategory, technologyOf, technologyTitle } from '../../technology.ts';
import { recordersOf } from '../../training/run-records.ts';
import { activeTrainings, trackingOf } from '../../training/tracking.ts';

const BY_HAND: Readonly<Record<string, string>> = { spreadsheet: 'a spreadsheet', notebook: 'names of notebooks', wiki: 'pages' };

/** How a tracker is kept by hand, or undefined. */
function keptByHand(architecture: Architecture, tracker: Component<'tracker'>): string | undefined {
  if (tracker.variant !== undefined && tracker.variant in BY_HAND) return BY_HAND[tracker.variant];
  return isOfCategory(technologyOf(architecture, tracker), 'documents') ? technologyTitle(architecture, tracker) : undefined;
}

export const trackerIsATool: Rule = {
  id: 'ML02.3',
  slug: 'tracker-is-not-kept-by-hand',
  title: 'Runs are recorded by a tool, not kept by hand',
  type: 'weak',
  severity: 'medium',
  why: 'A table that people fill in holds what they remembered and chose to write down; it cannot be queried, and it is never complete.',
  remediation: 'Record runs from the training code with a tracking tool.',
  effort: 'S',
  falsePositives: 'The pages are written by the pipeline: declare the tool as the `technology` of the tracker.',
  *evaluate({ architecture }) {
    const trackers = componentsOf(architecture, 'tracker');
    if (trackers.length === 0) yield notApplicable('No tracker is declared.');
    for (const tracker of trackers) {
      const hand = keptByHand(architecture, tracker);
      if (hand === undefined) {
        if (tracker.variant === 'server' || technologyOf(architecture, tracker)) yield satisfied(tracker);
        continue;
      }
      const changes: Change[] = [
        { op: 'set-variant', subject: tracker.name, variant: 'server' },
        ...(isOfCategory(technologyOf(architecture, tracker), 'documents') ? [{ op: 'set' as const, subject: tracker.name, property: 'technology', value: 'mlflow' }] : []),
      ];
      yield weak(tracker, { message: `Experiments are kept by hand in ${tracker.name} (${hand}).`, changes });
    }
  },
};

export const trackerIsShared: Rule = {
  id: 'ML02.6',
  slug: 'tracker-is-on-a-server',
  title: 'The records of runs are on a server, not on a machine or a file path',
  type: 'weak',
  severity: 'medium',
  why: 'Records on one machine go with it, and a shared path has no rights, no backup and no protection from two writers at once.',
  remediation: 'Run the tracker as a server with a database and an artifact store, or take a managed one.',
  effort: 'S',
  falsePositives: 'The path is the artifact store behind a server: declare `location server`.',
  *evaluate({ architecture }) {
    const trackers = componentsOf(architecture, 'tracker');
    if (trackers.length === 0) yield notApplicable('No tracker is declared.');
    for (const tracker of trackers) {
      if (keptByHand(architecture, tracker) !== undefined) {
        yield notApplicable(`${tracker.name} is kept by hand.`, tracker);
        continue;
      }
      const location = value(tracker, 'location');
      const share = isOfCategory(technologyOf(architecture, tracker), 'file_share');
      if (location === 'local' || location === 'shared_file' || (location === undefined && share)) {
        const where = location === 'local' ? 'on one machine' : share ? `on ${technologyTitle(architecture, tracker)}` : 'under a shared file path';
        yield weak(tracker, {
          at: location === undefined ? 'technology' : 'location',
          message: `The records of ${tracker.name} are ${where}.`,
          changes: [{ op: 'set', subject: tracker.name, property: 'location', value: 'server' }],
        });
      } else if (location !== undefined || tracker.variant === 'server' || technologyOf(architecture, tracker)?.managed) yield satisfied(tracker, { evidence: evidenceOf(statementOf(tracker, 'location')) });
      else yield question(tracker, 'location', `Where are the records of ${tracker.name}: on a server, or under a file path? Declare \`location\`.`);
    }
  },
};

export const versionLeadsToItsRun: Rule = {
  id: 'ML02.4',
  slug: 'version-leads-to-its-run',
  title: 'A registered version leads to the run that made it',
  type: 'gap',
  severity: 'medium',
  why: 'Between the model that is served and the run that made it the trail breaks: its parameters and data cannot be looked up.',
  remediation: 'Store the id of the run with each registered version.',
  effort: 'S',
  falsePositives: 'One product is both and links them: declare `links_runs yes` of the registry.',
  *evaluate({ architecture }) {
    const registries = new Map(activeTrainings(architecture).filter((training) => trackingOf(architecture, training) === 'tracked').flatMap((training) => recordersOf(architecture, training).registries.map((registry) => [registry.name, { registry, training }])));
    if (registries.size === 0) yield notApplicable('No training is declared whose runs are tracked and whose models are registered.');
    for (const { registry, training } of registries.values()) {
      const { trackers } = recordersOf(architecture, training);
      const linking = trackers.find((tracker) => presenceOf(tracker, 'links_to_registry') === 'present');
      const denying = trackers.find((tracker) => statementOf(tracker, 'links_to_registry') && presenceOf(tracker, 'links_to_registry') === 'absent');
      const links = presenceOf(registry, 'links_runs');
      if (links === 'present' || linking) yield satisfied(registry, { evidence: evidenceOf(statementOf(registry, 'links_runs') ?? (linking && statementOf(linking, 'links_to_registry'))) });
      else if (links === 'absent' || denying) {
        yield gap(registry, {
          at: 'links_runs',
          message: `A version in ${registry.name} does not name the run${trackers[0] ? ` in ${trackers[0].name}` : ''} that made it.`,
          changes: [{ op: 'set', subject: registry.name, property: 'links_runs', value: true }],
          prerequisites: ['ML01.1', 'ML02.1'],
        });
      } else if (trackers.some((tracker) => joined(architecture, tracker, registry))) yield satisfied(registry, { because: `${technologyTitle(architecture, registry)} is tracker and registry in one, or runs flow into ${registry.name}` });
      else yield question(registry, 'links_runs', `Does a version in ${registry.name} name the run${trackers[0] ? ` in ${trackers[0].name}` : ` of ${training.name}`} that made it? Declare \`links_runs\`.`);
    }
  },
};

/** One product that is both, or a tracker from which models are registered. */
function joined(architecture: Architecture, tracker: Component<'tracker'>, registry: Component<'registry'>): boolean {
  if ((edgesOf(architecture).out.get(tracker.name) ?? []).some((edge) => edge.to === registry.name)) return true;
  const facts = technologyOf(architecture, registry);
  return value(tracker, 'technology') === value(registry, 'technology') && (facts?.can ?? []).includes('experiment_tracking') && (facts?.can ?? []).includes('model_registry');
}
