import type { Architecture, Component, Flow, Kind, Span, Stated } from '../../../src/model/architecture.ts';
import { exactly, type Quantity } from '../../../src/model/quantity.ts';

/** Builds architectures from plain values, without the language. */

const span: Span = { file: 'test.mlarch', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };

/** Wraps plain values as stated ones; `null` becomes `none`, and `{ state }` stays as it is. */
function statements(properties: Record<string, unknown>): Record<string, Stated> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, held]) => {
      if (held === null) return [name, { state: 'none', span }];
      const isStated = typeof held === 'object' && 'state' in held;
      return [name, isStated ? ({ ...held, span } as Stated) : { state: 'present', value: held, span }];
    }),
  );
}

export interface Part {
  readonly name: string;
  readonly component?: Component;
  readonly flow?: Flow;
}

/** `component('service : realtime', 'Scorer', { serves: ['M'] })` */
export function component(kind: string, name: string, properties: Record<string, unknown> = {}): Part {
  const [head, variant] = kind.split(' : ');
  return { name, component: { kind: head as Kind, name, variant, properties: statements(properties), span, nameSpan: span } as Component };
}

/** `flow('A -> B', { mode: 'sync' })`; of a chain each hop gets the properties. */
export function flow(chain: string, properties: Record<string, unknown> = {}): Part[] {
  const names = chain.split(' -> ');
  return names.slice(1).map((to, at) => {
    const from = names[at] as string;
    return { name: `${from}->${to}`, flow: { kind: 'flow', name: `${from}->${to}`, from, to, properties: statements(properties), span, nameSpan: span } };
  });
}

export function architecture(...parts: readonly (Part | Part[] | { system: Record<string, unknown> } | Partial<Pick<Architecture, 'catalogue'>>)[]): Architecture {
  const flat = parts.flat() as (Part & { system?: Record<string, unknown>; catalogue?: Architecture['catalogue'] })[];
  const system = flat.find((part) => part.system)?.system ?? {};
  return {
    system: { kind: 'system', name: 'System', properties: statements(system), span, nameSpan: span },
    components: new Map(flat.flatMap((part) => (part.component ? [[part.name, part.component] as const] : []))),
    flows: flat.flatMap((part) => part.flow ?? []),
    absences: new Map(),
    decisions: [],
    acceptances: [],
    targets: [],
    catalogue: flat.find((part) => part.catalogue)?.catalogue ?? { technology: new Map(), accelerator: new Map(), instance: new Map(), llm: new Map() },
    rules: [],
  };
}

/** The component of that name, as one of its kind. */
export const at = <K extends Kind>(built: Architecture, name: string): Component<K> => built.components.get(name) as Component<K>;

export const seconds = (low: number, high = low): Quantity => ({ low, high, unit: 's' });
export const ms = (low: number, high = low): Quantity => seconds(low / 1000, high / 1000);
export const rate = (low: number, high = low): Quantity => ({ low, high, unit: 'req/s' });
export const share = (low: number, high = low): Quantity => ({ low, high, unit: '1' });
export const number = (value: number): Quantity => exactly(value, '1');
