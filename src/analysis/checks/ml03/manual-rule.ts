import type { Component, Flow } from '../../../model/architecture.ts';
import { feedsTraining } from '../../../model/graph/cones.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { reachable } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatNumber } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { notApplicable, question, satisfied, weak, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { isFixing } from '../../training/kept-data.ts';

export const handsAreRecorded: Rule = {
  id: 'ML03.7',
  slug: 'steps-by-hand-are-recorded',
  title: 'What a person does within a training is recorded',
  type: 'weak',
  severity: 'medium',
  why: 'What somebody chose, filtered or copied by hand is part of how the model came about, and it is the part that is forgotten.',
  remediation: 'Automate the step, or let it record who chose what.',
  effort: 'M',
  falsePositives: 'The step leaves a record: declare `manual_steps_recorded yes`, or `pin` on the flow.',
  *evaluate({ architecture }) {
    for (const training of componentsOf(architecture, 'training')) {
      const steps = value(training, 'manual_steps');
      const recorded = presenceOf(training, 'manual_steps_recorded');
      if (!steps || steps.high === 0) {
        const stated = presenceOf(training, 'manual_steps');
        if (steps || stated === 'absent') yield satisfied(training, { because: `no hand is needed within ${training.name}`, evidence: evidenceOf(statementOf(training, 'manual_steps')) });
        else if (value(training, 'code') === 'notebook') yield question(training, 'manual_steps', `How many steps does a person do within ${training.name}? Declare \`manual_steps\`.`);
        else yield notApplicable(`No step by hand is declared within ${training.name}.`, training);
      } else if (recorded === 'present') yield satisfied(training, { evidence: evidenceOf(statementOf(training, 'manual_steps_recorded')) });
      else if (recorded === 'absent') {
        yield weak(training, {
          at: 'manual_steps',
          message: `${training.name} has ${steps.high === 1 ? 'a step' : `${formatNumber(steps.high)} steps`} by hand, and what the person chose is not recorded.`,
          changes: [{ op: 'set', subject: training.name, property: 'manual_steps_recorded', value: true }],
        });
      } else yield question(training, 'manual_steps_recorded', `Is what a person chooses within ${training.name} recorded with the run? Declare \`manual_steps_recorded\`.`);
    }
    const graph = edgesOf(architecture);
    for (const edge of graph.edges) {
      if (!edge.flow || value(edge.flow, 'automated') !== false || !feedsTraining(edge) || isFixing(edge)) continue;
      const fed = [...reachable(graph, [edge.to], { follow: feedsTraining })].filter((name) => architecture.components.get(name)?.kind === 'training');
      if (fed.length === 0) continue;
      yield weak(edge.flow, {
        message: `Data goes from ${edge.from} to ${edge.to} by hand on its way to ${listed(fed)}, and nothing records what was taken.`,
        path: hops(edge.flow, architecture.components.get(fed[0] ?? '')),
        changes: [{ op: 'set-flow', from: edge.from, to: edge.to, property: 'automated', value: true }],
      });
    }
  },
};

function hops(flow: Flow, training: Component | undefined) {
  return [{ component: flow.from, span: flow.span }, { component: flow.to, span: flow.span, note: 'by hand' }, ...(training ? [{ component: training.name, span: training.nameSpan }] : [])];
}
