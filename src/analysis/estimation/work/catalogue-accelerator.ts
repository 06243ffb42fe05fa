import type { Architecture } from '../../../model/architecture.ts';
import { middle } from '../../../model/quantity.ts';
import { PRECISIONS, type Accelerator, type Precision } from './accelerator.ts';

/** PCIe of the fourth generation with sixteen lanes, in one direction, in bytes per second. */
const BUS = 32e9;

/** Bytes per second in one direction over the direct links of a module, by generation (data sheets of NVLink 2 to 5). */
const DIRECT_LINKS: Readonly<Record<string, number>> = { Volta: 150e9, Ampere: 300e9, Hopper: 450e9, Blackwell: 900e9, 'CDNA 3': 448e9 };

/** Modules with direct links have stacked memory; what has less bandwidth than this, in bytes per second, is a card. */
const LEAST_MODULE_BANDWIDTH: Readonly<Record<string, number>> = { Volta: 850e9, Ampere: 1400e9, Hopper: 2500e9, Blackwell: 4000e9 };

/** The facts of an accelerator of the catalogue; undefined where its memory, its bandwidth or all its rates are missing. */
export function catalogueAccelerator(architecture: Pick<Architecture, 'catalogue'>, name: string): Accelerator | undefined {
  const entry = architecture.catalogue.accelerator.get(name)?.properties;
  if (!entry?.memory || !entry.bandwidth) return undefined;
  const peak: Partial<Record<Precision, number>> = {};
  for (const precision of PRECISIONS) {
    const rate = entry[precision];
    if (rate) peak[precision] = middle(rate);
  }
  if (Object.keys(peak).length === 0) return undefined;
  const [generation, bandwidth] = [entry.generation ?? '', middle(entry.bandwidth)];
  return { memory: middle(entry.memory), bandwidth, peak, generation, link: linkOf(name, generation, bandwidth) };
}

/** Bridge between the two cards of a pair (H100 NVL). */
const BRIDGE = 300e9;

/** The catalogue names cards `_pcie`, bridged pairs of them `_nvl`, and modules without a suffix. */
function linkOf(name: string, generation: string, bandwidth: number): number {
  if (name.endsWith('_nvl')) return BRIDGE;
  const card = name.endsWith('_pcie') || bandwidth < (LEAST_MODULE_BANDWIDTH[generation] ?? 0);
  return card ? BUS : (DIRECT_LINKS[generation] ?? BUS);
}
