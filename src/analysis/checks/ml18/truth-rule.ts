import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { scaled } from '../../../model/graph/interval.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { value } from '../../../model/statements.ts';
import { strategyOf, type Release } from '../../deployment/releases.ts';
import { formatQuantity } from '../../format.ts';
import { answersMonitor, freeName, SHIFT_THRESHOLD } from '../../monitoring/drafts.ts';
import { seesAnswers } from '../../monitoring/signals.ts';
import { contradiction, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { rolloutsOf, watchedMonitors } from './comparison-rules.ts';

type Monitor = Component<'monitor'>;

export const truthInTime: Rule = {
  id: 'ML18.4',
  slug: 'criterion-in-time',
  title: 'What a rollout decides by is known before it is over',
  type: 'contradiction',
  severity: 'high',
  why: 'A criterion whose truth comes after the rollout cannot stop it: the new version has reached everyone before the figure exists.',
  remediation: 'Decide by a signal that needs no truth (distribution of answers, proxy, errors), and judge with truth afterwards; or let the rollout last until truth is there.',
  effort: 'S',
  falsePositives: 'The monitor may use a proxy until truth lands. Declare `proxy yes` on it.',
  *evaluate({ architecture }) {
    for (const { rollout, release } of rolloutsOf(architecture)) if (strategyOf(rollout)?.kind !== 'all_at_once') yield* judgeTiming(architecture, rollout, release);
  },
};

/** Seconds from the first user to full exposure, as far as declared. */
export function lengthOf(rollout: Component<'rollout'>): Quantity | undefined {
  const declared = value(rollout, 'duration');
  const strategy = strategyOf(rollout);
  if (declared || !strategy?.each) return declared;
  const steps = (strategy.steps ?? []).filter((step) => step.high < 1).length;
  return scaled(strategy.each, Math.max(1, steps));
}

interface Slow {
  readonly monitor: Monitor;
  readonly labels: Component<'labels'>;
  readonly delay: Quantity;
}

/** The truth that a monitor waits for; of several the one that comes first. */
function slowOf(architecture: Architecture, monitor: Monitor): Slow | undefined {
  if (value(monitor, 'proxy') === true) return undefined;
  const waits = (value(monitor, 'labels') ?? []).flatMap((name): Slow[] => {
    const labels = architecture.components.get(name) as Component<'labels'> | undefined;
    const delay = labels && value(labels, 'delay');
    return delay ? [{ monitor, labels, delay }] : [];
  });
  return waits.sort((a, b) => a.delay.low - b.delay.low)[0];
}

function* judgeTiming(architecture: Architecture, rollout: Component<'rollout'>, release: Release): Iterable<Outcome> {
  const watched = watchedMonitors(architecture, rollout);
  const metric = value(rollout, 'criteria')?.metric?.toLowerCase();
  const named = [...watched, ...release.observed.monitors].filter((monitor) => metric !== undefined && [value(monitor, 'metric')?.toLowerCase(), monitor.name.toLowerCase()].includes(metric));
  const deciding = named.length > 0 ? named : watched;
  const slow = deciding.flatMap((monitor) => slowOf(architecture, monitor) ?? []).sort((a, b) => b.delay.low - a.delay.low)[0];
  const usesTruth = deciding.some((monitor) => (value(monitor, 'labels') ?? []).length > 0 && value(monitor, 'proxy') !== true);
  if (!slow) {
    // Where a delay is not declared, ML15.4 asks for it.
    if (deciding.length > 0 && !usesTruth) yield satisfied(rollout, { because: `${deciding[0]?.name} needs no truth` });
    return;
  }
  const length = lengthOf(rollout);
  if (!length) return yield question(rollout, 'duration', `How long does ${rollout.name} take? ${slow.labels.name}, by which ${slow.monitor.name} judges, arrives after ${formatQuantity(slow.delay)}.`);
  if (slow.delay.high <= length.low) return yield satisfied(rollout, { because: `${slow.labels.name} arrives after ${formatQuantity(slow.delay)}, the rollout takes ${formatQuantity(length)}` });
  const others = deciding.filter((monitor) => seesAnswers(monitor) && !slowOf(architecture, monitor));
  const certain = slow.delay.low > length.high;
  const details = {
    about: slow.monitor.name,
    at: named.length > 0 && value(rollout, 'criteria') ? 'criteria' : 'watches',
    severity: certain ? (others.length > 0 ? ('medium' as const) : undefined) : ('low' as const),
    message: `${rollout.name} decides by ${slow.monitor.name}, but its truth (${slow.labels.name}) arrives after ${formatQuantity(slow.delay)} and the rollout ${certain ? 'is over' : 'may be over'} after ${formatQuantity(length)}.${others[0] ? ` Only ${others[0].name} can stop it in time.` : ''}`,
    path: [
      { component: rollout.name, span: rollout.nameSpan, note: `over after ${formatQuantity(length)}` },
      { component: slow.monitor.name, span: slow.monitor.nameSpan },
      { component: slow.labels.name, span: slow.labels.nameSpan, note: `after ${formatQuantity(slow.delay)}` },
    ],
    changes: decideSooner(architecture, rollout, release, watched),
  };
  yield certain ? contradiction(rollout, details) : weak(rollout, details);
}

/** Watches a signal that is there at once in place of those that wait; truth still judges afterwards. */
function decideSooner(architecture: Architecture, rollout: Component<'rollout'>, release: Release, watched: readonly Monitor[]): Change[] {
  const quick = (monitor: Monitor): boolean => !slowOf(architecture, monitor);
  const kept = watched.filter(quick);
  const existing = [...kept, ...release.observed.monitors.filter(quick)].find(seesAnswers);
  const added = existing ? [] : answersMonitor(architecture, release.observed);
  const sooner = existing?.name ?? freeName(architecture, `${release.service.name}Answers`);
  const criteria = value(rollout, 'criteria');
  const set = (property: string, to: unknown): Change => ({ op: 'set', subject: rollout.name, property, value: to });
  const decides = criteria ? [set('criteria', { ...criteria, metric: sooner, threshold: (existing && value(existing, 'threshold')) ?? SHIFT_THRESHOLD })] : [];
  return [...added, set('watches', [...new Set([...kept.map((monitor) => monitor.name), sooner])]), ...decides];
}
