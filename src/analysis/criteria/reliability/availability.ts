import { ONE_BY_ONE } from '../../ask-once.ts';
import type { Architecture, Component } from '../../../model/architecture.ts';
import { availabilityOf, type Availability } from '../../../model/graph/availability.ts';
import { callsAsGraph } from '../../../model/graph/calls.ts';
import { scaled } from '../../../model/graph/interval.ts';
import { shortestPath } from '../../../model/graph/paths.ts';
import { exactly, type Quantity } from '../../../model/quantity.ts';
import { statementOf, value } from '../../../model/statements.ts';
import { SECONDS_PER_MONTH } from '../../../model/units.ts';
import { formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, question, satisfied, weak, type Context, type Criterion } from '../../rule.ts';
import { entriesOf, requestServices, type Consumer, type Service } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';
import { spareAnswer } from './spare-answer.ts';

/** A promise of availability, and what the way behind it comes to. */
interface Promised {
  readonly holder: Service | Consumer;
  readonly service: Service;
  readonly goal: Quantity;
  readonly reached: Availability;
}

const cache = new WeakMap<Architecture, readonly Promised[]>();

function promisesOf(architecture: Architecture): readonly Promised[] {
  let promises = cache.get(architecture);
  if (!promises) cache.set(architecture, (promises = computePromises(architecture)));
  return promises;
}

function computePromises(architecture: Architecture): Promised[] {
  const of = (holder: Service | Consumer, service: Service): Promised[] => {
    const goal = value(holder as Service, 'slo')?.availability;
    return goal ? [{ holder, service, goal, reached: availabilityOf(architecture, holder, service) }] : [];
  };
  return [...requestServices(architecture).flatMap((service) => of(service, service)), ...entriesOf(architecture).flatMap(({ consumer, service }) => of(consumer, service))];
}

const promisesAny = ({ architecture }: Context): true | string => (promisesOf(architecture).length > 0 ? true : 'No availability is promised.');

/** More factors than these are counted and not named. */
const MOST_TERMS = 5;

/** Share of a month in which there is no answer. */
const downtime = (availability: number): string => formatQuantity(exactly(Number(((1 - availability) * SECONDS_PER_MONTH).toPrecision(2)), 's'));

export const availabilityAddsUp: Criterion = {
  id: 'REL-04',
  slug: 'availability-adds-up',
  title: 'What must work for an answer is together as available as promised',
  type: 'contradiction',
  severity: 'high',
  sources: ['AWS ML Lens (2023) MLREL-13', 'AWS Generative AI Lens GENREL05-BP01'],
  why: 'Parts in series fail one after the other: three of 99.9 % give 99.7 %, and no promise changes that.',
  remediation: 'Run a second of the weakest part, do without it where a lesser answer will do, or promise less.',
  effort: 'M',
  falsePositives: 'Requests may be answered without a part: declare the flow as `optional` or `fails open`, or a `fallback`.',
  applies: promisesAny,
  *evaluate({ architecture }: Context) {
    const graph = callsAsGraph(architecture);
    const open = new Map<string, { readonly service: Service; readonly holder: Service | Consumer; readonly goal: Quantity; readonly others: readonly string[] }>();
    for (const { holder, service, goal, reached: { total, terms, missing } } of promisesOf(architecture)) {
      const others = missing.filter((name) => name !== service.name && name !== holder.name);
      const worst = [...terms].sort((a, b) => a.value.low - b.value.low).slice(0, MOST_TERMS);
      const product = [...worst.map((term) => `${term.components.join(' or ')} ${formatShare(term.value)}`), ...(terms.length > worst.length ? [`${formatNumber(terms.length - worst.length)} more`] : [])].join(' × ');
      if (terms.length > 0 && total.low < goal.low) {
        const certain = total.high < goal.low;
        const say = certain ? contradiction : weak;
        yield say(holder, {
          at: 'slo',
          about: holder === service ? undefined : service.name,
          ...(certain ? {} : { severity: 'medium' as const }),
          message: `${holder.name} promises ${formatShare(goal)}, and what it needs comes to ${certain ? 'at most ' : ''}${formatShare(total)}: ${product}.`,
          why: `That is ${downtime(total.high)} without an answer a month where ${downtime(goal.low)} are promised${others.length > 0 ? `, and ${listed(others)} ${others.length === 1 ? 'is' : 'are'} not even counted` : ''}.`,
          path: hopsOf((certain && shortestPath(graph, [holder.name], worst[0]?.components ?? [])) || [], () => undefined),
          impact: 'A promise that can be kept',
        });
      } else if (others.length > 0) {
        const key = others.join('\n');
        if (!open.has(key)) open.set(key, { service, holder, goal, others });
      } else if (terms.length > 0) yield satisfied(holder, { because: `${product} is ${formatShare(total)}`, evidence: evidenceOf(statementOf(holder, 'slo')) });
      else yield satisfied(holder, { because: `${service.name} needs nothing else to answer` });
    }
    if (open.size > ONE_BY_ONE) yield question(architecture.system, undefined, `How available are ${listed([...new Set([...open.values()].flatMap(({ others }) => others))])}, on which promises hang? Declare \`availability\` of each.`);
    else for (const { service, holder, goal, others } of open.values()) yield question(service, undefined, `${holder.name} promises ${formatShare(goal)}. How available ${others.length === 1 ? 'is' : 'are'} ${listed(others)}, which it needs? Declare \`availability\` of each.`, holder === service ? undefined : holder.name);
  },
};

