import { codeCell, escapeMarkdown } from '../../report/escape-markdown.ts';
import { explanationMarkdown, explanationOf } from '../../report/explain.ts';
import { docsUrl } from '../../report/links.ts';
import type { Snapshot } from '../analysis.ts';
import { ownName } from './lookup.ts';

const MOST = 8;

/** Paragraphs of Markdown on an element: its figures with what they are made from, and its findings. Everything from the file is escaped. */
export function hoverExtras({ analyses }: Snapshot, uri: string, name: string): string[] {
  const paragraphs: string[] = [];
  for (const { systems } of analyses) {
    for (const { architecture, review } of systems) {
      const { system, components } = architecture;
      const element = name === system.name ? system : components.get(name);
      if (!element || element.span.file !== uri) continue;
      const component = element === system ? system.name : `${system.name}.${name}`;
      const figures = review.figures().filter((figure) => figure.component === component);
      if (figures.length > 0) {
        const rows = figures.map(({ name: figure, text, provenance, formula, inputs }) => `| ${escapeMarkdown(figure)} | **${escapeMarkdown(text)}** | ${escapeMarkdown(provenance)}: ${escapeMarkdown(formula)}; ${inputs.map((input) => `${codeCell(input.name)} ${escapeMarkdown(input.text)}`).join(', ')} |`);
        paragraphs.push(['| Figure | | From |', '| --- | --- | --- |', ...rows].join('\n'));
      }
      const findings = review.findings.filter((finding) => (element === system ? finding.component === component : ownName(finding.component) === name));
      const items = findings.slice(0, MOST).map(({ rule, severity, message }) => `- **${severity}** [${escapeMarkdown(rule)}](${docsUrl(rule)}) ${escapeMarkdown(message)}`);
      if (findings.length > MOST) items.push(`- ${findings.length - MOST} more`);
      if (items.length > 0) paragraphs.push(items.join('\n'));
    }
  }
  return paragraphs;
}

/** A check or rule in full, for the id that an acceptance names. */
export function ruleHover(id: string): string | undefined {
  const explanation = explanationOf(id);
  return explanation && explanationMarkdown(explanation, 3);
}
