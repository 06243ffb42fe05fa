import { checks } from './checks/all.ts';
import { criteria } from './criteria/all.ts';
import type { Check } from './rule.ts';

/** Everything that is reviewed: the 20 checks, and the criteria beyond them. */
export const checklist: readonly Check[] = [...checks, ...criteria];
