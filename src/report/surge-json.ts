import type { Surge, SurgeFigures } from '../analysis/estimation/surges.ts';
import { quantityJson } from './quantity-json.ts';

/** A rise of the traffic at a service that is scaled, for programs. */
export const surgeJson = ({ component, missing, refused, figures }: Surge): object => ({ component, missing, ...(refused !== undefined && { refused }), ...(figures && figuresJson(figures)) });

function figuresJson({ from, to, factor, within, declared, reaction, before, after, backlog, drains, longestWait, drainTime, headroom, obstacle }: SurgeFigures): object {
  return {
    rise: { from: quantityJson(from), to: quantityJson(to), factor, within, declared },
    reaction: quantityJson(reaction),
    replicas: { before, after },
    backlog: quantityJson(backlog),
    ...(drains !== undefined && { drains }),
    ...(longestWait && { longestWait: quantityJson(longestWait) }),
    ...(drainTime && { drainTime: quantityJson(drainTime) }),
    ...(headroom && { headroom: headroomJson(headroom) }),
    ...(obstacle !== undefined && { obstacle }),
  };
}

const headroomJson = ({ replicas, target, objective, most }: NonNullable<SurgeFigures['headroom']>): object => ({
  replicas: quantityJson(replicas),
  target: quantityJson(target),
  ...(objective && { objective: { holder: objective.holder, percentile: objective.percentile, seconds: objective.limit.high } }),
  ...(most !== undefined && { most }),
});
