import { statementOf } from '../../../model/statements.ts';
import { exactly } from '../../../model/quantity.ts';
import { plannedInstead } from '../../deployment/planned.ts';
import { speakersOf } from '../../generative/speakers.ts';
import { evidenceOf } from '../../presence.ts';
import { gap, notApplicable, question, satisfied, type Context, type Criterion } from '../../rule.ts';
import { listed } from '../../training/in-house.ts';
import { ceilings } from '../language-models/ceilings.ts';
import { namedBy } from '../said-by.ts';
import { entrancesOf, guardAt, isOpenToStrangers } from './entrances.ts';

/** A start: one request a second, which no person needs and every scraper exceeds. */
const STARTING_LIMIT = exactly(1, 'req/s');

export const callersAreLimited: Criterion = {
  id: 'SEC-04',
  slug: 'callers-are-limited',
  title: 'No single caller can ask an exposed model as often as it likes',
  type: 'gap',
  severity: 'medium',
  sources: ['OWASP ML (2023) ML03', 'OWASP ML (2023) ML05', 'MITRE ATLAS AML.M0004', 'AWS Generative AI Lens GENOPS02-BP03'],
  why: 'Who may ask without limit can copy the model from its answers, find by trial what it lets pass, and run up the bill.',
  remediation: 'Limit requests for each caller at the entrance, and refuse what goes beyond.',
  effort: 'S',
  falsePositives: 'The limit may stand in front: declare the gateway with its `rate_limit`.',
  counts: 'at every stage',
  applies: () => true,
  *evaluate(context) {
    const { architecture } = context;
    const limited = speakersLimited(context);
    const open: string[] = [];
    let judged = 0;
    for (const entrance of entrancesOf(architecture)) {
      const { component } = entrance;
      if (component.kind === 'ingestion' || component.kind === 'agent') continue;
      const guard = guardAt(architecture, entrance, 'rate_limit');
      const exposed = entrance.reach === 'public' || (guard === 'absent' && isOpenToStrangers(architecture, entrance));
      if (!exposed) continue;
      judged += 1;
      if (guard !== 'present' && limited.has(component.name)) {
        yield notApplicable(`What one caller may ask of ${component.name} is judged by LLM-06.`, component);
        continue;
      }
      const planned = guard === 'open' ? plannedInstead(component, 'rate_limit', { message: `Any caller may still ask ${component.name} as often as it likes.` }) : undefined;
      if (planned) yield planned;
      else if (guard === 'present') yield satisfied(component, { evidence: evidenceOf(statementOf(component, 'rate_limit')) });
      else if (guard === 'open') open.push(component.name);
      else {
        yield gap(component, {
          at: statementOf(component, 'rate_limit') ? 'rate_limit' : undefined,
          message: `Any caller may ask ${component.name} as often as it likes.`,
          changes: [{ op: 'set', subject: component.name, property: 'rate_limit', value: STARTING_LIMIT }],
          impact: 'The model cannot be copied or overrun by one caller',
        });
      }
    }
    if (open.length > 0) yield question(architecture.system, undefined, `How often may one caller ask ${listed(open)}? Declare \`rate_limit\` there or of the gateway in front.`);
    else if (judged === 0) yield notApplicable('Nothing is declared to be open to the public.');
  },
};

/** Services that write text, and what stands before them, where it is said or asked already that callers have no limit. */
function speakersLimited(context: Context): ReadonlySet<string> {
  const named = namedBy(context, ceilings);
  const { system } = context.architecture;
  const speakers = speakersOf(context.architecture).filter(({ component }) => named.has(component.name) || (named.has(system.name) && component.kind === 'service'));
  return new Set(speakers.flatMap(({ names, before }) => [...names, ...before]));
}
