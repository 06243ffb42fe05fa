import { expect, it } from 'vitest';
import { assistant, bare, fraud, lineOf, system, textOf } from './support.ts';

it('says of each service what a replica takes and how many are needed', () => {
  const text = textOf('serving-design', fraud());
  // The estimate has 7,470 req/s of eight replicas: 934 req/s each, of which the cache leaves 65 %, 607 req/s, to work on.
  expect(lineOf(text, 'Resources of a replica')).toContain('takes at most 934 req/s, of which its cache answers 35 % (assumed)');
  // 5 × 1,200 × 0.65 / (0.8 × 607) = 8.03 and twice that, 16.06: rounded up to 9 and 17.
  expect(lineOf(text, 'Scorer |')).toMatch(/2 run of 2 to 8 \| 9 \| 17 \| 6\.2 times/);
});

it('has capacity thresholds with the day on which growth passes them', () => {
  const line = lineOf(textOf('serving-design', fraud()), 'Capacity thresholds');
  // 8 × 934 = 7,470 req/s; 80 % of it are 5,980, five times 1,200; ln 4.98 / ln 1.08 = 20.9 months after November 2026.
  expect(line).toContain('act at 5,980 req/s (5 times (2.7 to 9.3) today’s peak, about 2028-08-17 at the declared growth); full at 7,470 req/s');
});

it('takes the aim of scaling from the knee, and from the rise where the least that runs does not carry it', () => {
  expect(lineOf(textOf('serving-design', fraud()), 'Scaling strategy')).toContain('The aim of 65 % busy is at or below the 80 % that may be, 747 req/s a replica');
  const steep = system('consumer Web : user { peak 100 req/s average 10 req/s }', 'service Ranker : realtime { serves Net replicas 1..10 autoscale on utilisation at 90 % within 60 s loads_in 60 s throughput 20 req/s concurrency 1 service_time p50 50 ms p99 90 ms slo p99 <= 500 ms }', 'model Net : trained { }', 'Web -> Ranker');
  const line = lineOf(textOf('serving-design', steep), 'Scaling strategy');
  expect(line).toMatch(/The aim of 90 % busy is too high: \d+(\.\d+)? % at most.*so that the rise to the peak is carried until new replicas answer/);
  // The peak of 100 req/s comes before any new replica answers: five at 20 req/s would be full, so six at least.
  expect(Number(/Keep (\d+) replicas running instead of 1/.exec(line)?.[1])).toBeGreaterThanOrEqual(6);
});

it('says what is left when a replica or a zone is lost, and what answers instead', () => {
  expect(lineOf(textOf('serving-design', fraud()), 'Failover')).toContain('without one replica 1 is left, too few for the peak');
  // Two of three replicas take 8 req/s each, and 6 come: 37.5 %.
  expect(lineOf(textOf('serving-design', assistant()), 'Failover')).toContain('without one replica 2 are left, 38 % busy');
});

it('counts what a vendor runs by its quota', () => {
  const text = textOf('serving-design', assistant());
  expect(text).toContain('by quota and not by replicas: requests 33.33 req/s, tokens 4,000,000 tokens/min');
});

it('leaves a web framework until it is outgrown', () => {
  const served = (more: string): string => lineOf(textOf('serving-design', system(`service Api : realtime { platform fastapi serves [Net, Other] ${more} }`, 'model Net : trained { }', 'model Other : trained { }')), 'Platform');
  expect(served('')).toContain('has been outgrown: the service has 2 models to keep apart');
  expect(lineOf(textOf('serving-design', system('service Api : realtime { platform fastapi serves Net }', 'model Net : trained { }')), 'Platform')).toContain('FastAPI is enough as declared');
});

it('invents nothing where nothing is declared', () => {
  const text = textOf('serving-design', bare());
  expect(lineOf(text, 'Api |')).toBe('| Api | not declared (platform of Api) | not declared (runs_on of Api) | not declared (replicas of Api) | not known | not known | not known |');
  expect(lineOf(text, 'Scaling strategy')).toContain('not declared (autoscale of Api); what it should be cannot be told: its traffic is not declared');
  expect(textOf('serving-design', system('owner "A"'))).toContain('No service in production is declared');
});
