import type { Change, Component, Quantity, Span } from '../../../model/architecture.ts';
import { plus } from '../../../model/graph/interval.ts';
import { componentsOf, statementOf, value } from '../../../model/statements.ts';
import { AUTOMATIC_ROLLBACK } from '../../deployment/drafts.ts';
import { releasesOf, type Release } from '../../deployment/releases.ts';
import type { Hop } from '../../finding.ts';
import { formatQuantity } from '../../format.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';

export const recoveredInTime: Rule = {
  id: 'ML20.5',
  slug: 'recovered-in-time',
  title: 'Noticing a failure and going back fit within the recovery target',
  type: 'contradiction',
  severity: 'medium',
  why: 'A target that the monitors and the way back cannot meet is missed in the first incident.',
  remediation: 'Look more often, go back faster, or promise less.',
  effort: 'M',
  falsePositives: 'Something quicker may notice. Declare it as a monitor with `every` or `window`; the quickest one counts.',
  *evaluate({ architecture }) {
    const target = recoveryTargetOf(architecture);
    if (!target) {
      yield notApplicable('No recovery target is declared.');
      return;
    }
    for (const release of releasesOf(architecture)) {
      const outcome = judge(target, release);
      if (outcome) yield outcome;
    }
  },
};

export interface Target {
  readonly value: Quantity;
  readonly component: string;
  readonly span: Span;
}

/** How soon service must be restored, and who says so. */
export function recoveryTargetOf(architecture: Context['architecture']): Target | undefined {
  const holders = [...componentsOf(architecture, 'incidents'), architecture.system];
  for (const holder of holders) {
    const target = value(holder as Component<'incidents'>, 'recovery_target');
    const stated = statementOf(holder, 'recovery_target');
    if (target && stated) return { value: target, component: holder.name, span: stated.span };
  }
  return undefined;
}

export interface Step {
  readonly component: Component;
  /** Seconds. */
  readonly time: Quantity;
}

/** The quickest monitor, where the time of each is known; its interval, or its window where it has none. */
export function quickestDetection({ observed }: Release): Step | undefined {
  const known = observed.monitors.map((monitor) => ({ component: monitor as Component, time: value(monitor, 'every') ?? value(monitor, 'window') }));
  if (known.length === 0 || known.some(({ time }) => time === undefined)) return undefined;
  return (known as Step[]).sort((a, b) => a.time.low - b.time.low)[0];
}

/** The quickest way back that says how long it takes. */
export function quickestRollback({ service, rollouts }: Release): Step | undefined {
  const ways = [...rollouts, service].flatMap((component): Step[] => {
    const time = value(component as Component<'rollout'>, 'rollback')?.within;
    return time ? [{ component, time }] : [];
  });
  return ways.sort((a, b) => a.time.low - b.time.low)[0];
}

function judge(target: Target, release: Release): Outcome | undefined {
  const { service } = release;
  const [detection, rollback] = [quickestDetection(release), quickestRollback(release)];
  const steps = [detection, rollback].filter((step) => step !== undefined);
  const sum = steps.map(({ time }) => time).reduce(plus, { low: 0, high: 0, unit: 's' });
  const goal = formatQuantity(target.value);
  if (sum.low > target.value.high || (steps.length === 2 && sum.high > target.value.low)) {
    const certain = sum.low > target.value.high;
    const parts = [detection && `${detection.component.name} notices within ${formatQuantity(detection.time)}`, rollback && `going back takes ${formatQuantity(rollback.time)}`].filter((part) => part !== undefined);
    const details = {
      span: target.span,
      about: target.component === service.name ? undefined : target.component,
      message: `Service should be back within ${goal}, but for ${service.name} ${parts.join(' and ')}${parts.length === 2 ? `, ${formatQuantity(sum)} together` : ''}.`,
      path: steps.map(({ component, time }): Hop => ({ component: component.name, span: component.nameSpan, note: formatQuantity(time) })),
      changes: quicker(target, detection, rollback),
    };
    return certain ? contradiction(service, details) : weak(service, { ...details, severity: 'low' });
  }
  if (detection && rollback) return satisfied(service, { because: `${formatQuantity(sum)} of ${goal}` });
  if (!rollback) return question(service, 'rollback', `How long does going back to the version before take for ${service.name}? Service should be back within ${goal}.`);
  const silent = release.observed.monitors.find((monitor) => !value(monitor, 'every') && !value(monitor, 'window'));
  if (silent) return question(silent, 'every', `How often does ${silent.name} look? Service should be back within ${goal}, and going back takes ${formatQuantity(rollback.time)}.`);
  // That nothing watches the service is asked by ML13 and ML16.
  return undefined;
}

/** Each part that is too slow by itself gets a share of the target. */
function quicker(target: Target, detection: Step | undefined, rollback: Step | undefined): Change[] {
  const share = (part: number): Quantity => ({ low: Math.floor(target.value.low * part), high: Math.floor(target.value.low * part), unit: 's' });
  const changes: Change[] = [];
  if (rollback && rollback.time.high > target.value.low * 0.4) {
    const before = value(rollback.component as Component<'rollout'>, 'rollback');
    changes.push({ op: 'set', subject: rollback.component.name, property: 'rollback', value: { ...before, kind: AUTOMATIC_ROLLBACK.kind, within: share(0.4) } });
  }
  if (detection && detection.time.high > target.value.low * 0.4) changes.push({ op: 'set', subject: detection.component.name, property: 'every', value: share(0.4) });
  return changes;
}
