import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { guardedOn, guardrailsOf, sidesOf, type Side } from '../../generative/guards.ts';
import { speakersOf, writesCode, writesText, type Speaker } from '../../generative/speakers.ts';
import { openOrigins, untrustedReach, type Untrusted } from '../../generative/untrusted.ts';
import { hopsOf } from '../../hops.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const untrustedScreened: Criterion = {
  id: 'LLM-01',
  slug: 'text-of-strangers-is-screened',
  title: 'Text of strangers is kept apart from instructions and screened before a model reads it',
  type: 'gap',
  severity: 'high',
  counts: 'at every stage',
  sources: ['OWASP LLM (2025) LLM01', 'AWS Generative AI Lens GENSEC04-BP02', 'MITRE ATLAS AML.M0020', 'OWASP Agentic (2026) ASI01'],
  why: 'A model follows whatever reads like an instruction, whoever wrote it.',
  remediation: 'Look for instructions in what comes from strangers before the model reads it, keep it apart from the prompt, and stop what fails.',
  effort: 'M',
  falsePositives: 'The gateway or the provider may screen already: declare it as a `guardrail : input`. A caller may be one of your own systems: declare `trusted yes`.',
  applies: writesText,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, speakersOf(architecture).map((speaker) => judgeInput(architecture, speaker)));
  },
};

/** What strangers wrote that gets into a prompt; pages that a tool brings are judged as documents are. */
function writtenByStrangers(architecture: Architecture, speaker: Speaker): Untrusted[] {
  const readers = [speaker.component.name, ...speaker.agents.map(({ name }) => name)];
  return [...new Set(readers)].flatMap((name) => untrustedReach(architecture, name)).filter(({ origin }) => origin.kind !== 'tool');
}

/** What gets in past every knowledge base; what is indexed is judged where it is indexed. */
const straight = (architecture: Architecture, written: readonly Untrusted[]): Untrusted[] => written.filter(({ path }) => path.every((edge) => architecture.components.get(edge.from)?.kind !== 'knowledge' && architecture.components.get(edge.to)?.kind !== 'knowledge'));

function judgeInput(architecture: Architecture, speaker: Speaker): Outcome {
  const { component } = speaker;
  const { name } = component;
  const written = writtenByStrangers(architecture, speaker);
  const [first] = straight(architecture, written);
  const guard = guardedOn(architecture, speaker, 'input');
  const [blocking] = guard.by.filter((guardrail) => presenceOf(guardrail, 'blocking') !== 'absent');
  const mixed = speaker.prompts.find((prompt) => presenceOf(prompt, 'separates_user_text') === 'absent');
  // A prompt that marks nothing as text of others fails for what is indexed, too.
  if (mixed && written[0] && (blocking || !first)) return judgeMixed(component, mixed, written[0], blocking?.name);
  if (blocking) return satisfied(component, { because: `${blocking.name} looks at what comes in`, evidence: evidenceOf(statementOf(blocking, 'checks')) });
  if (!first) return judgeUnknownInput(architecture, speaker);
  const says = saysOf(component, first);
  const separated = speaker.prompts.find((prompt) => value(prompt, 'separates_user_text') === true);
  const details = { path: hopsOf(first.path), changes: guardChanges(architecture, speaker, 'input'), impact: 'Hidden instructions are found before the model reads them' };
  const reporting = guard.by[0];
  if (reporting) return weak(component, { ...details, changes: [{ op: 'set', subject: reporting.name, property: 'blocking', value: true }], message: `${says}, and ${reporting.name} only reports what it finds there.` });
  if (guard.state === 'absent') {
    if (separated) return weak(component, { ...details, severity: 'medium', message: `${says}, kept apart from the instructions in ${separated.name}, but nothing looks for instructions in it.` });
    return gap(component, { ...details, message: `${says}, and nothing screens it on the way.` });
  }
  if (guard.open.length > 0 && speaker.userFacing === true) return notApplicable(`Which side ${listed(guard.open.map((guardrail) => guardrail.name))} checks is asked of the guardrails of ${name}.`, component);
  const property = component.kind === 'service' ? 'guarded_by' : undefined;
  return question(component, property, `${says}: what looks for instructions in it before the model reads it? Declare a \`guardrail … : input\`, or \`guardrail none\`.`);
}

const saysOf = ({ name }: Component, { asked, who, path, origin }: Untrusted): string => `${asked ? `What comes from ${who}` : path.length === 0 ? 'What strangers wrote' : `What ${who === 'users' ? 'users write' : 'anyone can write'} in ${origin.name}`} gets into the prompts of ${name}`;

function judgeMixed(component: Component, prompt: Component<'prompt'>, text: Untrusted, screen: string | undefined): Outcome {
  const found = screen === undefined ? 'it reads like the instructions themselves' : `what ${screen} lets pass reads like the instructions themselves`;
  return weak(component, {
    about: prompt.name,
    severity: 'medium',
    message: `${saysOf(component, text)}, and ${prompt.name} does not keep it apart: ${found}.`,
    path: hopsOf(text.path),
    changes: [{ op: 'set', subject: prompt.name, property: 'separates_user_text', value: true }],
    remedy: 'Put what others wrote into a part of the prompt of its own, marked as text and not as instruction.',
    impact: 'Text of strangers is read as text',
  });
}

