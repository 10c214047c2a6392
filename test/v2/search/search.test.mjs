// POST .search (RFC 7644 section 3.4.3): what a list's query asks, in a body, so that no filter with
// people's names in it stands in a URL.

import { describe, expect, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { LIST, newUser, newUsers, scimError } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

const SEARCH = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';
const search = (more) => ({ schemas: [SEARCH], ...more });

describe.each(['/Users/.search', '/.search'])('POST %s', (path) => {
  test('answers what GET answers', async () => {
    const company = await newCompany();
    await newUsers(company, ['c@example.com', 'a@example.com', 'b@other.com']);
    for (const [body, query] of [
      [{}, ''],
      [{ filter: 'userName sw "a"' }, 'filter=userName%20sw%20%22a%22'],
      [{ sortBy: 'userName', sortOrder: 'descending' }, 'sortBy=userName&sortOrder=descending'],
      [{ startIndex: 2, count: 1 }, 'startIndex=2&count=1'],
      [{ startIndex: '2', count: '1' }, 'startIndex=2&count=1'],
      [{ attributes: ['userName', 'meta.location'] }, 'attributes=userName,meta.location'],
      [{ attributes: 'userName' }, 'attributes=userName'],
      [{ attributes: ['userName', 'active'] }, 'attributes=userName&attributes=active'],
      [{ excludedAttributes: ['meta', 'active'] }, 'excludedAttributes=meta&excludedAttributes=active'],
      [{ excludedAttributes: ['meta', 'active'] }, 'excludedAttributes=meta,active'],
      [{ filter: null, sortBy: null, attributes: null, count: null }, ''],
    ]) {
      const [searched, listed] = [
        await company.scim('POST', path, search(body)),
        await company.scim('GET', `/Users?${query}`),
      ];
      expect([body, searched.status, searched.body]).toEqual([body, 200, listed.body]);
    }
  });

  test('takes any JSON number without a fraction for an integer, the largest too', async () => {
    const company = await newCompany();
    await newUsers(company, ['a@example.com', 'b@example.com']);
    const page = async (body) => {
      const answer = await company.scim('POST', path, body);
      const { startIndex, totalResults, itemsPerPage } = answer.body;
      return [answer.status, startIndex, totalResults, itemsPerPage];
    };
    expect(await page('{"startIndex": 2.0, "count": 1.0}')).toEqual([200, 2, 2, 1]);
    expect(await page('{"startIndex": 1, "count": 1e30}')).toEqual([200, 1, 2, 2]);
    expect(await page('{"startIndex": 1e30}')).toEqual([200, 2147483647, 2, 0]);
  });

  test('needs no schemas', async () => {
    const company = await newCompany();
    const { id } = await newUser(company);
    const { body } = await company.scim('POST', path, { filter: `id eq "${id}"`, attributes: ['id'] });
    expect(body.Resources.map((user) => user.id)).toEqual([id]);
  });

  test.each([
    ['{', 'invalidSyntax', /not valid JSON/],
    ['', 'invalidSyntax', /empty/],
    ['[]', 'invalidSyntax', /has to be a JSON object/],
    [search({ filter: 'nope eq "x"' }), 'invalidFilter', /nope/],
    [search({ filter: 7 }), 'invalidFilter', /7/],
    [search({ filter: {} }), 'invalidValue', /^filter has to be a string/],
    ['{"count": 1.5}', 'invalidValue', /^count has to be an integer, but is "1.5"/],
    [search({ count: 'many' }), 'invalidValue', /^count has to be an integer/],
    [search({ attributes: [1] }), 'invalidValue', /^attributes has to be a list of attribute names/],
    [search({ cursor: 'x' }), 'invalidCursor', /nextCursor/],
  ])('refuses %j', async (body, scimType, detail) => {
    const company = await newCompany();
    const answer = await writingNothing(company, () => company.scim('POST', path, body));
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ scimType, detail: expect.stringMatching(detail) });
  });

  test('is for those who may list', async () => {
    const { status } = await scimWith('wrong', 'POST', path, search({}));
    expect(status).toBe(401);
  });

  test('writes nothing', async () => {
    const company = await newCompany();
    await newUser(company);
    const { status } = await writingNothing(company, () => company.scim('POST', path, search({})));
    expect(status).toBe(200);
  });
});

test('POST /Groups/.search answers what GET answers', async () => {
  const { scim } = await newCompany();
  const body = search({ filter: 'displayName eq "Sales"', startIndex: 1, count: 10 });
  expect((await scim('POST', '/Groups/.search', body)).body).toEqual({
    schemas: [LIST],
    totalResults: 0,
    startIndex: 1,
    itemsPerPage: 0,
    Resources: [],
  });
});

test('POST /.search understands a filter that is for groups alone', async () => {
  const company = await newCompany();
  await newUser(company);
  const asked = async (filter) => (await company.scim('POST', '/.search', search({ filter }))).body;
  expect((await asked('members.value eq "tea_1"')).totalResults).toBe(0);
  expect((await asked('meta.resourceType eq "User"')).totalResults).toBe(1);
  expect((await asked('meta.resourceType eq "Group"')).totalResults).toBe(0);
  expect((await asked('nope eq "x"')).scimType).toBe('invalidFilter');
});

test('/Me is 501: a token is no teammate', async () => {
  const company = await newCompany();
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
    const answer = await writingNothing(company, () => company.scim(method, '/Me', method === 'GET' ? undefined : {}));
    expect([method, answer.status, answer.body]).toEqual([
      method,
      501,
      scimError(
        501,
        'The token belongs to an identity provider and not to a teammate, so there is no "me". Look the teammate up with ' +
          'GET /Users?filter=userName eq "...".',
      ),
    ]);
  }
  expect((await scimWith('wrong', 'GET', '/Me')).status).toBe(401);
});

test('discovery is not filtered (RFC 7644 section 4)', async () => {
  for (const path of ['/ServiceProviderConfig', '/ResourceTypes', '/Schemas']) {
    const { status, body } = await scimWith(null, 'GET', `${path}?filter=name%20eq%20%22User%22`);
    expect([path, status, body]).toEqual([
      path,
      403,
      scimError(403, 'Discovery is not filtered. Leave the filter out, or ask for one resource by its id.'),
    ]);
  }
});
