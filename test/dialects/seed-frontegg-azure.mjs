// The seed "SCIM Provisioning" of Frontegg, sentence by sentence: a connection with Azure AD, without aadOptscim062020
// and with it, and what SCIM can do as Azure AD does it.

import { app, get, remove } from '../support/dialect-cases.mjs';
import {
  create,
  createGroup,
  kept,
  lookUp,
  lookUpGroup,
  person,
  testConnection,
  withAndWithoutFlag,
} from '../support/entra-wire.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Frontegg, SCIM Provisioning');

const RITA = person('rita.ito@contoso.example');
const KEN = person('ken.sato@contoso.example');
const GUEST = person('mei_lab.example#EXT#@contoso.onmicrosoft.example');
const given = { rita: RITA, ken: KEN };
const NOBODY = { status: 200, list: [] };
const OBJECT_ID = '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159';
const team = (...members) => ({ displayName: 'Support', externalId: OBJECT_ID, members });
const pushed = (...members) => ({
  team: { displayName: 'Support', externalId: OBJECT_ID, members: members.map((one) => ({ value: `{${one}}` })) },
});

const capabilities = (entra) => [
  says('Provisioning of Users', 'looked up, then created', {
    steps: [
      [lookUp(RITA.userName), NOBODY],
      [create(RITA), { status: 201, body: kept(RITA), events: ['teammate.created'] }],
    ],
  }),
  says('Updating User Details', 'several attributes in one request', {
    given,
    steps: [
      [
        entra.change('/Users/{rita}', { displayName: 'Rita', 'name.familyName': 'Sato', title: 'Lead' }),
        {
          status: 200,
          contains: { displayName: 'Rita', title: 'Lead', name: { ...RITA.name, familyName: 'Sato' } },
          events: ['teammate.updated'],
        },
      ],
    ],
  }),
  says('De-provisioning of Users', 'blocked, and deleted a month later', {
    given,
    steps: [
      [
        entra.change('/Users/{rita}', { active: false }),
        { status: 200, contains: { active: false }, events: ['teammate.blocked'] },
      ],
      [remove('/Users/{rita}'), { status: 204, events: ['teammate.removed'] }],
      [get('/Users/{rita}'), { status: 404, error: null }],
    ],
  }),
  says('Provisioning of Groups', 'created without members', {
    steps: [
      [lookUpGroup('Support'), NOBODY],
      [createGroup('Support', OBJECT_ID), { status: 201, group: team(), events: ['group.created'] }],
    ],
  }),
  says('Updating Group Details', 'name and external id', {
    given,
    groups: pushed('rita'),
    steps: [
      [
        entra.change('/Groups/{team}', { displayName: 'Help', externalId: 'another' }),
        {
          status: 204,
          group: { displayName: 'Help', externalId: 'another', members: ['rita'] },
          events: ['group.renamed'],
        },
      ],
    ],
  }),
  says('Assigning Users to Groups', 'in one request or in several', {
    given,
    groups: pushed(),
    steps: [
      [entra.addMembers('team', 'rita'), { status: 204, group: team('rita') }],
      [entra.addMembers('team', 'rita', 'ken'), { status: 204, group: team('rita', 'ken') }],
    ],
  }),
  says('Un-assigning Users from Groups', 'those who are named and no others, twice the same', {
    given,
    groups: pushed('rita', 'ken'),
    steps: [
      [entra.removeMembers('team', 'rita'), { status: 204, group: team('ken'), events: ['group.members_removed'] }],
      [entra.removeMembers('team', 'rita'), { status: 204, group: team('ken'), events: [] }],
    ],
  }),
  says('Un-assigning Users from Groups', 'also one who is away, who is no member when back', {
    given,
    groups: pushed('rita', 'ken'),
    steps: [
      [remove('/Users/{rita}'), { status: 204 }],
      [entra.removeMembers('team', 'rita'), { status: 204, group: team('ken'), events: ['group.members_removed'] }],
      [create(RITA), { status: 201, contains: { id: '{rita}' }, absent: ['groups'] }],
      [get('/Groups/{team}'), { status: 200, group: team('ken') }],
    ],
  }),
  says('De-provisioning of Groups', 'gone, its members still there', {
    given,
    groups: pushed('rita'),
    steps: [
      [remove('/Groups/{team}'), { status: 204, group: null, events: ['group.deleted'] }],
      [get('/Users/{rita}'), { status: 200, body: kept(RITA) }],
    ],
  }),
];

