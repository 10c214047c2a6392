// GET /Users/{id}, and what attributes and excludedAttributes leave of a resource.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readableAnswer } from '../../support/readable.mjs';
import { ENTERPRISE, USER, filtered, newUser } from '../../support/scim.mjs';

const RITA = {
  userName: 'rita@example.com',
  externalId: 'E-7',
  displayName: 'Rita',
  name: { givenName: 'Rita', familyName: 'Marley' },
  emails: [{ value: 'rita@example.com', type: 'work', primary: true }],
  [ENTERPRISE]: { department: 'Sales', manager: { value: 'M-1' } },
};

// Those that only look share one company.
let company;
let user;
beforeAll(async () => {
  company = await newCompany();
  user = await newUser(company, RITA);
});

test('the resource as it was created', async () => {
  const { status, headers, body } = await company.scim('GET', `/Users/${user.id}`);
  expect([status, headers.get('content-type')]).toEqual([200, 'application/scim+json']);
  expect(body).toEqual(user);
});

test('meta.lastModified moves with a change, created does not', async () => {
  const company = await newCompany();
  const user = await newUser(company);
  const { body } = await company.scim('PUT', `/Users/${user.id}`, { ...user, title: 'Boss' });
  expect(body.meta.created).toBe(user.meta.created);
  expect(Date.parse(body.meta.lastModified)).toBeGreaterThan(Date.parse(user.meta.lastModified));
  expect((await company.scim('GET', `/Users/${user.id}`)).body).toEqual(body);
});

test('one that was made in the app reads like any other', async () => {
  const company = await newCompany();
  const { body } = await company.api('POST', '/teammates', {
    user_name: 'rita@example.com',
    given_name: 'Rita',
    family_name: 'Marley',
    display_name: 'Rita M.',
    custom_fields: { cf_1: 'x' },
  });
  expect(readableAnswer(await company.scim('GET', `/Users/${body.id}`))).toMatchInlineSnapshot(`
    {
      "body": {
        "active": true,
        "displayName": "Rita M.",
        "emails": [
          {
            "primary": true,
            "type": "work",
            "value": "rita@example.com",
          },
        ],
        "id": "tea_1",
        "meta": {
          "created": "<time>",
          "lastModified": "<time>",
          "location": "https://host/v2/Users/tea_1",
          "resourceType": "User",
          "version": "W/"1"",
        },
        "name": {
          "familyName": "Marley",
          "givenName": "Rita",
        },
        "schemas": [
          "urn:ietf:params:scim:schemas:core:2.0:User",
          "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields",
        ],
        "urn:ietf:params:scim:schemas:extension:frontapp:teammate_custom_fields": {
          "cf_1": "x",
        },
        "userName": "rita@example.com",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 200,
    }
  `);
});

test('an id that does not exist is 404', async () => {
  expect(readableAnswer(await company.scim('GET', '/Users/tea_none'))).toMatchInlineSnapshot(`
    {
      "body": {
        "detail": "No User with the id "tea_none" exists here.",
        "schemas": [
          "urn:ietf:params:scim:api:messages:2.0:Error",
        ],
        "status": "404",
      },
      "headers": {
        "content-type": "application/scim+json",
      },
      "status": 404,
    }
  `);
});

test.each([
  ['a space', '%20'],
  ['SQL', "x'--"],
  ['NUL', '%00'],
  ['a way out of the path', '..%2F..%2Fapi'],
  ['letters beyond ASCII', 'é'],
  ['bytes that are no UTF-8', '%FF'],
  ['4000 characters', 'a'.repeat(4000)],
])('so is an id of %s', async (_, id) => {
  const { status, body } = await company.scim('GET', `/Users/${id}`);
  expect([status, body.status]).toEqual([404, '404']);
  expect(body.detail.length, 'a detail never repeats a long value').toBeLessThan(400);
});

test.each(['/', '?aadOptscim062020', '/?aadOptscim062020', '?unknown=1&attributes='])(
  '%s behind the id changes nothing',
  async (suffix) => {
    expect((await company.scim('GET', `/Users/${user.id}${suffix}`)).body).toEqual(user);
  },
);

