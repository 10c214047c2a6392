// Every route of the management API wants the operator key.

import { expect, inject, test } from 'vitest';
import { newCompany, operator, send } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { routesOf } from './routes.mjs';

const list = (headers) => send('GET', `${inject('rollcall').baseUrl}/api/v1/companies?limit=1`, { headers });

test('a call without a key is refused', async () => {
  expect(readableAnswer(await list({}))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The operator key is missing or wrong. Send it as "Authorization: Bearer <operator key>".",
        "request_id": "req_1",
        "status": 401,
        "title": "The operator key is not valid",
        "type": "https://host/errors#not-the-operator",
      },
      "headers": {
        "content-type": "application/problem+json",
        "www-authenticate": "Bearer",
      },
      "status": 401,
    }
  `);
});

test('a wrong key is refused with the same words', async () => {
  const missing = readableAnswer(await list({}));
  const { operatorKey } = inject('rollcall');
  for (const key of ['wrong', operatorKey.slice(1), `${operatorKey}x`, operatorKey.toLowerCase(), '']) {
    expect(readableAnswer(await list({ authorization: `Bearer ${key}` })), key).toEqual(missing);
  }
});

test('the key in another scheme is refused', async () => {
  const { operatorKey } = inject('rollcall');
  for (const authorization of [
    operatorKey,
    `Basic ${btoa(`operator:${operatorKey}`)}`,
    `Token ${operatorKey}`,
    `Bearer${operatorKey}`,
  ]) {
    const { status, headers } = await list({ authorization });
    expect([status, headers.get('www-authenticate')], authorization).toEqual([401, 'Bearer']);
  }
});

test('the scheme is read in any case', async () => {
  const { operatorKey } = inject('rollcall');
  for (const scheme of ['bearer', 'BEARER']) {
    expect((await list({ authorization: `${scheme} ${operatorKey}` })).status).toBe(200);
  }
});

test("a company's own SCIM token is not the operator key", async () => {
  const { token } = await newCompany();
  expect((await list({ authorization: `Bearer ${token}` })).status).toBe(401);
});

test('no route answers without the key, and none does anything', async () => {
  const company = await newCompany();
  const { baseUrl } = inject('rollcall');
  for (const { method, path } of await routesOf(company)) {
    const { status } = await send(method, `${baseUrl}/api/v1${path}`, { body: method === 'GET' ? undefined : {} });
    expect(`${method} ${path} ${status}`).toBe(`${method} ${path} 401`);
  }
  expect((await operator('GET', `/companies/${company.companyId}`)).status).toBe(200);
});
