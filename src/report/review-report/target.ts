import type { SystemComparison } from '../../analysis/comparison/compare.ts';
import { formatNumber } from '../../analysis/format.ts';
import { isGrave } from '../../analysis/target/derived.ts';
import type { Reach } from '../../analysis/target/reach.ts';
import type { Rationale } from '../../analysis/target/rationale.ts';
import { anchorOf } from '../document/anchor.ts';
import type { Block, Inline, Picture, Section } from '../document/block.ts';
import { comparisonRows } from './comparison-rows.ts';
import type { ReportSubject, ReportTarget } from './subject.ts';
import { bandText, code, daysText, findingLink, paragraph, plural, severityMark, shareText, strong, tableOr } from './words.ts';

/** The target state, proven by reviewing and estimating it again; why each change is made, and what is left out on purpose. */
export function targetSection(subject: ReportSubject): Section {
  const { target, declared, pictures } = subject;
  const diagrams = ['system-diff', 'serving-target'].flatMap((name): Block[] => {
    const picture = pictures.get(name);
    return picture ? [{ kind: 'figure', picture }] : [];
  });
  return {
    id: 'target',
    title: 'Target-state architecture',
    startsPage: true,
    blocks: [
      ...(target ? proof(target) : [paragraph('No critical or high finding has a remedy that changes the architecture, so none is derived.')]),
      ...diagrams,
    ],
    sections: [
      ...(target ? [{ id: 'target-rationale', title: 'Why each change is made', blocks: [], sections: target.rationales.map((rationale) => rationaleSection(rationale, subject)) }] : []),
      ...declared.map((item, index) => declaredSection(item, target, index === 0 ? pictures.get('system-diff-declared') : undefined)),
      notRecommendedSection(subject),
    ],
  };
}

function proof({ state, comparison }: ReportTarget): Block[] {
  const { closed, asked, opened, left } = state;
  const outside = left.filter((finding) => isGrave(finding) && finding.remedy.changes.length === 0);
  return [
    paragraph(`The remedies of critical and high findings were applied in the order of their prerequisites, and the result was reviewed and estimated again: ${plural(closed.length, 'finding')} closed, ${plural(opened.length, 'finding')} opened, ${formatNumber(left.length)} left.`),
    comparisonTable(comparison),
    ...(outside.length > 0 ? [paragraph('Left to actions outside the file, such as a load test or a runbook: ', ...linked(outside), '.')] : []),
    ...(asked.length > 0 ? [paragraph('Not proven, since the target leaves open what they rest on: ', ...linked(asked), '.')] : []),
    ...(opened.length > 0 ? [paragraph('Opened by the target: ', ...linked(opened), '.')] : []),
  ];
}

type Named = readonly { readonly id: string; readonly rule: string; readonly component: string; readonly severity: 'low' | 'medium' | 'high' | 'critical' }[];
const linked = (findings: Named): Inline[] => findings.flatMap((finding, index): Inline[] => [...(index > 0 ? [', '] : []), `${finding.rule} ${finding.component} (`, severityMark(finding.severity), ')']);

function comparisonTable(comparison: SystemComparison): Block {
  return tableOr([{ title: 'Figure', width: 3 }, { title: 'Today', width: 2 }, { title: 'Target', width: 2 }], comparisonRows(comparison), 'Nothing that could be estimated.', { caption: 'Before and after', namedRows: true });
}

