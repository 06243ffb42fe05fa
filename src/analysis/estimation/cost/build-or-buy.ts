/** What is known for the decision between a managed platform and one’s own. Whatever is left out is not known. */
export interface PlatformFacts {
  readonly predictionsPerMonth?: number;
  readonly models?: number;
  /** Engineers who have built such infrastructure. */
  readonly platformEngineers?: number;
  /** Months until production. */
  readonly monthsToProduction?: number;
  /** Money a month for the managed platform, in USD as the thresholds are. */
  readonly platformPerMonth?: number;
  /** Latency, hardware or algorithms that no platform offers. */
  readonly specialNeeds?: boolean;
  /** Whether the platform itself sets the company apart. */
  readonly differentiates?: boolean;
  readonly roadmapYears?: number;
}

/** `grey`: between the thresholds; `unknown`: nobody says. */
export type Direction = 'managed' | 'build' | 'grey' | 'unknown';

/** One fact and where it points. */
export interface PlatformVote {
  readonly fact: keyof PlatformFacts;
  readonly direction: Direction;
  /** The thresholds: `below 10 M a month managed, above 100 M build`. */
  readonly threshold: string;
  /** The sentence of the guide that they are from. */
  readonly source: string;
}

/** Which way the facts point, each by itself. */
export interface BuildOrBuy {
  readonly verdict: 'managed' | 'build' | 'grey zone';
  readonly votes: readonly PlatformVote[];
  /** Why it is a grey zone. */
  readonly because?: 'facts point in both directions' | 'facts lie between the thresholds' | 'too little is known';
}

const BUY = 'S3.128';
const BUILD = 'S3.130';

/**
 * Thresholds of the guide, fact by fact (S3.128, S3.130); between 10 and 100 million predictions a month and with three or
 * four engineers it leaves the decision open, and so does this. The verdict needs volume or cost, and no fact against it.
 */
export function buildOrBuy(facts: PlatformFacts): BuildOrBuy {
  const { predictionsPerMonth, models, platformEngineers, monthsToProduction, platformPerMonth, specialNeeds, differentiates, roadmapYears } = facts;
  const votes: PlatformVote[] = [
    { fact: 'predictionsPerMonth', direction: between(predictionsPerMonth, 10e6, 100e6), threshold: 'below 10 million a month managed, above 100 million build', source: `${BUY}, ${BUILD}` },
    // Many models alone do not call for a platform of one's own.
    { fact: 'models', direction: between(models, 4, Number.POSITIVE_INFINITY), threshold: '1 to 3 models managed', source: BUY },
    { fact: 'platformEngineers', direction: platformEngineers !== undefined && platformEngineers >= 5 ? 'build' : between(platformEngineers, 3, 5), threshold: 'below 3 managed, from 5 build', source: `${BUY}, ${BUILD}` },
    // Four months are still few.
    { fact: 'monthsToProduction', direction: monthsToProduction !== undefined && monthsToProduction <= 4 ? 'managed' : between(monthsToProduction, 0, Number.POSITIVE_INFINITY), threshold: '2 to 4 months managed', source: BUY },
    { fact: 'platformPerMonth', direction: platformPerMonth !== undefined && platformPerMonth >= 150_000 ? 'build' : between(platformPerMonth, 50_000, 150_000), threshold: 'below 50,000 USD a month managed; break-even at 150,000 to 300,000', source: 'S3.128, S3.131' },
    { fact: 'specialNeeds', direction: stated(specialNeeds, 'managed'), threshold: 'standard needs managed, special ones build', source: `${BUY}, ${BUILD}` },
    { fact: 'differentiates', direction: stated(differentiates, 'grey'), threshold: 'where it sets the company apart build', source: BUILD },
    { fact: 'roadmapYears', direction: roadmapYears !== undefined && roadmapYears >= 3 ? 'build' : between(roadmapYears, 0, Number.POSITIVE_INFINITY), threshold: 'a roadmap of 3 to 5 years build', source: BUILD },
  ];
  const pointing = new Set(votes.flatMap(({ direction }) => (direction === 'managed' || direction === 'build' ? [direction] : [])));
  const [direction, other] = pointing;
  if (other !== undefined) return { verdict: 'grey zone', votes, because: 'facts point in both directions' };
  const scale = votes.filter(({ fact }) => fact === 'predictionsPerMonth' || fact === 'platformPerMonth').map((vote) => vote.direction);
  if (direction !== undefined && scale.includes(direction) && !scale.includes('grey')) return { verdict: direction, votes };
  return { verdict: 'grey zone', votes, because: scale.every((vote) => vote === 'unknown') ? 'too little is known' : 'facts lie between the thresholds' };
}

function between(value: number | undefined, managedBelow: number, buildAbove: number): Direction {
  if (value === undefined || Number.isNaN(value)) return 'unknown';
  return value < managedBelow ? 'managed' : value > buildAbove ? 'build' : 'grey';
}

const stated = (value: boolean | undefined, otherwise: Direction): Direction => (value === undefined ? 'unknown' : value ? 'build' : otherwise);

/** What both ways cost, in money of one currency. */
export interface PlatformCosts {
  readonly managedPerMonth: number;
  /** To build one’s own, once, and to run it: machines and people. */
  readonly buildOnce: number;
  readonly ownPerMonth: number;
}

/** Own platform against managed one over time. */
export interface PlatformBreakEven {
  /** Months until building has paid for itself; infinite where running it costs as much as the managed one. */
  readonly months: number;
  /** Money over the whole horizon. */
  readonly managed: number;
  readonly own: number;
  readonly cheaper: 'managed' | 'build';
  /** Money a month for the managed platform from which building is cheaper within the horizon. */
  readonly breakEvenPerMonth: number;
}

/** The computed comparison that the thresholds stand in for. Undefined where a number is missing, below zero or without end. */
export function platformBreakEven({ managedPerMonth, buildOnce, ownPerMonth }: PlatformCosts, horizonMonths: number): PlatformBreakEven | undefined {
  if (![managedPerMonth, buildOnce, ownPerMonth].every((amount) => amount >= 0 && Number.isFinite(amount)) || !(horizonMonths > 0) || !Number.isFinite(horizonMonths)) return undefined;
  const saved = managedPerMonth - ownPerMonth;
  const [managed, own] = [managedPerMonth * horizonMonths, buildOnce + ownPerMonth * horizonMonths];
  return { months: saved > 0 ? buildOnce / saved : Number.POSITIVE_INFINITY, managed, own, cheaper: own < managed ? 'build' : 'managed', breakEvenPerMonth: own / horizonMonths };
}
