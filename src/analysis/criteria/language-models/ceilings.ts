import type { Architecture, Component } from '../../../model/architecture.ts';
import { exactly } from '../../../model/quantity.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { speakersOf, writesText, type Speaker } from '../../generative/speakers.ts';
import { observedServices } from '../../monitoring/observed.ts';
import { predictionLogOf } from '../../monitoring/predictions-log.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const ceilings: Criterion = {
  id: 'LLM-06',
  slug: 'tokens-and-callers-have-ceilings',
  title: 'An answer has a longest length, and a caller a limit',
  type: 'gap',
  severity: 'high',
  failureMode: 'cost',
  sources: ['OWASP LLM (2025) LLM10', 'AWS Generative AI Lens GENCOST03-BP01', 'AWS Generative AI Lens GENOPS02-BP03', 'MITRE ATLAS AML.M0004'],
  why: 'Work and cost of an answer grow with its length, and the length is chosen by whoever asks: one caller with a loop takes what is there for all.',
  remediation: 'Limit the tokens of an answer, what one caller may ask in a minute, and what one user may cost.',
  effort: 'S',
  falsePositives: 'A gateway may hold the limits: declare `rate_limit` there, or `user_ceiling` and `max_tokens` of the service.',
  applies: writesText,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, speakersOf(architecture).map((speaker) => judge(architecture, speaker)));
  },
};

type State = 'present' | 'absent' | 'undeclared';

function judge(architecture: Architecture, speaker: Speaker): Outcome {
  const { component } = speaker;
  if (component.kind === 'agent') return notApplicable(`What ends ${component.name} is asked of agents.`, component);
  if (component.variant === 'batch') return notApplicable(`${component.name} works in jobs, on what it is given.`, component);
  const near = [...new Set([...speaker.names, ...speaker.before])].flatMap((name) => architecture.components.get(name) ?? []).filter(({ kind }) => kind === 'service' || kind === 'gateway' || kind === 'agent');
  const length = stateOf(near, ['max_tokens', 'max_cost']);
  const caller = stateOf(near, ['rate_limit', 'user_ceiling']);
  if (length.state === 'present' && caller.state === 'present') return satisfied(component, { because: `${length.by} limits an answer, and ${caller.by} a caller`, evidence: evidenceOf(statementOf(component, 'max_tokens')) });
  const absent = [length.state === 'absent' && 'an answer may be of any length', caller.state === 'absent' && 'one caller may ask without a limit'].filter((part) => part !== false);
  if (absent.length > 0) {
    const ceiling = near.find((item) => presenceOf(item, 'ceiling') === 'present');
    const tokens = longest(architecture, speaker);
    return gap(component, {
      at: ['max_tokens', 'rate_limit', 'user_ceiling'].find((property) => statementOf(component, property)),
      mitigated: ceiling !== undefined,
      message: `${absent.join(', and ')}, as far as ${component.name} goes${ceiling ? `; only the ceiling of ${ceiling.name} ends it` : ''}.`.replace(/^./, (letter) => letter.toUpperCase()),
      // Limits of callers hang on who they are; how long an answer may be follows from how long it is.
      changes: length.state === 'absent' && caller.state !== 'absent' && tokens !== undefined ? [{ op: 'set', subject: component.name, property: 'max_tokens', value: exactly(tokens, 'tokens') }] : [],
      impact: 'One caller cannot take what is there for all',
    });
  }
  const asks = [length.state !== 'present' && 'how long may an answer be (`max_tokens`)', caller.state !== 'present' && 'what may one user ask or cost (`rate_limit`, `user_ceiling`)'].filter((part) => part !== false);
  const property = length.state === 'present' ? 'user_ceiling' : 'max_tokens';
  return question(component, property, `${component.name}: ${asks.join(', and ')}?`);
}

