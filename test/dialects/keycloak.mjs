// Keycloak with the client extension mitodl/keycloak-scim.

import { get, patch, post, put, remove } from '../support/dialect-cases.mjs';
import { GROUP, USER } from '../support/scim.mjs';

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

const TEAM = { schemas: [GROUP], externalId: '0d8c', displayName: 'kc team' };
const PEOPLE = { rosalind: SENT, ada: { userName: 'ada' } };
const team = (...members) => ({ displayName: 'kc team', externalId: '0d8c', members });
const groups = { team: { ...TEAM, members: [{ value: '{rosalind}' }] } };

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
      name: 'a group with its members',
      source: CODE,
      given: PEOPLE,
      steps: [
        [post('/Groups', { ...TEAM, members: [{ value: '{rosalind}' }] }), { status: 201, group: team('rosalind') }],
      ],
    },
    {
      name: 'members, displayName and externalId of a group in one PATCH',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [
        [
          patch(
            '/Groups/{team}',
            { op: 'replace', path: 'members', value: [{ value: '{ada}' }, { value: '{rosalind}' }] },
            { op: 'replace', path: 'displayName', value: 'kc two' },
            { op: 'replace', path: 'externalId', value: '0d8d' },
          ),
          { status: 204, group: { displayName: 'kc two', externalId: '0d8d', members: ['ada', 'rosalind'] } },
        ],
      ],
    },
    {
      name: 'a group that has become empty: remove members with null',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [
        [
          patch(
            '/Groups/{team}',
            { op: 'remove', path: 'members', value: null },
            { op: 'replace', path: 'displayName', value: 'kc team' },
            { op: 'replace', path: 'externalId', value: '0d8c' },
          ),
          { status: 204, group: team() },
        ],
      ],
    },
    {
      name: 'PUT of a group with a relative meta.location and relative $refs',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [
        [
          put('/Groups/{team}', {
            ...TEAM,
            id: '{team}',
            meta: { location: 'Groups/{team}', resourceType: 'Group' },
            members: [{ value: '{ada}', $ref: 'Users/{ada}' }],
          }),
          { status: 200, group: team('ada') },
        ],
      ],
    },
    {
      name: 'import lists all groups',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [[get('/Groups'), { status: 200, list: ['team'] }]],
    },
    {
      name: 'DELETE of a group',
      source: CODE,
      given: PEOPLE,
      groups,
      steps: [[remove('/Groups/{team}'), { status: 204, group: null }]],
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
