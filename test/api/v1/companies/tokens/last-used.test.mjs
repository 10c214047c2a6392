import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { until } from '../../../../support/until.mjs';

test('a token knows when it was last used', async () => {
  const company = await newCompany();
  const read = async () => (await company.api('GET', `/tokens/${company.tokenId}`)).body;
  expect((await read()).last_used_at).toBe(null);
  const before = Date.now();
  await company.scim('GET', '/Users');
  const { last_used_at: moment } = await until(read, ({ last_used_at }) => last_used_at !== null);
  expect(Date.parse(moment)).toBeGreaterThanOrEqual(before);
});
