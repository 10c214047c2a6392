// POST /Users: what a create leaves in the tables, all of it in one transaction.

import { expect, inject, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { rawSend } from '../../support/raw-http.mjs';
import { readable } from '../../support/readable.mjs';
import { USER, newUser } from '../../support/scim.mjs';
import { expectConsistent, traced } from '../../support/tables.mjs';

const RITA = {
  schemas: [USER],
  userName: 'Rita@Example.com',
  externalId: '00u1',
  displayName: 'Rita',
  emails: [{ value: 'Rita@Example.com', type: 'work', primary: true }],
};

test('one event: teammate.created, before null, after the teammate as the app sees it', async () => {
  const company = await newCompany();
  const { answer, events, before } = await traced(company, () => company.scim('POST', '/Users', RITA));
  expect(events).toHaveLength(1);
  const [event] = events;
  expect(event).toMatchObject({
    seq: before.company.last_seq + 1,
    token_id: company.tokenId,
    connection_id: company.connectionId,
    request_id: answer.headers.get('x-request-id'),
  });
  expect(readable([event.type, event.data])).toMatchInlineSnapshot(`
    [
      "teammate.created",
      {
        "after": {
          "attributes": {
            "displayName": "Rita",
            "emails": [
              {
                "primary": true,
                "type": "work",
                "value": "Rita@Example.com",
              },
            ],
          },
          "blocked_by": null,
          "created_at": "<time>",
          "custom_fields": {},
          "display_name": "Rita",
          "email": "Rita@Example.com",
          "external_id": "00u1",
          "id": "tea_1",
          "origin": "scim",
          "role": "teammate",
          "sessions_invalid_before": null,
          "state": "active",
          "state_changed_at": "<time>",
          "template_id": null,
          "updated_at": "<time>",
          "user_name": "Rita@Example.com",
        },
        "before": null,
      },
    ]
  `);
  const { body } = await company.api('GET', `/teammates/${answer.body.id}`);
  expect(event.data.after).toEqual(body);
});

test('one line in the log, with the same seq', async () => {
  const company = await newCompany();
  const { answer, events, log } = await traced(company, () =>
    company.scim('POST', '/Users?aadOptscim062020', RITA, { 'user-agent': 'Okta SCIM Client 1.0.0' }),
  );
  expect(log).toEqual([
    {
      id: answer.headers.get('x-request-id'),
      occurred_at: events[0].occurred_at,
      connection_id: company.connectionId,
      token_id: company.tokenId,
      method: 'POST',
      path: '/v2/Users',
      user_agent: 'Okta SCIM Client 1.0.0',
      status: 201,
      resource_id: answer.body.id,
      event_seq: events[0].seq,
      notes: [],
      dialect: 'okta',
      quirks: [],
      sent: RITA,
      understood: [
        { op: 'replace', path: 'userName', value: 'Rita@Example.com' },
        { op: 'replace', path: 'externalId', value: '00u1' },
        { op: 'replace', path: 'displayName', value: 'Rita' },
        { op: 'replace', path: 'emails', value: RITA.emails },
      ],
      stored: {
        userName: 'Rita@Example.com',
        externalId: '00u1',
        active: true,
        displayName: 'Rita',
        emails: RITA.emails,
      },
    },
  ]);
});

test('one row, and the counters of the company', async () => {
  const company = await newCompany();
  const { before, after } = await traced(company, () => company.scim('POST', '/Users', RITA));
  expect(readable(after.teammates)).toMatchInlineSnapshot(`
    [
      {
        "active_is_unassigned": 0,
        "attributes": {
          "displayName": "Rita",
          "emails": [
            {
              "primary": true,
              "type": "work",
              "value": "Rita@Example.com",
            },
          ],
        },
        "attributes_folded": null,
        "blocked_by": null,
        "created_at": "<time>",
        "display_name_folded": "rita",
        "emails": [
          "rita@example.com",
        ],
        "employee_number_folded": null,
        "external_id": "00u1",
        "folded_version": 1,
        "found_by_email": null,
        "id": "tea_1",
        "is_linked": 1,
        "names_version": 1,
        "origin": "scim",
        "renamed_from": null,
        "role": "teammate",
        "sessions_invalid_before": null,
        "state": "active",
        "state_changed_at": "<time>",
        "template_id": null,
        "twin_key": null,
        "updated_at": "<time>",
        "user_name": "Rita@Example.com",
        "user_name_folded": "rita@example.com",
        "version": 1,
      },
    ]
  `);
  const { last_seq, active_teammates, listed_teammates, active_admins, rules_version } = after.company;
  expect({ last_seq, active_teammates, listed_teammates, active_admins, rules_version }).toEqual({
    last_seq: before.company.last_seq + 1,
    active_teammates: 1,
    listed_teammates: 1,
    active_admins: 0,
    rules_version: before.company.rules_version,
  });
  await expectConsistent(company);
});

test('what was read differently from how it was sent is noted in the log', async () => {
  const company = await newCompany();
  const { log } = await traced(company, () =>
    newUser(company, { active: 'False', emails: { value: 'rita@example.com' }, hobby: 'chess' }),
  );
  expect(log[0].notes).toMatchInlineSnapshot(`
    [
      "read "False" as false for active",
      "read the single value of emails as a list of one",
      "ignored "hobby": not a core attribute",
    ]
  `);
});

test('a client without a User-Agent (Entra, Test Connection) is served, and the log has none', async () => {
  const company = await newCompany();
  const { answer, log } = await traced(company, () =>
    rawSend('POST', inject('rollcall').baseUrl, '/v2/Users', {
      headers: { authorization: `Bearer ${company.token}`, 'content-type': 'application/scim+json' },
      body: JSON.stringify(RITA),
    }),
  );
  expect(answer.status).toBe(201);
  expect(log).toMatchObject([{ user_agent: null }]);
});

test('a User-Agent of any length is cut, not refused', async () => {
  const company = await newCompany();
  const { answer, log } = await traced(company, () =>
    company.scim('POST', '/Users', RITA, { 'user-agent': 'x'.repeat(5000) }),
  );
  expect(answer.status).toBe(201);
  expect(log).toMatchObject([{ user_agent: 'x'.repeat(200) }]);
});
