import { GrammarUtils } from 'langium';
import type { Change, ComponentDraft, DraftValue, Stated, Target } from '../../model/architecture.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import type * as ast from '../generated/ast.ts';
import { isAddition, isChange, isComponent, isProperty, isRemoval, isSystem } from '../generated/ast.ts';
import { spanOf } from '../source-file.ts';
import { documentationOf } from './documentation.ts';
import { lowerComponent, lowerFlow, lowerName, lowerVariant } from './elements.ts';
import { lowerProperties } from './properties.ts';
import { changeTable, REMOVE } from './removal.ts';
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

function lowerChange(lowering: Lowering, node: ast.Change): Change[] {
  const { subject, end } = node;
  const name = subject?.ref?.$refText;
  if (name === undefined) return [];
  if (end) return lowerFlowChange(lowering, node, end);
  const declaration = lowering.resolve(name);
  if (!declaration || !(isComponent(declaration) || isSystem(declaration))) {
    report(lowering, 'unresolved-name', subject, `Nothing is called ${name}; a target changes components of its system, or the system.`);
    return [];
  }
  lowering.note?.(subject, { role: 'reference', name, declaration });
  if (saysNothing(node)) report(lowering, 'missing-value', node, `Say what changes: change ${name} { … }${isComponent(declaration) ? `, or change ${name} : variant` : ''}.`);
  const table = isSystem(declaration) ? vocabulary.forms.system : (vocabulary.kinds[declaration.kind]?.properties ?? {});
  const { stated, removed } = lowerBlock(lowering, node, table, name);
  return [
    ...variantChange(lowering, node, declaration, name),
    ...removed.map((property) => ({ op: 'unset' as const, subject: name, property })),
    ...Object.entries(stated).map(([property, value]) => ({ op: 'set' as const, subject: name, property, value })),
  ];
}

/** Neither braces nor a variant. */
const saysNothing = ({ variant, $cstNode }: ast.Change): boolean => variant === undefined && $cstNode?.text.includes('{') !== true;

function lowerFlowChange(lowering: Lowering, node: ast.Change, end: ast.NameUse): Change[] {
  const [from, to] = [lowerName(lowering, node.subject, []), lowerName(lowering, end, [])];
  if (from === undefined || to === undefined) return [];
  if (saysNothing(node)) report(lowering, 'missing-value', node, `Say what changes: change ${from} -> ${to} { … }.`);
  const { stated, removed } = lowerBlock(lowering, node, vocabulary.forms.flow, 'A flow');
  if (removed.length > 0) report(lowering, 'unexpected-value', node, `Nothing can be taken out of a flow; state none, or take the flow out and add it anew: remove ${from} -> ${to}, add ${from} -> ${to}.`);
  return Object.entries(stated).map(([property, value]) => ({ op: 'set-flow', from, to, property, value }));
}

function variantChange(lowering: Lowering, node: ast.Change, declaration: ast.Component | ast.System, subject: string): Change[] {
  if (node.variant === undefined) return [];
  if (isSystem(declaration)) {
    report(lowering, 'unknown-variant', GrammarUtils.findNodeForProperty(node.$cstNode, 'variant'), 'A system has no variants.');
    return [];
  }
  const variant = lowerVariant(lowering, node, declaration.kind);
  return variant === undefined ? [] : [{ op: 'set-variant', subject, variant }];
}

/** What the block of a change states and what it takes out. */
function lowerBlock(lowering: Lowering, { properties }: ast.Change, table: PropertyTable, owner: string): { stated: Record<string, DraftValue>; removed: readonly string[] } {
  const { [REMOVE]: removal, ...statements } = lowerProperties(lowering, properties, changeTable(table), owner);
  const removed = removal?.state === 'present' ? [...new Set(removal.value as string[])] : [];
  for (const key of removed) {
    const both = statements[key];
    if (both) lowering.problems.push({ severity: 'error', code: 'contradictory-values', message: `${key} is stated and taken out in one change.`, span: both.span });
  }
  return { stated: drafts(statements), removed };
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
