import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { carrying, pathTo, reachTree } from '../../../model/graph/paths.ts';
import { isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { indexesOf, type Index } from '../../generative/indexes.ts';
import { openOn } from '../../generative/open.ts';
import { privateReach } from '../../generative/private-data.ts';
import { actingAgents, usesOf } from '../../generative/tools.ts';
import { guardedOn } from '../../generative/guards.ts';
import { speakersOf } from '../../generative/speakers.ts';
import { strangersIn } from '../../generative/untrusted.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type FindingDetails, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

type Source = Component<'source'>;

const MOVES = carrying('data', 'features', 'feedback');

/** Documents that get into an index, each with the way by which. */
function documentsOf(architecture: Architecture, index: Index): { readonly source: Source; readonly path: readonly Edge[] }[] {
  const tree = reachTree(edgesOf(architecture), [index.component.name], { direction: 'upstream', follow: MOVES });
  return [...tree.keys()].flatMap((name) => {
    const component = architecture.components.get(name);
    return component?.kind === 'source' ? [{ source: component as Source, path: pathTo(tree, name, 'upstream') ?? [] }] : [];
  });
}

export const permissionsKept: Criterion = {
  id: 'RAG-01',
  slug: 'search-keeps-permissions',
  title: 'A search finds only what the person who asks may read',
  type: 'gap',
  severity: 'high',
  counts: 'at every stage',
  sources: ['OWASP LLM (2025) LLM08', 'AWS Generative AI Lens GENSEC01-BP03', 'MITRE ATLAS AML.M0019'],
  why: 'An index is a copy without the locks of the original: whoever asks gets what the question fits.',
  remediation: 'Keep the permissions of each document in the index, and filter by the identity of the person who asks before anything reaches the model.',
  effort: 'M',
  falsePositives: 'All who can ask may read everything: declare `permissioned no` of the sources, or `permission_filter n/a because …`.',
  applies: ({ architecture }) => indexesOf(architecture).length > 0 || 'No knowledge base and no index of vectors is declared to be searched.',
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, indexesOf(architecture).map((index) => judgePermissions(architecture, index)));
  },
};

function judgePermissions(architecture: Architecture, index: Index): Outcome {
  const { component, knowledge } = index;
  const { name } = component;
  const filter = knowledge ? presenceOf(knowledge, 'permission_filter') : 'undeclared';
  if (filter === 'present') return satisfied(component, { because: 'each search is filtered by who asks', evidence: evidenceOf(statementOf(component, 'permission_filter')) });
  if (filter === 'not-applicable') return notApplicable(reasonOf(component), component);
  const documents = documentsOf(architecture, index);
  const locked = documents.filter(({ source }) => presenceOf(source, 'permissioned') === 'present');
  const [first] = locked;
  if (first && filter === 'absent') {
    const held = privateReach(architecture, name).map(({ dataClass }) => dataClass);
    const details: FindingDetails = {
      at: statementOf(component, 'permission_filter') ? 'permission_filter' : undefined,
      message: `Not everyone may read everything in ${listed(locked.map(({ source }) => source.name))}, and ${name} finds all of it for everyone${held.length > 0 ? `: ${listed(held)}` : ''}.`,
      path: hopsOf([...first.path, ...(index.readers[0] ?? [])]),
      changes: [{ op: 'set', subject: name, property: 'permission_filter', value: true }],
      impact: 'Nobody reads through search what is locked elsewhere',
    };
    return gap(component, held.length > 0 ? { ...details, severity: 'critical', critical: 'harm' } : details);
  }
  if (first && filter === 'planned') return openOn(component, 'permission_filter', { ask: '', lacking: `Not everyone may read everything in ${first.source.name}, and ${name} finds all of it for everyone.` });
  if (first) return { ...question(component, knowledge ? 'permission_filter' : undefined, `Not everyone may read everything in ${first.source.name}: does a search in ${name} find only what the person who asks may read?${knowledge ? '' : ' Declare a `knowledge` base with `permission_filter`.'}`), statedUnknown: filter === 'unknown' };
  const open = documents.filter(({ source }) => ['undeclared', 'unknown'].includes(presenceOf(source, 'permissioned')) && !isPublic(source));
  if (documents.length > 0 && open.length === 0) return notApplicable(`Everyone may read everything in what ${name} is made of.`, component);
  if (open[0]) return question(open[0].source, 'permissioned', `May everyone who asks ${name} read everything in ${listed(open.map(({ source }) => source.name))}?${filter === 'absent' ? ' Its searches are not filtered by who asks.' : ''}`, name);
  return question(component, knowledge ? 'permission_filter' : undefined, `May everyone who searches ${name} read everything in it, or is each search filtered by who asks?${knowledge ? '' : ' Declare a `knowledge` base with `permission_filter`.'}`);
}

const isPublic = (source: Source): boolean => source.variant === 'web' || (value(source, 'contains') ?? []).some((item) => item === 'public') || value(source, 'exposure') === 'public';
const reasonOf = (component: Component): string => {
  const stated = statementOf(component, 'permission_filter');
  return stated?.state === 'not-applicable' ? stated.because : '';
};

