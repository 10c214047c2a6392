// Two instances of a company's object at once, as after a partition or during a deployment: the Worker as deployed and
// the faulty one have each an object of their own for the same company, on the same D1. And an object that is
// reset in mid-write, as by a deployment. Whoever took the epoch last is the writer; the other writes nothing.

import { describe, expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../support/client.mjs';
import { batch } from '../support/database.mjs';
import { Directory } from '../support/group-storm/calls.mjs';
import { History, Replay } from '../support/group-storm/history.mjs';
import { aSeed, prepare, storm } from '../support/group-storm/storm.mjs';
import { steer } from '../support/steer.mjs';
import { expectConsistent } from '../support/tables.mjs';
import { until } from '../support/until.mjs';
import { add, groupCompany, removeOne } from './group-company.mjs';

describe.concurrent('two instances', () => {
  test('taking turns: each write takes the epoch, and all is there once', async () => {
    const company = await groupCompany();
    const turns = Array.from({ length: 20 }, (_, turn) => turn);
    const epochs = [await company.epoch()];
    for (const turn of turns) {
      const scim = turn % 2 ? company.faulty : company.scim;
      expect((await scim('PATCH', company.sales, add(turn + 1))).status).toBe(204);
      epochs.push(await company.epoch());
    }
    expect(epochs).toEqual([...epochs].sort((one, other) => one - other));
    expect(new Set(epochs).size).toBe(epochs.length);
    expect(await company.members(company.sales)).toEqual([0, ...turns.map((turn) => turn + 1)]);
    const [, ...events] = await company.events(company.sales);
    expect(events).toEqual(turns.map((turn) => ['group.members_added', [turn + 1], []]));
    await expectConsistent(company);
  });

  test('a batch of the stale one that comes late to D1 writes nothing', async () => {
    const company = await groupCompany();
    const { steering, support } = company;
    const before = await company.epoch();
    await steering.tell({ hold: 'calls', forget: true });
    const late = company.faulty('PATCH', support, removeOne(1));
    await steering.untilHeld();
    // The other takes over, while the first one's batch is on its way.
    expect((await company.scim('PATCH', support, add(4))).status).toBe(204);
    expect(await company.epoch()).toBe(before + 1);
    // Now that batch arrives, and whatever its instance writes next is held again.
    await steering.tell({ release: 1 });
    await steering.untilHeld();
    const [stale, next] = await steering.writes();
    expect([stale.state, stale.rowsWritten, next.state]).toEqual(['done', 0, 'held']);
    expect(await company.members(support)).toEqual([0, 1, 2, 3, 4]);
    // It has become the writer anew, with a higher epoch, and its client is served.
    expect(await company.epoch()).toBe(before + 2);
    await steering.tell({ hold: null });
    expect((await late).status).toBe(204);
    expect(await company.members(support)).toEqual([0, 2, 3, 4]);
    expect((await company.events(support)).slice(1)).toEqual([
      ['group.members_added', [4], []],
      ['group.members_removed', [], [1]],
    ]);
    await expectConsistent(company);
  });

  test('what the stale one remembers refuses nobody and leaves nothing undone', async () => {
    const company = await groupCompany();
    const { support } = company;
    // The faulty one's object knows both groups; the other changes them behind its back.
    expect((await company.scim('PUT', support, { displayName: 'Renamed', members: [] })).status).toBe(200);
    expect((await company.scim('DELETE', company.sales)).status).toBe(204);
    expect((await company.faulty('PATCH', support, add(1))).status).toBe(204);
    expect((await company.faulty('PATCH', support, removeOne(2))).status).toBe(204);
    expect((await company.faulty('PATCH', company.sales, add(1))).status).toBe(404);
    expect((await company.faulty('POST', '/Groups', { displayName: 'Sales' })).status).toBe(201);
    expect(await company.members(support)).toEqual([1]);
    await expectConsistent(company);
  });
});

test('clients of both, the writing goes to and fro: as if calls came one at a time', { timeout: 120_000 }, async () => {
  const company = await newCompany();
  const teammates = 30;
  const { state, seq, groups } = await prepare(batch, company.companyId, teammates);
  await steer(company).tell({ delay: 3 });
  const { baseUrl, faultyUrl } = inject('rollcall');
  const history = new History();
  const send = async (method, path, body, headers) => {
    const side = Math.floor(history.entries.length / 60) % 2 ? faultyUrl : baseUrl;
    const answer = await scimWith(company.token, method, path, body, headers, `${side}/v2`);
    // To come again is all that can be said to who has lost to the other instance each time.
    if (answer.status === 503) throw new Error(answer.body.detail);
    return answer;
  };
  const isOver = () => history.entries.length >= 600;
  const seed = aSeed();
  await storm({ seed, clients: 16, isOver, history, directory: new Directory(groups), teammates, send });
  const replay = new Replay(batch, company.companyId, state, seq);
  await replay.expectExplained(history.entries, `seed ${seed}`);
  expect(history.entries.filter(({ lost }) => lost).length).toBeLessThan(12);
  await expectConsistent(company);
});

describe.concurrent('an object that is reset', () => {
  test('before its batch has reached D1: the client is served by the next one, once', async () => {
    const company = await groupCompany();
    const { steering, support } = company;
    const before = await company.epoch();
    await steering.tell({ hold: 'calls', forget: true });
    const answer = company.faulty('PATCH', support, add(5));
    await steering.untilHeld();
    await steering.reset();
    await steering.tell({ hold: null });
    expect((await answer).status).toBe(204);
    expect((await steering.writes()).map(({ state }) => state)).toEqual(['aborted', 'done']);
    expect(await company.epoch()).toBe(before + 1);
    expect((await company.events(support)).slice(1)).toEqual([['group.members_added', [5], []]]);
    await expectConsistent(company);
  });

  test('when its batch is committed and its client not answered: nothing is done again', async () => {
    const company = await groupCompany();
    const { steering, support } = company;
    await steering.tell({ hold: 'answers', forget: true });
    const answers = [5, 6, 7].map((number) => company.faulty('PATCH', support, add(number)));
    await steering.untilHeld();
    await steering.reset();
    await steering.tell({ hold: null });
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([204, 204, 204]);
    expect(await company.members(support)).toEqual([0, 1, 2, 3, 5, 6, 7]);
    const added = (await company.events(support)).slice(1);
    expect(added.sort()).toEqual([5, 6, 7].map((number) => ['group.members_added', [number], []]));
    await expectConsistent(company);
  });

  test('in the middle of a create that is committed: one group, and its client learns its id', async () => {
    const company = await groupCompany();
    const { steering } = company;
    await steering.tell({ hold: 'answers', forget: true });
    const answer = company.faulty('POST', '/Groups', { displayName: 'Night shift' });
    await steering.untilHeld();
    await steering.reset();
    await steering.tell({ hold: null });
    const { status, body } = await answer;
    expect(status).toBe(201);
    expect(await company.events(`/Groups/${body.id}`)).toEqual([['group.created', [], []]]);
    await expectConsistent(company);
  });

  test('again and again, while clients write: all are served, once', { timeout: 120_000 }, async () => {
    const company = await groupCompany();
    const { steering, support } = company;
    await steering.tell({ delay: 5 });
    const numbers = Array.from({ length: 25 }, (_, i) => i + 5);
    const client = async (number) => {
      const statuses = [];
      for (const body of [add(number), removeOne(number), add(number)]) {
        statuses.push((await company.faulty('PATCH', support, body)).status);
      }
      return statuses;
    };
    const answers = Promise.all(numbers.map(client));
    // Fewer than the Worker tries to reach the object, in the middle of things each time.
    for (const done of [1, 15, 30, 45]) {
      await until(
        () => company.events(support),
        ({ length }) => length > done,
      );
      await steering.reset();
    }
    expect(await answers).toEqual(numbers.map(() => [204, 204, 204]));
    expect(await company.members(support)).toEqual([0, 1, 2, 3, ...numbers]);
    expect(await company.events(support)).toHaveLength(1 + 3 * numbers.length);
    await expectConsistent(company);
  });
});
