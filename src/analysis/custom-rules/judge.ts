import type { Architecture, Component, Element } from '../../model/architecture.ts';
import type { Condition, Selector } from '../../model/custom-rule.ts';
import { isIrrelevant, joined, negated, type Judgement } from './judgement.ts';
import { matchesOf, type Matches } from './matches.ts';
import { judgeProperty } from './property.ts';
import { judgeEveryPath, judgeRelation, judgeSome, type RelationHost } from './relations.ts';

/** Judges conditions on the elements of one architecture; what selectors mean and what reaches what is worked out once. */
export interface Judge {
  (element: Element, condition: Condition): Judgement;
  readonly matches: (selector: Selector) => Matches;
}

const judges = new WeakMap<Architecture, Judge>();

export function judgeOf(architecture: Architecture): Judge {
  let judge = judges.get(architecture);
  if (!judge) judges.set(architecture, (judge = newJudge(architecture)));
  return judge;
}

function newJudge(architecture: Architecture): Judge {
  const kept = new Map<object, Map<string, unknown>>();
  const once = <T>(key: object, name: string, make: () => T): T => {
    let values = kept.get(key);
    if (!values) kept.set(key, (values = new Map()));
    if (!values.has(name)) values.set(name, make());
    return values.get(name) as T;
  };
  const matches = (selector: Selector): Matches => once(selector, 'matches', () => matchesOf(architecture, selector, judge));
  const host: RelationHost = { architecture, matches, once };
  const judge = (element: Element, condition: Condition): Judgement => {
    switch (condition.op) {
      case 'and':
      case 'or':
        return joined(condition.op, judgedOneByOne(element, condition.parts));
      case 'not':
        return negated(judge(element, condition.part));
      case 'some':
        return judgeSome(host, condition.selector);
      case 'related':
        return isComponent(element) ? judgeRelation(host, element, condition) : isIrrelevant('Only components have relations.');
      case 'every-path':
        return isComponent(element) ? judgeEveryPath(host, element, condition) : isIrrelevant('Only components have relations.');
      default:
        return judgeProperty(element, condition);
    }
  };
  function* judgedOneByOne(element: Element, parts: readonly Condition[]): Generator<Judgement> {
    for (const part of parts) yield judge(element, part);
  }
  return Object.assign(judge, { matches });
}

const isComponent = (element: Element): element is Component => element.kind !== 'system' && element.kind !== 'flow';
