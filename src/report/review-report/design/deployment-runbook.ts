import { rollbackDesign } from '../../../analysis/design/coupling.ts';
import { rolloutTimetable, type RolloutStep } from '../../../analysis/design/rollout-timetable.ts';
import { rehearsalsOf, type Rehearsal } from '../../../analysis/checks/ml17/rehearsals.ts';
import { answersInJobs, stepwiseStage, type Release } from '../../../analysis/deployment/releases.ts';
import { documentedReleases } from '../../../analysis/deployment/runbooks.ts';
import { formatDuration, formatShare } from '../../../analysis/format.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { anchorOf } from '../../document/anchor.ts';
import type { Block, Inline, ListItem, Section } from '../../document/block.ts';
import type { ReportSubject } from '../subject.ts';
import { code, paragraph, tableOr } from '../words.ts';
import { joined, named, notSaid, said, says } from './declared.ts';
import { counted } from './figures.ts';
import { openSection } from './open-points.ts';

/** How a version comes to production and back, for each service: checks before, steps, checks afterwards, the way back, and who may do it. */
export function deploymentRunbookSection(subject: ReportSubject): Section {
  const { architecture } = subject.context;
  const documented = documentedReleases(architecture);
  const [title, id] = ['Deployment runbook', 'deployment-runbook'];
  const open = openSection(subject, 'deployment-runbook-open', ['ML17', 'ML18', 'ML19', 'ML10.1', 'ML10.6']);
  if (documented.length === 0) return { id, title, blocks: [paragraph('No service in production answers with a learned model, as far as is declared, so there is no version to bring out.')], sections: open };
  const rehearsals = new Map(rehearsalsOf(architecture).map((rehearsal) => [rehearsal.release.service, rehearsal]));
  return {
    id,
    title,
    startsPage: true,
    blocks: [paragraph('Each step names what the file declares. Where it declares nothing, the step says which property would, and has to be settled before the next release.')],
    sections: [...documented.map(({ release, runbooks }) => releaseSection(subject, release, runbooks, rehearsals.get(release.service))), ...open],
  };
}

function releaseSection(subject: ReportSubject, release: Release, runbooks: readonly Component<'runbook'>[], rehearsal: Rehearsal | undefined): Section {
  const { service } = release;
  const id = anchorOf(`deployment-${service.name}`);
  const part = (name: string, title: string, blocks: readonly Block[]): Section => ({ id: `${id}-${name}`, title, blocks });
  return {
    id,
    title: service.name,
    blocks: [{ kind: 'facts', facts: [
      { term: 'Who', definition: peopleText(subject, release) },
      { term: 'Written down in', definition: runbookText(subject, runbooks, service) },
    ] }],
    sections: [
      part('before', 'Before', [{ kind: 'list', items: preChecks(subject, release, rehearsal) }]),
      part('steps', 'Steps', stepBlocks(subject, release)),
      part('after', 'After each step', [{ kind: 'list', items: validation(subject, release) }]),
      part('back', 'Back', [{ kind: 'list', ordered: true, items: wayBack(subject, release) }]),
    ],
  };
}

function peopleText({ context: { architecture } }: ReportSubject, { pipelines, rollouts }: Release): Inline[] {
  const pipeline = pipelines.find((candidate) => says(candidate, 'deployers'));
  const team = componentsOf(architecture, 'team').find((candidate) => says(candidate, 'deployers'));
  const deployers: Inline[] = pipeline ? [...said(pipeline, 'deployers'), ' may deploy (', code(pipeline.name), ')'] : team ? [...said(team, 'deployers'), ' may deploy (', code(team.name), ')'] : ['how many may deploy is not declared (', code('deployers'), ' of a pipeline or team)'];
  const approvals = [...rollouts, ...pipelines].map((holder): Inline[] => ['approval for ', code(holder.name), ': ', ...said(holder, 'approval')]);
  return joined([deployers, ...approvals], '; ');
}

