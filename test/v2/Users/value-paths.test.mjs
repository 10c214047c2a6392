// Value filters in the paths of a PATCH: the whole grammar, with the meaning that it has in `filter`, on lists and on
// single values; and `remove` of what is not there.

import { beforeAll, describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { ENTERPRISE, filtered, newUser, patchOp } from '../../support/scim.mjs';
import { traced } from '../../support/tables.mjs';

const WORK = { value: 'rita@example.com', type: 'work', primary: true };
const HOME = { value: 'rita@home.example', type: 'home' };
const PLAIN = { value: 'r@example.org', display: 'R' };
const MANAGER = { value: 'M-1', displayName: 'Marley' };
const RITA = {
  name: { givenName: 'Rita', familyName: 'Marley' },
  emails: [WORK, HOME, PLAIN],
  [ENTERPRISE]: { department: 'Sales', manager: MANAGER },
};

// Each test patches a user of its own in one company.
let company;
let users = 0;
beforeAll(async () => {
  company = await newCompany();
});

const rita = (more = RITA) => newUser(company, { userName: `user${(users += 1)}@example.com`, ...more });

async function patched(...operations) {
  const user = await rita();
  const { answer, events, log } = await traced(company, () =>
    company.scim('PATCH', `/Users/${user.id}`, patchOp(...operations)),
  );
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return { user, body: answer.body, events, notes: log[0].notes, quirks: log[0].quirks };
}

describe.each([
  ['type eq "work" or type eq "HOME"', [WORK, HOME]],
  ['type ne "work"', [HOME, PLAIN]],
  ['not (type pr)', [PLAIN]],
  ['type eq null and display ne null', [PLAIN]],
  ['value ew ".example" and not (primary eq true)', [HOME]],
  ['value co "HOME" or (display sw "r" and value le "r@example.org")', [HOME, PLAIN]],
  ['primary eq "True"', [WORK]],
  ['value gt "r@"', [WORK, HOME, PLAIN]],
])('emails[%s]', (filter, chosen) => {
  test('is removed', async () => {
    const { body } = await patched({ op: 'remove', path: `emails[${filter}]` });
    const left = RITA.emails.filter((email) => !chosen.includes(email));
    expect(body.emails ?? []).toEqual(left);
  });

  test('is changed', async () => {
    const { body } = await patched({ op: 'Replace', path: `emails[${filter}].display`, value: 'x' });
    expect(body.emails).toEqual(
      RITA.emails.map((email) => (chosen.includes(email) ? { ...email, display: 'x' } : email)),
    );
  });

  test('finds the user in a list', async () => {
    const { id } = await rita();
    const { body } = await company.scim('GET', filtered(`id eq "${id}" and emails[${filter}]`));
    expect(body.totalResults).toBe(1);
  });
});

const manager = (body) => body[ENTERPRISE].manager;

test.each([
  ['manager[value eq "M-1"]', { op: 'remove' }, undefined],
  [`${ENTERPRISE}:manager[value eq "M-1"]`, { op: 'Remove' }, undefined],
  ['manager[displayName sw "mar" or value eq "x"].displayName', { op: 'remove' }, { value: 'M-1' }],
  ['manager[value eq "M-1"].displayName', { op: 'replace', value: 'Tosh' }, { value: 'M-1', displayName: 'Tosh' }],
  ['manager[value eq "M-1"]', { op: 'replace', value: 'M-2' }, { value: 'M-2' }],
  ['manager[value pr]', { op: 'add', value: { displayName: 'Tosh' } }, { value: 'M-1', displayName: 'Tosh' }],
  ['manager[value eq "M-1"]', { op: 'replace', value: '' }, undefined],
  // The ids of managers are compared exactly, as the schema says.
  ['manager[value eq "m-1"]', { op: 'remove' }, MANAGER],
  ['manager[value eq "M-2"]', { op: 'replace', value: null }, MANAGER],
  // Where it does not match, it is made: with the filter's values.
  ['manager[value eq "M-2"].displayName', { op: 'replace', value: 'Tosh' }, { value: 'M-2', displayName: 'Tosh' }],
  ['manager[value eq "M-2"]', { op: 'Add' }, { value: 'M-2' }],
])('%s: %j', async (path, operation, expected) => {
  const { user, body } = await patched({ ...operation, path });
  expect(manager(body)).toEqual(expected);
  expect(body[ENTERPRISE].department).toBe('Sales');
  expect([body.name, body.emails]).toEqual([user.name, user.emails]);
});

test('a part of a name, where the name is as the filter says', async () => {
  const on = (filter) => ({ op: 'replace', path: `name[${filter}].familyName`, value: 'Tosh' });
  expect((await patched(on('givenName eq "RITA"'))).body.name).toEqual({ givenName: 'Rita', familyName: 'Tosh' });
  expect((await patched(on('givenName eq "Ada"'))).body.name).toEqual({ givenName: 'Ada', familyName: 'Tosh' });
});

describe.each([
  ['by a filter', { path: 'emails[type eq "other"]' }, 'emails[type eq "other"]'],
  ['of a part by a filter', { path: 'emails[type eq "other"].value' }, 'emails[type eq "other"].value'],
  ['of a part that nobody has', { path: 'emails[type eq "work"].display' }, 'emails[type eq "work"].display'],
  ['of a list', { path: 'phoneNumbers' }, 'phoneNumbers'],
  ['by a filter, of a list', { path: 'phoneNumbers[type eq "fax"]' }, 'phoneNumbers[type eq "fax"]'],
  ['by value', { path: 'emails', value: [{ value: 'nobody@example.com' }] }, 'emails'],
  [
    'by a filter and a value',
    { path: 'emails[type eq "work"]', value: [{ value: HOME.value }] },
    'emails[type eq "work"]',
  ],
  ['of an attribute', { path: 'title' }, 'title'],
  ['of a part', { path: 'name.middleName' }, 'name.middleName'],
  ['of an attribute of an extension', { path: 'costCenter' }, `${ENTERPRISE}:costCenter`],
  ['of a single value by a filter', { path: 'manager[value eq "M-2"]' }, `${ENTERPRISE}:manager[value eq "M-2"]`],
])('remove of what is not there, %s,', (_, operation, at) => {
  test('answers like one that removed, changes nothing and is noted', async () => {
    const { user, body, events, notes, quirks } = await patched({ op: 'Remove', ...operation });
    expect(body).toEqual(user);
    expect(events).toEqual([]);
    expect(notes).toContain(`found nothing to remove at ${at.length > 80 ? `${at.slice(0, 80)}…` : at}`);
    expect(quirks.map(({ quirk }) => quirk)).toContain('nothing_to_remove');
  });
});

test('a remove that is repeated answers as it did at first', async () => {
  const { user, body } = await patched({ op: 'remove', path: 'emails[type eq "work"]' });
  const again = await company.scim(
    'PATCH',
    `/Users/${user.id}`,
    patchOp({ op: 'remove', path: 'emails[type eq "work"]' }),
  );
  expect([again.status, again.body]).toEqual([200, body]);
});

test.each([
  ['a value', { path: 'emails[type pr]', value: [{ value: HOME.value.toUpperCase() }] }, [WORK, PLAIN]],
  ['a part', { path: 'emails[type pr].type', value: 'HOME' }, [WORK, { value: HOME.value }, PLAIN]],
  ['an empty value', { path: 'emails[type eq "home"]', value: [] }, [WORK, PLAIN]],
])('remove by a filter and %s takes what meets both', async (_, operation, expected) => {
  expect((await patched({ op: 'remove', ...operation })).body.emails).toEqual(expected);
});
