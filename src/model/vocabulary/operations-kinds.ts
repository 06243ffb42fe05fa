import { kind } from './kind.ts';
import { choice, choices, count, date, duration, flag, names, number, rate, ratio, record, reference, references, text, texts } from './property.ts';
import { common } from './common.ts';
import { DATA_CLASSES, FAILURE_CLASSES } from './words.ts';

export const monitor = kind({
  layer: 'observability',
  doc: 'Something that watches.',
  variants: {
    data_quality: 'Nulls, ranges, schema.', data_drift: 'Distribution of inputs.', prediction_drift: 'Distribution of outputs.', model_quality: 'Quality against truth or proxies.', skew: 'Difference between training and serving.', latency: 'Latency and errors.', resource: 'Processor, memory, accelerators.',
    cost: 'Spending.', feature_freshness: 'Age of features.', fallback: 'Share of defaults, nulls and fallbacks.', heartbeat: 'Whether the others still run.', pipeline: 'Late and failed jobs.', safety: 'Harmful output.', business: 'What the business looks at.', version: 'Which version runs where.',
  },
  example: 'monitor InputDrift : data_drift {\n  watches Scorer\n  test psi\n  threshold 0.2\n  window 1 h\n  alerts RiskOnCall\n}',
  properties: {
    ...common,
    watches: references([], 'What it watches.', { edge: { direction: 'in', payload: 'events' }, example: 'watches Scorer' }),
    metric: text('What it measures.', { example: 'metric "recall@1%fpr"' }),
    signals: choices('What kinds of signal it sees.', { latency: 'Latency.', errors: 'Errors.', throughput: 'Traffic.', cpu: 'Processor.', memory: 'Memory.', gpu: 'Accelerators.', inputs: 'Inputs.', predictions: 'Outputs.', confidence: 'Confidence.', quality: 'Quality.', embeddings: 'Vectors of inputs or outputs.', cost: 'Cost.', version: 'Versions.', nulls: 'Missing values.', freshness: 'Age.' }),
    test: choice('The statistic that it uses.', { psi: 'Population stability index.', ks: 'Kolmogorov-Smirnov.', chi_squared: 'Chi-squared.', js: 'Jensen-Shannon.', kl: 'Kullback-Leibler.', wasserstein: 'Wasserstein.', mmd: 'Maximum mean discrepancy.', cosine: 'Distance of embeddings.', classifier: 'A classifier that tells old from new.', zscore: 'Standard deviations.', rule: 'A rule.', llm_judge: 'A language model judges.', human: 'People judge.' }, { example: 'test psi' }),
    threshold: number('Value at which it speaks.', { example: 'threshold 0.2' }),
    per_feature: flag('Thresholds are set for each feature.'),
    window: duration('Time over which it looks.', { example: 'window 1 h' }),
    every: duration('How often it looks.', { example: 'every 1 h' }),
    baseline: choice('What it compares with.', { training_data: 'The data of the deployed version.', production_version: 'The version in use.', fixed: 'A fixed value.', rolling: 'The time before.', previous_period: 'The same time before.' }, { example: 'baseline training_data' }),
    covers: ratio('Share of the inputs that it watches.', { example: 'covers 90 %' }),
    features: names('Inputs that it watches.'),
    weighted_by_importance: flag('Important inputs count more.'),
    labels: references(['labels'], 'Ground truth that it uses.', { edge: { direction: 'in', payload: 'labels' }, example: 'labels Chargebacks' }),
    proxy: flag('It uses something that goes along with quality, before truth is there.'),
    segments: names('Groups that it looks at by themselves.', { example: 'segments [country]' }),
    compares_versions: flag('It tells versions apart.'),
    alerts: references(['alert'], 'Who is told.', { edge: { direction: 'out', payload: 'events' }, example: 'alerts RiskOnCall' }),
    triggers: references(['training', 'pipeline', 'orchestrator', 'rollout', 'runbook'], 'What it starts.', { edge: { direction: 'out', payload: 'events' }, example: 'triggers TrainFraud' }),
    volume: rate('How often it speaks.', { example: 'volume 12 alerts/day' }),
    heartbeat: flag('Somebody is told when it stops.'),
    sampled: ratio('Share of requests that it looks at.'),
  },
});

