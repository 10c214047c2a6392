// A number or a boolean where a text belongs is read as its text, 1 and 0 where a boolean belongs as true and false.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { ENTERPRISE, filtered, newUser, patchOp } from '../../support/scim.mjs';
import { traced } from '../../support/tables.mjs';

test('POST: each is kept as a text, and the log tells', async () => {
  const company = await newCompany();
  const { answer, log } = await traced(company, () =>
    company.scim('POST', '/Users', {
      userName: 701984,
      externalId: 17,
      active: 1,
      name: { givenName: true },
      addresses: [{ type: 'work', postalCode: 10115 }],
      phoneNumbers: [{ value: 49301, primary: 0 }],
      [ENTERPRISE]: { employeeNumber: 7, costCenter: 2.5 },
    }),
  );
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    userName: '701984',
    externalId: '17',
    active: true,
    name: { givenName: 'true' },
    addresses: [{ type: 'work', postalCode: '10115' }],
    phoneNumbers: [{ value: '49301', primary: false }],
    [ENTERPRISE]: { employeeNumber: '7', costCenter: '2.5' },
  });
  expect(log[0].notes).toEqual(
    expect.arrayContaining([
      'read 701984 as "701984" for userName',
      'read 1 as true for active',
      'read 10115 as "10115" for addresses.postalCode',
      `read 7 as "7" for ${ENTERPRISE}:employeeNumber`,
    ]),
  );
  const found = await company.scim('GET', filtered('userName eq "701984" and employeeNumber eq "7"'));
  expect(found.body.Resources).toEqual([answer.body]);
});

test.each([
  [0, false],
  ['0', false],
  [1, true],
  [' 1 ', true],
  [0.0, false],
])('PATCH of active with %j', async (value, active) => {
  const company = await newCompany();
  const { id } = await newUser(company, { active: !active });
  const operation = { op: 'Replace', path: 'active', value };
  const { answer, log } = await traced(company, () => company.scim('PATCH', `/Users/${id}`, patchOp(operation)));
  expect([answer.status, answer.body.active]).toEqual([200, active]);
  const shown = typeof value === 'string' ? `"${value.trim()}"` : value;
  expect(log[0].notes).toEqual([`read ${shown} as ${active} for active`]);
});

test('PUT with numbers', async () => {
  const company = await newCompany();
  const { id, userName } = await newUser(company);
  const { status, body } = await company.scim('PUT', `/Users/${id}`, { userName, title: 3, active: 0 });
  expect([status, body.title, body.active]).toEqual([200, '3', false]);
});

test("a group's name", async () => {
  const company = await newCompany();
  const { status, body } = await company.scim('POST', '/Groups', { displayName: 2026 });
  expect([status, body.displayName]).toEqual([201, '2026']);
});
