// What is no route, and what is no method of a route.

import { expect, inject, test } from 'vitest';
import { newCompany, operator, send } from '../../support/client.mjs';
import { problem } from '../../support/problem.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { routesOf } from './routes.mjs';

test('an unknown route answers 404 as problem details', async () => {
  expect(readableAnswer(await operator('GET', '/nothing'))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "Nothing is here. Check the URL: SCIM is under /v2 and /scim/{connection_id}/v2, the management API under /api/v1.",
        "request_id": "req_1",
        "status": 404,
        "title": "There is nothing at this URL",
        "type": "https://host/errors#no-such-route",
      },
      "headers": {
        "content-type": "application/problem+json",
      },
      "status": 404,
    }
  `);
});

test('so does every other URL outside SCIM', async () => {
  const { baseUrl } = inject('rollcall');
  for (const path of [
    '/',
    '/api',
    '/api/v1',
    '/api/v2/companies',
    '/companies',
    '/api/v1/companies/x/nothing',
    '/favicon.ico',
  ]) {
    const { status, headers, body } = await send('GET', baseUrl + path);
    expect([path, status, headers.get('content-type'), body.type]).toEqual([
      path,
      404,
      'application/problem+json',
      problem('no-such-route'),
    ]);
  }
});

test('a method that a route does not take answers 405 and names those that it takes', async () => {
  expect(readableAnswer(await operator('PUT', '/companies'))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "This URL does not take that method, but GET, HEAD, POST.",
        "request_id": "req_1",
        "status": 405,
        "title": "This URL does not take that method",
        "type": "https://host/errors#method-not-allowed",
      },
      "headers": {
        "allow": "GET, HEAD, POST",
        "content-type": "application/problem+json",
      },
      "status": 405,
    }
  `);
});

test('every route names its methods so', async () => {
  const company = await newCompany();
  const routes = await routesOf(company);
  const paths = [...new Set(routes.map(({ path }) => path))];
  for (const path of paths) {
    const { status, headers } = await operator('OPTIONS', path);
    const allowed = routes.filter((route) => route.path === path).map(({ method }) => method);
    if (allowed.includes('GET')) allowed.push('HEAD');
    expect([path, status, headers.get('allow').split(', ').sort()]).toEqual([path, 405, allowed.sort()]);
  }
});

test('a slash at the end and unknown query parameters change nothing', async () => {
  const { companyId, api } = await newCompany();
  const plain = await api('GET', '');
  for (const path of ['/', '?nothing=1', '/?nothing']) {
    const { status, body } = await api('GET', path);
    expect([path, status, body]).toEqual([path, 200, plain.body]);
  }
  expect(plain.body.id).toBe(companyId);
});

test('HEAD answers as GET does, without a body', async () => {
  const { companyId, api } = await newCompany();
  const { baseUrl } = inject('rollcall');
  const answers = [
    await api('HEAD', ''),
    await api('HEAD', '/nothing'),
    await send('HEAD', `${baseUrl}/api/v1/companies/${companyId}`),
  ];
  expect(answers.map(({ status, body }) => [status, body])).toEqual([
    [200, null],
    [404, null],
    [401, null],
  ]);
});
