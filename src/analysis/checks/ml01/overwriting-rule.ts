import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { namesAlong } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { formatDuration } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { contradiction, gap, notApplicable, question, satisfied, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { technologyOf } from '../../technology.ts';
import { deliveriesOf, type Delivery } from '../../training/delivery.ts';
import { isVital } from '../../training/standing-facts.ts';

/** One thing on the way of a model that lets a version change or vanish. */
interface Overwriting {
  readonly component: Component;
  readonly at: string;
  readonly says: string;
  readonly changes: readonly Change[];
  /** Old versions are lost, a name moves on to another version, or the newest of kept versions is followed. */
  readonly effect: 'loses' | 'moves' | 'follows';
}

interface Place {
  readonly overwriting: readonly Overwriting[];
  /** Where versions are kept, and why that is so. */
  readonly keeps: string | undefined;
  /** Of which nobody says whether it keeps versions. */
  readonly open: readonly { readonly component: Component; readonly property: string; readonly ask: string }[];
}

export const artifactsStay: Rule = {
  id: 'ML01.2',
  slug: 'artifacts-never-change',
  title: 'A model artifact never changes once it is written',
  type: 'gap',
  severity: 'high',
  why: 'A file that is overwritten takes the previous model with it, and what is served changes without a deployment.',
  remediation: 'Write every version under a key of its own, forbid overwriting, and load by version or digest.',
  effort: 'M',
  falsePositives: 'The store keeps old versions of a file: declare `versioned yes`. The model has a key for each version: declare `artifact_mutable no`.',
  *evaluate({ architecture }) {
    const findings = new Map<string, { facts: Map<string, Overwriting>; delivery: Delivery }>();
    for (const delivery of deliveriesOf(architecture)) {
      if (delivery.trainings.some((training) => training.name === value(delivery.service, 'same_job_as'))) continue;
      const { overwriting, keeps, open } = placeOf(architecture, delivery);
      const [first] = overwriting;
      if (first) {
        const entry = findings.get(first.component.name) ?? { facts: new Map<string, Overwriting>(), delivery };
        for (const fact of overwriting) entry.facts.set(fact.component.name, fact);
        findings.set(first.component.name, entry);
      } else if (keeps !== undefined) yield satisfied(delivery.model ?? delivery.service, { because: keeps });
      else if (open[0]) yield question(open[0].component, open[0].property, open[0].ask);
      else yield notApplicable(`Where ${delivery.model?.name ?? 'its model'} lies on the way to ${delivery.service.name} is not declared.`, delivery.service);
    }
    for (const { facts, delivery } of findings.values()) yield report(architecture, [...facts.values()], delivery);
  },
};

function report(architecture: Architecture, facts: readonly Overwriting[], delivery: Delivery): Outcome {
  const [first] = facts as [Overwriting];
  const { service } = delivery;
  const loses = facts.some(({ effect }) => effect === 'loses');
  const kept = ['warm', 'retained'].includes(value(service, 'keeps_previous') ?? '');
  const claim = loses ? claimOf(architecture, delivery) : undefined;
  const says = facts.slice(0, 3).map((fact) => fact.says).join('; ');
  const critical = loses && !kept && isVital(architecture) && presenceOf(service, 'fallback') !== 'present';
  const details: FindingDetails = {
    at: first.at,
    message: `${says.replace(/^(each|what|a)\b/, (word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)}${claim ? `, yet ${claim}` : ''}.`,
    why: loses ? `The next training replaces the model that ${service.name} runs; ${kept ? 'only what still runs can be gone back to' : 'the one before is gone, and nobody can say later what answered'}.` : `What ${service.name} runs changes when a model is written, not when somebody deploys it.`,
    path: delivery.bypass ? hopsOf(delivery.bypass) : delivery.registered ? hopsOf(delivery.registered) : [],
    changes: facts.flatMap((fact) => fact.changes),
    ...(critical ? { severity: 'critical' as const, critical: 'outage' as const } : facts.every(({ effect }) => effect === 'follows') ? { severity: 'medium' as const } : {}),
  };
  return claim ? contradiction(first.component, details) : gap(first.component, details);
}

/** A promise that only kept versions can hold. */
function claimOf(architecture: Architecture, { service, registries }: Delivery): string | undefined {
  const own = value(service, 'rollback');
  if (own) return `${service.name} declares a rollback${own.within ? ` within ${formatDuration(own.within.high)}` : ''}`;
  const rollout = componentsOf(architecture, 'rollout').find((item) => (item.subject === service.name || value(item, 'of')?.includes(service.name)) && value(item, 'rollback'));
  if (rollout) return `${rollout.name} declares a rollback`;
  const registry = registries.find((item) => value(item, 'deployment_history') === true);
  if (registry) return `${registry.name} declares a deployment history`;
  const duty = componentsOf(architecture, 'compliance').find((item) => value(item, 'duty') === 'audit');
  return duty && `${duty.name} promises an audit`;
}

function placeOf(architecture: Architecture, delivery: Delivery): Place {
  const { model, service, registries } = delivery;
  const overwriting: Overwriting[] = [];
  const open: Place['open'][number][] = [];
  const keeps: string[] = [];
  const fact = (component: Component, at: string, says: string, fixed: unknown, effect: Overwriting['effect'] = 'loses'): void => {
    overwriting.push({ component, at, says, effect, changes: [{ op: 'set', subject: component.name, property: at, value: fixed }] });
  };
  const key = model && value(model, 'artifact');
  if (model && value(model, 'artifact_mutable') === true) fact(model, 'artifact_mutable', `each new ${model.name} overwrites the one before${key ? ` at ${key}` : ''}`, false);
  else if (model && value(model, 'artifact_mutable') === false) keeps.push(`${model.name} gets a key of its own for each version`);
  else if (model && key && /(^|[/:@_-])latest($|[/.:])/i.test(key)) fact(model, 'artifact', `${model.name} is read from ${key}, a name that moves`, key.replace(/latest/i, '{version}'), 'moves');
  for (const store of storesOf(architecture, delivery)) {
    if (value(store, 'versioned') === true || value(store, 'mutable') === false) keeps.push(`${store.name} keeps every version`);
    else if (value(store, 'mutable') === true) fact(store, 'mutable', `what is in ${store.name} can be overwritten`, false);
    else if (presenceOf(store, 'versioned') === 'absent') fact(store, 'versioned', `${store.name} keeps no old versions`, true);
    else open.push({ component: store, property: 'versioned', ask: `${store.name} holds models: does it keep old versions of a file that is written again? Declare \`versioned\`.` });
  }
  for (const registry of registries) {
    const facts = technologyOf(architecture, registry);
    const immutable = presenceOf(registry, 'immutable');
    if (immutable === 'present') keeps.push(`versions in ${registry.name} never change`);
    else if (immutable === 'absent') fact(registry, 'immutable', `a version in ${registry.name} can change after it is registered`, true);
    else if (facts?.immutable || (facts?.can?.includes('model_registry') && facts.can.includes('versioning'))) keeps.push(`${facts.title ?? registry.name} gives every registered model a version of its own`);
    else open.push({ component: registry, property: 'immutable', ask: `Can a version in ${registry.name} be overwritten? Declare \`immutable\`.` });
  }
  const loads = value(service, 'loads_model');
  if (loads === 'from_path') fact(service, 'loads_model', `${service.name} loads ${model?.name ?? 'its model'} from a path that is overwritten`, 'by_version');
  if (loads === 'latest') fact(service, 'loads_model', `${service.name} loads whatever ${model?.name ?? 'model'} is newest`, 'by_version', keeps.length === 0 ? 'moves' : 'follows');
  return { overwriting, keeps: keeps[0], open };
}

/** Stores that files of the model pass, and those in which its registries keep them. */
function storesOf(architecture: Architecture, { bypass, registered, registries }: Delivery): Component<'store'>[] {
  const names = new Set([...namesAlong(bypass ?? registered ?? []), ...registries.map((registry) => value(registry, 'artifacts_in') ?? '')]);
  return [...names].flatMap((name) => architecture.components.get(name) ?? []).filter((component) => component.kind === 'store') as Component<'store'>[];
}
