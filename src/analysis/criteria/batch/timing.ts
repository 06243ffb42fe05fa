import type { Architecture, Component } from '../../../model/architecture.ts';
import { reachesPerson, reachesAnything, signalReaches } from '../../../model/graph/alerts.ts';
import { edgesOf, type Edge } from '../../../model/graph/edges.ts';
import { carrying, pathTo, reachTree } from '../../../model/graph/paths.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { hasNoSignals, isMonitoringClosed } from '../../monitoring/absence.ts';
import { addMonitor, freeName } from '../../monitoring/drafts.ts';
import { watchedBy } from '../../monitoring/observed.ts';
import { sees } from '../../monitoring/signals.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { fewQuestions } from '../few-questions.ts';
import { jobsOf, predictsInJobs, type Job } from './jobs.ts';

export const lateJobsTold: Criterion = {
  id: 'BATCH-01',
  slug: 'late-results-are-told',
  title: 'Somebody is told when results that are due are not there',
  type: 'gap',
  severity: 'medium',
  pack: 'batch',
  failureMode: 'infrastructure',
  sources: ['ML Test Score Monitor 4', 'Rules of ML 10', 'AWS ML Lens (2023) MLREL-10'],
  why: 'A job that is late makes no noise: its readers find the results of yesterday and take them for those of today.',
  remediation: 'Declare when results are due, and raise an alert when they are not there, whatever the reason.',
  effort: 'S',
  falsePositives: 'The workflow engine may tell already: declare its `alerts`, or a `monitor : pipeline` that watches the job.',
  applies: predictsInJobs,
  *evaluate(context: Context) {
    const outcomes = jobsOf(context.architecture).map((job) => judgeLate(context, job));
    yield* fewQuestions(context.architecture.system, outcomes, (names) => `Who is told when the results of ${names} are not there in time? Declare \`alerts\` of their orchestrator, or a \`monitor : pipeline\` that watches them.`);
  },
};

function judgeLate(context: Context, { service, holders, orchestrators }: Job): Outcome {
  const { architecture } = context;
  const due = statementOf(service, 'due_at');
  if (due?.state === 'none' || due?.state === 'not-applicable') return notApplicable(`Nobody waits for ${service.name} at a given hour.`, service);
  const teller = tellerOf(architecture, [service.name, ...holders.map(({ name }) => name), ...orchestrators.map(({ name }) => name)], orchestrators);
  if (due?.state !== 'present') return notApplicable(`By when the results of ${service.name} must be there is asked by ML11.8.`, service);
  if (teller !== undefined) return satisfied(service, { because: `${teller} speaks when ${service.name} is late`, evidence: due.evidence });
  if (hasNoSignals(context)) return notApplicable('No alert exists at all; ML16.1 says so.', service);
  const silent = orchestrators.find((orchestrator) => presenceOf(orchestrator, 'alerts') === 'absent');
  const closed = isMonitoringClosed(context) || isKindAbsent(architecture, 'alert') || (isKindAbsent(architecture, 'monitor') && orchestrators.every((orchestrator) => presenceOf(orchestrator, 'alerts') !== 'undeclared'));
  const watch = { name: freeName(architecture, `${service.name}Late`), variant: 'pipeline', properties: { watches: [service.name] } };
  if (closed || (silent && isKindAbsent(architecture, 'monitor'))) {
    return gap(service, { at: 'due_at', message: `Results of ${service.name} are due at ${String(due.value)}, and nobody is told when they are not there.`, changes: addMonitor(architecture, watch) });
  }
  return question(service, undefined, `Who is told when the results of ${service.name} are not there at ${String(due.value)}? Declare \`alerts\` of its orchestrator, or a \`monitor : pipeline\` that watches it.`);
}

/** What speaks of these components when they are late: a monitor of jobs, or an orchestrator that alerts. */
function tellerOf(architecture: Architecture, names: readonly string[], orchestrators: readonly Component<'orchestrator'>[]): string | undefined {
  const monitor = componentsOf(architecture, 'monitor').find((item) => {
    if (!(sees(item, 'pipeline') || sees(item, 'heartbeat') || sees(item, 'freshness'))) return false;
    const watched = watchedBy(architecture, item);
    return (watched.length === 0 || watched.some((name) => names.includes(name))) && presenceOf(item, 'alerts') !== 'absent';
  });
  const alert = componentsOf(architecture, 'alert').find((item) => value(item, 'covers')?.includes('late_pipeline') && reachesAnything(signalReaches(architecture, item.name)));
  const own = orchestrators.length > 0 ? orchestrators : onlyOne(componentsOf(architecture, 'orchestrator'));
  return (monitor ?? own.find((item) => reachesPerson(signalReaches(architecture, item.name)) || (value(item, 'alerts') ?? []).length > 0) ?? alert)?.name;
}

