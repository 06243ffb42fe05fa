import type { Architecture, DraftValue, Flow, Span } from '../../model/architecture.ts';
import type { TextEdit } from './change-edits.ts';

/** What happens to one arrow of a statement `A -> B -> C`. */
export type ArrowChange = { readonly kind: 'remove' } | { readonly kind: 'set'; readonly property: string; readonly value: DraftValue };

/** Changes of single arrows of chains; a chain is taken apart where one of its arrows changes. */
export class ChainEdits {
  readonly #changes = new Map<Flow, ArrowChange[]>();
  readonly #architecture: Architecture;
  #statements: ReadonlyMap<string, Flow[]> | undefined;
  #named: ReadonlyMap<string, Flow[]> | undefined;

  constructor(architecture: Architecture) {
    this.#architecture = architecture;
  }

  /** The flows from one component to another. */
  between(from: string, to: string): readonly Flow[] {
    this.#named ??= groupBy(this.#architecture.flows, (flow) => `${flow.from}->${flow.to}`);
    return this.#named.get(`${from}->${to}`) ?? [];
  }

  /** Takes the change if the flow is one arrow of several in its statement. */
  take(flow: Flow, change: ArrowChange): boolean {
    if (this.#arrowsOf(flow).length < 2) return false;
    this.#changes.set(flow, [...(this.#changes.get(flow) ?? []), change]);
    return true;
  }

  /** One edit for each chain: its arrows as statements of their own. `print` gives the lines of a flow with further properties. */
  edits(linesOf: (file: string) => readonly string[], print: (flow: Flow, more: Readonly<Record<string, DraftValue>>, indent: string) => string[]): TextEdit[] {
    const chains = new Map([...this.#changes.keys()].map((flow) => [keyOf(flow.span), flow]));
    return [...chains.values()].map((first) => {
      const lines = linesOf(first.span.file);
      const indent = /^\s*/.exec(lines[first.span.range.start.line] ?? '')?.[0] ?? '';
      const statements = this.#arrowsOf(first).flatMap((flow) => {
        const changes = this.#changes.get(flow) ?? [];
        if (changes.some((change) => change.kind === 'remove')) return [];
        const more = Object.fromEntries(changes.flatMap((change) => (change.kind === 'set' ? [[change.property, change.value]] : [])));
        return [print(flow, more, indent).join('\n')];
      });
      return { span: first.span, text: statements.join('\n').slice(statements.length > 0 ? indent.length : 0) };
    });
  }

  #arrowsOf(flow: Flow): readonly Flow[] {
    this.#statements ??= groupBy(this.#architecture.flows, ({ span }) => keyOf(span));
    return this.#statements.get(keyOf(flow.span)) ?? [];
  }
}

const keyOf = ({ file, range }: Span): string => `${file}:${range.start.line}:${range.start.character}`;

function groupBy(flows: readonly Flow[], keyOfFlow: (flow: Flow) => string): Map<string, Flow[]> {
  const groups = new Map<string, Flow[]>();
  for (const flow of flows) {
    const key = keyOfFlow(flow);
    const group = groups.get(key);
    if (group) group.push(flow);
    else groups.set(key, [flow]);
  }
  return groups;
}
