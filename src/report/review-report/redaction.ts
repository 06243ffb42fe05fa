import { checklist } from '../../analysis/checklist.ts';
import { figuresOf } from '../../analysis/figures.ts';
import type { Finding, Question } from '../../analysis/finding.ts';
import type { Rule } from '../../analysis/rule.ts';
import type { Architecture, Catalogue, CatalogueEntry, Span } from '../../model/architecture.ts';
import type { Document } from '../document/block.ts';
import { DOCS_BASE, PROJECT_URL } from '../links.ts';
import { aliasesOf, isBundled, textsOf, titlesOf } from './redacted-texts.ts';
import type { ReportSubject } from './subject.ts';

/**
 * What people outside the company see, as in a data room. Nothing of a file is shown but kinds, words of the vocabulary,
 * numbers and the name of the system: components are called by kind and number (`service 1`), since nobody can tell from a
 * name whether it tells something; texts are withheld; findings say what their rule asks for and not what breaks it.
 *
 * It is done to the subject, before a section reads it, so that no section can cut a name to a piece that nobody finds
 * again. The finished document goes through `redactDocument` too.
 */
export function redactSubject(subject: ReportSubject): ReportSubject {
  if (originals.has(subject.context.architecture)) return subject;
  const { context, review, provenance, pictures: _drawn, redact: _wanted, ...rest } = subject;
  const mapped = mapDeep({ ...rest, architecture: context.architecture, review: { ...review, figures: undefined } }, replacer(subject), new Map()) as Omit<ReportSubject, 'context'> & { readonly architecture: Architecture };
  const { architecture, ...others } = mapped;
  originals.set(architecture, subject);
  const found = (): ReturnType<typeof review.figures> => figuresOf({ ...context, architecture });
  // Pictures have names in them, cut to fit: they are drawn again, from the subject that comes back.
  return { ...others, context: { ...context, architecture }, review: { ...mapped.review, figures: found }, provenance: { ...provenance, files: [] }, pictures: new Map(), redact: true };
}

/** What a redacted system was before. */
const originals = new WeakMap<Architecture, ReportSubject>();

/** The last look at a document: no name or text of the file, no address, and no link but to the pages of the rules. */
export function redactDocument(document: Document, subject: ReportSubject): Document {
  const replace = replacer(originals.get(subject.context.architecture) ?? subject);
  return mapDeep(document, (text, key) => (key === 'href' ? (text.startsWith('#') || isOurs(text) ? text : '') : KEPT.has(key) ? text : withoutAddresses(replace(text, key))), new Map()) as Document;
}

const isOurs = (url: string): boolean => url.startsWith(DOCS_BASE) || url.startsWith(PROJECT_URL) || url.startsWith('http://www.w3.org/');

/** Fields of a document that are no texts: what links point to, and kinds. */
const KEPT: ReadonlySet<string> = new Set(['kind', 'id', 'date', 'language', 'severity', 'align', 'tone', 'width']);

type Replace = (text: string, key: string) => string;

/** `ML09.3@Shop.service 1` looks like an address and is none. */
const FINDING_ID = /^(?:ML\d\d(?:\.\d+)?|[A-Z]+-\d\d)@/;

