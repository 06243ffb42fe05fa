import type { Architecture, Component } from '../../model/architecture.ts';
import { monitorReaches } from '../../model/graph/alerts.ts';
import type { Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { wayBackOf, type WayBack } from '../deployment/way-back.ts';
import { releasesOf } from '../deployment/releases.ts';
import type { Context } from '../rule.ts';
import { earliestOf, toleranceOf, truthDetections, type Detection, type Tolerance } from './detection.ts';

/** From the first wrong answer to the version before: what is declared of each step. */
export interface DetectionChain {
  readonly service: Component<'service'>;
  /** The quickest signal of the answers; undefined where nothing watches them. */
  readonly detection?: Detection;
  readonly steps: readonly ChainStep[];
  /** Seconds over the steps whose time is declared; the true time is at least this. */
  readonly total: { readonly low: number; readonly high: number };
  /** Every step has a time. */
  readonly complete: boolean;
  readonly tolerance: Tolerance;
  readonly wayBack: WayBack;
}

export interface ChainStep {
  readonly what: 'truth arrives' | 'truth is collected' | 'window' | 'next look' | 'a signal' | 'somebody is told' | 'going back';
  /** Who says so, where somebody does. */
  readonly component?: string;
  /** Undefined where it is not declared. */
  readonly time?: Quantity;
  readonly note?: string;
}

/** A chain for each service in production that answers with a model, by its quickest signal. */
export function detectionChains(context: Context): DetectionChain[] {
  const { architecture } = context;
  return releasesOf(architecture).map((release) => {
    const { observed, service } = release;
    const detections = [earliestOf(observed), ...truthDetections(observed)].filter((found) => found !== undefined);
    const detection = detections.sort((a, b) => a.low - b.low)[0];
    const wayBack = wayBackOf(architecture, release);
    const back = wayBack.rollback?.within;
    const steps: ChainStep[] = [
      ...(detection ? detectionSteps(detection) : [{ what: 'a signal' as const, note: 'nothing that watches the answers is declared' }]),
      toldStep(architecture, detection),
      { what: 'going back', component: wayBack.bearer.name, ...(back && { time: back }), note: back ? (wayBack.rollback?.kind ?? 'declared') : wayBack.presence === 'absent' ? 'there is none' : 'not declared' },
    ];
    const known = steps.flatMap(({ time }) => time ?? []);
    return {
      service,
      ...(detection && { detection }),
      steps,
      total: { low: sum(known, 'low'), high: sum(known, 'high') },
      complete: steps.every(({ what, time }) => time !== undefined || what === 'somebody is told'),
      tolerance: toleranceOf(context),
      wayBack,
    };
  });
}

const sum = (times: readonly Quantity[], end: 'low' | 'high'): number => times.reduce((total, time) => total + time[end], 0);

function detectionSteps({ by, labels, delay, window, every }: Detection): ChainStep[] {
  const arrives = labels && value(labels, 'every');
  return [
    ...(delay ? [{ what: 'truth arrives' as const, ...(labels && { component: labels.name }), time: delay }] : []),
    ...(arrives ? [{ what: 'truth is collected' as const, component: labels.name, time: arrives }] : []),
    ...(window ? [{ what: 'window' as const, component: by.name, time: window }] : []),
    ...(every ? [{ what: 'next look' as const, component: by.name, time: every }] : []),
    ...(window ?? every ? [] : [{ what: 'window' as const, component: by.name, note: 'not declared' }]),
  ];
}

/** Nobody declares how long people take; whether they are reached at all is. */
function toldStep(architecture: Architecture, detection: Detection | undefined): ChainStep {
  const monitor = detection?.by.kind === 'monitor' ? (detection.by as Component<'monitor'>) : undefined;
  const reach = monitor && monitorReaches(architecture, monitor);
  const [alert] = reach?.alerts ?? [];
  const note = !reach ? 'no alert is declared' : reach.onCall.length > 0 ? `interrupts somebody (${reach.onCall.join(', ')}); how long they take is not declared` : reach.alerts.length > 0 ? 'a message that somebody has to read; how long that takes is not declared' : reach.automations.length > 0 ? 'started without a person' : 'no alert is declared';
  return { what: 'somebody is told', ...(alert && { component: alert.name }), note };
}
