import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { reachable } from '../../../model/graph/paths.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { hopsOf } from '../../hops.ts';
import { observedServices } from '../../monitoring/observed.ts';
import { seesAnswers } from '../../monitoring/signals.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { technologyOf } from '../../technology.ts';
import { listed } from '../../training/in-house.ts';
import { fewQuestions } from '../few-questions.ts';
import { jobsOf, predictsInJobs, type Job } from './jobs.ts';

export const publishedWhole: Criterion = {
  id: 'BATCH-02',
  slug: 'results-are-published-whole',
  title: 'Results of a job take the place of the old ones all at once, and the last good ones stay',
  type: 'gap',
  severity: 'high',
  pack: 'batch',
  sources: ['AWS ML Lens (2023) MLREL-10', 'AWS ML Lens (2023) MLREL-13', 'NIST AI RMF MANAGE 2.4'],
  why: 'A job that dies half-way leaves half of the new results among the old ones. Readers cannot tell, and there is nothing to go back to.',
  remediation: 'Write to a place of its own and swap a table, a view or a pointer when all is done and checked; keep the results of the last runs.',
  effort: 'S',
  falsePositives: 'A table format or a database may swap by itself: say `publishes atomic`, or `versioned yes` of the store.',
  applies: predictsInJobs,
  *evaluate({ architecture }: Context) {
    const outcomes = jobsOf(architecture).map((job) => judgePublishing(architecture, job));
    yield* fewQuestions(architecture.system, outcomes, (names) => `How do the results of ${names} take the place of the old ones: all at once, or in place while a job runs? Declare \`publishes\` of each.`);
  },
};

function judgePublishing(architecture: Architecture, { service, results, holders }: Job): Outcome {
  const way = value(service, 'publishes');
  const stated = statementOf(service, 'publishes');
  if (way === 'atomic' || way === 'versioned') return satisfied(service, { evidence: evidenceOf(stated) });
  const kept = holders.find((holder) => keepsStates(architecture, holder));
  if (way === 'overwrite' || stated?.state === 'none') {
    const where = holders.length > 0 ? ` in ${listed(holders.map(({ name }) => name))}` : '';
    const message = kept ? `${service.name} overwrites its results${where} while it runs; until somebody restores ${kept.name}, readers get a mixture of two runs.` : `${service.name} overwrites its results${where} while it runs: when it dies half-way, readers get a mixture of two runs, and the last good one is gone.`;
    return gap(service, { at: 'publishes', mitigated: kept !== undefined, message, path: hopsOf(results.slice(0, 1)), changes: [{ op: 'set', subject: service.name, property: 'publishes', value: 'atomic' }] });
  }
  if (way === 'append') {
    if (stamped(service)) return satisfied(service, { because: 'results are added with the time and version of their run' });
    return question(service, 'stamps', `${service.name} adds its results to the old ones. By what does a reader tell a run that is complete from one that died?`);
  }
  if (holders.length === 0) return notApplicable(`Where the results of ${service.name} lie is not declared.`, service);
  if (kept && isTableFormat(architecture, kept)) return satisfied(service, { because: `${kept.name} replaces a table as a whole and keeps the state before` });
  const planned = plannedInstead(service, 'publishes', { message: `Results of ${service.name} do not take the place of the old ones all at once yet.` });
  return planned ?? { ...question(service, 'publishes', `How do the results of ${service.name} take the place of the old ones in ${listed(holders.map(({ name }) => name))}: all at once when the job is done, or in place while it runs?`), statedUnknown: presenceOf(service, 'publishes') === 'unknown' };
}

const stamped = (service: Job['service']): boolean => ['made_at', 'model_version'].some((stamp) => value(service, 'stamps')?.some((item) => item === stamp));

const isTableFormat = (architecture: Architecture, holder: Component): boolean => {
  const can = technologyOf(architecture, holder)?.can ?? [];
  return holder.variant === 'lakehouse' || (can.includes('time_travel') && can.includes('transactions'));
};

const keepsStates = (architecture: Architecture, holder: Component): boolean => value(holder as Component<'store'>, 'versioned') === true || ['full', 'scd2', 'append_only'].includes(value(holder as Component<'store'>, 'history') ?? '') || isTableFormat(architecture, holder);

export const resultsChecked: Criterion = {
  id: 'BATCH-03',
  slug: 'results-are-checked-before-use',
  title: 'Results of a job are counted and compared with those before, before anyone uses them',
  type: 'gap',
  severity: 'medium',
  pack: 'batch',
  sources: ['AWS ML Lens (2023) MLREL-08', 'Rules of ML 9', 'ML Test Score Monitor 7', 'NIST AI RMF MEASURE 2.4'],
  why: 'Between prediction and use a job has time that a request does not have. Unused, an empty input or a shifted one goes out as millions of wrong results at once.',
  remediation: 'Count the results, compare their distribution with the run before, and keep the old ones when they differ too much.',
  effort: 'S',
  falsePositives: 'The check may be a step of the workflow: say `checks_results`, or put a `validation` between the job and its readers.',
  applies: predictsInJobs,
  *evaluate({ architecture }: Context) {
    const outcomes = jobsOf(architecture).map((job) => judgeChecks(architecture, job));
    yield* fewQuestions(architecture.system, outcomes, (names) => `What is checked of the results of ${names} before anyone uses them? Declare \`checks_results\` of each.`);
  },
};

