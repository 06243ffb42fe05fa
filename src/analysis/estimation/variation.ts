import type { Component } from '../../model/architecture.ts';
import { callsOf, isFallback } from '../../model/graph/calls.ts';
import { peakOf } from '../../model/graph/capacity.ts';
import { callsPerRequest } from '../../model/graph/demand.ts';
import { middle } from '../../model/quantity.ts';
import type { Context } from '../rule.ts';
import type { Consumer } from '../serving/services.ts';
import { solveNetwork, type NetworkNode, type Route } from './queueing/network.ts';
import { timeAlone } from './replica.ts';
import type { Station } from './stations.ts';

/** Where requests only pass, they leave as they come. */
const PASSING: Omit<NetworkNode, 'external' | 'externalScv'> = { servers: 1e6, serviceTime: 0, serviceScv: 1 };

/**
 * How irregularly requests arrive at each component at today’s peak: one for Poisson arrivals, as those of consumers are
 * taken to be; more behind calls that go out several at once, less behind busy stations of constant work (Whitt’s queueing network analyzer, 1983).
 */
export function arrivalVariation({ architecture, settings }: Context, stations: readonly Station[]): ReadonlyMap<string, number> {
  const calls = callsOf(architecture).calls.filter((call) => !isFallback(call));
  const names = [...new Set(calls.flatMap(({ caller, callee }) => [caller, callee]))];
  const indices = new Map(names.map((name, index) => [name, index]));
  const byName = new Map(stations.map((station) => [station.component.name, station]));
  const nodes = names.map((name): NetworkNode => ({ external: externalRate(architecture.components.get(name), settings.thresholds.peakFactor), externalScv: 1, ...workOf(byName.get(name)) }));
  const routes = calls.map((call): Route => ({ from: indices.get(call.caller) ?? 0, to: indices.get(call.callee) ?? 0, calls: middle(callsPerRequest(architecture, call)) }));
  const { nodes: traffic } = solveNetwork({ nodes, routes });
  return new Map(names.map((name, index) => [name, traffic[index]?.arrivalScv ?? 1]));

  function externalRate(component: Component | undefined, peakFactor: number): number {
    if (component?.kind !== 'consumer') return 0;
    const peak = peakOf(architecture, component as Consumer, peakFactor);
    return peak ? middle(peak.value) : 0;
  }
}

function workOf(station: Station | undefined): Omit<NetworkNode, 'external' | 'externalScv'> {
  if (!station?.replica?.timed || !station.replicas || station.replica.batching) return PASSING;
  const { replica, replicas } = station;
  return { servers: Math.max(1, Math.round(replicas.most * replica.streams)), serviceTime: timeAlone(replica), serviceScv: replica.scv };
}
