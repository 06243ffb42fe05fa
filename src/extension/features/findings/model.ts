import type { FindingItem, Severity, SystemReview } from '../../../protocol/messages.ts';

export type Grouping = 'severity' | 'category' | 'component';
export type Filter = 'all' | 'fixable' | 'grave' | 'file';

export const GROUPINGS: readonly { readonly grouping: Grouping; readonly command: string }[] = [
  { grouping: 'severity', command: 'mlarch.findings.groupBySeverity' },
  { grouping: 'category', command: 'mlarch.findings.groupByCategory' },
  { grouping: 'component', command: 'mlarch.findings.groupByComponent' },
];

/** A finding with the system that it is of. */
export interface Entry {
  readonly finding: FindingItem;
  readonly system: SystemReview;
}

export interface Group {
  readonly name: string;
  readonly entries: readonly Entry[];
}

const SEVERITIES: readonly Severity[] = ['critical', 'high', 'medium', 'low'];

/** The findings that the filter lets through. `file` is the URI of the file in the editor. */
export function filtered(systems: readonly SystemReview[], filter: Filter, file: string | undefined): Entry[] {
  const passes = ({ severity, fixable, location }: FindingItem): boolean => {
    if (filter === 'fixable') return fixable;
    if (filter === 'grave') return severity === 'critical' || severity === 'high';
    return filter !== 'file' || location.uri === file;
  };
  return systems.flatMap((system) => system.findings.filter(passes).map((finding) => ({ finding, system })));
}

/** Groups in the order in which their worst finding comes; within a group as the review orders them. */
export function grouped(entries: readonly Entry[], grouping: Grouping): Group[] {
  const groups = new Map<string, Entry[]>();
  const ordered = [...entries].sort((a, b) => SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity));
  for (const entry of ordered) {
    const name = entry.finding[grouping];
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return [...groups].map(([name, all]) => ({ name, entries: all }));
}
