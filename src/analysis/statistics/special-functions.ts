/**
 * Special functions of the laws that estimates and tests use, with a relative error below 1e-11, down to results of 1e-280;
 * reference values are in the tests. They are here because they run several hundred times after a
 * keystroke, in a browser worker too.
 */

/** Lanczos coefficients for g = 607/128; Godfrey, A note on the computation of the convergent Lanczos complex gamma approximation, 2001. */
const LANCZOS = [
  0.99999999999999709182, 57.156235665862923517, -59.597960355475491248, 14.136097974741747174, -0.49191381609762019978, 0.33994649984811888699e-4, 0.46523628927048575665e-4, -0.98374475304879564677e-4,
  0.15808870322491248884e-3, -0.21026444172410488319e-3, 0.2174396181152126432e-3, -0.16431810653676389022e-3, 0.84418223983852743293e-4, -0.2619083840158140867e-4, 0.36899182659531622704e-5,
] as const;

/** Natural logarithm of the gamma function, for x above zero. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  let sum: number = LANCZOS[0];
  for (let k = 1; k < LANCZOS.length; k++) sum += (LANCZOS[k] ?? 0) / (x - 1 + k);
  const t = x - 0.5 + 607 / 128;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** x^a e^(−x) / Γ(a + 1); near x = a by the distance between them, since the large terms cancel. */
function gammaTerm(a: number, x: number): number {
  if (a < 20) return Math.exp(a * Math.log(x) - x - logGammaOfNext(a));
  const mu = (x - a) / a;
  // Stirling’s series of Γ(a + 1); log1p keeps what is left of a·ln(x/a) − (x − a).
  const stirling = 1 / (12 * a) - 1 / (360 * a ** 3) + 1 / (1260 * a ** 5) - 1 / (1680 * a ** 7);
  return Math.exp(a * logMinus(mu) - stirling) / Math.sqrt(2 * Math.PI * a);
}

/** ln Γ(a + 1); the shape stays the same through a search, so the last one is kept. */
function logGammaOfNext(a: number): number {
  if (a !== lastShape) [lastShape, lastLogGamma] = [a, logGamma(a + 1)];
  return lastLogGamma;
}

let [lastShape, lastLogGamma] = [Number.NaN, 0];

/** ln(1 + u) − u without cancellation near zero. */
function logMinus(u: number): number {
  if (Math.abs(u) > 0.3) return Math.log1p(u) - u;
  let [power, sum] = [u * u, 0];
  for (let n = 2; n < 60; n++) {
    const term = power / n;
    sum += n % 2 === 0 ? -term : term;
    if (term === 0 || Math.abs(term) < Math.abs(sum) * 1e-17) break;
    power *= u;
  }
  return sum;
}

const MOST_TERMS = 100_000;

/** P(a, x), the share of a gamma law with shape `a` and scale one that is below `x`. */
export function lowerGamma(a: number, x: number): number {
  if (Number.isNaN(x)) return x;
  if (!(x > 0)) return 0;
  if (x === Infinity) return 1;
  return x < a + 1 ? seriesOf(a, x) : 1 - fractionOf(a, x);
}

/** Q(a, x) = 1 − P(a, x), exact where it is tiny. */
export function upperGamma(a: number, x: number): number {
  if (Number.isNaN(x)) return x;
  if (!(x > 0)) return 1;
  if (x === Infinity) return 0;
  return x < a + 1 ? 1 - seriesOf(a, x) : fractionOf(a, x);
}

