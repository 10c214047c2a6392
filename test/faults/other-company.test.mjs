// A company whose D1 calls hang holds up nobody else: each has an object and a queue of its own.

import { expect, test } from 'vitest';
import { add, groupCompany, removeOne } from './group-company.mjs';

test('while all writes of one company wait, those of another are done', async () => {
  const [slow, other] = await Promise.all([groupCompany(), groupCompany()]);
  await slow.steering.tell({ hold: 'calls', forget: true });
  let isSlowDone = false;
  const waiting = [4, 5, 6].map((number) => slow.faulty('PATCH', slow.support, add(number)));
  for (const answer of waiting) answer.then(() => (isSlowDone = true));
  await slow.steering.untilHeld();
  // Through the same Worker, in the same isolate: objects of their own all the same.
  const calls = [add(4), removeOne(4), add(5), add(6, 7, 8), removeOne(7)];
  for (const body of calls) expect((await other.faulty('PATCH', other.support, body)).status).toBe(204);
  expect(isSlowDone).toBe(false);
  expect(await slow.members(slow.support)).toEqual([0, 1, 2, 3]);
  await slow.steering.tell({ hold: null });
  expect((await Promise.all(waiting)).map(({ status }) => status)).toEqual([204, 204, 204]);
  expect(await slow.members(slow.support)).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
