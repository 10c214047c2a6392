import { expect, test } from 'vitest';
import { newCompany } from '../../../../../support/client.mjs';
import { readableAnswer } from '../../../../../support/readable.mjs';
import { patchOp } from '../../../../../support/scim.mjs';
import { walked } from '../../../pages.mjs';
import { membersOf, newAdoptedGroup, newAppGroup, newTeammates } from '../groups.mjs';

test('each member comes with its names, its state, and whether it is confirmed', async () => {
  const company = await newCompany();
  const [ann, bob] = await newTeammates(company, 'ann', 'bob');
  const { body: nameless } = await company.api('POST', '/teammates', { user_name: 'nameless' });
  const { id } = await newAdoptedGroup(company, 'Support', { members: [ann, bob, nameless.id] });
  await company.api('POST', `/teammates/${bob}/block`);
  await company.scim('PATCH', `/Groups/${id}`, patchOp({ op: 'add', path: 'members', value: [{ value: bob }] }));
  expect(readableAnswer(await company.api('GET', `/groups/${id}/members`))).toMatchInlineSnapshot(`
    {
      "body": {
        "next": null,
        "results": [
          {
            "confirmed": false,
            "display_name": "ann",
            "id": "tea_1",
            "state": "active",
            "user_name": "ann@example.com",
          },
          {
            "confirmed": true,
            "display_name": "bob",
            "id": "tea_2",
            "state": "blocked",
            "user_name": "bob@example.com",
          },
          {
            "confirmed": false,
            "display_name": null,
            "id": "tea_3",
            "state": "active",
            "user_name": "nameless",
          },
        ],
      },
      "headers": {
        "content-type": "application/json",
      },
      "status": 200,
    }
  `);
});

test('one that is removed from SCIM is listed and not counted; one that was deleted is gone', async () => {
  const company = await newCompany();
  const ids = await newTeammates(company, 'ann', 'removed', 'deleted');
  const { id } = await newAppGroup(company, 'Support', { members: ids });
  await company.scim('DELETE', `/Users/${ids[1]}`);
  await company.api('DELETE', `/teammates/${ids[2]}`);
  const { body } = await company.api('GET', `/groups/${id}/members`);
  expect(body.results.map((member) => [member.id, member.state])).toEqual([
    [ids[0], 'active'],
    [ids[1], 'removed'],
  ]);
  expect((await company.api('GET', `/groups/${id}`)).body.member_count).toBe(1);
});

test("members of the app's own group are all confirmed", async () => {
  const company = await newCompany();
  const members = await newTeammates(company, 'ann', 'bob');
  const { id } = await newAppGroup(company, 'Support', { members });
  expect(await membersOf(company, id, 'confirmed=true')).toEqual(members);
  expect(await membersOf(company, id, 'confirmed=false')).toEqual([]);
});

test('the unconfirmed are those whom the identity provider has not named since it adopted the group', async () => {
  const company = await newCompany();
  const [ann, bob, eve] = await newTeammates(company, 'ann', 'bob', 'eve');
  const { id } = await newAdoptedGroup(company, 'Support', { members: [ann, bob] });
  expect(await membersOf(company, id, 'confirmed=false')).toEqual([ann, bob]);
  const value = [{ value: bob }, { value: eve }];
  await company.scim('PATCH', `/Groups/${id}`, patchOp({ op: 'add', path: 'members', value }));
  expect(await membersOf(company, id, 'confirmed=false')).toEqual([ann]);
  expect(await membersOf(company, id, 'confirmed=true')).toEqual([bob, eve]);
  expect((await company.api('GET', `/groups/${id}`)).body.unconfirmed_members).toBe(1);
});

test('pages of any size together are the list, filtered or not', async () => {
  const company = await newCompany();
  const ids = await newTeammates(company, 'a', 'b', 'c', 'd', 'e', 'f');
  const { id } = await newAdoptedGroup(company, 'Support', { members: ids });
  const named = [ids[1], ids[2], ids[4]];
  const value = named.map((member) => ({ value: member }));
  await company.scim('PATCH', `/Groups/${id}`, patchOp({ op: 'add', path: 'members', value }));
  const walk = async (query, limit) =>
    (await walked((page) => company.api('GET', `/groups/${id}/members${page}${query}`), limit)).map(
      (member) => member.id,
    );
  for (const limit of [1, 2, 3, 5, 6, 10]) {
    expect(await walk('', limit)).toEqual(ids);
    expect(await walk('&confirmed=true', limit)).toEqual(named);
    expect(await walk('&confirmed=false', limit)).toEqual([ids[0], ids[3], ids[5]]);
  }
});

test('who left an adopted group, and is kept for an undo, is no member', async () => {
  const company = await newCompany();
  const [ann] = await newTeammates(company, 'ann');
  const { id } = await newAppGroup(company, 'Support', { members: [ann] });
  await company.scim('PUT', `/Groups/${id}`, { displayName: 'Support', members: [] });
  expect(await membersOf(company, id)).toEqual([]);
});

test('a filter that is none is refused', async () => {
  const company = await newCompany();
  const { id } = await newAppGroup(company);
  const { status, body } = await company.api('GET', `/groups/${id}/members?confirmed=maybe`);
  expect([status, body.detail]).toEqual([400, '"confirmed" must be true or false.']);
});
