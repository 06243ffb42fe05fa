import type { Component } from '../../model/architecture.ts';
import { taintOf } from '../../model/graph/taint.ts';
import { value } from '../../model/statements.ts';
import type { Block, Inline } from '../document/block.ts';
import { factsOf, factsUnder, type Undeclared, type Wanted } from '../declared/gathered.ts';
import { kindText, saidText } from '../declared/said.ts';
import { code, paragraph, strong } from '../review-report/words.ts';
import type { CardPart, CardSubject } from './part.ts';

const BUILT: readonly Wanted[] = [['Architecture', 'architecture'], ['Inputs', 'input_types']];
const BUILT_IF_SAID: readonly Wanted[] = [['Adapted from', 'base'], ['Names of inputs', 'inputs'], ['Number of inputs', 'input_count'], ['Parameters', 'parameters'], ['Size', 'size'], ['Precision', 'precision'], ['Most important inputs', 'high_importance'], ['Format of its file', 'serialisation']];
const TRAINING: readonly Wanted[] = [['Code', 'code'], ['Libraries', 'environment'], ['Fixed, so that a run can be repeated', 'pins'], ['How training and test are divided', 'split'], ['Missing values', 'missing_values']];
const TRAINING_IF_SAID: readonly Wanted[] = [['Built with', 'technology'], ['What starts it', 'trigger'], ['Interval', 'every'], ['Randomness', 'seed'], ['How labels and features are joined', 'join'], ['Method', 'method'], ['Machines', 'runs_on']];

/** How the model is built, and what it learned from. */
export function making(subject: CardSubject): CardPart {
  const { model, trainings, data } = subject.dossier;
  // How a vendor built its model is the vendor's to say.
  const built = factsOf(model, model.variant === 'vendor' ? BUILT.filter(([, property]) => property !== 'architecture') : BUILT);
  const more = factsOf(model, model.variant === 'vendor' ? [['Architecture', 'architecture'], ...BUILT_IF_SAID] : BUILT_IF_SAID);
  const parts = trainings.map((training) => ({ training, told: factsOf(training, TRAINING), more: factsOf(training, TRAINING_IF_SAID) }));
  const blocks: Block[] = [
    ...(built.told.length + more.told.length > 0 ? [{ kind: 'facts' as const, facts: [...built.told, ...more.told] }] : []),
    ...(trainings.length === 0 ? [paragraph(untrained(model))] : []),
    ...parts.flatMap(({ training, told, more: extra }) => factsUnder([strong(training.name), ` (${kindText(training)})${training.doc === undefined ? '' : `: ${training.doc}`}`], { told: [...extra.told, ...told.told], undeclared: [] })),
    ...(trainings.length > 0 ? [dataBlock(subject, data)] : []),
  ];
  return {
    told: { id: 'training', title: 'How it is built and what it learned from', blocks },
    undeclared: [...built.undeclared, ...parts.flatMap(({ told }) => told.undeclared), ...silence(subject), ...data.flatMap((component) => undeclaredOf(subject, component))],
  };
}

const LABELS: readonly Wanted[] = [['What kind of truth it is', 'kind'], ['Time until the truth is there', 'delay'], ['Share of predictions with truth', 'coverage'], ['How labels are checked', 'quality']];
const DATA: readonly Wanted[] = [['Classes of data', 'contains']];

/** Classes that flow into data need not be declared there once more. */
function undeclaredOf({ architecture }: CardSubject, component: Component): readonly Undeclared[] {
  const reached = taintOf(architecture, component.name).size > 0;
  return factsOf(component, [...(component.kind === 'labels' ? LABELS : []), ...(reached ? [] : DATA)]).undeclared;
}

function untrained({ variant }: Component<'model'>): string {
  if (variant === 'vendor') return 'Its vendor trained it. What it learned from is for the vendor to say and not in this file.';
  if (variant === 'open') return 'Its publisher trained it, and it is used as it is. What it learned from is for the publisher to say and not in this file.';
  if (variant === 'rules') return 'It is made of rules and learned from nothing.';
  return 'No training of it is declared.';
}

function silence({ dossier: { model, trainings, data } }: CardSubject): Undeclared[] {
  if (trainings.length === 0) return model.variant === undefined || ['trained', 'fine_tuned'].includes(model.variant) ? [{ holder: model.name, declare: `a \`training\` that \`produces ${model.name}\``, about: 'how it is trained' }] : [];
  return data.length > 0 ? [] : trainings.map(({ name }) => ({ holder: name, declare: '`reads`', about: 'what it learned from' }));
}

function dataBlock({ architecture }: CardSubject, data: CardSubject['dossier']['data']): Block {
  if (data.length === 0) return paragraph('What it learned from is not declared.');
  return {
    kind: 'table',
    caption: 'What it learned from, back to the sources',
    namedRows: true,
    columns: [{ title: 'Data', width: 2 }, { title: 'What it is', width: 2 }, { title: 'Classes', width: 2 }, { title: 'Kept' }, { title: 'Licence' }, { title: 'Owner' }],
    rows: data.map((component): Inline[][] => [[code(component.name)], [describe(component)], [classesText(architecture, component)], ...['retention', 'licence', 'owner'].map((property): Inline[] => [saidText(component, property) ?? 'not declared'])]),
  };
}

function describe(component: CardSubject['dossier']['data'][number]): string {
  if (component.kind !== 'labels') return kindText(component);
  const labels = component as Component<'labels'>;
  const facts = [['kind', ''], ['delay', 'after '], ['coverage', 'for ']] as const;
  return ['Labels', ...facts.flatMap(([property, before]) => (value(labels, property) === undefined ? [] : [`${before}${saidText(labels, property) ?? ''}`]))].join(', ');
}

/** Declared classes, and those that reach it along the declared flows. */
function classesText(architecture: CardSubject['architecture'], component: Component): string {
  const declared = saidText(component, 'contains');
  const reached = [...taintOf(architecture, component.name)].filter(([, path]) => path.length > 0).map(([name]) => name.replaceAll('_', ' '));
  return [declared, ...(reached.length > 0 ? [`${reached.join(', ')} by what flows into it`] : [])].filter((text) => text !== undefined).join('; ') || 'not declared';
}
