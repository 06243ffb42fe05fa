import { catalogue, choice, choices, count, flag, names, ratio, spend, text, texts } from './property.ts';
import { DATA_CLASSES, GROUNDS } from './words.ts';

/** Properties that every component takes. */
export const common = {
  technology: catalogue('technology', 'What it is built with: an entry of the catalogue.', { example: 'technology kafka' }),
  owner: text('The team or person who answers for it.', { example: 'owner "Risk ML"' }),
  maintainers: count('People who could change and repair it.', { min: 0, example: 'maintainers 3' }),
  readers: choice('Who may use its answers, or what it holds.', { registered: 'Consumers that asked and are known.', anyone: 'Whoever can reach it.' }, { example: 'readers registered' }),
  region: text('Where it runs.', { example: 'region "eu-west-1"' }),
  zones: count('Availability zones that it spans.', { min: 1, example: 'zones 3' }),
  availability: ratio('Availability that it is measured or promised to have.', { example: 'availability 99.95 %' }),
  cost: spend('What it costs to run.', { example: 'cost 1_200 USD/month' }),
  budget: spend('What it may cost.', { example: 'budget 18_000 USD/month' }),
  contains: choices('Classes of data that it holds or carries.', DATA_CLASSES, { example: 'contains [pii, financial]' }),
  basis: choice('On what ground personal data is here.', GROUNDS, { example: 'basis contract' }),
  encrypted: choices('Where its data is encrypted.', { at_rest: 'On disk.', in_transit: 'On the wire.' }, { example: 'encrypted [at_rest, in_transit]' }),
  exposure: choice('Who can reach it.', { public: 'Anyone on the internet.', partners: 'Known other companies.', internal: 'Inside the company.', private: 'Inside a private network.' }),
  auth: choice('How callers prove who they are.', { iam: 'Cloud identities and roles.', oauth: 'OAuth or OpenID Connect.', api_key: 'Shared keys.', mtls: 'Mutual TLS.', session: 'A login session.' }),
  identity: text('The role or account that it runs as.', { example: 'identity "scorer-runtime"' }),
  permissions: choice('How wide its own rights are.', { least_privilege: 'Only what it needs.', broad: 'More than it needs.', wildcard: 'Everything.' }),
  backup: choice('How its state is saved.', { continuous: 'Point in time.', scheduled: 'From time to time.', replicated: 'By copies only.' }),
  audit_log: flag('Access is logged.', { example: 'audit_log yes' }),
  managed_by: choice('How it is configured.', { code: 'Infrastructure as code.', console: 'By hand.' }),
  tags: names('Words to find it by.'),
  see: texts('Documents about it.'),
  complete: flag('Everything there is to say of it is said: what is left out does not exist.', { example: 'complete' }),
} as const;
