import { describe, expect, it } from 'vitest';
import { meeting } from '../../../src/analysis/criteria/agents/meeting.ts';
import { meetingsOf } from '../../../src/analysis/generative/meeting.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import type { Architecture } from '../../../src/model/architecture.ts';
import { loadText } from '../../support/load.ts';

function architectureOf(body: string): Architecture {
  const [architecture] = loadText(`system S {\n${body}\n}`).architectures;
  if (!architecture) throw new Error('No system');
  return architecture;
}

const CRM = `
  source Form : web { writers anyone }
  store Crm : database { contains [pii] }
  model Llm : vendor
  agent Seller { model Llm uses [Look, Mailer] }
  tool Look { effect read on Crm }
  tool Mailer { effect send }
  Form -> Crm
`;

describe('what meets in one agent', () => {
  it('comes by stores and tools, and leaves by what sends', () => {
    const [found] = meetingsOf(architectureOf(CRM));
    expect(found?.secrets.map(({ dataClass, path }) => [dataClass, ...path.map((edge) => edge.from)])).toEqual([['pii', 'Crm', 'Look']]);
    expect(found?.strangers.map(({ origin, path }) => [origin.name, ...path.map((edge) => edge.to)])).toEqual([['Form', 'Crm', 'Look', 'Seller']]);
    expect(found?.out.map(({ kind, tool }) => [kind, tool?.name])).toEqual([['sends', 'Mailer']]);
  });

  it('is proved by the way of an attack: in, to the data, back, and out', () => {
    const outcomes = [...meeting.evaluate({ architecture: architectureOf(CRM), settings: DEFAULT_SETTINGS, today: '2026-11-21' })];
    const path = outcomes.flatMap((outcome) => ('path' in outcome ? (outcome.path ?? []) : []));
    expect(path.map(({ component }) => component)).toEqual(['Form', 'Crm', 'Look', 'Seller', 'Look', 'Crm', 'Seller', 'Mailer']);
  });

  it('does not take a question for content, nor a tool that only sends for one that reads', () => {
    const [found] = meetingsOf(architectureOf(`
  consumer People : user { trusted no }
  store Outbox : database { contains [pii] }
  model Llm : vendor
  agent Seller { model Llm uses Mailer user_identity yes }
  tool Mailer { effect send on Outbox }
  People -> Seller
`));
    expect(found).toMatchObject({ secrets: [], strangers: [] });
  });

  it('takes nothing of what was screened, and no data without a class for private', () => {
    const [found] = meetingsOf(architectureOf(CRM.replace('tool Look {', 'tool Look { screened yes').replace('contains [pii]', 'contains [none]')));
    expect(found).toMatchObject({ secrets: [], strangers: [] });
  });
});
