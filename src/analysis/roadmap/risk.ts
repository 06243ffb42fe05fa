import type { Architecture, Component } from '../../model/architecture.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { reachable } from '../../model/graph/paths.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { checklist } from '../checklist.ts';
import type { Finding } from '../finding.ts';
import { watchedBy } from '../monitoring/observed.ts';
import { seesInfrastructureOnly } from '../monitoring/signals.ts';
import { FAILURE_MODES, type Context, type FailureMode } from '../rule.ts';
import { predictionsPerMonth } from '../serving/monthly-volume.ts';
import type { RoadmapWeights } from '../settings.ts';
import { standingOf } from '../severity.ts';

/** How much one finding weighs, with its factors. It orders findings; it is no probability and no loss. */
export interface Risk {
  readonly value: number;
  readonly severity: number;
  /** Weight of its failure mode. */
  readonly likelihood: number;
  /** How well the failure hides: 1 where nothing would show it. */
  readonly detectability: number;
  readonly confidence: number;
  readonly exposure: number;
}

/** For findings of no failure mode that the published guide weighs, such as an acceptance past its date. */
const UNWEIGHED = 0.25;

/** From this many answers a month a fault meets many people. */
const BUSY = 10e6;

/** Risk of a finding: severity × likelihood × detectability × confidence × exposure. */
export function riskOf(context: Context, finding: Finding): Risk {
  const weights = context.settings.roadmap;
  const mode = failureModeOf(finding);
  const severity = severityPoints(finding, weights);
  const likelihood = mode ? FAILURE_MODES[mode] : UNWEIGHED;
  const detectability = detectabilityOf(context, finding, mode);
  const exposure = exposureOf(context, subjectOf(context.architecture, finding));
  return { value: severity * likelihood * detectability * finding.confidence * exposure, severity, likelihood, detectability, confidence: finding.confidence, exposure };
}

const modes: ReadonlyMap<string, FailureMode> = new Map(checklist.flatMap((check) => check.rules.map((rule) => [rule.id, rule.failureMode ?? check.failureMode])));

export function failureModeOf({ rule }: Pick<Finding, 'rule'>): FailureMode | undefined {
  return modes.get(rule);
}

export function severityPoints({ severity }: Pick<Finding, 'severity'>, weights: RoadmapWeights): number {
  return { low: weights.severityLow, medium: weights.severityMedium, high: weights.severityHigh, critical: weights.severityCritical }[severity];
}

/** Name of the component that a finding is about, without its system; of a flow, where it ends. */
export function subjectOf({ system, components }: Architecture, { component }: Pick<Finding, 'component'>): Component | undefined {
  const name = component.startsWith(`${system.name}.`) ? component.slice(system.name.length + 1) : component;
  return components.get(name) ?? components.get(name.split('->')[1] ?? '');
}

/** An outage or a bill shows by itself; a wrong answer or a run that cannot be repeated does not. */
const SELF_EVIDENT: ReadonlySet<FailureMode> = new Set(['infrastructure', 'cost']);

function detectabilityOf({ architecture, settings }: Context, finding: Finding, mode: FailureMode | undefined): number {
  const { unseen, shown, watched } = settings.roadmap;
  // No monitor sees that a run cannot be repeated: it shows on the day it is needed.
  if (mode === 'reproducibility') return unseen;
  const infrastructure = mode !== undefined && SELF_EVIDENT.has(mode);
  const names = affectedBy(architecture, subjectOf(architecture, finding));
  const watching = componentsOf(architecture, 'monitor').filter((monitor) => seesInfrastructureOnly(monitor) === infrastructure && watchedBy(architecture, monitor).some((name) => names.has(name)));
  if (watching.some((monitor) => (value(monitor, 'alerts') ?? []).length > 0)) return watched;
  return watching.length > 0 || infrastructure ? shown : unseen;
}

/** A component and what lies downstream of it; everything where a finding is about the system. */
function affectedBy(architecture: Architecture, subject: Component | undefined): ReadonlySet<string> {
  return subject ? reachable(edgesOf(architecture), [subject.name], { direction: 'downstream' }) : new Set(architecture.components.keys());
}

const MOST_EXPOSED = 2;

function exposureOf(context: Context, subject: Component | undefined): number {
  const { architecture, settings } = context;
  const weights = settings.roadmap;
  const { stage } = standingOf(architecture);
  const busy = stage === 'production' && (predictionsPerMonth(context) ?? 0) > BUSY;
  const base = busy ? weights.busy : weights[stage];
  return Math.min(MOST_EXPOSED, base + weights.dependant * Math.max(0, dependantsOf(architecture, subject) - 1));
}

/** Consumers that ask, and models that learn from, what a component gives. */
function dependantsOf(architecture: Architecture, subject: Component | undefined): number {
  if (!subject) return 0;
  const graph = edgesOf(architecture);
  const callers = reachable(graph, [subject.name], { direction: 'upstream', follow: ({ payload }) => payload === 'request' });
  const fed = reachable(graph, [subject.name], { direction: 'downstream' });
  const isKind = (kind: string) => (name: string): boolean => name !== subject.name && architecture.components.get(name)?.kind === kind;
  return [...callers].filter(isKind('consumer')).length + [...fed].filter(isKind('model')).length;
}
