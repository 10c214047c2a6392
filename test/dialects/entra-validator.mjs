// Microsoft's SCIM Validator (scimvalidator.microsoft.com), by the numbers of its tests.

import { get, patch, patchWith, query, remove } from '../support/dialect-cases.mjs';
import {
  FULL,
  KEPT,
  SMALL,
  create,
  replace,
  add,
  VERBOSE,
  REPLACED,
  ADDED,
  GROUP_SENT,
  GROUP_KEPT,
  PEOPLE,
  createGroup,
  groupOf,
  groupWith,
} from '../support/microsoft-validators.mjs';
import { ENTERPRISE, GROUP } from '../support/scim.mjs';

const validator = (number) => `Microsoft SCIM Validator, test ${number}`;
const preview = (number) => `Microsoft SCIM Validator, preview test ${number}`;

const PATCH_OP = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export default {
  idp: 'Microsoft validators',
  cases: [
    {
      name: 'create a user',
      source: validator(1),
      steps: [
        [
          create(),
          { status: 201, body: KEPT, headers: { 'content-type': 'application/scim+json', location: /\/Users\// } },
        ],
      ],
    },
    {
      name: 'create a duplicate user',
      source: validator(2),
      given: { oma: FULL },
      steps: [[create(), { status: 409, error: 'uniqueness' }]],
    },
    {
      name: 'filter for an existing user',
      source: validator(3),
      given: { oma: FULL },
      steps: [
        [
          query('/Users', { filter: 'userName eq "oma@vandervort.example"' }),
          { status: 200, list: ['oma'], contains: { itemsPerPage: 1, startIndex: 1 } },
        ],
      ],
    },
    {
      name: 'filter for a non-existing user',
      source: validator(4),
      given: { oma: FULL },
      steps: [[query('/Users', { filter: 'userName eq "pamela@koelpin.example"' }), { status: 200, list: [] }]],
    },
    {
      name: 'filter for an existing user with different case',
      source: validator(5),
      given: { oma: FULL },
      steps: [[query('/Users', { filter: 'userName eq "OMA@VANDERVORT.EXAMPLE"' }), { status: 200, list: ['oma'] }]],
    },
    {
      name: 'patch user: replace attributes, verbose',
      source: validator(6),
      given: { oma: FULL },
      steps: [[patch('/Users/{oma}', ...VERBOSE.map((one) => replace(...one))), REPLACED]],
    },
    {
      name: 'update userName',
      source: validator(7),
      given: { oma: FULL },
      steps: [
        [
          patch('/Users/{oma}', replace('userName', 'lawrence@botsford.example')),
          { status: 200, body: { ...KEPT, userName: 'lawrence@botsford.example' } },
        ],
      ],
    },
    {
      name: 'disable the user',
      source: validator(8),
      given: { oma: FULL },
      steps: [[patch('/Users/{oma}', replace('active', false)), { status: 200, body: { ...KEPT, active: false } }]],
    },
    {
      name: 'patch user: add attributes, verbose, to one that has a userName alone',
      source: validator(9),
      given: { oma: SMALL },
      steps: [[patch('/Users/{oma}', ...VERBOSE.map((one) => add(...one))), ADDED]],
    },
    {
      name: 'patch user: add manager',
      source: validator(10),
      given: { boss: { userName: 'boss@x.example' }, oma: SMALL },
      steps: [
        [
          patch('/Users/{oma}', add(`${ENTERPRISE}:manager`, '{boss}')),
          { status: 200, contains: { [ENTERPRISE]: { manager: { value: '{boss}' } } } },
        ],
      ],
    },
    {
      name: 'patch user: replace manager',
      source: validator(11),
      given: { one: { userName: 'one@x.example' }, two: { userName: 'two@x.example' }, oma: SMALL },
      steps: [
        [patch('/Users/{oma}', add(`${ENTERPRISE}:manager`, '{one}')), { status: 200 }],
        [
          patch('/Users/{oma}', replace(`${ENTERPRISE}:manager`, '{two}')),
          { status: 200, contains: { [ENTERPRISE]: { manager: { value: '{two}' } } } },
        ],
      ],
    },
    {
      name: 'patch user: remove manager',
      source: validator(12),
      given: { boss: { userName: 'boss@x.example' }, oma: SMALL },
      steps: [
        [patch('/Users/{oma}', add(`${ENTERPRISE}:manager`, '{boss}')), { status: 200 }],
        [
          patch('/Users/{oma}', { op: 'remove', path: `${ENTERPRISE}:manager` }),
          { status: 200, absent: [[ENTERPRISE, 'manager']] },
        ],
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
    {
      name: 'group by id, without members',
      source: validator(14),
      given: PEOPLE,
      groups: groupWith('oma'),
      steps: [
        [
          get('/Groups/{team}?excludedAttributes=members'),
          {
            status: 200,
            body: { schemas: [GROUP], ...GROUP_SENT },
            headers: { 'content-type': 'application/scim+json' },
          },
        ],
      ],
    },
    {
      name: 'group by id that is not there, without members',
      source: validator(14),
      steps: [[get('/Groups/5e5a1c0e?excludedAttributes=members'), { status: 404, error: null }]],
    },
    ...['displayName', 'externalId'].map((attribute) => ({
      name: `filter for a group without members, by ${attribute}`,
      source: validator(15),
      given: PEOPLE,
      groups: groupWith('oma'),
      steps: [
        [
          query('/Groups', { excludedAttributes: 'members', filter: `${attribute} eq "${GROUP_SENT[attribute]}"` }),
          {
            status: 200,
            list: ['team'],
            contains: { startIndex: 1, itemsPerPage: 1, Resources: [GROUP_SENT] },
            absent: ['Resources.0.members'],
          },
        ],
      ],
    })),
    {
      name: 'filter for groups without members, none there',
      source: validator(15),
      steps: [
        [
          query('/Groups', { excludedAttributes: 'members', filter: 'displayName eq "YQMGFDHHYTQD"' }),
          { status: 200, list: [] },
        ],
      ],
    },
    {
      name: 'filter for an existing group',
      source: validator(16),
      given: PEOPLE,
      groups: groupWith('oma'),
      steps: [
        [
          query('/Groups', { filter: `displayName eq "${GROUP_SENT.displayName}"` }),
          { status: 200, list: ['team'], contains: { Resources: [{ ...GROUP_SENT, members: [{ value: '{oma}' }] }] } },
        ],
      ],
    },
    {
      name: 'filter for a non-existing group',
      source: validator(17),
      groups: groupWith(),
      steps: [[query('/Groups', { filter: 'displayName eq "NOSUCHGROUP"' }), { status: 200, list: [] }]],
    },
    {
      name: 'filter for an existing group with different case',
      source: validator(18),
      groups: groupWith(),
      steps: [
        [
          query('/Groups', { filter: `displayName eq "${GROUP_SENT.displayName.toLowerCase()}"` }),
          { status: 200, list: ['team'] },
        ],
      ],
    },
    {
      name: 'create a group',
      source: validator(19),
      steps: [
        [
          createGroup(),
          {
            status: 201,
            body: GROUP_KEPT,
            headers: { 'content-type': 'application/scim+json', location: /\/Groups\// },
            group: groupOf(),
          },
        ],
      ],
    },
    {
      name: 'create a duplicate group',
      source: validator(20),
      groups: groupWith(),
      steps: [[createGroup(), { status: 409, error: 'uniqueness' }]],
    },
    {
      name: 'patch group: replace attributes, without a path',
      source: validator(21),
      given: PEOPLE,
      groups: groupWith('oma'),
      steps: [
        [
          patch('/Groups/{team}', { op: 'replace', value: { externalId: 'c1b7' } }),
          { status: 204, group: { ...groupOf('oma'), externalId: 'c1b7' } },
        ],
      ],
    },
    {
      name: 'update the displayName of a group, without a path',
      source: validator(22),
      given: PEOPLE,
      groups: groupWith('oma'),
      steps: [
        [
          patch('/Groups/{team}', { op: 'replace', value: { displayName: 'NEWGROUPNAME' } }),
          { status: 204, group: { ...groupOf('oma'), displayName: 'NEWGROUPNAME' } },
        ],
      ],
    },
    {
      name: 'patch group: add a member, as a replace of the list',
      source: validator(23),
      given: PEOPLE,
      groups: groupWith(),
      steps: [
        [patch('/Groups/{team}', replace('members', [{ value: '{oma}' }])), { status: 204, group: groupOf('oma') }],
      ],
    },
    {
      name: 'patch group: remove a member',
      source: validator(24),
      given: PEOPLE,
      groups: groupWith('oma', 'ray'),
      steps: [
        [
          patch('/Groups/{team}', { op: 'remove', path: 'members[value eq "{oma}"]' }),
          { status: 204, group: groupOf('ray') },
        ],
      ],
    },
    {
      name: 'delete a group, which is then 404 and in no list',
      source: validator(25),
      given: PEOPLE,
      groups: groupWith('oma'),
      steps: [
        [remove('/Groups/{team}'), { status: 204, group: null }],
        [get('/Groups/{team}'), { status: 404, error: null }],
        [query('/Groups', { filter: `displayName eq "${GROUP_SENT.displayName}"` }), { status: 200, list: [] }],
      ],
    },
    {
      name: 'multiple operations on different attributes',
      source: preview(1),
      given: { oma: FULL },
      steps: [
        [
          patch(
            '/Users/{oma}',
            { op: 'remove', path: 'preferredLanguage' },
            add('externalId', 'new-external'),
            replace('displayName', 'NEWNAME'),
          ),
          {
            status: 200,
            contains: { externalId: 'new-external', displayName: 'NEWNAME' },
            absent: ['preferredLanguage'],
          },
        ],
      ],
    },
    {
      name: 'multiple operations on the same attribute, in their order',
      source: preview(2),
      given: { oma: FULL },
      steps: [
        [
          patch(
            '/Users/{oma}',
            { op: 'remove', path: 'displayName' },
            add('displayName', 'ADDED'),
            replace('displayName', 'REPLACED'),
          ),
          { status: 200, contains: { displayName: 'REPLACED' } },
        ],
      ],
    },
    {
      name: 'delete a non-existent user',
      source: preview(3),
      steps: [[remove('/Users/11fd1a2c-8a2e-4c5a-b0a5-2b6f0d6f5f1e'), { status: 404, error: null }]],
    },
    {
      name: 'delete the same user twice',
      source: preview(4),
      given: { oma: SMALL },
      steps: [
        [remove('/Users/{oma}'), { status: 204 }],
        [remove('/Users/{oma}'), { status: 404, error: null }],
      ],
    },
    {
      name: 'multiple operations on a group: one member is added and removed',
      source: preview(5),
      given: PEOPLE,
      groups: groupWith('ray'),
      steps: [
        [
          patch('/Groups/{team}', add('members', [{ value: '{oma}' }]), {
            op: 'remove',
            path: 'members[value eq "{oma}"]',
          }),
          { status: 204, group: groupOf('ray') },
        ],
      ],
    },
    {
      name: 'delete a non-existent group',
      source: preview(6),
      steps: [[remove('/Groups/11fd1a2c-8a2e-4c5a-b0a5-2b6f0d6f5f1e'), { status: 404, error: null }]],
    },
    {
      name: 'delete the same group twice',
      source: preview(7),
      groups: groupWith(),
      steps: [
        [remove('/Groups/{team}'), { status: 204, group: null }],
        [remove('/Groups/{team}'), { status: 404, error: null }],
      ],
    },
    {
      name: 'the Content-Type application/json in an answer fails, so scim+json goes out whatever came in',
      source: 'Microsoft SCIM Validator, published run 32',
      given: { oma: SMALL },
      steps: [
        [
          get('/Users/{oma}', { accept: 'application/scim+json, application/json' }),
          { status: 200, headers: { 'content-type': 'application/scim+json' } },
        ],
        [
          patchWith(
            '/Users/{oma}',
            { schemas: [PATCH_OP], Operations: [replace('title', 'x')] },
            { 'content-type': 'application/json' },
          ),
          { status: 200, headers: { 'content-type': 'application/scim+json' } },
        ],
      ],
    },
    {
      name: 'a custom attribute as a flat key in a PATCH, nested in a POST',
      source: 'Microsoft SCIM Validator, published run 32',
      steps: [
        [
          create({ ...SMALL, 'urn:ietf:params:scim:schemas:extension:custom:2.0:User': { badgeCode: 'A1' } }),
          {
            status: 201,
            contains: { 'urn:ietf:params:scim:schemas:extension:custom:2.0:User': { badgeCode: 'A1' } },
            as: 'oma',
          },
        ],
        [
          patch('/Users/{oma}', {
            op: 'replace',
            value: { 'urn:ietf:params:scim:schemas:extension:custom:2.0:User:badgeCode': 'B2' },
          }),
          { status: 200, contains: { 'urn:ietf:params:scim:schemas:extension:custom:2.0:User': { badgeCode: 'B2' } } },
        ],
      ],
    },
    {
      name: 'the primary e-mail by an unquoted boolean',
      source: 'Microsoft SCIM Validator, published run 26',
      given: { oma: FULL },
      steps: [
        [
          patch('/Users/{oma}', replace('emails[primary eq true].value', 'p@x.example')),
          { status: 200, contains: { emails: [{ type: 'work', value: 'p@x.example', primary: true }] } },
        ],
      ],
    },
  ],
};
