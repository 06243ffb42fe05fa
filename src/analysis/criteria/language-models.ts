import type { Check } from '../rule.ts';

export const llm: Check = {
  id: 'LLM',
  slug: 'language-models',
  title: 'Language models',
  category: 'serving',
  question: 'Are prompts, models and answers of language models treated as what they are: inputs from strangers, versions, and claims?',
  redFlag: 'Text from strangers goes into a prompt, and what comes out is run.',
  failureMode: 'security',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
