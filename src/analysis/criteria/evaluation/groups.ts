import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { fewQuestions } from '../few-questions.ts';
import { hasNoEvaluation, isJudged, judgedModels, learnedModels, NO_MODEL, type Judged } from './judged.ts';

export const slicesEvaluated: Criterion = {
  id: 'EVAL-03',
  slug: 'groups-judged-by-themselves',
  title: 'Groups whose quality matters are judged by themselves before a release',
  type: 'weak',
  severity: 'medium',
  sources: ['ML Test Score Model 6', 'NIST AI RMF MEASURE 2.3', 'AWS ML Lens (2023) MLOE-09'],
  why: 'A mean over everyone hides a group for which the model got worse. What no figure shows before the release is found by the people of that group.',
  remediation: 'Compute the metrics of the evaluation for each group, and let the worst group decide as well as the mean.',
  effort: 'S',
  falsePositives: 'The report of the evaluation may have them already: declare `segments` of the evaluation.',
  applies: isJudged,
  *evaluate({ architecture }: Context) {
    yield* fewQuestions(architecture.system, judgedModels(architecture).flatMap(judgeSlices), (names) => `Are ${names} judged for each group that matters to them, or only over all? Declare \`segments\` of what judges each.`);
  },
};

function judgeSlices({ model, observed, offline }: Judged): Outcome[] {
  const segments = [...new Set([...(value(model, 'segments') ?? []), ...(observed ? (value(observed.service, 'segments') ?? []) : [])])];
  if (segments.length === 0) return [notApplicable(`No groups are declared whose quality matters by itself (\`segments\`).`, model)];
  const [first] = offline;
  if (!first) return [];
  const covered = new Set(offline.flatMap((evaluation) => value(evaluation, 'segments') ?? []).map((name) => name.toLowerCase()));
  const left = segments.filter((name) => !covered.has(name.toLowerCase()));
  if (left.length === 0) return [satisfied(model, { because: `judged by ${listed(segments)} before a release` })];
  const stating = offline.find((evaluation) => statementOf(evaluation, 'segments')) ?? first;
  const presence = presenceOf(stating, 'segments');
  const planned = plannedInstead(stating, 'segments', { about: model.name, message: `${stating.name} judges ${model.name} only over all, not by ${listed(left)}.` });
  if (planned) return [planned];
  if (presence === 'undeclared' || presence === 'unknown') return [{ ...question(stating, 'segments', `Does ${stating.name} judge ${model.name} for each of ${listed(left)}, or only over all?`, model.name), statedUnknown: presence === 'unknown' }];
  const rest = covered.size > 0 ? `${stating.name} judges ${model.name} by ${listed([...covered])}, but not by ${listed(left)}` : `${listed(segments)} matter${segments.length === 1 ? 's' : ''} for ${model.name}, and ${stating.name} judges it only over all`;
  return [weak(stating, { about: model.name, at: statementOf(stating, 'segments') ? 'segments' : undefined, message: `${rest}.`, changes: [{ op: 'set', subject: stating.name, property: 'segments', value: [...new Set([...(value(stating, 'segments') ?? []), ...left])] }] })];
}

export const fairnessEvaluated: Criterion = {
  id: 'EVAL-04',
  slug: 'fairness-where-people-are-affected',
  title: 'Where decisions touch people, it is measured whether groups of them are treated alike',
  type: 'gap',
  severity: 'high',
  sources: ['ML Test Score Model 7', 'NIST AI RMF MEASURE 2.11', 'EU AI Act Article 10(2)(f)', 'AWS ML Lens (2023) MLREL-09', 'AWS ML Lens (2023) MLOE-09'],
  why: 'A model learns from decisions of the past, with their prejudice. Without a figure for each group nobody knows whom it turns away more often, and it will be shown by others.',
  remediation: 'Choose the groups that matter and a measure (rates of approval, false refusals, calibration) for each, compute them at every release and on what was decided.',
  effort: 'M',
  falsePositives: 'The measure may be part of a report: declare `fairness` of the evaluation. Where nobody is judged, leave `people` out of `affects`.',
  applies: ({ architecture }) => {
    if (judgedModels(architecture).length === 0) return NO_MODEL;
    return decidesOnPeople(architecture) ? true : 'It is not declared that decisions touch the rights, access, credit, work or health of people.';
  },
  *evaluate({ architecture }: Context) {
    const { system } = architecture;
    if (hasNoEvaluation(architecture)) {
      const names = listed(judgedModels(architecture).map(({ model }) => model.name));
      return yield gap(system, { message: `${names} decide${judgedModels(architecture).length === 1 ? 's' : ''} on people, and nothing measures whether groups of them are treated alike.`, span: architecture.absences.get('evaluation')?.span, impact: 'It is known whom the model treats worse' });
    }
    yield* askedOnce(system, judgedModels(architecture).map((judged) => judgeFairness(judged)));
  },
};

