// Who comes back by an identity provider: whom it blocked itself, by POST too; whom the app blocked, only where it may.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { rows } from '../../support/database.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../support/tables.mjs';

const RITA = { userName: 'rita@example.com', externalId: '00u1', title: 'Analyst' };
const ACTIVE = { op: 'replace', path: 'active', value: true };

const post = (more) => () => ['POST', '/Users', { ...RITA, ...more }];
const put = (user) => ['PUT', `/Users/${user.id}`, { ...user, active: true, title: 'Boss' }];
const patch = (user) => [
  'PATCH',
  `/Users/${user.id}`,
  patchOp({ op: 'replace', path: 'title', value: 'Boss' }, ACTIVE),
];

async function blockedByApp(settings) {
  const company = await newCompany(settings);
  const user = await newUser(company, RITA);
  await company.api('POST', `/teammates/${user.id}/block`);
  return { company, user };
}

test('POST of one who is blocked unblocks it: 201, the same id, no template', async () => {
  const company = await newCompany();
  const template = await company.newTemplate('Admins', { role: 'admin' });
  const user = await newUser(company, RITA);
  await company.scim('PATCH', `/Users/${user.id}`, patchOp({ ...ACTIVE, value: false }));
  const { answer, events, log, after } = await traced(company, () =>
    company.scim('POST', '/Users', {
      userName: 'Rita@example.com',
      title: 'Lead',
      roles: [{ type: 'template', value: template.id }],
    }),
  );
  expect([answer.status, answer.headers.get('location')]).toEqual([201, user.meta.location]);
  expect(answer.body).toMatchObject({ id: user.id, userName: 'Rita@example.com', title: 'Lead', active: true });
  expect(answer.body.externalId).toBeUndefined();
  expect(events.map(({ type, data }) => [type, data.before.blocked_by, data.after.blocked_by])).toEqual([
    ['teammate.unblocked', 'idp', null],
  ]);
  expect(after.teammates).toMatchObject([{ template_id: null, role: 'teammate' }]);
  expect(log).toMatchObject([{ status: 201, notes: [expect.stringMatching(/the same teammate was brought back/)] }]);
  await expectConsistent(company);
});

test('POST with active false leaves it blocked: 201, and what else it says is done', async () => {
  const { company, user } = await blockedByApp();
  const { answer, events } = await traced(company, () =>
    company.scim('POST', '/Users', { ...RITA, title: 'Lead', active: false }),
  );
  expect([answer.status, answer.body.id, answer.body.active, answer.body.title]).toEqual([201, user.id, false, 'Lead']);
  expect(events.map(({ type, data }) => [type, data.after.blocked_by])).toEqual([['teammate.updated', 'app']]);
  const again = await traced(company, () => company.scim('POST', '/Users', { ...RITA, title: 'Lead', active: false }));
  expect([again.answer.status, again.events]).toEqual([201, []]);
});

test('POST of an active one stays 409', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const answer = await writingNothing(company, () => company.scim('POST', '/Users', { ...RITA, active: false }));
  expect([answer.status, answer.headers.get('location')]).toEqual([409, user.meta.location]);
});

test('POST past the seats unblocks nobody', async () => {
  const company = await newCompany({ seats: 1 });
  await newUser(company, { ...RITA, active: false });
  await newUser(company, { userName: 'other@example.com' });
  const answer = await writingNothing(company, () => company.scim('POST', '/Users', RITA));
  expect(answer.status).toBe(403);
});

test('20 POSTs at once of one who is blocked unblock it once', async () => {
  const company = await newCompany();
  const user = await newUser(company, { ...RITA, active: false });
  const answers = await Promise.all(Array.from({ length: 20 }, () => company.scim('POST', '/Users', RITA)));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  expect(answers.find(({ status }) => status === 201).body.id).toBe(user.id);
  await expectConsistent(company);
});

test.each([
  ['POST', post({ title: 'Boss' })],
  ['PUT', put],
  ['PATCH', patch],
])('%s of one whom the app blocked: 403, and nothing of it is done', async (_, request) => {
  const { company, user } = await blockedByApp();
  const answer = await writingNothing(company, () => company.scim(...request(user)));
  expect(readableAnswer(answer)).toMatchObject({
    status: 403,
    body: {
      status: '403',
      detail:
        'A company admin blocked the teammate "rita@example.com" in the app, so that the identity provider can\'t ' +
        'unblock it. Have it unblocked in the app, or allow it with the company setting idp_may_unblock, and retry; ' +
        'nothing was changed.',
    },
  });
  await company.api('PATCH', '', { idp_may_unblock: true });
  const allowed = await company.scim(...request(user));
  expect([allowed.status < 300, allowed.body.id, allowed.body.active, allowed.body.title]).toEqual([
    true,
    user.id,
    true,
    'Boss',
  ]);
  await expectConsistent(company);
});

test('what leaves it blocked is done', async () => {
  const { company, user } = await blockedByApp();
  const title = { op: 'replace', path: 'title', value: 'Boss' };
  expect((await company.scim('PATCH', `/Users/${user.id}`, patchOp(title))).body.title).toBe('Boss');
  const { active: _, ...silent } = user;
  expect((await company.scim('PUT', `/Users/${user.id}`, silent)).body).toMatchObject({
    active: false,
    title: 'Analyst',
  });
});

test('a block by the identity provider, or its DELETE, does not make it its own', async () => {
  const { company, user } = await blockedByApp();
  const off = patchOp({ ...ACTIVE, value: false });
  expect((await company.scim('PATCH', `/Users/${user.id}`, off)).status).toBe(200);
  expect((await company.scim(...patch(user))).status).toBe(403);
  expect((await company.scim('DELETE', `/Users/${user.id}`)).status).toBe(204);
  const { body } = await company.api('GET', `/teammates/${user.id}`);
  expect([body.state, body.blocked_by]).toEqual(['removed', 'app']);
  expect((await writingNothing(company, () => company.scim('POST', '/Users', RITA))).status).toBe(403);
});

test("one whom the app blocks while removed is the app's to bring back", async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  await company.scim('DELETE', `/Users/${user.id}`);
  await company.api('POST', `/teammates/${user.id}/block`);
  expect((await company.scim('POST', '/Users', RITA)).status).toBe(403);
  await company.api('POST', `/teammates/${user.id}/unblock`);
  const { body } = await company.scim('GET', `/Users/${user.id}`);
  expect(body.active).toBe(true);
});

test('unblocked by the app, the identity provider blocks and unblocks as before', async () => {
  const { company, user } = await blockedByApp();
  await company.api('POST', `/teammates/${user.id}/unblock`);
  await company.scim('PATCH', `/Users/${user.id}`, patchOp({ ...ACTIVE, value: false }));
  expect((await company.scim(...patch(user))).status).toBe(200);
});

test('of a block from before it was kept who did it, the identity provider may undo it', async () => {
  const { company, user } = await blockedByApp();
  await rows('UPDATE teammates SET blocked_by = NULL WHERE id = ?', user.id);
  expect((await company.scim(...patch(user))).status).toBe(200);
});
