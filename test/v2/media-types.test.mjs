// Media types in and out: application/scim+json, and application/json for those who ask for it alone.

import { beforeAll, expect, inject, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { rawSend } from '../support/raw-http.mjs';
import { readableAnswer } from '../support/readable.mjs';
import { newUser, patchOp } from '../support/scim.mjs';
import { writingNothing } from '../support/tables.mjs';

const RITA = JSON.stringify({ userName: 'rita@example.com' });
const raw = ({ token }, method, path, headers, body) =>
  rawSend(method, inject('rollcall').baseUrl, `/v2${path}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    body,
  });

// For those that write nothing.
let company;
let user;
beforeAll(async () => {
  company = await newCompany();
  user = await newUser(company, { userName: 'other@example.com' });
});

test.each([
  ['application/scim+json', 'application/scim+json'],
  ['application/scim+json; charset=utf-8', 'application/scim+json'],
  ['application/json', 'application/json'],
  ['APPLICATION/JSON', 'application/json'],
  ['application/json; charset=utf-8', 'application/json'],
  ['application/json;q=0.9', 'application/json'],
  ['application/json, application/scim+json', 'application/scim+json'],
  ['application/scim+json, application/json;q=0.5', 'application/scim+json'],
  ['application/json, text/plain, */*', 'application/scim+json'],
  ['application/*', 'application/scim+json'],
  ['*/*', 'application/scim+json'],
  ['text/html', 'application/scim+json'],
])('Accept: %s is answered with %s', async (accept, expected) => {
  const list = await raw(company, 'GET', '/Users', { accept });
  expect([list.status, list.headers.get('content-type')]).toEqual([200, expected]);
  const error = await raw(company, 'GET', '/Users/tea_none', { accept });
  expect([error.status, error.headers.get('content-type')]).toEqual([404, expected]);
});

test('no Accept at all is answered with application/scim+json', async () => {
  const { status, headers } = await raw(company, 'GET', '/Users', {});
  expect([status, headers.get('content-type')]).toEqual([200, 'application/scim+json']);
});

test.each([
  'application/scim+json',
  'application/scim+json; charset=utf-8',
  'Application/SCIM+JSON;charset=UTF-8',
  'application/json',
  'application/json; charset="utf-8"',
])('a body of %s is taken', async (contentType) => {
  const { status } = await raw(await newCompany(), 'POST', '/Users', { 'content-type': contentType }, RITA);
  expect(status).toBe(201);
});

test('a body without a media type is taken', async () => {
  const { status } = await raw(await newCompany(), 'POST', '/Users', {}, RITA);
  expect(status).toBe(201);
});

test.each([
  'text/xml',
  'text/plain',
  'application/xml',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/jsonx',
  'json',
])('a body of %s is 415, and nothing is written', async (contentType) => {
  const calls = [
    ['POST', '/Users'],
    ['PUT', `/Users/${user.id}`],
    ['PATCH', `/Users/${user.id}`],
  ];
  const answers = await writingNothing(company, () =>
    Promise.all(calls.map(([method, path]) => raw(company, method, path, { 'content-type': contentType }, RITA))),
  );
  expect(answers.map(({ status, body }) => [status, body.status])).toEqual(Array(3).fill([415, '415']));
});

test('the whole 415', async () => {
  const answer = await raw(company, 'POST', '/Users', { 'content-type': 'text/xml' }, '<user/>');
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "The body is of the media type "text/xml". Send application/scim+json or application/json.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "scimType": "invalidSyntax",
        "status": "415",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 415,
    }
  `);
});

test('GET and DELETE do not mind a Content-Type, nor a body', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  expect((await raw(company, 'GET', `/Users/${id}`, { 'content-type': 'text/xml' })).status).toBe(200);
  expect((await raw(company, 'DELETE', `/Users/${id}`, { 'content-type': 'application/scim+json' }, '{}')).status).toBe(
    204,
  );
});

test('Accept: application/json with a write, too', async () => {
  const company = await newCompany();
  const created = await raw(
    company,
    'POST',
    '/Users',
    { accept: 'application/json', 'content-type': 'application/json' },
    RITA,
  );
  expect([created.status, created.headers.get('content-type')]).toEqual([201, 'application/json']);
  const patch = JSON.stringify(patchOp({ op: 'replace', path: 'title', value: 'x' }));
  const patched = await raw(
    company,
    'PATCH',
    `/Users/${created.body.id}`,
    { accept: 'application/json', 'content-type': 'application/json' },
    patch,
  );
  expect([patched.status, patched.headers.get('content-type')]).toEqual([200, 'application/json']);
});

test('answers are for the caller alone: no store', async () => {
  const { headers } = await raw(company, 'GET', '/Users', {});
  expect(headers.get('cache-control')).toBe('no-store');
});