function rationaleSection({ action, problem, options, tradeOff, revisit, reach }: Rationale, { roadmap }: ReportSubject): Section {
  const item = [...roadmap.top, ...roadmap.backlog].find((candidate) => candidate.action.id === action.id);
  const facts: { term: string; definition: readonly Inline[] }[] = [
    { term: 'Problem', definition: problem.flatMap((finding, index): Inline[] => [...(index > 0 ? [', '] : []), item ? findingLink(finding) : `${finding.rule} ${finding.component}`, ' (', severityMark(finding.severity), ')']) },
    ...options.map(({ name, what, result }) => ({ term: name === 'do nothing' ? 'Option: do nothing' : `Option: ${name}`, definition: name === 'recommended' ? [strong(what), ` ${result}`] : [what, ` ${result}`] })),
    { term: 'Why now', definition: [item ? `It removes ${shareText(item.removes)} of all risk${item.unlocks > 0 ? ` and opens the way to ${shareText(item.unlocks)} more` : ''}.` : 'The changes before it make it necessary.'] },
    ...(tradeOff ? [{ term: 'Better', definition: [tradeOff.gains.join(', ')] }, { term: 'Paid for by', definition: [tradeOff.pays] }] : []),
    { term: 'Effort and cost band', definition: [daysText(action.effort.days), ...(item?.published ? [`; ${bandText(item.published)}`] : [])] },
    ...(action.prerequisites.length > 0 ? [{ term: 'Before it', definition: [action.prerequisites.join(', ')] }] : []),
    ...(tradeOff ? [{ term: 'Can be taken back', definition: [`${tradeOff.reversible}: ${tradeOff.undo}`] }] : []),
    { term: 'Think again when', definition: [revisit] },
    { term: 'In the picture', definition: reachText(reach) },
  ];
  return { id: anchorOf(`change-${action.id}`), title: action.title.replace(/[.;:]$/, ''), blocks: [{ kind: 'facts', facts }] };
}

function reachText({ added, changed, removed }: Reach): Inline[] {
  const parts = [{ sign: 'adds ', names: added }, { sign: 'changes ', names: changed }, { sign: 'takes away ', names: removed }].filter(({ names }) => names.length > 0);
  if (parts.length === 0) return ['Nothing: it is done outside the architecture.'];
  return parts.flatMap(({ sign, names }, index): Inline[] => [...(index > 0 ? ['; '] : []), sign, ...names.flatMap((name, at): Inline[] => [...(at > 0 ? [', '] : []), code(name)])]);
}

/** A target that the file declares, reviewed like the derived one, with what either has over the other. */
function declaredSection(declared: ReportTarget, derived: ReportTarget | undefined, picture: Picture | undefined): Section {
  const { state, comparison } = declared;
  const remains = state.left.filter(isGrave);
  const beyond = derived ? derived.state.closed.filter((finding) => !state.closed.some(({ id }) => id === finding.id)) : [];
  const only = state.closed.filter((finding) => !derived?.state.closed.some(({ id }) => id === finding.id));
  return {
    id: anchorOf(`target-${state.title}`),
    title: `Declared target ${state.title}`,
    blocks: [
      ...(state.declared?.because === undefined ? [] : [paragraph(state.declared.because)]),
      comparisonTable(comparison),
      paragraph(`${plural(state.closed.length, 'finding')} closed, ${plural(state.opened.length, 'finding')} opened.`),
      ...(state.opened.length > 0 ? [paragraph('Opened: ', ...linked(state.opened), '.')] : []),
      ...(remains.length > 0 ? [paragraph('Critical and high findings that it leaves: ', ...linked(remains), '.')] : []),
      ...(beyond.length > 0 ? [paragraph('The derived target closes beyond it: ', ...linked(beyond), '.')] : []),
      ...(only.length > 0 ? [paragraph('It closes beyond the derived target: ', ...linked(only), '.')] : []),
      ...(picture ? [{ kind: 'figure' as const, picture }] : []),
    ],
  };
}

function notRecommendedSection({ notRecommended }: ReportSubject): Section {
  const rows = notRecommended.map(({ what, because, changesAt }): Inline[][] => [[strong(what)], [because], [changesAt]]);
  return {
    id: 'target-without',
    title: 'Deliberately not recommended',
    blocks: [tableOr([{ title: 'Without', width: 2 }, { title: 'Because', width: 4 }, { title: 'What would change it', width: 4 }], rows, 'Everything that is often built is there already, or a rule demands it.')],
  };
}
