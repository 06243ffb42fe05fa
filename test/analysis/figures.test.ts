import { describe, expect, it } from 'vitest';
import { figuresOf, type Figure } from '../../src/analysis/figures.ts';
import { review } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { EXAMPLES, loadExample, SYSTEMS } from '../support/examples.ts';
import { loadText } from '../support/load.ts';

const TODAY = '2026-11-21';

function figures(...lines: string[]): Figure[] {
  const { architectures, problems } = loadText(`system S {\n${lines.map((line) => `  ${line}\n`).join('')}}\n`);
  expect(problems.map(({ message }) => message)).toEqual([]);
  return figuresOf({ architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: TODAY });
}

const texts = (list: readonly Figure[], component = 'S.Api'): string[] => list.filter((figure) => figure.component === component).map(({ name, text, provenance }) => `${name} ${text} ${provenance}`);
const inputs = (list: readonly Figure[], name: Figure['name']): string[] => list.find((figure) => figure.name === name)?.inputs.map((input) => `${input.name} ${input.text}`) ?? [];

const APP = 'consumer App { peak 100 req/s }';
const API = 'service Api : realtime { replicas 4 throughput 50 req/s }';

describe('the load of a service', () => {
  it('is the peak of who calls it, and the share of what it can take', () => {
    const found = figures(APP, API, 'App -> Api');
    expect(texts(found)).toEqual(['peak demand 100 req/s measured', 'capacity 200 req/s measured', 'utilisation at the peak 50 % measured', 'headroom 2 times today’s peak measured']);
    expect(inputs(found, 'peak demand')).toEqual(['peak of App 100 req/s']);
    expect(inputs(found, 'capacity')).toEqual(['replicas of Api 4', 'throughput of Api 50 req/s']);
    expect(inputs(found, 'utilisation at the peak')).toEqual(['peak of App 100 req/s', 'replicas of Api 4', 'throughput of Api 50 req/s']);
    expect(found.map(({ property, value, unit }) => [property, value, unit])).toEqual([[undefined, 100, 'req/s'], ['replicas', 200, 'req/s'], ['replicas', 0.5, '1'], ['replicas', 2, '1']]);
  });

  it('names the flows that multiply or divide it', () => {
    expect(inputs(figures(APP, API, 'App -> Api { fan_out 3 }'), 'peak demand')).toEqual(['peak of App 100 req/s', 'fan_out of App -> Api 3']);
    expect(texts(figures(APP, API, 'App -> Api { fan_out 3 }'))[0]).toBe('peak demand 300 req/s measured');
  });

  it('is about so much where the peak is assumed, and says what was', () => {
    const found = figures('consumer App { average 10 req/s }', API, 'App -> Api');
    expect(texts(found)).toEqual(['peak demand about 50 req/s (26 to 95 req/s) assumed', 'capacity 200 req/s measured', 'utilisation at the peak about 25 % (13 to 48 %) assumed', 'headroom about 4 times today’s peak (2.1 to 7.7 times today’s peak) assumed']);
    expect(inputs(found, 'peak demand')).toEqual(['average of App 10 req/s', 'assumed peak factor 5']);
    expect(inputs(found, 'utilisation at the peak')).toContain('assumed peak factor 5');
  });

  it('is at least what is known where a caller does not say how much it sends', () => {
    const found = figures(APP, 'consumer Batch', API, 'App -> Api', 'Batch -> Api');
    expect(texts(found)).toEqual(['peak demand at least 100 req/s measured', 'capacity 200 req/s measured', 'utilisation at the peak at least 50 % measured', 'headroom at most 2 times today’s peak measured']);
    expect(inputs(found, 'peak demand')).toEqual(['peak of App 100 req/s']);
    // The mean of a silent one’s neighbour is sure; five times the mean is not.
    expect(texts(figures('consumer App { average 10 req/s }', 'consumer Batch', API, 'App -> Api', 'Batch -> Api'))[0]).toBe('peak demand at least 10 req/s measured');
  });

  it('is at most all requests where nobody says how they are divided, and nothing where that would be a guess', () => {
    const divided = ['service Other : realtime', 'App -> Api', 'App -> Other'];
    expect(texts(figures(APP, API, ...divided))).toEqual(['peak demand at most 100 req/s measured', 'capacity 200 req/s measured', 'utilisation at the peak at most 50 % measured', 'headroom at least 2 times today’s peak measured']);
    expect(texts(figures('consumer App { average 10 req/s }', API, ...divided))).toEqual(['capacity 200 req/s measured']);
    expect(texts(figures(APP, 'consumer Batch', API, ...divided, 'Batch -> Api'))).toEqual(['capacity 200 req/s measured']);
  });

  it('is at most a share where the capacity is the least that can be true, and no share where it is unclear which way', () => {
    const one = 'service Api : realtime { throughput 50 req/s }';
    expect(texts(figures(APP, one, 'App -> Api'))).toEqual(['peak demand 100 req/s measured', 'capacity at least 50 req/s assumed', 'utilisation at the peak at most 200 % assumed', 'headroom at least 0.5 times today’s peak assumed']);
    expect(texts(figures(APP, 'consumer Batch', one, 'App -> Api', 'Batch -> Api'))).toEqual(['peak demand at least 100 req/s measured', 'capacity at least 50 req/s assumed']);
  });

  it('is left out where nothing is declared to reckon with', () => {
    expect(texts(figures('consumer App', 'service Api : realtime { replicas 4 }', 'App -> Api'))).toEqual([]);
    expect(figures('service Api : realtime')).toEqual([]);
  });

  it('is that of the events of a stream', () => {
    const found = figures('source Clicks : events { rate 500 req/s }', 'service Api : streaming { replicas 2 throughput 400 req/s }', 'Clicks -> Api');
    expect(texts(found)).toEqual(['peak demand 500 req/s measured', 'capacity 800 req/s measured', 'utilisation at the peak 62.5 % measured', 'headroom 1.6 times today’s peak measured']);
    expect(inputs(found, 'peak demand')).toEqual(['rate of Clicks 500 req/s']);
  });
});

