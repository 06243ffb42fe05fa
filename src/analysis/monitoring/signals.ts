import type { Component } from '../../model/architecture.ts';
import { value } from '../../model/statements.ts';

/** What a monitor can see. */
export type Signal =
  | 'inputs'
  | 'answers'
  | 'quality'
  | 'data_quality'
  | 'skew'
  | 'freshness'
  | 'fallback'
  | 'safety'
  | 'business'
  | 'infrastructure'
  | 'cost'
  | 'pipeline'
  | 'heartbeat'
  | 'version';

const OF_VARIANT: Readonly<Record<string, Signal>> = {
  data_quality: 'data_quality',
  data_drift: 'inputs',
  prediction_drift: 'answers',
  model_quality: 'quality',
  skew: 'skew',
  latency: 'infrastructure',
  resource: 'infrastructure',
  cost: 'cost',
  feature_freshness: 'freshness',
  fallback: 'fallback',
  heartbeat: 'heartbeat',
  pipeline: 'pipeline',
  safety: 'safety',
  business: 'business',
  version: 'version',
};

const OF_SIGNAL: Readonly<Record<string, Signal>> = {
  latency: 'infrastructure',
  errors: 'infrastructure',
  throughput: 'infrastructure',
  cpu: 'infrastructure',
  memory: 'infrastructure',
  gpu: 'infrastructure',
  inputs: 'inputs',
  predictions: 'answers',
  confidence: 'answers',
  quality: 'quality',
  embeddings: 'inputs',
  cost: 'cost',
  version: 'version',
  nulls: 'fallback',
  freshness: 'freshness',
};

const BEHAVIOUR: ReadonlySet<Signal> = new Set(['inputs', 'answers', 'quality', 'data_quality', 'skew', 'freshness', 'fallback', 'safety', 'business']);
const ANSWERS: ReadonlySet<Signal> = new Set(['answers', 'quality', 'safety', 'business']);

const cache = new WeakMap<Component<'monitor'>, ReadonlySet<Signal>>();

/** What a monitor sees, by its variant, its signals and the truth it uses; empty where the file does not tell. */
export function signalsOf(monitor: Component<'monitor'>): ReadonlySet<Signal> {
  let signals = cache.get(monitor);
  if (!signals) cache.set(monitor, (signals = declaredSignals(monitor)));
  return signals;
}

function declaredSignals(monitor: Component<'monitor'>): Set<Signal> {
  const signals = new Set<Signal>();
  const ofVariant = OF_VARIANT[monitor.variant ?? ''];
  if (ofVariant) signals.add(ofVariant);
  for (const name of value(monitor, 'signals') ?? []) {
    const signal = OF_SIGNAL[name];
    // Vectors of a monitor of answers are vectors of answers.
    if (signal && !(name === 'embeddings' && ofVariant === 'answers')) signals.add(signal);
  }
  if ((value(monitor, 'labels') ?? []).length > 0 || value(monitor, 'proxy') === true) signals.add('quality');
  return signals;
}

export const sees = (monitor: Component<'monitor'>, signal: Signal): boolean => signalsOf(monitor).has(signal);

/** It sees data or model behaviour, and not only machines, money and jobs. */
export const seesBehaviour = (monitor: Component<'monitor'>): boolean => [...signalsOf(monitor)].some((signal) => BEHAVIOUR.has(signal));

/** It sees what the model answers: its distribution, its quality, its harm or what the business makes of it. */
export const seesAnswers = (monitor: Component<'monitor'>): boolean => [...signalsOf(monitor)].some((signal) => ANSWERS.has(signal));

/** The file says what it sees, and that is machines, money and jobs only. */
export function seesInfrastructureOnly(monitor: Component<'monitor'>): boolean {
  return signalsOf(monitor).size > 0 && !seesBehaviour(monitor);
}

/** How signals are called in a document. */
export const SIGNAL_WORDS: Readonly<Record<Signal, string>> = {
  inputs: 'drift of inputs',
  answers: 'drift of answers',
  quality: 'quality against truth',
  data_quality: 'data quality',
  skew: 'training against serving',
  freshness: 'age of features',
  fallback: 'share of fallbacks',
  safety: 'harmful output',
  business: 'business metric',
  infrastructure: 'latency, errors and traffic',
  cost: 'cost',
  pipeline: 'late and failed jobs',
  heartbeat: 'silence of monitors',
  version: 'versions that answer',
};
