/** Random numbers that are the same for the same seed, on every machine. */
export interface Random {
  /** Uniform between zero and one, both excluded. */
  readonly uniform: () => number;
  /** Exponential with mean one. */
  readonly exponential: () => number;
  /** Standard normal. */
  readonly normal: () => number;
}

/** The generator xoshiro128** of Blackman and Vigna (2018), seeded by splitmix32. */
export function randomOf(seed: number): Random {
  let state = seed | 0;
  const word = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let [a, b, c, d] = [word(), word(), word(), word()];
  const next = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const uniform = (): number => ((next() >>> 6) * 0x8000000 + (next() >>> 5) + 0.5) / 0x20000000000000;
  let spare = Number.NaN;
  // The polar method of Marsaglia gives two at a time.
  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * factor;
      return x * factor;
    }
  };
  return { uniform, exponential: () => -Math.log(uniform()), normal };
}

/**
 * A sampler of times of a gamma law.
 *
 * @param mean Seconds.
 * @param scv Variance over squared mean: zero is a constant, one exponential.
 */
export function gammaTimes(random: Random, mean: number, scv: number): () => number {
  if (scv <= 0) return () => mean;
  if (scv === 1) return () => mean * random.exponential();
  const shape = 1 / scv;
  const scale = mean * scv;
  // Marsaglia and Tsang, A simple method for generating gamma variables, 2000; shapes below one by a power of a uniform number.
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  const standard = (): number => {
    for (;;) {
      const z = random.normal();
      const cube = (1 + c * z) ** 3;
      if (cube > 0 && Math.log(random.uniform()) < 0.5 * z * z + d * (1 - cube + Math.log(cube))) return d * cube;
    }
  };
  return shape < 1 ? () => scale * standard() * random.uniform() ** scv : () => scale * standard();
}

/** A sampler of whole numbers with the given mean: the two next to it. */
export function copiesOf(random: Random, mean: number): () => number {
  const [least, share] = [Math.floor(mean), mean % 1];
  return share === 0 ? () => least : () => least + (random.uniform() < share ? 1 : 0);
}