function runbookText({ redact }: ReportSubject, runbooks: readonly Component<'runbook'>[], service: Component<'service'>): Inline[] {
  if (runbooks.length === 0) return ['no runbook for deployments is declared (', code(`runbook … for ${service.name}`), ' with ', code('covers [deployment]'), '); this page is a start'];
  return joined(runbooks.map((runbook): Inline[] => [code(runbook.name), ...(redact ? [] : [', file ', ...said(runbook, 'file')]), ', reviewed ', ...said(runbook, 'reviewed'), ', practised ', ...said(runbook, 'drilled')]), '; ');
}

function preChecks({ context: { architecture } }: ReportSubject, { observed, pipelines, rollouts }: Release, rehearsal: Rehearsal | undefined): ListItem[] {
  const judges = judgesOf(architecture, observed.names);
  const gates = [...new Set([...pipelines.flatMap((pipeline) => value(pipeline, 'gate') ?? [])])];
  const deciding = (rehearsal?.environments ?? []).filter((environment) => (value(environment, 'gates') ?? []).some((name) => [...rollouts, ...pipelines].some((holder) => holder.name === name)));
  return [
    { text: judges.length > 0 ? ['The version has passed ', ...joined(judges.map((judge): Inline[] => [code(judge.name), ' (stops a bad one: ', ...said(judge, 'blocking'), '; compared with ', ...said(judge, 'compares_to'), ')'])), '.'] : ['No judgement of the version before it is served is declared (', code('evaluation'), ' with ', code('judges'), ' and ', code('blocking'), ').'] },
    { text: rehearsal && rehearsal.environments.length > 0 ? ['It was tried in ', ...joined(rehearsal.environments.map((environment): Inline[] => [code(environment.name), ', traffic ', ...said(environment, 'traffic'), ', data ', ...said(environment, 'data')]), '; '), deciding.length > 0 ? ', which decides on the rollout.' : ', which is not said to decide (', ...(deciding.length > 0 ? [] : [code('gates'), ').'])] : rehearsal?.shadow === undefined ? [rehearsal?.stage ? 'It passed the stage staging of ' : 'No place in which it is tried apart from production is declared (', rehearsal?.stage ? code(rehearsal.stage.name) : code('environment … : staging'), rehearsal?.stage ? '.' : ').'] : [`It was tried on a copy of the traffic: ${rehearsal.shadow}.`] },
    ...(gates.length > 0 ? [{ text: ['The pipeline lets it pass: ', ...named(gates), '.'] }] : []),
    { text: ['The version before is at hand, and the way back below is known to work.'] },
    { text: ['Nothing else is rolled out, and no alert of ', ...(observed.monitors.length > 0 ? named(observed.monitors.map(({ name }) => name)) : ['any monitor']), ' is open.'] },
  ];
}

const judgesOf = (architecture: Architecture, names: ReadonlySet<string>): Component<'evaluation'>[] => componentsOf(architecture, 'evaluation').filter((evaluation) => evaluation.variant !== 'online' && evaluation.variant !== 'human' && (edgesOf(architecture).in.get(evaluation.name) ?? []).some(({ from }) => names.has(from)));

function stepBlocks({ context }: ReportSubject, release: Release): Block[] {
  const { service, rollouts, pipelines } = release;
  if (answersInJobs(release)) return [paragraph('It predicts in jobs: run the new version on the last input beside the old one, compare the results, and publish them only then.')];
  const start: Inline[] = pipelines.length > 0 ? ['Started by ', ...joined(pipelines.map((pipeline): Inline[] => [code(pipeline.name), ', trigger ', ...said(pipeline, 'trigger'), ', stages ', ...said(pipeline, 'stages')]), '; '), '.'] : ['What deploys it: ', ...said(service, 'deployed_by'), '.'];
  if (rollouts.length === 0) {
    const staged = pipelines.find((pipeline) => stepwiseStage(pipeline) !== undefined);
    return [paragraph(...start), paragraph(staged ? 'Exposure grows in a stage of the pipeline; by which shares and for how long is not declared (' : 'How a new version reaches its users is not declared (', code(`rollout … for ${service.name}`), ').')];
  }
  return [paragraph(...start), ...rollouts.flatMap((rollout) => rolloutBlocks(rollout, rolloutTimetable(context, release, rollout)))];
}

