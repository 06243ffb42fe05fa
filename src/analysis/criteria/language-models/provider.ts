import type { Architecture, Component } from '../../../model/architecture.ts';
import { callsOf, isFallback } from '../../../model/graph/calls.ts';
import { taintOf } from '../../../model/graph/taint.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { PRIVATE, privateReach } from '../../generative/private-data.ts';
import { speakersOf, writesText, type Speaker } from '../../generative/speakers.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { hasFallback, isVendor, wayTo, type Service } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';

export const providerFailure: Criterion = {
  id: 'LLM-07',
  slug: 'answers-without-the-provider',
  title: 'Something answers when the provider of a language model does not',
  type: 'gap',
  severity: 'medium',
  failureMode: 'infrastructure',
  sources: ['AWS Generative AI Lens GENREL03-BP01', 'AWS Generative AI Lens GENREL05-BP01', 'NIST AI RMF GOVERN 6.2'],
  why: 'Interfaces of providers refuse, slow down and fail by the hour, and nobody on this side can repair them.',
  remediation: 'Have a second model or region behind the same call, or say what the service does without one: a shorter answer, a cached one, a person.',
  effort: 'M',
  falsePositives: 'The client may turn to another region by itself: declare `fallback`, or a second flow with `fallback yes`.',
  applies: writesText,
  *evaluate({ architecture }) {
    const outcomes = speakersOf(architecture).flatMap((speaker) => [...judgeProvider(architecture, speaker)]);
    if (outcomes.length === 0) yield notApplicable('No language model of a provider is declared to be asked while somebody waits.');
    yield* askedOnce(architecture.system, outcomes);
  },
};

function* judgeProvider(architecture: Architecture, speaker: Speaker): Iterable<Outcome> {
  const { component, vendors } = speaker;
  const main = vendors.filter((vendor) => !onlySpare(architecture, vendor));
  if (main.length === 0) {
    // A service that runs a vendor's model names no interface: it is the interface.
    if (component.kind === 'service' && speaker.models.length > 0 && speaker.models.every(isVendor)) yield judge(architecture, speaker, component as Service, [component as Service]);
    return;
  }
  for (const vendor of main) yield judge(architecture, speaker, vendor as Service, [vendor as Service, ...(component.kind === 'service' ? [component as Service] : [])]);
}

const onlySpare = (architecture: Architecture, vendor: Component): boolean => {
  const calls = callsOf(architecture).to.get(vendor.name) ?? [];
  return calls.length > 0 && calls.every(isFallback);
};

function judge(architecture: Architecture, speaker: Speaker, vendor: Service, bearers: readonly Service[]): Outcome {
  const standing = bearers.find((bearer) => hasFallback(architecture, bearer));
  if (standing) return satisfied(vendor, { because: `something else answers in place of ${standing.name}`, evidence: evidenceOf(statementOf(standing, 'fallback')) });
  const calls = callsOf(architecture).to.get(vendor.name) ?? [];
  if (calls.length > 0 && calls.every(({ edge }) => edge.flow && (value(edge.flow, 'optional') === true || value(edge.flow, 'fails') === 'open'))) return satisfied(vendor, { because: 'its callers go on without it' });
  if (speaker.component.variant === 'batch') return notApplicable(`${speaker.component.name} works in jobs, which can be run again.`, speaker.component);
  const message = `When ${vendor.name} does not answer, neither does ${speaker.component.name}: no other model, and nothing simpler, stands by.`;
  for (const bearer of bearers) {
    const planned = plannedInstead(bearer, 'fallback', { message });
    if (planned) return planned;
  }
  // What the vendor's part is said to lack, the service before it would have to say that it has.
  const denied = bearers.find((bearer) => presenceOf(bearer, 'fallback') === 'absent');
  if (denied) {
    return gap(vendor, {
      at: denied === vendor && statementOf(vendor, 'fallback') ? 'fallback' : undefined,
      severity: speaker.userFacing === true ? 'high' : 'medium',
      message,
      path: wayTo(architecture, vendor.name),
      changes: [{ op: 'set', subject: denied.name, property: 'fallback', value: 'degraded' }],
      impact: 'An outage of the provider is not one of the service',
    });
  }
  return { ...question(vendor, 'fallback', `What answers when ${vendor.name} does not?`), statedUnknown: bearers.some((bearer) => presenceOf(bearer, 'fallback') === 'unknown') };
}

export const vendorTerms: Criterion = {
  id: 'LLM-09',
  slug: 'vendor-keeps-to-terms',
  title: 'It is settled what a provider may do with personal or confidential data in prompts',
  type: 'gap',
  severity: 'high',
  pack: 'llm',
  counts: 'at every stage',
  sources: ['OWASP LLM (2025) LLM02', 'ISO/IEC 42001 A.10.3', 'AWS Generative AI Lens GENSEC01-BP01'],
  why: 'Prompts hold what people typed and what was fetched for them. Without terms the provider may keep it, read it and learn from it.',
  remediation: 'Agree that nothing is kept and nothing is learned from, or mask such data before it leaves.',
  effort: 'M',
  falsePositives: 'The data may be masked on the way: declare `masks` of the flow. The terms may be in the contract: declare `data_terms`.',
  applies: writesText,
  *evaluate({ architecture }) {
    const outcomes = speakersOf(architecture).flatMap((speaker) => [...judgeTerms(architecture, speaker)]);
    if (outcomes.length === 0) yield notApplicable('No language model of a provider is declared.');
    yield* askedOnce(architecture.system, outcomes);
  },
};

