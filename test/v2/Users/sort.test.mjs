// GET /Users?sortBy=...&sortOrder=...

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, USER, filtered, newUser, scimError } from '../../support/scim.mjs';

const PEOPLE = [
  { userName: 'b@example.com', displayName: 'émile', emails: [{ value: 'z@x.y' }, { value: 'A@x.y', primary: true }] },
  { userName: 'C@example.com', displayName: 'Zoë', title: 'Lead', active: false, emails: [{ value: 'm@x.y' }] },
  { userName: 'a@example.com', title: 'agent', name: { familyName: 'Bo' }, [ENTERPRISE]: { department: 'x' } },
  { userName: 'É@example.com', displayName: 'EMIL', name: { familyName: 'ab' }, [CUSTOM_FIELDS]: { level: 2 } },
];

let company;
beforeAll(async () => {
  company = await newCompany();
  for (const person of PEOPLE) await newUser(company, person);
});

const order = (body) => body.Resources.map(({ userName }) => userName[0]).join(' ');

// Those without the value are the last, and in descending order the first; then the order of creation.
test.each([
  ['sortBy=userName', 'a b C É'],
  ['sortBy=USERNAME&sortOrder=Descending', 'É C b a'],
  [`sortBy=${USER}:userName&sortOrder=ASCENDING`, 'a b C É'],
  ['sortBy=displayName', 'É C b a'],
  ['sortBy=displayName&sortOrder=descending', 'a b C É'],
  ['sortBy=title', 'a C b É'],
  ['sortBy=title&sortOrder=descending', 'É b C a'],
  ['sortBy=name.familyName', 'É a b C'],
  ['sortBy=emails', 'b C a É'],
  ['sortBy=emails.value&sortOrder=descending', 'É a C b'],
  ['sortBy=active', 'C b a É'],
  ['sortBy=id&sortOrder=descending', 'É a C b'],
  ['sortBy=meta.created', 'b C a É'],
  ['sortBy=meta.lastModified&sortOrder=descending', 'É a C b'],
  [`sortBy=${ENTERPRISE}:department`, 'a b C É'],
  ['sortBy=Department', 'a b C É'],
  [`sortBy=${CUSTOM_FIELDS}:level`, 'É b C a'],
  ['sortOrder=descending', 'b C a É'],
  ['sortBy=&sortOrder=', 'b C a É'],
])('?%s', async (query, expected) => {
  const { status, body } = await company.scim('GET', `/Users?${query}`);
  expect([status, order(body), body.totalResults]).toEqual([200, expected, 4]);
});

test('pages of a sorted list follow each other', async () => {
  const pages = [];
  for (const startIndex of [1, 3]) {
    const { body } = await company.scim('GET', `/Users?sortBy=title&startIndex=${startIndex}&count=2`);
    pages.push(order(body));
  }
  expect(pages).toEqual(['a C', 'b É']);
});

test('what a filter finds is sorted', async () => {
  const { body } = await company.scim(
    'GET',
    `${filtered('title pr or active eq true')}&sortBy=userName&sortOrder=descending`,
  );
  expect(order(body)).toBe('É C b a');
  const look = await company.scim('GET', `${filtered('userName eq "a@example.com"')}&sortBy=title`);
  expect(order(look.body)).toBe('a');
});

test.each([
  [
    'sortBy=nope',
    'sortBy can\'t be followed: "nope" is no attribute of the User schemas. GET /Schemas lists them; attributes of an extension are named with its URN in front.',
  ],
  ['sortBy=password', "sortBy can't be followed: password is write-only: nothing can be found or sorted by it."],
  [
    'sortBy=name',
    "sortBy can't be followed: name has parts; use one of name.formatted, name.familyName, name.givenName, name.middleName, name.honorificPrefix, name.honorificSuffix.",
  ],
  ['sortBy=a%20b', 'sortBy "a b" is not an attribute name.'],
  ['sortBy=userName&sortOrder=up', 'sortOrder has to be ascending or descending, but is "up".'],
  ['sortOrder=down', 'sortOrder has to be ascending or descending, but is "down".'],
  ['sortBy=&sortOrder=sideways', 'sortOrder has to be ascending or descending, but is "sideways".'],
])('?%s is refused', async (query, detail) => {
  const { status, body } = await company.scim('GET', `/Users?${query}`);
  expect(status).toBe(400);
  expect(body).toEqual(scimError(400, detail, 'invalidValue'));
});
