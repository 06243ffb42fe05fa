import type { Architecture, Component } from '../../model/architecture.ts';
import { componentsOf, statementOf, value } from '../../model/statements.ts';
import type { SystemProperties } from '../../model/vocabulary/vocabulary.ts';
import type { Context } from '../rule.ts';

export type Area = NonNullable<SystemProperties['area']>[number];

/** In sentences: “decides on …”. */
export const AREA_WORDS: Readonly<Record<Area, string>> = {
  biometrics: 'biometrics', infrastructure: 'critical infrastructure', education: 'education', employment: 'employment', essential_services: 'essential services', law_enforcement: 'law enforcement', migration: 'migration', justice: 'justice and elections',
};

/** Uses that lie in an area of Annex III, whatever else is declared. Fraud detection is excepted there. */
const AREA_OF_USE: Readonly<Record<string, Area>> = { credit_scoring: 'essential_services' };
/** Uses that product law may put under Annex I. */
const REGULATED_PRODUCTS: ReadonlySet<string> = new Set(['medical_diagnosis']);

export interface KnownArea {
  readonly area: Area;
  /** The model whose use says so; undefined where the system declares the area. */
  readonly model?: Component<'model'>;
}

export function areasOf(architecture: Architecture): KnownArea[] {
  const declared = value(architecture.system, 'area');
  if (declared !== undefined || statementOf(architecture.system, 'area')?.state === 'none') return (declared ?? []).map((area) => ({ area }));
  return componentsOf(architecture, 'model').flatMap((model) => {
    const area = AREA_OF_USE[value(model, 'use_case') ?? ''];
    return area === undefined ? [] : [{ area, model }];
  });
}

export const isRegulatedProduct = (architecture: Architecture): boolean => componentsOf(architecture, 'model').some((model) => REGULATED_PRODUCTS.has(value(model, 'use_case') ?? ''));

/** Its decisions touch persons, by what the system declares. */
export const touchesPersons = ({ system }: Architecture): boolean => (value(system, 'affects') ?? []).some((item) => item === 'people' || item === 'safety');

/** Rules of other parts of the world only: nothing says that the EU AI Act applies. */
export function onlyOutsideEurope({ system }: Architecture): boolean {
  const rules = value(system, 'compliance') ?? [];
  return rules.some((rule) => ABROAD.has(rule)) && !rules.some((rule) => rule === 'gdpr' || rule === 'eu_ai_act');
}
const ABROAD: ReadonlySet<string> = new Set(['fcra', 'hipaa', 'ccpa', 'sox']);

/** True, or why the duties of high-risk systems are not asked for. */
export function isHighRisk({ architecture: { system } }: Context): true | string {
  const stated = statementOf(system, 'risk_class');
  if (stated?.state === 'not-applicable') return stated.because;
  if (stated?.state === 'present') return stated.value === 'high' || `Asked of high-risk systems; this one is of the class ${String(stated.value)}.`;
  return 'Asked of systems whose `risk_class` is high; COMP-01 asks for the class.';
}
