import type { Change, Component } from '../../../model/architecture.ts';
import { value } from '../../../model/statements.ts';
import { formatNumber } from '../../format.ts';
import { contradiction, notApplicable, satisfied, type Rule } from '../../rule.ts';
import { deliveriesOf } from '../../training/delivery.ts';
import { inHouseModels, listed } from '../../training/in-house.ts';

export const oneKeyOneModel: Rule = {
  id: 'ML01.6',
  slug: 'one-key-one-model',
  title: 'No two models or versions resolve to one artifact key',
  type: 'contradiction',
  severity: 'high',
  why: 'What is read under a shared key depends on who wrote last, so a service can run a model that it was never meant to.',
  remediation: 'Give every model, and every version of it, a key of its own.',
  effort: 'S',
  falsePositives: 'The key is a folder or a template with the version in it: declare the full key, with the version as a placeholder.',
  *evaluate({ architecture }) {
    const byKey = new Map<string, Component<'model'>[]>();
    for (const model of inHouseModels(architecture)) {
      const key = value(model, 'artifact')?.trim();
      if (key) byKey.set(key, [...(byKey.get(key) ?? []), model]);
    }
    if (byKey.size === 0) yield notApplicable('No artifact keys are declared.');
    for (const [key, models] of byKey) {
      const [first, ...others] = models;
      if (!first) continue;
      if (others.length === 0) yield satisfied(first);
      else {
        yield contradiction(first, {
          at: 'artifact',
          message: `${listed(models.map((model) => model.name))} are read from one key, ${key}.`,
          path: models.map((model) => ({ component: model.name, span: model.properties.artifact?.span ?? model.nameSpan, note: key })),
          changes: others.map((model): Change => ({ op: 'set', subject: model.name, property: 'artifact', value: keyOfItsOwn(key, model.name) })),
        });
      }
    }
    const told = new Set<string>();
    for (const { model, service } of deliveriesOf(architecture)) {
      if (!model || told.has(model.name) || value(model, 'artifact_mutable') !== true) continue;
      const versions = value(service, 'versions');
      const previous = value(service, 'keeps_previous');
      const says = versions && versions.low >= 2 ? `serves ${formatNumber(versions.low)} versions at once` : previous === 'warm' || previous === 'retained' ? 'keeps the version before' : undefined;
      if (!says) continue;
      told.add(model.name);
      yield contradiction(model, {
        at: 'artifact_mutable',
        about: 'versions',
        message: `${service.name} ${says}, but each new ${model.name} overwrites the one before under the same key, so both resolve to one artifact.`,
        changes: [{ op: 'set', subject: model.name, property: 'artifact_mutable', value: false }],
      });
    }
  },
};

/** `s3://models/fraud/model.bin` → `s3://models/fraud/Ranker/model.bin` */
function keyOfItsOwn(key: string, model: string): string {
  const slash = key.lastIndexOf('/');
  return `${key.slice(0, slash + 1)}${model}/${key.slice(slash + 1)}`;
}
