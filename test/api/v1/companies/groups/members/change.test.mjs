// PATCH adds and removes, PUT sets the whole list.

import { expect, test } from 'vitest';
import { newCompany } from '../../../../../support/client.mjs';
import { batch } from '../../../../../support/database.mjs';
import { person, populate } from '../../../../../support/population.mjs';
import { problem } from '../../../../../support/problem.mjs';
import { readable, readableAnswer } from '../../../../../support/readable.mjs';
import { tablesOf, traced, writingNothing } from '../../../../../support/tables.mjs';
import { detailsOf } from '../../../refusals.mjs';
import { membersOf, newAppGroup, newTeammates } from '../groups.mjs';

async function withGroup(...names) {
  const company = await newCompany();
  const ids = await newTeammates(company, ...names);
  const group = await newAppGroup(company, 'Support', { members: ids.slice(0, 2) });
  return { ...company, ids, group, path: `/groups/${group.id}/members`, members: () => membersOf(company, group.id) };
}

test('members come and go at once, in one event, and the answer is the group', async () => {
  const company = await withGroup('ann', 'bob', 'eve');
  const [ann, bob, eve] = company.ids;
  const { answer, events, log } = await traced(company, () =>
    company.api('PATCH', company.path, { add: [eve], remove: [ann] }),
  );
  const { updated_at } = answer.body;
  expect([answer.status, answer.body]).toEqual([200, { ...company.group, version: 2, updated_at }]);
  expect(await company.members()).toEqual([bob, eve]);
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
              "member_count": 2,
              "restorable_until": null,
              "state": "active",
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
              "member_count": 2,
              "restorable_until": null,
              "state": "active",
              "state_changed_at": "<time>",
              "unconfirmed_members": 0,
              "updated_at": "<time>",
              "version": 1,
            },
            "members_added": {
              "count": 1,
              "ids": [
                "tea_1",
              ],
            },
            "members_removed": {
              "count": 1,
              "ids": [
                "tea_2",
              ],
            },
          },
          "id": "evt_1",
          "occurred_at": "<time>",
          "request_id": "req_1",
          "seq": 8,
          "token_id": null,
          "type": "group.updated",
        },
      ],
      "log": [
        {
          "connection_id": null,
          "dialect": null,
          "event_seq": 8,
          "id": "req_1",
          "method": "PATCH",
          "notes": [],
          "occurred_at": "<time>",
          "path": "/api/v1/companies/cmp_1/groups/grp_1/members",
          "quirks": null,
          "resource_id": "grp_1",
          "sent": null,
          "status": 200,
          "stored": null,
          "token_id": null,
          "understood": null,
          "user_agent": "node",
        },
      ],
    }
  `);
});

test('an addition and a removal alone have events of their own', async () => {
  const company = await withGroup('ann', 'bob', 'eve');
  const [ann, , eve] = company.ids;
  const types = [];
  for (const body of [{ add: [eve] }, { remove: [ann, eve] }]) {
    const { answer, events } = await traced(company, () => company.api('PATCH', company.path, body));
    types.push(...events.map(({ type, data }) => [type, data.members_added, data.members_removed]));
    types.push(answer.body.member_count);
  }
  expect(types).toEqual([
    ['group.members_added', { count: 1, ids: [eve] }, { count: 0, ids: [] }],
    3,
    ['group.members_removed', { count: 0, ids: [] }, { count: 2, ids: [ann, eve] }],
    1,
  ]);
});

test('PUT sets the whole list, and changes those alone who come or go', async () => {
  const company = await withGroup('ann', 'bob', 'eve');
  const [ann, bob, eve] = company.ids;
  const { answer, events } = await traced(company, () => company.api('PUT', company.path, { members: [bob, eve] }));
  expect([answer.status, answer.body.member_count, await company.members()]).toEqual([200, 2, [bob, eve]]);
  expect(events.map(({ type, data }) => [type, data.members_added.ids, data.members_removed.ids])).toEqual([
    ['group.updated', [eve], [ann]],
  ]);
  expect((await company.api('PUT', company.path, { members: [] })).body.member_count).toBe(0);
  expect(await company.members()).toEqual([]);
});

test('what is so already is accepted, with no event', async () => {
  const company = await withGroup('ann', 'bob', 'eve');
  const [ann, bob, eve] = company.ids;
  for (const [method, body] of [
    ['PATCH', { add: [ann] }],
    ['PATCH', { remove: [eve] }],
    ['PATCH', { remove: ['tea_nobody'] }],
    ['PATCH', { add: [], remove: [] }],
    ['PATCH', {}],
    ['PUT', { members: [bob, ann, ann] }],
  ]) {
    const { answer, events, log } = await traced(company, () => company.api(method, company.path, body));
    expect([body, answer.status, answer.body, events, log.length]).toEqual([body, 200, company.group, [], 1]);
  }
});

test('one unknown id and nothing is done', async () => {
  const company = await withGroup('ann', 'bob', 'eve', 'gone');
  const [ann, , eve, gone] = company.ids;
  await company.api('DELETE', `/teammates/${gone}`);
  const answer = await writingNothing(company, () =>
    company.api('PATCH', company.path, { add: [eve, gone, 'tea_nobody'], remove: [ann] }),
  );
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No teammate has the id "tea_1", "tea_nobody". Provision the users first, or take them out of the group in your identity provider; nothing was changed.",
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
  const put = await writingNothing(company, () => company.api('PUT', company.path, { members: [eve, 'tea_nobody'] }));
  expect([put.status, put.body.type]).toEqual([400, problem('unknown-members')]);
});

test('one that is removed from SCIM can be put in and taken out, and counts when it is back', async () => {
  const company = await withGroup('ann', 'bob', 'removed');
  const removed = company.ids[2];
  await company.scim('DELETE', `/Users/${removed}`);
  expect((await company.api('PATCH', company.path, { add: [removed] })).body.member_count).toBe(2);
  expect(await company.members()).toEqual(company.ids);
  await company.api('POST', `/teammates/${removed}/unblock`);
  expect((await company.api('GET', `/groups/${company.group.id}`)).body.member_count).toBe(3);
  await company.scim('DELETE', `/Users/${removed}`);
  await company.api('PUT', company.path, { members: company.ids.slice(0, 2) });
  expect(await company.members()).toEqual(company.ids.slice(0, 2));
});

test("a body that can't be used is refused", async () => {
  const company = await withGroup('ann', 'bob');
  expect([
    ...(await detailsOf(company, 'PATCH', company.path, [
      { add: ['tea_1', 'tea_2'], remove: ['tea_2'] },
      { add: null },
      { add: 'tea_1' },
      { add: [{ id: 'tea_1' }] },
      { added: ['tea_1'] },
      ['tea_1'],
    ])),
    ...(await detailsOf(company, 'PUT', company.path, [{}, { members: null }, { add: [] }])),
  ]).toMatchInlineSnapshot(`
    [
      ""add" and "remove" both name "tea_2".",
      ""add" can't be used: invalid type: null, expected a list.",
      ""add" can't be used: invalid type: string "tea_1", expected a list.",
      ""add[0]" can't be used: invalid type: an object, expected a string.",
      ""added" can't be used: unknown field "added", expected "add" or "remove".",
      "The request body has to be a JSON object, but is a list.",
      "The body can't be used: missing field "members".",
      ""members" can't be used: invalid type: null, expected a list.",
      ""add" can't be used: unknown field "add", expected "members".",
    ]
  `);
});

test('an id that is longer than any is refused like one that is unknown', async () => {
  const company = await withGroup('ann', 'bob');
  const answer = await writingNothing(company, () =>
    company.api('PATCH', company.path, { add: ['x'.repeat(3_000_000)] }),
  );
  expect([answer.status, answer.body.type]).toEqual([400, problem('unknown-members')]);
  expect(answer.body.detail.length).toBeLessThan(1000);
});

test('more than 200,000 at once are refused', async () => {
  const company = await withGroup('ann', 'bob');
  const members = Array.from({ length: 200_001 }, (_, i) => `tea_${i}`);
  const answer = await writingNothing(company, () => company.api('PUT', company.path, { members }));
  expect([answer.status, answer.body.detail]).toEqual([
    400,
    '200001 members are named; one request takes at most 200000. Add or remove them in several requests; nothing was ' +
      'changed.',
  ]);
});

test("a deleted group's members stay as they are", async () => {
  const company = await withGroup('ann', 'bob', 'eve');
  await company.api('DELETE', `/groups/${company.group.id}`);
  for (const [method, body] of [
    ['PATCH', { add: [company.ids[2]] }],
    ['PUT', { members: [] }],
  ]) {
    const answer = await writingNothing(company, () => company.api(method, company.path, body));
    expect([answer.status, answer.body.type]).toEqual([409, problem('group-deleted')]);
  }
  expect(await company.members()).toEqual(company.ids.slice(0, 2));
});

test('changes of many clients at once are all done', async () => {
  const company = await withGroup('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  const [a, b, ...others] = company.ids;
  const answers = await Promise.all([
    ...others.map((id) => company.api('PATCH', company.path, { add: [id] })),
    company.api('PATCH', company.path, { remove: [a] }),
    company.api('PATCH', company.path, { remove: [b] }),
  ]);
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  expect(await company.members()).toEqual(others);
  const { events, groups } = await tablesOf(company);
  expect(groups[0].member_count).toBe(others.length);
  expect(events.filter(({ type }) => type.startsWith('group.members_'))).toHaveLength(8);
});

test('a list of 30,000 members is set, and changed by one, in one call each', async () => {
  const company = await newCompany();
  await batch(populate(company.companyId, 30_001));
  const ids = Array.from({ length: 30_001 }, (_, i) => person(i).id);
  const { id } = await newAppGroup(company);
  const whole = await company.api('PUT', `/groups/${id}/members`, { members: ids.slice(0, 30_000) });
  expect([whole.status, whole.body.member_count]).toEqual([200, 30_000]);
  const next = await company.api('PUT', `/groups/${id}/members`, { members: ids.slice(1) });
  expect([next.status, next.body.member_count]).toEqual([200, 30_000]);
  const { data } = (await tablesOf(company)).events.at(-1);
  expect([data.members_added, data.members_removed]).toEqual([
    { count: 1, ids: [ids[30_000]] },
    { count: 1, ids: [ids[0]] },
  ]);
}, 60_000);
