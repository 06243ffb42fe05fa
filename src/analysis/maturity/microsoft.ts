import { componentsOf } from '../../model/statements.ts';
import { codeTested, delivered, promoted, released } from './delivery.ts';
import { judgedBy, whyNotTrained, type Facts } from './facts.ts';
import { modelGate } from './gates.ts';
import { every, open } from './judgement.ts';
import { criterion, ladderOf, type Ladder } from './ladder.ts';
import { eachTraining, managedCompute, retrained, triggered } from './training.ts';

const NO_MODEL = open('no model of its own is declared');
const NO_SERVICE = open('no service in production that answers with a model is declared');

/** The levels of the “Machine learning operations maturity model” (Microsoft), as far as a model of the architecture shows them. People and culture, which it also judges, are left out. */
export function microsoftLevels(facts: Facts): Ladder {
  const served = (rule: string) => (facts.releases.length === 0 ? NO_SERVICE : judgedBy(facts, rule));
  return ladderOf(
    'Microsoft MLOps maturity',
    'No MLOps',
    [
      {
        title: 'DevOps but no MLOps',
        criteria: [
          criterion('A pipeline tests code', codeTested(facts, componentsOf(facts.architecture, 'pipeline')), '`pipeline : ci` with the stage `code_tests`'),
          criterion('A pipeline releases software', released(facts), '`pipeline : cd`', '`deployed_by` of a service'),
        ],
      },
      {
        title: 'Automated training',
        criteria: [
          criterion('A training runs without somebody starting it by hand', eachTraining(facts, triggered), '`trigger` of the training'),
          criterion('A training runs on managed machines', eachTraining(facts, managedCompute), '`runs_on`', '`orchestrated_by`'),
          criterion('Runs and their results are tracked in one place', every([judgedBy(facts, 'ML02.1'), judgedBy(facts, 'ML02.6')], NO_MODEL), 'ML02.1', 'ML02.6'),
          criterion('Training code comes from version control', judgedBy(facts, 'ML03.3'), 'ML03.3'),
          criterion('Models are versioned in a registry', every([judgedBy(facts, 'ML01.1'), judgedBy(facts, 'ML01.3')], NO_MODEL), 'ML01.1', 'ML01.3'),
        ],
      },
      {
        title: 'Automated model deployment',
        criteria: [
          criterion('A new model reaches its service without a hand', delivered(facts), '`deployed_by` of the service', '`pipeline … deploys`'),
          criterion('Tests decide whether a model goes on', every(facts.models.map((model) => modelGate(facts, model)), NO_MODEL), '`evaluation … judges … blocking yes`', '`gate` of a pipeline'),
          criterion('A new version is tried before production', served('ML17.1'), 'ML17.1'),
          criterion('A deployment can be traced to run, code and data', every([judgedBy(facts, 'ML01.4'), judgedBy(facts, 'ML02.4')], NO_MODEL), 'ML01.4', 'ML02.4'),
        ],
      },
      {
        title: 'Full MLOps, automated operations',
        criteria: [
          criterion('What models answer is watched', served('ML13.2'), 'ML13.2'),
          criterion('A signal of production starts the training', every(facts.models.map((model) => retrained(facts, model)), NO_MODEL), '`triggers` of a monitor', '`trigger [drift, performance]`'),
          criterion('A version that passed its gates goes on by a rule', every(facts.models.map((model) => promoted(facts, model)), NO_MODEL), '`promotion automatic` of the registry', '`approval none_needed` of the pipeline'),
        ],
      },
    ],
    whyNotTrained(facts),
  );
}