export const dependenciesAreAsGood: Criterion = {
  id: 'REL-05',
  slug: 'dependencies-promise-as-much',
  title: 'Nothing that is needed for an answer promises less than the answer does',
  type: 'contradiction',
  severity: 'medium',
  sources: ['NIST AI RMF GOVERN 6.2', 'ISO/IEC 42001 A.10.3', 'AWS ML Lens (2023) MLREL-13'],
  why: 'A promise cannot be better than that of any single part on which it hangs.',
  remediation: 'Put a cache or a lesser answer before the weaker part, get a better promise for it, or promise less.',
  effort: 'M',
  falsePositives: 'A cache or a default may bridge it: declare `fallback`, `fails open` or `optional`.',
  applies: promisesAny,
  *evaluate(context: Context) {
    const { architecture } = context;
    const told = new Set<string>();
    const graph = callsAsGraph(architecture);
    for (const { holder, service, goal, reached: { terms, missing } } of promisesOf(architecture)) {
      const promises = [
        ...terms.filter(({ components }) => components.length === 1 && components[0] !== service.name).flatMap((term) => (architecture.components.get(term.components[0] ?? '') ? [{ component: architecture.components.get(term.components[0] ?? '') as Component, figure: term.value, at: term.property as string }] : [])),
        ...missing.flatMap((name) => textual(architecture.components.get(name))),
      ];
      const weaker = promises.filter(({ figure }) => figure.high < goal.low);
      for (const { component, figure, at } of weaker) {
        if (told.has(component.name)) continue;
        told.add(component.name);
        yield contradiction(component, {
          at,
          ...(isOthers(component) ? { severity: 'high' as const } : {}),
          mitigated: value(service, 'cache') !== undefined,
          message: `${component.name} promises ${formatShare(figure)}, and ${holder.name}, which cannot answer without it, promises ${formatShare(goal)}.`,
          why: `${component.name} may be down ${downtime(figure.high)} a month and keep its promise; then ${holder.name} has broken its own.`,
          path: hopsOf(shortestPath(graph, [holder.name], [component.name]) ?? [], () => undefined),
          changes: spareAnswer(context, service.name, 'degraded'),
          remedy: `Answer without ${component.name} when it is down: from a cache, by a default, or with less.`,
          impact: 'A promise that does not hang on a weaker one',
        });
      }
      if (weaker.length === 0 && promises.length > 0) yield satisfied(holder, { because: `${listed(promises.map(({ component }) => component.name))} ${promises.length === 1 ? 'promises' : 'promise'} at least ${formatShare(goal)}` });
      else if (weaker.length === 0 && missing.filter((name) => name !== service.name && name !== holder.name).length === 0) yield satisfied(holder, { because: `${service.name} hangs on nothing that has a promise of its own` });
    }
  },
};

/** Parts that somebody else runs: their promise can only be bought or bridged. */
const isOthers = (component: Component): boolean => (component.kind === 'service' && component.variant === 'llm_api') || (component.kind === 'source' && value(component as Component<'source'>, 'external') === true);

/** What a source promises in words: `sla "99.5 %, hourly"`. */
function textual(component: Component | undefined): { component: Component; figure: Quantity; at: string }[] {
  const text = component?.kind === 'source' ? value(component as Component<'source'>, 'sla') : undefined;
  const percent = text === undefined ? undefined : /(\d{2,3}(?:\.\d+)?)\s*%/.exec(text)?.[1];
  const share = percent === undefined ? undefined : Number(percent);
  return component && share !== undefined && share > 50 && share <= 100 ? [{ component, figure: scaled(exactly(share, '1'), 0.01), at: 'sla' }] : [];
}
