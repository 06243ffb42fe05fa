import type { Architecture } from '../model/architecture.ts';
import { callsOf } from '../model/graph/calls.ts';
import { servingGraph } from '../model/graph/cones.ts';
import { edgesOf } from '../model/graph/edges.ts';
import type { Steps } from '../model/steps.ts';
import { modelFeatures } from './data/feature-use.ts';
import { guardedTargets, guardsOf } from './data/gates.ts';
import { pastExamples } from './data/time-facts.ts';
import { deliveriesOf } from './training/delivery.ts';
import { inHouseModels } from './training/in-house.ts';

/** Those that take longest, each after what it builds on. */
const FACTS: readonly ((architecture: Architecture) => unknown)[] = [edgesOf, callsOf, inHouseModels, servingGraph, deliveriesOf, pastExamples, modelFeatures, guardsOf, guardedTargets];

/** Works out what many rules share, with a pause after each fact. Otherwise the first rule that asks would do it all in one step. */
export function* shareFacts(architecture: Architecture): Steps<void> {
  for (const fact of FACTS) {
    try {
      fact(architecture);
    } catch {
      // The rule that needs it fails in the same way, and says so.
    }
    yield;
  }
}
