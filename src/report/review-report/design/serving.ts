import { needsOf } from '../../../analysis/checks/ml09/platform-rule.ts';
import { scalingSignal, type ScalingSignal } from '../../../analysis/design/scaling-signal.ts';
import { capacityPlan, type CapacityLimit } from '../../../analysis/design/capacity-plan.ts';
import { KNEE } from '../../../analysis/estimation/sizing.ts';
import type { StationEstimate } from '../../../analysis/estimation/station-estimate.ts';
import { eachOf, stationsOf, type Station } from '../../../analysis/estimation/stations.ts';
import { formatNumber, formatQuantity } from '../../../analysis/format.ts';
import { gatewaysBefore } from '../../../analysis/serving/routing.ts';
import { platformOf } from '../../../analysis/serving/platform.ts';
import { isJob, isInProduction, type Service } from '../../../analysis/serving/services.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { callsOf, isFallback } from '../../../model/graph/calls.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { anchorOf } from '../../document/anchor.ts';
import type { Inline, Section } from '../../document/block.ts';
import type { ReportSubject } from '../subject.ts';
import { capital, code, paragraph, plural, tableOr } from '../words.ts';
import { joined, named, notSaid, said, says } from './declared.ts';
import { busy, few, rate, times } from './figures.ts';
import { openSection } from './open-points.ts';

/** How each service is built and scaled: what a replica is and takes, how many are needed at multiples of today’s peak, what adds them and what is left when one is lost. */
export function servingSection(subject: ReportSubject): Section {
  const { context, estimation } = subject;
  const { architecture } = context;
  const services = componentsOf(architecture, 'service').filter((service) => isInProduction(architecture, service));
  const [title, id] = ['Serving architecture', 'serving-design'];
  if (services.length === 0) return { id, title, blocks: [paragraph('No service in production is declared (', code('service'), '), so there is nothing to scale.')] };
  const limits = new Map(capacityPlan(context).limits.map((limit) => [limit.component, limit]));
  const stations = new Map(stationsOf(context).map((station) => [station.component.name, station]));
  const estimates = new Map(estimation.stations.map((station) => [station.component, station]));
  const rows = services.map((service): Inline[][] => overview(subject, service, estimates.get(service.name), stations.get(service.name)));
  const columns = [{ title: 'Service', width: 2 }, { title: 'Platform', width: 2 }, { title: 'Machine', width: 2 }, { title: 'Replicas today', width: 2 }, ...estimation.multiples.filter((multiple) => multiple > 1).map((multiple) => ({ title: `Needed at ${formatNumber(multiple)}×`, width: 1.5 })), { title: 'Full at', width: 2 }];
  return {
    id,
    title,
    startsPage: true,
    blocks: [
      paragraph(`${capital(plural(services.length, 'service'))} in production. Needed are replicas that stay at most ${few(KNEE * 100)} % busy at so many times today’s peak; beyond that share a little more traffic is a lot more waiting.`),
      tableOr(columns, rows, '', { caption: 'Services', namedRows: true }),
    ],
    sections: [...services.map((service) => serviceSection(subject, service, estimates.get(service.name), stations.get(service.name), limits.get(service.name))), ...openSection(subject, 'serving-design-open', ['ML09', 'ML11.4', 'ML12.5'])],
  };
}

function overview({ context: { architecture }, estimation }: ReportSubject, service: Service, estimate: StationEstimate | undefined, station: Station | undefined): Inline[][] {
  const platform = platformOf(architecture, service);
  const [today] = estimate?.at ?? [];
  const needed = estimation.multiples.filter((multiple) => multiple > 1).map((multiple): Inline[] => {
    const at = estimate?.at.find((candidate) => candidate.multiple === multiple);
    return [at?.needed === undefined || station?.replicas === undefined ? 'not known' : formatNumber(at.needed)];
  });
  const replicas: Inline[] = service.variant === 'llm_api' ? ['the vendor’s'] : today?.replicas !== undefined && says(service, 'replicas') ? [`${formatNumber(today.replicas)} run of `, ...said(service, 'replicas')] : said(service, 'replicas');
  return [[code(service.name)], platform ? [platform.title] : said(service, 'platform'), machineText(service), replicas, ...needed, [estimate?.breaksAt ? `${times(estimate.breaksAt)} today’s peak` : 'not known']];
}

function machineText(service: Service): Inline[] {
  if (service.variant === 'llm_api') return ['the vendor’s'];
  return says(service, 'accelerator') && !says(service, 'runs_on') ? said(service, 'accelerator') : said(service, 'runs_on');
}

