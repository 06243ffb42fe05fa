import type { Architecture, Component } from '../../../model/architecture.ts';
import { callsOf, isFallback } from '../../../model/graph/calls.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import type { Hop } from '../../finding.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { isMonitoringClosed } from '../../monitoring/absence.ts';
import { observedServices } from '../../monitoring/observed.ts';
import { seesAnswers } from '../../monitoring/signals.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import type { Service } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';
import { fewQuestions } from '../few-questions.ts';
import { capital, devicesOf, fleetsOf, runsOnDevices } from './fleets.ts';

/** Data that identifies or concerns persons. */
const PERSONAL: ReadonlySet<string> = new Set(['pii', 'sensitive', 'health', 'financial', 'location', 'children', 'behavioural']);

export const fleetReports: Criterion = {
  id: 'EDGE-03',
  slug: 'devices-report-without-telling-on-people',
  title: 'Devices report how well they answer, in a form in which nobody can be recognised',
  type: 'gap',
  severity: 'medium',
  pack: 'edge',
  failureMode: 'drift',
  sources: ['ML Test Score Monitor 7', 'NIST AI RMF MEASURE 2.4', 'NIST AI RMF MEASURE 2.10', 'AWS ML Lens (2023) MLOE-15'],
  why: 'On a device nobody looks over the shoulder of the model. Without reports it can be wrong on a whole model of phone; with raw reports the reason for running on the device, that data stays there, is gone.',
  remediation: 'Report counts and statistics of answers, corrections and failures by version and type of device, added up before anyone sees them.',
  effort: 'M',
  falsePositives: 'A device platform may collect this: declare `telemetry` of the service.',
  applies: runsOnDevices,
  *evaluate(context: Context) {
    const outcomes = fleetsOf(context.architecture).map((fleet) => judgeReports(context, fleet));
    yield* fewQuestions(context.architecture.system, outcomes, (names) => `What do the devices of ${names} report of their answers, and in which form? Declare \`telemetry\` of each.`);
  },
};

function judgeReports(context: Context, service: Service): Outcome {
  const { architecture } = context;
  const telemetry = value(service, 'telemetry');
  const presence = presenceOf(service, 'telemetry');
  const aggregated = [{ op: 'set' as const, subject: service.name, property: 'telemetry', value: 'aggregates' }];
  if (telemetry === 'raw') {
    const classes = personalOf(architecture, service);
    if (classes.length > 0) return weak(service, { at: 'telemetry', message: `${capital(devicesOf(service))} send inputs and answers as they are, with ${listed(classes)} data in them.`, changes: aggregated });
    return satisfied(service, { evidence: evidenceOf(statementOf(service, 'telemetry')), because: 'inputs and answers are reported' });
  }
  if (telemetry !== undefined) return satisfied(service, { evidence: evidenceOf(statementOf(service, 'telemetry')) });
  if (presence === 'absent') {
    return gap(service, { at: statementOf(service, 'telemetry') ? 'telemetry' : undefined, message: `${capital(devicesOf(service))} report nothing: how well they answer, on which version and which hardware, is not known.`, changes: aggregated });
  }
  const planned = plannedInstead(service, 'telemetry', { message: `${capital(devicesOf(service))} report nothing yet.` });
  if (planned) return planned;
  const watching = observedServices(architecture).find((observed) => observed.service === service)?.monitors.find(seesAnswers);
  if (!watching && isMonitoringClosed(context)) return gap(service, { message: `No monitor exists, so what ${devicesOf(service)} answer is seen by nobody.`, mitigated: true });
  const already = watching ? `${watching.name} watches ${service.name}. In which form do` : 'What do';
  return { ...question(service, 'telemetry', `${already} ${devicesOf(service)} report of their answers${watching ? '' : ', and in which form'}: counts in which nobody can be recognised, or inputs as they are?`), statedUnknown: presence === 'unknown' };
}

/** Classes of personal data that the service and what it runs declare, by name. */
function personalOf(architecture: Architecture, service: Service): string[] {
  const places: readonly Component[] = [service, ...modelsOf(architecture, service)];
  const flows = architecture.flows.filter((flow) => flow.to === service.name || flow.from === service.name);
  return [...new Set([...places.flatMap((place): readonly string[] => value(place as Service, 'contains') ?? []), ...flows.flatMap((flow): readonly string[] => value(flow, 'contains') ?? [])])].filter((name) => PERSONAL.has(name)).map((name) => (name === 'pii' ? 'personal' : name));
}

export const worksOffline: Criterion = {
  id: 'EDGE-04',
  slug: 'offline-is-decided',
  title: 'It is decided what a device does when the network is gone',
  type: 'gap',
  severity: 'medium',
  pack: 'edge',
  failureMode: 'infrastructure',
  sources: ['NIST AI RMF MANAGE 2.4', 'AWS ML Lens (2023) MLPER-11', 'AWS ML Lens (2023) MLPER-12'],
  why: 'Devices lose the network as a matter of course. A call that nobody expected to fail then freezes the app at the place where it is needed.',
  remediation: 'Decide for each call from the device what happens without it: do without, use the last value, wait, or say so.',
  effort: 'M',
  falsePositives: 'The device may need no network at all: say `offline full`.',
  applies: runsOnDevices,
  *evaluate({ architecture }: Context) {
    const outcomes = fleetsOf(architecture).map((fleet) => judgeOffline(architecture, fleet));
    yield* fewQuestions(architecture.system, outcomes, (names) => `What happens on the devices of ${names} without the network? Declare \`offline\` of each.`);
  },
};

