/** Sets of words that several kinds share. */

export const DATA_CLASSES = {
  pii: 'Personal data: names, addresses, identifiers of people.',
  sensitive: 'Special categories: health, biometrics, beliefs, origin.',
  health: 'Health data.',
  financial: 'Payment and account data.',
  credentials: 'Secrets, tokens, keys.',
  confidential: 'Business data that must not leave the company.',
  behavioural: 'What people did: clicks, views, sessions.',
  location: 'Where people are or were.',
  children: 'Data of minors.',
  public: 'Anyone may see it.',
  none: 'No data that needs protection.',
} as const;

/** Areas of Annex III of the EU AI Act. */
export const AREAS = {
  biometrics: 'Recognising people, or their feelings, by their bodies.',
  infrastructure: 'Safety of traffic, water, gas, heat, power or digital networks.',
  education: 'Admission, grades, exams.',
  employment: 'Hiring, promotion, dismissal, tasks, the watching of work.',
  essential_services: 'Credit, life and health insurance, benefits, emergency calls.',
  law_enforcement: 'Police and prosecution.',
  migration: 'Asylum, visa, borders.',
  justice: 'Courts and elections.',
} as const;

/** Grounds on which personal data may be used. */
export const GROUNDS = {
  consent: 'The people have agreed.',
  contract: 'A contract with them needs it.',
  legal_duty: 'A law demands it.',
  legitimate_interest: 'An interest that was weighed against theirs.',
  processing_agreement: 'Another company works on it by an agreement and on instruction.',
  public_task: 'A task in the public interest.',
} as const;

export const PAYLOADS = {
  data: 'Rows, documents or events as raw material.',
  features: 'Feature values.',
  labels: 'Ground truth or feedback used as truth.',
  predictions: 'Outputs of a model.',
  artifact: 'Model weights or packages.',
  config: 'Configuration, rules, thresholds, prompts, indexes: what changes behaviour without new code.',
  events: 'Operational signals: metrics, alerts, triggers.',
  request: 'A request that waits for an answer.',
  feedback: 'Reactions of users.',
} as const;

export const MODES = {
  sync: 'The caller waits.',
  async: 'The caller does not wait.',
  batch: 'Moved in jobs.',
  stream: 'Moved continuously.',
} as const;

/** What people are told of a model that they meet. */
export const DISCLOSURES = {
  machine: 'That they talk to a machine.',
  generated: 'That text, image or sound was made by a machine.',
  marked: 'What it makes carries a mark that programs can read.',
} as const;

export const ARTEFACTS = {
  weights: 'The model itself.',
  features: 'Feature definitions or feature configuration.',
  config: 'Runtime configuration.',
  prompt: 'Prompts.',
  index: 'Vector or search index.',
  thresholds: 'Decision thresholds.',
  rules: 'Business rules.',
} as const;

export const FAILURE_CLASSES = {
  late_pipeline: 'A pipeline is late or failed.',
  data_quality: 'Bad data arrived.',
  feature_freshness: 'Feature values are too old.',
  skew: 'Training and serving disagree.',
  drift: 'The world has changed.',
  model_degradation: 'The model has got worse.',
  serving_failure: 'The service is down, slow or wrong.',
  cost: 'Spending is out of bounds.',
  safety: 'Harmful output or action.',
  rollback: 'Going back to the previous version.',
} as const;

/** What ran when: the parts of a run that must be pinned or recorded for it to be repeated. */
export const RUN_RECORD = {
  parameters: 'Hyperparameters.',
  metrics: 'Evaluation metrics.',
  code_version: 'Commit of the code.',
  data_version: 'Version, snapshot or hash of the data.',
  environment: 'Image digest or lock file.',
  artifacts: 'Models and plots that the run produced.',
  feature_definitions: 'Definitions and flags of the features used.',
  seed: 'Random seeds.',
} as const;

/** What the text of a language model is used as. */
export const OUTPUT_USES = {
  text: 'It is shown as plain text.',
  markup: 'It is shown as HTML or Markdown, links and images included.',
  fields: 'It fills fields of a fixed form.',
  query: 'It is run as a query.',
  code: 'It is run as code or as a command.',
  call: 'It decides which interface is called, and with what.',
} as const;

/** Facts that bind or harm somebody where they are wrong. */
export const COMMITMENTS = {
  prices: 'Prices and offers.',
  policy: 'Rules of the company: refunds, deadlines, entitlements.',
  legal: 'Law.',
  medical: 'Health.',
  financial: 'Money and investments.',
  none: 'Nothing that binds anyone.',
} as const;

/** What the vendor of a model promises of prompts and answers. */
export const DATA_TERMS = {
  no_training: 'It does not learn from them.',
  no_retention: 'It keeps nothing.',
  limited_retention: 'It keeps them for a stated time.',
  agreement: 'A contract on the processing of personal data is signed.',
} as const;
