import { describe, expect, it } from 'vitest';
import { batchedResponse } from '../../../src/analysis/estimation/batched.ts';
import { respondInBatches, type BatchingResponse } from '../../../src/analysis/estimation/queueing/batching.ts';
import { capacityOfReplica } from '../../../src/analysis/estimation/replica.ts';

const replica = { fixed: 5e-3, perItem: 1e-3, scv: 0, streams: 1, batching: { max: 16, delay: 2e-3, topology: 'replica' } } as const;
const rest = { timed: true, sigma: 0.1, provenance: 'measured', inputs: [], assumptions: [], least: false } as const;

describe('replicas that group requests', () => {
  it('are a station of the queueing model', () => {
    const response = respondInBatches({ arrivalRate: 1000, fixed: 5e-3, perItem: 1e-3, serviceScv: 0, maxBatch: 16, delay: 2e-3, instances: 1, replicas: 4, topology: 'replica' }) as BatchingResponse;
    const found = batchedResponse(replica, 1000, 4);
    expect(found?.mean).toBe(response.mean);
    expect(found?.quantile(0.99)).toBe(response.quantile(0.99));
  });

  it('answer the same again, and otherwise where anything differs', () => {
    const first = batchedResponse(replica, 1000, 4);
    expect(batchedResponse(replica, 1000, 4)).toBe(first);
    const others = [
      batchedResponse(replica, 1001, 4),
      batchedResponse(replica, 1000, 5),
      batchedResponse({ ...replica, fixed: 6e-3 }, 1000, 4),
      batchedResponse({ ...replica, perItem: 1.1e-3 }, 1000, 4),
      batchedResponse({ ...replica, scv: 0.1 }, 1000, 4),
      batchedResponse({ ...replica, streams: 2 }, 1000, 4),
      ...[{ max: 8 }, { delay: 3e-3 }, { topology: 'central' as const }].map((change) => batchedResponse({ ...replica, batching: { ...replica.batching, ...change } }, 1000, 4)),
    ];
    for (const other of others) {
      expect(other).toBeDefined();
      expect(other?.quantile(0.95)).not.toBe(first?.quantile(0.95));
    }
  });

  it.each([[1, 4], [2, 4], [1.5, 3], [0.5, 3], [1, 2.5]])('are full where their capacity says so, with %f streams and %f replicas', (streams, count) => {
    const other = { ...replica, streams };
    const capacity = count * capacityOfReplica({ ...other, ...rest });
    expect(batchedResponse(other, capacity, count)).toBeUndefined();
    expect(batchedResponse(other, 0.99 * capacity, count)?.mean).toBeGreaterThan(replica.fixed);
  });

  it('answer one request that meets no other after its service and the wait for company', () => {
    expect(batchedResponse(replica, 1e-6, 1)?.quantile(0.5)).toBeCloseTo(2e-3 + 6e-3, 5);
  });
});
