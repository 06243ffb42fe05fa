import { PUBLISHED_BANDS, type PublishedBand } from './published-bands.ts';

/** How data get in. */
export type IngestionPattern = 'batch' | 'streaming' | 'hybrid';

/** What an age that data may have asks for. */
export interface IngestionNeed {
  /** The simplest pattern that is fresh enough; `between` where batches are too slow and nobody needs a stream. */
  readonly enough: IngestionPattern | 'between';
  /** What the declared pattern is for it: dearer than needed, too slow, or right. */
  readonly declared?: 'dearer than needed' | 'too slow' | 'right';
  /** What a month of the pattern is told to cost, to compare with. */
  readonly published: PublishedBand;
}

/** Ages of data that batches and streams are made for, in seconds (S3.17). */
const FRESHEST_BATCH = 15 * 60;
const STALEST_STREAM = 5;

const BANDS: Readonly<Record<IngestionPattern, PublishedBand>> = { batch: PUBLISHED_BANDS.batchIngestion, streaming: PUBLISHED_BANDS.streamingIngestion, hybrid: PUBLISHED_BANDS.hybridIngestion };

/**
 * The pattern that a freshness needs: batches from a quarter of an hour on, a stream up to five seconds, and between them
 * either short batches or a stream. A hybrid is right for a system that needs both.
 *
 * @param ageSeconds Age that data may have where they are used; undefined is the answer where it is not above zero.
 */
export function ingestionFor(ageSeconds: number, declared?: IngestionPattern): IngestionNeed | undefined {
  if (!(ageSeconds > 0)) return undefined;
  const enough = ageSeconds >= FRESHEST_BATCH ? 'batch' : ageSeconds <= STALEST_STREAM ? 'streaming' : 'between';
  const published = BANDS[declared ?? (enough === 'between' ? 'hybrid' : enough)];
  if (declared === undefined) return { enough, published };
  if (enough === 'batch') return { enough, declared: declared === 'batch' ? 'right' : 'dearer than needed', published };
  return { enough, declared: enough === 'streaming' && declared === 'batch' ? 'too slow' : 'right', published };
}
