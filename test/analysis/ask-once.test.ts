import { describe, expect, it } from 'vitest';
import { askedOnce } from '../../src/analysis/ask-once.ts';
import { gap, question, type QuestionOutcome } from '../../src/analysis/rule.ts';
import type { Component, SystemElement } from '../../src/model/architecture.ts';
import { loadText } from '../support/load.ts';

const { architectures } = loadText(`system Platform {
  service A : realtime
  service B : realtime
  service C : realtime
  service D : realtime
  service E : realtime
}`);
const [{ system, components }] = architectures as unknown as [{ system: SystemElement; components: ReadonlyMap<string, Component> }];
const service = (name: string): Component => components.get(name)!;
const logs = (name: string): QuestionOutcome => question(service(name), 'logs', `What does ${name} log? Words such as CAB are no names.`);

describe('askedOnce', () => {
  it('asks up to three one by one', () => {
    expect([...askedOnce(system, ['A', 'B', 'C'].map(logs))]).toEqual(['A', 'B', 'C'].map(logs));
  });

  it('asks more than three once, on the system, and says what to declare', () => {
    const [asked, ...others] = [...askedOnce(system, ['A', 'B', 'C', 'D', 'E'].map(logs))];
    expect(others).toEqual([]);
    expect(asked).toEqual(question(system, undefined, 'What does each of A, B, C and 2 more log? Words such as CAB are no names. Declare `logs` of each.'));
  });

  it('leaves findings, other questions and what is stated to be unknown as they are', () => {
    const finding = gap(service('E'), { message: 'E logs nothing.' });
    const unknown = { ...logs('E'), statedUnknown: true };
    const other = question(service('E'), 'slo', 'What does E promise?');
    const outcomes = [...askedOnce(system, [finding, unknown, other, ...['A', 'B', 'C'].map(logs)])];
    expect(outcomes).toEqual(expect.arrayContaining([finding, unknown, other, logs('A')]));
    expect(outcomes).toHaveLength(6);
  });

  it('tells two questions of one rule on the system apart', () => {
    const promises = ['A', 'B', 'C', 'D'].map((name) => question(service(name), 'slo', `What does ${name} promise?`));
    const asked = [...askedOnce(system, [...['A', 'B', 'C', 'D'].map(logs), ...promises])] as QuestionOutcome[];
    expect(asked.map(({ about }) => about)).toEqual([undefined, 'A']);
  });
});
