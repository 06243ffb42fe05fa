import type { Architecture, Decision, Statements } from '../../model/architecture.ts';
import { layerOf } from '../../model/statements.ts';
import type { DecisionProperties } from '../../model/vocabulary/vocabulary.ts';
import { checks } from '../checks/all.ts';
import type { Review } from '../review.ts';
import type { Category, Context } from '../rule.ts';
import type { DecisionRecord } from './record.ts';

/** The decisions of a file as it states them; what it leaves out stays empty. */
export const declaredDecisions = (context: Context, review: Review): DecisionRecord[] => context.architecture.decisions.map((decision) => recordOf(context, review, decision));

function recordOf(context: Context, review: Review, decision: Decision): DecisionRecord {
  const { title, doc, properties } = decision;
  const status = valueOf(properties, 'status');
  const chosen = valueOf(properties, 'chosen');
  const option = valueOf(properties, 'option') ?? chosen ?? title;
  const consequences = valueOf(properties, 'consequences');
  const why = valueOf(properties, 'context');
  const makers = valueOf(properties, 'by');
  const findings = chosen === undefined ? [] : review.findings.filter(({ component }) => component === `${review.system}.${chosen}`);
  return {
    origin: 'declared',
    title,
    status: STATUS[status?.state ?? 'accepted'],
    ...(status?.on !== undefined && { date: status.on }),
    ...(makers !== undefined && { makers }),
    context: why ?? doc ?? '',
    drivers: [],
    options: [option, ...(valueOf(properties, 'rejected') ?? [])].map((name) => ({ name, good: [], bad: [] })),
    chosen: option,
    good: [],
    bad: [],
    watchedBy: chosen === undefined ? [] : watchersOf(context, chosen),
    findings: findings.map(({ id }) => id),
    components: chosen === undefined ? [] : [chosen],
    more: [...(consequences === undefined ? [] : [`Consequences, as declared: ${consequences}`]), ...(doc !== undefined && why !== undefined ? [doc] : [])],
  };
}

const STATUS = { proposed: 'proposed', pending: 'proposed', accepted: 'accepted', rejected: 'rejected', superseded: 'superseded' } as const;

function valueOf<P extends keyof DecisionProperties>(properties: Statements<DecisionProperties>, property: P): DecisionProperties[P] | undefined {
  const stated = properties[property];
  return stated?.state === 'present' ? (stated.value as DecisionProperties[P]) : undefined;
}

const CATEGORY_OF: Readonly<Partial<Record<string, Category>>> = { model: 'training', data: 'data', serving: 'serving', observability: 'monitoring', infrastructure: 'deployment' };

/** The checks that apply to the layer of what was chosen. */
function watchersOf(context: Context, name: string): string[] {
  const component: Architecture['components'] extends ReadonlyMap<string, infer C> ? C | undefined : never = context.architecture.components.get(name);
  const category = component && CATEGORY_OF[layerOf(component.kind)];
  return checks.filter((check) => check.category === category && check.applies(context) === true).map(({ id }) => id);
}
