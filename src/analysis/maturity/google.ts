import { delivered, codeTested, trainingDelivered } from './delivery.ts';
import { byRule, whyNotTrained, type Facts } from './facts.ts';
import { dataGate, modelGate } from './gates.ts';
import { every, open } from './judgement.ts';
import { criterion, ladderOf, type Ladder } from './ladder.ts';
import { eachTraining, orchestrated, triggered } from './training.ts';

const NO_MODEL = open('no model of its own is declared');

/** The levels of “MLOps: Continuous delivery and automation pipelines in machine learning” (Google Cloud), as far as a model of the architecture shows them. */
export function googleLevels(facts: Facts): Ladder {
  return ladderOf(
    'Google Cloud MLOps levels',
    'Manual process',
    [
      {
        title: 'ML pipeline automation',
        criteria: [
          criterion('The steps of every training are orchestrated', eachTraining(facts, orchestrated), '`orchestrated_by` of the training', '`manual_steps`'),
          criterion('A training is started by the clock, new data, drift, a fall in quality or on demand', eachTraining(facts, triggered), '`trigger` of the training'),
          criterion('Data is validated before training, and what is bad stops there', eachTraining(facts, dataGate), 'ML07.1', '`validation … blocking yes`', '`on_bad_data`'),
          criterion('A model is validated before it is served, and what is worse stops there', every(facts.models.map((model) => modelGate(facts, model)), NO_MODEL), '`evaluation … judges … blocking yes`', '`gate` of a pipeline'),
          criterion('What every run used and made is recorded by a tool', every(['ML02.1', 'ML02.2', 'ML02.3'].map((rule) => byRule(facts, rule, 'tracker')), NO_MODEL), 'ML02.1', 'ML02.2', 'ML02.3'),
          criterion('A new model reaches its service without a hand', delivered(facts), '`deployed_by` of the service', '`pipeline … deploys`'),
        ],
      },
      {
        title: 'CI/CD pipeline automation',
        criteria: [
          criterion('A pipeline tests the code of training and features', codeTested(facts), '`pipeline : ci` with the stage `code_tests`'),
          criterion('A change of the training comes to production through a pipeline', eachTraining(facts, trainingDelivered), '`pipeline` with the stage `training` and `trigger merge`'),
          criterion('Training code comes from version control', byRule(facts, 'ML03.3', 'training'), 'ML03.3'),
          criterion('Every model passes a registry', byRule(facts, 'ML01.1', 'registry'), 'ML01.1'),
        ],
      },
    ],
    whyNotTrained(facts),
  );
}