function serviceSection(subject: ReportSubject, service: Service, estimate: StationEstimate | undefined, station: Station | undefined, limit: CapacityLimit | undefined): Section {
  const { context, estimation } = subject;
  const signal = station && scalingSignal(context, estimation, station);
  const facts = [
    { term: 'Platform', definition: platformText(subject, service) },
    { term: 'Resources of a replica', definition: resourceText(subject, service, station) },
    { term: 'Load balancing', definition: balancingText(subject, service) },
    { term: 'Scaling strategy', definition: isJob(service) ? jobText(service) : service.variant === 'llm_api' ? quotaText(service) : signal && estimate?.traffic ? scalingText(service, station, signal) : [...said(service, 'autoscale'), '; what it should be cannot be told: its traffic is not declared (', code('peak'), ' of who asks)'] },
    { term: 'Capacity thresholds', definition: thresholdText(service, estimate, limit) },
    { term: 'Isolation', definition: isolationText(subject, service) },
    { term: 'Failover', definition: failoverText(subject, service, estimate) },
  ];
  return { id: anchorOf(`serving-${service.name}`), title: service.name, blocks: [{ kind: 'facts', facts }] };
}

function platformText({ context }: ReportSubject, service: Service): Inline[] {
  const { architecture } = context;
  const platform = platformOf(architecture, service);
  if (!platform) return says(service, 'platform') || says(service, 'technology') ? said(service, says(service, 'platform') ? 'platform' : 'technology') : notSaid(service.name, 'platform');
  if (platform.facts.category !== 'web_framework') return [platform.title, '.'];
  const unmet = needsOf(context, service).filter(({ capability }) => !platform.facts.can?.includes(capability));
  if (unmet.length === 0) return [`${platform.title} is enough as declared. Move to a model server when it has an accelerator to keep busy, several models to keep apart, traffic to divide between versions, or more than one process takes and no second replica.`];
  return [`${platform.title}, which has been outgrown: the service has ${unmet.map(({ says: need }) => need).join(', ')}. Next steps, each only if the one before is not enough: replicas behind a load balancer, a model server, a cluster.`];
}

function resourceText({ context: { architecture } }: ReportSubject, service: Service, station: Station | undefined): Inline[] {
  if (service.variant === 'llm_api') return ['the vendor runs it'];
  const instance = architecture.catalogue.instance.get(value(service, 'runs_on')?.instance ?? '')?.properties;
  const size = [instance?.vcpus && `${formatQuantity(instance.vcpus)} vCPU`, instance?.memory && formatQuantity(instance.memory), instance?.accelerator !== undefined && `${formatNumber(instance.accelerators?.high ?? 1)} × ${instance.accelerator}`].filter((part) => typeof part === 'string');
  const each = station && eachOf(station);
  const takes: Inline[] = station && each !== undefined ? [`takes at most ${rate(each / (1 - station.kept))}${station.kept > 0 ? `, of which its cache answers ${few(station.kept * 100)} %` : ''} (${station.replica?.provenance ?? 'estimated'})`] : ['what it takes is not known (', code('throughput'), ' or ', code('service_time'), ' of ', code(service.name), ')'];
  return joined([[...machineText(service), ...(size.length > 0 ? [` (${size.join(', ')})`] : [])], ...(says(service, 'concurrency') ? [[...said(service, 'concurrency'), ' requests at once']] : [notSaid(service.name, 'concurrency')]), ...(says(service, 'batching') ? [['batching ', ...said(service, 'batching')]] : []), takes]);
}

function balancingText({ context: { architecture } }: ReportSubject, service: Service): Inline[] {
  if (service.variant === 'llm_api') return ['the vendor’s; retries and timeouts are those of its callers'];
  const gateways = gatewaysBefore(architecture, service);
  const several = (value(service, 'replicas')?.high ?? 1) > 1 || says(service, 'autoscale');
  const stateless: Inline[] = ['any replica may answer: ', ...said(service, 'stateless')];
  if (gateways.length === 0) return [`no gateway before it is declared${several ? ', and several replicas need one' : ''} (`, code('gateway : load_balancer'), '); ', ...stateless];
  const each = gateways.map((gateway): Inline[] => [code(gateway.name), ...(gateway.variant === undefined ? [] : [` (${gateway.variant.replaceAll('_', ' ')})`]), ', health checks ', ...said(gateway, 'health_checks')]);
  return [...joined(each, '; '), '; ', ...stateless];
}

const quotaText = (service: Service): Inline[] => ['by quota and not by replicas: requests ', ...said(service, 'quota'), ', tokens ', ...said(service, 'token_quota')];

const jobText = (service: Service): Inline[] => ['it runs in jobs: start ', ...said(service, 'starts_at'), ', duration ', ...said(service, 'duration'), ', due ', ...said(service, 'due_at')];

const SIGNALS: Readonly<Record<ScalingSignal['signal'], string>> = { concurrency: 'requests in flight', queue: 'length of the queue', utilisation: 'busy share', rate: 'requests a second', cpu: 'processor', memory: 'memory', gpu: 'accelerator', latency: 'latency', schedule: 'the clock' };

