import type { Check } from '../rule.ts';
import { fitsDevice } from './devices/fit.ts';
import { artifactProtected, fleetReports, worksOffline } from './devices/in-the-field.ts';
import { deviceParity } from './devices/parity.ts';
import { updatesStaged } from './devices/updates.ts';

export const edge: Check = {
  id: 'EDGE',
  slug: 'devices',
  title: 'Models on devices',
  category: 'serving',
  question: 'Can a model on devices be updated, watched, and do without the network?',
  redFlag: 'A new version reaches every device at once, and there is no way back.',
  failureMode: 'skew',
  sources: [],
  applies: () => true,
  beyond: true,
  rules: [updatesStaged, fitsDevice, fleetReports, worksOffline, deviceParity, artifactProtected],
};
