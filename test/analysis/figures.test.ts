import { describe, expect, it } from 'vitest';
import { figuresOf, type Figure } from '../../src/analysis/figures.ts';
import { review } from '../../src/analysis/review.ts';
import { DEFAULT_SETTINGS } from '../../src/analysis/settings.ts';
import { generateArchitecture } from '../../scripts/bench/generate.ts';
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
    expect(texts(found)).toEqual(['peak demand 100 req/s derived', 'capacity 200 req/s derived', 'utilisation at the peak 50 % derived']);
    expect(inputs(found, 'peak demand')).toEqual(['peak of App 100 req/s']);
    expect(inputs(found, 'capacity')).toEqual(['replicas of Api 4', 'throughput of Api 50 req/s']);
    expect(inputs(found, 'utilisation at the peak')).toEqual(['peak demand of Api 100 req/s', 'capacity of Api 200 req/s']);
    expect(found.map(({ property, low, high, unit }) => [property, low, high, unit])).toEqual([[undefined, 100, 100, 'req/s'], ['replicas', 200, 200, 'req/s'], ['replicas', 0.5, 0.5, '1']]);
  });

  it('names the flows that multiply or divide it', () => {
    expect(inputs(figures(APP, API, 'App -> Api { fan_out 3 }'), 'peak demand')).toEqual(['peak of App 100 req/s', 'fan_out of App -> Api 3']);
    expect(texts(figures(APP, API, 'App -> Api { fan_out 3 }'))[0]).toBe('peak demand 300 req/s derived');
  });

  it('is about so much where the peak is assumed, and says what was', () => {
    const found = figures('consumer App { average 10 req/s }', API, 'App -> Api');
    expect(texts(found)).toEqual(['peak demand about 50 req/s assumed', 'capacity 200 req/s derived', 'utilisation at the peak about 25 % assumed']);
    expect(inputs(found, 'peak demand')).toEqual(['average of App 10 req/s', 'assumed peak factor 5']);
    expect(inputs(found, 'utilisation at the peak')).toContain('assumed peak factor 5');
  });

  it('is at least what is known where a caller does not say how much it sends', () => {
    const found = figures(APP, 'consumer Batch', API, 'App -> Api', 'Batch -> Api');
    expect(texts(found)).toEqual(['peak demand at least 100 req/s derived', 'capacity 200 req/s derived', 'utilisation at the peak at least 50 % derived']);
    expect(inputs(found, 'peak demand')).toEqual(['peak of App 100 req/s', 'peak of Batch not declared']);
    // The mean of a silent one’s neighbour is sure; five times the mean is not.
    expect(texts(figures('consumer App { average 10 req/s }', 'consumer Batch', API, 'App -> Api', 'Batch -> Api'))[0]).toBe('peak demand at least 10 req/s derived');
  });

  it('is at most all requests where nobody says how they are divided, and nothing where that would be a guess', () => {
    const divided = ['service Other : realtime', 'App -> Api', 'App -> Other'];
    expect(texts(figures(APP, API, ...divided))).toEqual(['peak demand at most 100 req/s derived', 'capacity 200 req/s derived', 'utilisation at the peak at most 50 % derived']);
    expect(texts(figures('consumer App { average 10 req/s }', API, ...divided))).toEqual(['capacity 200 req/s derived']);
    expect(texts(figures(APP, 'consumer Batch', API, ...divided, 'Batch -> Api'))).toEqual(['capacity 200 req/s derived']);
  });

  it('is at most a share where the capacity is the least that can be true, and no share where it is unclear which way', () => {
    const one = 'service Api : realtime { throughput 50 req/s }';
    expect(texts(figures(APP, one, 'App -> Api'))).toEqual(['peak demand 100 req/s derived', 'capacity at least 50 req/s assumed', 'utilisation at the peak at most 200 % assumed']);
    expect(texts(figures(APP, 'consumer Batch', one, 'App -> Api', 'Batch -> Api'))).toEqual(['peak demand at least 100 req/s derived', 'capacity at least 50 req/s assumed']);
  });

  it('is left out where nothing is declared to reckon with', () => {
    expect(texts(figures('consumer App', 'service Api : realtime { replicas 4 }', 'App -> Api'))).toEqual([]);
    expect(figures('service Api : realtime')).toEqual([]);
  });

  it('is that of the events of a stream', () => {
    const found = figures('source Clicks : events { rate 500 req/s }', 'service Api : streaming { replicas 2 throughput 400 req/s }', 'Clicks -> Api');
    expect(texts(found)).toEqual(['peak demand 500 req/s derived', 'capacity 800 req/s derived', 'utilisation at the peak 62.5 % derived']);
    expect(inputs(found, 'peak demand')).toEqual(['rate of Clicks 500 req/s']);
  });
});

