import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { openOn } from '../../generative/open.ts';
import { privateReach } from '../../generative/private-data.ts';
import { actingAgents, acts, hasAgents, usesOf, type Agent } from '../../generative/tools.ts';
import { untrustedReach } from '../../generative/untrusted.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { consumersOf } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';

export const auditedCalls: Criterion = {
  id: 'AGT-06',
  slug: 'every-call-is-recorded',
  title: 'Every call of a tool by an agent is recorded',
  type: 'gap',
  severity: 'medium',
  pack: 'agents',
  counts: 'at every stage',
  sources: ['AWS Agentic AI Lens AGENTSEC05-BP01', 'MITRE ATLAS AML.M0024', 'ISO/IEC 42001 A.6.2.8'],
  why: 'What the agent says it did and what it did are two things. Only a record outside the agent tells which calls were made, with what, and for whom.',
  remediation: 'Let the platform write each call with its arguments, its result and the person behind it, where the agent cannot change it.',
  effort: 'S',
  falsePositives: 'The platform may record all calls: declare `audit_log yes` of the agent, or `logged yes` of its tools.',
  applies: hasAgents,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, actingAgents(architecture).flatMap((agent) => [...judgeRecord(architecture, agent)]));
  },
};

function* judgeRecord(architecture: Architecture, agent: Agent): Iterable<Outcome> {
  const tools = usesOf(architecture, agent).map(({ tool }) => tool);
  const logs = (edgesOf(architecture).out.get(agent.name) ?? []).map((edge) => architecture.components.get(edge.to)).find((target) => target?.kind === 'store' && (target.variant === 'log' || value(target as Component<'store'>, 'layer') === 'logs'));
  if (presenceOf(agent, 'audit_log') === 'present') return yield satisfied(agent, { because: 'all that it does is logged', evidence: evidenceOf(statementOf(agent, 'audit_log')) });
  if (logs) return yield satisfied(agent, { because: `it writes what it does to ${logs.name}` });
  if (tools.length === 0) return yield notApplicable(`No tool of ${agent.name} is declared.`, agent);
  const state = (tool: Component<'tool'>) => (presenceOf(tool, 'logged') === 'undeclared' ? presenceOf(tool, 'audit_log') : presenceOf(tool, 'logged'));
  const unlogged = tools.filter((tool) => state(tool) === 'absent' || (state(tool) === 'undeclared' && presenceOf(agent, 'audit_log') === 'absent'));
  if (unlogged.length > 0) {
    const grave = unlogged.some((tool) => acts(tool));
    yield gap(agent, {
      severity: grave ? 'medium' : 'low',
      message: `What ${agent.name} does with ${listed(unlogged.map(({ name }) => name))} is recorded nowhere.`,
      path: hopsOf(usesOf(architecture, agent).filter(({ tool }) => tool === unlogged[0]).map(({ edge }) => edge)),
      changes: unlogged.map((tool) => ({ op: 'set', subject: tool.name, property: 'logged', value: true })),
    });
  }
  const open = tools.filter((tool) => !unlogged.includes(tool) && state(tool) !== 'present');
  if (open.length > 0) yield openOn(agent, 'audit_log', { ask: `Where can one read afterwards what ${agent.name} did with ${listed(open.map(({ name }) => name))}? Declare \`audit_log\` of the agent or \`logged\` of the tools.`, lacking: `What ${agent.name} does is not recorded yet.` });
  else if (unlogged.length === 0) yield satisfied(agent, { because: 'each of its tools records its calls' });
}

export const memoryIsChecked: Criterion = {
  id: 'AGT-07',
  slug: 'memory-is-checked-and-apart',
  title: 'What an agent keeps from one conversation to the next is checked and kept apart',
  type: 'gap',
  severity: 'medium',
  pack: 'agents',
  counts: 'at every stage',
  sources: ['OWASP Agentic (2026) ASI06', 'AWS Agentic AI Lens AGENTSEC01-BP01', 'MITRE ATLAS AML.M0031'],
  why: 'What gets into a memory works in every later conversation: one planted sentence goes on steering the agent long after its author has gone.',
  remediation: 'Keep the memory of each user apart, check what is written into it, and let it expire.',
  effort: 'M',
  falsePositives: 'The memory may hold only what the agent derives in fixed fields: declare `memory_validated yes`.',
  applies: hasAgents,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, actingAgents(architecture).map((agent) => judgeMemory(architecture, agent)));
  },
};

