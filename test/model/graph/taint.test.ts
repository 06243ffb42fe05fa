import { describe, expect, it } from 'vitest';
import { namesAlong } from '../../../src/model/graph/paths.ts';
import { taintOf } from '../../../src/model/graph/taint.ts';
import { architecture, component, flow } from './build.ts';

const ways = (built: ReturnType<typeof architecture>, name: string) => Object.fromEntries([...taintOf(built, name)].map(([dataClass, path]) => [dataClass, namesAlong(path)]));

describe('taintOf', () => {
  const built = architecture(
    component('source', 'Db', { contains: ['pii', 'financial', 'none'] }),
    component('ingestion', 'In', { masks: ['financial'] }),
    component('store : lakehouse', 'Lake'),
    component('training', 'T', { produces: ['M'] }),
    component('model', 'M'),
    component('service', 'S', { serves: ['M'] }),
    component('store : log', 'Log'),
    component('consumer', 'App', { contains: ['location'] }),
    component('store : online', 'Store', { contains: ['behavioural'] }),
    flow('Db -> In -> Lake'), flow('Lake -> T', { masks: ['pii'] }), flow('App -> S -> Log'), flow('S -> Store', { mode: 'sync' }),
  );

  it('follows data from where it is declared', () => {
    expect(ways(built, 'Lake')).toEqual({ pii: ['Db', 'In', 'Lake'] });
    expect(ways(built, 'Db')).toEqual({ pii: [], financial: [] });
  });

  it('stops where an ingestion or a flow masks', () => {
    expect(ways(built, 'In')).toEqual({ pii: ['Db', 'In'], financial: ['Db', 'In'] });
    expect(ways(built, 'T')).toEqual({});
  });

  it('follows requests into logs, and values that are read against the request', () => {
    expect(ways(built, 'Log')).toEqual({ location: ['App', 'S', 'Log'], behavioural: ['Store', 'S', 'Log'] });
    expect(ways(built, 'Store')).toEqual({ behavioural: [] });
  });

  it('begins at a flow that is declared to carry a class, in a cycle too', () => {
    const loop = architecture(component('store', 'A'), component('store', 'B'), flow('A -> B', { contains: ['pii'] }), flow('B -> A'));
    expect(ways(loop, 'B')).toEqual({ pii: ['A', 'B'] });
    expect(ways(loop, 'A')).toEqual({ pii: ['A', 'B', 'A'] });
  });

  it('reaches what a tool writes to', () => {
    const tools = architecture(component('agent', 'A', { contains: ['pii'] }), component('store', 'B'), component('store', 'C'), flow('A -> B', { mode: 'sync', access: 'write' }), flow('A -> C', { mode: 'sync' }));
    expect([ways(tools, 'B'), ways(tools, 'C')]).toEqual([{ pii: ['A', 'B'] }, {}]);
  });
});
