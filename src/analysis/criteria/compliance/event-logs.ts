import type { Architecture, Component } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { beginning, LEGAL_DATES } from '../../compliance/legal-dates.ts';
import { isHighRisk } from '../../compliance/risk-class.ts';
import { formatQuantity } from '../../format.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { observedServices, type Observed } from '../../monitoring/observed.ts';
import { LOG_FIELDS, predictionLogOf } from '../../monitoring/predictions-log.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';

/** Six months, as days (EU AI Act, Articles 19 and 26(6)). */
const KEPT_DAYS = 183;
const KEPT = { low: KEPT_DAYS * 86_400, high: KEPT_DAYS * 86_400, unit: 's' };

export const eventLogs: Criterion = {
  id: 'COMP-03',
  slug: 'event-logs-kept',
  title: 'A high-risk system logs its events by itself and keeps them for at least six months',
  type: 'gap',
  severity: 'high',
  sources: ['EU AI Act Article 12(1)', 'EU AI Act Article 19', 'EU AI Act Article 26(6)', 'ISO/IEC 42001 A.6.2.8'],
  why: 'Whoever was decided on, and the authority, may ask months later. A log that is gone by then cannot be made again.',
  remediation: 'Log each answer with its time, inputs and version, and keep the log for at least six months; longer where other law asks for it.',
  effort: 'S',
  falsePositives: 'Another store may hold the log for longer: declare it with its `retention`, and a flow of predictions to it.',
  pack: 'compliance',
  counts: 'at every stage',
  applies: (context) => {
    const applies = isHighRisk(context);
    if (applies !== true) return applies;
    return observedServices(context.architecture).length > 0 || 'No service in production that answers with a learned model is declared.';
  },
  *evaluate({ architecture, today }: Context) {
    const judged = new Set<Component>();
    const outcomes = observedServices(architecture).flatMap((observed) => [...judge(architecture, observed, today)]);
    yield* askedOnce(architecture.system, outcomes.filter((outcome) => {
      const subject = outcome.subject as Component | undefined;
      if (subject?.kind !== 'store' && subject?.kind !== 'ingestion') return true;
      const first = !judged.has(subject);
      judged.add(subject);
      return first;
    }));
  },
};

function* judge(architecture: Architecture, observed: Observed, today: string): Iterable<Outcome> {
  const { service } = observed;
  const { logger, stated, stores } = predictionLogOf(architecture, observed);
  const absent = presenceOf(logger ?? service, 'logs') === 'absent';
  if (absent && stores.length === 0) {
    const name = freeName(architecture, 'EventLog');
    return yield gap(logger ?? service, {
      at: stated ? 'logs' : undefined,
      message: `${service.name} is part of a high-risk system and logs no events. ${beginning(LEGAL_DATES.highRisk, today)}`,
      changes: [
        { op: 'set', subject: (logger ?? service).name, property: 'logs', value: [...LOG_FIELDS] },
        { op: 'add-component', component: { kind: 'store', name, variant: 'log', properties: { layer: 'logs', retention: KEPT } } },
        { op: 'set', subject: service.name, property: 'logs_to', value: name },
      ],
    });
  }
  if (stores.length > 0) {
    // One copy that is kept long enough is enough.
    const kept = stores.map((store) => judgeRetention(store, service.name, today));
    const enough = kept.filter(({ outcome }) => outcome === 'satisfied');
    return yield* enough.length > 0 ? enough : kept;
  }
  if (!stated) yield notApplicable('ML13.1 asks what it logs.', service);
  else yield question(service, 'logs_to', `Where does ${service.name} log, and is that kept for at least six months? Declare \`logs_to\` and the \`retention\` of the store.`);
}

function judgeRetention(store: Component<'store' | 'ingestion'>, service: string, today: string): Outcome {
  const property = value(store as Component<'store'>, 'retention') === undefined && value(store as Component<'store'>, 'ttl') !== undefined ? 'ttl' : 'retention';
  const kept = value(store as Component<'store'>, property);
  if (!kept) {
    if (presenceOf(store, property) === 'absent') return gap(store, { at: statementOf(store, property) ? property : undefined, message: `${store.name} holds the events of ${service}, and nothing says that they are kept for six months.`, changes: [{ op: 'set', subject: store.name, property: 'retention', value: KEPT }] });
    return { ...question(store, property, `How long does ${store.name} keep the events of ${service}? A high-risk system has to keep them for at least six months.`), statedUnknown: presenceOf(store, property) === 'unknown' };
  }
  if (kept.low >= KEPT.low) return satisfied(store, { because: `${store.name} keeps them for ${formatQuantity(kept)}`, evidence: evidenceOf(statementOf(store, property)) });
  const say = {
    at: property,
    message: `${store.name} keeps the events of a high-risk system for ${formatQuantity(kept)}; the EU AI Act asks for at least six months. ${beginning(LEGAL_DATES.highRisk, today)}`,
    changes: [{ op: 'set' as const, subject: store.name, property, value: KEPT }],
    impact: 'A decision can be looked up when somebody asks',
  };
  return kept.high < KEPT.low ? contradiction(store, say) : weak(store, say);
}
