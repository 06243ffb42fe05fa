import type { Figure } from '../analysis/figures.ts';
import type { ToolInput } from './tool-answers.ts';
import { DEFAULT_LIMIT, type ToolArguments } from './tool-definitions.ts';
import { isOfComponent, unknownComponent } from './tool-findings.ts';
import { bounded, count, oneLine } from './tool-text.ts';

/** The figures of the reviews, one a line. Where there are none, the answer says so and invents nothing. */
export function answerFigures(input: ToolInput, { component, limit }: ToolArguments): string | { readonly error: string } {
  const unknown = component === undefined ? undefined : unknownComponent(input, String(component));
  if (unknown) return unknown;
  if (input.reviews.length === 0) return 'No system is declared here, so there are no figures.';
  const all = input.reviews.flatMap((review) => review.figures());
  const meant = all.filter((figure) => isOfComponent(figure.component, component));
  const errors = input.problems.filter(({ severity }) => severity === 'error').length;
  const caveat = errors > 0 ? [`The text has ${count(errors, 'error')}: see mlarch_validate. Figures that they hide are missing.`] : [];
  if (meant.length === 0) {
    const of = component === undefined ? input.reviews.map(({ system }) => system).join(', ') : oneLine(String(component), 80);
    return [...caveat, `There are no figures for ${of}: what is declared is not enough to compute one. Do not state numbers that the file does not; mlarch_findings with show=questions says what to declare.`].join('\n');
  }
  const most = typeof limit === 'number' ? limit : DEFAULT_LIMIT;
  const head = `${count(meant.length, 'figure')}${meant.length < all.length ? ` of ${all.length}` : ''}.`;
  return bounded({ head: [...caveat, head], items: meant.map((figure) => () => figureText(figure)), most, rest: (left) => `${left} more: raise limit, or name a component.` });
}

function figureText({ component, name, text, provenance, formula, inputs }: Figure): string {
  const from = inputs.length > 0 ? `; from ${oneLine(inputs.map((item) => `${item.name} ${item.text}`).join(', '))}` : '';
  return `${oneLine(component, 200)} ${name}: ${oneLine(text, 200)} (${provenance}: ${oneLine(formula, 200)}${from})`;
}
