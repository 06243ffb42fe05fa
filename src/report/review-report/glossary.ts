import type { Section } from '../document/block.ts';

/** Words of the report that a reader from outside the field may not know. */
const TERMS: readonly (readonly [string, string])[] = [
  ['Artefact', 'The file of a trained model, as opposed to the program that runs it.'],
  ['Band', 'The range in which a figure lies with about 80 % certainty, as far as its inputs say.'],
  ['Canary', 'A small share of traffic that a new version answers first.'],
  ['Contradiction', 'Declared facts that cannot all hold.'],
  ['Drift', 'Inputs or answers in production come to differ from those that the model learned from.'],
  ['Feature', 'A value that the model reads, computed from raw data.'],
  ['Ground truth, labels', 'What really happened, joined with what was predicted.'],
  ['Headroom', 'How many times today’s peak the system takes.'],
  ['p50, p99', 'The time within which half, or 99 of 100, requests are answered.'],
  ['PSI', 'Population stability index: how far two distributions are apart; 0.1 is usually called a shift, 0.25 a large one.'],
  ['Readiness index', 'The least of the five category scores, 0 to 4; from what is assured to what is possible.'],
  ['Registry', 'Where versions of models are kept with what they were made from.'],
  ['Shadow', 'A new version that gets a copy of the traffic and whose answers are not used.'],
  ['Skew', 'Training and serving compute one feature in two ways.'],
  ['SLO', 'The objective that a service promises, such as p99 below 120 ms.'],
  ['SRM', 'Sample ratio mismatch: the groups of an experiment are not as large as planned, so that it cannot be trusted.'],
  ['Undeclared', 'Nobody said anything of it in the file: a question, and no finding.'],
];

export function glossarySection(): Section {
  return { id: 'glossary', title: 'Appendix: glossary', blocks: [{ kind: 'facts', facts: TERMS.map(([term, definition]) => ({ term, definition: [definition] })) }] };
}