/** What shows that a whole run is off, as opposed to single bad values. */
const OF_A_RUN: ReadonlySet<string> = new Set(['volume', 'distribution', 'sample']);

function judgeChecks(architecture: Architecture, { service, results }: Job): Outcome {
  const checks = value(service, 'checks_results') ?? [];
  const gate = gateBehind(architecture, service.name);
  if (gate && presenceOf(gate, 'blocking') !== 'absent') return satisfied(service, { because: `${gate.name} stands between it and its readers` });
  const evidence = evidenceOf(statementOf(service, 'checks_results'));
  if (checks.some((check) => OF_A_RUN.has(check))) return satisfied(service, { evidence });
  const change = { op: 'set' as const, subject: service.name, property: 'checks_results', value: [...new Set([...checks, 'volume', 'distribution'])] };
  const observed = observedServices(architecture).find((item) => item.service === service);
  const watching = observed?.monitors.find(seesAnswers);
  const presence = presenceOf(service, 'checks_results');
  if (checks.length > 0) return weak(service, { at: 'checks_results', severity: 'low', message: `${service.name} checks single results (${listed(checks)}), but not whether a run is empty or shifted as a whole.`, changes: [change] });
  if (gate) return weak(gate, { about: service.name, at: 'blocking', message: `${gate.name} looks at the results of ${service.name} and lets them pass whatever it finds.`, changes: [change] });
  if (presence === 'absent') {
    const told = watching ? ` ${watching.name} sees it afterwards.` : '';
    return gap(service, { at: statementOf(service, 'checks_results') ? 'checks_results' : undefined, mitigated: watching !== undefined, path: hopsOf(results.slice(0, 1)), message: `Results of ${service.name} are used as they come: neither their number nor their distribution is looked at first.${told}`, changes: [change] });
  }
  const planned = plannedInstead(service, 'checks_results', { mitigated: watching !== undefined, message: `Results of ${service.name} are used as they come.` });
  return planned ?? { ...question(service, 'checks_results', `What is checked of the results of ${service.name} before anyone uses them: their number, their distribution against the run before?`), statedUnknown: presence === 'unknown' };
}

/** A validation on the way of the results. */
function gateBehind(architecture: Architecture, name: string): Component<'validation'> | undefined {
  const isHeld = (at: string): boolean => ['store', 'dataset', 'cache'].includes(architecture.components.get(at)?.kind ?? '');
  const near = reachable(edgesOf(architecture), [name], { follow: (edge) => (edge.from === name || isHeld(edge.from)) && edge.payload !== 'request' });
  return componentsOf(architecture, 'validation').find((gate) => near.has(gate.name));
}

export const ageVisible: Criterion = {
  id: 'BATCH-05',
  slug: 'age-of-results-is-visible',
  title: 'Who reads a stored prediction can see how old it is',
  type: 'gap',
  severity: 'low',
  pack: 'batch',
  sources: ['ML Test Score Monitor 4', 'Rules of ML 8', 'AWS ML Lens (2023) MLREL-10'],
  why: 'A prediction in a table looks the same on the day it was made and three weeks after the job stopped.',
  remediation: 'Write with each result when it was made and until when it holds, and let readers do without it afterwards.',
  effort: 'S',
  falsePositives: 'Entries that expire cannot be too old: declare `ttl` of the store. A column with the time: `stamps [made_at]` of the job.',
  applies: predictsInJobs,
  *evaluate({ architecture }: Context) {
    const outcomes = jobsOf(architecture).map(({ service, holders }) => judgeAge(service, holders));
    yield* fewQuestions(architecture.system, outcomes, (names) => `Can readers see when ${names} made a result, and until when it holds? Declare \`stamps\` of each.`);
  },
};

function judgeAge(service: Job['service'], holders: readonly Component[]): Outcome {
  const stamps = value(service, 'stamps') ?? [];
  if (stamps.includes('made_at') || stamps.includes('valid_until')) return satisfied(service, { evidence: evidenceOf(statementOf(service, 'stamps')) });
  const expiring = holders.find((holder) => value(holder as Component<'store'>, 'ttl') !== undefined);
  if (expiring) return satisfied(service, { because: `results in ${expiring.name} expire`, evidence: evidenceOf(statementOf(expiring, 'ttl')) });
  if (holders.length === 0) return notApplicable(`No store is declared in which results of ${service.name} could grow old.`, service);
  if (value(service, 'logs')?.includes('timestamp')) return satisfied(service, { because: 'each prediction carries its time', evidence: evidenceOf(statementOf(service, 'logs')) });
  const presence = presenceOf(service, 'stamps');
  const where = listed(holders.map(({ name }) => name));
  if (presence === 'absent' || stamps.length > 0) {
    return gap(service, { at: statementOf(service, 'stamps') ? 'stamps' : undefined, message: `Who reads ${where} cannot see when ${service.name} made a result.`, changes: [{ op: 'set', subject: service.name, property: 'stamps', value: [...stamps, 'made_at', 'valid_until'] }] });
  }
  const planned = plannedInstead(service, 'stamps', { message: `Who reads ${where} cannot see yet when ${service.name} made a result.` });
  return planned ?? { ...question(service, 'stamps', `Can a reader of ${where} see when ${service.name} made a result, and until when it holds?`), statedUnknown: presence === 'unknown' };
}
