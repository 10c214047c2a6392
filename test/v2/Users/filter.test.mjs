// GET /Users?filter=...: how identity providers look somebody up before they create.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { LIST, USER, filtered, newUser } from '../../support/scim.mjs';

const RITA = {
  userName: 'Rita@Example.com',
  externalId: 'E-7a',
  emails: [{ value: 'Rita@Example.com', type: 'work', primary: true }, { value: 'rita@home.example' }],
};

async function withRita() {
  const company = await newCompany();
  const rita = await newUser(company, RITA);
  await newUser(company, {
    userName: 'other@example.com',
    externalId: 'E-8',
    emails: [{ value: 'other@example.com' }],
  });
  return { company, rita };
}

// Those that only look share one company.
let company;
let rita;
beforeAll(async () => {
  ({ company, rita } = await withRita());
});

const look = async (company, query) => {
  const { status, body } = await company.scim('GET', query);
  return [status, body.totalResults, body.Resources?.map(({ id }) => id) ?? body];
};

test.each([
  ['userName eq "Rita@Example.com"'],
  ['userName eq "rita@example.COM"'],
  ['USERNAME Eq "RITA@EXAMPLE.COM"'],
  [`${USER}:userName eq "rita@example.com"`],
  ['externalId eq "E-7a"'],
  ['externalid EQ "E-7a"'],
  [`${USER}:externalId eq "E-7a"`],
  ['emails.value eq "rita@example.com"'],
  ['emails.value eq "RITA@home.example"'],
  ['emails eq "rita@home.example"'],
  [`${USER}:emails.value eq "rita@home.example"`],
  ['  userName   eq   "rita@example.com"  '],
])('%s finds one', async (filter) => {
  expect(await look(company, filtered(filter))).toEqual([200, 1, [rita.id]]);
});

test('id eq finds one, in its own letter case alone', async () => {
  expect(await look(company, filtered(`id eq "${rita.id}"`))).toEqual([200, 1, [rita.id]]);
  expect(await look(company, filtered(`id eq "${rita.id.toUpperCase()}"`))).toEqual([200, 0, []]);
});

test.each([
  ['userName eq "nobody@example.com"'],
  ['userName eq "rita@example.co"'],
  ['userName eq ""'],
  ['externalId eq "e-7A"'],
  ['id eq "tea_none"'],
  ['emails.value eq "rita"'],
  ['userName eq "rita@example.com\' OR 1=1 --"'],
  ['userName eq "%"'],
])('%s matches nobody: 200 and an empty list', async (filter) => {
  expect(await look(company, filtered(filter))).toEqual([200, 0, []]);
});

test("Entra's Test Connection looks for a random GUID", async () => {
  const { scim } = await newCompany();
  const answer = await scim('GET', filtered('userName eq "f3b9a1f2-6a70-4b8e-9a51-3c1c3a3a3f00"'));
  expect(readableAnswer(answer)).toMatchInlineSnapshot(`
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

test("Okta's look-up before a create, encoded as Okta encodes it", async () => {
  const { status, body } = await company.scim(
    'GET',
    '/Users?filter=userName%20eq%20%22rita%40example.com%22&startIndex=1&count=100',
  );
  expect(status).toBe(200);
  expect(body).toEqual({ schemas: [LIST], totalResults: 1, startIndex: 1, itemsPerPage: 1, Resources: [rita] });
});

// Names that Okta and Entra really hold; %20 means that + is a plus, + for spaces that it is none.
test.each([
  ["o'neil@example.com", "filter=userName%20eq%20%22o'neil%40example.com%22"],
  ["o'neil@example.com", 'filter=userName%20eq%20%22o%27neil%40example.com%22'],
  ['rita+test@example.com', 'filter=userName%20eq%20%22rita%2Btest%40example.com%22'],
  ['rita+test@example.com', 'filter=userName%20eq%20%22rita+test@example.com%22'],
  ['rita+test@example.com', 'filter=userName+eq+%22rita%2Btest%40example.com%22'],
  ['Rita Marley', 'filter=userName+eq+%22Rita+Marley%22'],
  ['Rita Marley', 'filter=userName%20eq%20%22Rita%20Marley%22'],
  ['a&b=c#d@example.com', 'filter=userName%20eq%20%22a%26b%3Dc%23d%40example.com%22'],
  ['100%@example.com', 'filter=userName%20eq%20%22100%25%40example.com%22'],
  ['say "hi" \\o/', 'filter=userName%20eq%20%22say%20%5C%22hi%5C%22%20%5C%5Co%2F%22'],
  ['élodie@example.com', 'filter=userName%20eq%20%22%C3%89LODIE%40example.com%22'],
  ['東京@example.com', 'filter=userName%20eq%20%22%E6%9D%B1%E4%BA%AC%40example.com%22'],
  ['東京@example.com', 'filter=userName%20eq%20%22%5Cu6771%5Cu4eac%40example.com%22'],
])('%s is found by ?%s', async (userName, query) => {
  const company = await newCompany();
  const { id } = await newUser(company, { userName });
  expect(await look(company, `/Users?${query}`)).toEqual([200, 1, [id]]);
});

test('several with one externalId or e-mail are all found, and paged', async () => {
  const company = await newCompany();
  const shared = { externalId: 'E-1', emails: [{ value: 'team@example.com' }] };
  const ids = [];
  for (const name of ['a', 'b', 'c']) ids.push((await newUser(company, { userName: name, ...shared })).id);
  expect(await look(company, filtered('externalId eq "E-1"'))).toEqual([200, 3, ids]);
  expect(await look(company, `${filtered('emails.value eq "TEAM@example.com"')}&startIndex=2&count=1`)).toEqual([
    200,
    3,
    [ids[1]],
  ]);
});

test.each([
  ['count=0', []],
  ['startIndex=2', []],
  ['startIndex=1&count=1', ['found']],
])('a unique match with %s keeps its total', async (paging, expected) => {
  const [status, total, found] = await look(company, `${filtered('userName eq "rita@example.com"')}&${paging}`);
  expect([status, total, found.length]).toEqual([200, 1, expected.length]);
});

test('what was renamed is found under its new name alone', async () => {
  const { company, rita } = await withRita();
  await company.scim('PUT', `/Users/${rita.id}`, {
    userName: 'marley@example.com',
    externalId: 'M',
    emails: [{ value: 'marley@example.com' }],
  });
  for (const [old, now] of [
    ['userName eq "rita@example.com"', 'userName eq "marley@example.com"'],
    ['externalId eq "E-7a"', 'externalId eq "M"'],
    ['emails eq "rita@home.example"', 'emails eq "marley@example.com"'],
  ]) {
    expect(await look(company, filtered(old))).toEqual([200, 0, []]);
    expect(await look(company, filtered(now))).toEqual([200, 1, [rita.id]]);
  }
});

test("another company's teammates match nothing", async () => {
  const stranger = await newCompany();
  for (const filter of [
    'userName eq "rita@example.com"',
    'externalId eq "E-7a"',
    'emails eq "rita@example.com"',
    `id eq "${rita.id}"`,
  ]) {
    expect(await look(stranger, filtered(filter))).toEqual([200, 0, []]);
  }
});