function seriesOf(a: number, x: number): number {
  let [term, sum] = [1, 1];
  for (let n = 1; n < MOST_TERMS; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return Math.min(1, sum * gammaTerm(a, x));
}

/** Legendre’s continued fraction by the method of Lentz. */
function fractionOf(a: number, x: number): number {
  const tiny = 1e-300;
  let b = x + 1 - a;
  let c = 1 / tiny;
  let d = 1 / b;
  let h = d;
  for (let n = 1; n < MOST_TERMS; n++) {
    const an = -n * (n - a);
    b += 2;
    d = an * d + b;
    if (Math.abs(d) < tiny) d = tiny;
    c = b + an / c;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const step = d * c;
    h *= step;
    if (Math.abs(step - 1) < 1e-16) break;
  }
  return Math.min(1, h * gammaTerm(a, x) * a);
}

/** The x with P(a, x) = p, for shape `a` above zero and 0 ≤ p < 1. */
export const lowerGammaInverse = (a: number, p: number): number => gammaInverse(a, p, 1 - p);

/** The x with Q(a, x) = q: exact for tails that are tiny. */
export const upperGammaInverse = (a: number, q: number): number => gammaInverse(a, 1 - q, q);

function gammaInverse(a: number, p: number, q: number): number {
  if (p <= 0) return 0;
  if (q <= 0) return Infinity;
  let x = firstGuess(a, p, q);
  let [low, high] = [0, Infinity];
  for (let step = 0; step < 100; step++) {
    // By the smaller of both tails, in logarithms: those are smooth however far out.
    const missed = p < q ? Math.log(lowerGamma(a, x) / p) : Math.log(q / upperGamma(a, x));
    if (missed > 0) high = x;
    else low = x;
    // d ln P / d ln x; one term of Halley’s correction.
    const slope = (gammaTerm(a, x) * a) / (p < q ? p * Math.exp(missed) : q * Math.exp(-missed));
    const next = Number.isFinite(missed) && slope > 0 ? x * Math.exp(-missed / slope) : Number.NaN;
    const inside = next > low && next < high;
    const moved = inside ? next : high === Infinity ? Math.max(low * 2, 1e-300) : (low + high) / 2;
    if (Math.abs(moved - x) <= 1e-15 * x || moved === 0) return moved;
    x = moved;
  }
  return x;
}

/** Wilson and Hilferty (1931): the cube root of a gamma law is nearly normal; for small shapes the first term of the series. */
function firstGuess(a: number, p: number, q: number): number {
  const z = normalQuantileOf(p, q);
  const root = 1 - 1 / (9 * a) + z / (3 * Math.sqrt(a));
  const guess = a * root ** 3;
  if (a >= 1 && root > 0.1) return guess;
  const small = Math.exp((Math.log(p) + logGamma(a + 1)) / a);
  return small < 0.1 * (a + 1) || !(guess > 0) ? Math.max(small, 1e-300) : guess;
}

/** 1 − erf(x), exact in the far tail. */
export function erfc(x: number): number {
  return x < 0 ? 2 - upperGamma(0.5, x * x) : x === 0 ? 1 : upperGamma(0.5, x * x);
}

/** Share of the standard normal law below z. */
export const normalCdf = (z: number): number => erfc(-z / Math.SQRT2) / 2;

/** The z below which a share p of the standard normal law lies; infinite for 0 and 1. */
export const normalQuantile = (p: number): number => normalQuantileOf(p, 1 - p);

/** The z above which a share q lies: exact for tails that are tiny. */
export const normalUpperQuantile = (q: number): number => -normalQuantile(q);

const ratio = (x: number, above: readonly number[], below: readonly number[]): number => above.reduceRight((sum, c) => sum * x + c, 0) / below.reduceRight((sum, c) => sum * x + c, 0);

/** Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37, 1988. Relative error about 1e-16. */
function normalQuantileOf(p: number, q: number): number {
  const middle = p - 0.5;
  if (Math.abs(middle) <= 0.425) return middle * ratio(0.180625 - middle * middle, CENTRE_ABOVE, CENTRE_BELOW);
  const tail = Math.min(p, q);
  if (!(tail > 0)) return p <= 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(tail));
  const z = r <= 5 ? ratio(r - 1.6, NEAR_ABOVE, NEAR_BELOW) : ratio(r - 5, FAR_ABOVE, FAR_BELOW);
  return middle < 0 ? -z : z;
}

const CENTRE_ABOVE = [3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125, 45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727];
const CENTRE_BELOW = [1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867, 39307.89580009271061, 28729.085735721942674, 5226.495278852545925];
const NEAR_ABOVE = [1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504, 1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4];
const NEAR_BELOW = [1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459, 0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9];
const FAR_ABOVE = [6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123, 0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7];
const FAR_BELOW = [1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4, 1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15];
