import type { Component } from '../../model/architecture.ts';
import type { Block, Inline } from '../document/block.ts';
import { factsOf, factsUnder, type Undeclared, type Wanted } from '../declared/gathered.ts';
import { kindText, saidText } from '../declared/said.ts';
import { code, paragraph, strong } from '../review-report/words.ts';
import type { CardPart, CardSubject } from './part.ts';

const SERVICE: readonly Wanted[] = [['Promise', 'slo'], ['When it cannot answer', 'fallback'], ['Can be turned off at once', 'kill_switch'], ['A person can overrule it', 'human_override'], ['Left behind by each prediction', 'logs'], ['Checks of a request', 'validates']];
const SERVICE_IF_SAID: readonly Wanted[] = [['Served by', 'platform'], ['Built with', 'technology'], ['Machines', 'runs_on'], ['Replicas', 'replicas'], ['How it gets a model', 'loads_model'], ['Missing inputs', 'missing_values'], ['Logged to', 'logs_to'], ['Load test', 'load_test']];
/** What a vendor runs is controlled by who calls it. */
const VENDOR: readonly Wanted[] = [['When it cannot answer', 'fallback']];
const isVendors = ({ variant }: Component<'service'>): boolean => variant === 'llm_api';
const GUARDRAIL: readonly Wanted[] = [['Looks for', 'checks'], ['What fails does not pass', 'blocking'], ['What happens to what fails', 'on_failure']];

/** Where the model runs, and what it promises there. */
export function serving({ dossier: { model, services, guardrails } }: CardSubject): CardPart {
  if (services.length === 0) return silent('serving', 'Serving', 'No service that runs it is declared.', { holder: model.name, declare: `a \`service\` that \`serves ${model.name}\``, about: 'where it runs' });
  const parts = [...services.map((item) => (isVendors(item) ? told(item, VENDOR, [...SERVICE_IF_SAID, ...SERVICE]) : told(item, SERVICE, SERVICE_IF_SAID))), ...guardrails.map((item) => told(item, GUARDRAIL, []))];
  return { told: { id: 'serving', title: 'Serving', blocks: parts.flatMap(({ blocks }) => blocks) }, undeclared: parts.flatMap(({ undeclared }) => undeclared) };
}

/** What watches the model in production, and who hears of it. */
export function monitoring({ dossier: { model, monitors } }: CardSubject): CardPart {
  if (monitors.length === 0) return silent('monitoring', 'Monitoring', 'No monitor of it is declared.', { holder: model.name, declare: 'a `monitor` that `watches` it or its service', about: 'what would notice that it gets worse' });
  const cell = (monitor: Component<'monitor'>, ...properties: string[]): Inline[] => [properties.flatMap((property) => saidText(monitor, property) ?? []).join(', ') || 'not declared'];
  return {
    told: {
      id: 'monitoring',
      title: 'Monitoring',
      blocks: [{
        kind: 'table',
        namedRows: true,
        columns: [{ title: 'Monitor', width: 2 }, { title: 'What it is', width: 2 }, { title: 'Watches', width: 2 }, { title: 'Metric or test', width: 2 }, { title: 'Threshold' }, { title: 'Groups' }, { title: 'Tells', width: 2 }],
        rows: monitors.map((monitor): Inline[][] => [[code(monitor.name)], [kindText(monitor)], cell(monitor, 'watches'), cell(monitor, 'metric', 'test'), cell(monitor, 'threshold'), cell(monitor, 'segments'), cell(monitor, 'alerts')]),
      }],
    },
    undeclared: monitors.flatMap((monitor) => factsOf(monitor, [['Threshold', 'threshold'], ['Who is told', 'alerts']]).undeclared),
  };
}

const ROLLOUT: readonly Wanted[] = [['How exposure grows', 'strategy'], ['Watched meanwhile', 'watches'], ['How it goes back', 'rollback']];
const ROLLOUT_IF_SAID: readonly Wanted[] = [['Versions are compared', 'compares_versions'], ['Who must agree', 'approval'], ['When it goes on or back', 'criteria']];
const REGISTRY: readonly Wanted[] = [['A version never changes', 'immutable'], ['A version carries', 'records'], ['Who moves a version on', 'promotion']];
const REGISTRY_IF_SAID: readonly Wanted[] = [['Versions that are kept', 'keeps'], ['It knows which version served when', 'deployment_history'], ['Signed', 'signed']];
const RUNBOOK: readonly Wanted[] = [['It is for', 'covers'], ['Where it is', 'file'], ['Last read through', 'reviewed']];
const BACK: readonly Wanted[] = [['The version before', 'keeps_previous'], ['How it goes back', 'rollback']];

/** How a new version comes to its users, and how the one before comes back. */
export function release({ dossier: { model, services, rollouts, registries, runbooks } }: CardSubject): CardPart {
  // A rollout that says how it goes back answers for the service.
  const back = services.filter((service) => !isVendors(service)).map((service) => told(service, rollouts.some((rollout) => saidText(rollout, 'rollback') !== undefined) ? BACK.slice(0, 1) : BACK, []));
  const parts = [...rollouts.map((item) => told(item, ROLLOUT, ROLLOUT_IF_SAID)), ...back.filter(({ facts }) => facts > 0), ...registries.map((item) => told(item, REGISTRY, REGISTRY_IF_SAID)), ...runbooks.map((item) => told(item, RUNBOOK, []))];
  const untold: Undeclared[] = [
    ...(rollouts.length > 0 || services.length === 0 ? [] : [{ holder: model.name, declare: 'a `rollout` of its service', about: 'how a new version comes to its users' }]),
    ...back.flatMap(({ undeclared }) => undeclared),
    ...parts.filter((part) => !back.includes(part)).flatMap(({ undeclared }) => undeclared),
  ];
  return { told: { id: 'release', title: 'Release and way back', blocks: parts.length > 0 ? parts.flatMap(({ blocks }) => blocks) : [paragraph('Nothing is declared of how a version is released or taken back.')] }, undeclared: untold };
}

function told(item: Component, wanted: readonly Wanted[], ifSaid: readonly Wanted[]): { readonly blocks: readonly Block[]; readonly facts: number; readonly undeclared: readonly Undeclared[] } {
  const asked = factsOf(item, wanted);
  const facts = [...factsOf(item, ifSaid).told, ...asked.told];
  return { blocks: factsUnder([strong(item.name), ` (${kindText(item)})${item.doc === undefined ? '' : `: ${item.doc}`}`], { told: facts, undeclared: [] }), facts: facts.length, undeclared: asked.undeclared };
}

const silent = (id: string, title: string, text: string, undeclared: Undeclared): CardPart => ({ told: { id, title, blocks: [paragraph(text)] }, undeclared: [undeclared] });
