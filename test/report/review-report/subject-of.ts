import type { LoweredProject } from '../../../src/language/lowering/lower-project.ts';
import type { ReportSubject } from '../../../src/report/review-report/subject.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { loadText } from '../../support/load.ts';
import { subjectOf as subjectOfSystem } from './subject.ts';

export const TODAY = '2026-11-21';

export const subjectsOf = ({ architectures, problems }: LoweredProject, redact = false): ReportSubject[] => {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message, span }) => `${span.range.start.line + 1}: ${message}`).join('\n'));
  return architectures.map((architecture) => subjectOfSystem(architecture, { redact }));
};

export function subjectOf(text: string, redact = false): ReportSubject {
  const [subject] = subjectsOf(loadText(text), redact);
  if (!subject) throw new Error('The text declares no system.');
  return subject;
}

/** Every system in examples/, by its file. */
export const exampleSubjects = (redact = false): (readonly [file: string, subject: ReportSubject])[] => SYSTEMS.flatMap((file) => subjectsOf(loadExample(file), redact).map((subject) => [file, subject] as const));
