import type { Change, Component } from '../../../model/architecture.ts';
import type { Reckoned } from '../../../model/graph/capacity.ts';
import { value } from '../../../model/statements.ts';
import { formatNumber, formatQuantity } from '../../format.ts';
import { contradiction, gap, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { capacityAt, derivation, loadOf, tokensAt, type Load } from '../../serving/load.ts';
import { consumersOf, hasFallback, isInProduction, wayTo, type Service } from '../../serving/services.ts';

/** Requests per second above which it is worth asking what a store can take. */
const WORTH_ASKING = 50;

const DEPENDENCIES: ReadonlySet<string> = new Set(['gateway', 'cache', 'store', 'knowledge', 'source']);

interface Dependency {
  readonly component: Component;
  readonly load: Load;
  readonly capacity?: Reckoned;
}

export const dependenciesKeepUp: Rule = {
  id: 'ML09.4',
  slug: 'dependencies-keep-up',
  title: 'What every answer depends on keeps up with the expected peak',
  type: 'gap',
  severity: 'high',
  why: 'More replicas in front of a store or a provider that is full only move the queue.',
  remediation: 'Raise the tightest dependency first: a cache in front, read replicas, a larger pool, more quota or reserved capacity.',
  effort: 'M',
  falsePositives: 'A cache answers most reads: declare its `hit_rate`. Not every request reads it: declare `share` or `rate` on the flow.',
  *evaluate(context) {
    const dependencies = dependenciesOf(context);
    const limits = dependencies.filter((item) => item.capacity).sort((a, b) => slack(a) - slack(b));
    for (const dependency of dependencies) yield* judge(context, dependency, limits[0] === dependency, limits.length);
  },
};

/** How many times the expected rate a dependency can take. */
const slack = ({ capacity, load }: Dependency): number => (capacity?.value.high ?? 0) / load.expected.high;

function dependenciesOf(context: Context): Dependency[] {
  const { architecture } = context;
  return [...architecture.components.values()].flatMap((component) => {
    const vendor = component.kind === 'service' && component.variant === 'llm_api' && isInProduction(architecture, component as Service);
    if (!vendor && !DEPENDENCIES.has(component.kind)) return [];
    const load = loadOf(context, component.name);
    return load ? [{ component, load, capacity: capacityAt(architecture, component.name) }] : [];
  });
}

function* judge(context: Context, { component, load, capacity }: Dependency, tightest: boolean, limits: number): Iterable<Outcome> {
  const name = component.name;
  if (!capacity) {
    const ask = askCapacity(context, component, load);
    if (ask) yield ask;
    return;
  }
  const takes = `${name} takes ${formatQuantity(capacity.value)} at most (${derivation(capacity)})`;
  if (load.expected.high <= capacity.value.low) {
    if (load.unknown.length === 0) yield satisfied(component, { because: `${takes}, and ${load.reason} is ${formatQuantity(load.expected)}` });
    return;
  }
  if (load.divided) {
    yield question(component, undefined, `Which share of the requests reaches ${name}? It takes ${formatQuantity(capacity.value)}, and ${load.reason} would be ${formatQuantity(load.expected)} in all. Declare \`share\` on the flows that divide them.`);
    return;
  }
  const service = component.kind === 'service' ? (component as Service) : undefined;
  const rank = tightest && limits > 1 ? ` It is the tightest of ${formatNumber(limits)} dependencies with a known capacity.` : '';
  const details: FindingDetails = {
    why: `However many replicas stand in front, no more than ${formatQuantity(capacity.value)} get through ${name}.`,
    message: `${takes}, but ${load.reason} puts ${load.assumed && load.expectedAtLeast.low > capacity.value.high ? `at least ${formatQuantity(load.expectedAtLeast)}` : formatQuantity(load.expected)} on it.${rank}`,
    path: wayTo(context.architecture, name, (hop) => (hop === name ? `takes ${formatQuantity(capacity.value)}` : undefined)),
    changes: largerPool(component, capacity, load),
    mitigated: service !== undefined && hasFallback(context.architecture, service),
    impact: 'The whole way holds the peak, not only the service',
  };
  if (load.certain.low > capacity.value.high) yield contradiction(component, { ...details, message: `${takes}, less than the ${formatQuantity(load.certain)} that reach it at today’s peak.${rank}` });
  else if (load.expectedAtLeast.low > capacity.value.high) yield gap(component, details);
  else yield weak(component, { ...details, severity: 'medium' });
}

/** Connections are configured and not measured, so as many as needed can be asked for. */
function largerPool(component: Component, capacity: Reckoned, load: Load): Change[] {
  if (component.kind !== 'store' || !capacity.formula.startsWith('connections')) return [];
  const store = component as Component<'store'>;
  const [holdTime, own] = [value(store, 'hold_time'), value(store, 'capacity')];
  if (!holdTime || (own && own.low < load.expected.high)) return [];
  return [{ op: 'set', subject: store.name, property: 'connections', value: { low: Math.ceil(load.expected.high * holdTime.high), high: Math.ceil(load.expected.high * holdTime.high), unit: '1' } }];
}

function askCapacity({ architecture }: Context, component: Component, load: Load): Outcome | undefined {
  const name = component.name;
  if (component.kind === 'service') {
    const service = component as Service;
    if (value(service, 'provisioned') === true) return undefined;
    const quota = value(service, 'token_quota');
    const [consumer] = consumersOf(architecture, name);
    if (quota && !tokensAt(architecture, name) && consumer) return question(consumer, 'tokens', `How many tokens does a request of ${consumer.name} use? ${name} allows ${formatQuantity(quota)}; without \`tokens\` nobody knows how many requests that is.`);
    return question(component, 'quota', `How many requests or tokens a minute does the provider of ${name} allow? For ${load.reason} it needs ${formatQuantity(load.expected)}. Declare \`quota\` or \`token_quota\`.`);
  }
  if (load.expected.high < WORTH_ASKING || component.kind === 'source' || component.kind === 'gateway') return undefined;
  return question(component, 'capacity', `How many reads can ${name} take? For ${load.reason} it needs ${formatQuantity(load.expected)}. Declare \`capacity\`${component.kind === 'store' ? ', or `connections` and `hold_time`' : ''}.`);
}
