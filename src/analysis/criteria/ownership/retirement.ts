import type { Architecture, Component } from '../../../model/architecture.ts';
import { servicesOf } from '../../../model/graph/cones.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { callsOf } from '../../../model/graph/calls.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { isInProduction } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';

export const retirement: Criterion = {
  id: 'OWN-07',
  slug: 'models-are-retired',
  title: 'A model that is to be replaced has a day on which it ends, and does not serve after it',
  type: 'gap',
  severity: 'low',
  sources: ['NIST AI RMF GOVERN 1.7', 'ISO/IEC 42001 A.6.2.6'],
  why: 'A model that is only said to be old goes on for years: nobody retrains it, nobody watches it, and somebody still relies on it.',
  remediation: 'Set the day, tell those who use it, move them over, and take it out of service.',
  effort: 'M',
  falsePositives: 'A model that is kept only as the way back is not served: declare that with `keeps_previous` of the service, and do not name it in `serves`.',
  pack: 'ownership',
  applies: ({ architecture }) => componentsOf(architecture, 'model').some((model) => endOf(architecture, model) !== undefined) || 'No model is declared as deprecated, retired or with a day on which it ends.',
  *evaluate({ architecture, today }: Context) {
    for (const model of componentsOf(architecture, 'model')) {
      const end = endOf(architecture, model);
      if (end) yield judge(architecture, model, end, today);
    }
  },
};

interface End {
  readonly lifecycle?: 'deprecated' | 'retired';
  /** The day, by the file or by the vendor. */
  readonly on?: string;
  readonly vendor?: true;
}

/** Undefined for a model of which nobody says that it ends. */
function endOf(architecture: Architecture, model: Component<'model'>): End | undefined {
  const stated = value(model, 'lifecycle');
  const lifecycle = stated === 'deprecated' || stated === 'retired' ? stated : undefined;
  const own = value(model, 'retires');
  const vendor = architecture.catalogue.llm.get(value(model, 'llm') ?? '')?.properties.retires;
  if (lifecycle === undefined && own === undefined && vendor === undefined) return undefined;
  return { ...(lifecycle && { lifecycle }), ...(own !== undefined ? { on: own } : vendor !== undefined && { on: vendor, vendor: true }) };
}

function judge(architecture: Architecture, model: Component<'model'>, { lifecycle, on, vendor }: End, today: string): Outcome {
  const services = servicesOf(architecture, model).filter((service) => isInProduction(architecture, service));
  const [first] = services;
  if (!first) return lifecycle === 'deprecated' && on === undefined ? notApplicable(`${model.name} is not served.`, model) : satisfied(model, { because: 'it is not served any more' });
  const names = listed(services.map(({ name }) => name));
  const callers = [...new Set(services.flatMap(({ name }) => (callsOf(architecture).to.get(name) ?? []).map(({ caller }) => caller)))];
  const path = [{ component: model.name, span: model.nameSpan }, { component: first.name, span: statementOf(first, 'serves')?.span ?? first.nameSpan, note: 'serves' }];
  const relied = callers.length > 0 ? `, and ${listed(callers)} ${callers.length === 1 ? 'relies' : 'rely'} on it` : '';
  if (lifecycle === 'retired') return contradiction(model, { at: 'lifecycle', severity: 'medium', message: `${model.name} is retired, and ${names} still ${services.length === 1 ? 'serves' : 'serve'} it${relied}.`, path });
  if (on !== undefined && on < today) return contradiction(model, { at: vendor ? 'llm' : 'retires', severity: 'medium', message: `${model.name} ${vendor ? 'was to be turned off by its vendor' : 'was to be taken out of service'} on ${on}, and ${names} still ${services.length === 1 ? 'serves' : 'serve'} it${relied}.`, path });
  if (on !== undefined) return satisfied(model, { because: `it ends on ${on}`, evidence: evidenceOf(statementOf(model, 'retires')) });
  const retires = presenceOf(model, 'retires');
  if (retires === 'absent') return gap(model, { at: statementOf(model, 'retires') ? 'retires' : 'lifecycle', message: `${model.name} is deprecated and has no day on which it ends; ${names} still ${services.length === 1 ? 'serves' : 'serve'} it${relied}.`, path });
  if (retires === 'unknown') return { ...question(model, 'retires', `When does ${model.name} end?`), statedUnknown: true };
  return weak(model, { at: 'lifecycle', message: `${model.name} is deprecated, and ${names} still ${services.length === 1 ? 'serves' : 'serve'} it${relied}; no day is declared on which it ends.`, path });
}
