// The seed "Okta Directory (SCIM Provisioning)" of Scalekit, sentence by sentence: pushed groups.

import { app, get, patch, remove } from '../support/dialect-cases.mjs';
import { OIN, OKTA, byBothApps, create, createGroup, lookUpGroup, profile } from '../support/okta-wire.mjs';
import { GROUP } from '../support/scim.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Scalekit, Okta Directory (SCIM Provisioning)');

const STEVE = profile('steve.rogers@navy.example');
const NAT = profile('natasha.romanoff@navy.example');
const given = { steve: STEVE, nat: NAT };
const avengers = (...members) => ({ displayName: 'Avengers', members });
const pushed = (...members) => ({
  team: { displayName: 'Avengers', members: members.map((one) => ({ value: `{${one}}` })) },
});

const FIND = 'From the "Push Groups" dropdown, select "Find groups by name."';
const IMMEDIATELY = 'Ensure the "Push Immediately" box is checked.';
const TIP =
  'Okta recommends using separate groups for push groups and group assignments to ensure accurate membership reflection. Without this separation, manual group pushes may be required for membership changes.';
const RENAMED = 'Search for and select the group you want to push.';

const pushing = (okta) => [
  says(FIND, 'none of that name: an empty list, and it is created', {
    given,
    steps: [
      [lookUpGroup('Avengers'), { status: 200, list: [] }],
      [
        createGroup('Avengers'),
        {
          status: 201,
          body: { schemas: [GROUP], displayName: 'Avengers', members: [] },
          events: ['group.created'],
          as: 'team',
        },
      ],
      [
        okta.pushMembers('team', 'Avengers', ['steve']),
        { status: okta.changed, group: avengers('steve'), events: ['group.members_added'] },
      ],
    ],
  }),
  says(FIND, 'one that the app has made is found in any letters and linked: same id, its members those of the push', {
    given,
    appGroups: { team: { display_name: 'Avengers', members: ['{nat}'] } },
    steps: [
      [lookUpGroup('AVENGERS'), { status: 200, list: ['team'] }],
      [
        okta.pushMembers('team', 'Avengers', ['steve']),
        { status: okta.changed, group: avengers('steve'), events: ['group.adopted'] },
      ],
      [app('GET', '/groups/{team}'), { status: 200, contains: { idp_managed: true } }],
      [app('PATCH', '/groups/{team}', { display_name: 'Ours' }), { status: 409 }],
    ],
  }),
  says(FIND, 'a name that one has already is 409 with the way there', {
    groups: pushed(),
    steps: [
      [
        createGroup('avengers'),
        { status: 409, error: 'uniqueness', headers: { location: '{team.location}' }, events: [] },
      ],
    ],
  }),
  says(IMMEDIATELY, 'the members of the group and no others, none as well', {
    given,
    groups: pushed('steve'),
    steps: [
      [okta.pushMembers('team', 'Avengers', ['nat']), { status: okta.changed, group: avengers('nat') }],
      [
        okta.pushMembers('team', 'Avengers', ['steve', 'nat']),
        { status: okta.changed, group: avengers('steve', 'nat'), events: ['group.members_added'] },
      ],
      [
        okta.pushMembers('team', 'Avengers', ['steve', 'nat']),
        { status: okta.changed, group: avengers('steve', 'nat'), events: [] },
      ],
      [
        okta.pushMembers('team', 'Avengers', []),
        { status: okta.changed, group: avengers(), events: ['group.members_removed'] },
      ],
    ],
  }),
  says('To push groups and sync group membership:', 'who comes and goes in one request', {
    given,
    groups: pushed('steve'),
    steps: [
      [
        okta.changeMembers('team', 'Avengers', { members: ['nat'], added: ['nat'], removed: ['steve'] }),
        { status: okta.changed, group: avengers('nat') },
      ],
      [get('/Users/{nat}', OKTA), { status: 200, contains: { groups: [{ value: '{team}', display: 'Avengers' }] } }],
      [get('/Users/{steve}', OKTA), { status: 200, absent: ['groups'] }],
    ],
  }),
  says(RENAMED, 'a new name in Okta: found by it, the old one free, and said again no conflict', {
    given,
    groups: pushed('steve'),
    steps: [
      [
        okta.renameGroup('team', 'Heroes', ['steve']),
        { status: okta.changed, group: { displayName: 'Heroes', members: ['steve'] }, events: ['group.renamed'] },
      ],
      [lookUpGroup('Heroes'), { status: 200, list: ['team'] }],
      [lookUpGroup('Avengers'), { status: 200, list: [] }],
      [
        okta.renameGroup('team', 'Heroes', ['steve']),
        { status: okta.changed, group: { displayName: 'Heroes', members: ['steve'] }, events: [] },
      ],
      [
        okta.renameGroup('team', 'HEROES', ['steve']),
        { status: okta.changed, group: { displayName: 'HEROES', members: ['steve'] } },
      ],
      [createGroup('Avengers'), { status: 201 }],
    ],
  }),
  says(TIP, 'a manual push takes out who was left in, also one who is away', {
    given,
    groups: pushed('steve', 'nat'),
    steps: [
      [remove('/Users/{steve}', OKTA), { status: 204 }],
      [
        okta.pushMembers('team', 'Avengers', ['nat']),
        { status: okta.changed, group: avengers('nat'), events: ['group.members_removed'] },
      ],
      [create(STEVE), { status: 201, contains: { id: '{steve}' }, absent: ['groups'] }],
      [get('/Groups/{team}', OKTA), { status: 200, group: avengers('nat') }],
    ],
  }),
  says(TIP, 'one who is not assigned is unknown: 400 that lists the id, and nothing of the push is done', {
    given,
    groups: pushed('steve'),
    steps: [
      [
        okta.pushMembers('team', 'Avengers', ['nat', 'team']),
        { status: 400, error: 'invalidValue', detail: /grp_/, group: avengers('steve'), events: [] },
      ],
    ],
  }),
  says(TIP, 'one who is deactivated stays a member, and is one again', {
    given,
    groups: pushed('steve', 'nat'),
    steps: [
      [okta.setActive('steve', STEVE, false), { status: 200 }],
      [get('/Groups/{team}', OKTA), { status: 200, group: avengers('steve', 'nat') }],
      [okta.setActive('steve', STEVE, true), { status: 200, contains: { groups: [{ value: '{team}' }] } }],
    ],
  }),
];

