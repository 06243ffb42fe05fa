import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { dutyState, speaksOf } from '../../compliance/duties.ts';
import { beginning, certaintyOf, LEGAL_DATES } from '../../compliance/legal-dates.ts';
import { unservedAgents } from '../../deployment/agents.ts';
import { speakersOf, writesCode } from '../../generative/speakers.ts';
import { hopsOf } from '../../hops.ts';
import { observedServices } from '../../monitoring/observed.ts';
import { judgePresence, evidenceOf } from '../../presence.ts';
import { notApplicable, satisfied, weak, type Context, type Criterion, type FindingDetails, type Outcome } from '../../rule.ts';

type Speaker = Component<'service' | 'agent'>;

export const disclosure: Criterion = {
  id: 'COMP-07',
  slug: 'people-are-told',
  title: 'People who talk to a machine, or see what it made, are told so',
  type: 'gap',
  severity: 'medium',
  sources: ['EU AI Act Article 50', 'ISO/IEC 42001 A.8.2'],
  why: 'People trust a text by who wrote it. Who finds out later that it was a machine no longer believes the rest, and the law asks for it to be said at the start.',
  remediation: 'Say it in the first words of the conversation, and mark text, image and sound that leave it.',
  effort: 'S',
  falsePositives: 'Where it is obvious to everyone that it is a machine, such as completion in an editor, nothing has to be said: declare `discloses n/a because "…"`.',
  pack: 'compliance',
  counts: 'at every stage',
  applies: ({ architecture }) => spokenTo(architecture).length > 0 || 'No language model is declared that people talk to.',
  *evaluate({ architecture, today }: Context) {
    yield* askedOnce(architecture.system, spokenTo(architecture).map((spoken) => judge(architecture, spoken, today)));
  },
};

interface Spoken {
  /** The one nearest to people. */
  readonly speaker: Speaker;
  readonly speakers: readonly Speaker[];
}

/** Language models with which people talk: they say so, or persons ask them without an application between. */
function spokenTo(architecture: Architecture): Spoken[] {
  const served = observedServices(architecture).filter(({ generative }) => generative).map(({ service, names }) => {
    const near = [...names].flatMap((name) => architecture.components.get(name) ?? []).filter((component): component is Speaker => component.kind === 'service' || component.kind === 'agent');
    return [...new Set<Speaker>([service, ...near])];
  });
  // Who lets a program write code knows that it is one.
  const coding = new Set(speakersOf(architecture).filter(writesCode).flatMap(({ names }) => [...names]));
  const all = [...served, ...unservedAgents(architecture).map((agent): Speaker[] => [agent])];
  return all.filter(([first]) => first && !coding.has(first.name)).flatMap((speakers) => {
    if (speakers.some((component) => component.kind === 'service' && presenceOf(component, 'user_facing') === 'absent')) return [];
    const facing = speakers.find((component) => component.kind === 'service' && value(component as Component<'service'>, 'user_facing') === true) ?? speakers.find((component) => askedByPersons(architecture, component).length > 0);
    return facing ? [{ speaker: facing, speakers }] : [];
  });
}

function askedByPersons(architecture: Architecture, component: Component) {
  return (edgesOf(architecture).in.get(component.name) ?? []).filter((edge) => {
    const caller = architecture.components.get(edge.from);
    return edge.payload === 'request' && caller?.kind === 'consumer' && caller.variant === 'user';
  });
}

function judge(architecture: Architecture, { speaker, speakers }: Spoken, today: string): Outcome {
  const told = speakers.find((component) => presenceOf(component, 'discloses') === 'present');
  if (told) {
    const stated = statementOf(told, 'discloses');
    const said = value(told as Component<'service'>, 'discloses') ?? [];
    if (said.includes('machine')) return satisfied(told, { because: 'people are told that it is a machine', evidence: evidenceOf(stated) });
    return weak(told, { at: 'discloses', message: `What ${told.name} makes is marked, but people are not told that they talk to a machine. ${beginning(LEGAL_DATES.transparency, today)}`, changes: [{ op: 'set', subject: told.name, property: 'discloses', value: ['machine', ...said] }] });
  }
  const duty = dutyState(architecture, 'transparency').components.find((item) => speakers.some(({ name }) => speaksOf(item, name)));
  if (duty) return satisfied(duty, { because: `${duty.name} says how people are told`, evidence: evidenceOf(statementOf(duty, 'file')) });
  const silent = speakers.find((component) => statementOf(component, 'discloses') !== undefined) ?? speaker;
  const stated = statementOf(silent, 'discloses');
  if (stated?.state === 'not-applicable') return notApplicable(stated.because, silent);
  const missing: FindingDetails = {
    message: `People who talk to ${speaker.name} are not told that it is a machine. ${beginning(LEGAL_DATES.transparency, today)}`,
    why: `${disclosure.why} ${certaintyOf(LEGAL_DATES.transparency)}`,
    path: hopsOf(askedByPersons(architecture, speaker).slice(0, 1)),
    changes: [{ op: 'set', subject: silent.name, property: 'discloses', value: ['machine'] }],
  };
  return judgePresence(silent, 'discloses', { ask: `Are people who talk to ${silent.name} told that it is a machine, and is what it makes marked?`, missing });
}
