import { expect, inject, test } from 'vitest';
import { newCompany, operator } from '../../../support/client.mjs';
import { readable, readableAnswer } from '../../../support/readable.mjs';
import { tablesOf } from '../../../support/tables.mjs';

const create = (body) => operator('POST', '/companies', body);

test('a company needs a name and a plan, and the rest has defaults', async () => {
  expect(readableAnswer(await create({ name: 'Acme', plan: 'scale' }))).toMatchInlineSnapshot(`
    {
      "body": {
        "active_admins": 0,
        "active_teammates": 0,
        "allowed_domains": [],
        "created_at": "<time>",
        "entitlements": [],
        "group_sync_enabled": false,
        "id": "cmp_1",
        "idp_may_block_last_admin": false,
        "idp_may_unblock": false,
        "name": "Acme",
        "plan": "scale",
        "quota_bytes": 2147483648,
        "region": null,
        "retention_days": 90,
        "seats": null,
        "teammates": 0,
        "unknown_template": "refuse",
        "updated_at": "<time>",
        "user_name_must_be_primary_email": false,
      },
      "headers": {
        "content-type": "application/json",
        "location": "https://host/api/v1/companies/cmp_1",
      },
      "status": 201,
    }
  `);
});

test('every setting can be given', async () => {
  const settings = {
    name: 'Acme',
    plan: 'growth',
    entitlements: ['scim', 'templates'],
    seats: 0,
    group_sync_enabled: true,
    unknown_template: 'ignore',
    user_name_must_be_primary_email: true,
    allowed_domains: ['acme.com', 'acme.example'],
    idp_may_block_last_admin: true,
    idp_may_unblock: true,
    region: 'weur',
    retention_days: 30,
    quota_bytes: 1_048_576,
  };
  const { status, body } = await create(settings);
  expect(status).toBe(201);
  expect(body).toMatchObject(settings);
});

test('a company can be in each region that has Durable Objects', async () => {
  for (const region of ['wnam', 'enam', 'weur', 'eeur', 'apac', 'oc', null]) {
    const { status, body } = await create({ name: 'Acme', plan: 'scale', region });
    expect([status, body.region]).toEqual([201, region]);
    expect((await operator('GET', `/companies/${body.id}`)).body).toEqual(body);
  }
});

test('the answer is where the location says', async () => {
  const { headers, body } = await create({ name: 'Acme', plan: 'scale' });
  const { baseUrl } = inject('rollcall');
  expect(headers.get('location')).toBe(`${baseUrl}/api/v1/companies/${body.id}`);
  expect((await operator('GET', `/companies/${body.id}`)).body).toEqual(body);
});

test('the first event and the first line of the log are the creation', async () => {
  const { body } = await create({ name: 'Acme', plan: 'scale' });
  const { events, requests, company } = await tablesOf({ companyId: body.id });
  expect(events[0].data).toEqual({ before: null, after: body });
  expect(company.last_seq).toBe(1);
  expect(readable({ events: events.map(({ data, ...event }) => event), requests })).toMatchInlineSnapshot(`
    {
      "events": [
        {
          "connection_id": null,
          "id": "evt_1",
          "occurred_at": "<time>",
          "request_id": "req_1",
          "seq": 1,
          "token_id": null,
          "type": "company.created",
        },
      ],
      "requests": [
        {
          "connection_id": null,
          "dialect": null,
          "event_seq": 1,
          "id": "req_1",
          "method": "POST",
          "notes": [],
          "occurred_at": "<time>",
          "path": "/api/v1/companies",
          "quirks": null,
          "resource_id": "cmp_1",
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

test('names and domains are tidied', async () => {
  const { body } = await create({
    name: '  Acme \n',
    plan: 'scale',
    allowed_domains: ['@ACME.com', ' Straße.example '],
  });
  expect([body.name, body.allowed_domains]).toEqual(['Acme', ['acme.com', 'strasse.example']]);
});

test('what can be no name, plan or domain is refused', async () => {
  const details = [];
  for (const body of [
    {},
    { name: 'Acme' },
    { plan: 'scale' },
    { name: '', plan: 'scale' },
    { name: '   ', plan: 'scale' },
    { name: 'x'.repeat(201), plan: 'scale' },
    { name: 'Acme', plan: 'scale', allowed_domains: [''] },
    { name: 'Acme', plan: 'scale', allowed_domains: ['rita@acme.com'] },
    { name: 'Acme', plan: 'scale', allowed_domains: Array.from({ length: 201 }, (_, i) => `acme-${i}.example`) },
  ]) {
    const answer = await create(body);
    expect(answer.status, JSON.stringify(body)).toBe(400);
    details.push(answer.body.detail);
  }
  expect(details).toMatchInlineSnapshot(`
    [
      "A company needs a "name" and a "plan" (starter, growth, scale or enterprise).",
      "A company needs a "name" and a "plan" (starter, growth, scale or enterprise).",
      "A company needs a "name" and a "plan" (starter, growth, scale or enterprise).",
      ""name" must be a text of 1 to 200 characters on one line.",
      ""name" must be a text of 1 to 200 characters on one line.",
      ""name" must be a text of 1 to 200 characters on one line.",
      ""allowed_domains" takes domains such as "acme.com", not "".",
      ""allowed_domains" takes domains such as "acme.com", not "rita@acme.com".",
      ""allowed_domains" takes at most 200 domains.",
    ]
  `);
});

test('two companies can have one name', async () => {
  const [one, other] = [await newCompany({ name: 'Acme' }), await newCompany({ name: 'Acme' })];
  expect(one.companyId).not.toBe(other.companyId);
});
