import type { CostTotal } from '../analysis/estimation/cost/tree.ts';
import type { MeasureNext } from '../analysis/estimation/measure-next.ts';
import type { Tail, WhatIf } from '../analysis/estimation/what-if.ts';
import { quantityJson } from './quantity-json.ts';

/** Techniques with what they would change, for programs. Without a `saving` nobody can say what is saved. */
export const whatIfJson = (offers: readonly WhatIf[]): object[] => offers.map(offerJson);

function offerJson({ component, techniques, edits, capacity, ways, cost, fewer, saving, accuracy, provenance, assumptions }: WhatIf): object {
  const currency = cost.before?.currency ?? cost.after?.currency;
  return {
    component,
    techniques,
    edits,
    capacity: { ...(capacity.before && { before: quantityJson(capacity.before) }), ...(capacity.after && { after: quantityJson(capacity.after) }) },
    ways: ways.map(({ from, to, before, after }) => ({ from, to, before: tailJson(before), after: tailJson(after) })),
    cost: { ...(cost.before && { before: amountJson(cost.before) }), ...(cost.after && { after: amountJson(cost.after) }) },
    ...(fewer && { fewer: { replicas: fewer.replicas, before: fewer.before, cost: amountJson(fewer.cost), ways: fewer.ways.map(tailJson) } }),
    ...(saving !== undefined && { saving: { value: saving, unit: `${currency ?? 'USD'}/month` } }),
    ...(accuracy !== undefined && { accuracy }),
    provenance,
    assumptions,
  };
}

const tailJson = ({ p99, overloaded, verdict }: Tail): object => ({ ...(p99 && { p99: quantityJson(p99) }), ...(overloaded.length > 0 && { overloaded }), ...(verdict && { verdict }) });

const amountJson = ({ value, low, high, currency, provenance, bound }: CostTotal): object => ({ value, low, high, unit: `${currency}/month`, provenance, ...(bound && { bound }) });

const UNITS = { bottleneck: '1', latency: 's', cost: 'money/month' } as const;

/** What to measure next, for programs. A band without `high` is only a lower bound. */
export const measureNextJson = (list: readonly MeasureNext[]): object[] =>
  list.map(({ component, property, narrows, way, from, to, how }) => ({ component, property, narrows, ...(way && { way }), ...(from && { from }), ...(to && { to }), unit: UNITS[narrows], how }));
