// Every error under the SCIM bases is SCIM JSON, also where no route is; slashes never break a call.

import { beforeAll, expect, inject, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { rawSend } from '../support/raw-http.mjs';
import { readableAnswer } from '../support/readable.mjs';
import { ERROR, newUser, patchOp } from '../support/scim.mjs';
import { writingNothing } from '../support/tables.mjs';

const raw = ({ token }, method, path, body) =>
  rawSend(method, inject('rollcall').baseUrl, path, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
    body: body && JSON.stringify(body),
  });

// For those that must write nothing.
let untouched;
beforeAll(async () => {
  untouched = await newCompany();
});

test.each([
  '/v2',
  '/v2/',
  '/v2/Nope',
  '/v2/Users/tea_1/more',
  '/v2/users',
  '/v2/Bulk/x',
  '/v2/Users/.nope',
  '/v2/%2e%2e/api',
  '/v2/Schemas/a/b',
  '/scim/con_1/v2',
  '/scim/con_1/v2/Nope',
])('GET %s is 404 in SCIM', async (path) => {
  const { status, headers, body } = await raw(untouched, 'GET', path);
  expect([status, headers.get('content-type')]).toEqual([404, 'application/scim+json']);
  expect(body).toMatchObject({ schemas: [ERROR], status: '404', detail: expect.stringMatching(/\w/) });
});

test('the whole 404', async () => {
  expect(readableAnswer(await raw(untouched, 'GET', '/v2/Nope'))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "Nothing is here. Check the URL: SCIM is under /v2 and /scim/{connection_id}/v2, the management API under /api/v1.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "404",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 404,
    }
  `);
});

test.each([
  ['PUT', '/Users', 'GET, HEAD, POST'],
  ['PATCH', '/Users', 'GET, HEAD, POST'],
  ['DELETE', '/Users', 'GET, HEAD, POST'],
  ['OPTIONS', '/Users', 'GET, HEAD, POST'],
  ['POST', '/Users/tea_1', 'GET, HEAD, PUT, PATCH, DELETE'],
  ['GET', '/.search', 'POST'],
  ['GET', '/Users/.search', 'POST'],
  ['PUT', '/Users/.search', 'POST'],
  ['DELETE', '/Groups/.search', 'POST'],
  ['DELETE', '/Groups', 'GET, HEAD, POST'],
  ['POST', '/Groups/grp_1', 'GET, HEAD, PUT, PATCH, DELETE'],
  ['GET', '/Bulk', 'POST'],
  ['PATCH', '/Bulk', 'POST'],
  ['POST', '/ServiceProviderConfig', 'GET, HEAD'],
  ['DELETE', '/ResourceTypes', 'GET, HEAD'],
  ['PUT', '/ResourceTypes/User', 'GET, HEAD'],
  ['POST', '/Schemas', 'GET, HEAD'],
  ['PATCH', '/Schemas/x', 'GET, HEAD'],
])('%s %s is 405 with Allow: %s, in SCIM', async (method, path, allow) => {
  const { status, headers, body } = await writingNothing(untouched, () => raw(untouched, method, `/v2${path}`));
  expect([status, headers.get('allow'), headers.get('content-type')]).toEqual([405, allow, 'application/scim+json']);
  expect(body).toMatchObject({
    schemas: [ERROR],
    status: '405',
    detail: `This URL does not take that method, but ${allow}.`,
  });
});

test.each([
  ['/v2/Users', '/v2'],
  ['/v2/Users/', '/v2'],
  ['/v2//Users', '/v2'],
  ['//v2/Users//', '/v2'],
])('POST %s creates', async (path, base) => {
  const company = await newCompany();
  const { status, body } = await raw(company, 'POST', path, { userName: 'rita@example.com' });
  expect(status).toBe(201);
  expect(body.meta.location).toBe(`${inject('rollcall').baseUrl}${base}/Users/${body.id}`);
});

test.each(['/', '//', '?aadOptscim062020', '/?aadOptscim062020', '?x=1&y&=&&'])(
  '%s behind the URL breaks no write',
  async (suffix) => {
    const company = await newCompany();
    const { id } = await newUser(company);
    const patch = patchOp({ op: 'replace', path: 'title', value: 'x' });
    for (const [method, status, body] of [
      ['GET', 200],
      ['PUT', 200, { userName: 'rita@example.com' }],
      ['PATCH', 200, patch],
      ['DELETE', 204],
    ]) {
      expect([method, (await raw(company, method, `/v2/Users/${id}${suffix}`, body)).status]).toEqual([method, status]);
    }
  },
);

test('every answer names its request', async () => {
  const company = await newCompany();
  const ids = [];
  for (const path of ['/v2/Users', '/v2/Users', '/v2/Nope'])
    ids.push((await raw(company, 'GET', path)).headers.get('x-request-id'));
  expect(ids).toEqual(Array(3).fill(expect.stringMatching(/^req_[0-9a-z]{26}$/)));
  expect(new Set(ids).size).toBe(3);
});

test('HEAD has the status of GET and no body (RFC 9110 section 9.3.2)', async () => {
  for (const path of ['/v2/Users', '/v2/ServiceProviderConfig', '/v2/Users/tea_none']) {
    const [get, head] = [await raw(untouched, 'GET', path), await raw(untouched, 'HEAD', path)];
    expect([path, head.status, head.body]).toEqual([path, get.status, '']);
  }
});
