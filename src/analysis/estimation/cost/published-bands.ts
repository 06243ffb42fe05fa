/**
 * Planning figures of a published guide (an article on ML architecture from data to deployment, and its FAQ). They are
 * claims, not measurements, and in part contradict each other: they stand beside what is reckoned and are never a default.
 */
export interface PublishedBand {
  /** The sentence of the guide. */
  readonly id: string;
  readonly what: string;
  readonly low: number;
  readonly high: number;
  readonly unit: 'USD/month' | 'USD/year' | 'USD/run' | 'USD' | 'USD/prediction';
  /** Predictions a day to which a monthly figure belongs. */
  readonly perDay?: number;
  /** What is wrong with it, for whoever sees it. */
  readonly caution?: string;
}

const band = (id: string, what: string, low: number, high: number, unit: PublishedBand['unit'], more: Pick<PublishedBand, 'perDay' | 'caution'> = {}): PublishedBand => ({ id, what, low, high, unit, ...more });

const MILLION = { perDay: 1e6 };

/** Told of 1 to 750 times more than the same guide’s monthly figures come to; of use for nothing but to warn of it. */
const TOO_DEAR = 'The monthly figures of the same guide come to 0.00007 to 0.0017 USD a prediction; this is up to 7,500 times as much. A unit cost follows from the volume.';

