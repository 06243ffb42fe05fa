import { choice, choices, count, date, duration, flag, rate, record, spend, text } from './property.ts';
import { LAYERS } from './kind.ts';
import { AREAS, PAYLOADS, MODES, DATA_CLASSES, GROUNDS } from './words.ts';
import { names, ratio, reference } from './property.ts';

/** Properties of the system itself. */
export const system = {
  owner: text('The team that answers for the system.', { example: 'owner "Risk ML"' }),
  purpose: text('What it is for, and for whom.', { example: 'purpose "Ranks applications for a recruiter, who decides"' }),
  kpi: text('The figure by which the business sees that it helps.', { example: 'kpi "days from application to offer"' }),
  provider: text('The company or authority that answers for it towards others.', { example: 'provider "Example Bank AG"' }),
  version: text('What this state of the system is called; pictures show it.', { example: 'version "2.3"' }),
  stage: choice('How far it is.', {
    prototype: 'Shown to few, may break.',
    pilot: 'Real use, limited.',
    production: 'Relied upon.',
  }, { example: 'stage production' }),
  criticality: choice('What a failure costs.', {
    low: 'Internal, nobody is harmed.',
    medium: 'Annoying or moderately costly.',
    high: 'Revenue or reputation.',
    critical: 'Safety, regulation, or automated decisions on people.',
  }, { example: 'criticality high' }),
  decisions: choice('What happens with its output.', {
    automated: 'It acts, nobody looks first.',
    human_reviewed: 'A person decides with it.',
    informational: 'It is only shown.',
  }, { example: 'decisions automated' }),
  affects: choices('Whom or what its decisions touch.', {
    people: 'Rights, access, credit, work, health of persons.',
    money: 'Payments, prices, stock.',
    safety: 'Life and limb.',
    content: 'What users see.',
    operations: 'Internal processes.',
  }, { example: 'affects [people, money]' }),
  risk_class: choice('Class under the EU AI Act, if known.', { minimal: 'Minimal risk.', limited: 'Transparency duties.', high: 'High risk (Annex III).', prohibited: 'Not allowed.' }),
  area: choices('Areas of Annex III of the EU AI Act that its decisions fall into; `area none` says that they fall into none.', AREAS, { example: 'area [employment]' }),
  region: text('Home region.', { example: 'region "us-east-1"' }),
  compliance: choices('Rules that it must meet.', {
    gdpr: 'EU data protection.', hipaa: 'US health data.', pci_dss: 'Card payments.', sox: 'Financial reporting.', soc2: 'Service organisation controls.',
    iso_27001: 'Information security.', iso_42001: 'AI management.', eu_ai_act: 'EU AI Act.', ccpa: 'California privacy.', fcra: 'US credit reporting.',
  }, { example: 'compliance [gdpr, pci_dss]' }),
  review: record('What the review is for; it moves emphasis, not truth.', {
    for: choice('', { scale: 'It must carry much more load.', diligence: 'Investors or customers look at it.', degradation: 'Quality falls and nobody knows why.', decision: 'A large decision is ahead.' }),
  }, { example: 'review for scale' }),
  headroom: count('Multiple of today’s peak that it should take without a new architecture.', { min: 1, default: '5', integer: false, example: 'headroom 5' }),
  horizon: duration('How far the plan looks.', { default: '12 months', example: 'horizon 12 months' }),
  reproduce_within: duration('How far back a training run must be repeatable.', { default: '6 months', example: 'reproduce_within 7 years' }),
  detect_within: duration('How long a fall in quality may go unnoticed.', { default: '24 h at high criticality, 7 days otherwise', example: 'detect_within 24 h' }),
  recovery_target: duration('How soon service must be restored after a failure.', { example: 'recovery_target 30 min' }),
  volume: rate('Predictions over a longer time, where the peak is not known.', { example: 'volume 14M req/day' }),
  budget: spend('What the system may cost.', { example: 'budget 40_000 USD/month' }),
  budget_alert: flag('Somebody is told before the budget is spent.'),
  revenue: spend('What the system earns or saves.', { example: 'revenue 400_000 USD/month' }),
  changed: date('Last change of the architecture.', { example: 'changed 2026-08-01' }),
  reviewed: date('When this description was last compared with what runs.', { example: 'reviewed 2026-10-05' }),
  maintainers: count('People who could change and repair each part; parts may say so for themselves.', { min: 0, example: 'maintainers 3' }),
  decision_records: text('Where decisions are written down with their reasons, if not here.', { linked: true, example: 'decision_records "docs/adr"' }),
  symptoms: choices('What has been noticed.', { skew: 'Offline and online results differ.', degradation: 'Quality falls.', latency: 'Slow answers.', cost: 'Bills grow.', incidents: 'Failures repeat.' }),
  complete: choices('Layers that are fully described: what is left out of them does not exist.', Object.fromEntries(LAYERS.map((l) => [l, `The ${l} layer.`])) as Record<(typeof LAYERS)[number], string>, { example: 'complete [serving, observability]' }),
  monitoring: flag('Whether there is any monitoring of the model; `none` states that there is not.', { example: 'monitoring none' }),
  incident_process: flag('Whether there is an incident process; `none` states that there is not.'),
} as const;

