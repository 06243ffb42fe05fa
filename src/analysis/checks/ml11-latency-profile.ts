import { componentsOf } from '../../model/statements.ts';
import type { Check } from '../rule.ts';
import { answersAnything, isJob } from '../serving/services.ts';
import { jobsMeetDeadlines } from './ml11/deadline-rule.ts';
import { fanOutIsTamed } from './ml11/fan-out-rule.ts';
import { latencyIsPromised, loadIsRepresentative, tokensArePromised } from './ml11/objective-rules.ts';
import { mediansFit, tailsFit } from './ml11/path-rules.ts';
import { timeoutsNest } from './ml11/timeout-rule.ts';

export const ml11: Check = {
  id: 'ML11',
  slug: 'latency-profile',
  title: 'Serving latency profile',
  category: 'serving',
  question: 'Are p50, p95 and p99 promised and measured under real load, and does the whole way, with its timeouts and retries, fit the promise?',
  redFlag: 'Latency was measured with one request at a time, and no objective says what is too slow.',
  failureMode: 'infrastructure',
  sources: ['ML Test Score Monitor 6', 'AWS Generative AI Lens GENPERF02-BP01', 'AWS Agentic AI Lens AGENTPERF01-BP03'],
  applies({ architecture }) {
    const answers = answersAnything(architecture);
    return answers === true || componentsOf(architecture, 'service').some(isJob) ? true : answers;
  },
  rules: [latencyIsPromised, mediansFit, tailsFit, timeoutsNest, fanOutIsTamed, loadIsRepresentative, tokensArePromised, jobsMeetDeadlines],
};
