// PATCH /Users/{id} as Entra sends it: without aadOptscim062020 one operation with a path for each attribute and
// ops in capitals; with it brackets by path, then one pathless operation with dotted and URN keys.

import { describe, expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, TEAMMATE, USER, newUser, patchOp } from '../../support/scim.mjs';
import { traced } from '../../support/tables.mjs';

const RITA = {
  userName: 'rita@example.com',
  externalId: 'E-7',
  displayName: 'Rita',
  name: { givenName: 'Rita', familyName: 'Marley', formatted: 'Rita Marley' },
  emails: [{ primary: true, type: 'work', value: 'rita@example.com' }],
};
const CUSTOM = 'urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User';

async function patched(before, operations, flag = '') {
  const company = await newCompany();
  const user = await newUser(company, { ...RITA, ...before });
  const trace = await traced(company, () => company.scim('PATCH', `/Users/${user.id}${flag}`, patchOp(...operations)));
  expect(trace.answer.status, JSON.stringify(trace.answer.body)).toBe(200);
  const { meta, ...rest } = trace.answer.body;
  expect((await company.scim('GET', `/Users/${user.id}`)).body).toEqual(trace.answer.body);
  return { ...trace, user, rest };
}

const PROFILE = {
  emails: [{ primary: true, type: 'work', value: 'updatedEmail@microsoft.com' }],
  displayName: 'Bjfe',
  name: { givenName: 'Kkom', familyName: 'Unua', formatted: 'Rita Marley' },
  externalId: 'Aklq',
  [ENTERPRISE]: { employeeNumber: 'Aklq' },
};

describe('without aadOptscim062020', () => {
  const replace = (path, value) => ({ op: 'Replace', path, value });

  test('several attributes, one operation for each path (documented)', async () => {
    const { rest, user, events } = await patched({}, [
      replace('emails[type eq "work"].value', 'updatedEmail@microsoft.com'),
      replace('displayName', 'Bjfe'),
      replace('name.givenName', 'Kkom'),
      replace('name.familyName', 'Unua'),
      replace('externalId', 'Aklq'),
      replace(`${ENTERPRISE}:employeeNumber`, 'Aklq'),
    ]);
    expect(rest).toEqual({
      schemas: [USER, ENTERPRISE],
      id: user.id,
      userName: 'rita@example.com',
      active: true,
      ...PROFILE,
    });
    expect(events.map(({ type }) => type)).toEqual(['teammate.updated']);
  });

  test('Replace of userName', async () => {
    const { rest, user } = await patched({}, [
      replace('userName', '5b50642d-79fc-4410-9e90-4c077cdd1a59@testuser.com'),
    ]);
    expect(rest).toMatchObject({ id: user.id, userName: '5b50642d-79fc-4410-9e90-4c077cdd1a59@testuser.com' });
  });

  test('the string False disables, True restores, and the log says how it was read', async () => {
    const { rest, events, log } = await patched({}, [replace('active', 'False')]);
    expect(rest.active).toBe(false);
    expect(events.map(({ type }) => type)).toEqual(['teammate.blocked']);
    expect(log[0].notes).toEqual(['read "False" as false for active']);
    expect((await patched({ active: false }, [replace('active', 'True')])).rest.active).toBe(true);
  });

  test('Add of a first value: nickName', async () => {
    expect((await patched({}, [{ op: 'Add', path: 'nickName', value: 'Babs' }])).rest.nickName).toBe('Babs');
  });

  test('Remove of a value names those elements only', async () => {
    const phoneNumbers = [
      { value: '1', type: 'work' },
      { value: '2', type: 'mobile' },
    ];
    const { rest } = await patched({ phoneNumbers }, [{ op: 'Remove', path: 'phoneNumbers', value: [{ value: '1' }] }]);
    expect(rest.phoneNumbers).toEqual([{ value: '2', type: 'mobile' }]);
  });

  test('the department has its URN in the path, with and without a capital', async () => {
    expect((await patched({}, [replace(`${ENTERPRISE}:department`, 'Sales')])).rest[ENTERPRISE]).toEqual({
      department: 'Sales',
    });
    expect((await patched({}, [replace(`${ENTERPRISE.toLowerCase()}:Department`, 'Sales')])).rest[ENTERPRISE]).toEqual({
      department: 'Sales',
    });
  });

  test.each([
    ['a custom extension', `${CUSTOM}:CustomAttribute`, CUSTOM, 'CustomAttribute'],
    ["the app's template", `${TEAMMATE}:template`, TEAMMATE, 'template'],
    ["the app's custom field", `${CUSTOM_FIELDS}:cf_7`, CUSTOM_FIELDS, 'cf_7'],
  ])('%s by path is cut behind the URN', async (_, path, urn, name) => {
    const { rest } = await patched({}, [{ op: 'Add', path, value: 'v' }, replace(path, 'w')]);
    expect(rest[urn]).toEqual({ [name]: 'w' });
    expect(rest.schemas).toEqual([USER, urn]);
  });
});

