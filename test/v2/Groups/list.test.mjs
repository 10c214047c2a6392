// GET /Groups: pages of groups, narrowed, in an order, with their members.

import { beforeAll, describe, expect, inject, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { batch } from '../../support/database.mjs';
import { GROUP, GROUP_EXTENSION, groupsWhere, insertGroup, named, newGroup } from '../../support/groups.mjs';
import { populate } from '../../support/population.mjs';
import { LIST, newUser, patchOp } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

/** The first call of a token is one more to D1: that it was used is kept. */
const heardOf = ({ meteredScim }) => meteredScim('GET', '/Groups?count=0');
const names = ({ body }) => body.Resources.map(({ displayName }) => displayName);

let company;
let rita;
let noor;
const groups = {};
beforeAll(async () => {
  company = await newCompany();
  rita = await newUser(company, { userName: 'rita@example.com', displayName: 'Rita' });
  noor = await newUser(company, { userName: 'noor@example.com', displayName: 'Nóor' });
  groups.support = await newGroup(company, ' Süpport', { members: named(rita.id, noor.id), externalId: 'X-1' });
  groups.sales = await newGroup(company, 'sales', {
    members: named(rita.id),
    [GROUP_EXTENSION]: { description: 'ÉQUIPE de vente' },
  });
  groups.empty = await newGroup(company, 'Empty', { externalId: 'x-1' });
  const deleted = await newGroup(company, 'Deleted', { members: named(rita.id), externalId: 'X-1' });
  await company.scim('DELETE', `/Groups/${deleted.id}`);
});

test('a list holds whole resources, as GET of each gives them', async () => {
  const { status, headers, body } = await company.scim('GET', '/Groups');
  expect([status, headers.get('content-type')]).toEqual([200, 'application/scim+json']);
  expect(body).toEqual({
    schemas: [LIST],
    totalResults: 3,
    startIndex: 1,
    itemsPerPage: 3,
    Resources: [groups.support, groups.sales, groups.empty],
  });
  expect(Object.keys(body)).toEqual(['schemas', 'totalResults', 'startIndex', 'itemsPerPage', 'Resources']);
});

test("Entra's matching: displayName, without members", async () => {
  const query = `${groupsWhere('displayName eq "SALES"')}&excludedAttributes=members`;
  const { members: _, ...sales } = groups.sales;
  const { body } = await company.scim('GET', query);
  expect(body).toEqual({ schemas: [LIST], totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [sales] });
});

test('what does not exist is 200 with an empty list', async () => {
  for (const query of ['', '&excludedAttributes=members']) {
    const { status, body } = await company.scim('GET', `${groupsWhere('displayName eq "None"')}${query}`);
    expect([status, body]).toEqual([
      200,
      { schemas: [LIST], totalResults: 0, startIndex: 1, itemsPerPage: 0, Resources: [] },
    ]);
  }
});

test('projections', async () => {
  const { body } = await company.scim('GET', '/Groups?attributes=members.value,displayName&count=2');
  expect(body.Resources).toEqual([
    {
      schemas: [GROUP],
      id: groups.support.id,
      displayName: ' Süpport',
      members: [{ value: rita.id }, { value: noor.id }],
    },
    { schemas: [GROUP, GROUP_EXTENSION], id: groups.sales.id, displayName: 'sales', members: [{ value: rita.id }] },
  ]);
});

test.each([
  ['displayName eq "süpport "', ['support']],
  ['displayName eq "SÜPPORT"', ['support']],
  ['displayName ne "Empty"', ['support', 'sales']],
  ['displayName sw "s"', ['support', 'sales']],
  ['displayName co "ÜPP"', ['support']],
  ['displayName ew "PORT"', ['support']],
  ['displayName gt "empty" and displayName lt "sb"', ['sales']],
  ['displayName pr', ['support', 'sales', 'empty']],
  ['externalId eq "X-1"', ['support']],
  ['externalId eq "x-1" or displayName eq "Sales"', ['sales', 'empty']],
  ['not (externalId pr)', ['sales']],
  ['externalId eq null', ['sales']],
  ['id eq "$support"', ['support']],
  ['id eq "$support" or id eq "$empty"', ['support', 'empty']],
  ['members eq "$rita"', ['support', 'sales']],
  ['members.value eq "$noor"', ['support']],
  ['members[value eq "$noor"]', ['support']],
  ['members[value eq "$rita" and display eq "RITA"] and displayName co "al"', ['sales']],
  ['members.value ne "$rita"', ['support', 'empty']],
  ['members.display eq "nÓor"', ['support']],
  ['members.type eq "user"', ['support', 'sales']],
  ['members pr', ['support', 'sales']],
  ['not (members pr)', ['empty']],
  ['members.value eq "tea_nobody"', []],
  [`${GROUP_EXTENSION}:description eq "équipe DE vente"`, ['sales']],
  [`${GROUP_EXTENSION}:description sw "É"`, ['sales']],
  [`schemas eq "${GROUP_EXTENSION}"`, ['sales']],
  ['meta.created ge "2020-01-01T00:00:00Z"', ['support', 'sales', 'empty']],
  ['meta.lastModified lt "2020-01-01T00:00:00Z"', []],
  ['meta.resourceType eq "Group"', ['support', 'sales', 'empty']],
  ['meta.version eq "W/\\"1\\""', ['support', 'sales', 'empty']],
])('filter %s', async (filter, expected) => {
  const text = filter.replace(/\$(\w+)/g, (_, name) => ({ rita, noor, ...groups })[name].id);
  for (const more of ['', '&excludedAttributes=members', '&cursor', '&sortBy=id']) {
    const { status, body } = await company.scim('GET', `${groupsWhere(text)}${more}`);
    expect([status, body.detail]).toEqual([200, undefined]);
    const found = [body.totalResults, body.Resources.map(({ id }) => id)];
    expect(found).toEqual([expected.length, expected.map((name) => groups[name].id)]);
  }
});

test.each([
  ['displayName', 'invalidFilter', /an operator such as eq was expected/],
  ['userName eq "rita"', 'invalidFilter', /"userName" is no attribute of the Group schemas/],
  ['members.$ref eq "x"', 'invalidFilter', /use members.value/],
  ['members.value eq 5', 'invalidFilter', /a string in double quotes/],
  [
    Array.from({ length: 6 }, (_, i) => `members.display co "${i}"`).join(' or '),
    'invalidFilter',
    /at most 5 are taken/,
  ],
])('filter %s is refused', async (filter, scimType, detail) => {
  const { status, body } = await writingNothing(company, () => company.scim('GET', groupsWhere(filter)));
  expect([status, body.scimType, body.detail]).toEqual([400, scimType, expect.stringMatching(detail)]);
});

test.each([
  ['displayName', [' Süpport', 'sales', 'Empty'].reverse()],
  ['externalId', [' Süpport', 'Empty', 'sales']],
  ['members', [' Süpport', 'sales', 'Empty']],
  ['meta.created', [' Süpport', 'sales', 'Empty']],
  ['id', [' Süpport', 'sales', 'Empty']],
])('sorted by %s, and the other way round', async (sortBy, expected) => {
  for (const more of ['', '&attributes=displayName']) {
    expect(names(await company.scim('GET', `/Groups?sortBy=${sortBy}${more}`))).toEqual(expected);
    const back = await company.scim('GET', `/Groups?sortBy=${sortBy}&sortOrder=descending${more}`);
    expect(names(back)).toEqual([...expected].reverse());
  }
});

test('pages by index, with the total in each', async () => {
  const page = async (query) => {
    const { body } = await company.scim('GET', `/Groups?${query}`);
    return [
      body.totalResults,
      body.startIndex,
      body.itemsPerPage,
      body.Resources.map(({ displayName }) => displayName),
    ];
  };
  for (const more of ['', '&attributes=displayName']) {
    expect(await page(`startIndex=1&count=2${more}`)).toEqual([3, 1, 2, [' Süpport', 'sales']]);
    expect(await page(`startIndex=3&count=2${more}`)).toEqual([3, 3, 1, ['Empty']]);
    expect(await page(`startIndex=4&count=2${more}`)).toEqual([3, 4, 0, []]);
    expect(await page(`count=0${more}`)).toEqual([3, 1, 0, []]);
    const unique = `filter=${encodeURIComponent('displayName eq "sales"')}`;
    expect(await page(`${unique}${more}`)).toEqual([1, 1, 1, ['sales']]);
    expect(await page(`${unique}&startIndex=2${more}`)).toEqual([1, 2, 0, []]);
    expect(await page(`${unique}&count=0${more}`)).toEqual([1, 1, 0, []]);
  }
});

test('totals follow creates, deletes and restores', async () => {
  const company = await newCompany();
  const total = async () => (await company.scim('GET', '/Groups?count=0')).body.totalResults;
  const { id } = await newGroup(company, 'One');
  await newGroup(company, 'Two');
  expect(await total()).toBe(2);
  await company.scim('DELETE', `/Groups/${id}`);
  expect(await total()).toBe(1);
  expect((await company.api('POST', `/groups/${id}/restore`)).status).toBe(200);
  expect(await total()).toBe(2);
});

test('filters find who is removed in no group', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  await newGroup(company, 'Support', { members: named(id) });
  const found = async (filter) => (await company.scim('GET', groupsWhere(filter))).body.totalResults;
  expect([await found(`members.value eq "${id}"`), await found('members pr')]).toEqual([1, 1]);
  await company.scim('DELETE', `/Users/${id}`);
  expect([await found(`members.value eq "${id}"`), await found('members pr')]).toEqual([0, 0]);
});