const onlyOne = <T>(items: readonly T[]): readonly T[] => (items.length === 1 ? items : []);

export const waitsForInputs: Criterion = {
  id: 'BATCH-04',
  slug: 'waits-for-its-inputs',
  title: 'A job starts when its inputs are complete, and not only when the clock says so',
  type: 'weak',
  severity: 'medium',
  pack: 'batch',
  sources: ['AWS ML Lens (2023) MLREL-04', 'AWS ML Lens (2023) MLREL-10', 'Hidden technical debt (Sculley 2015): pipeline jungles'],
  why: 'On the day on which the job before is late, this one reads half of the data and finishes as if nothing had happened.',
  remediation: 'Let a sensor, an event or the step before start the job, with a time at which somebody is told that nothing came.',
  effort: 'S',
  falsePositives: 'A workflow that runs both steps waits by itself: name the job and what it reads in `runs` of the orchestrator, or say `starts_on inputs_ready`.',
  applies: predictsInJobs,
  *evaluate({ architecture }: Context) {
    const outcomes = jobsOf(architecture).map((job) => judgeStart(architecture, job));
    yield* fewQuestions(architecture.system, outcomes, (names) => `Do ${names} wait until their inputs are complete, or does the clock alone start them? Declare \`starts_on\` of each.`);
  },
};

const feeds = carrying('data', 'features', 'predictions', 'labels');

function judgeStart(architecture: Architecture, { service, orchestrators }: Job): Outcome {
  const { jobs, path } = feedingJobs(architecture, service.name);
  if (jobs.length === 0) return notApplicable(`Nothing that ${service.name} reads is declared to arrive in jobs.`, service);
  const names = listed(jobs.map(({ name }) => name));
  const starts = value(service, 'starts_on');
  if (starts === 'inputs_ready') return satisfied(service, { evidence: evidenceOf(statementOf(service, 'starts_on')) });
  const waiting = orchestrators.find((orchestrator) => orchestrator.variant !== 'cron' && orchestrator.variant !== 'manual' && jobs.every((job) => (edgesOf(architecture).out.get(orchestrator.name) ?? []).some((edge) => edge.to === job.name)));
  if (waiting && starts === undefined) return satisfied(service, { because: `${waiting.name} runs ${names} before it` });
  const cron = orchestrators.find((orchestrator) => orchestrator.variant === 'cron');
  const changes = [{ op: 'set' as const, subject: service.name, property: 'starts_on', value: 'inputs_ready' }];
  if (starts === 'clock') return weak(service, { at: 'starts_on', path: hopsOf(path), message: `${service.name} starts by the clock and does not look whether ${names} ${jobs.length === 1 ? 'is' : 'are'} done.`, changes });
  if (cron && starts === undefined) return weak(service, { path: hopsOf(path), message: `${cron.name} starts ${service.name} by the clock and does not look whether ${names} ${jobs.length === 1 ? 'is' : 'are'} done.`, changes });
  if (starts === 'manual') return notApplicable(`A person starts ${service.name}.`, service);
  const planned = plannedInstead(service, 'starts_on', { message: `${service.name} does not wait yet until ${names} ${jobs.length === 1 ? 'is' : 'are'} done.` });
  return planned ?? { ...question(service, 'starts_on', `Does ${service.name} wait until ${names} ${jobs.length === 1 ? 'is' : 'are'} done, or does the clock alone start it?`), statedUnknown: presenceOf(service, 'starts_on') === 'unknown' };
}

/** The nearest jobs upstream, and the way from the first of them. */
function feedingJobs(architecture: Architecture, name: string): { readonly jobs: readonly Component[]; readonly path: readonly Edge[] } {
  const isFeeding = (at: string): boolean => at !== name && runsInJobs(architecture.components.get(at));
  // Behind the nearest job the next one has to wait for its own inputs.
  const tree = reachTree(edgesOf(architecture), [name], { direction: 'upstream', follow: (edge) => feeds(edge) && !isFeeding(edge.to) });
  const jobs = [...tree.keys()].filter(isFeeding).flatMap((at) => architecture.components.get(at) ?? []);
  return { jobs, path: (jobs[0] && pathTo(tree, jobs[0].name, 'upstream')) ?? [] };
}

function runsInJobs(component: Component | undefined): boolean {
  switch (component?.kind) {
    case 'ingestion':
      return component.variant === 'batch' || value(component as Component<'ingestion'>, 'every') !== undefined;
    case 'features':
      return value(component as Component<'features'>, 'materialised')?.every !== undefined;
    case 'service':
      return component.variant === 'batch';
    default:
      return false;
  }
}
