import type { Change, ComponentDraft, DraftValue, Stated, Target } from '../../model/architecture.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type * as ast from '../generated/ast.ts';
import { isAddition, isChange, isComponent, isProperty, isRemoval, isSystem } from '../generated/ast.ts';
import { spanOf } from '../source-file.ts';
import { documentationOf } from './documentation.ts';
import { lowerComponent, lowerFlow, lowerName } from './elements.ts';
import { lowerProperties } from './properties.ts';
import { report, type Lowering } from './reporter.ts';

/** A target state is a list of changes; names that it adds can be used within it. */
export function lowerTarget(outer: Lowering, node: ast.Target): Target {
  const added = new Map(node.members.filter(isAddition).flatMap((addition) => (addition.component?.name === undefined ? [] : [[addition.component.name, addition.component] as const])));
  const lowering: Lowering = { ...outer, resolve: (name) => added.get(name) ?? outer.resolve(name), visibleNames: () => [...added.keys(), ...outer.visibleNames()] };
  const stated = lowerProperties(lowering, node.members.filter(isProperty), vocabulary.forms.target, 'A target');
  const text = (key: string): string | undefined => (stated[key]?.state === 'present' ? String(stated[key].value) : undefined);
  return {
    name: node.name,
    doc: documentationOf(node),
    span: spanOf(lowering.file, node),
    because: text('because'),
    by: text('by'),
    changes: node.members.flatMap((member) => lowerMember(lowering, member)),
  };
}

function lowerMember(lowering: Lowering, member: ast.Target["members"][number]): Change[] {
  if (isAddition(member)) {
    if (member.flow) return lowerFlow(lowering, member.flow).map(({ from, to, properties }) => ({ op: 'add-flow', flow: { from, to, properties: drafts(properties) } }));
    return member.component?.name === undefined ? [] : [{ op: 'add-component', component: draft(lowering, member.component) }];
  }
  if (isRemoval(member)) {
    const names = member.ends.map((end) => lowerName(lowering, end, []));
    if (names.includes(undefined)) return [];
    if (names.length === 1) return [{ op: 'remove-component', name: names[0] ?? '' }];
    return names.slice(1).map((to, index) => ({ op: 'remove-flow', from: names[index] ?? '', to: to ?? '' }));
  }
  if (isChange(member)) return lowerChange(lowering, member);
  return [];
}

function lowerChange(lowering: Lowering, { subject, end, properties }: ast.Change): Change[] {
  const name = subject?.ref?.$refText;
  if (name === undefined) return [];
  if (end) {
    const [from, to] = [lowerName(lowering, subject, []), lowerName(lowering, end, [])];
    if (from === undefined || to === undefined) return [];
    return Object.entries(drafts(lowerProperties(lowering, properties, vocabulary.forms.flow, 'A flow'))).map(([property, value]) => ({ op: 'set-flow', from, to, property, value }));
  }
  const declaration = lowering.resolve(name);
  if (!declaration || !(isComponent(declaration) || isSystem(declaration))) {
    report(lowering, 'unresolved-name', subject, `Nothing is called ${name}; a target changes components of its system, or the system.`);
    return [];
  }
  lowering.note?.(subject, { role: 'reference', name, declaration });
  const table = isSystem(declaration) ? vocabulary.forms.system : (vocabulary.kinds[declaration.kind]?.properties ?? {});
  return Object.entries(drafts(lowerProperties(lowering, properties, table, name))).map(([property, value]) => ({ op: 'set', subject: name, property, value }));
}

function draft(lowering: Lowering, node: ast.Component): ComponentDraft {
  const { kind, name, variant, subject, properties } = lowerComponent(lowering, node);
  return { kind, name, variant, subject, properties: drafts(properties) };
}

function drafts(statements: object): Record<string, DraftValue> {
  return Object.fromEntries(
    Object.entries(statements as Record<string, Stated>).map(([key, stated]) => {
      if (stated.state === 'present') return [key, stated.value];
      const { span: _span, ...literal } = stated;
      return [key, literal];
    }),
  );
}