function judgeMemory(architecture: Architecture, agent: Agent): Outcome {
  const { name } = agent;
  const memory = value(agent, 'memory');
  if (memory === 'session' || presenceOf(agent, 'memory') === 'absent') return satisfied(agent, { because: memory === 'session' ? 'it forgets after each conversation' : 'it keeps nothing' });
  const [stranger] = untrustedReach(architecture, name);
  if (memory === undefined) return { ...question(agent, 'memory', `What does ${name} keep from one conversation to the next, and for whom?`), statedUnknown: presenceOf(agent, 'memory') === 'unknown' };
  const validated = presenceOf(agent, 'memory_validated');
  if (validated === 'present') return satisfied(agent, { because: 'what it keeps is checked', evidence: evidenceOf(statementOf(agent, 'memory_validated')) });
  const whose = memory === 'shared' ? 'one memory for all' : 'a memory for each user';
  if (validated !== 'absent') return openOn(agent, 'memory_validated', { ask: `${name} has ${whose}${stranger ? ' and reads what strangers wrote' : ''}: is what it keeps checked?`, lacking: `${name} has ${whose}, and nothing checks yet what stays.` });
  if (!stranger) return memory === 'shared' ? weak(agent, { at: 'memory_validated', severity: 'low', message: `${name} has one memory for all its users, and nothing checks what gets into it.`, changes: checked(agent) }) : notApplicable(`Nothing that strangers wrote is declared to reach the memory of ${name}.`, agent);
  return gap(agent, {
    at: statementOf(agent, 'memory_validated') ? 'memory_validated' : 'memory',
    severity: memory === 'shared' ? 'high' : 'medium',
    message: `${name} keeps ${whose}, reads ${stranger.path.length > 0 ? `what ${stranger.asked ? `comes from ${stranger.who}` : stranger.who === 'users' ? 'users write' : 'anyone can write'}` : 'what strangers wrote'}, and nothing checks what stays.`,
    path: hopsOf(stranger.path),
    changes: checked(agent),
  });
}

const checked = (agent: Agent) => [{ op: 'set' as const, subject: agent.name, property: 'memory_validated', value: true }];

export const actsForItsUser: Criterion = {
  id: 'AGT-10',
  slug: 'acts-with-the-rights-of-its-user',
  title: 'An agent of many users acts with the rights of the one who asks',
  type: 'gap',
  severity: 'high',
  pack: 'agents',
  counts: 'at every stage',
  sources: ['AWS Agentic AI Lens AGENTSEC02-BP01', 'AWS Agentic AI Lens AGENTSEC03-BP02', 'MITRE ATLAS AML.M0027', 'OWASP Agentic (2026) ASI03'],
  why: 'With an identity of its own the agent may see for everyone what somebody may see, and whoever asks well enough gets it.',
  remediation: 'Pass the identity of the user on to each tool, and let the tool decide by it.',
  effort: 'M',
  falsePositives: 'It may serve one person, or nothing behind it may differ between users: declare `user_identity n/a because …`.',
  applies: hasAgents,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, actingAgents(architecture).map((agent) => judgeIdentity(architecture, agent)));
  },
};

function judgeIdentity(architecture: Architecture, agent: Agent): Outcome {
  const { name } = agent;
  const users = consumersOf(architecture, name).filter((consumer) => consumer.variant === 'user' || value(consumer, 'users') !== undefined);
  if (users.length === 0) return notApplicable(`No people are declared whose requests reach ${name}.`, agent);
  if (users.every((consumer) => value(consumer, 'users')?.high === 1)) return notApplicable(`${name} works for one person.`, agent);
  const stated = presenceOf(agent, 'user_identity');
  if (stated === 'present') return satisfied(agent, { because: 'it acts with the rights of its user', evidence: evidenceOf(statementOf(agent, 'user_identity')) });
  if (stated === 'not-applicable') return notApplicable('Nothing behind it differs between users.', agent);
  const held = privateReach(architecture, name);
  const changing = usesOf(architecture, agent).filter(({ tool }) => acts(tool)).map(({ tool }) => tool.name);
  const stake = [held.length > 0 && `can read ${listed(held.map(({ dataClass }) => dataClass))}`, changing.length > 0 && `can use ${listed(changing)}`].filter((part) => part !== false).join(' and ');
  if (stated !== 'absent') return openOn(agent, 'user_identity', { ask: `With whose rights does ${name} act for ${users[0]?.name ?? ''}${stake === '' ? '' : `, for whom it ${stake}`}: with those of the user, or with its own?`, lacking: `${name} acts for all of ${users[0]?.name ?? ''} with rights of its own${stake === '' ? '' : `, and ${stake}`}.` });
  if (stake === '') return notApplicable(`${name} is not declared to read anything private or to change anything.`, agent);
  const narrow = value(agent, 'permissions') === 'least_privilege';
  const details = {
    at: statementOf(agent, 'user_identity') ? 'user_identity' : undefined,
    message: `${name} acts for all of ${users[0]?.name ?? ''} with rights of its own${narrow ? ', narrow as they are' : ''}, and ${stake}.`,
    path: hopsOf(held[0]?.path ?? []),
    changes: [{ op: 'set' as const, subject: name, property: 'user_identity', value: true }],
  };
  return narrow ? weak(agent, { ...details, severity: 'medium' }) : gap(agent, details);
}

