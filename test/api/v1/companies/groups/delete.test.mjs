// Deleting a group, and restoring it.

import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { rows } from '../../../../support/database.mjs';
import { problem } from '../../../../support/problem.mjs';
import { readable } from '../../../../support/readable.mjs';
import { traced, writingNothing } from '../../../../support/tables.mjs';
import { membersOf, newAppGroup, newTeammates } from './groups.mjs';

const DAY = 24 * 60 * 60 * 1000;

async function deleted(company, name = 'Support', more = {}) {
  const group = await newAppGroup(company, name, more);
  const { status, body } = await company.api('DELETE', `/groups/${group.id}`);
  expect([status, body]).toEqual([204, null]);
  return group;
}

test('a deleted group is gone from SCIM and shown with the end of its time', async () => {
  const company = await newCompany();
  const { id } = await deleted(company);
  expect((await company.scim('GET', `/Groups/${id}`)).status).toBe(404);
  const { body } = await company.api('GET', `/groups/${id}`);
  expect([body.state, Date.parse(body.restorable_until) - Date.parse(body.state_changed_at)]).toEqual([
    'deleted',
    30 * DAY,
  ]);
});

test('a deletion is one event and one line of the log, and the next leaves no event', async () => {
  const company = await newCompany();
  const { id } = await newAppGroup(company);
  const first = await traced(company, () => company.api('DELETE', `/groups/${id}`));
  const second = await traced(company, () => company.api('DELETE', `/groups/${id}`));
  expect([second.answer.status, second.events, second.log.length]).toEqual([204, [], 1]);
  expect(readable({ events: first.events, log: first.log })).toMatchInlineSnapshot(`
    {
      "events": [
        {
          "connection_id": null,
          "data": {
            "after": {
              "attributes": {},
              "before_adoption": null,
              "created_at": "<time>",
              "description": null,
              "display_name": "Support",
              "external_id": null,
              "id": "grp_1",
              "idp_managed": false,
              "member_count": 0,
              "restorable_until": "<time>",
              "state": "deleted",
              "state_changed_at": "<time>",
              "unconfirmed_members": 0,
              "updated_at": "<time>",
              "version": 2,
            },
            "before": {
              "attributes": {},
              "before_adoption": null,
              "created_at": "<time>",
              "description": null,
              "display_name": "Support",
              "external_id": null,
              "id": "grp_1",
              "idp_managed": false,
              "member_count": 0,
              "restorable_until": null,
              "state": "active",
              "state_changed_at": "<time>",
              "unconfirmed_members": 0,
              "updated_at": "<time>",
              "version": 1,
            },
            "members_added": {
              "count": 0,
              "ids": [],
            },
            "members_removed": {
              "count": 0,
              "ids": [],
            },
          },
          "id": "evt_1",
          "occurred_at": "<time>",
          "request_id": "req_1",
          "seq": 5,
          "token_id": null,
          "type": "group.deleted",
        },
      ],
      "log": [
        {
          "connection_id": null,
          "dialect": null,
          "event_seq": 5,
          "id": "req_1",
          "method": "DELETE",
          "notes": [],
          "occurred_at": "<time>",
          "path": "/api/v1/companies/cmp_1/groups/grp_1",
          "quirks": null,
          "resource_id": "grp_1",
          "sent": null,
          "status": 204,
          "stored": null,
          "token_id": null,
          "understood": null,
          "user_agent": "node",
        },
      ],
    }
  `);
});

test('it is restored with its members, with one event', async () => {
  const company = await newCompany();
  const members = await newTeammates(company, 'ann', 'bob');
  const before = await deleted(company, 'Support', { members, description: 'First line' });
  expect(await membersOf(company, before.id)).toEqual(members);
  const { answer, events } = await traced(company, () => company.api('POST', `/groups/${before.id}/restore`));
  const { updated_at, state_changed_at } = answer.body;
  expect([answer.status, answer.body]).toEqual([200, { ...before, version: 3, updated_at, state_changed_at }]);
  expect(events.map(({ type, data }) => [type, data.before.state, data.after.state])).toEqual([
    ['group.restored', 'deleted', 'active'],
  ]);
  expect(await membersOf(company, before.id)).toEqual(members);
  expect((await company.scim('GET', `/Groups/${before.id}`)).status).toBe(200);
});

test('a group that is there is left as it is', async () => {
  const company = await newCompany();
  const group = await newAppGroup(company);
  const { answer, events } = await traced(company, () => company.api('POST', `/groups/${group.id}/restore`));
  expect([answer.status, answer.body, events]).toEqual([200, group, []]);
});

test('one whose name is taken is not restored', async () => {
  const company = await newCompany();
  const { id } = await deleted(company, 'Support');
  const other = await newAppGroup(company, 'SUPPORT');
  const { status, body } = await writingNothing(company, () => company.api('POST', `/groups/${id}/restore`));
  expect([status, body.detail]).toEqual([
    409,
    `A teammate group with the name "SUPPORT" exists already, with the id "${other.id}". Link to that one, or rename ` +
      'one of the two, and retry.',
  ]);
  await company.api('PATCH', `/groups/${other.id}`, { display_name: 'Sales' });
  expect((await company.api('POST', `/groups/${id}/restore`)).status).toBe(200);
});

test('nor is one that was deleted more than 30 days ago', async () => {
  const company = await newCompany();
  const { id } = await deleted(company);
  const aged = (age) =>
    rows(
      'UPDATE groups SET state_changed_at = ?1, version = version + 1, definition = definition + 1 WHERE company_id = ?2 AND id = ?3',
      Date.now() - age,
      company.companyId,
      id,
    );
  await aged(30 * DAY + 1000);
  const { deleted_at } = { deleted_at: (await company.api('GET', `/groups/${id}`)).body.state_changed_at };
  const { status, body } = await writingNothing(company, () => company.api('POST', `/groups/${id}/restore`));
  expect([status, body.type, body.detail]).toEqual([
    409,
    problem('group-restore-expired'),
    `The teammate group "Support" was deleted at ${deleted_at}. A group can be restored for 30 days; create it anew.`,
  ]);
  await aged(30 * DAY - 60_000);
  expect((await company.api('POST', `/groups/${id}/restore`)).status).toBe(200);
});
