import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checklist } from '../../src/analysis/checklist.ts';
import { PACK_NAMES } from '../../src/analysis/criteria/packs.ts';
import type { Finding } from '../../src/analysis/finding.ts';
import { review, type Review } from '../../src/analysis/review.ts';
import type { Check } from '../../src/analysis/rule.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../src/analysis/settings.ts';
import { applyEdits, changeEdits } from '../../src/language/printing/change-edits.ts';
import { applyChanges } from '../../src/model/apply-changes.ts';
import type { Architecture, Evidence } from '../../src/model/architecture.ts';
import { expectationsOf, type Expectation } from '../support/expectations.ts';
import { loadText } from '../support/load.ts';

/** Fixtures: test/fixtures/checks/<check>/<case>.mlarch, with the expected findings marked in place. */
const folder = path.join(import.meta.dirname, '../fixtures/checks');
const TODAY = '2026-11-21';
/** A fixture is about its rule, not about what switches it on. */
const settings: Settings = { ...DEFAULT_SETTINGS, packs: Object.fromEntries(PACK_NAMES.map((pack) => [pack, 'on' as const])) };

interface Case {
  readonly name: string;
  readonly text: string;
  readonly expected: readonly Expectation[];
}

const casesOf = (check: Check): Case[] => {
  const own = path.join(folder, check.id.toLowerCase());
  const names = existsSync(own) ? readdirSync(own).filter((name) => name.endsWith('.mlarch')).sort() : [];
  return names.map((name) => {
    const text = readFileSync(path.join(own, name), 'utf8');
    return { name: name.replace('.mlarch', ''), text, expected: expectationsOf(text) };
  });
};

for (const check of checklist) {
  describe(check.id.toLowerCase(), () => {
    const cases = casesOf(check);
    for (const { name, text, expected } of cases) {
      describe(name, () => {
        const architecture = load(check, text);
        const result = () => reviewed(check, architecture());

        it('finds what is marked and nothing else', () => {
          const found = result().findings.map(describeFinding).sort();
          expect(result().verdicts.filter((verdict) => verdict.verdict === 'failed')).toEqual([]);
          expect(found).toEqual(expected.filter((e) => e.mark === '!').map((e) => matching(e, result().findings)).sort());
        });

        it('asks, passes and excludes what is marked', () => {
          const { questions, verdicts, notApplicable } = result();
          const asked = questions.map((question) => `${question.rule} line ${question.span.range.start.line + 1}`);
          for (const e of expected.filter((item) => item.mark === '?')) expect(asked).toContain(`${e.rule} line ${e.line + 1}`);
          for (const e of expected.filter((item) => item.mark === '+')) expect(verdicts).toContainEqual(expect.objectContaining({ rule: e.rule, verdict: 'satisfied' }));
          for (const e of expected.filter((item) => item.mark === '-')) {
            expect(notApplicable).toContainEqual(expect.objectContaining({ rule: e.rule, because: expect.stringContaining(e.text ?? '') }));
          }
        });

        it('clears each finding by its remedy, in the model and in the text', () => {
          for (const finding of result().findings) expectRemedied(check, architecture(), text, finding);
        });

        it('accepts each finding with reason, owner and expiry', () => {
          for (const finding of result().findings) expectAccepted(check, architecture(), finding);
        });
      });
    }

    it('has a failing and a passing fixture for every rule', () => {
      const marks = (mark: Expectation['mark']) => new Set(cases.flatMap(({ expected }) => expected.filter((e) => e.mark === mark).map((e) => e.rule)));
      const ids = check.rules.map((rule) => rule.id);
      expect(ids.filter((id) => !marks('!').has(id)), 'rules without a failing fixture').toEqual([]);
      expect(ids.filter((id) => !marks('+').has(id)), 'rules without a passing fixture').toEqual([]);
    });
  });
}

function load(check: Check, text: string): () => Architecture {
  let loaded: Architecture | undefined;
  return () => {
    if (!loaded) {
      const { architectures, problems } = loadText(text, { evidence });
      expect(problems.filter((problem) => problem.severity === 'error').map((problem) => `${problem.span.range.start.line + 1}: ${problem.message}`)).toEqual([]);
      loaded = architectures[0];
    }
    if (!loaded) throw new Error(`${check.id}: the fixture declares no system`);
    return loaded;
  };
}

/** Fixtures say by the name of the file whether evidence exists; headings are given after a hash. */
function evidence(_file: string, target: string): Omit<Evidence, 'target'> {
  if (/^https?:/.test(target)) return { status: 'unchecked' };
  if (target.includes('missing')) return { status: 'missing' };
  return { status: 'found', headings: target.includes('#') ? (target.split('#')[1] ?? '').split(',').map((heading) => heading.trim()) : undefined };
}

const reviewed = (check: Check, architecture: Architecture): Review => review(architecture, { today: TODAY, checks: [check], settings });

const describeFinding = (finding: Finding): string => `line ${finding.span.range.start.line + 1} ${finding.rule} ${finding.severity} ${finding.type}: ${finding.message}`;

/** The finding that a mark means, or what it looked for; so a difference shows both in full. */
function matching(expected: Expectation, findings: readonly Finding[]): string {
  const match = findings.find(
    (finding) =>
      finding.rule === expected.rule &&
      finding.span.range.start.line === expected.line &&
      (expected.severity === undefined || finding.severity === expected.severity) &&
      (expected.type === undefined || finding.type === expected.type) &&
      (expected.text === undefined || finding.message.includes(expected.text)),
  );
  return match ? describeFinding(match) : `line ${expected.line + 1} ${expected.rule} ${expected.severity ?? ''} ${expected.type ?? ''} "${expected.text ?? ''}" (not found)`;
}

function expectRemedied(check: Check, architecture: Architecture, text: string, finding: Finding): void {
  if (finding.remedy.changes.length === 0) return;
  const inModel = reviewed(check, applyChanges(architecture, finding.remedy.changes));
  expect(inModel.findings.map((f) => f.id), `${finding.id} after its remedy in the model`).not.toContain(finding.id);
  const edited = applyEdits(text, changeEdits(architecture, finding.remedy.changes, () => text));
  const { architectures, problems } = loadText(edited, { evidence });
  expect(problems.filter((problem) => problem.severity === 'error').map((problem) => problem.message), `${finding.id}: the text after its remedy\n${edited}`).toEqual([]);
  const after = architectures[0];
  if (!after) throw new Error(`${finding.id}: no system left after the remedy`);
  expect(reviewed(check, after).findings.map((f) => f.id), `${finding.id} after its remedy in the text\n${edited}`).not.toContain(finding.id);
}

function expectAccepted(check: Check, architecture: Architecture, finding: Finding): void {
  const { span } = finding;
  const subject = finding.component.split('.')[1];
  const known = subject !== undefined && architecture.components.has(subject) ? subject : undefined;
  const present = (value: string) => ({ state: 'present' as const, value, span });
  const acceptance = { rule: finding.rule, subject: known, span, properties: { because: present('Known and bounded'), by: present('Platform'), until: present('2027-03-31') } };
  const { findings, accepted } = reviewed(check, { ...architecture, acceptances: [acceptance] });
  expect(findings.map((f) => f.id)).not.toContain(finding.id);
  expect(accepted.map((risk) => risk.finding.id)).toContain(finding.id);
}
