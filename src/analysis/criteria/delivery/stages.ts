import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { noneExists } from '../../monitoring/absence.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type Criterion } from '../../rule.ts';
import { listed, trainsInHouse } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

type Pipeline = Component<'pipeline'>;
type Stage = NonNullable<ReturnType<typeof stagesOf>>[number];

const stagesOf = (pipeline: Pipeline) => value(pipeline, 'stages');

/** Stages that test something, so that they can find it bad. */
const TESTS: ReadonlySet<string> = new Set(['code_tests', 'data_validation', 'model_validation', 'model_tests', 'integration_tests']);

const trains = (context: Context): true | string => (isRelied(context) !== true ? isRelied(context) : trainsInHouse(context.architecture));

/** Pipelines with a stage, and whether every pipeline says what its stages are. */
function stageState(architecture: Architecture, stage: Stage): { readonly having?: Pipeline; readonly pipelines: readonly Pipeline[]; readonly told: boolean } {
  const pipelines = componentsOf(architecture, 'pipeline');
  const having = pipelines.find((pipeline) => stagesOf(pipeline)?.includes(stage));
  return { ...(having && { having }), pipelines, told: pipelines.every((pipeline) => ['present', 'absent'].includes(presenceOf(pipeline, 'stages'))) };
}

/** The stage before those that bring something to production. */
function withStage(pipeline: Pipeline, stage: Stage): Stage[] {
  const stages = [...(stagesOf(pipeline) ?? [])];
  return stage === 'code_tests' ? [stage, ...stages] : [...stages.filter((name) => name === 'code_tests'), stage, ...stages.filter((name) => name !== 'code_tests')];
}

export const codeTested: Criterion = {
  id: 'CICD-01',
  slug: 'code-is-tested',
  title: 'The code of training and features is tested before it is merged',
  type: 'gap',
  severity: 'medium',
  sources: ['ML Test Score Data 7', 'ML Test Score Infra 2', 'AWS ML Lens (2023) MLOE-12'],
  why: 'A fault in the code of a feature does not crash: it makes values that are a little wrong, and the model learns them.',
  remediation: 'Run unit tests of feature and training code on every change, on a handful of rows with known results.',
  effort: 'M',
  falsePositives: 'Tests may run in a pipeline that is not declared: declare it with `stages [code_tests]`.',
  applies: trains,
  *evaluate({ architecture }: Context) {
    const { having, pipelines, told } = stageState(architecture, 'code_tests');
    const [first] = pipelines;
    if (having) return yield satisfied(having, { because: `${having.name} tests the code`, evidence: evidenceOf(statementOf(having, 'stages')) });
    if (!first) {
      if (noneExists(architecture, 'pipeline')) yield gap(architecture.system, { message: 'No pipeline tests the code of training and features: none exists.', changes: [{ op: 'add-component', component: { kind: 'pipeline', name: 'Tests', variant: 'ci', properties: { stages: ['code_tests', 'integration_tests'], blocking: true } } }], impact: 'Faults of the code are found before they are learned' });
      else yield question(architecture.system, undefined, 'Is the code of training and features tested on every change, and is the whole pipeline run on small data? Declare a `pipeline` with its `stages`.');
      return;
    }
    const open = pipelines.filter((pipeline) => !['present', 'absent'].includes(presenceOf(pipeline, 'stages')));
    if (!told) return yield question(open[0] ?? first, 'stages', `What does ${listed(open.map(({ name }) => name))} do, in order: tests of the code, checks of the data, validation of the model?`);
    yield weak(first, { at: statementOf(first, 'stages') ? 'stages' : undefined, message: `${listed(pipelines.map(({ name }) => name))} ${pipelines.length === 1 ? 'has' : 'have'} no stage that tests the code.`, changes: [{ op: 'set', subject: first.name, property: 'stages', value: withStage(first, 'code_tests') }], impact: 'Faults of the code are found before they are learned' });
  },
};

export const pipelineTested: Criterion = {
  id: 'CICD-02',
  slug: 'pipeline-is-tested-as-a-whole',
  title: 'The whole pipeline is run on small data before a change of it is merged',
  type: 'weak',
  severity: 'medium',
  sources: ['ML Test Score Infra 3', 'AWS ML Lens (2023) MLOE-12'],
  why: 'Each step is right by itself, and the steps do not fit: a renamed column or another type is found out at night, by the real run.',
  remediation: 'Run everything from data to an answer on a few rows for each change of code or configuration.',
  effort: 'M',
  falsePositives: 'The run may be part of another stage: declare `integration_tests` among the `stages`.',
  applies: trains,
  *evaluate({ architecture }: Context) {
    const { having, pipelines, told } = stageState(architecture, 'integration_tests');
    const [first] = pipelines;
    if (having) yield satisfied(having, { because: `${having.name} runs the whole pipeline on small data`, evidence: evidenceOf(statementOf(having, 'stages')) });
    else if (!first) yield notApplicable(noneExists(architecture, 'pipeline') ? 'No pipeline exists; CICD-01 says so.' : 'CICD-01 asks for the pipelines.');
    else if (!told) yield notApplicable('CICD-01 asks for the stages.');
    else {
      const subject = pipelines.find((pipeline) => stagesOf(pipeline)?.includes('training')) ?? pipelines.find((pipeline) => stagesOf(pipeline)?.includes('code_tests')) ?? first;
      // Tests of serving run a part of it.
      const part = pipelines.some((pipeline) => stagesOf(pipeline)?.includes('model_tests'));
      yield weak(subject, { at: statementOf(subject, 'stages') ? 'stages' : undefined, ...(part ? { severity: 'low' as const } : {}), message: `No stage of ${listed(pipelines.map(({ name }) => name))} runs the whole pipeline on small data.`, changes: [{ op: 'set', subject: subject.name, property: 'stages', value: withStage(subject, 'integration_tests') }], impact: 'Steps that do not fit are found before the night' });
    }
  },
};

