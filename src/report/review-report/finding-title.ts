import { findRule } from '../../analysis/find-rule.ts';
import type { Finding } from '../../analysis/finding.ts';

/** What the rule of a finding asks for: says nothing of the values that break it. */
export const findingTitle = ({ rule }: Pick<Finding, 'rule'>): string => findRule(rule)?.rule.title ?? rule;
