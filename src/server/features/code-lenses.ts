import type { CodeLens } from 'vscode-languageserver-types';
import { SEVERITIES, type Finding } from '../../analysis/finding.ts';
import { COMMANDS } from '../../protocol/messages.ts';
import type { Snapshot } from '../analysis.ts';

/** Above each system its score, above each component with findings how many there are. */
export function codeLenses({ analyses }: Snapshot, uri: string, commands: boolean): CodeLens[] {
  const lenses: CodeLens[] = [];
  // Without the command, a lens is a line to read.
  const lens = (range: CodeLens['range'], title: string, given: readonly string[]): CodeLens => ({ range, command: commands ? { title, command: COMMANDS.showFindings, arguments: [...given] } : { title, command: '' } });
  for (const { systems, entry } of analyses) {
    for (const { architecture, review } of systems) {
      const { system, components } = architecture;
      if (system.span.file === uri) {
        const { headline, index, bar, counts, questions } = review.score;
        const found = SEVERITIES.toReversed().flatMap((severity) => (counts[severity] > 0 ? [`${counts[severity]} ${severity}`] : []));
        const title = [`${headline}: readiness ${index.assured.toFixed(1)} to ${index.potential.toFixed(1)} of 4 (bar ${bar})`, ...found, ...(questions > 0 ? [plural(questions, 'question')] : [])].join(' · ');
        lenses.push(lens(system.nameSpan.range, title, [entry]));
      }
      const byComponent = new Map<string, Finding[]>();
      for (const finding of review.findings) byComponent.set(finding.component, [...(byComponent.get(finding.component) ?? []), finding]);
      for (const component of components.values()) {
        const findings = component.span.file === uri ? (byComponent.get(`${system.name}.${component.name}`) ?? []) : [];
        const [worst] = findings;
        if (worst) lenses.push(lens(component.nameSpan.range, findings.length === 1 ? `1 ${worst.severity} finding` : `${findings.length} findings, the worst ${worst.severity}`, [entry, component.name]));
      }
    }
  }
  return lenses;
}


const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
