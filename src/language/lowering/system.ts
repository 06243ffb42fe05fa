import type { Absence, Acceptance, Architecture, Component, Decision, Flow, Kind, Target } from '../../model/architecture.ts';
import type { Steps } from '../../model/steps.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type * as ast from '../generated/ast.ts';
import { isAcceptance, isComponent, isDecision, isFlow, isProperty, isSystem, isTarget } from '../generated/ast.ts';
import { isBody, TEST_SYSTEM, type Body } from '../references/names.ts';
import { nameNode, spanOf, type SourceFile } from '../source-file.ts';
import { documentationOf } from './documentation.ts';
import { lowerComponent, lowerFlow } from './elements.ts';
import type { Lowerer } from './lower-project.ts';
import { lowerProperties } from './properties.ts';
import { titleNode } from './rules/rule.ts';
import { report, type Lowering } from './reporter.ts';
import { lowerTarget } from './target.ts';
import { didYouMean, nearest } from './nearest.ts';

/** Declarations between two pauses. */
const PAUSE = 500;

/** Lowers a system, or the test of a rule, with everything that it declares, imports and, through those, refers to. */
export function* lowerSystem(lowerer: Lowerer, source: SourceFile, node: Body): Steps<Architecture> {
  const name = isSystem(node) ? node.name : TEST_SYSTEM;
  const names = lowerer.namesInside(source, node);
  const lowering = lowerer.lowering(source, names);
  const inclusion = new Inclusion(lowerer, lowering);
  const members: readonly Body['members'][number][] = node.members;
  const flows: Flow[] = [];
  for (const [index, member] of members.entries()) {
    if (index % PAUSE === PAUSE - 1) yield;
    if (member.$type === 'Component') inclusion.add(source, member, names);
    else if (member.$type === 'Flow') flows.push(...lowerer.once(member, () => lowerFlow(lowering, member)));
  }
  // What a rule says of its test hangs on nothing but the test.
  if (isSystem(node)) yield* includeWildcards(lowerer, source, inclusion);
  yield;
  for (const flow of flows) {
    inclusion.addByName(names, flow.from);
    inclusion.addByName(names, flow.to);
  }
  yield;
  // Few beside the components and flows, of which there may be thousands.
  const others = members.filter(({ $type }) => $type !== 'Component' && $type !== 'Flow');
  const properties = lowerProperties(lowering, others.filter(isProperty), vocabulary.forms.system, 'A system');
  const decisions = others.filter(isDecision).map((decision) => lowerDecision(lowering, decision));
  for (const { properties: stated } of decisions) if (stated.chosen?.state === 'present') inclusion.addByName(names, stated.chosen.value);
  inclusion.close();
  yield;
  const acceptances = others.filter(isAcceptance).map((acceptance) => lowerAcceptance(lowering, acceptance, inclusion.components, name));
  const targets: Target[] = others.filter(isTarget).map((target) => lowerTarget(inclusion.widened(lowering), target));
  return {
    system: { kind: 'system', name, doc: documentationOf(node), span: spanOf(source.file, node), nameSpan: spanOf(source.file, isSystem(node) ? nameNode(node) : titleNode(node)), properties: properties as Architecture['system']['properties'] },
    components: inclusion.components,
    flows: [...flows, ...inclusion.flows()],
    absences: inclusion.absences,
    decisions,
    acceptances,
    targets,
    catalogue: lowerer.catalogue,
    rules: isSystem(node) ? lowerer.rulesFor(source) : [],
  };
}

/** The components of a system: its own, those that its imports bring, and those that they refer to. */
class Inclusion {
  readonly components = new Map<string, Component>();
  readonly absences = new Map<Kind, Absence>();
  readonly #nodes = new Map<string, ast.Component>();
  readonly #sources = new Set<SourceFile>();
  readonly #waiting: { component: Component; names: ReadonlyMap<string, ast.Declaration> }[] = [];
  readonly #lowerer: Lowerer;
  readonly #own: Lowering;

  constructor(lowerer: Lowerer, own: Lowering) {
    this.#lowerer = lowerer;
    this.#own = own;
  }

  add(source: SourceFile, node: ast.Component, names: ReadonlyMap<string, ast.Declaration>): void {
    if (node.name === undefined) return;
    const lowering = this.#lowerer.lowering(source, names);
    if (node.name === 'none' || node.name === 'unknown') {
      this.absences.set(node.kind as Kind, { state: node.name, span: spanOf(source.file, node) });
      return;
    }
    const earlier = this.#nodes.get(node.name);
    if (earlier === node) return;
    if (earlier) {
      const place = this.components.get(node.name)?.nameSpan;
      const where = place ? ` in ${this.#lowerer.project.display(place.file)}, line ${place.range.start.line + 1}` : '';
      report(lowering, 'duplicate-name', nameNode(node), `${node.name} is already declared${where}. Names are unique within a system; rename one.`);
      return;
    }
    if (node.name.includes('.')) report(lowering, 'reserved-name', nameNode(node), `A name has no dots; ${node.name.replaceAll('.', '_')} would do.`);
    const component = this.#lowerer.once(node, () => lowerComponent(lowering, node));
    this.#nodes.set(node.name, node);
    this.#sources.add(source);
    this.components.set(node.name, component);
    this.#waiting.push({ component, names });
  }

