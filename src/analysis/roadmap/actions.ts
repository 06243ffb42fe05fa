import type { Architecture, Change } from '../../model/architecture.ts';
import { statementOf } from '../../model/statements.ts';
import { EFFORTS, type Effort, type Finding } from '../finding.ts';
import { bySeverity } from '../review.ts';
import type { Action, Days } from './action.ts';
import { subjectOf } from './risk.ts';

/**
 * The remedies of findings as actions, the gravest first. Findings of one rule with one remedy are one action, and so are those
 * whose remedies change the same things: nobody plans them apart, and neither is paid for twice.
 */
export function actionsOf(architecture: Architecture, findings: readonly Finding[]): Action[] {
  const groups = groupsOf([...findings].sort(bySeverity));
  const ids = new Map(groups.flatMap((group) => group.map((finding) => [finding.id, idOf(group)])));
  return groups.map((group) => actionOf(architecture, group, prerequisitesOf(group, findings, ids)));
}

const idOf = (group: readonly Finding[]): string => group[0]?.id ?? '';

/** Findings that share a rule and its remedy, or their changes, in the order in which they first stand. */
function groupsOf(findings: readonly Finding[]): Finding[][] {
  const groups: (Finding[] | undefined)[] = [];
  const place = new Map<string, number>();
  for (const finding of findings) {
    const keys = keysOf(finding);
    const found = [...new Set(keys.flatMap((key) => place.get(key) ?? []))].sort((a, b) => a - b);
    const home = found[0] ?? groups.push([]) - 1;
    const members = found.flatMap((index) => groups[index] ?? []);
    for (const index of found) groups[index] = undefined;
    groups[home] = [...members, finding];
    for (const member of groups[home]) for (const key of keysOf(member)) place.set(key, home);
  }
  return groups.filter((group) => group !== undefined).map((group) => group.sort(bySeverity));
}

function keysOf({ rule, remedy }: Finding): string[] {
  return [`${rule}\n${remedy.title}`, ...(remedy.changes.length > 0 ? [changesKey(remedy.changes)] : [])];
}

const changesKey = (changes: readonly Change[]): string => JSON.stringify(changes);

function actionOf(architecture: Architecture, group: readonly Finding[], prerequisites: readonly string[]): Action {
  const distinct = distinctRemedies(group);
  const days = distinct.map(({ remedy }) => remedy.effort.days).reduce<Days>((sum, { low, likely, high }) => ({ low: sum.low + low, likely: sum.likely + likely, high: sum.high + high }), { low: 0, likely: 0, high: 0 });
  const owner = ownerOf(architecture, group);
  return {
    id: idOf(group),
    title: group[0]?.remedy.title ?? '',
    findings: group,
    changes: distinct.flatMap(({ remedy }) => remedy.changes),
    effort: { size: sizeOf(days), days },
    prerequisites,
    ...(owner !== undefined && { owner }),
  };
}

/** One finding for each thing to be done: of several with the same changes, the one that takes longest. */
function distinctRemedies(group: readonly Finding[]): Finding[] {
  const byWork = new Map<string, Finding>();
  for (const finding of group) {
    const key = finding.remedy.changes.length > 0 ? changesKey(finding.remedy.changes) : finding.id;
    const known = byWork.get(key);
    if (!known || known.remedy.effort.days.likely < finding.remedy.effort.days.likely) byWork.set(key, finding);
  }
  return [...byWork.values()];
}

/** The smallest size whose upper end holds the likely days. */
function sizeOf({ likely }: Days): Effort['size'] {
  return likely <= EFFORTS.S.days.high ? 'S' : likely <= EFFORTS.M.days.high ? 'M' : 'L';
}

/** The actions that close what the remedies ask for first: on the same component where it is open there, else wherever it is. */
function prerequisitesOf(group: readonly Finding[], findings: readonly Finding[], ids: ReadonlyMap<string, string>): string[] {
  const wanted = group.flatMap(({ component, remedy }) =>
    remedy.prerequisites.flatMap((rule) => {
      const open = findings.filter((finding) => finding.rule === rule);
      const near = open.filter((finding) => finding.component === component);
      return near.length > 0 ? near : open;
    }),
  );
  return [...new Set(wanted.flatMap(({ id }) => ids.get(id) ?? []))].filter((id) => id !== idOf(group)).sort();
}

/** The owner of what the findings are about if it is one, else the owner of the system. */
function ownerOf(architecture: Architecture, group: readonly Finding[]): string | undefined {
  const owners = new Set(group.map((finding) => ownerText(subjectOf(architecture, finding)) ?? ownerText(architecture.system)));
  const [owner] = owners;
  return owners.size === 1 ? owner : ownerText(architecture.system);
}

function ownerText(element: { readonly properties: object } | undefined): string | undefined {
  const stated = element && statementOf(element, 'owner');
  return stated?.state === 'present' && typeof stated.value === 'string' ? stated.value : undefined;
}
