/** A rise of the traffic that is linear in time and then stays, and an autoscaler that follows it with a delay. */
export interface Rise {
  /** Requests per second before and after. */
  readonly from: number;
  readonly to: number;
  /** Seconds that the rise takes; none for a jump. */
  readonly within: number;
  /** Requests per second that a replica takes. */
  readonly perReplica: number;
  /** Replicas at the start of the rise, and once all new ones are there. */
  readonly before: number;
  readonly after: number;
  /** Busy share that scaling aims at. */
  readonly target: number;
  /** Seconds from a change of the traffic until a replica that answers it is ready. */
  readonly reaction: number;
}

export interface RiseResponse {
  /** Requests that wait when most of them do. */
  readonly backlog: number;
  /** Seconds of the longest wait, first come first served, the new replicas helping; undefined where it grows without end. */
  readonly longestWait?: number;
  /** Seconds from the moment of the largest backlog until nobody waits; undefined where the new replicas do not keep up either. */
  readonly drainTime?: number;
}

/** Between two moments the rate and the capacity are lines; `net` is the first less the second. */
interface Segment {
  readonly start: number;
  readonly end: number;
  /** Requests that wait at the start. */
  readonly waiting: number;
  /** Requests per second by which they grow, at the start and for each second. */
  readonly net: number;
  readonly slope: number;
}

const NOTHING: RiseResponse = { backlog: 0, longestWait: 0, drainTime: 0 };

/**
 * What piles up while the autoscaler follows a rise, as a fluid: chance comes on top. The capacity at a moment is what the
 * autoscaler wanted one reaction time ago, the rate of then over the target, as fractions of replicas, and never less than at
 * the start. A jump gives what `stepResponse` gives. A service that is beyond what it takes before the rise, and figures
 * that are no numbers, give an endless queue and none.
 */
export function riseResponse(rise: Rise): RiseResponse {
  const { from, to, before, perReplica } = rise;
  if (![from, to, before, perReplica, rise.reaction].every(Number.isFinite) || !(to > before * perReplica)) return NOTHING;
  const segments = segmentsOf(rise);
  const largest = segments.map(largestIn).reduce((a, b) => (b.waiting > a.waiting ? b : a));
  const left = waitingAt(segments, settledAt(rise));
  const final = finalCapacity(rise);
  if (final <= to) return left > 0 || final < to ? { backlog: Math.max(left, largest.waiting) } : { backlog: largest.waiting, ...(largest.waiting === 0 && { longestWait: 0, drainTime: 0 }) };
  if (!(largest.waiting > 0)) return NOTHING;
  const empty = emptyAfter(segments, largest.at) ?? settledAt(rise) + left / (final - to);
  return { backlog: largest.waiting, longestWait: longestWait(rise, segments, empty), drainTime: empty - largest.at };
}

/**
 * The highest busy share of a rise for the replicas that run: that of the first ones with the whole rise where it is over
 * before others come, else that at the moment from which their number follows the traffic; from there on it falls.
 */
export function highestShare({ from, to, within, perReplica, before, target, reaction }: Omit<Rise, 'after'>): number {
  const had = before * perReplica;
  const slope = within > 0 ? (to - from) / within : Infinity;
  return Math.min(to, Math.max(from, target * had) + slope * reaction) / had;
}

const rateAt = ({ from, to, within }: Rise, t: number): number => (t <= 0 ? from : t >= within ? to : from + ((to - from) * t) / within);

const settledAt = ({ within, reaction }: Rise): number => within + reaction;

const finalCapacity = ({ before, after, perReplica }: Rise): number => Math.max(before, after) * perReplica;

/** Replicas that are wanted follow the rate; while the last ones are still to come there are none beyond that. */
function capacityAt(rise: Rise, t: number): number {
  const followed = t <= rise.reaction ? 0 : rateAt(rise, t - rise.reaction) / rise.target;
  return t >= settledAt(rise) ? finalCapacity(rise) : Math.max(rise.before * rise.perReplica, Math.min(followed, finalCapacity(rise)));
}

function segmentsOf(rise: Rise): Segment[] {
  const { from, to, within, reaction, target, before, perReplica } = rise;
  const reaches = (capacity: number): number => (within > 0 ? reaction + ((capacity * target - from) / (to - from)) * within : reaction);
  const turns = [0, within, reaction, settledAt(rise), reaches(before * perReplica), reaches(finalCapacity(rise))];
  const times = [...new Set(turns.filter((t) => t >= 0 && t <= settledAt(rise)))].sort((a, b) => a - b);
  const segments: Segment[] = [];
  let waiting = 0;
  times.forEach((start, index) => {
    const end = times[index + 1];
    if (end === undefined) return;
    // Two inner points tell the line: at the ends the capacity may jump.
    const [t1, t2] = [start + (end - start) / 3, start + ((end - start) * 2) / 3];
    const [n1, n2] = [rateAt(rise, t1) - capacityAt(rise, t1), rateAt(rise, t2) - capacityAt(rise, t2)];
    const slope = (n2 - n1) / (t2 - t1);
    const net = n1 - slope * (t1 - start);
    for (const part of splitAtZero({ start, end, waiting, net, slope })) {
      segments.push(part);
      waiting = Math.max(0, waitingIn(part, part.end));
    }
  });
  return segments;
}

