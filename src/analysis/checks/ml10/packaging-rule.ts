import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { releasesOf, type Release } from '../../deployment/releases.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Outcome, type Rule } from '../../rule.ts';
import { inHouseModels } from '../../training/in-house.ts';

export const modelsDeployAlone: Rule = {
  id: 'ML10.4',
  slug: 'models-deploy-alone',
  title: 'A model changes without a deployment of code',
  type: 'gap',
  severity: 'medium',
  why: 'A model inside the image or repository of its service can only change, and only go back, together with code that has nothing to do with it.',
  remediation: 'Keep the model as an artifact of its own, and let the service load it by version.',
  effort: 'M',
  falsePositives: 'The image is built for each model version by itself and holds no business code. Accept the risk with that reason.',
  *evaluate({ architecture }) {
    const seen = new Set<string>();
    for (const release of releasesOf(architecture)) yield* judge(architecture, release, seen);
  },
};

function* judge(architecture: Architecture, { service, observed }: Release, seen: Set<string>): Iterable<Outcome> {
  const models = observed.models.filter((model) => model.variant === 'open' || inHouseModels(architecture).includes(model));
  if (service.variant === 'llm_api' || models.length === 0) return yield notApplicable(`${service.name} gets no model that the team packages.`, service);
  if (service.variant === 'edge') return yield notApplicable(`Devices get ${service.name} and its model together.`, service);
  if (value(service, 'same_job_as') !== undefined) return yield notApplicable(`${service.name} scores in the job that trains.`, service);
  const loads = value(service, 'loads_model');
  for (const model of models) {
    const packaging = value(model, 'packaging');
    // What is said of the model itself is said once, however many services run it.
    if (loads === undefined && seen.has(model.name)) continue;
    seen.add(model.name);
    const inside = packaging === 'in_image' || packaging === 'in_repository';
    if (inside || loads === 'baked_in') {
      const where = packaging === 'in_repository' ? 'in the repository' : 'inside the image';
      const [subject, at] = inside ? ([model, 'packaging'] as const) : ([service, 'loads_model'] as const);
      yield gap(subject as Component, {
        at,
        message: `${model.name} is shipped ${where} of ${service.name}, so a new model is a deployment of code.`,
        about: inside ? service.name : model.name,
        changes: apart(model, service),
        impact: 'Models go forward and back by themselves',
      });
    } else if (packaging === 'separate_artifact' || loads !== undefined) {
      yield satisfied(model, { evidence: evidenceOf(statementOf(model, 'packaging') ?? statementOf(service, 'loads_model')) });
    } else {
      const origin = artifactFrom(architecture, service);
      if (origin) yield satisfied(model, { because: `${service.name} gets it from ${origin}` });
      else yield { ...question(model, 'packaging', `How does ${model.name} reach ${service.name}: by itself, or inside its image or repository? Declare \`packaging\`.`), statedUnknown: presenceOf(model, 'packaging') === 'unknown' };
    }
  }
}

function apart(model: Component<'model'>, service: Component<'service'>): Change[] {
  const set = (subject: string, property: string, held: string): Change => ({ op: 'set', subject, property, value: held });
  return [set(model.name, 'packaging', 'separate_artifact'), ...(value(service, 'loads_model') === 'baked_in' ? [set(service.name, 'loads_model', 'by_version')] : [])];
}

/** A registry or store from which a file of a model reaches the service. */
function artifactFrom(architecture: Architecture, service: Component<'service'>): string | undefined {
  return (edgesOf(architecture).in.get(service.name) ?? []).find((edge) => edge.payload === 'artifact' && ['registry', 'store'].includes(architecture.components.get(edge.from)?.kind ?? ''))?.from;
}
