// Blocking and unblocking: the same teammate, its seat and its sessions.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readable } from '../../support/readable.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced } from '../../support/tables.mjs';

const RITA = { userName: 'rita@example.com', externalId: 'E-7', title: 'Analyst' };

const put = (active) => (user) => ['PUT', `/Users/${user.id}`, { ...user, active }];
const patch = (operation) => (user) => ['PATCH', `/Users/${user.id}`, patchOp(operation)];

/**
 * Each with the client that writes so.
 *
 * @type {any[][]}
 */
const BLOCKS = [
  ['PUT (Okta, private app)', put(false)],
  ['pathless PATCH (Okta, catalogue app)', patch({ op: 'replace', value: { active: false } })],
  [
    'PATCH with the string False (Entra without aadOptscim062020)',
    patch({ op: 'Replace', path: 'active', value: 'False' }),
  ],
  ['PATCH with a boolean (Entra with aadOptscim062020)', patch({ op: 'replace', path: 'active', value: false })],
  ['PATCH add', patch({ op: 'add', path: 'active', value: 'false' })],
];

test.each(BLOCKS)('%s blocks: one event, the seat is free, the sessions are over', async (_, block) => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { answer, events, log, after } = await traced(company, () => company.scim(...block(user)));
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({
    ...user,
    active: false,
    meta: { ...user.meta, lastModified: answer.body.meta.lastModified, version: 'W/"2"' },
  });
  expect(events).toHaveLength(1);
  const [event] = events;
  expect(event.type).toBe('teammate.blocked');
  expect(event.data.before).toMatchObject({ state: 'active', sessions_invalid_before: null });
  expect(event.data.after).toMatchObject({
    state: 'blocked',
    sessions_invalid_before: answer.body.meta.lastModified,
    state_changed_at: answer.body.meta.lastModified,
  });
  expect(log).toMatchObject([{ status: 200, event_seq: event.seq }]);
  expect([after.company.active_teammates, after.company.listed_teammates]).toEqual([0, 1]);
  await expectConsistent(company);
});

test('the app can ask since when sessions are invalid', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { body } = await company.scim('PUT', `/Users/${user.id}`, { ...user, active: false });
  const teammate = await company.api('GET', `/teammates/${user.id}`);
  expect(teammate.body).toMatchObject({ state: 'blocked', sessions_invalid_before: body.meta.lastModified });
});

test.each([
  ['PUT (Okta, private app)', put(true)],
  ['pathless PATCH (Okta, catalogue app)', patch({ op: 'replace', value: { active: true } })],
  [
    'PATCH with the string True (Entra without aadOptscim062020)',
    patch({ op: 'Replace', path: 'active', value: 'True' }),
  ],
  ['PATCH with a boolean (Entra with aadOptscim062020)', patch({ op: 'replace', path: 'active', value: true })],
])('%s unblocks: same id, everything it had, the sessions from before stay over', async (_, unblock) => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const blocked = await company.scim('PUT', `/Users/${user.id}`, { ...user, active: false });
  const { answer, events, after } = await traced(company, () => company.scim(...unblock(user)));
  const { lastModified } = answer.body.meta;
  expect(answer.body).toEqual({ ...user, meta: { ...user.meta, lastModified, version: 'W/"3"' } });
  expect(events.map(({ type }) => type)).toEqual(['teammate.unblocked']);
  expect(events[0].data.after).toMatchObject({
    state: 'active',
    sessions_invalid_before: blocked.body.meta.lastModified,
  });
  expect(after.company.active_teammates).toBe(1);
  await expectConsistent(company);
});

test('blocking one who is blocked, and unblocking one who is active, change nothing', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  for (const active of [true, false]) {
    await company.scim('PUT', `/Users/${user.id}`, { ...user, active });
    const again = await traced(company, () => company.scim('PUT', `/Users/${user.id}`, { ...user, active }));
    expect(again.answer.status).toBe(200);
    expect(again.events).toEqual([]);
    expect(again.log).toMatchObject([{ event_seq: null }]);
  }
});

test('a profile change in the same PUT is one event', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { events } = await traced(company, () =>
    company.scim('PUT', `/Users/${user.id}`, { ...user, title: 'Gone', active: false }),
  );
  expect(readable(events.map(({ type, data }) => [type, data.after.state, data.after.attributes]))).toEqual([
    ['teammate.blocked', 'blocked', { title: 'Gone' }],
  ]);
});

test('a profile change of one who is blocked leaves the session cut where it was', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const blocked = await company.scim('PUT', `/Users/${user.id}`, { ...user, active: false });
  const { events } = await traced(company, () =>
    company.scim('PUT', `/Users/${user.id}`, { ...blocked.body, title: 'Late' }),
  );
  expect(events.map(({ type }) => type)).toEqual(['teammate.updated']);
  expect(events[0].data.after).toMatchObject({
    state: 'blocked',
    sessions_invalid_before: blocked.body.meta.lastModified,
    state_changed_at: blocked.body.meta.lastModified,
  });
});

test('20 blocks and unblocks at once end in one of the two, with counters that a recount confirms', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, place) =>
      company.scim('PUT', `/Users/${user.id}`, { ...user, active: place % 2 === 1 }),
    ),
  );
  expect(answers.map(({ status, body }) => [status, body.active])).toEqual(
    answers.map((_, place) => [200, place % 2 === 1]),
  );
  await expectConsistent(company);
});
