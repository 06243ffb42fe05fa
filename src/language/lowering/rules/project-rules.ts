import { GrammarUtils } from 'langium';
import type { CustomRule } from '../../../model/custom-rule.ts';
import { TEST_OUTCOMES, type RuleTest, type TestOutcome } from '../../../model/rule-test.ts';
import type { Steps } from '../../../model/steps.ts';
import { isRule, isRuleTest, type Rule } from '../../generated/ast.ts';
import { rulesOf } from '../../references/names.ts';
import { nameNode, spanOf, type SourceFile } from '../../source-file.ts';
import type { Lowerer } from '../lower-project.ts';
import { didYouMean, listed, nearest } from '../nearest.ts';
import { report } from '../reporter.ts';
import { lowerSystem } from '../system.ts';
import { lowerRule, titleNode } from './rule.ts';

/** The rules of all files of a project, and which of them apply where. */
export interface ProjectRules {
  /** By id. */
  readonly all: readonly CustomRule[];
  /** Those that apply to the systems of a file: its own, those of files that it imports as a whole, those it imports by id, and those of packs. */
  appliedIn(source: SourceFile): readonly CustomRule[];
}

/** `packs` are files whose rules apply everywhere. */
export function rulesOfProject(lowerer: Lowerer, packs: readonly string[]): ProjectRules {
  const byNode = new Map<Rule, CustomRule>();
  const byId = new Map<string, { readonly node: Rule; readonly source: SourceFile }>();
  for (const source of lowerer.project.files.values()) {
    const lowering = lowerer.lowering(source, lowerer.scopeOf(source).names);
    for (const node of source.root.members) {
      if (!isRule(node)) continue;
      const rule = lowerer.once(node, () => lowerRule(lowering, source, node));
      const first = byId.get(node.name);
      if (first) report(lowering, 'duplicate-name', nameNode(node), `${node.name} is already a rule: ${lowerer.project.display(first.source.file)}, line ${spanOf(first.source.file, first.node).range.start.line + 1}. No two rules of a project share an id.`);
      else if (node.name !== undefined) byId.set(node.name, { node, source });
      if (rule && !first) byNode.set(node, rule);
    }
  }
  const applied = new Map<SourceFile, readonly CustomRule[]>();
  const everywhere = packs.flatMap((file) => lowerer.project.files.get(file) ?? []);
  const appliedIn = (source: SourceFile): readonly CustomRule[] => {
    let rules = applied.get(source);
    if (!rules) applied.set(source, (rules = inOrder([...nodesFor(lowerer, [source, ...everywhere])].flatMap((node) => byNode.get(node) ?? []))));
    return rules;
  };
  return { all: inOrder([...byNode.values()]), appliedIn };
}

/** A file that imports another as a whole passes its rules on, so that a pack can be made of packs. */
function nodesFor({ project }: Lowerer, sources: readonly SourceFile[]): Set<Rule> {
  const nodes = new Set<Rule>();
  const files = new Set(sources);
  for (const source of files) {
    for (const node of rulesOf(source.root).values()) nodes.add(node);
    for (const { all, names, path } of source.root.imports) {
      const target = path === undefined ? undefined : project.resolve(source, path);
      if (!target) continue;
      if (all) files.add(target);
      for (const { ref } of names) {
        const node = ref && rulesOf(target.root).get(ref.$refText);
        if (node) nodes.add(node);
      }
    }
  }
  return nodes;
}

/** The tests of the rules of a file, each lowered as a system of its own. */
export function* lowerRuleTests(lowerer: Lowerer, source: SourceFile, rules: ProjectRules): Steps<RuleTest[]> {
  const byName = new Map(rules.all.map((rule) => [rule.id, rule]));
  const tests: RuleTest[] = [];
  for (const node of source.root.members) {
    if (!isRule(node)) continue;
    const rule = byName.get(node.name);
    for (const test of node.members) {
      if (!isRuleTest(test) || test.title === undefined) continue;
      const architecture = yield* lowerSystem(lowerer, source, test);
      const expects = outcomeOf(lowerer, source, test);
      if (rule?.nameSpan.file === source.file && expects) tests.push({ rule, title: test.title, expects, architecture: { ...architecture, system: { ...architecture.system, properties: { ...DEFAULTS(architecture.system.nameSpan), ...architecture.system.properties } }, rules: [rule] }, span: spanOf(source.file, test), nameSpan: spanOf(source.file, titleNode(test)) });
    }
  }
  return tests;
}

const DEFAULTS = (span: RuleTest['span']) => ({ stage: { state: 'present', value: 'production', span }, criticality: { state: 'present', value: 'high', span } }) as const;

function outcomeOf(lowerer: Lowerer, source: SourceFile, node: { readonly outcome: string; readonly $cstNode?: Rule['$cstNode'] }): TestOutcome | undefined {
  const known = TEST_OUTCOMES.find((outcome) => outcome === node.outcome);
  if (known || node.outcome === undefined) return known;
  const instead = nearest(node.outcome, TEST_OUTCOMES);
  report(lowerer.lowering(source, lowerer.scopeOf(source).names), 'unknown-word', GrammarUtils.findNodeForProperty(node.$cstNode, 'outcome'), `Expected one of ${listed(TEST_OUTCOMES)} but found ${node.outcome}.${didYouMean(instead)}`, { instead });
  return undefined;
}

const inOrder = (rules: readonly CustomRule[]): CustomRule[] => [...rules].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
