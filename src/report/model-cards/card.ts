import { dossierOf } from '../../analysis/dossier/model-dossier.ts';
import type { Review } from '../../analysis/review.ts';
import type { Architecture } from '../../model/architecture.ts';
import { componentsOf, value } from '../../model/statements.ts';
import type { Document, Section } from '../document/block.ts';
import { markdownOf } from '../document/markdown.ts';
import { factsOf, undeclaredList, type Undeclared, type Wanted } from '../declared/gathered.ts';
import { saidText } from '../declared/said.ts';
import { code, paragraph, placeText } from '../review-report/words.ts';
import { evaluation } from './evaluation.ts';
import { findings } from './findings.ts';
import { monitoring, release, serving } from './operation.ts';
import type { CardPart, CardSubject } from './part.ts';
import { making } from './training.ts';
import { intendedUse, limits } from './use.ts';

export interface CardOptions {
  readonly tool: { readonly name: string; readonly version: string };
  /** As in 2026-11-21; without it the card holds no date and is the same on any day. */
  readonly date?: string;
}

export interface ModelCard {
  readonly model: string;
  readonly markdown: string;
}

/** A card for each model of a system, in Markdown: what the file declares of it, what the review found, and what nobody said. */
export function modelCards(architecture: Architecture, review: Review, options: CardOptions): ModelCard[] {
  return componentsOf(architecture, 'model').map((model) => {
    const document = cardOf({ architecture, review, dossier: dossierOf(architecture, model) }, options);
    // A card has no pictures.
    return { model: model.name, markdown: markdownOf(document, () => '') };
  });
}

function cardOf(subject: CardSubject, { tool, date = '' }: CardOptions): Document {
  const { architecture: { system }, dossier: { model } } = subject;
  const parts = [about(subject), ...[intendedUse, making, evaluation, limits, serving, monitoring, release].map((part) => part(subject))];
  const version = value(system, 'version');
  return {
    title: `Model card: ${model.name}`,
    subtitle: `A model of ${system.name}${version === undefined ? '' : `, version ${version}`}`,
    date,
    language: 'en',
    sections: [...parts.map(({ told }) => told), findings(subject), notDeclared(parts.flatMap(({ undeclared }) => undeclared))],
    footer: `Written by ${tool.name} ${tool.version} from what ${model.span.file} and the files around it declare. Figures are the file’s own; nothing was measured for this card. To change it, change the file.`,
  };
}

const MADE: Readonly<Record<string, string>> = { trained: 'trained in-house', fine_tuned: 'adapted in-house', vendor: 'bought, or used through an interface', open: 'published weights, used as they are', rules: 'rules, without learning' };

function about({ architecture: { system, catalogue }, dossier: { model } }: CardSubject): CardPart {
  const owner = saidText(model, 'owner') ?? (saidText(system, 'owner') === undefined ? undefined : `${saidText(system, 'owner') ?? ''} (for the whole system)`);
  const llm = catalogue.llm.get(value(model, 'llm') ?? '');
  // What others made has a version, and weights that they gave away have a licence; of what is made here the registry knows.
  const foreign: readonly Wanted[] = [...(['vendor', 'open'].includes(model.variant ?? '') ? [['Version', 'version'] as const] : []), ...(['open', 'fine_tuned'].includes(model.variant ?? '') ? [['Licence', 'licence'] as const] : [])];
  const own = ([['Version', 'version'], ['Licence', 'licence']] as const).filter(([, property]) => !foreign.some(([, asked]) => asked === property));
  const asked = factsOf(model, [...foreign, ['Its card elsewhere', 'card']]);
  const more = factsOf(model, [...own, ['Stays', 'lifecycle'], ['Taken out of service', 'retires'], ['Hash of its files', 'digest'], ['Its files were scanned', 'scanned'], ['Bill of materials', 'bill_of_materials']]);
  const vendor = llm === undefined ? [] : [{ term: 'Product', definition: [[llm.properties.title ?? llm.name, ...(llm.properties.provider === undefined ? [] : [`by ${llm.properties.provider}`])].join(' ')] }];
  return {
    told: {
      id: 'about',
      title: 'The model',
      blocks: [{
        kind: 'facts',
        facts: [
          { term: 'Origin', definition: [MADE[model.variant ?? ''] ?? 'not declared'] },
          ...vendor,
          { term: 'Who answers for it', definition: [owner ?? 'not declared'] },
          ...asked.told,
          ...more.told,
          { term: 'Declared in', definition: [placeText({ redact: false }, model.nameSpan) ?? ''] },
        ],
      }],
    },
    undeclared: [...(owner === undefined ? [{ holder: model.name, declare: '`owner`', about: 'who answers for it' }] : []), ...asked.undeclared],
  };
}

/** The gaps of the card, by the element that would fill them. */
function notDeclared(undeclared: readonly Undeclared[]): Section {
  const blocks = undeclared.length > 0 ? [paragraph('Nobody has said the following; each is told by the property that would say it. What does not exist can be declared too: write ', code('none'), '.'), undeclaredList(undeclared)] : [paragraph('Everything that this card asks for is declared.')];
  return { id: 'not-declared', title: 'What is not declared', blocks };
}
