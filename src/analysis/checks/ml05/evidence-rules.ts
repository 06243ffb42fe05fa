import type { Architecture, Component } from '../../../model/architecture.ts';
import { exactly } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { groupsOnBothPaths, learnsWhatWasServed, modelFeatures, type FeatureGroup, type ModelFeatures } from '../../data/feature-use.ts';
import { skewMonitorOf } from '../../data/skew-watch.ts';
import { isMonitoringClosed } from '../../monitoring/absence.ts';
import { addMonitor, DAY, freeName } from '../../monitoring/drafts.ts';
import { judgePresence } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Outcome, type Rule } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const transformsVersioned: Rule = {
  id: 'ML05.4',
  slug: 'transforms-versioned-with-model',
  title: 'Encoders, scalers, tokenizers and vocabularies are kept with the model they were fitted for',
  type: 'gap',
  severity: 'high',
  why: 'A fitted transform gives numbers a meaning. With the state of another version the model reads the right input as something else, without an error.',
  remediation: 'Store the fitted state in the artifact of the model, or under the same version, and load both together.',
  effort: 'S',
  falsePositives: 'The state may be part of the saved model, as in a fitted pipeline. Say so with `versioned_with_model yes`.',
  *evaluate({ architecture }) {
    const stateful = statefulTransforms(architecture);
    for (const { group, model } of stateful) {
      yield judgePresence(group, 'versioned_with_model', {
        ask: `Is the fitted state of ${group.name} stored under the version of ${model ?? 'its model'}?`,
        missing: {
          message: `The fitted state of ${group.name} is not versioned with ${model ?? 'the model that needs it'}.`,
          why: `When ${model ?? 'the model'} goes back to an earlier version, ${group.name} stays as it is, and the two no longer fit.`,
          changes: [{ op: 'set', subject: group.name, property: 'versioned_with_model', value: true }],
        },
      });
    }
    const covered = new Set(stateful.map(({ model }) => model));
    const open: Component<'model'>[] = [];
    for (const { model } of modelFeatures(architecture)) {
      if (!model || covered.has(model.name)) continue;
      if (presenceOf(model, 'transforms') === 'absent') yield notApplicable(`${model.name} has no stateful transform.`, model);
      else open.push(model);
    }
    if (open[0]) yield question(open[0], 'transforms', `Which fitted encoders, scalers, tokenizers or vocabularies belong to ${listed(open.map((model) => model.name))}? Name them with \`transforms\`, or say \`transforms none\`.`);
  },
};

/** Stateful transforms, each with a model that needs it. */
function statefulTransforms(architecture: Architecture): { readonly group: FeatureGroup; readonly model?: string }[] {
  const owners = new Map<string, string>();
  for (const use of modelFeatures(architecture)) {
    if (!use.model) continue;
    const used = [...use.learned, ...use.served].filter((name) => architecture.components.get(name)?.variant === 'encoder');
    for (const name of [...(value(use.model, 'transforms') ?? []), ...used]) if (!owners.has(name)) owners.set(name, use.model.name);
  }
  return componentsOf(architecture, 'features').flatMap((group) => (owners.has(group.name) || group.variant === 'encoder' ? [{ group, model: owners.get(group.name) }] : []));
}

export const parityShown: Rule = {
  id: 'ML05.5',
  slug: 'parity-shown',
  title: 'Something shows that training and serving see the same values',
  type: 'gap',
  severity: 'medium',
  why: 'A difference between the two paths raises no error. It is found by comparing them, or by users.',
  remediation: 'Compare served values with those of the training path: a test before each release, or a monitor on logged features.',
  effort: 'S',
  falsePositives: 'The comparison may be part of a test suite. Declare `parity_test yes` on the group, or a `monitor : skew`.',
  *evaluate(context) {
    for (const use of modelFeatures(context.architecture)) yield judgeParity(context, use);
  },
};

function judgeParity(context: Context, use: ModelFeatures): Outcome {
  const { architecture } = context;
  const { subject } = use;
  if (use.sameJob) return notApplicable(`${subject.name} is scored in the job that trains it.`, subject);
  const groups = groupsOnBothPaths(architecture).filter((shared) => shared.uses.includes(use)).map((shared) => shared.group);
  const monitor = skewMonitorOf(architecture, use);
  if (monitor) return satisfied(subject, { because: `${monitor.name} compares serving with training` });
  const computed = groups.filter((group) => value(group, 'passthrough') !== true);
  const open = computed.filter((group) => value(group, 'parity_test') !== true && !learnsWhatWasServed(group, [use]));
  if (groups.length > 0 && open.length === 0) {
    const tested = computed.find((group) => value(group, 'parity_test') === true);
    const evidence = tested && statementOf(tested, 'parity_test');
    return satisfied(subject, {
      evidence: evidence?.state === 'present' ? evidence.evidence : undefined,
      because: tested ? `a test compares both paths of ${listed(computed.map((group) => group.name))}` : `${subject.name} learns from the values that were served`,
    });
  }
  if (use.learned.size + use.served.size === 0) return notApplicable(`No input of ${subject.name} is declared, which ML05.1 asks for.`, subject);
  if (groups.length === 0) return question(subject, undefined, `What compares the inputs that ${subject.name} learned from with those it is asked with: a parity test, or a \`monitor : skew\`?`);
  const names = listed(open.map((group) => group.name));
  const untested = open.every((group) => presenceOf(group, 'parity_test') === 'absent');
  if (!untested || !isMonitoringClosed(context)) {
    const asked = untested ? `Nothing tests that both paths of ${names} agree. Does a monitor compare served values with those that ${subject.name} learned from?` : `Does a test or a monitor compare ${names} in serving with what ${subject.name} learned from?`;
    return question(open[0] as FeatureGroup, untested ? undefined : 'parity_test', asked, subject.name);
  }
  const service = use.services[0]?.name ?? subject.name;
  return gap(subject, {
    message: `Neither a test nor a monitor compares ${names} in serving with what ${subject.name} learned from.`,
    changes: addMonitor(architecture, { name: freeName(architecture, `${service}Skew`), variant: 'skew', properties: { watches: [service], baseline: 'training_data', threshold: exactly(0.1, '1'), window: DAY } }),
  });
}
