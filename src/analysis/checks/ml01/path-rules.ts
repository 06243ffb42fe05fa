import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import type { Edge } from '../../../model/graph/edges.ts';
import { namesAlong } from '../../../model/graph/paths.ts';
import { value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf, existenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { delivered, deliveriesOf, isLogical, type Delivery } from '../../training/delivery.ts';
import { listed } from '../../training/in-house.ts';

export const registryOnEveryPath: Rule = {
  id: 'ML01.1',
  slug: 'registry-on-every-path',
  title: 'Every model reaches its services through a registry',
  type: 'gap',
  severity: 'high',
  why: 'What did not pass the registry has no version, no record and no way back: nobody can say which model answered, or return to the one before.',
  remediation: 'Register each trained model and let services load it from the registry by version.',
  effort: 'M',
  falsePositives: 'The registry keeps its files in a store that services read: declare `artifacts_in` of the registry, or `loads_model by_version` of the service.',
  *evaluate(context) {
    const { architecture } = context;
    const deliveries = deliveriesOf(architecture).filter((delivery) => !scoresInTraining(delivery));
    for (const delivery of deliveriesOf(architecture)) if (scoresInTraining(delivery)) yield notApplicable(`${delivery.service.name} scores in the job that trains, so no artifact travels.`, delivery.service);
    if (deliveries.length === 0) {
      yield notApplicable('No model of its own comes to a service here.');
      return;
    }
    const registries = existenceOf(context, 'registry');
    if (registries.presence !== 'present') {
      yield* withoutRegistry(context, registries.presence, deliveries);
      return;
    }
    for (const group of bySubject(deliveries)) yield* judge(architecture, group, registries.found);
  },
};

const scoresInTraining = ({ service, trainings }: Delivery): boolean => trainings.some((training) => training.name === value(service, 'same_job_as'));

function bySubject(deliveries: readonly Delivery[]): Delivery[][] {
  const groups = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const name = delivered(delivery).name;
    const group = groups.get(name);
    if (group) group.push(delivery);
    else groups.set(name, [delivery]);
  }
  return [...groups.values()];
}

const nameOf = (delivery: Delivery): string => delivery.model?.name ?? `The model of ${delivery.service.name}`;

function* withoutRegistry({ architecture }: Context, presence: 'absent' | 'undeclared', deliveries: readonly Delivery[]): Iterable<Outcome> {
  const { system } = architecture;
  const placed = deliveries.filter(({ bypass }) => bypass && placesOn(architecture, bypass).length > 0);
  const first = placed[0];
  const subjects = listed([...new Set(deliveries.map((delivery) => delivered(delivery).name))]);
  if (presence === 'undeclared' && !first) {
    const unknown = architecture.absences.get('registry')?.state === 'unknown';
    const asked = question(system, undefined, `Is there a model registry between training and ${subjects}? Declare it (\`registry Models { … }\`), or \`registry none\`.`);
    yield unknown ? { ...asked, statedUnknown: true } : asked;
    return;
  }
  const place = first?.bypass && placesOn(architecture, first.bypass)[0];
  const how = first && place ? `${nameOf(first)} reaches ${first.service.name} through ${place.name}, which is no registry` : undefined;
  const message = presence === 'absent' ? `There is no model registry${how ? `: ${how}` : ` between training and ${subjects}`}.` : `${how}${placed.length > 1 ? `; ${placed.length - 1} more deliveries do the same` : ''}.`;
  yield gap(system, {
    message,
    path: first?.bypass ? hopsOf(first.bypass) : [],
    changes: newRegistry(architecture, presence === 'absent' ? deliveries : placed, place),
    impact: 'Every served model has a version, a record and a way back',
  });
}

/** Components on a way where an artifact lies or that stand for one, apart from the ends and the model itself. */
function placesOn(architecture: Architecture, path: readonly Edge[]): Component[] {
  return namesAlong(path)
    .slice(1, -1)
    .flatMap((name) => architecture.components.get(name) ?? [])
    .filter((component) => component.kind === 'store' || component.kind === 'tracker');
}

