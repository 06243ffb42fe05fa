import type { Architecture } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';
import type { DataClass } from '../../model/graph/taint.ts';
import type { SystemProperties } from '../../model/vocabulary/vocabulary.ts';
import type { Duty } from './duties.ts';

export type Regime = NonNullable<SystemProperties['compliance']>[number];

/** Rules of a sector, and the duties by which a system meets them beyond the security of single parts. */
export interface SectorRule {
  readonly regime: Regime;
  readonly title: string;
  /** The class of data that it is about. */
  readonly dataClass: DataClass;
  readonly duties: readonly { readonly duty: Duty; readonly what: string; readonly onlyWithVendor?: true }[];
}

export const SECTOR_RULES: readonly SectorRule[] = [
  {
    regime: 'hipaa',
    title: 'HIPAA', dataClass: 'health',
    duties: [
      { duty: 'agreement', what: 'a business associate agreement with each vendor that sees health data', onlyWithVendor: true },
      { duty: 'audit', what: 'a record of who saw what' },
      { duty: 'minimisation', what: 'the least data that serves' },
    ],
  },
  {
    regime: 'pci_dss',
    title: 'PCI DSS', dataClass: 'financial',
    duties: [
      { duty: 'retention', what: 'the deletion of card data in time' },
      { duty: 'audit', what: 'a record of access to card data' },
    ],
  },
  {
    regime: 'fcra',
    title: 'FCRA', dataClass: 'financial',
    duties: [
      { duty: 'explanation', what: 'reasons of an adverse decision' },
      { duty: 'audit', what: 'a record by which a person can dispute a decision' },
    ],
  },
  { regime: 'sox', title: 'SOX', dataClass: 'financial', duties: [{ duty: 'audit', what: 'a record of who changed what the figures come from' }] },
];

/** Rules that classes of data hint at, where no rule of a sector is declared. */
export const HINTS: readonly { readonly dataClass: DataClass; readonly words: string; readonly regimes: readonly Regime[] }[] = [
  { dataClass: 'health', words: 'health data', regimes: ['hipaa', 'gdpr'] },
  { dataClass: 'financial', words: 'payment and account data', regimes: ['pci_dss', 'sox', 'fcra'] },
];

/** Whether a class of data is declared anywhere. */
export function holds(architecture: Architecture, dataClass: DataClass): boolean {
  const inComponents = [...architecture.components.values()].some((component) => (value(component, 'contains') as readonly string[] | undefined)?.includes(dataClass));
  return inComponents || architecture.flows.some((flow) => value(flow, 'contains')?.includes(dataClass));
}
