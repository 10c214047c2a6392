// DELETE /Users/{id}: blocked and gone from SCIM, kept in the app, and back by the next create.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readable, readableAnswer } from '../../support/readable.mjs';
import { CUSTOM_FIELDS, USER, newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, tablesOf, traced, writingNothing } from '../../support/tables.mjs';

const RITA = {
  userName: 'rita@example.com',
  externalId: 'E-7',
  title: 'Analyst',
  emails: [{ value: 'rita@example.com' }],
  [CUSTOM_FIELDS]: { cf_1: 'x' },
};

async function withRemoved(more) {
  const company = await newCompany();
  const user = await newUser(company, { ...RITA, ...more });
  const removal = await traced(company, () => company.scim('DELETE', `/Users/${user.id}`));
  return { company, user, removal };
}

test('204 without a body; one event, one line, no seat, sessions over', async () => {
  const { company, user, removal } = await withRemoved();
  const { answer, events, log, after } = removal;
  expect(readableAnswer(answer)).toEqual({ status: 204, headers: {}, body: null });
  expect(events.map(({ type, data }) => [type, data.before.state, data.after.state])).toEqual([
    ['teammate.removed', 'active', 'removed'],
  ]);
  const [{ occurred_at, seq, data }] = events;
  // The moment of the decision, which comes after that of the request: a session that began in between is over.
  const cut = Date.parse(data.after.sessions_invalid_before);
  expect(cut).toBeGreaterThanOrEqual(occurred_at);
  expect(log).toMatchObject([
    { method: 'DELETE', path: `/v2/Users/${user.id}`, status: 204, resource_id: user.id, event_seq: seq, notes: [] },
  ]);
  expect(after.teammates).toMatchObject([
    { state: 'removed', sessions_invalid_before: cut, state_changed_at: cut, version: 2 },
  ]);
  expect([after.company.active_teammates, after.company.listed_teammates]).toEqual([0, 0]);
  await expectConsistent(company);
});

test.each([
  ['GET', undefined],
  ['PUT', { userName: 'rita@example.com' }],
  ['PATCH', patchOp({ op: 'replace', path: 'active', value: true })],
  ['DELETE', undefined],
])('from then on %s is 404 (RFC 7644 section 3.6; Entra deletes twice)', async (method, body) => {
  const { company, user } = await withRemoved();
  const answer = await writingNothing(company, () => company.scim(method, `/Users/${user.id}`, body));
  expect(readable([answer.status, answer.body])).toEqual([
    404,
    {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
      status: '404',
      detail: 'No User with the id "tea_1" exists here.',
    },
  ]);
});

test('DELETE of an id that never was is 404', async () => {
  const company = await newCompany();
  const answer = await writingNothing(company, () => company.scim('DELETE', '/Users/tea_none'));
  expect(answer.status).toBe(404);
});

test('the app still has it, blocked and whole', async () => {
  const { company, user } = await withRemoved();
  const { status, body } = await company.api('GET', `/teammates/${user.id}`);
  expect([status, body.state, body.user_name, body.custom_fields]).toEqual([
    200,
    'removed',
    'rita@example.com',
    { cf_1: 'x' },
  ]);
});

test('a blocked one is removed as well, without a second session cut', async () => {
  const { removal } = await withRemoved({ active: false });
  const { events, after } = removal;
  expect(events.map(({ type }) => type)).toEqual(['teammate.removed']);
  expect(after.teammates).toMatchObject([{ state: 'removed', sessions_invalid_before: null }]);
});

test('POST of the same userName brings the same teammate back: 201, same id, what the POST says', async () => {
  const { company, user } = await withRemoved();
  const { answer, events, log, after } = await traced(company, () =>
    company.scim('POST', '/Users', { schemas: [USER], userName: 'RITA@example.com', title: 'Boss' }),
  );
  expect(answer.status).toBe(201);
  expect(answer.headers.get('location')).toBe(user.meta.location);
  expect(answer.body).toEqual({
    schemas: [USER],
    id: user.id,
    userName: 'RITA@example.com',
    title: 'Boss',
    active: true,
    meta: { ...user.meta, lastModified: answer.body.meta.lastModified, version: 'W/"3"' },
  });
  expect(events.map(({ type, data }) => [type, data.before.state, data.after.state])).toEqual([
    ['teammate.unblocked', 'removed', 'active'],
  ]);
  expect(log).toMatchObject([{ method: 'POST', status: 201, resource_id: user.id, event_seq: events[0].seq }]);
  expect(log[0].notes).toEqual([expect.stringContaining('the same teammate was brought back')]);
  expect(after.teammates).toHaveLength(1);
  expect((await company.scim('GET', `/Users/${user.id}`)).body).toEqual(answer.body);
  await expectConsistent(company);
});

test('POST with active false brings it back blocked', async () => {
  const { company, user } = await withRemoved();
  const back = await newUser(company, { ...RITA, active: false });
  expect([back.id, back.active]).toEqual([user.id, false]);
  expect((await tablesOf(company)).teammates).toMatchObject([{ state: 'blocked' }]);
  await expectConsistent(company);
});

test('the session cut of the removal stays when it comes back', async () => {
  const { company, user, removal } = await withRemoved();
  await newUser(company, RITA);
  const { body } = await company.api('GET', `/teammates/${user.id}`);
  expect(body.sessions_invalid_before).toBe(removal.events[0].data.after.sessions_invalid_before);
});

test('20 creates at once of a removed userName bring it back once', async () => {
  const { company, user } = await withRemoved();
  const answers = await Promise.all(Array.from({ length: 20 }, () => company.scim('POST', '/Users', RITA)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  expect(answers.find(({ status }) => status === 201).body.id).toBe(user.id);
  await expectConsistent(company);
});

test('10 DELETEs at once: one 204, the others 404', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  const answers = await Promise.all(Array.from({ length: 10 }, () => company.scim('DELETE', `/Users/${id}`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array(9).fill(404)]);
  await expectConsistent(company);
});

test('unblocked in the app, it is in SCIM again', async () => {
  const { company, user } = await withRemoved();
  await company.api('POST', `/teammates/${user.id}/unblock`);
  const { status, body } = await company.scim('GET', `/Users/${user.id}`);
  expect([status, body.active, body.userName]).toEqual([200, true, 'rita@example.com']);
});
