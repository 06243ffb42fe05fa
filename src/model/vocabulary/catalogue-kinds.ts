import { catalogue, choice, choices, count, date, flag, names, quantity, size, spend, text } from './property.ts';
import type { Shape } from './kind.ts';

export const CAPABILITIES = {
  batching: 'Groups requests.', horizontal_scaling: 'More replicas.', autoscaling: 'Adds replicas by itself.', scale_to_zero: 'Can run none.', traffic_splitting: 'Divides traffic between versions.', shadow: 'Copies traffic.', ab_test: 'Compares versions on users.',
  model_versioning: 'Serves versions side by side.', multi_model: 'Serves several models apart.', gpu: 'Uses accelerators.', gpu_sharing: 'Shares an accelerator.', streaming_responses: 'Answers token by token.', explainability: 'Explains single answers.',
  immutability: 'What is written stays.', versioning: 'Keeps versions.', stage_transitions: 'Moves versions through stages.', lineage: 'Knows where things come from.', metadata: 'Records what belongs to a version.', experiment_tracking: 'Records runs.', model_registry: 'Catalogues models.', artifact_store: 'Keeps files.',
  point_in_time: 'Joins as of a time.', online_serving: 'Values at request time.', offline_serving: 'Values for training.', feature_definitions: 'Holds definitions of features.', streaming: 'Works on streams.', batch: 'Works in jobs.', time_travel: 'Reads the past.', transactions: 'All or nothing.',
  exactly_once: 'Each record once.', ordering: 'Keeps order.', replay: 'Can be read again.', dead_letter: 'Sets aside what fails.', low_latency_reads: 'Milliseconds.', vector_search: 'Finds similar vectors.', replication: 'Keeps copies.', multi_zone: 'Spans zones.',
  data_validation: 'Checks data.', blocking_validation: 'Stops bad data.', drift_detection: 'Sees drift.', quality_monitoring: 'Sees quality.', metrics: 'Records metrics.', tracing: 'Follows requests.', dashboards: 'Shows.', alerting: 'Raises alerts.', on_call: 'Reaches people.',
  orchestration: 'Runs jobs in order.', retries: 'Tries again.', backfill: 'Computes the past.', scheduling: 'Starts by the clock.', distributed_training: 'Trains on several devices.', training: 'Trains models.', feature_flags: 'Switches.', guardrails: 'Checks inputs and outputs.', evaluation: 'Judges models.', data_catalogue: 'Knows what data there is.', infrastructure_as_code: 'Describes infrastructure.',
} as const;

export const CATEGORIES = {
  serving: 'Serves models.', llm_serving: 'Serves language models.', web_framework: 'Serves HTTP.', registry: 'Catalogues models.', tracking: 'Tracks experiments.', feature_store: 'Features.', orchestration: 'Runs jobs.', training: 'Trains.', data_processing: 'Processes data.', streaming: 'Streams.', database: 'A database.', warehouse: 'A warehouse.', lakehouse: 'A table format or lakehouse.', object_store: 'Files.', vector_store: 'Vectors.', cache: 'Short-lived values.', data_quality: 'Checks data.', monitoring: 'Watches.', alerting: 'Tells people.', experimentation: 'Experiments on users.', platform: 'A platform for several of these.', infrastructure: 'Runs programs.', ci: 'Builds and tests.', llm_tooling: 'Around language models.', versioning: 'Versions data or code.', catalogue: 'Catalogues data.', file_share: 'Shared files.', documents: 'Tables and pages that people keep.',
} as const;

const provenance = {
  source: text('Where the facts come from.', { example: 'source "docs.example.com"' }),
  as_of: date('When they were looked up.', { example: 'as_of 2026-07-20' }),
};

/** The entries of the catalogue; the bundled one is written in the language itself, and users add their own. */
export const catalogueKinds = {
  technology: {
    doc: 'A product or library, and what it can and cannot do.',
    example: 'technology fastapi {\n  title "FastAPI"\n  category web_framework\n  cannot [batching, traffic_splitting]\n}',
    properties: {
      ...provenance,
      title: text('Its name.'),
      category: choice('What it is for.', CATEGORIES),
      also: choices('What else it is for.', CATEGORIES),
      can: choices('What it can do.', CAPABILITIES),
      cannot: choices('What it cannot do without something else.', CAPABILITIES),
      managed: flag('Somebody else runs it.'),
      immutable: flag('What is written into it cannot be changed.'),
      mutable: flag('What is written into it can be overwritten in place.'),
      licence: text('Its licence.'),
      notes: text('What one should know.'),
    } satisfies Shape,
  },
  accelerator: {
    doc: 'A GPU or another accelerator; peak rates are dense, without sparsity.',
    example: 'accelerator l4 {\n  memory 24 GB\n  bandwidth 300 GB/s\n  fp16 121 TFLOPS\n}',
    properties: {
      ...provenance,
      title: text('Its name.'),
      vendor: text('Who makes it.'),
      memory: size('Memory.'),
      bandwidth: quantity('bandwidth', 'Memory bandwidth.'),
      fp64: quantity('compute', 'Peak at 64 bits.'),
      fp32: quantity('compute', 'Peak at 32 bits.'),
      tf32: quantity('compute', 'Peak at TF32.'),
      fp16: quantity('compute', 'Peak at 16 bits.'),
      bf16: quantity('compute', 'Peak at bfloat16.'),
      fp8: quantity('compute', 'Peak at 8 bits.'),
      int8: quantity('compute', 'Peak at 8-bit integers.'),
      fp4: quantity('compute', 'Peak at 4 bits.'),
      int4: quantity('compute', 'Peak at 4-bit integers.'),
      generation: text('Its architecture.'),
    } satisfies Shape,
  },
  instance: {
    doc: 'A machine of a cloud, with its price.',
    example: 'instance aws.g5_xlarge {\n  vcpus 4\n  memory 16 GB\n  accelerator a10g\n  price 1.006 USD/h\n}',
    properties: {
      ...provenance,
      provider: choice('Whose it is.', { aws: 'Amazon.', azure: 'Microsoft.', gcp: 'Google.', own: 'Own hardware.', other: 'Another.' }),
      name: text('Its name at the provider.'),
      vcpus: count('Virtual processors.', { integer: false }),
      memory: size('Memory.'),
      accelerator: catalogue('accelerator', 'Its accelerator.'),
      accelerators: count('How many accelerators it has.', { integer: false }),
      price: spend('On-demand price.'),
      spot_price: spend('Price if it can be taken away.'),
      region: text('Where that price holds.'),
    } satisfies Shape,
  },
  llm: {
    doc: 'A language model behind a paid interface, with its prices.',
    example: 'llm gpt-4o-mini {\n  provider "openai"\n  input 0.15 USD/Mtok\n  output 0.60 USD/Mtok\n}',
    properties: {
      ...provenance,
      provider: text('Who offers it.'),
      title: text('Its name at the provider.'),
      input: quantity('token_price', 'Price of input.'),
      output: quantity('token_price', 'Price of output.'),
      cached_input: quantity('token_price', 'Price of input that was seen before.'),
      batch_input: quantity('token_price', 'Price of input in batches.'),
      batch_output: quantity('token_price', 'Price of output in batches.'),
      context: quantity('tokens', 'Longest input.'),
      max_output: quantity('tokens', 'Longest output.'),
      retires: date('When it is turned off.'),
      modes: names('What it is offered for.'),
    } satisfies Shape,
  },
} as const;
