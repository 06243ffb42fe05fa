import type { Architecture, Component } from '../../../model/architecture.ts';
import { taintOf, type DataClass } from '../../../model/graph/taint.ts';
import { componentsOf, presenceOf, statementOf, value } from '../../../model/statements.ts';
import { dutyDraft, dutyState, type Duty } from '../../compliance/duties.ts';
import { HINTS, holds, SECTOR_RULES, type SectorRule } from '../../compliance/sector-rules.ts';
import { hopsOf } from '../../hops.ts';
import { gap, question, satisfied, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { servesVendorOnly } from '../../serving/services.ts';
import { listed } from '../../training/in-house.ts';

export const sectorDuties: Criterion = {
  id: 'COMP-08',
  slug: 'sector-duties-mapped',
  title: 'For the rules of its sector it is said how each duty is met',
  type: 'gap',
  severity: 'medium',
  sources: ['HIPAA 45 CFR 164.308', 'HIPAA 45 CFR 164.312'],
  why: 'A rule that is only named is met by nobody in particular; what is missing is found by the auditor, or after a breach.',
  remediation: 'Name for each duty what meets it: a procedure, a contract, a log; and who looks at it.',
  effort: 'M',
  falsePositives: 'A duty may be met by the company as a whole: declare it as `compliance … { duty … file "…" }` all the same. It asks for the duties that are a matter of the system, and not for a whole audit.',
  pack: 'compliance',
  counts: 'at every stage',
  applies: ({ architecture }) => rulesOf(architecture).length > 0 || hintsIn(architecture).length > 0 || 'Neither rules of a sector nor health or payment data are declared.',
  *evaluate({ architecture }: Context) {
    for (const rule of rulesOf(architecture)) yield judge(architecture, rule);
    const hints = hintsIn(architecture);
    if (hints.length > 0) yield question(architecture.system, 'compliance', `${listed(hints.map(({ words }) => words)).replace(/^./, (first) => first.toUpperCase())} ${hints.length === 1 && hints[0]?.dataClass === 'health' ? 'is' : 'are'} declared and no rule for them. Which rules hold: ${listed([...new Set(hints.flatMap(({ regimes }) => regimes))].map((regime) => `\`${regime}\``), 9).replace(/ and /, ' or ')}, or none? Declare \`compliance\` of the system.`);
  },
};

const declared = ({ system }: Architecture): readonly string[] => value(system, 'compliance') ?? [];
const rulesOf = (architecture: Architecture): SectorRule[] => SECTOR_RULES.filter(({ regime }) => declared(architecture).includes(regime));

/** Classes of data for which no rule is named, though the system does not say that there is none. */
function hintsIn(architecture: Architecture) {
  if (['absent', 'not-applicable'].includes(presenceOf(architecture.system, 'compliance'))) return [];
  return HINTS.filter(({ dataClass, regimes }) => holds(architecture, dataClass) && !regimes.some((regime) => declared(architecture).includes(regime)));
}

function judge(architecture: Architecture, rule: SectorRule): Outcome {
  const { system } = architecture;
  const reached = rule.regime === 'hipaa' ? vendorsReached(architecture) : [];
  const duties = rule.duties.filter(({ onlyWithVendor }) => !onlyWithVendor || reached.length > 0);
  const states = duties.map((item) => ({ ...item, state: stateOf(architecture, item.duty, rule.dataClass) }));
  const absent = states.filter(({ state }) => state === 'absent');
  if (absent.length > 0) {
    const [first] = reached;
    return gap(system, {
      at: 'compliance',
      about: rule.regime,
      message: `${rule.title} is declared, and nothing stands for ${listed(absent.map(({ what }) => what), 4)}${first && absent.some(({ duty }) => duty === 'agreement') ? `; health data reaches ${listed(reached.map(({ vendor }) => vendor.name))}` : ''}.`,
      path: first && absent.some(({ duty }) => duty === 'agreement') ? hopsOf(first.path) : [],
      changes: absent.map(({ duty }) => ({ op: 'add-component', component: dutyDraft(architecture, duty) })),
    });
  }
  const open = states.filter(({ state }) => state === 'open');
  if (open.length === 0) return satisfied(system, { because: `${listed(states.map(({ what }) => what), 4)} ${states.length === 1 ? 'is' : 'are'} declared for ${rule.title}` });
  return question(system, undefined, `What meets these duties of ${rule.title}: ${listed(open.map(({ what }) => what), 4)}? Declare ${listed(open.map(({ duty }) => `\`compliance … { duty ${duty} }\``), 4)}.`, rule.regime);
}

/** Contracts and logs may be declared where they are, too. */
function stateOf(architecture: Architecture, duty: Duty, dataClass: DataClass): 'declared' | 'absent' | 'open' {
  if (duty === 'agreement' && vendorsReached(architecture).every(({ vendor }) => hasTerms(vendor))) return 'declared';
  const holders = componentsOf(architecture, 'store').filter((store) => value(store, 'contains')?.includes(dataClass));
  if (duty === 'audit' && shown(holders, 'audit_log')) return 'declared';
  if (duty === 'retention' && shown(holders, 'retention')) return 'declared';
  if (duty === 'explanation' && componentsOf(architecture, 'model').some((model) => presenceOf(model, 'explained_by') === 'present')) return 'declared';
  return dutyState(architecture, duty).state;
}

const shown = (stores: readonly Component[], property: string): boolean => stores.length > 0 && stores.every((store) => presenceOf(store, property) === 'present');

/** A contract that is declared of the vendor itself. */
function hasTerms(vendor: Component): boolean {
  const terms = statementOf(vendor, 'data_terms');
  return terms?.state === 'present' && (terms.value as readonly string[]).includes('agreement');
}

/** Vendors’ models that health data reaches, and the way. */
function vendorsReached(architecture: Architecture) {
  return componentsOf(architecture, 'service').filter((service) => servesVendorOnly(architecture, service)).flatMap((vendor) => {
    const path = taintOf(architecture, vendor.name).get('health');
    return path ? [{ vendor, path }] : [];
  });
}
