import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { reachesAnything, signalReaches } from '../../../model/graph/alerts.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { unservedAgents } from '../../deployment/agents.ts';
import { hasNoSignals, isMonitoringClosed } from '../../monitoring/absence.ts';
import { addMonitor, DAY, distinct, FALL_THRESHOLD, freeName, SHIFT_THRESHOLD } from '../../monitoring/drafts.ts';
import { observedServices } from '../../monitoring/observed.ts';
import { sees, seesAnswers } from '../../monitoring/signals.ts';
import { notApplicable, question, satisfied, weak, type Context, type Rule } from '../../rule.ts';
import { scheduledJobs } from './silence-rules.ts';

/** A class of failure: to which systems it applies, and which monitors would see it. */
interface FailureClass {
  readonly words: string;
  applies(architecture: Architecture): boolean;
  seenBy(monitor: Component<'monitor'>): boolean;
  /** Seen by something that is no monitor. */
  seenOtherwise?(architecture: Architecture): boolean;
  /** Variant of the monitor that would see it, and what it watches. */
  readonly variant: string;
  watches(architecture: Architecture): readonly string[];
}

const services = (architecture: Architecture): string[] => observedServices(architecture).map(({ service }) => service.name);
const tells = (architecture: Architecture, component: Component): boolean => reachesAnything(signalReaches(architecture, component.name));
const storedFeatures = (architecture: Architecture): Component<'features'>[] =>
  componentsOf(architecture, 'features').filter((group) => value(group, 'online') !== undefined || value(group, 'freshness') !== undefined || value(group, 'materialised') !== undefined);

/** Two ways to the same values, neither of which logs what was served for training. */
const twoWays = (architecture: Architecture): Component<'features'>[] =>
  componentsOf(architecture, 'features').filter(
    (group) => (value(group, 'online') !== undefined || value(group, 'online_definition') !== undefined) && (value(group, 'offline') !== undefined || value(group, 'offline_definition') !== undefined) && value(group, 'logged') !== true,
  );

const spends = (architecture: Architecture): boolean =>
  value(architecture.system, 'budget') !== undefined ||
  componentsOf(architecture, 'service').some((service) => service.variant === 'llm_api' || value(service, 'budget') !== undefined || value(service, 'ceiling') !== undefined);

export const CLASSES: Readonly<Record<string, FailureClass>> = {
  late_pipeline: {
    words: 'late or failed pipelines',
    applies: (architecture) => scheduledJobs(architecture).length > 0,
    seenBy: (monitor) => sees(monitor, 'pipeline') || sees(monitor, 'heartbeat'),
    seenOtherwise: (architecture) => componentsOf(architecture, 'orchestrator').some((orchestrator) => tells(architecture, orchestrator) && presenceOf(orchestrator, 'alerts') === 'present'),
    variant: 'pipeline',
    watches: (architecture) => scheduledJobs(architecture).slice(0, 3),
  },
  data_quality: {
    words: 'bad data',
    applies: (architecture) => componentsOf(architecture, 'source', 'ingestion').some((component) => component.variant !== 'documents' && component.variant !== 'web'),
    seenBy: (monitor) => sees(monitor, 'data_quality'),
    seenOtherwise: (architecture) =>
      componentsOf(architecture, 'validation').some((gate) => tells(architecture, gate) || value(gate, 'on_bad_data') === 'alert') || componentsOf(architecture, 'ingestion').some((ingestion) => value(ingestion, 'on_bad_data') === 'alert'),
    variant: 'data_quality',
    watches: (architecture) => componentsOf(architecture, 'ingestion', 'source').map((component) => component.name).slice(0, 3),
  },
  feature_freshness: {
    words: 'stale features',
    applies: (architecture) => storedFeatures(architecture).length > 0,
    seenBy: (monitor) => sees(monitor, 'freshness'),
    variant: 'feature_freshness',
    watches: (architecture) => storedFeatures(architecture).map((group) => group.name),
  },
  skew: {
    words: 'skew between training and serving',
    applies: (architecture) => twoWays(architecture).length > 0,
    seenBy: (monitor) => sees(monitor, 'skew'),
    variant: 'skew',
    watches: services,
  },
  drift: {
    words: 'drift',
    applies: (architecture) => observedServices(architecture).some(({ agents, generative }) => !agents && !generative),
    seenBy: (monitor) => sees(monitor, 'inputs') || sees(monitor, 'answers'),
    variant: 'data_drift',
    watches: services,
  },
  model_degradation: {
    words: 'falling quality',
    applies: () => true,
    seenBy: (monitor) => seesAnswers(monitor),
    variant: 'prediction_drift',
    watches: services,
  },
  cost: {
    words: 'cost',
    applies: spends,
    seenBy: (monitor) => sees(monitor, 'cost'),
    seenOtherwise: (architecture) => value(architecture.system, 'budget_alert') === true || componentsOf(architecture, 'service').some((service) => value(service, 'budget_alert') === true),
    variant: 'cost',
    watches: services,
  },
  safety: {
    words: 'harmful output',
    applies: (architecture) =>
      (value(architecture.system, 'affects') ?? []).includes('safety') || unservedAgents(architecture).length > 0 || observedServices(architecture).some(({ service, agents, generative }) => agents || (generative && value(service, 'user_facing') === true)),
    seenBy: (monitor) => sees(monitor, 'safety'),
    seenOtherwise: (architecture) => componentsOf(architecture, 'guardrail').length > 0,
    variant: 'safety',
    watches: services,
  },
};