const unlinking = [
  says(
    'Navigate to the "Push Groups" tab.',
    'unlinked there and deleted here, it comes back with the next push of its name',
    {
      given,
      groups: pushed('steve'),
      steps: [
        [remove('/Groups/{team}', OKTA), { status: 204, group: null, events: ['group.deleted'] }],
        [lookUpGroup('Avengers'), { status: 200, list: [] }],
        [createGroup('Avengers'), { status: 201, contains: { id: '{team}' }, group: avengers() }],
        [OIN.pushMembers('team', 'Avengers', ['nat']), { status: 204, group: avengers('nat') }],
      ],
    },
  ),
  says(
    'Navigate to the "Push Groups" tab.',
    'unlinked there and left here, Okta says nothing, and the app can release it',
    {
      given,
      groups: pushed('steve'),
      steps: [
        [app('PATCH', '/groups/{team}', { display_name: 'Ours' }), { status: 409 }],
        [
          app('PATCH', '/groups/{team}', { idp_managed: false }),
          { status: 200, contains: { idp_managed: false, member_count: 1 } },
        ],
        [app('PATCH', '/groups/{team}', { display_name: 'Ours' }), { status: 200, contains: { display_name: 'Ours' } }],
        [app('PATCH', '/groups/{team}/members', { add: ['{nat}'] }), { status: 200, contains: { member_count: 2 } }],
        [
          OIN.pushMembers('team', 'Ours', ['steve']),
          { status: 204, group: { displayName: 'Ours', members: ['steve'] } },
        ],
        [app('GET', '/groups/{team}'), { status: 200, contains: { idp_managed: true } }],
      ],
    },
  ),
  says(IMMEDIATELY, 'a push without the path of the members', {
    given,
    groups: pushed('steve'),
    steps: [
      [
        patch('/Groups/{team}', { op: 'replace', value: { members: [{ value: '{nat}' }] } }),
        { status: 204, group: avengers('nat') },
      ],
    ],
  }),
  says(FIND, 'a name is the same in full width, with blanks at its ends, and with what can’t be seen', {
    given,
    appGroups: { team: { display_name: 'Avengers', members: ['{nat}'] } },
    steps: [
      [lookUpGroup('\uff21vengers'), { status: 200, list: ['team'] }],
      [lookUpGroup(' Aven\u200bgers '), { status: 200, list: ['team'] }],
      [
        createGroup('\uff21VENGERS'),
        { status: 201, contains: { id: '{team}' }, group: { displayName: '\uff21VENGERS', members: ['nat'] } },
      ],
    ],
  }),
];

export default {
  idp: 'Seed: Scalekit and Okta, groups',
  cases: atBothEndpoints([...byBothApps(pushing), ...unlinking]),
};
