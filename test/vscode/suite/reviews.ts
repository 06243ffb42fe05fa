import type { SystemReview } from '../../../src/protocol/messages.ts';
import { equal, includes, ok, test, until } from './harness.ts';
import { api } from './workspace.ts';

/** The review of a system of the workspace, which no editor has to show for it to be reviewed. */
const reviewOf = (name: string): Promise<SystemReview> =>
  until(`the review of ${name}`, async () => {
    const { systems } = await (await api()).reviews();
    const found = systems.find((system) => system.name === name);
    ok(found, `Reviewed: ${systems.map((system) => system.name).join(', ') || 'nothing'}`);
    return found;
  });

test('reviews: what the trees and the status show of a system', async () => {
  const { findings, questions, checks, score, location } = await reviewOf('Loans');
  equal(findings.map(({ rule }) => rule).sort(), ['ML03.6', 'ML03.6', 'ML09.3', 'REL-01'], 'Findings');
  ok(questions.length > 0, 'There are no questions.');
  equal(checks.filter(({ id }) => /^ML\d\d$/.test(id)).length, 20, 'Checks');
  ok(checks.some(({ id }) => id === 'REL'), 'The criteria of reliability are not shown.');
  equal(checks.find(({ id }) => id === 'ML09')?.verdict, 'finding', 'Verdict of ML09');
  ok(score.headline.length > 0, 'The score has no headline.');
  ok(score.assured <= score.potential && score.potential <= 4, `Score ${score.assured} to ${score.potential}`);
  equal(location.uri.split('/').at(-1), 'loans.mlarch', 'File');
});

test('reviews: a system has the files that it imports', async () => {
  const { files } = await reviewOf('Shop');
  const names = files.map((file) => file.split('/').at(-1) ?? '');
  for (const name of ['shop.mlarch', 'shared.mlarch']) includes(names, name, 'Files of Shop');
});

test('reviews: no rule fails', async () => {
  equal((await (await api()).reviews()).failures, [], 'Failures');
});
