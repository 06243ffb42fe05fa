import type { Architecture } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { openOn } from '../../generative/open.ts';
import { groundedOn, guardedOn, guardrailsOf } from '../../generative/guards.ts';
import { speakersOf, writesCode, writesText, type Speaker } from '../../generative/speakers.ts';
import { acts, approvalOf, touchedBy, usesOf, type Agent, type Tool, type Use } from '../../generative/tools.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { guardChanges } from './screening.ts';

const RUN: Readonly<Record<string, string>> = { query: 'run as a query', code: 'run as code', call: 'turned into calls of an interface', markup: 'shown as markup' };
const LANGUAGES: Readonly<Record<string, string>> = { sql: 'SQL', shell: 'commands of a shell', code: 'code' };

export const outputUntrusted: Criterion = {
  id: 'LLM-05',
  slug: 'output-is-not-trusted',
  title: 'What a model writes is checked before anything runs it or shows it as markup',
  type: 'gap',
  severity: 'high',
  counts: 'at every stage',
  sources: ['OWASP LLM (2025) LLM05', 'MITRE ATLAS AML.M0033', 'OWASP Agentic (2026) ASI05'],
  why: 'Whoever steers the text of a model steers what runs it: a query, a command, a page in somebody’s browser.',
  remediation: 'Treat the text as input from a stranger: check its form, pass values and not statements, escape it, and run code only where it can reach nothing.',
  effort: 'M',
  falsePositives: 'The text may be parsed into a fixed form first: declare `output_as [fields]`, a `guardrail … : output` that checks `schema`, or `sandboxed yes`.',
  applies: writesText,
  *evaluate({ architecture }) {
    const outcomes = speakersOf(architecture).flatMap((speaker) => [...judgeTools(architecture, speaker), ...judgeOutput(architecture, speaker)]);
    yield* askedOnce(architecture.system, outcomes);
  },
};

function* judgeTools(architecture: Architecture, speaker: Speaker): Iterable<Outcome> {
  for (const agent of speaker.agents) {
    for (const use of usesOf(architecture, agent)) {
      const runs = value(use.tool, 'runs') ?? [];
      if (runs.length > 0) yield judgeTool(architecture, speaker, agent, use, listed(runs.map((item) => LANGUAGES[item] ?? item)));
    }
  }
}

function judgeTool(architecture: Architecture, speaker: Speaker, agent: Agent, use: Use, language: string): Outcome {
  const { tool, edge } = use;
  if (presenceOf(tool, 'sandboxed') === 'present') return satisfied(tool, { because: 'it runs where it can reach nothing else', evidence: evidenceOf(statementOf(tool, 'sandboxed')) });
  if (approvalOf(agent, use).state === 'always') return satisfied(tool, { because: 'a person sees it before it runs' });
  const check = checkerOf(architecture, speaker);
  if (check) return satisfied(tool, { because: `${check} checks it first` });
  const touched = touchedBy(architecture, tool)[0];
  const unchecked = guardedOn(architecture, speaker, 'output').state === 'absent' || value(tool, 'enforced_by') === 'prompt' || value(agent, 'approval') === 'never' || value(tool, 'approval') === 'never';
  if (presenceOf(tool, 'sandboxed') !== 'absent' && !unchecked) return openOn(tool, 'sandboxed', { ask: `${tool.name} runs ${language} that ${agent.name} writes${touched ? ` on ${touched.to}` : ''}: what checks it first, or keeps it from reaching anything else?`, lacking: `${tool.name} runs ${language} just as ${agent.name} writes it.`, about: agent.name });
  const writes = acts(tool) === true && value(tool, 'effect') !== 'send';
  // That nobody has to agree to what cannot be undone is a finding of its own.
  const grave = writes && !(value(tool, 'effect') === 'irreversible' && approvalOf(agent, use).state === 'absent');
  return gap(tool, {
    at: 'runs',
    about: agent.name,
    ...(grave ? { severity: 'critical' as const, critical: 'harm' as const } : {}),
    message: `${tool.name} runs ${language} just as ${agent.name} writes it${touched ? `, on ${touched.to}` : ''}${writes ? ', with the right to change data' : ''}.`,
    path: hopsOf([edge, ...(touched ? [touched] : [])]),
    changes: [{ op: 'set', subject: tool.name, property: 'sandboxed', value: true }],
    impact: 'What a model was talked into does nothing',
  });
}

