// Microsoft's newer LogicApp validation, by the names of its tests.

import { get, patch, query, remove } from '../support/dialect-cases.mjs';
import {
  FULL,
  KEPT,
  SMALL,
  create,
  replace,
  VERBOSE,
  nonVerbose,
  REPLACED,
  ADDED,
  CLEARED,
  NULLED,
  GROUP_SENT,
  GROUP_KEPT,
  PEOPLE,
  createGroup,
  groupOf,
  groupWith,
} from '../support/microsoft-validators.mjs';
import { ENTERPRISE, GROUP, GROUP_EXTENSION, USER } from '../support/scim.mjs';

const logicApp = (name) => `Microsoft LogicApp validation, ${name}`;

const eleven = Object.fromEntries(
  Array.from({ length: 11 }, (_, n) => [`user${n + 1}`, { userName: `user${n + 1}@contoso.example` }]),
);
const names = Object.keys(eleven);
const elevenGroups = Object.fromEntries(names.map((name) => [`group${name}`, { displayName: `Group of ${name}` }]));
const groupNames = Object.keys(elevenGroups);

const DESCRIPTION = `${GROUP_EXTENSION}:description`;
const described = () => ({ team: { ...groupWith('oma').team, [GROUP_EXTENSION]: { description: 'IMEXUQZJAQBH' } } });
const NAME_ALONE = { displayName: GROUP_SENT.displayName, members: ['oma'] };
/** The optional attributes of a group are emptied. */
const emptied = (name, ...operations) => ({
  name: `Null_Update of a group with ${name}`,
  source: logicApp('Null_Update'),
  given: PEOPLE,
  groups: described(),
  steps: [[patch('/Groups/{team}', ...operations), { status: 204, group: NAME_ALONE }]],
});

