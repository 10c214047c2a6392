// 64 clients, 2,000 mixed calls on five groups at once: every answer, every event and the tables are those of some
// order of the same calls one at a time, and the events name that order.

import { expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { batch } from '../../support/database.mjs';
import { Directory } from '../../support/group-storm/calls.mjs';
import { History, Replay } from '../../support/group-storm/history.mjs';
import { aSeed, prepare, storm } from '../../support/group-storm/storm.mjs';
import { steer } from '../../support/steer.mjs';
import { expectConsistent } from '../../support/tables.mjs';

const CLIENTS = 64;
const CALLS = 2000;
const TEAMMATES = 30;

async function race(seed, company, send) {
  const { state, seq, groups } = await prepare(batch, company.companyId, TEAMMATES);
  const history = new History();
  const directory = new Directory(groups);
  const isOver = () => history.entries.length >= CALLS;
  await storm({ seed, clients: CLIENTS, isOver, history, directory, teammates: TEAMMATES, send });
  const replay = new Replay(batch, company.companyId, state, seq);
  await replay.expectExplained(history.entries, `seed ${seed}`);
  // Nobody was left without an answer, and the storm was one: of all kinds, and most of it changed something.
  expect(history.entries.filter(({ lost }) => lost)).toEqual([]);
  const statuses = [200, 201, 204, 400, 404, 409];
  expect([...new Set(history.entries.map(({ answer }) => answer.status))].sort()).toEqual(statuses);
  expect(replay.seq - seq).toBeGreaterThan(CALLS / 3);
  await expectConsistent(company);
}

test('64 clients, 2,000 calls on five groups: as if they came one at a time', { timeout: 120_000 }, async () => {
  const company = await newCompany();
  await race(aSeed(), company, company.scim);
});

test('the same while each call to D1 takes 10 ms more', { timeout: 120_000 }, async () => {
  const company = await newCompany();
  await steer(company).tell({ delay: 10 });
  const base = `${inject('rollcall').faultyUrl}/v2`;
  const send = (method, path, body, headers) =>
    scimWith(company.token, method, path, body, { ...headers, 'x-d1-delay': '10' }, base);
  await race(aSeed(), company, send);
});
