import type { Check } from '../rule.ts';
import { ceilings, tracesTell } from './language-models/ceilings.ts';
import { changesEvaluated, feedbackCaptured } from './language-models/evaluation.ts';
import { commitmentsGrounded, outputUntrusted } from './language-models/output.ts';
import { providerFailure, vendorTerms } from './language-models/provider.ts';
import { bothSidesGuarded, untrustedScreened } from './language-models/screening.ts';
import { promptsVersioned, promptsWithoutSecrets, vendorModelPinned } from './language-models/versions.ts';

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
  rules: [untrustedScreened, vendorModelPinned, promptsVersioned, changesEvaluated, outputUntrusted, ceilings, providerFailure, bothSidesGuarded, vendorTerms, promptsWithoutSecrets, tracesTell, commitmentsGrounded, feedbackCaptured],
};
