import { expect, test } from 'vitest';
import { newCompany } from '../../../support/client.mjs';
import { readable } from '../../../support/readable.mjs';
import { newUser, newUsers } from '../../../support/scim.mjs';
import { expectConsistent, tablesOf, traced } from '../../../support/tables.mjs';

test('an edit changes what it names and nothing else', async () => {
  const company = await newCompany({ seats: 5, allowed_domains: ['acme.com'] });
  const before = (await company.api('GET', '')).body;
  const { status, body } = await company.api('PATCH', '', { name: 'Acme Inc.', plan: 'enterprise' });
  expect(status).toBe(200);
  expect(body).toEqual({ ...before, name: 'Acme Inc.', plan: 'enterprise', updated_at: body.updated_at });
  expect((await company.api('GET', '')).body).toEqual(body);
});

test('every setting can be edited', async () => {
  const company = await newCompany();
  const settings = {
    name: 'Renamed',
    plan: 'starter',
    entitlements: ['group_sync'],
    seats: 3,
    group_sync_enabled: false,
    unknown_template: 'ignore',
    user_name_must_be_primary_email: true,
    allowed_domains: ['acme.com'],
    idp_may_block_last_admin: true,
    idp_may_unblock: true,
    region: 'oc',
  };
  for (const [name, value] of Object.entries(settings)) {
    const { status, body } = await company.api('PATCH', '', { [name]: value });
    expect([name, status, body[name]]).toEqual([name, 200, value]);
  }
  expect((await company.api('GET', '')).body).toMatchObject(settings);
});

test('null takes the limit of seats away', async () => {
  const company = await newCompany({ seats: 0 });
  const refused = await company.scim('POST', '/Users', { userName: 'rita@example.com' });
  expect(refused.status).toBe(403);
  const { body } = await company.api('PATCH', '', { seats: null });
  expect(body.seats).toBe(null);
  await newUser(company);
});

test('a region is edited with an event, and null takes it away', async () => {
  const company = await newCompany({ region: 'eeur' });
  const told = [];
  for (const region of ['apac', null]) {
    const { answer, events } = await traced(company, () => company.api('PATCH', '', { region }));
    expect([answer.status, answer.body.region]).toEqual([200, region]);
    for (const { type, data } of events) told.push([type, data.before.region, data.after.region]);
  }
  expect(told).toEqual([
    ['company.updated', 'eeur', 'apac'],
    ['company.updated', 'apac', null],
  ]);
});

test('fewer seats than are in use block nobody', async () => {
  const company = await newCompany();
  await newUsers(company, ['a@example.com', 'b@example.com']);
  const { status, body } = await company.api('PATCH', '', { seats: 1 });
  expect([status, body.seats, body.active_teammates]).toEqual([200, 1, 2]);
});

test('an edit holds for the very next create, also of an isolate that remembers the rules', async () => {
  const company = await newCompany();
  await newUsers(company, ['a@example.com', 'b@example.com']);
  await company.api('PATCH', '', { allowed_domains: ['acme.com'] });
  const { status, body } = await company.scim('POST', '/Users', { userName: 'c@example.com' });
  expect([status, body.scimType]).toEqual([400, 'invalidValue']);
});

test('an edit leaves one event, one line of the log, and a new version of the rules', async () => {
  const company = await newCompany();
  const { answer, events, log, before, after } = await traced(company, () => company.api('PATCH', '', { seats: 7 }));
  expect(after.company.rules_version).toBe(before.company.rules_version + 1);
  expect(events).toHaveLength(1);
  expect(events[0].data.after).toEqual(answer.body);
  expect(events[0].data.before).toEqual({ ...answer.body, seats: null, updated_at: events[0].data.before.updated_at });
  expect(readable({ events: events.map(({ data, ...event }) => event), log })).toMatchInlineSnapshot(`
    {
      "events": [
        {
          "connection_id": null,
          "id": "evt_1",
          "occurred_at": "<time>",
          "request_id": "req_1",
          "seq": 4,
          "token_id": null,
          "type": "company.updated",
        },
      ],
      "log": [
        {
          "connection_id": null,
          "dialect": null,
          "event_seq": 4,
          "id": "req_1",
          "method": "PATCH",
          "notes": [],
          "occurred_at": "<time>",
          "path": "/api/v1/companies/cmp_1",
          "quirks": null,
          "resource_id": "cmp_1",
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
  await expectConsistent(company);
});

test('an edit that changes nothing leaves no event and the rules as they are', async () => {
  const company = await newCompany({ seats: 7 });
  const { answer, events, before, after } = await traced(company, () => company.api('PATCH', '', { seats: 7 }));
  expect(answer.status).toBe(200);
  expect(events).toEqual([]);
  expect(after.company).toEqual(before.company);
});

test('edits at once are all done', async () => {
  const company = await newCompany();
  const edits = [
    { name: 'Renamed' },
    { seats: 9 },
    { plan: 'enterprise' },
    { unknown_template: 'ignore' },
    { allowed_domains: ['acme.com'] },
  ];
  const answers = await Promise.all(edits.map((edit) => company.api('PATCH', '', edit)));
  expect(answers.map(({ status }) => status)).toEqual(edits.map(() => 200));
  expect((await company.api('GET', '')).body).toMatchObject(Object.assign({}, ...edits));
  const { events } = await tablesOf(company);
  expect(events.filter(({ type }) => type === 'company.updated')).toHaveLength(edits.length);
  await expectConsistent(company);
});
