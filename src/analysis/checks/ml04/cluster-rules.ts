import type { Architecture, Component } from '../../../model/architecture.ts';
import { exactly } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatDuration, formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, type Rule } from '../../rule.ts';
import { deviceNeedsOf, durationOf, nodesOf } from '../../training/device-need.ts';

const HOUR = 3600;

export const teamHasDoneIt: Rule = {
  id: 'ML04.2',
  slug: 'team-has-trained-distributed',
  title: 'A team that will need distributed training has done it before',
  type: 'gap',
  severity: 'medium',
  why: 'Distributed training is learnt on failing runs; a team that starts when the model is due pays for them in time and in idle accelerators.',
  remediation: 'Rehearse on two machines with a small model before the date, or get help from somebody who has done it.',
  effort: 'L',
  falsePositives: 'Somebody on the team has done it elsewhere: declare `experience` of the training or of the team.',
  *evaluate(context) {
    for (const { training, now, planned } of deviceNeedsOf(context)) {
      const because = now?.because ?? planned?.because;
      if (because === undefined) {
        yield notApplicable(`${training.name} does not need several devices within the plan.`, training);
        continue;
      }
      const experience = experienceOf(context.architecture, training);
      const when = now ? 'now' : planned?.by ? `by ${planned.by}` : 'within the plan';
      if (experience === 'yes') yield satisfied(training, { evidence: evidenceOf(statementOf(training, 'experience')) });
      else if (experience === 'no') {
        yield gap(training, {
          at: statementOf(training, 'experience') ? 'experience' : undefined,
          message: `${training.name} needs several devices ${when}: ${because}. Nobody on the team has trained on several devices before.`,
          ...(now || planned?.by ? { severity: 'high' as const } : {}),
        });
      } else {
        const asked = question(training, 'experience', `Has the team trained on several devices before? ${training.name} needs that ${when}: ${because}. Declare \`experience\`.`);
        yield experience === 'unknown' ? { ...asked, statedUnknown: true } : asked;
      }
    }
  },
};

function experienceOf(architecture: Architecture, training: Component<'training'>): 'yes' | 'no' | 'unknown' | 'undeclared' {
  const own = value(training, 'experience');
  if (own !== undefined) return own === 'none' ? 'no' : 'yes';
  const state = presenceOf(training, 'experience');
  if (state === 'unknown') return 'unknown';
  if (state === 'absent' && statementOf(training, 'experience')) return 'no';
  const named = new Set(value(training, 'team') ?? []);
  const teams = componentsOf(architecture, 'team').filter((team) => named.size === 0 || named.has(team.name));
  if (teams.some((team) => value(team, 'experience')?.includes('distributed_training'))) return 'yes';
  const closed = teams.length > 0 && teams.every((team) => value(team, 'experience') !== undefined || presenceOf(team, 'experience') === 'absent');
  return closed ? 'no' : 'undeclared';
}

export const progressIsSaved: Rule = {
  id: 'ML04.3',
  slug: 'progress-is-saved',
  title: 'A run on several machines, or on machines that can be taken away, saves its progress',
  type: 'contradiction',
  severity: 'high',
  why: 'When one machine is lost the whole run starts again; if machines are lost more often than it saves, it never ends.',
  remediation: 'Save checkpoints at an interval well below the time between losses, and test resuming from one.',
  effort: 'S',
  falsePositives: 'The framework saves by itself: declare `checkpoint` with its interval.',
  *evaluate(context) {
    for (const { training } of deviceNeedsOf(context)) {
      const spot = value(training, 'spot') === true;
      const nodes = nodesOf(training);
      const run = durationOf(training);
      if (!spot && nodes <= 1) {
        yield notApplicable(`${training.name} runs on one machine that stays.`, training);
        continue;
      }
      const lost = value(training, 'preempted_every');
      const every = value(training, 'checkpoint')?.every;
      const interval = lost && lost.low <= HOUR ? lost.low / 2 : HOUR / 2;
      const changes = [{ op: 'set' as const, subject: training.name, property: 'checkpoint', value: { every: exactly(interval, 's') } }];
      const state = presenceOf(training, 'checkpoint');
      if (state === 'present') {
        if (every && lost && every.low > lost.high) {
          yield contradiction(training, { at: 'checkpoint', message: `${training.name} saves its progress every ${formatQuantity(every)}, but loses a machine every ${formatQuantity(lost)} on average, so on average it loses more than it saves.`, changes });
        } else yield satisfied(training, { because: every && lost ? `saved every ${formatQuantity(every)}, lost every ${formatQuantity(lost)}` : undefined, evidence: evidenceOf(statementOf(training, 'checkpoint')) });
      } else if (run && run.high <= HOUR && !(lost && lost.low < run.high)) yield notApplicable(`A run of ${training.name} takes ${formatQuantity(run)}, so little is lost.`, training);
      else if (state === 'absent') {
        const where = spot ? `on machines that can be taken away${lost ? `, on average every ${formatQuantity(lost)},` : ''}` : `on ${nodes} machines`;
        const details = { at: 'checkpoint', message: `${training.name} runs${run ? ` for ${formatQuantity(run)}` : ''} ${where} and does not save its progress.`, changes };
        yield spot ? contradiction(training, details) : gap(training, details);
      } else yield question(training, 'checkpoint', `How often does ${training.name} save its progress${spot ? ', since its machines can be taken away' : ''}? Declare \`checkpoint every ${formatDuration(interval)}\`, or \`checkpoint none\`.`);
    }
  },
};

export const trafficIsEncrypted: Rule = {
  id: 'ML04.6',
  slug: 'node-traffic-is-encrypted',
  title: 'Traffic between training machines does not cross a boundary in the clear',
  type: 'gap',
  severity: 'medium',
  why: 'Gradients and activations between machines reveal the examples and the model to whoever can read the network.',
  remediation: 'Encrypt the traffic between machines, or keep them in one private network.',
  effort: 'S',
  falsePositives: 'All machines are in one private network: declare `node_traffic private`.',
  *evaluate(context) {
    for (const { training } of deviceNeedsOf(context)) {
      const nodes = nodesOf(training);
      const traffic = value(training, 'node_traffic');
      if (traffic === 'plain') {
        yield gap(training, {
          at: 'node_traffic',
          message: `Machines of ${training.name} talk to each other in the clear across a boundary of trust.`,
          changes: [{ op: 'set', subject: training.name, property: 'node_traffic', value: 'encrypted' }],
        });
      } else if (traffic !== undefined) yield satisfied(training, { evidence: evidenceOf(statementOf(training, 'node_traffic')) });
      else if (nodes > 1) yield question(training, 'node_traffic', `How do the ${nodes} machines of ${training.name} talk to each other: encrypted, in a private network, in the clear? Declare \`node_traffic\`.`);
      else yield notApplicable(`${training.name} runs on one machine.`, training);
    }
  },
};
