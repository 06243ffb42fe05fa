import { expect, it } from 'vitest';
import { assistant, bare, fraud, lineOf, system, textOf } from './support.ts';

it('lists the failures that can happen here, with what shows them and what to do', () => {
  const text = textOf('incident-response', fraud());
  expect(lineOf(text, 'Drift |')).toBe('| Drift | model | InputDrift | RiskOnCall | FraudRunbook | no process is declared |');
  expect(lineOf(text, 'Late or failed pipelines')).toContain('no monitor, but Airflow | RiskOnCall | none (covers)');
  expect(lineOf(text, 'Stale features')).toContain('nothing declared');
  // Nobody asks a vendor here, and nothing that is written can do harm.
  expect(text).not.toMatch(/vendor|Harmful/);
});

it('adds up noticing and going back against the target', () => {
  // The quickest monitor looks over 10 min, and 5 min go back: 15 min of an hour.
  expect(lineOf(textOf('incident-response', assistant()), 'Time')).toBe('- Time: Latency notices within 10 min; going back takes 5 min; the target is 1 h (SupportIncidents), which both together keep');
  const slow = system('recovery_target 10 min', 'service Api : realtime { serves Net rollback manual within 5 min }', 'model Net : trained { }', 'monitor Errors : latency { watches Api every 6 min }');
  expect(lineOf(textOf('incident-response', slow), 'Time')).toContain('which both together miss');
});

it('tells first actions by the names of the file', () => {
  const text = textOf('incident-response', fraud());
  expect(text).toContain('See what the checks say: AuthGate, bad data quarantine; AuthStream, bad data quarantine.');
  expect(text).toContain('Stop retraining, so that nothing is learned from it: TrainFraud, trigger [schedule, weekly, drift].');
  expect(text).toContain('go back: Scorer within 5 min (ScorerRollout)');
  const vendor = textOf('incident-response', assistant());
  expect(vendor).toContain('route around it: WriterApi, instead SpareApi');
  expect(vendor).toContain('change what is in your hands, and judge it again before it goes out: Instructions and HelpCentre.');
  expect(vendor).not.toContain('Stop retraining');
});

it('names roles, escalation and the deadlines that apply', () => {
  const text = textOf('incident-response', assistant());
  expect(lineOf(text, 'Answers for the data')).toBe('| Answers for the data | not among the roles of SupportIncidents | Content team |');
  expect(lineOf(text, 'SupportOnCall,')).toBe('- SupportOnCall, pagerduty to SupportTeam, then Support AI, then Head of Support');
  expect(lineOf(text, 'GDPR')).toContain('72 hours');
  expect(text).not.toContain('EU AI Act');
  const high = system('risk_class high', 'service Api : realtime { serves Net }', 'model Net : trained { }');
  expect(lineOf(textOf('incident-response', high), 'EU AI Act')).toContain('15 days from knowing of a serious incident, 2 days where it is widespread');
});

it('says that there is no way out where none is declared', () => {
  const text = textOf('incident-response', bare());
  expect(lineOf(text, 'Ways out')).toContain('None is declared');
  expect(text).toContain('No alert is declared (alert), so it is open who is told first.');
  expect(text).toContain('train it again on newer data; by what is not declared (training).');
  expect(text).not.toContain('Bad data');
});
