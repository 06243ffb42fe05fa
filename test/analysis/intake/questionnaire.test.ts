import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { checks } from '../../../src/analysis/checks/all.ts';
import type { Question } from '../../../src/analysis/finding.ts';
import { questionnaire, type IntakeQuestion, type Questionnaire } from '../../../src/analysis/intake/questionnaire.ts';
import { whereToLook } from '../../../src/analysis/intake/where-to-look.ts';
import { wordingOf } from '../../../src/analysis/intake/wording.ts';
import { review } from '../../../src/analysis/review.ts';
import type { Architecture } from '../../../src/model/architecture.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { loadText } from '../../support/load.ts';

const TODAY = '2026-11-21';
const all = ({ questions, ifThereIsTime }: Questionnaire): IntakeQuestion[] => [...questions, ...ifThereIsTime];
const sheetOf = (architecture: Architecture, budget?: number): Questionnaire => questionnaire({ architecture }, review(architecture, { today: TODAY }), budget);

const TEXT = `system S {
  stage production
  consumer App { peak 20 req/s }
  service Api : realtime { owner "Web team" fallback rules }
  runbook Book { covers [rollback] drilled unknown }
  alert Pager { channel pagerduty }
  App -> Api -> Log { sync }
  store Log
}
`;
const SYSTEM = loadText(TEXT).architectures[0]!;
const { span } = SYSTEM.system;
const question = (rule: string, component: string, property: string | undefined, message: string, value = 0.5): Question => ({ id: `${rule}@${component}`, rule, check: rule.split('.')[0]!, message, component, span, property, value });
const asked = (questions: readonly Question[], budget?: number): Questionnaire => questionnaire({ architecture: SYSTEM }, { questions }, budget);

