import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Architecture } from '../../../src/model/architecture.ts';
import { monitorReaches, reaches } from '../../../src/model/graph/alerts.ts';
import { availabilityOf } from '../../../src/model/graph/availability.ts';
import { callsAsGraph } from '../../../src/model/graph/calls.ts';
import { serveCone, trainCone } from '../../../src/model/graph/cones.ts';
import { minVertexCut, separates } from '../../../src/model/graph/cuts.ts';
import { feedbackCycle, stronglyConnected } from '../../../src/model/graph/cycles.ts';
import { bottleneck, peakDemand } from '../../../src/model/graph/demand.ts';
import { dominatorsOf } from '../../../src/model/graph/dominators.ts';
import { edgesOf } from '../../../src/model/graph/edges.ts';
import { worstLag } from '../../../src/model/graph/lag.ts';
import { latencyOf } from '../../../src/model/graph/latency.ts';
import { taintOf } from '../../../src/model/graph/taint.ts';
import { componentsOf } from '../../../src/model/statements.ts';
import { architecture, component, flow, ms, number, rate, seconds, share } from './build.ts';

/** Calls every function of the graph once, on the first of each kind. */
function everything(built: Architecture): void {
  const first = <K extends 'consumer' | 'service' | 'model' | 'monitor' | 'alert'>(kind: K) => componentsOf(built, kind)[0];
  const [consumer, service, model, monitor, alert] = [first('consumer'), first('service'), first('model'), first('monitor'), first('alert')];
  const graph = edgesOf(built);
  stronglyConnected(graph);
  peakDemand(built);
  if (model) {
    trainCone(built, model);
    serveCone(built, model);
    feedbackCycle(built, model);
  }
  if (monitor) monitorReaches(built, monitor);
  if (alert) reaches(built, alert);
  if (!service) return;
  const sources = componentsOf(built, 'source').map((source) => source.name);
  separates(graph, [], sources, [service.name]);
  minVertexCut(graph, sources, [service.name]);
  worstLag(built, service.name, () => true);
  taintOf(built, service.name);
  latencyOf(built, service, service);
  if (!consumer) return;
  dominatorsOf(callsAsGraph(built), [consumer.name], service.name);
  latencyOf(built, consumer, service);
  availabilityOf(built, consumer, service);
  bottleneck(built, consumer, service);
}

const KINDS = ['consumer', 'source', 'ingestion', 'store', 'features', 'labels', 'training', 'model', 'registry', 'service', 'gateway', 'guardrail', 'agent', 'monitor', 'alert', 'cache', 'knowledge', 'artefact'];
const properties: Record<string, unknown> = { every: seconds(1), service_time: { p50: ms(5) }, availability: share(0.99), contains: ['pii'], peak: rate(3), throughput: rate(5), replicas: number(2) };

describe('odd input', () => {
  it('never throws: cycles, self-loops, names that nobody declared', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'nowhere');
    const part = fc.record({ kind: fc.constantFrom(...KINDS), refs: fc.array(name, { maxLength: 3 }) });
    const hop = fc.record({ from: name, to: name, fallback: fc.boolean(), mode: fc.constantFrom('sync', 'async', undefined), payload: fc.constantFrom('request', 'data', 'artifact', undefined) });
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), fc.array(hop, { maxLength: 12 }), (parts, hops) => {
        const built = architecture(
          parts.map(({ kind, refs }, at) => component(kind, 'abcde'[at] as string, { ...properties, serves: refs, from: refs, guards: refs, produces: refs, model: refs, alerts: refs, online: refs[0], fallback: refs[0], transforms: refs, in: refs[0] })),
          hops.flatMap(({ from, to, ...rest }) => flow(`${from} -> ${to}`, Object.fromEntries(Object.entries(rest).filter(([, held]) => held !== undefined)))),
        );
        everything(built);
      }),
      { numRuns: 500 },
    );
  });

  it('takes ten thousand components and thirty thousand flows', () => {
    const size = 10_000;
    const kinds = ['service', 'store : online', 'service', 'features', 'ingestion', 'validation'];
    const built = architecture(
      component('consumer', 'App', { peak: rate(10) }), component('source', 'Db', { contains: ['pii'] }), component('model', 'M'), component('training', 'T'), component('monitor', 'Mon'), component('alert', 'Al'),
      Array.from({ length: size }, (_, at) => component(kinds[at % kinds.length] as string, `n${at}`, properties)),
      flow('App -> n0'), flow('Db -> n4'),
      Array.from({ length: 3 * size }, (_, at) => flow(`n${at % size} -> n${at < size ? (at + 1) % size : (at * 7919) % size}`, at % 2 ? { mode: 'sync' } : {})).flat(),
      Array.from({ length: size / 6 }, (_, at) => flow(`n${6 * at} -> n${(6 * at + 6) % size}`)).flat(),
    );
    everything(built);
    expect(edgesOf(built).edges.length).toBeGreaterThan(3 * size);
  });
});
