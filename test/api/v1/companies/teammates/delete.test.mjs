import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { rows } from '../../../../support/database.mjs';
import { readableAnswer } from '../../../../support/readable.mjs';
import { filtered, newUser } from '../../../../support/scim.mjs';
import { expectConsistent, traced, writingNothing } from '../../../../support/tables.mjs';

const RITA = {
  userName: 'rita@example.com',
  externalId: '00u1',
  displayName: 'Rita Ito',
  emails: [{ value: 'rita@example.com' }, { value: 'home@example.com' }],
};

test('a tombstone stays, with the userName and nothing else of the person', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  const { status, body } = await company.api('DELETE', `/teammates/${id}`);
  expect([status, body]).toEqual([204, null]);
  expect(readableAnswer(await company.api('GET', `/teammates/${id}`))).toMatchInlineSnapshot(`
    {
      "body": {
        "attributes": {},
        "blocked_by": null,
        "created_at": "<time>",
        "custom_fields": {},
        "display_name": null,
        "email": "rita@example.com",
        "external_id": null,
        "id": "tea_1",
        "origin": "scim",
        "role": "teammate",
        "sessions_invalid_before": "<time>",
        "state": "deleted",
        "state_changed_at": "<time>",
        "template_id": null,
        "updated_at": "<time>",
        "user_name": "rita@example.com",
      },
      "headers": {
        "content-type": "application/json",
      },
      "status": 200,
    }
  `);
  const kept = [
    await rows('SELECT * FROM teammates WHERE id = ?', id),
    await rows('SELECT * FROM teammate_emails WHERE teammate_id = ?', id),
  ];
  expect(JSON.stringify(kept)).not.toMatch(/Ito|home@|00u1/);
});

test('it leaves SCIM, and an identity provider that creates it again is told why not', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  await company.api('DELETE', `/teammates/${id}`);
  expect((await company.scim('GET', `/Users/${id}`)).status).toBe(404);
  for (const filter of [
    'userName eq "rita@example.com"',
    'emails.value eq "home@example.com"',
    'externalId eq "00u1"',
  ]) {
    expect((await company.scim('GET', filtered(filter))).body.totalResults, filter).toBe(0);
  }
  const answer = await writingNothing(company, () => company.scim('POST', '/Users', RITA));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "A company admin deleted the teammate "rita@example.com" in the app at <time>, so it is not provisioned again. To bring it back, a company admin has to add the teammate in the app once more; then retry. Otherwise unassign the user in your identity provider.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "scimType": "uniqueness",
        "status": "409",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 409,
    }
  `);
});

test('its seat is free', async () => {
  const company = await newCompany({ seats: 1 });
  const { id } = await newUser(company);
  await company.api('DELETE', `/teammates/${id}`);
  await newUser(company, { userName: 'sam@example.com' });
  expect((await company.api('GET', '')).body).toMatchObject({ active_teammates: 1, teammates: 1 });
});

test('a deletion leaves one event and one line of the log', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  const { body: was } = await company.api('GET', `/teammates/${id}`);
  const { events, log } = await traced(company, () => company.api('DELETE', `/teammates/${id}`));
  const { body: is } = await company.api('GET', `/teammates/${id}`);
  expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
    { type: 'teammate.deleted', data: { before: was, after: is } },
  ]);
  expect(log.map(({ method, status, event_seq }) => ({ method, status, event_seq }))).toEqual([
    { method: 'DELETE', status: 204, event_seq: events[0].seq },
  ]);
  await expectConsistent(company);
});

test('deleted again, it stays as it is', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  await company.api('DELETE', `/teammates/${id}`);
  const { answer, events, before, after } = await traced(company, () => company.api('DELETE', `/teammates/${id}`));
  expect([answer.status, events, after.teammates]).toEqual([204, [], before.teammates]);
});

test('one that was blocked or removed before can be deleted', async () => {
  const company = await newCompany();
  const blocked = await newUser(company, { userName: 'blocked@example.com', active: false });
  const removed = await newUser(company, { userName: 'removed@example.com' });
  await company.scim('DELETE', `/Users/${removed.id}`);
  for (const { id } of [blocked, removed]) {
    expect((await company.api('DELETE', `/teammates/${id}`)).status).toBe(204);
    expect((await company.api('GET', `/teammates/${id}`)).body.state).toBe('deleted');
  }
  await expectConsistent(company);
});

test('a deleted teammate can be neither edited nor blocked nor unblocked', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  await company.api('DELETE', `/teammates/${id}`);
  const calls = [
    ['PATCH', '', { display_name: 'Rita' }],
    ['POST', '/block'],
    ['POST', '/unblock'],
  ];
  for (const [method, action, body] of calls) {
    const answer = await writingNothing(company, () => company.api(method, `/teammates/${id}${action}`, body));
    expect([action, answer.status, answer.body.detail]).toEqual([
      action,
      409,
      `The teammate "${id}" was deleted. Create it again to bring it back.`,
    ]);
  }
});
