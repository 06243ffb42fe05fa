import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { askedOnce } from '../../ask-once.ts';
import { truthReturns } from '../../checks/ml15/truth-rules.ts';
import { pipelineTargets } from '../../deployment/releases.ts';
import { speakersOf, writesText, type Speaker } from '../../generative/speakers.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { isOnline, observedServices } from '../../monitoring/observed.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, weak, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { namedBy } from '../said-by.ts';

export const changesEvaluated: Criterion = {
  id: 'LLM-04',
  slug: 'changes-pass-an-evaluation',
  title: 'A change of model, prompt or index passes an evaluation that can stop it',
  type: 'gap',
  severity: 'high',
  failureMode: 'rollout',
  sources: ['AWS Generative AI Lens GENOPS01-BP01', 'AWS Generative AI Lens GENPERF01-BP01', 'NIST AI RMF MEASURE 2.3'],
  why: 'Every change of words or of the model makes some answers better and others worse; without a fixed set of questions only users find out which.',
  remediation: 'Keep a set of real questions with what a good answer holds, run it before each change goes out, and stop what scores worse.',
  effort: 'M',
  falsePositives: 'The set may run in another repository: declare it as an `evaluation` with what it `judges` and `blocking yes`.',
  applies: writesText,
  *evaluate({ architecture }) {
    yield* askedOnce(architecture.system, speakersOf(architecture).map((speaker) => judge(architecture, speaker)));
  },
};

function judge(architecture: Architecture, speaker: Speaker): Outcome {
  const { component } = speaker;
  const judged = new Set([...speaker.names, ...speaker.prompts, ...speaker.knowledge].map((item) => (typeof item === 'string' ? item : item.name)));
  const all = componentsOf(architecture, 'evaluation').filter((evaluation) => {
    const named = (edgesOf(architecture).in.get(evaluation.name) ?? []).filter((edge) => edge.payload !== 'labels').map((edge) => edge.from);
    return named.length > 0 ? named.some((name) => judged.has(name)) : speakersOf(architecture).length === 1;
  });
  const before = all.filter((evaluation) => !isOnline(architecture, evaluation));
  const pipelines = componentsOf(architecture, 'pipeline').filter((pipeline) => pipelineTargets(architecture, pipeline).some((name) => judged.has(name)) || pipelineTargets(architecture, pipeline).length === 0);
  const gates = new Set(pipelines.filter((pipeline) => value(pipeline, 'blocking') !== false).flatMap((pipeline) => value(pipeline, 'gate') ?? []));
  const stopping = before.find((evaluation) => value(evaluation, 'blocking') === true) ?? before.find((evaluation) => gates.has(evaluation.name) && presenceOf(evaluation, 'blocking') !== 'absent');
  if (stopping) return satisfied(component, { because: `${stopping.name} stops what is worse`, evidence: evidenceOf(statementOf(stopping, 'blocking')) });
  const stage = pipelines.find((pipeline) => value(pipeline, 'stages')?.includes('model_validation') && value(pipeline, 'blocking') === true);
  if (stage) return satisfied(component, { because: `${stage.name} validates before it deploys, and stops what fails` });
  const [reporting] = before.filter((evaluation) => presenceOf(evaluation, 'blocking') === 'absent');
  const unsaid = before.filter((evaluation) => presenceOf(evaluation, 'blocking') !== 'absent');
  // People who judge look at samples; what runs before a release is a set.
  const sets = unsaid.filter(({ variant }) => variant !== 'human');
  const open = sets.length > 0 ? sets : unsaid;
  if (open.length > 0) return question(open[0] ?? component, 'blocking', `Does a change of ${component.name} that does worse in ${listed(open.map(({ name }) => name))} stay out of production?`, component.name);
  if (reporting) return weak(component, { severity: 'medium', message: `${reporting.name} judges ${component.name}, and a change goes out whatever it says.`, changes: [{ op: 'set', subject: reporting.name, property: 'blocking', value: true }] });
  if (isKindAbsent(architecture, 'evaluation')) {
    return gap(component, {
      message: `No evaluation stands between a change of ${whatChanges(speaker)} and the people who read what ${component.name} answers.`,
      changes: draft(architecture, speaker),
      impact: 'Changes for the worse stay out of production',
    });
  }
  return question(component, undefined, `What must a change of ${whatChanges(speaker)} pass before ${component.name} answers with it? Declare an \`evaluation\` with \`blocking\`, or \`evaluation none\`.`);
}

