import { numbered, type Framework } from './framework.ts';

export const owaspMl: Framework = {
  name: 'owasp-ml',
  title: 'OWASP Machine Learning Security Top 10',
  edition: '2023',
  cite: 'OWASP ML',
  url: 'https://owasp.org/www-project-machine-learning-security-top-10/',
  checkedOn: '2026-11-21',
  items: numbered('ML', ['input manipulation', 'data poisoning', 'model inversion', 'membership inference', 'model theft', 'supply chain', 'transfer learning', 'model skewing', 'output integrity', 'model poisoning']),
};

export const owaspLlm: Framework = {
  name: 'owasp-llm',
  title: 'OWASP Top 10 for LLM Applications',
  edition: '2025',
  cite: 'OWASP LLM',
  url: 'https://genai.owasp.org/llm-top-10/',
  checkedOn: '2026-11-21',
  items: numbered('LLM', ['prompt injection', 'disclosure of sensitive information', 'supply chain', 'poisoning of data and models', 'improper handling of output', 'excessive agency', 'leak of the system prompt', 'weaknesses of vectors and embeddings', 'misinformation', 'unbounded consumption']),
};

export const owaspAgentic: Framework = {
  name: 'owasp-agentic',
  title: 'OWASP Top 10 for Agentic Applications',
  edition: '2026',
  cite: 'OWASP Agentic',
  url: 'https://genai.owasp.org/',
  checkedOn: '2026-11-21',
  items: numbered('ASI', ['goal hijack', 'misuse of tools', 'abuse of identity and privilege', 'supply chain', 'unexpected execution of code', 'poisoning of memory and context', 'insecure communication between agents', 'cascading failures', 'abuse of trust between people and agents', 'rogue agents']),
};
