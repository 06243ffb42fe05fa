import type { Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { labelsChecked } from '../../checks/ml15/label-quality-rules.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { namedBy } from '../said-by.ts';

export const labelOrigin: Criterion = {
  id: 'DG-10',
  slug: 'label-method-and-rules',
  title: 'It is known by which method and by which rules labels came about',
  type: 'gap',
  severity: 'low',
  sources: ['ISO/IEC 42001 A.7.6', 'EU AI Act Article 10(2)(c)'],
  why: 'Labels are what the model takes for true. Two people, or a script, that follow different rules teach it two truths.',
  remediation: 'Write down how labels come about: the guideline for those who label, the rules of a program, and how a sample is checked.',
  effort: 'S',
  falsePositives: 'A provider may label by a guideline of its own: name it as `guideline`.',
  pack: 'governance',
  applies: ({ architecture }) => (componentsOf(architecture, 'labels').length === 0 ? 'No labels are declared.' : true),
  *evaluate(context) {
    const { architecture } = context;
    // Whether people’s labels are checked is said there; here it is about the rules that they follow.
    const said = namedBy(context, labelsChecked);
    const open: string[] = [];
    for (const labels of componentsOf(architecture, 'labels')) {
      const outcome = judge(labels);
      if (outcome !== 'open') yield outcome;
      else if (!said.has(labels.name) || value(labels, 'kind') === undefined) open.push(labels.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `How do the labels of ${listed(open)} come about, and by which written rules? Declare \`kind\`, and \`guideline\` or \`quality\`.`);
  },
};

function judge(labels: Component<'labels'>): Outcome | 'open' {
  const kind = value(labels, 'kind');
  if (presenceOf(labels, 'kind') === 'absent') return gap(labels, { about: 'kind', at: statementOf(labels, 'kind') ? 'kind' : undefined, message: `Nobody knows how the labels of ${labels.name} come about.`, impact: 'It is known what the model takes for true' });
  if (kind === 'outcome' || kind === 'feedback') return satisfied(labels, { because: `${labels.name} says what happened` });
  if (kind === undefined) return 'open';
  const rules = presenceOf(labels, 'guideline');
  const checked = value(labels, 'quality') !== undefined;
  if (rules === 'present') return satisfied(labels, { evidence: evidenceOf(statementOf(labels, 'guideline')) });
  if (kind === 'human' && rules === 'absent') return gap(labels, { about: 'guideline', at: statementOf(labels, 'guideline') ? 'guideline' : undefined, message: `Those who label for ${labels.name} follow no written rules.`, impact: 'Everyone labels alike' });
  if (kind !== 'human' && rules !== 'undeclared' && !checked) return gap(labels, { about: 'guideline', at: statementOf(labels, 'guideline') ? 'guideline' : undefined, message: `The rules behind the labels of ${labels.name} are not written down.` });
  if (kind !== 'human' && presenceOf(labels, 'quality') === 'absent') return gap(labels, { about: 'quality', at: statementOf(labels, 'quality') ? 'quality' : undefined, message: `${kind === 'proxy' ? 'A proxy' : 'A program'} makes the labels of ${labels.name}, and no sample of them is checked.`, changes: [{ op: 'set', subject: labels.name, property: 'quality', value: ['sampling'] }], impact: 'Wrong rules are noticed' });
  return kind !== 'human' && checked ? satisfied(labels, { because: `samples of ${labels.name} are checked` }) : 'open';
}
