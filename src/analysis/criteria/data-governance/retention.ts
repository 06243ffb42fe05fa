import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { among, PERSONAL, PROTECTED, type DataClass } from '../../../model/graph/data-classes.ts';
import { holdersOf } from '../../../model/graph/data-reach.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { exactly, type Quantity } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { historyIsLongEnough } from '../../checks/ml03/data-rules.ts';
import { logOutlivesDelay } from '../../checks/ml15/truth-rules.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { formatDuration, formatQuantity } from '../../format.ts';
import { speakersOf } from '../../generative/speakers.ts';
import { truthJoins } from '../../monitoring/truth-join.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { namedBy } from '../said-by.ts';
import { classesOf, dutiesOn, expiryOf } from './policies.ts';

type Holder = Component<'store' | 'dataset'>;

/** Half a year: how long the EU AI Act has providers and deployers of high-risk systems keep logs (Articles 19 and 26). */
const LOGS_AT_HIGH_RISK = 183 * 86_400;

export const retentionConsistent: Criterion = {
  id: 'DG-05',
  slug: 'retention-is-declared-and-consistent',
  title: 'How long data is kept is decided, and no rule about it breaks another',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLSEC-07', 'EU AI Act Article 19', 'GDPR Article 5'],
  why: 'Without a term data is kept for ever and leaks for ever; with two that do not fit, one duty is broken whatever is done.',
  remediation: 'Decide for each store how long data is needed and allowed, delete it then by itself, and settle terms that contradict each other.',
  effort: 'S',
  falsePositives: 'The term may be set where the store is configured: declare it as `retention` or `ttl`.',
  counts: 'at every stage',
  applies: ({ architecture }) => (componentsOf(architecture, 'store', 'dataset').length === 0 ? 'No store or dataset is declared.' : true),
  *evaluate(context) {
    const { architecture } = context;
    const asked = new Set([...namedBy(context, logOutlivesDelay), ...namedBy(context, historyIsLongEnough)]);
    const open: string[] = [];
    let judged = 0;
    const minima = minimaOf(architecture);
    const conversations = conversationsOf(architecture);
    for (const { component, classes } of holdersOf(architecture)) {
      const conflicts = [...conflictsAt(context, component, among(classes.keys(), PERSONAL), minima.get(component.name) ?? [])];
      yield* conflicts;
      if (among(classes.keys(), PROTECTED).length + among(classes.keys(), PERSONAL).length === 0 && !isLog(component) && !conversations.has(component.name)) continue;
      judged += 1;
      const presence = termOf(architecture, component);
      const planned = plannedInstead(component, 'retention', { message: `What is in ${component.name} is not deleted yet.` });
      if (planned) yield planned;
      else if (presence === 'absent') yield forEver(component);
      else if (presence === 'open') {
        if (!asked.has(component.name)) open.push(component.name);
      } else if (conflicts.length === 0) yield satisfied(component, { evidence: evidenceOf(statementOf(component, 'retention')) });
    }
    if (open.length > 0) yield question(architecture.system, undefined, `After what time is the data of ${listed(open)} deleted? Declare \`retention\`.`);
    else if (judged === 0) yield notApplicable('No store is declared that logs, or that holds data to protect.');
  },
};

const isLog = (component: Holder): boolean => component.kind === 'store' && (component.variant === 'log' || value(component as Component<'store'>, 'layer') === 'logs');

/** Stores into which something that people talk to writes: whatever they said is there, of whatever class. */
function conversationsOf(architecture: Architecture): ReadonlySet<string> {
  const speaking = speakersOf(architecture).filter(({ userFacing }) => userFacing === true);
  const written = speaking.flatMap(({ names }) => [...names]).flatMap((name) => (edgesOf(architecture).out.get(name) ?? []).filter(({ flow }) => flow && ['write', 'read_write'].includes(value(flow, 'access') ?? '')));
  return new Set(written.map(({ to }) => to));
}

function termOf(architecture: Architecture, component: Holder): 'given' | 'absent' | 'open' {
  const stated = [presenceOf(component, 'retention'), ...(component.kind === 'store' ? [presenceOf(component, 'ttl')] : [])];
  if (stated.includes('present') || stated.includes('planned') || stated.includes('not-applicable')) return 'given';
  if (expiryOf(architecture, component) !== undefined || dutiesOn(architecture, 'retention', component).some((duty) => value(duty, 'retention')?.max)) return 'given';
  return stated[0] === 'absent' ? 'absent' : 'open';
}

