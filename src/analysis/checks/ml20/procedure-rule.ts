import type { Component } from '../../../model/architecture.ts';
import { componentsOf, isKindAbsent, isLayerComplete, statementOf, value } from '../../../model/statements.ts';
import { isKindUnknown } from '../../monitoring/absence.ts';
import { question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { applicableClasses, wordsOf } from './classes.ts';

export const proceduresExist: Rule = {
  id: 'ML20.3',
  slug: 'procedures-exist',
  title: 'Every class of failure that can happen here has a procedure',
  type: 'weak',
  severity: 'medium',
  why: 'What is not written is thought out during the incident, by whoever is there, while wrong answers go out.',
  remediation: 'Write one page for each class that applies: how to recognise it, what to do first, whom to call.',
  effort: 'S',
  falsePositives: 'One page may serve several classes. Declare them in `covers` of the runbook.',
  *evaluate(context) {
    const runbooks = componentsOf(context.architecture, 'runbook');
    yield runbooks.length === 0 ? withoutRunbooks(context) : judgeCoverage(context, runbooks);
  },
};

function withoutRunbooks({ architecture }: Context): Outcome {
  const { system } = architecture;
  const words = listed(applicableClasses(architecture).map(wordsOf), 10);
  if (isKindAbsent(architecture, 'runbook')) return weak(system, { span: architecture.absences.get('runbook')?.span, message: `There is no procedure for any failure that can happen here: ${words}.` });
  return { ...question(system, undefined, `Which of these have a procedure: ${words}? Declare runbooks with what they cover.`), statedUnknown: isKindUnknown(architecture, 'runbook') };
}

function judgeCoverage({ architecture }: Context, runbooks: readonly Component<'runbook'>[]): Outcome {
  const { system } = architecture;
  const covered: ReadonlySet<string> = new Set(runbooks.flatMap((runbook): readonly string[] => value(runbook, 'covers') ?? []));
  const open = applicableClasses(architecture).filter((name) => !covered.has(name));
  if (open.length === 0) return satisfied(system, { because: `${listed(runbooks.map((runbook) => runbook.name))} cover all that can happen here` });
  const unassigned = runbooks.find((runbook) => statementOf(runbook, 'covers')?.state !== 'present');
  if (unassigned) return question(unassigned, 'covers', `What is ${unassigned.name} for? No other runbook covers ${listed(open.map(wordsOf), 10)}.`);
  // What the process tells apart it needs a procedure for; the rest may be in a runbook that was left out of the file.
  const [process] = componentsOf(architecture, 'incidents').filter((candidate) => value(candidate, 'procedures'));
  const told: readonly string[] = process ? (value(process, 'classes') ?? []) : [];
  const certain = isLayerComplete(architecture, 'observability') ? open : open.filter((name) => told.includes(name));
  const [first] = certain;
  if (first !== undefined) {
    return weak(process ?? system, { at: process ? 'procedures' : undefined, message: `No runbook covers ${listed(certain.map(wordsOf), 10)}${process && told.includes(first) ? `, which ${process.name} tells apart` : ''}.` });
  }
  return question(process ?? runbooks[0] ?? system, process ? 'procedures' : 'covers', `Is there a procedure for ${listed(open.map(wordsOf), 10)}? ${listed(runbooks.map((runbook) => runbook.name))} ${runbooks.length === 1 ? 'does' : 'do'} not cover ${open.length === 1 ? 'it' : 'them'}.`);
}
