import { expect, test } from 'vitest';
import { newCompany, scimWith } from '../../../../support/client.mjs';
import { tablesOf } from '../../../../support/tables.mjs';
import { until } from '../../../../support/until.mjs';

test('a token ends at the moment that was given for it, also where an isolate remembers it', async () => {
  const company = await newCompany();
  const { token, expires_at } = await company.newToken(['auto_provisioning'], {
    expires_at: new Date(Date.now() + 2000).toISOString(),
  });
  const create = (i) => scimWith(token, 'POST', '/Users', { userName: `user-${i}@example.com` });
  expect((await create(0)).status).toBe(201);
  let i = 0;
  const refused = await until(
    () => create((i += 1)),
    ({ status }) => status !== 201,
  );
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(expires_at));
  const { teammates } = await tablesOf(company);
  const late = teammates.filter(({ created_at }) => created_at >= Date.parse(expires_at));
  expect(late).toEqual([]);
  expect((await scimWith(token, 'GET', '/Users')).status).toBe(401);
});
