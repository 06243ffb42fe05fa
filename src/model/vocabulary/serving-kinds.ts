import { kind } from './kind.ts';
import { catalogue, choice, choices, count, date, duration, flag, names, quantities, quantity, rate, ratio, record, reference, references, referenceOr, size, spend, text, time } from './property.ts';
import { common } from './common.ts';
import { ARTEFACTS, COMMITMENTS, DATA_TERMS, DISCLOSURES, OUTPUT_USES, PAYLOADS } from './words.ts';

export const orchestrator = kind({
  layer: 'infrastructure',
  doc: 'What runs jobs in order.',
  variants: { dag: 'A workflow engine.', cron: 'The clock of a machine.', manual: 'A person.', managed: 'A service.' },
  example: 'orchestrator Airflow : dag {\n  technology airflow\n  retries 2\n}',
  properties: {
    ...common,
    runs: references([], 'What it runs.', { edge: { direction: 'out', payload: 'events' }, example: 'runs [TrainFraud]' }),
    retries: count('How often a failed step is tried again.'),
    idempotent: flag('A step that runs twice does no harm.'),
    backfill: flag('Past days can be computed again.'),
    parameterised: flag('Runs take parameters.'),
    alerts: references(['alert'], 'Who hears of a failed or late run.', { edge: { direction: 'out', payload: 'events' } }),
  },
});

export const STAGES = {
  code_tests: 'Tests of the code.', data_validation: 'Checks of the data.', training: 'Training.', model_validation: 'Metrics, bias, comparison with what is in use.', model_tests: 'Serving integration, latency.',
  staging: 'Deployment to staging.', canary: 'A small part of the traffic.', progressive_rollout: 'More and more of it.', full_deployment: 'All of it, after a time of watching.', integration_tests: 'The whole pipeline on small data.',
} as const;

export const pipeline = kind({
  layer: 'infrastructure',
  doc: 'Continuous integration and delivery: how code, models and configuration come to production.',
  variants: { ci: 'Tests.', cd: 'Deployment.', ct: 'Training.', cicd: 'Tests and deployment.' },
  example: 'pipeline Release : cicd {\n  stages [code_tests, data_validation, training, model_validation, canary]\n  deploys Scorer\n}',
  properties: {
    ...common,
    stages: choices('What it does, in order.', STAGES, { example: 'stages [code_tests, data_validation, training, model_validation, staging, canary]' }),
    blocking: flag('A stage that fails stops it.', { example: 'blocking yes' }),
    deploys: references(['service', 'model', 'agent', 'prompt', 'artefact'], 'What it brings to production.', { edge: { direction: 'out', payload: 'artifact' } }),
    trigger: choice('What starts it.', { merge: 'A merge.', tag: 'A tag.', registry: 'A new model version.', manual: 'A person.', schedule: 'The clock.' }),
    manual_steps: count('Steps that a person does.', { example: 'manual_steps 1' }),
    gate: references(['evaluation', 'validation', 'environment'], 'What must pass before it goes on.', { edge: { direction: 'in', payload: 'events' } }),
    approval: choice('Who must agree.', { none_needed: 'Nobody.', one: 'One person.', two_person: 'Two persons.' }),
    pinned_actions: flag('Its building blocks are pinned.'),
    dependencies: choice('What fixes the packages that it installs.', { locked_by_hash: 'A lock file with hashes.', locked: 'A lock file with versions.', unpinned: 'Nothing.', mixed_indexes: 'Nothing, and they come from a public and an own index.' }, { example: 'dependencies locked_by_hash' }),
    deployers: count('People who can deploy.', { example: 'deployers 4' }),
  },
});

