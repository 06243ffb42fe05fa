import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { isKindAbsent, presenceOf, value } from '../../model/statements.ts';
import type { Speaker } from './speakers.ts';

type Guardrail = Component<'guardrail'>;
export type Side = 'input' | 'output';

/** What is known of the guardrails on one side: one is there, there is none, or nobody says (`open` those that do not say where they stand). */
export interface Guarded {
  readonly state: 'present' | 'absent' | 'undeclared';
  readonly by: readonly Guardrail[];
  readonly open: readonly Guardrail[];
}

const INPUT: ReadonlySet<string> = new Set(['injection']);
const OUTPUT: ReadonlySet<string> = new Set(['grounded', 'policy', 'schema']);

/** Where a guardrail stands: by its sort, else by what can only be looked for there. Undefined where neither tells. */
export function sidesOf(guardrail: Guardrail): ReadonlySet<Side> | undefined {
  if (guardrail.variant === 'both') return new Set(['input', 'output']);
  if (guardrail.variant === 'input' || guardrail.variant === 'output') return new Set([guardrail.variant]);
  const checks = value(guardrail, 'checks') ?? [];
  const sides = new Set<Side>([...(checks.some((check) => INPUT.has(check)) ? ['input' as const] : []), ...(checks.some((check) => OUTPUT.has(check)) ? ['output' as const] : [])]);
  return sides.size > 0 ? sides : undefined;
}

/** Guardrails of a speaker: those that guard it or what stands for it, and those that its requests pass. */
export function guardrailsOf(architecture: Architecture, speaker: Speaker): readonly Guardrail[] {
  let found = cache.get(speaker);
  if (!found) cache.set(speaker, (found = computeGuardrails(architecture, speaker)));
  return found;
}

const cache = new WeakMap<Speaker, readonly Guardrail[]>();

function computeGuardrails(architecture: Architecture, speaker: Speaker): Guardrail[] {
  const graph = edgesOf(architecture);
  const around = [...speaker.names].flatMap((name) => [...(graph.in.get(name) ?? []).map((edge) => edge.from), ...(graph.out.get(name) ?? []).map((edge) => edge.to)]);
  const passed = [...new Set([...around, ...speaker.before])].flatMap((name) => architecture.components.get(name) ?? []);
  return passed.filter((item): item is Guardrail => item.kind === 'guardrail');
}

/** Whether something looks at what goes into a speaker, or at what comes out. */
export function guardedOn(architecture: Architecture, speaker: Speaker, side: Side): Guarded {
  const all = guardrailsOf(architecture, speaker);
  const by = all.filter((guardrail) => sidesOf(guardrail)?.has(side));
  // A check of one side may well be one of both where only what it looks for is said.
  const open = all.filter((guardrail) => !sidesOf(guardrail)?.has(side) && (guardrail.variant === undefined));
  if (by.length > 0) return { state: 'present', by, open };
  const denied = isKindAbsent(architecture, 'guardrail') || [...speaker.names].some((name) => isUnguarded(architecture.components.get(name)));
  if (all.length === 0) return { state: denied ? 'absent' : 'undeclared', by, open };
  return { state: open.length > 0 ? 'undeclared' : 'absent', by, open };
}

const isUnguarded = (component: Component | undefined): boolean => component?.kind === 'service' && presenceOf(component, 'guarded_by') === 'absent';

/** Whether claims without a source are held back: by a guardrail that looks for them. */
export function groundedOn(architecture: Architecture, speaker: Speaker): Guarded {
  const all = guardrailsOf(architecture, speaker);
  const by = all.filter((guardrail) => value(guardrail, 'checks')?.includes('grounded') && presenceOf(guardrail, 'blocking') !== 'absent');
  const open = all.filter((guardrail) => presenceOf(guardrail, 'checks') !== 'present' && guardrail.variant !== 'input');
  if (by.length > 0) return { state: 'present', by, open };
  const side = guardedOn(architecture, speaker, 'output');
  return { state: open.length > 0 || side.state === 'undeclared' ? 'undeclared' : 'absent', by, open };
}
