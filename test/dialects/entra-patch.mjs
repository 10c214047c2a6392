// PATCH as Entra sends it: every shape of path and value, without aadOptscim062020 and with it.

import { patch } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const DOCS = 'Microsoft docs, use SCIM to provision users and groups';
const FLAG = 'Microsoft docs, SCIM 2.0 compliance: aadOptscim062020';
const HOW = 'Microsoft docs, how provisioning works';
const SUITE = 'better-auth, its conformance tests for Entra';
const POLIS = 'ory/polis, its SCIM tests';

const LINUS = {
  userName: 'linus@contoso.example',
  externalId: 'linus',
  displayName: 'Linus P',
  name: { formatted: 'Linus Pauling', familyName: 'Pauling', givenName: 'Linus' },
  emails: [{ primary: true, type: 'work', value: 'linus@contoso.example' }],
};
const KEPT = { schemas: [USER], ...LINUS, active: true };

const Add = (path, value) => ({ op: 'Add', path, value });
const Replace = (path, value) => ({ op: 'Replace', path, value });
const Remove = (path, value) => ({ op: 'Remove', path, ...(value !== undefined && { value }) });

/** One PATCH of Linus, by default of what is kept of him, and what he is afterwards. */
const patched = (name, source, operations, after, before = {}) => ({
  name,
  source,
  given: { boss: { userName: 'boss@contoso.example' }, linus: { ...LINUS, ...before } },
  steps: [[patch('/Users/{linus}', ...operations), { status: 200, ...after }]],
});

const becomes = (more) => ({ body: { ...KEPT, ...more } });

