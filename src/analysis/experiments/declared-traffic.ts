import type { Architecture, Component } from '../../model/architecture.ts';
import { servicesOf } from '../../model/graph/cones.ts';
import { plus, zero } from '../../model/graph/interval.ts';
import type { Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { trafficOf } from '../deployment/traffic.ts';
import type { Input } from '../estimation/replica.ts';
import type { Context } from '../rule.ts';
import { isDivided, streamRatesTo } from '../serving/load.ts';
import { meanLoadOf } from '../serving/mean-load.ts';
import { consumersOf, type Service } from '../serving/services.ts';
import type { Origin } from './declared-plan.ts';

/** Requests or events per second at a component. */
export interface Arrivals {
  /** The mean; where only a peak is declared, by the usual factor. */
  readonly mean: Quantity;
  /** The mean rests on an assumption. */
  readonly assumed: boolean;
  /** As declared; the most that there can be for long is the mean, and for a moment the peak. */
  readonly declaredMean?: Quantity;
  readonly declaredPeak?: Quantity;
  readonly users?: Quantity;
  readonly origin: Origin;
}

/** Components that answer, and so have a traffic. */
const ANSWERING: ReadonlySet<string> = new Set(['service', 'agent', 'gateway']);

/** Where the traffic of a subject is counted: itself, or the only service that runs it; else why nowhere. */
export function countedAt(architecture: Architecture, subject: string | undefined): Component | string {
  const component = architecture.components.get(subject ?? '');
  if (!component) return 'Nothing is named whose traffic could be counted.';
  if (ANSWERING.has(component.kind)) return component;
  const services = component.kind === 'model' ? servicesOf(architecture, component as Component<'model'>) : [];
  const [only, ...others] = services;
  if (only && others.length === 0) return only;
  return services.length > 1 ? `${component.name} is run by several services: ${services.map(({ name }) => name).join(', ')}.` : `No traffic is known of ${component.name}.`;
}

/** What arrives at a component; undefined where one of those who ask declares no rate. */
export function arrivalsAt(context: Context, component: Component): Arrivals | undefined {
  const { architecture, settings } = context;
  const { name } = component;
  const streams = component.kind === 'service' ? streamRatesTo(architecture, component as Service) : [];
  if (streams.length > 0) {
    const rate = streams.reduce((sum, stream) => plus(sum, stream.rate), zero('req/s'));
    const inputs = streams.map(({ from, rate: each }): Input => ({ component: from, property: 'rate', value: each }));
    return { mean: rate, assumed: false, declaredMean: rate, declaredPeak: rate, origin: { inputs, assumptions: [], provenance: 'measured' } };
  }
  // Only the name is read, and calls lead to agents and gateways as they do to services.
  const declared = trafficOf(architecture, component as Service);
  const load = meanLoadOf(context, name);
  const mean = load?.value ?? declared.mean;
  if (!mean || mean.high <= 0) return undefined;
  const assumed = load ? load.assumed : false;
  const sure = load && !assumed ? load.value : declared.mean;
  const factor = assumed && !declared.mean ? [`the mean is a ${settings.thresholds.peakFactor}th of the peak`] : [];
  const divided = isDivided(context, name) ? [`all requests may reach ${name}: nobody says in which shares they are divided`] : [];
  return {
    mean,
    assumed,
    ...(sure && { declaredMean: sure }),
    ...(declared.peak && { declaredPeak: declared.peak }),
    ...(declared.users && declared.users.high > 0 && { users: declared.users }),
    origin: { inputs: inputsOf(architecture, name), assumptions: [...factor, ...divided], provenance: assumed ? 'assumed' : 'measured' },
  };
}

function inputsOf(architecture: Architecture, name: string): Input[] {
  const inputs = consumersOf(architecture, name).flatMap((consumer): Input[] => {
    for (const property of ['average', 'volume', 'peak'] as const) {
      const rate = value(consumer, property);
      if (rate) return [{ component: consumer.name, property, value: rate }];
    }
    return [];
  });
  const volume = value(architecture.system, 'volume');
  return inputs.length === 0 && volume ? [{ component: architecture.system.name, property: 'volume', value: volume }] : inputs;
}

const DAY = 86_400;

/** The most requests that can arrive in a time, as far as that is declared: a peak does not last for days. */
export function mostIn({ declaredMean, declaredPeak }: Arrivals, seconds: number): number | undefined {
  const rate = seconds >= DAY ? (declaredMean ?? declaredPeak) : declaredPeak;
  return rate && rate.high * seconds;
}
