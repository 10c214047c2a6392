import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { readable, readableAnswer } from '../../../../support/readable.mjs';
import { traced } from '../../../../support/tables.mjs';

test('a connection waits for its first call, at an endpoint of its own', async () => {
  const company = await newCompany();
  expect(
    readableAnswer(await company.api('POST', '/connections', { provider: 'entra', name: 'Entra of the group' })),
  ).toMatchInlineSnapshot(`
    {
      "body": {
        "created_at": "<time>",
        "endpoint": "https://host/scim/con_1/v2",
        "first_seen_at": null,
        "id": "con_1",
        "last_seen_at": null,
        "name": "Entra of the group",
        "paused": false,
        "provider": "entra",
        "status": "waiting",
        "updated_at": "<time>",
      },
      "headers": {
        "content-type": "application/json",
      },
      "status": 201,
    }
  `);
});

test('every provider is known, and names the connection if nobody does', async () => {
  const company = await newCompany();
  for (const provider of ['okta', 'entra', 'onelogin', 'jumpcloud', 'google', 'custom']) {
    const { status, body } = await company.api('POST', '/connections', { provider });
    expect([status, body.provider, body.name]).toEqual([201, provider, provider]);
  }
});

test('a creation leaves one event and one line of the log', async () => {
  const company = await newCompany();
  const { answer, events, log } = await traced(company, () =>
    company.api('POST', '/connections', { provider: 'okta' }),
  );
  const { endpoint, ...after } = answer.body;
  expect(events.map(({ data }) => data)).toEqual([{ before: null, after }]);
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
          "type": "connection.created",
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
          "path": "/api/v1/companies/cmp_1/connections",
          "quirks": null,
          "resource_id": "con_1",
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
