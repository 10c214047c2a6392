// What a deployment says that lacks a secret or has a short one, and how its root secret is exchanged. Each case is a
// workerd of its own.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogLevel } from 'miniflare';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { managementApi } from '../../scripts/local/management-api.mjs';
import { newSecret } from '../../scripts/local/secrets.mjs';
import { send } from '../support/client.mjs';
import { startRollcall } from '../support/rollcall.mjs';

const OPERATOR_KEY = newSecret();
let folder;
let company;

/** Runs `body` with a deployment that has these secrets, on the data of all the others here. */
async function deployed(secrets, body) {
  const rollcall = await startRollcall({
    folder,
    operatorKey: OPERATOR_KEY,
    secrets,
    entries: [],
    logLevel: LogLevel.NONE,
    logFile: join(folder, 'worker.log'),
  });
  try {
    return await body(rollcall.baseUrl);
  } finally {
    await rollcall.stop();
  }
}

const bearer = (token) => ({ headers: { authorization: `Bearer ${token}` } });
const walk = (baseUrl, cursor = '') =>
  send('GET', `${baseUrl}/v2/Users?count=1&cursor=${cursor}`, bearer(company.token));

const problem = (secret, what) =>
  `This deployment of Rollcall is not set up: the secret ${secret} ${what}. Whoever runs it sets it with "npm run wrangler -- secret put ${secret}", to the output of "openssl rand -base64 32" for example.`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-deployment-'));
  await deployed({}, async (baseUrl) => {
    const api = managementApi(baseUrl, OPERATOR_KEY);
    const { id } = await api('POST', '/companies', { name: 'Test company', plan: 'scale' });
    company = await api('POST', `/companies/${id}/tokens`, { name: 'T', scopes: ['auto_provisioning'] });
    for (const userName of ['a', 'b']) {
      const created = await send('POST', `${baseUrl}/v2/Users`, {
        headers: { authorization: `Bearer ${company.token}`, 'content-type': 'application/scim+json' },
        body: { userName },
      });
      expect(created.status).toBe(201);
    }
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  [{ ROOT_SECRET: undefined }, 'is missing'],
  [{ ROOT_SECRET: '' }, 'is missing'],
  [{ ROOT_SECRET: 'x'.repeat(31) }, 'has fewer than 32 characters, and could be guessed'],
])('without a root secret that will do, walks say so, and all else goes on: %o', async (secrets, what) => {
  await deployed(secrets, async (baseUrl) => {
    const { status, headers, body } = await walk(baseUrl);
    expect([status, headers.get('retry-after'), body.detail]).toEqual([503, '5', problem('ROOT_SECRET', what)]);
    const ready = await send('GET', `${baseUrl}/ready`);
    expect([ready.status, ready.body.title, ready.body.detail]).toEqual([
      503,
      'The deployment is not set up',
      problem('ROOT_SECRET', what),
    ]);
    expect((await send('GET', `${baseUrl}/v2/Users`, bearer(company.token))).status).toBe(200);
    expect((await send('GET', `${baseUrl}/api/v1/companies`, bearer(OPERATOR_KEY))).status).toBe(200);
  });
});

test.each([
  [undefined, 'is missing'],
  ['k'.repeat(31), 'has fewer than 32 characters, and could be guessed'],
])('an operator key that is missing or short opens nothing: %o', async (key, what) => {
  await deployed({ OPERATOR_KEY: key }, async (baseUrl) => {
    for (const path of ['/api/v1/companies', '/ready']) {
      const { status, body } = await send('GET', baseUrl + path, bearer(key ?? ''));
      expect([path, status, body.detail]).toEqual([path, 503, problem('OPERATOR_KEY', what)]);
      expect(body.type).toBe(`${baseUrl}/errors#not-set-up`);
    }
    expect((await walk(baseUrl)).status).toBe(200);
  });
});

test('a walk goes on while the root secret is exchanged, and ends with it', async () => {
  const [before, after] = [newSecret(), newSecret()];
  const begun = await deployed({ ROOT_SECRET: before }, (baseUrl) => walk(baseUrl));
  expect(begun.body.nextCursor).toEqual(expect.any(String));
  const goesOn = (secrets) =>
    deployed(secrets, async (baseUrl) => {
      const { status, body } = await walk(baseUrl, begun.body.nextCursor);
      return [status, body.Resources?.map(({ userName }) => userName) ?? body.scimType];
    });
  expect(await goesOn({ ROOT_SECRET: before, ROOT_SECRET_OTHER: after })).toEqual([200, ['b']]);
  expect(await goesOn({ ROOT_SECRET: after, ROOT_SECRET_OTHER: before })).toEqual([200, ['b']]);
  expect(await goesOn({ ROOT_SECRET: after })).toEqual([400, 'invalidCursor']);
});

test('the operator key says nothing of cursors', async () => {
  const begun = await deployed({ ROOT_SECRET: 'r'.repeat(32) }, (baseUrl) => walk(baseUrl));
  const other = { OPERATOR_KEY: newSecret(), ROOT_SECRET: 'r'.repeat(32) };
  const goesOn = await deployed(other, (baseUrl) => walk(baseUrl, begun.body.nextCursor));
  expect(goesOn.status).toBe(200);
});
