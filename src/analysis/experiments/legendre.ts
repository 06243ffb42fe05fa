/** Nodes in (−1, 1) and their weights: Σ wᵢ f(xᵢ) is the integral of f over [−1, 1]. */
export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

const known = new Map<number, Quadrature>();

/** Gauss-Legendre quadrature with `count` nodes, exact for polynomials up to degree 2 · count − 1. Kept once made. */
export function gaussLegendre(count: number): Quadrature {
  const made = known.get(count) ?? makeQuadrature(count);
  known.set(count, made);
  return made;
}

function makeQuadrature(count: number): Quadrature {
  const nodes = new Float64Array(count);
  const weights = new Float64Array(count);
  for (let index = 0; index < (count + 1) / 2; index++) {
    // Tricomi's first guess, and Newton's method from there.
    let x = Math.cos((Math.PI * (index + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 6; step++) {
      let [before, value] = [1, x];
      for (let degree = 2; degree <= count; degree++) [before, value] = [value, ((2 * degree - 1) * x * value - (degree - 1) * before) / degree];
      slope = (count * (x * value - before)) / (x * x - 1);
      x -= value / slope;
    }
    [nodes[index], nodes[count - 1 - index]] = [-x, x];
    weights[index] = weights[count - 1 - index] = 2 / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
