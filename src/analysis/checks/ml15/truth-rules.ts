import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { exactly } from '../../../model/quantity.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { formatQuantity } from '../../format.ts';
import { isKindUnknown, isMonitoringClosed, isUnmonitored } from '../../monitoring/absence.ts';
import { DAY, freeName } from '../../monitoring/drafts.ts';
import { observedServices, type Observed } from '../../monitoring/observed.ts';
import { predictionLogOf, type PredictionLog } from '../../monitoring/predictions-log.ts';
import { joinedStore, retentionOf } from '../../monitoring/truth-join.ts';
import { sees, seesAnswers } from '../../monitoring/signals.ts';
import { truthMonitor } from '../../monitoring/truth-monitor.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';

export const truthReturns: Rule = {
  id: 'ML15.1',
  slug: 'truth-returns',
  title: 'What happened comes back, is joined with the predictions and judges the model',
  type: 'gap',
  severity: 'high',
  why: 'Without truth there is no accuracy: the last figure that is known is the one from before the release.',
  remediation: 'Emit outcomes with the id of the prediction, join them with the log, and judge the model with the result. Use proxies until truth lands.',
  effort: 'M',
  falsePositives: 'Truth may arrive in another system. Declare it as `labels`, with what it is joined with and what uses it.',
  *evaluate(context) {
    yield* askedOnce(context.architecture.system, observedServices(context.architecture).flatMap((observed) => [...judgeLoop(context, observed)]));
  },
};

function* judgeLoop(context: Context, observed: Observed): Iterable<Outcome> {
  const { architecture } = context;
  const { service, labels, monitors, evaluations } = observed;
  for (const truth of labels) {
    const user = (edgesOf(architecture).out.get(truth.name) ?? [])
      .flatMap((edge) => architecture.components.get(edge.to) ?? [])
      .find((component) => component.kind === 'evaluation' || component.kind === 'monitor');
    if (user) return yield satisfied(service, { because: `${user.name} compares its answers with ${truth.name}`, evidence: evidenceOf(statementOf(truth, 'joins')) });
  }
  const judge = [...monitors.filter((monitor) => sees(monitor, 'quality') && isIndirect(monitor)), ...evaluations][0];
  if (judge) return yield satisfied(service, { because: `${judge.name} judges its answers without waiting for outcomes` });

  const [first] = labels;
  if (first) {
    const message = `${first.name} arrives, but no evaluation or monitor compares the answers of ${service.name} with it.`;
    if (isMonitoringClosed(context) && isKindAbsent(architecture, 'evaluation')) return yield gap(service, { message, ...remedy(context, observed, first.name) });
    // Where something looks at the answers, ML13.3 asks whether it uses the truth.
    if (!monitors.some(seesAnswers)) yield question(first, undefined, `What compares the answers of ${service.name} with ${first.name}?`);
    return;
  }
  const source = outcomeSource(architecture);
  const missing: FindingDetails = {
    message: `Nothing brings back what happened after the answers of ${service.name}${source ? `, although ${source.name} holds it` : ''}.`,
    silent: true,
    ...remedy(context, observed, undefined, source),
  };
  if (isKindAbsent(architecture, 'labels') || isUnmonitored(context)) return yield gap(service, missing);
  const ask = source ? `Is ${source.name} joined with the predictions of ${service.name}, and what is judged with it?` : `How is it learnt whether the answers of ${service.name} were right, and after how long?`;
  yield { ...question(service, undefined, ask), statedUnknown: isKindUnknown(architecture, 'labels') };
}

const isIndirect = (monitor: Component<'monitor'>): boolean => value(monitor, 'proxy') === true || ['llm_judge', 'human'].includes(value(monitor, 'test') ?? '');

/** Where outcomes are already written down. */
function outcomeSource(architecture: Architecture): Component | undefined {
  return [...architecture.components.values()].find((component) => {
    if (component.kind === 'source') return component.variant === 'feedback' || value(component as Component<'source'>, 'outcome') === true;
    return component.kind === 'store' && value(component as Component<'store'>, 'contains_outcomes') === true;
  });
}

function remedy(context: Context, observed: Observed, existing: string | undefined, source?: Component): Pick<FindingDetails, 'changes' | 'prerequisites'> {
  const { architecture } = context;
  const { service, generative } = observed;
  const labels = existing ?? freeName(architecture, `${service.name}Outcomes`);
  const log = predictionLogOf(architecture, observed).stores.find((store) => store.kind === 'store');
  const properties = { kind: generative ? 'feedback' : 'outcome', join_key: 'prediction_id', ...(log ? { joins: log.name } : {}), ...(source ? { from: [source.name] } : {}) };
  const add: Change[] = existing === undefined ? [{ op: 'add-component', component: { kind: 'labels', name: labels, properties } }] : [];
  const judge = truthMonitor(context, observed, labels);
  return { changes: [...add, ...judge], prerequisites: ['ML13.1'] };
}

export const logOutlivesDelay: Rule = {
  id: 'ML15.2',
  slug: 'log-outlives-delay',
  title: 'Predictions are kept, with a key, until their truth arrives',
  type: 'contradiction',
  severity: 'high',
  why: 'Truth that arrives after the prediction was deleted, or that cannot be matched with it, is worth nothing.',
  remediation: 'Keep the log of predictions for longer than truth takes, with an id that outcomes carry too.',
  effort: 'S',
  falsePositives: 'The log may be copied to a store that keeps it for longer. Let `joins` name the store that truth is joined with.',
  *evaluate(context) {
    const { architecture } = context;
    const seen = new Set<string>();
    for (const observed of observedServices(architecture)) {
      for (const labels of observed.labels) {
        if (seen.has(labels.name)) continue;
        seen.add(labels.name);
        yield* judgeJoin(architecture, observed, labels);
      }
    }
  },
};

