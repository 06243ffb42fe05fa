import type { Component } from '../../../model/architecture.ts';
import { modelsOf } from '../../../model/graph/cones.ts';
import { edgesOf } from '../../../model/graph/edges.ts';
import { reachable } from '../../../model/graph/paths.ts';
import { componentsOf, statementOf, value } from '../../../model/statements.ts';
import { evidenceOf } from '../../presence.ts';
import { notApplicable, question, satisfied, weak, type Criterion } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { entrancesOf } from './entrances.ts';

/** What helps to copy a model or to get around it, in words. */
const TELLING = { scores: 'scores as they are', logits: 'values from inside the model', internals: 'versions, traces or texts of errors' } as const;

export const answersTellLittle: Criterion = {
  id: 'SEC-14',
  slug: 'answers-tell-little',
  title: 'Answers to the public tell what is needed, not how the model came to them',
  type: 'weak',
  severity: 'low',
  sources: ['OWASP ML (2023) ML03', 'OWASP ML (2023) ML04', 'MITRE ATLAS AML.M0002'],
  why: 'Exact scores let a stranger find by trial what is let through, copy the model, and tell who was in its data.',
  remediation: 'Answer with the decision or a coarse band, and keep scores and errors in the log.',
  effort: 'S',
  falsePositives: 'Callers may need the score as a number: accept the finding with the reason.',
  pack: 'security',
  applies: ({ architecture }) => (entrancesOf(architecture).some(({ reach }) => reach === 'public') ? true : 'Nothing is declared to be open to the public.'),
  *evaluate({ architecture }) {
    const exposed = reachable(edgesOf(architecture), entrancesOf(architecture).filter(({ reach }) => reach === 'public').map(({ component }) => component.name), { follow: (edge) => edge.payload === 'request' });
    const services = componentsOf(architecture, 'service').filter((service) => exposed.has(service.name) && service.variant !== 'llm_api' && value(service, 'generates') !== true && modelsOf(architecture, service).length > 0);
    if (services.length === 0) return yield notApplicable('No model is declared whose answers the public sees.');
    const open: string[] = [];
    for (const service of services) {
      const returned = value(service, 'returns');
      const telling = (returned ?? []).filter((name): name is keyof typeof TELLING => name in TELLING);
      if (telling.length > 0) yield tooMuch(service, telling);
      else if (returned) yield satisfied(service, { evidence: evidenceOf(statementOf(service, 'returns')) });
      else open.push(service.name);
    }
    if (open.length > 0) yield question(architecture.system, undefined, `What do answers of ${listed(open)} show: a decision, a band, exact scores? Declare \`returns\`.`);
  },
};

function tooMuch(service: Component<'service'>, telling: readonly (keyof typeof TELLING)[]) {
  const rest = (value(service, 'returns') ?? []).filter((name) => !(name in TELLING));
  return weak(service, {
    at: 'returns',
    message: `${service.name} shows the public ${listed(telling.map((name) => TELLING[name]))}.`,
    changes: [{ op: 'set', subject: service.name, property: 'returns', value: rest.length > 0 ? rest : telling.includes('scores') ? ['band'] : ['decision'] }],
    impact: 'The model is harder to copy and to get around',
  });
}
