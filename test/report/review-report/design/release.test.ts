import { expect, it } from 'vitest';
import { assistant, bare, fraud, lineOf, system, textOf } from './support.ts';

it('knows a model whose update is a deployment of data', () => {
  const text = textOf('decoupling', fraud());
  expect(lineOf(text, 'FraudNet |')).toBe('| FraudNet | Scorer | a deployment of data | Risk ML (of CardFraud) |');
  expect(text).toContain('Nothing is left to do');
  expect(lineOf(text, 'How long')).toBe('- How long: 5 min, within the 15 min that going back may take; the recovery target is 10 min');
});

it('lists what ties a model to code, the steps, and the finding', () => {
  const text = textOf('decoupling', system('service Api : realtime { serves Net loads_model baked_in deployed_by manual rollback none }', 'model Net : trained { packaging in_image }', 'training Fit : scheduled { produces Net records_to Models }', 'registry Models { immutable no }', 'Models -> Api { deploys Net }'));
  expect(lineOf(text, 'Net |')).toContain('a deployment of code');
  expect(lineOf(text, 'Packaging')).toBe('| Packaging | The artefact is part of the image or the code | Net: packaging in_image |');
  expect(lineOf(text, 'Registry')).toContain('Models: immutable no');
  expect(text.match(/^\d\. /gm)).toEqual(['1. ', '2. ', '3. ', '4. ', '5. ']);
  expect(lineOf(text, 'Findings')).toContain('ML10.4 Shop.Net');
});

it('takes companions back together, and says which are not said to go back', () => {
  expect(lineOf(textOf('decoupling', assistant()), 'What goes along')).toBe('- What goes along: Instructions goes back by itself; HelpCentre goes back with it');
  const text = textOf('decoupling', system('service Api : realtime { serves Net rollback manual within 20 min }', 'model Net : trained { requires [Encoder] }', 'features Encoder { }'));
  expect(lineOf(text, 'What goes along')).toContain('Encoder is not said to go back');
  expect(lineOf(text, 'How long')).toContain('20 min, beyond the 15 min that going back may take');
});

it('has a timetable of the rollout with what the new version sees', () => {
  const text = textOf('deployment-runbook', fraud());
  // 400 req/s × 21,600 s = 8.64 million in six hours: 1 %, 10 % and half of it.
  expect(lineOf(text, '1 % |')).toBe('| 1 % | at once | 6 h | 86,400 |');
  expect(lineOf(text, '10 % |')).toBe('| 10 % | after 6 h | 6 h | 864,000 |');
  expect(lineOf(text, '50 % |')).toBe('| 50 % | after 12 h | 6 h | 4,320,000 |');
  expect(lineOf(text, '100 % |')).toBe('| 100 % | after 18 h | stays | all |');
  expect(lineOf(text, 'ScoreQuality:')).toContain('it speaks only after its truth, Chargebacks, delay 45 days');
});

it('says whether a step sees what the criteria ask for', () => {
  // 1.5 req/s × 86,400 s × 5 % = 6,480, and 2,000 are asked for.
  expect(lineOf(textOf('deployment-runbook', assistant()), '5 % |')).toBe('| 5 % | at once | 1 day | 6,480, enough |');
  const few = system('consumer Web { peak 2 req/s average 1 req/s }', 'service Api : realtime { serves Net }', 'model Net : trained { }', 'Web -> Api', 'rollout Out for Api { strategy canary steps [1 %, 100 %] each 1 h criteria min_sample 1_000 }');
  // 3,600 requests an hour, 36 of them.
  expect(lineOf(textOf('deployment-runbook', few), '1 % |')).toContain('36, too few for the criteria');
});

it('names gates, places, people and documents before a release', () => {
  const text = textOf('deployment-runbook', assistant());
  expect(text).toContain('The version has passed Regression (stops a bad one: yes; compared with production).');
  expect(text).toContain('It was tried in Staging, traffic replay of Customers, data masked_snapshot, which decides on the rollout.');
  expect(lineOf(text, 'Who')).toBe('- Who: 3 may deploy (Release); approval for AssistantRollout: one; approval for Release: one');
  expect(lineOf(text, 'Written down in')).toContain('file "runbooks/assistant.md", reviewed 2026-09-30');
});

it('invents no steps', () => {
  const text = textOf('deployment-runbook', bare());
  expect(text).toContain('How a new version reaches its users is not declared (rollout … for Api).');
  expect(text).toContain('No place in which it is tried apart from production is declared (environment … : staging).');
  const jobs = textOf('deployment-runbook', system('service Nightly : batch { serves Net }', 'model Net : trained { }'));
  expect(jobs).toContain('It predicts in jobs');
  expect(textOf('decoupling', system('owner "A"'))).toContain('there is nothing to take apart');
});
