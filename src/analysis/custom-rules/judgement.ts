import type { Element, Evidence } from '../../model/architecture.ts';
import type { Edge } from '../../model/graph/edges.ts';

/** What a condition is on a subject. What is not applicable neither helps nor hurts the conditions around it. */
export type Judgement =
  | ({ readonly verdict: 'true' | 'false' } & Proof)
  | { readonly verdict: 'unknown'; readonly open: readonly Open[] }
  | { readonly verdict: 'not-applicable'; readonly because: string };

/** Where it shows. */
export interface Proof {
  /** The property of the subject that decided. */
  readonly at?: string;
  readonly evidence?: readonly Evidence[];
  /** The day by which it is planned. */
  readonly planned?: string;
  /** The component at the other end of a relation. */
  readonly target?: string;
  readonly path?: readonly Edge[];
}

/** What nobody declared. */
export interface Open {
  readonly element: Element;
  readonly property?: string;
  /** What to declare, as a sentence. */
  readonly ask: string;
  /** The file says that it is not known. */
  readonly statedUnknown?: boolean;
}

export const isTrue = (proof: Proof = {}): Judgement => ({ verdict: 'true', ...proof });
export const isFalse = (proof: Proof = {}): Judgement => ({ verdict: 'false', ...proof });
export const isOpen = (...open: readonly Open[]): Judgement => ({ verdict: 'unknown', open });
export const isIrrelevant = (because: string): Judgement => ({ verdict: 'not-applicable', because });

export function negated(judgement: Judgement): Judgement {
  if (judgement.verdict === 'true') return { ...judgement, verdict: 'false' };
  if (judgement.verdict === 'false') return { ...judgement, verdict: 'true' };
  return judgement;
}

/** What decides ends it: one false part of an `and`, one true part of an `or`. */
export function joined(op: 'and' | 'or', parts: Iterable<Judgement>): Judgement {
  const decisive = op === 'and' ? 'false' : 'true';
  const rest: Judgement[] = [];
  const open: Open[] = [];
  let irrelevant: Judgement | undefined;
  for (const part of parts) {
    if (part.verdict === decisive) return part;
    if (part.verdict === 'unknown') open.push(...part.open);
    else if (part.verdict === 'not-applicable') irrelevant ??= part;
    else rest.push(part);
  }
  if (open.length > 0) return isOpen(...open);
  const [first] = rest;
  if (!first) return irrelevant ?? (op === 'and' ? isTrue() : isFalse());
  return { ...first, ...(rest.length > 1 && op === 'and' ? { evidence: sharedEvidence(rest) } : {}) } as Judgement;
}

/** Several things are as well backed as the one that is backed least. */
function sharedEvidence(parts: readonly Judgement[]): readonly Evidence[] | undefined {
  const all = parts.map((part) => ('evidence' in part ? (part.evidence ?? []) : []));
  if (all.some((evidence) => evidence.length === 0)) return undefined;
  return all.find((evidence) => !evidence.some(({ status }) => status === 'found')) ?? all[0];
}
