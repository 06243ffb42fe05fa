import type { Architecture, Change, Component, Element } from '../../../model/architecture.ts';
import { trainingsOf } from '../../../model/graph/cones.ts';
import type { Edge } from '../../../model/graph/edges.ts';
import { exactly } from '../../../model/quantity.ts';
import { componentsOf, isKindAbsent, presenceOf, value } from '../../../model/statements.ts';
import { formatDuration, formatQuantity } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';
import { historiesOf, horizonOf, type Horizon } from '../../training/history.ts';
import { inHouseModels, listed } from '../../training/in-house.ts';
import { fixingsOf, readsData, type Unfixed } from '../../training/kept-data.ts';
import { recordedOf } from '../../training/run-records.ts';

interface Readers {
  readonly unfixed: Unfixed;
  readonly trainings: Component<'training'>[];
}

export const dataIsFixed: Rule = {
  id: 'ML03.1',
  slug: 'training-data-is-fixed',
  title: 'What a training learned from can be read again as it was',
  type: 'gap',
  severity: 'high',
  why: 'A training that is repeated on data that has changed gives another model, and nobody can tell whether code or data made the difference.',
  remediation: 'Take a snapshot of the data at the start of each run, by version or content hash, and record it with the run.',
  effort: 'M',
  falsePositives: 'The table keeps its history: declare `versioned yes` or `history`. The run takes a snapshot: declare `pins` with data, or `pin` on the flow.',
  *evaluate({ architecture }) {
    const groups = new Map<string, Readers>();
    for (const training of componentsOf(architecture, 'training')) yield* judgeTraining(architecture, training, groups);
    for (const { unfixed, trainings } of groups.values()) yield report(unfixed, trainings);
    yield* modelsWithoutTraining(architecture);
  },
};

function* judgeTraining(architecture: Architecture, training: Component<'training'>, groups: Map<string, Readers>): Iterable<Outcome> {
  const { unfixed, kept } = fixingsOf(architecture, training);
  const pins = value(training, 'pins');
  const evidence = evidenceOf(training.properties.pins);
  const join = (item: Unfixed): void => {
    const key = item.reading ? `${item.reading.from}->${item.reading.to}` : item.component.name;
    const group = groups.get(key);
    if (group) group.trainings.push(training);
    else groups.set(key, { unfixed: item, trainings: [training] });
  };
  if (pins?.includes('data')) {
    // A pin of the run fixes whatever it reads, unless that is said to be the newest all the same.
    const moving = unfixed.filter(({ keeping }) => keeping.state === 'mutable' && keeping.at === 'pin');
    if (moving.length === 0) yield satisfied(training, { evidence, because: `each run of ${training.name} pins its data` });
    for (const item of moving) join(item);
    return;
  }
  if (unfixed.length === 0) {
    if (readsData(architecture, training)) yield satisfied(training, { because: kept[0] ? `${kept[0].component.name}: ${kept[0].because}` : undefined });
    else yield question(training, 'reads', `What does ${training.name} learn from? Declare the flow or \`reads\`.`);
    return;
  }
  const closed = pins !== undefined || presenceOf(training, 'pins') === 'absent';
  const changing = unfixed.filter(({ keeping }) => keeping.state === 'mutable' || (keeping.state === 'by-nature' && closed));
  for (const item of changing) join(item);
  const open = unfixed.filter((item) => !changing.includes(item));
  if (open.length === 0) return;
  if (recordedOf(architecture, training)?.has('data_version')) yield satisfied(training, { because: `each run of ${training.name} records the version of its data` });
  else yield question(training, 'pins', `Can ${training.name} read ${listed([...new Set(open.map(({ component }) => component.name))])} again as of a past run? Declare \`pins\` with data if each run takes a snapshot, or \`versioned\` where the data lies.`);
}

function report({ component, keeping, path, reading }: Unfixed, trainings: readonly Component<'training'>[]): Outcome {
  const names = listed(trainings.map((training) => training.name));
  const claiming = trainings.find((training) => value(training, 'reproducible') === true);
  const pinning = trainings.find((training) => value(training, 'pins')?.includes('data'));
  const subject: Element = reading?.flow ?? component;
  const because = keeping.state === 'unknown' ? 'nothing fixes it' : keeping.because;
  const claim = pinning ? `, yet ${pinning.name} says that it pins its data` : claiming ? `, yet ${claiming.name} says that it can be repeated` : '';
  const own = value(component as Component<'source'>, 'pin');
  const changes: Change[] = reading?.flow
    ? [{ op: 'set-flow', from: reading.flow.from, to: reading.flow.to, property: 'pin', value: 'snapshot' }]
    : own !== undefined
      ? [{ op: 'set', subject: component.name, property: 'pin', value: 'snapshot' }]
      : trainings.map((training) => ({ op: 'set', subject: training.name, property: 'pins', value: [...(value(training, 'pins') ?? []), 'data'] }));
  const details: FindingDetails = {
    at: keeping.state === 'mutable' ? keeping.at : undefined,
    message: `${names} ${trainings.length === 1 ? 'learns' : 'learn'} from ${component.name} without a snapshot or version, and ${because}${claim}.`,
    path: hopsOf(path),
    changes,
    impact: 'A run of the past can be repeated on the data of then',
  };
  return claim ? contradiction(subject, details) : gap(subject, details);
}

