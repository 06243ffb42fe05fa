import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { feedsTraining } from '../../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { pathTo, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, statementOf, value } from '../../../model/statements.ts';
import { gravityOfLeak } from '../../data/leak-gravity.ts';
import { isServingLog, pastExamples, remembersPast, replaysLogs, variesOverTime, wasRecorded, type PastExamples } from '../../data/time-facts.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { isOfCategory, technologyOf } from '../../technology.ts';
import { listed } from '../../training/in-house.ts';

export const notFromPresent: Rule = {
  id: 'ML06.2',
  slug: 'past-examples-not-from-present-values',
  title: 'Examples of the past are not made from a store that only holds present values',
  type: 'contradiction',
  severity: 'critical',
  why: 'A store of present values cannot say what was known when the example happened: the model learns from the future and fails where there is none.',
  remediation: 'Read historical values from a store that keeps them with their times, or log what is served and train on that.',
  effort: 'M',
  falsePositives: 'The store may keep its history: say `history append_only` or `history scd2`. Values that never change: `time_varying no` on the group.',
  *evaluate(context) {
    for (const past of pastExamples(context.architecture)) {
      if (past.temporal === 'declared' || past.temporal === 'likely') yield* judgePresent(context, past);
      else if (past.temporal === 'denied') yield notApplicable(`${past.because}.`, past.training);
    }
  },
};

function* judgePresent(context: Context, past: PastExamples): Iterable<Outcome> {
  const { architecture } = context;
  const { training } = past;
  if (value(training, 'logged_features') === true) {
    yield satisfied(training, { because: `${training.name} learns from the values that were served` });
    return;
  }
  const tree = unremembered(architecture, training.name);
  const reads = [...tree.keys()].flatMap((name) => architecture.components.get(name) ?? []).filter((component) => component.kind === 'store' || component.kind === 'cache' || component.kind === 'dataset');
  const recorded = (store: Component): boolean => isServingLog(architecture, store.name) || replaysLogs(architecture, store.name);
  const open = reads.filter((store) => holdsPresent(architecture, store) !== false && !recorded(store) && holdsVarying(architecture, store));
  const present = open.filter((store) => holdsPresent(architecture, store) === true);
  for (const store of open.filter((item) => !present.includes(item))) {
    yield question(store, store.kind === 'store' ? 'history' : undefined, `${training.name} learns from ${store.name}, although ${past.because}. Does ${store.name} hold values of the past as well, or only present ones?`, training.name);
  }
  for (const store of present) {
    const details = {
      about: training.name,
      at: value(store as Component<'store'>, 'history') === 'current_only' ? 'history' : undefined,
      message: `${training.name} learns from ${store.name}, which holds only present values, although ${past.because}.`,
      path: hopsOf(pathTo(tree, store.name, 'upstream') ?? []),
      changes: historyInstead(architecture, store, training),
    };
    yield past.temporal === 'declared' ? contradiction(store, { ...details, ...gravityOfLeak(context, training) }) : weak(store, { ...details, severity: 'high' });
  }
  if (open.length === 0 && reads.length + past.groups.length > 0) {
    const kept = reads.find((store) => remembersPast(architecture, store) || recorded(store));
    if (kept) yield satisfied(training, { because: `${training.name} reads the past from ${kept.name}` });
  }
}

/** What a training learns from, as far back as the next place that remembers the past. */
function unremembered(architecture: Architecture, training: string): Map<string, Edge | undefined> {
  const follow = (edge: Edge): boolean => {
    if (!feedsTraining(edge)) return false;
    const to = architecture.components.get(edge.to);
    if (edge.flow && (value(edge.flow, 'join') === 'point_in_time' || value(edge.flow, 'pin') === 'time_travel')) return false;
    return !to || to.kind === 'training' || !remembersPast(architecture, to);
  };
  return reachTree(edgesOf(architecture), [training], { direction: 'upstream', follow });
}

/** A cache may copy records that never change, unless it is where features that do are read. */
function holdsPresent(architecture: Architecture, component: Component): boolean | 'unknown' {
  const at = component as Component<'store'>;
  const history = value(at, 'history');
  if (history !== undefined) return history === 'current_only';
  if (value(at, 'versioned') === true) return false;
  if (component.kind === 'store' && component.variant === 'online') return true;
  if (component.kind !== 'cache' && component.variant !== 'cache') return false;
  return componentsOf(architecture, 'features').some((group) => value(group, 'online') === component.name) || 'unknown';
}

/** Unless every group that is kept in it never changes. */
function holdsVarying(architecture: Architecture, store: Component): boolean {
  const groups = componentsOf(architecture, 'features').filter((group) => value(group, 'online') === store.name || value(group, 'offline') === store.name);
  return groups.length === 0 || groups.some((group) => variesOverTime(group) !== false && value(group, 'logged') !== true);
}

