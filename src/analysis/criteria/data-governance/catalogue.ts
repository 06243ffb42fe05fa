import type { Architecture, Component } from '../../../model/architecture.ts';
import { feedsServing, feedsTraining, servingGraph } from '../../../model/graph/cones.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { reachable } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { foreignSourcesUnderContract } from '../../checks/ml07/source-rules.ts';
import { gap, notApplicable, question, satisfied, type Context, type Criterion } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { namedBy } from '../said-by.ts';

type Source = Component<'source'>;

/** What one has to know of a source besides its owner, of whom OWN-01 speaks. */
const ENTRIES = { schema: 'form', refresh: 'rate of refresh', sla: 'service level', access: 'way of access' } as const;
type Entry = keyof typeof ENTRIES;
const NAMES = Object.keys(ENTRIES) as readonly Entry[];

export const catalogued: Criterion = {
  id: 'DG-01',
  slug: 'sources-are-catalogued',
  title: 'Of every source its form, refresh, service level and way of access are known',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLREL-03', 'ISO/IEC 42001 A.4.3'],
  why: 'A source of which nobody knows how fresh and how reliable it is stops quietly, and what was learned from it goes stale without a sign.',
  remediation: 'Enter each source in a catalogue: owner, form, how often it is refreshed, what its owner promises, and how it may be read.',
  effort: 'S',
  falsePositives: 'The catalogue may be elsewhere: declare what it says as `schema`, `refresh`, `sla` and `access` of the source.',
  applies: ({ architecture }) => (componentsOf(architecture, 'source').length === 0 ? 'No source is declared.' : true),
  *evaluate(context) {
    const { architecture } = context;
    const used = usedSources(context);
    if (used.length === 0) return yield notApplicable('No source leads to a training or to an answer.');
    // Forms of data that belongs to others are asked for there.
    const asked = namedBy(context, foreignSourcesUnderContract);
    const open: string[] = [];
    const wanted = new Set<Entry>();
    for (const source of used) {
      const entries = NAMES.filter((name) => name !== 'schema' || !asked.has(source.name));
      const missing = entries.filter((name) => presenceOf(source, name) === 'absent' || (name === 'schema' && value(source, 'schema') === 'inferred'));
      if (missing.length > 0) yield uncatalogued(source, missing);
      const unsaid = entries.filter((name) => ['undeclared', 'unknown'].includes(presenceOf(source, name)) && !isSaidOtherwise(architecture, source, name));
      for (const name of unsaid) wanted.add(name);
      if (unsaid.length > 0) open.push(source.name);
      else if (missing.length === 0) yield satisfied(source, { because: `${source.name} is described in full` });
    }
    if (open.length > 0) yield question(architecture.system, undefined, `What does the catalogue say of ${listed(open)}: ${listed([...wanted].map((name) => ENTRIES[name]), 4)}? Declare ${listed([...wanted].map((name) => `\`${name}\``), 4)}.`);
  },
};

function uncatalogued(source: Source, missing: readonly Entry[]) {
  const at = missing.find((name) => statementOf(source, name));
  return gap(source, {
    at,
    message: `Nobody knows the ${listed(missing.map((name) => ENTRIES[name]), 4)} of ${source.name}.`,
    severity: missing.length === 1 ? 'low' : undefined,
    impact: 'A source that changes or stops is noticed',
  });
}

/** How changes are captured says how it is read, and the job that reads it how often. */
function isSaidOtherwise(architecture: Architecture, source: Source, entry: Entry): boolean {
  if (entry === 'access') return value(source, 'capture') !== undefined;
  if (entry !== 'refresh') return false;
  return (edgesOf(architecture).out.get(source.name) ?? []).some(({ flow, to }) => {
    const reader = architecture.components.get(to);
    return (flow && value(flow, 'every')) !== undefined || (reader?.kind === 'ingestion' && (reader.variant === 'streaming' || value(reader as Component<'ingestion'>, 'every') !== undefined));
  });
}

/** Sources from which something is learned or answered. */
function usedSources({ architecture }: Context): Source[] {
  const learned = reachable(edgesOf(architecture), componentsOf(architecture, 'training').map(({ name }) => name), { direction: 'upstream', follow: feedsTraining });
  const asked = reachable(servingGraph(architecture), componentsOf(architecture, 'service', 'agent').map(({ name }) => name), { direction: 'upstream', follow: feedsServing });
  return componentsOf(architecture, 'source').filter(({ name }) => learned.has(name) || asked.has(name));
}