export const compute = kind({
  layer: 'infrastructure',
  doc: 'A pool of machines.',
  example: 'compute GpuPool {\n  runs_on aws.g5_xlarge x 4\n}',
  properties: {
    ...common,
    runs_on: record('Its machines.', { instance: catalogue('instance', ''), x: count('', { min: 1 }) }, { positional: 'instance' }),
    shared_by: references([], 'What runs on it.'),
    isolation: choice('What keeps its users apart.', { quota: 'Quotas.', pools: 'Pools of their own.', none_needed: 'Only one uses it.' }),
    utilisation: ratio('How busy it is.'),
    hours: choice('When it is on.', { always: 'Day and night.', office: 'Office hours.', on_demand: 'When needed.' }),
  },
});

export const environment = kind({
  layer: 'infrastructure',
  doc: 'A place where the system runs apart from production: development, staging, shadow.',
  variants: { development: 'For developers.', staging: 'Like production, before production.', shadow: 'On a copy of the traffic.', production: 'The real thing.', test: 'For automatic tests.' },
  example: 'environment Staging : staging {\n  data mirrored\n  traffic shadow of PaymentsApi\n}',
  properties: {
    ...common,
    of: references(['service', 'agent'], 'What it is a copy of.', { example: 'of Scorer' }),
    data: choice('What data is in it.', { mirrored: 'A live copy.', snapshot: 'A copy from some day.', masked_snapshot: 'A copy without personal data.', synthetic: 'Made up.', production: 'The data of production itself.', sampled: 'A sample.' }, { example: 'data mirrored' }),
    data_age: duration('How old its data is.', { example: 'data_age 14 days' }),
    masked: flag('Personal data is masked.'),
    controls: choice('How it is protected.', { equal: 'As production.', weaker: 'Less than production.' }),
    traffic: record('What traffic it gets.', { kind: choice('', { shadow: 'A copy of production.', replay: 'Recorded traffic.', synthetic: 'Made up.', manual: 'A few requests by hand.' }), of: references([], '') }, { positional: 'kind', example: 'traffic shadow of PaymentsApi' }),
    concurrency: choice('Load that it is tried with.', { production: 'As in production.', reduced: 'Less.', single: 'One request at a time.' }),
    same_as_production: choices('What is the same as in production.', { code: 'Code.', dependencies: 'Libraries.', features: 'Feature store.', config: 'Configuration.', model: 'Model.', hardware: 'Machines.' }, { example: 'same_as_production [code, dependencies, features, config]' }),
    differs_in: choices('What differs from production.', { code: 'Code.', dependencies: 'Libraries.', features: 'Feature store.', config: 'Configuration.', hardware: 'Machines.' }),
    gates: references(['rollout', 'pipeline', 'service'], 'What its results decide on.', { edge: { direction: 'out', payload: 'events' }, example: 'gates ScorerRollout' }),
    separate_from_production: flag('It cannot touch production.'),
  },
});

const latencies = () => ({ p50: duration(''), p95: duration(''), p99: duration('') });