describe('with aadOptscim062020', () => {
  const FLAG = '?aadOptscim062020';

  test('brackets by path, then one pathless operation with dotted and URN keys (documented)', async () => {
    const { rest, user, events } = await patched(
      {},
      [
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'updatedEmail@microsoft.com' },
        {
          op: 'replace',
          value: {
            displayName: 'Bjfe',
            'name.givenName': 'Kkom',
            'name.familyName': 'Unua',
            externalId: 'Aklq',
            [`${ENTERPRISE}:employeeNumber`]: 'Aklq',
          },
        },
      ],
      FLAG,
    );
    expect(rest).toEqual({
      schemas: [USER, ENTERPRISE],
      id: user.id,
      userName: 'rita@example.com',
      active: true,
      ...PROFILE,
    });
    expect(events).toHaveLength(1);
  });

  test('pathless add with dotted keys (scim-patch #132)', async () => {
    const { rest } = await patched(
      { name: {} },
      [{ op: 'add', value: { 'name.givenName': 'Kkom', 'name.formatted': 'K', title: 'T' } }],
      FLAG,
    );
    expect([rest.name, rest.title]).toEqual([{ givenName: 'Kkom', formatted: 'K' }, 'T']);
  });

  test('a boolean false disables', async () => {
    const { rest, log } = await patched({}, [{ op: 'replace', path: 'active', value: false }], FLAG);
    expect(rest.active).toBe(false);
    expect(log[0].notes).toEqual([]);
  });

  test.each([
    ['a custom extension (validator run 32)', `${CUSTOM}:badgeCode`, CUSTOM, 'badgeCode'],
    ["the app's template", `${TEAMMATE}:template`, TEAMMATE, 'template'],
    ["the app's custom field", `${CUSTOM_FIELDS}:cf_7`, CUSTOM_FIELDS, 'cf_7'],
  ])('%s as a flat key is cut behind the URN', async (_, key, urn, name) => {
    const { rest } = await patched({}, [{ op: 'replace', value: { [key]: 'v' } }], FLAG);
    expect(rest[urn]).toEqual({ [name]: 'v' });
  });

  test('a flat key keeps the other attributes of its extension', async () => {
    const { rest } = await patched(
      { [CUSTOM]: { badgeCode: 'B', level: 1 } },
      [{ op: 'replace', value: { [`${CUSTOM}:level`]: 2 } }],
      FLAG,
    );
    expect(rest[CUSTOM]).toEqual({ badgeCode: 'B', level: 2 });
  });
});

test('brackets as a key of a pathless value', async () => {
  const { rest } = await patched({}, [{ op: 'replace', value: { 'emails[type eq "work"].value': 'new@example.com' } }]);
  expect(rest.emails).toEqual([{ primary: true, type: 'work', value: 'new@example.com' }]);
});
