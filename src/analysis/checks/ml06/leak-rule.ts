import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { feedsTraining, trainingTree } from '../../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { pathTo } from '../../../model/graph/paths.ts';
import { isComplete, presenceOf, statementOf, value } from '../../../model/statements.ts';
import type { FeatureGroup } from '../../data/feature-use.ts';
import { gravityOfLeak } from '../../data/leak-gravity.ts';
import { joinOf, pastExamples, wasRecorded, type PastExamples } from '../../data/time-facts.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const noLeakFromLabels: Rule = {
  id: 'ML06.4',
  slug: 'no-path-from-labels-into-features',
  title: 'Nothing that is known only after the outcome gets into a feature',
  type: 'contradiction',
  severity: 'critical',
  why: 'A feature that knows the outcome makes every offline figure excellent and says nothing when the outcome is not known yet.',
  remediation: 'Cut the path in time: only what was known before the outcome may pass, by an as-of join or a filter on the time at which it became available.',
  effort: 'M',
  falsePositives: 'Aggregates of earlier outcomes are sound if they end before the example. Declare `time_cut yes` on the group or the flow, or `join point_in_time`.',
  *evaluate(context) {
    const ways = waysIn(context.architecture);
    for (const past of pastExamples(context.architecture)) yield* judgeLeaks(context, past, ways);
  },
};

interface Origin {
  readonly component: Component;
  /** The labels that come from here, where they do. */
  readonly labels?: Component<'labels'>;
  /** It holds what happened afterwards, and not only events among which outcomes are. */
  readonly outcomes: boolean;
}

function* judgeLeaks(context: Context, past: PastExamples, ways: WaysIn): Iterable<Outcome> {
  const { architecture } = context;
  const origins = originsOf(architecture, past);
  if (origins.size === 0) {
    yield notApplicable(`No source of labels and no table of outcomes is declared upstream of ${past.training.name}.`, past.training);
    return;
  }
  const open = new Map<string, { origin: Origin; groups: FeatureGroup[] }>();
  for (const group of past.groups) {
    const origin = ways.firstOf(group, origins);
    if (!origin) {
      yield satisfied(group, { because: `no path leads from labels or outcomes into ${group.name}` });
      continue;
    }
    const { path, mixed } = ways.from(origin.component.name, group);
    const cut = cutOf(architecture, group, past, path);
    if (cut.state === 'cut') yield satisfied(group, { evidence: cut.because === 'time_cut' ? evidenceOf(statementOf(group, 'time_cut')) : undefined, because: `${group.name} and the labels share ${origin.component.name}, and ${cut.because === 'time_cut' ? 'nothing after the outcome passes' : cut.because}` });
    else if (cut.state === 'denied') yield leak(context, group, past, origin, path, true);
    // What comes out of a store into which much flows need not hold the outcome; a loose join is reported as such.
    else if (!mixed && (cut.state === 'loose' || origin.outcomes)) yield leak(context, group, past, origin, path, cut.state === 'loose');
    else if (cut.state === 'undeclared' && (origin.outcomes || origin.component.kind === 'source')) {
      const known = open.get(origin.component.name);
      if (known) known.groups.push(group);
      else open.set(origin.component.name, { origin, groups: [group] });
    }
  }
  for (const { origin, groups } of open.values()) {
    const names = listed(groups.map((group) => group.name));
    yield question(groups[0] as FeatureGroup, 'time_cut', `${origin.labels?.name ?? 'What happened afterwards'} ${origin.labels ? 'come' : 'comes'} from ${origin.component.name}, and ${names} may too. Is everything that came after the outcome kept out of ${names}?`, past.training.name);
  }
}

/** Ways by which outcomes could get into feature groups; found once for all trainings that use a group. */
interface WaysIn {
  /** What of the origins leads into a group: rather what holds outcomes than a source that labels share. */
  readonly firstOf: (group: FeatureGroup, origins: ReadonlyMap<string, Origin>) => Origin | undefined;
  readonly from: (origin: string, group: FeatureGroup) => { readonly path: readonly Edge[]; readonly mixed: boolean };
}

