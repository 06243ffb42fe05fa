import type { Architecture, Component } from '../../model/architecture.ts';
import type { Condition, Selector } from '../../model/custom-rule.ts';
import { componentsOf } from '../../model/statements.ts';
import type { Judgement, Open } from './judgement.ts';

/** The components that a selector means: those that certainly are of it, and those of which it is not known. */
export interface Matches {
  readonly sure: ReadonlySet<string>;
  readonly maybe: ReadonlyMap<string, readonly Open[]>;
}

export type JudgeOf = (component: Component, condition: Condition) => Judgement;

export function matchesOf(architecture: Architecture, { kinds, variant, where, except }: Selector, judge: JudgeOf): Matches {
  const sure = new Set<string>();
  const maybe = new Map<string, readonly Open[]>();
  for (const component of kinds.length === 0 ? architecture.components.values() : componentsOf(architecture, ...kinds)) {
    if (variant !== undefined && component.variant !== undefined && component.variant !== variant) continue;
    const open: Open[] = variant !== undefined && component.variant === undefined ? [{ element: component, ask: `Say which ${component.kind} ${component.name} is, as in ${component.kind} ${component.name} : ${variant}.` }] : [];
    if (except && judge(component, except).verdict === 'true') continue;
    const judged = where ? judge(component, where) : undefined;
    if (judged && judged.verdict !== 'true' && judged.verdict !== 'unknown') continue;
    if (judged?.verdict === 'unknown') open.push(...judged.open);
    if (open.length === 0) sure.add(component.name);
    else maybe.set(component.name, open);
  }
  return { sure, maybe };
}
