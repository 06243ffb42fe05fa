import type { IntakeQuestion, Questionnaire } from '../analysis/intake/questionnaire.ts';
import type { ReportInput } from './report-input.ts';

/** The questionnaire for programs: `intake --format json`. With `answer` filled in it is read back by `--answers`. */
export function intakeJson(questionnaires: readonly Questionnaire[], tool: ReportInput['tool']) {
  return {
    schemaVersion: 1 as const,
    tool: { name: tool.name, version: tool.version },
    systems: questionnaires.map(({ system, budget, minutes, questions, ifThereIsTime }) => ({ name: system, budget, minutes, questions: questions.map(questionJson), ifThereIsTime: ifThereIsTime.map(questionJson) })),
  };
}

function questionJson({ id, text, also, rules, component, span, minutes, value, lookUp, whoKnows, goes }: IntakeQuestion) {
  return { id, answer: '', text, also, component, minutes, value, rules, lookUp, whoKnows, goes, file: span.file, range: span.range };
}
