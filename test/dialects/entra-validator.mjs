// Microsoft's two test suites, every test that concerns users: the SCIM Validator (scimvalidator.microsoft.com) by its
// numbers, and the newer LogicApp validation by its names. Those that write groups come with group sync; what of them
// reads an empty directory is here.

import { get, patch, patchWith, post, query, remove } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const validator = (number) => `Microsoft SCIM Validator, test ${number}`;
const preview = (number) => `Microsoft SCIM Validator, preview test ${number}`;
const logicApp = (name) => `Microsoft LogicApp validation, ${name}`;

const TYPE = { 'content-type': 'application/scim+json; charset=utf-8' };
const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

// Everything that the Validator ticks from our schemas, in its way: random text where formats are expected, one role
// whose `primary` is a string.
const FULL = {
  userName: 'oma@vandervort.example',
  active: true,
  displayName: 'IEHJCZNLDDZA',
  title: 'PIOOGGDMWNYQ',
  externalId: '3f63bb43-7f2d-4eb4-bd1b-9ad5a4bd4ef4',
  emails: [{ type: 'work', value: 'jess@rau.example', primary: true }],
  preferredLanguage: 'ses',
  name: {
    givenName: 'Roberta',
    familyName: 'Daphney',
    formatted: 'Ransom',
    middleName: 'Clint',
    honorificPrefix: 'Jaydon',
    honorificSuffix: 'Lamar',
  },
  addresses: [
    { type: 'work', formatted: 'WFQZKHBSXFTQ', streetAddress: '7401 Elmira Union', locality: 'IMEXUQZJAQBH', region: 'PQXHZRQMPEJK', postalCode: 'gg3 7hb', country: 'Egypt', primary: true },
    { type: 'home', formatted: 'HOMEFORMATTED' },
  ],
  phoneNumbers: [
    { type: 'work', value: '48-643-7155', primary: true },
    { type: 'mobile', value: '48-643-7156' },
    { type: 'fax', value: '48-643-7157' },
  ],
  roles: [{ primary: 'True', display: 'LIRBCMBFZLSE', value: 'SIQLBUVEPEXC', type: 'NMKFOZLHOUCV' }],
  nickName: 'BIWADOHHGDGZ',
  userType: 'JZPFSCQZYNDM',
  locale: 'FYBHYQHIUGWR',
  timezone: 'Africa/Kinshasa',
  profileUrl: 'QUVDAKJLIKGJ',
  [ENTERPRISE]: {
    employeeNumber: 'TNCPVVHHHBNG',
    department: 'MRTLKDSIEBAW',
    costCenter: 'OPMQIXBSRLLY',
    organization: 'BUOYYVBIPKOB',
    division: 'EAGWVHASKSKD',
    manager: { value: 'SKMDFYEGLSJP' },
  },
};
const KEPT = { ...FULL, schemas: [USER, ENTERPRISE], roles: [{ ...FULL.roles[0], primary: true }] };
const create = (user = FULL) => post('/Users', { schemas: [USER, ENTERPRISE], ...user }, TYPE);
const SMALL = { userName: 'oma@vandervort.example' };

const replace = (path, value) => ({ op: 'replace', path, value });
const add = (path, value) => ({ op: 'add', path, value });