describe('what is waited for', () => {
  const STORE = 'store Values : online { latency p50 2 ms p99 9 ms }';
  const TIMED = 'service Api : realtime { slo p99 < 50 ms service_time p50 10 ms p99 30 ms }';

  it('is added up for the median and the tail that is promised, and called a sum', () => {
    const found = figures('consumer App { peak 5 req/s }', TIMED, STORE, 'App -> Api', 'Values -> Api');
    expect(texts(found).filter((text) => text.startsWith('sum'))).toEqual(['sum of the p50 figures 12 ms derived', 'sum of the p99 figures 39 ms derived']);
    expect(inputs(found, 'sum of the p99 figures')).toEqual(['service_time of Api 30 ms', 'latency of Values 9 ms']);
    expect(found.find(({ name }) => name === 'sum of the p99 figures')?.property).toBe('slo');
  });

  it('is at least what is known', () => {
    const found = figures(TIMED, STORE, 'service Other : realtime', 'Values -> Api', 'Api -> Other');
    expect(texts(found)).toContain('sum of the p50 figures at least 12 ms derived');
    expect(inputs(found, 'sum of the p50 figures')).toContain('Other not declared');
  });

  it('is no sum where there is one figure', () => {
    expect(texts(figures(TIMED)).filter((text) => text.startsWith('sum'))).toEqual([]);
  });

  it('is that of a consumer from itself on, with what lies between', () => {
    const found = figures('consumer App { slo p99 < 60 ms }', 'gateway Edge { latency p50 1 ms p99 3 ms }', TIMED, 'App -> Edge -> Api');
    expect(texts(found, 'S.App')).toEqual(['sum of the p50 figures 11 ms derived', 'sum of the p99 figures 33 ms derived']);
    expect(texts(found, 'S.Api').filter((text) => text.startsWith('sum'))).toEqual([]);
  });

  it('agrees with what the rule on the objective says', () => {
    const lines = ['stage production', 'criticality high', 'service Api : realtime { slo p99 < 20 ms service_time p50 10 ms p99 30 ms }', 'store Values : online { latency p50 12 ms p99 19 ms }', 'Values -> Api'];
    const [architecture] = loadText(`system S {\n${lines.join('\n')}\n}\n`).architectures;
    const message = review(architecture!, { today: TODAY }).findings.find(({ rule }) => rule === 'ML11.2')?.message;
    const sum = figures(...lines).find(({ name }) => name === 'sum of the p50 figures')?.text;
    expect(sum).toBe('22 ms');
    expect(message).toContain(`add up to ${sum}`);
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
        const element = architecture.components.get(component.slice(component.indexOf('.') + 1));
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

  it('do not take long for a large system (scripts/bench/features.ts measures)', () => {
    const { architectures } = loadText(generateArchitecture(2000));
    const context = { architecture: architectures[0]!, settings: DEFAULT_SETTINGS, today: TODAY };
    const times = Array.from({ length: 9 }, () => {
      const start = performance.now();
      expect(figuresOf(context).length).toBeGreaterThan(300);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(150);
  });
});
