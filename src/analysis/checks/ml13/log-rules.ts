import type { Change } from '../../../model/architecture.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { formatQuantity } from '../../format.ts';
import { isUnmonitored } from '../../monitoring/absence.ts';
import { freeName, restateMonitoring } from '../../monitoring/drafts.ts';
import { observedServices, type Observed } from '../../monitoring/observed.ts';
import { LOG_FIELDS, predictionLogOf, type PredictionLog } from '../../monitoring/predictions-log.ts';
import { evidenceOf, judgePresence } from '../../presence.ts';
import { gap, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';

const WORDS: Readonly<Record<(typeof LOG_FIELDS)[number], string>> = {
  model_version: 'the model version',
  features: 'the inputs',
  prediction: 'the answer',
  timestamp: 'the time',
  join_id: 'an id that ties it to the outcome',
};

export const predictionsLogged: Rule = {
  id: 'ML13.1',
  slug: 'predictions-logged',
  title: 'Every prediction leaves a log entry that can be joined with what happened',
  type: 'gap',
  severity: 'high',
  why: 'Quality, drift and truth are all computed from the log of predictions. What was not logged cannot be looked at afterwards.',
  remediation: 'Log each prediction with model version, inputs or a reference to them, answer, time and an id for the outcome.',
  effort: 'M',
  falsePositives: 'The log may be written by another service or a platform. Declare it with `logs` on the service that answers, or on the application in front of it.',
  *evaluate(context) {
    yield* askedOnce(context.architecture.system, observedServices(context.architecture).map((observed) => judgeLog(context, observed)));
  },
};

function judgeLog(context: Context, observed: Observed): Outcome {
  const { architecture } = context;
  const { service } = observed;
  const log = predictionLogOf(architecture, observed);
  if (log.logger && log.stated?.state === 'present') {
    // A request in free text is all of the inputs, and a trace may hold it.
    const traced = observed.generative && (value(service, 'traces') ?? []).includes('request');
    const missing = LOG_FIELDS.filter((field) => !log.fields.has(field) && !(field === 'features' && traced));
    if (missing.length === 0) return satisfied(service, { evidence: evidenceOf(log.stated), because: `${log.logger.name} logs all that a later judgement needs` });
    return weak(log.logger, {
      at: 'logs',
      severity: missing.length === 1 && missing[0] === 'features' ? 'low' : 'medium',
      message: `The log of ${log.logger.name} lacks ${missing.map((field) => WORDS[field]).join(', ')}.`,
      why: lackWhy(observed, missing),
      changes: [{ op: 'set', subject: log.logger.name, property: 'logs', value: [...new Set([...(value(log.logger, 'logs') ?? []), ...LOG_FIELDS])] }],
      effort: 'S',
    });
  }
  const missing: FindingDetails = {
    message: `${service.name} keeps no log of its predictions.`,
    why: lackWhy(observed, LOG_FIELDS),
    changes: logChanges(context, observed, log),
  };
  if (!log.stated && isUnmonitored(context)) return gap(service, missing);
  const where = log.stores[0] ? ` to ${log.stores[0].name}` : '';
  return judgePresence(log.logger ?? service, 'logs', {
    ask: `What does ${service.name} log${where} of each prediction: ${LOG_FIELDS.map((field) => WORDS[field]).join(', ')}?`,
    missing,
  });
}

function lackWhy({ service, labels }: Observed, missing: readonly string[]): string | undefined {
  const late = labels.find((item) => value(item, 'delay') !== undefined);
  const delay = late && value(late, 'delay');
  if (late && delay && missing.includes('join_id')) {
    return `${late.name} arrives ${formatQuantity(delay)} after the prediction; without an id in the log it cannot be told which answer of ${service.name} it belongs to.`;
  }
  if (missing.length === 1 && missing[0] === 'model_version') return 'Answers of two versions cannot be told apart, so a bad release looks like a slow decline.';
  return undefined;
}

function logChanges({ architecture }: Context, { service }: Observed, log: PredictionLog): Change[] {
  const fields: Change = { op: 'set', subject: service.name, property: 'logs', value: [...LOG_FIELDS] };
  if (log.stores.length > 0) return [...restateMonitoring(architecture), fields];
  const existing = componentsOf(architecture, 'store').find((store) => store.variant === 'log')?.name;
  const name = existing ?? freeName(architecture, 'PredictionLog');
  const store: Change[] = existing === undefined ? [{ op: 'add-component', component: { kind: 'store', name, variant: 'log', properties: { layer: 'logs' } } }] : [];
  return [...restateMonitoring(architecture), ...store, fields, { op: 'set', subject: service.name, property: 'logs_to', value: name }];
}
