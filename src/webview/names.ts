import type { DiagramEdge, DiagramNode } from '../diagram/diagram.ts';

/** What a screen reader says of a node: `service Scorer, 1 high finding`. */
export function nodeName({ kind, name, mark, badges, stands, opened }: DiagramNode): string {
  const findings = badges.map(({ severity, count }) => `${count} ${severity} ${count === 1 ? 'finding' : 'findings'}`);
  return [`${kind} ${name}`, ...(mark ? [mark] : []), ...(stands && stands.length > 0 ? [`stands for ${stands.length} components`] : []), ...(opened !== undefined ? ['of an opened group'] : []), ...findings].join(', ');
}

export const edgeName = ({ from, to, payload, mode, label }: DiagramEdge): string => `${from} to ${to}: ${[payload, mode, label].filter((part) => part !== '').join(', ')}`;
