import type { Architecture, Component } from '../../model/architecture.ts';
import type { Edge } from '../../model/graph/edges.ts';
import { presenceOf, value } from '../../model/statements.ts';
import type { Speaker } from './speakers.ts';
import { approvalOf, usesOf, type Agent, type Tool } from './tools.ts';

/** A way by which something that reads can hand data to strangers. */
export interface WayOut {
  readonly kind: 'network' | 'sends' | 'web' | 'markup';
  /** As it stands in a sentence. */
  readonly says: string;
  readonly path: readonly Edge[];
  readonly tool?: Tool;
  /** What makes it narrower without closing it. */
  readonly narrowed?: string;
}

/**
 * Ways out of an agent that nothing closes: an open network, tools that send, addresses on the web that it chooses (an
 * address carries data as well), and text that is shown as markup, whose pictures a browser fetches. A list of places
 * closes the network and the web; a person who agrees each time closes what sends.
 */
export function waysOut(architecture: Architecture, agent: Agent): WayOut[] {
  const egress = value(agent, 'egress');
  const ways: WayOut[] = egress === 'open' ? [{ kind: 'network', says: 'may send to any address', path: [] }] : [];
  const firewall = egress === 'firewall' ? 'a firewall stands before the network' : undefined;
  for (const use of usesOf(architecture, agent)) {
    const { tool, edge } = use;
    const { state } = approvalOf(agent, use);
    if (value(tool, 'effect') === 'send' && state !== 'always') {
      const narrowed = state === 'risky' ? 'a person agrees to what is risky' : egress === 'allowlist' ? 'it may send to named places only' : firewall;
      ways.push({ kind: 'sends', says: `sends through ${tool.name}`, path: [edge], tool, narrowed });
    } else if (value(tool, 'web') === true && egress !== 'allowlist') ways.push({ kind: 'web', says: `chooses addresses on the web through ${tool.name}`, path: [edge], tool, narrowed: firewall });
  }
  return [...ways, ...markup(agent)];
}

/** The same for a service that answers with what it read: its answers are its only way out. */
export const answersOut = ({ component }: Speaker): WayOut[] => markup(component);

const markup = (component: Component<'agent' | 'service'>): WayOut[] => (value(component as Agent, 'output_as')?.includes('markup') ? [{ kind: 'markup', says: 'answers in markup, whose links and pictures lead anywhere', path: [] }] : []);

/** Whether it is open how it can send data out. */
export const isWayOutOpen = (component: Component<'agent' | 'service'>): boolean => component.kind === 'agent' && ['undeclared', 'unknown'].includes(presenceOf(component, 'egress'));
