import type { Architecture, Component } from '../../model/architecture.ts';
import { trainCone } from '../../model/graph/cones.ts';
import { componentsOf, presenceOf, value } from '../../model/statements.ts';
import { formatNumber } from '../format.ts';
import type { Review } from '../review.ts';
import type { Context } from '../rule.ts';
import { inHouseModels } from '../training/in-house.ts';
import { NOT_DECLARED, type DiligenceAnswer } from './answer.ts';
import { verdictState } from './verdict-state.ts';

const PERSONAL: ReadonlySet<string> = new Set(['pii', 'sensitive', 'health', 'behavioural', 'location', 'children']);

/** Of what the models learn from, how much says by what right it is used. */
export function rightsAnswer({ architecture }: Context): DiligenceAnswer {
  const base = { topic: 'rights', question: 'Rights to training data' } as const;
  const own = inHouseModels(architecture);
  const origins = originsOf(architecture, own);
  if (own.length === 0) return { ...base, ...licencesOfBought(architecture) };
  if (origins.length === 0) return { ...base, answer: 'Not declared: the file does not say what the models learn from.', state: 'not declared' };
  const settled = origins.filter((origin) => hasRight(origin));
  const personal = origins.filter((origin) => (value(origin, 'contains') ?? []).some((kind) => PERSONAL.has(kind)));
  const people = personal.length === 0 ? '' : ` ${origins.length === 1 ? 'It holds' : `${formatNumber(personal.length)} ${personal.length === 1 ? 'holds' : 'hold'}`} personal data.`;
  const answer = settled.length === 0 ? `Not declared: ${origins.length === 1 ? 'the only source states no' : `none of ${counted(origins.length, 'source')} states a`} licence or consent.` : `${formatNumber(settled.length)} of ${counted(origins.length, 'source')} ${settled.length === 1 ? 'states' : 'state'} a licence or consent.`;
  return { ...base, answer: `${answer}${people}`, state: settled.length === 0 ? 'not declared' : settled.length < origins.length ? 'weak' : 'answered' };
}

const counted = (count: number, one: string): string => `${formatNumber(count)} ${one}${count === 1 ? '' : 's'}`;

/** Sources and data sets upstream of training, and data sets where no source is declared. */
function originsOf(architecture: Architecture, models: readonly Component<'model'>[]): Component<'source' | 'dataset'>[] {
  const names = new Set(models.flatMap((model) => [...trainCone(architecture, model).names]));
  return componentsOf(architecture, 'source', 'dataset').filter(({ name }) => names.has(name));
}

function hasRight(origin: Component<'source' | 'dataset'>): boolean {
  const source = origin as Component<'source'>;
  return value(source, 'licence') !== undefined || (origin.kind === 'source' && value(source, 'consent') === true);
}

function licencesOfBought(architecture: Architecture): Pick<DiligenceAnswer, 'answer' | 'state'> {
  const learned = componentsOf(architecture, 'model').filter(({ variant }) => variant !== 'rules');
  if (learned.length === 0) return { answer: NOT_DECLARED, state: 'not declared' };
  const licensed = learned.filter((model) => value(model, 'licence') !== undefined).length;
  return { answer: `Nothing is trained here; ${formatNumber(licensed)} of ${counted(learned.length, 'bought or published model')} ${licensed === 1 ? 'states' : 'state'} a licence.`, state: licensed === learned.length ? 'answered' : licensed > 0 ? 'weak' : 'not declared' };
}

/** Whether the models in production could be made again, as check ML03 and the registry of ML01 judge it. */
export function reproducibilityAnswer({ architecture }: Context, review: Review): DiligenceAnswer {
  const base = { topic: 'reproducibility', question: 'Models can be made again' } as const;
  if (inHouseModels(architecture).length === 0) return { ...base, answer: componentsOf(architecture, 'model').length > 0 ? 'Nothing is trained here; the models are bought or published.' : NOT_DECLARED, state: componentsOf(architecture, 'model').length > 0 ? 'answered' : 'not declared' };
  const { state, basis, findings, questions } = verdictState(review, ['ML03', 'ML01.1']);
  const pinned = componentsOf(architecture, 'training').some((training) => presenceOf(training, 'pins') === 'present' || presenceOf(training, 'code') === 'present');
  switch (state) {
    case 'holds':
      return { ...base, answer: `Yes, ${basis === 'verified' ? 'with evidence in files that were found' : basis === 'linked' ? 'declared with links' : 'as declared; no rerun was shown'}.`, state: 'answered' };
    case 'broken':
      return { ...base, answer: `No: ${counted(findings, 'finding')} against it${questions > 0 ? `, ${counted(questions, 'open question')}` : ''}.`, state: 'weak' };
    default:
      return { ...base, answer: pinned ? `Partly declared; ${counted(questions, 'question')} open.` : NOT_DECLARED, state: pinned ? 'weak' : 'not declared' };
  }
}
