import type { DecisionOption, DecisionRecord } from '../../analysis/decisions/record.ts';
import { escapeMarkdown } from '../escape-markdown.ts';
import { docsUrl } from '../links.ts';

/** A decision as a Markdown record in the form of MADR 4 (Markdown Architectural Decision Records). What is not known is left out or said so. */
export function madrOf(record: DecisionRecord): string {
  const { title, status, date, makers, context, drivers, options, chosen, because, good, bad, watchedBy, findings, components, revisit, more } = record;
  const judged = options.filter((option) => option.good.length + option.bad.length > 0);
  const parts = [
    ['---', `status: ${yaml(status)}`, ...(date === undefined ? [] : [`date: ${yaml(date)}`]), ...(makers === undefined ? [] : [`decision-makers: ${yaml(makers)}`]), '---'].join('\n'),
    `# ${escapeMarkdown(title)}`,
    '## Context and Problem Statement',
    context === '' ? 'Not declared.' : escapeMarkdown(context),
    ...section('## Decision Drivers', drivers.map((driver) => `* ${escapeMarkdown(driver)}`)),
    ...section('## Considered Options', options.map(({ name }) => `* ${escapeMarkdown(name)}`)),
    '## Decision Outcome',
    `${status === 'proposed' ? 'Proposed' : 'Chosen'} option: "${escapeMarkdown(chosen)}"${because === undefined || because === '' ? `. ${context === '' ? 'Why is not declared' : 'No reason is declared beyond the context'}.` : `, because ${escapeMarkdown(because)}`}`,
    ...section('### Consequences', [...good.map((text) => `* Good, because ${escapeMarkdown(text)}`), ...bad.map((text) => `* Bad, because ${escapeMarkdown(text)}`)]),
    ...section('### Confirmation', watchedBy.length === 0 ? ['No rule watches it; look at it again at the next review.'] : [`\`mlarch check\` watches it: ${watchedBy.map((rule) => `[${escapeMarkdown(rule)}](${docsUrl(rule)})`).join(', ')}.`]),
    ...(judged.length === 0 ? [] : ['## Pros and Cons of the Options', ...judged.flatMap(prosAndCons)]),
    ...section('## More Information', moreOf(findings, components, revisit, more)),
  ];
  return `${parts.join('\n\n')}\n`;
}

const section = (heading: string, lines: readonly string[]): string[] => (lines.length === 0 ? [] : [heading, lines.join('\n')]);

const prosAndCons = ({ name, good, bad }: DecisionOption): string[] => [`### ${escapeMarkdown(name)}`, [...good.map((text) => `* Good, because ${escapeMarkdown(text)}`), ...bad.map((text) => `* Bad, because ${escapeMarkdown(text)}`)].join('\n')];

const moreOf = (findings: readonly string[], components: readonly string[], revisit: string | undefined, more: readonly string[]): string[] => [
  ...(components.length > 0 ? [`* Components: ${components.map(escapeMarkdown).join(', ')}`] : []),
  ...(findings.length > 0 ? [`* Findings: ${findings.map(escapeMarkdown).join(', ')}`] : []),
  ...more.map((text) => `* ${escapeMarkdown(text)}`),
  ...(revisit === undefined ? [] : [`* Think again: ${escapeMarkdown(revisit)}`]),
];

/** A string in JSON is one in YAML; what YAML takes for the end of a line is escaped too, and what a page without YAML would take for HTML. */
const yaml = (text: string): string => JSON.stringify(text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()).replaceAll(/[<>&\u0085\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