function waysIn(architecture: Architecture): WaysIn {
  const candidates = new Set(pastExamples(architecture).flatMap((past) => [...originsOf(architecture, past).keys()]));
  const reached = new Map<string, readonly string[]>();
  const ways = new Map<string, { path: readonly Edge[]; mixed: boolean }>();
  return {
    firstOf: (group, origins) => {
      let names = reached.get(group.name);
      if (!names) {
        const tree = trainingTree(architecture, [group.name]);
        reached.set(group.name, (names = [...candidates].filter((name) => name !== group.name && tree.has(name))));
      }
      const outcome = names.find((name) => origins.get(name)?.outcomes);
      return origins.get(outcome ?? names.find((name) => origins.has(name)) ?? '');
    },
    from: (origin, group) => {
      const key = `${origin}->${group.name}`;
      let way = ways.get(key);
      if (!way) {
        const path = pathTo(trainingTree(architecture, [group.name]), origin, 'upstream') ?? [];
        ways.set(key, (way = { path, mixed: mixes(architecture, path) }));
      }
      return way;
    },
  };
}

/** Where labels of a training come from, and tables that hold outcomes. */
function originsOf(architecture: Architecture, { labels, upstream }: PastExamples): Map<string, Origin> {
  const origins = new Map<string, Origin>();
  for (const item of labels) {
    origins.set(item.name, { component: item, labels: item, outcomes: true });
    for (const name of value(item, 'from') ?? []) {
      const component = architecture.components.get(name);
      if (component && (component.kind === 'source' || component.kind === 'store') && !origins.has(name)) origins.set(name, { component, labels: item, outcomes: false });
    }
  }
  for (const name of upstream.keys()) {
    const component = architecture.components.get(name);
    if (component && (value(component as Component<'source'>, 'outcome') === true || value(component as Component<'store'>, 'contains_outcomes') === true)) {
      origins.set(name, { component, labels: origins.get(name)?.labels, outcomes: true });
    }
  }
  return origins;
}

/** Whether a store or stream on the way takes in more than this path brings. */
function mixes(architecture: Architecture, path: readonly Edge[]): boolean {
  const graph = edgesOf(architecture);
  return path.slice(0, -1).some((edge) => (graph.in.get(edge.to) ?? []).filter(feedsTraining).length > 1);
}

/** `denied`: the file says that there is no time cut. `loose`: the join takes the newest values, or pays no regard to time. */
type Cut = { readonly state: 'cut'; readonly because: string } | { readonly state: 'denied' | 'loose' | 'undeclared' };

function cutOf(architecture: Architecture, group: FeatureGroup, past: PastExamples, path: readonly Edge[]): Cut {
  const flows = path.flatMap((edge) => (edge.flow ? [edge.flow] : []));
  if (value(group, 'time_cut') === true || flows.some((flow) => value(flow, 'time_cut') === true)) return { state: 'cut', because: 'time_cut' };
  if (wasRecorded(architecture, group, past)) return { state: 'cut', because: 'its values were recorded before the outcome' };
  const join = joinOf(architecture, group, past);
  const denied = presenceOf(group, 'time_cut') === 'absent' || flows.some((flow) => presenceOf(flow, 'time_cut') === 'absent');
  if (join === 'point_in_time' && !(denied && !isComplete(group))) return { state: 'cut', because: 'it is joined as of the time of the example' };
  return { state: denied ? 'denied' : join === 'latest' || join === 'none' ? 'loose' : 'undeclared' };
}

function leak(context: Context, group: FeatureGroup, past: PastExamples, origin: Origin, path: readonly Edge[], certain: boolean): Outcome {
  const what = origin.component.kind === 'labels' ? `${origin.component.name}, the truth that ${past.training.name} learns` : origin.outcomes ? `${origin.component.name}, which holds what happened afterwards` : `${origin.component.name}, from which ${origin.labels?.name} comes`;
  const changes: Change[] = [{ op: 'set', subject: group.name, property: 'time_cut', value: true }];
  const details = { about: past.training.name, path: hopsOf(path), changes };
  if (certain) {
    return contradiction(group, {
      ...details,
      at: statementOf(group, 'time_cut') ? 'time_cut' : value(group, 'join') === 'latest' ? 'join' : undefined,
      message: `${group.name} is computed from ${what}, and nothing cuts it off at the outcome.`,
      ...gravityOfLeak(context, past.training),
    });
  }
  return weak(group, { ...details, severity: 'high', message: `${group.name} is computed from ${what}; no time cut and no as-of join is declared on the way.` });
}
