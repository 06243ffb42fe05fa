import type { Architecture, Change } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { observedServices, type Observed } from '../../monitoring/observed.ts';
import { predictionLogOf } from '../../monitoring/predictions-log.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const causesCanBeTold: Rule = {
  id: 'ML20.6',
  slug: 'causes-can-be-told',
  title: 'A wrong answer can be traced to its inputs and its version',
  type: 'gap',
  severity: 'medium',
  why: 'Without the inputs and the version of an answer nobody can say whether the data, the model or the service is at fault, and each team proves that it is not theirs.',
  remediation: 'Write request, features and version under one id, in a trace or in the log of predictions.',
  effort: 'M',
  falsePositives: 'Traces may be in a tool of the platform. Declare `traces` of the service.',
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, observedServices(architecture).map((observed) => judge(architecture, observed)));
  },
};

type Part = 'request' | 'features' | 'model_version';
const WORDS: Readonly<Record<Part, string>> = { request: 'the request', features: 'the inputs', model_version: 'the version' };

function judge(architecture: Architecture, observed: Observed): Outcome {
  const { service, generative } = observed;
  // What a language model gets is the request itself, with what was found for it.
  const needed: readonly Part[] = generative ? ['request', 'model_version'] : ['features', 'model_version'];
  const log = predictionLogOf(architecture, observed);
  const traced: ReadonlySet<string> = new Set(value(service, 'traces') ?? []);
  const has = (part: Part): boolean => traced.has(part) || log.fields.has(part) || (part === 'request' && log.fields.has('features')) || (part === 'model_version' && log.fields.has('prompt_version') && traced.has('config_version'));
  const open = needed.filter((part) => !has(part));
  if (open.length === 0) return satisfied(service, { because: traced.size > 0 ? 'a trace ties them together' : 'each logged prediction carries them', evidence: evidenceOf(statementOf(service, traced.size > 0 ? 'traces' : 'logs')) });
  const traces = presenceOf(service, 'traces');
  if (traces === 'not-applicable') return notApplicable(`${service.name} is not traced.`, service);
  // A log that lists its fields, or none at all, leaves only the trace; a trace that lists its parts says what it lacks.
  const logged = log.stated?.state === 'present' || log.stated?.state === 'none' || presenceOf(service, 'logs') === 'absent';
  if (traces === 'absent' ? logged : traces === 'present' && (logged || log.stated === undefined)) {
    const where = traces === 'present' ? `What ${service.name} traces lacks` : log.stated?.state === 'present' ? `${service.name} is not traced, and what it logs lacks` : `${service.name} is neither traced nor logged: a wrong answer cannot be tied to`;
    const changes: Change[] = [{ op: 'set', subject: service.name, property: 'traces', value: [...new Set(['request', ...traced, ...open, 'prediction'])] }];
    return gap(service, { at: statementOf(service, 'traces') ? 'traces' : statementOf(service, 'logs') ? 'logs' : undefined, message: `${where} ${listed(open.map((part) => WORDS[part]))}.`, changes });
  }
  const planned = plannedInstead(service, 'traces', { message: `Nothing ties a wrong answer of ${service.name} to ${listed(open.map((part) => WORDS[part]))} yet.` });
  if (planned) return planned;
  // Not traced is an answer, so what is left to ask is the log.
  if (traces === 'absent') {
    const logger = log.logger ?? service;
    return { ...question(logger, 'logs', `${service.name} is not traced. Does what ${logger.name} logs tie an answer to ${listed(needed.map((part) => WORDS[part]))}?`), statedUnknown: presenceOf(logger, 'logs') === 'unknown' };
  }
  return { ...question(service, 'traces', `When ${service.name} answers wrongly, what ties the answer to ${listed(needed.map((part) => WORDS[part]))}?`), statedUnknown: traces === 'unknown' };
}
