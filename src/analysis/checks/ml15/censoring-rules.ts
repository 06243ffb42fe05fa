import type { Architecture, Component } from '../../../model/architecture.ts';
import { trainingsOf } from '../../../model/graph/cones.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { carrying, shortestPath } from '../../../model/graph/paths.ts';
import { quantityOf } from '../../../model/quantity.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { formatShare } from '../../format.ts';
import { hopsOf } from '../../hops.ts';
import { observedServices, type Observed } from '../../monitoring/observed.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';

export const outcomesVisible: Rule = {
  id: 'ML15.3',
  slug: 'outcomes-stay-visible',
  title: 'Where the action hides the outcome, some traffic goes without the action',
  type: 'gap',
  severity: 'high',
  why: 'Of what was blocked, declined or never shown, nobody learns whether the model was right. The next version learns from what this one let through.',
  remediation: 'Leave the action out for 1 to 5 % of the traffic, or estimate what would have happened.',
  effort: 'M',
  falsePositives: 'A control group may exist. Declare `exploration` on the model, or `counterfactual yes` on an evaluation.',
  *evaluate({ architecture }) {
    const seen = new Set<string>();
    const estimates = componentsOf(architecture, 'evaluation').filter((evaluation) => value(evaluation, 'counterfactual') === true);
    const controls = componentsOf(architecture, 'experiment').filter((experiment) => value(experiment, 'arms')?.some((arm) => /hold_?-?out|without|no_?action/i.test(arm)));
    for (const observed of observedServices(architecture)) {
      for (const model of observed.models) {
        if (seen.has(model.name)) continue;
        seen.add(model.name);
        yield* judgeModel(architecture, observed, model, alternativeTo(estimates, controls, observed, model));
      }
    }
  },
};

/** What an action does to what can be learnt of the cases it hits. */
const HIDES: Readonly<Record<string, string>> = {
  block: 'what it blocks never shows whether it was right to',
  decline: 'what it declines never shows whether it was right to',
  approve: 'what it does not approve never shows whether it was right not to',
  rank: 'what it ranks low is hardly seen, so that nobody reacts to it',
};

/** Uses that mostly have such an action. */
const LIKELY: ReadonlySet<string> = new Set(['fraud_detection', 'bot_detection', 'credit_scoring', 'moderation', 'recommendation', 'ranking', 'search']);

function* judgeModel(architecture: Architecture, observed: Observed, model: Component<'model'>, other: string | undefined): Iterable<Outcome> {
  const action = value(model, 'action');
  const useCase = value(model, 'use_case');
  const hidden = HIDES[action ?? ''];
  if (action !== undefined && !hidden) return yield notApplicable(`The action of ${model.name} (${action}) does not hide the outcome.`, model);
  if (!hidden && !LIKELY.has(useCase ?? '')) return;
  if (observed.labels.length > 0 && observed.labels.every((labels) => ['human', 'programmatic'].includes(value(labels, 'kind') ?? ''))) {
    return yield notApplicable('Its truth comes from people who look at cases, whatever the model did with them.', model);
  }
  if (other) return yield satisfied(model, { because: other });

  const exploration = value(model, 'exploration');
  const none = exploration !== undefined && exploration.share?.high === 0 && exploration.method !== 'counterfactual';
  if (exploration && !none) {
    const share = exploration.share ? `${formatShare(exploration.share)} of the traffic goes without the action` : `the action is left out (${exploration.method ?? 'method not said'})`;
    return yield satisfied(model, { because: share, evidence: evidenceOf(statementOf(model, 'exploration')) });
  }
  const effect = hidden ?? 'its action may hide the outcome';
  if (none || (hidden && presenceOf(model, 'exploration') === 'absent')) return yield gap(model, finding(architecture, observed, model, effect));
  const ask = hidden
    ? `Is there traffic on which ${model.name} does not act? Otherwise ${effect}.`
    : `Does ${model.name} (${(useCase ?? '').replaceAll('_', ' ')}) block or rank, and is there traffic on which it does not, so that the outcome is seen?`;
  yield question(model, 'exploration', ask);
}

/** Ways to see the outcome other than exploration by the model itself: an estimate of what would have happened, or a group without it. */
function alternativeTo(estimates: readonly Component<'evaluation'>[], controls: readonly Component<'experiment'>[], { service }: Observed, model: Component<'model'>): string | undefined {
  const judges = (evaluation: Component<'evaluation'>) => value(evaluation, 'judges');
  const estimate = estimates.find((evaluation) => judges(evaluation) === undefined || [model.name, service.name].some((name) => judges(evaluation)?.includes(name)));
  if (estimate) return `${estimate.name} estimates what would have happened`;
  const control = controls.find((experiment) => experiment.subject === model.name || experiment.subject === service.name);
  return control && `${control.name} keeps a group without the model`;
}

function finding(architecture: Architecture, { service }: Observed, model: Component<'model'>, effect: string): FindingDetails {
  const trainings = trainingsOf(architecture, model).map((training) => training.name);
  const cycle = shortestPath(edgesOf(architecture), [service.name], trainings, { follow: carrying('predictions', 'feedback', 'labels', 'data', 'features') });
  const loop = cycle ? ` It is trained on what its own answers let through (${cycle.length} hops from ${service.name} to ${cycle.at(-1)?.to}).` : '';
  return {
    at: statementOf(model, 'exploration') ? 'exploration' : undefined,
    message: `${model.name} acts on every case, and ${effect}.${loop}`,
    path: cycle ? hopsOf(cycle) : undefined,
    changes: [{ op: 'set', subject: model.name, property: 'exploration', value: { share: quantityOf(1, '%', 'ratio'), method: 'random' } }],
  };
}
