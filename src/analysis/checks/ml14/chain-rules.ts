import type { Architecture, Change, Component } from '../../../model/architecture.ts';
import { componentsOf, presenceOf, value } from '../../../model/statements.ts';
import { inferredSeverity, isMonitoringClosed, noneExists } from '../../monitoring/absence.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { inputWatchers } from '../../monitoring/inputs.ts';
import { modelChains, type Chain } from '../../monitoring/model-chains.ts';
import { gap, notApplicable, question, satisfied, weak, type Context, type FindingDetails, type Outcome, type Rule } from '../../rule.ts';

export const chainsCovered: Rule = {
  id: 'ML14.8',
  slug: 'model-chains-covered',
  title: 'A model that feeds another one is judged together with it, or its output is watched as an input',
  type: 'gap',
  severity: 'high',
  why: 'The second model learned to live with the faults of the first. When the first gets better on its own, the second gets worse.',
  remediation: 'Judge both models together before either is released, or watch the output of the first as an input of the second.',
  effort: 'M',
  falsePositives: 'The models may be released together always. Declare an evaluation with `joint` naming both.',
  *evaluate(context) {
    const evaluations = componentsOf(context.architecture, 'evaluation');
    for (const chain of modelChains(context.architecture)) yield judgeChain(context, evaluations, chain);
  },
};

function judgeChain(context: Context, evaluations: readonly Component<'evaluation'>[], { upstream, downstream, observed, path }: Chain): Outcome {
  const { architecture } = context;
  const about = upstream.name;
  if (value(upstream, 'retrained') === false) return notApplicable(`${upstream.name} is frozen, so its output changes only with its input.`, downstream);
  if ((upstream.variant === 'vendor' || upstream.variant === 'open') && value(upstream, 'auto_upgrade') !== true) {
    return notApplicable(`${upstream.name} is used in a version that its users choose.`, downstream);
  }
  const joint = evaluations.find((evaluation) => isJoint(evaluation, upstream.name, downstream.name));
  if (joint) return satisfied(downstream, { because: `${joint.name} judges ${upstream.name} and ${downstream.name} together` });
  const watcher = observed && inputWatchers(architecture).get(observed.service.name);
  if (watcher && seesOutputOf(watcher, upstream.name)) return satisfied(downstream, { because: `${watcher.name} watches the inputs of ${downstream.name}, the output of ${upstream.name} among them` });

  const apart = evaluations.filter((evaluation) => [upstream.name, downstream.name].some((name) => value(evaluation, 'judges')?.includes(name)));
  const missing: FindingDetails = {
    about,
    message: `${downstream.name} takes the output of ${upstream.name}; no evaluation judges both together, and no drift monitor watches that input.`,
    path,
    changes: judgeTogether(architecture, apart, upstream.name, downstream.name),
  };
  const noJoint = noneExists(architecture, 'evaluation') || (apart.length > 0 && apart.every((evaluation) => presenceOf(evaluation, 'joint') === 'absent'));
  const noDrift = isMonitoringClosed(context) || (observed !== undefined && observed.monitors.length > 0);
  if (noJoint && noDrift) return gap(downstream, missing);
  if (apart.length > 0 && observed && observed.monitors.length > 0) {
    const names = apart.map((evaluation) => evaluation.name).join(', ');
    return weak(downstream, { ...missing, severity: inferredSeverity(context), message: `${downstream.name} takes the output of ${upstream.name}; ${names} judge${apart.length === 1 ? 's' : ''} them apart, and no drift monitor of that input is declared.` });
  }
  return question(downstream, undefined, `When ${upstream.name} changes, is ${downstream.name} judged again with it, or is its output watched as an input?`, about);
}

function isJoint(evaluation: Component<'evaluation'>, upstream: string, downstream: string): boolean {
  const together = value(evaluation, 'joint') ?? [];
  return together.length > 0 && [upstream, downstream].every((name) => together.includes(name) || value(evaluation, 'judges')?.includes(name));
}

function seesOutputOf(watcher: Component, upstream: string): boolean {
  const features = watcher.kind === 'monitor' ? value(watcher as Component<'monitor'>, 'features') : undefined;
  return features === undefined || features.some((name) => name.toLowerCase().includes(upstream.toLowerCase()));
}

function judgeTogether(architecture: Architecture, apart: readonly Component<'evaluation'>[], upstream: string, downstream: string): Change[] {
  const existing = apart.find((evaluation) => value(evaluation, 'judges')?.includes(downstream)) ?? apart[0];
  if (existing) return [{ op: 'set', subject: existing.name, property: 'joint', value: [...new Set([...(value(existing, 'joint') ?? []), upstream, downstream])] }];
  const name = freeName(architecture, `${upstream}With${downstream}`);
  const properties = { judges: [upstream, downstream], joint: [upstream, downstream], blocking: true, compares_to: 'production' };
  return [{ op: 'add-component', component: { kind: 'evaluation', name, variant: 'offline', properties } }];
}