/** Properties of a flow. */
export const flow = {
  payload: choice('What flows.', PAYLOADS, { shorthand: true, default: 'derived from the kinds of its ends' }),
  mode: choice('How it flows.', MODES, { shorthand: true, default: 'derived from the kinds of its ends' }),
  deploys: reference(['model'], 'The model that is deployed along it.', { example: 'deploys FraudNet' }),
  timeout: duration('How long the caller waits.', { example: 'timeout 200 ms' }),
  retries: count('How often the caller tries again.', { example: 'retries 1' }),
  breaker: flag('A circuit breaker protects the caller.'),
  latency: record('Time that the call adds to that of what it calls: network and waiting. Where what it calls has no figure, the whole call.', {
    p50: duration(''), p95: duration(''), p99: duration(''),
  }, { example: 'latency p50 3 ms p99 12 ms' }),
  lookup: record('A read of stored values at request time, with its latency where it is known; the word may stand alone.', {
    p50: duration(''), p95: duration(''), p99: duration(''),
  }, { bare: true, example: 'lookup p99 4 ms' }),
  fan_out: count('Parallel calls per request.', { min: 1, example: 'fan_out 20' }),
  hedged: flag('Slow calls are sent a second time.'),
  partial: flag('An answer is given from those parts that came in time.'),
  optional: flag('The caller can answer without it.'),
  fallback: flag('Used only when another way fails.'),
  fails: choice('What happens to the request when this flow fails.', { open: 'The request goes on without it.', closed: 'The request fails.' }),
  rate: rate('Traffic on it.', { example: 'rate 900 req/s' }),
  share: ratio('Part of the traffic that takes it.', { example: 'share 10 %' }),
  shadow: flag('A copy of the traffic; answers are not used.'),
  every: duration('Interval of the job that moves it.', { example: 'every 1 day' }),
  lag: duration('Time from source to destination, run time included.', { example: 'lag 20 min' }),
  pin: choice('What fixes the content that was read.', { snapshot: 'A copy made at the time.', version: 'A version number.', time_travel: 'A table that can be read as of a time.', hash: 'A content hash.', digest: 'An image or artifact digest.', commit: 'A commit.', latest: 'Nothing: whatever is newest.', branch_head: 'Nothing: the head of a branch.' }, { example: 'pin snapshot' }),
  join: choice('How labels and features of past times are joined.', { point_in_time: 'As of the time of the example.', latest: 'Newest value.' }),
  time_cut: flag('Only what was known before the outcome passes.', { example: 'time_cut yes' }),
  schema: choice('What fixes its form.', { contract: 'An agreed, enforced contract.', documented: 'A description.', inferred: 'Whatever arrives.' }),
  auth: choice('How the caller proves who it is.', { iam: 'Cloud identities.', oauth: 'OAuth.', api_key: 'A key.', mtls: 'Mutual TLS.', session: 'A login session.' }),
  encrypted: flag('Encrypted on the wire.'),
  access: choice('What the caller may do.', { read: 'Read.', write: 'Write.', read_write: 'Read and write.', admin: 'Everything.' }),
  crosses: choice('A boundary that it crosses.', { trust: 'Between networks of different trust.', region: 'Between regions.', vendor: 'To another company.' }),
  contains: choices('Classes of data on it.', DATA_CLASSES),
  masks: choices('Classes of data that are removed or masked on it.', DATA_CLASSES),
  basis: choice('On what ground personal data goes there.', GROUNDS, { example: 'basis processing_agreement' }),
  fields: names('Fields that it carries.'),
  automated: flag('No hand is needed.', { example: 'automated yes' }),
  approval: choice('Who must agree.', { human: 'A person.', two_person: 'Two persons.', automatic: 'A rule.' }),
  idempotent: flag('Doing it twice does no harm.'),
} as const;

/** Properties of an acceptance of a risk. */
export const acceptance = {
  because: text('Why the risk is taken.', { example: 'because "Mirrored traffic starts in Q1"' }),
  until: date('When the risk is looked at again.', { example: 'until 2027-03-31' }),
  by: text('Who takes it.', { example: 'by "Risk ML"' }),
  ticket: text('Where it is followed up.'),
} as const;

/** Properties of a decision. */
export const decision = {
  status: record('Where the decision stands.', {
    state: choice('', { proposed: 'Open.', accepted: 'Taken.', rejected: 'Turned down.', superseded: 'Replaced by a later one.', pending: 'Wanted soon.' }),
    on: date(''),
  }, { positional: 'state', example: 'status accepted on 2026-06-02' }),
  context: text('Why there was something to decide.'),
  chosen: reference([], 'The component that was chosen.'),
  option: text('What was chosen, where it is not a component.'),
  rejected: names('What was not chosen.', { example: 'rejected "FastAPI on EC2", "Ray Serve"' }),
  consequences: text('What follows from it.'),
  by: text('Who decided.'),
} as const;

/** Properties of a target state. */
export const target = {
  because: text('Why this state is wanted.'),
  by: date('When it should be reached.'),
  horizon: duration('How long it will last.'),
} as const;
