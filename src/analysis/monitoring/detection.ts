import type { Component } from '../../model/architecture.ts';
import type { Quantity } from '../../model/quantity.ts';
import { value } from '../../model/statements.ts';
import { seesAnswers } from './signals.ts';
import type { Observed } from './observed.ts';
import type { Context } from '../rule.ts';
import { standingOf } from '../severity.ts';

/** How long a fall in quality may go unnoticed, in seconds. */
export interface Tolerance extends Quantity {
  /** The author said so; otherwise it is the default for the criticality. */
  readonly declared: boolean;
}

export function toleranceOf({ architecture, settings }: Context): Tolerance {
  const declared = value(architecture.system, 'detect_within');
  if (declared) return { ...declared, declared: true };
  const high = standingOf(architecture).criticality >= 2;
  const seconds = high ? settings.thresholds.detectWithinHighSeconds : settings.thresholds.detectWithinSeconds;
  return { low: seconds, high: seconds, unit: 's', declared: false };
}

/** Time from the first wrong answer until a monitor can speak, in seconds, and what it is made of. */
export interface Detection {
  readonly by: Component<'monitor' | 'evaluation'>;
  readonly labels?: Component<'labels'>;
  /** Sum of what is declared; the true time is at least this long. */
  readonly low: number;
  /** Undefined where a part is not declared. */
  readonly high?: number;
  readonly delay?: Quantity;
  readonly window?: Quantity;
  readonly every?: Quantity;
}

/** How soon each monitor and evaluation that uses truth can speak: delay of the truth, its cadence, window and schedule. */
export function truthDetections({ monitors, evaluations, labels: truth }: Observed): Detection[] {
  return [...monitors.filter(seesAnswers), ...evaluations].flatMap((by) => {
    const used = new Set(value(by as Component<'monitor' | 'evaluation'>, 'labels') ?? []);
    return truth.filter((labels) => used.has(labels.name)).flatMap((labels): Detection[] => {
      const delay = value(labels, 'delay');
      return delay ? [detection(by, delay, value(labels, 'every'), labels)] : [];
    });
  });
}

/** The earliest that something speaks that needs no truth: the distribution of answers, a proxy, a judge. */
export function earliestOf({ monitors, evaluations }: Observed): Detection | undefined {
  const early = [...monitors.filter(seesAnswers), ...evaluations].filter((by) => (value(by as Component<'monitor' | 'evaluation'>, 'labels') ?? []).length === 0);
  return early.map((by) => detection(by)).sort((a, b) => a.low - b.low)[0];
}

function detection(by: Component<'monitor' | 'evaluation'>, delay?: Quantity, arrives?: Quantity, labels?: Component<'labels'>): Detection {
  const window = by.kind === 'monitor' ? value(by as Component<'monitor'>, 'window') : undefined;
  const every = value(by, 'every');
  const parts = [delay, arrives, window, every].filter((part) => part !== undefined);
  const known = window !== undefined || every !== undefined;
  return { by, labels, delay, window, every, low: sum(parts, 'low'), high: known ? sum(parts, 'high') : undefined };
}

const sum = (parts: readonly Quantity[], end: 'low' | 'high'): number => parts.reduce((total, part) => total + part[end], 0);
