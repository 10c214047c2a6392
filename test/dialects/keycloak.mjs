// Keycloak with the client extension mitodl/keycloak-scim.

import { get, patch, post, put, remove } from '../support/dialect-cases.mjs';
import { USER } from '../support/scim.mjs';

const CODE = 'mitodl/keycloak-scim, its source';

const SENT = {
  schemas: [USER],
  externalId: 'f3c1a6de-3f5a-4a0b-bb7e-1d9a4a6e8a11',
  userName: 'rosalind',
  displayName: 'Rosalind Franklin',
  name: { givenName: 'Rosalind', familyName: 'Franklin' },
  emails: [{ value: 'rosalind@kings.example' }],
  active: true,
  roles: [{ value: 'offline_access' }, { value: 'uma_authorization' }],
};

export default {
  idp: 'Keycloak',
  cases: [
    {
      name: 'create: e-mails without type or primary, roles of values alone',
      source: CODE,
      steps: [[post('/Users', SENT), { status: 201, body: SENT }]],
    },
    {
      name: 'PUT with a relative meta.location',
      source: CODE,
      given: { rosalind: SENT },
      steps: [
        [
          put('/Users/{rosalind}', {
            ...SENT,
            id: '{rosalind}',
            displayName: 'R. Franklin',
            meta: { location: 'Users/{rosalind}', resourceType: 'User' },
          }),
          { status: 200, body: { ...SENT, displayName: 'R. Franklin' } },
        ],
      ],
    },
    {
      name: 'active as the string "false"',
      source: CODE,
      given: { rosalind: SENT },
      steps: [
        [
          patch('/Users/{rosalind}', { op: 'replace', path: 'active', value: 'false' }),
          { status: 200, body: { ...SENT, active: false } },
        ],
      ],
    },
    {
      name: 'active as the string "true"',
      source: CODE,
      given: { rosalind: { ...SENT, active: false } },
      steps: [
        [patch('/Users/{rosalind}', { op: 'replace', path: 'active', value: 'true' }), { status: 200, body: SENT }],
      ],
    },
    {
      name: 'active, userName and displayName in one PATCH',
      source: CODE,
      given: { rosalind: SENT },
      steps: [
        [
          patch(
            '/Users/{rosalind}',
            { op: 'replace', path: 'active', value: 'true' },
            { op: 'replace', path: 'userName', value: 'rfranklin' },
            { op: 'replace', path: 'displayName', value: 'RF' },
          ),
          { status: 200, body: { ...SENT, userName: 'rfranklin', displayName: 'RF' } },
        ],
      ],
    },
    {
      name: 'import lists everybody',
      source: CODE,
      given: { rosalind: SENT },
      steps: [[get('/Users'), { status: 200, list: ['rosalind'] }]],
    },
    {
      name: 'DELETE',
      source: CODE,
      given: { rosalind: SENT },
      steps: [[remove('/Users/{rosalind}'), { status: 204 }]],
    },
    {
      name: 'Basic in place of Bearer is 401, with the scheme to use',
      source: CODE,
      steps: [
        [
          { ...get('/Users', { authorization: 'Basic cm9zYTpsaW5k' }), token: null },
          { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } },
        ],
      ],
    },
  ],
};
