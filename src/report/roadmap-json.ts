import type { Roadmap, RoadmapItem } from '../analysis/roadmap/roadmap.ts';

/** The roadmap for programs. Findings are named by their ids; shares are of the risk of all findings. */
export function roadmapJson({ top, backlog, before }: Roadmap): object {
  return { before, top: top.map(itemJson), backlog: backlog.map(itemJson) };
}

function itemJson({ action, severity, closes, eases, removes, unlocks, quadrant, slot, published, after }: RoadmapItem): object {
  return {
    id: action.id,
    title: action.title,
    severity,
    findings: action.findings.map(({ id }) => id),
    closes: closes.map(({ id }) => id),
    eases: eases.map(({ id }) => id),
    riskRemoved: round(removes),
    riskUnlocked: round(unlocks),
    effort: action.effort,
    ...(published && { published: { source: published.id, low: published.low, high: published.high, unit: published.unit } }),
    prerequisites: action.prerequisites,
    ...(action.owner !== undefined && { owner: action.owner }),
    quadrant,
    within: slot.within === 'later' ? null : slot.within,
    ...(after && { scoreAfter: after }),
    changes: action.changes,
  };
}

const round = (share: number): number => Number(share.toPrecision(4));
