import { formatNumber } from '../format.ts';
import type { Roadmap } from '../roadmap/roadmap.ts';
import { shortTitle } from '../roadmap/words.ts';
import type { Context } from '../rule.ts';
import { rationaleOf, type Rationale } from '../target/rationale.ts';
import type { TargetState } from '../target/target-state.ts';
import type { DecisionRecord } from './record.ts';

/** A record for each rationale, for somebody to accept or to turn down. */
export const roadmapDecisions = (context: Context, rationales: readonly Rationale[]): DecisionRecord[] => rationales.map((rationale) => recordOf(rationale, context));

/** Why each step of the derived target and each recommended action is proposed. */
export function proposedRationales(context: Context, top: Roadmap['top'], target: Pick<TargetState, 'steps' | 'architecture'> | undefined): Rationale[] {
  const actions = new Map([...(target?.steps ?? []), ...top.map(({ action }) => action)].map((action) => [action.id, action]));
  return [...actions.values()].map((action) => rationaleOf(context, action, target?.architecture));
}

function recordOf({ action, problem, options, tradeOff, revisit, reach }: Rationale, { today }: Context): DecisionRecord {
  const [worst] = problem;
  const names = { 'do nothing': 'Do nothing', minimal: (tradeOff?.minimal ?? '').replace(/\.$/, ''), recommended: shortTitle(action.title) };
  const { low, high } = action.effort.days;
  const paid = tradeOff ? [inSentence(tradeOff.pays)] : [];
  const touched = [...reach.added.map((name) => `adds ${name}`), ...reach.changed.map((name) => `changes ${name}`), ...reach.removed.map((name) => `takes away ${name}`)];
  return {
    origin: 'roadmap',
    title: names.recommended,
    status: 'proposed',
    date: today,
    ...(action.owner !== undefined && { makers: action.owner }),
    context: problem.map(({ message }) => message).join(' '),
    drivers: [...new Set(problem.map(({ why }) => why))],
    options: options.map(({ name, result }) => ({
      name: names[name],
      good: name === 'recommended' ? (tradeOff?.gains ?? []).map((gain) => `it improves ${gain}`) : name === 'minimal' ? ['it is done within a week'] : ['it costs nothing now'],
      bad: name === 'recommended' ? [...paid, `it takes ${formatNumber(low)} to ${formatNumber(high)} person-days`] : [inSentence(result)],
    })),
    chosen: names.recommended,
    because: worst ? `it closes ${problem.map(({ rule, component }) => `${rule} on ${component}`).join(', ')}.` : '',
    good: (tradeOff?.gains ?? []).map((gain) => `it improves ${gain}`),
    bad: paid,
    watchedBy: [...new Set(problem.map(({ rule }) => rule))],
    findings: problem.map(({ id }) => id),
    components: [...new Set(problem.map(({ component }) => component.split('.').slice(1).join('.')).filter((name) => name !== ''))],
    revisit,
    more: [...(names.recommended === action.title.replace(/[.;:]$/, '') ? [] : [`In full: ${action.title}`]), ...(tradeOff ? [`It can be taken back ${tradeOff.reversible}: ${tradeOff.undo}`] : []), ...(touched.length > 0 ? [`In the architecture it ${touched.join(', ')}.`] : ['It is done outside the architecture.'])],
  };
}

/** A sentence within another one; names and abbreviations keep their capital. */
const inSentence = (text: string): string => (/^[A-Z][a-z’ ]/.test(text) && !/^[A-Z][a-z]*[A-Z\d]/.test(text) ? text.slice(0, 1).toLowerCase() + text.slice(1) : text).replace(/\.$/, '');
