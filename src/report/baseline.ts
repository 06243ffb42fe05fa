import type { Review } from '../analysis/review.ts';
import { readJson } from './located-json.ts';
import { compareText } from './report-input.ts';

/** Findings that are known and no news: a project takes up the review without having to fix everything first. */
export interface Baseline {
  readonly schemaVersion: 1;
  /** Ids of findings, sorted, so that two versions of the file can be merged. */
  readonly findings: readonly string[];
}

export const baselineOf = (reviews: readonly Review[]): Baseline => ({
  schemaVersion: 1,
  findings: [...new Set(reviews.flatMap((review) => review.findings.map(({ id }) => id)))].sort(compareText),
});

export const writeBaseline = (reviews: readonly Review[]): string => `${JSON.stringify(baselineOf(reviews), undefined, 2)}\n`;

/** The baseline, or what is wrong with the text and what to do. */
export function readBaseline(text: string): Baseline | { readonly error: string } {
  const json = readJson(text);
  if ('error' in json) return fault(`${json.line}:${json.column}: ${json.error}`);
  const { value, locate } = json;
  const at = (path: readonly PropertyKey[], message: string): { error: string } => {
    const { line, column } = locate(path);
    return fault(`${line}:${column}: ${message}`);
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return at([], 'Expected an object with schemaVersion and findings.');
  const { schemaVersion, findings } = value as { schemaVersion?: unknown; findings?: unknown };
  if (schemaVersion !== 1) return at(['schemaVersion'], `Expected "schemaVersion": 1, the only version that this mlarch knows; found ${JSON.stringify(schemaVersion) ?? 'none'}.`);
  if (!Array.isArray(findings)) return at(['findings'], 'Expected "findings": an array of finding ids.');
  const wrong = findings.findIndex((id) => typeof id !== 'string' || !/^[^@\s]+@./.test(id));
  if (wrong >= 0) return at(['findings', wrong], `Expected the id of a finding such as "ML09.3@CardFraud.Scorer"; found ${JSON.stringify(findings[wrong])}.`);
  return { schemaVersion: 1, findings: [...new Set(findings as string[])].sort(compareText) };
}

const fault = (message: string): { error: string } => ({ error: `is not a baseline: ${message} Write a new one with --write-baseline.` });

export interface BaselineResult {
  /** The reviews with the findings that are new. Scores stay as they are: a known risk still is one. */
  readonly reviews: Review[];
  /** How many findings the baseline knows. */
  readonly known: number;
  /** Entries for the systems under review that are no longer found, and may be taken out of the file. */
  readonly fixed: readonly string[];
}

export function applyBaseline(baseline: Baseline, reviews: readonly Review[]): BaselineResult {
  const listed = new Set(baseline.findings);
  const present = new Set(reviews.flatMap((review) => [...review.findings, ...review.accepted.map(({ finding }) => finding)].map(({ id }) => id)));
  const fresh = reviews.map((review) => ({ ...review, findings: review.findings.filter(({ id }) => !listed.has(id)) }));
  const shown = (list: readonly Review[]): number => list.reduce((sum, { findings }) => sum + findings.length, 0);
  return {
    reviews: fresh,
    known: shown(reviews) - shown(fresh),
    fixed: baseline.findings.filter((id) => !present.has(id) && reviews.some(({ system }) => concerns(id, system))),
  };
}

/** An entry of a system that was not reviewed this time says nothing of whether it is fixed. */
function concerns(id: string, system: string): boolean {
  const element = id.slice(id.indexOf('@') + 1);
  return element === system || element.startsWith(`${system}.`) || element.startsWith(`${system}/`);
}
