import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { dutyState, speaksOf } from '../../compliance/duties.ts';
import { beginning, certaintyOf, LEGAL_DATES } from '../../compliance/legal-dates.ts';
import { isHighRisk } from '../../compliance/risk-class.ts';
import { unservedAgents } from '../../deployment/agents.ts';
import { releasesOf } from '../../deployment/releases.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';

type Deciding = Component<'service' | 'agent'>;

export const humanOversight: Criterion = {
  id: 'COMP-04',
  slug: 'human-oversight',
  title: 'A person can overrule what a high-risk system says, and can stop it',
  type: 'gap',
  severity: 'high',
  sources: ['EU AI Act Article 14(4)(d)', 'EU AI Act Article 14(4)(e)', 'NIST AI RMF MAP 3.5', 'ISO/IEC 42001 A.9.2'],
  why: 'A fallback helps when it is down. Where it is up and wrong, somebody has to be able to set its answer aside, and to stop it before the next one.',
  remediation: 'Give the people who work with it a way to set an answer aside, and a switch; say who they are.',
  effort: 'M',
  falsePositives: 'The switch or the override may be in the application in front: declare `human_override` and `kill_switch` there, or on the service that it is for.',
  pack: 'compliance',
  counts: 'at every stage',
  applies: (context) => {
    const applies = isHighRisk(context);
    if (applies !== true) return applies;
    return decidingIn(context.architecture).length > 0 || 'Neither a service that answers with a learned model nor an agent is declared.';
  },
  *evaluate({ architecture, today }: Context) {
    yield* askedOnce(architecture.system, decidingIn(architecture).map((deciding) => judge(architecture, deciding, today)));
  },
};

interface Subject {
  readonly component: Deciding;
  /** Itself, and the applications in front of it. */
  readonly components: readonly Deciding[];
}

function decidingIn(architecture: Architecture): Subject[] {
  const services = releasesOf(architecture).map(({ service, observed }): Subject => {
    const names = [...observed.names].flatMap((name) => architecture.components.get(name) ?? []).filter((component): component is Deciding => component.kind === 'service' || component.kind === 'agent');
    return { component: service, components: [...new Set([service, ...names])] };
  });
  return [...services, ...unservedAgents(architecture).map((agent) => ({ component: agent, components: [agent] }))];
}

/** Ways to set an answer aside, and to stop what gives it. */
const WAYS = { override: { service: 'human_override', agent: 'approval' }, stop: { service: 'kill_switch', agent: 'stop_switch' } } as const;
type Way = keyof typeof WAYS;

function stateOf(architecture: Architecture, { component, components }: Subject, way: Way): 'present' | 'absent' | 'planned' | 'open' {
  if (way === 'override') {
    if (value(architecture.system, 'decisions') === 'human_reviewed') return 'present';
    if (dutyState(architecture, 'human_oversight').components.some((duty) => speaksOf(duty, component.name))) return 'present';
  }
  // A model that answers through an artefact with a switch is stopped there.
  if (way === 'stop' && componentsOf(architecture, 'artefact').some((artefact) => value(artefact, 'kill_switch') === true && value(artefact, 'read_by')?.includes(component.name))) return 'present';
  const states = components.map((item) => stateAt(item, way));
  return (['present', 'planned'] as const).find((state) => states.includes(state)) ?? (stateAt(component, way) === 'absent' ? 'absent' : 'open');
}

function stateAt(component: Deciding, way: Way): 'present' | 'absent' | 'planned' | 'open' {
  const property = WAYS[way][component.kind];
  if (property === 'approval' && value(component as Component<'agent'>, 'approval') === 'never') return 'absent';
  const presence = presenceOf(component, property);
  return presence === 'present' || presence === 'absent' || presence === 'planned' ? presence : 'open';
}

function judge(architecture: Architecture, subject: Subject, today: string): Outcome {
  const { component } = subject;
  const state = { override: stateOf(architecture, subject, 'override'), stop: stateOf(architecture, subject, 'stop') };
  const lacking = (['override', 'stop'] as const).filter((way) => state[way] === 'absent' || state[way] === 'planned');
  const propertyOf = (way: Way): string => WAYS[way][component.kind];
  const stated = lacking.map(propertyOf).find((property) => statementOf(component, property));
  if (lacking.length > 0) {
    const say = {
      at: stated,
      message: `${component.name} of a high-risk system cannot be ${lacking.map((way) => (way === 'override' ? 'overruled by a person' : 'stopped by a person')).join(' or ')}${lacking.every((way) => state[way] === 'planned') ? ' yet' : ''}. ${beginning(LEGAL_DATES.highRisk, today)}`,
      why: `${humanOversight.why} ${certaintyOf(LEGAL_DATES.highRisk)}`,
      changes: lacking.map((way): Change => ({ op: 'set', subject: component.name, property: propertyOf(way), value: propertyOf(way) === 'approval' ? 'high_risk' : true })),
      impact: 'Wrong decisions on people can be set aside and ended',
    };
    return lacking.every((way) => state[way] === 'planned') ? weak(component, say) : gap(component, say);
  }
  const open = (['override', 'stop'] as const).filter((way) => state[way] === 'open').map(propertyOf);
  const [first] = open;
  if (first === undefined) return satisfied(component, { because: 'a person can overrule it and stop it', evidence: evidenceOf(statementOf(component, propertyOf('stop'))) });
  return { ...question(component, first, `Who oversees ${component.name}, and can that person set an answer aside and stop it? Declare ${open.map((property) => `\`${property}\``).join(' and ')}.`), statedUnknown: open.some((property) => presenceOf(component, property) === 'unknown') };
}
