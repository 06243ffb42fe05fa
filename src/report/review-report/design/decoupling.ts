import { couplingsOf, rollbackDesign, type Coupling, type CouplingPart, type RollbackDesign } from '../../../analysis/design/coupling.ts';
import { recoveryTargetOf } from '../../../analysis/checks/ml20/recovery-rule.ts';
import { releasesOf } from '../../../analysis/deployment/releases.ts';
import { isVendor } from '../../../analysis/serving/services.ts';
import { formatDuration, formatQuantity } from '../../../analysis/format.ts';
import type { Architecture, Component } from '../../../model/architecture.ts';
import { value } from '../../../model/statements.ts';
import { anchorOf } from '../../document/anchor.ts';
import type { Block, Inline, Section } from '../../document/block.ts';
import type { ReportSubject } from '../subject.ts';
import { capital, code, paragraph, strong, tableOr } from '../words.ts';
import { joined, named, notSaid, said, says } from './declared.ts';
import { findingsText, openPoints, openSection } from './open-points.ts';

const RULES = ['ML01', 'ML05', 'ML10'];

/** How a model goes out without a deployment of code: what ties them today, the steps, and the way back with what has to go along. */
export function decouplingSection(subject: ReportSubject): Section {
  const { architecture } = subject.context;
  const couplings = couplingsOf(architecture);
  const [title, id] = ['Decoupling models from serving', 'decoupling'];
  const open = openSection(subject, 'decoupling-open', RULES);
  if (couplings.length === 0) return { id, title, blocks: [paragraph('No service in production is said to run a model (', code('serves'), '), so there is nothing to take apart.')], sections: open };
  const rows = couplings.map((coupling): Inline[][] => [[code(coupling.model.name)], [code(coupling.release.service.name)], [updateText(coupling)], ownerText(subject, coupling)]);
  return {
    id,
    title,
    startsPage: true,
    blocks: [
      paragraph('The aim: a new version of a model is a deployment of data, done by the team that trains it. Weights, parameters and settings go one way, the code that serves them another.'),
      tableOr([{ title: 'Model', width: 2 }, { title: 'Run by', width: 2 }, { title: 'An update of it is today', width: 3 }, { title: 'Who owns it', width: 2 }], rows, '', { caption: 'Where it stands', namedRows: true }),
    ],
    sections: [
      ...couplings.map((coupling) => couplingSection(subject, coupling)),
      ...releasesOf(architecture).map((release) => backSection(subject, rollbackDesign(architecture, release))),
      ...open,
    ],
  };
}

function updateText({ update, model }: Coupling): Inline {
  if (isVendor(model)) return update === 'data' ? 'a change of the version in the settings' : update === 'code' ? 'done by the vendor, at any time' : 'not known';
  return update === 'data' ? strong('a deployment of data') : update === 'code' ? strong('a deployment of code') : 'not known';
}

/** Of the model, else of the service, else of the system. */
function ownerText({ context: { architecture }, redact }: ReportSubject, { model, release }: Coupling): Inline[] {
  const holder = [model, release.service, architecture.system].find((candidate) => says(candidate, 'owner'));
  if (!holder) return notSaid(model.name, 'owner');
  return redact ? ['somebody is named'] : [value(holder as Component, 'owner') ?? '', ...(holder === model ? [] : [' (of ', code(holder.name), ')'])];
}

const PARTS: Readonly<Record<CouplingPart['what'], { readonly apart: string; readonly tied: string; readonly step: string }>> = {
  packaging: { apart: 'The artefact is kept by itself', tied: 'The artefact is part of the image or the code', step: 'Take the artefact out of the image: publish weights, parameters and settings as one package with a version' },
  registry: { apart: 'The registry never changes a version', tied: 'Versions can change, or go past the registry', step: 'Record each package in a registry that never changes a version, and let nothing reach the service past it' },
  loading: { apart: 'The service loads a version by its name', tied: 'The service takes what is built in, or whatever is newest', step: 'Let the service load a version that its settings name, and log which one answered' },
  pipeline: { apart: 'A pipeline brings a version out', tied: 'Somebody brings a version out by hand', step: 'Let a new approved version start its own pipeline, without a build of the service' },
  'way back': { apart: 'A way back is declared', tied: 'There is no way back', step: 'Keep the version before, and go back by naming it' },
  version: { apart: 'The version of the vendor is fixed', tied: 'The vendor may change it', step: 'Fix the version, and move to another one by a rollout as for a model of your own' },
};

