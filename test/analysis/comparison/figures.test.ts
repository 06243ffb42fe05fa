import { describe, expect, it } from 'vitest';
import type { FigureDifference } from '../../../src/analysis/comparison/figures.ts';
import { compareTexts, inSystem } from './support.ts';

const text = (api: string, more = ''): string => inSystem(`consumer Web { peak 100 req/s slo p99 <= 250 ms }\nmodel M\nservice Api : realtime { serves M concurrency 1 service_time p50 20 ms p99 60 ms ${api} }\nservice Other : realtime { serves M replicas 2 concurrency 1 service_time p50 1 ms p99 2 ms runs_on aws.g5_xlarge }\nWeb -> Api\nApi -> Other\n${more}`);
const figures = (before: string, after: string): FigureDifference => compareTexts(before, after).figures;

describe('figures of two versions', () => {
  it('say what a service carries, what is full first and how long a request takes', () => {
    const { services, unchangedServices, limit, ways } = figures(text('replicas 4'), text('replicas 8'));
    expect(services.map(({ component }) => component)).toEqual(['Api']);
    expect(unchangedServices).toBe(1);
    const [api] = services;
    // Twice the replicas take twice as much.
    expect((api?.after?.capacity?.value ?? 0) / (api?.before?.capacity?.value ?? 1)).toBeCloseTo(2, 6);
    expect((limit.after?.multiple.value ?? 0) / (limit.before?.multiple.value ?? 1)).toBeCloseTo(2, 6);
    expect(ways).toHaveLength(1);
    expect(ways[0]?.after?.p99?.value).toBeLessThan(ways[0]?.before?.p99?.value ?? 0);
    expect(ways[0]?.after?.objective).toMatchObject({ percentile: 'p99', holder: 'Web' });
  });

  it('give the bill before and after, and the difference', () => {
    const { cost } = figures(text('replicas 4 runs_on aws.g5_xlarge'), text('replicas 8 runs_on aws.g5_xlarge'));
    expect(cost.components.map(({ component }) => component)).toEqual(['Api']);
    expect(cost.unchanged).toBe(1);
    const [api] = cost.components;
    expect(api?.change).toBeCloseTo(api?.before?.value ?? 0, 6);
    expect(cost.change).toBeCloseTo(api?.change ?? 0, 6);
    expect((cost.total.after?.value ?? 0) - (cost.total.before?.value ?? 0)).toBeCloseTo(cost.change ?? 0, 9);
  });

  it('subtract nothing across currencies, nor from what is not known', () => {
    const priced = (price: string): string => text(`cost ${price}`);
    expect(figures(priced('100 USD/month'), priced('90 EUR/month')).cost.components[0]).not.toHaveProperty('change');
    const unknown = figures(text('replicas 2 runs_on aws.g5_xlarge'), text('replicas 2 runs_on aws.g5_xlarge hours office')).cost;
    expect(unknown.components[0]?.component).toBe('Api');
    expect(unknown.components[0]).not.toHaveProperty('change');
    expect(unknown.total.after?.bound).toBe('at least');
  });

  it('say what no longer has a price', () => {
    expect(figures(text('replicas 2', 'store Lake : lakehouse { cost 50 USD/month }'), text('replicas 2', 'store Lake : lakehouse')).cost.leftOut).toEqual({ added: ['Lake'], removed: [] });
  });

  it('are all unchanged where nothing moves them', () => {
    const { services, ways, cost } = figures(text('replicas 4 owner "A"'), text('replicas 4 owner "B"'));
    expect([services, ways, cost.components]).toEqual([[], [], []]);
  });
});
