import type { Architecture, Component } from '../../model/architecture.ts';
import type { Edge } from '../../model/graph/edges.ts';
import { presenceOf, value } from '../../model/statements.ts';
import { acts, approvalOf, touchedBy, usesOf, type Agent, type Tool } from './tools.ts';

/** A way by which something that reads can hand data to strangers. */
export interface WayOut {
  readonly kind: 'network' | 'sends' | 'publishes' | 'web' | 'markup';
  /** As it stands in a sentence. */
  readonly says: string;
  readonly path: readonly Edge[];
  readonly tool?: Tool;
  /** What makes it narrower without closing it. */
  readonly narrowed?: string;
}

/**
 * Ways out of an agent that nothing closes: an open network, tools that send or write where the public reads, addresses
 * on the web that it chooses (an address carries data as well), and text that is shown as markup, whose pictures a browser fetches. A list of places
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
    } else if (acts(tool) === true && value(tool, 'effect') !== 'send' && state !== 'always' && publicPlace(architecture, tool)) {
      const place = publicPlace(architecture, tool);
      ways.push({ kind: 'publishes', says: `writes through ${tool.name} where the public reads (${place?.to ?? ''})`, path: place ? [edge, place] : [edge], tool, narrowed: state === 'risky' ? 'a person agrees to what is risky' : undefined });
    } else if (value(tool, 'web') === true && egress !== 'allowlist') ways.push({ kind: 'web', says: `chooses addresses on the web through ${tool.name}`, path: [edge], tool, narrowed: firewall });
  }
  return [...ways, ...markup(agent)];
}

/** What a tool touches that anyone can read. */
const publicPlace = (architecture: Architecture, tool: Tool): Edge | undefined =>
  touchedBy(architecture, tool).find(({ to }) => {
    const place = architecture.components.get(to);
    return place !== undefined && (place.variant === 'web' || value(place, 'exposure') === 'public' || (value(place, 'contains') as readonly string[] | undefined)?.includes('public') === true);
  });

/** The same for a service that answers with what it read: its answers are its only way out. */
export const answersOut = (component: Component<'agent' | 'service'>): WayOut[] => markup(component);

const markup = (component: Component<'agent' | 'service'>): WayOut[] => (value(component as Agent, 'output_as')?.includes('markup') ? [{ kind: 'markup', says: 'answers in markup, whose links and pictures lead anywhere', path: [] }] : []);

/** Whether it is open how it can send data out. */
export const isWayOutOpen = (component: Component<'agent' | 'service'>): boolean => component.kind === 'agent' && ['undeclared', 'unknown'].includes(presenceOf(component, 'egress'));