const withAzure = (entra) => [
  says(
    'Enter the URL in the Tenant URL field + ?aadOptscim062020 query param that is required for de-provisioning by Azure.',
    'de-provisioned with it and without',
    {
      given,
      steps: [
        [
          entra.change('/Users/{rita}', { active: false }),
          { status: 200, contains: { active: false }, events: ['teammate.blocked'] },
        ],
        [app('GET', '/teammates/{rita}'), { status: 200, contains: { state: 'blocked' } }],
        [get('/Users/{ken}'), { status: 200, contains: { active: true } }],
      ],
    },
  ),
  says('Enter the API Token in the Secret Token field.', 'another one is 401', {
    given,
    steps: [
      [
        { ...lookUp(RITA.userName), token: 'rc_wrong' },
        { status: 401, error: null },
      ],
      [
        { ...entra.change('/Users/{rita}', { active: false }), token: null },
        { status: 401, error: null, events: [] },
      ],
      [lookUp(RITA.userName), { status: 200, list: ['rita'] }],
    ],
  }),
  says('Click Test Connection to make sure that Azure AD can connect to your app.', 'nobody is found, 200', {
    given,
    steps: [[testConnection(), { ...NOBODY, number: ['totalResults', 'startIndex', 'itemsPerPage'] }]],
  }),
  says(
    'In the Mappings section, select Synchronize Azure Active Directory Users to your app',
    'created, then kept in step',
    {
      steps: [
        [create(RITA), { status: 201, as: 'rita' }],
        [entra.change('/Users/{rita}', { displayName: 'Rita' }), { status: 200, contains: { displayName: 'Rita' } }],
        [app('GET', '/teammates/{rita}'), { status: 200, contains: { display_name: 'Rita' } }],
      ],
    },
  ),
  says(
    'In the Attribute Mappings section, review the Azure Active Directory Attribute and the corresponding App Attribute',
    'one that is named without its extension is understood',
    {
      given,
      steps: [
        [
          entra.change('/Users/{rita}', { department: 'Support' }),
          {
            status: 200,
            contains: { 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Support' } },
          },
        ],
        [lookUp('Support', 'department'), { status: 200, list: ['rita'] }],
      ],
    },
  ),
  says('Under Settings, toggle the Provisioning Status > On', 'the first cycle, people before groups before members', {
    steps: [
      [testConnection(), NOBODY],
      [lookUp(RITA.userName), NOBODY],
      [create(RITA), { status: 201, as: 'rita' }],
      [lookUpGroup('Support'), NOBODY],
      [createGroup('Support', OBJECT_ID), { status: 201, as: 'team' }],
      [entra.addMembers('team', 'rita'), { status: 204, group: team('rita') }],
    ],
  }),
  says('Sync all users and groups', 'guests come too, under the names that they have', {
    steps: [
      [lookUp(GUEST.userName), NOBODY],
      [create(GUEST), { status: 201, body: kept(GUEST), as: 'guest' }],
      [lookUp(GUEST.userName), { status: 200, list: ['guest'] }],
    ],
  }),
  says(
    'Sync only assigned users and groups',
    'who is no longer assigned is blocked, and unblocked when assigned again',
    {
      given,
      steps: [
        [entra.change('/Users/{rita}', { active: false }), { status: 200, events: ['teammate.blocked'] }],
        [lookUp(RITA.userName), { status: 200, list: ['rita'], contains: { Resources: [{ active: false }] } }],
        [
          entra.change('/Users/{rita}', { active: true }),
          { status: 200, body: kept(RITA), events: ['teammate.unblocked'] },
        ],
      ],
    },
  ),
  says(
    'When your customer returns to your app, they should now see that they have a linked SCIM connection and that their account has started importing users from their Azure AD.',
    'the connection is heard of, the people are there',
    {
      steps: [
        [create(RITA), { status: 201, as: 'rita' }],
        [app('GET', '/connections/{connection}'), { status: 200, contains: { status: 'connected' }, eventually: true }],
        [app('GET', '/teammates'), { status: 200, contains: { results: [{ id: '{rita}', origin: 'scim' }] } }],
      ],
    },
  ),
];

export default {
  idp: 'Seed: Frontegg and Azure AD',
  cases: atBothEndpoints(withAndWithoutFlag((entra) => [...capabilities(entra), ...withAzure(entra)])),
};
