import type { Architecture } from '../../../model/architecture.ts';
import { presenceOf, statementOf, value } from '../../../model/statements.ts';
import { beginning, certaintyOf, LEGAL_DATES } from '../../compliance/legal-dates.ts';
import { AREA_WORDS, areasOf, isRegulatedProduct, onlyOutsideEurope, touchesPersons, type KnownArea } from '../../compliance/risk-class.ts';
import { inferredSeverity } from '../../monitoring/absence.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const riskClassDecided: Criterion = {
  id: 'COMP-01',
  slug: 'risk-class-decided',
  title: 'Where decisions touch people, the class under the EU AI Act is decided',
  type: 'weak',
  severity: 'medium',
  sources: ['EU AI Act Article 6', 'EU AI Act Annex III', 'NIST AI RMF MAP 1.1'],
  why: 'The class decides on logs, oversight, documentation and monitoring. Each of them costs months when it comes after the design, and none can be made up for decisions of the past.',
  remediation: 'Settle the class with whoever advises on law, write down why, and declare it as `risk_class` with that paper as its evidence.',
  effort: 'S',
  falsePositives: 'The Act does not apply to systems that are neither offered nor used in the European Union: declare `risk_class n/a because "…"`. An exception under Article 6(3) is declared as the lower class with its evidence.',
  counts: 'at every stage',
  applies: () => true,
  *evaluate(context) {
    const { system } = context.architecture;
    const stated = statementOf(system, 'risk_class');
    if (stated?.state === 'not-applicable') yield notApplicable(stated.because, system);
    else if (stated?.state === 'present') yield judgeClass(context);
    else yield judgeUndecided(context);
  },
};

function judgeClass({ architecture, today }: Context): Outcome {
  const { system } = architecture;
  const stated = statementOf(system, 'risk_class');
  const declared = value(system, 'risk_class');
  const evidence = evidenceOf(stated) ?? [];
  if (declared === 'prohibited') {
    const used = ['pilot', 'production'].includes(value(system, 'stage') ?? '');
    return contradiction(system, { at: 'risk_class', severity: used ? 'critical' : 'high', critical: used ? 'harm' : undefined, message: `${system.name} is of a class that may not be put into service${used ? `, and it is in ${String(value(system, 'stage'))}` : ''}.`, remedy: 'Take it out of service, or change what it is for.', effort: 'L' });
  }
  const areas = areasOf(architecture);
  const lost = evidence.find(({ status }) => status === 'missing');
  if (declared !== 'high' && areas.length > 0 && (evidence.length === 0 || lost)) {
    return weak(system, {
      at: 'risk_class',
      message: `The class is ${String(declared)}, although ${reasonOf(architecture, areas)}${lost ? `, and ${lost.target}, which should say why, does not exist` : ''}. ${beginning(LEGAL_DATES.highRisk, today)}`,
      why: `An exception from the class high has to be documented before the system is put into service (Article 6(4)); profiling of persons has none. ${certaintyOf(LEGAL_DATES.highRisk)}`,
      remedy: 'Name the paper that documents the exception as evidence of the class, or declare the class high.',
    });
  }
  return satisfied(system, { because: `the class is ${String(declared)}`, evidence });
}

function judgeUndecided(context: Context): Outcome {
  const { architecture, today } = context;
  const { system } = architecture;
  const areas = areasOf(architecture);
  const decides = areas.some(({ model }) => model === undefined) || touchesPersons(architecture);
  if (areas.length > 0 && decides && !onlyOutsideEurope(architecture)) {
    const model = areas.find((known) => known.model)?.model;
    return weak(system, {
      at: ['risk_class', 'area', 'affects'].find((property) => statementOf(system, property)),
      severity: inferredSeverity(context),
      message: `${reasonOf(architecture, areas).replace(/^./, (first) => first.toUpperCase())}, so that by Annex III it is high-risk until an exception is documented; no class is declared. ${beginning(LEGAL_DATES.highRisk, today)}`,
      why: `${riskClassDecided.why} ${certaintyOf(LEGAL_DATES.highRisk)}`,
      path: model ? [{ component: model.name, span: statementOf(model, 'use_case')?.span ?? model.nameSpan, note: 'use case' }] : [],
      changes: [{ op: 'set', subject: system.name, property: 'risk_class', value: 'high' }],
      impact: 'Duties are known before they are due',
    });
  }
  const statedUnknown = presenceOf(system, 'risk_class') === 'unknown';
  if (presenceOf(system, 'area') === 'absent' && !isRegulatedProduct(architecture)) return satisfied(system, { because: 'its decisions fall into no area of Annex III' });
  if (areas.length > 0) return { ...question(system, 'risk_class', `${listed(areas.map(({ area }) => AREA_WORDS[area]))} is an area of Annex III of the EU AI Act. Does the Act apply to ${system.name}, and is its \`risk_class\` high?`), statedUnknown };
  if (isRegulatedProduct(architecture)) return { ...question(system, 'risk_class', `Is ${system.name} a medical device or part of one? Then it may be high-risk under Annex I of the EU AI Act. Declare its \`risk_class\`.`), statedUnknown };
  const asked = touchesPersons(architecture) || (value(system, 'compliance') ?? []).includes('eu_ai_act');
  if (asked && !onlyOutsideEurope(architecture)) return { ...question(system, 'risk_class', `Into which class of the EU AI Act does ${system.name} fall, and do its decisions lie in an area of Annex III: hiring, education, credit, benefits, police, courts? Declare \`risk_class\`, and \`area\` or \`area none\`.`), statedUnknown };
  return notApplicable('Nothing declared says that it decides on people or must meet the EU AI Act.', system);
}

function reasonOf({ system }: Architecture, areas: readonly KnownArea[]): string {
  const words = listed([...new Set(areas.map(({ area }) => AREA_WORDS[area]))]);
  const model = areas.find((known) => known.model)?.model;
  return model ? `${model.name} scores the credit of people, which is in the area of ${words}` : `${system.name} decides in the area of ${words}`;
}
