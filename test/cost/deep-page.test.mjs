// The one cost that grows: a page by startIndex walks the index up to its first teammate.

import { expect, test } from 'vitest';
import { call, companyOf } from './company.mjs';

const page = (startIndex) => ({ method: 'GET', path: `/v2/Users?startIndex=${startIndex}&count=50` });

test('a page deep in the list reads one key of an index for each teammate before it, and no row of theirs', async () => {
  const company = await companyOf(3000);
  const first = await call(company, page(1));
  const deep = await call(company, page(2501));
  expect(deep.body.Resources[0].userName).toBe('Person.002500@example.com');
  expect(deep.cost).toEqual({ ...first.cost, rowsRead: first.cost.rowsRead + 2500 });
});
