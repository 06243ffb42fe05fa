/** Number formats that accelerators multiply in; `int8` and `fp8` are different units of most, at the same rate. */
export const PRECISIONS = ['fp32', 'tf32', 'fp16', 'bf16', 'fp8', 'int8', 'fp4', 'int4'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Bytes of one value. Formats of four bits carry a scale for each block of 16 or 32 values (OCP microscaling formats, 2023). */
export const BYTES: Readonly<Record<Precision, number>> = { fp32: 4, tf32: 4, fp16: 2, bf16: 2, fp8: 1, int8: 1, fp4: 0.5625, int4: 0.5625 };

/** What of an accelerator its speed follows from, as its vendor states it. */
export interface Accelerator {
  /** Bytes. */
  readonly memory: number;
  /** Bytes per second between the chip and its memory. */
  readonly bandwidth: number;
  /** Dense operations per second; a multiplication and an addition are two. Formats that it has no units for are left out. */
  readonly peak: Readonly<Partial<Record<Precision, number>>>;
  /** Architecture that the vendor names it after: Turing, Ampere, Hopper … */
  readonly generation: string;
  /** Bytes per second in one direction between it and the others of its machine. */
  readonly link: number;
}

/**
 * Operations per second in a precision: the format’s own, or that of the other of the same width where a vendor
 * quotes one only. Undefined where the accelerator has no such units.
 */
export function peakRate({ peak }: Accelerator, precision: Precision): number | undefined {
  const own = peak[precision];
  if (own !== undefined) return own;
  const twin = TWINS[precision];
  return twin && peak[twin];
}

const TWINS: Readonly<Partial<Record<Precision, Precision>>> = { bf16: 'fp16', fp16: 'bf16', fp8: 'int8' };

/** Whether two accelerators are built alike: a difference of memory size or clock only is a far smaller step than a new architecture. */
export const sameGeneration = (a: Accelerator, b: Accelerator): boolean => a.generation === b.generation;
