// PATCH of multi-valued attributes by value filters, as Entra and its validators use them.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { newUser, patchOp } from '../../support/scim.mjs';

const WORK = { value: 'rita@example.com', type: 'work', primary: true };
const HOME = { value: 'rita@home.example', type: 'home' };

// Each test patches a user of its own in one company.
let company;
let users = 0;
beforeAll(async () => {
  company = await newCompany();
});

async function patched(before, ...operations) {
  const { id } = await newUser(company, { userName: `user${(users += 1)}@example.com`, ...before });
  const { status, body } = await company.scim('PATCH', `/Users/${id}`, patchOp(...operations));
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const replace = (path, value) => ({ op: 'Replace', path, value });

test.each([
  [
    'Replace on a filter that matches nothing creates the element',
    replace('phoneNumbers[type eq "work"].value', '1'),
    'phoneNumbers',
    [{ type: 'work', value: '1' }],
  ],
  [
    'so does Add',
    { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '1' },
    'phoneNumbers',
    [{ type: 'mobile', value: '1' }],
  ],
  [
    'addresses',
    replace('addresses[type eq "work"].postalCode', 'SW1Y'),
    'addresses',
    [{ type: 'work', postalCode: 'SW1Y' }],
  ],
  [
    'entitlements by a boolean',
    replace('entitlements[primary eq true].value', 'x'),
    'entitlements',
    [{ primary: true, value: 'x' }],
  ],
  [
    'roles by the quoted boolean',
    replace('roles[primary eq "True"].value', 'Admin'),
    'roles',
    [{ primary: true, value: 'Admin' }],
  ],
  [
    'two conditions',
    replace('phoneNumbers[type eq "fax" and primary eq true].value', '1'),
    'phoneNumbers',
    [{ type: 'fax', primary: true, value: '1' }],
  ],
  [
    'an element as a whole',
    { op: 'add', path: 'emails[type eq "home"]', value: { value: 'h@example.com' } },
    'emails',
    [{ type: 'home', value: 'h@example.com' }],
  ],
])('where nothing matches: %s', async (_, operation, name, expected) => {
  expect((await patched({}, operation))[name]).toEqual(expected);
});

test('several operations build one element (better-auth, ory/polis)', async () => {
  const { addresses } = await patched(
    {},
    replace('addresses[type eq "work"].streetAddress', '12 St James'),
    replace('addresses[type eq "work"].locality', 'London'),
    replace('addresses[type eq "work"].country', 'GB'),
    replace('addresses[type eq "work"].primary', 'True'),
  );
  expect(addresses).toEqual([
    { type: 'work', streetAddress: '12 St James', locality: 'London', country: 'GB', primary: true },
  ]);
});

test('a filter changes the elements that it matches and no other', async () => {
  const { emails } = await patched(
    { emails: [WORK, HOME] },
    replace('emails[type eq "home"].value', 'new@home.example'),
  );
  expect(emails).toEqual([WORK, { value: 'new@home.example', type: 'home' }]);
});

test.each([
  'emails[primary eq true].value',
  'emails[primary eq "True"].value',
  'emails[primary eq "true"].value',
  'emails[type eq "WORK" and primary eq true].value',
])('%s matches the primary one', async (path) => {
  expect((await patched({ emails: [HOME, WORK] }, replace(path, 'new@example.com'))).emails).toEqual([
    HOME,
    { ...WORK, value: 'new@example.com' },
  ]);
});

test('roles by primary: value, display and type of one element (Entra, SingleAppRoleAssignment)', async () => {
  const roles = [{ primary: 'True', type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }];
  const body = await patched(
    { roles },
    replace('roles[primary eq "True"].value', 'User'),
    replace('roles[primary eq "True"].display', 'Users'),
    replace('roles[primary eq "True"].type', 'x'),
  );
  expect(body.roles).toEqual([{ primary: true, type: 'x', value: 'User', display: 'Users' }]);
});

test('Add of a role that holds JSON in a string (Entra, AppRoleAssignmentsComplex without the flag)', async () => {
  const value = '{"id":"06b07648-ecfe-589f-9d2f-6325724a46ee","value":"25","displayName":"Role1234"}';
  const body = await patched({ roles: [{ value: 'old' }] }, { op: 'Add', path: 'roles', value: [{ value }] });
  expect(body.roles).toEqual([{ value: 'old' }, { value }]);
});

test('replace of roles as a whole (Entra, AssertiveAppRoleAssignmentsComplex): types may repeat', async () => {
  const roles = ['a', 'b'].map((value) => ({
    type: 'WindowsAzureActiveDirectoryRole',
    value,
    display: value,
    primary: false,
  }));
  expect((await patched({ roles: [{ value: 'old' }] }, replace('roles', roles))).roles).toEqual(roles);
});

test.each([
  ['an empty string', replace('phoneNumbers[type eq "work"].value', '')],
  ['null', replace('phoneNumbers[type eq "work"].value', null)],
  ['Remove', { op: 'Remove', path: 'phoneNumbers[type eq "work"].value' }],
  ['Remove of the element', { op: 'Remove', path: 'phoneNumbers[type eq "work"]' }],
])('clearing by %s takes away what is nothing without its value', async (_, operation) => {
  const body = await patched(
    {
      phoneNumbers: [
        { type: 'work', value: '1' },
        { type: 'fax', value: '2' },
      ],
    },
    operation,
  );
  expect(body.phoneNumbers).toEqual([{ type: 'fax', value: '2' }]);
});

test('adding what is there already changes nothing; Entra sends Add again', async () => {
  expect((await patched({ emails: [WORK, HOME] }, { op: 'Add', path: 'emails', value: [HOME, WORK] })).emails).toEqual([
    WORK,
    HOME,
  ]);
});

test('a new primary takes it from the old one (RFC 7644 section 3.5.2)', async () => {
  const added = { value: 'new@example.com', type: 'other', primary: true };
  expect((await patched({ emails: [WORK] }, { op: 'add', path: 'emails', value: [added] })).emails).toEqual([
    { ...WORK, primary: false },
    added,
  ]);
});

test('remove with a path and a value removes those elements only, never all', async () => {
  const body = await patched(
    { emails: [WORK, HOME] },
    { op: 'remove', path: 'emails', value: [{ value: 'RITA@home.example' }] },
  );
  expect(body.emails).toEqual([WORK]);
  const untouched = await patched(
    { emails: [WORK, HOME] },
    { op: 'remove', path: 'emails', value: [{ value: 'nobody@example.com' }] },
  );
  expect(untouched.emails).toEqual([WORK, HOME]);
});

test('remove of a whole attribute, and of one that is not there', async () => {
  expect(await patched({ emails: [WORK, HOME] }, { op: 'remove', path: 'emails' })).not.toHaveProperty('emails');
  expect(await patched({}, { op: 'remove', path: 'emails' })).not.toHaveProperty('emails');
});

test('a path without a filter sets the part in every element', async () => {
  const { emails } = await patched({ emails: [WORK, HOME] }, replace('emails.display', 'Rita'));
  expect(emails).toEqual([
    { ...WORK, display: 'Rita' },
    { ...HOME, display: 'Rita' },
  ]);
});

test('the look-up by e-mail follows', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { emails: [WORK, HOME] });
  await company.scim(
    'PATCH',
    `/Users/${id}`,
    patchOp(replace('emails[type eq "work"].value', 'New@example.com'), {
      op: 'remove',
      path: 'emails[type eq "home"]',
    }),
  );
  const totals = ['rita@example.com', 'rita@home.example', 'new@example.com'].map(async (email) => {
    const { body } = await company.scim('GET', `/Users?filter=${encodeURIComponent(`emails.value eq "${email}"`)}`);
    return body.totalResults;
  });
  expect(await Promise.all(totals)).toEqual([0, 0, 1]);
});
