import { readFileSync } from 'node:fs';
import path from 'node:path';
import { review } from '../../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../../src/analysis/settings.ts';
import type { LoweredProject } from '../../../src/language/lowering/lower-project.ts';
import type { PdfFonts } from '../../../src/report/document/pdf/fonts.ts';
import { reportSubject, type ReportSubject } from '../../../src/report/review-report/subject.ts';
import { loadExample, SYSTEMS } from '../../support/examples.ts';
import { loadText } from '../../support/load.ts';

export const TODAY = '2026-11-21';
const provenance = { version: '1.2.3', commit: '0123456789abcdef0123456789abcdef01234567', digest: 'f'.repeat(64), files: ['main.mlarch'] };

export const subjectsOf = ({ architectures, problems }: LoweredProject, redact = false): ReportSubject[] => {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ message, span }) => `${span.range.start.line + 1}: ${message}`).join('\n'));
  return architectures.map((architecture) => {
    const context = { architecture, settings: DEFAULT_SETTINGS, today: TODAY };
    return reportSubject(context, review(architecture, context), { pictures: new Map(), provenance, redact });
  });
};

export function subjectOf(text: string, redact = false): ReportSubject {
  const [subject] = subjectsOf(loadText(text), redact);
  if (!subject) throw new Error('The text declares no system.');
  return subject;
}

/** Every system in examples/, by its file. */
export const exampleSubjects = (redact = false): (readonly [file: string, subject: ReportSubject])[] => SYSTEMS.flatMap((file) => subjectsOf(loadExample(file), redact).map((subject) => [file, subject] as const));

const modules = path.join(import.meta.dirname, '../../../node_modules');
const font = (file: string): Uint8Array => readFileSync(path.join(modules, file));

export const fonts = (): PdfFonts => ({
  regular: font('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  bold: font('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  italic: font('@expo-google-fonts/inter/400Regular_Italic/Inter_400Regular_Italic.ttf'),
  mono: font('dejavu-fonts-ttf/ttf/DejaVuSansMono.ttf'),
  others: [font('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')],
});
