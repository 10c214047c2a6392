// A connection knows when it was first and last heard of. That is kept after the answer to the call.

import { expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../../../../support/client.mjs';
import { until } from '../../../../support/until.mjs';

test('the first call of its token makes it connected', async () => {
  const company = await newCompany();
  const read = async () => (await company.api('GET', `/connections/${company.connectionId}`)).body;
  expect(await read()).toMatchObject({ status: 'waiting', first_seen_at: null, last_seen_at: null });
  const before = Date.now();
  await company.scim('GET', '/Users?count=1');
  const connected = await until(read, ({ status }) => status === 'connected');
  expect(connected.last_seen_at).toBe(connected.first_seen_at);
  expect(Date.parse(connected.first_seen_at)).toBeGreaterThanOrEqual(before);
});

test('so does the first call at its own endpoint, with any token of the company', async () => {
  const company = await newCompany();
  const { body: connection } = await company.api('POST', '/connections', { provider: 'okta' });
  expect(connection.endpoint).toBe(`${inject('rollcall').baseUrl}/scim/${connection.id}/v2`);
  const { token } = await company.newToken(['auto_provisioning'], { connection_id: null });
  const answer = await scimWith(token, 'POST', '/Users', { userName: 'rita@example.com' }, {}, connection.endpoint);
  expect([answer.status, answer.body.meta.location]).toEqual([201, `${connection.endpoint}/Users/${answer.body.id}`]);
  await until(
    async () => (await company.api('GET', `/connections/${connection.id}`)).body,
    ({ status }) => status === 'connected',
  );
  expect((await company.api('GET', `/connections/${company.connectionId}`)).body.status).toBe('waiting');
});

test('a call that is refused for its token does not', async () => {
  const company = await newCompany();
  const { body: other } = await company.api('POST', '/connections', { provider: 'okta' });
  // A token of one connection at the endpoint of another.
  const answer = await scimWith(company.token, 'GET', '/Users', undefined, {}, other.endpoint);
  expect(answer.status).toBe(401);
  // What that call could have kept, it would have kept before what this one keeps.
  await company.scim('GET', '/Users');
  const read = async (id) => (await company.api('GET', `/connections/${id}`)).body;
  await until(
    () => read(company.connectionId),
    ({ status }) => status === 'connected',
  );
  expect(await read(other.id)).toMatchObject({ status: 'waiting', first_seen_at: null });
});
