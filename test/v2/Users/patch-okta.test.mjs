// PATCH /Users/{id} as Okta sends it: apps of its catalogue PATCH activation and password, pathless.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, newUser, patchOp } from '../../support/scim.mjs';
import { tablesOf, traced } from '../../support/tables.mjs';

const RITA = { userName: 'rita@example.com', externalId: '00u1', name: { givenName: 'Rita', familyName: 'Marley' } };
const HEADERS = {
  'user-agent': 'Okta SCIM Client 1.0.0',
  accept: 'application/scim+json',
  'content-type': 'application/scim+json; charset=utf-8',
};

const pathless = (company, id, value) => () =>
  company.scim('PATCH', `/Users/${id}`, patchOp({ op: 'replace', value }), HEADERS);

test('deactivate, then reactivate: 200 and the user each time', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  for (const active of [false, true]) {
    const { answer, events } = await traced(company, pathless(company, id, { active }));
    expect([answer.status, answer.body.id, answer.body.active]).toEqual([200, id, active]);
    expect(events.map(({ type }) => type)).toEqual([active ? 'teammate.unblocked' : 'teammate.blocked']);
  }
});

test('password sync: 200, nothing changes, and the password is stored nowhere, the log included', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { answer, events, log } = await traced(company, pathless(company, user.id, { password: 'Tr0ub4dor&3' }));
  expect([answer.status, answer.body]).toEqual([200, user]);
  expect(events).toEqual([]);
  expect(log).toMatchObject([{ status: 200, event_seq: null }]);
  expect(JSON.stringify(await tablesOf(company))).not.toContain('Tr0ub4dor');
});

test('password by path is the same', async () => {
  const company = await newCompany();
  const user = await newUser(company, RITA);
  const { body } = await company.scim(
    'PATCH',
    `/Users/${user.id}`,
    patchOp({ op: 'replace', path: 'password', value: 'Tr0ub4dor&3' }),
  );
  expect(body).toEqual(user);
  expect(JSON.stringify(await tablesOf(company))).not.toContain('Tr0ub4dor');
});

test('a read-only id inside the value is passed over, its own or another', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, RITA);
  for (const named of [id, 'tea_other']) {
    const { answer } = await traced(
      company,
      pathless(company, id, { id: named, displayName: `Rita as ${named}`, groups: [], meta: {} }),
    );
    expect([answer.status, answer.body.id, answer.body.displayName]).toEqual([200, id, `Rita as ${named}`]);
  }
});

test('nested objects change the parts that are named', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, {
    ...RITA,
    [ENTERPRISE]: { department: 'Sales', division: 'North' },
    [CUSTOM_FIELDS]: { cf_1: 'x', cf_2: 'y' },
  });
  const { answer } = await traced(
    company,
    pathless(company, id, {
      name: { familyName: 'Anderson' },
      [ENTERPRISE]: { department: 'Support' },
      [CUSTOM_FIELDS]: { cf_2: 'z' },
    }),
  );
  expect(answer.body).toMatchObject({
    name: { givenName: 'Rita', familyName: 'Anderson' },
    [ENTERPRISE]: { department: 'Support', division: 'North' },
    [CUSTOM_FIELDS]: { cf_1: 'x', cf_2: 'z' },
  });
});

test('empty values are pushed as empty (OIN test C9337)', async () => {
  const company = await newCompany();
  const { id } = await newUser(company, { ...RITA, title: 'Analyst', nickName: 'R' });
  const { answer } = await traced(
    company,
    pathless(company, id, { title: '', nickName: null, name: { familyName: '' } }),
  );
  expect(answer.body.name).toEqual({ givenName: 'Rita' });
  expect(answer.body).not.toHaveProperty('title');
  expect(answer.body).not.toHaveProperty('nickName');
});
