import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import type { Quantity } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { formatQuantity } from '../../format.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { technologyOf } from '../../technology.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

type State = Component<'store' | 'registry'>;

/** Stores whose content is a copy or passes by. */
const PASSING: ReadonlySet<string | undefined> = new Set(['cache', 'stream']);

const statesOf = (architecture: Architecture): State[] => [...componentsOf(architecture, 'registry'), ...componentsOf(architecture, 'store').filter(({ variant }) => !PASSING.has(variant))];

/** How soon service must be restored, and who says so. */
function recoveryTarget(architecture: Architecture): { readonly value: Quantity; readonly by: string } | undefined {
  const own = value(architecture.system, 'recovery_target');
  if (own) return { value: own, by: architecture.system.name };
  const process = componentsOf(architecture, 'incidents').find((item) => value(item, 'recovery_target'));
  const target = process && value(process, 'recovery_target');
  return process && target && { value: target, by: process.name };
}

export const stateComesBack: Criterion = {
  id: 'REL-06',
  slug: 'state-can-be-recovered',
  title: 'Models, features, labels and indexes can be brought back after they were lost',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLREL-13', 'AWS Agentic AI Lens AGENTREL03-BP03', 'ISO/IEC 42001 A.4.3'],
  why: 'A deletion, a bad job or a lost disk takes what cannot be computed again: labels that people gave, models that ran, what was logged.',
  remediation: 'Save it apart from where it lies, try once to bring it back, and declare in what time and with what loss that works.',
  effort: 'M',
  falsePositives: 'It may be built again from somewhere else: say so in an acceptance, or declare `backup` or `versioned yes`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : statesOf(context.architecture).length > 0 ? true : 'No store and no registry is declared.'),
  *evaluate({ architecture }: Context) {
    const open: State[] = [];
    const untimed: State[] = [];
    const target = recoveryTarget(architecture);
    for (const state of statesOf(architecture)) {
      const recovery = state.kind === 'store' ? value(state as Component<'store'>, 'recovery') : undefined;
      const backup = value(state, 'backup');
      if (recovery?.rto && target && recovery.rto.low > target.value.high) {
        yield contradiction(state, { at: 'recovery', about: 'time', message: `${state.name} is back after ${formatQuantity(recovery.rto)}, and ${target.by} must be back within ${formatQuantity(target.value)}.`, changes: [{ op: 'set', subject: state.name, property: 'recovery', value: { ...recovery, rto: target.value } }], impact: 'A recovery target that can be kept' });
      } else if (presenceOf(state, 'backup') === 'absent' || isLost(state)) yield unsaved(architecture, state);
      else if (statementOf(state, 'backup')?.state === 'planned') yield plannedInstead(state, 'backup', { message: `${state.name} is not saved yet.` }) ?? satisfied(state);
      else if (backup === 'replicated') {
        yield weak(state, { at: 'backup', severity: 'low', message: `${state.name} is saved by copies only: what is deleted or spoilt in one is so in all.`, changes: [{ op: 'set', subject: state.name, property: 'backup', value: 'continuous' }] });
      } else if (recovery?.rto || recovery?.rpo || (backup !== undefined && state.kind === 'registry')) yield satisfied(state, { because: `${state.name} is saved${recovery?.rto ? ` and back after ${formatQuantity(recovery.rto)}` : ''}`, evidence: evidenceOf(statementOf(state, 'backup') ?? statementOf(state, 'recovery')) });
      else if (backup !== undefined) untimed.push(state);
      else if (value(state as Component<'store'>, 'versioned') === true) yield satisfied(state, { because: `older states of ${state.name} can be read again` });
      else if (['undeclared', 'unknown'].includes(presenceOf(state, 'backup')) && rebuiltFrom(architecture, state) === undefined) open.push(state);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `How ${open.length === 1 ? 'is' : 'are'} ${listed(open.map(({ name }) => name))} brought back after ${open.length === 1 ? 'it was' : 'they were'} deleted or spoilt? Declare \`backup\`, and \`recovery\` with \`rto\` and \`rpo\`.`);
    else if (untimed.length > 0) yield question(architecture.system, undefined, `After what time ${untimed.length === 1 ? 'is' : 'are'} ${listed(untimed.map(({ name }) => name))} back, and how much is lost? Declare \`recovery\` with \`rto\` and \`rpo\`.`);
  },
};

/** Nothing brings it back, and nothing is said of what would save it. */
const isLost = (state: State): boolean => statementOf(state, 'recovery')?.state === 'none' && presenceOf(state, 'backup') === 'undeclared' && value(state as Component<'store'>, 'versioned') !== true;

