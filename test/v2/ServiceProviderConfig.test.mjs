// What the server says it can do: the first thing that anybody asks, so without a token too.

import { expect, test } from 'vitest';
import { newCompany, scimWith } from '../support/client.mjs';

test('answers without a token', async () => {
  const answer = await scimWith(null, 'GET', '/ServiceProviderConfig');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/scim\+json/);
  expect(answer.body.patch).toEqual({ supported: true });
});

test('answers the same with one', async () => {
  const { scim } = await newCompany();
  const withToken = await scim('GET', '/ServiceProviderConfig');
  const without = await scimWith(null, 'GET', '/ServiceProviderConfig');
  expect(withToken.status).toBe(200);
  expect(withToken.body).toEqual(without.body);
});