test.each([
  ['one', 'attributes=userName', { userName: 'rita@example.com' }],
  ['id alone', 'attributes=id', {}],
  ['any letter case', 'attributes=USERNAME,displayname', { userName: 'rita@example.com', displayName: 'Rita' }],
  [
    'sub-attributes',
    'attributes=name.givenName,emails.value',
    { name: { givenName: 'Rita' }, emails: [{ value: 'rita@example.com' }] },
  ],
  [
    'a parameter that comes twice',
    'attributes=userName&attributes=displayName',
    { userName: 'rita@example.com', displayName: 'Rita' },
  ],
  ['a core URN', `attributes=${USER}:userName`, { userName: 'rita@example.com' }],
  ["an extension's attribute", `attributes=${ENTERPRISE}:department`, { [ENTERPRISE]: { department: 'Sales' } }],
  ['the same without its URN', 'attributes=Department,manager.value', { [ENTERPRISE]: RITA[ENTERPRISE] }],
  [
    'the values that a filter chooses, as Microsoft asks for them',
    `attributes=${encodeURIComponent('emails[type eq "work"],userName')}`,
    { emails: RITA.emails, userName: 'rita@example.com' },
  ],
  ['none that a filter chooses', `attributes=${encodeURIComponent('emails[type eq "home"]')}`, {}],
  [
    'a part of a single value that a filter chooses',
    `attributes=${encodeURIComponent('name[familyName sw "mar" and not (givenName eq "Bob")].givenName')}`,
    { name: { givenName: 'Rita' } },
  ],
  ['an extension', `attributes=${ENTERPRISE}`, { [ENTERPRISE]: RITA[ENTERPRISE] }],
  ['spaces', 'attributes=%20userName%20,%20active', { userName: 'rita@example.com', active: true }],
  ['an unknown name', 'attributes=nothingOfTheKind', {}],
  [
    'excluded ones, id and schemas stay',
    'excludedAttributes=id,schemas,meta,name,emails,externalId',
    { userName: 'rita@example.com', displayName: 'Rita', active: true, [ENTERPRISE]: RITA[ENTERPRISE] },
  ],
  [
    'excluded sub-attributes',
    `excludedAttributes=meta,name.familyName,emails.type,emails.primary,${ENTERPRISE}:manager,active,externalId,displayName`,
    {
      userName: 'rita@example.com',
      name: { givenName: 'Rita' },
      emails: [{ value: 'rita@example.com' }],
      [ENTERPRISE]: { department: 'Sales' },
    },
  ],
  [
    'excluded values that a filter chooses, and names without their URN',
    `excludedAttributes=meta,name,active,externalId,displayName,manager,${encodeURIComponent('emails[primary eq true]')}`,
    { userName: 'rita@example.com', [ENTERPRISE]: { department: 'Sales' } },
  ],
])('a projection: %s', async (_, query, expected) => {
  const { id, schemas } = user;
  const whole = { id, schemas, ...expected };
  expect((await company.scim('GET', `/Users/${id}?${query}`)).body).toEqual(whole);
  const list = await company.scim('GET', `${filtered('userName eq "rita@example.com"')}&${query}`);
  expect(list.body.Resources).toEqual([whole]);
});

test('filters in attributes may make few comparisons', async () => {
  const filter = `emails[${Array(11).fill('type pr').join(' or ')}]`;
  const { status, body } = await company.scim('GET', `/Users/${user.id}?attributes=${encodeURIComponent(filter)}`);
  expect([status, body.scimType]).toEqual([400, 'invalidValue']);
  expect(body.detail).toMatch(/make 11 comparisons; at most 10 are taken/);
});

test('attributes of unbounded length are refused', async () => {
  const { status, body } = await company.scim('GET', `/Users/${user.id}?attributes=${'a,'.repeat(4500)}`);
  expect([status, body.scimType]).toEqual([400, 'invalidValue']);
});
