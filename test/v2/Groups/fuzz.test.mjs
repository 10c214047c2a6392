// Random requests for groups, the same on every run: never a 5xx, nothing but whole changes, and the server goes on.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { choices } from '../../support/random-json.mjs';
import { expectSensibleAnswers } from '../../support/random-requests.mjs';
import { newGroup, newUsers } from '../../support/scim.mjs';
import { expectConsistent, tablesOf } from '../../support/tables.mjs';

const REQUESTS = 120;

function randomRequest({ of, below, value, group, groupPatch }, { users, groups }) {
  const id = of(groups);
  switch (of(['POST', 'PUT', 'PATCH', 'PATCH', 'PATCH', 'PATCH', 'PUT', 'any', 'GET'])) {
    case 'POST':
      return ['POST', '/Groups', group(users)];
    case 'PUT':
      return ['PUT', `/Groups/${id}`, group(users)];
    case 'PATCH':
      return ['PATCH', `/Groups/${id}`, groupPatch(users)];
    case 'any':
      return [of(['POST', 'PUT', 'PATCH']), of(['/Groups', `/Groups/${id}`]), value(5)];
    default: {
      const query = ['filter', 'startIndex', 'count', 'attributes', 'excludedAttributes', 'sortBy']
        .filter(() => below(2))
        .map((name) => `${name}=${encodeURIComponent(JSON.stringify(value(1)))}`);
      return ['GET', `${of(['/Groups', `/Groups/${id}`])}?${query.join('&')}`, undefined];
    }
  }
}

test.each([1, 2, 3])(`${REQUESTS} random requests, seed %i`, async (seed) => {
  const company = await newCompany();
  const users = (await newUsers(company, [...'abcdef'])).map(({ id }) => id);
  const groups = ['grp_none'];
  for (const displayName of ['One', 'Two', 'Three', 'Four']) groups.push((await newGroup(company, displayName)).id);
  const random = choices(seed);
  // Now and then a member whom nobody knows.
  const known = { users: [...users, ...users, ...users, 'tea_none'], groups };
  const requests = Array.from({ length: REQUESTS }, () => randomRequest(random, known));
  await expectSensibleAnswers(company, requests);
  await expectConsistent(company);
  await expectReadable(company);
});

/** What was taken can be given out, and PUT back as it is without a change. */
async function expectReadable(company) {
  const { status, body } = await company.scim('GET', '/Groups?count=200');
  expect(status).toBe(200);
  const before = await tablesOf(company);
  for (const group of body.Resources) {
    expect((await company.scim('GET', `/Groups/${group.id}`)).body).toEqual(group);
    const echo = await company.scim('PUT', `/Groups/${group.id}`, group);
    expect([echo.status, echo.body]).toEqual([200, group]);
  }
  const after = await tablesOf(company);
  expect([after.groups, after.memberships, after.events]).toEqual([before.groups, before.memberships, before.events]);
}
