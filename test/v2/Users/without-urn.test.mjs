// An attribute of the enterprise extension without its URN: understood wherever attributes are named, as Microsoft
// documents `manager` in a filter.

import { beforeAll, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { ENTERPRISE, filtered, newUser, patchOp } from '../../support/scim.mjs';
import { traced } from '../../support/tables.mjs';

const EMPLOYED = { employeeNumber: '7', department: 'Sales', manager: { value: 'M-1', displayName: 'Marley' } };

let company;
let ada;
beforeAll(async () => {
  company = await newCompany();
  ada = await newUser(company, { userName: 'ada@example.com', [ENTERPRISE]: EMPLOYED });
  await newUser(company, { userName: 'bob@example.com', [ENTERPRISE]: { department: 'Support' } });
});

test.each([
  ['by path', { op: 'Replace', path: 'department', value: 'D' }, { department: 'D' }],
  ['in any letter case', { op: 'add', path: 'EMPLOYEENUMBER', value: 7 }, { employeeNumber: '7' }],
  ['as a bare manager', { op: 'Add', path: 'manager', value: 'M-2' }, { manager: { value: 'M-2' } }],
  ['as a part', { op: 'Add', path: 'manager.value', value: 'M-2' }, { manager: { value: 'M-2' } }],
  [
    'with a filter',
    { op: 'replace', path: 'manager[value eq "M-2"].displayName', value: 'Tosh' },
    { manager: { value: 'M-2', displayName: 'Tosh' } },
  ],
  [
    'as keys of a PATCH without a path, which are paths',
    { op: 'replace', value: { manager: 'M-2', department: 'D', 'manager.displayName': 'Tosh' } },
    { manager: { value: 'M-2', displayName: 'Tosh' }, department: 'D' },
  ],
])('a PATCH names it %s', async (_, /** @type {any} */ operation, expected) => {
  const company = await newCompany();
  const { id, schemas } = await newUser(company);
  const { answer, log } = await traced(company, () => company.scim('PATCH', `/Users/${id}`, patchOp(operation)));
  expect([answer.status, answer.body[ENTERPRISE]]).toEqual([200, expected]);
  expect(answer.body.schemas).toEqual([...schemas, ENTERPRISE]);
  expect(log[0].quirks.map(({ quirk }) => quirk)).toContain('without_urn');
  const name = operation.path ?? 'manager';
  expect(log[0].notes.join()).toContain(`read "${name.slice(0, 80)}" as ${ENTERPRISE}:`);
});

test('a PATCH removes it', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { [ENTERPRISE]: EMPLOYED });
  const operations = ['Manager', 'employeeNumber'].map((path) => ({ op: 'Remove', path }));
  const { status, body } = await company.scim('PATCH', `/Users/${id}`, patchOp(...operations));
  expect([status, body[ENTERPRISE]]).toEqual([200, { department: 'Sales' }]);
});

test.each([
  'manager eq "M-1"',
  'Manager.DisplayName sw "mar"',
  'manager[value eq "M-1" and displayName pr]',
  'department eq "sales"',
  'employeeNumber ge "7" and not (department eq "Support")',
])('filter=%s means what it means with its URN', async (filter) => {
  const { status, body } = await company.scim('GET', filtered(filter));
  expect([status, body.Resources]).toEqual([200, [ada]]);
});

test('whether a manager is up to date is asked of one row (Microsoft: id eq and manager eq)', async () => {
  const ask = (manager) => company.meteredScim('GET', filtered(`id eq "${ada.id}" and manager eq "${manager}"`));
  // Twice: of the first call, the isolate has to learn the token.
  await company.meteredScim('GET', filtered(`id eq "${ada.id}"`));
  const alone = await company.meteredScim('GET', filtered(`id eq "${ada.id}"`));
  const [found, none] = [await ask('M-1'), await ask('M-2')];
  expect([found.body.totalResults, none.body.totalResults]).toEqual([1, 0]);
  expect(found.cost).toEqual(alone.cost);
});
