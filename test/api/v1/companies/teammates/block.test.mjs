import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { readableAnswer } from '../../../../support/readable.mjs';
import { newUser, newUsers } from '../../../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../../../support/tables.mjs';

test('a blocked teammate keeps everything but its seat and its sessions', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { displayName: 'Rita' });
  const { body: was } = await company.api('GET', `/teammates/${id}`);
  const { status, body } = await company.api('POST', `/teammates/${id}/block`);
  expect(status).toBe(200);
  const moment = body.updated_at;
  expect(body).toEqual({
    ...was,
    state: 'blocked',
    blocked_by: 'app',
    sessions_invalid_before: moment,
    updated_at: moment,
    state_changed_at: moment,
  });
  expect((await company.scim('GET', `/Users/${id}`)).body.active).toBe(false);
  expect((await company.api('GET', '')).body.active_teammates).toBe(0);
});

test('unblocked, it is the same teammate; sessions from before stay invalid', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  const { body: blocked } = await company.api('POST', `/teammates/${id}/block`);
  const { status, body } = await company.api('POST', `/teammates/${id}/unblock`);
  expect([status, body]).toEqual([
    200,
    { ...blocked, state: 'active', blocked_by: null, updated_at: body.updated_at, state_changed_at: body.updated_at },
  ]);
  expect((await company.scim('GET', `/Users/${id}`)).body.active).toBe(true);
});

test('each leaves one event and one line of the log', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  for (const [action, type] of [
    ['block', 'teammate.blocked'],
    ['unblock', 'teammate.unblocked'],
  ]) {
    const { body: was } = await company.api('GET', `/teammates/${id}`);
    const { answer, events, log } = await traced(company, () => company.api('POST', `/teammates/${id}/${action}`));
    expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
      { type, data: { before: was, after: answer.body } },
    ]);
    expect(log.map(({ path, status, resource_id, event_seq }) => ({ path, status, resource_id, event_seq }))).toEqual([
      {
        path: `/api/v1/companies/${company.companyId}/teammates/${id}/${action}`,
        status: 200,
        resource_id: id,
        event_seq: events[0].seq,
      },
    ]);
  }
  await expectConsistent(company);
});

test('done again, each changes nothing and leaves no event', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  for (const action of ['unblock', 'block']) {
    await company.api('POST', `/teammates/${id}/${action}`);
    const { answer, events, before, after } = await traced(company, () =>
      company.api('POST', `/teammates/${id}/${action}`),
    );
    expect([answer.status, events, after.teammates]).toEqual([200, [], before.teammates]);
  }
});

test('a seat that is free again can be taken, and then there is none to come back to', async () => {
  const company = await newCompany({ seats: 2 });
  const [first] = await newUsers(company, ['a@example.com', 'b@example.com']);
  await company.api('POST', `/teammates/${first.id}/block`);
  await newUser(company, { userName: 'c@example.com' });
  const answer = await writingNothing(company, () => company.api('POST', `/teammates/${first.id}/unblock`));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No seat is left: 2 of 2 are in use. Block a teammate or add seats, then retry.",
        "request_id": "req_1",
        "status": 403,
        "title": "No seat is left",
        "type": "https://host/errors#no-seat-left",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 403,
    }
  `);
});

test('teammates that come back at once take no more seats than there are', async () => {
  const company = await newCompany({ seats: 3 });
  const users = [];
  for (let i = 0; i < 8; i += 1)
    users.push(await newUser(company, { userName: `user-${i}@example.com`, active: false }));
  const answers = await Promise.all(users.map(({ id }) => company.api('POST', `/teammates/${id}/unblock`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 403, 403, 403, 403, 403]);
  expect((await company.api('GET', '')).body.active_teammates).toBe(3);
  await expectConsistent(company);
});

test('the app may block the last admin', async () => {
  const company = await newCompany();
  const { body: admin } = await company.api('POST', '/teammates', { user_name: 'boss@example.com', role: 'admin' });
  const { status, body } = await company.api('POST', `/teammates/${admin.id}/block`);
  expect([status, body.state, (await company.api('GET', '')).body.active_admins]).toEqual([200, 'blocked', 0]);
});

test('unblocked, one that was removed from SCIM is there again', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  await company.scim('DELETE', `/Users/${id}`);
  expect((await company.api('POST', `/teammates/${id}/block`)).body.state).toBe('removed');
  expect((await company.api('POST', `/teammates/${id}/unblock`)).body.state).toBe('active');
  expect((await company.scim('GET', `/Users/${id}`)).status).toBe(200);
  await expectConsistent(company);
});

test("a block by the app of one whom the identity provider blocked is from then on the app's", async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { active: false });
  const { body: was } = await company.api('GET', `/teammates/${id}`);
  expect([was.state, was.blocked_by]).toEqual(['blocked', 'idp']);
  const { answer, events } = await traced(company, () => company.api('POST', `/teammates/${id}/block`));
  expect(answer.body).toEqual({ ...was, blocked_by: 'app', updated_at: answer.body.updated_at });
  expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
    { type: 'teammate.updated', data: { before: was, after: answer.body } },
  ]);
});
