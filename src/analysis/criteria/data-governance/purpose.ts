import type { Architecture, Component } from '../../../model/architecture.ts';
import { feedsTraining } from '../../../model/graph/cones.ts';
import { PERSONAL } from '../../../model/graph/data-classes.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { trainingsOf } from '../../../model/graph/lineage.ts';
import { pathTo, reachTree } from '../../../model/graph/paths.ts';
import { taintOf } from '../../../model/graph/taint.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { contradiction, notApplicable, question, satisfied, type Criterion, type Outcome } from '../../rule.ts';
import { inHouseModels, listed } from '../../training/in-house.ts';
import { dutiesOf } from './policies.ts';

type Origin = Component<'source' | 'store' | 'dataset'>;

export const purposeKept: Criterion = {
  id: 'DG-12',
  slug: 'purpose-is-kept',
  title: 'A model learns only from data that may be used for what it does',
  type: 'contradiction',
  severity: 'medium',
  sources: ['GDPR Article 5(1)(b)', 'EU AI Act Article 10(2)(b)', 'AWS ML Lens (2023) MLSEC-07'],
  why: 'Data about people was given for something. To use it for something else needs a new ground, and without one the model may not have learned from it.',
  remediation: 'Ask for the new purpose, or leave the data out.',
  effort: 'M',
  falsePositives: 'Two words may mean one purpose: write it alike in `purposes` of the data and of the model.',
  pack: 'governance',
  counts: 'at every stage',
  applies: ({ architecture }) => (inHouseModels(architecture).length === 0 ? 'No model is trained here.' : true),
  *evaluate({ architecture }) {
    const open = new Set<string>();
    let judged = 0;
    const stated = componentsOf(architecture, 'source', 'store', 'dataset').filter((origin) => value(origin, 'purposes') !== undefined).map((origin) => ({ origin, tree: reachTree(edgesOf(architecture), [origin.name], { follow: feedsTraining }) }));
    for (const model of inHouseModels(architecture)) {
      const uses = [...(value(model, 'purposes') ?? []), ...(value(model, 'purposes') ? [] : [value(model, 'use_case') ?? []].flat())].filter((name) => name !== 'other');
      const trainings = trainingsOf(architecture, model).map(({ name }) => name);
      const feeding = stated.flatMap(({ origin, tree }) => {
        const training = trainings.find((name) => tree.has(name));
        return training === undefined ? [] : [{ origin, path: pathTo(tree, training) ?? [] }];
      });
      judged += feeding.length;
      if (uses.length === 0 && feeding.length > 0) open.add(model.name);
      else for (const { origin, path } of feeding) yield judge(model, origin, uses, hopsOf(path));
      if (feeding.length === 0 && dutiesOf(architecture, 'purpose').length === 0) for (const origin of personalOrigins(architecture, trainings)) open.add(origin);
    }
    if (open.size > 0) yield question(architecture.system, undefined, `What was the personal data of ${listed([...open])} collected for, and does what the models do belong to it? Declare \`purposes\` of the data and of the models.`);
    else if (judged === 0) yield dutiesOf(architecture, 'purpose')[0] ? satisfied(architecture.system, { because: `${dutiesOf(architecture, 'purpose')[0]?.name} says how purposes are kept` }) : notApplicable('No personal data is declared to reach a training.');
  },
};

/** Where the personal data begins that these trainings learn from. */
const personalOrigins = (architecture: Architecture, trainings: readonly string[]): string[] =>
  trainings.flatMap((name) => [...taintOf(architecture, name)].filter(([dataClass]) => PERSONAL.has(dataClass)).map(([, path]) => path[0]?.from ?? name));

function judge(model: Component<'model'>, origin: Origin, uses: readonly string[], path: ReturnType<typeof hopsOf>): Outcome {
  const allowed = value(origin, 'purposes') ?? [];
  const foreign = uses.filter((use) => !allowed.some((purpose) => isAlike(use, purpose)));
  if (foreign.length === 0) return satisfied(origin, { because: `${origin.name} may be used for ${listed(uses)}` });
  return contradiction(origin, {
    about: model.name,
    at: 'purposes',
    message: `${model.name} learns from ${origin.name} for ${listed(foreign.map(inWords))}, and the data was collected for ${listed(allowed.map(inWords))}.`,
    path,
    remedy: 'Get the right to the new purpose and add it, or leave the data out.',
    impact: 'The model may stay in use',
  });
}

const inWords = (name: string): string => name.replaceAll('_', ' ');

/** `fraud` and `fraud_detection` mean the same. */
function isAlike(use: string, purpose: string): boolean {
  const [one, other] = [use, purpose].map((name) => name.toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== ''));
  const [short, long] = (one?.length ?? 0) <= (other?.length ?? 0) ? [one, other] : [other, one];
  return short !== undefined && short.length > 0 && short.every((word) => long?.includes(word));
}
