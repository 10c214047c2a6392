import { expect, inject, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { readable, readableAnswer } from '../../../../support/readable.mjs';
import { tablesOf, traced, writingNothing } from '../../../../support/tables.mjs';
import { detailsOf } from '../../refusals.mjs';
import { membersOf, newAppGroup, newTeammates } from './groups.mjs';

test('a group needs a name', async () => {
  const company = await newCompany();
  expect(readableAnswer(await company.api('POST', '/groups', { display_name: '  Support ' }))).toMatchInlineSnapshot(`
    {
      "body": {
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
      "headers": {
        "content-type": "application/json",
        "location": "https://host/api/v1/companies/cmp_1/groups/grp_1",
      },
      "status": 201,
    }
  `);
});

test('it can be given a description and members', async () => {
  const company = await newCompany({ region: 'weur' });
  const ids = await newTeammates(company, 'ann', 'bob');
  const { status, body } = await company.api('POST', '/groups', {
    display_name: 'Support',
    description: 'First line',
    members: [...ids, ids[0]],
  });
  expect([status, body.description, body.member_count, body.idp_managed]).toEqual([201, 'First line', 2, false]);
  expect(await membersOf(company, body.id)).toEqual(ids);
});

test('the answer is where the location says', async () => {
  const company = await newCompany();
  const { headers, body } = await company.api('POST', '/groups', { display_name: 'Support' });
  const { baseUrl } = inject('rollcall');
  expect(headers.get('location')).toBe(`${baseUrl}/api/v1/companies/${company.companyId}/groups/${body.id}`);
  expect((await company.api('GET', `/groups/${body.id}`)).body).toEqual(body);
});

test('a creation is one event and one line of the log', async () => {
  const company = await newCompany();
  const ids = await newTeammates(company, 'ann');
  const { answer, events, log } = await traced(company, () =>
    company.api('POST', '/groups', { display_name: 'Support', members: ids }),
  );
  expect(events[0].data.after).toEqual(answer.body);
  expect(readable({ events, log })).toMatchInlineSnapshot(`
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
              "member_count": 1,
              "restorable_until": null,
              "state": "active",
              "state_changed_at": "<time>",
              "unconfirmed_members": 0,
              "updated_at": "<time>",
              "version": 1,
            },
            "before": null,
            "members_added": {
              "count": 1,
              "ids": [
                "tea_1",
              ],
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
          "type": "group.created",
        },
      ],
      "log": [
        {
          "connection_id": null,
          "dialect": null,
          "event_seq": 5,
          "id": "req_1",
          "method": "POST",
          "notes": [],
          "occurred_at": "<time>",
          "path": "/api/v1/companies/cmp_1/groups",
          "quirks": null,
          "resource_id": "grp_1",
          "sent": null,
          "status": 201,
          "stored": null,
          "token_id": null,
          "understood": null,
          "user_agent": "node",
        },
      ],
    }
  `);
});

test('an identity provider sees it at once, and it is not its own', async () => {
  const company = await newCompany();
  const [ann] = await newTeammates(company, 'ann');
  const { id } = await newAppGroup(company, 'Support', { members: [ann] });
  const { status, body } = await company.scim('GET', `/Groups/${id}`);
  expect([status, body.displayName, body.members?.map(({ value }) => value)]).toEqual([200, 'Support', [ann]]);
  expect((await company.api('GET', `/groups/${id}`)).body.idp_managed).toBe(false);
});

test('group sync need not be on, nor in the plan', async () => {
  const company = await newCompany({ plan: 'starter', group_sync_enabled: false });
  const { status } = await company.api('POST', '/groups', { display_name: 'Support' });
  expect(status).toBe(201);
});

test('a name that another group has is refused, in any case of its letters', async () => {
  const company = await newCompany();
  await newAppGroup(company, 'Straße');
  const answer = await writingNothing(company, () => company.api('POST', '/groups', { display_name: ' STRASSE ' }));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "A teammate group with the name "Straße" exists already, with the id "grp_1". Link to that one, or rename one of the two, and retry.",
        "request_id": "req_1",
        "status": 409,
        "title": "The group's name is taken",
        "type": "https://host/errors#group-name-taken",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 409,
    }
  `);
});

test('the name of a deleted group is free', async () => {
  const company = await newCompany();
  const { id } = await newAppGroup(company, 'Support');
  await company.api('DELETE', `/groups/${id}`);
  expect((await newAppGroup(company, 'Support')).id).not.toBe(id);
});

test('one unknown member and nothing is made', async () => {
  const company = await newCompany();
  const [ann] = await newTeammates(company, 'ann');
  const [foreign] = await newTeammates(await newCompany(), 'eve');
  const answer = await writingNothing(company, () =>
    company.api('POST', '/groups', { display_name: 'Support', members: [ann, 'tea_nobody', foreign] }),
  );
  expect(answer.body.detail).toContain(`"${foreign}"`);
  answer.body.detail = answer.body.detail.replace(foreign, 'tea_foreign');
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No teammate has the id "tea_foreign", "tea_nobody". Provision the users first, or take them out of the group in your identity provider; nothing was changed.",
        "request_id": "req_1",
        "status": 400,
        "title": "Some members are no teammates",
        "type": "https://host/errors#unknown-members",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 400,
    }
  `);
});

test('what can be no name, description or list of members is refused', async () => {
  const company = await newCompany();
  expect(
    await detailsOf(company, 'POST', '/groups', [
      {},
      { display_name: ' ' },
      { display_name: 'x'.repeat(1025) },
      { display_name: 'a\nb' },
      { display_name: null },
      { display_name: 'Support', description: 'x'.repeat(10_001) },
      { display_name: 'Support', members: null },
      { display_name: 'Support', members: 'tea_1' },
      { display_name: 'Support', members: [{ id: 'tea_1' }] },
      { display_name: 'Support', idp_managed: true },
    ]),
  ).toMatchInlineSnapshot(`
    [
      "The body can't be used: missing field "display_name".",
      ""display_name" must be a text of 1 to 1024 characters on one line.",
      ""display_name" must be a text of 1 to 1024 characters on one line.",
      ""display_name" must be a text of 1 to 1024 characters on one line.",
      ""display_name" can't be used: invalid type: null, expected a string.",
      ""description" must be a text of at most 10000 characters.",
      ""members" can't be used: invalid type: null, expected a list.",
      ""members" can't be used: invalid type: string "tea_1", expected a list.",
      ""members[0]" can't be used: invalid type: an object, expected a string.",
      ""idp_managed" can't be used: unknown field "idp_managed", expected one of "display_name", "description", "members".",
    ]
  `);
});

test('the longest name and description that are taken', async () => {
  const company = await newCompany();
  const display_name = '\u{1f642}'.repeat(1024);
  const description = '\u{1f642}'.repeat(10_000);
  const { status, body } = await company.api('POST', '/groups', { display_name, description });
  expect([status, body.display_name, body.description]).toEqual([201, display_name, description]);
});

test('of groups of one name that are made at once, one is made', async () => {
  const company = await newCompany();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => company.api('POST', '/groups', { display_name: 'Support' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
  const { groups, events } = await tablesOf(company);
  expect([groups.length, events.filter(({ type }) => type === 'group.created').length]).toEqual([1, 1]);
});
