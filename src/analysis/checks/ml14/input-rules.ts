import { value } from '../../../model/statements.ts';
import { askedOnce } from '../../ask-once.ts';
import { formatQuantity } from '../../format.ts';
import { unwatched } from '../../monitoring/absence.ts';
import { inputMonitor } from '../../monitoring/drafts.ts';
import { inputWatchers, isUnstructured } from '../../monitoring/inputs.ts';
import { observedServices, type Observed } from '../../monitoring/observed.ts';
import { sees, seesAnswers, signalsOf } from '../../monitoring/signals.ts';
import { notApplicable, question, satisfied, weak, type Context, type Outcome, type Rule } from '../../rule.ts';
import { truthDetections } from '../../monitoring/detection.ts';

const DAY = 86_400;

export const inputsWatched: Rule = {
  id: 'ML14.1',
  slug: 'inputs-watched',
  title: 'The distribution of the inputs that are served is watched',
  type: 'gap',
  severity: 'high',
  why: 'The world changes without notice. Accuracy then falls by tens of per cent over weeks while every answer still looks normal.',
  remediation: 'Compare the inputs of each day with the training data of the deployed version, feature by feature.',
  effort: 'M',
  falsePositives: 'A check of distributions may run upstream. Declare it as a monitor of the variant `data_drift`, or as `distribution` among the checks of a validation.',
  *evaluate(context) {
    const { architecture } = context;
    yield* askedOnce(architecture.system, observedServices(architecture).filter(({ agents }) => !agents).flatMap((observed) => [...judgeInputs(context, observed)]));
  },
};

function* judgeInputs(context: Context, observed: Observed): Iterable<Outcome> {
  const { architecture } = context;
  const { service, monitors, evaluations, generative } = observed;
  const watcher = inputWatchers(architecture).get(service.name);
  if (watcher) return yield satisfied(service, { because: `${watcher.name} compares the distribution of its inputs` });
  const judged = [...monitors.filter(seesAnswers), ...evaluations][0];
  // Questions in free text have no columns: a sample of answers that is judged shows the same drift.
  if (generative && judged) return yield satisfied(service, { because: `${judged.name} judges what it answers, which is where drift of free text shows` });
  // Where a monitor does not say what it sees, ML13.2 asks that.
  if (monitors.some((monitor) => signalsOf(monitor).size === 0)) return;
  const unstructured = isUnstructured(observed);
  const soon = truthDetections(observed).find(({ delay }) => delay !== undefined && delay.high <= DAY);
  yield unwatched(context, service, {
    ask: unstructured
      ? `What shows that ${service.name} is asked other things than before: a drift of embeddings, or a sample of answers that is judged?`
      : `Which monitor compares the distribution of the inputs of ${service.name} with the training data?`,
    missing: {
      message: `Nothing watches the distribution of what ${service.name} is given${soon?.labels && soon.delay ? `; ${soon.by.name} sees a fall in quality once ${soon.labels.name} is there, after ${formatQuantity(soon.delay)}` : ''}.`,
      silent: true,
      mitigated: soon !== undefined,
      changes: inputMonitor(architecture, observed, unstructured),
      prerequisites: ['ML13.1'],
    },
  });
}

/** Tests that compare vectors or whole samples, as opposed to one column at a time. */
const MULTIVARIATE: ReadonlySet<string> = new Set(['mmd', 'cosine', 'classifier', 'llm_judge', 'human']);

export const unstructuredWatched: Rule = {
  id: 'ML14.7',
  slug: 'unstructured-inputs-watched',
  title: 'Drift of text, images or sound is watched by embeddings or by outputs',
  type: 'weak',
  severity: 'medium',
  why: 'Length, size and metadata of a text or an image can stay the same while its content becomes another.',
  remediation: 'Compare embeddings of the inputs, or the distribution and the judged quality of the outputs.',
  effort: 'M',
  falsePositives: 'The monitor may use embeddings already. Declare `signals [embeddings]` or its test.',
  *evaluate(context) {
    for (const observed of observedServices(context.architecture)) if (!observed.agents) yield* judgeUnstructured(observed);
  },
};

function* judgeUnstructured(observed: Observed): Iterable<Outcome> {
  const { service, models, monitors, evaluations } = observed;
  if (!isUnstructured(observed)) {
    const types = [...new Set(models.flatMap((model): readonly string[] => value(model, 'input_types') ?? []))];
    if (types.length > 0) yield notApplicable(`The inputs of ${service.name} are ${types.join(', ')}.`, service);
    return;
  }
  const proxy = [...monitors.filter(seesAnswers), ...evaluations][0];
  if (proxy) return yield satisfied(service, { because: `${proxy.name} looks at what it answers` });
  const drift = monitors.filter((monitor) => sees(monitor, 'inputs'));
  const [first] = drift;
  if (!first) return;
  const vectors = drift.find((monitor) => value(monitor, 'signals')?.includes('embeddings') || MULTIVARIATE.has(value(monitor, 'test') ?? ''));
  if (vectors) return yield satisfied(service, { because: `${vectors.name} compares contents, not only columns` });
  const test = value(first, 'test');
  if (test === undefined && value(first, 'signals') === undefined) {
    return yield question(first, 'signals', `Does ${first.name} compare the contents of what ${service.name} is given, by embeddings, or only metadata?`);
  }
  yield weak(first, {
    message: `${first.name} compares columns${test ? ` (${test})` : ''}, but ${service.name} is given ${kinds(observed)}; neither embeddings nor answers are watched.`,
    changes: [
      { op: 'set', subject: first.name, property: 'signals', value: [...new Set([...(value(first, 'signals') ?? []), 'embeddings'])] },
      { op: 'set', subject: first.name, property: 'test', value: 'mmd' },
    ],
  });
}

function kinds({ models }: Observed): string {
  const types = [...new Set(models.flatMap((model): readonly string[] => value(model, 'input_types') ?? []))];
  return types.length > 0 ? types.join(' and ') : 'free text';
}
