/** Transition chances of a chain whose steps are short: row i holds the chances of i − below … i + above. */
export interface BandedChain {
  readonly states: number;
  readonly below: number;
  readonly above: number;
  /** `states` rows of below + above + 1; each row adds up to one. Overwritten. */
  readonly chances: Float64Array;
}

/**
 * Stationary distribution by elimination from the last state to the first without subtractions (Grassmann, Taksar and
 * Heyman, Operations Research 33, 1985): exact to rounding. In O(states · below · above).
 */
export function stationaryOf({ states, below, above, chances }: BandedChain): Float64Array {
  const width = below + above + 1;
  const at = (row: number, column: number): number => row * width + column - row + below;
  let first = 0;
  for (let n = states - 1; n >= 1; n--) {
    const least = Math.max(0, n - below);
    const row = at(n, 0);
    let left = 0;
    for (let j = least; j < n; j++) left += chances[row + j] ?? 0;
    // Nothing leads further down: what is below is passed once and never again.
    if (left === 0) {
      first = n;
      break;
    }
    for (let i = Math.max(0, n - above); i < n; i++) {
      const entry = at(i, n);
      const share = (chances[entry] ?? 0) / left;
      if (share === 0) continue;
      chances[entry] = share;
      const target = at(i, 0);
      for (let j = least; j < n; j++) chances[target + j] = (chances[target + j] ?? 0) + share * (chances[row + j] ?? 0);
    }
  }
  const stationary = new Float64Array(states);
  stationary[first] = 1;
  let sum = 1;
  for (let n = first + 1; n < states; n++) {
    let share = 0;
    for (let i = Math.max(first, n - above); i < n; i++) share += (stationary[i] ?? 0) * (chances[at(i, n)] ?? 0);
    stationary[n] = share;
    sum += share;
  }
  for (let n = first; n < states; n++) stationary[n] = (stationary[n] ?? 0) / sum;
  return stationary;
}
