import { estimateJson } from '../estimate-json.ts';
import { roadmapJson } from '../roadmap-json.ts';
import { reviewJson } from '../review-json.ts';
import { systemTargets } from '../target-json.ts';
import type { Block, Document, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';

/** The report for programs: `report --format json`. The shape changes only together with `schemaVersion`. */
export interface ReportJson {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly date: string;
  readonly system: string;
  readonly redacted: boolean;
  readonly document: object;
  /** Left out where the report is for people outside: they hold what it leaves out. */
  readonly data?: object;
}

/** The text of the report, and what it was written from. */
export function reportJson(subject: ReportSubject, document: Document): ReportJson {
  const { provenance, context, review, redact } = subject;
  const tool = { name: 'mlarch', version: provenance.version };
  return {
    schemaVersion: 1,
    tool,
    date: context.today,
    system: context.architecture.system.name,
    redacted: redact,
    document: { title: document.title, sections: document.sections.map(sectionJson) },
    ...(!redact && { data: { provenance, review: reviewJson({ reviews: [review], problems: [], tool }).systems[0], estimate: estimateJson([subject.estimation]).systems[0], roadmap: roadmapJson(subject.roadmap), target: systemTargets(subject) } }),
  };
}

const sectionJson = ({ id, title, blocks, sections = [] }: Section): object => ({ id, title, blocks: blocks.map(blockJson), ...(sections.length > 0 && { sections: sections.map(sectionJson) }) });

/** A picture is told in words: its lines are in the other formats. */
const blockJson = (block: Block): object => (block.kind === 'figure' ? { kind: 'figure', id: block.picture.id, title: block.picture.title, description: block.picture.description } : block);
