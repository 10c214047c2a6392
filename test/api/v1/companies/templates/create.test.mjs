import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { readable, readableAnswer } from '../../../../support/readable.mjs';
import { traced, writingNothing } from '../../../../support/tables.mjs';

test('a template needs a name, and the rest has defaults', async () => {
  const company = await newCompany();
  expect(readableAnswer(await company.api('POST', '/templates', { name: ' Support squad ' }))).toMatchInlineSnapshot(`
    {
      "body": {
        "created_at": "<time>",
        "custom_fields": {},
        "id": "tea_1",
        "inboxes": [],
        "name": "Support squad",
        "preferences": {},
        "role": "teammate",
        "updated_at": "<time>",
        "workspaces": [],
      },
      "headers": {
        "content-type": "application/json",
      },
      "status": 201,
    }
  `);
});

test('what the app applies is kept as it was given', async () => {
  const company = await newCompany();
  const template = {
    name: 'Support squad',
    role: 'admin',
    workspaces: ['wks_1', { id: 'wks_2', inboxes: [1, 2.5] }],
    inboxes: ['inb_1'],
    custom_fields: { cf_1: 'Ünïcode', cf_2: null, cf_3: [true] },
    preferences: { theme: 'dark', nested: { deep: { deeper: 1 } } },
  };
  const { status, body } = await company.api('POST', '/templates', template);
  expect(status).toBe(201);
  expect(body).toMatchObject(template);
  expect((await company.api('GET', `/templates/${body.id}`)).body).toEqual(body);
});

test('a creation leaves one event, one line of the log, and a new version of the rules', async () => {
  const company = await newCompany();
  const { answer, events, log, before, after } = await traced(company, () =>
    company.api('POST', '/templates', { name: 'Squad' }),
  );
  expect(after.company.rules_version).toBe(before.company.rules_version + 1);
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
          "type": "template.created",
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
          "path": "/api/v1/companies/cmp_1/templates",
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
});

test('a name of nothing is refused', async () => {
  const company = await newCompany();
  for (const name of ['', ' \t', 'x'.repeat(201)]) {
    const { status, body } = await writingNothing(company, () => company.api('POST', '/templates', { name }));
    expect([status, body.detail]).toEqual([400, '"name" must be a text of 1 to 200 characters on one line.']);
  }
});

test('a template is bounded as a whole, however it grows', async () => {
  const company = await newCompany();
  const big = 'x'.repeat(100_000);
  const template = await company.newTemplate('Squad', { preferences: { big } });
  const path = `/templates/${template.id}`;
  expect((await company.api('PATCH', path, { custom_fields: { big } })).status).toBe(200);
  const answer = await writingNothing(company, () => company.api('PATCH', path, { workspaces: [big] }));
  expect([answer.status, answer.body.detail]).toEqual([
    400,
    expect.stringMatching(/^The template comes to 30\d{4} bytes, more than the 262144 that are kept\.$/),
  ]);
});