function* judgeTerms(architecture: Architecture, speaker: Speaker): Iterable<Outcome> {
  const { component, models } = speaker;
  const places: readonly Component[] = speaker.vendors.length > 0 ? speaker.vendors : models.length > 0 && models.every(isVendor) ? [component] : [];
  const outcomes = places.map((place) => judgePlace(architecture, speaker, place as Service));
  const asked = outcomes.filter((outcome) => outcome.outcome === 'question');
  yield* outcomes.filter((outcome) => outcome.outcome !== 'question');
  const [first] = asked;
  // Providers that stand in for each other get the same, so it is asked once.
  if (first) yield asked.length > 1 ? { ...first, message: `${first.message} Declare \`data_terms\` of ${listed(asked.map(({ subject }) => subject.name))}.` } : first;
  if (places.length > 0) return;
  const unsaid = models.find((model) => model.variant === undefined && !isVendor(model));
  if (unsaid && speaker.userFacing === true && !speaker.component.properties.contains) yield question(component, undefined, `Does what people write to ${component.name} reach a provider with ${unsaid.name}, and is anything personal or confidential in it? Declare what sort of model it is, and \`contains\` of the flow.`);
}

function judgePlace(architecture: Architecture, speaker: Speaker, place: Service): Outcome {
  const reached = sentTo(architecture, speaker, place);
  const classes = PRIVATE.filter((dataClass) => reached.has(dataClass));
  const bearers: readonly Component[] = [place, ...speaker.models.filter(isVendor)];
  const stated = bearers.find((bearer) => presenceOf(bearer, 'data_terms') === 'present') as Service | undefined;
  const terms = stated && value(stated, 'data_terms');
  const [first] = classes;
  if (first === undefined) return unclassified(architecture, speaker, place, terms !== undefined);
  const details = { path: hopsOf(reached.get(first) ?? []), changes: [{ op: 'set' as const, subject: (stated ?? place).name, property: 'data_terms', value: ['no_training', 'no_retention', ...(terms?.includes('agreement') ? ['agreement'] : [])] }] };
  const reaches = `${listed(classes).replace(/^./, (letter) => letter.toUpperCase())} ${classes.length > 1 ? 'reach' : 'reaches'} ${place.name === speaker.component.name ? `the provider behind ${place.name}` : place.name}`;
  if (terms) {
    const open = [!terms.includes('no_training') && !terms.includes('no_retention') && 'whether it learns from it', !terms.includes('no_retention') && !terms.includes('limited_retention') && 'how long it keeps it'].filter((part) => part !== false);
    if (open.length === 0) return satisfied(place, { because: 'its terms say what becomes of data', evidence: evidenceOf(statementOf(stated, 'data_terms')) });
    return weak(place, { ...details, severity: 'medium', message: `${reaches}, and its terms do not say ${open.join(' or ')}.` });
  }
  if (bearers.some((bearer) => presenceOf(bearer, 'data_terms') === 'absent')) return gap(place, { ...details, at: statementOf(place, 'data_terms') ? 'data_terms' : undefined, message: `${reaches} unmasked, and nothing settles what the provider may do with it.` });
  const planned = plannedInstead(place, 'data_terms', { message: `${reaches}, and it is not settled yet what the provider may do with it.` });
  return planned ?? { ...question(place, 'data_terms', `${reaches}: may the provider keep it, or learn from it?`), statedUnknown: bearers.some((bearer) => presenceOf(bearer, 'data_terms') === 'unknown') };
}

/** Classes of data that get to a provider: with requests, and in what is read for its prompts; each with a way by which. */
function sentTo(architecture: Architecture, speaker: Speaker, place: Service): Map<string, readonly Edge[]> {
  const reached = new Map<string, readonly Edge[]>(taintOf(architecture, place.name));
  const into = (edgesOf(architecture).in.get(place.name) ?? []).filter((edge) => edge.payload === 'request');
  for (const name of [speaker.component.name, ...speaker.agents.map((agent) => agent.name)]) {
    for (const { dataClass, path } of privateReach(architecture, name)) {
      const masked = into.length > 0 && into.every(({ flow }) => flow && value(flow, 'masks')?.includes(dataClass));
      const last = into.find((edge) => edge.from === name);
      if (!masked && !reached.has(dataClass)) reached.set(dataClass, last ? [...path, last] : path);
    }
  }
  return reached;
}

/** Nothing private is declared to get there; it is open where nobody says what people send. */
function unclassified(architecture: Architecture, speaker: Speaker, place: Service, settled: boolean): Outcome {
  const around = [...speaker.before, ...speaker.names];
  const said = around.some((name) => value(architecture.components.get(name) as Service, 'contains')) || architecture.flows.some((flow) => (around.includes(flow.from) || around.includes(flow.to)) && (value(flow, 'contains') ?? value(flow, 'masks')));
  if (said || settled || speaker.userFacing !== true) return notApplicable(`Nothing personal or confidential is declared to reach ${place.name} unmasked.`, place);
  return question(place, 'data_terms', `Is anything personal or confidential in what reaches ${place.name} (\`contains\` of the flow), and may the provider keep it or learn from it?`);
}
