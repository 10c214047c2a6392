// Entra ID puts the object's id, 32 hex digits, in front of the userName of a person who is deleted there, and of what is
// mapped from it. Of a teammate that is blocked, or is being blocked, that is the block and no more.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { filtered, newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, traced } from '../../support/tables.mjs';

const UPN = 'adele@contoso.example';
const DELETED = `283405f5a1b24c3d8e9f0a1b2c3d4e5f${UPN}`;
const ADELE = { userName: UPN, externalId: 'nick', emails: [{ value: UPN, type: 'work', primary: true }] };
const NOTE = expect.stringMatching(/^32 hex digits were in front of the userName/);

const path = ({ id }) => `/Users/${id}`;
const replace = (path, value) => ({ op: 'Replace', path, value });
const RENAME = [replace('userName', DELETED), replace('emails[type eq "work"].value', DELETED)];
const FLAT = { 'emails[type eq "work"].value': DELETED, userName: DELETED };

/** Each as a list of requests. */
const IN_ONE = [
  ['PATCH', (user) => [['PATCH', path(user), patchOp(...RENAME, replace('active', 'False'))]]],
  [
    'PATCH with aadOptscim062020',
    (user) => [['PATCH', path(user), patchOp({ op: 'replace', value: { ...FLAT, active: false } })]],
  ],
  [
    'PUT',
    (user) => [
      [
        'PUT',
        path(user),
        { ...user, userName: DELETED, emails: [{ ...ADELE.emails[0], value: DELETED }], active: false },
      ],
    ],
  ],
];
const BLOCKED_FIRST = [
  ['PATCH', (user) => [off(user), ['PATCH', path(user), patchOp(...RENAME)]]],
  [
    'PATCH with aadOptscim062020',
    (user) => [off(user), ['PATCH', path(user), patchOp({ op: 'replace', value: FLAT })]],
  ],
  ['one PATCH for each', (user) => [off(user), ...RENAME.map((one) => ['PATCH', path(user), patchOp(one)])]],
];
const RENAMED_FIRST = [
  ['PATCH', (user) => [['PATCH', path(user), patchOp(...RENAME)], off(user)]],
  ['one PATCH for each', (user) => [...RENAME.map((one) => ['PATCH', path(user), patchOp(one)]), off(user)]],
  [
    'DELETE',
    (user) => [
      ['PATCH', path(user), patchOp(...RENAME)],
      ['DELETE', path(user)],
    ],
  ],
];

function off(user) {
  return ['PATCH', path(user), patchOp(replace('active', 'False'))];
}

const nameAndEmails = ({ body }) => [body.user_name, body.email, body.attributes.emails];

test.each([
  ...IN_ONE.map(([name, requests]) => [`in one ${name}`, requests]),
  ...BLOCKED_FIRST.map(([name, requests]) => [`after the block, by ${name}`, requests]),
  ...RENAMED_FIRST.map(([name, requests]) => [`before the block, by ${name}`, requests]),
])('%s', async (_, /** @type {any} */ requests) => {
  const company = await newCompany();
  const user = await newUser(company, ADELE);
  const notes = [];
  for (const request of requests(user)) {
    const { answer, log } = await traced(company, () => company.scim(...request));
    expect([200, 204]).toContain(answer.status);
    notes.push(...log[0].notes);
  }
  expect(notes).toContainEqual(NOTE);
  const teammate = await company.api('GET', `/teammates/${user.id}`);
  expect(teammate.body.state).toMatch(/blocked|removed/);
  expect(nameAndEmails(teammate)).toEqual([UPN, UPN, ADELE.emails]);
  // The person is made anew in the directory under the real name: the same teammate.
  const back = await company.scim('POST', '/Users', ADELE);
  expect([back.status, back.body.id, back.body.active]).toEqual([201, user.id, true]);
  await expectConsistent(company);
});

test('the look-up by the real name finds it, and a restore is an unblock', async () => {
  const company = await newCompany();
  const user = await newUser(company, ADELE);
  await company.scim('PATCH', path(user), patchOp(...RENAME, replace('active', 'False')));
  const found = await company.scim('GET', filtered(`userName eq "${UPN}"`));
  expect(found.body.Resources).toMatchObject([{ id: user.id, active: false, userName: UPN, emails: ADELE.emails }]);
  const restore = patchOp(replace('userName', UPN), replace('active', 'True'));
  const { answer, events } = await traced(company, () => company.scim('PATCH', path(user), restore));
  expect(answer.body).toEqual({ ...user, meta: answer.body.meta });
  expect(events.map(({ type }) => type)).toEqual(['teammate.unblocked']);
});

test('of an active teammate it is a rename', async () => {
  const company = await newCompany();
  const user = await newUser(company, ADELE);
  const { answer, events } = await traced(company, () => company.scim('PATCH', path(user), patchOp(...RENAME)));
  expect([answer.body.userName, answer.body.emails[0].value]).toEqual([DELETED, DELETED]);
  expect(events.map(({ type }) => type)).toEqual(['teammate.updated']);
});

test('where somebody has the real name by then, the block is done all the same', async () => {
  const company = await newCompany();
  const user = await newUser(company, ADELE);
  await company.scim('PATCH', path(user), patchOp(...RENAME));
  const second = await newUser(company, ADELE);
  const { status, body } = await company.scim(...off(user));
  expect([status, body.active, body.userName]).toEqual([200, false, DELETED]);
  expect(second.id).not.toBe(user.id);
  await expectConsistent(company);
});

test('another name with the block is a rename', async () => {
  const company = await newCompany();
  const user = await newUser(company, ADELE);
  const other = `283405f5a1b24c3d8e9f0a1b2c3d4e5fother@contoso.example`;
  const body = patchOp(replace('userName', other), replace('active', 'False'));
  expect((await company.scim('PATCH', path(user), body)).body.userName).toBe(other);
});
