// Seats: a create or an unblock beyond them is 403 with the figures; blocking frees one.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { newUser, newUsers, patchOp } from '../../support/scim.mjs';
import { expectConsistent, tablesOf, writingNothing } from '../../support/tables.mjs';

const full = async (seats = 2) => {
  const company = await newCompany({ seats });
  const users = await newUsers(
    company,
    Array.from({ length: seats }, (_, place) => `user${place}@example.com`),
  );
  return { company, users };
};
const create = (company, more) => () => company.scim('POST', '/Users', { userName: 'late@example.com', ...more });
const setActive = (company, user, active) => company.scim('PUT', `/Users/${user.id}`, { ...user, active });

test('a create beyond them is 403 with the figures, and nothing is written', async () => {
  const { company } = await full();
  expect(readableAnswer(await writingNothing(company, create(company)))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No seat is left: 2 of 2 are in use. Block a teammate or add seats, then retry.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "403",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 403,
    }
  `);
});

test('a blocked newcomer takes none', async () => {
  const { company } = await full();
  const { id } = await newUser(company, { userName: 'late@example.com', active: false });
  const answer = await writingNothing(company, () =>
    company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', path: 'active', value: true })),
  );
  expect([answer.status, answer.body.detail]).toEqual([
    403,
    'No seat is left: 2 of 2 are in use. Block a teammate or add seats, then retry.',
  ]);
});

test.each([
  ['blocking', (company, user) => setActive(company, user, false)],
  ['DELETE', (company, user) => company.scim('DELETE', `/Users/${user.id}`)],
  ['blocking in the app', (company, user) => company.api('POST', `/teammates/${user.id}/block`)],
  ['deleting in the app', (company, user) => company.api('DELETE', `/teammates/${user.id}`)],
])('%s frees one', async (_, free) => {
  const { company, users } = await full();
  await free(company, users[0]);
  expect((await create(company)()).status).toBe(201);
  expect((await create(company, { userName: 'later@example.com' })()).status).toBe(403);
  await expectConsistent(company);
});

test('one who was blocked does not come back when the seats are taken, one who is active may change', async () => {
  const { company, users } = await full();
  await setActive(company, users[0], false);
  await create(company)();
  expect((await setActive(company, users[0], true)).status).toBe(403);
  expect(
    (await company.scim('PUT', `/Users/${users[1].id}`, { ...users[1], title: 'Boss', active: true })).status,
  ).toBe(200);
});

test('one who was removed does not come back when the seats are taken, unless it comes back blocked', async () => {
  const { company, users } = await full();
  await company.scim('DELETE', `/Users/${users[0].id}`);
  await create(company)();
  const again = { userName: users[0].userName };
  const answer = await writingNothing(company, () => company.scim('POST', '/Users', again));
  expect(answer.status).toBe(403);
  expect((await company.scim('POST', '/Users', { ...again, active: false })).status).toBe(201);
});

test('a duplicate is told to be one, seats or not', async () => {
  const { company, users } = await full();
  expect((await create(company, { userName: users[0].userName })()).status).toBe(409);
});

test('more seats, or null for no limit, count at once; fewer than are in use block nobody', async () => {
  const { company, users } = await full();
  await company.api('PATCH', '', { seats: 3 });
  expect((await create(company)()).status).toBe(201);
  await company.api('PATCH', '', { seats: 2 });
  const refused = await create(company, { userName: 'x' })();
  expect([refused.status, refused.body.detail]).toEqual([
    403,
    'No seat is left: 3 of 2 are in use. Block a teammate or add seats, then retry.',
  ]);
  expect((await company.scim('GET', `/Users/${users[0].id}`)).body.active).toBe(true);
  await company.api('PATCH', '', { seats: null });
  expect((await create(company, { userName: 'y' })()).status).toBe(201);
});

test('no seats at all', async () => {
  const company = await newCompany({ seats: 0 });
  expect((await create(company)()).status).toBe(403);
});

test('15 creates at once for the last seat: exactly one gets it', async () => {
  const company = await newCompany({ seats: 3 });
  await newUsers(company, ['a', 'b']);
  const answers = await Promise.all(
    Array.from({ length: 15 }, (_, place) => company.scim('POST', '/Users', { userName: `late${place}` })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(14).fill(403)]);
  expect((await tablesOf(company)).company.active_teammates).toBe(3);
  await expectConsistent(company);
});

test('unblocks and creates at once for two seats: exactly two get one', async () => {
  const company = await newCompany({ seats: 2 });
  const blocked = [];
  for (const userName of ['a', 'b', 'c', 'd']) blocked.push(await newUser(company, { userName, active: false }));
  const answers = await Promise.all([
    ...blocked.map((user) => setActive(company, user, true)),
    ...['e', 'f', 'g', 'h'].map((userName) => company.scim('POST', '/Users', { userName })),
  ]);
  expect(answers.filter(({ status }) => status < 300)).toHaveLength(2);
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(6);
  await expectConsistent(company);
});

test('another company has seats of its own', async () => {
  await full(1);
  expect((await create(await newCompany({ seats: 1 }))()).status).toBe(201);
});
