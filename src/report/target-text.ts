import { formatNumber } from '../analysis/format.ts';
import type { Rationale } from '../analysis/target/rationale.ts';
import type { Inline } from './document/block.ts';
import type { Palette } from './estimate-text.ts';
import { comparisonRows } from './review-report/comparison-rows.ts';
import type { ReportTarget, TargetSubject } from './review-report/subject.ts';
import { daysText, plural, shareText } from './review-report/words.ts';

/** Target states for people at a terminal: `target`. */
export function targetText(subject: TargetSubject, palette: Palette): string {
  const { context, target, declared, notRecommended } = subject;
  const { bold, dim } = palette;
  return [
    bold(`${context.architecture.system.name}: target state`),
    ...(target ? [stateText(`Derived: ${target.state.title}`, target, palette), ...target.rationales.map((rationale, index) => rationaleText(rationale, index + 1, subject, palette))] : ['No critical or high finding has a remedy that changes the architecture, so none is derived.']),
    ...declared.map((item) => stateText(`Declared: ${item.state.title}`, item, palette)),
    ...(notRecommended.length > 0 ? [[bold('Deliberately not recommended'), ...notRecommended.map(({ what, because, changesAt }) => `  ${what}: ${because}\n    ${dim(`Changes at: ${changesAt}`)}`)].join('\n')] : []),
  ].join('\n\n');
}

function stateText(title: string, { state, comparison }: ReportTarget, { bold, dim }: Palette): string {
  const rows = comparisonRows(comparison).map((cells) => cells.map(plain));
  const width = Math.max(...rows.map(([name = '']) => name.length));
  const moved = [`${plural(state.closed.length, 'finding')} closed`, `${formatNumber(state.opened.length)} opened`, `${formatNumber(state.left.length)} left`, ...(state.asked.length > 0 ? [`${formatNumber(state.asked.length)} not proven`] : [])].join(', ');
  const named = (word: string, findings: readonly { readonly id: string; readonly severity: string }[]): string[] => (findings.length === 0 ? [] : [`  ${word}: ${findings.map(({ id, severity }) => `${id} (${severity})`).join(', ')}`]);
  return [bold(title), ...rows.map(([name = '', before = '', after = '']) => `  ${name.padEnd(width)}  ${before === after ? dim(`${before} (unchanged)`) : `${before} → ${bold(after)}`}`), `  ${moved}, reviewed and estimated again`, ...named('Opened', state.opened), ...named('Left', state.left), ...named('Not proven', state.asked)].join('\n');
}

function rationaleText({ action, problem, options, tradeOff, revisit, reach }: Rationale, index: number, { roadmap }: TargetSubject, { bold, dim }: Palette): string {
  const item = [...roadmap.top, ...roadmap.backlog].find((candidate) => candidate.action.id === action.id);
  const line = (name: string, text: string): string => `  ${dim(name.padEnd(12))} ${text}`;
  const nothing = options.find(({ name }) => name === 'do nothing');
  const minimal = options.find(({ name }) => name === 'minimal');
  const touched = [...reach.added.map((name) => `+${name}`), ...reach.changed.map((name) => `~${name}`), ...reach.removed.map((name) => `-${name}`)].join(' ');
  return [
    bold(`${index}. ${action.title}`),
    line('Closes', problem.map(({ id, severity }) => `${id} (${severity})`).join(', ')),
    ...(nothing ? [line('Do nothing', nothing.result)] : []),
    ...(minimal ? [line('At least', minimal.what)] : []),
    ...(item ? [line('Why now', `it removes ${shareText(item.removes)} of all risk${item.unlocks > 0 ? `, and opens the way to ${shareText(item.unlocks)} more` : ''}`)] : [line('Why now', 'the changes before it make it necessary')]),
    ...(tradeOff ? [line('Better', tradeOff.gains.join(', ')), line('Paid for by', tradeOff.pays), line('Taken back', `${tradeOff.reversible}: ${tradeOff.undo}`)] : []),
    line('Effort', daysText(action.effort.days)),
    line('Think again', revisit),
    line('Changes', touched === '' ? 'nothing in the file: it is done outside it' : touched),
  ].join('\n');
}

const plain = (cell: readonly Inline[]): string => cell.map((part) => (typeof part === 'string' ? part : part.text)).join('');
