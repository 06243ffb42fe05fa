import { formatQuantity, formatShare } from '../../../analysis/format.ts';
import type { Component, Quantity, Stated, SystemElement } from '../../../model/architecture.ts';
import { printStated } from '../../../model/print-value.ts';
import { presenceOf, statementOf } from '../../../model/statements.ts';
import { vocabulary } from '../../../model/vocabulary.generated.ts';
import type { DimensionName } from '../../../model/units.ts';
import type { ValueType } from '../../../model/value-type.ts';
import type { Inline } from '../../document/block.ts';
import { code } from '../words.ts';

type Holder = Component | SystemElement;

/** What the file says of a property, as it stands there; where it says nothing, the property that would. Evidence is left out: its paths are not for everybody. */
export function said(holder: Holder, property: string): Inline[] {
  const stated = statementOf(holder, property);
  switch (stated?.state) {
    case 'present':
      return [code(printed(holder, property, stated))];
    case 'none':
      return ['none, as declared'];
    case 'unknown':
      return ['not known to the team (', code(property), ' of ', code(holder.name), ')'];
    case 'planned':
      return [`planned by ${stated.by}`];
    case 'not-applicable':
      return [`does not apply: ${stated.because}`];
    case undefined:
      return presenceOf(holder, property) === 'absent' ? ['none, as declared'] : notSaid(holder.name, property);
  }
}

/** Whether the file gives a value. */
export const says = (holder: Holder, property: string): boolean => statementOf(holder, property)?.state === 'present';

/** `not declared (replicas of Scorer)` */
export const notSaid = (holder: string, property: string): Inline[] => ['not declared (', code(property), ' of ', code(holder), ')'];

/** A value as people read it. */
export function printed(holder: Holder, property: string, stated: Stated & { readonly state: 'present' }): string {
  const table = holder.kind === 'system' ? vocabulary.forms.system : (vocabulary.kinds[holder.kind]?.properties ?? {});
  const type = table[property]?.value;
  if (property === 'slo' && type?.type === 'record') return promiseText(stated.value as Readonly<Record<string, Quantity>>, (name) => type.fields[name]?.value);
  if (type?.type === 'quantity') return quantityText(type.dimension, stated.value as Quantity);
  return printStated(type, { state: 'present', value: stated.value, span: stated.span });
}

/** What is promised has a direction that the value alone does not show. */
function promiseText(slo: Readonly<Record<string, Quantity>>, typeOf: (name: string) => ValueType | undefined): string {
  const parts = Object.entries(slo).map(([name, quantity]) => {
    const type = typeOf(name);
    return `${name} ${AT_LEAST.has(name) ? '≥' : '≤'} ${type?.type === 'quantity' ? quantityText(type.dimension, quantity) : formatQuantity(quantity)}`;
  });
  return parts.join(', ');
}

const AT_LEAST: ReadonlySet<string> = new Set(['availability', 'throughput', 'tokens']);

/** As people say it; providers count tokens by the minute. */
function quantityText(dimension: DimensionName, quantity: Quantity): string {
  if (dimension === 'ratio') return formatShare(quantity);
  if (dimension === 'token_rate') return formatQuantity({ low: quantity.low * 60, high: quantity.high * 60, unit: 'tokens/min' });
  return formatQuantity(quantity);
}

/** Names of components, each as code: `A, B and C`. */
export function named(names: readonly string[]): Inline[] {
  return names.flatMap((name, index): Inline[] => [...(index === 0 ? [] : [index === names.length - 1 ? ' and ' : ', ']), code(name)]);
}

/** Pieces of text with something between them. */
export const joined = (parts: readonly (readonly Inline[])[], between = ', '): Inline[] => parts.flatMap((part, index): Inline[] => [...(index === 0 ? [] : [between]), ...part]);

/** A sentence in which names of properties stand between backquotes. */
export const coded = (text: string): Inline[] => text.split('`').flatMap((part, index): Inline[] => (part === '' ? [] : [index % 2 === 0 ? part : code(part)]));
