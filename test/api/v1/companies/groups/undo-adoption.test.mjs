import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { problem } from '../../../../support/problem.mjs';
import { patchOp } from '../../../../support/scim.mjs';
import { traced, writingNothing } from '../../../../support/tables.mjs';
import { membersOf, newAdoptedGroup, newAppGroup, newTeammates } from './groups.mjs';

test('the group becomes what it was before, its members as well', async () => {
  const company = await newCompany();
  const [ann, bob, eve] = await newTeammates(company, 'ann', 'bob', 'eve');
  const before = await newAppGroup(company, 'Support', { members: [ann, bob], description: 'First line' });
  const pushed = { displayName: 'SUPPORT', externalId: 'g1', members: [{ value: bob }, { value: eve }] };
  await company.scim('POST', '/Groups', pushed);
  await company.scim('PATCH', `/Groups/${before.id}`, patchOp({ op: 'replace', value: { displayName: 'Help' } }));
  expect(await membersOf(company, before.id)).toEqual([bob, eve]);
  const { answer, events } = await traced(company, () => company.api('POST', `/groups/${before.id}/undo_adoption`));
  expect([answer.status, answer.body]).toEqual([200, { ...before, version: 4, updated_at: answer.body.updated_at }]);
  expect(await membersOf(company, before.id)).toEqual([ann, bob]);
  expect(await membersOf(company, before.id, 'confirmed=false')).toEqual([]);
  expect(events).toHaveLength(1);
  const [{ type, data }] = events;
  expect([type, data.before.display_name, data.before.idp_managed, data.after.display_name]).toEqual([
    'group.adoption_undone',
    'Help',
    true,
    'Support',
  ]);
  expect([data.members_added, data.members_removed]).toEqual([
    { count: 1, ids: [ann] },
    { count: 1, ids: [eve] },
  ]);
});

test("from then on it is the app's to edit, until it is pushed again", async () => {
  const company = await newCompany();
  const { id } = await newAdoptedGroup(company);
  await company.api('POST', `/groups/${id}/undo_adoption`);
  expect((await company.api('PATCH', `/groups/${id}`, { display_name: 'Sales' })).status).toBe(200);
  const again = await company.scim('POST', '/Groups', { displayName: 'sales' });
  expect([again.status, again.body.id]).toEqual([201, id]);
  expect((await company.api('GET', `/groups/${id}`)).body.idp_managed).toBe(true);
});

test('a group that was not adopted has nothing to undo', async () => {
  const company = await newCompany();
  const own = await newAppGroup(company, 'Own');
  const { body: pushed } = await company.scim('POST', '/Groups', { displayName: 'Pushed' });
  for (const [id, name] of [
    [own.id, 'Own'],
    [pushed.id, 'Pushed'],
  ]) {
    const { status, body } = await writingNothing(company, () => company.api('POST', `/groups/${id}/undo_adoption`));
    expect([status, body.type, body.detail]).toEqual([
      409,
      problem('group-not-adopted'),
      `The teammate group "${name}" was not adopted by an identity provider, so that there is nothing to undo.`,
    ]);
  }
});

test("an adoption is not undone while the name that the group had is another's", async () => {
  const company = await newCompany();
  const { id } = await newAdoptedGroup(company, 'Support');
  await company.scim('PATCH', `/Groups/${id}`, patchOp({ op: 'replace', value: { displayName: 'Help' } }));
  const other = await newAppGroup(company, 'Support');
  const { status, body } = await writingNothing(company, () => company.api('POST', `/groups/${id}/undo_adoption`));
  expect([status, body.type]).toEqual([409, problem('group-name-taken')]);
  expect(body.detail).toContain(`"${other.id}"`);
});

test('a deleted group has to be restored first', async () => {
  const company = await newCompany();
  const { id } = await newAppGroup(company);
  await company.api('DELETE', `/groups/${id}`);
  const { status, body } = await writingNothing(company, () => company.api('POST', `/groups/${id}/undo_adoption`));
  expect([status, body.type]).toEqual([409, problem('group-deleted')]);
});
