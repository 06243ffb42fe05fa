import type { Architecture, Component } from '../../../model/architecture.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { gap, question, satisfied, weak, type Criterion, type FindingDetails } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

const MOVING: ReadonlySet<string> = new Set(['latest', 'branch_head']);

export const foreignModelsPinned: Criterion = {
  id: 'SEC-07',
  slug: 'foreign-models-are-pinned-and-scanned',
  title: 'Models that others published are taken at a fixed revision and scanned',
  type: 'gap',
  severity: 'medium',
  sources: ['MITRE ATLAS AML.M0016', 'MITRE ATLAS AML.M0023', 'OWASP LLM (2025) LLM03', 'OWASP ML (2023) ML06', 'OWASP ML (2023) ML07'],
  why: 'What stands under a name on a hub can change over night, by its makers or by somebody who took over their account.',
  remediation: 'Take a revision by its hash, scan it for code and known weaknesses, and load it from a copy of your own.',
  effort: 'S',
  falsePositives: 'The copy in your own registry may be fixed: declare `version` or `digest` of the model.',
  counts: 'at every stage',
  applies: ({ architecture }) => (componentsOf(architecture, 'model').some(({ variant }) => variant === 'open') ? true : 'No published model is used. Versions of vendors are judged apart.'),
  *evaluate({ architecture }) {
    const open: string[] = [];
    for (const model of componentsOf(architecture, 'model').filter(({ variant }) => variant === 'open')) {
      const pinned = pinOf(architecture, model);
      const scan = presenceOf(model, 'scanned') === 'undeclared' && componentsOf(architecture, 'registry').some((registry) => value(registry, 'scanned') === true) ? 'present' : presenceOf(model, 'scanned');
      if (pinned === 'absent') yield gap(model, { about: 'pin', ...unpinned(architecture, model) });
      if (scan === 'absent') yield weak(model, { about: 'scanned', at: statementOf(model, 'scanned') ? 'scanned' : undefined, severity: 'low', message: `Nobody looked for code and known weaknesses in the files of ${model.name}.`, changes: [{ op: 'set', subject: model.name, property: 'scanned', value: true }], impact: 'Known weaknesses stay outside' });
      if (pinned === 'present' && scan === 'present') yield satisfied(model, { because: `${model.name} is taken at a fixed revision` });
      else if (pinned === 'open' || (pinned === 'present' && scan !== 'absent')) open.push(model.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `At which fixed revision is ${listed(open)} taken, and is it scanned before use? Declare \`version\` or \`digest\`, and \`scanned\`.`);
  },
};

function pinOf(architecture: Architecture, model: Component<'model'>): 'present' | 'absent' | 'open' {
  if (isMoving(architecture, model)) return 'absent';
  if (value(model, 'digest') !== undefined || value(model, 'version') !== undefined) return 'present';
  return presenceOf(model, 'version') === 'absent' || presenceOf(model, 'digest') === 'absent' ? 'absent' : 'open';
}

const isMoving = (architecture: Architecture, model: Component<'model'>): boolean =>
  value(model, 'digest') === undefined && (value(model, 'auto_upgrade') === true || MOVING.has((value(model, 'version') ?? '').toLowerCase()) || ['main', 'master'].includes((value(model, 'version') ?? '').toLowerCase()) || (edgesOf(architecture).out.get(model.name) ?? []).some((edge) => edge.flow && MOVING.has(value(edge.flow, 'pin') ?? '')));

/** The hash itself is known only to whoever takes the file, so it cannot be set here. */
function unpinned(architecture: Architecture, model: Component<'model'>): FindingDetails {
  const at = (['version', 'auto_upgrade', 'digest'] as const).find((property) => statementOf(model, property));
  return { at, message: `${model.name} is taken as whatever its publisher offers ${isMoving(architecture, model) ? 'at the moment' : 'under its name'}.`, impact: 'What was tested is what runs' };
}
