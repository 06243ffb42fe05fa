import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf, type Edge } from '../../model/graph/edges.ts';
import { componentsOf, presenceOf, value } from '../../model/statements.ts';

export type Agent = Component<'agent'>;
export type Tool = Component<'tool'>;

export interface Use {
  readonly tool: Tool;
  /** From the agent to the tool. */
  readonly edge: Edge;
}

/** Places in which nothing that an agent does is real. */
const APART: ReadonlySet<string | undefined> = new Set(['staging', 'shadow', 'test']);

/** Agents whose actions count: all but those that run in a place for trials. */
export const actingAgents = (architecture: Architecture): Agent[] => componentsOf(architecture, 'agent').filter((agent) => !APART.has(architecture.components.get(value(agent, 'runs_in') ?? '')?.variant));

/** True, or why nothing is asked of agents. */
export const hasAgents = ({ architecture }: { readonly architecture: Architecture }): true | string => actingAgents(architecture).length > 0 || 'No agent in production is declared.';

/** The tools of an agent, each once. */
export function usesOf(architecture: Architecture, agent: Agent): Use[] {
  const uses = new Map<string, Use>();
  for (const edge of edgesOf(architecture).out.get(agent.name) ?? []) {
    const tool = architecture.components.get(edge.to);
    if (tool?.kind === 'tool' && !uses.has(tool.name)) uses.set(tool.name, { tool: tool as Tool, edge });
  }
  return [...uses.values()];
}

const ACTS: ReadonlySet<string> = new Set(['write', 'irreversible', 'financial', 'send']);

/** Whether a tool does more than look; undefined where nobody says what it does. */
export const acts = (tool: Tool): boolean | undefined => {
  const effect = value(tool, 'effect');
  if (effect !== undefined) return ACTS.has(effect);
  return value(tool, 'web') === true ? false : undefined;
};

/** What a tool does, as it stands in a sentence. */
export const EFFECT_WORDS: Readonly<Record<string, string>> = { read: 'looks', write: 'changes data', irreversible: 'does what cannot be undone', financial: 'moves money', send: 'sends things out' };

/** What a tool touches, with the way to it. */
export const touchedBy = (architecture: Architecture, tool: Tool): Edge[] => (edgesOf(architecture).out.get(tool.name) ?? []).filter((edge) => edge.payload !== 'events');

/** Whether a person must agree before a tool acts. `words`: somebody must, but only the prompt says so. */
export function approvalOf(agent: Agent, { tool, edge }: Use): { readonly state: 'always' | 'risky' | 'words' | 'absent' | 'undeclared' | 'unknown'; readonly at: Agent | Tool } {
  const byFlow = edge.flow && value(edge.flow, 'approval');
  if (byFlow === 'human' || byFlow === 'two_person') return { state: 'always', at: tool };
  const [own, general] = [value(tool, 'approval'), value(agent, 'approval')];
  const words = value(tool, 'enforced_by') === 'prompt';
  if (own === 'human') return { state: words ? 'words' : 'always', at: tool };
  if (own === 'high_risk') return { state: words ? 'words' : 'risky', at: tool };
  if (own === 'never' || presenceOf(tool, 'approval') === 'absent') return { state: 'absent', at: tool };
  if (general === 'every_write') return { state: words ? 'words' : 'always', at: agent };
  if (general === 'high_risk') return { state: words ? 'words' : 'risky', at: agent };
  if (general === 'never' || presenceOf(agent, 'approval') === 'absent') return { state: 'absent', at: agent };
  return { state: [presenceOf(tool, 'approval'), presenceOf(agent, 'approval')].includes('unknown') ? 'unknown' : 'undeclared', at: tool };
}
