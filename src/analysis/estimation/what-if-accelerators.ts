import type { Architecture, CatalogueEntry, Change } from '../../model/architecture.ts';
import { inferenceMemory } from '../../model/graph/memory.ts';
import { USABLE_MEMORY } from '../../model/constants.ts';
import { exactly, middle } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import type { Context } from '../rule.ts';
import type { Service } from '../serving/services.ts';
import { weakest } from './provenance.ts';
import { isRefusal, logSdOf, type Refusal } from './quantity.ts';
import { capacityOfReplica, type Replica } from './replica.ts';
import type { Station } from './stations.ts';
import { either, onDeployment, onReplica, servedOf, type Served } from './what-if-techniques.ts';
import type { Edit } from './what-if-variant.ts';
import type { Accelerator } from './work/accelerator.ts';
import { linearised, type BatchLaw } from './work/batch-law.ts';
import { catalogueAccelerator } from './work/catalogue-accelerator.ts';
import { transferBatchLaw, transferThroughput, type Target } from './work/transfer.ts';

type Instance = CatalogueEntry<'instance'>;

/**
 * Other machines of the same provider that a service could run on, from the cheapest: one for each accelerator of the same
 * vendor (what runs on one vendor’s chips must be ported to another’s), with a price, with room for the weights.
 * Undeclared machines have no price to compare with, so then there are none.
 */
export function acceleratorEdits({ architecture }: Context, station: Station): Edit[] {
  const service = station.component as Service;
  const served = servedOf(architecture, service);
  const now = architecture.catalogue.instance.get(value(service, 'runs_on')?.instance ?? '');
  const price = now?.properties.price;
  if (!served || !now || !price) return [];
  const vendor = vendorOf(architecture, served.type);
  const cheapest = new Map<string, Instance>();
  for (const entry of architecture.catalogue.instance.values()) {
    const { accelerator, price: asked, provider } = entry.properties;
    if (accelerator === undefined || accelerator === served.type || vendorOf(architecture, accelerator) !== vendor || provider !== now.properties.provider || asked?.unit !== price.unit) continue;
    const target = catalogueAccelerator(architecture, accelerator);
    const count = devicesOf(entry);
    // A model that answers from one accelerator gains nothing from more; a language model is split over all of a machine.
    if (!target || !Number.isInteger(count) || (station.language === undefined && count !== served.devices) || !hasRoom(served, target, count)) continue;
    const key = `${accelerator} ${count}`;
    const known = cheapest.get(key)?.properties.price;
    if (!known || middle(asked) < middle(known)) cheapest.set(key, entry);
  }
  return [...cheapest.values()]
    .sort((a, b) => hourly(a) - hourly(b))
    .flatMap((entry) => {
      const target = catalogueAccelerator(architecture, entry.properties.accelerator ?? '');
      return target ? [moveTo(service, served, entry, target)] : [];
    });
}

const vendorOf = (architecture: Architecture, accelerator: string): string | undefined => architecture.catalogue.accelerator.get(accelerator)?.properties.vendor;

const devicesOf = ({ properties }: Instance): number => (properties.accelerators ? middle(properties.accelerators) : 1);

const hourly = ({ properties }: Instance): number => (properties.price ? middle(properties.price) : Number.POSITIVE_INFINITY);

/** Where nothing is known of the weights, only as much memory as they have today is sure to hold them. */
function hasRoom({ model, accelerator, devices }: Served, target: Accelerator, count: number): boolean {
  const need = inferenceMemory(model)?.value;
  return need ? need.high <= target.memory * count * USABLE_MEMORY : target.memory * count >= accelerator.memory * devices;
}

function moveTo(service: Service, served: Served, entry: Instance, accelerator: Accelerator): Edit {
  const count = devicesOf(entry);
  const [from, to]: Target[] = [{ accelerator: served.accelerator, precision: served.precision }, { accelerator, precision: served.precision }] as const;
  const own = value(service, 'accelerator');
  const changes: Change[] = [{ op: 'set', subject: service.name, property: 'runs_on', value: { instance: entry.name } }];
  if (own) changes.push({ op: 'set', subject: service.name, property: 'accelerator', value: { type: entry.properties.accelerator, x: exactly(count, '1') } });
  return {
    technique: 'accelerator',
    edits: [`runs_on ${entry.name}`],
    changes,
    work: either(onReplica((replica) => transferred(replica, from as Target, to as Target)), onDeployment((deployment) => ({ ...deployment, accelerator, count }), 'transferred')),
    provenance: 'transferred',
    assumptions: served.precisionDeclared ? [] : [`weights in ${served.precision} today`],
  };
}

/** A replica on another accelerator: its times where they are known, else its throughput. */
function transferred(replica: Replica, from: Target, to: Target): Replica | Refusal {
  const provenance = weakest(replica.provenance, 'transferred');
  if (!replica.timed) {
    const each = capacityOfReplica(replica);
    const moved = transferThroughput([{ ...from, value: each }], to);
    return isRefusal(moved) ? moved : { ...replica, perItem: (replica.perItem * each) / moved.value, sigma: Math.hypot(replica.sigma, logSdOf(moved)), provenance };
  }
  const max = replica.batching?.max ?? 1;
  const law: BatchLaw = { time: (batch) => replica.fixed + replica.perItem * batch, logSd: () => 0, points: [] };
  const after = transferBatchLaw(law, from, to);
  return isRefusal(after) ? after : { ...replica, ...linearised(after, max), sigma: Math.hypot(replica.sigma, after.logSd(max)), provenance };
}