/** An online store stays as it is, and training reads the historical values beside it; a table begins to keep versions. */
function historyInstead(architecture: Architecture, store: Component, training: Component<'training'>): Change[] {
  const flow = architecture.flows.find((item) => item.from === store.name && item.to === training.name);
  const groups = componentsOf(architecture, 'features').filter((group) => value(group, 'online') === store.name);
  const offline = groups.map((group) => value(group, 'offline')).find((name) => name !== undefined && name !== store.name);
  if (flow && offline !== undefined && store.kind === 'store') {
    return [
      { op: 'remove-flow', from: store.name, to: training.name },
      { op: 'add-flow', flow: { from: offline, to: training.name, properties: { join: 'point_in_time' } } },
    ];
  }
  return store.kind === 'store' ? [{ op: 'set', subject: store.name, property: 'history', value: 'append_only' }] : [];
}

export const sourcesKeepHistory: Rule = {
  id: 'ML06.3',
  slug: 'sources-of-changing-features-keep-history',
  title: 'Tables behind features that change over time keep their history',
  type: 'gap',
  severity: 'high',
  why: 'A row that is overwritten takes with it what was known before. No join can bring it back, so past examples get present values.',
  remediation: 'Capture changes (CDC) into a store that only adds rows, or keep versions with their validity times.',
  effort: 'M',
  falsePositives: 'The table may only ever grow. Say so with `history append_only`.',
  *evaluate({ architecture }) {
    for (const past of pastExamples(architecture)) {
      if (past.temporal === 'declared' || past.temporal === 'likely') yield* judgeHistory(architecture, past);
      else if (past.temporal === 'denied') yield notApplicable(`${past.because}.`, past.training);
    }
  },
};

const isTable = (architecture: Architecture, component: Component): boolean =>
  (component.kind === 'source' || component.kind === 'store') && (component.variant === 'database' || (component.variant === undefined && isOfCategory(technologyOf(architecture, component), 'database')));

function* judgeHistory(architecture: Architecture, past: PastExamples): Iterable<Outcome> {
  const { training } = past;
  if (value(training, 'logged_features') === true) return;
  const varying = past.groups.filter((group) => variesOverTime(group) === true && !wasRecorded(architecture, group, past));
  const starts = past.groups.length > 0 ? varying.map((group) => group.name) : [training.name];
  const read = past.groups.length > 0 ? listed(starts) : training.name;
  for (const [table, path] of tablesBehind(architecture, starts)) {
    if (remembersPast(architecture, table)) {
      yield satisfied(table, { evidence: evidenceOf(statementOf(table, 'history') ?? statementOf(table, 'capture')), because: `${table.name} keeps its history` });
    } else if (isOverwritten(architecture, table)) {
      yield overwritten(table, path, training);
    } else if (table.kind === 'source' && value(table, 'history') === undefined && isTable(architecture, table)) {
      yield question(table, 'history', `Are rows of ${table.name} overwritten, and are their changes captured (\`capture cdc\`) before ${read} read${starts.length > 1 ? '' : 's'} them?`);
    }
  }
}

/** Sources and stores behind some components, as far back as the next place that remembers the past, with the way from each. */
function tablesBehind(architecture: Architecture, starts: readonly string[]): [Component<'source' | 'store'>, readonly Edge[]][] {
  const isStart = new Set(starts);
  const passes = (edge: Edge): boolean => {
    const to = architecture.components.get(edge.to);
    return to === undefined || isStart.has(to.name) || !remembersPast(architecture, to);
  };
  // Truth may come from what is overwritten: it is joined by its own time.
  const tree = reachTree(edgesOf(architecture), starts, { direction: 'upstream', follow: (edge) => feedsTraining(edge) && edge.payload !== 'labels' && passes(edge) });
  return [...tree.keys()].flatMap((name): [Component<'source' | 'store'>, readonly Edge[]][] => {
    const component = architecture.components.get(name);
    if (component?.kind !== 'source' && component?.kind !== 'store') return [];
    if (!isTable(architecture, component) && value(component as Component<'store'>, 'history') === undefined) return [];
    return [[component as Component<'source' | 'store'>, pathTo(tree, name, 'upstream') ?? []]];
  });
}

function isOverwritten(architecture: Architecture, table: Component<'source' | 'store'>): boolean {
  const history = value(table as Component<'store'>, 'history');
  // A store of present values is the other rule's.
  if (history !== undefined) return history === 'scd1' || (history === 'current_only' && table.kind === 'source');
  return isTable(architecture, table) && value(table, 'mutable') === true;
}

function overwritten(table: Component<'source' | 'store'>, path: readonly Edge[], training: Component<'training'>): Outcome {
  const fed = path.at(-1)?.to ?? training.name;
  const keep = (property: string, word: string): Change => ({ op: 'set', subject: table.name, property, value: word });
  return gap(table, {
    at: value(table, 'history') === undefined ? 'mutable' : 'history',
    about: fed,
    message: `${table.name} overwrites its rows and feeds ${fed}, which ${fed === training.name ? 'learns from past examples' : 'changes over time'}: what was known at the time of an example is lost.`,
    path: hopsOf(path),
    changes: table.kind === 'source' ? [keep('capture', 'cdc'), keep('history', 'full')] : [keep('history', 'scd2')],
  });
}