  /** Includes what a name means, where it was declared outside the system. */
  addByName(names: ReadonlyMap<string, ast.Declaration>, name: string): void {
    const declaration = names.get(name);
    if (!declaration || this.#nodes.get(name) === declaration || !isComponent(declaration)) return;
    const source = this.#lowerer.sourceOf(declaration);
    if (!source) return;
    const scope = this.#lowerer.scopeOf(source);
    this.add(source, declaration, isBody(declaration.$container) ? this.#lowerer.namesInside(source, declaration.$container) : scope.names);
  }

  /** A target may also change what the system has only because something that it imports refers to it. */
  widened(lowering: Lowering): Lowering {
    return { ...lowering, resolve: (name) => lowering.resolve(name) ?? this.#nodes.get(name) };
  }

  /** Follows the references of what is included until nothing new comes in. */
  close(): void {
    for (let next = this.#waiting.pop(); next; next = this.#waiting.pop()) {
      for (const name of referencedNames(next.component)) this.addByName(next.names, name);
    }
  }

  /** Flows of other files both of whose ends are included. */
  flows(): Flow[] {
    const flows: Flow[] = [];
    for (const source of this.#sources) {
      const scope = this.#lowerer.scopeOf(source);
      for (const member of source.root.members) {
        if (isFlow(member) && this.#hasAll(member)) flows.push(...lowerFlow(this.#lowerer.lowering(source, scope.names), member));
        if (isSystem(member) && source.file !== this.#own.file) {
          const names = this.#lowerer.namesInside(source, member);
          for (const inner of member.members) if (isFlow(inner) && this.#hasAll(inner)) flows.push(...lowerFlow(this.#lowerer.lowering(source, names), inner));
        }
      }
    }
    return flows;
  }

  #hasAll(flow: ast.Flow): boolean {
    return flow.ends.every((end) => end.ref !== undefined && this.components.has(end.ref.$refText));
  }
}

function* includeWildcards(lowerer: Lowerer, source: SourceFile, inclusion: Inclusion): Steps<void> {
  for (const { all, path } of source.root.imports) {
    const target = all && path !== undefined ? lowerer.project.resolve(source, path) : undefined;
    if (!target) continue;
    const scope = lowerer.scopeOf(target);
    for (const member of target.root.members) {
      if (isComponent(member)) inclusion.add(target, member, scope.names);
      if (isSystem(member)) {
        const names = lowerer.namesInside(target, member);
        for (const inner of member.members) if (isComponent(inner)) inclusion.add(target, inner, names);
      }
    }
    yield;
  }
}

const references = new WeakMap<Component, readonly string[]>();

/** The names that the properties of a component refer to, as the vocabulary types them. */
function referencedNames(component: Component): readonly string[] {
  let names = references.get(component);
  if (!names) references.set(component, (names = findReferences(component)));
  return names;
}

function findReferences(component: Component): string[] {
  const table = vocabulary.kinds[component.kind]?.properties ?? {};
  const names: string[] = component.subject === undefined ? [] : [component.subject];
  for (const [key, stated] of Object.entries(component.properties)) {
    const type = table[key]?.value;
    if (stated?.state !== 'present' || !type) continue;
    if (type.type === 'reference') names.push(stated.value as string);
    if (type.type === 'references') names.push(...(stated.value as string[]));
    if (type.type === 'record') {
      for (const [field, { value }] of Object.entries(type.fields)) {
        const inner = (stated.value as Record<string, unknown>)[field];
        if (value.type === 'reference' && typeof inner === 'string') names.push(inner);
      }
    }
  }
  return names;
}

export function lowerDecision(lowering: Lowering, node: ast.Decision): Decision {
  const properties = lowerProperties(lowering, node.properties, vocabulary.forms.decision, 'A decision') as Decision['properties'];
  return { title: node.title, doc: documentationOf(node), span: spanOf(lowering.file, node), properties };
}

export function lowerAcceptance(lowering: Lowering, node: ast.Acceptance, components: { has(name: string): boolean; keys(): Iterable<string> }, system: string): Acceptance {
  const properties = lowerProperties(lowering, node.properties, vocabulary.forms.acceptance, 'An acceptance') as Acceptance['properties'];
  const names = [node.subject, node.end].flatMap((use) => (use?.ref ? [use.ref.$refText] : []));
  for (const use of [node.subject, node.end]) {
    const name = use?.ref?.$refText;
    if (use && name !== undefined) {
      const declaration = lowering.resolve(name);
      if (declaration) lowering.note?.(use, { role: 'reference', name, declaration });
    }
    if (name === undefined || name === system || components.has(name)) continue;
    const instead = nearest(name, components.keys());
    report(lowering, 'unresolved-name', use, `Nothing in ${system} is called ${name}.${didYouMean(instead)}`, { instead });
  }
  return { rule: node.rule, subject: names.length > 0 ? names.join('->') : undefined, span: spanOf(lowering.file, node), properties };
}
