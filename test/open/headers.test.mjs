// What every answer has, whoever gives it: the Worker for each of its routes, and Cloudflare for the pages.

import { readFileSync } from 'node:fs';
import { expect, inject, test } from 'vitest';
import { newCompany, operator } from '../support/client.mjs';
import { newGroup, newUser, newUsers } from '../support/scim.mjs';

const ROUTES = JSON.parse(readFileSync(new URL('../support/routes.json', import.meta.url), 'utf8'));
const SAFE = ['nosniff', 'max-age=63072000'];
const safety = (headers) => [headers.get('x-content-type-options'), headers.get('strict-transport-security')];

test('every route, refused and not', async () => {
  const { baseUrl, operatorKey } = inject('rollcall');
  const { token, companyId, connectionId } = await newCompany();
  let asked = 0;
  for (const { base, method, path } of ROUTES) {
    for (const at of base === '/v2' ? [base, `/scim/${connectionId}/v2`] : [base]) {
      for (const key of [token, operatorKey, 'nobody']) {
        const url = baseUrl + at + path.replace('{company_id}', companyId).replaceAll(/\{\w+\}/g, 'x');
        const answer = await fetch(url, { method, headers: { authorization: `Bearer ${key}` } });
        await answer.arrayBuffer();
        expect([method, url, ...safety(answer.headers)]).toEqual([method, url, ...SAFE]);
        asked += 1;
      }
    }
  }
  expect(asked).toBeGreaterThan(150);
});

test('answers of every form', async () => {
  const company = await newCompany();
  const user = await newUser(company);
  const users = await newUsers(
    company,
    Array.from({ length: 10 }, (_, place) => `user${place}`),
  );
  const { id } = await newGroup(company, { members: users.map((one) => ({ value: one.id })) });
  const answers = [
    [200, await company.scim('GET', `/Users/${user.id}`)],
    [304, await company.scim('GET', `/Users/${user.id}`, undefined, { 'if-none-match': user.meta.version })],
    [200, await company.scim('HEAD', `/Users/${user.id}`)],
    [200, await company.scim('GET', `/Groups/${id}`)],
    [204, await company.scim('DELETE', `/Users/${user.id}`)],
    [404, await company.scim('GET', '/nothing')],
    [405, await company.scim('PUT', '/Users', {})],
    [415, await company.scim('POST', '/Users', 'x', { 'content-type': 'text/plain' })],
    [400, await operator('POST', '/companies', '{')],
  ];
  for (const [status, answer] of answers) expect([answer.status, ...safety(answer.headers)]).toEqual([status, ...SAFE]);
});

test.each(['/', '/errors', '/rollcall.css', '/index.html', '/nothing', '/v2/Schemas'])('the page %s', async (path) => {
  const answer = await fetch(inject('rollcall').pagesUrl + path, { redirect: 'manual' });
  await answer.arrayBuffer();
  expect(safety(answer.headers)).toEqual(SAFE);
});

test('the file that says so is no page', async () => {
  expect((await fetch(`${inject('rollcall').pagesUrl}/_headers`)).status).toBe(404);
});
