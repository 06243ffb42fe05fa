import type { Architecture, Change, Component, Flow } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { apartFromProduction } from '../agents/environments.ts';
import { namedBy } from '../said-by.ts';

type Environment = Component<'environment'>;

const WRITES: ReadonlySet<string> = new Set(['write', 'read_write', 'admin']);
const HOLDERS: ReadonlySet<string> = new Set(['store', 'source', 'registry', 'features', 'artefact']);

export const environmentsApart: Criterion = {
  id: 'SEC-11',
  slug: 'environments-are-apart',
  title: 'Nothing that runs outside production can write into production',
  type: 'gap',
  severity: 'high',
  sources: ['AWS ML Lens (2023) MLSEC-04', 'AWS ML Lens (2023) MLSEC-08', 'MITRE ATLAS AML.M0032', 'ANSSI generative AI R12', 'ANSSI generative AI R28'],
  why: 'Where people and programs try things out, mistakes are made on purpose; with rights in production they are made there.',
  remediation: 'Give development its own account, identities and copies of data, without any right to write into production.',
  effort: 'M',
  falsePositives: 'The store may belong to the environment: declare its flow from there with the `access` that it has, or `separate_from_production yes`.',
  pack: 'security',
  counts: 'at every stage',
  applies: ({ architecture }) => (outside(architecture).length === 0 ? 'No environment outside production is declared.' : true),
  *evaluate(context) {
    const { architecture } = context;
    const open: string[] = [];
    const named = namedBy(context, apartFromProduction);
    for (const environment of outside(architecture)) {
      const { name } = environment;
      const writing = writesInto(architecture, environment);
      const shared = sharedIdentity(architecture, environment);
      const apart = presenceOf(environment, 'separate_from_production');
      for (const flow of writing) yield written(environment, flow);
      if (shared) yield weak(shared.inside, { about: name, at: 'identity', message: `${shared.inside.name} runs in ${name} as ${shared.identity}, and so does ${shared.outside.name} in production: what the one may write, the other may.`, changes: [{ op: 'set', subject: shared.inside.name, property: 'identity', value: `${shared.identity}-${environment.variant ?? 'development'}` }], impact: 'A mistake in development stays there' });
      if (apart === 'absent' && holdsOnly(architecture, environment, named)) yield notApplicable(`What agents in ${name} can write into is judged by AGT-05.`, environment);
      else if (apart === 'absent') yield gap(environment, { at: statementOf(environment, 'separate_from_production') ? 'separate_from_production' : undefined, message: `What runs in ${name} can touch production.`, changes: [{ op: 'set', subject: name, property: 'separate_from_production', value: true }], impact: 'A mistake in development stays there' });
      else if (writing.length > 0 || shared) continue;
      else if (apart === 'present') yield satisfied(environment, { evidence: evidenceOf(statementOf(environment, 'separate_from_production')) });
      else if (environment.variant === 'shadow') yield notApplicable(`${name} is a shadow within production.`, environment);
      else {
        const planned = plannedInstead(environment, 'separate_from_production', { message: `${name} is not kept apart from production yet.` });
        if (planned) yield planned;
        else if (!named.has(name)) open.push(name);
      }
    }
    if (open.length > 0) yield question(architecture.system, undefined, `Can anything in ${listed(open)} write into stores of production? Declare \`separate_from_production\`.`);
  },
};

const outside = (architecture: Architecture): Environment[] => componentsOf(architecture, 'environment').filter(({ variant }) => variant !== 'production');

const runsIn = (component: Component, environment: Environment): boolean => value(component as Component<'service'>, 'runs_in') === environment.name || (component.kind === 'tool' && value(component as Component<'tool'>, 'environment') === environment.name);

/** Agents of which something is said, and nothing else, run in the environment. */
function holdsOnly(architecture: Architecture, environment: Environment, named: ReadonlySet<string>): boolean {
  const inside = [...architecture.components.values()].filter((component) => runsIn(component, environment));
  return inside.length > 0 && inside.every((component) => component.kind === 'agent' && named.has(component.name));
}

/** Flows by which the environment, or what runs in it, writes into what holds data of production. */
function writesInto(architecture: Architecture, environment: Environment): Flow[] {
  const inside = (name: string): boolean => {
    const component = architecture.components.get(name);
    return name === environment.name || (component !== undefined && runsIn(component, environment));
  };
  return architecture.flows.filter((flow) => {
    const target = architecture.components.get(flow.to);
    return inside(flow.from) && target !== undefined && HOLDERS.has(target.kind) && WRITES.has(value(flow, 'access') ?? '');
  });
}

function written(environment: Environment, flow: Flow): Outcome {
  const changes: Change[] = [{ op: 'set-flow', from: flow.from, to: flow.to, property: 'access', value: 'read' }];
  const who = flow.from === environment.name ? environment.name : `${flow.from}, in ${environment.name},`;
  return gap(flow, { at: 'access', message: `${who} can write into ${flow.to}.`, path: [{ component: flow.from, span: flow.span }, { component: flow.to, span: flow.span, note: 'write' }], changes, impact: 'A mistake in development stays there' });
}

/** Something in the environment and something in production that run as the same. */
function sharedIdentity(architecture: Architecture, environment: Environment): { readonly inside: Component; readonly outside: Component; readonly identity: string } | undefined {
  const named = [...architecture.components.values()].filter((component) => value(component, 'identity') !== undefined);
  const within = named.filter((component) => component === environment || runsIn(component, environment));
  for (const inside of within) {
    const identity = value(inside, 'identity') ?? '';
    const other = named.find((component) => component !== inside && !within.includes(component) && component.kind !== 'environment' && value(component as Component<'service'>, 'runs_in') === undefined && value(component, 'identity') === identity);
    if (other) return { inside, outside: other, identity };
  }
  return undefined;
}
