// PATCH with every attribute at once, as Microsoft's validators send it: added to a user that has none, then emptied.

import { expect, test } from 'vitest';
import { newCompany } from '../../support/client.mjs';
import { ENTERPRISE, USER, newUser, patchOp } from '../../support/scim.mjs';
import { traced } from '../../support/tables.mjs';

const SINGLE = {
  displayName: 'QTZODTJXGFLR',
  title: 'OWOJJVOCUHKD',
  preferredLanguage: 'lu',
  userType: 'QWQJIEJYZILC',
  nickName: 'CRILRBTBOQOW',
  locale: 'HNULHBRGUHWA',
  timezone: 'America/Goose_Bay',
  profileUrl: 'QZNBLKJYBHTE',
  externalId: 'f5b9bd21-7d0c-4b4e-a4f5-5f1c2d1a2b3c',
  'name.givenName': 'Aida',
  'name.familyName': 'Chandler',
  'name.formatted': 'Hyman',
  'name.middleName': 'Haylie',
  'name.honorificPrefix': 'Athena',
  'name.honorificSuffix': 'Brooks',
  [`${ENTERPRISE}:employeeNumber`]: 'LLQMUPKSPYGA',
  [`${ENTERPRISE}:department`]: 'BYQJSWLGXQTB',
  [`${ENTERPRISE}:costCenter`]: 'UNPCDCIBUXTN',
  [`${ENTERPRISE}:organization`]: 'CHZYDKXGJHHJ',
  [`${ENTERPRISE}:division`]: 'OSLUHIBPTUGX',
  [`${ENTERPRISE}:manager`]: 'BGKAWQXOZREF',
};

const CHOSEN = {
  'emails[type eq "work"].value': 'bettie@parisian.com',
  'addresses[type eq "work"].formatted': 'ANUMAAOJUYMA',
  'addresses[type eq "work"].streetAddress': '046 Wisoky Route',
  'addresses[type eq "work"].locality': 'AQCGFHJMVSXU',
  'addresses[type eq "work"].region': 'CXLKAWAESJPV',
  'addresses[type eq "work"].postalCode': 'dk0 2uz',
  'addresses[type eq "work"].country': 'Gibraltar',
  'phoneNumbers[type eq "work"].value': '0-351-9540',
  'phoneNumbers[type eq "mobile"].value': '0-351-9541',
  'phoneNumbers[type eq "fax"].value': '0-351-9542',
  'roles[primary eq "True"].value': 'DRIHDNWREZZV',
  'roles[primary eq "True"].display': 'DJAPQUWELUHM',
  'roles[primary eq "True"].type': 'EHUDZVCXYJOO',
};

const WHOLE = {
  schemas: [USER, ENTERPRISE],
  userName: 'val@jerde.biz',
  active: true,
  displayName: 'QTZODTJXGFLR',
  title: 'OWOJJVOCUHKD',
  preferredLanguage: 'lu',
  userType: 'QWQJIEJYZILC',
  nickName: 'CRILRBTBOQOW',
  locale: 'HNULHBRGUHWA',
  timezone: 'America/Goose_Bay',
  profileUrl: 'QZNBLKJYBHTE',
  externalId: 'f5b9bd21-7d0c-4b4e-a4f5-5f1c2d1a2b3c',
  name: {
    givenName: 'Aida',
    familyName: 'Chandler',
    formatted: 'Hyman',
    middleName: 'Haylie',
    honorificPrefix: 'Athena',
    honorificSuffix: 'Brooks',
  },
  emails: [{ type: 'work', value: 'bettie@parisian.com' }],
  addresses: [
    {
      type: 'work',
      formatted: 'ANUMAAOJUYMA',
      streetAddress: '046 Wisoky Route',
      locality: 'AQCGFHJMVSXU',
      region: 'CXLKAWAESJPV',
      postalCode: 'dk0 2uz',
      country: 'Gibraltar',
    },
  ],
  phoneNumbers: [
    { type: 'work', value: '0-351-9540' },
    { type: 'mobile', value: '0-351-9541' },
    { type: 'fax', value: '0-351-9542' },
  ],
  roles: [{ primary: true, value: 'DRIHDNWREZZV', display: 'DJAPQUWELUHM', type: 'EHUDZVCXYJOO' }],
  [ENTERPRISE]: {
    employeeNumber: 'LLQMUPKSPYGA',
    department: 'BYQJSWLGXQTB',
    costCenter: 'UNPCDCIBUXTN',
    organization: 'CHZYDKXGJHHJ',
    division: 'OSLUHIBPTUGX',
    manager: { value: 'BGKAWQXOZREF' },
  },
};

const verbose = (op, values) => Object.entries(values).map(([path, value]) => ({ op, path, value }));
const brief = (op, single, chosen) => [...verbose(op, chosen), { op, value: single }];
const emptied = (values, nothing) => Object.fromEntries(Object.keys(values).map((path) => [path, nothing]));

async function patched(user, operations) {
  const company = await newCompany();
  const { id } = await newUser(company, user);
  const { answer, events } = await traced(company, () => company.scim('PATCH', `/Users/${id}`, patchOp(...operations)));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(events.map(({ type }) => type)).toEqual(['teammate.updated']);
  const { id: _, meta, ...rest } = answer.body;
  return rest;
}

test.each([
  ['Add Attributes Verbose: an operation for each path', verbose('add', { ...SINGLE, ...CHOSEN })],
  ['Patch Replace Attributes Verbose', verbose('Replace', { ...SINGLE, ...CHOSEN })],
  ['brackets by path, the rest as flat keys', brief('add', SINGLE, CHOSEN)],
])('%s, on a user made with only userName', async (_, operations) => {
  expect(await patched({ userName: 'val@jerde.biz' }, operations)).toEqual(WHOLE);
});

test.each([
  ['"", an operation for each path', verbose('replace', emptied({ ...SINGLE, ...CHOSEN }, ''))],
  ['null, an operation for each path', verbose('replace', emptied({ ...SINGLE, ...CHOSEN }, null))],
  ['"", brackets by path and flat keys', brief('replace', emptied(SINGLE, ''), emptied(CHOSEN, ''))],
  ['null, brackets by path and flat keys', brief('replace', emptied(SINGLE, null), emptied(CHOSEN, null))],
])('Null_Update by %s: everything reads back as empty', async (_, operations) => {
  expect(await patched(WHOLE, operations)).toEqual({ schemas: [USER], userName: 'val@jerde.biz', active: true });
});
