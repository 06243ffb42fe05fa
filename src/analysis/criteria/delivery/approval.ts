import type { Architecture, Component, Element } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { deployersOf } from '../../deployment/deployers.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, weak, type Context, type Criterion } from '../../rule.ts';
import { isInProduction } from '../../serving/services.ts';
import { standingOf } from '../../severity.ts';
import { isVital } from '../../training/standing-facts.ts';

/** One place where a version goes on, and who decides there. */
interface Step {
  readonly element: Element;
  readonly property: string;
  readonly who: 'another' | 'rule' | 'alone' | 'unsaid';
}

function* stepsOf(architecture: Architecture): Iterable<Step> {
  for (const pipeline of componentsOf(architecture, 'pipeline')) {
    if (pipeline.variant === 'ci') continue;
    const approval = value(pipeline, 'approval');
    const byHand = value(pipeline, 'trigger') === 'manual';
    yield { element: pipeline, property: 'approval', who: approval === 'one' || approval === 'two_person' ? 'another' : approval === 'none_needed' || presenceOf(pipeline, 'approval') === 'absent' ? (byHand || !isGated(architecture, pipeline) ? 'alone' : 'rule') : 'unsaid' };
  }
  for (const rollout of componentsOf(architecture, 'rollout')) {
    const approval = value(rollout, 'approval');
    yield { element: rollout, property: 'approval', who: approval === 'automatic' ? 'rule' : approval ? 'another' : presenceOf(rollout, 'approval') === 'absent' ? 'alone' : 'unsaid' };
  }
  for (const registry of componentsOf(architecture, 'registry')) {
    const promotion = value(registry, 'promotion');
    yield { element: registry, property: 'promotion', who: promotion === 'approved' ? 'another' : promotion === 'manual' ? 'alone' : promotion === 'automatic' ? 'rule' : 'unsaid' };
  }
  for (const flow of architecture.flows) {
    const approval = value(flow, 'approval');
    if (approval) yield { element: flow, property: 'approval', who: approval === 'automatic' ? 'rule' : 'another' };
  }
}

/** Whether something decides that can say no. */
const isGated = (architecture: Architecture, pipeline: Component<'pipeline'>): boolean => presenceOf(pipeline, 'blocking') === 'present' || componentsOf(architecture, 'evaluation').some((evaluation) => value(evaluation, 'blocking') === true);

export const releasesApproved: Criterion = {
  id: 'CICD-06',
  slug: 'releases-are-approved-by-another',
  title: 'Where much is at stake, nobody brings a version to production alone',
  type: 'gap',
  severity: 'medium',
  sources: ['ISO/IEC 42001 A.6.2.5', 'AWS ML Lens (2023) MLOE-12', 'NIST AI RMF GOVERN 2.1'],
  pack: 'delivery',
  why: 'One person’s mistake, or one stolen account, is enough to change what is decided for everyone.',
  remediation: 'Let a second person agree to each release, or a gate that the author cannot change.',
  effort: 'S',
  falsePositives: 'The review of the change may be the second pair of eyes: declare `approval one` of the pipeline.',
  applies: ({ architecture }) => (isVital(architecture) ? true : 'Asked of production systems of high criticality.'),
  *evaluate({ architecture }: Context) {
    const steps = [...stepsOf(architecture)];
    const another = steps.find(({ who }) => who === 'another');
    if (another) return yield satisfied(another.element, { because: 'another person agrees', evidence: evidenceOf(statementOf(another.element, another.property)) });
    const alone = steps.find(({ who }) => who === 'alone');
    if (alone) {
      const registry = alone.element.kind === 'registry';
      return yield gap(alone.element, { at: statementOf(alone.element, alone.property) ? alone.property : undefined, message: registry ? `Anyone may promote a version in ${alone.element.name}, and nobody else has to agree.` : `Nobody has to agree when ${alone.element.name} brings a version to production.`, changes: [{ op: 'set', subject: alone.element.name, property: alone.property, value: registry ? 'approved' : 'one' }], impact: 'One mistake or one account is not enough' });
    }
    const rule = steps.find(({ who }) => who === 'rule');
    if (rule) {
      const gated = componentsOf(architecture, 'evaluation').some((evaluation) => value(evaluation, 'blocking') === true) || componentsOf(architecture, 'pipeline').some((pipeline) => value(pipeline, 'blocking') === true);
      if (gated && standingOf(architecture).criticality < 3) yield satisfied(rule.element, { because: 'a rule decides after a gate that can say no' });
      else if (gated) yield weak(rule.element, { at: rule.property, message: `A rule alone brings versions to production (${rule.element.name}), in a system on which people or safety hang.`, changes: rule.element.kind === 'flow' ? [] : [{ op: 'set', subject: rule.element.name, property: rule.property, value: rule.element.kind === 'registry' ? 'approved' : 'one' }] });
      else yield question(rule.element, undefined, `${rule.element.name} lets versions on by a rule. What can say no: an evaluation that blocks, a pipeline that stops?`);
      return;
    }
    const byHand = componentsOf(architecture, 'service').find((service) => value(service, 'deployed_by') === 'manual' && isInProduction(architecture, service));
    const people = deployersOf(architecture);
    if (byHand && people.length > 0 && people.every(({ count }) => count.high <= 1)) return yield gap(byHand, { at: 'deployed_by', message: `One person deploys ${byHand.name} by hand, and nobody else has to agree.`, changes: [{ op: 'add-component', component: { kind: 'pipeline', name: `${byHand.name}Release`, variant: 'cd', properties: { deploys: [byHand.name], approval: 'one' } } }], impact: 'One mistake or one account is not enough' });
    const open = steps.find(({ element }) => element.kind === 'pipeline') ?? steps[0];
    yield question(open?.element ?? architecture.system, open?.property, 'Who has to agree before a version comes to production: nobody, one other person, two, or a rule?');
  },
};
