import { expect, test } from 'vitest';
import { newCompany } from '../../../../../support/client.mjs';
import { problem } from '../../../../../support/problem.mjs';
import { patchOp } from '../../../../../support/scim.mjs';
import { traced, writingNothing } from '../../../../../support/tables.mjs';
import { detailsOf } from '../../../refusals.mjs';
import { membersOf, newAdoptedGroup, newAppGroup, newTeammates } from '../groups.mjs';

/** A group that an identity provider has adopted, naming the first of its three members since. */
async function adopted() {
  const company = await newCompany();
  const ids = await newTeammates(company, 'ann', 'bob', 'eve');
  const { id } = await newAdoptedGroup(company, 'Support', { members: ids });
  const value = [{ value: ids[0] }];
  await company.scim('PATCH', `/Groups/${id}`, patchOp({ op: 'add', path: 'members', value }));
  return { ...company, ids, id, path: `/groups/${id}/members/drop_unconfirmed`, members: () => membersOf(company, id) };
}

test('all go whom the identity provider has not named, with one event', async () => {
  const company = await adopted();
  const [ann, bob, eve] = company.ids;
  const { answer, events, log } = await traced(company, () => company.api('POST', company.path));
  const { member_count, unconfirmed_members, idp_managed } = answer.body;
  expect([answer.status, member_count, unconfirmed_members, idp_managed]).toEqual([200, 1, 0, true]);
  expect(await company.members()).toEqual([ann]);
  expect(events.map(({ type, data }) => [type, data.members_added, data.members_removed])).toEqual([
    ['group.members_removed', { count: 0, ids: [] }, { count: 2, ids: [bob, eve] }],
  ]);
  expect(log).toHaveLength(1);
});

test('an empty object says the same as no body', async () => {
  const company = await adopted();
  expect((await company.api('POST', company.path, {})).body.member_count).toBe(1);
});

test('or those who are named, the confirmed excepted', async () => {
  const company = await adopted();
  const [ann, bob, eve] = company.ids;
  const { status, body } = await company.api('POST', company.path, { ids: [ann, bob, 'tea_nobody'] });
  expect([status, body.member_count, body.unconfirmed_members]).toEqual([200, 2, 1]);
  expect(await company.members()).toEqual([ann, eve]);
});

test('nobody goes where nobody is named', async () => {
  const company = await adopted();
  const { answer, events } = await traced(company, () => company.api('POST', company.path, { ids: [] }));
  expect([answer.status, answer.body.member_count, events]).toEqual([200, 3, []]);
});

test('who was dropped is back when the adoption is undone', async () => {
  const company = await adopted();
  await company.api('POST', company.path);
  await company.api('POST', `/groups/${company.id}/undo_adoption`);
  expect(await company.members()).toEqual(company.ids);
});

test("the app's own group has nobody to drop", async () => {
  const company = await newCompany();
  const members = await newTeammates(company, 'ann');
  const group = await newAppGroup(company, 'Support', { members });
  const { answer, events } = await traced(company, () =>
    company.api('POST', `/groups/${group.id}/members/drop_unconfirmed`),
  );
  expect([answer.status, answer.body, events]).toEqual([200, group, []]);
});

test('a deleted group has to be restored first', async () => {
  const company = await adopted();
  await company.scim('DELETE', `/Groups/${company.id}`);
  const { status, body } = await writingNothing(company, () => company.api('POST', company.path));
  expect([status, body.type]).toEqual([409, problem('group-deleted')]);
});

test("a body that can't be used is refused", async () => {
  const company = await adopted();
  expect(
    await detailsOf(company, 'POST', company.path, [{ ids: null }, { ids: 'tea_1' }, { members: [] }, []]),
  ).toMatchInlineSnapshot(`
    [
      ""ids" can't be used: invalid type: null, expected a list.",
      ""ids" can't be used: invalid type: string "tea_1", expected a list.",
      ""members" can't be used: unknown field "members", expected "ids".",
      "The request body has to be a JSON object, but is a list.",
    ]
  `);
});