function* judge(architecture: Architecture, group: readonly Delivery[], registries: readonly Component<'registry'>[]): Iterable<Outcome> {
  const loose = group.filter((delivery) => !loadsByVersion(delivery));
  const bypassing = loose.find(({ bypass }) => bypass && !isLogical(architecture, bypass));
  const [first] = group;
  if (!first) return;
  const subject = delivered(first);
  if (bypassing?.bypass) {
    const registry = bypassing.registries[0] ?? registries[0];
    const places = placesOn(architecture, bypassing.bypass);
    yield gap(subject, {
      message: `${nameOf(bypassing)} reaches ${bypassing.service.name} past ${registry?.name ?? 'the registry'}: ${namesAlong(bypassing.bypass).join(' → ')}.`,
      path: hopsOf(bypassing.bypass),
      changes: registry ? throughRegistry(architecture, registry, loose.filter(({ bypass }) => bypass), places[0]) : [],
    });
    return;
  }
  const open = loose.find(({ registered }) => !registered);
  if (!open) yield satisfied(subject, { because: because(first), evidence: evidenceOf(first.service.properties.loads_model) });
  else yield question(open.service, 'loads_model', whereFrom(open, registries));
}

const loadsByVersion = ({ service, registries }: Delivery): boolean => value(service, 'loads_model') === 'by_version' && registries.length > 0;

function because(delivery: Delivery): string {
  const [registry] = delivery.registries;
  if (loadsByVersion(delivery)) return `${delivery.service.name} loads ${delivery.model?.name ?? 'its model'} by version from ${registry?.name}`;
  return `every way to ${delivery.service.name} leads through ${registry?.name ?? 'the registry'}`;
}

function whereFrom({ model, service }: Delivery, registries: readonly Component<'registry'>[]): string {
  const registry = registries[0]?.name ?? 'Registry';
  const name = model?.name ?? 'its model';
  if (value(service, 'loads_model') === 'baked_in' || (model && ['in_image', 'in_repository'].includes(value(model, 'packaging') ?? ''))) {
    return `${name} is part of the image of ${service.name}: is it a version from ${registry} that goes into the image? Declare the flow from ${registry} to ${service.name} if so.`;
  }
  return `Where does ${service.name} load ${name} from? Declare the flow, such as \`${registry} -> ${service.name}\`, or \`loads_model by_version\`.`;
}

/** A new registry over the store that holds the files already, if there is one. */
function newRegistry(architecture: Architecture, deliveries: readonly Delivery[], place: Component | undefined): Change[] {
  const name = freeName(architecture, 'ModelRegistry');
  const store = place?.kind === 'store' ? place.name : undefined;
  const properties = {
    immutable: true,
    records: ['metrics', 'data_version', 'parameters', 'code_version', 'environment'],
    deployment_history: true,
    links_runs: true,
    ...(store === undefined ? {} : { artifacts_in: store }),
  };
  return [{ op: 'add-component', component: { kind: 'registry', name, properties } }, ...wiring(architecture, name, deliveries)];
}

function throughRegistry(architecture: Architecture, registry: Component<'registry'>, deliveries: readonly Delivery[], place: Component | undefined): Change[] {
  const store = place?.kind === 'store' && value(registry, 'artifacts_in') === undefined ? place.name : undefined;
  const held: Change[] = store === undefined ? [] : [{ op: 'set', subject: registry.name, property: 'artifacts_in', value: store }];
  return [...held, ...wiring(architecture, registry.name, deliveries)];
}

/** Trainings record to the registry, and services load from it by version. */
function wiring(architecture: Architecture, registry: string, deliveries: readonly Delivery[]): Change[] {
  const trainings = new Map(deliveries.flatMap(({ trainings: own }) => own).map((training) => [training.name, training]));
  const services = new Map(deliveries.map(({ service }) => [service.name, service]));
  return [
    ...[...trainings.values()].flatMap((training): Change[] => {
      const recorded = value(training, 'records_to') ?? [];
      const flows = architecture.flows.some((flow) => flow.from === training.name && flow.to === registry);
      return recorded.includes(registry) || flows ? [] : [{ op: 'set', subject: training.name, property: 'records_to', value: [...recorded, registry] }];
    }),
    ...[...services.values()].flatMap((service): Change[] => [
      ...(architecture.flows.some((flow) => flow.from === registry && flow.to === service.name) ? [] : [{ op: 'add-flow' as const, flow: { from: registry, to: service.name } }]),
      { op: 'set', subject: service.name, property: 'loads_model', value: 'by_version' },
    ]),
  ];
}
