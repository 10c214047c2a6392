// Microsoft Entra ID's provisioning service, with and without aadOptscim062020 in its tenant URL.

import { get, patch, patchWith, post, put, query, remove } from '../support/dialect-cases.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, TEAMMATE, USER } from '../support/scim.mjs';

const DOCS = 'Microsoft docs, use SCIM to provision users and groups';
const FLAG = 'Microsoft docs, SCIM 2.0 compliance: aadOptscim062020';
const ATTRIBUTES = 'Microsoft docs, customize application attributes';
const HOW = 'Microsoft docs, how provisioning works';
const SUITE = 'better-auth, its conformance tests for Entra';
const POLIS = 'ory/polis, its SCIM tests';
const CODE = 'Microsoft SCIMReferenceCode, Path.cs';
const GOSCIM = 'imulab/go-scim issue 75';
const FRONT = 'Front help centre 2301';
const CUSTOM = 'urn:ietf:params:scim:schemas:extension:CustomExtensionName:2.0:User';

const TYPE = { 'content-type': 'application/scim+json; charset=utf-8' };
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
  idp: 'Entra',
  cases: [
    {
      name: 'Test Connection: a random GUID is looked up, 200 and nothing',
      source: DOCS,
      steps: [[query('/Users', { filter: 'userName eq "5fd62e6a-1f3f-4b8f-9d65-4a8d4c1f0e2b"' }), { status: 200, list: [], contains: { totalResults: 0 } }]],
    },
    {
      name: 'Test Connection with the flag in the path of every call',
      source: FLAG,
      steps: [[query('/Users', { aadOptscim062020: '', filter: 'userName eq "5fd62e6a"' }), { status: 200, list: [] }]],
    },
    {
      name: 'Test Connection by externalId',
      source: DOCS,
      steps: [[query('/Users', { filter: 'externalId eq "5fd62e6a-1f3f-4b8f-9d65-4a8d4c1f0e2b"' }), { status: 200, list: [] }]],
    },
    {
      name: 'Test Connection by the work e-mail',
      source: DOCS,
      given: { linus: LINUS, other: { userName: 'o@contoso.example', emails: [{ type: 'home', value: 'linus@contoso.example' }] } },
      steps: [
        [query('/Users', { filter: 'emails[type eq "work"].value eq "nobody@contoso.example"' }), { status: 200, list: [] }],
        [query('/Users', { filter: 'emails[type eq "work"].value eq "linus@contoso.example"' }), { status: 200, list: ['linus'] }],
      ],
    },
    {
      name: 'no User-Agent and no Accept are needed',
      source: 'kortix-ai/suna pull request 7297',
      given: { linus: LINUS },
      steps: [[get('/Users/{linus}', { 'user-agent': '', accept: '*/*' }), { status: 200, body: KEPT, headers: { 'content-type': 'application/scim+json' } }]],
    },
    {
      name: 'the documented create',
      source: DOCS,
      steps: [
        [
          post(
            '/Users',
            { schemas: [USER, ENTERPRISE], ...LINUS, active: true, meta: { resourceType: 'User' }, roles: [] },
            TYPE,
          ),
          { status: 201, contains: { ...LINUS, active: true }, headers: { location: /\/v2\/Users\/tea_/ } },
        ],
      ],
    },
    {
      name: 'the documented create with null members and a URN that lacks a colon',
      source: DOCS,
      steps: [
        [
          post(
            '/Users',
            {
              schemas: [USER, 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User'],
              ...LINUS,
              active: true,
              addresses: null,
              phoneNumbers: null,
              title: null,
              department: null,
              manager: null,
              meta: { resourceType: 'User' },
            },
            TYPE,
          ),
          { status: 201, contains: { ...LINUS, active: true }, absent: ['addresses', 'phoneNumbers', 'title', 'department', 'manager'] },
        ],
      ],
    },
    {
      name: 'create of somebody who is there is 409',
      source: DOCS,
      given: { linus: LINUS },
      steps: [[post('/Users', { schemas: [USER], ...LINUS }, TYPE), { status: 409, error: 'uniqueness', headers: { location: '{linus.location}' } }]],
    },
    {
      name: 'a disabled user is still returned by id and by filter',
      source: DOCS,
      given: { linus: { ...LINUS, active: false } },
      steps: [
        [get('/Users/{linus}'), { status: 200, body: { ...KEPT, active: false } }],
        [query('/Users', { filter: 'userName eq "linus@contoso.example"' }), { status: 200, list: ['linus'] }],
      ],
    },
    {
      name: 'disable, restore, and the hard delete 30 days later',
      source: HOW,
      given: { linus: LINUS },
      steps: [
        [patch('/Users/{linus}', Replace('active', false)), { status: 200, body: { ...KEPT, active: false } }],
        [patch('/Users/{linus}', Replace('active', true)), { status: 200, body: KEPT }],
        [patch('/Users/{linus}', Replace('active', false)), { status: 200, body: { ...KEPT, active: false } }],
        [remove('/Users/{linus}'), { status: 204 }],
        [get('/Users/{linus}'), { status: 404, error: null }],
      ],
    },
    ...['True', 'true', 'TRUE'].map((text) => patched(`active: the string "${text}" is true`, FLAG, [Replace('active', text)], becomes({}), { active: false })),
    ...['False', 'false'].map((text) => patched(`active: the string "${text}" is false`, FLAG, [Replace('active', text)], becomes({ active: false }))),
    {
      name: 'active that is neither is refused, and nothing changes',
      source: FLAG,
      given: { linus: LINUS },
      steps: [
        [patch('/Users/{linus}', Replace('active', 'Falsch'), Replace('title', 'x')), { status: 400, error: 'invalidValue', detail: /active/ }],
        [get('/Users/{linus}'), { status: 200, body: KEPT }],
      ],
    },
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
    {
      name: 'the flag may reach the server in the URL of a write',
      source: FRONT,
      given: { linus: LINUS },
      steps: [[patchWith('/Users/{linus}?aadOptscim062020', { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [{ op: 'replace', path: 'active', value: false }] }), { status: 200, body: { ...KEPT, active: false } }]],
    },
    patched('first value without the flag', FLAG, [Add('nickName', 'Babs')], becomes({ nickName: 'Babs' })),
    patched('first value with the flag', FLAG, [{ op: 'add', path: 'nickName', value: 'Babs' }], becomes({ nickName: 'Babs' })),
    patched('a pathless add with dotted keys', 'scim-patch issue 132', [{ op: 'add', value: { 'name.middleName': 'Carl', nickName: 'LP' } }], becomes({ nickName: 'LP', name: { ...LINUS.name, middleName: 'Carl' } })),
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
    patched('userName by path', DOCS, [Replace('userName', 'pauling@contoso.example')], becomes({ userName: 'pauling@contoso.example' })),
    patched('an e-mail that is not there yet is made of the filter', SUITE, [Add('emails[type eq "home"].value', 'l@home.example')], becomes({ emails: [LINUS.emails[0], { type: 'home', value: 'l@home.example' }] })),
    patched('a phone number, replaced where there is none', SUITE, [Replace('phoneNumbers[type eq "work"].value', '+1 1')], becomes({ phoneNumbers: [{ type: 'work', value: '+1 1' }] })),
    patched(
      'two phone numbers in one PATCH are two elements',
      SUITE,
      [Add('phoneNumbers[type eq "mobile"].value', '+1 2'), Add('phoneNumbers[type eq "fax"].value', '+1 3')],
      becomes({ phoneNumbers: [{ type: 'mobile', value: '+1 2' }, { type: 'fax', value: '+1 3' }] }),
    ),
    patched(
      'several operations on one address make one element',
      POLIS,
      [Replace('addresses[type eq "work"].streetAddress', '1 Main'), Replace('addresses[type eq "work"].postalCode', '94301'), Replace('addresses[type eq "work"].formatted', '1 Main\n94301')],
      becomes({ addresses: [{ type: 'work', streetAddress: '1 Main', postalCode: '94301', formatted: '1 Main\n94301' }] }),
    ),
    patched(
      'an address that is there keeps its other parts',
      POLIS,
      [Replace('addresses[type eq "work"].locality', 'Palo Alto')],
      becomes({ addresses: [{ type: 'work', country: 'US', locality: 'Palo Alto' }, { type: 'home', locality: 'Big Sur' }] }),
      { addresses: [{ type: 'work', country: 'US' }, { type: 'home', locality: 'Big Sur' }] },
    ),
    patched('an entitlement by its filter', SUITE, [Add('entitlements[type eq "licence"].value', 'E5')], becomes({ entitlements: [{ type: 'licence', value: 'E5' }] })),
    patched('the primary role, the boolean quoted', ATTRIBUTES, [Add('roles[primary eq "True"].value', 'Admin')], becomes({ roles: [{ primary: true, value: 'Admin' }] })),
    patched(
      'value, display and type of the primary role are one role',
      ATTRIBUTES,
      [Add('roles[primary eq "True"].value', 'Admin'), Add('roles[primary eq "True"].display', 'Administrator'), Add('roles[primary eq "True"].type', 'WindowsAzureActiveDirectoryRole')],
      becomes({ roles: [{ primary: true, value: 'Admin', display: 'Administrator', type: 'WindowsAzureActiveDirectoryRole' }] }),
    ),
    patched(
      'the primary role that is there is changed in place',
      ATTRIBUTES,
      [Replace('roles[primary eq "True"].value', 'Reader')],
      becomes({ roles: [{ primary: true, value: 'Reader' }, { value: 'Auditor' }] }),
      { roles: [{ primary: true, value: 'Admin' }, { value: 'Auditor' }] },
    ),
    {
      name: 'SingleAppRoleAssignment in a create',
      source: ATTRIBUTES,
      steps: [
        [
          post('/Users', { schemas: [USER], ...LINUS, roles: [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }] }, TYPE),
          { status: 201, body: { ...KEPT, roles: [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }] } },
        ],
      ],
    },
    {
      name: 'AppRoleAssignmentsComplex in a create: one type several times is no fault',
      source: ATTRIBUTES,
      steps: [
        [
          post(
            '/Users',
            {
              schemas: [USER],
              ...LINUS,
              roles: [
                { primary: false, type: 'WindowsAzureActiveDirectoryRole', display: 'Admin', value: 'Admin' },
                { primary: false, type: 'WindowsAzureActiveDirectoryRole', display: 'User', value: 'User' },
              ],
            },
            TYPE,
          ),
          { status: 201, contains: { roles: [{ display: 'Admin', value: 'Admin' }, { display: 'User', value: 'User' }] } },
        ],
      ],
    },
    patched(
      'AppRoleAssignmentsComplex in a PATCH without the flag: JSON inside a string, kept as it is',
      ATTRIBUTES,
      [Add('roles', [{ value: '{"id":"06b07648-ecfe-589f-9d2f-6325724a46ee","value":"25","displayName":"Role1234"}' }])],
      { contains: { roles: [{ value: '{"id":"06b07648-ecfe-589f-9d2f-6325724a46ee","value":"25","displayName":"Role1234"}' }] } },
    ),
    patched(
      'AssertiveAppRoleAssignmentsComplex: replace of all roles',
      ATTRIBUTES,
      [{ op: 'replace', path: 'roles', value: [{ primary: false, type: 'WindowsAzureActiveDirectoryRole', display: 'User', value: 'User' }] }],
      becomes({ roles: [{ primary: false, type: 'WindowsAzureActiveDirectoryRole', display: 'User', value: 'User' }] }),
      { roles: [{ value: 'Old' }] },
    ),
    {
      name: 'an app role whose display name carries the template id',
      source: `${FRONT}, template by app role`,
      templates: { squad: { role: 'teammate' } },
      steps: [[post('/Users', { schemas: [USER], ...LINUS, roles: [{ type: 'template', value: 'Support squad: {squad}' }] }, TYPE), { status: 201, contains: { roles: [{ type: 'template', value: 'Support squad: {squad}' }] } }]],
    },
    {
      name: 'the template attribute in a create, its URN not in schemas',
      source: ATTRIBUTES,
      templates: { squad: { role: 'teammate' } },
      steps: [[post('/Users', { schemas: [USER], ...LINUS, [TEAMMATE]: { template: '{squad}' } }, TYPE), { status: 201, contains: { [TEAMMATE]: { template: '{squad}' } } }]],
    },
    {
      name: 'the template attribute as a flat key of a create',
      source: CODE,
      templates: { squad: { role: 'teammate' } },
      steps: [[post('/Users', { schemas: [USER], ...LINUS, [`${TEAMMATE}:template`]: '{squad}' }, TYPE), { status: 201, contains: { [TEAMMATE]: { template: '{squad}' } } }]],
    },
    patched('the template attribute by path later on is accepted', CODE, [Add(`${TEAMMATE}:template`, 'tea_later')], { contains: { [TEAMMATE]: { template: 'tea_later' } } }),
    patched('the template attribute as a flat key later on', CODE, [{ op: 'replace', value: { [`${TEAMMATE}:template`]: 'tea_later' } }], { contains: { [TEAMMATE]: { template: 'tea_later' } } }),
    patched('a custom field by path: the name is cut at the last colon', CODE, [Add(`${CUSTOM_FIELDS}:fld_1`, 'Gold')], { contains: { [CUSTOM_FIELDS]: { fld_1: 'Gold' } } }),
    patched('a custom field as a flat key', CODE, [{ op: 'add', value: { [`${CUSTOM_FIELDS}:fld_1`]: 'Gold' } }], { contains: { [CUSTOM_FIELDS]: { fld_1: 'Gold' } } }),
    patched('a custom field taken away', CODE, [Remove(`${CUSTOM_FIELDS}:fld_1`)], { contains: { [CUSTOM_FIELDS]: { fld_2: 'Blue' } }, absent: [[CUSTOM_FIELDS, 'fld_1']] }, { [CUSTOM_FIELDS]: { fld_1: 'Gold', fld_2: 'Blue' } }),
    {
      name: 'the documented custom attribute in a create, its URN not in schemas',
      source: ATTRIBUTES,
      steps: [[post('/Users', { schemas: [USER], ...LINUS, [CUSTOM]: { CustomAttribute: '701984' } }, TYPE), { status: 201, contains: { [CUSTOM]: { CustomAttribute: '701984' } } }]],
    },
    patched('the documented custom attribute by path', ATTRIBUTES, [Add(`${CUSTOM}:CustomAttribute`, '701984')], { contains: { [CUSTOM]: { CustomAttribute: '701984' } } }),
    patched('the documented custom attribute taken away', ATTRIBUTES, [Remove(`${CUSTOM}:CustomAttribute`)], { absent: [[CUSTOM, 'CustomAttribute']] }, { [CUSTOM]: { CustomAttribute: '701984' } }),
    patched('manager as a bare string', GOSCIM, [Add(`${ENTERPRISE}:manager`, '{boss}')], { contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } }),
    patched('manager as an object', GOSCIM, [Replace(`${ENTERPRISE}:manager`, { value: '{boss}' })], { contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } }),
    patched('manager as a list of one, with $ref', DOCS, [Add(`${ENTERPRISE}:manager`, [{ $ref: 'http://localhost/scim/Users/x', value: '{boss}' }])], { contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } }),
    patched('manager as a flat key', FLAG, [{ op: 'replace', value: { [`${ENTERPRISE}:manager`]: '{boss}' } }], { contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } }),
    patched('manager by its value', GOSCIM, [Replace(`${ENTERPRISE}:manager.value`, '{boss}')], { contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } }),
    patched('a manager that is changed', DOCS, [Replace(`${ENTERPRISE}:manager`, '{boss}')], { contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } }, { [ENTERPRISE]: { manager: { value: 'old' } } }),
    patched('a manager removed by path', DOCS, [Remove(`${ENTERPRISE}:manager`)], { ...becomes({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'X' } }) }, { [ENTERPRISE]: { manager: { value: 'old' }, department: 'X' } }),
    patched('a manager removed by an empty string', 'Microsoft SCIM validators', [Replace(`${ENTERPRISE}:manager`, '')], { absent: [[ENTERPRISE, 'manager', 'value']], contains: { displayName: 'Linus P' } }, { [ENTERPRISE]: { manager: { value: 'old' }, department: 'X' } }),
    patched('a text cleared with an empty string', SUITE, [Replace('title', '')], { contains: { displayName: 'Linus P' } }, { title: 'Dr.' }),
    patched('a text cleared with null', SUITE, [Replace('title', null)], becomes({}), { title: 'Dr.' }),
    patched('a text removed', FLAG, [Remove('title')], becomes({}), { title: 'Dr.' }),
    patched('a remove of what is not there is no fault', HOW, [Remove('title')], becomes({})),
    patched('remove with a value array takes those elements only', FLAG, [Remove('emails', [{ value: 'l@home.example' }])], becomes({}), { emails: [LINUS.emails[0], { type: 'home', value: 'l@home.example' }] }),
    patched('remove by a value path takes those elements only', FLAG, [{ op: 'remove', path: 'emails[value eq "l@home.example"]' }], becomes({}), { emails: [LINUS.emails[0], { type: 'home', value: 'l@home.example' }] }),
    patched('an add of what is there makes no second', 'bitwarden/server, its SCIM comments', [Add('emails', [{ type: 'work', value: 'linus@contoso.example', primary: true }])], becomes({})),
    patched('a new primary takes the old one its place', 'RFC 7644 section 3.5.2', [Add('emails', [{ type: 'home', value: 'l@home.example', primary: true }])], {
      contains: { emails: [{ type: 'work', value: 'linus@contoso.example', primary: false }, { type: 'home', value: 'l@home.example', primary: true }] },
    }),
    patched('department by its URN', DOCS, [Add(`${ENTERPRISE}:department`, 'Chemistry')], becomes({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'Chemistry' } })),
    patched('an operation that does nothing leaves lastModified alone', HOW, [Replace('displayName', 'Linus P')], { body: KEPT, contains: { meta: { lastModified: '{linus.meta.lastModified}' } } }),
    {
      name: 'one operation that can\'t be done undoes all of them',
      source: 'RFC 7644 section 3.5.2',
      given: { linus: LINUS },
      steps: [
        [patch('/Users/{linus}', Replace('displayName', 'X'), Replace('shoeSize', '43')), { status: 400, error: 'invalidPath', detail: /shoeSize/ }],
        [get('/Users/{linus}'), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'a PATCH of somebody who does not exist is 404',
      source: DOCS,
      steps: [[patch('/Users/5171a35d82074e068ce2', Replace('active', 'False')), { status: 404, error: null }]],
    },
    {
      name: 'an op that there is none of is refused by its name',
      source: DOCS,
      given: { linus: LINUS },
      steps: [[patch('/Users/{linus}', { op: 'Move', path: 'displayName', value: 'x' }), { status: 400, error: 'invalidSyntax', detail: /Move/ }]],
    },
    {
      name: 'a PATCH without operations is refused',
      source: DOCS,
      given: { linus: LINUS },
      steps: [[patchWith('/Users/{linus}', { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] }), { status: 400, error: 'invalidSyntax', detail: /Operations/ }]],
    },
    {
      name: 'a schema URN of Microsoft\'s own is no fault',
      source: DOCS,
      steps: [[post('/Users', { schemas: [USER, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/User'], ...LINUS }, TYPE), { status: 201, contains: LINUS }]],
    },
    {
      name: 'a PUT is not Entra\'s, but replaces the user',
      source: 'RFC 7644 section 3.5.1',
      given: { linus: { ...LINUS, title: 'Dr.' } },
      steps: [[put('/Users/{linus}', { schemas: [USER], userName: 'linus@contoso.example' }, TYPE), { status: 200, body: { schemas: [USER], userName: 'linus@contoso.example', active: true } }]],
    },
    {
      name: 'groups are matched by name without their members: nothing there is 200',
      source: DOCS,
      steps: [
        [query('/Groups', { excludedAttributes: 'members', filter: 'displayName eq "Sales"' }), { status: 200, list: [] }],
        [query('/Groups', { filter: 'externalId eq "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159"', excludedAttributes: 'members' }), { status: 200, list: [] }],
        [get('/Groups/40734ae655284ad3abcc?excludedAttributes=members'), { status: 404, error: null }],
      ],
    },
    {
      name: 'group writes with the switch off are 403 that names it; reads answer',
      source: 'the switch "Teammate group sync"',
      settings: { group_sync_enabled: false },
      steps: [
        [post('/Groups', { schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'], displayName: 'Sales' }, TYPE), { status: 403, error: null, detail: /group sync/i }],
        [patch('/Groups/grp_1', Add('members', [{ $ref: null, value: 'x' }])), { status: 403, error: null, detail: /group sync/i }],
        [query('/Groups', { filter: 'displayName eq "Sales"' }), { status: 200, list: [] }],
      ],
    },
    {
      name: 'attributes=id with a filter, as older documents show it',
      source: DOCS,
      given: { linus: LINUS },
      steps: [[query('/Users', { filter: 'userName eq "linus@contoso.example"', attributes: 'id' }), { status: 200, list: ['linus'], contains: { Resources: [{ schemas: [USER], id: '{linus}' }] }, absent: ['Resources.0.userName'] }]],
    },
  ],
};
