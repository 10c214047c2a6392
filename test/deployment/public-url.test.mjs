// Which URL answers name: the one that the deployment says, whatever host a caller says. Each case is a workerd of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogLevel } from 'miniflare';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { managementApi } from '../../scripts/local/management-api.mjs';
import { newSecret } from '../../scripts/local/secrets.mjs';
import { rawSend } from '../support/raw-http.mjs';
import { startRollcall } from '../support/rollcall.mjs';
import { bulkRequest, patchOp } from '../support/scim.mjs';

const FORGED = 'forged.example.net';

let folder;
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'rollcall-public-url-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

async function deployed(PUBLIC_URL, body) {
  const operatorKey = newSecret();
  const rollcall = await startRollcall({
    folder,
    operatorKey,
    secrets: { PUBLIC_URL },
    entries: [],
    logLevel: LogLevel.NONE,
    logFile: join(folder, 'worker.log'),
  });
  try {
    return await body(rollcall.baseUrl, operatorKey);
  } finally {
    await rollcall.stop();
  }
}

/** A company, and calls to it by a forged host: every answer's headers and body as one text. */
async function calls(baseUrl, operatorKey) {
  const api = managementApi(baseUrl, operatorKey);
  const { id } = await api('POST', '/companies', { name: 'C', plan: 'scale', group_sync_enabled: true });
  const connection = await api('POST', `/companies/${id}/connections`, { provider: 'custom', name: 'C' });
  const { token } = await api('POST', `/companies/${id}/tokens`, {
    name: 'T',
    scopes: ['auto_provisioning', 'provisioning'],
    connection_id: connection.id,
  });
  const all = [];
  const call = (key) => async (method, path, body) => {
    const headers = {
      host: FORGED,
      authorization: `Bearer ${key}`,
      ...(body && { 'content-type': 'application/json' }),
    };
    const answer = await rawSend(method, baseUrl, path, { headers, body: body && JSON.stringify(body) });
    all.push(JSON.stringify([answer.status, [...answer.headers], answer.body]));
    return answer;
  };
  return { companyId: id, connectionId: connection.id, scim: call(token), api: call(operatorKey), all };
}

test.each([
  ['https://scim.example.com', 'https://scim.example.com'],
  ['https://example.com/rollcall/', 'https://example.com/rollcall'],
])('with PUBLIC_URL %s no answer names a forged host', async (setting, origin) => {
  await deployed(setting, async (baseUrl, operatorKey) => {
    const { companyId, connectionId, scim, api, all } = await calls(baseUrl, operatorKey);
    for (const base of ['/v2', `/scim/${connectionId}/v2`]) {
      const at = `${origin}${base}`;
      const userName = `rita${base.length}`;
      const { status, headers, body } = await scim('POST', `${base}/Users`, { userName });
      const location = `${at}/Users/${body.id}`;
      expect([status, headers.get('location'), body.meta.location]).toEqual([201, location, location]);
      const taken = await scim('POST', `${base}/Users`, { userName });
      expect([taken.status, taken.headers.get('location')]).toEqual([409, location]);
      const group = await scim('POST', `${base}/Groups`, { displayName: base, members: [{ value: body.id }] });
      expect(group.body.members[0].$ref).toBe(location);
      await scim('GET', `${base}/Groups/${group.body.id}`);
      const operations = [
        { method: 'PATCH', path: `${at}/Users/${body.id}`, data: patchOp({ op: 'add', path: 'title', value: 'T' }) },
        { method: 'POST', path: '/Users', bulkId: 'b', data: { userName: `bulk${base.length}` } },
      ];
      const bulk = await scim('POST', `${base}/Bulk`, bulkRequest(operations));
      expect(bulk.body.Operations.map((one) => [one.status, one.location.startsWith(`${at}/Users/`)])).toEqual([
        ['200', true],
        ['201', true],
      ]);
      for (const path of ['/Users', '/Schemas', '/ResourceTypes', '/ServiceProviderConfig', '/nothing', '/Users/tea_x'])
        await scim('GET', base + path);
    }
    const company = await api('POST', '/api/v1/companies', { name: 'D', plan: 'scale' });
    expect(company.headers.get('location')).toBe(`${origin}/api/v1/companies/${company.body.id}`);
    const connection = await api('GET', `/api/v1/companies/${companyId}/connections/${connectionId}`);
    expect(connection.body.endpoint).toBe(`${origin}/scim/${connectionId}/v2`);
    const problem = await api('GET', '/api/v1/companies/cmp_nobody');
    expect(problem.body.type).toBe(`${origin}/errors#not-found`);
    await api('GET', '/nothing');
    expect(all.filter((text) => text.includes(FORGED))).toEqual([]);
  });
});

test('without it, answers name the host by which a call came', async () => {
  await deployed(undefined, async (baseUrl, operatorKey) => {
    const { scim } = await calls(baseUrl, operatorKey);
    const { body } = await scim('POST', '/v2/Users', { userName: 'rita' });
    expect(body.meta.location).toBe(`http://${FORGED}/v2/Users/${body.id}`);
  });
});

test('one that is no URL is said, and nothing is done', async () => {
  await deployed('scim.example.com', async (baseUrl) => {
    for (const path of ['/v2/Users', '/api/v1/companies', '/ready']) {
      const { status, body } = await rawSend('GET', baseUrl, path);
      expect([path, status]).toEqual([path, 503]);
      expect(body.detail).toMatch(/^This deployment of Rollcall is not set up: the variable PUBLIC_URL is no URL/);
    }
  });
});
