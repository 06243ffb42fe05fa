import { value } from '../../model/statements.ts';
import type { Inline } from '../document/block.ts';
import { factsOf, type Wanted } from '../declared/gathered.ts';
import { paragraph } from '../review-report/words.ts';
import type { CardPart, CardSubject } from './part.ts';

const OF_MODEL: readonly Wanted[] = [['Purpose', 'purpose'], ['Task', 'task'], ['Use case', 'use_case'], ['What its output causes', 'action'], ['Not meant for', 'not_for']];
const OF_SYSTEM: readonly Wanted[] = [['What happens with the output', 'decisions'], ['Whom or what it touches', 'affects'], ['Area of Annex III of the AI Act', 'area'], ['Class under the AI Act', 'risk_class']];

/** What the model is for, and who asks it. */
export function intendedUse({ architecture, dossier: { model, consumers } }: CardSubject): CardPart {
  const own = factsOf(model, OF_MODEL);
  const around = factsOf(architecture.system, OF_SYSTEM);
  const asking: Inline[] = consumers.length > 0 ? [consumers.map(({ name, doc }) => (doc === undefined ? name : `${name} (${doc})`)).join('; ')] : ['nobody who asks is declared'];
  return {
    told: {
      id: 'intended-use',
      title: 'Intended use',
      blocks: [...(model.doc === undefined ? [] : [paragraph(model.doc)]), { kind: 'facts', facts: [...own.told, { term: 'Who asks', definition: asking }, ...around.told] }],
    },
    undeclared: [...own.undeclared, ...around.undeclared],
  };
}

const LIMITS: readonly Wanted[] = [['Where it is weak', 'limits'], ['Whom it may harm', 'harms'], ['Groups whose quality matters by itself', 'segments']];

/** Actions of which somebody may ask why. */
const DECIDING: ReadonlySet<string> = new Set(['block', 'decline', 'price', 'allocate', 'approve', 'act']);

/** Where the model is known to fail, and whom it may harm. */
export function limits({ dossier: { model } }: CardSubject): CardPart {
  const explained: readonly Wanted[] = [['How single decisions are explained', 'explained_by']];
  const decides = DECIDING.has(value(model, 'action') ?? '');
  const { told: asked, undeclared } = factsOf(model, decides ? [...LIMITS, ...explained] : LIMITS);
  const told = [...asked, ...factsOf(model, [...(decides ? [] : explained), ['What limits what it can cause', 'bounded_by'], ['How quality falls with age', 'staleness'], ['Traffic on which the action is left out', 'exploration']]).told];
  return { told: { id: 'limits', title: 'Limits and possible harm', blocks: told.length > 0 ? [{ kind: 'facts', facts: told }] : [paragraph('Nothing is declared of its limits.')] }, undeclared };
}
