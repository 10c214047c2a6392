import { expect, test } from 'vitest';
import { newCompany, operator } from '../../../support/client.mjs';
import { walked } from '../pages.mjs';

test('the list has every company once, in the order of creation', async () => {
  const mine = [];
  for (const name of ['One', 'Two', 'Three']) mine.push((await newCompany({ name })).companyId);
  const all = (await walked((query) => operator('GET', `/companies${query}`), 100)).map(({ id }) => id);
  expect(all.filter((id) => mine.includes(id))).toEqual(mine.toSorted());
  expect(all).toEqual([...new Set(all)].sort());
});

test('a company in the list is the company as it is alone', async () => {
  const { companyId, api } = await newCompany();
  const all = await walked((query) => operator('GET', `/companies${query}`), 500);
  expect(all.find(({ id }) => id === companyId)).toEqual((await api('GET', '')).body);
});
