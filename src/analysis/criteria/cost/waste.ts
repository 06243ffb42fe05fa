import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { evidenceOf } from '../../presence.ts';
import { advice, question, satisfied, type Context, type Criterion } from '../../rule.ts';
import { isInProduction } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';

/** Machines for training, notebooks and trials: those on which no production service runs. */
function workPools(architecture: Architecture): Component<'compute'>[] {
  return componentsOf(architecture, 'compute').filter((pool) => {
    const users = (value(pool, 'shared_by') ?? []).flatMap((name) => architecture.components.get(name) ?? []);
    return users.length > 0 && users.every(({ kind }) => kind === 'training' || kind === 'evaluation' || kind === 'environment');
  });
}

/** Services of other environments that stand on machines. */
const trialServices = (architecture: Architecture): Component<'service'>[] => componentsOf(architecture, 'service').filter((service) => !isInProduction(architecture, service) && (value(service, 'runs_on') !== undefined || value(service, 'accelerator') !== undefined));

type Place = Component<'compute'> | Component<'service'>;
const placesOf = (architecture: Architecture): Place[] => [...workPools(architecture), ...trialServices(architecture)];
const hoursOf = (place: Place) => value(place as Component<'compute'>, 'hours');
const scalesToZero = (place: Place): boolean => place.kind === 'service' && value(place as Component<'service'>, 'scale_to_zero') === true;

export const noIdleTraining: Criterion = {
  id: 'COST-04',
  slug: 'nothing-idles-between-trainings',
  title: 'Machines for training and trials are off while nobody uses them',
  type: 'advisory',
  severity: 'low',
  sources: ['AWS ML Lens (2023) MLCOST-16', 'AWS ML Lens (2023) MLSUS-04'],
  pack: 'cost',
  why: 'A notebook or a test service with an accelerator that is left on costs as much as production and does nothing most of the week.',
  remediation: 'Start machines with the job and stop them after it; turn notebooks off after an hour without use.',
  effort: 'S',
  falsePositives: 'The machines may be the company’s own, so that nothing is saved: accept the risk with that reason.',
  applies: ({ architecture }) => (placesOf(architecture).length > 0 ? true : 'No machines for training or trials alone are declared.'),
  *evaluate({ architecture }: Context) {
    const open: Place[] = [];
    for (const place of placesOf(architecture)) {
      const hours = hoursOf(place);
      if (hours === 'always' && !scalesToZero(place)) {
        const users = place.kind === 'compute' ? `only ${listed(value(place as Component<'compute'>, 'shared_by') ?? [])} ${(value(place as Component<'compute'>, 'shared_by') ?? []).length === 1 ? 'uses' : 'use'} it` : 'no user ever meets it';
        yield advice(place, { at: 'hours', message: `${place.name} is on day and night, and ${users}.`, changes: [{ op: 'set', subject: place.name, property: 'hours', value: 'on_demand' }], impact: 'Machines that are paid for while they work' });
      } else if (hours !== undefined || scalesToZero(place)) yield satisfied(place, { because: `${place.name} is not always on`, evidence: evidenceOf(statementOf(place, 'hours')) });
      else if (presenceOf(place, 'hours') === 'undeclared') open.push(place);
    }
    const [first] = open;
    if (first) yield question(first, 'hours', `${open.length === 1 ? 'Is' : 'Are'} ${listed(open.map(({ name }) => name))} on day and night, or only while something runs?`);
  },
};
