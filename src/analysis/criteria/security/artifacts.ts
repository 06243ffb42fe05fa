import type { Architecture, Component } from '../../../model/architecture.ts';
import { servicesOf } from '../../../model/graph/cones.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { carrying, namesAlong, pathTo, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { hopsOf } from '../../hops.ts';
import { gap, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { inHouseModels, listed } from '../../training/in-house.ts';

type Model = Component<'model'>;

export const artifactsGenuine: Criterion = {
  id: 'SEC-06',
  slug: 'artifacts-are-genuine',
  title: 'Services load only model files that are proved to be genuine, in a format that runs no code',
  type: 'gap',
  severity: 'medium',
  sources: ['MITRE ATLAS AML.M0013', 'MITRE ATLAS AML.M0014', 'OWASP ML (2023) ML06', 'OWASP ML (2023) ML10', 'AWS ML Lens (2023) MLSEC-06'],
  why: 'Who can swap the file answers in your name; where the format can run code, who can swap it runs code in production.',
  remediation: 'Sign files when they are registered, check signature or hash before loading, and store weights in a format that holds data only.',
  effort: 'M',
  falsePositives: 'The platform may check hashes: declare `signed` of the registry or `digest` of the model.',
  counts: 'at every stage',
  applies: ({ architecture }) => (loaded(architecture).length === 0 ? 'No service is declared to load a model file of its own.' : true),
  *evaluate({ architecture }) {
    const open: string[] = [];
    const unsigned = new Set<string>();
    for (const { model, services } of loaded(architecture)) {
      const path = wayInto(architecture, model, services);
      const registries = registriesOn(architecture, path);
      const checked = value(model, 'digest') !== undefined || path.some(isHashed) || registries.some((registry) => value(registry, 'signed') === true);
      const swap = checked ? undefined : swappable(architecture, model, services, path);
      const runsCode = value(model, 'serialisation') === 'pickle';
      if (runsCode && (swap !== undefined || (model.variant === 'open' && !checked))) yield dangerous(model, swap ?? 'others made it', path);
      const without = registries.find((registry) => statementOf(registry, 'signed') && presenceOf(registry, 'signed') === 'absent');
      if (checked) yield satisfied(model, { because: 'signature or hash of its files is checked' });
      else if (without) {
        if (!unsigned.has(without.name)) yield unproved(without, services[0]);
        unsigned.add(without.name);
      } else if (!(runsCode && swap !== undefined)) open.push(model.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `Is it checked by signature or hash that what a service loads of ${listed(open)} is what was trained? Declare \`signed\` of the registry, or \`digest\` of the model.`);
  },
};

/** Models whose files are loaded here, with the services that do. */
function loaded(architecture: Architecture): { readonly model: Model; readonly services: readonly Component<'service'>[] }[] {
  const own = new Set(inHouseModels(architecture));
  return componentsOf(architecture, 'model').flatMap((model) => {
    if (!own.has(model) && model.variant !== 'open') return [];
    const services = servicesOf(architecture, model).filter((service) => service.variant !== 'llm_api');
    return services.length > 0 ? [{ model, services }] : [];
  });
}

const artifacts = carrying('artifact');

/** The way of the files into the first service, as far as it is declared. */
function wayInto(architecture: Architecture, model: Model, services: readonly Component<'service'>[]): readonly Edge[] {
  const graph = edgesOf(architecture);
  const first = services[0]?.name ?? model.name;
  const tree = reachTree(graph, [first], { direction: 'upstream', follow: artifacts });
  // Through a registry or a store if one is on the way, else from the model itself.
  const origin = [...tree.keys()].find((name) => architecture.components.get(name)?.kind === 'registry') ?? [...tree.keys()].find((name) => architecture.components.get(name)?.kind === 'store') ?? model.name;
  return pathTo(tree, origin, 'upstream') ?? [];
}

function registriesOn(architecture: Architecture, path: readonly Edge[]): Component<'registry'>[] {
  const on = componentsOf(architecture, 'registry').filter(({ name }) => namesAlong(path).includes(name));
  return on.length > 0 || path.some((edge) => architecture.components.get(edge.from)?.kind === 'store') ? on : componentsOf(architecture, 'registry').slice(0, 1);
}

const isHashed = (edge: Edge): boolean => ['digest', 'hash'].includes((edge.flow && value(edge.flow, 'pin')) ?? '');

/** Why somebody could put another file in the place of the model; undefined where nothing says so. */
function swappable(architecture: Architecture, model: Model, services: readonly Component<'service'>[], path: readonly Edge[]): string | undefined {
  if (value(model, 'artifact_mutable') === true) return 'its file can be overwritten';
  const open = namesAlong(path).flatMap((name) => architecture.components.get(name) ?? []).filter((component): component is Component<'store'> => component.kind === 'store').find((store) => value(store, 'mutable') === true || (value(store, 'writers') ?? 'internal') !== 'internal');
  if (open) return value(open, 'writers') === undefined || value(open, 'writers') === 'internal' ? `what is in ${open.name} can be overwritten` : `${value(open, 'writers')} can write into ${open.name}`;
  if (services.some((service) => value(service, 'loads_model') === 'from_path')) return 'it is loaded from a path that is overwritten';
  return isKindAbsent(architecture, 'registry') && path.length > 0 ? 'no registry keeps it' : undefined;
}

function dangerous(model: Model, because: string, path: readonly Edge[]): Outcome {
  return weak(model, {
    about: 'serialisation',
    at: 'serialisation',
    severity: model.variant === 'open' ? 'high' : 'medium',
    message: `Loading ${model.name} runs whatever code is in its file, and ${because}.`,
    path: hopsOf(path),
    changes: [{ op: 'set', subject: model.name, property: 'serialisation', value: 'native' }],
    remedy: 'Store the model in a format that holds data only (safetensors, ONNX, the one of its library), and check its hash before loading.',
    impact: 'A swapped file runs no code',
  });
}

function unproved(registry: Component<'registry'>, service: Component<'service'> | undefined): Outcome {
  return gap(registry, {
    at: 'signed',
    message: `Nothing proves that what ${service?.name ?? 'a service'} loads from ${registry.name} is what was put there.`,
    changes: [{ op: 'set', subject: registry.name, property: 'signed', value: true }],
    impact: 'Swapped files are not loaded',
  });
}
