/**
 * M/D/c exactly: what is in the system one service time later is what was beyond the servers, and the Poisson arrivals of
 * that time (Crommelin 1932). Solved by power iteration; service time one.
 */
export function constantServiceChain(servers: number, rho: number): { meanWait: number; waitProbability: number } {
  const load = servers * rho;
  const arrivals = poisson(load, Math.ceil(load + 12 * Math.sqrt(load) + 20));
  const states = servers + Math.ceil(25 / (1 - rho)) + Math.ceil(10 * Math.sqrt(servers));
  let now = new Float64Array(states);
  now[0] = 1;
  for (let step = 0, moved = 1; step < 20_000 && moved > 1e-15; step++) {
    const next = new Float64Array(states);
    for (let n = 0; n < states; n++) {
      const left = Math.max(0, n - servers);
      for (let a = 0; a < arrivals.length; a++) next[Math.min(states - 1, left + a)]! += now[n]! * arrivals[a]!;
    }
    moved = next.reduce((most, share, n) => Math.max(most, Math.abs(share - now[n]!)), 0);
    now = next;
  }
  let [waiting, busy] = [0, 0];
  now.forEach((share, n) => {
    if (n < servers) return;
    waiting += share * (n - servers);
    busy += share;
  });
  return { meanWait: waiting / load, waitProbability: busy };
}

export function poisson(mean: number, most: number): number[] {
  let log = -mean;
  return Array.from({ length: most + 1 }, (_, k) => Math.exp((log += k === 0 ? 0 : Math.log(mean / k))));
}
