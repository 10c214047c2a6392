// The seed "SCIM Provisioning" of Frontegg, sentence by sentence: what SCIM is for, what it can do, and a connection
// with Okta. The one with Azure AD is in seed-frontegg-azure.mjs.

import { app, get, patch, put, remove } from '../support/dialect-cases.mjs';
import {
  OIN,
  OKTA,
  byBothApps,
  create,
  createGroup,
  kept,
  lookUp,
  lookUpGroup,
  probe,
  profile,
  update,
} from '../support/okta-wire.mjs';
import { GROUP } from '../support/scim.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Frontegg, SCIM Provisioning');

const RITA = profile('rita.ito@navy.example');
const KEN = profile('ken.sato@navy.example');
const given = { rita: RITA, ken: KEN };
const NOBODY = { status: 200, list: [] };
const group = (displayName, ...members) => ({ displayName, members });
const pushed = (...members) => ({
  team: { displayName: 'Support', members: members.map((one) => ({ value: `{${one}}` })) },
});

const WHAT =
  'SCIM is a standard way for apps to manage user identities and accounts across different systems, making it easier to create, update, and delete user accounts, as well as manage attributes, groups, and roles.';
const LEAVES =
  'Similarly, when an employee leaves the company, changes roles, or joins a new group, their user account can be de-provisioned or updated centrally using SCIM.';
const REVOKED =
  'This ensures that access to company resources is promptly revoked or updated, helping to maintain security and compliance.';

