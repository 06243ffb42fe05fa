import type { Architecture, Component } from '../../../model/architecture.ts';
import { callsOf } from '../../../model/graph/calls.ts';
import { servicesOf } from '../../../model/graph/cones.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { componentsOf, isLayerComplete, layerOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { readersOfArtefact } from '../../data/runtime-artefacts.ts';
import { question, satisfied, weak, type Context, type Criterion } from '../../rule.ts';
import { isInProduction } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

/** Kinds whose edges say nothing of use: they make, keep, judge or watch. */
const NO_USE: ReadonlySet<string> = new Set(['training', 'registry', 'tracker', 'evaluation', 'monitor', 'pipeline', 'rollout', 'store', 'compliance', 'access', 'compute', 'orchestrator', 'labels']);

const KINDS = ['model', 'prompt', 'knowledge', 'artefact', 'service'] as const;

const candidates = (architecture: Architecture): Component[] => componentsOf(architecture, ...KINDS).filter((component) => presenceOf(component, 'produced') !== 'absent');

/** Names that anything but a record, a gate or a monitor refers to. */
function usedNames(architecture: Architecture): ReadonlySet<string> {
  const used = new Set<string>();
  for (const component of architecture.components.values()) {
    if (NO_USE.has(component.kind)) continue;
    for (const property of Object.keys(component.properties)) {
      const stated = statementOf(component, property);
      if (stated?.state !== 'present' || property === 'of') continue;
      for (const name of [stated.value].flat()) if (typeof name === 'string' && name !== component.name) used.add(name);
    }
  }
  return used;
}

function isUsed(architecture: Architecture, component: Component, used: ReadonlySet<string>): boolean {
  const { name } = component;
  if (component.kind === 'artefact') return readersOfArtefact(architecture, component).length > 0 || used.has(name);
  if (component.kind === 'service') return isAsked(architecture, component as Component<'service'>, used);
  if (component.kind === 'model' && servicesOf(architecture, component as Component<'model'>).length > 0) return true;
  return used.has(name) || callsOf(architecture).to.has(name) || (edgesOf(architecture).out.get(name) ?? []).some(({ to }) => !NO_USE.has(architecture.components.get(to)?.kind ?? ''));
}

/** A service that answers requests is used by who calls it; jobs and streams by what they write. */
function isAsked(architecture: Architecture, service: Component<'service'>, used: ReadonlySet<string>): boolean {
  if (service.variant !== 'realtime' && service.variant !== 'app' && service.variant !== 'llm_api') return true;
  if (!isInProduction(architecture, service) || used.has(service.name)) return true;
  // Where nobody is declared to ask, nothing can be said of who is asked.
  const anyone = componentsOf(architecture, 'consumer').some(({ name }) => callsOf(architecture).from.has(name));
  return !anyone || (callsOf(architecture).to.get(service.name) ?? []).length > 0 || (edgesOf(architecture).out.get(service.name) ?? []).some(({ to, payload }) => payload === 'predictions' && !NO_USE.has(architecture.components.get(to)?.kind ?? ''));
}

export const nothingUnused: Criterion = {
  id: 'CICD-08',
  slug: 'what-is-unused-is-removed',
  title: 'Models, settings and services that nothing uses any more are removed',
  type: 'weak',
  severity: 'low',
  sources: ['Rules of ML 22', 'Hidden technical debt (Sculley 2015): dead experimental codepaths', 'NIST AI RMF GOVERN 1.7'],
  pack: 'delivery',
  why: 'What nobody uses is still paid for and patched, and one day a switch turns it on again.',
  remediation: 'Take it out, with the jobs that make it and the settings that name it; keep a version before only as long as it may be needed.',
  effort: 'S',
  falsePositives: 'Its user may not be declared: draw the flow. What is kept for a way back belongs in `previous_requires` or `fallback`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : candidates(context.architecture).length > 0 ? true : 'No model, prompt, setting or service is declared.'),
  *evaluate({ architecture }: Context) {
    const used = usedNames(architecture);
    const serving = componentsOf(architecture, 'service').length > 0;
    // Where no service is declared the file is about training, and says nothing of use.
    const unused = candidates(architecture).filter((component) => serving || component.kind !== 'model').filter((component) => !isUsed(architecture, component, used));
    const sure = (component: Component): boolean => isLayerComplete(architecture, 'serving') && isLayerComplete(architecture, layerOf(component.kind));
    for (const component of unused.filter(sure)) yield weak(component, { message: `${component.name} is declared, and nothing uses it: no request, service or model reaches it.`, changes: [{ op: 'remove-component', name: component.name }], impact: 'Less to pay for and to keep in mind' });
    const open = unused.filter((component) => !sure(component) && !isAskedElsewhere(component));
    if (open.length > 0) yield question(architecture.system, undefined, `What uses ${listed(open.map(({ name }) => name))}? Nothing that is declared does; draw the flow${open.length === 1 ? '' : 's'}, or remove ${open.length === 1 ? 'it' : 'them'}.`, 'unused');
    if (unused.length === 0) yield satisfied(architecture.system, { because: 'every model, setting and service that is declared is used' });
  },
};

/** ML07.5 asks who reads what is generated. */
const isAskedElsewhere = (component: Component): boolean => component.kind === 'artefact' && (value(component as Component<'artefact'>, 'every') !== undefined || value(component as Component<'artefact'>, 'generated_from') !== undefined);
