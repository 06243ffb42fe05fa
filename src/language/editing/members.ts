import { isAcceptance, isAddition, isCatalogueEntry, isChange, isComponent, isFlow, isProperty, isRemoval, isRule, isSystem, isTarget, type Component, type NameUse, type Property, type Target, type Value } from '../generated/ast.ts';
import type { Named } from './naming.ts';
import type { Member } from './roles.ts';

/** What a declaration of a file declares by name: itself, and what a target adds. What a system holds is not counted to it. */
export function* declaredIn(member: Member): Generator<Named> {
  if (isComponent(member) || isSystem(member) || isCatalogueEntry(member)) yield member;
  if (!isTarget(member)) return;
  yield member;
  for (const addition of member.members) if (isAddition(addition) && addition.component) yield addition.component;
}

/** The components that a target adds, by name; of two with the same name the last, as the lowering has it. */
export function addedIn(target: Target): ReadonlyMap<string, Component> {
  const added = new Map<string, Component>();
  for (const member of target.members) if (isAddition(member) && member.component?.name !== undefined) added.set(member.component.name, member.component);
  return added;
}

/** Every word of a declaration that may name something else. */
export function* usesIn(member: Member): Generator<NameUse | Value> {
  if (isProperty(member)) yield* wordsOf([member]);
  else if (isFlow(member)) {
    yield* member.ends;
    yield* wordsOf(member.properties);
  } else if (isComponent(member)) yield* usesInComponent(member);
  else if (isAcceptance(member)) {
    if (member.subject) yield member.subject;
    if (member.end) yield member.end;
    yield* wordsOf(member.properties);
  } else if (isTarget(member)) yield* usesInTarget(member);
  else if (isRule(member)) yield* wordsOf(member.members.filter(isProperty));
  else if (!isSystem(member)) yield* wordsOf(member.properties);
}

function* usesInComponent({ subject, properties }: Component): Generator<NameUse | Value> {
  if (subject) yield subject;
  yield* wordsOf(properties);
}

function* usesInTarget(target: Target): Generator<NameUse | Value> {
  for (const member of target.members) {
    if (isAddition(member)) {
      if (member.component) yield* usesInComponent(member.component);
      if (member.flow) {
        yield* member.flow.ends;
        yield* wordsOf(member.flow.properties);
      }
    } else if (isRemoval(member)) yield* member.ends;
    else if (isChange(member)) {
      if (member.subject) yield member.subject;
      if (member.end) yield member.end;
      yield* wordsOf(member.properties);
    } else yield* wordsOf([member]);
  }
}

function* wordsOf(properties: readonly Property[]): Generator<Value> {
  for (const { values } of properties) yield* wordsIn(values);
}

function* wordsIn(values: readonly Value[]): Generator<Value> {
  for (const value of values) {
    if (value.ref) yield value;
    if (value.items.length > 0) yield* wordsIn(value.items);
  }
}
