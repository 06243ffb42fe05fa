import type { Architecture } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';
import { fastAggregates, featureStores, modelsByGroup } from '../data/feature-stores.ts';
import { meaningsOf, modelFeatures, type FeatureGroup } from '../data/feature-use.ts';
import { componentsOf } from '../../model/statements.ts';
import type { Check } from '../rule.ts';
import { trainsInHouse } from '../training/in-house.ts';
import { definedOnce, featuresOwned, storeEarnsItsKeep } from './ml08/sharing-rules.ts';
import { aggregatesReadable, storesFilledTogether, valuesFreshEnough } from './ml08/store-rules.ts';

export const ml08: Check = {
  id: 'ML08',
  slug: 'feature-store',
  title: 'Feature store architecture',
  category: 'data',
  question: 'Do models and teams share one set of feature definitions, and is each value that is needed at request time there, fresh and defined once?',
  redFlag: 'Every team computes its own features.',
  failureMode: 'skew',
  sources: ['AWS ML Lens MLCOST-08', 'ML Test Score Data 2', 'ML Test Score Data 3', 'Rules of ML 11', 'Rules of ML 22'],
  applies({ architecture }) {
    const trained = trainsInHouse(architecture);
    if (trained !== true) return trained;
    if (featureStores(architecture).length > 0 || sharesFeatures(architecture) || fastAggregates(architecture).length > 0) return true;
    if (value(architecture.system, 'symptoms')?.includes('skew')) return true;
    const models = modelFeatures(architecture).length;
    return models <= 1
      ? 'One model, and nothing needs stored history at request time: code in a shared library is enough.'
      : 'The models share no feature, and none needs stored history at request time: code in a shared library is enough.';
  },
  rules: [definedOnce, aggregatesReadable, storesFilledTogether, valuesFreshEnough, storeEarnsItsKeep, featuresOwned],
};

/** Whether two models use one group, two groups mean the same, or two groups of different models describe one entity. */
function sharesFeatures(architecture: Architecture): boolean {
  const users = modelsByGroup(architecture);
  if ([...users.values()].some((models) => models.length > 1)) return true;
  const groups = componentsOf(architecture, 'features');
  const meanings = groups.flatMap((group) => meaningsOf(group));
  return new Set(meanings).size < meanings.length || entityOfTwoModels(groups, users);
}

function entityOfTwoModels(groups: readonly FeatureGroup[], users: ReturnType<typeof modelsByGroup>): boolean {
  const byEntity = new Map<string, Set<string>>();
  for (const group of groups) {
    for (const entity of value(group, 'entity') ?? []) {
      const models = byEntity.get(entity) ?? new Set<string>();
      for (const use of users.get(group.name) ?? []) models.add(use.subject.name);
      byEntity.set(entity, models);
    }
  }
  return [...byEntity.values()].some((models) => models.size > 1);
}
