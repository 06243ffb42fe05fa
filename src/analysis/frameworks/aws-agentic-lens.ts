import type { Framework } from './framework.ts';

const QUESTIONS = { AGENTOPS: 7, AGENTSEC: 9, AGENTREL: 8, AGENTPERF: 7, AGENTCOST: 7, AGENTSUS: 3 } as const;

const TITLES: Readonly<Record<string, string>> = {
  AGENTOPS02: 'behaviour can be taken back', AGENTOPS05: 'tracing', AGENTOPS06: 'tests', AGENTOPS07: 'documentation, emergency access', AGENTSEC01: 'memory', AGENTSEC02: 'tools', AGENTSEC03: 'identity', AGENTSEC04: 'approval by people', AGENTSEC05: 'logs',
  AGENTSEC06: 'trust boundaries', AGENTSEC07: 'containment', AGENTSEC08: 'inputs and outputs', AGENTREL03: 'checkpoints', AGENTREL05: 'grounding', AGENTREL06: 'calls may be repeated', AGENTCOST07: 'cut-offs',
};

export const awsAgenticLens: Framework = {
  name: 'aws-agentic',
  title: 'AWS Well-Architected Agentic AI Lens',
  edition: 'as published',
  cite: 'AWS Agentic AI Lens',
  url: 'https://docs.aws.amazon.com/wellarchitected/latest/agentic-ai-lens/',
  checkedOn: '2026-11-21',
  items: Object.entries(QUESTIONS).flatMap(([pillar, count]) =>
    Array.from({ length: count }, (_, index) => {
      const id = `${pillar}0${index + 1}`;
      return TITLES[id] === undefined ? { id } : { id, title: TITLES[id] };
    }),
  ),
  partial: 'Its 41 questions; of the 150 practices below them a rule cites some, and each counts for its question. Titles are given where a rule cites one.',
};
