import type { Band } from '../../analysis/score.ts';

/** What it means for a business that a check holds, without the words of the field. */
export const STRENGTHS: Readonly<Record<string, string>> = {
  ML01: 'Every version of a model is on record and can be found again',
  ML02: 'Every training leaves a record that can be compared',
  ML03: 'Models can be made again as they were',
  ML04: 'Training can grow to what the plans ask for',
  ML05: 'Models see the same inputs in use as in training',
  ML06: 'Tests use only what was known at the time',
  ML07: 'Bad data is stopped before it does harm',
  ML08: 'Inputs are defined once and shared',
  ML09: 'The service can grow with its traffic',
  ML10: 'A new version can be compared and taken back',
  ML11: 'Answer times are promised and measured',
  ML12: 'What an answer costs is known and bounded',
  ML13: 'The quality of answers is watched in use',
  ML14: 'Changes in what comes in are noticed',
  ML15: 'What really happened comes back and is compared',
  ML16: 'Alarms reach people who know what to do',
  ML17: 'New versions are tried before they answer for real',
  ML18: 'New versions reach few people first',
  ML19: 'Releases do not depend on one person',
  ML20: 'It is settled who acts when a model is wrong',
};

/** The verdict in a sentence. */
export const VERDICTS: Readonly<Record<Band | 'insufficient information', string>> = {
  'insufficient information': 'Too little is declared for a verdict',
  'research-grade': 'Not ready to be relied upon',
  'first pass': 'Works, with serious gaps',
  'production with known gaps': 'Fit for use, with known gaps',
  strong: 'Well built and well looked after',
  exemplary: 'Little is left to ask for',
};