export const alert = kind({
  layer: 'observability',
  doc: 'How a signal reaches somebody who acts.',
  example: 'alert RiskOnCall {\n  channel pagerduty\n  reaches RiskTeam\n  runbook FraudRunbook\n}',
  properties: {
    ...common,
    channel: choice('How it arrives.', { pagerduty: 'PagerDuty.', opsgenie: 'Opsgenie.', on_call: 'Another on-call service.', phone: 'A call.', sms: 'A text message.', slack: 'Slack.', teams: 'Teams.', chat: 'Another chat.', ticket: 'A ticket.', email: 'E-mail.', dashboard: 'Somebody has to look.', webhook: 'A program.' }, { example: 'channel pagerduty' }),
    reaches: references(['team'], 'Who is told.', { edge: { direction: 'out', payload: 'events' }, example: 'reaches RiskTeam' }),
    escalates: texts('Who is told next, in order.', { example: 'escalates ["Risk ML", "Head of Risk"]' }),
    runbook: references(['runbook'], 'What to do.', { edge: { direction: 'out', payload: 'events' }, example: 'runbook FraudRunbook' }),
    automates: references(['training', 'pipeline', 'rollout', 'orchestrator', 'service', 'artefact'], 'What it starts by itself.', { edge: { direction: 'out', payload: 'events' } }),
    volume: rate('How often it fires.', { example: 'volume 20 alerts/day' }),
    capacity: rate('How many can be answered.', { example: 'capacity 10 alerts/day' }),
    covers: choices('Failures that it speaks of.', FAILURE_CLASSES),
    severity: choice('How urgent it is.', { page: 'At once.', ticket: 'In working hours.', info: 'To know.' }),
    heartbeat: flag('It fires when a signal is missing.', { example: 'heartbeat yes' }),
  },
});

export const runbook = kind({
  layer: 'observability',
  doc: 'What to do, step by step.',
  subject: ['service', 'model', 'agent'],
  example: 'runbook FraudRunbook {\n  covers [model_degradation, drift, serving_failure, rollback]\n  file "runbooks/fraud.md"\n}',
  properties: {
    ...common,
    covers: choices('What it is for.', { ...FAILURE_CLASSES, deployment: 'Bringing a version to production.' }, { example: 'covers [deployment, rollback]' }),
    sections: choices('What it has.', { pre_checks: 'What must be true before.', steps: 'What to do.', post_validation: 'How to see that it worked.', rollback: 'How to go back.' }, { example: 'sections [pre_checks, steps, post_validation, rollback]' }),
    file: text('Where it is.', { linked: true, example: 'file "runbooks/fraud.md"' }),
    operators: count('People who can follow it.', { example: 'operators 4' }),
    manual_steps: count('Steps by hand.', { example: 'manual_steps 2' }),
    reviewed: date('When it was last read through.', { example: 'reviewed 2026-08-15' }),
    drilled: date('When it was last practised.', { example: 'drilled 2026-07-01' }),
    duration: duration('How long it takes.'),
  },
});

