import { awsAgenticLens } from './aws-agentic-lens.ts';
import { awsGenerativeLens } from './aws-generative-lens.ts';
import { awsMlLens } from './aws-ml-lens.ts';
import { euAiAct } from './eu-ai-act.ts';
import type { Framework } from './framework.ts';
import { iso42001 } from './iso-42001.ts';
import { mitreAtlas } from './mitre-atlas.ts';
import { mlTestScore } from './ml-test-score.ts';
import { nistAiRmf } from './nist-ai-rmf.ts';
import { owaspAgentic, owaspLlm, owaspMl } from './owasp.ts';
import { rulesOfMl } from './rules-of-ml.ts';

/** Public frameworks that rules cite. */
export const frameworks: readonly Framework[] = [mlTestScore, rulesOfMl, awsMlLens, awsGenerativeLens, awsAgenticLens, owaspMl, owaspLlm, owaspAgentic, mitreAtlas, nistAiRmf, iso42001, euAiAct];
