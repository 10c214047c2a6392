import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { newCompany, scimWith } from '../../../../support/client.mjs';
import { batch, rows } from '../../../../support/database.mjs';
import { readable, readableAnswer } from '../../../../support/readable.mjs';
import { traced, writingNothing } from '../../../../support/tables.mjs';

test('a token is shown by the answer that makes it', async () => {
  const company = await newCompany();
  const body = {
    name: 'Okta',
    scopes: ['auto_provisioning'],
    expires_at: '2100-01-01T00:00:00Z',
    connection_id: company.connectionId,
  };
  const answer = await company.api('POST', '/tokens', body);
  expect(readableAnswer({ ...answer, body: { ...answer.body, expires_at: 'checked below' } })).toMatchInlineSnapshot(`
    {
      "body": {
        "connection_id": "con_1",
        "created_at": "<time>",
        "expires_at": "checked below",
        "id": "tok_1",
        "last_used_at": null,
        "name": "Okta",
        "revoked_at": null,
        "scopes": [
          "auto_provisioning",
        ],
        "token": "<token>",
      },
      "headers": {
        "content-type": "application/json",
      },
      "status": 201,
    }
  `);
  expect(answer.body.expires_at).toBe('2100-01-01T00:00:00.000Z');
  expect((await scimWith(answer.body.token, 'GET', '/Users')).status).toBe(200);
});

test('its text says that it is ours, whose it is, and 256 random bits', async () => {
  const company = await newCompany();
  const [one, other] = [await company.newToken(), await company.newToken()];
  const [, owner, secret] = /^rc_([0-9a-z]{26})_([\w-]{43})$/.exec(one.token);
  expect(`cmp_${owner}`).toBe(company.companyId);
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect(other.token.slice(-43)).not.toBe(secret);
});

test('it is never shown again: not alone, not in the list, not in events or the log', async () => {
  const company = await newCompany();
  const { id, token } = await company.newToken();
  const shown = [
    await company.api('GET', `/tokens/${id}`),
    await company.api('GET', '/tokens'),
    await company.api('DELETE', `/tokens/${id}`),
  ];
  const secret = token.slice(-43);
  for (const { body } of shown) expect(JSON.stringify(body)).not.toContain(secret);
  expect(Object.keys(shown[0].body)).not.toContain('token');
});

test('the database holds its SHA-256 and nothing else of it', async () => {
  const company = await newCompany();
  const { id, token } = await company.newToken();
  const [stored] = await rows('SELECT hash FROM tokens WHERE company_id = ? AND id = ?', company.companyId, id);
  expect(stored.hash).toBe(createHash('sha256').update(token).digest('base64url'));
  const tables = await rows(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'",
  );
  const everything = await batch(tables.map(({ name }) => ({ sql: `SELECT * FROM ${name}` })));
  expect(JSON.stringify(everything)).not.toContain(token.slice(-43));
});

test('a creation leaves one event and one line of the log', async () => {
  const company = await newCompany();
  const { answer, events, log } = await traced(company, () =>
    company.api('POST', '/tokens', { name: 'Entra', scopes: ['provisioning'] }),
  );
  const { token, ...shown } = answer.body;
  expect(events.map(({ data }) => data)).toEqual([{ before: null, after: shown }]);
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
          "type": "token.created",
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
          "path": "/api/v1/companies/cmp_1/tokens",
          "quirks": null,
          "resource_id": "tok_1",
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

test('its scopes decide what it may call', async () => {
  const company = await newCompany();
  const called = async (scopes) => {
    const { token } = await company.newToken(scopes);
    return [(await scimWith(token, 'GET', '/Users')).status, (await scimWith(token, 'GET', '/Groups')).status];
  };
  expect(await called(['auto_provisioning'])).toEqual([200, 403]);
  expect(await called(['auto_provisioning', 'provisioning'])).toEqual([200, 200]);
});

test('a scope that is named twice is kept once', async () => {
  const company = await newCompany();
  const { scopes } = await company.newToken(['provisioning', 'auto_provisioning', 'provisioning']);
  expect(scopes).toEqual(['provisioning', 'auto_provisioning']);
});

test('what can not be a token is refused, and nothing is written', async () => {
  const [company, other] = [await newCompany(), await newCompany()];
  const details = [];
  for (const more of [
    { scopes: [] },
    { scopes: ['admin'] },
    { name: '' },
    { expires_at: '2020-01-01T00:00:00Z' },
    { expires_at: new Date().toISOString() },
    { expires_at: 'tomorrow' },
    { connection_id: 'con_nothing' },
    { connection_id: other.connectionId },
  ]) {
    const body = { name: 'Okta', scopes: ['provisioning'], ...more };
    const answer = await writingNothing(company, () => company.api('POST', '/tokens', body));
    expect(answer.status, JSON.stringify(more)).toBe(400);
    details.push(answer.body.detail);
  }
  expect(details).toMatchInlineSnapshot(`
    [
      ""scopes" must name at least one of auto_provisioning and provisioning.",
      ""scopes[0]" can't be used: unknown variant "admin", expected "auto_provisioning" or "provisioning".",
      ""name" must be a text of 1 to 200 characters on one line.",
      ""expires_at" is in the past.",
      ""expires_at" is in the past.",
      ""expires_at" can't be used: expected a date and time such as 2026-11-21T09:30:00Z.",
      ""connection_id" names no connection of this company.",
      ""connection_id" names no connection of this company.",
    ]
  `);
});
