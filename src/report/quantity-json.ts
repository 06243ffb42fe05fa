import type { Estimated } from '../analysis/estimation/estimated.ts';

/** A figure: never a bare number. */
export interface QuantityJson {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  readonly provenance: string;
  readonly bound?: string;
  readonly formula: string;
  readonly inputs: readonly { readonly component: string; readonly property: string; readonly low: number; readonly high: number; readonly unit: string }[];
  readonly assumptions: readonly string[];
}

export function quantityJson({ value, low, high, unit, provenance, bound, formula, inputs, assumptions }: Estimated): QuantityJson {
  return {
    value,
    low,
    high,
    unit,
    provenance,
    ...(bound && { bound }),
    formula,
    inputs: inputs.map((input) => ({ component: input.component, property: input.property, low: input.value.low, high: input.value.high, unit: input.value.unit })),
    assumptions,
  };
}
