// Random requests for users, the same on every run: never a 5xx, nothing but whole changes, and the server goes on.

import { expect, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { choices } from '../support/random-json.mjs';
import { expectSensibleAnswers } from '../support/random-requests.mjs';
import { newUser } from '../support/scim.mjs';
import { expectConsistent, tablesOf } from '../support/tables.mjs';

const REQUESTS = 120;

function randomRequest({ of, below, value, user, patch }, ids) {
  const id = of(ids);
  switch (of(['POST', 'PUT', 'PATCH', 'PATCH', 'PATCH', 'PUT', 'any', 'GET'])) {
    case 'POST':
      return ['POST', '/Users', user()];
    case 'PUT':
      return ['PUT', `/Users/${id}`, user()];
    case 'PATCH':
      return ['PATCH', `/Users/${id}`, patch()];
    case 'any':
      return [of(['POST', 'PUT', 'PATCH']), of(['/Users', `/Users/${id}`]), value(5)];
    default: {
      const query = ['filter', 'startIndex', 'count', 'attributes']
        .filter(() => below(2))
        .map((name) => `${name}=${encodeURIComponent(JSON.stringify(value(1)))}`);
      return ['GET', `/Users?${query.join('&')}`, undefined];
    }
  }
}

test.each([1, 2, 3])(`${REQUESTS} random requests, seed %i`, async (seed) => {
  const company = await newCompany();
  const ids = ['tea_none'];
  for (const userName of ['rita@example.com', 'other@example.com']) ids.push((await newUser(company, { userName })).id);
  const random = choices(seed);
  const requests = Array.from({ length: REQUESTS }, () => randomRequest(random, ids));
  await expectSensibleAnswers(company, requests);
  await expectConsistent(company);
  await expectReadable(company);
});

/** What was taken can be given out, and PUT back as it is without a change. */
async function expectReadable(company) {
  const { status, body } = await company.scim('GET', '/Users?count=200');
  expect(status).toBe(200);
  const before = await tablesOf(company);
  for (const user of body.Resources) {
    const echo = await company.scim('PUT', `/Users/${user.id}`, user);
    expect([echo.status, echo.body]).toEqual([200, user]);
  }
  expect((await tablesOf(company)).teammates).toEqual(before.teammates);
}