describe('what is waited for', () => {
  const STORE = 'store Values : online { latency p50 2 ms p99 9 ms }';
  const TIMED = 'service Api : realtime { slo p99 < 50 ms replicas 2 concurrency 8 service_time p50 10 ms p99 30 ms }';
  const latencies = (list: readonly Figure[], component?: string): string[] => texts(list, component).filter((text) => text.includes(' at the peak ') && text.startsWith('p'));

  it('is composed for the median and the tail that is promised: below the sum of the percentiles, above each of them', () => {
    const found = figures('consumer App { peak 5 req/s slo p99 < 50 ms }', TIMED, STORE, 'App -> Api', 'Values -> Api');
    expect(latencies(found, 'S.App')).toEqual(['p50 at the peak 12 ms measured', 'p99 at the peak 33 ms (29 to 44 ms) measured']);
    const tail = found.find(({ name }) => name === 'p99 at the peak');
    expect(tail).toMatchObject({ property: 'slo', unit: 's' });
    expect(tail?.value).toBeGreaterThan(0.03);
    expect(tail?.value).toBeLessThan(0.039);
    expect(inputs(found, 'p99 at the peak')).toEqual(['p99 of Values 9 ms', 'p99 of Api 30 ms']);
  });

  it('is at least what is known, and says what is left out', () => {
    const found = figures(TIMED, STORE, 'service Other : realtime', 'Values -> Api', 'Api -> Other');
    expect(latencies(found)[0]).toBe('p50 at the peak at least 12 ms measured');
    expect(inputs(found, 'p50 at the peak')).toEqual(expect.arrayContaining(['Other not declared', 'assumed no waiting, since the traffic or the replicas are not known']));
  });

  it('is that of a consumer from itself on, with what lies between', () => {
    const found = figures('consumer App { peak 5 req/s slo p99 < 60 ms }', 'gateway Edge { latency p50 1 ms p99 3 ms }', TIMED, 'App -> Edge -> Api');
    expect(latencies(found, 'S.App')[0]).toBe('p50 at the peak 11 ms measured');
    expect(latencies(found, 'S.Api')).toEqual([]);
  });

  it('is left out where a station on the way is overloaded', () => {
    expect(latencies(figures('consumer App { peak 5_000 req/s slo p99 < 60 ms }', TIMED, 'App -> Api'), 'S.App')).toEqual([]);
  });
});

describe('the cost', () => {
  it('of a system is the sum of its parts, and of 1,000 answers what they cost at the mean rate', () => {
    const found = figures('consumer App { average 10 req/s }', 'service Api : realtime { replicas 2 cost 300 USD/month }', 'training Fit { every 7 days cost_per_run 10 USD }', 'App -> Api');
    expect(texts(found, 'S')).toEqual(['cost a month 343 USD/month measured', 'cost of 1,000 answers 0.0131 USD/kreq measured']);
    expect(texts(found).filter((text) => text.startsWith('cost'))).toEqual(['cost a month 300 USD/month measured']);
  });

  it('is at least what is known where a service has no price', () => {
    const found = figures('consumer App { average 10 req/s }', 'service Api : realtime { cost 300 USD/month }', 'model M', 'service Other : realtime { serves M }', 'App -> Api');
    expect(texts(found, 'S')[0]).toBe('cost a month at least 300 USD/month measured');
  });
});

describe('availability', () => {
  it('is the product of what must work, on an assumption that it names', () => {
    const found = figures('service Api : realtime { availability 99.9 % }', 'store Values : online { availability 99.95 % }', 'Values -> Api');
    expect(texts(found)).toEqual(['availability of the whole about 99.85005 % assumed']);
    expect(inputs(found, 'availability of the whole')).toEqual(['Api 99.9 %', 'Values 99.95 %', 'assumed failures are independent of each other']);
  });

  it('is at most that where something says nothing', () => {
    expect(texts(figures('service Api : realtime { availability 99.9 % }', 'store Values : online { availability 99.9 % }', 'store More : online', 'Values -> Api', 'More -> Api'))).toEqual(['availability of the whole at most 99.8001 % assumed']);
  });
});

describe('figures', () => {
  it.each(SYSTEMS)('of %s are numbers, and each property stands in the file', (file) => {
    for (const architecture of loadExample(file).architectures) {
      const all = review(architecture, { today: TODAY }).figures();
      for (const { component, low, high, value, property, inputs: from, text } of all) {
        expect(Number.isFinite(low) && Number.isFinite(high) && low <= value && value <= high, text).toBe(true);
        expect(text).not.toMatch(/NaN|Infinity|undefined/);
        expect(from.length, text).toBeGreaterThan(0);
        const element = component.includes('.') ? architecture.components.get(component.slice(component.indexOf('.') + 1)) : architecture.system;
        expect(element).toBeDefined();
        if (property) expect(Object.keys(element!.properties)).toContain(property);
      }
    }
    expect(EXAMPLES[file]).toBeDefined();
  });

  it('are reckoned once, and only when they are asked for', () => {
    const [architecture] = loadText(`system S {\n  ${APP}\n  ${API}\n  App -> Api\n}\n`).architectures;
    const result = review(architecture!, { today: TODAY });
    expect(result.figures()).toBe(result.figures());
  });
});