export const classesCovered: Rule = {
  id: 'ML16.4',
  slug: 'failure-classes-covered',
  title: 'Every class of failure that can happen here has a signal that tells somebody',
  type: 'weak',
  severity: 'medium',
  why: 'A model fails in other ways than a service does. The class without a signal is the one that is found last.',
  remediation: 'Add a signal for each class that applies and has none.',
  effort: 'M',
  falsePositives: 'A signal may exist under another name. Declare it with its variant, or `covers` on the alert that speaks of it.',
  *evaluate(context) {
    const { architecture } = context;
    const { system } = architecture;
    if (hasNoSignals(context)) return yield notApplicable('No alert exists at all; ML16.1 says so.', system);
    const alerts = componentsOf(architecture, 'alert');
    const monitors = componentsOf(architecture, 'monitor');
    // Where neither monitors nor alerts are declared, ML13.2 and ML16.1 ask for them.
    if (alerts.length === 0 && monitors.length === 0) return;
    const spoken = new Set(alerts.flatMap((alert): readonly string[] => value(alert, 'covers') ?? []));
    // A monitor that does not say whom it tells is asked about by ML16.1.
    const telling = monitors.filter((monitor) => presenceOf(monitor, 'alerts') !== 'absent' || tells(architecture, monitor));
    const applicable = Object.entries(CLASSES).filter(([, failure]) => failure.applies(architecture));
    const holes = applicable.filter(([name, failure]) => !spoken.has(name) && !telling.some((monitor) => failure.seenBy(monitor)) && !failure.seenOtherwise?.(architecture));
    if (holes.length === 0) return yield satisfied(system, { because: `signals for ${applicable.map(([, { words }]) => words).join(', ')}` });
    const words = holes.map(([, failure]) => failure.words).join(', ').replace(/, ([^,]*)$/, ' or $1');
    if (!isMonitoringClosed(context)) return yield question(system, undefined, `What tells somebody of ${words} in ${system.name}?`);
    yield weak(system, {
      message: `Nothing tells anybody of ${words}, which can happen in ${system.name}.`,
      changes: distinct(holes.flatMap(([, failure]) => signalFor(context, failure))),
    });
  },
};

function signalFor({ architecture }: Context, { variant, watches }: FailureClass): Change[] {
  const words = variant.split('_').map((word) => `${word[0]?.toUpperCase() ?? ''}${word.slice(1)}`);
  const name = freeName(architecture, `${words.join('')}Watch`);
  const compares: Readonly<Record<string, object>> = {
    data_drift: { test: 'psi', threshold: SHIFT_THRESHOLD, window: DAY, baseline: 'training_data', covers: { low: 1, high: 1, unit: '1' } },
    prediction_drift: { test: 'psi', threshold: SHIFT_THRESHOLD, window: DAY, baseline: 'production_version' },
    skew: { test: 'psi', threshold: SHIFT_THRESHOLD, window: DAY },
    safety: { threshold: FALL_THRESHOLD, window: DAY },
  };
  return addMonitor(architecture, { name, variant, properties: { watches: watches(architecture), ...compares[variant] } });
}
