import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { pathTo, reachTree } from '../../../model/graph/paths.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import type { Hop } from '../../finding.ts';
import { meetingsOf, type Meeting } from '../../generative/meeting.ts';
import { approvalOf, usesOf, type Agent } from '../../generative/tools.ts';
import { hopsOf } from '../../hops.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type FindingDetails, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const meeting: Criterion = {
  id: 'AGT-04',
  slug: 'private-data-strangers-and-a-way-out-do-not-meet',
  title: 'Private data, text of strangers and a way out do not meet in one agent',
  type: 'gap',
  severity: 'high',
  counts: 'at every stage',
  sources: ['OWASP Agentic (2026) ASI01', 'OWASP Agentic (2026) ASI02', 'OWASP LLM (2025) LLM01', 'MITRE ATLAS AML.M0030', 'MITRE ATLAS AML.M0032', 'AWS Agentic AI Lens AGENTSEC06-BP03'],
  why: 'An instruction hidden in what it reads is enough: the agent fetches what it may see and hands it to whoever wrote the instruction. No model tells instructions from text for certain.',
  remediation: 'Take one of the three away: close the way out by a list of places and a person who agrees, screen or part what strangers write, or let the agent see less.',
  effort: 'M',
  falsePositives: 'A boundary may stand in between. Declare it: `egress allowlist`, `approval human` of what sends, `screened yes` of what is read, `masks` of a flow.',
  applies: ({ architecture }) => meetingsOf(architecture).length > 0 || 'Neither an agent nor a service that writes text is declared.',
  *evaluate({ architecture }) {
    for (const item of meetingsOf(architecture)) yield* judge(architecture, item);
  },
};

function* judge(architecture: Architecture, item: Meeting): Iterable<Outcome> {
  const { component, secrets, strangers, out, open, narrowed } = item;
  const { name } = component;
  if (secrets.length > 0 && strangers.length > 0 && out.length > 0) return yield met(architecture, item);
  const apart = partedBy(item);
  if (apart !== undefined) return yield satisfied(component, { because: `${name} ${apart}` });
  if (component.kind === 'service' && out.length === 0) return yield notApplicable(`No way out of ${name} is declared, other than its answers.`, component);
  const known = [secrets, strangers, out].filter((leg) => leg.length > 0).length;
  // With one of the three alone there is nothing to tell apart yet; private data is what makes it worth asking.
  if (known < 2 && secrets.length === 0) return yield notApplicable(`Neither private data nor text of strangers and a way out are declared to come together in ${name}.`, component);
  const knows = [secrets.length > 0 && `can read ${listed(secrets.map(({ dataClass }) => dataClass))}`, strangers.length > 0 && readsOf(item), out.length > 0 && out[0]?.says].filter((part) => typeof part === 'string').join(' and ');
  const asks = [
    secrets.length === 0 && `is anything private in ${listed(open.secrets.map((store) => store.name))} (\`contains\`)`,
    strangers.length === 0 && (open.strangers.length > 0 ? `who writes ${listed(open.strangers.map((source) => source.name))} (\`writers\`)` : 'does it read what strangers wrote (`reads_untrusted`)'),
    out.length === 0 && 'how can it send data out (`egress`)',
  ].filter((part) => part !== false);
  const property = out.length === 0 && strangers.length > 0 ? 'egress' : strangers.length === 0 && open.strangers.length === 0 ? 'reads_untrusted' : undefined;
  yield question(component, property, `${name} ${knows}${narrowed ? `, though ${narrowed}` : ''}: ${asks.join(', and ')}?`);
}

/** Which of the three is declared not to be there. */
function partedBy({ component, secrets, strangers, out, open }: Meeting): string | undefined {
  if (out.length === 0 && !open.out && (component.kind === 'agent' || statementOf(component, 'output_as'))) return 'has no way out that is not closed';
  if (secrets.length === 0 && open.secrets.length === 0) return 'reads nothing that is declared private';
  const settled = component.kind === 'service' || presenceOf(component, 'reads_untrusted') === 'absent';
  return strangers.length === 0 && open.strangers.length === 0 && settled ? 'reads nothing that strangers wrote' : undefined;
}

