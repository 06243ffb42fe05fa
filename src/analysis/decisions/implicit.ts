import type { Component } from '../../model/architecture.ts';
import { componentsOf, value } from '../../model/statements.ts';
import { formatQuantity } from '../format.ts';
import type { Review } from '../review.ts';
import type { Context } from '../rule.ts';
import { entriesOf, isVendor, ownServices, type Service } from '../serving/services.ts';
import { notRecommended } from '../target/not-recommended.ts';
import type { DecisionRecord } from './record.ts';

/** What a model shows that somebody must have decided, or let happen, and that no decision of the file speaks of. */
export function implicitDecisions(context: Context, review: Review): DecisionRecord[] {
  const shown = unspokenChoices(context);
  const whole = [...oneRegion(context), ...without(context)];
  return [...shown.map(({ component, ...record }) => recordOf(context, review, record, [component])), ...whole.map((record) => recordOf(context, review, record, []))];
}

/** Choices about single components that the model shows and that no decision of the file speaks of. */
export function unspokenChoices(context: Context): readonly ShownAt[] {
  const spoken = new Set(context.architecture.decisions.flatMap(({ properties }) => (properties.chosen?.state === 'present' ? [properties.chosen.value] : [])));
  return [...realTime(context), ...vendors(context), ...packaged(context), ...byHand(context)].filter(({ component }) => !spoken.has(component));
}

interface Shown extends Pick<DecisionRecord, 'title' | 'context' | 'drivers' | 'chosen' | 'good' | 'bad' | 'watchedBy'> {
  readonly other: string;
  readonly revisit: string;
}

type ShownAt = Shown & { readonly component: string };

function recordOf({ today }: Context, { findings, system }: Review, { other, ...shown }: Shown, components: readonly string[]): DecisionRecord {
  const about = findings.filter(({ rule, check, component }) => (shown.watchedBy.includes(rule) || shown.watchedBy.includes(check)) && (components.length === 0 || components.some((name) => component === `${system}.${name}`)));
  return {
    origin: 'implicit',
    ...shown,
    status: 'proposed',
    date: today,
    options: [{ name: shown.chosen, good: shown.good, bad: shown.bad }, { name: other, good: [], bad: [] }],
    because: 'this is how the system is built; nobody wrote down why.',
    findings: about.map(({ id }) => id),
    components,
    more: ['Found in the model, not declared. Accept it with the reason, or change it.'],
  };
}

/** From this age on a batch gives the answer as well (S3.17 puts the quickest at 15 minutes). */
const BATCHED = 900;

function realTime({ architecture }: Context): ShownAt[] {
  return entriesOf(architecture).flatMap(({ consumer, service }): ShownAt[] => {
    const tolerated = value(consumer, 'tolerates');
    if (!tolerated || tolerated.low < BATCHED || (service.variant !== undefined && service.variant !== 'realtime')) return [];
    return [{
      component: service.name,
      title: `Answer ${consumer.name} in real time from ${service.name}`,
      context: `${consumer.name} takes answers that are ${formatQuantity(tolerated)} old, and ${service.name} computes each on request.`,
      drivers: ['freshness of answers', 'cost of machines that wait for requests'],
      chosen: 'Answer on request',
      other: `Compute in advance, at least every ${formatQuantity(tolerated)}`,
      good: ['every answer is fresh, and what was never asked is not computed'],
      bad: ['machines wait for requests, and the way has to be quick and always there'],
      watchedBy: ['ML12.4', 'ML11'],
      revisit: `When nobody needs an answer fresher than ${formatQuantity(tolerated)} at the next review.`,
    }];
  });
}

function vendors({ architecture }: Context): ShownAt[] {
  return componentsOf(architecture, 'model').filter(isVendor).map((model): ShownAt => ({
    component: model.name,
    title: `Use a model of a vendor for ${model.name}`,
    context: `${model.name} is bought or asked through an interface${value(model, 'llm') === undefined ? '' : ` (${String(value(model, 'llm'))})`}, and not trained here.`,
    drivers: ['time to a first version', 'dependence on one company', 'cost of an answer'],
    chosen: 'A model of a vendor',
    other: 'Published weights that are run here, or a model trained here',
    good: ['nobody has to train or run it'],
    bad: ['price, behaviour and availability are the vendor’s to change'],
    watchedBy: ['ML12', 'ML09.4'],
    revisit: 'When the vendor changes the price or ends the version, or when the bill passes what own machines would cost.',
  }));
}

function packaged({ architecture }: Context): ShownAt[] {
  return componentsOf(architecture, 'model').flatMap((model): ShownAt[] => {
    const packaging = value(model, 'packaging');
    if (packaging !== 'in_image' && packaging !== 'in_repository') return [];
    return [{
      component: model.name,
      title: `Release ${model.name} together with the code`,
      context: `${model.name} is part of ${packaging === 'in_image' ? 'the image of its service' : 'the code repository'}, so that a new model is a new release of the code.`,
      drivers: ['simplicity of delivery', 'independence of model and code'],
      chosen: 'Model and code are one release',
      other: 'The model is an artifact of its own, loaded by version',
      good: ['one version says all, and there is one way to production'],
      bad: ['a model cannot be changed or taken back without a release of the code'],
      watchedBy: ['ML10'],
      revisit: 'When models change more often than the code, or somebody else releases them.',
    }];
  });
}

function byHand({ architecture }: Context): ShownAt[] {
  return ownServices(architecture).filter((service: Service) => value(service, 'deployed_by') === 'manual').map((service): ShownAt => ({
    component: service.name,
    title: `Deploy ${service.name} by hand`,
    context: `A person brings new versions of ${service.name} to production.`,
    drivers: ['effort to build a pipeline', 'safety of releases'],
    chosen: 'By hand',
    other: 'By a pipeline with tests and gates',
    good: ['nothing has to be built'],
    bad: ['each release depends on who does it, and steps are forgotten'],
    watchedBy: ['ML19', 'ML18'],
    revisit: 'When there is more than one release a month, or a second person has to do it.',
  }));
}

function oneRegion({ architecture }: Context): Shown[] {
  const regions = new Set([architecture.system, ...componentsOf(architecture, 'service', 'store') as Component<'service'>[]].flatMap((element) => value(element as Component<'service'>, 'region') ?? []));
  const [region] = regions;
  if (regions.size !== 1 || region === undefined || ownServices(architecture).length === 0) return [];
  return [{
    title: 'Run in one region',
    context: `Everything that says where it runs is in ${region}.`,
    drivers: ['availability when a region fails', 'cost and effort of a second one', 'where data may be kept'],
    chosen: 'One region',
    other: 'A second region that takes over',
    good: ['one place to run and to pay, and data stays there'],
    bad: ['when the region fails, the system does'],
    watchedBy: [],
    revisit: 'When a promised availability is above what one region gives, or users far away wait too long.',
  }];
}

/** What is often built and is not here. */
function without(context: Context): Shown[] {
  return notRecommended(context).map(({ what, because, changesAt }) => ({
    title: `Do without ${what.replace(/^(A|An) /, (article) => article.toLowerCase()).replace(/^(Streaming|Distributed)/, (word) => word.toLowerCase())}`,
    context: because,
    drivers: ['effort to build and run it', 'what the team can carry'],
    chosen: 'Do without',
    other: what,
    good: ['one system less to run'],
    bad: ['it has to be built once the need is there'],
    watchedBy: [],
    revisit: changesAt,
  }));
}
