import type { Check } from '../rule.ts';
import { ml01 } from './ml01-model-registry.ts';
import { ml02 } from './ml02-experiment-tracking.ts';
import { ml03 } from './ml03-reproducible-training.ts';
import { ml04 } from './ml04-distributed-training.ts';
import { ml05 } from './ml05-training-serving-consistency.ts';
import { ml06 } from './ml06-point-in-time-correctness.ts';
import { ml07 } from './ml07-data-quality.ts';
import { ml08 } from './ml08-feature-store.ts';
import { ml09 } from './ml09-serving-scalability.ts';
import { ml10 } from './ml10-version-management.ts';
import { ml11 } from './ml11-latency-profile.ts';
import { ml12 } from './ml12-inference-cost.ts';
import { ml13 } from './ml13-model-quality-monitoring.ts';
import { ml14 } from './ml14-drift-detection.ts';
import { ml15 } from './ml15-ground-truth.ts';
import { ml16 } from './ml16-alerting-escalation.ts';
import { ml17 } from './ml17-staging.ts';
import { ml18 } from './ml18-rollout.ts';
import { ml19 } from './ml19-deployment-documentation.ts';
import { ml20 } from './ml20-incident-response.ts';

/** The 20 checks, in order. */
export const checks: readonly Check[] = [ml01, ml02, ml03, ml04, ml05, ml06, ml07, ml08, ml09, ml10, ml11, ml12, ml13, ml14, ml15, ml16, ml17, ml18, ml19, ml20];