export const incidents = kind({
  layer: 'observability',
  doc: 'The process for when something has gone wrong.',
  example: 'incidents Response {\n  classes [data_quality, model_degradation, serving_failure]\n  roles [incident_lead, model_owner, data_owner]\n}',
  properties: {
    ...common,
    classes: choices('Kinds of failure that it tells apart.', { ...FAILURE_CLASSES, infrastructure: 'Machines, networks, software.', security: 'Attacks.', privacy: 'Personal data.' }, { example: 'classes [data_quality, model_degradation, serving_failure]' }),
    roles: choices('Who does what.', { incident_lead: 'Leads.', model_owner: 'Knows the model.', data_owner: 'Knows the data.', communications: 'Talks to others.' }, { example: 'roles [incident_lead, model_owner, data_owner]' }),
    procedures: references(['runbook'], 'What to do for which failure.', { example: 'procedures [FraudRunbook]' }),
    recovery_target: duration('How soon service must be restored.', { example: 'recovery_target 30 min' }),
    reports_within: duration('How soon authorities are told.', { example: 'reports_within 15 days' }),
    reports_widespread_within: duration('How soon authorities are told of widespread or critical cases.', { example: 'reports_widespread_within 2 days' }),
    post_mortems: flag('What happened is written down.'),
    file: text('Where it is described.', { linked: true }),
  },
});

export const team = kind({
  layer: 'governance',
  doc: 'People.',
  example: 'team RiskTeam {\n  people 6\n  on_call yes\n}',
  properties: {
    ...common,
    people: count('How many they are.', { min: 0, example: 'people 6' }),
    on_call: flag('Somebody is always reachable.', { example: 'on_call yes' }),
    experience: choices('What they have done before.', { distributed_training: 'Training on several devices.', kubernetes: 'Running Kubernetes.', streaming: 'Running streams.', on_call: 'Being on call.', llm: 'Language models in production.' }),
    platform_engineers: count('How many know infrastructure.'),
    deployers: count('How many can deploy.'),
  },
});

export const access = kind({
  layer: 'governance',
  doc: 'Who may do what.',
  subject: [],
  example: 'access Policy {\n  permissions least_privilege\n  covers [Lake, Scorer]\n}',
  properties: {
    ...common,
    covers: references([], 'What it is for.'),
    roles: names('Roles that it knows.'),
    reviewed: date('When it was last looked at.'),
    separation: flag('Training and serving have identities of their own.'),
    ci_permissions: choice('What the pipeline may do.', { read: 'Read.', write_limited: 'Write where needed.', write_all: 'Write everywhere.' }),
  },
});

export const compliance = kind({
  layer: 'governance',
  doc: 'A duty, and how it is met.',
  example: 'compliance Erasure {\n  duty erasure\n  covers [Lake, FraudNet]\n}',
  properties: {
    ...common,
    duty: choice('What must be done.', { erasure: 'Forgetting a person.', retention: 'Keeping and deleting in time.', minimisation: 'Only what is needed.', purpose: 'Only for what it was given.', transparency: 'Telling people.', explanation: 'Explaining decisions.', audit: 'Proving what happened.', human_oversight: 'A person can step in.', reporting: 'Telling authorities.', fairness: 'Not discriminating.',
      impact_assessment: 'Knowing beforehand whom it may harm.', risk_management: 'Finding, judging and lowering risks for as long as it runs.', post_market_monitoring: 'Learning from its use whether it still does what it should.', instructions: 'Telling those who use it what it can do and what not.', standards: 'Following harmonised standards, or showing how it is met without them.', conformity: 'Declaring that the law is met.', applicability: 'Deciding for each control of a standard whether it applies, and why.', agreement: 'A contract with whoever processes the data, such as a business associate agreement.', residency: 'Data stays in given regions.' }),
    covers: references([], 'What it is for.'),
    masks: choices('Classes of data that are masked.', DATA_CLASSES),
    retention: record('How long data is kept.', { min: duration(''), max: duration('') }),
    fed_by: references([], 'What it takes its facts from: monitors, truth, evaluations, incidents.', { example: 'fed_by [ScoreQuality, Complaints]' }),
    controls: count('Controls that are decided on, where it is about a standard.', { min: 0, example: 'controls 38' }),
    regions: texts('Regions in which data may be; `eu` stands for every region whose name begins so.', { example: 'regions ["eu"]' }),
    procedure: reference(['runbook'], 'What to do.'),
    file: text('Where it is described.', { linked: true }),
    reviewed: date('When it was last looked at.'),
  },
});
