import type { Architecture, Component } from '../../../model/architecture.ts';
import { callsOf } from '../../../model/graph/calls.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { ownServices, type Service } from '../../serving/services.ts';
import { isLookedUp } from '../../serving/stored-features.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

type Group = Component<'features'>;

/** Feature groups whose stored values a service reads while its caller waits. */
function readsOf(architecture: Architecture): { readonly service: Service; readonly group: Group }[] {
  const calls = callsOf(architecture).from;
  return ownServices(architecture).flatMap((service) =>
    (calls.get(service.name) ?? []).flatMap(({ callee }) => {
      const group = architecture.components.get(callee);
      const stored = group?.kind === 'features' && isLookedUp(group as Group);
      return stored ? [{ service, group: group as Group }] : [];
    }),
  );
}

export const missingFeaturesDecided: Criterion = {
  id: 'REL-09',
  slug: 'missing-features-are-decided',
  title: 'It is decided what stands in for a stored feature that is missing or expired',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLREL-07', 'Rules of ML 10', 'ML Test Score Monitor 2'],
  failureMode: 'data_quality',
  why: 'A new user, a late job or an expired value gives a lookup without a result, and without a rule the model gets a zero that it takes for a fact.',
  remediation: 'Decide for each group: a default that training knew, the last value, or no answer. Count how often it happens.',
  effort: 'S',
  falsePositives: 'The service may decide for all of them: declare its `missing_values`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : readsOf(context.architecture).length > 0 ? true : 'No service reads stored features while somebody waits.'),
  *evaluate({ architecture }: Context) {
    const open = new Map<Group, Service>();
    const told = new Set<Group>();
    for (const { service, group } of readsOf(architecture)) {
      if (told.has(group)) continue;
      const outcome = judge(architecture, service, group);
      if (outcome) told.add(group);
      if (outcome) yield outcome;
      else if (!expiresSoon(architecture, group)) open.set(group, service);
    }
    const [first] = open;
    if (first) yield question(first[0], 'fallback', `What does ${first[1].name} take when ${listed([...open.keys()].map(({ name }) => name))} ${open.size === 1 ? 'has' : 'have'} no value for a key, or an expired one: a default, the last value, or does it refuse?`);
  },
};

/** Values that may expire before the next run renews them: ML08.4 asks what stands in for those. */
function expiresSoon(architecture: Architecture, group: Group): boolean {
  const [every, ttl] = [value(group, 'materialised')?.every, ttlOf(architecture, group)];
  return every !== undefined && ttl !== undefined && ttl.low < 2 * every.high + (value(group, 'materialised')?.in?.high ?? 0);
}

function ttlOf(architecture: Architecture, group: Group): Quantity | undefined {
  const store = architecture.components.get(value(group, 'online') ?? '');
  return value(group, 'ttl')?.online ?? value(group, 'ttl')?.both ?? (store?.kind === 'store' ? value(store as Component<'store'>, 'ttl') : undefined);
}

/** Undefined where nobody says anything. */
function judge(architecture: Architecture, service: Service, group: Group): Outcome | undefined {
  const fallback = value(group, 'fallback');
  const handled = value(service, 'missing_values');
  const path = [{ component: service.name, span: service.nameSpan }, { component: group.name, span: group.nameSpan, note: 'read while the caller waits' }];
  const ttl = ttlOf(architecture, group);
  if (fallback === 'stale' && ttl) {
    return contradiction(group, { at: 'fallback', about: 'ttl', message: `${group.name} is to fall back to its last value, but the store forgets it after ${formatQuantity(ttl)}.`, why: 'After the job that fills the store has failed for that long, there is no last value.', path, changes: [{ op: 'set', subject: group.name, property: 'fallback', value: 'default_value' }], impact: 'A fallback that is there when it is needed' });
  }
  const states = [presenceOf(group, 'fallback'), presenceOf(service, 'missing_values')];
  if (handled === 'silent') return gap(service, { at: 'missing_values', about: group.name, message: `${service.name} fills missing values of ${group.name} without a word: nobody decided what they mean.`, path, changes: [{ op: 'set', subject: service.name, property: 'missing_values', value: 'reject' }], impact: 'A missing value is seen and counted' });
  if (fallback !== undefined || handled !== undefined) return satisfied(group, { because: `${fallback?.replaceAll('_', ' ') ?? handled ?? ''} stands in for what is missing of ${group.name}`, evidence: evidenceOf(statementOf(group, 'fallback') ?? statementOf(service, 'missing_values')) });
  const planned = plannedInstead(group, 'fallback', { message: `Nothing stands in yet for a value of ${group.name} that is missing.` });
  if (planned) return planned;
  if (states.includes('not-applicable')) return satisfied(group, { because: 'no value can be missing' });
  if (states.every((state) => state === 'absent') || states[0] === 'absent') return gap(group, { at: statementOf(group, 'fallback') ? 'fallback' : undefined, message: `Nothing stands in for a value of ${group.name} that is missing or expired when ${service.name} reads it.`, path, changes: [{ op: 'set', subject: group.name, property: 'fallback', value: 'default_value' }], impact: 'A missing value is an answer of known quality' });
  return undefined;
}
