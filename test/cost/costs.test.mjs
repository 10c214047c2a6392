// Every kind of call costs what the table says, however large the company is.

import { beforeAll, describe, expect, test } from 'vitest';
import { insertRows } from '../support/database.mjs';
import { call, companyOf } from './company.mjs';
import { COSTS } from './costs.mjs';
import { MANAGEMENT_GROUP_COSTS } from './costs/management-groups.mjs';
import { insertOtherGroups, withAppGroups } from './groups.mjs';

const companies = [];
/** Those that are asked about the app's groups. */
const companiesWithGroups = [];

beforeAll(async () => {
  for (const size of [100, 10_000]) {
    companies.push(await companyOf(size));
    companiesWithGroups.push(await withAppGroups(await companyOf(size)));
  }
  // A walk over the last rows of a company reads the first of the next one, too: now each has a next.
  const last = await companyOf(1);
  const { companyId, teammate } = last;
  await insertOtherGroups(last);
  await insertRows(
    'memberships',
    ['company_id', 'group_id', 'teammate_id', 'standing'],
    [{ company_id: companyId, group_id: 'grp_1', teammate_id: teammate(0).id, standing: 'idp' }],
  );
});

for (const [group, calls] of Object.entries(COSTS)) {
  describe(group, () => {
    for (const [name, status, cost, request, before] of calls) {
      test(name, async () => {
        for (const company of group in MANAGEMENT_GROUP_COSTS ? companiesWithGroups : companies) {
          if (before) await call(company, before(company));
          const answer = await call(company, request(company));
          expect({ teammates: company.size, status: answer.status, cost: answer.cost }).toEqual({
            teammates: company.size,
            status,
            cost,
          });
          // Whom anybody could be is told nothing of it.
          const isTold = status !== 401 && group !== 'SCIM: discovery';
          expect(answer.claimed, 'the cost that the header server-timing tells').toEqual(isTold ? answer.cost : null);
        }
      });
    }
  });
}
