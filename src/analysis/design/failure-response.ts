import { monitorReaches, signalReaches, type Reach } from '../../model/graph/alerts.ts';
import type { Architecture, Component } from '../../model/architecture.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { CLASSES } from '../checks/ml16/coverage-rules.ts';
import { applicableClasses, wordsOf } from '../checks/ml20/classes.ts';
import { waysOut, type Way } from '../checks/ml20/disengage-rule.ts';
import { quickestDetection, quickestRollback, recoveryTargetOf, type Step, type Target } from '../checks/ml20/recovery-rule.ts';
import { releasesOf, type Release } from '../deployment/releases.ts';
import { sees, type Signal } from '../monitoring/signals.ts';
import type { Context } from '../rule.ts';
import { seenBeside } from './monitoring-schema.ts';

/** What is at fault: the data, the model, or what serves it. */
export type FaultGroup = 'data' | 'model' | 'serving';

/** A class of failure that can happen in this system, with what shows it and what says what to do. */
export interface FailureResponse {
  readonly failure: string;
  /** How it is called in a sentence. */
  readonly words: string;
  readonly group: FaultGroup;
  readonly monitors: readonly Component<'monitor'>[];
  /** Names of what tells of it without being a monitor: checks on the way, guardrails, an orchestrator. */
  readonly beside: readonly string[];
  readonly alerts: readonly Component<'alert'>[];
  readonly runbooks: readonly Component<'runbook'>[];
  /** The incident process tells it apart; undefined where no process is declared. */
  readonly known?: boolean;
}

const GROUPS: Readonly<Record<string, FaultGroup>> = { late_pipeline: 'data', data_quality: 'data', feature_freshness: 'data', skew: 'model', drift: 'model', model_degradation: 'model', safety: 'model', serving_failure: 'serving', cost: 'serving' };

const BESIDE: Readonly<Record<string, Signal>> = { late_pipeline: 'pipeline', data_quality: 'data_quality', cost: 'cost', safety: 'safety' };

/** Every class that applies; going back is a procedure and no failure. */
export function failureResponses(architecture: Architecture): FailureResponse[] {
  const monitors = componentsOf(architecture, 'monitor');
  const [process] = componentsOf(architecture, 'incidents');
  const classes: readonly string[] | undefined = process && value(process, 'classes');
  return applicableClasses(architecture).filter((failure) => failure !== 'rollback').map((failure): FailureResponse => {
    const seeing = monitors.filter((monitor) => CLASSES[failure]?.seenBy(monitor) ?? (failure === 'serving_failure' && sees(monitor, 'infrastructure')));
    const signal = BESIDE[failure];
    const beside = signal ? seenBeside(architecture, signal) : [];
    const speaking = componentsOf(architecture, 'alert').filter((alert) => (value(alert, 'covers') as readonly string[] | undefined)?.includes(failure));
    const alerts = new Set([...speaking, ...seeing.flatMap((monitor) => monitorReaches(architecture, monitor).alerts), ...beside.flatMap((name) => signalReaches(architecture, name).alerts)]);
    return {
      failure,
      words: wordsOf(failure),
      group: GROUPS[failure] ?? 'serving',
      monitors: seeing,
      beside,
      alerts: [...alerts],
      runbooks: componentsOf(architecture, 'runbook').filter((runbook) => (value(runbook, 'covers') as readonly string[] | undefined)?.includes(failure)),
      ...(classes && { known: classes.includes(failure) }),
    };
  });
}

/** How a service is taken out of the decision, and how long noticing and going back take. */
export interface Disengagement {
  readonly release: Release;
  readonly ways: readonly Way[];
  readonly detection?: Step;
  readonly rollback?: Step;
  readonly target?: Target;
}

export function disengagements(context: Context): Disengagement[] {
  const target = recoveryTargetOf(context.architecture);
  return releasesOf(context.architecture).map((release) => {
    const [detection, rollback] = [quickestDetection(release), quickestRollback(release)];
    return { release, ways: [...waysOut(context, release)], ...(detection && { detection }), ...(rollback && { rollback }), ...(target && { target }) };
  });
}

/** Who is told, in order, by each alert. */
export const escalations = (architecture: Architecture): { readonly alert: Component<'alert'>; readonly reach: Reach }[] => componentsOf(architecture, 'alert').map((alert) => ({ alert, reach: signalReaches(architecture, alert.name) }));
