import type { ModelDossier } from '../../analysis/dossier/model-dossier.ts';
import type { Review } from '../../analysis/review.ts';
import type { Architecture } from '../../model/architecture.ts';
import type { Section } from '../document/block.ts';
import type { Gathered } from '../declared/gathered.ts';

/** What a card is written from. */
export interface CardSubject {
  readonly architecture: Architecture;
  readonly review: Review;
  readonly dossier: ModelDossier;
}

/** A section of a card, and what it could not tell. */
export type CardPart = Gathered<Section>;