function* modelsWithoutTraining(architecture: Architecture): Iterable<Outcome> {
  const models = inHouseModels(architecture).filter((model) => trainingsOf(architecture, model).length === 0);
  if (models.length === 0) return;
  if (isKindAbsent(architecture, 'training')) for (const model of models) yield notApplicable(`The file states that there is no training; ${model.name} comes from elsewhere.`, model);
  else for (const model of models) yield question(model, undefined, `What trains ${model.name}? Declare the training that \`produces\` it, or say that the model is \`vendor\`, \`open\` or \`rules\`.`);
}

/** A place that keeps too little, and who learns from it. */
interface Limit {
  readonly component: Component;
  readonly path: readonly Edge[];
  readonly trainings: string[];
  /** One of them says that it can be repeated. */
  claiming: boolean;
}

export const historyIsLongEnough: Rule = {
  id: 'ML03.2',
  slug: 'data-is-kept-long-enough',
  title: 'Training data is kept as far back as a run must be repeatable',
  type: 'contradiction',
  severity: 'high',
  why: 'A pinned version of data that has been deleted points at nothing.',
  remediation: 'Keep what a run read, or a copy of it, as long as the run must be repeatable.',
  effort: 'M',
  falsePositives: 'A copy is kept elsewhere: declare the store with its `retention` on the way, or `pin snapshot` on the flow.',
  *evaluate(context) {
    const { architecture } = context;
    const horizon = horizonOf(context);
    const all = historiesOf(architecture, horizon.seconds);
    const limits = new Map<string, Limit>();
    for (const training of componentsOf(architecture, 'training')) {
      const histories = all.of(training);
      const copies = value(training, 'pins')?.includes('data') ?? false;
      // A run that pins its data may copy it; what is a copy by itself, a dataset, must be kept.
      const short = histories.filter(({ seconds, limit }) => limit && seconds < horizon.seconds && !(copies && limit.kind !== 'dataset'));
      for (const history of short) {
        if (!history.limit) continue;
        const entry = limits.get(history.limit.name) ?? { component: history.limit, path: all.pathOf(history), trainings: [], claiming: false };
        if (!entry.trainings.includes(training.name)) entry.trainings.push(training.name);
        entry.claiming ||= value(training, 'reproducible') === true;
        limits.set(history.limit.name, entry);
      }
      if (short.length > 0) continue;
      const doubt = copies ? undefined : histories.find((history) => history.doubt)?.doubt;
      const unsaid = histories.find(({ open }) => open && (!copies || open.kind === 'dataset'))?.open;
      if (doubt) yield question(doubt.behind, 'retention', `${doubt.short.name} keeps ${kept(doubt.short)}, and a run of ${training.name} must be repeatable for ${formatDuration(horizon.seconds)}. How long does ${doubt.behind.name} keep its data? Declare \`retention\`.`);
      else if (histories.some(({ declared }) => declared)) yield satisfied(training);
      else if (horizon.declared !== undefined && unsaid) yield question(unsaid, 'retention', `A run of ${training.name} must be repeatable for ${formatDuration(horizon.seconds)} (${horizon.declared}). How long does ${unsaid.name} keep its data? Declare \`retention\`.`);
      else yield notApplicable(`Nothing that ${training.name} reads declares how long it is kept.`, training);
    }
    for (const limit of limits.values()) yield tooShort(limit, horizon);
  },
};

function tooShort({ component, path, trainings, claiming }: Limit, horizon: Horizon): Outcome {
  const needed = formatDuration(horizon.seconds);
  const by = horizon.declared ? ` (${horizon.declared})` : ' by the usual measure; declare `reproduce_within` for another';
  const details: FindingDetails = {
    at: 'retention',
    message: `${component.name} keeps ${kept(component)} and is the only history that ${listed(trainings)} ${trainings.length === 1 ? 'learns' : 'learn'} from, but a run must be repeatable for ${needed}${by}.`,
    why: `After ${kept(component)} the data of a run is gone, and with it the possibility to repeat or examine it.`,
    path: hopsOf(path),
    changes: [{ op: 'set', subject: component.name, property: 'retention', value: exactly(horizon.seconds, 's') }],
    remedy: `Keep the data of ${component.name} for ${needed}, there or in a copy.`,
  };
  // A default of the review is no declared fact, so it cannot contradict one.
  return horizon.declared !== undefined || claiming ? contradiction(component, details) : weak(component, details);
}

function kept(component: Component): string {
  const retention = value(component as Component<'store'>, 'retention');
  return retention ? formatQuantity(retention) : '';
}