// Each attribute by a path of its own, and the value that the Validator reads back afterwards.
const VERBOSE = [
  ['displayName', 'AXRSBGPMGHWX'],
  ['title', 'KQRWTZYFOKFE'],
  ['externalId', 'e7e0a5a8-43f9-4b86-9a5f-c92a0f6d3f3b'],
  ['emails[type eq "work"].value', 'noemy@hauck.example'],
  ['preferredLanguage', 'mr'],
  ['name.givenName', 'Stephan'],
  ['name.familyName', 'Rico'],
  ['name.formatted', 'Tavares'],
  ['name.middleName', 'Keven'],
  ['name.honorificPrefix', 'Rosalyn'],
  ['name.honorificSuffix', 'Elsie'],
  ['addresses[type eq "work"].formatted', 'ZEQNBTMFIKIY'],
  ['addresses[type eq "work"].streetAddress', '2190 Bins Road'],
  ['addresses[type eq "work"].locality', 'MUXQWGVPBFRT'],
  ['addresses[type eq "work"].region', 'UIKZAHOXVBYA'],
  ['addresses[type eq "work"].postalCode', 'ub0 7gu'],
  ['addresses[type eq "work"].country', 'Guam'],
  ['phoneNumbers[type eq "work"].value', '4-330-3811'],
  ['phoneNumbers[type eq "mobile"].value', '4-330-3812'],
  ['phoneNumbers[type eq "fax"].value', '4-330-3813'],
  ['roles[primary eq "True"].display', 'HFYHSUSHTMKT'],
  ['roles[primary eq "True"].value', 'QSJRJCYYQSIU'],
  ['roles[primary eq "True"].type', 'FBPMWRYDKNHT'],
  ['nickName', 'ZLPVJYDUQNWB'],
  ['userType', 'AGZPYVPJRJGU'],
  ['locale', 'OLGQGZZXOQXR'],
  ['timezone', 'America/Mazatlan'],
  ['profileUrl', 'MYZRUSCANCKG'],
  [`${ENTERPRISE}:employeeNumber`, 'PJRTXPNAOMYX'],
  [`${ENTERPRISE}:department`, 'ZWIXYEDLBSCA'],
  [`${ENTERPRISE}:costCenter`, 'OOVYVJXBCVPN'],
  [`${ENTERPRISE}:organization`, 'BXACXRQIDLHM'],
  [`${ENTERPRISE}:division`, 'MOBTCLNYNGJD'],
];
const AFTER = {
  displayName: 'AXRSBGPMGHWX',
  title: 'KQRWTZYFOKFE',
  externalId: 'e7e0a5a8-43f9-4b86-9a5f-c92a0f6d3f3b',
  preferredLanguage: 'mr',
  name: { givenName: 'Stephan', familyName: 'Rico', formatted: 'Tavares', middleName: 'Keven', honorificPrefix: 'Rosalyn', honorificSuffix: 'Elsie' },
  nickName: 'ZLPVJYDUQNWB',
  userType: 'AGZPYVPJRJGU',
  locale: 'OLGQGZZXOQXR',
  timezone: 'America/Mazatlan',
  profileUrl: 'MYZRUSCANCKG',
};
const ADDRESS_AFTER = { type: 'work', formatted: 'ZEQNBTMFIKIY', streetAddress: '2190 Bins Road', locality: 'MUXQWGVPBFRT', region: 'UIKZAHOXVBYA', postalCode: 'ub0 7gu', country: 'Guam' };
const ROLE_AFTER = { primary: true, display: 'HFYHSUSHTMKT', value: 'QSJRJCYYQSIU', type: 'FBPMWRYDKNHT' };
const PHONES_AFTER = [
  { type: 'work', value: '4-330-3811' },
  { type: 'mobile', value: '4-330-3812' },
  { type: 'fax', value: '4-330-3813' },
];
const ENTERPRISE_AFTER = { employeeNumber: 'PJRTXPNAOMYX', department: 'ZWIXYEDLBSCA', costCenter: 'OOVYVJXBCVPN', organization: 'BXACXRQIDLHM', division: 'MOBTCLNYNGJD' };

const isBracketed = ([path]) => path.includes('[');
/** With the flag: bracketed paths on their own, the rest as flat keys of one value. */
const nonVerbose = (op, list) => [
  ...list.filter(isBracketed).map(([path, value]) => ({ op, path, value })),
  { op, value: Object.fromEntries(list.filter((one) => !isBracketed(one))) },
];

const REPLACED = {
  status: 200,
  body: {
    ...KEPT,
    ...AFTER,
    emails: [{ type: 'work', value: 'noemy@hauck.example', primary: true }],
    addresses: [{ ...ADDRESS_AFTER, primary: true }, FULL.addresses[1]],
    phoneNumbers: [{ ...PHONES_AFTER[0], primary: true }, PHONES_AFTER[1], PHONES_AFTER[2]],
    roles: [ROLE_AFTER],
    [ENTERPRISE]: { ...ENTERPRISE_AFTER, manager: { value: 'SKMDFYEGLSJP' } },
  },
};
const ADDED = {
  status: 200,
  body: {
    schemas: [USER, ENTERPRISE],
    ...SMALL,
    active: true,
    ...AFTER,
    emails: [{ type: 'work', value: 'noemy@hauck.example' }],
    addresses: [ADDRESS_AFTER],
    phoneNumbers: PHONES_AFTER,
    roles: [ROLE_AFTER],
    [ENTERPRISE]: ENTERPRISE_AFTER,
  },
};

// Every optional attribute of the user that can be cleared by a path of its own.
const CLEARED = VERBOSE.map(([path]) => path).filter((path) => path !== 'externalId');
const NULLED = {
  status: 200,
  body: {
    schemas: [USER, ENTERPRISE],
    userName: FULL.userName,
    externalId: FULL.externalId,
    active: true,
    addresses: [FULL.addresses[1]],
    [ENTERPRISE]: { manager: FULL[ENTERPRISE].manager },
  },
};

