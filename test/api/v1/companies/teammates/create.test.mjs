import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { readable, readableAnswer } from '../../../../support/readable.mjs';
import { CUSTOM_FIELDS, filtered } from '../../../../support/scim.mjs';
import { expectConsistent, traced } from '../../../../support/tables.mjs';

test('a teammate needs a userName, and the rest has defaults', async () => {
  const company = await newCompany();
  expect(
    readableAnswer(await company.api('POST', '/teammates', { user_name: 'Rita@example.com' })),
  ).toMatchInlineSnapshot(`
    {
      "body": {
        "attributes": {
          "emails": [
            {
              "primary": true,
              "type": "work",
              "value": "Rita@example.com",
            },
          ],
        },
        "blocked_by": null,
        "created_at": "<time>",
        "custom_fields": {},
        "display_name": null,
        "email": "Rita@example.com",
        "external_id": null,
        "id": "tea_1",
        "origin": "app",
        "role": "teammate",
        "sessions_invalid_before": null,
        "state": "active",
        "state_changed_at": "<time>",
        "template_id": null,
        "updated_at": "<time>",
        "user_name": "Rita@example.com",
      },
      "headers": {
        "content-type": "application/json",
      },
      "status": 201,
    }
  `);
});

test('every field can be given', async () => {
  const company = await newCompany();
  const template = await company.newTemplate('Squad');
  const body = {
    user_name: 'rita',
    email: 'rita@example.com',
    display_name: 'Rita Ito',
    given_name: 'Rita',
    family_name: 'Ito',
    external_id: '00u1',
    role: 'admin',
    template_id: template.id,
    custom_fields: { cf_1: 'blue', cf_2: [1, 2] },
  };
  expect(readableAnswer(await company.api('POST', '/teammates', body))).toMatchInlineSnapshot(`
    {
      "body": {
        "attributes": {
          "displayName": "Rita Ito",
          "emails": [
            {
              "primary": true,
              "type": "work",
              "value": "rita@example.com",
            },
          ],
          "name": {
            "familyName": "Ito",
            "givenName": "Rita",
          },
        },
        "blocked_by": null,
        "created_at": "<time>",
        "custom_fields": {
          "cf_1": "blue",
          "cf_2": [
            1,
            2,
          ],
        },
        "display_name": "Rita Ito",
        "email": "rita@example.com",
        "external_id": "00u1",
        "id": "tea_1",
        "origin": "app",
        "role": "admin",
        "sessions_invalid_before": null,
        "state": "active",
        "state_changed_at": "<time>",
        "template_id": "tea_2",
        "updated_at": "<time>",
        "user_name": "rita",
      },
      "headers": {
        "content-type": "application/json",
      },
      "status": 201,
    }
  `);
});

test('the e-mail address is the userName where that is an address', async () => {
  const company = await newCompany();
  const emailOf = async (body) => (await company.api('POST', '/teammates', body)).body.email;
  expect(await emailOf({ user_name: 'rita@example.com' })).toBe('rita@example.com');
  expect(await emailOf({ user_name: 'sam@example.com', email: 'other@example.com' })).toBe('other@example.com');
  expect(await emailOf({ user_name: 'toni' })).toBe(null);
});

test('the role is that of the template, unless another is given', async () => {
  const company = await newCompany();
  const { id: template_id } = await company.newTemplate('Admins', { role: 'admin' });
  const roleOf = async (body) => (await company.api('POST', '/teammates', { template_id, ...body })).body.role;
  expect(await roleOf({ user_name: 'a@example.com' })).toBe('admin');
  expect(await roleOf({ user_name: 'b@example.com', role: 'teammate' })).toBe('teammate');
});

test('an identity provider finds it, and links it instead of making it twice', async () => {
  const company = await newCompany();
  const { body: teammate } = await company.api('POST', '/teammates', {
    user_name: 'Rita@example.com',
    custom_fields: { cf_1: 'blue' },
  });
  const { body: found } = await company.scim('GET', filtered('userName eq "rita@EXAMPLE.com"'));
  expect(found.Resources.map(({ id, userName, active }) => ({ id, userName, active }))).toEqual([
    { id: teammate.id, userName: 'Rita@example.com', active: true },
  ]);
  expect(found.Resources[0][CUSTOM_FIELDS]).toEqual({ cf_1: 'blue' });
  const again = await company.scim('POST', '/Users', { userName: 'rita@example.com' });
  expect([again.status, again.headers.get('location')]).toEqual([409, found.Resources[0].meta.location]);
});

test('a creation leaves one event and one line of the log', async () => {
  const company = await newCompany();
  const { answer, events, log } = await traced(company, () =>
    company.api('POST', '/teammates', { user_name: 'rita@example.com' }),
  );
  expect(events.map(({ data }) => data)).toEqual([{ before: null, after: answer.body }]);
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
          "type": "teammate.created",
        },
      ],
      "log": [
        {
          "connection_id": null,
          "dialect": null,
          "event_seq": 4,
          "id": "req_1",
          "method": "POST",
          "notes": [],
          "occurred_at": "<time>",
          "path": "/api/v1/companies/cmp_1/teammates",
          "quirks": null,
          "resource_id": "tea_1",
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
  await expectConsistent(company);
});

test('created at once with one userName, there is one', async () => {
  const company = await newCompany();
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => company.api('POST', '/teammates', { user_name: 'rita@example.com' })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
  await expectConsistent(company);
});
