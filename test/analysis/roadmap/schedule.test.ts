import { expect, it } from 'vitest';
import { quadrantOf, scheduleOf } from '../../../src/analysis/roadmap/schedule.ts';

const work = (id: string, days: number, ...prerequisites: string[]) => ({ id, days, prerequisites });

it('lets one engineer do one thing after the other, and names the window in which each ends', () => {
  const slots = scheduleOf([work('a', 10), work('b', 11), work('c', 21), work('d', 21), work('e', 1)], 1);
  expect([...slots].map(([id, { starts, ends, within }]) => [id, starts, ends, within])).toEqual([['a', 0, 10, 30], ['b', 10, 21, 30], ['c', 21, 42, 60], ['d', 42, 63, 90], ['e', 63, 64, 'later']]);
});

it('lets engineers work at the same time, but not before what comes first is done', () => {
  const slots = scheduleOf([work('log', 10), work('monitor', 5, 'log'), work('other', 4)], 2);
  expect(slots.get('monitor')).toMatchObject({ starts: 10, ends: 15 });
  expect(slots.get('other')).toMatchObject({ starts: 10, ends: 14 });
});

it('parts impact and effort', () => {
  expect([quadrantOf('critical', 'S'), quadrantOf('high', 'L'), quadrantOf('medium', 'S'), quadrantOf('low', 'M')]).toEqual(['quick-win', 'major-project', 'fill-in', 'not-now']);
});
