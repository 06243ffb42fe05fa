import { describe, expect, it } from 'vitest';
import { checklist } from '../../src/analysis/checklist.ts';
import { PACK_NAMES } from '../../src/analysis/criteria/packs.ts';
import { review } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/analysis/settings.ts';
import type { Architecture } from '../../src/model/architecture.ts';
import { loadExample, SYSTEMS } from '../support/examples.ts';
import { CASES } from './published-cases.ts';

const TODAY = '2026-11-21';
const withPacks = (state: 'on' | 'off'): Settings => ({ ...DEFAULT_SETTINGS, packs: Object.fromEntries(PACK_NAMES.map((pack) => [pack, state])) });

function architectureOf(file: string): Architecture {
  const [architecture] = loadExample(file).architectures;
  if (!architecture) throw new Error(`${file} declares no system`);
  return architecture;
}

describe.each(['netflix-axion', 'doordash-support-rag', 'uber-eats-delivery-time'])('%s, a good system, stays quiet', (file) => {
  const named = new Set(CASES.find((item) => item.file === file)?.must.flat());

  it.each(['on', 'off'] as const)('with all packs %s', (state) => {
    const { findings } = review(architectureOf(`examples/published/${file}.mlarch`), { today: TODAY, settings: withPacks(state) });
    const loud = findings.filter(({ severity, rule }) => (severity === 'high' || severity === 'critical') && !named.has(rule));
    expect(loud.map(({ id, message }) => `${id}: ${message}`)).toEqual([]);
  });
});

/** Everything critical in the examples: wrong decisions that nobody sees, a loss with nothing in its place, or harm that cannot be undone. */
const CRITICAL: Readonly<Record<string, Readonly<Record<string, 'silent' | 'outage' | 'harm'>>>> = {
  'examples/published/cloudflare-bot-management.mlarch': {
    'ML07.5@CloudflareBotManagement.FeatureFile': 'outage',
    'ML18.6@CloudflareBotManagement.FeatureFile': 'outage',
  },
  'examples/published/feast-aws-credit-scoring.mlarch': {
    'ML01.2@FeastCreditScoring.CreditTree': 'outage',
    'ML10.1@FeastCreditScoring.LoanApp': 'outage',
    'ML13.2@FeastCreditScoring.LoanApp': 'silent',
    'ML18.1@FeastCreditScoring.NewTree': 'outage',
    'ML20.4@FeastCreditScoring.LoanApp': 'harm',
  },
  'examples/published/replit-coding-agent.mlarch': {
    'AGT-02@ReplitCodingAgent.RunSql/CodingAgent': 'harm',
    'AGT-05@ReplitCodingAgent.CodingAgent': 'harm',
  },
  'examples/published/startup-on-one-machine.mlarch': {
    'ML01.2@StartupScoring.Score': 'outage',
    'ML05.1@StartupScoring.NotebookFeatures': 'silent',
    'ML09.1@StartupScoring.Api': 'outage',
    'ML09.3@StartupScoring.Api': 'outage',
    'ML10.1@StartupScoring.Api': 'outage',
    'ML18.1@StartupScoring.Deploy': 'outage',
  },
};

describe('critical findings of the examples', () => {
  it.each(SYSTEMS)('%s has those that are listed, each for one of the three reasons', (file) => {
    const architecture = architectureOf(file);
    const { findings } = review(architecture, { today: TODAY });
    const context = { architecture, settings: DEFAULT_SETTINGS, today: TODAY };
    const reasonOf = (id: string, message: string): string | undefined => {
      const rule = checklist.flatMap(({ rules }) => rules).find((item) => item.id === id);
      const outcomes = [...(rule?.evaluate(context) ?? [])];
      return outcomes.map((outcome) => ('critical' in outcome && outcome.message === message ? outcome.critical : undefined)).find((reason) => reason !== undefined);
    };
    const critical = findings.filter(({ severity }) => severity === 'critical');
    expect(Object.fromEntries(critical.map(({ id, rule, message }) => [id, reasonOf(rule, message)]))).toEqual(CRITICAL[file] ?? {});
  });
});
