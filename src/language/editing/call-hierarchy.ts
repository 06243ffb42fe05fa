import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall } from 'vscode-languageserver-types';
import type { Position, Range } from '../../model/architecture.ts';
import { isAddition, isComponent, isFlow, isSystem, type Component, type Flow, type NameUse } from '../generated/ast.ts';
import { spanOf, type SourceFile } from '../source-file.ts';
import { meaningOf, nameAt, nameRange } from './naming.ts';
import { membersOf } from './roles.ts';
import { componentDetail, symbolKindOf } from './symbols.ts';
import type { Workspace } from './workspace.ts';

/** What an item carries, so that its component is found again after edits. */
interface Identity {
  readonly file: string;
  readonly system?: string;
  readonly name: string;
}

/** The component at a position, whose flows can be followed. */
export function prepareCallHierarchy(workspace: Workspace, source: SourceFile, position: Position): CallHierarchyItem[] {
  const named = nameAt(workspace, source, position)?.named;
  // What a target adds does not flow yet.
  if (!named || !isComponent(named) || isAddition(named.$container)) return [];
  const item = itemOf(workspace, named);
  return item ? [item] : [];
}

/** Where data comes from: the flows that end at the component, those of other files included. */
export function incomingFlows(workspace: Workspace, item: CallHierarchyItem): CallHierarchyIncomingCall[] {
  const component = componentOf(workspace, item);
  if (!component) return [];
  const calls = new Map<string, CallHierarchyIncomingCall>();
  for (const arrow of arrowsIn(workspace, component.name, 'to')) {
    const from = meaningOf(workspace, arrow.source, arrow.to) === component ? meaningOf(workspace, arrow.source, arrow.from) : undefined;
    const caller = from && isComponent(from) ? itemOf(workspace, from) : undefined;
    if (!caller) continue;
    const key = `${arrow.source.file}\n${JSON.stringify(caller.data)}`;
    const known = calls.get(key);
    if (known) known.fromRanges.push(arrow.range);
    else calls.set(key, { from: inFileOf(arrow, caller), fromRanges: [arrow.range] });
  }
  return [...calls.values()];
}

/** Where data goes: the flows that start at the component. */
export function outgoingFlows(workspace: Workspace, item: CallHierarchyItem): CallHierarchyOutgoingCall[] {
  const component = componentOf(workspace, item);
  if (!component) return [];
  const calls = new Map<string, CallHierarchyOutgoingCall>();
  for (const arrow of arrowsIn(workspace, component.name, 'from')) {
    const to = meaningOf(workspace, arrow.source, arrow.from) === component ? meaningOf(workspace, arrow.source, arrow.to) : undefined;
    const called = to && isComponent(to) ? itemOf(workspace, to) : undefined;
    if (!called) continue;
    const key = JSON.stringify(called.data);
    const known = calls.get(key) ?? { to: called, fromRanges: [] };
    calls.set(key, known);
    // An editor looks for these ranges in the file of the item and nowhere else.
    if (arrow.source.file === item.uri) known.fromRanges.push(arrow.range);
  }
  return [...calls.values()].map(({ to, fromRanges }) => ({ to, fromRanges: fromRanges.length > 0 ? fromRanges : [item.selectionRange] }));
}

interface Arrow {
  readonly source: SourceFile;
  readonly flow: Flow;
  readonly from: NameUse;
  readonly to: NameUse;
  /** From the first name to the second. */
  readonly range: Range;
}

/** The arrows of all files one end of which is called so. */
function* arrowsIn(workspace: Workspace, name: string, end: 'from' | 'to'): Generator<Arrow> {
  for (const source of workspace.files()) {
    if (!source.text.includes(name)) continue;
    for (const flow of membersOf(source)) {
      if (!isFlow(flow)) continue;
      for (const [index, to] of flow.ends.entries()) {
        const from = flow.ends[index - 1];
        if (!from || { from, to }[end].ref?.$refText !== name) continue;
        yield { source, flow, from, to, range: { start: spanOf(source.file, from).range.start, end: spanOf(source.file, to).range.end } };
      }
    }
  }
}

function itemOf(workspace: Workspace, component: Component): CallHierarchyItem | undefined {
  const source = workspace.sourceOf(component);
  const selectionRange = source && nameRange(source, component);
  if (!selectionRange) return undefined;
  const system = isSystem(component.$container) ? component.$container.name : undefined;
  const data: Identity = { file: source.file, name: component.name, ...(system === undefined ? {} : { system }) };
  return { name: component.name, kind: symbolKindOf(component), detail: componentDetail(component), uri: source.file, range: spanOf(source.file, component).range, selectionRange, data };
}

/** The ranges of a call are looked for in the file of the caller; where the flow is written elsewhere, that place stands for the caller. */
function inFileOf({ source, flow, from }: Arrow, caller: CallHierarchyItem): CallHierarchyItem {
  if (source.file === caller.uri) return caller;
  return { ...caller, uri: source.file, range: spanOf(source.file, flow).range, selectionRange: spanOf(source.file, from).range };
}

function componentOf(workspace: Workspace, { data }: CallHierarchyItem): Component | undefined {
  const identity = data as Partial<Identity> | undefined;
  const source = typeof identity?.file === 'string' ? workspace.file(identity.file) : undefined;
  if (!source) return undefined;
  for (const member of membersOf(source)) {
    if (!isComponent(member) || member.name !== identity?.name) continue;
    if ((isSystem(member.$container) ? member.$container.name : undefined) === identity.system) return member;
  }
  return undefined;
}
