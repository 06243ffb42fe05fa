import { componentsOf } from '../../model/statements.ts';
import type { Check } from '../rule.ts';
import { trainsInHouse } from '../training/in-house.ts';
import { frozenBecause } from '../training/tracking.ts';
import { trackerIsATool, trackerIsShared, versionLeadsToItsRun } from './ml02/tracker-rules.ts';
import { everyPathIsTracked, runsAreRecordedInFull, runsAreTracked } from './ml02/tracking-rules.ts';

export const ml02: Check = {
  id: 'ML02',
  slug: 'experiment-tracking',
  title: 'Experiment tracking',
  category: 'training',
  question: 'Does every training run leave a record of its parameters, metrics, code, data and artifacts, so that runs can be compared and made again?',
  redFlag: 'Runs are not tracked, or only their metrics are, without the versions of code and data.',
  failureMode: 'reproducibility',
  sources: ['AWS ML Lens MLOE-11', 'ISO/IEC 42001 A.6.2.3', 'ML Test Score Infra 1'],
  applies({ architecture }) {
    const inHouse = trainsInHouse(architecture);
    if (inHouse !== true) return inHouse;
    const trainings = componentsOf(architecture, 'training');
    if (trainings.length === 0) return 'No training is declared, so there are no runs to track.';
    const frozen = trainings.map((training) => frozenBecause(architecture, training));
    return frozen.every((reason) => reason !== undefined) ? `Nothing is trained again: ${frozen[0]}.` : true;
  },
  rules: [runsAreTracked, runsAreRecordedInFull, trackerIsATool, versionLeadsToItsRun, everyPathIsTracked, trackerIsShared],
};