export const documentsScreened: Criterion = {
  id: 'RAG-05',
  slug: 'documents-of-strangers-are-screened',
  title: 'Documents that outsiders can write are screened before a model finds them',
  type: 'gap',
  severity: 'high',
  pack: 'rag',
  counts: 'at every stage',
  sources: ['OWASP LLM (2025) LLM04', 'OWASP LLM (2025) LLM08', 'MITRE ATLAS AML.M0025', 'MITRE ATLAS AML.M0007'],
  why: 'A document that is found becomes a part of the prompt. Whoever can write one can write instructions, and wait for a question that finds it.',
  remediation: 'Index only what somebody trusted has approved, or search each document for instructions before it goes in.',
  effort: 'M',
  falsePositives: 'Documents may be approved before they go in: declare `screened yes` of the knowledge base or of the tool.',
  applies: ({ architecture }) => indexesOf(architecture).length > 0 || webTools(architecture).length > 0 || 'Neither a knowledge base nor a tool that reads the web is declared.',
  *evaluate({ architecture }) {
    const indexed = indexesOf(architecture).map((index) => judgeDocuments(architecture, index));
    yield* askedOnce(architecture.system, [...indexed, ...webTools(architecture).map(({ agent, tool, edge }) => judgeWeb(architecture, agent, tool, edge))]);
  },
};

const webTools = (architecture: Architecture) => actingAgents(architecture).flatMap((agent) => usesOf(architecture, agent).filter(({ tool }) => value(tool, 'web') === true).map((use) => ({ agent, ...use })));

function judgeDocuments(architecture: Architecture, index: Index): Outcome {
  const { component, knowledge } = index;
  const { name } = component;
  const screened = knowledge ? presenceOf(knowledge, 'screened') : 'undeclared';
  if (screened === 'present') return satisfied(component, { because: 'documents are checked before they go in', evidence: evidenceOf(statementOf(component, 'screened')) });
  const documents = documentsOf(architecture, index);
  const outside = documents.filter(({ source }) => strangersIn(source) !== undefined || value(source, 'writers') === 'partners');
  const [first] = outside.filter(({ source }) => strangersIn(source) !== undefined).concat(outside);
  if (first) {
    const { source, path } = first;
    const who = strangersIn(source) ?? 'other companies';
    const gate = path.map((edge) => architecture.components.get(edge.to)).find((item) => item?.kind === 'validation' && value(item as Component<'validation'>, 'blocking') !== false);
    const says = `${who === 'anyone' ? 'Anyone can write' : who === 'users' ? 'Users write' : 'Other companies write'} what ${name} indexes from ${source.name}`;
    if (screened === 'planned') return openOn(component, 'screened', { ask: '', lacking: `${says}, and nothing is screened on the way yet.` });
    if (gate && screened !== 'absent') return question(component, knowledge ? 'screened' : undefined, `${says}: does ${gate.name} look for instructions in it, or only at its form?`);
    if (screened === 'absent' || (!knowledge && isKindAbsent(architecture, 'guardrail'))) {
      return gap(component, {
        at: statementOf(component, 'screened') ? 'screened' : undefined,
        severity: who === 'other companies' ? 'medium' : 'high',
        message: `${says}, and nothing is screened on the way.`,
        path: hopsOf([...path, ...(index.readers[0] ?? [])]),
        changes: knowledge ? [{ op: 'set', subject: name, property: 'screened', value: true }] : [],
        impact: 'A planted document does not get into a prompt',
      });
    }
    return { ...question(component, knowledge ? 'screened' : undefined, `${says}: is it searched for instructions before it goes in?`), statedUnknown: screened === 'unknown' };
  }
  const open = documents.filter(({ source }) => ['undeclared', 'unknown'].includes(presenceOf(source, 'writers')));
  if (open[0]) return question(open[0].source, 'writers', `Who can write what ${name} indexes from ${listed(open.map(({ source }) => source.name))}: own people, users, or anyone?`, name);
  if (documents.length > 0) return satisfied(component, { because: `only own people write what ${name} is made of` });
  return question(component, undefined, `What is ${name} made of, and who can write it? Declare the sources that it is made \`from\`, with \`writers\`.`);
}

/** What a tool brings from the web goes straight into the prompt, as if it were indexed a moment before. */
function judgeWeb(architecture: Architecture, agent: Component<'agent'>, tool: Component<'tool'>, edge: Edge): Outcome {
  const screened = presenceOf(tool, 'screened');
  if (screened === 'present') return satisfied(tool, { because: 'what it brings is screened', evidence: evidenceOf(statementOf(tool, 'screened')) });
  const speaker = speakersOf(architecture).find(({ agents }) => agents.includes(agent));
  const guard = speaker && guardedOn(architecture, speaker, 'input');
  const [searching] = (guard?.by ?? []).filter((guardrail) => value(guardrail, 'checks')?.includes('injection') && presenceOf(guardrail, 'blocking') !== 'absent');
  if (searching) return satisfied(tool, { because: `${searching.name} looks for instructions` });
  if (screened === 'planned') return openOn(tool, 'screened', { ask: '', lacking: `${tool.name} brings pages that anyone can write into the prompts of ${agent.name}.`, about: agent.name });
  const details: Omit<FindingDetails, 'message'> = {
    about: agent.name,
    path: hopsOf([edge]),
    changes: [{ op: 'set', subject: tool.name, property: 'screened', value: true }],
    impact: 'A planted page does not steer the agent',
  };
  if (screened === 'absent' || guard?.state === 'absent') return gap(tool, { ...details, at: screened === 'absent' ? 'screened' : 'web', message: `${tool.name} brings pages that anyone can write into the prompts of ${agent.name}, and nothing screens them.` });
  // The team says that strangers' text is read; what it declares against it is not said to look for instructions.
  const [other] = [...(guard?.open ?? []), ...(guard?.by ?? [])];
  if (other && value(agent, 'reads_untrusted') === true) return weak(tool, { ...details, at: 'web', mitigated: true, message: `${tool.name} brings pages that anyone can write into the prompts of ${agent.name}, and ${other.name} is not said to look for instructions in them.` });
  return { ...question(tool, 'screened', `${tool.name} brings pages that anyone can write: are they searched for instructions before ${agent.name} reads them?`, agent.name), statedUnknown: screened === 'unknown' };
}

