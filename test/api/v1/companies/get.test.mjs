import { expect, test } from 'vitest';
import { newCompany } from '../../../support/client.mjs';
import { newUsers, patchOp } from '../../../support/scim.mjs';

test('a company shows its seats in use, its teammates and its admins', async () => {
  const company = await newCompany({ seats: 10 });
  const [first] = await newUsers(company, ['a@example.com', 'b@example.com', 'c@example.com']);
  await company.api('POST', '/teammates', { user_name: 'boss@example.com', role: 'admin' });
  await company.scim('PATCH', `/Users/${first.id}`, patchOp({ op: 'replace', value: { active: false } }));
  const { status, headers, body } = await company.api('GET', '');
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
    200,
    'application/json',
    'no-store',
  ]);
  expect(body).toMatchObject({ id: company.companyId, seats: 10, active_teammates: 3, teammates: 4, active_admins: 1 });
});
