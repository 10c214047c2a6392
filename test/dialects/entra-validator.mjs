// Microsoft's SCIM Validator (scimvalidator.microsoft.com), by the numbers of its tests, for users. Those that write
// groups come with group sync; what of them reads an empty directory is here.

import { get, patch, patchWith, query, remove } from '../support/dialect-cases.mjs';
import { FULL, KEPT, SMALL, create, replace, add, VERBOSE, REPLACED, ADDED } from '../support/microsoft-validators.mjs';
import { ENTERPRISE } from '../support/scim.mjs';

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
      name: 'group by id that is not there, without members',
      source: validator(14),
      steps: [[get('/Groups/5e5a1c0e?excludedAttributes=members'), { status: 404, error: null }]],
    },
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
      name: 'filter for a non-existing group',
      source: validator(17),
      steps: [[query('/Groups', { filter: 'displayName eq "NOSUCHGROUP"' }), { status: 200, list: [] }]],
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