function unsaved(architecture: Architecture, state: State): Outcome {
  const source = rebuiltFrom(architecture, state);
  return gap(state, {
    at: statementOf(state, 'backup') ? 'backup' : statementOf(state, 'recovery') ? 'recovery' : undefined,
    ...(source ? { mitigated: true } : {}),
    message: source ? `${state.name} is not saved; it has to be filled again from ${source} before anything is answered.` : isLost(state) ? `Nothing brings back what is lost in ${state.name}.` : `${state.name} is not saved: what is lost there is lost for good.`,
    changes: [{ op: 'set', subject: state.name, property: 'backup', value: 'scheduled' }, ...(statementOf(state, 'recovery')?.state === 'none' ? [{ op: 'unset' as const, subject: state.name, property: 'recovery' }] : [])],
    impact: 'What was lost can be brought back',
  });
}

/** What an online store or an index is filled from: it can be computed again. */
function rebuiltFrom(architecture: Architecture, state: State): string | undefined {
  if (state.kind !== 'store') return undefined;
  return (edgesOf(architecture).in.get(state.name) ?? []).flatMap(({ from }) => architecture.components.get(from) ?? []).find(({ kind }) => kind === 'features' || kind === 'knowledge')?.name;
}

type Stream = Component<'ingestion' | 'store'>;

const streamsOf = (architecture: Architecture): Stream[] => [...componentsOf(architecture, 'ingestion').filter(({ variant }) => variant === 'streaming' || variant === 'hybrid'), ...componentsOf(architecture, 'store').filter(({ variant }) => variant === 'stream')];

export const streamsRecover: Criterion = {
  id: 'REL-08',
  slug: 'streams-can-be-read-again',
  title: 'A stream can be read again after a failure, and does not break under what it gets',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS ML Lens (2023) MLREL-04', 'AWS ML Lens (2023) MLREL-05'],
  pack: 'reliability',
  why: 'What a consumer could not process while it was down is gone once the stream forgets it, and a full stream takes its senders down or loses events.',
  remediation: 'Keep events for longer than a repair takes, set aside what cannot be processed, and slow senders down before it is full.',
  effort: 'S',
  falsePositives: 'Events may be read again from their source: declare its `retention`, or accept the risk with that reason.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : streamsOf(context.architecture).length > 0 ? true : 'No stream is declared.'),
  *evaluate({ architecture }: Context) {
    const target = recoveryTarget(architecture);
    const open: Stream[] = [];
    for (const stream of streamsOf(architecture)) {
      const retention = value(stream as Component<'ingestion'>, 'retention');
      if (retention && target && retention.high < target.value.low) {
        yield contradiction(stream, { at: 'retention', about: 'retention', message: `${stream.name} keeps events for ${formatQuantity(retention)}, and a repair may take ${formatQuantity(target.value)}: what came before is lost.`, changes: [{ op: 'set', subject: stream.name, property: 'retention', value: { low: target.value.high * 2, high: target.value.high * 2, unit: 's' } }], impact: 'No event is lost in an outage' });
      }
      if (stream.kind !== 'ingestion') continue;
      const missing = (['dead_letter', 'backpressure'] as const).filter((property) => presenceOf(stream, property) === 'absent' && !(property === 'dead_letter' && value(stream as Component<'ingestion'>, 'on_bad_data') === 'quarantine'));
      if (missing.length > 0) {
        const words = { dead_letter: 'sets aside nothing that it cannot process', backpressure: 'does not slow its senders down before it is full' };
        yield gap(stream, { at: missing[0], message: `${stream.name} ${missing.map((property) => words[property]).join(' and ')}.`, changes: missing.map((property) => ({ op: 'set', subject: stream.name, property, value: true })), impact: 'One bad record or one busy hour does not stop the stream' });
        continue;
      }
      const technology = technologyOf(architecture, stream);
      const kept = retention !== undefined || technology?.can?.includes('replay') === true;
      if (!kept || !setsAside(stream as Component<'ingestion'>)) open.push(stream);
      else yield satisfied(stream, { because: `${stream.name} can be read again and sets aside what it cannot process`, evidence: evidenceOf(statementOf(stream, 'retention')) });
    }
    if (open.length > 0) yield question(architecture.system, undefined, `What happens in ${listed(open.map(({ name }) => name))} to events that cannot be processed, and how far back can ${open.length === 1 ? 'it' : 'they'} be read again? Declare \`dead_letter\`, \`backpressure\` and \`retention\`.`, 'streams');
  },
};

const setsAside = (stream: Component<'ingestion'>): boolean => value(stream, 'dead_letter') === true || value(stream, 'on_bad_data') !== undefined;
