import { expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../../../support/client.mjs';
import { expectConsistent, traced } from '../../../../support/tables.mjs';

test('a deleted connection is gone', async () => {
  const company = await newCompany();
  const path = `/connections/${company.connectionId}`;
  const { status, body } = await company.api('DELETE', path);
  expect([status, body]).toEqual([204, null]);
  expect([(await company.api('GET', path)).status, (await company.api('DELETE', path)).status]).toEqual([404, 404]);
  expect((await company.api('GET', '/connections')).body.results).toEqual([]);
});

test('its tokens end with it, and those of other connections go on', async () => {
  const company = await newCompany();
  const free = await company.newToken(['auto_provisioning'], { connection_id: null });
  await company.scim('POST', '/Users', { userName: 'early@example.com' });
  await company.api('DELETE', `/connections/${company.connectionId}`);
  const late = await company.scim('POST', '/Users', { userName: 'late@example.com' });
  expect([late.status, (await company.scim('GET', '/Users')).status]).toEqual([401, 401]);
  expect((await scimWith(free.token, 'GET', '/Users')).status).toBe(200);
  const { body: ended } = await company.api('GET', `/tokens/${company.tokenId}`);
  const { body: goesOn } = await company.api('GET', `/tokens/${free.id}`);
  expect([ended.revoked_at === null, goesOn.revoked_at]).toEqual([false, null]);
});

test('its endpoint is no way in any more', async () => {
  const company = await newCompany();
  const free = await company.newToken(['auto_provisioning'], { connection_id: null });
  const endpoint = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
  expect((await scimWith(free.token, 'GET', '/Users', undefined, {}, endpoint)).status).toBe(200);
  await company.api('DELETE', `/connections/${company.connectionId}`);
  expect((await scimWith(free.token, 'GET', '/Users', undefined, {}, endpoint)).status).toBe(401);
});

test('a deletion leaves one event, one line of the log, and a new version of the rules', async () => {
  const company = await newCompany();
  const path = `/connections/${company.connectionId}`;
  const { endpoint, ...was } = (await company.api('GET', path)).body;
  const { events, log, before, after } = await traced(company, () => company.api('DELETE', path));
  expect(after.company.rules_version).toBeGreaterThan(before.company.rules_version);
  expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
    { type: 'connection.deleted', data: { before: was, after: null } },
  ]);
  expect(log.map(({ method, status, event_seq }) => ({ method, status, event_seq }))).toEqual([
    { method: 'DELETE', status: 204, event_seq: events[0].seq },
  ]);
  await expectConsistent(company);
});