describe('groups of thousands', () => {
  const SIZES = { a: 2_500, b: 0, c: 1_000, d: 999, e: 2_000 };
  let large;
  beforeAll(async () => {
    large = await newCompany();
    await batch(populate(large.companyId, 2_500));
    for (const [name, size] of Object.entries(SIZES)) await insertGroup(large, name, size);
    await heardOf(large);
  });

  test('come whole in a list, in one call to D1, each as GET gives it', async () => {
    const { status, body, cost } = await large.meteredScim('GET', '/Groups');
    expect([status, cost.calls, body.itemsPerPage]).toEqual([200, 1, 5]);
    const sizes = body.Resources.map(({ displayName, members }) => [displayName, members.length]);
    expect(Object.fromEntries(sizes)).toEqual(SIZES);
    for (const group of body.Resources)
      expect((await large.meteredScim('GET', `/Groups/${group.id}`)).body).toEqual(group);
    const ids = body.Resources[0].members.map(({ value }) => value);
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test('come in pages, forth and back', async () => {
    const page = async (cursor) =>
      (await large.scim('GET', `/Groups?count=2&attributes=members.value,displayName&cursor=${cursor}`)).body;
    const shown = ({ Resources }) => Resources.map(({ displayName, members }) => [displayName, members?.length]);
    const first = await page('');
    expect(shown(first)).toEqual([
      ['a', 2_500],
      ['b', undefined],
    ]);
    const second = await page(first.nextCursor);
    expect(shown(second)).toEqual([
      ['c', 1_000],
      ['d', 999],
    ]);
    const third = await page(second.nextCursor);
    expect(shown(third)).toEqual([['e', 2_000]]);
    expect(third.nextCursor).toBeUndefined();
    expect(shown(await page(third.previousCursor))).toEqual(shown(second));
    expect(shown(await page(second.previousCursor))).toEqual(shown(first));
  });

  test('are read on where one call to D1 has no room', async () => {
    const names = `UPDATE teammates SET attributes = json_object('displayName', ?2) WHERE company_id = ?1`;
    const wide = await newCompany();
    await batch([...populate(wide.companyId, 8_000), { sql: names, params: [wide.companyId, '\u0001'.repeat(256)] }]);
    const id = await insertGroup(wide, 'wide', 8_000);
    await insertGroup(wide, 'x', 7_000);
    await insertGroup(wide, 'y', 1);
    await heardOf(wide);
    const { body, cost } = await wide.meteredScim('GET', '/Groups');
    expect(cost.calls).toBe(3);
    expect(body.Resources.map(({ members }) => members.length)).toEqual([7_000, 1, 8_000]);
    for (const { members } of body.Resources) {
      const ids = members.map(({ value }) => value);
      expect(ids).toEqual([...new Set(ids)].sort());
    }
    const alone = await wide.meteredScim('GET', `/Groups/${id}`);
    expect([alone.cost.calls, alone.body.members.length]).toEqual([2, 8_000]);
  });

  test('are left in the middle by a client that goes away, and nobody is the worse for it', async () => {
    const controller = new AbortController();
    const headers = { authorization: `Bearer ${large.token}` };
    const answer = await fetch(`${inject('rollcall').baseUrl}/v2/Groups`, { headers, signal: controller.signal });
    await answer.body.getReader().read();
    controller.abort();
    expect((await large.scim('GET', '/Groups')).body.itemsPerPage).toBe(5);
  });
});

test('a change of a group moves its lastModified, by which lists are sorted', async () => {
  const company = await newCompany();
  const [one] = [await newGroup(company, 'One'), await newGroup(company, 'Two')];
  await company.scim('PATCH', `/Groups/${one.id}`, patchOp({ op: 'replace', path: 'displayName', value: 'Eins' }));
  expect(names(await company.scim('GET', '/Groups?sortBy=meta.lastModified'))).toEqual(['Two', 'Eins']);
});
