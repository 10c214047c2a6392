// The seed "User provisioning with Microsoft Entra ID" of Front, sentence by sentence: groups (its Part 5). Their
// descriptions are in seed-front-entra-description.mjs.

import { app, get, patch, query, remove } from '../support/dialect-cases.mjs';
import { create, createGroup, lookUpGroup, person, withAndWithoutFlag } from '../support/entra-wire.mjs';
import { GROUP } from '../support/scim.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Front, User provisioning with Microsoft Entra ID');

const LINUS = person('linus.pauling@contoso.example');
const MARIE = person('marie.curie@contoso.example');
const given = { linus: LINUS, marie: MARIE };
const OBJECT_ID = '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159';
const OTHER_ID = '9bb2b1d1-d5d4-4cd1-c5b6-3fa787a11260';
const OFF = { status: 403, error: null, detail: /"Teammate group sync".*group_sync_enabled/ };

const squad = (...members) => ({ displayName: 'Support', externalId: OBJECT_ID, members });
const pushed = (...members) => ({
  squad: { displayName: 'Support', externalId: OBJECT_ID, members: members.map((one) => ({ value: `{${one}}` })) },
});
const appGroup = { squad: { display_name: 'Support', members: ['{linus}', '{marie}'] } };
const unconfirmed = (...names) => [
  app('GET', '/groups/{squad}/members?confirmed=false'),
  { status: 200, contains: { results: names.map((name) => ({ id: `{${name}}` })) } },
];

const CHECK_FIRST =
  'If you are pushing an Microsoft Entra ID group to sync with an existing teammate group in Front, you must first check that all members of the teammate group in Front are also members of the corresponding Microsoft Entra ID group.';
const IN_SYNC = 'This ensures that the group members will stay fully in sync following the initial override.';
const SWITCH = 'Toggle on Enable Teammate Group Sync from your Identity Provider.';
const ACTIONS = 'Target object actions: Create, Update, Delete';
const SAME_NAME =
  'If there already exists a teammate group in Front with the same name, that teammate group will now be synced to the Microsoft Entra ID group and will become an IdP-managed group in Front.';

/** Whoever is taken out while away is out when back: `takeOut` is sent between. */
const takenOutWhileAway = (seen, away, takeOut, back) =>
  says(IN_SYNC, `who is taken out while away is no member when back: ${seen}`, {
    given,
    groups: pushed('linus', 'marie'),
    steps: [
      away,
      [
        takeOut,
        { status: takeOut.method === 'PUT' ? 200 : 204, group: squad('marie'), events: ['group.members_removed'] },
      ],
      back,
      [get('/Groups/{squad}'), { status: 200, group: squad('marie') }],
      [get('/Users/{linus}'), { status: 200, absent: ['groups'] }],
      [app('GET', '/groups/{squad}'), { status: 200, contains: { member_count: 1 } }],
    ],
  });
const DELETED = [remove('/Users/{linus}'), { status: 204 }];
const CREATED = [create(LINUS), { status: 201, contains: { id: '{linus}' } }];

