import type { Component } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { dutyDraft, dutyState, lostDocument } from '../../compliance/duties.ts';
import { formatNumber } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

/** Standards that ask for a decision on each control of their Annex A, with how many there are. */
const STANDARDS = {
  iso_42001: { title: 'ISO/IEC 42001', controls: 38 },
  iso_27001: { title: 'ISO/IEC 27001', controls: 93 },
} as const;

export const statementOfApplicability: Criterion = {
  id: 'COMP-09',
  slug: 'statement-of-applicability',
  title: 'A certified scope decides for each control whether it applies, and why',
  type: 'gap',
  severity: 'low',
  sources: ['ISO/IEC 42001:2023 6.1.3', 'ISO/IEC 27001:2022 6.1.3'],
  why: 'The certificate rests on that table. A control that nobody decided on is a finding of the first audit.',
  remediation: 'List every control of Annex A with whether it applies, why, and what implements it.',
  effort: 'M',
  falsePositives: 'A goal is no scope: take the standard out of `compliance` until certification is meant. One statement may cover the company: name it here.',
  pack: 'compliance',
  counts: 'at every stage',
  applies: ({ architecture: { system } }) => scopeOf(value(system, 'compliance')).length > 0 || 'Neither ISO/IEC 42001 nor ISO/IEC 27001 is among the rules that it must meet.',
  *evaluate({ architecture }: Context) {
    const { system } = architecture;
    const scope = scopeOf(value(system, 'compliance')).map((name) => STANDARDS[name]);
    const titles = listed(scope.map(({ title }) => title));
    const { state, components } = dutyState(architecture, 'applicability');
    for (const statement of components) yield judge(statement, scope);
    if (state === 'absent') yield gap(system, { at: 'compliance', message: `${titles} is claimed, and there is no statement that decides on its controls.`, changes: [{ op: 'add-component', component: dutyDraft(architecture, 'applicability', { controls: count(scope) }) }] });
    else if (state === 'open') yield question(system, undefined, `Where is the statement of applicability for ${titles}? Declare \`compliance … { duty applicability file "…" controls … }\`, or \`compliance none\`.`);
  },
};

type Standard = (typeof STANDARDS)[keyof typeof STANDARDS];

const scopeOf = (rules: readonly string[] | undefined) => (['iso_42001', 'iso_27001'] as const).filter((name) => rules?.includes(name));

/** Statements may be one for both standards or one for each, so the smaller number is the least that one must have. */
const count = (scope: readonly Standard[]) => {
  const least = Math.min(...scope.map(({ controls }) => controls));
  return { low: least, high: least, unit: '1' };
};

function judge(statement: Component<'compliance'>, scope: readonly Standard[]): Outcome {
  const lost = lostDocument(statement);
  if (lost) return contradiction(statement, { at: 'file', message: `${statement.name} points to ${lost.target}, which does not exist.`, remedy: 'Write it, or correct the path.' });
  const decided = value(statement, 'controls');
  const needed = count(scope);
  if (decided && decided.high < needed.low) {
    const [standard] = scope.filter(({ controls }) => controls === needed.low);
    return weak(statement, { at: 'controls', message: `${statement.name} decides on ${formatNumber(decided.high)} controls; Annex A of ${standard?.title ?? 'the standard'} has ${needed.low}.`, remedy: 'Decide on the rest, and correct the number.' });
  }
  if (presenceOf(statement, 'file') === 'absent') return weak(statement, { at: statementOf(statement, 'file') ? 'file' : undefined, message: `${statement.name} is written down nowhere.` });
  if (!decided) return { ...question(statement, 'controls', `On how many controls does ${statement.name} decide? Annex A of ${listed(scope.map(({ title, controls }) => `${title} has ${controls}`))}.`), statedUnknown: presenceOf(statement, 'controls') === 'unknown' };
  return satisfied(statement, { because: `${formatNumber(decided.low)} controls are decided on`, evidence: evidenceOf(statementOf(statement, 'file')) });
}