/** Decisions, as opposed to information, on the rights, access, credit, work or health of persons. */
export function decidesOnPeople({ system }: Architecture): boolean {
  if (value(system, 'risk_class') === 'high') return true;
  return (value(system, 'affects') ?? []).includes('people') && value(system, 'decisions') !== 'informational';
}

function judgeFairness({ model, evaluations }: Judged): Outcome {
  const measured = evaluations.find((evaluation) => presenceOf(evaluation, 'fairness') === 'present');
  if (measured) return satisfied(model, { because: `${measured.name} measures ${listed(value(measured, 'fairness') ?? [])}`, evidence: evidenceOf(statementOf(measured, 'fairness')) });
  const planned = evaluations.find((evaluation) => presenceOf(evaluation, 'fairness') === 'planned');
  const stated = planned ? statementOf(planned, 'fairness') : undefined;
  const message = `${model.name} decides on people, and`;
  if (planned) return weak(planned, { about: model.name, at: 'fairness', message: `${message} ${planned.name} measures whether groups of them are treated alike only from ${stated?.state === 'planned' ? stated.by : 'later'} on.` });
  const excluded = evaluations.map((evaluation) => statementOf(evaluation, 'fairness')).find((item) => item?.state === 'not-applicable');
  if (excluded?.state === 'not-applicable') return notApplicable(excluded.because, model);
  const denied = evaluations.length > 0 && evaluations.every((evaluation) => presenceOf(evaluation, 'fairness') === 'absent');
  const [first] = evaluations;
  if (denied && first) return gap(first, { about: model.name, at: statementOf(first, 'fairness') ? 'fairness' : undefined, message: `${message} ${listed(evaluations.map(({ name }) => name))} measure${evaluations.length === 1 ? 's' : ''} no difference between groups of them.`, impact: 'It is known whom the model treats worse' });
  const unknown = evaluations.find((evaluation) => presenceOf(evaluation, 'fairness') === 'unknown');
  return { ...question(unknown ?? first ?? (model as Component), first ? 'fairness' : undefined, `By which measure, and for which groups of people, is it checked that ${model.name} treats them alike?`, model.name), statedUnknown: unknown !== undefined };
}

/** Rules by which a person may ask why. */
const ASKS_WHY: ReadonlySet<string> = new Set(['fcra', 'gdpr', 'eu_ai_act']);

export const decisionsExplained: Criterion = {
  id: 'EVAL-11',
  slug: 'decisions-can-be-explained',
  title: 'A regulated decision on a person can be explained',
  type: 'gap',
  severity: 'medium',
  pack: 'evaluation',
  sources: ['AWS ML Lens (2023) MLOE-02', 'AWS ML Lens (2023) MLPER-13', 'GDPR Article 22', 'NIST AI RMF MEASURE 2.9'],
  why: 'Who was refused may ask why, and those who handle the case need an answer that is true of this case and not of the model as a whole.',
  remediation: 'Choose a method that explains single decisions (weights of inputs, nearest case with another outcome), keep its result with the decision, and let those who answer people try it.',
  effort: 'M',
  falsePositives: 'A model that can be read explains itself: say so as `explained_by` of the model.',
  applies: ({ architecture }) => {
    if (learnedModels(architecture).length === 0) return NO_MODEL;
    return mustExplain(architecture) !== undefined ? true : 'No rule is declared by which a person may ask why: neither a duty to explain nor a regulated decision on people.';
  },
  *evaluate({ architecture }: Context) {
    const rule = mustExplain(architecture) ?? '';
    const outcomes = learnedModels(architecture).map(({ model }): Outcome => {
      const presence = presenceOf(model, 'explained_by');
      if (presence === 'present') return satisfied(model, { evidence: evidenceOf(statementOf(model, 'explained_by')) });
      if (presence === 'absent') return gap(model, { at: statementOf(model, 'explained_by') ? 'explained_by' : undefined, message: `A single decision of ${model.name} cannot be explained, although ${rule} lets people ask why.`, impact: 'People get a true answer' });
      if (presence === 'not-applicable') return notApplicable('The team says that nothing has to be explained.', model);
      return plannedInstead(model, 'explained_by', { message: `A single decision of ${model.name} cannot be explained yet.` }) ?? { ...question(model, 'explained_by', `How is a single decision of ${model.name} explained to the person it is about (${rule})?`), statedUnknown: presence === 'unknown' };
    });
    yield* askedOnce(architecture.system, outcomes);
  },
};

function mustExplain(architecture: Architecture): string | undefined {
  const duty = componentsOf(architecture, 'compliance').find((item) => value(item, 'duty') === 'explanation');
  if (duty) return duty.name;
  if (!decidesOnPeople(architecture)) return undefined;
  if (value(architecture.system, 'risk_class') === 'high') return 'its risk class';
  return (value(architecture.system, 'compliance') ?? []).find((name) => ASKS_WHY.has(name))?.replaceAll('_', ' ').toUpperCase();
}
