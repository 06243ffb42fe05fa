import type { Architecture, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { checkedBeforePublish, isGenerated, readersOfArtefact, type Artefact } from '../../data/runtime-artefacts.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { pipelineTargets } from '../../deployment/releases.ts';
import { hopsOf } from '../../hops.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Criterion } from '../../rule.ts';
import { isInProduction } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';
import { isRelied } from '../standing.ts';

/** What somebody sets up or deploys: parts that run, and ways by which they come to run. */
const SET_UP: ReadonlySet<string> = new Set(['service', 'gateway', 'agent', 'store', 'pipeline', 'orchestrator', 'registry', 'compute', 'training', 'ingestion', 'cache', 'environment']);

export const infrastructureAsCode: Criterion = {
  id: 'CICD-05',
  slug: 'pipelines-and-infrastructure-as-code',
  title: 'Machines, services and pipelines are set up from code, not by hand',
  type: 'gap',
  severity: 'medium',
  sources: ['AWS Generative AI Lens GENOPS04-BP01', 'AWS ML Lens (2023) MLREL-06', 'AWS ML Lens (2023) MLOE-12'],
  failureMode: 'reproducibility',
  why: 'What was clicked together cannot be built again after a failure, differs between staging and production, and nobody sees when it was changed.',
  remediation: 'Describe it in code that is reviewed, and let a pipeline be the only one that changes production.',
  effort: 'M',
  falsePositives: 'It may be described elsewhere: declare `managed_by code`, or `deployed_by pipeline` of the service.',
  applies: isRelied,
  *evaluate({ architecture }: Context) {
    const parts = [...architecture.components.values()].filter(({ kind }) => SET_UP.has(kind));
    const byHand = parts.filter((part) => value(part, 'managed_by') === 'console' || isDeployedByHand(architecture, part));
    const [first] = byHand;
    if (first) {
      const console = byHand.filter((part) => value(part, 'managed_by') === 'console');
      const deployed = byHand.filter((part) => !console.includes(part));
      const says = [...(console.length > 0 ? [`${listed(console.map(({ name }) => name))} ${console.length === 1 ? 'is' : 'are'} set up by hand in a console`] : []), ...(deployed.length > 0 ? [`${listed(deployed.map(({ name }) => name))} ${deployed.length === 1 ? 'is' : 'are'} deployed by hand`] : [])];
      const subject = byHand.length === 1 ? first : architecture.system;
      yield gap(subject, {
        at: byHand.length === 1 ? (value(first, 'managed_by') === 'console' ? 'managed_by' : 'deployed_by') : undefined,
        message: `${says.join(', and ')}.`,
        changes: [...console.map(({ name }) => ({ op: 'set' as const, subject: name, property: 'managed_by', value: 'code' })), ...deployed.map(({ name }) => ({ op: 'set' as const, subject: name, property: 'deployed_by', value: 'pipeline' }))],
        impact: 'What runs can be built again as it was',
      });
      return;
    }
    const coded = parts.filter((part) => value(part, 'managed_by') === 'code');
    const deployed = componentsOf(architecture, 'service').filter((service) => value(service, 'deployed_by') === 'pipeline');
    if (coded.length > 0) yield satisfied(architecture.system, { because: `${listed(coded.map(({ name }) => name))} ${coded.length === 1 ? 'is' : 'are'} described in code` });
    else if (deployed.length > 0) yield satisfied(architecture.system, { because: `${listed(deployed.map(({ name }) => name))} ${deployed.length === 1 ? 'is' : 'are'} deployed by a pipeline`, evidence: evidenceOf(statementOf(deployed[0] ?? architecture.system, 'deployed_by')) });
    else if (parts.some(({ kind }) => kind === 'service')) yield question(architecture.system, undefined, 'Are machines, services and pipelines set up from code, or by hand in a console? Declare `managed_by`, and `deployed_by` of services.');
  },
};

const isDeployedByHand = (architecture: Architecture, part: Component): boolean => part.kind === 'service' && value(part as Component<'service'>, 'deployed_by') === 'manual' && isInProduction(architecture, part as Component<'service'>);

/** REL-12 asks what is checked where a reader has a hard limit. */
const hasLimit = (artefact: Artefact, readers: readonly Component[]): boolean => value(artefact, 'limit') !== undefined || readers.some((reader) => reader.kind === 'service' && value(reader as Component<'service'>, 'hard_limits') !== undefined);

export const configurationTested: Criterion = {
  id: 'CICD-07',
  slug: 'configuration-is-tested-like-code',
  title: 'Settings, rules and thresholds that people write are checked before they go live',
  type: 'gap',
  severity: 'medium',
  sources: ['Hidden technical debt (Sculley 2015): configuration debt', 'AWS ML Lens (2023) MLREL-06'],
  pack: 'delivery',
  why: 'A wrong threshold or a missing key is a release without a test: the code was reviewed, and what decides how it acts was not.',
  remediation: 'Give the settings a schema, keep them with the code, and let the same pipeline check them that checks the code.',
  effort: 'S',
  falsePositives: 'A pipeline may check it: let it `deploys` the artefact with a stage of tests, or list `schema` in `validated`.',
  applies: (context) => (isRelied(context) !== true ? isRelied(context) : componentsOf(context.architecture, 'artefact').length > 0 ? true : 'No settings, rules or thresholds are declared that change a service while it runs.'),
  *evaluate({ architecture }: Context) {
    const open: Artefact[] = [];
    const tested = new Map(componentsOf(architecture, 'pipeline').filter((item) => (value(item, 'stages') ?? []).some((stage) => stage === 'code_tests' || stage === 'integration_tests')).flatMap((item) => pipelineTargets(architecture, item).map((name) => [name, item] as const)));
    for (const artefact of componentsOf(architecture, 'artefact')) {
      const readers = readersOfArtefact(architecture, artefact);
      const [reader] = readers;
      if (isGenerated(architecture, artefact)) yield notApplicable(`${artefact.name} is generated; ML07.5 speaks of its checks.`, artefact);
      else if (reader) {
        const checked = checkedBeforePublish(architecture, artefact);
        const pipeline = tested.get(artefact.name);
        if (pipeline) yield satisfied(artefact, { because: `${pipeline.name} tests it` });
        else if (checked.has('schema') || checked.has('content')) yield satisfied(artefact, { because: `${artefact.name} is checked for ${checked.has('schema') ? 'form' : 'content'}`, evidence: evidenceOf(statementOf(artefact, 'validated')) });
        else if (presenceOf(artefact, 'validated') === 'absent' || checked.size > 0) {
          yield gap(artefact, { at: statementOf(artefact, 'validated') ? 'validated' : undefined, message: `${artefact.name} changes how ${listed(readers.map(([{ name }]) => name))} act${readers.length === 1 ? 's' : ''}, and neither its form nor its content is checked before.`, path: hopsOf([reader[1]]), changes: [{ op: 'set', subject: artefact.name, property: 'validated', value: [...new Set([...(value(artefact, 'validated') ?? []), 'schema', 'content'])] }], impact: 'A wrong setting does not go live' });
        } else if (statementOf(artefact, 'validated')?.state === 'planned') yield plannedInstead(artefact, 'validated', { message: `${artefact.name} is not checked yet before it goes live.` }) ?? satisfied(artefact);
        else if (presenceOf(artefact, 'validated') !== 'not-applicable' && !hasLimit(artefact, readers.map(([component]) => component))) open.push(artefact);
      }
    }
    const [first] = open;
    if (first) yield question(first, 'validated', `What is checked of ${listed(open.map(({ name }) => name))} before a change of ${open.length === 1 ? 'it' : 'them'} takes effect: form, content, limits?`);
  },
};
