// What Entra's mappings send that needs a rule of its own: roles, managers, templates, custom attributes.

import { patch, post } from '../support/dialect-cases.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, TEAMMATE, USER } from '../support/scim.mjs';

const DOCS = 'Microsoft docs, use SCIM to provision users and groups';
const FLAG = 'Microsoft docs, SCIM 2.0 compliance: aadOptscim062020';
const ATTRIBUTES = 'Microsoft docs, customize application attributes';
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
  idp: 'Entra special values',
  cases: [
    patched(
      'the primary role, the boolean quoted',
      ATTRIBUTES,
      [Add('roles[primary eq "True"].value', 'Admin')],
      becomes({ roles: [{ primary: true, value: 'Admin' }] }),
    ),
    patched(
      'value, display and type of the primary role are one role',
      ATTRIBUTES,
      [
        Add('roles[primary eq "True"].value', 'Admin'),
        Add('roles[primary eq "True"].display', 'Administrator'),
        Add('roles[primary eq "True"].type', 'WindowsAzureActiveDirectoryRole'),
      ],
      becomes({
        roles: [{ primary: true, value: 'Admin', display: 'Administrator', type: 'WindowsAzureActiveDirectoryRole' }],
      }),
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
          post(
            '/Users',
            {
              schemas: [USER],
              ...LINUS,
              roles: [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }],
            },
            TYPE,
          ),
          {
            status: 201,
            body: { ...KEPT, roles: [{ primary: true, type: 'WindowsAzureActiveDirectoryRole', value: 'Admin' }] },
          },
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
          {
            status: 201,
            contains: {
              roles: [
                { display: 'Admin', value: 'Admin' },
                { display: 'User', value: 'User' },
              ],
            },
          },
        ],
      ],
    },
    patched(
      'AppRoleAssignmentsComplex in a PATCH without the flag: JSON inside a string, kept as it is',
      ATTRIBUTES,
      [
        Add('roles', [
          { value: '{"id":"06b07648-ecfe-589f-9d2f-6325724a46ee","value":"25","displayName":"Role1234"}' },
        ]),
      ],
      {
        contains: {
          roles: [{ value: '{"id":"06b07648-ecfe-589f-9d2f-6325724a46ee","value":"25","displayName":"Role1234"}' }],
        },
      },
    ),
    patched(
      'AssertiveAppRoleAssignmentsComplex: replace of all roles',
      ATTRIBUTES,
      [
        {
          op: 'replace',
          path: 'roles',
          value: [{ primary: false, type: 'WindowsAzureActiveDirectoryRole', display: 'User', value: 'User' }],
        },
      ],
      becomes({ roles: [{ primary: false, type: 'WindowsAzureActiveDirectoryRole', display: 'User', value: 'User' }] }),
      { roles: [{ value: 'Old' }] },
    ),
    {
      name: 'an app role whose display name carries the template id',
      source: `${FRONT}, template by app role`,
      templates: { squad: { role: 'teammate' } },
      steps: [
        [
          post(
            '/Users',
            { schemas: [USER], ...LINUS, roles: [{ type: 'template', value: 'Support squad: {squad}' }] },
            TYPE,
          ),
          { status: 201, contains: { roles: [{ type: 'template', value: 'Support squad: {squad}' }] } },
        ],
      ],
    },
    {
      name: 'the template attribute in a create, its URN not in schemas',
      source: ATTRIBUTES,
      templates: { squad: { role: 'teammate' } },
      steps: [
        [
          post('/Users', { schemas: [USER], ...LINUS, [TEAMMATE]: { template: '{squad}' } }, TYPE),
          { status: 201, contains: { [TEAMMATE]: { template: '{squad}' } } },
        ],
      ],
    },
    {
      name: 'the template attribute as a flat key of a create',
      source: CODE,
      templates: { squad: { role: 'teammate' } },
      steps: [
        [
          post('/Users', { schemas: [USER], ...LINUS, [`${TEAMMATE}:template`]: '{squad}' }, TYPE),
          { status: 201, contains: { [TEAMMATE]: { template: '{squad}' } } },
        ],
      ],
    },
    patched('the template attribute by path later on is accepted', CODE, [Add(`${TEAMMATE}:template`, 'tea_later')], {
      contains: { [TEAMMATE]: { template: 'tea_later' } },
    }),
    patched(
      'the template attribute as a flat key later on',
      CODE,
      [{ op: 'replace', value: { [`${TEAMMATE}:template`]: 'tea_later' } }],
      { contains: { [TEAMMATE]: { template: 'tea_later' } } },
    ),
    patched(
      'a custom field by path: the name is cut at the last colon',
      CODE,
      [Add(`${CUSTOM_FIELDS}:fld_1`, 'Gold')],
      { contains: { [CUSTOM_FIELDS]: { fld_1: 'Gold' } } },
    ),
    patched('a custom field as a flat key', CODE, [{ op: 'add', value: { [`${CUSTOM_FIELDS}:fld_1`]: 'Gold' } }], {
      contains: { [CUSTOM_FIELDS]: { fld_1: 'Gold' } },
    }),
    patched(
      'a custom field taken away',
      CODE,
      [Remove(`${CUSTOM_FIELDS}:fld_1`)],
      { contains: { [CUSTOM_FIELDS]: { fld_2: 'Blue' } }, absent: [[CUSTOM_FIELDS, 'fld_1']] },
      { [CUSTOM_FIELDS]: { fld_1: 'Gold', fld_2: 'Blue' } },
    ),
    {
      name: 'the documented custom attribute in a create, its URN not in schemas',
      source: ATTRIBUTES,
      steps: [
        [
          post('/Users', { schemas: [USER], ...LINUS, [CUSTOM]: { CustomAttribute: '701984' } }, TYPE),
          { status: 201, contains: { [CUSTOM]: { CustomAttribute: '701984' } } },
        ],
      ],
    },
    patched('the documented custom attribute by path', ATTRIBUTES, [Add(`${CUSTOM}:CustomAttribute`, '701984')], {
      contains: { [CUSTOM]: { CustomAttribute: '701984' } },
    }),
    patched(
      'the documented custom attribute taken away',
      ATTRIBUTES,
      [Remove(`${CUSTOM}:CustomAttribute`)],
      { absent: [[CUSTOM, 'CustomAttribute']] },
      { [CUSTOM]: { CustomAttribute: '701984' } },
    ),
    patched('manager as a bare string', GOSCIM, [Add(`${ENTERPRISE}:manager`, '{boss}')], {
      contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } },
    }),
    patched('manager as an object', GOSCIM, [Replace(`${ENTERPRISE}:manager`, { value: '{boss}' })], {
      contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } },
    }),
    patched(
      'manager as a list of one, with $ref',
      DOCS,
      [Add(`${ENTERPRISE}:manager`, [{ $ref: 'http://localhost/scim/Users/x', value: '{boss}' }])],
      { contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } },
    ),
    patched('manager as a flat key', FLAG, [{ op: 'replace', value: { [`${ENTERPRISE}:manager`]: '{boss}' } }], {
      contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } },
    }),
    patched('manager by its value', GOSCIM, [Replace(`${ENTERPRISE}:manager.value`, '{boss}')], {
      contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } },
    }),
    patched(
      'a manager that is changed',
      DOCS,
      [Replace(`${ENTERPRISE}:manager`, '{boss}')],
      { contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } },
      { [ENTERPRISE]: { manager: { value: 'old' } } },
    ),
    patched(
      'a manager removed by path',
      DOCS,
      [Remove(`${ENTERPRISE}:manager`)],
      { ...becomes({ schemas: [USER, ENTERPRISE], [ENTERPRISE]: { department: 'X' } }) },
      { [ENTERPRISE]: { manager: { value: 'old' }, department: 'X' } },
    ),
    patched(
      'a manager removed by an empty string',
      'Microsoft SCIM validators',
      [Replace(`${ENTERPRISE}:manager`, '')],
      { absent: [[ENTERPRISE, 'manager', 'value']], contains: { displayName: 'Linus P' } },
      { [ENTERPRISE]: { manager: { value: 'old' }, department: 'X' } },
    ),
  ],
};