function judgeOffline(architecture: Architecture, service: Service): Outcome {
  const offline = value(service, 'offline');
  const presence = presenceOf(service, 'offline');
  const calls = (callsOf(architecture).from.get(service.name) ?? []).filter((call) => !isFallback(call) && !isOptional(call.edge.flow));
  const remote = calls.filter((call) => architecture.components.get(call.callee)?.variant !== 'edge' && !call.reads);
  const path: readonly Hop[] = remote[0] ? hopsOf([remote[0].edge]) : [];
  const backed = presenceOf(service, 'fallback') === 'present';
  const degraded = [{ op: 'set' as const, subject: service.name, property: 'offline', value: 'degraded' }];
  if (offline === 'full' && remote[0]) {
    return weak(service, { at: 'offline', path, message: `${service.name} is said to work fully without the network, but waits for ${listed(remote.map((call) => call.callee))}.`, changes: degraded });
  }
  if (offline === 'fails') {
    if (backed) return satisfied(service, { because: `${String(value(service, 'fallback'))} answers in its place` });
    return gap(service, { at: 'offline', path, message: `Without the network ${devicesOf(service)} answer nothing${remote[0] ? `: they wait for ${listed(remote.map((call) => call.callee))}` : ''}.`, changes: degraded });
  }
  if (offline !== undefined) return satisfied(service, { evidence: evidenceOf(statementOf(service, 'offline')) });
  if (backed) return satisfied(service, { because: `${String(value(service, 'fallback'))} answers when it cannot`, evidence: evidenceOf(statementOf(service, 'fallback')) });
  if (presence === 'absent' && remote[0]) return gap(service, { at: statementOf(service, 'offline') ? 'offline' : undefined, path, message: `Nobody has decided what ${devicesOf(service)} do when ${listed(remote.map((call) => call.callee))} cannot be reached.`, changes: degraded });
  if (presence === 'absent') return notApplicable(`${service.name} calls nothing away from its devices.`, service);
  const planned = plannedInstead(service, 'offline', { path, message: `What ${devicesOf(service)} do without the network is not decided yet.` });
  if (planned) return planned;
  const what = remote[0] ? ` cannot reach ${listed(remote.map((call) => call.callee))}` : ' have no network';
  return { ...question(service, 'offline', `What happens on ${devicesOf(service)} that${what}?`), statedUnknown: presence === 'unknown' };
}

const isOptional = (flow: Architecture['flows'][number] | undefined): boolean => flow !== undefined && (value(flow, 'optional') === true || value(flow, 'fails') === 'open');

export const artifactProtected: Criterion = {
  id: 'EDGE-06',
  slug: 'model-is-protected-on-the-device',
  title: 'A model that must not be copied is not lying readable on devices',
  type: 'gap',
  severity: 'low',
  pack: 'edge',
  failureMode: 'security',
  counts: 'at every stage',
  sources: ['OWASP ML (2023) ML05', 'MITRE ATLAS AML.M0017', 'MITRE ATLAS AML.M0012'],
  why: 'Whoever has the device has the file. A model that a competitor can copy, or an attacker can try at home, is given away with the first device.',
  remediation: 'Encrypt the file with a key of the device’s hardware, ship only the small model, or keep the valuable part on a server.',
  effort: 'M',
  falsePositives: 'If nothing in the model is worth protecting, do not mark it `contains [confidential]`.',
  applies: runsOnDevices,
  *evaluate({ architecture }: Context) {
    for (const fleet of fleetsOf(architecture)) {
      const valuable = [fleet, ...modelsOf(architecture, fleet)].find((place) => value(place as Service, 'contains')?.includes('confidential'));
      if (!valuable) {
        yield notApplicable(`Nothing on ${devicesOf(fleet)} is declared to be confidential.`, fleet);
        continue;
      }
      yield judgeProtection(valuable, [valuable, fleet]);
    }
  },
};

function judgeProtection(valuable: Component, places: readonly Component[]): Outcome {
  const protectedAt = places.find((place) => value(place as Service, 'encrypted')?.includes('at_rest'));
  if (protectedAt) return satisfied(valuable, { because: 'its file is encrypted where it lies', evidence: evidenceOf(statementOf(protectedAt, 'encrypted')) });
  const stating = places.find((place) => statementOf(place, 'encrypted')) ?? valuable;
  const presence = presenceOf(stating, 'encrypted');
  if (presence !== 'absent' && presence !== 'present') return plannedInstead(stating, 'encrypted', { message: `${valuable.name} is confidential, and its file lies readable on every device.` }) ?? { ...question(valuable, 'encrypted', `${valuable.name} is confidential and lies on devices: is its file encrypted there (\`encrypted [at_rest]\`)?`), statedUnknown: presence === 'unknown' };
  const changes = [{ op: 'set' as const, subject: valuable.name, property: 'encrypted', value: [...new Set([...(value(valuable as Service, 'encrypted') ?? []), 'at_rest'])] }];
  return gap(valuable, { at: stating === valuable && statementOf(valuable, 'encrypted') ? 'encrypted' : undefined, message: `${valuable.name} is confidential, and its file lies readable on every device.`, changes });
}
