import type { Architecture, Change } from '../../../model/architecture.ts';
import { value } from '../../../model/statements.ts';
import { presenceOf, statementOf } from '../../../model/statements.ts';
import { openOn } from '../../generative/open.ts';
import { privateReach } from '../../generative/private-data.ts';
import { actingAgents, acts, approvalOf, EFFECT_WORDS, hasAgents, touchedBy, usesOf, type Agent, type Tool, type Use } from '../../generative/tools.ts';
import { hopsOf } from '../../hops.ts';
import { contradiction, gap, notApplicable, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const allowedTools: Criterion = {
  id: 'AGT-01',
  slug: 'tools-are-allowed-and-narrow',
  title: 'An agent has only tools that are allowed, with no more rights than they need',
  type: 'gap',
  severity: 'high',
  counts: 'at every stage',
  sources: ['OWASP LLM (2025) LLM06', 'OWASP Agentic (2026) ASI02', 'AWS Agentic AI Lens AGENTSEC02-BP01', 'AWS Agentic AI Lens AGENTSEC03-BP03', 'MITRE ATLAS AML.M0026', 'MITRE ATLAS AML.M0028'],
  why: 'What a tool can do, the agent does sooner or later: by a mistake, by a misread request, or because a text told it to.',
  remediation: 'Let the platform, and not the prompt, hold a list of tools; give each the rights that its task needs, and reading only where nothing is said.',
  effort: 'M',
  falsePositives: 'The platform may hold the limits: declare `allowlisted yes`, `enforced_by code` or `permissions least_privilege`.',
  applies: hasAgents,
  *evaluate({ architecture }) {
    for (const agent of actingAgents(architecture)) yield* judgeRights(architecture, agent);
  },
};

interface Excess {
  readonly says: string;
  readonly subject: Agent | Tool;
  readonly property: string;
  readonly change?: Change;
}

function* judgeRights(architecture: Architecture, agent: Agent): Iterable<Outcome> {
  const uses = usesOf(architecture, agent);
  const excesses = [...wide(agent), ...uses.flatMap((use) => [...wide(use.tool), ...loose(use.tool)]), ...adminFlows(architecture, agent)];
  const [first] = excesses;
  if (first) {
    const use = uses.find(({ tool }) => excesses.some(({ subject }) => subject === tool));
    const touched = use && touchedBy(architecture, use.tool)[0];
    return yield gap(agent, {
      message: `${agent.name} can do more than is held in check: ${listed([...new Set(excesses.map(({ says }) => says))], 4)}.`,
      path: use ? hopsOf([use.edge, ...(touched ? [touched] : [])]) : [],
      changes: excesses.flatMap(({ change }) => change ?? []),
      impact: 'A mistaken or misled agent can do little harm',
    });
  }
  const open = uses.filter(({ tool }) => acts(tool) !== false && presenceOf(tool, 'allowlisted') !== 'present' && value(tool, 'enforced_by') !== 'code').map(({ tool }) => tool);
  if (open.length > 0) return yield question(open[0] ?? agent, 'allowlisted', `What holds ${agent.name} to what it may do with ${listed(open.map(({ name }) => name))}: a list that the platform enforces, or the prompt? Declare \`allowlisted\` or \`enforced_by\`${open.some((tool) => acts(tool) === undefined) ? ', and what each does (`effect`)' : ''}.`, agent.name);
  if (uses.length === 0) return yield judgeToolless(architecture, agent);
  yield satisfied(agent, { because: uses.every(({ tool }) => acts(tool) === false) ? 'its tools only look' : 'the platform holds its tools to what is allowed' });
}

/** What it uses without a tool between: a knowledge base can only be searched, a store or service may be written to. */
function judgeToolless(architecture: Architecture, agent: Agent): Outcome {
  const used = (value(agent, 'uses') ?? []).flatMap((name) => architecture.components.get(name) ?? []);
  const open = used.filter(({ kind, name }) => kind !== 'knowledge' && !architecture.flows.some((flow) => flow.from === agent.name && flow.to === name && value(flow, 'access') !== undefined));
  if (used.length > 0 && (open.length === 0 || value(agent, 'permissions') === 'least_privilege')) return satisfied(agent, { because: `it uses ${listed(used.map(({ name }) => name))}, with rights that are stated` });
  if (open.length > 0) return question(agent, 'permissions', `What may ${agent.name} do in ${listed(open.map(({ name }) => name))}: read, or change things as well?`);
  return question(agent, 'uses', `Which tools can ${agent.name} use, and which of them change anything? Declare \`uses\` with tools and their \`effect\`.`);
}

function wide(component: Agent | Tool): Excess[] {
  const permissions = value(component as Agent, 'permissions');
  if (permissions !== 'broad' && permissions !== 'wildcard') return [];
  const change: Change = { op: 'set', subject: component.name, property: 'permissions', value: 'least_privilege' };
  return [{ says: `${component.name} has ${permissions === 'wildcard' ? 'all rights' : 'more rights than it needs'}`, subject: component, property: 'permissions', change }];
}

/** A tool that acts and is held by nothing, or by words. Looking is the default that needs no leave. */
function loose(tool: Tool): Excess[] {
  if (acts(tool) === false) return [];
  const listedNot = presenceOf(tool, 'allowlisted') === 'absent' && value(tool, 'enforced_by') !== 'code';
  const words = value(tool, 'enforced_by') === 'prompt';
  if (!listedNot && !words) return [];
  const effect = EFFECT_WORDS[value(tool, 'effect') ?? ''];
  const says = `${tool.name}${effect === undefined ? '' : ` ${effect} and`} is ${listedNot ? 'on no list of what is allowed' : ''}${listedNot && words ? ', with ' : ''}${words ? `${listedNot ? '' : 'held '}${listedNot ? 'limits that are only words to the model' : 'only by words to the model'}` : ''}`;
  return [
    ...(listedNot ? [{ says, subject: tool, property: 'allowlisted', change: { op: 'set', subject: tool.name, property: 'allowlisted', value: true } as Change }] : []),
    ...(words ? [{ says, subject: tool, property: 'enforced_by', change: { op: 'set', subject: tool.name, property: 'enforced_by', value: 'code' } as Change }] : []),
  ];
}

/** Stores and services that it is given as an administrator. */
const adminFlows = (architecture: Architecture, agent: Agent): Excess[] =>
  architecture.flows
    .filter((flow) => flow.from === agent.name && value(flow, 'access') === 'admin')
    .map((flow) => ({ says: `it has all rights on ${flow.to}`, subject: agent, property: 'uses', change: { op: 'set-flow', from: flow.from, to: flow.to, property: 'access', value: 'read' } as Change }));

export const approvedActions: Criterion = {
  id: 'AGT-02',
  slug: 'a-person-agrees-to-what-cannot-be-undone',
  title: 'A person agrees before an agent does what cannot be undone or moves money',
  type: 'gap',
  severity: 'high',
  counts: 'at every stage',
  sources: ['OWASP LLM (2025) LLM06', 'AWS Agentic AI Lens AGENTSEC04-BP02', 'MITRE ATLAS AML.M0029', 'EU AI Act Article 14(4)'],
  why: 'An agent is right most of the time, and what cannot be undone has to be right each time.',
  remediation: 'Let the platform hold such a call until a person has seen what exactly will be done.',
  effort: 'S',
  falsePositives: 'The effect may be undone elsewhere, or a person may agree in the tool itself: declare `effect` and `approval` of the tool.',
  applies: hasAgents,
  *evaluate(context) {
    const { architecture } = context;
    const grave = actingAgents(architecture).flatMap((agent) => usesOf(architecture, agent).filter(({ tool }) => isGrave(architecture, tool)).map((use) => ({ agent, use })));
    if (grave.length === 0) return yield notApplicable('No tool of an agent is declared to do what cannot be undone, to move money or to write into production from elsewhere.');
    for (const { agent, use } of grave) yield judgeApproval(context, agent, use);
  },
};

function isGrave(architecture: Architecture, tool: Tool): boolean {
  const effect = value(tool, 'effect');
  if (effect === 'irreversible' || effect === 'financial') return true;
  return effect === 'write' && architecture.components.get(value(tool, 'environment') ?? '')?.variant === 'production';
}

function judgeApproval({ architecture }: Context, agent: Agent, use: Use): Outcome {
  const { tool, edge } = use;
  const { state, at } = approvalOf(agent, use);
  const effect = value(tool, 'effect');
  const does = effect === 'write' ? 'writes into production' : (EFFECT_WORDS[effect ?? ''] ?? 'acts');
  if (state === 'always' || state === 'risky') return satisfied(tool, { because: `a person agrees before ${tool.name} acts` });
  if (state === 'undeclared' || state === 'unknown') return openOn(tool, 'approval', { ask: `${tool.name} ${does}: must a person agree before ${agent.name} uses it?`, lacking: `${tool.name} ${does}, and nobody has to agree yet.`, about: agent.name });
  const touched = touchedBy(architecture, tool)[0];
  const held = touched && [...privateReach(architecture, touched.to).map(({ dataClass }) => dataClass)];
  const what = touched ? ` on ${touched.to}` : '';
  const details = {
    at: at === tool ? 'approval' : undefined,
    about: agent.name,
    message: state === 'words' ? `${tool.name} ${does}${what}, and that a person must agree is only said to the model in words.` : `${agent.name} ${does}${what} through ${tool.name}, and nobody has to agree.`,
    path: hopsOf([edge, ...(touched ? [touched] : [])]),
    changes: [{ op: 'set', subject: tool.name, property: 'approval', value: 'human' }, ...(value(tool, 'enforced_by') === 'prompt' ? [{ op: 'set', subject: tool.name, property: 'enforced_by', value: 'code' }] : [])] as Change[],
    impact: 'What cannot be undone was looked at',
  };
  const said = value(agent, 'approval');
  if (state === 'absent' && at === tool && (said === 'every_write' || said === 'high_risk')) return contradiction(tool, { ...details, message: `A person agrees to what ${agent.name} does, it is said, but nobody has to agree to ${tool.name}, which ${does}${what}.` });
  // Records of people or of the business that are gone, and money that has left, do not come back.
  const harm = effect === 'financial' || (effect === 'irreversible' && (held?.length ?? 0) > 0);
  return gap(tool, harm ? { ...details, severity: 'critical', critical: 'harm' } : details);
}

export const repeatableCalls: Criterion = {
  id: 'AGT-08',
  slug: 'repeated-calls-do-no-harm',
  title: 'A tool that changes something can be called twice without harm',
  type: 'gap',
  severity: 'medium',
  pack: 'agents',
  failureMode: 'infrastructure',
  sources: ['AWS Agentic AI Lens AGENTREL06-BP04'],
  why: 'A call that timed out may have worked. The agent, or the client below it, tries again, and the order is placed twice.',
  remediation: 'Send a key with each action by which the tool knows a repetition, or declare how the action is taken back.',
  effort: 'S',
  falsePositives: 'The interface behind may recognise repetitions: declare `idempotent yes` of the tool or of the flow.',
  applies: hasAgents,
  *evaluate({ architecture }) {
    const writing = actingAgents(architecture).flatMap((agent) => usesOf(architecture, agent).filter(({ tool }) => acts(tool) === true).map((use) => ({ agent, use })));
    if (writing.length === 0) return yield notApplicable('No tool that changes anything is declared.');
    const open: Tool[] = [];
    for (const { agent, use } of writing) {
      const { tool, edge } = use;
      const repeatable = presenceOf(tool, 'idempotent');
      const byFlow = edge.flow && value(edge.flow, 'idempotent');
      if (repeatable === 'present' || byFlow === true) yield satisfied(tool);
      else if (repeatable === 'planned') yield openOn(tool, 'idempotent', { ask: '', lacking: `A second call of ${tool.name} does its work a second time.`, about: agent.name });
      else if (repeatable === 'not-applicable') yield notApplicable(`A repetition does not matter for ${tool.name}.`, tool);
      else if (repeatable === 'absent' || byFlow === false) {
        const retries = edge.flow && value(edge.flow, 'retries');
        yield gap(tool, {
          at: statementOf(tool, 'idempotent') ? 'idempotent' : undefined,
          about: agent.name,
          severity: retries && retries.high > 0 ? 'medium' : 'low',
          message: retries && retries.high > 0 ? `${agent.name} calls ${tool.name} again when a call fails, and a second call does its work a second time.` : `A second call of ${tool.name} does its work a second time, and an agent tries again what seems to have failed.`,
          path: hopsOf([edge]),
          changes: [{ op: 'set', subject: tool.name, property: 'idempotent', value: true }, ...(byFlow === false ? [{ op: 'set-flow' as const, from: agent.name, to: tool.name, property: 'idempotent', value: true }] : [])],
        });
      } else open.push(tool);
    }
    const asked = [...new Set(open)];
    if (asked.length > 0) yield question(asked[0] ?? architecture.system, 'idempotent', `What happens when ${listed(asked.map(({ name }) => name))} ${asked.length > 1 ? 'are' : 'is'} called twice for the same thing?${asked.length > 1 ? ' Declare `idempotent` of each.' : ''}`);
  },
};