export const service = kind({
  layer: 'serving',
  doc: 'Something that runs a model and answers.',
  variants: { realtime: 'It answers while the caller waits.', batch: 'It predicts in jobs.', streaming: 'It predicts on events.', edge: 'It runs on devices.', llm_api: 'A language model of a vendor.', app: 'It calls models but runs none.' },
  example: 'service Scorer : realtime {\n  platform triton\n  serves FraudNet\n  replicas 2..8\n  slo p99 <= 120 ms\n}',
  properties: {
    ...common,
    platform: catalogue('technology', 'What serves the model.', { example: 'platform triton' }),
    serves: references(['model', 'agent', 'prompt', 'knowledge'], 'What it runs.', { example: 'serves FraudNet' }),
    runs_on: record('Machines that it runs on.', { instance: catalogue('instance', ''), x: count('', { min: 1 }) }, { positional: 'instance', example: 'runs_on aws.g5_xlarge' }),
    accelerator: record('Accelerators of a replica, where the machine is not in the catalogue.', { type: catalogue('accelerator', ''), x: count('', { min: 1 }) }, { positional: 'type' }),
    runs_in: reference(['environment'], 'The environment that it runs in; production if not said.'),
    replicas: count('How many run at once; a range if they scale.', { min: 0, example: 'replicas 2..8' }),
    autoscale: record('How replicas are added.', {
      on: choice('', { utilisation: 'How busy they are.', concurrency: 'Requests in flight.', queue: 'Length of the queue.', rate: 'Requests per second.', cpu: 'Processor.', memory: 'Memory.', gpu: 'Accelerator.', latency: 'Latency.', schedule: 'The clock.' }),
      at: ratio(''), within: duration(''), max: count(''),
    }, { example: 'autoscale on utilisation at 65 % within 90 s' }),
    scale_to_zero: flag('No replica runs when nobody asks.'),
    loads_in: duration('How long a new replica takes until it answers.', { example: 'loads_in 40 s' }),
    throughput: rate('What one replica can take.', { example: 'throughput 350 req/s' }),
    concurrency: count('Requests that one replica works on at once.', { min: 1, example: 'concurrency 4' }),
    service_time: record('Time to answer one request, without waiting.', { ...latencies(), at: record('', { batch: count('') }) }, { example: 'service_time p50 6 ms p99 14 ms' }),
    batching: record('How requests are grouped.', { kind: choice('', { dynamic: 'As they come.', static: 'Fixed size.', continuous: 'Token by token.', off: 'Not at all.' }), max: count(''), wait: duration(''), at: choice('', { central: 'Before the replicas.', replica: 'In each replica.' }) }, { positional: 'kind', example: 'batching dynamic max 16 wait 4 ms' }),
    cache: record('Answers that are kept.', { hit_rate: ratio(''), ttl: duration(''), in: reference(['cache', 'store'], '') }, { example: 'cache hit_rate 35 % ttl 10 min' }),
    slo: record('What it promises.', {
      ...latencies(), availability: ratio(''), throughput: rate(''), ttft: duration('Time to first token.'), tpot: duration('Time per output token.'), tokens: quantity('token_rate', 'Tokens per second.'), errors: ratio(''),
    }, { example: 'slo p99 <= 120 ms, availability >= 99.95 %' }),
    load_test: record('What it was measured at.', {
      kind: choice('', { single_request: 'One request at a time.', concurrent: 'Many at once.', soak: 'For a long time.', replay: 'Recorded traffic.' }),
      at: rate(''), ...latencies(), concurrency: count(''), representative: flag(''), on: date(''),
    }, { positional: 'kind', example: 'load_test at 3_000 req/s p50 11 ms p95 38 ms p99 88 ms on 2026-09-14' }),
    quota: rate('What a provider allows.', { example: 'quota 300 req/min' }),
    token_quota: quantity('token_rate', 'Tokens that a provider allows.', { example: 'token_quota 50_000 tokens/min' }),
    max_tokens: quantity('tokens', 'Longest answer.'),
    rate_limit: rate('What one caller may ask.'),
    user_ceiling: quantity('spend', 'What one user may cost.'),
    ceiling: spend('Where spending stops, whatever happens.', { example: 'ceiling 25_000 USD/month' }),
    budget_alert: flag('Somebody is told before the budget is spent.'),
    unit_cost: quantity('unit_price', 'What one answer costs, as measured.', { example: 'unit_cost 0.35 USD/kreq' }),
    tracks_cost: flag('Cost per answer is measured.', { example: 'tracks_cost yes' }),
    revenue: quantity('unit_price', 'What one answer earns or saves.'),
    utilisation: ratio('How busy its machines are.', { example: 'utilisation 40 %' }),
    hours: choice('When it is on.', { always: 'Day and night.', office: 'Office hours.', on_demand: 'When needed.' }),
    fallback: referenceOr(['service', 'model', 'cache', 'store', 'artefact', 'consumer', 'team'], { rules: 'Rules take over.', previous_version: 'The version before.', cached: 'The last answers.', human: 'A person.', default: 'A fixed answer.', degraded: 'Less, but something.' }, 'What answers when it cannot.', { example: 'fallback rules' }),
    kill_switch: flag('It can be turned off at once.', { example: 'kill_switch yes' }),
    human_override: flag('A person can overrule it.'),
    keeps_previous: choice('What becomes of the version before.', { warm: 'It runs.', retained: 'It can be started again.', deleted: 'It is gone.' }, { example: 'keeps_previous warm' }),
    versions: count('Versions that serve at the same time.', { min: 0 }),
    rollback: record('How it goes back.', { kind: choice('', { automatic: 'By itself.', manual: 'By hand.', redeploy: 'By deploying again.' }), within: duration(''), covers: choices('', ARTEFACTS), drilled: date('') }, { positional: 'kind', example: 'rollback automatic within 5 min' }),
    loads_model: choice('How it gets a model.', { by_version: 'By version or digest.', latest: 'Whatever is newest.', baked_in: 'It is part of the image.', from_path: 'From a path that is overwritten.' }, { example: 'loads_model by_version' }),
    logs: choices('What each prediction leaves behind.', { model_version: 'Which version answered.', features: 'The inputs, or where they are.', prediction: 'The answer.', timestamp: 'When.', join_id: 'What ties it to the outcome.', latency: 'How long it took.', prompt_version: 'Which prompt.', retrieved: 'Which documents.', tokens: 'How many tokens.' }, { example: 'logs [model_version, features, prediction, timestamp, join_id]' }),
    logs_to: reference(['store', 'ingestion'], 'Where predictions are logged.', { edge: { direction: 'out', payload: 'predictions' }, example: 'logs_to PredictionLog' }),
    traces: choices('What a trace ties together.', { request: 'The request.', features: 'The features.', model_version: 'The model version.', config_version: 'The configuration.', prediction: 'The answer.' }, { example: 'traces [request, features, model_version]' }),
    validates: choices('What it checks of a request.', { schema: 'Form.', nulls: 'Missing values.', range: 'Values out of bounds.', distribution: 'What is unusual.', size: 'Size.' }, { example: 'validates [schema, range]' }),
    missing_values: choice('What it does with missing inputs.', { impute: 'Filled as in training.', default: 'Filled by a constant.', zero: 'Filled by zero.', reject: 'The request is refused.', native: 'The model handles them.', silent: 'Filled without a word.' }, { example: 'missing_values reject' }),
    segments: names('Platforms, regions or groups that it serves differently.', { example: 'segments [tpu, gpu]' }),
    same_job_as: reference(['training'], 'The training job that also scores.'),
    starts_at: time('When a job starts.', { example: 'starts_at "02:00"' }),
    duration: duration('How long a job takes.', { example: 'duration 90 min' }),
    retries: count('How often a job is tried again.'),
    due_at: time('When its results must be there.', { example: 'due_at "06:00"' }),
    every: duration('Interval of its jobs.'),
    fails: choice('What happens to the request when it fails.', { open: 'The request goes on without it.', closed: 'The request fails.' }),
    hard_limits: text('Limits that break it when they are passed.'),
    user_facing: flag('People talk to it.'),
    discloses: choices('What people are told of it.', DISCLOSURES, { example: 'discloses [machine]' }),
    guarded_by: references(['guardrail'], 'What checks its inputs and outputs.'),
    devices: count('Devices that it runs on.'),
    update_path: choice('How devices get a new version.', { over_the_air: 'Through the network.', app_release: 'With the app.', manual: 'By hand.' }),
    stateless: flag('Any replica can answer any request.'),
    generates: flag('It produces text token by token.'),
    output_as: choices('What becomes of the text that it writes.', OUTPUT_USES, { example: 'output_as [text]' }),
    commits_to: choices('Facts on which people will rely when it states them.', COMMITMENTS, { example: 'commits_to [prices, policy]' }),
    data_terms: choices('What its vendor promises of the data that it gets.', DATA_TERMS, { example: 'data_terms [no_training, no_retention]' }),
    processes: choice('How the platform runs it.', { single: 'One process.', workers: 'Several.' }),
    deployed_by: choice('How it is deployed.', { pipeline: 'By a pipeline.', manual: 'By hand.', script: 'By a script.' }),
    provisioned: flag('Capacity at the provider is reserved.'),
    deployed: date('Last deployment.'),
    returns: choices('What an answer shows.', { decision: 'A decision, a class, a text.', band: 'A score in a few steps.', scores: 'Scores or probabilities as they are.', logits: 'Values from inside the model.', explanation: 'Reasons.', internals: 'Versions, traces, texts of errors.' }, { example: 'returns [decision, band]' }),
    response_size: size('Size of an answer.'),
  },
});

