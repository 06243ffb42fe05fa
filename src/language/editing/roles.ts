import type { AstNode } from 'langium';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import { isAcceptance, isCatalogueEntry, isComponent, isDecision, isFlow, isProperty, isRule, isRuleTest, isSystem, isTarget, type Declaration, type Document } from '../generated/ast.ts';
import { lowerCatalogueEntry } from '../lowering/catalogue.ts';
import { lowerComponent, lowerFlow } from '../lowering/elements.ts';
import { lowerProperties } from '../lowering/properties.ts';
import type { Lowering, Role } from '../lowering/reporter.ts';
import { lowerRule } from '../lowering/rules/rule.ts';
import { lowerAcceptance, lowerDecision } from '../lowering/system.ts';
import { lowerTarget } from '../lowering/target.ts';
import { isBody, TEST_SYSTEM, type Body } from '../references/names.ts';
import type { SourceFile } from '../source-file.ts';
import type { Workspace } from './workspace.ts';

/** A declaration of a file, of a system, or of the test of a rule. */
export type Member = Document['members'][number] | Body['members'][number];

/** Every declaration of a file, those in systems and in tests of rules included. */
export function* membersOf(source: SourceFile): Generator<Member> {
  for (const member of source.root.members) {
    yield member;
    if (isSystem(member)) yield* member.members;
    if (isRule(member)) for (const test of member.members) if (isRuleTest(test)) yield* test.members;
  }
}

/** The declaration of the file that holds a syntax node: a component, a flow, a property of the system … */
export function memberOf(node: AstNode): Member | undefined {
  let current: AstNode | undefined = node;
  while (current?.$container && current.$container.$type !== 'Document' && !isBody(current.$container)) current = current.$container;
  return current?.$container ? (current as Member) : undefined;
}

/** What names mean within a declaration. */
export function namesAt(workspace: Pick<Workspace, 'namesIn'>, source: SourceFile, member: AstNode): ReadonlyMap<string, Declaration> {
  return workspace.namesIn(source, isBody(member.$container) ? member.$container : undefined);
}

/**
 * What each word of a declaration is taken for, found by lowering it once more. Words that are part of the form (kind,
 * name, variant) have no role.
 */
export function rolesIn(workspace: Pick<Workspace, 'namesIn' | 'catalogue'>, source: SourceFile, member: Member): ReadonlyMap<AstNode, Role> {
  const roles = new Map<AstNode, Role>();
  const names = namesAt(workspace, source, member);
  const sections = workspace.catalogue() as unknown as Readonly<Record<string, ReadonlyMap<string, unknown>>>;
  const lowering: Lowering = {
    file: source.file,
    problems: [],
    resolve: (name) => names.get(name),
    visibleNames: () => [],
    inCatalogue: (section, name) => sections[section]?.has(name) === true,
    catalogueNames: () => [],
    evidence: () => ({ status: 'unchecked' }),
    note: (node, role) => {
      // The text of a linked property is a path before all else.
      if (!roles.has(node) || role.role === 'evidence') roles.set(node, role);
    },
  };
  lowerMember(lowering, member, names);
  return roles;
}

function lowerMember(lowering: Lowering, member: Member, names: ReadonlyMap<string, Declaration>): void {
  if (isComponent(member)) lowerComponent(lowering, member);
  else if (isFlow(member)) lowerFlow(lowering, member);
  else if (isCatalogueEntry(member)) lowerCatalogueEntry(lowering, member);
  else if (isDecision(member)) lowerDecision(lowering, member);
  else if (isAcceptance(member)) lowerAcceptance(lowering, member, names, isSystem(member.$container) ? member.$container.name : TEST_SYSTEM);
  else if (isTarget(member)) lowerTarget(lowering, member);
  else if (isRule(member)) lowerRule(lowering, { text: '' }, member);
  else if (isProperty(member)) lowerProperties(lowering, [member], vocabulary.forms.system, 'A system');
}
