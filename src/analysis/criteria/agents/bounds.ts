import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { exactly } from '../../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { unservedAgents } from '../../deployment/agents.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { rolloutTargets } from '../../deployment/releases.ts';
import { componentsOf } from '../../../model/statements.ts';
import { evidenceOf } from '../../presence.ts';
import { actingAgents, acts, hasAgents, usesOf, type Agent } from '../../generative/tools.ts';
import { gap, question, satisfied, type Criterion, type Outcome } from '../../rule.ts';
import { standingOf } from '../../severity.ts';
import { listed } from '../../training/in-house.ts';

const BOUNDS = { max_steps: 'steps', max_cost: 'money', max_time: 'time' } as const;

export const boundedLoops: Criterion = {
  id: 'AGT-03',
  slug: 'loops-are-bounded',
  title: 'An agent must stop after so many steps, so much time or so much money',
  type: 'gap',
  severity: 'medium',
  failureMode: 'cost',
  sources: ['OWASP LLM (2025) LLM10', 'AWS Generative AI Lens GENCOST05-BP01', 'AWS Generative AI Lens GENREL03-BP02', 'AWS Agentic AI Lens AGENTCOST07-BP01'],
  why: 'An agent that does not get on tries again, and nothing in it knows when to give up.',
  remediation: 'Set a limit of steps, and one of time or money, after which it stops and says so.',
  effort: 'S',
  falsePositives: 'The framework may have a limit by itself: declare it as `max_steps`, `max_time` or `max_cost`.',
  applies: hasAgents,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, actingAgents(architecture).map((agent) => judgeBounds(architecture, agent)));
  },
};

function judgeBounds(architecture: Architecture, agent: Agent): Outcome {
  const properties = Object.keys(BOUNDS) as (keyof typeof BOUNDS)[];
  const set = properties.filter((property) => presenceOf(agent, property) === 'present');
  if (set[0]) return satisfied(agent, { because: `it stops by ${listed(set.map((property) => BOUNDS[property]))}`, evidence: evidenceOf(statementOf(agent, set[0])) });
  for (const property of properties) {
    const planned = plannedInstead(agent, property, { message: `Nothing stops ${agent.name} yet when it goes round in circles.` });
    if (planned) return planned;
  }
  const open = properties.filter((property) => presenceOf(agent, property) !== 'absent');
  if (open.length > 0) return { ...question(agent, open[0], `After how many steps, how much time or how much money must ${agent.name} stop? Declare \`max_steps\`, \`max_time\` or \`max_cost\`.`), statedUnknown: open.every((property) => presenceOf(agent, property) === 'unknown') };
  const changing = usesOf(architecture, agent).find(({ tool }) => acts(tool));
  return gap(agent, {
    at: properties.find((property) => statementOf(agent, property)),
    // What goes round in circles and changes things does more than cost.
    severity: changing ? 'high' : 'medium',
    message: `Nothing stops ${agent.name} when it goes round in circles: no limit of steps, time or money${changing ? `, and each round can use ${changing.tool.name}` : ''}.`,
    changes: [{ op: 'set', subject: agent.name, property: 'max_steps', value: exactly(30, '1') }],
    impact: 'A stuck agent ends by itself',
  });
}

export const stopAndGoBack: Criterion = {
  id: 'AGT-09',
  slug: 'stopped-and-taken-back',
  title: 'An agent can be switched off, and its behaviour taken back to what it was',
  type: 'gap',
  severity: 'high',
  pack: 'agents',
  failureMode: 'rollout',
  sources: ['AWS Agentic AI Lens AGENTOPS02-BP03', 'AWS Agentic AI Lens AGENTSEC07-BP04', 'EU AI Act Article 14(4)', 'OWASP Agentic (2026) ASI10'],
  why: 'When an agent misbehaves there are two things to do at once: take its tools away, and go back to the definition that worked. Both must be there before.',
  remediation: 'Have a switch outside the agent that takes its tools away, and keep each state of its model, instructions and tools as a version.',
  effort: 'S',
  falsePositives: 'The platform may have the switch, the repository the versions: declare `stop_switch` and `versioned`.',
  applies: hasAgents,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, actingAgents(architecture).map((agent) => judgeControl(architecture, agent)));
  },
};

function judgeControl(architecture: Architecture, agent: Agent): Outcome {
  const service = servedBy(architecture, agent);
  const stopped = presenceOf(agent, 'stop_switch') === 'present' || (service && presenceOf(service, 'kill_switch') === 'present');
  const kept = presenceOf(agent, 'versioned') === 'present' || (service && (presenceOf(service, 'rollback') === 'present' || ['warm', 'retained'].includes(value(service, 'keeps_previous') ?? ''))) || hasRollback(architecture, agent);
  if (stopped && kept) return satisfied(agent, { because: 'it can be switched off and taken back', evidence: evidenceOf(statementOf(agent, 'stop_switch') ?? statementOf(agent, 'versioned')) });
  const lacks = { switch: !stopped && presenceOf(agent, 'stop_switch') === 'absent', versions: !kept && presenceOf(agent, 'versioned') === 'absent' };
  if (lacks.switch || lacks.versions) {
    const tools = usesOf(architecture, agent).map(({ tool }) => tool.name);
    const parts = [lacks.switch && (tools.length > 0 ? `no switch takes ${listed(tools)} away from it` : 'no switch turns it off'), lacks.versions && 'its definition has no versions to go back to'].filter((part) => part !== false);
    return gap(agent, {
      at: lacks.switch && statementOf(agent, 'stop_switch') ? 'stop_switch' : statementOf(agent, 'versioned') ? 'versioned' : undefined,
      message: `When ${agent.name} misbehaves, ${parts.join(', and ')}.`,
      changes: [...(lacks.switch ? [{ op: 'set' as const, subject: agent.name, property: 'stop_switch', value: true }] : []), ...(lacks.versions ? [{ op: 'set' as const, subject: agent.name, property: 'versioned', value: true }] : [])],
      impact: 'Misbehaviour ends within minutes',
    });
  }
  const planned = plannedInstead(agent, 'stop_switch', { message: `${agent.name} cannot be switched off yet.` });
  if (planned) return planned;
  // The switch of an agent that decides and that nobody serves is asked for where models are taken out of decisions.
  const stake = value(architecture.system, 'decisions') === 'automated' || standingOf(architecture).criticality >= 2 || value(agent, 'approval') === 'never';
  const asked = stopped || (stake && value(architecture.system, 'decisions') !== 'informational' && unservedAgents(architecture).includes(agent));
  return question(agent, asked ? 'versioned' : 'stop_switch', asked ? `When a change of ${agent.name} was for the worse, is there a version of its model, instructions and tools to go back to?` : `When ${agent.name} misbehaves, who can switch it off (\`stop_switch\`)${kept ? '' : ', and to which version does it go back (`versioned`)'}?`, asked ? 'versions' : undefined);
}

const servedBy = (architecture: Architecture, agent: Agent): Component<'service'> | undefined =>
  (edgesOf(architecture).in.get(agent.name) ?? []).filter((edge) => edge.via?.property === 'serves').map((edge) => architecture.components.get(edge.from)).find((component): component is Component<'service'> => component?.kind === 'service');

const hasRollback = (architecture: Architecture, agent: Agent): boolean => componentsOf(architecture, 'rollout').some((rollout) => presenceOf(rollout, 'rollback') === 'present' && rolloutTargets(architecture, rollout).includes(agent.name));
