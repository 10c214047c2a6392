// POST /Users: every attribute that RFC 7643 knows is kept and echoed as sent, in whatever spelling it came.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { readable } from '../../support/readable.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, USER, filtered, newUser } from '../../support/scim.mjs';
import { tablesOf, traced } from '../../support/tables.mjs';

const EVERYTHING = {
  externalId: 'E-7',
  userName: 'ada@example.com',
  name: {
    formatted: 'Ms. Ada Byron King, III',
    familyName: 'King',
    givenName: 'Ada',
    middleName: 'Byron',
    honorificPrefix: 'Ms.',
    honorificSuffix: 'III',
  },
  displayName: 'Ada',
  nickName: 'Enchantress',
  profileUrl: 'not even a URL',
  title: 'Analyst',
  userType: 'Contractor',
  preferredLanguage: 'en-GB',
  locale: 'HNULHBRGUHWA',
  timezone: 'Europe/London',
  emails: [
    { value: 'ada@example.com', type: 'work', primary: true },
    { value: 'ada@home.example', type: 'home', display: 'Home' },
  ],
  phoneNumbers: [
    { value: '0-351-9540', type: 'work', primary: true },
    { value: '0-351-9540', type: 'mobile' },
  ],
  ims: [{ value: 'ada', type: 'xmpp' }],
  photos: [{ value: 'https://example.com/ada.png', type: 'photo' }],
  addresses: [
    {
      type: 'work',
      streetAddress: '12 St James Square',
      locality: 'London',
      postalCode: 'SW1Y',
      country: 'GB',
      primary: true,
    },
  ],
  entitlements: [{ value: 'engine', type: 'access' }],
  roles: [
    {
      value: '{"id":"18","value":"25","displayName":"Role1234"}',
      display: 'Role1234',
      type: 'WindowsAzureActiveDirectoryRole',
      primary: false,
    },
  ],
  x509Certificates: [{ value: 'MIIDQzCCAqygAwIBAgICEAAwDQYJKoZIhvcNAQEFBQAwTjELMAkGA1UEBhMCVVMx' }],
  active: true,
  [ENTERPRISE]: {
    employeeNumber: '701984',
    costCenter: '4130',
    organization: 'Engines',
    division: 'Notes',
    department: 'Mathematics',
    manager: { value: '26118915', $ref: '../Users/26118915', displayName: 'Charles' },
  },
  [CUSTOM_FIELDS]: { cf_12: 'blue', cf_Level: 3, cf_remote: true, cf_tags: ['a', 'b'], 77: 'digits' },
};

test('every core and enterprise attribute and the custom fields are echoed as sent, and read back so', async () => {
  const { scim } = await newCompany();
  const sent = { schemas: [USER, ENTERPRISE, CUSTOM_FIELDS], ...EVERYTHING };
  const answer = await scim('POST', '/Users', sent);
  const { id, meta, ...echo } = answer.body;
  expect(answer.status).toBe(201);
  expect(echo).toEqual(sent);
  expect((await scim('GET', `/Users/${id}`)).body).toEqual(answer.body);
});

test('the custom fields are the custom_fields of the teammate in the app', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, EVERYTHING);
  const { body } = await company.api('GET', `/teammates/${id}`);
  expect(body.custom_fields).toEqual(EVERYTHING[CUSTOM_FIELDS]);
});

test.each([
  [true, true],
  ['True', true],
  ['true', true],
  [false, false],
  ['False', false],
  ['false', false],
])('active %j makes a teammate whose active is %j', async (sent, active) => {
  const company = await newCompany();
  const user = await newUser(company, { active: sent });
  expect(user.active).toBe(active);
  const { teammates, company: row } = await tablesOf(company);
  expect(teammates).toMatchObject([{ state: active ? 'active' : 'blocked', sessions_invalid_before: null }]);
  expect([row.active_teammates, row.listed_teammates]).toEqual([active ? 1 : 0, 1]);
});

test('attribute names are read in any letter case, and given out in their own', async () => {
  const { scim } = await newCompany();
  const answer = await scim('POST', '/Users', {
    username: 'rita@example.com',
    NAME: { givenname: 'Rita' },
    DisplayName: 'Rita',
  });
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ userName: 'rita@example.com', name: { givenName: 'Rita' }, displayName: 'Rita' });
});

test('a single object where a list belongs is a list of one', async () => {
  const { scim } = await newCompany();
  const { status, body } = await scim('POST', '/Users', {
    userName: 'rita@example.com',
    emails: { value: 'rita@example.com', primary: 'True' },
  });
  expect(status).toBe(201);
  expect(body.emails).toEqual([{ value: 'rita@example.com', primary: true }]);
});

test('attributes and excludedAttributes choose what of the created user comes back', async () => {
  const { scim } = await newCompany();
  const some = await scim('POST', '/Users?attributes=userName', { userName: 'a@example.com', title: 'A' });
  expect(readable(some.body)).toEqual({ schemas: [USER], id: 'tea_1', userName: 'a@example.com' });
  const rest = await scim('POST', '/Users?excludedAttributes=title,meta', { userName: 'b@example.com', title: 'B' });
  expect(readable(rest.body)).toEqual({ schemas: [USER], id: 'tea_1', userName: 'b@example.com', active: true });
  expect(rest.headers.get('location')).toMatch(rest.body.id);
});

test('one address twice is kept as sent, and found once', async () => {
  const company = await newCompany();
  const emails = [
    { value: 'Rita@example.com', type: 'work' },
    { value: 'rita@example.com', type: 'home' },
  ];
  const user = await newUser(company, { emails });
  expect(user.emails).toEqual(emails);
  const { body } = await company.scim('GET', filtered('emails.value eq "RITA@example.com"'));
  expect(body.Resources).toEqual([user]);
});

test("the app's own fields are none of the identity provider's: nobody is made an admin by a body", async () => {
  const company = await newCompany();
  const { log, after } = await traced(company, () =>
    newUser(company, {
      role: 'admin',
      roles: [{ value: 'admin', primary: true }],
      state: 'deleted',
      origin: 'app',
      template_id: 'tea_none',
      sessions_invalid_before: null,
    }),
  );
  expect(after.teammates).toMatchObject([{ role: 'teammate', state: 'active', origin: 'scim', template_id: null }]);
  expect(after.company.active_admins).toBe(0);
  expect(log[0].notes).toEqual(
    ['role', 'state', 'origin', 'template_id'].map((name) => `ignored "${name}": not a core attribute`),
  );
});