const whatChanges = (speaker: Speaker): string => [speaker.models.length > 0 ? 'the model' : speaker.agents.length > 0 ? 'the agent' : 'the model', 'the prompt', ...(speaker.knowledge.length > 0 ? ['the index'] : [])].join(' or ').replace('the model or the prompt or', 'the model, the prompt or');

function draft(architecture: Architecture, speaker: Speaker): Change[] {
  const judges = [speaker.component.name, ...speaker.prompts.map(({ name }) => name), ...speaker.knowledge.map(({ name }) => name)];
  return [{ op: 'add-component', component: { kind: 'evaluation', name: freeName(architecture, `${speaker.component.name}Questions`), variant: 'offline', properties: { judges, metrics: ['groundedness', 'helpfulness'], blocking: true, compares_to: 'production' } } }];
}

export const feedbackCaptured: Criterion = {
  id: 'LLM-13',
  slug: 'users-can-say-that-it-was-wrong',
  title: 'People who talk to a model can say that an answer was wrong, and it is kept',
  type: 'gap',
  severity: 'low',
  pack: 'llm',
  failureMode: 'drift',
  sources: ['AWS Generative AI Lens GENOPS01-BP02', 'NIST AI RMF MEASURE 3.3'],
  why: 'Whoever asked knows best whether the answer helped, and mostly nobody asks them.',
  remediation: 'Let people rate an answer or correct it, and keep that with the answer.',
  effort: 'S',
  falsePositives: 'Feedback may be collected by another system: declare it as `labels` of kind `feedback`, or as a source of feedback.',
  applies: writesText,
  *evaluate(context) {
    const { architecture } = context;
    const asked = namedBy(context, truthReturns);
    yield* askedOnce(architecture.system, speakersOf(architecture).map((speaker) => judgeFeedback(architecture, speaker, asked.has(speaker.component.name) || asked.has(architecture.system.name))));
  },
};

function judgeFeedback(architecture: Architecture, speaker: Speaker, asked: boolean): Outcome {
  const { component } = speaker;
  if (speaker.userFacing !== true) return notApplicable(`No people are declared to talk to ${component.name}.`, component);
  const own = observedServices(architecture).find(({ service }) => service === component)?.labels ?? [];
  const kinds = [...new Set([...own, ...componentsOf(architecture, 'labels').filter((labels) => (value(labels, 'from') ?? []).some((name) => speaker.before.has(name)))])];
  const said = kinds.find((labels) => value(labels, 'kind') === 'feedback' || (value(labels, 'from') ?? []).some((name) => architecture.components.get(name)?.kind === 'consumer'));
  const source = [...componentsOf(architecture, 'source').filter(({ variant }) => variant === 'feedback'), ...componentsOf(architecture, 'dataset').filter(({ variant }) => variant === 'feedback')][0];
  const flow = edgesOf(architecture).edges.find((edge) => edge.payload === 'feedback' && speaker.before.has(edge.from));
  const by: Component | undefined = said ?? source ?? (flow && architecture.components.get(flow.to));
  if (by) return satisfied(component, { because: `${by.name} holds what they say` });
  const open = kinds.filter((labels) => presenceOf(labels, 'kind') !== 'present');
  const denied = isKindAbsent(architecture, 'labels') || (componentsOf(architecture, 'labels').length > 0 && kinds.length > 0 && open.length === 0);
  if (!denied && asked) return notApplicable(`How it is learnt whether answers of ${component.name} were right is asked by ML15.1.`, component);
  if (!denied) return question(component, undefined, `Can people who read what ${component.name} answers say that it was wrong, and where is that kept? Declare \`labels\` of kind \`feedback\`.`);
  const from = [...speaker.before].filter((name) => architecture.components.get(name)?.kind === 'consumer');
  const name = freeName(architecture, 'Reactions');
  return gap(component, { message: `People cannot say that an answer of ${component.name} was wrong.`, changes: [{ op: 'add-component', component: { kind: 'labels', name, properties: { kind: 'feedback', ...(from.length > 0 ? { from } : {}) } } }] });
}