/** Present if any part says so, absent if what answers, or all that could, says that there is none. */
function stateOf(near: readonly Component[], properties: readonly string[]): { readonly state: State; readonly by?: string } {
  const present = near.find((item) => properties.some((property) => presenceOf(item, property) === 'present'));
  if (present) return { state: 'present', by: present.name };
  const denied = near.some((item) => properties.some((property) => statementOf(item, property)?.state === 'none') || (item.kind !== 'gateway' && properties.every((property) => presenceOf(item, property) === 'absent')));
  return { state: denied ? 'absent' : 'undeclared' };
}

/** Twice what an answer usually has, where that is known. */
function longest(architecture: Architecture, { before }: Speaker): number | undefined {
  const outputs = [...before].flatMap((name) => {
    const consumer = architecture.components.get(name);
    const tokens = consumer?.kind === 'consumer' ? value(consumer as Component<'consumer'>, 'tokens')?.output : undefined;
    return tokens ? [tokens.high] : [];
  });
  return outputs.length > 0 ? Math.ceil(2 * Math.max(...outputs)) : undefined;
}

export const tracesTell: Criterion = {
  id: 'LLM-11',
  slug: 'traces-tell-prompt-documents-and-tokens',
  title: 'The record of an answer tells which prompt, which documents and how many tokens made it',
  type: 'weak',
  severity: 'medium',
  pack: 'llm',
  failureMode: 'reproducibility',
  sources: ['AWS Generative AI Lens GENOPS03-BP02', 'MITRE ATLAS AML.M0024', 'AWS Agentic AI Lens AGENTOPS05-BP01'],
  why: 'When an answer was wrong, the cause is in the words of the prompt, in what was found, or in the model. A record without them leaves only guesses.',
  remediation: 'Write the version of the prompt, the ids of the documents and the tokens into the log or trace of each answer.',
  effort: 'S',
  falsePositives: 'A tracing tool may record them: declare them in `logs`, or `config_version` in `traces`.',
  applies: writesText,
  *evaluate({ architecture }) {
    for (const speaker of speakersOf(architecture)) yield judgeTraces(architecture, speaker);
  },
};

function judgeTraces(architecture: Architecture, speaker: Speaker): Outcome {
  const { component } = speaker;
  const observed = observedServices(architecture).find(({ service }) => service === component);
  if (component.kind !== 'service' || !observed) return notApplicable(`What ${component.name} does is recorded by its tools.`, component);
  const service = component as Component<'service'>;
  const log = predictionLogOf(architecture, observed);
  if (log.stated?.state !== 'present' && presenceOf(service, 'traces') !== 'present') return notApplicable(`That nothing is said of what ${component.name} records is asked, or found, for all that answers with a model.`, component);
  const traced: ReadonlySet<string> = new Set(value(service, 'traces') ?? []);
  const lacks = [
    speaker.prompts.length + speaker.agents.length > 0 && !log.fields.has('prompt_version') && !traced.has('config_version') && { field: 'prompt_version', says: 'the version of the prompt' },
    speaker.knowledge.length > 0 && !log.fields.has('retrieved') && { field: 'retrieved', says: 'which documents were found' },
    !log.fields.has('tokens') && { field: 'tokens', says: 'how many tokens it took' },
  ].filter((part) => part !== false);
  if (lacks.length === 0) return satisfied(component, { because: 'each answer tells what made it', evidence: evidenceOf(log.stated) });
  const logger = log.logger ?? service;
  return weak(logger, {
    at: statementOf(logger, 'logs') ? 'logs' : 'traces',
    severity: lacks.length === 1 && lacks[0]?.field === 'tokens' ? 'low' : 'medium',
    message: `What ${logger.name} records of an answer lacks ${listed(lacks.map(({ says }) => says))}.`,
    changes: [{ op: 'set', subject: logger.name, property: 'logs', value: [...new Set([...(value(logger, 'logs') ?? []), ...lacks.map(({ field }) => field)])] }],
  });
}
