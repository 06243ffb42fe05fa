import type { CodeLens } from 'vscode-languageserver-types';
import type { Figure } from '../../analysis/figures.ts';
import { SEVERITIES, type Finding, type Severity } from '../../analysis/finding.ts';
import type { Score } from '../../analysis/score.ts';
import type { Range } from '../../model/architecture.ts';
import { COMMANDS } from '../../protocol/messages.ts';
import type { AnalysedSystem, Snapshot } from '../analysis.ts';
import { ownName, plural } from './lookup.ts';

/**
 * Above each system its score and a way to its diagram, above each component with findings how many there are. Where a file is part of several
 * systems, a component has a lens for each. Without the commands of the extension a lens is a line to read, and a way is none.
 */
export function codeLenses({ analyses }: Snapshot, uri: string, commands: boolean): CodeLens[] {
  const lens = (range: Range, title: string, given: readonly string[]): CodeLens => ({ range, command: commands ? { title, command: COMMANDS.showFindings, arguments: [...given] } : { title, command: '' } });
  const here = analyses.flatMap(({ entry, files, systems }) => (files.has(uri) ? systems.map((system) => ({ entry, ...system })) : []));
  const lenses: CodeLens[] = [];
  for (const { entry, ...reviewed } of here) {
    const { system, components } = reviewed.architecture;
    if (system.span.file === uri) {
      lenses.push(lens(system.nameSpan.range, scoreTitle(reviewed.review.score), [entry]));
      const figures = figuresTitle(reviewed.review.figures());
      if (commands) lenses.push({ range: system.nameSpan.range, command: { title: 'Open diagram', command: COMMANDS.showDiagram, arguments: [entry, system.name] } });
      if (figures !== undefined) lenses.push({ range: system.nameSpan.range, command: { title: figures, command: '' } });
    }
    const byComponent = findingsByComponent(reviewed);
    for (const component of components.values()) {
      const findings = component.span.file === uri ? byComponent.get(`${system.name}.${component.name}`) : undefined;
      const of = here.length > 1 && system.span.file !== uri ? `${system.name}: ` : '';
      if (findings) lenses.push(lens(component.nameSpan.range, `${of}${countTitle(findings)}`, [entry, component.name]));
    }
  }
  return lenses;
}

function findingsByComponent({ review }: AnalysedSystem): ReadonlyMap<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of review.findings) {
    const group = groups.get(finding.component);
    if (group) group.push(finding);
    else groups.set(finding.component, [finding]);
  }
  return groups;
}

/** `research-grade, 0.0 to 0.4 of 4 (bar 2.75) · 6 critical · 27 high · 11 questions` */
function scoreTitle({ headline, index, bar, counts, questions }: Score): string {
  return [`${headline}, ${index.assured.toFixed(1)} to ${index.potential.toFixed(1)} of 4 (bar ${bar})`, ...bySeverity(counts), ...(questions > 0 ? [plural(questions, 'question')] : [])].join(' · ');
}

/** `Scorer full at 6.2 times today’s peak · 1,480 USD/month`: what breaks first, and the bill. */
function figuresTitle(figures: readonly Figure[]): string | undefined {
  const rooms = figures.filter(({ name, bound }) => name === 'headroom' && bound !== 'at least');
  const least = rooms.reduce<Figure | undefined>((a, b) => (a && a.value <= b.value ? a : b), undefined);
  const cost = figures.find(({ name, component }) => name === 'cost a month' && !component.includes('.'));
  const parts = [...(least ? [`${ownName(least.component)} full at ${least.text}`] : []), ...(cost ? [cost.text] : [])];
  return parts.length > 0 ? parts.join(' · ') : undefined;
}

/** `3 findings: 1 critical, 2 low` */
function countTitle(findings: readonly Finding[]): string {
  const counts: Partial<Record<Severity, number>> = {};
  for (const { severity } of findings) counts[severity] = (counts[severity] ?? 0) + 1;
  return `${plural(findings.length, 'finding')}: ${bySeverity(counts).join(', ')}`;
}

const bySeverity = (counts: Partial<Readonly<Record<Severity, number>>>): string[] => SEVERITIES.toReversed().flatMap((severity) => (counts[severity] ? [`${counts[severity]} ${severity}`] : []));