export const PUBLISHED_BANDS = {
  processors: band('S3.117', 'serving on processors', 2000, 5000, 'USD/month', { ...MILLION, caution: 'A million a day are 11.6 a second: so much is reached with a heavy model, a high peak or spare replicas, not by the load alone.' }),
  accelerators: band('S3.117', 'serving on accelerators', 8000, 20_000, 'USD/month', MILLION),
  llmApi: band('S3.117', 'answers of an LLM paid by use', 10_000, 50_000, 'USD/month', { ...MILLION, caution: 'Tokens and prices decide: 500 in and 150 out at 0.15 and 0.60 USD/Mtok are 5,000 USD, a larger model ten to fifty times that.' }),
  batchPrediction: band('S3.121', 'one batch prediction', 0.001, 0.01, 'USD/prediction', { caution: TOO_DEAR }),
  realTimePrediction: band('S3.121', 'one real-time prediction', 0.01, 0.5, 'USD/prediction', { caution: TOO_DEAR }),
  storage: band('S3.118', 'storage', 500, 3000, 'USD/month'),
  orchestration: band('S3.118', 'orchestration', 1000, 5000, 'USD/month'),
  monitoring: band('S2.14, S3.118', 'monitoring', 500, 2000, 'USD/month'),
  batchIngestion: band('S3.19', 'ingestion in batches', 500, 2000, 'USD/month'),
  streamingIngestion: band('S3.19', 'ingestion of streams', 3000, 10_000, 'USD/month'),
  hybridIngestion: band('S3.19', 'ingestion in batches and streams', 1500, 5000, 'USD/month'),
  trainingRun: band('S3.115', 'a training run of an enterprise', 5000, 25_000, 'USD/run'),
  trainingYear: band('S3.115', 'training, monthly or quarterly', 60_000, 300_000, 'USD/year', { caution: 'That is twelve runs of 5,000 to 25,000 USD, so monthly training alone; quarterly it is a third.' }),
  manualRetraining: band('S3.147', 'a retraining by hand', 5000, 15_000, 'USD/run'),
  automatedRetraining: band('S3.147', 'an automated retraining', 500, 2000, 'USD/run'),
  retrainingAutomation: band('S3.147', 'building the automation', 50_000, 150_000, 'USD', { caution: 'The break-even of 5 to 15 runs that is told with it holds for like with like; its corners run from 3.4 to 50.' }),
  fraudRetraining: band('S3.140', 'retraining for fraud detection, daily to weekly', 50_000, 200_000, 'USD/year'),
  recommendationRetraining: band('S3.141', 'retraining for recommendation, weekly to every two weeks', 30_000, 150_000, 'USD/year'),
  demandRetraining: band('S3.142', 'retraining for demand forecasts, monthly', 20_000, 80_000, 'USD/year'),
  churnRetraining: band('S3.143', 'retraining for churn, monthly to quarterly', 15_000, 60_000, 'USD/year'),
  documentRetraining: band('S3.144', 'retraining for document classification, quarterly to half-yearly', 10_000, 40_000, 'USD/year'),
  diagnosisRetraining: band('S3.145', 'retraining for medical diagnosis, yearly or on demand', 5000, 25_000, 'USD/year'),
  skewPrevention: band('S3.133', 'preventing training-serving skew: feature store, shared code, integration tests', 50_000, 200_000, 'USD'),
  driftPrevention: band('S3.134', 'preventing silent drift: monitoring, automated retraining', 30_000, 100_000, 'USD'),
  dataQualityPrevention: band('S3.135', 'preventing bad data: validation, enforced schemas', 20_000, 80_000, 'USD'),
  infrastructurePrevention: band('S3.136', 'preventing failures of infrastructure: load tests, redundancy, circuit breakers', 40_000, 150_000, 'USD'),
  rolloutPrevention: band('S3.137', 'preventing poor rollouts: canary, A/B, rollback', 25_000, 100_000, 'USD'),
  majorIncident: band('S3.138', 'a major incident', 100_000, 5_000_000, 'USD'),
  team: band('S3.118', 'salaries of 3 to 10 ML engineers', 500_000, 2_000_000, 'USD/year'),
  smallBudget: band('S3.119', 'all of ML at a small company', 50_000, 150_000, 'USD/year', { caution: 'Less than the guide gives for the salaries of three engineers.' }),
  middleBudget: band('S3.119', 'all of ML at a company of middle size', 250_000, 1_000_000, 'USD/year'),
  enterpriseBudget: band('S3.119', 'all of ML at an enterprise', 2_000_000, 10_000_000, 'USD/year'),
  ownPlatformFirstYear: band('S3.131', 'a platform of one’s own, first year', 800_000, 2_000_000, 'USD/year'),
  ownPlatformYear: band('S3.131', 'a platform of one’s own, each further year', 500_000, 1_500_000, 'USD/year'),
  ownPlatformBreakEven: band('S3.131', 'bill of a managed platform from which one’s own is cheaper', 150_000, 300_000, 'USD/month', { caution: 'It rests on building being 30 to 50 % cheaper from 100 million predictions a month; compare what both would cost you.' }),
  sageMaker: band('S3.129', 'Amazon SageMaker', 15_000, 80_000, 'USD/month'),
  vertex: band('S3.129', 'Google Vertex AI', 12_000, 70_000, 'USD/month'),
  azureMl: band('S3.129', 'Azure Machine Learning', 10_000, 60_000, 'USD/month'),
  hybridCandidates: band('S3.123', 'candidates of a hybrid, every night', 500, 500, 'USD/month', { caution: 'An illustration: with a ranker of 5,000 USD it is said to give 90 % of the quality at 20 % of the cost, which makes real time 27,500 USD.' }),
} as const satisfies Readonly<Record<string, PublishedBand>>;

/** How a reckoned cost stands to a published one. */
export interface Comparison {
  readonly band: PublishedBand;
  /** The band for the same volume, in the unit of the band. */
  readonly low: number;
  readonly high: number;
  readonly stands: 'below' | 'within' | 'above';
  /** The cost over the end of the band that it misses: below 1 where it is below, 1 within. */
  readonly factor: number;
}

/**
 * A cost beside a published figure. A monthly figure for a volume is taken in proportion to the volume, which overstates it
 * for larger ones.
 *
 * @param value In the unit of the band.
 * @param perDay Predictions a day that it is for; needed where the band belongs to a volume. Undefined without.
 */
export function besidePublished(value: number, published: PublishedBand, perDay?: number): Comparison | undefined {
  if (!(value >= 0) || !Number.isFinite(value)) return undefined;
  if (published.perDay !== undefined && !(perDay !== undefined && perDay > 0)) return undefined;
  const scale = published.perDay === undefined || perDay === undefined ? 1 : perDay / published.perDay;
  const [low, high] = [published.low * scale, published.high * scale];
  if (value < low) return { band: published, low, high, stands: 'below', factor: value / low };
  return value > high ? { band: published, low, high, stands: 'above', factor: value / high } : { band: published, low, high, stands: 'within', factor: 1 };
}
