import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { readableAnswer } from '../../../../support/readable.mjs';
import { newAdoptedGroup, newAppGroup, newTeammates } from './groups.mjs';

test('an adopted group tells whose it is, what it was, and how many are unconfirmed', async () => {
  const company = await newCompany();
  const members = await newTeammates(company, 'ann', 'bob');
  const { id } = await newAdoptedGroup(company, 'Support', { members, description: 'First line' });
  await company.scim('PATCH', `/Groups/${id}`, {
    Operations: [{ op: 'add', path: 'members', value: [{ value: members[0] }] }],
  });
  expect(readableAnswer(await company.api('GET', `/groups/${id}`))).toMatchInlineSnapshot(`
    {
      "body": {
        "attributes": {},
        "before_adoption": {
          "attributes": {},
          "description": "First line",
          "display_name": "Support",
          "external_id": null,
        },
        "created_at": "<time>",
        "description": "First line",
        "display_name": "Support",
        "external_id": null,
        "id": "grp_1",
        "idp_managed": true,
        "member_count": 2,
        "restorable_until": null,
        "state": "active",
        "state_changed_at": "<time>",
        "unconfirmed_members": 1,
        "updated_at": "<time>",
        "version": 3,
      },
      "headers": {
        "content-type": "application/json",
      },
      "status": 200,
    }
  `);
});

test("while group sync is off it is the app's again", async () => {
  const company = await newCompany();
  const { id } = await newAdoptedGroup(company);
  const managed = [];
  for (const group_sync_enabled of [false, true]) {
    await company.api('PATCH', '', { group_sync_enabled });
    managed.push((await company.api('GET', `/groups/${id}`)).body.idp_managed);
  }
  expect(managed).toEqual([false, true]);
});

test('a group of another company, and one that never was, are not there', async () => {
  const [company, other] = [await newCompany(), await newCompany()];
  const { id } = await newAppGroup(other);
  const calls = [
    ['GET', ''],
    ['PATCH', '', { display_name: 'Mine' }],
    ['DELETE', ''],
    ['POST', '/restore'],
    ['POST', '/undo_adoption'],
    ['GET', '/members'],
    ['PATCH', '/members', { add: [] }],
    ['PUT', '/members', { members: [] }],
    ['POST', '/members/drop_unconfirmed'],
  ];
  const before = (await other.api('GET', `/groups/${id}`)).body;
  for (const [method, action, body] of calls) {
    for (const named of [id, 'grp_nobody']) {
      const answer = await company.api(method, `/groups/${named}${action}`, body);
      expect([method, action, answer.status, answer.body.detail]).toEqual([
        method,
        action,
        404,
        `No teammate group with the id "${named}" exists here.`,
      ]);
    }
  }
  expect((await other.api('GET', `/groups/${id}`)).body).toEqual(before);
});