export const gateway = kind({
  layer: 'serving',
  doc: 'What stands in front: load balancer, API gateway, router between versions or models.',
  variants: { load_balancer: 'It spreads requests over replicas.', api: 'It checks and limits.', router: 'It chooses the version or model.', waf: 'It keeps attacks out.', mesh: 'A service mesh.' },
  example: 'gateway Router : router {\n  splits yes\n  latency p50 1 ms p99 3 ms\n}',
  properties: {
    ...common,
    splits: flag('It divides traffic between versions.', { example: 'splits yes' }),
    sticky: flag('A user stays with one version.'),
    replicas: count('How many run.', { min: 0 }),
    capacity: rate('What it can take.'),
    latency: record('Time that it adds.', latencies()),
    rate_limit: rate('What one caller may ask.'),
    health_checks: flag('It leaves out what is ill.'),
    validates: choices('What it checks of a request.', { schema: 'Form.', range: 'Values out of bounds.', size: 'Size.' }),
  },
});

export const cache = kind({
  layer: 'serving',
  doc: 'Answers or values that are kept for a while.',
  example: 'cache Answers {\n  technology redis\n  hit_rate 40 %\n  ttl 10 min\n}',
  properties: {
    ...common,
    hit_rate: ratio('Share of requests that it answers.'),
    ttl: duration('After which time an entry expires.'),
    replicas: count('Copies that can answer.', { min: 0 }),
    capacity: rate('What it can take.'),
    latency: record('Latency of a read.', latencies()),
    size: size('How much it holds.'),
  },
});

