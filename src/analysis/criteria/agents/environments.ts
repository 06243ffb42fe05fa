import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { actingAgents, acts, touchedBy, usesOf, type Agent } from '../../generative/tools.ts';
import { hopsOf } from '../../hops.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { contradiction, gap, notApplicable, question, satisfied, type Criterion, type FindingDetails, type Outcome } from '../../rule.ts';
import { isInProduction } from '../../serving/services.ts';

const TRIALS: ReadonlySet<string | undefined> = new Set(['development', 'staging', 'test', 'shadow']);

export const apartFromProduction: Criterion = {
  id: 'AGT-05',
  slug: 'development-does-not-reach-production',
  title: 'An agent that works in development cannot write into production',
  type: 'gap',
  severity: 'critical',
  counts: 'at every stage',
  sources: ['AWS Agentic AI Lens AGENTSEC03-BP01', 'AWS Agentic AI Lens AGENTSEC07-BP04', 'OWASP LLM (2025) LLM06', 'OWASP Agentic (2026) ASI03'],
  why: 'An agent that tries things out does so on whatever it reaches. A freeze or a rule in its prompt holds nothing back.',
  remediation: 'Give development a database and an identity of its own, so that the data of production cannot be reached from there.',
  effort: 'M',
  falsePositives: 'What it writes to may be a copy: declare `separate_from_production yes` of its environment, and another store for the tool.',
  applies: ({ architecture }) => componentsOf(architecture, 'agent').length > 0 || 'No agent is declared.',
  *evaluate({ architecture }) {
    const trials = componentsOf(architecture, 'agent').flatMap((agent) => {
      const environment = architecture.components.get(value(agent, 'runs_in') ?? '') as Component<'environment'> | undefined;
      return environment && TRIALS.has(environment.variant) ? [{ agent, environment }] : [];
    });
    for (const { agent, environment } of trials) yield judge(architecture, agent, environment);
    if (trials.length > 0) return;
    const unplaced = actingAgents(architecture).find((agent) => presenceOf(agent, 'runs_in') === 'undeclared' && (value(agent, 'model') ?? []).some((name) => value(architecture.components.get(name) as Component<'model'>, 'use_case') === 'coding'));
    if (unplaced) yield question(unplaced, 'runs_in', `Where does ${unplaced.name} work: in an environment of its own, or where it can write into production? Declare \`runs_in\`.`);
    else yield notApplicable('No agent is declared to work in development, staging or tests.');
  },
};

/** What an agent can write to, with the way to it. */
function writes(architecture: Architecture, agent: Agent): Edge[][] {
  const byTools = usesOf(architecture, agent).filter(({ tool }) => acts(tool) === true && value(tool, 'effect') !== 'send').flatMap(({ tool, edge }) => {
    const touched = touchedBy(architecture, tool);
    return touched.length > 0 ? touched.map((next) => [edge, next]) : [[edge]];
  });
  const direct = (edgesOf(architecture).out.get(agent.name) ?? []).filter(({ flow, to }) => flow && ['write', 'read_write', 'admin'].includes(value(flow, 'access') ?? '') && architecture.components.get(to)?.kind !== 'tool').map((edge) => [edge]);
  return [...byTools, ...direct];
}

function judge(architecture: Architecture, agent: Agent, environment: Component<'environment'>): Outcome {
  const ways = writes(architecture, agent);
  if (ways.length === 0) return satisfied(agent, { because: `it writes to nothing from ${environment.name}` });
  const open = value(environment, 'separate_from_production') === false || value(environment, 'data') === 'production';
  const way = ways.find((path) => isProduction(architecture, path)) ?? (open ? ways[0] : undefined);
  const target = way?.at(-1)?.to ?? '';
  if (way && (open || isProduction(architecture, way))) {
    const details: FindingDetails = {
      critical: 'harm',
      at: statementOf(agent, 'runs_in') ? 'runs_in' : undefined,
      message: `${agent.name} works in ${environment.name} and can write to ${target}${open ? `, where ${value(environment, 'data') === 'production' ? 'development and live data are one' : 'nothing parts development from production'}` : ', which production uses'}.`,
      path: hopsOf(way),
      changes: separated(architecture, environment, way),
      impact: 'No trial can touch live data',
    };
    // It is said to be separate, and the graph shows that it is not.
    return value(environment, 'separate_from_production') === true ? contradiction(agent, details) : gap(agent, details);
  }
  if (presenceOf(environment, 'separate_from_production') === 'present') return satisfied(agent, { because: `${environment.name} cannot touch production` });
  return { ...question(environment, 'separate_from_production', `${agent.name} can write to ${ways[0]?.at(-1)?.to ?? ''} from ${environment.name}: is that apart from production?`, agent.name), statedUnknown: presenceOf(environment, 'separate_from_production') === 'unknown' };
}

/** Whether a way ends in what is in production: by the tool’s own word, or because services in production use the same store. */
function isProduction(architecture: Architecture, path: readonly Edge[]): boolean {
  for (const edge of path) {
    const tool = architecture.components.get(edge.to);
    if (tool?.kind === 'tool' && architecture.components.get(value(tool as Component<'tool'>, 'environment') ?? '')?.variant === 'production') return true;
  }
  const end = architecture.components.get(path.at(-1)?.to ?? '');
  if (end?.kind === 'service') return isInProduction(architecture, end as Component<'service'>) && end.variant !== 'llm_api';
  if (end?.kind !== 'store') return false;
  const graph = edgesOf(architecture);
  const users = [...(graph.in.get(end.name) ?? []).map((edge) => edge.from), ...(graph.out.get(end.name) ?? []).map((edge) => edge.to)].flatMap((name) => architecture.components.get(name) ?? []);
  return users.some((user) => user.kind === 'service' && isInProduction(architecture, user as Component<'service'>));
}

/** A store of its own for development, which the tool works on in place of the shared one. */
function separated(architecture: Architecture, environment: Component<'environment'>, way: readonly Edge[]): Change[] {
  const set = (subject: string, property: string, to: unknown): Change => ({ op: 'set', subject, property, value: to });
  const apart = [set(environment.name, 'data', 'synthetic'), set(environment.name, 'separate_from_production', true)];
  const last = way.at(-1);
  const end = architecture.components.get(last?.to ?? '');
  const tool = architecture.components.get(last?.from ?? '');
  if (end?.kind !== 'store' || tool?.kind !== 'tool' || last?.via?.property !== 'on' || value(tool as Component<'tool'>, 'environment') !== undefined) return [];
  const name = freeName(architecture, `Development${end.name}`);
  const others = (value(tool as Component<'tool'>, 'on') ?? []).filter((other) => other !== end.name);
  return [...apart, { op: 'add-component', component: { kind: 'store', name, variant: end.variant, properties: { contains: ['none'] } } }, set(tool.name, 'on', [...others, name])];
}