const standard = [
  says(WHAT, 'create, read, replace, modify and delete by the methods of RFC 7644', {
    steps: [
      [
        create(RITA),
        { status: 201, body: kept(RITA), headers: { location: /\/Users\/tea_/, etag: /^W\// }, as: 'rita' },
      ],
      [get('/Users/{rita}'), { status: 200, body: kept(RITA) }],
      [put('/Users/{rita}', { ...RITA, title: 'Lead' }), { status: 200, body: { ...kept(RITA), title: 'Lead' } }],
      [
        patch('/Users/{rita}', { op: 'replace', path: 'title', value: 'Head' }),
        { status: 200, contains: { title: 'Head' } },
      ],
      [remove('/Users/{rita}'), { status: 204 }],
      [get('/Users/{rita}'), { status: 404, error: null }],
    ],
  }),
  says(WHAT, 'roles are kept as they are sent', {
    given,
    steps: [
      [
        update('rita', { ...RITA, roles: [{ value: 'editor', type: 'work', primary: true }, { value: 'viewer' }] }),
        { status: 200, contains: { roles: [{ value: 'editor', type: 'work', primary: true }, { value: 'viewer' }] } },
      ],
      [
        patch('/Users/{rita}', { op: 'remove', path: 'roles', value: [{ value: 'viewer' }] }),
        { status: 200, contains: { roles: [{ value: 'editor', type: 'work', primary: true }] } },
      ],
      [
        patch('/Users/{rita}', { op: 'remove', path: 'roles[value eq "viewer"]' }),
        { status: 200, contains: { roles: [{ value: 'editor', type: 'work', primary: true }] }, events: [] },
      ],
    ],
  }),
  says(
    'When a new employee joins the company, their user account can be provisioned automatically across all relevant applications using SCIM’s RESTful API.',
    'the answer says where the account is',
    {
      steps: [
        [create(RITA), { status: 201, headers: { location: /\/Users\/tea_\w+$/ }, as: 'rita' }],
        [
          get('/Users/{rita}'),
          { status: 200, contains: { meta: { location: '{rita.location}', resourceType: 'User' } } },
        ],
        [app('GET', '/teammates/{rita}'), { status: 200, contains: { state: 'active' } }],
      ],
    },
  ),
  says(LEAVES, 'leaves: blocked, and free for somebody else', {
    settings: { seats: 2 },
    given,
    steps: [
      [OIN.setActive('rita', RITA, false), { status: 200, events: ['teammate.blocked'] }],
      [create(profile('mei.lin@navy.example')), { status: 201 }],
    ],
  }),
  says(LEAVES, 'changes roles: what SCIM sends is shown, what the app gave stays', {
    given,
    steps: [
      [
        update('rita', { ...RITA, title: 'Lead', roles: [{ value: 'lead' }] }),
        { status: 200, contains: { title: 'Lead', roles: [{ value: 'lead' }] }, events: ['teammate.updated'] },
      ],
      [app('GET', '/teammates/{rita}'), { status: 200, contains: { role: 'teammate' } }],
    ],
  }),
  says(LEAVES, 'joins a new group: the user and the group say so', {
    given,
    groups: { ...pushed('rita'), other: { displayName: 'Sales' } },
    steps: [
      [
        OIN.changeMembers('other', 'Sales', { added: ['rita'] }),
        { status: 204, group: group('Sales', 'rita'), events: ['group.members_added'] },
      ],
      [get('/Users/{rita}'), { status: 200, contains: { groups: [{ value: '{team}' }, { value: '{other}' }] } }],
    ],
  }),
  says(REVOKED, 'sessions from before are invalid from that moment', {
    given,
    steps: [
      [OIN.setActive('rita', RITA, false), { status: 200 }],
      [
        app('GET', '/teammates/{rita}'),
        { status: 200, contains: { state: 'blocked' }, matches: { sessions_invalid_before: /^2/ } },
      ],
    ],
  }),
  says(
    'Provisioning is currently available by request, so speak with Frontegg to enable it for your customers.',
    'until then 403 says so',
    {
      settings: { plan: 'starter' },
      steps: [
        [probe(), { status: 403, error: null, detail: /plan does not include "scim"/ }],
        [app('PATCH', '', { entitlements: ['scim', 'group_sync'] }), { status: 200 }],
        [probe(), NOBODY],
        [get('/Groups', OKTA), NOBODY],
      ],
    },
  ),
];

const capabilities = (okta) => [
  says('Provisioning of Users', 'looked up, then created', {
    steps: [
      [lookUp(RITA.userName), NOBODY],
      [create(RITA), { status: 201, body: kept(RITA), events: ['teammate.created'] }],
    ],
  }),
  says('Updating User Details', 'the new ones are kept, and the same again is no change', {
    given,
    steps: [
      [
        update('rita', { ...RITA, nickName: 'Ri' }),
        { status: 200, contains: { nickName: 'Ri' }, events: ['teammate.updated'] },
      ],
      [update('rita', { ...RITA, nickName: 'Ri' }), { status: 200, events: [] }],
      [
        okta.setActive('rita', { ...RITA, nickName: 'Ri' }, true),
        { status: 200, contains: { nickName: 'Ri' }, events: [] },
      ],
    ],
  }),
  says('De-provisioning of Users', 'blocked, and none else', {
    given,
    steps: [
      [okta.setActive('rita', RITA, false), { status: 200, contains: { active: false }, events: ['teammate.blocked'] }],
      [app('GET', '/teammates?state=active'), { status: 200, contains: { results: [{ id: '{ken}' }] } }],
    ],
  }),
  says('Provisioning of Groups', 'looked up, created without members, read', {
    steps: [
      [lookUpGroup('Support'), NOBODY],
      [
        createGroup('Support'),
        {
          status: 201,
          body: { schemas: [GROUP], displayName: 'Support', members: [] },
          events: ['group.created'],
          as: 'team',
        },
      ],
      [get('/Groups/{team}', OKTA), { status: 200, group: group('Support') }],
    ],
  }),
  says('Updating Group Details', 'another name, the same group', {
    given,
    groups: pushed('rita'),
    steps: [
      [
        okta.renameGroup('team', 'Help', ['rita']),
        { status: okta.changed, group: group('Help', 'rita'), events: ['group.renamed'] },
      ],
      [lookUpGroup('Help'), { status: 200, list: ['team'] }],
      [lookUpGroup('Support'), NOBODY],
    ],
  }),
  says('Assigning Users to Groups', 'one after the other, and all at once', {
    given,
    groups: pushed(),
    steps: [
      [
        okta.changeMembers('team', 'Support', { members: ['rita'], added: ['rita'] }),
        { status: okta.changed, group: group('Support', 'rita'), events: ['group.members_added'] },
      ],
      [
        okta.pushMembers('team', 'Support', ['rita', 'ken']),
        { status: okta.changed, group: group('Support', 'rita', 'ken') },
      ],
    ],
  }),
  says('Un-assigning Users from Groups', 'one, then all', {
    given,
    groups: pushed('rita', 'ken'),
    steps: [
      [
        okta.changeMembers('team', 'Support', { members: ['ken'], removed: ['rita'] }),
        { status: okta.changed, group: group('Support', 'ken'), events: ['group.members_removed'] },
      ],
      [
        okta.changeMembers('team', 'Support', { members: ['ken'], removed: ['rita'] }),
        { status: okta.changed, group: group('Support', 'ken'), events: [] },
      ],
      [
        okta.pushMembers('team', 'Support', []),
        { status: okta.changed, group: group('Support'), events: ['group.members_removed'] },
      ],
    ],
  }),
  says('Un-assigning Users from Groups', 'also one who is away, who is no member when back', {
    given,
    groups: pushed('rita', 'ken'),
    steps: [
      [remove('/Users/{rita}', OKTA), { status: 204 }],
      [
        okta.changeMembers('team', 'Support', { members: ['ken'], removed: ['rita'] }),
        { status: okta.changed, group: group('Support', 'ken'), events: ['group.members_removed'] },
      ],
      [create(RITA), { status: 201, contains: { id: '{rita}' }, absent: ['groups'] }],
    ],
  }),
  says('De-provisioning of Groups', 'gone, its members still there', {
    given,
    groups: pushed('rita'),
    steps: [
      [remove('/Groups/{team}', OKTA), { status: 204, group: null, events: ['group.deleted'] }],
      [okta.pushMembers('team', 'Support', ['ken']), { status: 404, error: null }],
      [get('/Users/{rita}', OKTA), { status: 200, body: kept(RITA) }],
    ],
  }),
];

const HEADER =
  'Change the "Authentication Mode" to "HTTP Header". Paste the Authorization Token in the field provided.';
const UNIQUE = 'Change "Unique identifier field for users" to email';
const NAMELESS = { ...RITA, emails: undefined };

const withOkta = [
  says('Enter a connection name, and choose their provider from the list', 'it has both', {
    steps: [
      ...['okta', 'entra', 'custom'].map((provider) => [
        app('POST', '/connections', { provider, name: `Navy ${provider}` }),
        { status: 201, contains: { provider, name: `Navy ${provider}`, status: 'waiting' } },
      ]),
      [app('POST', '/connections', { provider: 'none of the list', name: 'Navy' }), { status: 400 }],
    ],
  }),
  says('Copy the authorization token', 'one for the connection, which it lets in there alone', {
    steps: [
      [app('POST', '/connections', { provider: 'okta', name: 'Navy' }), { status: 201, as: 'navy' }],
      [
        app('POST', '/tokens', { name: 'Navy', scopes: ['provisioning'], connection_id: '{navy}' }),
        { status: 201, matches: { token: /^rc_/ }, as: 'key' },
      ],
      [{ ...probe(), token: '{key.token}', base: '/scim/{navy}/v2' }, NOBODY],
      [
        { ...probe(), token: '{key.token}', base: '/scim/{connection}/v2' },
        { status: 401, error: null },
      ],
    ],
  }),
  ...[
    ['with the "Bearer" that Okta prints in front', 'Bearer {token}'],
    ['alone, where the admin fills in the whole header', '{token}'],
    ['with "Bearer" twice, where both did', 'Bearer Bearer {token}'],
  ].map(([seen, authorization]) =>
    says(HEADER, seen, {
      given,
      steps: [
        [
          { ...probe({ authorization }), token: null },
          { status: 200, list: ['rita', 'ken'] },
        ],
        [
          { ...probe({ authorization: `${authorization}x` }), token: null },
          { status: 401, error: null },
        ],
      ],
    }),
  ),
  says(UNIQUE, 'looked up by it, created, and found by it from then on', {
    steps: [
      [lookUp(RITA.userName, 'email'), NOBODY],
      [create(RITA), { status: 201, as: 'rita' }],
      [lookUp(RITA.userName, 'email'), { status: 200, list: ['rita'] }],
      [lookUp('RITA.Ito@NAVY.example', 'email'), { status: 200, list: ['rita'] }],
      [get('/Users/{rita}', OKTA), { status: 200, body: kept(RITA) }],
      [update('rita', RITA), { status: 200, contains: { id: '{rita}' } }],
    ],
  }),
  says(UNIQUE, 'found by any e-mail that it has, blocked as well', {
    given: {
      ken: KEN,
      rita: { ...RITA, emails: [...RITA.emails, { value: 'rita@home.example', type: 'home' }], active: false },
    },
    steps: [
      [
        lookUp('rita@home.example', 'email'),
        { status: 200, list: ['rita'], contains: { Resources: [{ active: false }] } },
      ],
      [lookUp('rita@home.example', 'emails'), { status: 200, list: ['rita'] }],
      [lookUp('rita@home.example', 'emails.value'), { status: 200, list: ['rita'] }],
      [update('rita', RITA), { status: 200, contains: { id: '{rita}', active: true } }],
    ],
  }),
  says(UNIQUE, 'who has no e-mail is found by the userName', {
    given: { ken: KEN, rita: NAMELESS },
    steps: [
      [lookUp(RITA.userName, 'email'), { status: 200, list: ['rita'] }],
      [lookUp('nobody@navy.example', 'email'), NOBODY],
    ],
  }),
  says(UNIQUE, 'a teammate whom the app made is linked by it', {
    steps: [
      [app('POST', '/teammates', { user_name: 'rita', email: RITA.userName }), { status: 201, as: 'rita' }],
      [lookUp(RITA.userName, 'email'), { status: 200, list: ['rita'] }],
      [get('/Users/{rita}', OKTA), { status: 200 }],
      [update('rita', RITA), { status: 200, contains: { id: '{rita}', userName: RITA.userName } }],
    ],
  }),
  says('Click "Test API Credentials" to ensure it\'s set up correctly', 'whole numbers; wrong ones are 401', {
    steps: [
      [probe(), { ...NOBODY, number: ['totalResults', 'startIndex', 'itemsPerPage'] }],
      [
        { ...probe(), token: 'rc_wrong' },
        { status: 401, error: null },
      ],
    ],
  }),
  says(
    'When your customer returns to your app, they should now see that they have a linked SCIM connection and that their account has started importing users from their IdP.',
    'the connection is heard of, the people are there',
    {
      steps: [
        [app('GET', '/connections/{connection}'), { status: 200, contains: { status: 'waiting', last_seen_at: null } }],
        [probe(), NOBODY],
        [create(RITA), { status: 201, as: 'rita' }],
        [app('GET', '/connections/{connection}'), { status: 200, contains: { status: 'connected' }, eventually: true }],
        [app('GET', '/teammates'), { status: 200, contains: { results: [{ id: '{rita}', origin: 'scim' }] } }],
      ],
    },
  ),
];

export default {
  idp: 'Seed: Frontegg and Okta',
  cases: atBothEndpoints([...standard, ...byBothApps(capabilities), ...withOkta]),
};
