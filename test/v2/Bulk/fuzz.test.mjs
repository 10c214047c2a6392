// Random bulk requests of users and groups, the same on every run: never a 5xx, one result for each operation that was
// performed, and each operation as the single call would have it.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { choices } from '../../support/random-json.mjs';
import { BULK_RESPONSE, ERROR, newGroup, newUsers } from '../../support/scim.mjs';
import { expectConsistent, tablesOf } from '../../support/tables.mjs';

const REQUESTS = 40;

function randomOperation({ of, below, value, user, patch, group, groupPatch }, { users, groups }, place) {
  const isOfGroups = below(3) === 0;
  const type = isOfGroups ? 'Groups' : 'Users';
  const made = `bulkId:${below(8)}`;
  const path = of([`/${type}/`, `${type}/`]) + of([...(isOfGroups ? groups : users), made]);
  const version = of([undefined, undefined, undefined, 'W/"1"', '*', 'x']);
  const odd = below(12) === 0 ? { [of(['path', 'version', 'data', 'method2'])]: value(2) } : {};
  const members = [...users, ...users, made];
  const data = isOfGroups ? group(members) : user();
  if (!isOfGroups && below(3) === 0) data.manager = `bulkId:${below(8)}`;
  switch (of(['POST', 'POST', 'PUT', 'PATCH', 'PATCH', 'PATCH', 'DELETE', 'odd'])) {
    case 'POST':
      return { method: 'POST', path: `/${type}`, bulkId: `${place}`, data, ...odd };
    case 'PUT':
      return { method: 'put', path, version, data, ...odd };
    case 'PATCH':
      return { method: 'PATCH', path, version, data: isOfGroups ? groupPatch(members) : patch(), ...odd };
    case 'DELETE':
      return { method: 'DELETE', path, version, ...odd };
    default:
      return { method: of(['GET', 'HEAD', 'POST', 'x']), path: of(['/Users', '/Groups', '/Bulk', '/Me', '']), data };
  }
}

test.each([1, 2, 3])(`${REQUESTS} random requests, seed %i`, async (seed) => {
  const company = await newCompany();
  const users = ['tea_none', ...(await newUsers(company, [...'abcdefghij'])).map(({ id }) => id)];
  const groups = ['grp_none'];
  for (const displayName of ['One', 'Two', 'Three', 'Four', 'Five', 'Six'])
    groups.push((await newGroup(company, displayName)).id);
  const random = choices(seed);
  const seen = {};
  for (let request = 0; request < REQUESTS; request += 1) {
    const operations = Array.from({ length: 1 + random.below(8) }, (_, place) =>
      randomOperation(random, { users, groups }, place),
    );
    const failOnErrors = random.of([undefined, undefined, 1, 3]);
    const { status, body } = await company.scim('POST', '/Bulk', { Operations: operations, failOnErrors });
    const shown = JSON.stringify({ operations, failOnErrors, body });
    expect(status, shown).toBe(200);
    expect(body.schemas, shown).toEqual([BULK_RESPONSE]);
    const errors = body.Operations.filter(({ response }) => response);
    if (failOnErrors) expect(errors.length, shown).toBeLessThanOrEqual(failOnErrors);
    else expect(body.Operations.length, shown).toBe(operations.length);
    for (const { status: own, response, location, method, bulkId } of body.Operations) {
      seen[own] = (seen[own] ?? 0) + 1;
      expect(Number(own), shown).toBeLessThan(500);
      expect(Boolean(response), shown).toBe(Number(own) >= 400);
      if (response) expect(response, shown).toMatchObject({ schemas: [ERROR], status: own });
      else expect(location, shown).toMatch(/\/v2\/(Users\/tea|Groups\/grp)_\w+$/);
      if (method === 'POST' && !response) expect(bulkId, shown).toMatch(/^\d$/);
    }
  }
  // Both kinds of outcome, or the generator has lost its aim.
  for (const status of ['200', '201', '204', '400', '404', '405', '409', '412'])
    expect(Object.keys(seen), `of ${JSON.stringify(seen)}`).toContain(status);
  await expectConsistent(company);
  const { requests } = await tablesOf(company);
  expect(new Set(requests.map(({ id }) => id)).size).toBe(requests.length);
});
