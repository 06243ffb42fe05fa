import type { Review } from '../analysis/review.ts';
import type { Settings } from '../analysis/settings.ts';
import type { LoweredProject } from '../language/lowering/lower-project.ts';
import type { Problem } from '../language/problem.ts';
import type { Architecture } from '../model/architecture.ts';

/** What is known of the systems of one file, and of the files that it imports. Files are URIs. */
export interface Analysis {
  /** The file that declares the systems; or a file that belongs to none. */
  readonly entry: string;
  /** The entry and everything that it imports, directly or not. */
  readonly files: ReadonlySet<string>;
  /** Evidence and configuration that were looked at. */
  readonly surroundings: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  readonly systems: readonly AnalysedSystem[];
  readonly catalogue: LoweredProject['catalogue'];
  /** Rules of the team's own in its files. */
  readonly rules: LoweredProject['rules'];
}

export interface AnalysedSystem {
  readonly architecture: Architecture;
  readonly review: Review;
  /** Those that it was reviewed with. */
  readonly settings: Settings;
}

/** What the features that present an analysis are given. All analyses belong to the same version of all texts. */
export interface Snapshot {
  readonly analyses: readonly Analysis[];
  /** The text of a file that belongs to one of them. */
  textOf(uri: string): string;
  /** Day of the review, `2026-11-21`. */
  readonly today: string;
}
