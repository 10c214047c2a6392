// PATCH .../groups/{id} {"idp_managed": false}: Okta's "Unlink, leave the group" sends nothing, and the group would be
// locked for ever.

import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { expectConsistent, traced, writingNothing } from '../../../../support/tables.mjs';
import { membersOf, newAppGroup, newTeammates } from './groups.mjs';

async function withPushedGroup() {
  const company = await newCompany();
  const [ann, bob] = await newTeammates(company, 'ann', 'bob');
  const members = [{ value: ann }];
  const { body } = await company.scim('POST', '/Groups', { displayName: 'Support', externalId: 'e', members });
  return { company, ann, bob, id: body.id, path: `/groups/${body.id}` };
}

const RELEASE = { idp_managed: false };

test('the app’s own from then on, with its members, by one event', async () => {
  const { company, ann, bob, id, path } = await withPushedGroup();
  const { answer, events } = await traced(company, () => company.api('PATCH', path, RELEASE));
  expect([answer.status, answer.body]).toMatchObject([
    200,
    { id, display_name: 'Support', external_id: 'e', idp_managed: false, member_count: 1, unconfirmed_members: 0 },
  ]);
  const [{ type, data }] = events;
  expect([events.length, type, data.before.idp_managed, data.after.idp_managed]).toEqual([
    1,
    'group.released',
    true,
    false,
  ]);
  expect([data.members_added.count, data.members_removed.count]).toEqual([0, 0]);
  expect(await membersOf(company, id)).toEqual([ann]);
  expect((await company.api('PATCH', `${path}/members`, { add: [bob], remove: [ann] })).body.member_count).toBe(1);
  expect((await company.api('PATCH', path, { display_name: 'Help desk' })).status).toBe(200);
  expect(await membersOf(company, id)).toEqual([bob]);
  await expectConsistent(company);
  expect((await company.api('DELETE', path)).status).toBe(204);
});

test('released and renamed at once', async () => {
  const { company, path } = await withPushedGroup();
  const { answer, events } = await traced(company, () =>
    company.api('PATCH', path, { ...RELEASE, display_name: 'Help desk', description: 'First line' }),
  );
  expect([answer.status, answer.body]).toMatchObject([
    200,
    { display_name: 'Help desk', description: 'First line', idp_managed: false },
  ]);
  expect(events.map(({ type }) => type)).toEqual(['group.released']);
});

test('a name that another group has is 409, and it stays managed', async () => {
  const { company, path } = await withPushedGroup();
  await newAppGroup(company, 'Sales');
  const answer = await writingNothing(company, () => company.api('PATCH', path, { ...RELEASE, display_name: 'sales' }));
  expect(answer.status).toBe(409);
});

test('SCIM shows it as before, and the next write of the identity provider adopts it', async () => {
  const { company, ann, bob, id, path } = await withPushedGroup();
  await company.api('PATCH', path, RELEASE);
  await company.api('PATCH', path, { display_name: 'Help desk' });
  await company.api('PUT', `${path}/members`, { members: [ann, bob] });
  expect((await company.scim('GET', `/Groups/${id}`)).body.members.length).toBe(2);
  const { answer, events } = await traced(company, () =>
    company.scim('PATCH', `/Groups/${id}`, {
      Operations: [{ op: 'remove', path: `members[value eq "${bob}"]` }],
    }),
  );
  expect([answer.status, events.map(({ type }) => type)]).toEqual([204, ['group.adopted']]);
  expect((await company.api('GET', path)).body).toMatchObject({
    idp_managed: true,
    member_count: 1,
    unconfirmed_members: 1,
    before_adoption: { display_name: 'Help desk', external_id: 'e' },
  });
  await expectConsistent(company);
  // And that can be undone.
  expect((await company.api('POST', `${path}/undo_adoption`)).body).toMatchObject({
    idp_managed: false,
    member_count: 2,
  });
  expect(await membersOf(company, id)).toEqual([ann, bob].sort());
  await expectConsistent(company);
});

test('an adopted group is released with who is in it, and the undo is over', async () => {
  const company = await newCompany();
  const [ann, bob] = await newTeammates(company, 'ann', 'bob');
  const { id } = await newAppGroup(company, 'Support', { members: [ann] });
  await company.scim('POST', '/Groups', { displayName: 'support', members: [{ value: bob }] });
  const { body } = await company.api('PATCH', `/groups/${id}`, RELEASE);
  expect(body).toMatchObject({ idp_managed: false, display_name: 'support', before_adoption: null, member_count: 1 });
  expect((await company.api('POST', `/groups/${id}/undo_adoption`)).status).toBe(409);
  await company.api('PATCH', `/groups/${id}/members`, { add: [ann] });
  expect(await membersOf(company, id)).toEqual([ann, bob].sort());
  await expectConsistent(company);
});

test('the app’s own is left as it is', async () => {
  const company = await newCompany();
  const group = await newAppGroup(company);
  const { answer, events } = await traced(company, () => company.api('PATCH', `/groups/${group.id}`, RELEASE));
  expect([answer.status, answer.body, events]).toEqual([200, group, []]);
});

test('while group sync is off, it is released for good', async () => {
  const { company, path } = await withPushedGroup();
  await company.api('PATCH', '', { group_sync_enabled: false });
  expect((await company.api('PATCH', path, RELEASE)).status).toBe(200);
  await company.api('PATCH', '', { group_sync_enabled: true });
  expect((await company.api('GET', path)).body.idp_managed).toBe(false);
});

test.each([
  [
    true,
    '"idp_managed" can only be set to false, which releases the group. A group becomes IdP-managed by the first write of its identity provider: push or link it there.',
  ],
  [null, /idp_managed/],
  ['false', /idp_managed/],
])('idp_managed %j is 400', async (idp_managed, detail) => {
  const { company, path } = await withPushedGroup();
  const { status, body } = await writingNothing(company, () => company.api('PATCH', path, { idp_managed }));
  expect([status, body.detail]).toEqual([400, typeof detail === 'string' ? detail : expect.stringMatching(detail)]);
});

test('a deleted group is not released', async () => {
  const { company, id, path } = await withPushedGroup();
  await company.scim('DELETE', `/Groups/${id}`);
  expect((await writingNothing(company, () => company.api('PATCH', path, RELEASE))).status).toBe(409);
});
