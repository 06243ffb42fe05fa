import type { Figure } from '../../analysis/figures.ts';
import type { Finding } from '../../analysis/finding.ts';
import type { Check } from '../../analysis/rule.ts';
import { codeCell, escapeMarkdown } from '../../report/escape-markdown.ts';
import { explanationMarkdown, explanationOf } from '../../report/explain.ts';
import { docsUrl } from '../../report/links.ts';
import type { Snapshot } from '../analysis.ts';

const MOST_FINDINGS = 8;

/**
 * Paragraphs of Markdown on an element that a file declares: its figures with what they are made from, and its findings,
 * for each system that it is part of. `name` is that of a component, a system or a flow (`A->B`). What comes from the
 * file is escaped.
 */
export function hoverExtras({ analyses }: Snapshot, uri: string, name: string): string[] {
  const paragraphs: string[] = [];
  const reviewed = analyses.flatMap(({ files, systems }) => (files.has(uri) ? systems : [])).flatMap(({ architecture, review }) => {
    const { system, components, flows } = architecture;
    const element = [name === system.name ? system : undefined, components.get(name), name.includes('->') ? flows.find((flow) => flow.name === name) : undefined].find((candidate) => candidate?.span.file === uri);
    return element ? [{ system, review, component: element === system ? system.name : `${system.name}.${name}` }] : [];
  });
  for (const { system, review, component } of reviewed) {
    const figures = review.figures().filter((figure) => figure.component === component);
    const findings = review.findings.filter((finding) => finding.component === component);
    if (figures.length + findings.length === 0) continue;
    if (reviewed.length > 1) paragraphs.push(`In ${escapeMarkdown(system.name)}:`);
    if (figures.length > 0) paragraphs.push(figureTable(figures));
    if (findings.length > 0) paragraphs.push(findingList(findings));
  }
  return paragraphs;
}

function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, text, provenance, formula, inputs }) => {
    const from = inputs.map((input) => `${codeCell(input.name)} ${escapeMarkdown(input.text)}`).join(', ');
    return `| ${escapeMarkdown(name)} | **${escapeMarkdown(text)}** | ${escapeMarkdown(provenance)}: ${escapeMarkdown(formula)}${from === '' ? '' : `; ${from}`} |`;
  });
  return ['| Figure | Value | From |', '| --- | --- | --- |', ...rows].join('\n');
}

function findingList(findings: readonly Finding[]): string {
  const items = findings.slice(0, MOST_FINDINGS).map(({ rule, severity, message, why }) => `- **${severity}** [${escapeMarkdown(rule)}](${docsUrl(rule)}) ${escapeMarkdown(message)} ${escapeMarkdown(why)}`);
  return [...items, ...(findings.length > MOST_FINDINGS ? [`- ${findings.length - MOST_FINDINGS} more`] : [])].join('\n');
}

/** A check or rule in full, for the id that an acceptance names. */
export function ruleHover(id: string, checks?: readonly Check[]): string | undefined {
  const explanation = explanationOf(id, checks);
  return explanation && explanationMarkdown(explanation, 3);
}
