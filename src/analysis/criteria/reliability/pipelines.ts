import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatNumber } from '../../format.ts';
import { noneExists } from '../../monitoring/absence.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { technologyOf } from '../../technology.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

/** Jobs that run again and again: trainings by the clock, predictions in jobs. */
const jobsOf = (architecture: Architecture): Component[] => [
  ...componentsOf(architecture, 'training').filter((training) => training.variant === 'scheduled' || value(training, 'every') !== undefined || value(training, 'orchestrated_by') !== undefined || (value(training, 'trigger') ?? []).some((word) => !['manual', 'on_demand', 'code_change'].includes(word))),
  ...componentsOf(architecture, 'service').filter(({ variant }) => variant === 'batch'),
];

export const pipelinesRecover: Criterion = {
  id: 'REL-07',
  slug: 'jobs-can-be-run-again',
  title: 'Jobs are run by something that tries again, and running one twice does no harm',
  type: 'weak',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLREL-04', 'AWS Generative AI Lens GENREL03-BP02'],
  why: 'A job that fails at night under a clock stays failed until somebody looks, and one that is run again blindly writes its results twice.',
  remediation: 'Let a workflow engine run the jobs in order, with retries; make each step overwrite its own result.',
  effort: 'M',
  falsePositives: 'A managed service may do it: declare an `orchestrator` with `retries` and `idempotent yes`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : jobsOf(context.architecture).length + componentsOf(context.architecture, 'orchestrator').length > 0 ? true : 'Nothing is declared that runs again and again.'),
  *evaluate({ architecture }: Context) {
    const jobs = jobsOf(architecture);
    const orchestrators = componentsOf(architecture, 'orchestrator');
    const open: Component<'orchestrator'>[] = [];
    for (const orchestrator of orchestrators) {
      const outcome = judge(architecture, orchestrator, jobs);
      if (outcome) yield outcome;
      else open.push(orchestrator);
    }
    const names = listed(jobs.map(({ name }) => name));
    if (open.length > 0) yield question(architecture.system, undefined, `What happens when a step that ${listed(open.map(({ name }) => name))} runs fails: is it tried again, and does running it twice do harm? Declare \`retries\` and \`idempotent\`.`);
    else if (orchestrators.length === 0 && noneExists(architecture, 'orchestrator')) yield gap(architecture.system, { message: `Nothing runs ${names} in order and tries again: no orchestrator exists.`, impact: 'A failed run is repeated before anyone notices' });
    else if (orchestrators.length === 0) yield question(architecture.system, undefined, `What runs ${names}, and what does it do when a step fails? Declare an \`orchestrator\`.`);
  },
};

/** Undefined where nobody says whether steps are tried again and may be. */
function judge(architecture: Architecture, orchestrator: Component<'orchestrator'>, jobs: readonly Component[]): Outcome | undefined {
  const { name, variant } = orchestrator;
  const own = [...new Set([...(value(orchestrator, 'runs') ?? []), ...jobs.filter((job) => job.kind === 'training' && value(job as Component<'training'>, 'orchestrated_by') === name).map((job) => job.name)])];
  const what = own.length > 0 ? listed(own) : listed(jobs.map((job) => job.name)) || 'its jobs';
  const retries = value(orchestrator, 'retries');
  if ((retries?.high ?? 0) > 0 && presenceOf(orchestrator, 'idempotent') === 'absent') {
    return weak(orchestrator, { at: 'idempotent', message: `${name} runs a failed step up to ${formatNumber(retries?.high ?? 0)} times again, and a second run does harm.`, why: 'Each retry may write its rows or send its results once more.', changes: [{ op: 'set', subject: name, property: 'idempotent', value: true }], impact: 'A retry repairs and does not spoil' });
  }
  if (variant === 'cron' || variant === 'manual') {
    return weak(orchestrator, { message: variant === 'cron' ? `${what} ${own.length > 1 ? 'are' : 'is'} started by the clock of a machine: nothing waits for what comes before, and nothing tries again.` : `${what} ${own.length > 1 ? 'are' : 'is'} run by hand.`, changes: [{ op: 'set-variant', subject: name, variant: 'dag' }, { op: 'set', subject: name, property: 'retries', value: { low: 2, high: 2, unit: '1' } }, { op: 'set', subject: name, property: 'idempotent', value: true }], impact: 'A failed run is repeated before anyone notices' });
  }
  const never = presenceOf(orchestrator, 'retries') === 'absent' || retries?.high === 0;
  if (never) return weak(orchestrator, { at: 'retries', severity: 'low', message: `${name} does not try a failed step again.`, changes: [{ op: 'set', subject: name, property: 'retries', value: { low: 2, high: 2, unit: '1' } }, ...(statementOf(orchestrator, 'idempotent') ? [] : [{ op: 'set' as const, subject: name, property: 'idempotent', value: true }])], impact: 'A short failure repairs itself' });
  const tries = retries !== undefined || technologyOf(architecture, orchestrator)?.can?.includes('retries') === true;
  if (!tries || presenceOf(orchestrator, 'idempotent') !== 'present') return undefined;
  return satisfied(orchestrator, { because: `${name} tries again, and a second run does no harm`, evidence: evidenceOf(statementOf(orchestrator, 'idempotent')) });
}