const eleven = Object.fromEntries(Array.from({ length: 11 }, (_, n) => [`user${n + 1}`, { userName: `user${n + 1}@contoso.example` }]));
const names = Object.keys(eleven);

export default {
  idp: 'Microsoft validators',
  cases: [
    { name: 'create a user', source: validator(1), steps: [[create(), { status: 201, body: KEPT, headers: { 'content-type': 'application/scim+json', location: /\/Users\// } }]] },
    { name: 'create a duplicate user', source: validator(2), given: { oma: FULL }, steps: [[create(), { status: 409, error: 'uniqueness' }]] },
    {
      name: 'filter for an existing user',
      source: validator(3),
      given: { oma: FULL },
      steps: [[query('/Users', { filter: 'userName eq "oma@vandervort.example"' }), { status: 200, list: ['oma'], contains: { itemsPerPage: 1, startIndex: 1 } }]],
    },
    { name: 'filter for a non-existing user', source: validator(4), given: { oma: FULL }, steps: [[query('/Users', { filter: 'userName eq "pamela@koelpin.example"' }), { status: 200, list: [] }]] },
    { name: 'filter for an existing user with different case', source: validator(5), given: { oma: FULL }, steps: [[query('/Users', { filter: 'userName eq "OMA@VANDERVORT.EXAMPLE"' }), { status: 200, list: ['oma'] }]] },
    { name: 'patch user: replace attributes, verbose', source: validator(6), given: { oma: FULL }, steps: [[patch('/Users/{oma}', ...VERBOSE.map((one) => replace(...one))), REPLACED]] },
    {
      name: 'update userName',
      source: validator(7),
      given: { oma: FULL },
      steps: [[patch('/Users/{oma}', replace('userName', 'lawrence@botsford.example')), { status: 200, body: { ...KEPT, userName: 'lawrence@botsford.example' } }]],
    },
    { name: 'disable the user', source: validator(8), given: { oma: FULL }, steps: [[patch('/Users/{oma}', replace('active', false)), { status: 200, body: { ...KEPT, active: false } }]] },
    { name: 'patch user: add attributes, verbose, to one that has a userName alone', source: validator(9), given: { oma: SMALL }, steps: [[patch('/Users/{oma}', ...VERBOSE.map((one) => add(...one))), ADDED]] },
    {
      name: 'patch user: add manager',
      source: validator(10),
      given: { boss: { userName: 'boss@x.example' }, oma: SMALL },
      steps: [[patch('/Users/{oma}', add(`${ENTERPRISE}:manager`, '{boss}')), { status: 200, contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } }]],
    },
    {
      name: 'patch user: replace manager',
      source: validator(11),
      given: { one: { userName: 'one@x.example' }, two: { userName: 'two@x.example' }, oma: SMALL },
      steps: [
        [patch('/Users/{oma}', add(`${ENTERPRISE}:manager`, '{one}')), { status: 200 }],
        [patch('/Users/{oma}', replace(`${ENTERPRISE}:manager`, '{two}')), { status: 200, contains: { [ENTERPRISE]: { manager: { value: '{two}' } } } }],
      ],
    },
    {
      name: 'patch user: remove manager',
      source: validator(12),
      given: { boss: { userName: 'boss@x.example' }, oma: SMALL },
      steps: [
        [patch('/Users/{oma}', add(`${ENTERPRISE}:manager`, '{boss}')), { status: 200 }],
        [patch('/Users/{oma}', { op: 'remove', path: `${ENTERPRISE}:manager` }), { status: 200, absent: [[ENTERPRISE, 'manager']] }],
      ],
    },
    {
      name: 'delete a user, who is then 404 and in no list',
      source: validator(13),
      given: { oma: FULL },
      steps: [
        [remove('/Users/{oma}'), { status: 204 }],
        [get('/Users/{oma}'), { status: 404, error: null }],
        [query('/Users', { filter: 'userName eq "oma@vandervort.example"' }), { status: 200, list: [] }],
      ],
    },
    { name: 'group by id that is not there, without members', source: validator(14), steps: [[get('/Groups/5e5a1c0e?excludedAttributes=members'), { status: 404, error: null }]] },
    { name: 'filter for groups without members, none there', source: validator(15), steps: [[query('/Groups', { excludedAttributes: 'members', filter: 'displayName eq "YQMGFDHHYTQD"' }), { status: 200, list: [] }]] },
    { name: 'filter for a non-existing group', source: validator(17), steps: [[query('/Groups', { filter: 'displayName eq "NOSUCHGROUP"' }), { status: 200, list: [] }]] },
    {
      name: 'multiple operations on different attributes',
      source: preview(1),
      given: { oma: FULL },
      steps: [
        [
          patch('/Users/{oma}', { op: 'remove', path: 'preferredLanguage' }, add('externalId', 'new-external'), replace('displayName', 'NEWNAME')),
          { status: 200, contains: { externalId: 'new-external', displayName: 'NEWNAME' }, absent: ['preferredLanguage'] },
        ],
      ],
    },
    {
      name: 'multiple operations on the same attribute, in their order',
      source: preview(2),
      given: { oma: FULL },
      steps: [[patch('/Users/{oma}', { op: 'remove', path: 'displayName' }, add('displayName', 'ADDED'), replace('displayName', 'REPLACED')), { status: 200, contains: { displayName: 'REPLACED' } }]],
    },
    { name: 'delete a non-existent user', source: preview(3), steps: [[remove('/Users/11fd1a2c-8a2e-4c5a-b0a5-2b6f0d6f5f1e'), { status: 404, error: null }]] },
    {
      name: 'delete the same user twice',
      source: preview(4),
      given: { oma: SMALL },
      steps: [[remove('/Users/{oma}'), { status: 204 }], [remove('/Users/{oma}'), { status: 404, error: null }]],
    },
    { name: 'User_Create', source: logicApp('User Create'), steps: [[create(), { status: 201, body: KEPT }]] },
    { name: 'User_Update, verbose', source: logicApp('User Update'), given: { oma: FULL }, steps: [[patch('/Users/{oma}', ...VERBOSE.map((one) => replace(...one))), REPLACED]] },
    { name: 'User_Update, non-verbose: flat keys and bracket paths', source: logicApp('User Update'), given: { oma: FULL }, steps: [[patch('/Users/{oma}', ...nonVerbose('replace', VERBOSE)), REPLACED]] },
    { name: 'the same as additions to a new user', source: logicApp('User Update'), given: { oma: SMALL }, steps: [[patch('/Users/{oma}', ...nonVerbose('add', VERBOSE)), ADDED]] },
    {
      name: 'User_Disable and Restore',
      source: logicApp('User Disable, Restore'),
      given: { oma: FULL },
      steps: [
        [patch('/Users/{oma}', { op: 'Replace', path: 'active', value: 'False' }), { status: 200, body: { ...KEPT, active: false } }],
        [get('/Users/{oma}'), { status: 200, body: { ...KEPT, active: false } }],
        [patch('/Users/{oma}', { op: 'Replace', path: 'active', value: 'True' }), { status: 200, body: KEPT }],
      ],
    },
    { name: 'User_Delete', source: logicApp('User Delete'), given: { oma: FULL }, steps: [[remove('/Users/{oma}'), { status: 204 }], [get('/Users/{oma}'), { status: 404, error: null }]] },
    {
      name: 'User_Update_Manager, and its removal with an empty string',
      source: logicApp('User Update_Manager'),
      given: { boss: { userName: 'boss@x.example' }, oma: SMALL },
      steps: [
        [patch('/Users/{oma}', replace(`${ENTERPRISE}:manager`, '{boss}')), { status: 200, contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } }],
        [patch('/Users/{oma}', replace(`${ENTERPRISE}:manager`, '')), { status: 200, absent: [[ENTERPRISE, 'manager', 'value']] }],
      ],
    },
    {
      name: 'User_POD: provision on demand looks up, creates, looks up again, and updates',
      source: logicApp('User POD'),
      steps: [
        [query('/Users', { filter: 'userName eq "oma@vandervort.example"' }), { status: 200, list: [] }],
        [create(), { status: 201, body: KEPT, as: 'oma' }],
        [query('/Users', { filter: 'userName eq "oma@vandervort.example"' }), { status: 200, list: ['oma'] }],
        [patch('/Users/{oma}', replace('displayName', 'POD')), { status: 200, contains: { displayName: 'POD' } }],
      ],
    },
    {
      name: 'Schema_Discoverability: both core schemas, with the attributes that the mappings need',
      source: logicApp('Schema_Discoverability'),
      steps: [
        [get('/Schemas/urn:ietf:params:scim:schemas:core:2.0:User'), { status: 200, contains: { id: USER, name: 'User' } }],
        [get('/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group'), { status: 200, contains: { name: 'Group' } }],
        [get(`/Schemas/${ENTERPRISE}`), { status: 200, contains: { id: ENTERPRISE } }],
      ],
    },
    { name: 'Null_Update with empty strings, verbose', source: logicApp('Null_Update'), given: { oma: FULL }, steps: [[patch('/Users/{oma}', ...CLEARED.map((path) => replace(path, ''))), NULLED]] },
    { name: 'Null_Update with null, verbose', source: logicApp('Null_Update'), given: { oma: FULL }, steps: [[patch('/Users/{oma}', ...CLEARED.map((path) => replace(path, null))), NULLED]] },
    { name: 'Null_Update with null, non-verbose', source: logicApp('Null_Update'), given: { oma: FULL }, steps: [[patch('/Users/{oma}', ...nonVerbose('replace', CLEARED.map((path) => [path, null]))), NULLED]] },
    { name: 'Null_Update with empty strings, non-verbose', source: logicApp('Null_Update'), given: { oma: FULL }, steps: [[patch('/Users/{oma}', ...nonVerbose('replace', CLEARED.map((path) => [path, '']))), NULLED]] },
    { name: 'Validate_Credentials: a wrong token is 401', source: logicApp('Validate_Credentials'), steps: [[{ ...query('/Users', { filter: 'userName eq "x"' }), token: 'rc_none' }, { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } }]] },
    { name: 'Validate_Credentials: none is 401', source: logicApp('Validate_Credentials'), steps: [[{ ...query('/Users', { filter: 'userName eq "x"' }), token: null }, { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } }]] },
    {
      name: 'User_Pagination: startIndex=N&count=5 over eleven users, startIndex echoed',
      source: logicApp('User_Pagination'),
      given: eleven,
      steps: [
        [get('/Users?startIndex=1&count=5'), { status: 200, list: names.slice(0, 5), total: 11, contains: { startIndex: 1, itemsPerPage: 5 } }],
        [get('/Users?startIndex=6&count=5'), { status: 200, list: names.slice(5, 10), total: 11, contains: { startIndex: 6, itemsPerPage: 5 } }],
        [get('/Users?startIndex=11&count=5'), { status: 200, list: names.slice(10), total: 11, contains: { startIndex: 11, itemsPerPage: 1 } }],
        [get('/Users?startIndex=16&count=5'), { status: 200, list: [], total: 11, contains: { startIndex: 16, itemsPerPage: 0 } }],
      ],
    },
    { name: 'Group_Pagination of an empty directory', source: logicApp('Group_Pagination'), steps: [[get('/Groups?startIndex=1&count=5'), { status: 200, list: [], contains: { startIndex: 1, itemsPerPage: 0 } }]] },
    {
      name: 'the Content-Type application/json in an answer fails, so scim+json goes out whatever came in',
      source: 'Microsoft SCIM Validator, published run 32',
      given: { oma: SMALL },
      steps: [
        [get('/Users/{oma}', { accept: 'application/scim+json, application/json' }), { status: 200, headers: { 'content-type': 'application/scim+json' } }],
        [patchWith('/Users/{oma}', { schemas: [PATCH_OP], Operations: [replace('title', 'x')] }, { 'content-type': 'application/json' }), { status: 200, headers: { 'content-type': 'application/scim+json' } }],
      ],
    },
    {
      name: 'a custom attribute as a flat key in a PATCH, nested in a POST',
      source: 'Microsoft SCIM Validator, published run 32',
      steps: [
        [create({ ...SMALL, 'urn:ietf:params:scim:schemas:extension:custom:2.0:User': { badgeCode: 'A1' } }), { status: 201, contains: { 'urn:ietf:params:scim:schemas:extension:custom:2.0:User': { badgeCode: 'A1' } }, as: 'oma' }],
        [patch('/Users/{oma}', { op: 'replace', value: { 'urn:ietf:params:scim:schemas:extension:custom:2.0:User:badgeCode': 'B2' } }), { status: 200, contains: { 'urn:ietf:params:scim:schemas:extension:custom:2.0:User': { badgeCode: 'B2' } } }],
      ],
    },
    {
      name: 'the primary e-mail by an unquoted boolean',
      source: 'Microsoft SCIM Validator, published run 26',
      given: { oma: FULL },
      steps: [[patch('/Users/{oma}', replace('emails[primary eq true].value', 'p@x.example')), { status: 200, contains: { emails: [{ type: 'work', value: 'p@x.example', primary: true }] } }]],
    },
  ],
};
