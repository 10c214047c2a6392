// GET /Users: pages of whom SCIM shows, in the order of creation.

import { beforeAll, describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { batch } from '../../support/database.mjs';
import { populate } from '../../support/population.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { LIST, newUser, newUsers, scimError } from '../../support/scim.mjs';
import { writingNothing } from '../../support/tables.mjs';

const NAMES = ['e', 'b', 'd', 'a', 'c'].map((name) => `${name}@example.com`);
const userNames = ({ body }) => body.Resources.map(({ userName }) => userName);
const figures = ({ status, body }) => [status, body.totalResults, body.startIndex, body.itemsPerPage];

// A company of two, for those that only look.
let ofTwo;
beforeAll(async () => {
  ofTwo = await newCompany();
  await newUsers(ofTwo, NAMES.slice(0, 2));
});

test("Okta's connector test in an empty company: 200 and an empty list with integer figures", async () => {
  const { scim } = await newCompany();
  expect(readableAnswer(await scim('GET', '/Users?startIndex=1&count=2'))).toMatchInlineSnapshot(`
    {
      "body": {
        "Resources": [],
        "itemsPerPage": 0,
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:ListResponse",
        ],
        "startIndex": 1,
        "totalResults": 0,
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 200,
    }
  `);
});

test('a list holds whole resources, as GET of each gives them', async () => {
  const company = await newCompany();
  const [first, second] = await newUsers(company, NAMES.slice(0, 2));
  const { status, body } = await company.scim('GET', '/Users');
  expect(status).toBe(200);
  expect(body).toEqual({
    schemas: [LIST],
    totalResults: 2,
    startIndex: 1,
    itemsPerPage: 2,
    Resources: [first, second],
  });
});

test('pages follow each other without repeats or gaps, the total in each (Okta import, Entra pagination)', async () => {
  const company = await newCompany();
  await newUsers(company, NAMES);
  const pages = [];
  for (const startIndex of [1, 3, 5, 7])
    pages.push(await company.scim('GET', `/Users?startIndex=${startIndex}&count=2`));
  expect(pages.map(figures)).toEqual([
    [200, 5, 1, 2],
    [200, 5, 3, 2],
    [200, 5, 5, 1],
    [200, 5, 7, 0],
  ]);
  expect(pages.flatMap(userNames)).toEqual(NAMES);
});

test('the order stays when teammates change', async () => {
  const company = await newCompany();
  const [first] = await newUsers(company, NAMES);
  await company.scim('PUT', `/Users/${first.id}`, { userName: 'z@example.com', active: false });
  expect(userNames(await company.scim('GET', '/Users'))).toEqual(['z@example.com', ...NAMES.slice(1)]);
});

test('without count a page holds 100, and at most 200 whatever count asks for', async () => {
  const company = await newCompany();
  await batch(populate(company.companyId, 201));
  expect(figures(await company.scim('GET', '/Users'))).toEqual([200, 201, 1, 100]);
  expect(figures(await company.scim('GET', '/Users?count=5000'))).toEqual([200, 201, 1, 200]);
  expect(figures(await company.scim('GET', '/Users?startIndex=201&count=200'))).toEqual([200, 201, 201, 1]);
});

// RFC 7644 section 3.4.2.4, and figures beyond any integer type.
test.each([
  ['count=0', [200, 2, 1, 0]],
  ['count=-1', [200, 2, 1, 0]],
  ['startIndex=0', [200, 2, 1, 2]],
  ['startIndex=-7&count=1', [200, 2, 1, 1]],
  ['startIndex=3', [200, 2, 3, 0]],
  ['startIndex=2147483648', [200, 2, 2147483647, 0]],
  ['startIndex=99999999999999999999&count=99999999999999999999', [200, 2, 2147483647, 0]],
  ['count=99999999999999999999', [200, 2, 1, 2]],
  ['count=-99999999999999999999', [200, 2, 1, 0]],
  ['STARTINDEX=2&Count=1', [200, 2, 2, 1]],
  ['startIndex=&count=', [200, 2, 1, 2]],
])('?%s', async (query, expected) => {
  expect(figures(await ofTwo.scim('GET', `/Users?${query}`))).toEqual(expected);
});

test.each(['startIndex=x', 'count=1.5', 'count=0x10', 'startIndex=1e3', 'count=-'])(
  '?%s is refused by name',
  async (query) => {
    const answer = await ofTwo.scim('GET', `/Users?${query}`);
    expect([answer.status, answer.body.scimType]).toEqual([400, 'invalidValue']);
    expect(answer.body.detail).toMatch(new RegExp(`^${query.split('=')[0]} has to be an integer`));
  },
);

test('blocked teammates are listed, removed and deleted ones are not', async () => {
  const company = await newCompany();
  const [blocked, removed, deleted] = await newUsers(company, NAMES.slice(0, 3));
  await company.scim('PUT', `/Users/${blocked.id}`, { userName: blocked.userName, active: false });
  await company.scim('DELETE', `/Users/${removed.id}`);
  await company.api('DELETE', `/teammates/${deleted.id}`);
  const answer = await company.scim('GET', '/Users');
  expect(figures(answer)).toEqual([200, 1, 1, 1]);
  expect(answer.body.Resources).toMatchObject([{ id: blocked.id, active: false }]);
});

test('teammates that were in the app before SCIM are listed', async () => {
  const company = await newCompany();
  await company.api('POST', '/teammates', { user_name: 'rita@example.com', given_name: 'Rita', family_name: 'Marley' });
  const { body } = await company.scim('GET', '/Users');
  expect(body.Resources).toMatchObject([
    { userName: 'rita@example.com', name: { givenName: 'Rita', familyName: 'Marley' }, active: true },
  ]);
});

// A teammate may hold 600 KiB, and a page 200 of them: more than an isolate has.
describe('a page of more than 8 MiB', () => {
  const ofLarge = async () => {
    const company = await newCompany();
    await batch(populate(company.companyId, 30));
    const badge = `'$."urn:own:2.0:User"', json_object('badge', hex(zeroblob(200000)))`;
    const sql = `UPDATE teammates SET attributes = json_set(attributes, ${badge}) WHERE company_id = ?`;
    await batch([{ sql, params: [company.companyId] }]);
    return company;
  };

  test('asked for by index is refused: a client would take the next one at startIndex + count', async () => {
    const company = await ofLarge();
    for (const order of ['', '&sortBy=userName&sortOrder=descending']) {
      const { status, body } = await company.scim('GET', `/Users?attributes=userName${order}`);
      expect([status, body]).toEqual([
        400,
        scimError(
          400,
          'The page would hold more than 8 MiB. Ask for fewer users at a time with count, or page with cursor.',
          'tooMany',
        ),
      ]);
      const fewer = await company.scim('GET', `/Users?attributes=userName&count=20${order}`);
      expect(figures(fewer)).toEqual([200, 30, 1, 20]);
    }
  });

  test.each(['', '&sortBy=userName&sortOrder=descending'])(
    'asked for by cursor ends early, and the next goes on from there: order "%s"',
    async (order) => {
      const company = await ofLarge();
      const walked = async (cursor) =>
        (await company.scim('GET', `/Users?attributes=userName${order}&cursor=${cursor}`)).body;
      const first = await walked('');
      const second = await walked(first.nextCursor);
      expect([first.itemsPerPage, second.itemsPerPage, second.nextCursor]).toEqual([21, 9, undefined]);
      expect(new Set([first, second].flatMap(({ Resources }) => Resources.map(({ id }) => id))).size).toBe(30);
      const back = await walked(second.previousCursor);
      expect(back.Resources.at(-1)).toEqual(first.Resources.at(-1));
    },
  );
});

test("another company's teammates are not", async () => {
  await newUser(await newCompany());
  expect(figures(await (await newCompany()).scim('GET', '/Users'))).toEqual([200, 0, 1, 0]);
});

test.each([
  '?aadOptscim062020',
  '/',
  '/?aadOptscim062020',
  '?aadOptscim062020&startIndex=1',
  '?sortOrder=descending',
  '?page=2&a&&=',
  '?_=1&filter=',
])('/Users%s lists as /Users does', async (suffix) => {
  const { status, body } = await ofTwo.scim('GET', `/Users${suffix}`);
  expect(status).toBe(200);
  expect(body).toEqual((await ofTwo.scim('GET', '/Users')).body);
});

test('reading leaves no line in the log, and no event', async () => {
  const company = await newCompany();
  const { id } = await newUser(company);
  await writingNothing(company, async () => {
    await company.scim('GET', '/Users');
    await company.scim('GET', `/Users/${id}`);
    await company.scim('GET', '/Users?filter=userName%20eq%20%22x%22');
  });
});
