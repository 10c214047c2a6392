// The provisioning log keeps what was sent, what was understood and what was stored.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { ENTERPRISE, USER, newUser, patchOp } from '../../support/scim.mjs';
import { traced } from '../../support/tables.mjs';

/** The line that a call left, in what it says of the call's meaning. */
async function logged(company, ...call) {
  const { log } = await traced(company, () => company.scim(...call));
  expect(log).toHaveLength(1);
  const { dialect, quirks, sent, understood, stored } = log[0];
  return { dialect, quirks, sent, understood, stored };
}

const RITA = {
  schemas: [USER],
  userName: 'rita@example.com',
  name: { givenName: 'Rita', familyName: 'Book' },
  emails: [{ value: 'rita@example.com', type: 'work', primary: true }],
};

test('Okta creates: its password is not kept, in no column', async () => {
  const company = await newCompany();
  const body = { ...RITA, active: true, groups: [], password: '1mz050nq' };
  const line = await logged(company, 'POST', '/Users', body, { 'user-agent': 'Okta SCIM Client 1.0.0' });
  expect(line).toEqual({
    dialect: 'okta',
    quirks: [
      { quirk: 'read_only_echoed', at: 'groups' },
      { quirk: 'password', at: 'password' },
    ],
    sent: { ...body, password: '(not kept)' },
    understood: [
      { op: 'replace', path: 'userName', value: 'rita@example.com' },
      { op: 'replace', path: 'name', value: { givenName: 'Rita', familyName: 'Book' } },
      { op: 'replace', path: 'emails', value: [{ value: 'rita@example.com', type: 'work', primary: true }] },
      { op: 'replace', path: 'active', value: true },
    ],
    stored: {
      userName: 'rita@example.com',
      active: true,
      'name.givenName': 'Rita',
      'name.familyName': 'Book',
      emails: [{ value: 'rita@example.com', type: 'work', primary: true }],
    },
  });
});

test('Entra patches without the flag: words for booleans, a bare manager, an element made by its filter', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  const body = patchOp(
    { op: 'Replace', path: 'active', value: 'False' },
    { op: 'Add', path: `${ENTERPRISE}:manager`, value: 'm1' },
    { op: 'Replace', path: 'phoneNumbers[type eq "work"].value', value: '+1' },
  );
  const line = await logged(company, 'PATCH', `/Users/${id}`, body);
  expect(line).toEqual({
    dialect: 'entra',
    quirks: [
      { quirk: 'operation_letter_case', at: 'op', sent: 'Replace', understood: 'replace' },
      { quirk: 'operation_letter_case', at: 'op', sent: 'Add', understood: 'add' },
      { quirk: 'quoted_boolean', at: 'active', sent: 'False', understood: false },
      { quirk: 'bare_value_for_object', at: `${ENTERPRISE}:manager` },
      { quirk: 'made_by_filter', at: 'phoneNumbers[type eq "work"].value' },
    ],
    sent: body,
    understood: [
      { op: 'replace', path: 'active', value: false },
      { op: 'add', path: `${ENTERPRISE}:manager`, value: { value: 'm1' } },
      { op: 'replace', path: 'phoneNumbers[type eq "work"].value', value: '+1' },
    ],
    stored: {
      active: false,
      [`${ENTERPRISE}:manager`]: { value: 'm1' },
      phoneNumbers: [{ type: 'work', value: '+1' }],
    },
  });
});

test('Entra patches with the flag: one operation of dotted and URN keys', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  const urn = `${ENTERPRISE}:employeeNumber`;
  const body = patchOp({ op: 'replace', value: { displayName: 'Bjfe', 'name.givenName': '', [urn]: 'Aklq' } });
  const line = await logged(company, 'PATCH', `/Users/${id}?aadOptscim062020`, body);
  expect(line).toEqual({
    dialect: 'entra_aadOptscim062020',
    quirks: [
      { quirk: 'dotted_key', at: 'name.givenName' },
      { quirk: 'empty_string', at: 'name.givenName' },
      { quirk: 'urn_key', at: urn },
    ],
    sent: body,
    understood: [
      { op: 'replace', path: 'displayName', value: 'Bjfe' },
      { op: 'replace', path: 'name.givenName', value: null },
      { op: 'replace', path: urn, value: 'Aklq' },
    ],
    stored: { displayName: 'Bjfe', [urn]: 'Aklq', 'name.givenName': null },
  });
});

test('a PUT stores what differs, and null for what is gone', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  const body = { schemas: [USER], userName: 'rita@example.com', name: { givenName: 'Rita', familyName: 'Bloom' } };
  const { dialect, quirks, sent, stored } = await logged(company, 'PUT', `/Users/${id}`, body);
  expect({ dialect, quirks, sent, stored }).toEqual({
    dialect: 'unknown',
    quirks: [],
    sent: body,
    stored: { 'name.familyName': 'Bloom', emails: null },
  });
});

test('a request that changes nothing has what it sent and what was understood, and stored nothing', async () => {
  const company = await newCompany();
  const { id, meta } = await newUser(company, { ...RITA, title: 'Chef' });
  const body = patchOp({ op: 'Replace', path: 'TITLE', value: ['Chef'] });
  const { answer, events, log } = await traced(company, () => company.scim('PATCH', `/Users/${id}`, body));
  expect(answer.body.meta.lastModified).toBe(meta.lastModified);
  expect(events).toEqual([]);
  expect(log).toMatchObject([
    {
      dialect: 'entra',
      event_seq: null,
      quirks: [{ quirk: 'operation_letter_case' }, { quirk: 'list_of_one', at: 'title' }],
      sent: body,
      understood: [{ op: 'replace', path: 'title', value: 'Chef' }],
      stored: null,
    },
  ]);
});

test('a DELETE sends nothing and stores that the teammate left, blocked before or not', async () => {
  const company = await newCompany();
  for (const [active, stored] of [
    [true, { active: false, state: 'removed' }],
    [false, { state: 'removed' }],
  ]) {
    const { id } = await newUser(company, { userName: `${active}@example.com`, active });
    const line = await logged(company, 'DELETE', `/Users/${id}`);
    expect(line).toEqual({ dialect: 'unknown', quirks: [], sent: null, understood: null, stored });
  }
});

test('lines of the management API have none of it', async () => {
  const company = await newCompany();
  const { log } = await traced(company, () => company.api('POST', '/teammates', { user_name: 'rita@example.com' }));
  expect(log).toMatchObject([{ dialect: null, quirks: null, sent: null, understood: null, stored: null }]);
});