export const artefact = kind({
  layer: 'serving',
  doc: 'Something generated or configured that changes how a service behaves: a feature list, a vocabulary, thresholds, rules, a vector index, flags.',
  variants: { feature_file: 'Names and settings of features.', vocabulary: 'Words or categories.', thresholds: 'Limits of decisions.', rules: 'Rules.', config: 'Settings.', index: 'A search index.', flags: 'Switches.', prompt: 'Instructions.' },
  example: 'artefact FeatureFile : feature_file {\n  generated_from MetaQuery\n  every 5 min\n  read_by Proxy\n}',
  properties: {
    ...common,
    generated_from: references([], 'What it is generated from.', { edge: { direction: 'in', payload: 'data' }, example: 'generated_from MetaQuery' }),
    read_by: references(['service', 'gateway', 'agent'], 'What reads it at run time.', { edge: { direction: 'out', payload: 'config' }, example: 'read_by Proxy' }),
    every: duration('How often it is made.', { example: 'every 5 min' }),
    validated: choices('What is checked before it goes out.', { schema: 'Form.', size: 'Size.', limits: 'Limits of its readers.', duplicates: 'Repeats.', content: 'Plausibility.', staged: 'It is tried on a few first.' }, { example: 'validated [schema, size, limits]' }),
    limit: count('Most entries that its readers can take.', { example: 'limit 200' }),
    entries: count('Entries that it has.', { example: 'entries 60' }),
    reaches_all_within: duration('How soon it is everywhere.', { example: 'reaches_all_within 5 min' }),
    rollout: references(['rollout', 'pipeline'], 'How a change goes out.', { example: 'rollout ConfigRollout' }),
    versioned: flag('Each state has a version.'),
    kill_switch: flag('Its effect can be turned off at once.'),
    rollback: record('How it goes back.', { kind: choice('', { automatic: 'By itself.', manual: 'By hand.' }), within: duration('') }, { positional: 'kind' }),
    produced: flag('It is still made.'),
  },
});

