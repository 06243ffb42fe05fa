import type { Check } from '../rule.ts';
import { attackedInTests } from './security/adversarial.ts';
import { answersTellLittle } from './security/answers.ts';
import { artifactsGenuine } from './security/artifacts.ts';
import { callersProveThemselves } from './security/authentication.ts';
import { partsListed } from './security/bill-of-materials.ts';
import { protectedDataEncrypted } from './security/encryption.ts';
import { foreignModelsPinned } from './security/foreign-models.ts';
import { requestsChecked } from './security/input-checks.ts';
import { rightsAreNarrow } from './security/least-privilege.ts';
import { pipelinesHardened } from './security/pipelines.ts';
import { poisoningClosed } from './security/poisoning.ts';
import { callersAreLimited } from './security/rate-limits.ts';
import { noSecrets } from './security/secrets.ts';
import { environmentsApart } from './security/segregation.ts';

export const sec: Check = {
  id: 'SEC',
  slug: 'security',
  title: 'Security',
  category: 'deployment',
  question: 'Can only those who should call it, change it and read it do so?',
  redFlag: 'A model file that anyone can overwrite is loaded and run.',
  failureMode: 'security',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [callersProveThemselves, rightsAreNarrow, protectedDataEncrypted, callersAreLimited, requestsChecked, artifactsGenuine, foreignModelsPinned, pipelinesHardened, noSecrets, poisoningClosed, environmentsApart, attackedInTests, partsListed, answersTellLittle],
};