function* judgeJoin(architecture: Architecture, observed: Observed, labels: Component<'labels'>): Iterable<Outcome> {
  const log = predictionLogOf(architecture, observed);
  const { store, joined } = joinedStore(architecture, log, labels);
  const [kept, keyed] = [store && judgeRetention(labels, store), judgeKey(labels, log, observed, joined)];
  const problems = [kept, keyed].filter((item): item is Outcome => typeof item === 'object');
  yield* problems;
  if (problems.length > 0 || keyed === undefined) return;
  const retention = store && retentionOf(store);
  yield satisfied(labels, { because: retention ? `${store?.name} keeps predictions for ${formatQuantity(retention)}` : undefined });
}

function judgeRetention(labels: Component<'labels'>, store: Component): Outcome | 'met' | undefined {
  const delay = value(labels, 'delay');
  if (!delay) return undefined;
  const retention = retentionOf(store);
  if (!retention) return delay.low >= DAY.low ? question(store, 'retention', `How long does ${store.name} keep predictions? ${labels.name} arrives after ${formatQuantity(delay)}.`, labels.name) : undefined;
  if (retention.low >= delay.high) return 'met';
  const at = statementOf(store, 'retention') ? 'retention' : 'ttl';
  const certain = retention.high < delay.low;
  const longer = exactly(delay.high * 2, 's');
  const details: FindingDetails = {
    about: labels.name,
    at,
    severity: certain ? undefined : 'medium',
    message: certain
      ? `${store.name} keeps predictions for ${formatQuantity(retention)}, and ${labels.name} arrives after ${formatQuantity(delay)}: there is nothing left to join it with.`
      : `${store.name} keeps predictions for ${formatQuantity(retention)}, and ${labels.name} takes ${formatQuantity(delay)}: the latest truth finds nothing to join with.`,
    path: [
      { component: labels.name, span: labels.nameSpan, note: `after ${formatQuantity(delay)}` },
      { component: store.name, span: store.nameSpan, note: `kept for ${formatQuantity(retention)}` },
    ],
    changes: [{ op: 'set', subject: store.name, property: at, value: longer }],
  };
  return certain ? contradiction(store, details) : weak(store, details);
}

/** Undefined where nothing is known of the join at all: ML15.1 asks for it. */
function judgeKey(labels: Component<'labels'>, log: PredictionLog, { service }: Observed, joins: boolean): Outcome | 'met' | undefined {
  const logged = log.stated?.state === 'present';
  if (presenceOf(labels, 'join_key') === 'absent') {
    return gap(labels, {
      about: 'join_key',
      at: statementOf(labels, 'join_key') ? 'join_key' : undefined,
      message: `${labels.name} carries nothing that ties it to a prediction of ${service.name}.`,
      changes: [{ op: 'set', subject: labels.name, property: 'join_key', value: 'prediction_id' }],
    });
  }
  const key = value(labels, 'join_key');
  if (logged && !log.fields.has('join_id') && log.logger && (key !== undefined || joins)) {
    // A key of the business may stand among the inputs that are logged.
    const perhaps = key !== undefined && log.fields.has('features');
    const details: FindingDetails = {
      about: `${labels.name}.join_id`,
      at: 'logs',
      severity: perhaps ? 'medium' : undefined,
      message: `${labels.name} is joined with the predictions of ${service.name}${key === undefined ? '' : ` by ${key}`}, but what ${log.logger.name} logs holds no such id${perhaps ? ', unless it is among the inputs' : ''}.`,
      changes: [{ op: 'set', subject: log.logger.name, property: 'logs', value: [...log.fields, 'join_id'] }],
    };
    return perhaps ? weak(log.logger, details) : contradiction(log.logger, details);
  }
  if (key !== undefined || log.fields.has('join_id')) return 'met';
  const kind = value(labels, 'kind');
  if (kind === 'human' || kind === 'programmatic' || (!joins && log.stores.length === 0)) return undefined;
  return question(labels, 'join_key', `By which key is ${labels.name} joined with the predictions of ${service.name}?`);
}

export const delayKnown: Rule = {
  id: 'ML15.4',
  slug: 'delay-known',
  title: 'It is known how long truth takes',
  type: 'weak',
  severity: 'low',
  why: 'How soon a bad version can be noticed, how long predictions must be kept and how long a canary must run all hang on it.',
  remediation: 'Measure the time from prediction to truth.',
  effort: 'S',
  falsePositives: 'Truth may be there at once. Declare `delay 0 s`.',
  *evaluate({ architecture }) {
    for (const labels of componentsOf(architecture, 'labels')) {
      const kind = value(labels, 'kind');
      const presence = presenceOf(labels, 'delay');
      if (presence === 'present' || presence === 'absent') yield satisfied(labels, { evidence: evidenceOf(statementOf(labels, 'delay')) });
      else if (kind !== 'programmatic' && presence !== 'not-applicable') yield { ...question(labels, 'delay', `How long after the prediction does ${labels.name} arrive?`), statedUnknown: presence === 'unknown' };
    }
  },
};
