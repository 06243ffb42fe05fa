import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatNumber } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Context, type Criterion } from '../../rule.ts';
import { standingOf } from '../../severity.ts';
import { listed } from '../../training/in-house.ts';

/** What somebody must be able to change and repair for the system to go on. */
const CRITICAL: readonly Component['kind'][] = ['service', 'model', 'training', 'agent', 'prompt', 'features', 'pipeline'];

export const busFactor: Criterion = {
  id: 'OWN-02',
  slug: 'two-can-take-over',
  title: 'At least two people could change and repair each critical part',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLOE-01', 'AWS ML Lens (2023) MLOE-04', 'NIST AI RMF GOVERN 2.1'],
  why: 'What one person knows is gone with that person: on holiday for two weeks, after a resignation for good.',
  remediation: 'Let a second person make the next changes of that part, with the first one beside and not in front.',
  effort: 'M',
  falsePositives: 'More people may know it than usually work on it. Count those who could repair it at night, and declare them as `maintainers`. Who can deploy is judged by ML19.3.',
  pack: 'ownership',
  applies: ({ architecture }) => {
    const { stage, criticality, scaling } = standingOf(architecture);
    if (stage === 'prototype') return 'It is a prototype.';
    return criticality >= 2 || scaling || 'Asked where criticality is high, or the review is for scale or diligence.';
  },
  *evaluate({ architecture }: Context) {
    const { system } = architecture;
    const parts = componentsOf(architecture, ...CRITICAL).filter((part) => !isBought(part));
    const alone = parts.flatMap((part) => {
      const known = maintainersOf(architecture, part);
      return known && known.count <= 1 ? [{ part, known }] : [];
    });
    const bySubject = new Map<Component | undefined, typeof alone>();
    for (const item of alone) bySubject.set(item.known.team, [...(bySubject.get(item.known.team) ?? []), item]);
    for (const [team, items] of bySubject) {
      const names = listed(items.map(({ part }) => part.name));
      if (team) yield gap(team, { at: 'people', message: `${team.name} is ${items[0]?.known.count === 0 ? 'nobody' : 'one person'}, and answers for ${names}.`, changes: [] });
      else for (const { part, known } of items) yield gap(part, { at: 'maintainers', message: `${known.count === 0 ? 'Nobody' : 'Only one person'} could change and repair ${part.name}.` });
    }
    const all = value(system, 'maintainers');
    if (all && all.high <= 1 && parts.some((part) => !maintainersOf(architecture, part))) yield gap(system, { at: 'maintainers', message: `${all.high === 0 ? 'Nobody' : 'Only one person'} could change and repair ${system.name}.` });
    else if (all && all.low > 1) yield satisfied(system, { because: `${formatNumber(all.low)} people could repair each part`, evidence: evidenceOf(statementOf(system, 'maintainers')) });
    else {
      const open = parts.filter((part) => !maintainersOf(architecture, part));
      if (open.length > 0) yield { ...question(system, 'maintainers', `How many people could change and repair ${listed(open.map(({ name }) => name))}, each by themselves? \`maintainers\` of the system stands for all parts.`), statedUnknown: presenceOf(system, 'maintainers') === 'unknown' };
      else if (parts.length > 0 && alone.length === 0) yield satisfied(system, { because: 'two people or more could repair each critical part' });
    }
  },
};

const isBought = (part: Component): boolean => part.variant === 'vendor' || part.variant === 'llm_api' || part.variant === 'open';

interface Known {
  readonly count: number;
  /** The team by whose size it is known. */
  readonly team?: Component<'team'>;
}

/** By its own word, or by the size of the team that owns it. */
function maintainersOf(architecture: Architecture, part: Component): Known | undefined {
  const own = value(part, 'maintainers');
  if (own) return { count: own.high };
  if (value(architecture.system, 'maintainers')) return undefined;
  const owner = value(part, 'owner') ?? value(architecture.system, 'owner');
  const teams = componentsOf(architecture, 'team');
  const team = teams.find(({ name }) => name === owner) ?? (teams.length === 1 ? teams[0] : undefined);
  const people = team && value(team, 'people');
  return team && people ? { count: people.high, team } : undefined;
}
