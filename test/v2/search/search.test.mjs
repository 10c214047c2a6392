// POST .search (RFC 7644 section 3.4.3): what a list's query asks, in a body, so that no filter with
// people's names in it stands in a URL.

import { beforeAll, describe, expect, test } from 'vitest';
import { newCompany, scimWith } from '../../support/client.mjs';
import { named, newGroup } from '../../support/groups.mjs';
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
  const company = await newCompany();
  const { id } = await newUser(company);
  for (const name of ['Sales', 'Support', 'Empty'])
    await newGroup(company, name, { members: name === 'Empty' ? [] : named(id) });
  for (const [body, query] of [
    [{}, ''],
    [{ filter: 'displayName eq "sales"', startIndex: 1, count: 10 }, 'filter=displayName%20eq%20%22sales%22'],
    [{ excludedAttributes: ['members'], sortBy: 'displayName' }, 'excludedAttributes=members&sortBy=displayName'],
    [{ attributes: 'members.value', count: 2, startIndex: 2 }, 'attributes=members.value&count=2&startIndex=2'],
  ]) {
    const [searched, listed] = [
      await company.scim('POST', '/Groups/.search', search(body)),
      await company.scim('GET', `/Groups?${query}`),
    ];
    expect([body, searched.status, searched.body]).toEqual([body, 200, listed.body]);
  }
});

describe('POST /.search: users, and then groups', () => {
  let company;
  let users;
  let groups;
  beforeAll(async () => {
    company = await newCompany();
    users = [];
    for (const name of ['b', 'a', 'c']) users.push(await newUser(company, { userName: name, displayName: name }));
    groups = [];
    for (const name of ['e', 'a', 'd'])
      groups.push(await newGroup(company, name, { members: name === 'd' ? [] : named(users[0].id) }));
    // As they read once the groups are there.
    for (const place of users.keys()) users[place] = (await company.scim('GET', `/Users/${users[place].id}`)).body;
  });
  const asked = async (body, token = company.token) => {
    const answer = await scimWith(token, 'POST', '/.search', search(body));
    expect([answer.status, answer.body.detail]).toEqual([200, undefined]);
    return answer.body;
  };
  const names = ({ totalResults, itemsPerPage, Resources }) => [
    totalResults,
    itemsPerPage,
    Resources.map(({ meta, displayName }) => `${meta.resourceType} ${displayName}`),
  ];
  const ALL = ['User b', 'User a', 'User c', 'Group e', 'Group a', 'Group d'];

  test('each as GET gives it', async () => {
    expect(await asked({})).toEqual({
      schemas: [LIST],
      totalResults: 6,
      startIndex: 1,
      itemsPerPage: 6,
      Resources: [...users, ...groups],
    });
    const bare = await asked({ excludedAttributes: ['members', 'groups'] });
    const without = ({ members: _, groups: __, ...rest }) => rest;
    expect(bare.Resources).toEqual([...users, ...groups].map(without));
  });

  test.each([[{}], [{ excludedAttributes: 'members' }]])('in pages by index: %j', async (more) => {
    for (let startIndex = 1; startIndex <= 7; startIndex += 1) {
      for (const count of [0, 1, 2, 3, 4, 10]) {
        const page = ALL.slice(startIndex - 1, startIndex - 1 + count);
        expect(names(await asked({ ...more, startIndex, count }))).toEqual([6, page.length, page]);
      }
    }
  });

  test.each([1, 2, 3, 4, 5, 6, 7])('in a walk by cursors, %i a page', async (count) => {
    for (const more of [{}, { excludedAttributes: 'members' }]) {
      const met = [];
      for (let cursor = ''; cursor !== undefined; ) {
        const page = await asked({ ...more, cursor, count });
        expect(page.totalResults).toBe(6);
        met.push(...names(page)[2]);
        cursor = page.nextCursor;
      }
      expect(met).toEqual(ALL);
    }
  });

  test.each([
    ['displayName eq "A"', ['User a', 'Group a']],
    ['displayName eq "d"', ['Group d']],
    ['userName eq "a"', ['User a']],
    ['members pr', ['Group e', 'Group a']],
    ['userName eq "c" or members.value pr', ['User c', 'Group e', 'Group a']],
    ['userName eq "c" and members.value pr', []],
    ['not (members pr)', ['User b', 'User a', 'User c', 'Group d']],
    ['members.value ne "nobody" and displayName eq "a"', ['User a', 'Group a']],
    ['meta.resourceType eq "User"', ['User b', 'User a', 'User c']],
    ['meta.resourceType eq "Group"', ['Group e', 'Group a', 'Group d']],
    ['active eq true', ['User b', 'User a', 'User c']],
  ])('filter %s', async (filter, expected) => {
    expect(names(await asked({ filter }))).toEqual([expected.length, expected.length, expected]);
    const walked = names(await asked({ filter, cursor: '' }));
    expect(walked).toEqual([expected.length, expected.length, expected]);
  });

  test('each type sorted', async () => {
    const sorted = async (sortBy, sortOrder) => names(await asked({ sortBy, sortOrder }))[2];
    expect(await sorted('displayName', 'ascending')).toEqual([
      'User a',
      'User b',
      'User c',
      'Group a',
      'Group d',
      'Group e',
    ]);
    expect(await sorted('userName', 'descending')).toEqual([
      'User c',
      'User b',
      'User a',
      'Group e',
      'Group a',
      'Group d',
    ]);
  });

  test.each([
    [{ filter: 'nope eq "x"' }, 'invalidFilter', /"nope" is no attribute of the User schemas/],
    [{ sortBy: 'nope' }, 'invalidValue', /^sortBy can't be followed/],
    [{ sortBy: 'displayName', cursor: '' }, 'invalidValue', /^sortBy can't be joined with cursor/],
    [{ cursor: 'x' }, 'invalidCursor', /nextCursor/],
  ])('%j is refused', async (body, scimType, detail) => {
    const answer = await writingNothing(company, () => company.scim('POST', '/.search', search(body)));
    expect([answer.status, answer.body.scimType, answer.body.detail]).toEqual([
      400,
      scimType,
      expect.stringMatching(detail),
    ]);
  });

  test('who may read users alone sees no group', async () => {
    const { token } = await company.newToken(['auto_provisioning']);
    expect(names(await asked({}, token))).toEqual([3, 3, ALL.slice(0, 3)]);
    expect((await asked({ cursor: '', count: 3 }, token)).nextCursor).toBeUndefined();
  });

  test('costs one call where users fill the page, and two where groups are in it', async () => {
    await company.meteredScim('POST', '/.search', search({ count: 0 }));
    const calls = async (body) => (await company.meteredScim('POST', '/.search', search(body))).cost.calls;
    expect([await calls({ count: 2 }), await calls({}), await calls({ startIndex: 5 })]).toEqual([1, 2, 2]);
  });
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
