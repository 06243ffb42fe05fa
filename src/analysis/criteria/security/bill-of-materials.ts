import type { Architecture, Component } from '../../../model/architecture.ts';
import { servicesOf } from '../../../model/graph/cones.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, question, satisfied, type Criterion } from '../../rule.ts';
import { inHouseModels, listed } from '../../training/in-house.ts';

export const partsListed: Criterion = {
  id: 'SEC-13',
  slug: 'bill-of-materials',
  title: 'There is a list of what each model in production is made of',
  type: 'gap',
  severity: 'low',
  sources: ['CycloneDX 1.5 modelCard', 'MITRE ATLAS AML.M0023', 'OWASP LLM (2025) LLM03', 'ISO/IEC 42001 A.6.2.7'],
  why: 'When a data set, a base model or a library turns out to be poisoned, somebody has to know within the hour which models hold it.',
  remediation: 'Let the training write a bill of materials: data sets, base model, libraries, each with version and hash.',
  effort: 'S',
  falsePositives: 'The registry may hold the list: name it as `bill_of_materials` of the model.',
  pack: 'security',
  applies: ({ architecture }) => (value(architecture.system, 'stage') === 'prototype' ? 'It is a prototype.' : served(architecture).length === 0 ? 'No model of its own, and no published one, is in use.' : true),
  *evaluate({ architecture }) {
    const forOthers = value(architecture.system, 'review')?.for === 'diligence';
    const models = served(architecture);
    const missing = models.filter((model) => presenceOf(model, 'bill_of_materials') === 'absent');
    for (const model of models) if (presenceOf(model, 'bill_of_materials') === 'present') yield satisfied(model, { evidence: evidenceOf(statementOf(model, 'bill_of_materials')) });
    for (const model of missing) {
      yield gap(model, { at: statementOf(model, 'bill_of_materials') ? 'bill_of_materials' : undefined, severity: forOthers ? 'medium' : undefined, message: `Nobody has a list of the data, base model and libraries that are in ${model.name}.`, impact: 'It is known at once what a poisoned part touches' });
    }
    const open = models.filter((model) => ['undeclared', 'unknown'].includes(presenceOf(model, 'bill_of_materials')));
    if (open.length > 0) yield question(architecture.system, undefined, `Is there a list of the data, base model and libraries that are in ${listed(open.map(({ name }) => name))}? Declare \`bill_of_materials\`.`);
  },
};

/** Models of its own and published ones that a service runs. */
function served(architecture: Architecture): Component<'model'>[] {
  const own = new Set(inHouseModels(architecture));
  return componentsOf(architecture, 'model').filter((model) => (own.has(model) || model.variant === 'open') && servicesOf(architecture, model).length > 0);
}
