import type { Architecture, Component } from '../../../model/architecture.ts';
import { servicesOf } from '../../../model/graph/cones.ts';
import { componentsOf, isKindAbsent, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { freeName } from '../../monitoring/drafts.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Criterion } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

/** Uses in which somebody gains by being judged wrongly. */
const CONTESTED: ReadonlySet<string> = new Set(['fraud_detection', 'moderation', 'bot_detection', 'malware_detection', 'spam_filtering', 'identity_verification']);

export const attackedInTests: Criterion = {
  id: 'SEC-12',
  slug: 'robust-against-adversaries',
  title: 'A model that somebody wants to deceive has been attacked in tests',
  type: 'gap',
  severity: 'medium',
  sources: ['OWASP ML (2023) ML01', 'MITRE ATLAS AML.M0003', 'MITRE ATLAS AML.M0008', 'NIST AI RMF MEASURE 2.7'],
  why: 'Fraudsters and spammers try until something gets through. Held-out data of the past does not try.',
  remediation: 'Evaluate with inputs that were changed to be let through, and with what got through before, ahead of each release.',
  effort: 'M',
  falsePositives: 'A red team may do it outside of the pipeline: declare an `evaluation : red_team`.',
  pack: 'security',
  applies: ({ architecture }) => (contested(architecture).length === 0 ? 'No model is declared that somebody gains by deceiving.' : true),
  *evaluate({ architecture }) {
    const open: string[] = [];
    for (const model of contested(architecture)) {
      const names = new Set([model.name, ...servicesOf(architecture, model).map(({ name }) => name)]);
      const judging = componentsOf(architecture, 'evaluation').filter((evaluation) => (value(evaluation, 'judges') ?? []).some((name) => names.has(name)));
      const attack = judging.find((evaluation) => evaluation.variant === 'red_team' || value(evaluation, 'robustness')?.includes('adversarial'));
      const closed = judging.length > 0 ? judging.every((evaluation) => presenceOf(evaluation, 'robustness') === 'absent' || value(evaluation, 'robustness') !== undefined) : isKindAbsent(architecture, 'evaluation');
      if (attack) yield satisfied(model, { because: `${attack.name} attacks ${model.name}`, evidence: evidenceOf(statementOf(attack, 'robustness')) });
      else if (closed) yield untried(architecture, model, judging[0]);
      else open.push(model.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `Has ${listed(open)} been tried with inputs that were made to deceive it? Declare an \`evaluation\` with \`robustness [adversarial]\`.`);
  },
};

const contested = (architecture: Architecture): Component<'model'>[] => componentsOf(architecture, 'model').filter((model) => CONTESTED.has(value(model, 'use_case') ?? '') && model.variant !== 'rules');

function untried(architecture: Architecture, model: Component<'model'>, evaluation: Component<'evaluation'> | undefined) {
  const name = freeName(architecture, `${model.name}Attacks`);
  return gap(model, {
    at: 'use_case',
    message: `${model.name} is there for ${(value(model, 'use_case') ?? '').replaceAll('_', ' ')}, and nobody tries to deceive it before others do.`,
    changes: evaluation
      ? [{ op: 'set', subject: evaluation.name, property: 'robustness', value: [...new Set([...(value(evaluation, 'robustness') ?? []), 'adversarial'])] }]
      : [{ op: 'add-component', component: { kind: 'evaluation', name, variant: 'red_team', properties: { judges: [model.name], robustness: ['adversarial', 'known_failures'] } } }],
    impact: 'Weak spots are known before they are used',
  });
}
