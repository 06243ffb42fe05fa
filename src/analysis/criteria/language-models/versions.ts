import type { Architecture, Component } from '../../../model/architecture.ts';
import { isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { speakersOf, vendorWriters, writesText, type Speaker } from '../../generative/speakers.ts';
import { evidenceOf, judgePresence } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

/** Names that stand for whatever the vendor serves today. */
const MOVING = /(^|[-_ .])(latest|current|newest|stable|preview)$/i;
const DATED = /\d{4}-?\d{2}-?\d{2}/;

/** Whether the version of a vendor’s model is fixed, as far as the file says. */
export function pinOf(model: Component<'model'>): { readonly state: 'pinned' | 'moving' | 'undeclared' | 'unknown'; readonly because: string; readonly at?: string } {
  const [version, upgrade, llm] = [value(model, 'version'), presenceOf(model, 'auto_upgrade'), value(model, 'llm')];
  if (upgrade === 'present') return { state: 'moving', because: `the vendor may change ${version === undefined ? 'its version' : `version ${version}`} at any time`, at: 'auto_upgrade' };
  if (version !== undefined && MOVING.test(version)) return { state: 'moving', because: `its version is “${version}”, whatever that is today`, at: 'version' };
  if (presenceOf(model, 'version') === 'absent') return { state: 'moving', because: 'no version is asked for', at: statementOf(model, 'version') ? 'version' : undefined };
  if (version !== undefined) return { state: 'pinned', because: `version ${version}` };
  if (upgrade === 'absent') return { state: 'pinned', because: 'the vendor may not change it' };
  if (llm !== undefined && DATED.test(llm)) return { state: 'pinned', because: `its name ${llm} has a date` };
  return { state: presenceOf(model, 'version') === 'unknown' ? 'unknown' : 'undeclared', because: '' };
}

export const vendorModelPinned: Criterion = {
  id: 'LLM-02',
  slug: 'vendor-model-is-pinned',
  title: 'The version of a vendor’s model is fixed, and changes when the team decides',
  type: 'gap',
  severity: 'medium',
  failureMode: 'drift',
  sources: ['AWS Generative AI Lens GENREL04-BP02', 'ML Test Score Monitor 1', 'OWASP LLM (2025) LLM03'],
  why: 'A prompt is tuned to one version. When the vendor exchanges it, answers change on a day that nobody chose, and nothing on this side shows why.',
  remediation: 'Ask for a dated version, turn automatic upgrades off, and move to the next one through the evaluation.',
  effort: 'S',
  falsePositives: 'The vendor may offer fixed versions under undated names: declare `version` and `auto_upgrade no`.',
  applies: ({ architecture }) => vendorWriters(architecture).length > 0 || 'No language model of a vendor is declared.',
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, vendorWriters(architecture).map(judgePin));
  },
};

function judgePin(model: Component<'model'>): Outcome {
  const pin = pinOf(model);
  if (pin.state === 'pinned') return satisfied(model, { because: pin.because, evidence: evidenceOf(statementOf(model, 'version')) });
  if (pin.state !== 'moving') return { ...question(model, 'version', `Which version of ${model.name} is asked for, and may the vendor exchange it (\`auto_upgrade\`)?`), statedUnknown: pin.state === 'unknown' };
  const version = value(model, 'version');
  return gap(model, {
    at: pin.at,
    message: `${model.name} is not fixed: ${pin.because}.`,
    // Which version runs today only the vendor can say.
    changes: pin.at === 'auto_upgrade' && version !== undefined && !MOVING.test(version) ? [{ op: 'set', subject: model.name, property: 'auto_upgrade', value: false }] : [],
    impact: 'Answers change only when the team changes something',
  });
}

