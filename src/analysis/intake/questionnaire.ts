import type { Architecture, Element, Span } from '../../model/architecture.ts';
import { statementOf } from '../../model/statements.ts';
import { vocabulary } from '../../model/vocabulary.generated.ts';
import { vocabularyDocs } from '../../model/vocabulary-docs.generated.ts';
import type { PropertyDoc } from '../../model/vocabulary-docs.ts';
import type { PropertyTable } from '../../model/vocabulary-table.ts';
import type { Question } from '../finding.ts';
import type { Review } from '../review.ts';
import type { Context } from '../rule.ts';
import { answerForm, MINUTES, type AnswerForm } from './answer-form.ts';
import { whereToLook, whoKnows } from './where-to-look.ts';
import { codeIn, wordingOf } from './wording.ts';

/** What the review needs to know and nobody declared, as questions to people. */
export interface Questionnaire {
  readonly system: string;
  /** Minutes that there are, and that the questions take. */
  readonly budget: number;
  readonly minutes: number;
  /** Those that fit into the budget, the most risk for each minute first. */
  readonly questions: readonly IntakeQuestion[];
  readonly ifThereIsTime: readonly IntakeQuestion[];
}

export interface IntakeQuestion {
  /** `CardFraud.Scorer.replicas`, or the id of the question where no property answers it. */
  readonly id: string;
  readonly text: string;
  /** What else the same answer settles, as other rules ask it. */
  readonly also: readonly string[];
  readonly rules: readonly string[];
  /** `CardFraud.Scorer`, `CardFraud.App->Scorer`, or `CardFraud` for the system. */
  readonly component: string;
  readonly span: Span;
  readonly minutes: number;
  /** Risk that may be there, for each minute of answering. */
  readonly value: number;
  readonly lookUp: string;
  readonly whoKnows: string;
  readonly goes: Destination;
}

/** Where an answer goes in the file. */
export type Destination =
  | {
      readonly to: 'property';
      readonly element: { readonly kind: string; readonly name: string };
      readonly property: string;
      /** What the property means. */
      readonly meaning: string;
      /** Other properties that would answer as well. */
      readonly alternatives: readonly string[];
      /** It is stated already, and something is missing in it. */
      readonly stated: boolean;
      readonly form: AnswerForm;
    }
  /** A component, flow or statement that is not there; `none` may say that there is none of the kind. */
  | { readonly to: 'file'; readonly place: string; readonly kind?: string };

/** Two hours: what an intake may ask of a team. */
export const INTAKE_MINUTES = 120;

/** The questions of a review, merged where one answer settles several, most valuable first, fitted into the minutes. */
export function questionnaire({ architecture }: Pick<Context, 'architecture'>, review: Pick<Review, 'questions'>, budget: number = INTAKE_MINUTES): Questionnaire {
  const groups = new Map<string, Question[]>();
  for (const question of review.questions) {
    const id = destinationId(architecture, question);
    const group = groups.get(id);
    if (group) group.push(question);
    else groups.set(id, [question]);
  }
  const all = [...groups].map(([id, questions]) => asked(architecture, id, questions)).sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
  const questions: IntakeQuestion[] = [];
  const ifThereIsTime: IntakeQuestion[] = [];
  let minutes = 0;
  for (const question of all) {
    const fits = minutes + question.minutes <= budget;
    (fits ? questions : ifThereIsTime).push(question);
    if (fits) minutes += question.minutes;
  }
  return { system: architecture.system.name, budget, minutes, questions, ifThereIsTime };
}

/** One answer settles what is asked of one property. */
function destinationId(architecture: Architecture, { id, component, property }: Question): string {
  const element = elementOf(architecture, component);
  return element && property !== undefined && Object.hasOwn(tableOf(element), property) ? `${component}.${property}` : id;
}

function asked(architecture: Architecture, id: string, questions: readonly Question[]): IntakeQuestion {
  const [first] = questions as [Question];
  const element = elementOf(architecture, first.component) ?? architecture.system;
  const type = first.property === undefined ? undefined : tableOf(element)[first.property]?.value;
  const minutes = MINUTES[type?.type ?? 'open'];
  const texts = [...new Set(questions.map(({ message }) => wordingOf(message).text))];
  // The review reckons the value of each question for two minutes of answering.
  const value = (questions.reduce((sum, question) => sum + question.value, 0) * 2) / minutes;
  return {
    id,
    text: texts[0] ?? first.message,
    also: texts.slice(1),
    rules: [...new Set(questions.map(({ rule }) => rule))],
    component: first.component,
    span: first.span,
    minutes,
    value: Math.round(value * 1000) / 1000,
    lookUp: whereToLook(first.check),
    whoKnows: whoKnows(element, type),
    goes: destination(element, questions, (kinds) => [...architecture.components.values()].filter(({ kind }) => kinds.length === 0 || kinds.includes(kind)).map(({ name }) => name)),
  };
}

function destination(element: Element, questions: readonly Question[], named: (kinds: readonly string[]) => readonly string[]): Destination {
  const [{ property }] = questions as [Question];
  const table = tableOf(element);
  const entry = property === undefined ? undefined : table[property];
  const codes = questions.flatMap(({ message }) => codeIn(message));
  if (property === undefined || !entry) {
    const kind = codes.flatMap((code) => /^([a-z]+) none$/.exec(code)?.[1] ?? []).find((word) => Object.hasOwn(vocabulary.kinds, word));
    return { to: 'file', place: questions.map(({ message }) => wordingOf(message).place)
      .find((place) => place !== '') ?? 'Declare the component, the flow or the statement that answers it.', ...(kind === undefined ? {} : { kind }) };
  }
  const doc = docOf(element, property);
  return {
    to: 'property',
    element: { kind: element.kind, name: element.name },
    property,
    meaning: doc?.doc ?? '',
    alternatives: [...new Set(codes.map((code) => code.split(' ')[0] ?? ''))].filter((word) => word !== property && Object.hasOwn(table, word)),
    stated: statementOf(element, property)?.state === 'present',
    form: answerForm(property, entry.value, doc, named),
  };
}

/** The element of a qualified name. */
export function elementOf({ system, components, flows }: Architecture, qualified: string): Element | undefined {
  if (qualified === system.name) return system;
  const name = qualified.startsWith(`${system.name}.`) ? qualified.slice(system.name.length + 1) : qualified;
  return components.get(name) ?? flows.find((flow) => flow.name === name);
}

/** The properties that an element may state. */
export function tableOf(element: Element): PropertyTable {
  if (element.kind === 'system' || element.kind === 'flow') return vocabulary.forms[element.kind];
  return vocabulary.kinds[element.kind]?.properties ?? {};
}

function docOf({ kind }: Element, property: string): PropertyDoc | undefined {
  const places = kind === 'system' || kind === 'flow' ? vocabularyDocs.forms[kind] : vocabularyDocs.kinds[kind]?.properties;
  const place = places?.[property];
  return place === undefined ? undefined : vocabularyDocs.documents[place];
}
