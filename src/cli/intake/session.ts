import type { IntakeQuestion, Questionnaire } from '../../analysis/intake/questionnaire.ts';
import { LITERAL_ANSWERS, partText, statedText, wordText } from '../../report/intake-text.ts';
import { paint } from '../paint.ts';
import { wrap } from '../wrap.ts';
import { answer, withdraw, type Answering } from './answering.ts';

/** Asks a person; `end` where the input is over, `stop` where the person wants out with nothing written. */
export type Ask = (prompt: string) => Promise<{ readonly text: string } | 'end' | 'stop'>;

export interface Talk {
  readonly ask: Ask;
  readonly say: (text: string) => void;
  readonly colour: boolean;
  readonly width: number;
}

export interface Ended {
  readonly answering: Answering;
  readonly how: 'done' | 'quit' | 'stop';
}

/** Goes through the questions one by one. Answers that the language refuses are asked again, with what is wrong. */
export async function converse(talk: Talk, sheet: Questionnaire, start: Answering): Promise<Ended> {
  const all = [...sheet.questions, ...sheet.ifThereIsTime];
  const { bold, dim } = paint(talk.colour);
  let answering = start;
  talk.say(`${bold(sheet.system)}: ${count(all.length, 'question')}, of which ${sheet.questions.length} fit into ${sheet.budget} min (about ${sheet.minutes} min).\n`);
  talk.say(`${dim(wrap('Enter skips, ? explains, back goes one back, quit ends and keeps what was given, Ctrl-C writes nothing.', talk.width, '', ''))}\n`);
  for (let index = 0; index < all.length; ) {
    const question = all[index] as IntakeQuestion;
    if (index === sheet.questions.length) talk.say(`\n${bold('If there is time')}\n`);
    talk.say(`\n${heading(question, `[${index + 1}/${all.length}]`, talk)}\n`);
    const turn = await oneTurn(talk, question, answering);
    if (turn.then === 'stop' || turn.then === 'quit') return { answering: turn.answering, how: turn.then };
    answering = turn.answering;
    index = Math.max(0, index + (turn.then === 'back' ? -1 : 1));
  }
  return { answering, how: 'done' };
}

interface Turn {
  readonly answering: Answering;
  readonly then: 'next' | 'back' | 'quit' | 'stop';
}

async function oneTurn(talk: Talk, question: IntakeQuestion, answering: Answering): Promise<Turn> {
  const { dim, red, yellow } = paint(talk.colour);
  const before = answering.accepted.get(question.id);
  if (before) talk.say(dim(`  Your answer so far: ${before.typed} (Enter keeps it, a minus takes it back)\n`));
  for (;;) {
    const heard = await talk.ask('  > ');
    if (heard === 'stop') return { answering, then: 'stop' };
    if (heard === 'end') return { answering, then: 'quit' };
    const typed = heard.text.trim();
    if (typed === '') return { answering, then: 'next' };
    if (typed === '?') talk.say(`${explanation(question, talk)}\n`);
    else if (typed === 'back') return { answering, then: 'back' };
    else if (typed === 'quit') return { answering, then: 'quit' };
    else if (typed === '-') return { answering: withdraw(answering, question), then: 'next' };
    else {
      const outcome = answer(answering, question, typed);
      if ('problem' in outcome) {
        talk.say(`${red(wrap(outcome.problem, talk.width, '    ', '    '))}\n`);
        continue;
      }
      for (const doubt of outcome.doubts) talk.say(`${yellow(wrap(doubt, talk.width, '    ', '    '))}\n`);
      if (!outcome.written) talk.say(`${dim(wrap(`Noted. It has to be written by hand. ${placeOf(question)}`, talk.width, '    ', '    '))}\n`);
      return { answering: outcome.answering, then: 'next' };
    }
  }
}

const placeOf = ({ goes }: IntakeQuestion): string => (goes.to === 'file' ? goes.place : '');
const count = (amount: number, noun: string): string => `${amount} ${noun}${amount === 1 ? '' : 's'}`;

function heading({ text, component, minutes, goes }: IntakeQuestion, number: string, { colour, width }: Talk): string {
  const { bold, dim } = paint(colour);
  const lead = `${number} `;
  const form = goes.to === 'property' ? `${goes.form.form}${shortExample(goes.form.examples)}${goes.stated ? `; ${statedText(goes.form)}` : ''}` : goes.kind === undefined ? 'text; it is written into the file by hand' : 'none, unknown, or text to be written by hand';
  return [wrap(text, width, bold(lead), '  ', lead.length), dim(wrap(`${component}; ${minutes} min; ${form}`, width, '  ', '  '))].join('\n');
}

const shortExample = ([example]: readonly string[]): string => (example === undefined ? '' : `, such as ${example}`);

/** What `?` says: what is meant, what may be answered, where to look and whom to ask. */
function explanation({ also, lookUp, whoKnows, goes, rules }: IntakeQuestion, { colour, width }: Talk): string {
  const { dim } = paint(colour);
  const line = (text: string, indent = '    '): string => wrap(text, width, indent, `${indent}  `);
  const lines = [
    ...also.map((other) => line(`The same answer settles: ${other}`)),
    ...(goes.to === 'property' ? [line(`${goes.property}: ${goes.meaning}`)] : [line(goes.place)]),
    ...(goes.to === 'property' ? formLines(goes, line) : []),
    line(`Look at ${lookUp}.`),
    line(`Ask ${whoKnows}.`),
    line(LITERAL_ANSWERS),
    line(`Asked by ${rules.join(', ')}.`),
  ];
  return dim(lines.filter((text) => text.trim() !== '').join('\n'));
}

function formLines({ form, alternatives }: Extract<IntakeQuestion['goes'], { to: 'property' }>, line: (text: string, indent?: string) => string): string[] {
  return [
    line(`Answer with ${form.form}${form.examples.length > 0 ? `, such as ${form.examples.join(' or ')}` : ''}${form.units ? `. Units: ${form.units.join(', ')}` : ''}.`),
    ...(form.names && form.names.length > 0 ? [line(`There are: ${form.names.join(', ')}`, '      ')] : []),
    ...(form.allowed ?? []).map((word) => line(wordText(word), '      ')),
    ...(form.parts ?? []).map((part) => line(partText(part), '      ')),
    ...(alternatives.length > 0 ? [line(`An answer that begins with ${alternatives.join(' or ')} does as well.`)] : []),
  ];
}