/** Whether a tool might run text: one that only looks, sends or pays takes values. */
const mayRun = (tool: Tool): boolean => acts(tool) !== false && !['send', 'financial'].includes(value(tool, 'effect') ?? '') && value(tool, 'enforced_by') !== 'code';

/** A guardrail that stops output by its form or its content. */
function checkerOf(architecture: Architecture, speaker: Speaker): string | undefined {
  return guardrailsOf(architecture, speaker).find((guardrail) => guardrail.variant !== 'input' && (value(guardrail, 'checks') ?? []).some((check) => check === 'schema' || check === 'policy') && presenceOf(guardrail, 'blocking') !== 'absent')?.name;
}

function* judgeOutput(architecture: Architecture, speaker: Speaker): Iterable<Outcome> {
  const { component } = speaker;
  // Where the service does not say what becomes of the text, the agent that it runs may.
  const bearer = [component, ...speaker.agents].find((item) => value(item as Agent, 'output_as') !== undefined) ?? component;
  const uses = value(bearer as Agent, 'output_as');
  if (uses === undefined) {
    // Of an agent its tools say what becomes of its text.
    if (component.kind === 'agent' || speaker.agents.length > 0) {
      const unsaid = speaker.agents.flatMap((agent) => usesOf(architecture, agent)).filter(({ tool }) => mayRun(tool) && statementOf(tool, 'runs') === undefined);
      if (unsaid.length > 0) yield question(unsaid[0]?.tool ?? component, 'runs', `${unsaid.length > 1 ? 'Do' : 'Does'} ${listed([...new Set(unsaid.map(({ tool }) => tool.name))])} run code, commands or SQL as the model writes it?`, component.name);
      else yield notApplicable(`No tool of ${component.name} is declared to run what it writes.`, component);
      return;
    }
    if (presenceOf(component, 'output_as') !== 'absent') yield { ...question(component, 'output_as', `What becomes of what ${component.name} writes: is it shown as plain text, shown as markup, or run as a query, code or a call?`), statedUnknown: presenceOf(component, 'output_as') === 'unknown' };
    return;
  }
  const risky = uses.filter((use) => use in RUN);
  if (risky.length === 0) return yield satisfied(component, { because: `it is only ${uses.includes('fields') ? 'put into fields of a fixed form' : 'shown as text'}`, evidence: evidenceOf(statementOf(bearer, 'output_as')) });
  const check = checkerOf(architecture, speaker);
  if (check) return yield satisfied(component, { because: `${check} checks it first` });
  const how = listed(risky.map((use) => RUN[use] ?? use));
  const guard = guardedOn(architecture, speaker, 'output');
  const lax = guard.by.find((guardrail) => value(guardrail, 'checks') !== undefined || presenceOf(guardrail, 'blocking') === 'absent');
  if (guard.state === 'absent' || lax) {
    return yield gap(bearer, {
      at: 'output_as',
      severity: risky.every((use) => use === 'markup') ? 'medium' : 'high',
      message: `What ${bearer.name} writes is ${how}, and ${lax ? `${lax.name} does not check its form` : 'nothing checks it before'}.`,
      changes: lax ? [{ op: 'set', subject: lax.name, property: 'checks', value: [...new Set([...(value(lax, 'checks') ?? []), 'schema'])] }, ...(presenceOf(lax, 'blocking') === 'absent' ? [{ op: 'set' as const, subject: lax.name, property: 'blocking', value: true }] : [])] : guardChanges(architecture, speaker, 'output'),
    });
  }
  yield question(component, undefined, `What ${component.name} writes is ${how}: what checks its form first? Declare a \`guardrail … : output\` that checks \`schema\`.`);
}

