import type { Architecture } from '../../model/architecture.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { modelsOf } from '../../model/graph/cones.ts';

/** Components that some decision of the file speaks of: what was chosen, and the models that a chosen service runs. */
export function spokenOf(architecture: Architecture): ReadonlySet<string> {
  const chosen = architecture.decisions.flatMap(({ properties }) => (properties.chosen?.state === 'present' ? [properties.chosen.value] : []));
  const services = componentsOf(architecture, 'service').filter(({ name }) => chosen.includes(name));
  return new Set([...chosen, ...services.flatMap((service) => [...modelsOf(architecture, service).map(({ name }) => name), ...(value(service, 'serves') ?? [])])]);
}
