import type { Change } from '../../../model/architecture.ts';
import { componentsOf, statementOf, value } from '../../../model/statements.ts';
import { formatDuration, formatNumber, formatQuantity } from '../../format.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Outcome, type Rule } from '../../rule.ts';
import { isInProduction, isJob, type Service } from '../../serving/services.ts';
import { evidenceOf } from '../../presence.ts';

const DAY = 86_400;

export const jobsMeetDeadlines: Rule = {
  id: 'ML11.8',
  slug: 'jobs-meet-deadlines',
  title: 'A job is done, with its retries, before its results must be there',
  type: 'contradiction',
  severity: 'high',
  why: 'Predictions that come after the hour at which they are used are not used, or yesterday’s are.',
  remediation: 'Start earlier, divide the work over more machines, or compute only what changed.',
  effort: 'S',
  falsePositives: 'The results are due on a later day than the job starts. Declare `every`.',
  *evaluate({ architecture }) {
    const jobs = componentsOf(architecture, 'service').filter((service) => isJob(service) && isInProduction(architecture, service));
    if (jobs.length === 0) yield notApplicable('No service that predicts in jobs is declared.');
    for (const job of jobs) yield judge(job);
  },
};

function judge(job: Service): Outcome {
  const [start, due, duration] = [value(job, 'starts_at'), value(job, 'due_at'), value(job, 'duration')];
  const name = job.name;
  if (due === undefined) {
    const stated = statementOf(job, 'due_at');
    if (stated?.state === 'none' || stated?.state === 'not-applicable') return notApplicable(`Nobody waits for ${name} at a given hour.`, job);
    return { ...question(job, 'due_at', `By when must the results of ${name} be there? Declare \`due_at\`, or \`none\`.`), statedUnknown: stated?.state === 'unknown' };
  }
  if (start === undefined) return question(job, 'starts_at', `When does ${name} start? Its results are due at ${due}. Declare \`starts_at\`.`);
  if (!duration) return question(job, 'duration', `How long does ${name} take? It starts at ${start} and is due at ${due}. Declare \`duration\`.`);
  const window = (secondsOf(due) - secondsOf(start) + DAY) % DAY || DAY;
  const tries = 1 + (value(job, 'retries')?.high ?? 0);
  const room = `It starts at ${start} and is due at ${due}, ${formatDuration(window)} later`;
  const every = value(job, 'every');
  const details = { at: 'due_at', changes: earlier(name, due, duration.high * tries), impact: 'Results at the hour at which they are used' };
  if (duration.low > window) {
    const message = `${name} takes ${formatQuantity(duration)}. ${room}.`;
    const why = `The results come ${formatDuration(duration.low - window)} late, every time.`;
    // A job that runs every few days may be due on a later day.
    return every && every.high > DAY ? weak(job, { ...details, message, severity: 'medium' }) : contradiction(job, { ...details, message, why });
  }
  if (duration.high * tries > window) {
    const again = tries > 1 ? `, and ${formatDuration(duration.high * tries)} with ${formatNumber(tries - 1)} ${tries === 2 ? 'retry' : 'retries'}` : '';
    return weak(job, { ...details, severity: 'medium', message: `${name} takes ${formatQuantity(duration)}${again}. ${room}.`, why: tries > 1 ? 'The retries are of no use: after one failure the results are late.' : 'On a slow day the results are late.' });
  }
  return satisfied(job, { because: `${formatDuration(duration.high * tries)} fit into ${formatDuration(window)}`, evidence: evidenceOf(statementOf(job, 'duration')) });
}

const secondsOf = (time: string): number => Number(time.slice(0, 2)) * 3600 + Number(time.slice(3, 5)) * 60;

/** A start that leaves a quarter more than the job needs; none where it needs more than a day. */
function earlier(job: string, due: string, need: number): Change[] {
  if (need * 1.25 >= DAY) return [];
  return [{ op: 'set', subject: job, property: 'starts_at', value: timeOf(secondsOf(due) - need * 1.25) }];
}

function timeOf(seconds: number): string {
  const minutes = Math.floor((((seconds % DAY) + DAY) % DAY) / 60);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
