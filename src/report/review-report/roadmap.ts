import { formatNumber } from '../../analysis/format.ts';
import type { RoadmapItem } from '../../analysis/roadmap/roadmap.ts';
import { QUADRANTS, WINDOWS, type Window } from '../../analysis/roadmap/schedule.ts';
import type { Block, Inline, Section } from '../document/block.ts';
import { scatterPlot } from '../plots/scatter.ts';
import type { ReportSubject } from './subject.ts';
import { bandText, daysText, findingLink, intervalText, paragraph, plural, severityMark, shareText, strong, tableOr } from './words.ts';

/** What to do first: the recommended actions with their windows, then the backlog. */
export function roadmapSection(subject: ReportSubject): Section {
  const { roadmap, context } = subject;
  const { top, backlog } = roadmap;
  const { size, effortExponent, unlock, engineers } = context.settings.roadmap;
  const method = `Actions are ordered by the risk they remove for their effort: severity, weight of the failure mode, how well it hides, confidence and exposure, divided by person-days to the power of ${formatNumber(effortExponent)}; what an action makes possible counts ${formatNumber(unlock)}. The weights order and are no probabilities. Windows are for ${plural(engineers, 'engineer')} who do nothing else.`;
  if (top.length === 0) return { id: 'roadmap', title: 'Remediation roadmap', blocks: [paragraph('No finding has a remedy that is open.')] };
  return {
    id: 'roadmap',
    title: 'Remediation roadmap',
    startsPage: true,
    blocks: [
      paragraph(`The first ${top.length === 1 ? 'action removes' : `${formatNumber(Math.min(size, top.length))} actions remove`} ${shareText(sum(top))} of the risk of all findings${scoreText(subject)}.`),
      topTable(top, subject),
      { kind: 'figure', picture: impactPlot(subject) },
      ...windows(top),
    ],
    sections: [
      { id: 'roadmap-backlog', title: 'Backlog', blocks: [backlogTable(backlog)] },
      { id: 'roadmap-method', title: 'How the order is found', blocks: [paragraph(method), paragraph('Costs are what a published guide claims for preventing failures of that sort as a whole, of which an action is a part; they are not added up.')] },
    ],
  };
}

const sum = (items: readonly RoadmapItem[]): number => items.reduce((total, { removes }) => total + removes, 0);

function scoreText({ roadmap: { top, before } }: ReportSubject): string {
  const after = top.at(-1)?.after;
  return after ? ` and move the readiness index from ${intervalText(before)} to ${intervalText(after)} of 4` : '';
}

function topTable(items: readonly RoadmapItem[], { redact }: ReportSubject): Block {
  const rows = items.map((item, index): Inline[][] => [
    [String(index + 1)],
    [strong(item.action.title), ...(item.action.prerequisites.length > 0 ? [` After ${item.action.prerequisites.join(', ')}.`] : [])],
    closesText(item),
    [shareText(item.removes), ...(item.unlocks > 0 ? [`; opens the way to ${shareText(item.unlocks)} more`] : [])],
    [daysText(item.action.effort.days), ...(item.published ? [`; ${bandText(item.published)}`] : [])],
    [windowText(item.slot.within), `; ${QUADRANTS[item.quadrant].toLowerCase()}`, ...(item.action.owner !== undefined && !redact ? [`; ${item.action.owner}`] : [])],
    [item.after ? intervalText(item.after) : ''],
  ]);
  return tableOr([{ title: '#' }, { title: 'Action', width: 4 }, { title: 'Closes', width: 3 }, { title: 'Risk', width: 2 }, { title: 'Effort and cost band', width: 3 }, { title: 'When and who', width: 2 }, { title: 'Score after', width: 1.5 }], rows, 'Nothing to do.', { caption: 'Recommended actions' });
}

function closesText({ closes, eases }: RoadmapItem): Inline[] {
  const listed = (findings: RoadmapItem['closes']): Inline[] => findings.flatMap((finding, index) => [...(index > 0 ? [', '] : []), findingLink(finding), ' (', severityMark(finding.severity), ')']);
  return [...listed(closes), ...(eases.length > 0 ? [closes.length > 0 ? '; eases ' : 'eases ', ...listed(eases)] : [])];
}

const windowText = (within: Window): string => (within === 'later' ? 'after 90 days' : `within ${within} days`);

function windows(items: readonly RoadmapItem[]): Block[] {
  const named = [...WINDOWS, 'later' as const].map((window) => ({ window, items: items.filter(({ slot }) => slot.within === window) })).filter((group) => group.items.length > 0);
  return [{ kind: 'facts', facts: named.map(({ window, items: placed }) => ({ term: windowText(window), definition: [placed.map(({ action }) => action.title).join(' · ')] })) }];
}

function impactPlot({ roadmap: { top, backlog }, context }: ReportSubject) {
  const items = [...top, ...backlog];
  const title = 'Impact against effort';
  const description = `Each of ${items.length} actions by likely person-days and by the share of all risk that it removes. ${top.map(({ action, removes }, index) => `${index + 1}: ${action.title} ${shareText(removes)} for ${formatNumber(action.effort.days.likely)} days.`).join(' ')}`;
  const points = items.map(({ action, removes }, index) => ({ label: index < top.length ? `${index + 1} ${action.findings[0]?.rule ?? ''}` : (action.findings[0]?.rule ?? ''), x: action.effort.days.likely, y: removes * 100, group: index < top.length ? 'recommended' : 'backlog' }));
  const svg = scatterPlot({ title, description, x: { title: 'likely person-days', scale: 'log' }, y: { title: '% of risk removed' }, points }, { theme: 'print' });
  return { id: 'plot-impact', title: `${title}, ${context.architecture.system.name}`, description, svg };
}

function backlogTable(items: readonly RoadmapItem[]): Block {
  const rows = items.map((item): Inline[][] => [[item.action.title], closesText(item), [shareText(item.removes)], [daysText(item.action.effort.days)], [QUADRANTS[item.quadrant]]]);
  return tableOr([{ title: 'Action', width: 4 }, { title: 'Closes', width: 3 }, { title: 'Risk' }, { title: 'Effort', width: 2 }, { title: 'Quadrant' }], rows, 'Nothing beyond the recommended actions.');
}
