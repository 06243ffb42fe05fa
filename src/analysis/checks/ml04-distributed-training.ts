import { componentsOf, value } from '../../model/statements.ts';
import type { Check, Context } from '../rule.ts';
import { deviceNeedsOf, strategiesOf, type DeviceNeed } from '../training/device-need.ts';
import { listed } from '../training/in-house.ts';
import { progressIsSaved, teamHasDoneIt, trafficIsEncrypted } from './ml04/cluster-rules.ts';
import { clusterIsNeeded, strategyIsRehearsed, strategyIsThere } from './ml04/strategy-rules.ts';

export const ml04: Check = {
  id: 'ML04',
  slug: 'distributed-training',
  title: 'Distributed training',
  category: 'training',
  question: 'Where one device is not enough, now or within the plan, is distributed training in place, tried and understood?',
  redFlag: 'The models will need several devices within a year, and nobody on the team has trained on more than one.',
  failureMode: 'infrastructure',
  sources: ['AWS ML Lens MLCOST-15', 'AWS ML Lens MLSEC-09', 'AWS Generative AI Lens GENREL06-BP01'],
  applies: (context) => {
    const needs = deviceNeedsOf(context);
    return needs.some(concerns) ? true : notNeeded(context, needs);
  },
  rules: [strategyIsThere, teamHasDoneIt, progressIsSaved, strategyIsRehearsed, clusterIsNeeded, trafficIsEncrypted],
};

/** Several devices are needed, planned or there, or machines can be taken away. */
function concerns({ training, now, planned, open, devices = 1 }: DeviceNeed): boolean {
  return now !== undefined || planned !== undefined || open !== undefined || devices > 1 || strategiesOf(training).length > 0 || value(training, 'spot') === true;
}

function notNeeded({ architecture }: Context, needs: readonly DeviceNeed[]): string {
  if (componentsOf(architecture, 'training').length === 0) return 'No training is declared.';
  const fits = needs.flatMap((need) => need.fits ?? []);
  if (fits[0]) return `One device is enough: ${fits[0]}${fits.length > 1 ? `; ${fits.length - 1} more trainings fit as well` : ''}.`;
  return `Nothing says that one device is not enough for ${listed(needs.map(({ training }) => training.name))}: neither the size of the model, nor the time of a run, nor a plan to grow.`;
}
