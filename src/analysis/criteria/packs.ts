import type { Architecture, Component } from '../../model/architecture.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { standingOf } from '../severity.ts';

/** The core of the wider checklist is always on; its packs switch on by what a file declares. */
export const PACKS = {
  governance: { title: 'Data governance', when: 'personal or other sensitive data, or a rule that must be met, is declared' },
  security: { title: 'Security', when: 'criticality is high, something is public, or a rule that must be met or rights of access are declared' },
  llm: { title: 'Language models', when: 'a language model, a prompt or a guardrail is declared' },
  rag: { title: 'Retrieval', when: 'a knowledge base, or a tool that reads the web, is declared' },
  agents: { title: 'Agents', when: 'an agent is declared' },
  reliability: { title: 'Reliability', when: 'criticality is high, or the review is for scale' },
  cost: { title: 'Cost', when: 'a budget is declared, bills grow, or the review is for scale or diligence' },
  delivery: { title: 'Continuous integration and delivery', when: 'a pipeline is declared, or criticality is high' },
  evaluation: { title: 'Evaluation and fairness', when: 'an evaluation is declared, or criticality is high' },
  edge: { title: 'Devices', when: 'a model runs on devices' },
  batch: { title: 'Batch prediction', when: 'a service predicts in jobs' },
  retraining: { title: 'Retraining and feedback', when: 'a model is trained in-house' },
  ownership: { title: 'Ownership and documentation', when: 'criticality is high, or the review is for diligence' },
  compliance: { title: 'Compliance', when: 'a rule that must be met, a risk class, decisions on people, or a model that people talk to is declared' },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly when: string }>>;

export type Pack = keyof typeof PACKS;
export const PACK_NAMES = Object.keys(PACKS) as readonly Pack[];

/** What the file declares switches them on; a setting of the same name overrides it. */
const SWITCHES: Readonly<Record<Pack, (architecture: Architecture) => boolean>> = {
  governance: (architecture) => holdsSensitive(architecture) || hasDuties(architecture) || reviewedFor(architecture, 'diligence'),
  security: (architecture) => isVital(architecture) || hasDuties(architecture) || has(architecture, 'access') || some(architecture, (component) => value(component, 'exposure') === 'public'),
  llm: isGenerative,
  rag: (architecture) => has(architecture, 'knowledge') || componentsOf(architecture, 'tool').some((tool) => value(tool, 'web') === true),
  agents: (architecture) => has(architecture, 'agent'),
  reliability: (architecture) => isVital(architecture) || reviewedFor(architecture, 'scale'),
  cost: (architecture) => hasBudget(architecture) || reviewedFor(architecture, 'scale') || reviewedFor(architecture, 'diligence') || (value(architecture.system, 'symptoms') ?? []).includes('cost'),
  delivery: (architecture) => has(architecture, 'pipeline') || isVital(architecture),
  evaluation: (architecture) => has(architecture, 'evaluation') || isVital(architecture),
  edge: (architecture) => componentsOf(architecture, 'service').some(({ variant }) => variant === 'edge'),
  batch: (architecture) => componentsOf(architecture, 'service').some(({ variant }) => variant === 'batch'),
  retraining: (architecture) => has(architecture, 'training'),
  ownership: (architecture) => isVital(architecture) || reviewedFor(architecture, 'diligence'),
  compliance: (architecture) => hasDuties(architecture) || touchesPeople(architecture) || talksToPeople(architecture),
};

export interface PackState {
  readonly pack: Pack;
  readonly on: boolean;
  /** Set by a setting and not by the file. */
  readonly set: boolean;
}

export function packStates(architecture: Architecture, settings: Readonly<Partial<Record<Pack, 'on' | 'off'>>>): PackState[] {
  return PACK_NAMES.map((pack) => {
    const set = settings[pack];
    return { pack, on: set === undefined ? SWITCHES[pack](architecture) : set === 'on', set: set !== undefined };
  });
}

/** Text that a model makes, or anything that only language models have. */
export function isGenerative(architecture: Architecture): boolean {
  if (has(architecture, 'prompt') || has(architecture, 'agent') || has(architecture, 'guardrail') || has(architecture, 'knowledge')) return true;
  return componentsOf(architecture, 'service').some((service) => service.variant === 'llm_api' || value(service, 'generates') === true) || componentsOf(architecture, 'model').some((model) => value(model, 'task') === 'generation' || value(model, 'llm') !== undefined);
}

const SENSITIVE: ReadonlySet<string> = new Set(['pii', 'sensitive', 'health', 'financial', 'credentials', 'confidential', 'location', 'children']);

function holdsSensitive(architecture: Architecture): boolean {
  const sensitive = (classes: readonly string[] | undefined): boolean => (classes ?? []).some((name) => SENSITIVE.has(name));
  return some(architecture, (component) => sensitive(value(component, 'contains'))) || architecture.flows.some((flow) => sensitive(value(flow, 'contains')));
}

const has = (architecture: Architecture, kind: Component['kind']): boolean => componentsOf(architecture, kind).length > 0;
const some = (architecture: Architecture, test: (component: Component) => boolean): boolean => [...architecture.components.values()].some(test);
const isVital = (architecture: Architecture): boolean => standingOf(architecture).criticality >= 2;
const reviewedFor = ({ system }: Architecture, reason: 'scale' | 'diligence'): boolean => value(system, 'review')?.for === reason;
const hasDuties = ({ system }: Architecture): boolean => (value(system, 'compliance') ?? []).length > 0 || ['high', 'prohibited'].includes(value(system, 'risk_class') ?? '');
const touchesPeople = ({ system }: Architecture): boolean => (value(system, 'affects') ?? []).some((item) => item === 'people' || item === 'safety') || value(system, 'risk_class') !== undefined;
const talksToPeople = (architecture: Architecture): boolean => isGenerative(architecture) && componentsOf(architecture, 'service').some((service) => value(service, 'user_facing') === true);
const hasBudget = (architecture: Architecture): boolean => value(architecture.system, 'budget') !== undefined || some(architecture, (component) => value(component, 'budget') !== undefined);