export const gatesCanFail: Criterion = {
  id: 'CICD-04',
  slug: 'gates-can-fail',
  title: 'A stage or gate that finds something bad stops the pipeline',
  type: 'contradiction',
  severity: 'medium',
  sources: ['ML Test Score Infra 4', 'AWS ML Lens (2023) MLREL-08', 'AWS ML Lens (2023) MLREL-11'],
  pack: 'delivery',
  why: 'Tests whose result nobody waits for look like a gate in every report, and everything passes.',
  remediation: 'Let the exit status of each stage count: stop at the first that fails, and deploy only what has passed.',
  effort: 'S',
  falsePositives: 'Stages may be run for information only: take them out of `stages`, or declare `blocking yes` where the last one decides.',
  applies: ({ architecture }) => (componentsOf(architecture, 'pipeline').some((pipeline) => testsOf(pipeline).length > 0 || (value(pipeline, 'gate') ?? []).length > 0) ? true : 'No pipeline is declared that tests anything.'),
  *evaluate({ architecture }: Context) {
    const open: Pipeline[] = [];
    for (const pipeline of componentsOf(architecture, 'pipeline')) {
      const tests = testsOf(pipeline);
      const toothless = (value(pipeline, 'gate') ?? []).flatMap((name) => architecture.components.get(name) ?? []).filter((gate) => gate.kind === 'evaluation' && presenceOf(gate, 'blocking') === 'absent');
      if (presenceOf(pipeline, 'blocking') === 'absent' && (tests.length > 0 || (value(pipeline, 'gate') ?? []).length > 0)) {
        const told = tests.filter((stage) => stage !== 'data_validation');
        // Of checks of the data alone ML07.2 speaks.
        if (told.length === 0 && (value(pipeline, 'gate') ?? []).length === 0) yield notApplicable('ML07.2 speaks of the checks of the data.', pipeline);
        else yield contradiction(pipeline, { at: 'blocking', message: told.length > 0 ? `${pipeline.name} runs ${listed(told.map((stage) => stage.replaceAll('_', ' ')), 4)} and goes on when ${told.length === 1 ? 'they fail' : 'one of them fails'}.` : `${pipeline.name} names ${listed(value(pipeline, 'gate') ?? [])} as its gate and goes on whatever comes out.`, changes: [{ op: 'set', subject: pipeline.name, property: 'blocking', value: true }], impact: 'A failed test stops what it tested' });
      } else if (toothless.length > 0) {
        yield contradiction(pipeline, { at: 'gate', message: `${pipeline.name} waits for ${listed(toothless.map(({ name }) => name))}, which ${toothless.length === 1 ? 'lets' : 'let'} through what fails.`, changes: toothless.map(({ name }) => ({ op: 'set', subject: name, property: 'blocking', value: true })), impact: 'A gate that can say no' });
      } else if (statementOf(pipeline, 'blocking')?.state === 'planned') yield plannedInstead(pipeline, 'blocking', { message: `${pipeline.name} does not stop yet when a test fails.` }) ?? satisfied(pipeline);
      else if (presenceOf(pipeline, 'blocking') === 'present') yield satisfied(pipeline, { because: `${pipeline.name} stops when a stage fails`, evidence: evidenceOf(statementOf(pipeline, 'blocking')) });
      // Of a stage for staging ML17.2 asks, of one that validates models CICD-03.
      else if (tests.length > 0 && !stagesOf(pipeline)?.some((stage) => stage === 'staging' || stage === 'model_validation')) open.push(pipeline);
      else if ((value(pipeline, 'gate') ?? []).length > 0 && tests.length === 0) yield satisfied(pipeline, { because: `${pipeline.name} waits for ${listed(value(pipeline, 'gate') ?? [])}` });
    }
    const [first] = open;
    if (first) yield question(first, 'blocking', `${open.length === 1 ? 'Does' : 'Do'} ${listed(open.map(({ name }) => name))} stop when a test fails?`);
  },
};

const testsOf = (pipeline: Pipeline): string[] => (stagesOf(pipeline) ?? []).filter((stage) => TESTS.has(stage));
