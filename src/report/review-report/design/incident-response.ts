import { CLOCK } from '../../../analysis/checks/ml20/process-rules.ts';
import { disengagements, escalations, failureResponses, type Disengagement, type FailureResponse, type FaultGroup } from '../../../analysis/design/failure-response.ts';
import { isFor } from '../../../analysis/deployment/runbooks.ts';
import { predictionLogOf } from '../../../analysis/monitoring/predictions-log.ts';
import { formatQuantity } from '../../../analysis/format.ts';
import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { anchorOf } from '../../document/anchor.ts';
import type { Block, Inline, ListItem, Section } from '../../document/block.ts';
import type { ReportSubject } from '../subject.ts';
import { capital, code, paragraph, strong, tableOr } from '../words.ts';
import { joined, named, notSaid, said, says } from './declared.ts';
import { openSection } from './open-points.ts';

/** What to do when the data, the model or the serving is at fault: what shows it, what to do first, how to take the model out, and who is told. */
export function incidentResponseSection(subject: ReportSubject): Section {
  const { context } = subject;
  const { architecture } = context;
  const responses = failureResponses(architecture);
  const out = disengagements(context);
  const [title, id] = ['Incident response', 'incident-response'];
  const open = openSection(subject, 'incident-response-open', ['ML20', 'ML16.3', 'ML16.4', 'ML16.5']);
  if (out.length === 0) return { id, title, blocks: [paragraph('No service in production answers with a learned model, as far as is declared, so no failure of a model can reach anybody.')], sections: open };
  const groups = (['data', 'model', 'serving'] as const).filter((group) => responses.some((response) => response.group === group));
  return {
    id,
    title,
    startsPage: true,
    blocks: [paragraph('First tell which of the three is at fault: the data, the model, or what serves it. Restarting helps only the last.'), classTable(responses)],
    sections: [
      ...out.map((disengagement) => outSection(architecture, disengagement)),
      ...groups.map((group): Section => ({ id: `incident-${group}`, title: GROUP_TITLES[group], blocks: [{ kind: 'list', ordered: true, items: FIRST[group](architecture, out) }] })),
      { id: 'incident-people', title: 'Roles, escalation and deadlines', blocks: peopleBlocks(subject) },
      { id: 'incident-after', title: 'Afterwards', blocks: [{ kind: 'list', items: afterwards(architecture, out) }] },
      ...open,
    ],
  };
}

const GROUP_TITLES: Readonly<Record<FaultGroup, string>> = { data: 'Bad data: first actions', model: 'Bad model: first actions', serving: 'Bad serving: first actions' };

function classTable(responses: readonly FailureResponse[]): Block {
  const rows = responses.map(({ words, group, monitors, beside, alerts, runbooks, known }): Inline[][] => [
    [capital(words)],
    [group],
    monitors.length > 0 ? named(monitors.map(({ name }) => name)) : beside.length > 0 ? ['no monitor, but ', ...named(beside)] : [strong('nothing declared')],
    alerts.length > 0 ? named(alerts.map(({ name }) => name)) : ['nobody, as far as is declared'],
    runbooks.length > 0 ? named(runbooks.map(({ name }) => name)) : [strong('none'), ' (', code('covers'), ')'],
    [known === undefined ? 'no process is declared' : known ? 'yes' : 'no'],
  ]);
  return tableOr([{ title: 'Failure', width: 2 }, { title: 'At fault', width: 1 }, { title: 'Shown by', width: 3 }, { title: 'Tells', width: 2 }, { title: 'Procedure', width: 2 }, { title: 'In the process', width: 1.5 }], rows, '', { caption: 'Failures that can happen here', namedRows: true });
}

function outSection(architecture: Architecture, { release, ways, detection, rollback, target }: Disengagement): Section {
  const { service } = release;
  const switches = (['kill_switch', 'fallback', 'human_override', 'keeps_previous'] as const).map((property) => ({ term: WAYS[property], definition: said(service, property) }));
  const runbooks = componentsOf(architecture, 'runbook').filter((runbook) => value(runbook, 'covers')?.includes('rollback') === true && isFor(runbook, release));
  const times: Inline[] = [
    ...(detection ? [code(detection.component.name), ` notices within ${formatQuantity(detection.time)}`] : ['how soon it is noticed is not known (', code('every'), ' or ', code('window'), ' of each monitor)']),
    '; ',
    ...(rollback ? [`going back takes ${formatQuantity(rollback.time)}`] : ['how long going back takes is ', ...notSaid(service.name, 'rollback')]),
    '; ',
    ...(target ? [`the target is ${formatQuantity(target.value)} (`, code(target.component), ')', ...verdict(detection && rollback ? detection.time.high + rollback.time.high : undefined, target.value.low)] : ['no target is declared (', code('recovery_target'), ')']),
  ];
  return {
    id: anchorOf(`incident-out-${service.name}`),
    title: `Taking ${service.name} out`,
    blocks: [{ kind: 'facts', facts: [
      { term: 'Ways out', definition: ways.length > 0 ? [...new Set(ways.map(({ because }) => because))].flatMap((way, index): Inline[] => [...(index > 0 ? ['; '] : []), way]) : [strong('None is declared'), ': a model that answers wrongly can only go on or be stopped with everything else'] },
      ...switches,
      { term: 'Time', definition: times },
      { term: 'Going back is written down in', definition: runbooks.length > 0 ? named(runbooks.map(({ name }) => name)) : ['no runbook (', code('covers [rollback]'), ')'] },
    ] }],
  };
}