export default {
  idp: 'Microsoft LogicApp validation',
  cases: [
    { name: 'User_Create', source: logicApp('User Create'), steps: [[create(), { status: 201, body: KEPT }]] },
    {
      name: 'User_Update, verbose',
      source: logicApp('User Update'),
      given: { oma: FULL },
      steps: [[patch('/Users/{oma}', ...VERBOSE.map((one) => replace(...one))), REPLACED]],
    },
    {
      name: 'User_Update, non-verbose: flat keys and bracket paths',
      source: logicApp('User Update'),
      given: { oma: FULL },
      steps: [[patch('/Users/{oma}', ...nonVerbose('replace', VERBOSE)), REPLACED]],
    },
    {
      name: 'the same as additions to a new user',
      source: logicApp('User Update'),
      given: { oma: SMALL },
      steps: [[patch('/Users/{oma}', ...nonVerbose('add', VERBOSE)), ADDED]],
    },
    {
      name: 'User_Disable and Restore',
      source: logicApp('User Disable, Restore'),
      given: { oma: FULL },
      steps: [
        [
          patch('/Users/{oma}', { op: 'Replace', path: 'active', value: 'False' }),
          { status: 200, body: { ...KEPT, active: false } },
        ],
        [get('/Users/{oma}'), { status: 200, body: { ...KEPT, active: false } }],
        [patch('/Users/{oma}', { op: 'Replace', path: 'active', value: 'True' }), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'User_Delete',
      source: logicApp('User Delete'),
      given: { oma: FULL },
      steps: [
        [remove('/Users/{oma}'), { status: 204 }],
        [get('/Users/{oma}'), { status: 404, error: null }],
      ],
    },
    {
      name: 'User_Update_Manager, and its removal with an empty string',
      source: logicApp('User Update_Manager'),
      given: { boss: { userName: 'boss@x.example' }, oma: SMALL },
      steps: [
        [
          patch('/Users/{oma}', replace(`${ENTERPRISE}:manager`, '{boss}')),
          { status: 200, contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } },
        ],
        [
          patch('/Users/{oma}', replace(`${ENTERPRISE}:manager`, '')),
          { status: 200, absent: [[ENTERPRISE, 'manager', 'value']] },
        ],
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
        [
          get('/Schemas/urn:ietf:params:scim:schemas:core:2.0:User'),
          { status: 200, contains: { id: USER, name: 'User' } },
        ],
        [get(`/Schemas/${GROUP}`), { status: 200, contains: { id: GROUP, name: 'Group' } }],
        [get(`/Schemas/${ENTERPRISE}`), { status: 200, contains: { id: ENTERPRISE } }],
      ],
    },
    {
      name: 'Null_Update with empty strings, verbose',
      source: logicApp('Null_Update'),
      given: { oma: FULL },
      steps: [[patch('/Users/{oma}', ...CLEARED.map((path) => replace(path, ''))), NULLED]],
    },
    {
      name: 'Null_Update with null, verbose',
      source: logicApp('Null_Update'),
      given: { oma: FULL },
      steps: [[patch('/Users/{oma}', ...CLEARED.map((path) => replace(path, null))), NULLED]],
    },
    {
      name: 'Null_Update with null, non-verbose',
      source: logicApp('Null_Update'),
      given: { oma: FULL },
      steps: [
        [
          patch(
            '/Users/{oma}',
            ...nonVerbose(
              'replace',
              CLEARED.map((path) => [path, null]),
            ),
          ),
          NULLED,
        ],
      ],
    },
    {
      name: 'Null_Update with empty strings, non-verbose',
      source: logicApp('Null_Update'),
      given: { oma: FULL },
      steps: [
        [
          patch(
            '/Users/{oma}',
            ...nonVerbose(
              'replace',
              CLEARED.map((path) => [path, '']),
            ),
          ),
          NULLED,
        ],
      ],
    },
    {
      name: 'Validate_Credentials: a wrong token is 401',
      source: logicApp('Validate_Credentials'),
      steps: [
        [
          { ...query('/Users', { filter: 'userName eq "x"' }), token: 'rc_none' },
          { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } },
        ],
      ],
    },
    {
      name: 'Validate_Credentials: none is 401',
      source: logicApp('Validate_Credentials'),
      steps: [
        [
          { ...query('/Users', { filter: 'userName eq "x"' }), token: null },
          { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } },
        ],
      ],
    },
    {
      name: 'User_Pagination: startIndex=N&count=5 over eleven users, startIndex echoed',
      source: logicApp('User_Pagination'),
      given: eleven,
      steps: [
        [
          get('/Users?startIndex=1&count=5'),
          { status: 200, list: names.slice(0, 5), total: 11, contains: { startIndex: 1, itemsPerPage: 5 } },
        ],
        [
          get('/Users?startIndex=6&count=5'),
          { status: 200, list: names.slice(5, 10), total: 11, contains: { startIndex: 6, itemsPerPage: 5 } },
        ],
        [
          get('/Users?startIndex=11&count=5'),
          { status: 200, list: names.slice(10), total: 11, contains: { startIndex: 11, itemsPerPage: 1 } },
        ],
        [
          get('/Users?startIndex=16&count=5'),
          { status: 200, list: [], total: 11, contains: { startIndex: 16, itemsPerPage: 0 } },
        ],
      ],
    },
    {
      name: 'Group_Create',
      source: logicApp('Group Create'),
      steps: [[createGroup(), { status: 201, body: GROUP_KEPT, group: groupOf() }]],
    },
    {
      name: 'Group_Update, verbose',
      source: logicApp('Group Update'),
      given: PEOPLE,
      groups: groupWith('oma'),
      steps: [
        [
          patch('/Groups/{team}', replace('displayName', 'AXRSBGPMGHWX'), replace('externalId', 'e7e0')),
          { status: 204, group: { displayName: 'AXRSBGPMGHWX', externalId: 'e7e0', members: ['oma'] } },
        ],
      ],
    },
    {
      name: 'Group_Update, non-verbose: flat keys',
      source: logicApp('Group Update'),
      given: PEOPLE,
      groups: groupWith('oma'),
      steps: [
        [
          patch('/Groups/{team}', {
            op: 'replace',
            value: { displayName: 'AXRSBGPMGHWX', externalId: 'e7e0', [DESCRIPTION]: 'ZEQNBTMFIKIY' },
          }),
          {
            status: 204,
            group: { displayName: 'AXRSBGPMGHWX', externalId: 'e7e0', description: 'ZEQNBTMFIKIY', members: ['oma'] },
          },
        ],
      ],
    },
    {
      name: 'Group_Add_Member',
      source: logicApp('Group Add_Member'),
      given: PEOPLE,
      groups: groupWith('ray'),
      steps: [
        [
          patch('/Groups/{team}', { op: 'add', path: 'members', value: [{ value: '{oma}' }] }),
          { status: 204, group: groupOf('ray', 'oma') },
        ],
      ],
    },
    ...[
      ['a value path', { op: 'remove', path: 'members[value eq "{oma}"]' }],
      ['a list of values', { op: 'Remove', path: 'members', value: [{ value: '{oma}' }] }],
    ].map(([by, operation]) => ({
      name: `Group_Remove_Member, by ${by}`,
      source: logicApp('Group Remove_Member'),
      given: PEOPLE,
      groups: groupWith('oma', 'ray'),
      steps: [[patch('/Groups/{team}', operation), { status: 204, group: groupOf('ray') }]],
    })),
    {
      name: 'Group_Delete, and Restore: the same group is created again',
      source: logicApp('Group Delete, Restore'),
      given: PEOPLE,
      groups: groupWith('oma'),
      steps: [
        [remove('/Groups/{team}'), { status: 204, group: null }],
        [createGroup(), { status: 201, body: GROUP_KEPT, group: groupOf() }],
      ],
    },
    {
      name: 'Group_POD: looks up, creates, looks up again, and updates with a member',
      source: logicApp('Group POD'),
      given: PEOPLE,
      steps: [
        [
          query('/Groups', { excludedAttributes: 'members', filter: 'displayName eq "YQMGFDHHYTQD"' }),
          { status: 200, list: [] },
        ],
        [createGroup(), { status: 201, body: GROUP_KEPT, as: 'team' }],
        [
          query('/Groups', { excludedAttributes: 'members', filter: 'displayName eq "YQMGFDHHYTQD"' }),
          { status: 200, list: ['team'] },
        ],
        [
          patch('/Groups/{team}', replace('displayName', 'POD'), {
            op: 'Add',
            path: 'members',
            value: [{ value: '{oma}' }],
          }),
          { status: 204, group: { ...groupOf('oma'), displayName: 'POD' } },
        ],
      ],
    },
    ...[
      ['empty strings', ''],
      ['null', null],
    ].flatMap(([name, value]) => [
      emptied(`${name}, verbose`, replace('externalId', value), replace(DESCRIPTION, value)),
      emptied(`${name}, non-verbose`, { op: 'replace', value: { externalId: value, [DESCRIPTION]: value } }),
    ]),
    {
      name: 'Group_Pagination: startIndex=N&count=5 over eleven groups, startIndex echoed',
      source: logicApp('Group_Pagination'),
      groups: elevenGroups,
      steps: [
        [
          get('/Groups?startIndex=1&count=5'),
          { status: 200, list: groupNames.slice(0, 5), total: 11, contains: { startIndex: 1, itemsPerPage: 5 } },
        ],
        [
          get('/Groups?startIndex=6&count=5'),
          { status: 200, list: groupNames.slice(5, 10), total: 11, contains: { startIndex: 6, itemsPerPage: 5 } },
        ],
        [
          get('/Groups?startIndex=11&count=5'),
          { status: 200, list: groupNames.slice(10), total: 11, contains: { startIndex: 11, itemsPerPage: 1 } },
        ],
      ],
    },
    {
      name: 'Group_Pagination of an empty directory',
      source: logicApp('Group_Pagination'),
      steps: [
        [get('/Groups?startIndex=1&count=5'), { status: 200, list: [], contains: { startIndex: 1, itemsPerPage: 0 } }],
      ],
    },
  ],
};
