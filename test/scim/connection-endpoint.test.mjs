// /scim/{connection_id}/v2: the URL of one connection. It answers as /v2 does, with locations on its own base.

import { expect, inject, test } from 'vitest';
import { newCompany, scimWith } from '../support/client.mjs';
import { filtered, newUser, patchOp } from '../support/scim.mjs';
import { expectConsistent, traced } from '../support/tables.mjs';
import { until } from '../support/until.mjs';

async function atEndpoint() {
  const company = await newCompany();
  const base = `${inject('rollcall').baseUrl}/scim/${company.connectionId}/v2`;
  return {
    company,
    base,
    scim: (method, path, body, token = company.token) => scimWith(token, method, path, body, {}, base),
  };
}

test('the management API gives this URL as the endpoint of the connection', async () => {
  const { company, base } = await atEndpoint();
  const { body } = await company.api('GET', `/connections/${company.connectionId}`);
  expect(body.endpoint).toBe(base);
});

test('create, read, list, look up, replace, patch, remove: the location is on this base each time', async () => {
  const { company, base, scim } = await atEndpoint();
  const created = await scim('POST', '/Users', { userName: 'rita@example.com' });
  const { id } = created.body;
  const location = `${base}/Users/${id}`;
  expect([created.status, created.headers.get('location'), created.body.meta.location]).toEqual([
    201,
    location,
    location,
  ]);
  for (const answer of [
    await scim('GET', `/Users/${id}`),
    await scim('PUT', `/Users/${id}`, { userName: 'rita@example.com', title: 'Boss' }),
    await scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', path: 'title', value: 'Chief' })),
  ]) {
    expect([answer.status, answer.body.meta.location]).toEqual([200, location]);
  }
  for (const path of ['/Users', '/Users/?aadOptscim062020', filtered('userName eq "rita@example.com"')]) {
    expect((await scim('GET', path)).body.Resources.map(({ meta }) => meta.location)).toEqual([location]);
  }
  const duplicate = await scim('POST', '/Users', { userName: 'rita@example.com' });
  expect([duplicate.status, duplicate.headers.get('location')]).toEqual([409, location]);
  expect((await scim('DELETE', `/Users/${id}`)).status).toBe(204);
  expect((await scim('GET', `/Users/${id}`)).status).toBe(404);
  await expectConsistent(company);
});

test('both URLs show the same teammates, each with its own base', async () => {
  const { company, base, scim } = await atEndpoint();
  const user = await newUser(company);
  const { body } = await scim('GET', `/Users/${user.id}`);
  expect(body).toEqual({ ...user, meta: { ...user.meta, location: `${base}/Users/${user.id}` } });
});

test('the log names the path and the connection', async () => {
  const { company, scim } = await atEndpoint();
  const { log, events } = await traced(company, () => scim('POST', '/Users', { userName: 'rita@example.com' }));
  const { connectionId, tokenId } = company;
  expect(log).toMatchObject([
    { path: `/scim/${connectionId}/v2/Users`, connection_id: connectionId, token_id: tokenId },
  ]);
  expect(events).toMatchObject([{ connection_id: connectionId, token_id: tokenId }]);
});

test('a token of the company without a connection works here, and its changes are of this connection', async () => {
  const { company, scim } = await atEndpoint();
  const { id, token } = await company.newToken(['auto_provisioning'], { connection_id: null });
  const { answer, events } = await traced(company, () =>
    scim('POST', '/Users', { userName: 'rita@example.com' }, token),
  );
  expect(answer.status).toBe(201);
  expect(events).toMatchObject([{ connection_id: company.connectionId, token_id: id }]);
});

test('the same token at /v2 is of no connection', async () => {
  const { company } = await atEndpoint();
  const { id, token } = await company.newToken(['auto_provisioning'], { connection_id: null });
  const { events, log } = await traced(company, () =>
    scimWith(token, 'POST', '/Users', { userName: 'rita@example.com' }),
  );
  expect(events).toMatchObject([{ connection_id: null, token_id: id }]);
  expect(log).toMatchObject([{ connection_id: null, token_id: id }]);
});

test('after the first call the connection is connected, and says when it was seen', async () => {
  const { company, scim } = await atEndpoint();
  const connection = async () => (await company.api('GET', `/connections/${company.connectionId}`)).body;
  expect(await connection()).toMatchObject({ status: 'waiting', first_seen_at: null, last_seen_at: null });
  await scim('GET', '/Users?startIndex=1&count=2');
  const seen = await until(connection, ({ status }) => status === 'connected');
  expect(seen).toMatchObject({ first_seen_at: expect.any(String), last_seen_at: expect.any(String) });
});

test('paused, it refuses with 403 also a token of the company', async () => {
  const { company, scim } = await atEndpoint();
  const { token } = await company.newToken(['auto_provisioning'], { connection_id: null });
  await company.api('PATCH', `/connections/${company.connectionId}`, { paused: true });
  const { status, body } = await scim('GET', '/Users', undefined, token);
  expect([status, body.detail]).toEqual([
    403,
    'This connection is paused. Nothing is provisioned until a company admin resumes it.',
  ]);
});

test('groups and discovery are here too', async () => {
  const { base, scim } = await atEndpoint();
  expect((await scim('GET', '/Groups')).body.totalResults).toBe(0);
  expect((await scim('GET', '/ServiceProviderConfig', undefined, null)).body.meta.location).toBe(
    `${base}/ServiceProviderConfig`,
  );
});
