import type { Component } from '../../model/architecture.ts';
import { signalReaches } from '../../model/graph/alerts.ts';
import { trainingsOf } from '../../model/graph/cones.ts';
import { edgesOf } from '../../model/graph/edges.ts';
import { componentsOf, presenceOf, value } from '../../model/statements.ts';
import { retrainingBehind } from '../monitoring/ends.ts';
import { sees, seesAnswers } from '../monitoring/signals.ts';
import { noneExists } from '../monitoring/absence.ts';
import { neighboursOf, pipelinesFor, type Facts } from './facts.ts';
import { every, met, missing, open, some, stated, type Judgement } from './judgement.ts';

type Training = Component<'training'>;

const NO_TRAINING = open('no training is declared');

/** What each training must satisfy. */
export const eachTraining = (facts: Facts, judge: (facts: Facts, training: Training) => Judgement): Judgement => every(facts.trainings.map((training) => judge(facts, training)), NO_TRAINING);

/** A workflow engine or a pipeline runs the steps of a training, without a person in between. */
export function orchestrated(facts: Facts, training: Training): Judgement {
  const { architecture } = facts;
  if (training.variant === 'manual') return missing(`somebody starts ${training.name}`, training.name);
  const steps = value(training, 'manual_steps');
  if ((steps?.low ?? 0) > 0) return missing(`a person does steps within ${training.name}`, training.name);
  const runners = orchestratorsOf(facts, training);
  const pipelines = trainingPipelines(facts, training);
  const judged = [...runners.map((runner) => runnerJudged(runner, training)), ...pipelines.map((pipeline) => met(`${pipeline.name} trains ${training.name}`, pipeline.name))];
  const absent = presenceOf(training, 'orchestrated_by') === 'absent' || noneExists(architecture, 'orchestrator');
  return some(judged, absent && (pipelines.length === 0 && noneExists(architecture, 'pipeline') || presenceOf(training, 'orchestrated_by') === 'absent') ? missing(`nothing orchestrates ${training.name}`, training.name) : open(`nobody says what runs ${training.name}`, training.name));
}

function runnerJudged(runner: Component<'orchestrator'>, training: Training): Judgement {
  if (runner.variant === 'manual') return missing(`a person runs the steps of ${training.name}`, runner.name);
  if (runner.variant === 'cron' || value(runner, 'technology') === 'cron') return missing(`${runner.name} only starts ${training.name} by the clock and knows no steps`, runner.name);
  return met(`${runner.name} runs ${training.name}`, runner.name);
}

export function orchestratorsOf({ architecture }: Facts, training: Training): Component<'orchestrator'>[] {
  const near = new Set((edgesOf(architecture).in.get(training.name) ?? []).map((edge) => edge.from));
  return componentsOf(architecture, 'orchestrator').filter(({ name }) => near.has(name));
}

/** Pipelines of which a training is a stage: those tied to it, or those that train and are tied to none. */
export function trainingPipelines(facts: Facts, training: Training): Component<'pipeline'>[] {
  const { architecture, pipelines, trainings } = facts;
  const tied = (pipeline: Component<'pipeline'>, name: string): boolean => neighboursOf(architecture, pipeline).includes(name);
  return pipelines.filter((pipeline) => tied(pipeline, training.name) || (value(pipeline, 'stages')?.includes('training') === true && !trainings.some(({ name }) => tied(pipeline, name))));
}

/** What starts a training without a person deciding each time; running the pipeline on demand counts, as the published level has it. */
const AUTOMATIC: ReadonlySet<string> = new Set(['schedule', 'hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'drift', 'performance', 'new_data', 'on_demand']);

/** The clock, new data, drift or a fall in quality starts a training. */
export function triggered(facts: Facts, training: Training): Judgement {
  const words = value(training, 'trigger') ?? [];
  const automatic = words.filter((word) => AUTOMATIC.has(word));
  if (automatic.length > 0) return met(`${training.name} is started by ${automatic.map((word) => word.replace('_', ' ')).join(', ')}`, training.name);
  if (value(training, 'every') !== undefined || training.variant === 'scheduled' || training.variant === 'online') return met(`${training.name} runs by itself`, training.name);
  const monitor = componentsOf(facts.architecture, 'monitor').find(({ name }) => startsTraining(facts, name, training));
  if (monitor) return met(`${monitor.name} starts ${training.name}`, monitor.name);
  if (words.length > 0) return missing(`${training.name} is started by ${words.map((word) => word.replace('_', ' ')).join(', ')} only`, training.name);
  if (training.variant === 'manual') return missing(`somebody starts ${training.name}`, training.name);
  return stated(training, 'trigger', 'a trigger');
}

/** It runs on machines that are declared or through an orchestrator, not on somebody's own. */
export function managedCompute(facts: Facts, training: Training): Judgement {
  const machines = ['runs_on', 'accelerator'].map((property) => presenceOf(training, property));
  if (machines.includes('present') || neighboursOf(facts.architecture, training).some((name) => facts.architecture.components.get(name)?.kind === 'compute')) return met(`the machines of ${training.name} are declared`, training.name);
  const orchestration = orchestrated(facts, training);
  if (orchestration.state === 'met') return orchestration;
  if (machines.every((presence) => presence === 'absent')) return missing(`${training.name} has no machines of its own`, training.name);
  return open(`nobody says on what ${training.name} runs`, training.name);
}

/** A fall in quality or drift that is seen in production starts the training of a model. */
export function retrained(facts: Facts, model: Component<'model'>): Judgement {
  const { architecture, own } = facts;
  const trainings = trainingsOf(architecture, model);
  const monitors = [...new Set(own.filter(({ observed }) => observed.models.includes(model)).flatMap(({ observed }) => observed.monitors))].filter((monitor) => sees(monitor, 'inputs') || sees(monitor, 'skew') || seesAnswers(monitor));
  const starting = monitors.filter((monitor) => retrainingBehind(architecture, monitor) !== undefined || trainings.some((training) => startsTraining(facts, monitor.name, training)) || pipelinesFor(facts, model).some(({ name }) => reached(facts, monitor.name).has(name)));
  if (starting.length > 0) return met(`${starting.map(({ name }) => name).join(', ')} leads to a training of ${model.name}`, ...starting.map(({ name }) => name));
  const closed = monitors.length > 0 ? monitors.every((monitor) => presenceOf(monitor, 'triggers') === 'absent') : noneExists(architecture, 'monitor') || presenceOf(architecture.system, 'monitoring') === 'absent';
  const spoken = trainings.length > 0 && trainings.every((training) => value(training, 'trigger') !== undefined || presenceOf(training, 'trigger') === 'absent');
  if (closed || spoken) return missing(`no signal of production starts a training of ${model.name}`, model.name);
  return open(`nobody says whether a signal of production starts a training of ${model.name}`, model.name);
}

const reached = ({ architecture }: Facts, signal: string): ReadonlySet<string> => new Set(signalReaches(architecture, signal).automations.map(({ name }) => name));

/** A signal reaches the training, or what runs it. */
function startsTraining(facts: Facts, signal: string, training: Training): boolean {
  const started = reached(facts, signal);
  return started.has(training.name) || orchestratorsOf(facts, training).some(({ name }) => started.has(name)) || trainingPipelines(facts, training).some(({ name }) => started.has(name));
}