/** Nobody says that strangers write what it reads: asked where somebody might. */
function judgeUnknownInput(architecture: Architecture, speaker: Speaker): Outcome {
  const { component } = speaker;
  const { consumers } = openOrigins(architecture, component.name);
  const [asking] = consumers.filter((consumer) => consumer.variant === 'user' || consumer.variant === undefined);
  const guard = guardedOn(architecture, speaker, 'input');
  // Who gives an agent its tasks may do so; what it reads on the way is the danger.
  if (component.kind === 'agent' || !asking || (speaker.userFacing === true && guard.open.length > 0)) return notApplicable(`Nothing that strangers write is declared to get straight into the prompts of ${component.name}.`, component);
  return question(asking, 'trusted', `Can what comes from ${asking.name} to ${component.name} be believed, or may a stranger hide instructions in it? Declare \`trusted\`, or a \`guardrail … : input\`.`);
}

export const bothSidesGuarded: Criterion = {
  id: 'LLM-08',
  slug: 'input-and-output-are-guarded',
  title: 'Where people talk to a model, what goes in and what comes out is checked',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS Generative AI Lens GENSEC02-BP01', 'MITRE ATLAS AML.M0020', 'OWASP LLM (2025) LLM05', 'OWASP LLM (2025) LLM09'],
  why: 'A check of questions does not see what the model makes of them, and a check of answers comes too late for what was asked in bad faith.',
  remediation: 'Check on both sides: what is asked for injection and abuse, what is answered for claims, policy and harm; and say what happens to what fails.',
  effort: 'M',
  falsePositives: 'The provider may filter answers: declare it as a `guardrail : output`, or `: both`.',
  applies: writesText,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, speakersOf(architecture).map((speaker) => judgeSides(architecture, speaker)));
  },
};

function judgeSides(architecture: Architecture, speaker: Speaker): Outcome {
  const { component } = speaker;
  const { name } = component;
  if (speaker.userFacing !== true) return notApplicable(`No people are declared to talk to ${name}.`, component);
  if (writesCode(speaker)) return notApplicable(`${name} writes code, which is tested and not believed.`, component);
  const [input, output] = [guardedOn(architecture, speaker, 'input'), guardedOn(architecture, speaker, 'output')];
  const affects = value(architecture.system, 'affects') ?? [];
  const grave = affects.some((item) => item === 'people' || item === 'safety' || item === 'money');
  if (output.state === 'absent') {
    const other = guardrailsOf(architecture, speaker)[0];
    return (other ? weak : gap)(component, {
      severity: grave ? 'high' : 'medium',
      at: statementOf(component, 'guarded_by') ? 'guarded_by' : undefined,
      message: `${other ? `${other.name} checks what ${name} is asked, but nothing` : 'Nothing'} checks what ${name} answers before people read it.`,
      changes: guardChanges(architecture, speaker, input.state === 'absent' ? 'both' : 'output'),
      impact: 'What is wrong or harmful is held back',
    });
  }
  const silent = output.by.filter((guardrail) => presenceOf(guardrail, 'blocking') === 'absent');
  if (output.by.length > 0 && silent.length === output.by.length) {
    return weak(component, { severity: 'low', message: `${listed(silent.map((guardrail) => guardrail.name))} ${silent.length > 1 ? 'look' : 'looks'} at the answers of ${name} and ${silent.length > 1 ? 'stop' : 'stops'} none.`, changes: silent.map((guardrail): Change => ({ op: 'set', subject: guardrail.name, property: 'blocking', value: true })) });
  }
  // Input that is known to come from strangers is judged by itself.
  if (output.state === 'present' && input.state === 'absent' && straight(architecture, writtenByStrangers(architecture, speaker)).length === 0 && !speaker.prompts.some((prompt) => value(prompt, 'separates_user_text') === true)) {
    return gap(component, { severity: 'low', message: `${output.by[0]?.name ?? ''} checks what ${name} answers, but nothing checks what it is asked.`, changes: guardChanges(architecture, speaker, 'input') });
  }
  const unclear = [...new Set([...input.open, ...output.open])].filter((guardrail) => sidesOf(guardrail) === undefined || input.state === 'undeclared');
  if (output.state === 'undeclared' || (input.state === 'undeclared' && unclear.length > 0)) {
    if (unclear.length > 0) return question(unclear[0] ?? component, undefined, `${listed(unclear.map((guardrail) => guardrail.name))}: what goes into ${name}, what comes out, or both? Write \`: input\`, \`: output\` or \`: both\` after the name.`, name);
    return question(component, component.kind === 'service' ? 'guarded_by' : undefined, `What checks the answers of ${name} before people read them? Declare a \`guardrail … : output\`, or \`guardrail none\`.`);
  }
  return satisfied(component, { because: input.state === 'present' ? 'both sides are checked' : `${output.by[0]?.name ?? ''} checks what comes out` });
}

/** A guardrail in front of what answers, behind it, or on both sides. */
export function guardChanges(architecture: Architecture, { component }: Speaker, side: Side | 'both'): Change[] {
  const checks = [...(side === 'output' ? [] : ['injection', 'pii']), ...(side === 'input' ? [] : ['grounded', 'policy']), 'toxicity'];
  const name = freeName(architecture, `${component.name}${side === 'input' ? 'Screen' : 'Check'}`);
  const denied: Change[] = component.kind === 'service' && presenceOf(component, 'guarded_by') === 'absent' && statementOf(component, 'guarded_by') ? [{ op: 'unset', subject: component.name, property: 'guarded_by' }] : [];
  const draft: Change = { op: 'add-component', component: { kind: 'guardrail', name, variant: side, properties: { guards: [component.name], checks, blocking: true, on_failure: side === 'input' ? 'refuse' : 'human' } } };
  return [...denied, draft];
}

