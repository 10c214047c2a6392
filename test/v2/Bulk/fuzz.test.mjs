// Random bulk requests, the same on every run: never a 5xx, one result for each operation that was performed, and
// each operation as the single call would have it.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { choices } from '../../support/random-json.mjs';
import { BULK_RESPONSE, ERROR, newUsers } from '../../support/scim.mjs';
import { expectConsistent, tablesOf } from '../../support/tables.mjs';

const REQUESTS = 40;

function randomOperation({ of, below, value, user, patch }, ids, place) {
  const path = of(['/Users/', 'Users/']) + of([...ids, `bulkId:${below(8)}`]);
  const version = of([undefined, undefined, undefined, 'W/"1"', '*', 'x']);
  const odd = below(12) === 0 ? { [of(['path', 'version', 'data', 'method2'])]: value(2) } : {};
  const data = user();
  if (below(3) === 0) data.manager = `bulkId:${below(8)}`;
  switch (of(['POST', 'POST', 'PUT', 'PATCH', 'PATCH', 'PATCH', 'DELETE', 'odd'])) {
    case 'POST':
      return { method: 'POST', path: '/Users', bulkId: `${place}`, data, ...odd };
    case 'PUT':
      return { method: 'put', path, version, data, ...odd };
    case 'PATCH':
      return { method: 'PATCH', path, version, data: patch(), ...odd };
    case 'DELETE':
      return { method: 'DELETE', path, version, ...odd };
    default:
      return { method: of(['GET', 'HEAD', 'POST', 'x']), path: of(['/Users', '/Groups', '/Bulk', '/Me', '']), data };
  }
}

const isOfGroups = ({ path }) => path === '/Groups';

test.each([1, 2, 3])(`${REQUESTS} random requests, seed %i`, async (seed) => {
  const company = await newCompany();
  const ids = ['tea_none', ...(await newUsers(company, [...'abcdefghij'])).map(({ id }) => id)];
  const random = choices(seed);
  const seen = {};
  for (let request = 0; request < REQUESTS; request += 1) {
    const operations = Array.from({ length: 1 + random.below(8) }, (_, place) => randomOperation(random, ids, place));
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
      if (own === '501') expect(operations.some(isOfGroups), shown).toBe(true);
      else expect(Number(own), shown).toBeLessThan(500);
      expect(Boolean(response), shown).toBe(Number(own) >= 400);
      if (response) expect(response, shown).toMatchObject({ schemas: [ERROR], status: own });
      else expect(location, shown).toMatch(/\/v2\/Users\/tea_\w+$/);
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