function rolloutBlocks(rollout: Component<'rollout'>, steps: readonly RolloutStep[]): Block[] {
  const strategy: Inline[] = [code(rollout.name), ': ', ...said(rollout, 'strategy'), '.'];
  if (steps.length === 0) return [paragraph(...strategy, ' Its steps are not declared (', code('strategy … steps'), ').')];
  const rows = steps.map(({ share, from, lasts, sees, enough }): Inline[][] => [
    [formatShare(share)],
    [from === undefined ? 'not declared' : from === 0 ? 'at once' : `after ${formatDuration(from)}`],
    [share.low >= 1 ? 'stays' : lasts === undefined ? 'not declared' : formatDuration(lasts)],
    [share.low >= 1 ? 'all' : sees === undefined ? 'not known' : `${counted(sees)}${enough === undefined ? '' : enough ? ', enough' : ', too few for the criteria'}`],
  ]);
  return [paragraph(...strategy), tableOr([{ title: 'Share of the traffic', width: 2 }, { title: 'From', width: 2 }, { title: 'For', width: 2 }, { title: 'Requests that the new version answers', width: 3 }], rows, '', { caption: `Steps of ${rollout.name}, at the mean traffic`, namedRows: true })];
}

function validation({ context: { architecture } }: ReportSubject, { service, rollouts, observed }: Release): ListItem[] {
  const watched = [...new Set(rollouts.flatMap((rollout) => value(rollout, 'watches') ?? []))].flatMap((name) => architecture.components.get(name) ?? []) as Component<'monitor'>[];
  const monitors = watched.length > 0 ? watched : observed.monitors;
  const each = monitors.map((monitor): ListItem => ({ text: [code(monitor.name), ': ', ...(says(monitor, 'metric') ? [...said(monitor, 'metric'), ', '] : []), 'threshold ', ...said(monitor, 'threshold'), ', over ', ...said(monitor, 'window'), ...lateText(architecture, monitor)] }));
  const slo = says(service, 'slo') ? [{ text: ['What ', code(service.name), ' promises holds: ', ...said(service, 'slo'), '.'] }] : [{ text: ['What it promises is ', ...notSaid(service.name, 'slo'), '.'] }];
  return [
    ...(monitors.length > 0 ? each : [{ text: ['No monitor is declared that would show a bad version (', code('watches'), ' of a rollout).'] }]),
    ...slo,
    ...rollouts.map((rollout): ListItem => ({ text: [code(rollout.name), ' goes on or back by: ', ...said(rollout, 'criteria'), '; versions compared: ', ...said(rollout, 'compares_versions'), '; version visible: ', ...said(rollout, 'version_visible')] })),
    { text: ['Each answer can be told by its version: logged are ', ...said(service, 'logs'), '.'] },
  ];
}

/** Truth that comes after a step is over decides nothing in it. */
function lateText(architecture: Architecture, monitor: Component<'monitor'>): Inline[] {
  const late = (value(monitor, 'labels') ?? []).flatMap((name) => architecture.components.get(name) ?? []).filter((labels) => says(labels, 'delay'));
  return late.flatMap((labels): Inline[] => ['; it speaks only after its truth, ', code(labels.name), ', delay ', ...said(labels, 'delay')]);
}

function wayBack({ context }: ReportSubject, release: Release): ListItem[] {
  const { service } = release;
  const { back, companions } = rollbackDesign(context.architecture, release);
  const along = companions.filter(({ goes }) => goes !== 'by itself');
  return [
    { text: ['Stop the rollout. ', ...(back.presence === 'present' ? ['Go back as ', code(back.bearer.name), ' says: ', ...said(back.bearer, 'rollback'), '.'] : ['How to go back is ', ...said(back.bearer, 'rollback'), '.'])] },
    { text: ['The version before is kept: ', ...said(service, 'keeps_previous'), '.'] },
    ...(along.length > 0 ? [{ text: ['Take back with it: ', ...joined(along.map(({ component, goes }): Inline[] => [code(component.name), goes === 'with it' ? '' : ', which is not said to go back'])), '.'] }] : []),
    { text: ['If it still fails, let something else answer: ', ...said(service, 'fallback'), '; or turn it off: ', ...said(service, 'kill_switch'), '.'] },
    { text: ['Check that answers come from the version before, by the version in the log, and tell whoever was told of the release.'] },
  ];
}
