// PATCH of the manager, in the spellings of Entra and its validators: it is stored as manager.value.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { ENTERPRISE, newUser, patchOp } from '../../support/scim.mjs';

const MANAGER = `${ENTERPRISE}:manager`;

// Each test patches a user of its own in one company.
let company;
let users = 0;
beforeAll(async () => {
  company = await newCompany();
});

async function manager(before, ...operations) {
  const userName = `user${(users += 1)}@example.com`;
  const { id } = await newUser(company, {
    userName,
    ...(before && { [ENTERPRISE]: { department: 'Sales', manager: before } }),
  });
  const { status, body } = await company.scim('PATCH', `/Users/${id}`, patchOp(...operations));
  expect(status, JSON.stringify(body)).toBe(200);
  expect((await company.scim('GET', `/Users/${id}`)).body).toEqual(body);
  return body[ENTERPRISE]?.manager;
}

test.each([
  ['Add of a bare string', { op: 'Add', path: MANAGER, value: 'M-1' }],
  ['Replace of a bare string', { op: 'Replace', path: MANAGER, value: 'M-1' }],
  ['an object', { op: 'replace', path: MANAGER, value: { value: 'M-1' } }],
  ['the value by path', { op: 'add', path: `${MANAGER}.value`, value: 'M-1' }],
  ['a flat key, with aadOptscim062020', { op: 'replace', value: { [MANAGER]: 'M-1' } }],
  ['an object under the URN', { op: 'add', value: { [ENTERPRISE]: { manager: { value: 'M-1' } } } }],
  ['the extension by path', { op: 'add', path: ENTERPRISE, value: { manager: 'M-1' } }],
])('first manager: %s', async (_, operation) => {
  expect(await manager(undefined, operation)).toEqual({ value: 'M-1' });
});

test("the documented list with $ref (Microsoft's example 5)", async () => {
  const value = [
    { $ref: 'http://localhost/scim/Users/10263A6910A84EF9A581DD9B8DCC0EAE', value: '10263A6910A84EF9A581DD9B8DCC0EAE' },
  ];
  expect(await manager(undefined, { op: 'Add', path: MANAGER, value })).toEqual(value[0]);
});

test.each([
  ['a bare string', 'M-2'],
  ['an object', { value: 'M-2' }],
])('another manager as %s takes nothing of the one before along', async (_, value) => {
  const before = { value: 'M-1', $ref: '../Users/M-1', displayName: 'Charles' };
  expect(await manager(before, { op: 'Replace', path: MANAGER, value })).toEqual({ value: 'M-2' });
});

test.each([
  ['an empty string', { op: 'Replace', path: MANAGER, value: '' }],
  ['null', { op: 'Replace', path: MANAGER, value: null }],
  ['Remove', { op: 'Remove', path: MANAGER }],
  ['a flat key with an empty string', { op: 'replace', value: { [MANAGER]: '' } }],
  ['an empty value by path', { op: 'replace', path: `${MANAGER}.value`, value: '' }],
])('no manager any more by %s', async (_, operation) => {
  expect(await manager({ value: 'M-1', displayName: 'Charles' }, operation)).toBeUndefined();
});

test('removing the manager of one who has none is no error', async () => {
  expect(await manager(undefined, { op: 'Remove', path: MANAGER })).toBeUndefined();
});

test('the department stays when the manager goes', async () => {
  const { id } = await newUser(company, { [ENTERPRISE]: { department: 'Sales', manager: { value: 'M-1' } } });
  const { body } = await company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'Remove', path: MANAGER }));
  expect(body[ENTERPRISE]).toEqual({ department: 'Sales' });
});