const ADDRESSES = [
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s"<>]+/gi,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
  /\b\d{1,3}(?:\.\d{1,3}){3}\b(?::\d+)?/g,
  /(?:^|(?<=[\s("'`]))(?:\.{0,2}\/)?(?:[\w.-]+\/)+[\w.-]+\.[a-z]{1,6}(?::\d+)?/gi,
  /\b[\w-]+\.mlarch(?::\d+)?/g,
];

/** Names in the markup of pictures have slashes too: only what is no tag is looked at. */
const withoutAddresses = (text: string): string => {
  const clean = (part: string): string => ADDRESSES.reduce((rest, pattern) => rest.replaceAll(pattern, (found) => (isOurs(found) || FINDING_ID.test(found) ? found : 'withheld')), part);
  return text.startsWith('<svg') ? text.replaceAll(/>([^<>]+)</g, (_, words: string) => `>${clean(words)}<`) : clean(text);
};

/** Fields of plain data that hold words of the program and no text of the file. */
const STRUCTURE: ReadonlySet<string> = new Set(['rule', 'check', 'checks', 'severity', 'type', 'kind', 'op', 'state', 'unit', 'provenance', 'payload', 'mode', 'property', 'bound', 'verdict', 'headline', 'category', 'size', 'origin', 'quadrant', 'percentile', 'currency', 'today', 'digest', 'commit', 'version', 'svg']);

/** Finds every name and text of a file in a text, the longest first, and puts what stands for it. */
function replacer(subject: ReportSubject): Replace {
  const { target, declared, context } = subject;
  const architectures = [context.architecture, ...[...(target ? [target] : []), ...declared].map(({ state }) => state.architecture)];
  const stands = new Map<string, string>([...titlesOf(context.architecture), ...architectures.map(textsOf).flatMap((texts) => [...texts]), ...aliasesOf(architectures, addedBy(subject))]);
  stands.delete(context.architecture.system.name);
  const found = [...stands.keys()].filter((text) => text.trim().length > 1).sort((a, b) => b.length - a.length);
  const pattern = found.length === 0 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}_])(?:${found.map(escaped).join('|')})(?![\\p{L}\\p{N}_])`, 'gu');
  return (text, key) => (STRUCTURE.has(key) && key !== 'svg' ? text : stands.get(text) ?? (pattern ? text.replaceAll(pattern, (match) => stands.get(match) ?? 'withheld') : text));
}

/** What remedies would add has names that are made from those of the file. */
const addedBy = ({ review, roadmap }: ReportSubject) => [...review.findings.flatMap(({ remedy }) => remedy.changes), ...[...roadmap.top, ...roadmap.backlog].flatMap(({ action }) => action.changes)].flatMap((change) => (change.op === 'add-component' ? [change.component] : []));

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const rules: ReadonlyMap<string, Rule> = new Map(checklist.flatMap((check) => check.rules.map((rule) => [rule.id, rule])));
const NOWHERE: Span = { file: '', range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };

/** What a rule says in general stands for what it says of this system. */
function generalFinding(finding: Finding): Finding {
  const rule = rules.get(finding.rule);
  const remedy = { ...finding.remedy, title: rule?.remediation ?? 'See the rule.', impact: checklist.find(({ id }) => id === finding.check)?.title ?? '' };
  return { ...finding, message: `Not met: ${rule?.title ?? finding.rule}.`, why: rule?.why ?? '', span: NOWHERE, path: [], remedy };
}

const isFinding = (value: object): value is Finding => 'remedy' in value && 'severity' in value && 'message' in value;
const isQuestion = (value: object): value is Question => !('remedy' in value) && 'rule' in value && 'message' in value && 'value' in value && 'component' in value;
const isSpan = (value: object): value is Span => 'file' in value && 'range' in value;
/** An action carries the title and the reach of the remedy of its gravest finding. */
const isAction = (value: object): value is { readonly title: string; readonly findings: readonly Finding[] } => 'prerequisites' in value && 'findings' in value && 'title' in value;

/** Maps every text of plain data, in maps and lists too; what occurs in two places stays one thing. */
function mapDeep(value: unknown, replace: Replace, done: Map<object, unknown>, key = ''): unknown {
  if (typeof value === 'string') return replace(value, key);
  if (typeof value !== 'object' || value === null) return value;
  const known = done.get(value);
  if (known !== undefined) return known;
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    done.set(value, list);
    for (const item of value) list.push(mapDeep(item, replace, done, key));
    return list;
  }
  if (value instanceof Map) {
    const map = new Map<unknown, unknown>();
    done.set(value, map);
    for (const [name, item] of value) map.set(mapDeep(name, replace, done), mapDeep(item, replace, done));
    return map;
  }
  if (value instanceof Set) {
    const set = new Set<unknown>([...value].map((item) => mapDeep(item, replace, done)));
    done.set(value, set);
    return set;
  }
  if (isSpan(value)) return NOWHERE;
  const general: object = isFinding(value) ? generalFinding(value) : isQuestion(value) ? { ...value, message: `To be answered: ${rules.get(value.rule)?.title ?? value.rule}.` } : isAction(value) ? { ...value, title: rules.get(value.findings[0]?.rule ?? '')?.remediation ?? value.title } : value;
  const copy: Record<string, unknown> = {};
  done.set(value, copy);
  for (const name of Object.keys(general)) {
    // Names of parts of what a file declares: evidence says only whether it was found.
    const item = (general as Record<string, unknown>)[name];
    if (name === 'catalogue') copy[name] = catalogueOf(item as Catalogue, replace, done);
    else if (name === 'evidence' && Array.isArray(item)) copy[name] = item.map(({ status }: { status: string }) => ({ target: 'withheld', status }));
    else copy[name] = mapDeep(item, replace, done, name);
  }
  return copy;
}

/** What comes with the program stays as it is; what a file adds is looked through. */
function catalogueOf(catalogue: Catalogue, replace: Replace, done: Map<object, unknown>): unknown {
  return Object.fromEntries(Object.entries(catalogue).map(([section, entries]: [string, ReadonlyMap<string, CatalogueEntry>]) => [section, new Map([...entries].map(([name, entry]) => (isBundled(entry) ? [name, entry] : [replace(name, ''), mapDeep(entry, replace, done)]) as [string, unknown]))]));
}
