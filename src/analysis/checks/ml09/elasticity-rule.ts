import type { Architecture, Change } from '../../../model/architecture.ts';
import { callsOf } from '../../../model/graph/calls.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { larger, plus } from '../../../model/graph/interval.ts';
import { timeoutBound } from '../../../model/graph/waiting.ts';
import { exactly, type Quantity } from '../../../model/quantity.ts';
import { value } from '../../../model/statements.ts';
import { formatNumber, formatQuantity, formatShare } from '../../format.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { capacityAt, loadOf, perReplica } from '../../serving/load.ts';
import { consumersOf, ownServices, type Service } from '../../serving/services.ts';

export const scalesInTime: Rule = {
  id: 'ML09.7',
  slug: 'scales-in-time',
  title: 'New replicas answer before callers give up and before traffic has risen',
  type: 'contradiction',
  severity: 'medium',
  why: 'Scaling that comes after the rise, or a start that outlasts the caller’s timeout, helps nobody who asked.',
  remediation: 'Keep one replica warm, load models faster, or scale earlier: at a lower utilisation, or ahead by the clock.',
  effort: 'S',
  falsePositives: 'A pool of warm replicas is kept: declare `replicas` with that minimum and `scale_to_zero no`.',
  *evaluate(context) {
    for (const service of ownServices(context.architecture)) {
      const outcomes = [coldStart(context.architecture, service), ramp(context, service)].filter((outcome) => outcome !== undefined);
      if (outcomes.length === 0) yield notApplicable(`${service.name} neither scales to zero nor meets a declared rise of traffic.`, service);
      else yield* outcomes;
    }
  },
};

/** How long a new replica takes until it answers: what the service says, else its slowest model. */
function startOf(architecture: Architecture, service: Service): Quantity | undefined {
  return value(service, 'loads_in') ?? modelsOf(architecture, service).flatMap((model) => value(model, 'loads_in') ?? []).reduce<Quantity | undefined>((a, b) => (a ? larger(a, b) : b), undefined);
}

function coldStart(architecture: Architecture, service: Service): Outcome | undefined {
  const replicas = value(service, 'replicas');
  if (value(service, 'scale_to_zero') !== true && replicas?.low !== 0) return undefined;
  const start = startOf(architecture, service);
  const calls = (callsOf(architecture).to.get(service.name) ?? []).flatMap((call) => {
    const timeout = call.edge.flow && value(call.edge.flow, 'timeout');
    const patience = call.edge.flow && timeoutBound(call.edge.flow);
    return timeout && patience ? [{ caller: call.caller, timeout, patience }] : [];
  });
  const hurried = calls.reduce<(typeof calls)[number] | undefined>((a, b) => (a && a.patience.high <= b.patience.high ? a : b), undefined);
  if (!hurried) return notApplicable(`No caller of ${service.name} declares a timeout.`, service);
  if (!start) return question(service, 'loads_in', `How long does ${service.name} take from zero until it answers? ${hurried.caller} waits ${formatQuantity(hurried.patience)}. Declare \`loads_in\`.`);
  const details = {
    about: 'cold-start',
    at: value(service, 'scale_to_zero') === true ? 'scale_to_zero' : 'replicas',
    message: `From zero ${service.name} takes ${formatQuantity(start)} to answer, but ${hurried.caller} gives up after ${formatQuantity(hurried.patience)}.`,
    why: 'The request that wakes it fails, and so do all others until it is up.',
    changes: keepWarm(service),
    impact: 'The first request after a pause is answered',
  };
  if (start.low > hurried.patience.high) return contradiction(service, details);
  if (start.high > hurried.timeout.low) return weak(service, { ...details, message: `From zero ${service.name} takes ${formatQuantity(start)} to answer; ${hurried.caller} waits ${formatQuantity(hurried.timeout)} for each try and ${formatQuantity(hurried.patience)} in all.`, severity: 'low' });
  return satisfied(service, { because: `it starts in ${formatQuantity(start)}, and callers wait ${formatQuantity(hurried.timeout)}` });
}

function keepWarm(service: Service): Change[] {
  const replicas = value(service, 'replicas');
  const awake: Change = { op: 'set', subject: service.name, property: 'scale_to_zero', value: false };
  if (replicas?.low !== 0) return [awake];
  const warm: Change = { op: 'set', subject: service.name, property: 'replicas', value: { low: 1, high: Math.max(1, replicas.high), unit: '1' } };
  return value(service, 'scale_to_zero') === true ? [awake, warm] : [warm];
}

/** Whether replicas come before a declared rise of traffic is over, where those that run cannot carry it. */
function ramp(context: Context, service: Service): Outcome | undefined {
  const { architecture } = context;
  const autoscale = value(service, 'autoscale');
  const rises = consumersOf(architecture, service.name).flatMap((consumer) => {
    const rise = value(consumer, 'ramp');
    return rise?.within && rise.factor ? [{ consumer, factor: rise.factor, within: rise.within }] : [];
  });
  const steepest = rises.reduce<(typeof rises)[number] | undefined>((a, b) => (a && a.within.high <= b.within.high ? a : b), undefined);
  if (!autoscale || !steepest) return undefined;
  const { consumer, factor, within } = steepest;
  const spare = autoscale.at ? 1 / autoscale.at.high : 1;
  if (spare >= factor.high) return satisfied(service, { because: `scaling at ${formatShare(autoscale.at as Quantity)} leaves room for ${formatNumber(factor.high)} times the traffic` });
  const capacity = capacityAt(architecture, service.name);
  const each = capacity && perReplica(capacity);
  const least = value(service, 'replicas')?.low;
  const load = loadOf(context, service.name);
  if (each && least && load && each * least >= load.peak.high) return satisfied(service, { because: `${formatNumber(least)} replicas carry the peak without scaling` });
  if (!autoscale.within) return question(service, 'autoscale', `How long does ${service.name} take to add replicas? ${consumer.name} can rise ${formatQuantity(factor)} times within ${formatQuantity(within)}. Add \`within\` to \`autoscale\`.`);
  const start = startOf(architecture, service);
  const reaction = start ? plus(autoscale.within, start) : autoscale.within;
  if (reaction.high <= within.low) return satisfied(service, { because: `replicas come within ${formatQuantity(reaction)}` });
  const details = {
    about: 'ramp',
    at: 'autoscale',
    message: `${consumer.name} can rise ${formatQuantity(factor)} times within ${formatQuantity(within)}, but replicas of ${service.name} come after ${formatQuantity(reaction)}${start ? ` (${formatQuantity(autoscale.within)} to react, ${formatQuantity(start)} to load)` : ''}.`,
    why: `Until then ${formatNumber(factor.low)} times the traffic meets replicas that have room for ${formatNumber(spare)} times.`,
    changes: [{ op: 'set', subject: service.name, property: 'autoscale', value: { ...autoscale, at: exactly(Math.floor(100 / factor.high) / 100, '1') } }] satisfies Change[],
    impact: 'Room for the rise while replicas start',
  };
  if (reaction.low > within.high) return contradiction(service, details);
  return weak(service, { ...details, severity: 'low' });
}
