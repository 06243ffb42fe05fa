import type { DiagramNode } from '../diagram/diagram.ts';
import type { Scene } from '../diagram/scene.ts';
import type { TrafficResult } from '../protocol/diagram.ts';

export const OVERLAYS = ['none', 'findings', 'utilisation', 'latency', 'cost', 'ownership', 'data'] as const;
export type OverlayName = (typeof OVERLAYS)[number];

export const OVERLAY_TITLES: Readonly<Record<OverlayName, string>> = { none: 'None', findings: 'Findings', utilisation: 'Utilisation', latency: 'Latency', cost: 'Cost', ownership: 'Ownership', data: 'Data class' };

/** What an overlay says of a node: in words, and in a look that words explain. */
export interface Tag {
  readonly text: string;
  /** Class of the look: `level-0` to `level-3` from calm to alarming, `sort-0` to `sort-5` for names, `unknown`. */
  readonly look: string;
}

export interface Overlay {
  readonly tags: ReadonlyMap<string, Tag>;
  readonly legend: readonly Tag[];
}

/** Overlays that need the figures of the server. */
export const needsTraffic = (name: OverlayName): boolean => name === 'utilisation' || name === 'latency' || name === 'cost';

/** What an overlay writes on the nodes of a scene; a node that it knows nothing of gets no tag. */
export function overlayOf(name: OverlayName, { nodes }: Scene, traffic: TrafficResult | undefined): Overlay {
  const all = nodes.map(({ node }) => node);
  switch (name) {
    case 'none':
      return { tags: new Map(), legend: [] };
    case 'findings':
      return { tags: tagged(all, findingsTag), legend: FINDINGS };
    case 'utilisation':
      return { tags: tagged(all, ({ id }) => utilisationTag(traffic?.utilisation[id])), legend: UTILISATION };
    case 'latency':
      return { tags: tagged(all, ({ id }) => shareTag('p99 ', traffic?.latency[id], traffic?.latencyShare?.[id])), legend: traffic?.latencyShare ? SHARES : [] };
    case 'cost':
      return { tags: tagged(all, ({ id }) => shareTag('', traffic?.cost[id], traffic?.costShare?.[id])), legend: traffic?.costShare ? SHARES : [] };
    case 'ownership':
      return named(all, ({ owner }) => owner, 'no owner');
    case 'data':
      return named(all, ({ dataClasses }) => (dataClasses && dataClasses.length > 0 ? dataClasses.join(', ') : undefined), undefined);
  }
}

function tagged(nodes: readonly DiagramNode[], tagOf: (node: DiagramNode) => Tag | undefined): Map<string, Tag> {
  const tags = new Map<string, Tag>();
  for (const node of nodes) {
    const tag = tagOf(node);
    if (tag) tags.set(node.id, tag);
  }
  return tags;
}

const FINDINGS: readonly Tag[] = [{ text: 'critical', look: 'level-3' }, { text: 'high', look: 'level-2' }, { text: 'medium', look: 'level-1' }, { text: 'low or none', look: 'level-0' }];

function findingsTag({ badges }: DiagramNode): Tag {
  const look = badges.some(({ severity }) => severity === 'critical') ? 3 : badges.some(({ severity }) => severity === 'high') ? 2 : badges.some(({ severity }) => severity === 'medium') ? 1 : 0;
  return { text: badges.length === 0 ? 'no findings' : badges.map(({ severity, count }) => `${count} ${severity}`).join(', '), look: `level-${look}` };
}

const UTILISATION: readonly Tag[] = [{ text: 'below 60 %', look: 'level-0' }, { text: '60 to 80 %', look: 'level-1' }, { text: '80 to 100 %', look: 'level-2' }, { text: 'overloaded', look: 'level-3' }];

function utilisationTag(busy: number | undefined): Tag | undefined {
  if (busy === undefined) return undefined;
  const level = busy > 1 ? 3 : busy > 0.8 ? 2 : busy >= 0.6 ? 1 : 0;
  const percent = busy * 100;
  const text = `${percent >= 10 ? Math.round(percent) : Number(percent.toPrecision(2))} %`;
  return { text: level === 3 ? `overloaded: ${text}` : text, look: `level-${level}` };
}

const SHARES: readonly Tag[] = [{ text: 'the largest', look: 'level-3' }, { text: 'above half of it', look: 'level-2' }, { text: 'above a tenth', look: 'level-1' }, { text: 'less', look: 'level-0' }];

function shareTag(before: string, text: string | undefined, share: number | undefined): Tag | undefined {
  if (text === undefined) return undefined;
  const level = share === undefined ? 0 : share >= 0.999 ? 3 : share > 0.5 ? 2 : share > 0.1 ? 1 : 0;
  return { text: text.startsWith(before) ? text : before + text, look: `level-${level}` };
}

const SORTS = 6;

/** A look for each name, in the order in which they come; from the seventh on looks are used again, and the names tell. */
function named(nodes: readonly DiagramNode[], nameOf: (node: DiagramNode) => string | undefined, missing: string | undefined): Overlay {
  const names = [...new Set(nodes.flatMap((node) => nameOf(node) ?? []))].sort();
  const lookOf = new Map(names.map((name, index) => [name, `sort-${index % SORTS}`]));
  const tags = tagged(nodes, (node) => {
    const name = nameOf(node);
    if (name !== undefined) return { text: name, look: lookOf.get(name) ?? 'unknown' };
    return missing === undefined ? undefined : { text: missing, look: 'unknown' };
  });
  const legend = [...names.map((name) => ({ text: name, look: lookOf.get(name) ?? 'unknown' })), ...(missing !== undefined && [...tags.values()].some(({ look }) => look === 'unknown') ? [{ text: missing, look: 'unknown' }] : [])];
  return { tags, legend };
}
