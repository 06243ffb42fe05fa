import { isCatalogueEntry, isComponent, isRule, isRuleTest, isSystem, type Declaration, type Document, type Rule, type RuleTest, type System } from '../generated/ast.ts';

/** The names that a file declares, and those that are visible within it. One map for each scope, so a look-up is constant. */
export interface NamedFile {
  readonly root: Document;
}

export type ImportResolver<F extends NamedFile> = (from: F, path: string) => F | undefined;

const declared = new WeakMap<Document, ReadonlyMap<string, Declaration>>();

/** Everything that other files can import from this one: its own declarations and the components of its systems. */
export function exportsOf(root: Document): ReadonlyMap<string, Declaration> {
  let names = declared.get(root);
  if (!names) {
    names = collect(root);
    declared.set(root, names);
  }
  return names;
}

function collect(root: Document): Map<string, Declaration> {
  const names = new Map<string, Declaration>();
  const add = (declaration: Declaration): void => {
    if (declaration.name !== undefined && !names.has(declaration.name)) names.set(declaration.name, declaration);
  };
  for (const member of root.members) if (isComponent(member) || isCatalogueEntry(member) || isSystem(member)) add(member);
  for (const member of root.members) if (isSystem(member)) for (const inner of member.members) if (isComponent(inner)) add(inner);
  return names;
}

/** What the names in a file mean at its top level: own top-level declarations first, then imported ones. */
export function namesInFile<F extends NamedFile>(file: F, resolve: ImportResolver<F>): Map<string, Declaration> {
  const names = new Map<string, Declaration>();
  for (const { all, names: wanted, path } of file.root.imports) {
    const target = path === undefined ? undefined : resolve(file, path);
    if (!target) continue;
    const exported = exportsOf(target.root);
    if (all) for (const [name, declaration] of exported) names.set(name, declaration);
    else for (const { ref } of wanted) {
      const declaration = ref && exported.get(ref.$refText);
      if (declaration) names.set(ref.$refText, declaration);
    }
  }
  for (const member of file.root.members) {
    if ((isComponent(member) || isCatalogueEntry(member) || isSystem(member)) && member.name !== undefined) names.set(member.name, member);
  }
  return names;
}

/** What holds the declarations of a system: a system, or the test of a rule. */
export type Body = System | RuleTest;
export const isBody = (node: unknown): node is Body => isSystem(node) || isRuleTest(node);

/** The name of the system that the test of a rule is. */
export const TEST_SYSTEM = 'Test';

/** The rules that a file declares, by their ids. */
export function rulesOf(root: Document): ReadonlyMap<string, Rule> {
  let rules = declaredRules.get(root);
  if (!rules) declaredRules.set(root, (rules = new Map([...root.members].reverse().flatMap((member) => (isRule(member) && member.name !== undefined ? [[member.name, member] as const] : [])))));
  return rules;
}

const declaredRules = new WeakMap<Document, ReadonlyMap<string, Rule>>();

/** What the names within a system mean: its own components first, then the names of the file. */
export function namesInSystem(system: Body, inFile: ReadonlyMap<string, Declaration>): ReadonlyMap<string, Declaration> {
  const names = new Map(inFile);
  if (isSystem(system)) names.set(system.name, system);
  for (const member of [...system.members].reverse()) if (isComponent(member) && member.name !== undefined) names.set(member.name, member);
  return names;
}