/** A queue that is empty stays so until more comes than is taken. */
function splitAtZero(segment: Segment): Segment[] {
  const { start, end, waiting, net, slope } = segment;
  const at = (t: number): number => net + slope * (t - start);
  if (waiting > 0) {
    const empty = emptyIn(segment);
    if (empty === undefined || empty >= end) return [segment];
    return [{ ...segment, end: empty }, ...splitAtZero({ start: empty, end, waiting: 0, net: at(empty), slope })];
  }
  if (net >= 0 && (net > 0 || slope > 0)) {
    const empty = emptyIn(segment);
    if (empty === undefined || empty >= end) return [segment];
    return [{ ...segment, end: empty }, { start: empty, end, waiting: 0, net: 0, slope: 0 }];
  }
  const grows = slope > 0 ? start - net / slope : Infinity;
  if (grows >= end) return [{ start, end, waiting: 0, net: 0, slope: 0 }];
  return [{ start, end: grows, waiting: 0, net: 0, slope: 0 }, { start: grows, end, waiting: 0, net: 0, slope }];
}

const waitingIn = ({ start, waiting, net, slope }: Segment, t: number): number => waiting + net * (t - start) + (slope * (t - start) ** 2) / 2;

/** The first moment after the start at which nobody waits: a root of a parabola that opens downwards, or of a falling line. */
function emptyIn({ start, waiting, net, slope }: Segment): number | undefined {
  if (slope === 0) return net < 0 ? start + waiting / -net : undefined;
  const under = net ** 2 - 2 * slope * waiting;
  if (under < 0) return undefined;
  const roots = [(-net - Math.sqrt(under)) / slope, (-net + Math.sqrt(under)) / slope].filter((root) => root > 1e-12 * (1 + start));
  return roots.length === 0 ? undefined : start + Math.min(...roots);
}

function largestIn(segment: Segment): { at: number; waiting: number } {
  const { start, end, net, slope } = segment;
  const turn = slope < 0 ? start - net / slope : end;
  const at = turn > start && turn < end ? turn : net + (slope * (end - start)) / 2 > 0 ? end : start;
  return { at, waiting: waitingIn(segment, at) };
}

function waitingAt(segments: readonly Segment[], t: number): number {
  const segment = segments.findLast(({ start }) => start <= t);
  return segment ? Math.max(0, waitingIn(segment, Math.min(t, segment.end))) : 0;
}

const emptyAfter = (segments: readonly Segment[], t: number): number | undefined => segments.find(({ start, end, waiting, net, slope }) => end > t && start >= t && waiting === 0 && net === 0 && slope === 0)?.start;

/**
 * Who leaves at a moment came when as many had arrived as have now been served. The wait grows as long as more arrived in
 * a second then than are served in one now, and falls from there on, so the moment between is found by halving.
 */
function longestWait(rise: Rise, segments: readonly Segment[], empty: number): number {
  const left = waitingAt(segments, settledAt(rise));
  const net = finalCapacity(rise) - rise.to;
  const waiting = (t: number): number => (t <= settledAt(rise) ? waitingAt(segments, t) : Math.max(0, left - net * (t - settledAt(rise))));
  const came = (t: number): number => arrivalOf(rise, arrivedBy(rise, t) - waiting(t));
  let [low, high] = [segments.find(({ net: n, slope }) => n > 0 || slope > 0)?.start ?? 0, empty];
  for (let step = 0; step < 100 && high - low > 1e-12 * high; step++) {
    const t = (low + high) / 2;
    if (rateAt(rise, came(t)) > capacityAt(rise, t)) low = t;
    else high = t;
  }
  return Math.max(0, low - came(low));
}

/** Requests that came since the start of the rise. */
function arrivedBy({ from, to, within }: Rise, t: number): number {
  const rising = Math.min(t, within);
  return from * t + (within > 0 ? ((to - from) * rising ** 2) / (2 * within) : 0) + (to - from) * Math.max(0, t - within);
}

/** The moment by which so many had come. */
function arrivalOf(rise: Rise, requests: number): number {
  const { from, to, within } = rise;
  const whileRising = arrivedBy(rise, within);
  if (requests >= whileRising || !(within > 0)) return within + (requests - whileRising) / to;
  const slope = (to - from) / within;
  return (2 * requests) / (from + Math.sqrt(Math.max(0, from ** 2 + 2 * slope * requests)));
}
