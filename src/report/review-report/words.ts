import type { Finding, Severity } from '../../analysis/finding.ts';
import { formatNumber } from '../../analysis/format.ts';
import type { Days } from '../../analysis/roadmap/action.ts';
import type { Interval } from '../../analysis/score.ts';
import type { PublishedBand } from '../../analysis/estimation/cost/published-bands.ts';
import type { Span } from '../../model/architecture.ts';
import { anchorOf } from '../document/anchor.ts';
import type { Block, Column, Inline, Paragraph, Table } from '../document/block.ts';
import { docsUrl } from '../links.ts';
import type { ReportSubject } from './subject.ts';

/** Pieces of text that several parts of a report write alike. */

export const paragraph = (...text: readonly Inline[]): Paragraph => ({ kind: 'paragraph', text });

export const strong = (text: string): Inline => ({ text, strong: true });
export const code = (text: string): Inline => ({ text, code: true });

/** A rule, linked to its page. */
export const ruleLink = (rule: string): Inline => ({ text: rule, href: docsUrl(rule) });

/** Where a finding stands in the report. */
export const findingAnchor = ({ id }: Pick<Finding, 'id'>): string => anchorOf(`finding-${id}`);

/** A finding by its rule and component, linked to where the report tells it. */
export const findingLink = (finding: Pick<Finding, 'id' | 'rule' | 'component'>): Inline => ({ text: `${finding.rule} ${finding.component}`, href: `#${findingAnchor(finding)}` });

export const severityMark = (severity: Severity): Inline => ({ text: capital(severity), severity });

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `1.2 to 2.8` */
export const intervalText = ({ assured, potential }: Interval): string => (assured === potential ? formatNumber(assured) : `${formatNumber(assured)} to ${formatNumber(potential)}`);

/** `5 to 20 days, likely 10` */
export const daysText = ({ low, likely, high }: Days): string => `${formatNumber(low)} to ${formatNumber(high)} days, likely ${formatNumber(likely)}`;

/** `50,000 to 200,000 USD (published claim, S3.133)` */
export const bandText = ({ low, high, unit, id }: PublishedBand): string => `${formatNumber(low)} to ${formatNumber(high)} ${unit} (published claim, ${id})`;

/** `12 %`; what is not nothing never reads as nothing. */
export const shareText = (share: number): string => (share > 0 && share < 0.005 ? 'under 1 %' : `${Math.round(share * 100)} %`);

/** `main.mlarch:12`, unless the report is for people outside. */
export const placeText = ({ redact }: Pick<ReportSubject, 'redact'>, { file, range }: Span): string | undefined => (redact ? undefined : `${file}:${range.start.line + 1}`);

export const plural = (count: number, one: string, many = `${one}s`): string => `${formatNumber(count)} ${count === 1 ? one : many}`;

/** A table, or what to say where it would be empty. */
export function tableOr(columns: readonly Column[], rows: Table['rows'], empty: string, more: Pick<Table, 'caption' | 'namedRows'> = {}): Block {
  return rows.length > 0 ? { kind: 'table', columns, rows, ...more } : paragraph(empty);
}
