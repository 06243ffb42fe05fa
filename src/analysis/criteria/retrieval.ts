import type { Check } from '../rule.ts';

export const rag: Check = {
  id: 'RAG',
  slug: 'retrieval',
  title: 'Retrieval',
  category: 'serving',
  question: 'Does search find what is current, and only what its reader may see?',
  redFlag: 'Documents with permissions are indexed, and everyone searches all of them.',
  failureMode: 'security',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [],
};
