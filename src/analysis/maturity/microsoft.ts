import type { Kind } from '../../model/architecture.ts';
import { componentsOf } from '../../model/statements.ts';
import { codeTested, delivered, promoted, released } from './delivery.ts';
import { byRule, whyNotTrained, type Facts } from './facts.ts';
import { modelGate } from './gates.ts';
import { every, open } from './judgement.ts';
import { criterion, ladderOf, type Ladder } from './ladder.ts';
import { eachTraining, managedCompute, retrained, triggered } from './training.ts';

const NO_MODEL = open('no model of its own is declared');
const NO_SERVICE = open('no service in production that answers with a model is declared');

/** The levels of the “Machine learning operations maturity model” (Microsoft), as far as a model of the architecture shows them. People and culture, which it also judges, are left out. */
export function microsoftLevels(facts: Facts): Ladder {
  const served = (rule: string, kind: Kind) => (facts.releases.length === 0 ? NO_SERVICE : byRule(facts, rule, kind));
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
          criterion('Runs and their results are tracked in one place', every([byRule(facts, 'ML02.1', 'tracker'), byRule(facts, 'ML02.6', 'tracker')], NO_MODEL), 'ML02.1', 'ML02.6'),
          criterion('Training code comes from version control', byRule(facts, 'ML03.3', 'training'), 'ML03.3'),
          criterion('Models are versioned in a registry', every([byRule(facts, 'ML01.1', 'registry'), byRule(facts, 'ML01.3', 'registry')], NO_MODEL), 'ML01.1', 'ML01.3'),
        ],
      },
      {
        title: 'Automated model deployment',
        criteria: [
          criterion('A new model reaches its service without a hand', delivered(facts), '`deployed_by` of the service', '`pipeline … deploys`'),
          criterion('Tests decide whether a model goes on', every(facts.models.map((model) => modelGate(facts, model)), NO_MODEL), '`evaluation … judges … blocking yes`', '`gate` of a pipeline'),
          criterion('A new version is tried before production', served('ML17.1', 'environment'), 'ML17.1'),
          criterion('A deployment can be traced to run, code and data', every(['ML01.1', 'ML01.4', 'ML02.4'].map((rule) => byRule(facts, rule, 'registry')), NO_MODEL), 'ML01.1', 'ML01.4', 'ML02.4'),
        ],
      },
      {
        title: 'Full MLOps, automated operations',
        criteria: [
          criterion('What models answer is watched', served('ML13.2', 'monitor'), 'ML13.2'),
          criterion('A signal of production starts the training', every(facts.models.map((model) => retrained(facts, model)), NO_MODEL), '`triggers` of a monitor', '`trigger [drift, performance]`'),
          criterion('A version that passed its gates goes on by a rule', every(facts.models.map((model) => promoted(facts, model)), NO_MODEL), '`promotion automatic` of the registry', '`approval none_needed` of the pipeline'),
        ],
      },
    ],
    whyNotTrained(facts),
  );
}
