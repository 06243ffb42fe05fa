import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROBLEM_CODES } from '../../src/language/problem.ts';
import { dimensions } from '../../src/model/units.ts';
import type { ValueType } from '../../src/model/value-type.ts';
import { LAYERS, type Shape } from '../../src/model/vocabulary/kind.ts';
import { propertyRegistry, type PropertyMeta } from '../../src/model/vocabulary/property.ts';
import { common } from '../../src/model/vocabulary/common.ts';
import { catalogueKinds, forms, kinds } from '../../src/model/vocabulary/vocabulary.ts';

const intro = readFileSync(path.join(import.meta.dirname, 'language-introduction.md'), 'utf8').trim();

/** The reference of the language, from the vocabulary; only its introduction is written by hand. */
export function languageReference(): string {
  const byLayer = LAYERS.map((layer) => {
    const own = Object.entries(kinds).filter(([, kind]) => kind.layer === layer);
    return `## The ${layer} layer\n\n${own.map(([name, kind]) => kindSection(name, kind)).join('\n\n')}`;
  });
  return [
    intro,
    `## The system\n\n${table(forms.system)}`,
    `## Every component\n\nThese properties are taken by all kinds.\n\n${table(common)}`,
    ...byLayer,
    `## Flows\n\n\`A -> B\` declares a flow; \`A -> B -> C\` two. Payload and mode are derived from the kinds of the ends where they are not stated.\n\n${table(forms.flow)}`,
    `## Acceptances\n\n\`accept ML18 on Scorer { … }\` or \`accept ML11.4 on A -> B { … }\`. All of reason, owner and expiry are needed.\n\n${table(forms.acceptance)}`,
    `## Decisions\n\n${table(forms.decision)}`,
    `## Target states\n\n${table(forms.target)}`,
    `## Entries of the catalogue\n\n${Object.entries(catalogueKinds).map(([name, kind]) => `### ${name}\n\n${kind.doc}\n\n${code(kind.example)}\n\n${table(kind.properties)}`).join('\n\n')}`,
    `## Units\n\n| Quantity | Units |\n| --- | --- |\n${Object.values(dimensions).map(({ title, units }) => `| ${title} | ${Object.keys(units).map((unit) => `\`${unit}\``).join(' ') || 'none'} |`).join('\n')}`,
    `## Messages\n\n| Code | Meaning |\n| --- | --- |\n${Object.entries(PROBLEM_CODES).map(([name, doc]) => `| \`${name}\` | ${doc} |`).join('\n')}`,
  ].join('\n\n') + '\n';
}

interface KindLike {
  readonly doc: string;
  readonly variants?: Readonly<Record<string, string>>;
  readonly subject?: readonly string[];
  readonly example: string;
  readonly properties: Shape;
}

function kindSection(name: string, kind: KindLike): string {
  const variants = Object.entries(kind.variants ?? {});
  const own = Object.fromEntries(Object.entries(kind.properties).filter(([key, schema]) => (common as Shape)[key] !== schema));
  return [
    `### ${name}`,
    kind.doc,
    code(kind.example),
    ...(variants.length > 0 ? [`Variants: ${variants.map(([word, doc]) => `\`${word}\` (${lower(doc)})`).join(', ')}.`] : []),
    ...(kind.subject && kind.subject.length > 0 ? [`\`for\` names a ${kind.subject.join(', ')}.`] : []),
    table(own),
  ].join('\n\n');
}

const code = (text: string): string => `\`\`\`mlarch\n${text}\n\`\`\``;
const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '');

function table(shape: Shape): string {
  const rows = Object.entries(shape).map(([key, schema]) => {
    const meta = propertyRegistry.get(schema);
    if (!meta) throw new Error(`${key} has no metadata`);
    const more = [meta.default === undefined ? '' : ` Default: ${meta.default}.`, meta.example === undefined ? '' : ` Example: \`${escape(meta.example)}\``].join('');
    return `| \`${key}\` | ${valueOf(meta)} | ${escape(meta.doc)}${more} |`;
  });
  return `| Property | Value | Meaning |\n| --- | --- | --- |\n${rows.join('\n')}`;
}

const escape = (text: string): string => text.replaceAll('|', String.raw`\|`);

function valueOf(meta: PropertyMeta): string {
  const words = Object.entries(meta.members ?? {}).map(([word, doc]) => `\`${word}\` ${lower(doc)}`).join('; ');
  return escape(meta.members ? `${typeName(meta.value)}: ${words}` : typeName(meta.value));
}

function typeName(type: ValueType): string {
  switch (type.type) {
    case 'quantity':
      return dimensions[type.dimension].title;
    case 'quantities':
      return `list of ${dimensions[type.dimension].title}s`;
    case 'flag':
      return '`yes` or `no`';
    case 'choice':
      return 'one of';
    case 'choices':
      return 'list of';
    case 'keys':
      return 'properties';
    case 'text':
      return 'text';
    case 'texts':
      return 'texts';
    case 'names':
      return 'words of your own';
    case 'date':
      return 'date';
    case 'time':
      return 'time of day';
    case 'reference':
      return `name of a ${type.kinds.join(', ') || 'component'}${type.members ? ', or one of' : ''}`;
    case 'references':
      return `names of ${type.kinds.join(', ') || 'components'}`;
    case 'catalogue':
      return `${type.section} of the [catalogue](catalogue.md)`;
    case 'record':
      return Object.entries(type.fields).map(([name, { value }]) => (name === type.positional ? fieldName(value, name) : `\`${name}\` ${fieldName(value, name)}`)).join(', ');
  }
}

function fieldName(value: ValueType, name: string): string {
  if (value.type === 'choice') return value.members.map((word) => `\`${word}\``).join(' or ');
  return value.type === 'text' ? 'text' : typeName(value).replace(/^$/, name);
}
