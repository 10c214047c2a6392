// Extensions: attributes under any URN are kept as sent, and every spelling of an extension is understood.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, TEAMMATE, USER, newUser, patchOp } from '../../support/scim.mjs';
import { traced, writingNothing } from '../../support/tables.mjs';

const HR = 'urn:example:hr:1.0:Person';
const ENTRA_CUSTOM = 'urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User';

test('an extension that nobody knows is kept as sent: objects, lists, numbers, false and the spelling of its names', async () => {
  const company = await newCompany();
  const person = { Grade: 7, remote: false, cost_centre: { code: '4130', Shares: [0.5, 0.5] }, empty: '' };
  const user = await newUser(company, { schemas: [USER, HR], [HR]: person });
  expect(user[HR]).toEqual(person);
  expect(user.schemas).toEqual([USER, HR]);
  expect((await company.scim('GET', `/Users/${user.id}`)).body[HR]).toEqual(person);
});

test('Entra does not name custom extensions in schemas: they are kept, and named in the answer', async () => {
  const user = await newUser(await newCompany(), { schemas: [USER], [ENTRA_CUSTOM]: { CustomAttribute: 'v' } });
  expect(user[ENTRA_CUSTOM]).toEqual({ CustomAttribute: 'v' });
  expect(user.schemas).toEqual([USER, ENTRA_CUSTOM]);
});

test.each([
  ['a custom extension', `${ENTRA_CUSTOM}:badgeCode`, ENTRA_CUSTOM, { badgeCode: 'B-7' }],
  ['the enterprise extension', `${ENTERPRISE}:department`, ENTERPRISE, { department: 'B-7' }],
  ['the custom fields', `${CUSTOM_FIELDS}:cf_12`, CUSTOM_FIELDS, { cf_12: 'B-7' }],
  ['an extension that does not end in 2.0:User', 'urn:example:hr:badge', 'urn:example:hr', { badge: 'B-7' }],
])('a flat key of %s is cut behind the URN', async (_, key, urn, extension) => {
  const user = await newUser(await newCompany(), { [key]: 'B-7' });
  expect(user[urn]).toEqual(extension);
  expect(user).not.toHaveProperty([key]);
});

test('a flat key of a core attribute is the attribute', async () => {
  const user = await newUser(await newCompany(), { [`${USER}:displayName`]: 'Rita' });
  expect(user.displayName).toBe('Rita');
});

test('core attributes in an object under their own URN are read as if they stood at the top', async () => {
  const company = await newCompany();
  const user = await newUser(company, { schemas: [USER], [USER]: { displayName: 'Rita', 'name.givenName': 'R' } });
  expect(user).toMatchObject({ schemas: [USER], displayName: 'Rita', name: { givenName: 'R' } });
  const operation = { op: 'replace', value: { [USER]: { title: 'Boss', active: 'False' } } };
  const { status, body } = await company.scim('PATCH', `/Users/${user.id}`, patchOp(operation));
  expect([status, body.title, body.active, body.displayName]).toEqual([200, 'Boss', false, 'Rita']);
});

test('an enterprise attribute without its URN is passed over in a resource, and the log names the URN', async () => {
  const company = await newCompany();
  const body = { schemas: [USER], userName: 'rita@example.com', manager: 'm9', department: 'D' };
  const { answer, log } = await traced(company, () => company.scim('POST', '/Users', body));
  expect([answer.status, answer.body.schemas]).toEqual([201, [USER]]);
  const note = (name) => `ignored "${name}": not a core attribute; send it as ${ENTERPRISE}:${name}`;
  expect(log[0].notes).toEqual([note('manager'), note('department')]);
});

test('the null frontapp extension of a real client, undeclared in schemas, is accepted and says nothing', async () => {
  const { scim } = await newCompany();
  const answer = await scim('POST', '/Users', { schemas: [USER], userName: 'rita@example.com', [TEAMMATE]: null });
  expect(answer.status).toBe(201);
  expect(answer.body.schemas).toEqual([USER]);
  expect(answer.body).not.toHaveProperty([TEAMMATE]);
});

test('extensions without a value are left out of schemas', async () => {
  const user = await newUser(await newCompany(), {
    schemas: [USER, ENTERPRISE, HR],
    [ENTERPRISE]: { department: null },
    [HR]: {},
  });
  expect(user.schemas).toEqual([USER]);
});

test('URNs are compared without regard to letter case', async () => {
  const user = await newUser(await newCompany(), { [ENTERPRISE.toUpperCase()]: { department: 'Sales' } });
  expect(user[ENTERPRISE]).toEqual({ department: 'Sales' });
});

test('an undeclared attribute of the enterprise extension is kept too', async () => {
  const user = await newUser(await newCompany(), { [ENTERPRISE]: { badge: 'B-7' } });
  expect(user[ENTERPRISE]).toEqual({ badge: 'B-7' });
});

// Admins type the names of target attributes by hand.
const WITHOUT_END = ENTERPRISE.replace(/:User$/, '');

describe.each([
  [`${ENTERPRISE}.department`, { [ENTERPRISE]: { department: 'D' } }],
  [`${ENTERPRISE}/Department`, { [ENTERPRISE]: { department: 'D' } }],
  [`${WITHOUT_END}:department`, { [ENTERPRISE]: { department: 'D' } }],
  [`${WITHOUT_END}:manager.value`, { [ENTERPRISE]: { manager: { value: 'D' } } }],
  [`${USER}.title`, { title: 'D' }],
  [`${TEAMMATE}.template`, { [TEAMMATE]: { template: 'D' } }],
])('%s, a slip in a known URN,', (name, expected) => {
  test.each([
    ['path', { op: 'replace', path: name, value: 'D' }],
    ['key', { op: 'add', value: { [name]: 'D' } }],
  ])('means the attribute by %s, and the log says so', async (_, operation) => {
    const company = await newCompany();
    const { id, schemas } = await newUser(company);
    const { answer, log } = await traced(company, () => company.scim('PATCH', `/Users/${id}`, patchOp(operation)));
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject(expected);
    const urns = Object.keys(expected).filter((key) => key.includes(':'));
    expect(answer.body.schemas).toEqual([...schemas, ...urns]);
    expect(log[0].quirks).toContainEqual({ quirk: 'misspelled_urn', at: name });
  });
});

describe.each([`${ENTERPRISE}.badge`, `${WITHOUT_END}:badge`, WITHOUT_END])(
  '%s, near a known URN but nothing of it,',
  (name) => {
    test('is refused by path', async () => {
      const company = await newCompany();
      const { id } = await newUser(company);
      const operation = { op: 'replace', path: name, value: 'D' };
      const { status, body } = await writingNothing(company, () =>
        company.scim('PATCH', `/Users/${id}`, patchOp(operation)),
      );
      expect([status, body.scimType]).toEqual([400, 'invalidPath']);
      expect(body.detail).toContain('is not an attribute of a user');
    });

    test('is passed over by key, with a note', async () => {
      const company = await newCompany();
      const { answer, log } = await traced(company, () =>
        company.scim('POST', '/Users', { userName: 'rita@example.com', [name]: { a: 'D' } }),
      );
      expect([answer.status, answer.body.schemas]).toEqual([201, [USER]]);
      expect(log[0].notes).toEqual([`ignored "${name}": not a core attribute`]);
    });
  },
);
