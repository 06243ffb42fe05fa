import type { Problem } from '../language/problem.ts';
import { paint } from './paint.ts';

/** Problems of the text, one a line, as `file:line:column`, so that terminals and editors can jump there. */
export function renderProblems(problems: readonly Problem[], colour: boolean): string {
  const { bold, red, yellow, dim } = paint(colour);
  return problems
    .map(({ severity, code, message, span }) => {
      const { line, character } = span.range.start;
      const mark = severity === 'error' ? red('error') : yellow('warning');
      return `${bold(`${span.file}:${line + 1}:${character + 1}`)} ${mark} ${message} ${dim(`[${code}]`)}\n`;
    })
    .join('');
}