export const promptsVersioned: Criterion = {
  id: 'LLM-03',
  slug: 'prompts-have-versions',
  title: 'Instructions to a model have versions, as code has, and are released',
  type: 'gap',
  severity: 'medium',
  failureMode: 'rollout',
  sources: ['AWS Generative AI Lens GENOPS03-BP01', 'AWS Agentic AI Lens AGENTOPS02-BP03'],
  why: 'A word in a prompt changes answers as a new model does. Without versions nobody can say which words answered yesterday, or go back to them.',
  remediation: 'Keep prompts in the repository or in a registry of prompts, give each state a version, and release them as code.',
  effort: 'S',
  falsePositives: 'Prompts may live in the code of the service: declare a `prompt` with `versioned yes` and its `file`.',
  applies: writesText,
  *evaluate({ architecture }) {
    const prompts = [...architecture.components.values()].filter((component): component is Component<'prompt'> => component.kind === 'prompt');
    for (const prompt of prompts) yield judgePrompt(prompt);
    const without = speakersOf(architecture).filter((speaker) => speaker.prompts.length === 0);
    const byHand = without.flatMap(({ agents }) => agents).filter((agent) => value(agent, 'managed_by') === 'console' && presenceOf(agent, 'versioned') !== 'present');
    for (const agent of byHand) yield weak(agent, { at: 'managed_by', message: `The instructions of ${agent.name} are entered by hand in a console: no version of them can be reviewed, released or gone back to.`, changes: [{ op: 'set', subject: agent.name, property: 'managed_by', value: 'code' }] });
    if (prompts.length === 0) yield* judgeNone(architecture, without.filter(({ agents }) => !agents.some((agent) => byHand.includes(agent))));
  },
};

function judgePrompt(prompt: Component<'prompt'>): Outcome {
  const stated = judgePresence(prompt, 'versioned', {
    ask: `Does each state of ${prompt.name} have a version that can be named and gone back to?`,
    missing: { message: `${prompt.name} is changed in place: its states have no versions.`, changes: [{ op: 'set', subject: prompt.name, property: 'versioned', value: true }], impact: 'Every answer can be tied to its instructions' },
  });
  // Some file in a repository is a version.
  if (stated.outcome === 'question' && presenceOf(prompt, 'file') === 'present') return satisfied(prompt, { because: 'it is a file', evidence: evidenceOf(statementOf(prompt, 'file')) });
  return stated;
}

function* judgeNone(architecture: Architecture, without: readonly Speaker[]): Iterable<Outcome> {
  const open = without.filter(({ agents }) => !(agents.length > 0 && agents.every((agent) => presenceOf(agent, 'versioned') === 'present')));
  const names = listed(open.map(({ component }) => component.name));
  if (open.length === 0) {
    if (without.length > 0) yield satisfied(architecture.system, { because: 'instructions are a part of agents that have versions' });
    return;
  }
  if (isKindAbsent(architecture, 'prompt')) yield notApplicable(`${names} works without instructions of its own.`);
  else yield question(architecture.system, undefined, `Where are the instructions of ${names}, and does each state of them have a version? Declare a \`prompt\` with \`versioned\`.`);
}

export const promptsWithoutSecrets: Criterion = {
  id: 'LLM-10',
  slug: 'prompts-hold-no-secrets',
  title: 'Instructions to a model hold no secrets, and decide nothing about rights',
  type: 'gap',
  severity: 'medium',
  pack: 'llm',
  counts: 'at every stage',
  sources: ['OWASP LLM (2025) LLM07'],
  why: 'What is in a prompt can be coaxed out of the model, and a rule that is only there can be talked away.',
  remediation: 'Take credentials and rules about rights out of the prompt; let code decide who may do what.',
  effort: 'S',
  falsePositives: 'What looks like a secret may be a name that anyone knows: declare `secrets no`.',
  applies: ({ architecture }) => speakersOf(architecture).some(({ prompts }) => prompts.length > 0) || 'No prompt of anything that writes text is declared.',
  *evaluate({ architecture }) {
    const prompts = new Set(speakersOf(architecture).flatMap((speaker) => speaker.prompts));
    yield* askedOnce(architecture.system, [...prompts].map(judgeSecrets));
  },
};

function judgeSecrets(prompt: Component<'prompt'>): Outcome {
  const held = value(prompt, 'contains')?.includes('credentials') === true;
  const secrets = presenceOf(prompt, 'secrets');
  if (secrets === 'present' || held) {
    const classes = (value(prompt, 'contains') ?? []).filter((item) => item !== 'credentials');
    return gap(prompt, {
      at: secrets === 'present' ? 'secrets' : 'contains',
      message: `${prompt.name} holds credentials or rules about who may do what: whoever talks to the model long enough reads them.`,
      changes: [{ op: 'set', subject: prompt.name, property: 'secrets', value: false }, ...(held ? [{ op: 'set' as const, subject: prompt.name, property: 'contains', value: classes.length > 0 ? classes : ['none'] }] : [])],
    });
  }
  if (secrets === 'absent') return satisfied(prompt, { evidence: evidenceOf(statementOf(prompt, 'secrets')) });
  return { ...question(prompt, 'secrets', `Does ${prompt.name} hold keys, passwords or rules about who may do what?`), statedUnknown: secrets === 'unknown' };
}