const syncing = (entra) => [
  says(
    'Sync Microsoft Entra ID groups to teammate groups in Front.',
    'matched by its object id as well, letter by letter',
    {
      given,
      groups: pushed('linus'),
      steps: [
        [
          query('/Groups', { excludedAttributes: 'members', filter: `externalId eq "${OBJECT_ID}"` }),
          { status: 200, list: ['squad'] },
        ],
        [
          query('/Groups', { excludedAttributes: 'members', filter: `externalId eq "${OTHER_ID}"` }),
          { status: 200, list: [] },
        ],
        [
          get('/Groups/{squad}?excludedAttributes=members'),
          { status: 200, body: { schemas: [GROUP], externalId: OBJECT_ID, displayName: 'Support' } },
        ],
      ],
    },
  ),
  says(SWITCH, 'off at first: writes are 403 that names it, reads answer', {
    settings: { group_sync_enabled: undefined },
    given,
    appGroups: appGroup,
    steps: [
      [lookUpGroup('Support'), { status: 200, list: ['squad'] }],
      [createGroup('Sales', OTHER_ID), { ...OFF, events: [] }],
      [entra.addMembers('squad', 'marie'), OFF],
      [entra.change('/Groups/{squad}', { displayName: 'Help' }), OFF],
      [remove('/Groups/{squad}'), OFF],
      [app('PATCH', '', { group_sync_enabled: true }), { status: 200 }],
      [createGroup('Sales', OTHER_ID), { status: 201, events: ['group.created'] }],
    ],
  }),
  says(SWITCH, 'off again, the groups are the app’s with their members; on again, they are linked', {
    given,
    groups: pushed('linus'),
    steps: [
      [app('PATCH', '', { group_sync_enabled: false }), { status: 200 }],
      [app('GET', '/groups/{squad}'), { status: 200, contains: { idp_managed: false, member_count: 1 } }],
      [entra.addMembers('squad', 'marie'), OFF],
      [app('PATCH', '/groups/{squad}', { description: 'First line' }), { status: 200 }],
      [app('PATCH', '', { group_sync_enabled: true }), { status: 200 }],
      [app('GET', '/groups/{squad}'), { status: 200, contains: { idp_managed: true, member_count: 1 } }],
      [
        entra.addMembers('squad', 'marie'),
        {
          status: 204,
          group: { ...squad('linus', 'marie'), description: 'First line' },
          events: ['group.members_added'],
        },
      ],
    ],
  }),
  says(`${ACTIONS}: Create`, 'looked up without members, and created without', {
    given,
    steps: [
      [lookUpGroup('Support'), { status: 200, list: [] }],
      [
        createGroup('Support', OBJECT_ID),
        {
          status: 201,
          body: { schemas: [GROUP], externalId: OBJECT_ID, displayName: 'Support', members: [] },
          headers: { location: /v2\/Groups\/grp_\w+$/ },
          events: ['group.created'],
          as: 'squad',
        },
      ],
      [lookUpGroup('Support'), { status: 200, list: ['squad'], absent: ['Resources.0.members'] }],
    ],
  }),
  says(`${ACTIONS}: Update`, 'members come and go one by one, and once more does no harm', {
    given,
    groups: pushed(),
    steps: [
      [entra.addMembers('squad', 'linus'), { status: 204, group: squad('linus'), events: ['group.members_added'] }],
      [
        entra.addMembers('squad', 'linus', 'marie'),
        { status: 204, group: squad('linus', 'marie'), events: ['group.members_added'] },
      ],
      [entra.addMembers('squad', 'marie'), { status: 204, group: squad('linus', 'marie'), events: [] }],
      [
        entra.removeMembers('squad', 'linus'),
        { status: 204, group: squad('marie'), events: ['group.members_removed'] },
      ],
      [entra.removeMembers('squad', 'linus'), { status: 204, group: squad('marie'), events: [] }],
      [
        entra.removeMembers('squad', 'linus', 'marie'),
        { status: 204, group: squad(), events: ['group.members_removed'] },
      ],
    ],
  }),
  says(`${ACTIONS}: Update`, 'a new name keeps the id, the members, and frees the old one', {
    given,
    groups: pushed('linus'),
    steps: [
      [
        entra.change('/Groups/{squad}', { displayName: 'Help' }),
        { status: 204, group: { ...squad('linus'), displayName: 'Help' }, events: ['group.renamed'] },
      ],
      [lookUpGroup('Help'), { status: 200, list: ['squad'] }],
      [lookUpGroup('Support'), { status: 200, list: [] }],
      [createGroup('Support', OTHER_ID), { status: 201, events: ['group.created'] }],
      [createGroup('help', OTHER_ID), { status: 409, error: 'uniqueness', events: [] }],
    ],
  }),
  says(`${ACTIONS}: Update`, 'members who are unknown are 400 that lists them, and nobody is added', {
    given,
    groups: pushed(),
    steps: [
      [
        patch('/Groups/{squad}', { op: 'Add', path: 'members', value: [{ value: '{linus}' }, { value: OTHER_ID }] }),
        { status: 400, error: 'invalidValue', detail: new RegExp(OTHER_ID), group: squad(), events: [] },
      ],
    ],
  }),
  says(`${ACTIONS}: Delete`, 'gone from SCIM and from the list of the app, which can restore it with its members', {
    given,
    groups: pushed('linus'),
    steps: [
      [remove('/Groups/{squad}'), { status: 204, group: null, events: ['group.deleted'] }],
      [lookUpGroup('Support'), { status: 200, list: [] }],
      [app('GET', '/groups'), { status: 200, contains: { results: [] } }],
      [app('POST', '/groups/{squad}/restore'), { status: 200, contains: { member_count: 1 } }],
      [get('/Groups/{squad}'), { status: 200, group: squad('linus') }],
    ],
  }),
  says(`${ACTIONS}: Create`, 'after a Delete it is the same group, with the members of the push alone', {
    given,
    groups: pushed('linus'),
    steps: [
      [remove('/Groups/{squad}'), { status: 204, group: null }],
      [lookUpGroup('Support'), { status: 200, list: [] }],
      [
        createGroup('SUPPORT', OTHER_ID),
        {
          status: 201,
          contains: { id: '{squad}' },
          group: { displayName: 'SUPPORT', externalId: OTHER_ID, members: [] },
        },
      ],
      [
        entra.addMembers('squad', 'marie'),
        { status: 204, group: { displayName: 'SUPPORT', externalId: OTHER_ID, members: ['marie'] } },
      ],
      [app('GET', '/groups/{squad}'), { status: 200, contains: { idp_managed: true, member_count: 1 } }],
    ],
  }),
  says(
    'Any groups assigned to the Front application will not only provision access to Front for the members of that group, but will also push the Microsoft Entra ID group to Front as a teammate group.',
    'the people, the group, the members',
    {
      steps: [
        [create(LINUS), { status: 201, as: 'linus', events: ['teammate.created'] }],
        [create(MARIE), { status: 201, as: 'marie', events: ['teammate.created'] }],
        [createGroup('Support', OBJECT_ID), { status: 201, as: 'squad', events: ['group.created'] }],
        [
          entra.addMembers('squad', 'linus', 'marie'),
          { status: 204, group: squad('linus', 'marie'), events: ['group.members_added'] },
        ],
        [
          get('/Users/{linus}'),
          { status: 200, contains: { active: true, groups: [{ value: '{squad}', display: 'Support' }] } },
        ],
        [
          app('GET', '/groups'),
          { status: 200, contains: { results: [{ id: '{squad}', idp_managed: true, member_count: 2 }] } },
        ],
      ],
    },
  ),
  says(SAME_NAME, 'a push of its name adopts it: the same id, from then on the identity provider’s', {
    given,
    appGroups: appGroup,
    steps: [
      [app('PATCH', '/groups/{squad}', { description: 'First line' }), { status: 200 }],
      [
        createGroup(' SUPPORT', OBJECT_ID),
        {
          status: 201,
          contains: { id: '{squad}' },
          group: {
            displayName: ' SUPPORT',
            externalId: OBJECT_ID,
            description: 'First line',
            members: ['linus', 'marie'],
          },
          events: ['group.adopted'],
        },
      ],
      [app('GET', '/groups/{squad}'), { status: 200, contains: { idp_managed: true } }],
      [app('PATCH', '/groups/{squad}', { display_name: 'Ours' }), { status: 409 }],
      [app('PATCH', '/groups/{squad}/members', { remove: ['{linus}'] }), { status: 409 }],
      [app('DELETE', '/groups/{squad}'), { status: 409 }],
      [
        app('PATCH', '/groups/{squad}', { description: 'Second line' }),
        { status: 200, contains: { description: 'Second line' } },
      ],
      [createGroup('support', OTHER_ID), { status: 409, error: 'uniqueness' }],
    ],
  }),
  says(SAME_NAME, 'found by the look-up, the first write to it adopts it just so', {
    given,
    appGroups: { squad: { display_name: 'Support', members: ['{linus}'] } },
    steps: [
      [lookUpGroup('Support'), { status: 200, list: ['squad'] }],
      [
        entra.change('/Groups/{squad}', { externalId: OBJECT_ID }),
        { status: 204, group: squad('linus'), events: ['group.adopted'] },
      ],
      [entra.addMembers('squad', 'marie'), { status: 204, group: squad('linus', 'marie') }],
      [app('GET', '/groups/{squad}'), { status: 200, contains: { idp_managed: true, unconfirmed_members: 1 } }],
    ],
  }),
  says(SAME_NAME, 'its old members can be had back', {
    given,
    appGroups: appGroup,
    steps: [
      [createGroup('Support', OBJECT_ID), { status: 201 }],
      [entra.removeMembers('squad', 'marie'), { status: 204, group: squad('linus') }],
      [
        app('POST', '/groups/{squad}/undo_adoption'),
        { status: 200, contains: { idp_managed: false, member_count: 2 } },
      ],
    ],
  }),
  says(
    'Otherwise, a new teammate group will be created in Front synced to the Microsoft Entra ID group.',
    'beside those that have other names',
    {
      given,
      appGroups: { other: { display_name: 'Support squad', members: ['{linus}'] } },
      steps: [
        [createGroup('Support', OBJECT_ID), { status: 201, group: squad(), events: ['group.created'], as: 'squad' }],
        [app('GET', '/groups/{squad}'), { status: 200, contains: { idp_managed: true } }],
        [app('GET', '/groups/{other}'), { status: 200, contains: { idp_managed: false, member_count: 1 } }],
      ],
    },
  ),
  says(CHECK_FIRST, 'who is not stays, unconfirmed, and can be dropped', {
    given,
    appGroups: appGroup,
    steps: [
      [createGroup('Support', OBJECT_ID), { status: 201, group: squad('linus', 'marie') }],
      unconfirmed('linus', 'marie'),
      [entra.addMembers('squad', 'linus'), { status: 204, group: squad('linus', 'marie') }],
      unconfirmed('marie'),
      [
        app('POST', '/groups/{squad}/members/drop_unconfirmed'),
        { status: 200, contains: { member_count: 1, unconfirmed_members: 0 } },
      ],
      [get('/Groups/{squad}'), { status: 200, group: squad('linus') }],
    ],
  }),
  says(
    'It is fine if there are members of the Microsoft Entra ID group who do not already belong to the Front teammate group.',
    'they come in',
    {
      given,
      appGroups: { squad: { display_name: 'Support', members: ['{linus}'] } },
      steps: [
        [createGroup('Support', OBJECT_ID), { status: 201, group: squad('linus') }],
        [entra.addMembers('squad', 'linus', 'marie'), { status: 204, group: squad('linus', 'marie') }],
        unconfirmed(),
      ],
    },
  ),
  takenOutWhileAway('deleted, created again', DELETED, entra.removeMembers('squad', 'linus'), CREATED),
  takenOutWhileAway(
    'blocked, active again',
    [entra.change('/Users/{linus}', { active: false }), { status: 200 }],
    entra.removeMembers('squad', 'linus'),
    [entra.change('/Users/{linus}', { active: true }), { status: 200 }],
  ),
  takenOutWhileAway(
    'by a list that lacks them',
    DELETED,
    patch('/Groups/{squad}', { op: 'Replace', path: 'members', value: [{ value: '{marie}' }] }),
    CREATED,
  ),
  says(IN_SYNC, 'who is away and is taken out with all others is no member when back', {
    given,
    groups: pushed('linus', 'marie'),
    steps: [
      DELETED,
      [
        patch('/Groups/{squad}', { op: 'Remove', path: 'members' }),
        { status: 204, group: squad(), events: ['group.members_removed'] },
      ],
      CREATED,
      [get('/Groups/{squad}'), { status: 200, group: squad() }],
    ],
  }),
  says(IN_SYNC, 'who is away and is left in is a member again when back', {
    given,
    groups: pushed('linus', 'marie'),
    steps: [
      DELETED,
      [get('/Groups/{squad}'), { status: 200, group: squad('marie') }],
      [entra.removeMembers('squad', 'marie'), { status: 204, group: squad() }],
      CREATED,
      [get('/Groups/{squad}'), { status: 200, group: squad('linus') }],
    ],
  }),
];

export default {
  idp: 'Seed: Front and Entra, groups',
  cases: atBothEndpoints(withAndWithoutFlag(syncing)),
};
