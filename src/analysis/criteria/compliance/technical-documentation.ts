import type { Architecture } from '../../../model/architecture.ts';
import { annexIv, type AnnexPoint, type AnnexSection } from '../../compliance/annex-iv.ts';
import { dutyDraft, lostDocument } from '../../compliance/duties.ts';
import { beginning, certaintyOf, LEGAL_DATES } from '../../compliance/legal-dates.ts';
import { isHighRisk } from '../../compliance/risk-class.ts';
import { componentsOf, value } from '../../../model/statements.ts';
import { contradiction, gap, notApplicable, question, satisfied, weak, type Context, type Criterion, type FindingDetails } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';

export const technicalDocumentation: Criterion = {
  id: 'COMP-02',
  slug: 'technical-documentation-complete',
  title: 'The technical documentation of a high-risk system has no hole in any section of Annex IV',
  type: 'gap',
  severity: 'high',
  sources: ['EU AI Act Article 11', 'EU AI Act Annex IV', 'EU AI Act Article 18(1)', 'ISO/IEC 42001 A.6.2.7'],
  why: 'Without complete documentation conformity cannot be shown, and the system may not be put into service. It is kept for ten years after that.',
  remediation: 'Fill the sections that are empty; what the file declares is the start of sections 1, 2, 3, 4 and 6.',
  effort: 'M',
  falsePositives: 'A document that exists and is not named here does not count: name it, for example as `compliance … { duty risk_management file "…" }`.',
  pack: 'compliance',
  counts: 'at every stage',
  applies: isHighRisk,
  *evaluate({ architecture, today }: Context) {
    const { system } = architecture;
    const sections = annexIv(architecture);
    for (const component of componentsOf(architecture, 'compliance').filter((item) => DOCUMENTS.has(value(item, 'duty')))) {
      const lost = lostDocument(component);
      if (lost) yield contradiction(component, { at: 'file', message: `${component.name} points to ${lost.target}, which does not exist.`, remedy: 'Write it, or correct the path.' });
    }
    const absent = pointsOf(sections, 'absent');
    const planned = pointsOf(sections, 'planned');
    // A lack that COMP-04 or COMP-05 finds by itself is no hole of its own; it is told where there are others.
    if (absent.some(isOwnHole)) yield gap(system, holes(architecture, absent, today));
    else if (planned.some(isOwnHole)) yield weak(system, holes(architecture, planned, today));
    else if (absent.length + planned.length > 0) yield notApplicable('What is missing is found by COMP-04 and COMP-05.', system);
    const open = pointsOf(sections, 'open').filter(isOwnHole);
    if (open.length > 0) yield question(system, undefined, `For the technical documentation of Annex IV, ${listed(open.map(({ section, point }) => `${point.what} (section ${section.number})`), 4)} ${open.length === 1 ? 'is' : 'are'} not declared. Declare ${listed(open.map(({ point }) => point.declare), 4)}.`);
    else if (absent.length + planned.length === 0) yield satisfied(system, { because: `something is declared for each of the ${sections.length} sections of Annex IV` });
  },
};

const DOCUMENTS: ReadonlySet<unknown> = new Set(['instructions', 'risk_management', 'standards', 'conformity']);
/** Points that another criterion decides: the plan of post-market monitoring, and who oversees. */
const DECIDED_ELSEWHERE: ReadonlySet<string> = new Set(['post_market_monitoring', 'human_oversight']);
const isOwnHole = ({ point }: Hole): boolean => !DECIDED_ELSEWHERE.has(point.duty ?? '');

interface Hole {
  readonly section: AnnexSection;
  readonly point: AnnexPoint;
}

const pointsOf = (sections: readonly AnnexSection[], state: AnnexPoint['state']): Hole[] => sections.flatMap((section) => section.points.filter((point) => point.state === state).map((point) => ({ section, point })));

function holes(architecture: Architecture, found: readonly Hole[], today: string): FindingDetails {
  const { system } = architecture;
  const numbers = [...new Set(found.map(({ section }) => section.number))];
  const verb = found.length === 1 ? 'is' : 'are';
  // Only a hole that a named document fills can be closed here; the rest has to be built or written first.
  const fillable = found.every(({ point }) => point.duty !== undefined && point.shownBy.every(({ property }) => property === undefined));
  return {
    at: 'risk_class',
    message: `The technical documentation has holes in ${numbers.length === 1 ? 'section' : 'sections'} ${listed(numbers.map(String), 9)} of Annex IV: ${found[0]?.point.state === 'planned' ? 'only planned' : 'missing'} ${verb} ${listed(found.map(({ point }) => point.what), 4)}. ${beginning(LEGAL_DATES.highRisk, today)}`,
    why: `${technicalDocumentation.why} ${certaintyOf(LEGAL_DATES.highRisk)}`,
    changes: fillable ? found.flatMap(({ point }) => (point.duty ? [{ op: 'add-component' as const, component: dutyDraft(architecture, point.duty) }] : [])) : [],
    impact: `${system.name} can be assessed and put into service`,
  };
}
