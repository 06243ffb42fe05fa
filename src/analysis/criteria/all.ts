import type { Check } from '../rule.ts';
import { agt } from './agents.ts';
import { batch } from './batch.ts';
import { comp } from './compliance.ts';
import { cost } from './cost.ts';
import { dg } from './data-governance.ts';
import { cicd } from './delivery.ts';
import { edge } from './devices.ts';
import { evaluation } from './evaluation.ts';
import { llm } from './language-models.ts';
import { own } from './ownership.ts';
import { rel } from './reliability.ts';
import { loop } from './retraining.ts';
import { rag } from './retrieval.ts';
import { sec } from './security.ts';

/** The groups of the wider checklist, in order. */
export const criteria: readonly Check[] = [dg, sec, llm, rag, agt, rel, cost, cicd, evaluation, edge, batch, loop, own, comp];