describe('a questionnaire', () => {
  test.each(SYSTEMS)('of %s asks all that the review asks, once for each answer', (file) => {
    for (const architecture of loadExample(file).architectures) {
      const { questions } = review(architecture, { today: TODAY });
      const sheet = sheetOf(architecture);
      expect(new Set(all(sheet).flatMap(({ rules }) => rules))).toEqual(new Set(questions.map(({ rule }) => rule)));
      expect(new Set(all(sheet).map(({ id }) => id)).size).toBe(all(sheet).length);
      expect(sheet.minutes).toBe(sheet.questions.reduce((sum, { minutes }) => sum + minutes, 0));
      expect(sheet.minutes).toBeLessThanOrEqual(120);
      const values = sheet.questions.map(({ value }) => value);
      expect(values).toEqual([...values].sort((a, b) => b - a));
    }
  });

  it('asks of every fixture in words for people: no key is needed, and there is a form, an example or words to choose from', () => {
    for (const file of globSync('test/fixtures/checks/*/*.mlarch')) {
      for (const architecture of loadText(readFileSync(file, 'utf8')).architectures) {
        for (const { text, also, goes, lookUp, whoKnows } of all(sheetOf(architecture))) {
          for (const sentence of [text, ...also]) expect(sentence, file).not.toMatch(/^Declare|[.?] Declare/);
          expect(lookUp, text).not.toBe('the documentation of the system');
          expect(whoKnows).not.toBe('');
          if (goes.to === 'file') expect(goes.place).not.toBe('');
          else {
            const { form } = goes;
            expect(form.form).not.toBe('');
            expect(goes.meaning, `${file}: ${goes.property}`).not.toBe('');
            expect([...form.examples, ...(form.allowed ?? []), ...(form.parts ?? []), ...(form.names ?? []), ...(form.type === 'text' || form.names ? ['free'] : [])], `${file}: ${goes.property}`).not.toEqual([]);
          }
        }
      }
    }
  });

  it('merges what one answer settles, and counts all of its risk', () => {
    const sheet = asked([
      question('ML09.1', 'S.Api', 'replicas', 'How many replicas of Api run? Declare `replicas` or `autoscale`.', 0.5),
      question('ML09.2', 'S.Api', 'replicas', 'How many run at once?', 0.4),
      question('ML10.1', 'S.Api', 'zones', 'In how many zones?', 0.7),
    ]);
    expect(sheet.questions.map(({ id, text, also, rules, value, minutes }) => ({ id, text, also, rules, value, minutes }))).toEqual([
      { id: 'S.Api.replicas', text: 'How many replicas of Api run?', also: ['How many run at once?'], rules: ['ML09.1', 'ML09.2'], value: 0.9, minutes: 2 },
      { id: 'S.Api.zones', text: 'In how many zones?', also: [], rules: ['ML10.1'], value: 0.7, minutes: 2 },
    ]);
    expect(sheet.questions[0]).toMatchObject({ whoKnows: 'Web team (owner); whoever runs the service', goes: { to: 'property', element: { kind: 'service', name: 'Api' }, property: 'replicas', alternatives: ['autoscale'], stated: false, form: { type: 'quantity', form: 'a number or a range', examples: ['2..8'] } } });
  });

  it('puts what is quickly answered before what takes long, at equal risk', () => {
    const sheet = asked([question('ML01.1', 'S.Api', 'owner', 'Who?'), question('ML01.2', 'S.Api', 'audit_log', 'Is it logged?'), question('ML01.3', 'S.Api', 'zones', 'How many?'), question('ML01.4', 'S', undefined, 'Is there a registry? Declare it, or `registry none`.')]);
    expect(sheet.questions.map(({ id, minutes, value }) => [id, minutes, value])).toEqual([['S.Api.audit_log', 1, 1], ['S.Api.zones', 2, 0.5], ['S.Api.owner', 3, 0.333], ['ML01.4@S', 5, 0.2]]);
    expect(sheet.questions[3]!.goes).toEqual({ to: 'file', place: 'Declare it, or `registry none`.', kind: 'registry' });
  });

  it('fits into the minutes; the rest is for when there is time', () => {
    const questions = [question('ML01.1', 'S.Api', 'owner', 'Who?', 9), question('ML01.2', 'S.Api', 'audit_log', 'Is it logged?', 1), question('ML01.3', 'S.Api', 'zones', 'How many?', 1)];
    const fitted = (budget: number) => { const sheet = asked(questions, budget); return [sheet.questions.map(({ id }) => id), sheet.ifThereIsTime.map(({ id }) => id), sheet.minutes]; };
    expect(fitted(120)).toEqual([['S.Api.owner', 'S.Api.audit_log', 'S.Api.zones'], [], 6]);
    expect(fitted(4)).toEqual([['S.Api.owner', 'S.Api.audit_log'], ['S.Api.zones'], 4]);
    expect(fitted(2)).toEqual([['S.Api.audit_log'], ['S.Api.owner', 'S.Api.zones'], 1]);
    expect(fitted(0)).toEqual([[], ['S.Api.owner', 'S.Api.audit_log', 'S.Api.zones'], 0]);
  });

  it('knows the form of the answers: units, words with their meaning, parts, names', () => {
    const formOf = (component: string, property: string) => (all(asked([question('ML01.1', component, property, 'What?')]))[0]!.goes as { form: unknown }).form;
    expect(formOf('S.App', 'peak')).toMatchObject({ type: 'quantity', form: 'a rate with its unit, or a range', units: ['req/s', 'req/min', 'req/day'], examples: ['1_200 req/s'] });
    expect(formOf('S', 'stage')).toMatchObject({ type: 'choice', allowed: [{ word: 'prototype', meaning: 'Shown to few, may break.' }, { word: 'pilot', meaning: expect.any(String) as string }, { word: 'production', meaning: expect.any(String) as string }] });
    expect(formOf('S.Api', 'slo')).toMatchObject({ type: 'record', parts: expect.arrayContaining([expect.objectContaining({ name: 'availability', form: 'a share with its unit, or a range' }), expect.objectContaining({ name: 'ttft', meaning: 'Time to first token.' })]) as unknown });
    expect(formOf('S.Pager', 'runbook')).toMatchObject({ names: ['Book'], examples: ['Book'] });
    expect(formOf('S.App->Api', 'timeout')).toMatchObject({ type: 'quantity', units: expect.arrayContaining(['ms']) as string[] });
  });

  it('says what is stated already, and passes a property that the element does not have on to the file', () => {
    expect(all(asked([question('ML20.3', 'S.Book', 'covers', 'What?')]))[0]).toMatchObject({ goes: { to: 'property', stated: true } });
    expect(all(asked([question('ML19.6', 'S.Book', 'drilled', 'When?')]))[0]).toMatchObject({ goes: { to: 'property', stated: false } });
    expect(all(asked([question('ML20.3', 'S.Book', 'imaginary', 'What?')]))[0]).toMatchObject({ id: 'ML20.3@S.Book', goes: { to: 'file' } });
  });
});

describe('the wording', () => {
  it.each([
    ['How many? Declare `replicas` or `autoscale`.', 'How many?', 'Declare `replicas` or `autoscale`.'],
    ['What is it for? It decides how fast its world drifts.', 'What is it for? It decides how fast its world drifts.', ''],
    ['Which ones? Name them with `transforms`, or say `transforms none`.', 'Which ones?', 'Name them with `transforms`, or say `transforms none`.'],
    ['Declare `a`.', 'Declare `a`.', ''],
  ])('of %j leaves the words for the author out', (message, text, place) => expect(wordingOf(message)).toEqual({ text, place }));

  it('says for each check where to look', () => {
    for (const { id } of checks) expect(whereToLook(id)).not.toBe(whereToLook('none'));
  });
});