const readsOf = ({ strangers: [first] }: Meeting): string => (first?.path.length ? (first.asked ? `reads what comes from ${first.who}` : `reads what ${first.who === 'users' ? 'users write' : 'anyone can write'} (${first.origin.name})`) : 'reads what strangers wrote');

function met(architecture: Architecture, item: Meeting): Outcome {
  const { component, secrets, out, narrowed, guard } = item;
  const { name } = component;
  const [first] = secrets;
  const where = first?.path[0]?.from;
  const details: FindingDetails = {
    message: `${name} can read ${listed(secrets.map(({ dataClass }) => dataClass))}${where === undefined ? '' : ` (${where})`}, ${readsOf(item)}, and ${out.map(({ says }) => says)[0] ?? ''}${narrowed ? `; ${narrowed}` : guard ? `; ${guard} looks at what comes in, and what it misses is not held by anything` : ', and nothing stands between'}.`,
    path: proofOf(architecture, item),
    changes: part(architecture, item),
    impact: 'A hidden instruction can no longer carry data off',
  };
  if (narrowed !== undefined) return weak(component, { ...details, mitigated: true });
  if (guard !== undefined) return gap(component, details);
  return gap(component, { ...details, severity: 'critical', critical: 'harm' });
}

/** The way of an attack: from what strangers wrote to the agent, on to the private data, back, and out. */
function proofOf(architecture: Architecture, { component, secrets, strangers, out }: Meeting): Hop[] {
  const { name, nameSpan } = component;
  const [stranger, secret, way] = [strangers[0], secrets[0], out[0]];
  const here = (note: string): Hop => ({ component: name, span: nameSpan, note });
  const inward = stranger ? hopsOf(stranger.path, (edge) => (edge.to === name ? 'reads what strangers wrote' : undefined)) : [];
  const fetched = [...hopsOf(secret?.path ?? [])].reverse().map((hop, at, all): Hop => ({ component: hop.component, span: hop.span, note: at === all.length - 1 ? `holds ${secret?.dataClass ?? ''}` : undefined })).filter((hop) => hop.component !== name);
  const beyond = way?.kind === 'sends' && way.tool && reachTree(edgesOf(architecture), [way.tool.name], { follow: (edge) => edge.payload === 'request' });
  const outward = way ? hopsOf([...way.path, ...(beyond ? (pathTo(beyond, [...beyond.keys()].at(1) ?? '') ?? []) : [])]).slice(1) : [];
  return [
    ...(inward.length > 0 ? inward : [here('reads what strangers wrote')]),
    ...(fetched.length > 0 ? [...fetched, here('carries it')] : [here(`holds ${secret?.dataClass ?? ''}`)]),
    ...(outward.length > 0 ? outward.map((hop, at) => (at === 0 ? { ...hop, note: 'the way out' } : hop)) : [here(way?.says ?? '')]),
  ];
}

/** Closes the ways out: those of the other two are what the agent is for. */
function part(architecture: Architecture, { component, out }: Meeting): Change[] {
  const set = (subject: string, property: string, to: unknown): Change => ({ op: 'set', subject, property, value: to });
  const shown = [component.name, ...[...architecture.components.values()].filter((other) => other.kind === 'service' && (value(other as Component<'service'>, 'serves') ?? []).includes(component.name)).map(({ name }) => name)];
  const markup = out.some(({ kind }) => kind === 'markup') ? shown.filter((name) => statementOf(architecture.components.get(name) ?? component, 'output_as')).map((name) => set(name, 'output_as', ['text'])) : [];
  if (component.kind !== 'agent') return markup;
  const uses = usesOf(architecture, component as Agent);
  const network = out.some(({ kind }) => kind === 'network' || kind === 'web') ? [set(component.name, 'egress', 'allowlist')] : [];
  const sending = out.flatMap(({ kind, tool }) => {
    const use = kind === 'sends' || kind === 'publishes' ? uses.find((item) => item.tool === tool) : undefined;
    if (!use) return [];
    const inWords = approvalOf(component as Agent, use).state === 'words';
    return [set(use.tool.name, 'approval', 'human'), ...(inWords ? [set(use.tool.name, 'enforced_by', 'code')] : [])];
  });
  return [...network, ...sending, ...markup];
}

