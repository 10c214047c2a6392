// Lists that are more work than one statement may be: they come in slices, in the company's turn, or are refused before
// anything is read.

import { beforeAll, describe, expect, inject, test } from 'vitest';
import { newCompany } from '../support/client.mjs';
import { batch } from '../support/database.mjs';
import { person, populate } from '../support/population.mjs';
import { ENTERPRISE, scimError } from '../support/scim.mjs';

/** Comparisons in one statement, as src/store/filter/work.rs has it. */
const AT_ONCE = 12_500;
const SIZE = 30_000;

const among = (count) => Array.from({ length: count }, (_, i) => `title co "no ${i}"`).join(' or ');
const search = (company, query) => company.meteredScim('GET', `/Users?${new URLSearchParams(query)}`);

let company;
beforeAll(async () => {
  company = await newCompany();
  const statements = populate(company.companyId, SIZE);
  while (statements.length > 0) await batch(statements.splice(0, 10));
  // From now on the isolate knows how large it is.
  await search(company, { count: '0' });
}, 120_000);

const ids = (answer) => answer.body.Resources.map(({ id }) => id);
const people = (...numbers) => numbers.map((number) => person(number).id);

test('what one index finds is found at once, however many there are', async () => {
  for (const filter of [
    `userName eq "${person(7).userName}"`,
    `externalId eq "${person(7).externalId}"`,
    `emails.value eq "${person(7).userName}"`,
    `displayName eq "${person(7).attributes.displayName}"`,
    'employeeNumber eq "000007"',
    `${ENTERPRISE}:employeeNumber eq "000007"`,
    `displayName eq "person 000007" and (${among(20)} or title pr)`,
  ]) {
    const answer = await search(company, { filter });
    expect({ filter, status: answer.status, ids: ids(answer), calls: answer.cost.calls }).toEqual({
      filter,
      status: 200,
      ids: people(7),
      calls: 1,
    });
    expect(answer.cost.rowsRead).toBeLessThan(20);
  }
});

describe('one comparison with everybody', () => {
  test('is never refused: it comes in slices', async () => {
    const answer = await search(company, { filter: 'name.familyName co "9999"', count: '2' });
    expect([answer.status, answer.body.totalResults, ids(answer)]).toEqual([200, 3, people(9999, 19_999)]);
    // One call that finds that it is too much, three slices, and the page.
    expect(answer.cost.calls).toBe(1 + Math.ceil(SIZE / AT_ONCE) + 1);
    expect(answer.cost.rowsRead).toBeLessThan(SIZE + 50);
  });

  test('by cursor, from page to page', async () => {
    const query = { filter: 'name.familyName ew "999"', count: '20' };
    const first = await search(company, { ...query, cursor: '' });
    const second = await search(company, { ...query, cursor: first.body.nextCursor });
    expect([first.body.totalResults, second.body.totalResults]).toEqual([30, 30]);
    expect([...ids(first), ...ids(second)]).toEqual(people(...Array.from({ length: 30 }, (_, i) => i * 1000 + 999)));
    expect(second.body.nextCursor).toBeUndefined();
    const back = await search(company, { ...query, cursor: second.body.previousCursor });
    expect(ids(back)).toEqual(ids(first));
  });

  test('of an order: the first of all, and the page after them', async () => {
    const query = { sortBy: 'name.familyName', sortOrder: 'descending', count: '3' };
    expect(ids(await search(company, query))).toEqual(people(29_999, 29_998, 29_997));
    expect(ids(await search(company, { ...query, startIndex: '29999' }))).toEqual(people(1, 0));
    const first = await search(company, { ...query, cursor: '' });
    const second = await search(company, { ...query, cursor: first.body.nextCursor });
    expect([first.body.totalResults, ...ids(first), ...ids(second)]).toEqual([
      SIZE,
      ...people(29_999, 29_998, 29_997, 29_996, 29_995, 29_994),
    ]);
  });
});