export default {
  idp: 'Entra PATCH',
  cases: [
    ...['True', 'true', 'TRUE'].map((text) =>
      patched(`active: the string "${text}" is true`, FLAG, [Replace('active', text)], becomes({}), { active: false }),
    ),
    ...['False', 'false'].map((text) =>
      patched(`active: the string "${text}" is false`, FLAG, [Replace('active', text)], becomes({ active: false })),
    ),
    patched(
      'several attributes without the flag: one operation for each path',
      FLAG,
      [
        Replace('displayName', 'Bjfe'),
        Replace('emails[type eq "work"].value', 'new@contoso.example'),
        Replace('name.givenName', 'Kkom'),
        Replace('name.familyName', 'Unua'),
        Replace('externalId', 'Aklq'),
        Replace(`${ENTERPRISE}:employeeNumber`, 'Aklq'),
      ],
      becomes({
        schemas: [USER, ENTERPRISE],
        displayName: 'Bjfe',
        emails: [{ primary: true, type: 'work', value: 'new@contoso.example' }],
        name: { formatted: 'Linus Pauling', givenName: 'Kkom', familyName: 'Unua' },
        externalId: 'Aklq',
        [ENTERPRISE]: { employeeNumber: 'Aklq' },
      }),
    ),
    patched(
      'several attributes with the flag: brackets by path, the rest flat in one value',
      FLAG,
      [
        { op: 'replace', path: 'emails[type eq "work"].value', value: 'new@contoso.example' },
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
      becomes({
        schemas: [USER, ENTERPRISE],
        displayName: 'Bjfe',
        emails: [{ primary: true, type: 'work', value: 'new@contoso.example' }],
        name: { formatted: 'Linus Pauling', givenName: 'Kkom', familyName: 'Unua' },
        externalId: 'Aklq',
        [ENTERPRISE]: { employeeNumber: 'Aklq' },
      }),
    ),
    patched('first value without the flag', FLAG, [Add('nickName', 'Babs')], becomes({ nickName: 'Babs' })),
    patched(
      'first value with the flag',
      FLAG,
      [{ op: 'add', path: 'nickName', value: 'Babs' }],
      becomes({ nickName: 'Babs' }),
    ),
    patched(
      'a pathless add with dotted keys',
      'scim-patch issue 132',
      [{ op: 'add', value: { 'name.middleName': 'Carl', nickName: 'LP' } }],
      becomes({ nickName: 'LP', name: { ...LINUS.name, middleName: 'Carl' } }),
    ),
    patched(
      'a pathless add with a URN key',
      'scim-patch issue 207',
      [{ op: 'add', value: { [`${ENTERPRISE}:department`]: 'Chemistry', [`${ENTERPRISE}:costCenter`]: '7' } }],
      becomes({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'Chemistry', costCenter: '7' } }),
    ),
    patched(
      'a pathless replace with the extension as an object keeps what it does not name',
      FLAG,
      [{ op: 'replace', value: { [ENTERPRISE]: { department: 'Peace' } } }],
      { contains: { [ENTERPRISE]: { department: 'Peace' } } },
      { [ENTERPRISE]: { department: 'Chemistry', employeeNumber: '7' } },
    ),
    patched(
      'userName by path',
      DOCS,
      [Replace('userName', 'pauling@contoso.example')],
      becomes({ userName: 'pauling@contoso.example' }),
    ),
    patched(
      'an e-mail that is not there yet is made of the filter',
      SUITE,
      [Add('emails[type eq "home"].value', 'l@home.example')],
      becomes({ emails: [LINUS.emails[0], { type: 'home', value: 'l@home.example' }] }),
    ),
    patched(
      'a phone number, replaced where there is none',
      SUITE,
      [Replace('phoneNumbers[type eq "work"].value', '+1 1')],
      becomes({ phoneNumbers: [{ type: 'work', value: '+1 1' }] }),
    ),
    patched(
      'two phone numbers in one PATCH are two elements',
      SUITE,
      [Add('phoneNumbers[type eq "mobile"].value', '+1 2'), Add('phoneNumbers[type eq "fax"].value', '+1 3')],
      becomes({
        phoneNumbers: [
          { type: 'mobile', value: '+1 2' },
          { type: 'fax', value: '+1 3' },
        ],
      }),
    ),
    patched(
      'several operations on one address make one element',
      POLIS,
      [
        Replace('addresses[type eq "work"].streetAddress', '1 Main'),
        Replace('addresses[type eq "work"].postalCode', '94301'),
        Replace('addresses[type eq "work"].formatted', '1 Main\n94301'),
      ],
      becomes({
        addresses: [{ type: 'work', streetAddress: '1 Main', postalCode: '94301', formatted: '1 Main\n94301' }],
      }),
    ),
    patched(
      'an address that is there keeps its other parts',
      POLIS,
      [Replace('addresses[type eq "work"].locality', 'Palo Alto')],
      becomes({
        addresses: [
          { type: 'work', country: 'US', locality: 'Palo Alto' },
          { type: 'home', locality: 'Big Sur' },
        ],
      }),
      {
        addresses: [
          { type: 'work', country: 'US' },
          { type: 'home', locality: 'Big Sur' },
        ],
      },
    ),
    patched(
      'an entitlement by its filter',
      SUITE,
      [Add('entitlements[type eq "licence"].value', 'E5')],
      becomes({ entitlements: [{ type: 'licence', value: 'E5' }] }),
    ),
    patched(
      'a text cleared with an empty string',
      SUITE,
      [Replace('title', '')],
      { contains: { displayName: 'Linus P' } },
      { title: 'Dr.' },
    ),
    patched('a text cleared with null', SUITE, [Replace('title', null)], becomes({}), { title: 'Dr.' }),
    patched('a text removed', FLAG, [Remove('title')], becomes({}), { title: 'Dr.' }),
    patched('a remove of what is not there is no fault', HOW, [Remove('title')], becomes({})),
    patched(
      'remove with a value array takes those elements only',
      FLAG,
      [Remove('emails', [{ value: 'l@home.example' }])],
      becomes({}),
      { emails: [LINUS.emails[0], { type: 'home', value: 'l@home.example' }] },
    ),
    patched(
      'remove by a value path takes those elements only',
      FLAG,
      [{ op: 'remove', path: 'emails[value eq "l@home.example"]' }],
      becomes({}),
      { emails: [LINUS.emails[0], { type: 'home', value: 'l@home.example' }] },
    ),
    patched(
      'an add of what is there makes no second',
      'bitwarden/server, its SCIM comments',
      [Add('emails', [{ type: 'work', value: 'linus@contoso.example', primary: true }])],
      becomes({}),
    ),
    patched(
      'a new primary takes the old one its place',
      'RFC 7644 section 3.5.2',
      [Add('emails', [{ type: 'home', value: 'l@home.example', primary: true }])],
      {
        contains: {
          emails: [
            { type: 'work', value: 'linus@contoso.example', primary: false },
            { type: 'home', value: 'l@home.example', primary: true },
          ],
        },
      },
    ),
    patched(
      'department by its URN',
      DOCS,
      [Add(`${ENTERPRISE}:department`, 'Chemistry')],
      becomes({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'Chemistry' } }),
    ),
    patched('an operation that does nothing leaves lastModified alone', HOW, [Replace('displayName', 'Linus P')], {
      body: KEPT,
      contains: { meta: { lastModified: '{linus.meta.lastModified}' } },
    }),
  ],
};