const forEver = (component: Holder): Outcome =>
  gap(component, {
    at: statementOf(component, 'retention') ? 'retention' : undefined,
    message: `What is in ${component.name} is never deleted.`,
    changes: [{ op: 'set', subject: component.name, property: 'retention', value: exactly(365.25 * 86_400, 's') }],
    remedy: `Decide how long the data of ${component.name} is needed, and let it expire; a year is set here as a starting point.`,
    impact: 'What is not kept cannot leak',
  });

/** A time for which something must be kept, and who needs it. */
interface Minimum {
  readonly seconds: number;
  readonly because: string;
  readonly span?: Component;
}

/** Terms that the data of a store must outlast, apart from policies. */
function minimaOf(architecture: Architecture): ReadonlyMap<string, readonly Minimum[]> {
  const found = new Map<string, Minimum[]>();
  const add = (name: string, minimum: Minimum): void => {
    found.set(name, [...(found.get(name) ?? []), minimum]);
  };
  for (const { labels, delay, store } of truthJoins(architecture)) if (delay && store) add(store.name, { seconds: delay.high, because: `${labels.name} arrives after ${formatQuantity(delay)}`, span: labels });
  if (value(architecture.system, 'risk_class') === 'high') for (const store of componentsOf(architecture, 'store')) if (isLog(store)) add(store.name, { seconds: LOGS_AT_HIGH_RISK, because: 'logs of a high-risk system are kept for half a year at least' });
  return found;
}

function* conflictsAt({ architecture }: Context, component: Holder, personal: readonly DataClass[], minima: readonly Minimum[]): Iterable<Outcome> {
  const kept = value(component as Component<'store'>, 'retention') ?? (component.kind === 'store' ? value(component as Component<'store'>, 'ttl') : undefined);
  const at = statementOf(component, 'retention') ? 'retention' : 'ttl';
  // A term without a list is for what is about people, or for the classes that it names.
  const duties = dutiesOn(architecture, 'retention', component).filter((duty) => value(duty, 'covers') !== undefined || personal.some((name) => classesOf(duty)?.includes(name) ?? true));
  for (const duty of duties) {
    const { min, max } = value(duty, 'retention') ?? {};
    const needs = [...minima, ...duties.flatMap((other) => minimumOf(other))];
    const need = max && needs.find((item) => item.seconds > max.high);
    if (need && max) yield tooEarly(component, duty, max, need);
    if (!kept) continue;
    if (max && kept.low > max.high) yield outside(component, duty, at, kept, `allows ${formatQuantity(max)} at most`, max);
    else if (min && kept.high < min.low) yield outside(component, duty, at, kept, `demands ${formatQuantity(min)} at least`, min);
  }
}

const minimumOf = (duty: Component<'compliance'>): Minimum[] => {
  const min = value(duty, 'retention')?.min;
  return min ? [{ seconds: min.low, because: `${duty.name} demands ${formatQuantity(min)}`, span: duty }] : [];
};

function tooEarly(component: Holder, duty: Component<'compliance'>, max: Quantity, need: Minimum): Outcome {
  const hops = need.span ? [{ component: need.span.name, span: need.span.nameSpan, note: formatDuration(need.seconds) }] : [];
  return contradiction(component, {
    about: `${duty.name}.max`,
    message: `${duty.name} has the data of ${component.name} deleted after ${formatQuantity(max)}, but ${need.because}.`,
    path: [...hops, { component: duty.name, span: duty.nameSpan, note: `at most ${formatQuantity(max)}` }],
    remedy: 'Settle which term holds; keep what is needed for longer apart, without what is about people.',
    changes: [{ op: 'set', subject: duty.name, property: 'retention', value: { ...value(duty, 'retention'), max: exactly(need.seconds, 's') } }],
    impact: 'Both duties can be met',
  });
}

function outside(component: Holder, duty: Component<'compliance'>, at: string, kept: Quantity, rule: string, term: Quantity): Outcome {
  const changes: Change[] = [{ op: 'set', subject: component.name, property: at, value: term }];
  return contradiction(component, {
    about: duty.name,
    at,
    message: `${component.name} keeps data for ${formatQuantity(kept)}, and ${duty.name} ${rule}.`,
    path: [{ component: duty.name, span: duty.nameSpan, note: rule }, { component: component.name, span: component.nameSpan, note: `kept for ${formatQuantity(kept)}` }],
    changes,
    impact: 'The declared term is kept',
  });
}