export const rollout = kind({
  layer: 'serving',
  doc: 'How a new version reaches its users.',
  subject: ['service', 'agent', 'artefact', 'prompt', 'knowledge', 'gateway', 'model'],
  example: 'rollout ScorerRollout for Scorer {\n  strategy canary steps [1 %, 10 %, 50 %, 100 %]\n  watches [ScoreQuality]\n  rollback automatic within 5 min\n}',
  properties: {
    ...common,
    of: references(['service', 'agent', 'artefact', 'prompt', 'knowledge', 'gateway', 'model'], 'What it releases, where `for` names only one.'),
    strategy: record('How exposure grows.', {
      kind: choice('', { canary: 'A small part first.', gradual: 'Step by step.', shadow: 'On a copy of the traffic first.', blue_green: 'Beside the old one, then all at once.', all_at_once: 'Everyone at once.', ab_test: 'Two versions compared.', feature_flag: 'By switches.', manual: 'As somebody decides.' }),
      steps: quantities('ratio', ''), each: duration('Time of each step.'),
    }, { positional: 'kind', example: 'strategy canary steps [1 %, 10 %, 100 %] each 2 h' }),
    duration: duration('From first to full exposure.', { example: 'duration 6 h' }),
    watches: references(['monitor'], 'What is watched while it grows.', { edge: { direction: 'in', payload: 'events' }, example: 'watches [ScoreQuality]' }),
    compares_versions: flag('New and old version are compared on the same signal.', { example: 'compares_versions yes' }),
    criteria: record('When it goes on or back.', { metric: text(''), threshold: quantity('number', '', { min: Number.NEGATIVE_INFINITY }), within: duration(''), min_duration: duration(''), min_sample: count('') }, { example: 'criteria metric "recall" threshold 0.82 min_duration 2 h min_sample 50_000' }),
    detects: record('The difference that must be seen.', { difference: ratio(''), from: ratio('') }, { positional: 'difference', example: 'detects 1 % from 10 %' }),
    rollback: record('How it goes back.', { kind: choice('', { automatic: 'By itself.', manual: 'By hand.', redeploy: 'By deploying again.' }), within: duration(''), drilled: date('') }, { positional: 'kind', example: 'rollback automatic within 5 min' }),
    covers: choices('What it releases.', ARTEFACTS, { example: 'covers [weights, config, thresholds]' }),
    sticky: flag('A user stays with the version that was tried first.'),
    version_visible: flag('It can be seen which version runs where.', { example: 'version_visible yes' }),
    approval: choice('Who must agree.', { automatic: 'A rule.', one: 'One person.', two_person: 'Two persons.' }),
  },
});

export const experiment = kind({
  layer: 'serving',
  doc: 'A comparison of versions on users (A/B test).',
  subject: ['service', 'model', 'agent'],
  example: 'experiment NewRanker for Ranker {\n  unit user\n  metric "orders per user"\n  duration 14 days\n}',
  properties: {
    ...common,
    arms: names('What is compared.', { example: 'arms [current, candidate]' }),
    routed_by: reference(['gateway'], 'What divides the traffic.', { example: 'routed_by Router' }),
    unit: choice('What is assigned to an arm.', { user: 'A person.', session: 'A visit.', request: 'A request.', account: 'An account.', region: 'A region.', device: 'A device.' }),
    metric: text('The business metric that decides.'),
    guardrails: names('What must not get worse.'),
    sample: count('Units per arm.'),
    detects: record('The difference that must be seen.', { difference: ratio(''), from: ratio('') }, { positional: 'difference', example: 'detects 1 % from 10 %' }),
    duration: duration('How long it runs.'),
    share: ratio('Part of the traffic in it.'),
    stop_rule: text('When it ends early.'),
    payload: choice('What differs.', PAYLOADS),
  },
});