export const commitmentsGrounded: Criterion = {
  id: 'LLM-12',
  slug: 'commitments-have-a-source',
  title: 'What people will rely on comes from a source that counts, or from a person',
  type: 'gap',
  severity: 'high',
  pack: 'llm',
  failureMode: 'data_quality',
  sources: ['OWASP LLM (2025) LLM09', 'AWS Agentic AI Lens AGENTREL05-BP03', 'NIST AI RMF MEASURE 2.6'],
  why: 'A price, a rule or an advice that a model makes up binds or harms whoever states it: courts have held companies to what their assistants said.',
  remediation: 'Answer such questions only from the text of the source, check each claim against it, and hand over to a person where it holds nothing.',
  effort: 'M',
  falsePositives: 'The answer may be put together by code from a database: declare `output_as [fields]`, or `commits_to [none]`.',
  applies: writesText,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, speakersOf(architecture).map((speaker) => judgeCommitments(architecture, speaker)));
  },
};

const FACTS: Readonly<Record<string, string>> = { prices: 'prices', policy: 'rules of the company', legal: 'law', medical: 'health', financial: 'money' };

function judgeCommitments(architecture: Architecture, speaker: Speaker): Outcome {
  const { component } = speaker;
  const { name } = component;
  const committed = value(component as Agent, 'commits_to');
  const facts = (committed ?? []).filter((fact) => fact !== 'none');
  if (committed && facts.length === 0) return notApplicable(`Nobody relies on what ${name} states.`, component);
  if (value(architecture.system, 'decisions') === 'human_reviewed') return satisfied(component, { because: 'a person decides with it' });
  const grounded = groundedOn(architecture, speaker);
  if (grounded.by[0]) return satisfied(component, { because: `${grounded.by[0].name} holds back claims without a source`, evidence: evidenceOf(statementOf(grounded.by[0], 'checks')) });
  if (facts.length === 0) {
    if (speaker.userFacing !== true) return notApplicable(`No people are declared to talk to ${name}.`, component);
    if (writesCode(speaker)) return notApplicable(`${name} writes code, and states no facts.`, component);
    if (component.kind === 'agent' && usesOf(architecture, component as Agent).some(({ tool }) => acts(tool))) return notApplicable(`${name} does things, and is not declared to state facts on which people rely.`, component);
    const touches = (value(architecture.system, 'affects') ?? []).filter((item) => item === 'people' || item === 'money' || item === 'safety');
    if (grounded.state === 'absent' && touches.length > 0 && value(architecture.system, 'decisions') === 'automated' && !speaker.knowledge[0]) {
      return weak(component, { severity: 'medium', message: `What ${name} tells people touches ${listed(touches)}, and nothing checks its claims against a source.`, changes: guardChanges(architecture, speaker, 'output'), impact: 'Nobody is promised what does not hold' });
    }
    return { ...question(component, 'commits_to', `May ${name} tell people prices, rules of the company, or anything legal, medical or financial on which they rely?${grounded.state === 'absent' ? ' Nothing checks its claims against a source.' : ''}`), statedUnknown: presenceOf(component, 'commits_to') === 'unknown' };
  }
  const told = listed(facts.map((fact) => FACTS[fact] ?? fact));
  if (grounded.state === 'undeclared') return question(component, undefined, `${name} tells people about ${told}: what checks its claims against the source? Declare a \`guardrail\` that checks \`grounded\`.`);
  const source = speaker.knowledge[0];
  const details = { at: 'commits_to', changes: guardChanges(architecture, speaker, 'output'), impact: 'Nobody is promised what does not hold' };
  if (source) return weak(component, { ...details, severity: 'medium', message: `${name} tells people about ${told} from ${source.name}, and nothing checks that it says no more than is written there.` });
  return gap(component, { ...details, message: `${name} tells people about ${told} from what the model remembers: no source is declared, and nothing checks what it claims.` });
}
