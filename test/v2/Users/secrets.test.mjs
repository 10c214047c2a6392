// A secret is kept nowhere: not under the name `password`, and not under any other name that speaks of one,
// wherever in the user it stands. The log says what was left out.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, bulkRequest, newUser, patchOp } from '../../support/scim.mjs';
import { expectConsistent, tablesOf } from '../../support/tables.mjs';

const SECRET = 'Zy9-kept-nowhere';
const HR = 'urn:example:hr:2.0:User';

/** Under every kind of roof; and what is kept of it. */
const SENT = {
  userName: 'rita@example.com',
  password: SECRET,
  name: { givenName: 'Rita', password: SECRET },
  emails: [{ value: 'rita@example.com', type: 'work', oldPassword: { text: SECRET } }],
  roles: [{ value: { id: 7, clientSecret: SECRET }, apiToken: SECRET, level: 3 }],
  [ENTERPRISE]: { department: 'Sales', token: SECRET, manager: { value: 'm1', passwd: [SECRET] } },
  [CUSTOM_FIELDS]: { password: SECRET, door: { secret: SECRET, floor: 2 } },
  [HR]: { badge: [{ passphrase: SECRET, code: 'B-7' }], secretary: 'Ida' },
  [`${HR}:password`]: SECRET,
  'urn:example:secrets': { title: SECRET },
};
const KEPT = {
  userName: 'rita@example.com',
  name: { givenName: 'Rita' },
  emails: [{ value: 'rita@example.com', type: 'work' }],
  roles: [{ value: { id: 7 }, level: 3 }],
  [ENTERPRISE]: { department: 'Sales', manager: { value: 'm1' } },
  [CUSTOM_FIELDS]: { door: { floor: 2 } },
  [HR]: { badge: [{ code: 'B-7' }], secretary: 'Ida' },
};
const LEFT_OUT = [
  'name.password',
  'emails.oldPassword',
  'roles.value.clientSecret',
  'roles.apiToken',
  `${ENTERPRISE}:token`,
  `${ENTERPRISE}:manager.passwd`,
  `${CUSTOM_FIELDS}:password`,
  `${CUSTOM_FIELDS}:door.secret`,
  `${HR}:badge.passphrase`,
  `${HR}:password`,
  'urn:example:secrets',
].sort();

const { userName: _, password: _password, ...WITHOUT_NAME } = SENT;
const byPath = Object.entries(WITHOUT_NAME).map(([path, value]) => ({ op: 'add', path, value }));

test.each([
  ['POST', (scim) => scim('POST', '/Users', SENT)],
  ['PUT', (scim, id) => scim('PUT', `/Users/${id}`, SENT)],
  ['PATCH without a path', (scim, id) => scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', value: SENT }))],
  ['PATCH with paths', (scim, id) => scim('PATCH', `/Users/${id}`, patchOp(...byPath))],
  [
    'PATCH in a bulk request',
    (scim, id) => scim('POST', '/Bulk', bulkRequest([{ method: 'PATCH', path: `/Users/${id}`, data: byPath }])),
  ],
])('%s', async (name, write) => {
  const company = await newCompany();
  const id = name === 'POST' ? undefined : (await newUser(company)).id;
  const answer = await write(company.scim, id);
  expect([200, 201]).toContain(answer.status);
  const listed = await company.scim('GET', '/Users');
  expect(listed.body.Resources).toMatchObject([{ ...KEPT, emails: expect.any(Array) }]);
  const { schemas: _schemas, id: _id, meta: _meta, active: _active, ...attributes } = listed.body.Resources[0];
  expect(attributes).toEqual(KEPT);

  const tables = await tablesOf(company);
  for (const place of [answer.body, listed.body, ...Object.values(tables)])
    expect(JSON.stringify(place)).not.toContain(SECRET);
  const line = tables.requests.findLast(({ sent }) => JSON.stringify(sent)?.includes('(not kept)'));
  const seen = line.quirks.filter(({ quirk }) => quirk === 'secret').map(({ at }) => at);
  expect(seen.sort()).toEqual(LEFT_OUT.map((at) => (at.length > 80 ? `${at.slice(0, 80)}…` : at)));
  expect(line.notes).toContain('did not keep name.password: by its name it is a secret');
  await expectConsistent(company);
});

test('a path that would put a secret beside declared parts is refused', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, KEPT);
  for (const path of ['name.password', 'emails[type eq "work"].password', 'roles[value eq "a"].apiToken']) {
    const { status, body } = await company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'add', path, value: SECRET }));
    expect([path, status, body.scimType]).toEqual([path, 400, 'invalidPath']);
  }
  expect(JSON.stringify(await tablesOf(company))).not.toContain(SECRET);
});
