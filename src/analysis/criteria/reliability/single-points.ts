import type { Architecture, Component } from '../../../model/architecture.ts';
import { namesAlong } from '../../../model/graph/paths.ts';
import { neededByRequests, wayToNeeded } from '../../../model/graph/needed.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { readersOfArtefact } from '../../data/runtime-artefacts.ts';
import { hopsOf } from '../../hops.ts';
import { gap, question, satisfied, weak, type Context, type Criterion, type FindingDetails, type Outcome } from '../../rule.ts';
import { doubled, redundancyOf, type Redundancy } from '../../serving/redundancy.ts';
import { hasFallback, isInProduction, ownServices, wayTo, type Service } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';
import { isVital } from '../../training/standing-facts.ts';
import { isRelied } from '../standing.ts';
import { spareAnswer } from './spare-answer.ts';

/** What runs for itself and so can be down for itself; of services in production ML09.3 tells the replicas. */
const RUNS: ReadonlySet<string> = new Set(['gateway', 'store', 'cache', 'knowledge', 'guardrail', 'source']);

export const noSinglePoint: Criterion = {
  id: 'REL-01',
  slug: 'no-single-point-of-failure',
  title: 'No part that every request needs stands alone',
  type: 'gap',
  severity: 'high',
  sources: ['AWS ML Lens (2023) MLREL-13', 'Azure Well-Architected AI workloads: single points of failure', 'NIST AI RMF MANAGE 2.3'],
  why: 'When the one part that everything needs restarts, is replaced or breaks, nothing is answered until it is back.',
  remediation: 'Run a second of it in another zone, or give its caller another way to answer.',
  effort: 'M',
  falsePositives: 'Requests may be answered without it: declare the flow as `optional` or `fails open`, or a `fallback`. The provider may run several: declare `zones` or `replicas`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : neededByRequests(context.architecture).size > 0 ? true : 'Nobody is declared to ask anything.'),
  *evaluate(context: Context) {
    const { architecture } = context;
    const needed = neededByRequests(architecture);
    const open: Component[] = [];
    let [alone, several] = [0, 0];
    for (const name of needed.keys()) {
      const component = architecture.components.get(name);
      if (!component || !RUNS.has(component.kind) || (component.kind === 'source' && value(component as Component<'source'>, 'external') === true)) continue;
      const redundancy = redundancyOf(architecture, component);
      if (redundancy.state === 'several') several += 1;
      else if (redundancy.state === 'unknown') open.push(component);
      else {
        alone += 1;
        yield judge(context, component, redundancy);
      }
    }
    const services = singleServices(architecture);
    if (services.length > 0) yield manyOnOne(context, services);
    const shared = [...commonCauses(context)];
    yield* shared;
    // Stores that only hold what a request can do without a second of are asked of where it matters.
    const asked = open.filter(({ kind }) => kind !== 'guardrail' && kind !== 'source');
    if (asked.length > 0 && isVital(architecture)) yield question(architecture.system, undefined, `How many of ${listed(asked.map(({ name }) => name))} run, and in how many zones? Every request needs ${asked.length === 1 ? 'it' : 'them'}. Declare \`replicas\` or \`zones\`.`);
    else if (alone + services.length + shared.length === 0 && (several > 0 || ownServices(architecture).length > 0)) {
      const doubledServices = ownServices(architecture).filter((service) => needed.has(service.name) && redundancyOf(architecture, service).state === 'unknown');
      if (doubledServices.length === 0 && open.length === 0) yield satisfied(architecture.system, { because: 'every part that requests need has a second, or something that answers in its place' });
    }
  },
};

function judge({ architecture }: Context, component: Component, { state, property, says }: Redundancy): Outcome {
  const path = wayToNeeded(neededByRequests(architecture), component.name);
  const names = namesAlong(path);
  const callers = names.flatMap((name) => architecture.components.get(name) ?? []).filter((caller): caller is Service => caller.kind === 'service');
  const confirmed = callers.length > 0 && callers.every((caller) => presenceOf(caller, 'fallback') === 'absent');
  const entry = names[0];
  const details: FindingDetails = {
    at: property,
    path: hopsOf(path, () => undefined),
    changes: doubled(component),
    impact: 'One failure less that takes everything down',
    message: `Requests${entry === undefined || entry === component.name ? '' : ` of ${entry}`} need ${component.name}, and there is one of it (${says}): nothing answers in its place.`,
  };
  if (state === 'zone') return weak(component, { ...details, severity: 'medium', message: `All of ${component.name} (${says}) is in one zone, and requests${entry === undefined ? '' : ` of ${entry}`} need it.` });
  return gap(component, { ...details, critical: 'outage', ...(confirmed && isVital(architecture) ? { severity: 'critical' as const } : {}) });
}

/** Services of one replica that requests need and that nothing stands in for. */
function singleServices(architecture: Architecture): Service[] {
  const needed = neededByRequests(architecture);
  return ownServices(architecture).filter((service) => needed.has(service.name) && !hasFallback(architecture, service) && redundancyOf(architecture, service).state === 'single');
}

/** ML09.3 speaks of the replicas of each service; here it is said once what hangs on them. */
function manyOnOne({ architecture }: Context, services: readonly Service[]): Outcome {
  const [first] = services as [Service];
  const consumers = componentsOf(architecture, 'consumer').filter((consumer) => wayTo(architecture, first.name)[0]?.component === consumer.name);
  return gap(architecture.system, {
    about: 'services',
    message: `${listed(services.map(({ name }) => name))} stand${services.length === 1 ? 's' : ''} alone on the way of requests${consumers[0] ? ` of ${consumers[0].name}` : ''}: there is one replica${services.length === 1 ? '' : ' of each'}.`,
    path: wayTo(architecture, first.name),
    changes: services.flatMap((service) => doubled(service)),
    impact: 'One failure less that takes everything down',
  });
}

/** Readers whose replicas all take the same file at once: a second one fails with the first. */
function* commonCauses(context: Context): Iterable<Outcome> {
  const { architecture } = context;
  const needed = neededByRequests(architecture);
  for (const artefact of componentsOf(architecture, 'artefact')) {
    if (presenceOf(artefact, 'rollout') !== 'absent' || value(artefact, 'validated')?.includes('staged') === true) continue;
    for (const [reader, edge] of readersOfArtefact(architecture, artefact)) {
      if (reader.kind !== 'service' || !needed.has(reader.name) || !isInProduction(architecture, reader as Service)) continue;
      if (presenceOf(reader, 'fallback') !== 'absent' || value(reader as Service, 'fails') === 'open' || hasFallback(architecture, reader as Service)) continue;
      const way = wayToNeeded(needed, reader.name);
      yield gap(reader, {
        about: artefact.name,
        at: 'fallback',
        message: `Requests${way[0] ? ` of ${way[0].from}` : ''} need ${reader.name}, and more replicas are no second of it: all of them take a new ${artefact.name} at once.`,
        path: [...hopsOf(way, () => undefined), { component: artefact.name, span: edge.span, note: 'read by all replicas' }],
        changes: spareAnswer(context, reader.name, 'degraded'),
        remedy: `Let ${reader.name} answer without ${artefact.name}, and send ${artefact.name} to few replicas first.`,
        impact: 'A bad file takes down some replicas and not all',
      });
    }
  }
}
