// Cursors and limits, the same for every list: `{"results": [...], "next": cursor or null}`.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { walked } from './pages.mjs';

async function withTemplates(...names) {
  const company = await newCompany();
  const ids = [];
  for (const name of names) ids.push((await company.newTemplate(name)).id);
  return { ...company, ids: ids.sort(), list: (query = '') => company.api('GET', `/templates${query}`) };
}

test('a list without anything is an empty page', async () => {
  const { list } = await withTemplates();
  expect((await list()).body).toEqual({ results: [], next: null });
});

test('pages of every size together are the list', async () => {
  const { list, ids } = await withTemplates('a', 'b', 'c', 'd', 'e');
  for (const limit of [1, 2, 4, 5, 6, 500]) {
    expect(
      (await walked(list, limit)).map(({ id }) => id),
      `pages of ${limit}`,
    ).toEqual(ids);
  }
});

test('there is no next page behind one that ends with the last', async () => {
  const { list } = await withTemplates('a', 'b');
  expect((await list('?limit=2')).body.next).toBe(null);
});

test('a walk goes on where it was when what the cursor stands for is gone', async () => {
  const { list, ids, api } = await withTemplates('a', 'b', 'c', 'd');
  const { body } = await list('?limit=2');
  await api('DELETE', `/templates/${ids[1]}`);
  const rest = await list(`?cursor=${body.next}`);
  expect(rest.body.results.map(({ id }) => id)).toEqual(ids.slice(2));
});

test('without a limit a page has 100', async () => {
  const { api } = await newCompany();
  await Promise.all(Array.from({ length: 100 }, () => api('POST', '/connections', { provider: 'okta' })));
  const { body } = await api('GET', '/connections');
  expect([body.results.length, body.next === null]).toEqual([100, false]);
});

test('a limit that is none is refused', async () => {
  const { list } = await withTemplates();
  for (const limit of ['0', '501', '-1', '1.5', 'all', '9'.repeat(30)]) {
    const { status, body } = await list(`?limit=${limit}`);
    expect([limit, status, body.detail]).toEqual([limit, 400, '"limit" must be a number from 1 to 500.']);
  }
});
