/** An event: what happens to what, and which version of it is meant. */
export interface Event {
  time: number;
  kind: number;
  subject: number;
  version: number;
}

/** What is going to happen, earliest first. */
export interface Events {
  readonly add: (time: number, kind: number, subject: number, version?: number) => void;
  /** Takes the earliest out, into `now`; false where there is none. */
  readonly next: () => boolean;
  readonly now: Readonly<Event>;
}

/** A binary heap in arrays of numbers, so that nothing is allocated for an event. */
export function eventsOf(): Events {
  const times: number[] = [];
  // Payloads stay where they are; the heap orders their places.
  const order: number[] = [];
  const [kinds, subjects, versions, free]: [number[], number[], number[], number[]] = [[], [], [], []];
  const now: Event = { time: 0, kind: 0, subject: 0, version: 0 };

  function add(time: number, kind: number, subject: number, version = 0): void {
    const place = free.pop() ?? kinds.length;
    kinds[place] = kind;
    subjects[place] = subject;
    versions[place] = version;
    let at = times.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const earlier = times[above] ?? 0;
      if (earlier <= time) break;
      times[at] = earlier;
      order[at] = order[above] ?? 0;
      at = above;
    }
    times[at] = time;
    order[at] = place;
  }

  function next(): boolean {
    const [first, last, time] = [order[0], order.pop(), times.pop()];
    if (first === undefined || last === undefined || time === undefined) return false;
    now.time = times.length > 0 ? (times[0] ?? 0) : time;
    now.kind = kinds[first] ?? 0;
    now.subject = subjects[first] ?? 0;
    now.version = versions[first] ?? 0;
    free.push(first);
    if (times.length > 0) sink(time, last);
    return true;
  }

  /** Puts an event into the place of the earliest. */
  function sink(time: number, place: number): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= times.length) break;
      if (child + 1 < times.length && (times[child + 1] ?? 0) < (times[child] ?? 0)) child++;
      const earlier = times[child] ?? 0;
      if (earlier >= time) break;
      times[at] = earlier;
      order[at] = order[child] ?? 0;
      at = child;
    }
    times[at] = time;
    order[at] = place;
  }

  return { add, next, now };
}
