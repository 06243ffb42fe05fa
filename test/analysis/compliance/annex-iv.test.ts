import { describe, expect, it } from 'vitest';
import { annexIv } from '../../../src/analysis/compliance/annex-iv.ts';
import { loadText } from '../../support/load.ts';

/** The state of each point by section and words. */
function statesOf(body: string): Record<string, string> {
  const { architectures, problems } = loadText(`system S {\n${body}\n}\n`);
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const [architecture] = architectures;
  if (!architecture) throw new Error('no system');
  return Object.fromEntries(annexIv(architecture).flatMap(({ number, points }) => points.map(({ what, state }) => [`${number} ${what}`, state])));
}

describe('Annex IV', () => {
  it('has nine sections, and nothing is absent where nobody said anything', () => {
    const states = statesOf('');
    expect(new Set(Object.keys(states).map((key) => key.split(' ')[0]))).toEqual(new Set(['1', '2', '3', '4', '5', '6', '7', '8', '9']));
    expect(new Set(Object.values(states))).toEqual(new Set(['open']));
  });

  it('takes `compliance none` for papers, and not for what may stand elsewhere', () => {
    const states = statesOf('compliance none');
    expect(states['5 the system of risk management']).toBe('absent');
    expect(states['9 the plan of post-market monitoring']).toBe('absent');
    expect(states['2 human oversight']).toBe('open');
  });

  it('finds the data that models learned from behind what the training reads', () => {
    const known = 'source Db\nstore Lake\ndataset Examples { from Lake }\nDb -> Lake\ntraining T { reads Examples produces M }\nmodel M : trained { task ranking }';
    expect(statesOf(known)['2 the data that models learned from']).toBe('declared');
    expect(statesOf('training T { produces M }\nmodel M : trained { task ranking }')['2 the data that models learned from']).toBe('open');
  });

  it('asks every model for its task', () => {
    expect(statesOf('model A { task ranking }\nmodel B { task ranking }')['2 the models and their tasks']).toBe('declared');
    expect(statesOf('model A { task ranking }\nmodel B')['2 the models and their tasks']).toBe('open');
  });

  it('tells a paper that is planned or not written from one that is there', () => {
    const risk = (file: string) => statesOf(`compliance R { duty risk_management ${file} }`)['5 the system of risk management'];
    expect(risk('file "risks.md"')).toBe('declared');
    expect(risk('file planned by 2027-01-31')).toBe('planned');
    expect(risk('file none')).toBe('absent');
  });

  it('says which elements answer a point', () => {
    const { architectures } = loadText('system S {\n  evaluation E { metrics [recall] }\n}\n');
    const [architecture] = architectures;
    const metrics = architecture && annexIv(architecture).find(({ number }) => number === 4)?.points[0];
    expect(metrics?.shownBy.map(({ element, property }) => `${element.name}.${String(property)}`)).toEqual(['E.metrics']);
  });
});