const verdict = (sum: number | undefined, target: number): Inline[] => (sum === undefined ? [] : [sum <= target ? ', which both together keep' : ', which both together miss']);

const WAYS = { kill_switch: 'Switch', fallback: 'What answers instead', human_override: 'A person overrules', keeps_previous: 'Version before' } as const;

/** What to do first, by what is declared on the way of data, of versions and of requests. */
const FIRST: Readonly<Record<FaultGroup, (architecture: Architecture, out: readonly Disengagement[]) => ListItem[]>> = {
  data: (architecture) => {
    const sources = componentsOf(architecture, 'source');
    const gates = [...componentsOf(architecture, 'validation'), ...componentsOf(architecture, 'ingestion').filter((ingestion) => says(ingestion, 'on_bad_data'))];
    const trainings = componentsOf(architecture, 'training');
    const stores = componentsOf(architecture, 'store').filter((store) => store.variant !== 'log' && says(store, 'versioned'));
    const knowledge = componentsOf(architecture, 'knowledge');
    return [
      { text: gates.length > 0 ? ['See what the checks say: ', ...joined(gates.map((gate): Inline[] => [code(gate.name), ', bad data ', ...said(gate, 'on_bad_data')]), '; '), '.'] : ['No check of data is declared (', code('validation'), ', ', code('on_bad_data'), '): look at the newest rows by hand.'] },
      ...(knowledge.length > 0 ? [{ text: ['Stop bringing it into what is searched: ', ...joined(knowledge.map((base): Inline[] => [code(base.name), ', every ', ...said(base, 'refresh')]), '; '), '.'] }] : []),
      ...(trainings.length > 0 ? [{ text: ['Stop retraining, so that nothing is learned from it: ', ...joined(trainings.map((training): Inline[] => [code(training.name), ', trigger ', ...said(training, 'trigger')]), '; '), '.'] }] : []),
      { text: sources.length > 0 ? ['Ask whoever owns the source: ', ...joined(sources.map((source): Inline[] => [code(source.name), ', announces changes: ', ...said(source, 'change_notice')]), '; '), '.'] : ['No source is declared (', code('source'), '), so nobody can be asked.'] },
      { text: stores.length > 0 ? ['Go back to a state before it: ', ...joined(stores.map((store): Inline[] => [code(store.name), ', versioned ', ...said(store, 'versioned')]), '; '), '. Then compute features and answers again.'] : ['No store is said to keep earlier states (', code('versioned'), '), so bad rows have to be found and taken out.'] },
    ];
  },
  model: (architecture, out) => [
    { text: ['Compare versions: when did the answers change, and which version was then new? ', ...joined(out.map(({ release: { service, rollouts } }): Inline[] => [code(service.name), ...(rollouts.length > 0 ? [', last rollout by ', ...named(rollouts.map(({ name }) => name))] : [', no rollout is declared'])]), '; '), '.'] },
    { text: ['If a version is at fault, go back: ', ...joined(out.map(({ release: { service }, rollback }): Inline[] => [code(service.name), ...(rollback ? [' within ', formatQuantity(rollback.time), ' (', code(rollback.component.name), ')'] : [', ', ...notSaid(service.name, 'rollback')])]), '; '), '.'] },
    { text: ['If no version is at fault, the world has changed: take the model out by one of the ways above, and ', ...changeText(architecture, out)] },
    { text: ['Keep the inputs and answers of that time: they are the test that the next version has to pass.'] },
  ],
  serving: (architecture, out) => {
    const vendors = componentsOf(architecture, 'service').filter((service) => service.variant === 'llm_api');
    return [
      { text: ['Let something else answer: ', ...joined(out.map(({ release: { service } }): Inline[] => [code(service.name), ', ', ...said(service, 'fallback')]), '; '), '.'] },
      { text: ['Look for what is full or slow first, by the order in the scaling runbook, and add replicas where they help.'] },
      ...(vendors.length > 0 ? [{ text: ['If a vendor is at fault, route around it: ', ...joined(vendors.map((vendor): Inline[] => [code(vendor.name), ', instead ', ...said(vendor, 'fallback'), ', spending stops at ', ...said(vendor, 'ceiling')]), '; '), '. Tell the vendor, with the time of the first failure.'] }] : []),
      { text: ['If it began with a release of code or settings, go back as the deployment runbook says.'] },
    ];
  },
};

