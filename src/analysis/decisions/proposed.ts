import { formatNumber } from '../format.ts';
import type { Review } from '../review.ts';
import { roadmapOf } from '../roadmap/roadmap.ts';
import { shortTitle } from '../roadmap/words.ts';
import type { Context } from '../rule.ts';
import { rationaleOf, type Rationale } from '../target/rationale.ts';
import { derivedTarget } from '../target/target-state.ts';
import type { DecisionRecord } from './record.ts';

/** A record for each step of the derived target and each recommended action, for somebody to accept or to turn down. */
export function roadmapDecisions(context: Context, review: Review): DecisionRecord[] {
  const target = derivedTarget(context, review);
  const { top } = roadmapOf(context, review);
  const actions = [...new Map([...(target?.steps ?? []), ...top.map(({ action }) => action)].map((action) => [action.id, action])).values()];
  return actions.map((action) => recordOf(rationaleOf(context, action, target?.architecture), context));
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
