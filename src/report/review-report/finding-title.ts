import { checklist } from '../../analysis/checklist.ts';
import type { Finding } from '../../analysis/finding.ts';

const titles: ReadonlyMap<string, string> = new Map(checklist.flatMap(({ rules }) => rules.map(({ id, title }) => [id, title])));

/** What the rule of a finding asks for: says nothing of the values that break it. */
export const findingTitle = ({ rule }: Pick<Finding, 'rule'>): string => titles.get(rule) ?? rule;
