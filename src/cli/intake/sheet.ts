import type { IntakeQuestion, Questionnaire } from '../../analysis/intake/questionnaire.ts';
import { paint } from '../paint.ts';
import { wrap } from '../wrap.ts';

/** The questionnaire for a person at a terminal. */
export function sheetOf({ system, budget, minutes, questions, ifThereIsTime }: Questionnaire, { colour, width }: { readonly colour: boolean; readonly width: number }): string {
  const { bold, dim } = paint(colour);
  const total = questions.length + ifThereIsTime.length;
  if (total === 0) return `${bold(system)}: the review has no open questions.\n`;
  const entry = ({ id, text, minutes: own, goes, lookUp, whoKnows }: IntakeQuestion, index: number): string => {
    const number = `${String(index + 1).padStart(3)}. `;
    const form = goes.to === 'property' ? `${goes.form.form}${goes.form.examples[0] === undefined ? '' : `, such as ${goes.form.examples[0]}`}` : `into the file by hand${goes.kind === undefined ? '' : ', unless it is none or unknown'}. ${goes.place}`;
    return [wrap(text, width, bold(number), '     ', number.length), dim(wrap(`${id}; ${own} min; ${form}`, width, '     ', '     ')), dim(wrap(`Look at ${lookUp}. Ask ${whoKnows}.`, width, '     ', '     '))].join('\n');
  };
  return `${[
    `${bold(system)}: ${questions.length} of ${total} questions, about ${minutes} of ${budget} min, most valuable first`,
    ...questions.map(entry),
    ...(ifThereIsTime.length > 0 ? [bold('If there is time'), ...ifThereIsTime.map((question, index) => entry(question, questions.length + index))] : []),
  ].join('\n\n')}\n`;
}
