import type { AstNode } from 'langium';
import { isAddress, isMarkdown, pathOf } from '../evidence.ts';
import { isAcceptance, isCatalogueEntry, isChange, isComponent, isDecision, isFlow, isProperty, isSystem, isTarget, isValue, type Property } from '../generated/ast.ts';
import type { Role } from '../lowering/reporter.ts';
import { propertyDoc, type Owner } from './documentation.ts';
import { decoded } from './file-names.ts';
import { code, plain } from './markdown.ts';

/** What a path or address stands for: the statement that it backs, or that names it, and what sort of file it is. Files are not opened for it. */
export function evidenceText(roles: ReadonlyMap<AstNode, Role>, owner: Owner, file: string, node: AstNode, target: string): string[] {
  const statement = statementText(roles, owner, node);
  return [...(statement === undefined ? [] : [statement]), targetText(file, target)];
}

/** `throughput 4 req/s`, and whose it is. Several properties may share the line: the one that counts is the last before the path. */
function statementText(roles: ReadonlyMap<AstNode, Role>, owner: Owner, node: AstNode): string | undefined {
  const property = node.$container;
  if (!isValue(node) || !property || !isProperty(property)) return undefined;
  const at = property.values.indexOf(node);
  const { from, key } = keyBefore(roles, property, at);
  const words = property.values.slice(from, at);
  const keyword = words.findIndex((value) => value.ref?.$refText === 'evidence');
  const whose = ownerText(property.$container);
  if (keyword < 0) {
    const doc = propertyDoc(owner, key)?.doc;
    return `**${plain(key)}** of ${code(whose)}${doc === undefined ? '' : `: ${plain(doc)}`}`;
  }
  const stated = [key, ...words.slice(0, keyword).map((value) => value.$cstNode?.text ?? '')].join(' ');
  return `Evidence for ${code(stated)} of ${code(whose)}.`;
}

/** The last key before a value of a line, and the index of the first value after it. */
function keyBefore(roles: ReadonlyMap<AstNode, Role>, { key, values }: Property, at: number): { readonly from: number; readonly key: string } {
  for (let index = at - 1; index >= 0; index -= 1) {
    const value = values[index];
    const role = value && roles.get(value);
    if (role?.role === 'key') return { from: index + 1, key: role.property };
  }
  return { from: 0, key };
}

/** Whose properties they are, as it is declared. */
function ownerText(node: AstNode): string {
  if (isSystem(node) || isTarget(node)) return `${isSystem(node) ? 'system' : 'target'} ${node.name}`;
  if (isComponent(node) || isCatalogueEntry(node)) return `${node.kind} ${node.name}`;
  if (isFlow(node)) return node.ends.map(({ ref }) => ref.$refText).join(' -> ');
  if (isChange(node)) return [node.subject, node.end].flatMap((use) => use?.ref.$refText ?? []).join(' -> ');
  if (isDecision(node)) return `decision ${node.title}`;
  return isAcceptance(node) ? `accept ${node.rule}` : '';
}

function targetText(file: string, target: string): string {
  if (isAddress(target)) {
    const host = /^https?:/i.test(target) && URL.canParse(target) ? new URL(target).host : '';
    return `${host === '' ? 'An address' : `A page of ${plain(host)}`}. Addresses are not looked up.`;
  }
  const path = pathOf(target);
  const heading = isMarkdown(path) && target.length > path.length + 1 ? `, under the heading ${code(decoded(target.slice(path.length + 1)))}` : '';
  const from = plain(decoded(file.slice(file.lastIndexOf('/') + 1)));
  return `${code(path.slice(path.lastIndexOf('/') + 1))} is ${sortOf(path)}${heading}. The path is relative to ${from}.`;
}

/** By the end of their names; others are just files. */
const SORTS: Readonly<Record<string, string>> = {
  md: 'a Markdown document', markdown: 'a Markdown document', txt: 'a text', pdf: 'a PDF document', html: 'a web page', docx: 'a Word document',
  py: 'a Python program', ipynb: 'a Jupyter notebook', r: 'an R program', sql: 'a query in SQL', sh: 'a shell script', scala: 'a Scala program', java: 'a Java program', go: 'a Go program', ts: 'a TypeScript program', js: 'a JavaScript program',
  yaml: 'a YAML file', yml: 'a YAML file', json: 'a JSON file', toml: 'a TOML file', tf: 'a Terraform configuration', dockerfile: 'a container build file',
  avsc: 'an Avro schema', proto: 'a Protocol Buffers schema', csv: 'a table (CSV)', parquet: 'a table (Parquet)', xlsx: 'an Excel workbook', log: 'a log',
  png: 'a picture', jpg: 'a picture', jpeg: 'a picture', svg: 'a picture', mlarch: 'an architecture',
};

function sortOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  if (name === '') return 'a folder';
  const end = name.slice(name.lastIndexOf('.') + 1);
  return Object.hasOwn(SORTS, end) ? (SORTS[end] ?? 'a file') : 'a file';
}