/** What can be changed where no version is at fault. */
function changeText(architecture: Architecture, out: readonly Disengagement[]): Inline[] {
  const trainings = componentsOf(architecture, 'training');
  if (trainings.length > 0) return ['train it again on newer data: ', ...named(trainings.map(({ name }) => name)), '.'];
  const texts = [...componentsOf(architecture, 'prompt'), ...componentsOf(architecture, 'knowledge')];
  if (out.some(({ release }) => release.observed.generative)) return ['change what is in your hands, and judge it again before it goes out', ...(texts.length > 0 ? [': ', ...named(texts.map(({ name }) => name))] : []), '.'];
  return ['train it again on newer data; by what is not declared (', code('training'), ').'];
}

const ROLES: readonly { readonly role: string; readonly words: string }[] = [{ role: 'incident_lead', words: 'Leads' }, { role: 'model_owner', words: 'Answers for the model' }, { role: 'data_owner', words: 'Answers for the data' }, { role: 'communications', words: 'Talks to others' }];

function peopleBlocks(subject: ReportSubject): Block[] {
  const { context: { architecture }, redact } = subject;
  const [process] = componentsOf(architecture, 'incidents');
  const filled: readonly string[] | undefined = process && value(process, 'roles');
  const owner = owners(architecture);
  const roles = ROLES.map(({ role, words }): Inline[][] => {
    const names = owner[role] ?? [];
    return [[words], [process === undefined ? 'no process is declared' : filled === undefined ? 'not declared' : filled.includes(role) ? `settled in ${process.name}` : `not among the roles of ${process.name}`], [names.length === 0 ? 'nobody is named' : redact ? 'somebody is named' : names.join(', ')]];
  });
  const told = escalations(architecture).map(({ alert, reach }): ListItem => ({ text: [code(alert.name), ', ', ...said(alert, 'channel'), ' to ', ...(reach.teams.length > 0 ? named(reach.teams.map(({ name }) => name)) : said(alert, 'reaches')), ...(redact ? [] : reach.escalation.length > 0 ? [`, then ${reach.escalation.join(', then ')}`] : [', then ', ...said(alert, 'escalates')])] }));
  return [
    ...(process ? [] : [paragraph('No incident process is declared (', code('incidents'), ').')]),
    tableOr([{ title: 'Role', width: 2 }, { title: 'In the process', width: 3 }, { title: 'Named by owners in the file', width: 3 }], roles, '', { namedRows: true }),
    told.length > 0 ? { kind: 'list', items: told } : paragraph('No alert is declared (', code('alert'), '), so it is open who is told first.'),
    { kind: 'facts', facts: deadlines(architecture, process) },
  ];
}

function owners(architecture: Architecture): Readonly<Record<string, readonly string[]>> {
  const of = (...components: readonly Component[]): string[] => [...new Set(components.flatMap((component) => value(component as Component<'model'>, 'owner') ?? []))];
  const system = value(architecture.system, 'owner');
  const models = of(...componentsOf(architecture, 'model'));
  return { model_owner: models.length > 0 || system === undefined ? models : [`${system} (of the system)`], data_owner: of(...componentsOf(architecture, 'source', 'store', 'features')) };
}

/** What is declared of deadlines, and those of the rules that the system says it must meet. */
function deadlines({ system }: Architecture, process: Component<'incidents'> | undefined): { readonly term: string; readonly definition: readonly Inline[] }[] {
  const rules: readonly string[] = value(system, 'compliance') ?? [];
  const high = value(system, 'risk_class') === 'high';
  return [
    { term: 'Service is back within', definition: process && says(process, 'recovery_target') ? said(process, 'recovery_target') : said(system, 'recovery_target') },
    { term: 'Authorities are told within', definition: process ? said(process, 'reports_within') : ['not declared (', code('reports_within'), ' of a process)'] },
    ...(high ? [{ term: 'EU AI Act, high risk', definition: [`${CLOCK.reports_within} days from knowing of a serious incident, ${CLOCK.reports_widespread_within} days where it is widespread or hits critical infrastructure`] }] : []),
    ...(rules.includes('gdpr') ? [{ term: 'GDPR', definition: ['72 hours from knowing of a breach of personal data (Article 33); whether it is one is settled in the first hours'] }] : []),
  ];
}

function afterwards(architecture: Architecture, out: readonly Disengagement[]): ListItem[] {
  const [process] = componentsOf(architecture, 'incidents');
  return [
    { text: ['What happened is written down: ', ...(process ? said(process, 'post_mortems') : ['not declared (', code('post_mortems'), ' of a process)']), '.'] },
    ...out.map(({ release: { service, observed } }): ListItem => {
      const { fields } = predictionLogOf(architecture, observed);
      return { text: ['Causes are told apart by what ', code(service.name), ' leaves behind: logs ', ...(fields.size > 0 ? joined([...fields].map((field): Inline[] => [code(field)])) : notSaid(service.name, 'logs')), '; traces ', ...said(service, 'traces'), '.'] };
    }),
    { text: ['Record when it began, when it was noticed and when service was back; the difference between the first two is what monitoring has to shorten.'] },
    { text: ['Each review ends with a change of a monitor, a check, a threshold or a runbook, written into the architecture file.'] },
  ];
}
