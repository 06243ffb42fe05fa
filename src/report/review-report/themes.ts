import { formatNumber } from '../../analysis/format.ts';
import { detectabilityWord, likelihoodWord } from '../../analysis/roadmap/words.ts';
import { MOST_THEMES, riskThemes, type RiskTheme } from '../../analysis/themes/themes.ts';
import type { Block, Inline, Section } from '../document/block.ts';
import type { ReportSubject } from './subject.ts';
import { daysText, findingLink, paragraph, plural, severityMark, shareText, strong, tableOr } from './words.ts';

/** Findings by what they would mean for the business, the heaviest first. */
export function themesSection(subject: ReportSubject): Section {
  const { context, review } = subject;
  const all = riskThemes(context, review, subject.roadmap);
  const shown = all.slice(0, MOST_THEMES);
  const rest = all.slice(MOST_THEMES);
  const title = 'Risk themes';
  if (shown.length === 0) return { id: 'themes', title, blocks: [paragraph(`No finding is open, so there is no theme. ${plural(review.score.questions, 'open question')} may hide some.`)] };
  const rows = shown.map((theme): Inline[][] => [[strong(theme.title)], [severityMark(theme.severity)], [formatNumber(theme.findings.length)], [shareText(theme.share)], [likelihoodWord(theme.likelihood)], [detectabilityWord(theme.detectability, context.settings.roadmap)]]);
  const blocks: Block[] = [
    paragraph('What the findings mean together. The part of the risk and the words of likelihood come from weights that only order; they are no probabilities and no losses.'),
    tableOr([{ title: 'Theme', width: 3 }, { title: 'Gravest' }, { title: 'Findings', align: 'right' }, { title: 'Of all risk', align: 'right' }, { title: 'Likelihood' }, { title: 'How it shows' }], rows, ''),
    ...(rest.length > 0 ? [paragraph(`Beyond these: ${rest.map((theme) => `${theme.title} (${plural(theme.findings.length, 'finding')})`).join(', ')}.`)] : []),
  ];
  return { id: 'themes', title, startsPage: true, blocks, sections: shown.map((theme) => themeSection(theme)) };
}

/** More links say no more. */
const MOST_LINKS = 12;

function themeSection({ id, title, event, consequence, drivers, findings, ends }: RiskTheme): Section {
  const links = findings.slice(0, MOST_LINKS).flatMap((finding, index): Inline[] => [...(index > 0 ? [', '] : []), findingLink(finding), ' (', severityMark(finding.severity), ')']);
  const facts: { term: string; definition: readonly Inline[] }[] = [
    { term: 'What happens', definition: [`${event}; ${consequence}.`] },
    { term: 'In this system', definition: [drivers.length > 0 ? drivers.join(' ') : 'No number that would say how large it is here is declared.'] },
    { term: 'Findings', definition: [...links, ...(findings.length > MOST_LINKS ? [` and ${plural(findings.length - MOST_LINKS, 'more', 'more')}`] : [])] },
  ];
  const blocks: Block[] = [{ kind: 'facts', facts }];
  if (ends.length > 0) blocks.push(paragraph(strong('What ends it')), { kind: 'list', items: ends.slice(0, 6).map(({ action, slot }) => ({ text: [`${action.title} ${daysText(action.effort.days)}; ${slot.within === 'later' ? 'after 90 days' : `within ${slot.within} days`}.`] })) });
  return { id: `theme-${id}`, title, blocks };
}