function couplingSection(subject: ReportSubject, coupling: Coupling): Section {
  const { architecture } = subject.context;
  const { model, parts, delivery } = coupling;
  const rows = parts.map(({ what, state, component, property }): Inline[][] => {
    const holder = architecture.components.get(component);
    const words = PARTS[what];
    return [[capital(what)], [state === 'apart' ? words.apart : state === 'tied' ? strong(words.tied) : 'Not known'], !holder ? ['none is declared (', code(component), ')'] : says(holder, property) ? [code(holder.name), ': ', code(property), ' ', ...said(holder, property)] : said(holder, property)];
  });
  const steps = parts.filter(({ state }) => state !== 'apart').map(({ what, state }): Inline[] => [`${PARTS[what].step}${state === 'open' ? ', unless it is so already' : ''}.`]);
  const { findings } = openPoints(subject, ['ML10.4', 'ML10.5', 'ML10.6', 'ML01'], new Set([model.name, coupling.release.service.name]));
  const trained = delivery?.trainings ?? [];
  return {
    id: anchorOf(`decoupling-${coupling.release.service.name}-${model.name}`),
    title: `${model.name} in ${coupling.release.service.name}`,
    blocks: [
      tableOr([{ title: 'Part', width: 1.5 }, { title: 'Today', width: 3 }, { title: 'Declared', width: 4 }], rows, '', { namedRows: true }),
      ...(trained.length > 0 ? [paragraph('Made by ', ...named(trained.map(({ name }) => name)), ...(delivery && delivery.registries.length > 0 ? [', recorded in ', ...named(delivery.registries.map(({ name }) => name))] : ['; no registry on its way is declared']), '.')] : []),
      ...stepBlocks(steps, isVendor(model)),
      paragraph('Findings: ', ...findingsText(findings), '.'),
    ],
  };
}

function stepBlocks(steps: readonly (readonly Inline[])[], vendor: boolean): Block[] {
  if (steps.length === 0) return [paragraph(`Nothing is left to do: an update of it is ${vendor ? 'a change of settings' : 'a deployment of data'} already, with a way back.`)];
  return [{ kind: 'list', ordered: true, items: steps.map((text) => ({ text })) }];
}

function backSection(subject: ReportSubject, { release, back, companions }: RollbackDesign): Section {
  const { context } = subject;
  const { service } = release;
  const limit = context.settings.thresholds.rollbackSeconds;
  const within = back.rollback?.within;
  const target = recoveryTargetOf(context.architecture);
  const time: Inline[] = within ? [`${formatQuantity(within)}, ${within.high <= limit ? 'within' : 'beyond'} the ${formatDuration(limit)} that going back may take${target ? `; the recovery target is ${formatQuantity(target.value)}` : ''}`] : [...notSaid(back.bearer.name, 'rollback'), ', with ', code('within'), `; it should be ${formatDuration(limit)} at most`];
  const along = companions.map(({ component, goes }): Inline[] => [code(component.name), goes === 'by itself' ? ' goes back by itself' : goes === 'with it' ? ' goes back with it' : ' is not said to go back', goes === 'not declared' ? ': it would meet weights that it was not made for' : '']);
  return {
    id: anchorOf(`decoupling-back-${service.name}`),
    title: `Way back of ${service.name}`,
    blocks: [{ kind: 'facts', facts: [
      { term: 'How', definition: back.presence === 'present' ? [...said(back.bearer, 'rollback'), ' (', code(back.bearer.name), ')'] : said(back.bearer, 'rollback') },
      { term: 'To what', definition: ['the version before: ', ...said(service, 'keeps_previous'), ...previousText(context.architecture, release.observed.models)] },
      { term: 'How long', definition: time },
      { term: 'What goes along', definition: along.length > 0 ? joined(along, '; ') : ['nothing is declared that changes together with it: features, prompts, indexes, thresholds and rules would be named by ', code('requires'), ', ', code('serves'), ' or an ', code('artefact')] },
      { term: 'Last practised', definition: drilledText(subject, release.rollouts, service) },
    ] }],
  };
}

function previousText(architecture: Architecture, models: readonly Component<'model'>[]): Inline[] {
  const needing = models.filter((model) => says(model, 'previous_requires'));
  return needing.flatMap((model): Inline[] => ['; that of ', code(model.name), ' needs ', ...said(model, 'previous_requires'), ...(value(model, 'previous_requires') ?? []).filter((name) => value(architecture.components.get(name) as Component<'features'>, 'produced') === false).flatMap((name): Inline[] => [', of which ', code(name), ' is no longer made'])]);
}

function drilledText({ context: { architecture } }: ReportSubject, rollouts: readonly Component<'rollout'>[], service: Component<'service'>): Inline[] {
  const dates = [...rollouts.map((rollout) => value(rollout, 'rollback')?.drilled), value(service, 'rollback')?.drilled, ...[...architecture.components.values()].filter((component) => component.kind === 'runbook').map((runbook) => value(runbook as Component<'runbook'>, 'drilled'))].filter((date) => date !== undefined).sort();
  const last = dates.at(-1);
  return last === undefined ? ['not declared (', code('drilled'), ' of the rollback or of a runbook)'] : [last];
}
