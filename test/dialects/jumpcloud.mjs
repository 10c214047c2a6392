// JumpCloud: what its connector was seen to send.

import { get, patch, post, put, query, remove } from '../support/dialect-cases.mjs';
import { ENTERPRISE, GROUP, USER } from '../support/scim.mjs';

const FIXTURES = 'Paul-E/scim-v2-rust, fixtures of a real JumpCloud';
const DOCS = 'JumpCloud docs, SCIM provisioning';
const SECONDARY = 'integration guides for JumpCloud, secondary sources';

const SENT = {
  schemas: [USER, ENTERPRISE],
  userName: 'katherine@langley.example',
  externalId: '64f1c7',
  name: { givenName: 'Katherine', familyName: 'Johnson' },
  displayName: 'Katherine Johnson',
  active: true,
  emails: [{ value: 'katherine@langley.example', type: 'work', primary: true }],
  phoneNumbers: [{ value: 'tel:+1-757-555-0100', type: 'work', primary: true }],
  addresses: [{ type: 'work', locality: 'Hampton', region: 'VA', country: 'US' }],
  locale: 'en_US',
  preferredLanguage: 'en',
  title: 'Mathematician',
};
const KEPT = { ...SENT, schemas: [USER] };

const TEAM = { schemas: [GROUP], displayName: 'All users' };
const PEOPLE = { katherine: SENT, dorothy: { userName: 'dorothy@langley.example' } };
const team = (...members) => ({ displayName: 'All users', members });
const groups = { team: { ...TEAM, members: [{ value: '{katherine}' }] } };

export default {
  idp: 'JumpCloud',
  cases: [
    {
      name: 'create with the enterprise URN declared and no object of it',
      source: FIXTURES,
      steps: [[post('/Users', SENT), { status: 201, body: KEPT }]],
    },
    {
      name: 'PUT of the whole user, schemas in another order, empty lists',
      source: FIXTURES,
      given: { katherine: SENT },
      steps: [
        [
          put('/Users/{katherine}', {
            ...SENT,
            id: '{katherine}',
            schemas: [ENTERPRISE, USER],
            photos: [],
            ims: [],
            roles: [],
            addresses: [],
            [ENTERPRISE]: { department: 'Orbits' },
          }),
          { status: 200, contains: { title: 'Mathematician', [ENTERPRISE]: { department: 'Orbits' } } },
        ],
      ],
    },
    {
      name: 'PUT of a minimal user: what it leaves out is gone',
      source: FIXTURES,
      given: { katherine: SENT },
      steps: [
        [
          put('/Users/{katherine}', {
            active: true,
            emails: null,
            id: '{katherine}',
            name: { givenName: 'Katherine', familyName: 'Johnson' },
            schemas: [USER],
            userName: 'katherine@langley.example',
          }),
          {
            status: 200,
            body: { schemas: [USER], userName: 'katherine@langley.example', name: SENT.name, active: true },
          },
        ],
      ],
    },
    {
      name: 'activation makes a test user and deletes it',
      source: DOCS,
      steps: [
        [
          post('/Users', { ...SENT, userName: 'jumpcloud-test@langley.example', externalId: 'test' }),
          { status: 201, as: 'probe' },
        ],
        [remove('/Users/{probe}'), { status: 204 }],
        [get('/Users/{probe}'), { status: 404, error: null }],
      ],
    },
    {
      name: 'and makes it again at the next activation',
      source: DOCS,
      given: { probe: { userName: 'jumpcloud-test@langley.example' } },
      steps: [
        [remove('/Users/{probe}'), { status: 204 }],
        [
          post('/Users', { ...SENT, userName: 'jumpcloud-test@langley.example' }),
          { status: 201, contains: { id: '{probe}', title: 'Mathematician' } },
        ],
      ],
    },
    {
      name: 'unassign deactivates by PUT',
      source: DOCS,
      given: { katherine: SENT },
      steps: [
        [put('/Users/{katherine}', { ...SENT, active: false }), { status: 200, body: { ...KEPT, active: false } }],
      ],
    },
    {
      name: 'unassign deactivates by PATCH',
      source: DOCS,
      given: { katherine: SENT },
      steps: [
        [
          patch('/Users/{katherine}', { op: 'replace', path: 'active', value: false }),
          { status: 200, body: { ...KEPT, active: false } },
        ],
      ],
    },
    {
      name: 'look-up by userName',
      source: FIXTURES,
      given: { katherine: SENT },
      steps: [
        [query('/Users', { filter: 'userName eq "katherine@langley.example"' }), { status: 200, list: ['katherine'] }],
      ],
    },
    {
      name: 'look-up of a group to take over',
      source: DOCS,
      steps: [[query('/Groups', { filter: 'displayName eq "All users"' }), { status: 200, list: [] }]],
    },
    {
      name: 'activation makes a test group and deletes it, each time anew',
      source: DOCS,
      steps: [
        [post('/Groups', { ...TEAM, displayName: 'jumpcloud-test-group' }), { status: 201, as: 'probe' }],
        [remove('/Groups/{probe}'), { status: 204, group: null }],
        [post('/Groups', { ...TEAM, displayName: 'jumpcloud-test-group' }), { status: 201, as: 'again' }],
        [remove('/Groups/{again}'), { status: 204, group: null }],
      ],
    },
    {
      name: 'a group of the same name is taken over',
      source: DOCS,
      given: PEOPLE,
      appGroups: { team: { display_name: 'All users', members: ['{dorothy}'] } },
      steps: [
        [query('/Groups', { filter: 'displayName eq "All users"' }), { status: 200, list: ['team'] }],
        [
          put('/Groups/{team}', { ...TEAM, id: '{team}', members: [{ value: '{katherine}' }] }),
          { status: 200, contains: { id: '{team}' }, group: team('katherine') },
        ],
      ],
    },
    {
      name: 'members come and go by a list of values',
      source: SECONDARY,
      given: PEOPLE,
      groups,
      steps: [
        [
          patch('/Groups/{team}', { op: 'add', path: 'members', value: [{ value: '{dorothy}' }] }),
          { status: 204, group: team('katherine', 'dorothy') },
        ],
        [
          patch('/Groups/{team}', { op: 'remove', path: 'members', value: [{ value: '{katherine}' }] }),
          { status: 204, group: team('dorothy') },
        ],
      ],
    },
    {
      name: 'a group is renamed, an operation with a path for each attribute',
      source: SECONDARY,
      given: PEOPLE,
      groups,
      steps: [
        [
          patch(
            '/Groups/{team}',
            { op: 'replace', path: 'displayName', value: 'Everybody' },
            { op: 'replace', path: 'externalId', value: '64f1' },
          ),
          { status: 204, group: { displayName: 'Everybody', externalId: '64f1', members: ['katherine'] } },
        ],
      ],
    },
    {
      name: 'a group is deleted',
      source: DOCS,
      given: PEOPLE,
      groups,
      steps: [
        [remove('/Groups/{team}'), { status: 204, group: null }],
        [query('/Groups', { filter: 'displayName eq "All users"' }), { status: 200, list: [] }],
      ],
    },
  ],
};
