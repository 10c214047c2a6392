// Microsoft Entra ID's provisioning service, with and without aadOptscim062020 in its tenant URL.

import { get, patch, patchWith, post, put, query, remove } from '../support/dialect-cases.mjs';
import { ENTERPRISE, USER } from '../support/scim.mjs';

const DOCS = 'Microsoft docs, use SCIM to provision users and groups';
const FLAG = 'Microsoft docs, SCIM 2.0 compliance: aadOptscim062020';
const HOW = 'Microsoft docs, how provisioning works';
const FRONT = 'Front help centre 2301';

const TYPE = { 'content-type': 'application/scim+json; charset=utf-8' };
const LINUS = {
  userName: 'linus@contoso.example',
  externalId: 'linus',
  displayName: 'Linus P',
  name: { formatted: 'Linus Pauling', familyName: 'Pauling', givenName: 'Linus' },
  emails: [{ primary: true, type: 'work', value: 'linus@contoso.example' }],
};
const KEPT = { schemas: [USER], ...LINUS, active: true };

const Replace = (path, value) => ({ op: 'Replace', path, value });

export default {
  idp: 'Entra',
  cases: [
    {
      name: 'Test Connection: a random GUID is looked up, 200 and nothing',
      source: DOCS,
      steps: [
        [
          query('/Users', { filter: 'userName eq "5fd62e6a-1f3f-4b8f-9d65-4a8d4c1f0e2b"' }),
          { status: 200, list: [], contains: { totalResults: 0 } },
        ],
      ],
    },
    {
      name: 'Test Connection with the flag in the path of every call',
      source: FLAG,
      steps: [[query('/Users', { aadOptscim062020: '', filter: 'userName eq "5fd62e6a"' }), { status: 200, list: [] }]],
    },
    {
      name: 'Test Connection by externalId',
      source: DOCS,
      steps: [
        [
          query('/Users', { filter: 'externalId eq "5fd62e6a-1f3f-4b8f-9d65-4a8d4c1f0e2b"' }),
          { status: 200, list: [] },
        ],
      ],
    },
    {
      name: 'Test Connection by the work e-mail',
      source: DOCS,
      given: {
        linus: LINUS,
        other: { userName: 'o@contoso.example', emails: [{ type: 'home', value: 'linus@contoso.example' }] },
      },
      steps: [
        [
          query('/Users', { filter: 'emails[type eq "work"].value eq "nobody@contoso.example"' }),
          { status: 200, list: [] },
        ],
        [
          query('/Users', { filter: 'emails[type eq "work"].value eq "linus@contoso.example"' }),
          { status: 200, list: ['linus'] },
        ],
      ],
    },
    {
      name: 'no User-Agent and no Accept are needed',
      source: 'kortix-ai/suna pull request 7297',
      given: { linus: LINUS },
      steps: [
        [
          get('/Users/{linus}', { 'user-agent': '', accept: '*/*' }),
          { status: 200, body: KEPT, headers: { 'content-type': 'application/scim+json' } },
        ],
      ],
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
          {
            status: 201,
            contains: { ...LINUS, active: true },
            absent: ['addresses', 'phoneNumbers', 'title', 'department', 'manager'],
          },
        ],
      ],
    },
    {
      name: 'create of somebody who is there is 409',
      source: DOCS,
      given: { linus: LINUS },
      steps: [
        [
          post('/Users', { schemas: [USER], ...LINUS }, TYPE),
          { status: 409, error: 'uniqueness', headers: { location: '{linus.location}' } },
        ],
      ],
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
    {
      name: 'active that is neither is refused, and nothing changes',
      source: FLAG,
      given: { linus: LINUS },
      steps: [
        [
          patch('/Users/{linus}', Replace('active', 'Falsch'), Replace('title', 'x')),
          { status: 400, error: 'invalidValue', detail: /active/ },
        ],
        [get('/Users/{linus}'), { status: 200, body: KEPT }],
      ],
    },
    {
      name: 'the flag may reach the server in the URL of a write',
      source: FRONT,
      given: { linus: LINUS },
      steps: [
        [
          patchWith('/Users/{linus}?aadOptscim062020', {
            schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
            Operations: [{ op: 'replace', path: 'active', value: false }],
          }),
          { status: 200, body: { ...KEPT, active: false } },
        ],
      ],
    },
    {
      name: "one operation that can't be done undoes all of them",
      source: 'RFC 7644 section 3.5.2',
      given: { linus: LINUS },
      steps: [
        [
          patch('/Users/{linus}', Replace('displayName', 'X'), Replace('shoeSize', '43')),
          { status: 400, error: 'invalidPath', detail: /shoeSize/ },
        ],
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
      steps: [
        [
          patch('/Users/{linus}', { op: 'Move', path: 'displayName', value: 'x' }),
          { status: 400, error: 'invalidSyntax', detail: /Move/ },
        ],
      ],
    },
    {
      name: 'a PATCH without operations is refused',
      source: DOCS,
      given: { linus: LINUS },
      steps: [
        [
          patchWith('/Users/{linus}', { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'] }),
          { status: 400, error: 'invalidSyntax', detail: /Operations/ },
        ],
      ],
    },
    {
      name: "a schema URN of Microsoft's own is no fault",
      source: DOCS,
      steps: [
        [
          post(
            '/Users',
            { schemas: [USER, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/User'], ...LINUS },
            TYPE,
          ),
          { status: 201, contains: LINUS },
        ],
      ],
    },
    {
      name: "a PUT is not Entra's, but replaces the user",
      source: 'RFC 7644 section 3.5.1',
      given: { linus: { ...LINUS, title: 'Dr.' } },
      steps: [
        [
          put('/Users/{linus}', { schemas: [USER], userName: 'linus@contoso.example' }, TYPE),
          { status: 200, body: { schemas: [USER], userName: 'linus@contoso.example', active: true } },
        ],
      ],
    },
    {
      name: 'attributes=id with a filter, as older documents show it',
      source: DOCS,
      given: { linus: LINUS },
      steps: [
        [
          query('/Users', { filter: 'userName eq "linus@contoso.example"', attributes: 'id' }),
          {
            status: 200,
            list: ['linus'],
            contains: { Resources: [{ schemas: [USER], id: '{linus}' }] },
            absent: ['Resources.0.userName'],
          },
        ],
      ],
    },
  ],
};
