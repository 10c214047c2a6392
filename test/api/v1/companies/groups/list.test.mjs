import { expect, test } from 'vitest';
import { newCompany } from '../../../../support/client.mjs';
import { walked } from '../../pages.mjs';
import { newAdoptedGroup, newAppGroup } from './groups.mjs';

/** A company with groups of these names; `names` and `walk` take a query and resolve with the names found. */
async function withGroups(...displayNames) {
  const company = await newCompany();
  const groups = [];
  for (const name of displayNames) groups.push(await newAppGroup(company, name));
  const get = (query) => company.api('GET', `/groups${query}`);
  return {
    ...company,
    groups,
    get,
    names: async (query = '') => (await get(query)).body.results.map(({ display_name }) => display_name),
    walk: async (query, limit) =>
      (await walked((page) => get(`${page}${query}`), limit)).map(({ display_name }) => display_name),
  };
}

test('the list has the active groups, whoever made them, in the order of creation', async () => {
  const { names, groups, api, scim } = await withGroups('c', 'a', 'b');
  await scim('POST', '/Groups', { displayName: 'pushed' });
  await api('DELETE', `/groups/${groups[1].id}`);
  expect(await names()).toEqual(['c', 'b', 'pushed']);
  expect(await names('?state=active')).toEqual(['c', 'b', 'pushed']);
  expect(await names('?state=deleted')).toEqual(['a']);
});

test('a group in the list is the group as it is alone', async () => {
  const company = await withGroups('a', 'b');
  await newAdoptedGroup(company, 'c');
  await company.api('DELETE', `/groups/${company.groups[0].id}`);
  for (const state of ['active', 'deleted']) {
    const { results } = (await company.get(`?state=${state}`)).body;
    expect(results.length).toBeGreaterThan(0);
    for (const group of results) expect((await company.api('GET', `/groups/${group.id}`)).body).toEqual(group);
  }
});

test('pages of any size together are the list', async () => {
  const { walk, groups, api } = await withGroups('e', 'd', 'c', 'b', 'a', 'f', 'g', 'h');
  for (const { id } of groups.slice(5)) await api('DELETE', `/groups/${id}`);
  for (const limit of [1, 2, 3, 5, 10]) {
    expect(await walk('', limit)).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect(await walk('&state=deleted', limit)).toEqual(['f', 'g', 'h']);
  }
});

test('a search finds the beginning of names, in any case, by their order', async () => {
  const { names } = await withGroups('Support squad', 'Sales', 'SUPPORT', 'supply', 'Straße', 'x%_y');
  const search = (text) => names(`?search=${encodeURIComponent(text)}`);
  expect(await search('SUP')).toEqual(['supply', 'SUPPORT', 'Support squad']);
  expect(await search(' support')).toEqual(['SUPPORT', 'Support squad']);
  expect(await search('support ')).toEqual(['Support squad']);
  expect(await search('STRASS')).toEqual(['Straße']);
  expect(await search('x%')).toEqual(['x%_y']);
  expect(await search('%')).toEqual([]);
  expect(await search('nobody')).toEqual([]);
});

test('a search is paged', async () => {
  const { walk } = await withGroups('sd', 'sa', 'ta', 'sc', 'sb');
  for (const limit of [1, 2, 3, 4]) expect(await walk('&search=S', limit)).toEqual(['sa', 'sb', 'sc', 'sd']);
});

test('deleted groups are searched too, several of one name among them', async () => {
  const company = await withGroups('Sales');
  const ids = [];
  for (let i = 0; i < 3; i += 1) {
    const { id } = await newAppGroup(company, 'Support');
    await company.api('DELETE', `/groups/${id}`);
    ids.push(id);
  }
  await company.api('DELETE', `/groups/${company.groups[0].id}`);
  for (const limit of [1, 2, 3]) {
    const found = await walked((page) => company.get(`${page}&state=deleted&search=support`), limit);
    expect(found.map(({ id }) => id)).toEqual(ids);
  }
  expect(await company.names('?search=s')).toEqual([]);
});

test('a state that is none is refused', async () => {
  const { get } = await withGroups();
  const { status, body } = await get('?state=gone');
  expect([status, body.detail]).toEqual([400, '"state" must be active or deleted.']);
});

test('nothing of another company is in it', async () => {
  const [company, other] = [await withGroups(), await withGroups('Support', 'Deleted')];
  await other.api('DELETE', `/groups/${other.groups[1].id}`);
  for (const query of ['', '?search=s', '?state=deleted', '?state=deleted&search=d'])
    expect(await company.names(query)).toEqual([]);
});
