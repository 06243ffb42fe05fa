import type { Architecture, Backed, Change, Component, DraftValue, Flow, Literal, Span, Stated } from './architecture.ts';

/**
 * The architecture after the changes, in their order. What a change names and the architecture lacks is passed over:
 * two remedies may ask for the same thing, and the first one already did it.
 */
export function applyChanges(architecture: Architecture, changes: readonly Change[]): Architecture {
  return changes.reduce(applyChange, architecture);
}

function applyChange(architecture: Architecture, change: Change): Architecture {
  const { span } = architecture.system;
  switch (change.op) {
    case 'add-component': {
      const { kind, name, variant, subject, properties } = change.component;
      if (architecture.components.has(name)) return architecture;
      const component = { kind, name, variant, subject, span, nameSpan: span, properties: statements(properties, span) } as Component;
      const absences = new Map(architecture.absences);
      absences.delete(kind);
      return { ...architecture, absences, components: new Map(architecture.components).set(name, component) };
    }
    case 'remove-component': {
      const components = new Map(architecture.components);
      components.delete(change.name);
      const flows = architecture.flows.filter((flow) => flow.from !== change.name && flow.to !== change.name);
      return { ...architecture, components, flows };
    }
    case 'set':
      return withElement(architecture, change.subject, (properties) => ({ ...properties, [change.property]: stated(change.value, span) }));
    case 'unset':
      return withElement(architecture, change.subject, (properties) => Object.fromEntries(Object.entries(properties).filter(([key]) => key !== change.property)));
    case 'set-variant': {
      const component = architecture.components.get(change.subject);
      if (!component) return architecture;
      return { ...architecture, components: new Map(architecture.components).set(change.subject, { ...component, variant: change.variant }) };
    }
    case 'add-flow': {
      const { from, to, properties } = change.flow;
      const flow: Flow = { kind: 'flow', name: `${from}->${to}`, from, to, span, nameSpan: span, properties: statements(properties ?? {}, span) };
      return { ...architecture, flows: [...architecture.flows, flow] };
    }
    case 'remove-flow':
      return { ...architecture, flows: architecture.flows.filter((flow) => flow.from !== change.from || flow.to !== change.to) };
    case 'set-flow':
      return {
        ...architecture,
        flows: architecture.flows.map((flow) =>
          flow.from === change.from && flow.to === change.to ? { ...flow, properties: { ...flow.properties, [change.property]: stated(change.value, span) } } : flow,
        ),
      };
  }
}

function withElement(architecture: Architecture, name: string, edit: (properties: Record<string, unknown>) => Record<string, unknown>): Architecture {
  const component = architecture.components.get(name);
  if (component) {
    const edited = { ...component, properties: edit(component.properties) } as Component;
    return { ...architecture, components: new Map(architecture.components).set(name, edited) };
  }
  if (name !== architecture.system.name) return architecture;
  return { ...architecture, system: { ...architecture.system, properties: edit(architecture.system.properties) } };
}

function statements(properties: Readonly<Record<string, DraftValue>>, span: Span): Record<string, Stated> {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, stated(value, span)]));
}

const LITERALS = new Set(['none', 'unknown', 'not-applicable', 'planned']);

/** Whether a drafted value comes with its evidence. */
export const isBacked = (value: DraftValue): value is Backed => typeof value === 'object' && value !== null && 'state' in value && value.state === 'present' && 'evidence' in value;

function stated(value: DraftValue, span: Span): Stated {
  if (isBacked(value)) return { ...value, span };
  if (typeof value === 'object' && value !== null && 'state' in value && LITERALS.has(value.state as string)) return { ...(value as Literal), span } as Stated;
  return { state: 'present', value, span };
}
