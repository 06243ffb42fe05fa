import { annexIv, type AnnexSection } from '../../analysis/compliance/annex-iv.ts';
import type { Architecture, Component } from '../../model/architecture.ts';
import type { Block, Document, Inline, Section } from '../document/block.ts';
import { markdownOf } from '../document/markdown.ts';
import type { Wanted } from '../declared/gathered.ts';
import { saidText } from '../declared/said.ts';
import { coded } from '../review-report/design/declared.ts';
import { code, paragraph, plural, strong } from '../review-report/words.ts';
import { decisionBlocks, targetBlocks } from './changes.ts';
import { pointsTable } from './points.ts';
import { placeOf, toldOf } from './told.ts';
import { isAbsent, TOPICS, type Topic } from './topics.ts';

/** The sections that a description of an architecture can say something of. */
const COVERED: ReadonlySet<number> = new Set([1, 2, 3, 6, 9]);

/**
 * A start of the technical documentation that Annex IV of the AI Act asks for, in Markdown: what the file declares with its place, and what it does not
 * declare. It judges nothing.
 *
 * @param date As in 2026-11-21; without it the document holds none.
 */
export function annexIvText(architecture: Architecture, tool: { readonly name: string; readonly version: string }, date = ''): string {
  const { system } = architecture;
  const sections = annexIv(architecture);
  const document: Document = {
    title: `Technical documentation of ${system.name}: a start`,
    subtitle: 'For Annex IV of Regulation (EU) 2024/1689 (AI Act)',
    date,
    language: 'en',
    sections: [readFirst(architecture, sections), ...sections.filter(({ number }) => COVERED.has(number)).map((section) => block(architecture, section))],
    footer: `Written by ${tool.name} ${tool.version} from what ${system.span.file} and the files around it declare.`,
  };
  return markdownOf(document, () => '');
}

function readFirst({ system }: Architecture, sections: readonly AnnexSection[]): Section {
  const covered = sections.filter(({ number }) => COVERED.has(number));
  const points = covered.flatMap((section) => section.points);
  const open = points.filter(({ state }) => state !== 'declared').length;
  const riskClass = saidText(system, 'risk_class');
  return {
    id: 'read-first',
    title: 'Read this first',
    blocks: [
      { kind: 'note', tone: 'warning', text: ['This is a pre-fill for whoever writes the documentation, and no legal advice. It repeats what the file declares; it does not check whether that is true, enough, or what the law means by it.'] },
      { kind: 'list', items: [
        { text: [`It covers blocks ${listed(covered)} of Annex IV.`] },
        { text: [`It does not cover blocks ${listed(sections.filter(({ number }) => !COVERED.has(number)))}; somebody has to write those.`] },
        { text: [`Of ${plural(points.length, 'point')} that it looks for, the file declares ${points.length - open} and leaves ${open} open.`] },
        { text: [riskClass === undefined ? 'The file does not say which class of risk the system has' : `By the file the system has this class of risk: ${riskClass}`, '. Whether the annex applies is not decided here.'] },
      ] },
      paragraph('Places are shown as ', code('file:line'), '. ', strong('Not declared'), ' means that nobody said anything, not that it does not exist.'),
    ],
  };
}

const listed = (sections: readonly AnnexSection[]): string => sections.map(({ number, title }) => `${number} (${title.charAt(0).toLowerCase()}${title.slice(1)})`).join(', ').replace(/, (?=[^,]*$)/, ' and ');

const OF_SYSTEM: Readonly<Record<number, readonly Wanted[]>> = {
  1: [['Purpose', 'purpose'], ['Provider', 'provider'], ['Owner', 'owner'], ['Version', 'version'], ['What happens with its output', 'decisions'], ['Whom or what it touches', 'affects'], ['Area of Annex III', 'area'], ['Class of risk', 'risk_class'], ['Stage', 'stage']],
  2: [['What happens with its output', 'decisions']],
  6: [['Version', 'version'], ['Last change', 'changed']],
  9: [['A fall in quality is noticed within', 'detect_within'], ['Service is restored within', 'recovery_target']],
};

function block(architecture: Architecture, section: AnnexSection): Section {
  const { number, title } = section;
  const wanted = OF_SYSTEM[number] ?? [];
  const own: Section[] = wanted.length > 0 ? [{ id: `block-${number}-system`, title: 'The system', blocks: toldOf(architecture.system, wanted) }] : [];
  const changes: Section[] = [
    ...(number === 2 || number === 6 ? [{ id: `block-${number}-decisions`, title: number === 2 ? 'Design choices and their reasons' : 'Decisions that changed it', blocks: decisionBlocks(architecture) }] : []),
    ...(number === 2 || number === 6 ? [{ id: `block-${number}-planned`, title: 'Changes that are planned', blocks: targetBlocks(architecture) }] : []),
  ];
  const topics = (TOPICS[number] ?? []).map((topic): Section => ({ id: `block-${number}-${topic.id}`, title: topic.title, blocks: topicBlocks(architecture, topic) }));
  return { id: `block-${number}`, title: `${number}. ${title}`, blocks: [pointsTable(section)], sections: [...own, ...topics, ...changes] };
}

function topicBlocks(architecture: Architecture, topic: Topic): Block[] {
  const { components, wanted, ifSaid = [], otherwise } = topic;
  const found = components(architecture);
  const toDeclare: Inline[] = [strong('Not declared'), '. Declare ', ...coded(otherwise.declare), '.'];
  const reason = found.length === 0 ? topic.unless?.(architecture) : undefined;
  if (reason !== undefined) return [paragraph(reason)];
  if (found.length === 0) return [isAbsent(architecture, topic) ? paragraph('None, as declared.') : paragraph(...toDeclare)];
  // A component that says nothing of a topic whose properties are all optional is named once, at the end.
  const speaking = found.filter((component) => wanted.length > 0 || ifSaid.some(([, property]) => saidText(component, property) !== undefined));
  const silent = found.filter((component) => !speaking.includes(component));
  if (speaking.length === 0) return [paragraph(...toDeclare, ' It could be said of ', ...places(silent), '.')];
  return [...speaking.flatMap((component) => toldOf(component, wanted, ifSaid)), ...(silent.length > 0 ? [paragraph(strong('Not declared'), ' of ', ...places(silent), '.')] : [])];
}

/** More names than this help nobody. */
const MOST_NAMES = 12;

const places = (components: readonly Component[]): Inline[] => [
  ...components.slice(0, MOST_NAMES).flatMap(({ name, nameSpan }, index): Inline[] => [index === 0 ? '' : ', ', code(name), ' (', placeOf(nameSpan), ')']),
  ...(components.length > MOST_NAMES ? [` and ${components.length - MOST_NAMES} more`] : []),
];
