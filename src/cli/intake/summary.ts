import type { Review } from '../../analysis/review.ts';
import { paint } from '../paint.ts';
import { wrap } from '../wrap.ts';
import type { Accepted } from './answering.ts';

export interface Result {
  readonly before: Review;
  readonly after: Review;
  readonly accepted: readonly Accepted[];
}

interface Look {
  readonly colour: boolean;
  readonly width: number;
  readonly dry: boolean;
}

/** What the answers did: what was written, what has to be written by hand, and what the review says now. */
export function summaryOf(results: readonly Result[], files: readonly string[], look: Look): string {
  const { bold } = paint(look.colour);
  const answers = results.flatMap(({ accepted }) => accepted).filter(({ changes }) => changes.length > 0);
  const head = answers.length === 0 ? 'Nothing was written.' : `${look.dry ? 'Would write' : 'Wrote'} ${count(answers.length, 'answer')} to ${files.join(', ')}.`;
  return `${[bold(head), ...results.flatMap((result) => systemLines(result, look))].join('\n')}\n`;
}

const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`;

function systemLines({ before, after, accepted }: Result, { colour, width }: Look): string[] {
  const { bold, dim } = paint(colour);
  const known = new Set(before.findings.map(({ id }) => id));
  const open = new Set(after.findings.map(({ id }) => id));
  const fresh = after.findings.filter(({ id }) => !known.has(id));
  const closed = before.findings.filter(({ id }) => !open.has(id)).length;
  const byHand = accepted.filter(({ changes }) => changes.length === 0);
  return [
    ...accepted.filter(({ changes }) => changes.length > 0).map(({ question, typed }) => wrap(`${question.id}: ${typed}`, width, '  ', '    ')),
    '',
    `${bold(after.system)}: questions ${change(before.questions.length, after.questions.length)}, findings ${change(before.findings.length, after.findings.length)}${closed > 0 ? ` (${closed} closed)` : ''}, readiness ${interval(before)} → ${interval(after)} of 4`,
    ...(fresh.length > 0 ? [bold('New findings'), ...fresh.map((finding) => wrap(`${finding.rule} ${finding.severity} ${finding.component}: ${finding.message}`, width, '  ', '      '))] : []),
    ...(byHand.length > 0 ? [bold('To be written by hand'), ...byHand.map(({ question, typed }) => wrap(`${question.text} ${typed} ${question.goes.to === 'file' ? dim(question.goes.place) : ''}`, width, '  ', '      '))] : []),
  ];
}

const change = (before: number, after: number): string => `${before} → ${after}`;

function interval({ score: { index } }: Review): string {
  const [low, high] = [index.assured.toFixed(1), index.potential.toFixed(1)];
  return low === high ? low : `${low} to ${high}`;
}
