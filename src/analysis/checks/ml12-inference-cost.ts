import type { Check } from '../rule.ts';
import { costlyServices } from '../serving/cost.ts';
import { requestServices } from '../serving/services.ts';
import { costIsUsual } from './ml12/band-rule.ts';
import { costFitsBudget } from './ml12/budget-rule.ts';
import { spendingIsBounded } from './ml12/ceiling-rule.ts';
import { machinesAreBusy } from './ml12/idle-rule.ts';
import { realTimeIsNeeded, repeatsAreCached } from './ml12/saving-rules.ts';
import { unitCostIsKnown } from './ml12/unit-cost-rule.ts';

export const ml12: Check = {
  id: 'ML12',
  slug: 'inference-cost',
  title: 'Inference cost',
  category: 'serving',
  question: 'Is it known what one prediction costs, does that fit budget and price at scale, and is there a bound to what can be spent?',
  redFlag: 'Nobody knows what a prediction costs, and the price of the product does not account for it.',
  failureMode: 'cost',
  sources: [
    'AWS ML Lens MLCOST-20', 'AWS ML Lens MLCOST-27', 'AWS ML Lens MLCOST-28', 'AWS ML Lens MLCOST-29', 'AWS Generative AI Lens GENCOST01', 'AWS Generative AI Lens GENCOST05', 'OWASP LLM LLM10',
    'AWS Agentic AI Lens AGENTCOST05', 'AWS Agentic AI Lens AGENTCOST07',
  ],
  applies({ architecture }) {
    return costlyServices(architecture).length > 0 || requestServices(architecture).length > 0 ? true : 'No service in production that runs a model or stands on machines is declared.';
  },
  rules: [unitCostIsKnown, costFitsBudget, spendingIsBounded, realTimeIsNeeded, machinesAreBusy, costIsUsual, repeatsAreCached],
};
