import type { Check } from '../rule.ts';
import { documentsScreened, permissionsKept } from './retrieval/access.ts';
import { embeddingLocked, indexFollows, indexRecoverable, retrievalEvaluated } from './retrieval/index-state.ts';

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
  rules: [permissionsKept, indexFollows, embeddingLocked, retrievalEvaluated, documentsScreened, indexRecoverable],
};
