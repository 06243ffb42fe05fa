import type { Architecture, Component } from '../../../model/architecture.ts';
import { statementOf, value } from '../../../model/statements.ts';
import { dutyDraft, dutyState, lostDocument } from '../../compliance/duties.ts';
import { certaintyOf, LEGAL_DATES } from '../../compliance/legal-dates.ts';
import { touchesPersons } from '../../compliance/risk-class.ts';
import { evidenceOf } from '../../presence.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type Outcome } from '../../rule.ts';

export const impactAssessment: Criterion = {
  id: 'COMP-06',
  slug: 'impact-assessed',
  title: 'What a system that touches people may do to them was assessed',
  type: 'gap',
  severity: 'medium',
  sources: ['ISO/IEC 42001 A.5.2', 'EU AI Act Article 27', 'GDPR Article 35', 'NIST AI RMF MAP 5.1'],
  why: 'Whom it may harm, and how they can object, is asked before it is used, since afterwards they are already harmed. Where personal data is used on a large scale or decides on people, the law asks for it in writing.',
  remediation: 'Assess the impact on the people concerned: data protection and fundamental rights in one paper, with the measures that follow; look at it again when the system changes.',
  effort: 'M',
  falsePositives: 'One assessment may cover several systems: declare it here too, as `compliance … { duty impact_assessment file "…" }`.',
  pack: 'compliance',
  counts: 'at every stage',
  applies: ({ architecture }) => isConcerned(architecture) || 'Neither people nor their safety are declared to be touched by its decisions.',
  *evaluate({ architecture }: Context) {
    const { system } = architecture;
    const { state, components } = dutyState(architecture, 'impact_assessment');
    for (const assessment of components) yield judge(architecture, assessment);
    if (state === 'absent') {
      yield gap(system, {
        at: ['affects', 'risk_class'].find((property) => statementOf(system, property)),
        message: `${system.name} touches people, and what it may do to them was not assessed.`,
        why: value(system, 'risk_class') === 'high' ? `${impactAssessment.why} ${certaintyOf(LEGAL_DATES.highRisk)}` : undefined,
        changes: [{ op: 'add-component', component: dutyDraft(architecture, 'impact_assessment') }],
      });
    } else if (state === 'open') yield question(system, undefined, `Was it assessed what ${system.name} may do to the people that it decides on, and where is that written? Declare \`compliance … { duty impact_assessment file "…" }\`, or \`compliance none\`.`);
  },
};

const isConcerned = (architecture: Architecture): boolean => touchesPersons(architecture) || value(architecture.system, 'risk_class') === 'high';

function judge({ system }: Architecture, assessment: Component<'compliance'>): Outcome {
  const file = statementOf(assessment, 'file');
  if (file?.state === 'not-applicable') return notApplicable(file.because, assessment);
  const lost = lostDocument(assessment);
  if (lost) return contradiction(assessment, { at: 'file', message: `${assessment.name} points to ${lost.target}, which does not exist.`, remedy: 'Write it, or correct the path.' });
  if (file?.state === 'planned') return weak(assessment, { at: 'file', message: `${assessment.name} is planned by ${file.by}: what ${system.name} may do to people is not assessed yet.` });
  if (file?.state === 'none') return weak(assessment, { at: 'file', message: `${assessment.name} is written down nowhere.` });
  const reviewed = value(assessment, 'reviewed');
  const changed = value(system, 'changed');
  if (reviewed !== undefined && changed !== undefined && reviewed < changed) {
    return weak(assessment, { at: 'reviewed', severity: 'low', message: `${assessment.name} is of ${reviewed}, and the architecture changed on ${changed}.`, remedy: 'Look at the assessment again, and correct the day.' });
  }
  return satisfied(assessment, { because: reviewed === undefined ? `${assessment.name} assesses it` : `assessed or looked at again on ${reviewed}`, evidence: evidenceOf(file) });
}
