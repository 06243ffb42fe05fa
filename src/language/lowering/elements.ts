import { GrammarUtils } from 'langium';
import type { Component, Flow, Kind } from '../../model/architecture.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import type * as ast from '../generated/ast.ts';
import { isComponent, type NameUse } from '../generated/ast.ts';
import { nameNode, spanOf } from '../source-file.ts';
import { documentationOf } from './documentation.ts';
import { listed, didYouMean, nearest } from './nearest.ts';
import { lowerProperties } from './properties.ts';
import { report, type Lowering } from './reporter.ts';

export function lowerComponent(lowering: Lowering, node: ast.Component): Component {
  const entry = vocabulary.kinds[node.kind];
  return {
    kind: node.kind as Kind,
    name: node.name,
    variant: lowerVariant(lowering, node, node.kind),
    subject: lowerSubject(lowering, node, entry?.subject),
    doc: documentationOf(node),
    span: spanOf(lowering.file, node),
    nameSpan: spanOf(lowering.file, nameNode(node)),
    properties: lowerProperties(lowering, node.properties, entry?.properties ?? {}, article(node.kind)) as Component['properties'],
  };
}

/** The variant after the colon, if the kind has it; otherwise that is reported. */
export function lowerVariant(lowering: Lowering, node: ast.Component | ast.Change, kind: string): string | undefined {
  const { variant } = node;
  const variants = vocabulary.kinds[kind]?.variants ?? [];
  if (variant === undefined || variants.includes(variant)) return variant;
  const takes = variants.length > 0 ? `It takes ${listed(variants, 20)}.` : 'It takes none.';
  const instead = nearest(variant, variants);
  report(lowering, 'unknown-variant', GrammarUtils.findNodeForProperty(node.$cstNode, 'variant'), `${article(kind)} has no variant ${variant}.${didYouMean(instead)} ${takes}`, { instead });
  return undefined;
}

function lowerSubject(lowering: Lowering, node: ast.Component, kinds: readonly string[] | undefined): string | undefined {
  if (!node.subject) return undefined;
  if (!kinds) {
    report(lowering, 'unexpected-value', node.subject, `${article(node.kind)} is not for something; leave out 'for'.`);
    return undefined;
  }
  return lowerName(lowering, node.subject, kinds);
}

/** One flow for each arrow. An arrow whose ends are not both known is left out; that has been reported. */
export function lowerFlow(lowering: Lowering, node: ast.Flow): Flow[] {
  const ends = node.ends.map((end) => lowerName(lowering, end, []));
  const properties = lowerProperties(lowering, node.properties, vocabulary.forms.flow, 'A flow') as Flow['properties'];
  const span = spanOf(lowering.file, node);
  const doc = documentationOf(node);
  return ends.slice(1).flatMap((to, index) => {
    const from = ends[index];
    if (from === undefined || to === undefined) return [];
    const start = spanOf(lowering.file, node.ends[index]).range.start;
    const end = spanOf(lowering.file, node.ends[index + 1]).range.end;
    return [{ kind: 'flow' as const, name: `${from}->${to}`, from, to, doc, span, nameSpan: { file: lowering.file, range: { start, end } }, properties }];
  });
}

/** The name of a component of one of the kinds (any, if none are given), or undefined; then it has been reported. */
export function lowerName(lowering: Lowering, node: NameUse, kinds: readonly string[]): string | undefined {
  const name = node.ref?.$refText;
  if (name === undefined) return undefined;
  const expected = kinds.length === 0 ? 'a component' : listed(kinds.map((kind) => `a ${kind}`));
  const declaration = lowering.resolve(name);
  if (!declaration) {
    const instead = nearest(name, lowering.visibleNames());
    report(lowering, 'unresolved-name', node, `Nothing is called ${name}; expected ${expected}.${didYouMean(instead)}`, { instead });
    return undefined;
  }
  lowering.note?.(node, { role: 'reference', name, declaration });
  if (isComponent(declaration) && (kinds.length === 0 || kinds.includes(declaration.kind))) return declaration.name;
  report(lowering, 'wrong-kind', node, `${name} is a ${isComponent(declaration) ? declaration.kind : declaration.$type === 'System' ? 'system' : declaration.kind}; expected ${expected}.`);
  return undefined;
}

const article = (kind: string): string => (/^[aeiou]/.test(kind) ? `An ${kind}` : `A ${kind}`);
