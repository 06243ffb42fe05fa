import type { Acceptance, Architecture, Change, Component, Decision, Flow, Stated, Target } from '../model/architecture.ts';
import { compareText } from './report-input.ts';

/**
 * The model for programs: `export`. It holds what was declared and nothing that was derived; it names no file, so that
 * the same architecture gives the same export wherever it lies.
 */
export interface ModelJson {
  readonly schemaVersion: 1;
  readonly systems: readonly SystemModelJson[];
}

export interface SystemModelJson {
  readonly name: string;
  readonly doc?: string;
  readonly properties: Properties;
  readonly components: readonly ComponentJson[];
  readonly flows: readonly FlowJson[];
  /** Kinds of which the author says that there are none, or that nobody knows. */
  readonly absences: readonly { readonly kind: string; readonly state: 'none' | 'unknown' }[];
  readonly decisions: readonly { readonly title: string; readonly doc?: string; readonly properties: Properties }[];
  readonly acceptances: readonly { readonly rule: string; readonly subject?: string; readonly properties: Properties }[];
  readonly targets: readonly TargetJson[];
}

type Properties = Readonly<Record<string, StatedJson>>;

interface StatedJson {
  readonly state: Stated['state'];
  readonly value?: unknown;
  readonly because?: string;
  readonly by?: string;
  readonly evidence?: readonly { readonly target: string; readonly status: string }[];
}

interface ComponentJson {
  readonly kind: string;
  readonly name: string;
  readonly variant?: string;
  readonly subject?: string;
  readonly doc?: string;
  readonly properties: Properties;
}

interface FlowJson {
  readonly from: string;
  readonly to: string;
  readonly doc?: string;
  readonly properties: Properties;
}

interface TargetJson {
  readonly name: string;
  readonly doc?: string;
  readonly because?: string;
  readonly by?: string;
  readonly changes: readonly Change[];
}

export function modelJson(architectures: readonly Architecture[]): ModelJson {
  return { schemaVersion: 1, systems: architectures.map(systemModel) };
}

function systemModel({ system, components, flows, absences, decisions, acceptances, targets }: Architecture): SystemModelJson {
  return {
    name: system.name,
    doc: system.doc,
    properties: propertiesOf(system),
    components: [...components.values()].map(componentModel),
    flows: flows.map(flowModel),
    absences: [...absences].map(([kind, { state }]) => ({ kind, state })).sort((a, b) => compareText(a.kind, b.kind)),
    decisions: decisions.map((decision: Decision) => ({ title: decision.title, doc: decision.doc, properties: propertiesOf(decision) })),
    acceptances: acceptances.map((acceptance: Acceptance) => ({ rule: acceptance.rule, subject: acceptance.subject, properties: propertiesOf(acceptance) })),
    targets: targets.map(targetModel),
  };
}

const componentModel = (component: Component): ComponentJson => ({
  kind: component.kind,
  name: component.name,
  variant: component.variant,
  subject: component.subject,
  doc: component.doc,
  properties: propertiesOf(component),
});

const flowModel = (flow: Flow): FlowJson => ({ from: flow.from, to: flow.to, doc: flow.doc, properties: propertiesOf(flow) });

const targetModel = ({ name, doc, because, by, changes }: Target): TargetJson => ({ name, doc, because, by, changes });

/** In the order in which they were stated. */
function propertiesOf({ properties }: { readonly properties: object }): Properties {
  const entries = Object.entries(properties as Readonly<Record<string, Stated | undefined>>);
  return Object.fromEntries(entries.flatMap(([name, stated]) => (stated ? [[name, statedModel(stated)]] : [])));
}

function statedModel(stated: Stated): StatedJson {
  const { span: _span, ...rest } = stated;
  if (!('evidence' in rest)) return rest;
  const { evidence, ...own } = rest;
  return evidence === undefined || evidence.length === 0 ? own : { ...own, evidence: evidence.map(({ target, status }) => ({ target, status })) };
}