test('what makes more comparisons than a query may is refused, and reads nothing', async () => {
  const answer = await search(company, { filter: among(34) });
  expect([answer.status, answer.body]).toEqual([
    400,
    scimError(
      400,
      'The search makes 34 comparisons with each of 30000 rows; 1000000 in all are the most. Narrow it by userName, id, externalId, emails.value or groups.value, joined with "and", leave out sortBy, or ask for fewer things at once.',
      'tooMany',
    ),
  ]);
  expect(answer.cost.calls).toBe(1);
  expect(answer.cost.rowsRead).toBeLessThan(10);
  const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'], filter: among(34) };
  for (const path of ['/Users/.search', '/.search'])
    expect(await company.scim('POST', path, body)).toMatchObject({ status: 400, body: { scimType: 'tooMany' } });
  const within = await search(company, { filter: among(33), count: '0' });
  expect([within.status, within.body.totalResults]).toEqual([200, 0]);
});

test('removed teammates are rows, too', async () => {
  const other = await newCompany();
  await batch(populate(other.companyId, 1000));
  await batch([
    { sql: "UPDATE teammates SET state = 'removed' WHERE company_id = ?", params: [other.companyId] },
    { sql: 'UPDATE companies SET teammate_rows = 50000 WHERE id = ?', params: [other.companyId] },
  ]);
  const answer = await search(other, { filter: among(30) });
  expect([answer.status, answer.body.scimType]).toEqual([400, 'tooMany']);
});

test('a page deep in the list is reached in steps, and takes no turn', async () => {
  const deep = await search(company, { startIndex: '29001', count: '2' });
  expect([deep.body.totalResults, ids(deep)]).toEqual([SIZE, people(29_000, 29_001)]);
  expect(deep.cost.calls).toBe(1 + Math.ceil(29_000 / AT_ONCE) + 1);
  const beyond = await search(company, { startIndex: '2000000000', count: '2' });
  expect([beyond.body.totalResults, beyond.body.Resources ?? []]).toEqual([SIZE, []]);
  const active = await search(company, { filter: 'active eq true', startIndex: '29001', count: '1' });
  expect(ids(active)).toEqual(people(29_000));
  const byName = await search(company, { sortBy: 'userName', startIndex: '29001', count: '1' });
  expect(ids(byName)).toEqual(people(29_000));
});

test('.search of everything walks the teammates in slices', async () => {
  const body = {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
    filter: 'name.familyName ew "9999"',
    count: 2,
  };
  const answer = await company.scim('POST', '/.search', body);
  expect([answer.status, answer.body.totalResults, ids(answer)]).toEqual([200, 3, people(9999, 19_999)]);
});

test('a refused token costs nothing of it', async () => {
  const { id, token } = await company.newToken();
  await company.api('DELETE', `/tokens/${id}`);
  const { meteredUrl } = inject('rollcall');
  const url = `${meteredUrl}/v2/Users?${new URLSearchParams({ filter: 'title co "x"', sortBy: 'title' })}`;
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(401);
  expect(Number(answer.headers.get('x-d1-rows-read'))).toBeLessThan(8);
});

test('one heavy call of a company goes on at a time, and thirty begin in a minute', async () => {
  const busy = await newCompany();
  await batch([...populate(busy.companyId, 100)]);
  await batch([{ sql: 'UPDATE companies SET teammate_rows = 20000 WHERE id = ?', params: [busy.companyId] }]);
  const ask = () =>
    busy.scim('GET', `/Users?${new URLSearchParams({ filter: 'title eq "Support agent"', count: '1' })}`);
  const answers = [];
  for (let i = 0; i < 6; i += 1) answers.push(...(await Promise.all(Array.from({ length: 6 }, ask))));
  const done = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 429);
  expect([done.length, refused.length]).toEqual([30, 6]);
  for (const { body } of done) expect(body.totalResults).toBe(100);
  for (const { headers, body } of refused) {
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(body).toMatchObject({ status: '429' });
    expect(body.detail).toMatch(/^30 searches of the whole company have begun within a minute, the most that may\. /);
  }
  // What an index answers goes on.
  expect((await busy.scim('GET', `/Users?filter=${encodeURIComponent('employeeNumber eq "000007"')}`)).status).toBe(
    200,
  );
});
