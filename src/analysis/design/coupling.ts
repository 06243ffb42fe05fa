import type { Architecture, Component } from '../../model/architecture.ts';
import { presenceOf, value } from '../../model/statements.ts';
import { companionsOf, coversOf, goesBackByItself, type Companion } from '../checks/ml10/companions-rules.ts';
import { releasesOf, type Release } from '../deployment/releases.ts';
import { keepsPrevious, wayBackOf, type WayBack } from '../deployment/way-back.ts';
import { deliveriesOf, type Delivery } from '../training/delivery.ts';
import { isVendor } from '../serving/services.ts';

/** How a model hangs on the code that serves it, and what an update of it is today. */
export interface Coupling {
  readonly model: Component<'model'>;
  readonly release: Release;
  /** `data`: a new version goes out without a deployment of code. `code`: it does not. Undefined where nobody says. */
  readonly update?: 'data' | 'code';
  readonly parts: readonly CouplingPart[];
  readonly delivery?: Delivery;
}

/** One thing that ties an artefact to code or keeps it apart, as declared. */
export interface CouplingPart {
  readonly what: 'packaging' | 'registry' | 'loading' | 'pipeline' | 'way back' | 'version';
  readonly state: 'apart' | 'tied' | 'open';
  /** Who says it; the kind, where there is none of it. */
  readonly component: string;
  readonly property: string;
}

/** Every model of every service in production, each with the service that runs it. */
export function couplingsOf(architecture: Architecture): Coupling[] {
  return releasesOf(architecture).flatMap((release) => release.observed.models.map((model) => couplingOf(architecture, release, model)));
}

function couplingOf(architecture: Architecture, release: Release, model: Component<'model'>): Coupling {
  const vendor = isVendor(model);
  const delivery = deliveriesOf(architecture).find((candidate) => candidate.model === model && candidate.service === release.service);
  const parts = vendor ? [versionPart(model), ...wayPart(architecture, release)] : [packagingPart(model), registryPart(delivery), loadingPart(release), pipelinePart(release), ...wayPart(architecture, release)];
  const decisive = parts.filter(({ what }) => what === 'packaging' || what === 'loading' || what === 'version');
  const update = decisive.some(({ state }) => state === 'tied') ? 'code' : decisive.every(({ state }) => state === 'apart') ? 'data' : undefined;
  return { model, release, ...(update && { update }), parts, ...(delivery && { delivery }) };
}

const part = (what: CouplingPart['what'], state: CouplingPart['state'], component: Component, property: string): CouplingPart => ({ what, state, component: component.name, property });

function packagingPart(model: Component<'model'>): CouplingPart {
  const packaging = value(model, 'packaging');
  return part('packaging', packaging === undefined ? 'open' : packaging === 'separate_artifact' ? 'apart' : 'tied', model, 'packaging');
}

function registryPart(delivery: Delivery | undefined): CouplingPart {
  const [registry] = delivery?.registries ?? [];
  if (!registry) return { what: 'registry', state: delivery?.bypass ? 'tied' : 'open', component: 'registry', property: 'immutable' };
  const immutable = presenceOf(registry, 'immutable');
  return part('registry', immutable === 'absent' ? 'tied' : immutable === 'present' ? 'apart' : 'open', registry, 'immutable');
}

const LOADED: Readonly<Record<string, CouplingPart['state']>> = { by_version: 'apart', latest: 'tied', baked_in: 'tied', from_path: 'tied' };

const loadingPart = ({ service }: Release): CouplingPart => part('loading', LOADED[value(service, 'loads_model') ?? ''] ?? 'open', service, 'loads_model');

/** Something brings a version out by itself; who does it by hand deploys what else has changed, too. */
function pipelinePart({ service, pipelines }: Release): CouplingPart {
  const [pipeline] = pipelines;
  if (pipeline) return part('pipeline', 'apart', pipeline, 'deploys');
  const by = value(service, 'deployed_by');
  return part('pipeline', by === undefined ? 'open' : by === 'pipeline' ? 'apart' : 'tied', service, 'deployed_by');
}

function wayPart(architecture: Architecture, release: Release): CouplingPart[] {
  const back = wayBackOf(architecture, release);
  return [part('way back', back.presence === 'present' ? 'apart' : back.presence === 'absent' ? 'tied' : 'open', back.bearer, 'rollback')];
}

/** A vendor’s model changes under the application unless its version is fixed. */
function versionPart(model: Component<'model'>): CouplingPart {
  const upgrade = value(model, 'auto_upgrade');
  const fixed = value(model, 'version') !== undefined;
  return part('version', upgrade === true ? 'tied' : upgrade === false && fixed ? 'apart' : 'open', model, upgrade === undefined ? 'auto_upgrade' : 'version');
}

/** What going back takes along. */
export interface RollbackDesign {
  readonly release: Release;
  readonly back: WayBack;
  readonly keepsPrevious: boolean;
  readonly companions: readonly (Companion & { readonly goes: 'by itself' | 'with it' | 'not declared' })[];
}

export function rollbackDesign(architecture: Architecture, release: Release): RollbackDesign {
  const covered = new Set(coversOf(release).flatMap(({ words }) => words));
  const companions = companionsOf(architecture, release).map((companion) => ({ ...companion, goes: goesBackByItself(companion.component) ? ('by itself' as const) : covered.has(companion.word) ? ('with it' as const) : ('not declared' as const) }));
  return { release, back: wayBackOf(architecture, release), keepsPrevious: keepsPrevious(release), companions };
}
