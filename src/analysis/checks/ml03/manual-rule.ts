import { feedsTraining } from '../../../model/graph/cones.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { pathTo, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatNumber } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { notApplicable, question, satisfied, weak, type Rule } from '../../rule.ts';
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
    const ways = reachTree(graph, componentsOf(architecture, 'training').map(({ name }) => name), { direction: 'upstream', follow: feedsTraining });
    for (const edge of graph.edges) {
      if (!edge.flow || value(edge.flow, 'automated') !== false || !feedsTraining(edge) || isFixing(edge)) continue;
      const way = pathTo(ways, edge.to, 'upstream');
      if (!way) continue;
      yield weak(edge.flow, {
        message: `Data goes from ${edge.from} to ${edge.to} by hand on its way to ${way.at(-1)?.to ?? edge.to}, and nothing records what was taken.`,
        path: hopsOf([edge, ...way], (hop) => (hop === edge ? 'by hand' : hop.payload)),
        changes: [{ op: 'set-flow', from: edge.from, to: edge.to, property: 'automated', value: true }],
      });
    }
  },
};
