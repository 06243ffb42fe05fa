import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { exactly, middle, quantityOf } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import { bytesKept, OBJECT_STORAGE_LIST_PRICE } from '../../estimation/cost/monitoring.ts';
import { formatNumber, formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, weak, type Context, type Criterion } from '../../rule.ts';
import { meanLoadOf } from '../../serving/mean-load.ts';
import { consumersOf } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';

type Store = Component<'store'>;

/** Stores to which something is added with each request; an index that is made of documents grows with these. */
const growing = (architecture: Architecture): Store[] =>
  componentsOf(architecture, 'store').filter((store) => store.variant === 'log' || value(store, 'layer') === 'logs' || (edgesOf(architecture).in.get(store.name) ?? []).some((edge) => edge.payload === 'predictions' && (edge.via?.property === 'logs_to' || store.variant === 'vector')));

export const growthIsBounded: Criterion = {
  id: 'COST-07',
  slug: 'growth-is-bounded',
  title: 'Logs, stored features and vectors are kept for so long, and that is paid for',
  type: 'gap',
  severity: 'low',
  sources: ['AWS ML Lens (2023) MLSUS-05', 'AWS ML Lens (2023) MLCOST-07'],
  pack: 'cost',
  why: 'What is added with every request and never deleted costs more each month, and is slower to search and harder to delete later.',
  remediation: 'Say how long each is kept, move what is old to cheaper storage, and delete the rest.',
  effort: 'S',
  falsePositives: 'A law may ask that all is kept: declare that time as `retention`.',
  applies: ({ architecture }) => (growing(architecture).length > 0 ? true : 'No log and no index is declared that grows.'),
  *evaluate(context: Context) {
    const { architecture } = context;
    const open: Store[] = [];
    for (const store of growing(architecture)) {
      const kept = value(store, 'retention') ?? value(store, 'ttl');
      const grows = bytesAMonth(context, store);
      if (kept) {
        const bytes = grows === undefined ? undefined : bytesKept({ predictionsPerMonth: grows, bytesPerPrediction: 1, retentionSeconds: middle(kept) });
        const [cost, budget] = [bytes === undefined ? undefined : (bytes / 1e9) * OBJECT_STORAGE_LIST_PRICE, value(store, 'budget')];
        if (cost !== undefined && bytes !== undefined && budget?.unit === 'USD/month' && cost > budget.high) {
          yield weak(store, { at: 'retention', message: `${store.name} grows to ${inBytes(bytes)} in the ${formatQuantity(kept)} that it is kept: about ${formatNumber(Math.round(cost))} USD a month at the list price of object storage, where ${formatQuantity(budget)} are planned.`, changes: value(store, 'retention') ? [{ op: 'set', subject: store.name, property: 'retention', value: rounded((middle(kept) * budget.low) / cost) }] : [], impact: 'What is kept is what is paid for' });
        } else yield satisfied(store, { because: `${store.name} keeps ${formatQuantity(kept)}`, evidence: evidenceOf(statementOf(store, 'retention') ?? statementOf(store, 'ttl')) });
      } else if (presenceOf(store, 'retention') === 'absent' && presenceOf(store, 'ttl') !== 'present') {
        yield gap(store, { at: statementOf(store, 'retention') ? 'retention' : undefined, message: `${store.name} grows without an end${grows === undefined ? '' : `, by ${inBytes(grows)} a month`}: nothing is ever deleted from it.`, changes: [{ op: 'set', subject: store.name, property: 'retention', value: quantityOf(1, 'year', 'duration') }], impact: 'A store that stops growing' });
      } else if (presenceOf(store, 'retention') === 'undeclared' && !(componentsOf(architecture, 'labels').length > 0 && isPredictionLog(architecture, store))) open.push(store);
    }
    const [first] = open;
    if (first) yield question(first, 'retention', `For how long ${open.length === 1 ? 'does' : 'do'} ${listed(open.map(({ name }) => name))} keep what is added with every request?`);
  },
};

/** ML15.2 asks how long predictions are kept where their truth is to arrive. */
const isPredictionLog = (architecture: Architecture, store: Store): boolean => (edgesOf(architecture).in.get(store.name) ?? []).some((edge) => edge.payload === 'predictions');

const inBytes = (bytes: number): string => formatQuantity(exactly(Number(bytes.toPrecision(2)), 'B'));

/** As many whole days as the money lasts for, at least one. */
const rounded = (seconds: number) => quantityOf(Math.max(1, Math.floor(seconds / 86_400)), 'day', 'duration');

/** What the services that log into a store add in a month, where traffic and size of a request are declared. */
function bytesAMonth(context: Context, store: Store): number | undefined {
  const { architecture } = context;
  const loggers = componentsOf(architecture, 'service').filter((service) => value(service, 'logs_to') === store.name);
  let sum = 0;
  for (const service of loggers) {
    const load = meanLoadOf(context, service.name);
    const payloads = consumersOf(architecture, service.name).flatMap((consumer) => value(consumer, 'payload') ?? []);
    if (!load || payloads.length === 0) return undefined;
    sum += middle(load.value) * SECONDS_PER_MONTH * Math.max(...payloads.map(middle));
  }
  return loggers.length > 0 ? sum : undefined;
}