function scalingText(service: Service, station: Station, signal: ScalingSignal): Inline[] {
  const share = `${few(signal.target * 100)} %`;
  const why = signal.targetBecause === 'surge' ? 'so that the rise to the peak is carried until new replicas answer' : 'the knee, above which waiting grows fast';
  const each = signal.perReplica === undefined ? '' : `, ${rate(signal.perReplica)} a replica`;
  const declared: Inline[] = signal.declared ? ['declared: ', ...said(service, 'autoscale')] : says(service, 'autoscale') ? ['declared: ', ...said(service, 'autoscale'), '; proposed signal: ', SIGNALS[signal.signal]] : [...notSaid(service.name, 'autoscale'), `; proposed: add replicas by ${SIGNALS[signal.signal]}, since ${signal.because}`];
  const aim = signal.aims === undefined ? `Aim at ${share} busy at most${each} (${why}).` : signal.aims <= signal.target + 1e-9 ? `The aim of ${few(signal.aims * 100)} % busy is at or below the ${share} that may be${each} (${why}).` : `The aim of ${few(signal.aims * 100)} % busy is too high: ${share} at most${each} (${why}).`;
  const least = signal.least ? ` Keep ${few(signal.least.value)} replicas running instead of ${few(station.replicas?.least ?? 1)}, or the lower aim, before the peak.` : '';
  const obstacle = signal.obstacle === undefined ? '' : ` More replicas before a rise do not help: ${signal.obstacle}.`;
  const missing: Inline[] = signal.missing.length === 0 ? [] : [' What waits while new replicas start is not known: ', ...joined(signal.missing.map(({ component, property }) => notSaid(component, property))), '.'];
  return [...declared, `. ${aim}${least}${obstacle}`, ...missing];
}

function thresholdText(service: Service, estimate: StationEstimate | undefined, limit: CapacityLimit | undefined): Inline[] {
  const [today] = estimate?.at ?? [];
  if (!limit || !estimate?.traffic) return [estimate?.traffic ? 'not known: what it takes is not declared' : 'not known: the traffic is not declared', ...(service.variant === 'llm_api' ? [' (', code('quota'), ', ', code('token_quota'), ' of ', code(service.name), ')'] : [])];
  const now = today?.utilisation ? `today ${rate(estimate.traffic.value)}, ${busy(today.utilisation)} busy; ` : '';
  const by = limit.actBy ? `, about ${limit.actBy.date} at the declared growth` : '';
  return [`${now}act at ${rate(limit.capacity.value * KNEE)} (${times(limit.act)} today’s peak${by}); full at ${rate(limit.capacity.value)} (${times(limit.full)})`];
}

function isolationText({ context: { architecture } }: ReportSubject, service: Service): Inline[] {
  const models = modelsOf(architecture, service);
  const pools = componentsOf(architecture, 'compute').filter((pool) => value(pool, 'shared_by')?.includes(service.name));
  const shared: Inline[][] = pools.map((pool) => ['shares ', code(pool.name), ', kept apart by ', ...said(pool, 'isolation')]);
  const alone: Inline[] = models.length > 1 ? [`${plural(models.length, 'model')} in one service: a slow one holds up the others (`, ...named(models.map(({ name }) => name)), ')'] : models.length === 1 ? ['one model: ', ...named(models.map(({ name }) => name))] : ['no model of its own'];
  return joined([alone, ...(shared.length > 0 ? shared : service.variant === 'llm_api' ? [['quota shared with whatever else uses the account']] : [['no shared pool is declared (', code('compute'), ' with ', code('shared_by'), ')']])], '; ');
}

function failoverText({ context: { architecture } }: ReportSubject, service: Service, estimate: StationEstimate | undefined): Inline[] {
  const losses = (estimate?.losses ?? []).map(({ lost, left, utilisation, holds }) => `without one ${lost} ${formatNumber(left)} ${left === 1 ? 'is' : 'are'} left, ${holds ? `${few(utilisation * 100)} % busy${utilisation > KNEE ? ', above the knee' : ''}` : 'too few for the peak'}`);
  const spares = (callsOf(architecture).to.get(service.name) ?? []).flatMap(({ caller }) => (callsOf(architecture).from.get(caller) ?? []).filter((call) => isFallback(call) && call.callee !== service.name && architecture.components.get(call.callee)?.variant === service.variant).map(({ callee }) => callee));
  return joined([
    ...(service.variant === 'llm_api' ? [] : [['zones: ', ...said(service, 'zones')] as Inline[]]),
    ...losses.map((text): Inline[] => [text]),
    ['when it cannot answer: ', ...said(service, 'fallback')],
    ...(spares.length > 0 ? [['callers fall back to ', ...named([...new Set(spares)])] as Inline[]] : []),
  ], '; ');
}
