// The seed "User provisioning with Microsoft Entra ID" of Front, sentence by sentence: those who go and come back, and
// the price (its end).

import { app, get, patch, put, remove } from '../support/dialect-cases.mjs';
import { create, kept, lookUp, person, testConnection, withAndWithoutFlag } from '../support/entra-wire.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Front, User provisioning with Microsoft Entra ID');

const LINUS = person('linus.pauling@contoso.example');
const MARIE = person('marie.curie@contoso.example');
const given = { linus: LINUS };
const NOBODY = { status: 200, list: [] };

// Whom Entra soft-deletes it renames: the object id's 32 digits come before the old name.
const DELETED_NAME = `283405f5a1b24c3d8e9f0a1b2c3d4e5f${LINUS.userName}`;
const renamedTo = (userName) => ({ userName, 'emails[type eq "work"].value': userName });
const BLOCKED_WITH_ITS_NAME = {
  status: 200,
  contains: { userName: LINUS.userName, emails: LINUS.emails, active: false },
};
const inTheApp = (contains) => [app('GET', '/teammates/{linus}'), { status: 200, contains }];
const isBlocked = inTheApp({ state: 'blocked', user_name: LINUS.userName, email: LINUS.userName });

const REMOVE =
  'You can remove a user from your custom application portal in Microsoft Entra ID. This will block the teammate account in Front.';
const SOFT_DELETE =
  'This is effectively a soft delete, so the user will appear as Blocked in your instance of Front and their session will be immediately invalid once the next provisioning cycle completes.';
const GONE =
  'When you remove access to Front from Microsoft Entra ID for a specific teammate, that teammate will be blocked.';
const BACK = 'Should you re-authorize access to Front, the teammate will be unblocked automatically.';
const DELETED =
  'Microsoft Entra ID does not allow deleting via the integration, so users in Front are blocked, even if they are deleted in Microsoft Entra ID.';

const leaving = (entra) => [
  says('Automatically block users when the Microsoft Entra ID profile is suspended.', 'blocked, once', {
    given,
    steps: [
      [
        entra.change('/Users/{linus}', { active: false }),
        { status: 200, body: { ...kept(LINUS), active: false }, events: ['teammate.blocked'] },
      ],
      [entra.change('/Users/{linus}', { active: false }), { status: 200, contains: { active: false }, events: [] }],
    ],
  }),
  says(REMOVE, 'with what else Entra changes on the way', {
    given,
    steps: [
      [
        entra.change('/Users/{linus}', { active: false, displayName: 'Linus Pauling (left)' }),
        { status: 200, contains: { active: false, displayName: 'Linus Pauling (left)' }, events: ['teammate.blocked'] },
      ],
      isBlocked,
    ],
  }),
  says(REMOVE, 'though an attribute that comes with it can’t be used', {
    given: { linus: LINUS, marie: MARIE },
    steps: [
      [
        entra.change('/Users/{linus}', {
          active: false,
          userName: MARIE.userName,
          displayName: 'Linus Pauling (left)',
        }),
        {
          status: 200,
          contains: { userName: LINUS.userName, active: false, displayName: 'Linus Pauling (left)' },
          events: ['teammate.blocked'],
          note: /userName/,
        },
      ],
      [
        entra.change('/Users/{linus}', { active: false, 'emails[type eq "work"].nothing': 'x' }),
        { status: 200, contains: { active: false, emails: LINUS.emails }, note: /nothing/ },
      ],
    ],
  }),
  says(REMOVE, 'while in any other update such an attribute refuses all of it', {
    given: { linus: LINUS, marie: MARIE },
    steps: [
      [
        entra.change('/Users/{linus}', { userName: MARIE.userName, displayName: 'Nobody' }),
        { status: 409, error: 'uniqueness', events: [] },
      ],
      [get('/Users/{linus}'), { status: 200, body: kept(LINUS) }],
    ],
  }),
  says(SOFT_DELETE, 'inactive in SCIM, blocked in the app, sessions from before invalid', {
    given,
    steps: [
      [entra.change('/Users/{linus}', { active: false }), { status: 200, contains: { active: false } }],
      [lookUp(LINUS.userName), { status: 200, list: ['linus'], contains: { Resources: [{ active: false }] } }],
      [
        app('GET', '/teammates/{linus}'),
        { status: 200, contains: { state: 'blocked' }, matches: { sessions_invalid_before: /^2/ }, as: 'blocked' },
      ],
      [entra.change('/Users/{linus}', { active: true }), { status: 200, contains: { active: true } }],
      inTheApp({ state: 'active', sessions_invalid_before: '{blocked.sessions_invalid_before}' }),
    ],
  }),
  says('This user’s Front license can now be assigned to someone else.', 'and is not there for the first any more', {
    settings: { seats: 1 },
    given,
    steps: [
      [create(MARIE), { status: 403, error: null, detail: /1 of 1/, events: [] }],
      [entra.change('/Users/{linus}', { active: false }), { status: 200 }],
      [create(MARIE), { status: 201, as: 'marie' }],
      [entra.change('/Users/{linus}', { active: true }), { status: 403, error: null, detail: /1 of 1/, events: [] }],
      [entra.change('/Users/{marie}', { active: false }), { status: 200 }],
      [entra.change('/Users/{linus}', { active: true }), { status: 200, events: ['teammate.unblocked'] }],
    ],
  }),
  says(GONE, 'but for the last admin of the company, whom 403 names', {
    templates: { admins: { name: 'Admins', role: 'admin' } },
    given: { linus: { ...LINUS, roles: [{ type: 'template', value: '{admins}' }] }, marie: MARIE },
    steps: [
      [
        entra.change('/Users/{linus}', { active: false }),
        { status: 403, error: null, detail: /linus.*last active company admin/, events: [] },
      ],
      [entra.change('/Users/{marie}', { active: false }), { status: 200, events: ['teammate.blocked'] }],
    ],
  }),
  says(BACK, 'the same one, with its groups', {
    given: { linus: { ...LINUS, active: false } },
    groups: { squad: { displayName: 'Support', members: [{ value: '{linus}' }] } },
    steps: [
      [lookUp(LINUS.userName), { status: 200, list: ['linus'] }],
      [
        entra.change('/Users/{linus}', { active: true }),
        {
          status: 200,
          contains: { id: '{linus}', active: true, groups: [{ value: '{squad}' }] },
          events: ['teammate.unblocked'],
        },
      ],
      inTheApp({ state: 'active' }),
    ],
  }),
  says(BACK, 'by a create of a job that was set up anew', {
    given: { linus: { ...LINUS, active: false } },
    steps: [
      [create(LINUS), { status: 201, contains: { id: '{linus}', active: true }, events: ['teammate.unblocked'] }],
      [create(LINUS), { status: 409, error: 'uniqueness' }],
    ],
  }),
  says(BACK, 'not whom the company’s own admin blocked', {
    given,
    steps: [
      [app('POST', '/teammates/{linus}/block'), { status: 200 }],
      [entra.change('/Users/{linus}', { active: true }), { status: 403, error: null, detail: /admin/, events: [] }],
      inTheApp({ state: 'blocked' }),
    ],
  }),
  says(DELETED, 'renamed in the request that blocks: the name stays', {
    given,
    steps: [
      [
        entra.change('/Users/{linus}', { ...renamedTo(DELETED_NAME), active: false }),
        { ...BLOCKED_WITH_ITS_NAME, events: ['teammate.blocked'], note: /./ },
      ],
      isBlocked,
      [lookUp(LINUS.userName), { status: 200, list: ['linus'] }],
    ],
  }),
  says(DELETED, 'renamed in a request after the block: the name stays', {
    given,
    steps: [
      [entra.change('/Users/{linus}', { active: false }), { status: 200, events: ['teammate.blocked'] }],
      [entra.change('/Users/{linus}', renamedTo(DELETED_NAME)), { ...BLOCKED_WITH_ITS_NAME, events: [] }],
      isBlocked,
    ],
  }),
  says(DELETED, 'restored in Entra within 30 days: the same teammate', {
    given,
    steps: [
      [entra.change('/Users/{linus}', { ...renamedTo(DELETED_NAME), active: false }), { status: 200 }],
      [
        entra.change('/Users/{linus}', { ...renamedTo(LINUS.userName), active: true }),
        { status: 200, body: kept(LINUS), contains: { id: '{linus}' }, events: ['teammate.unblocked'] },
      ],
    ],
  }),
  says(
    'What happens when someone is deleted from Microsoft Entra ID?',
    'after 30 days the DELETE comes: gone from SCIM, kept in the app under its name',
    {
      given,
      steps: [
        [entra.change('/Users/{linus}', { ...renamedTo(DELETED_NAME), active: false }), { status: 200 }],
        [remove('/Users/{linus}'), { status: 204, events: ['teammate.removed'] }],
        [get('/Users/{linus}'), { status: 404, error: null }],
        [lookUp(LINUS.userName), NOBODY],
        inTheApp({ user_name: LINUS.userName, email: LINUS.userName }),
        [remove('/Users/{linus}'), { status: 404, error: null }],
      ],
    },
  ),
  says(
    'What happens when someone is deleted from Microsoft Entra ID?',
    'and made anew there, it is the same teammate in Front',
    {
      given,
      steps: [
        [entra.change('/Users/{linus}', { ...renamedTo(DELETED_NAME), active: false }), { status: 200 }],
        [lookUp(LINUS.userName), { status: 200, list: ['linus'], contains: { Resources: [{ active: false }] } }],
        [remove('/Users/{linus}'), { status: 204 }],
        [
          create({ ...LINUS, externalId: 'linus.pauling2' }),
          {
            status: 201,
            contains: { id: '{linus}', active: true, externalId: 'linus.pauling2' },
            events: ['teammate.unblocked'],
          },
        ],
        [
          app('GET', '/teammates'),
          { status: 200, contains: { results: [{ id: '{linus}', user_name: LINUS.userName }] } },
        ],
      ],
    },
  ),
  says(DELETED, 'while a rename of somebody who stays is a rename', {
    given,
    steps: [
      [
        entra.change('/Users/{linus}', renamedTo('ava.pauling@contoso.example')),
        { status: 200, contains: { userName: 'ava.pauling@contoso.example', active: true } },
      ],
      [
        entra.change('/Users/{linus}', { ...renamedTo('a.pauling@contoso.example'), active: false }),
        { status: 200, contains: { userName: 'a.pauling@contoso.example', active: false } },
      ],
    ],
  }),
];

const others = [
  says(DELETED, 'renamed and blocked by a PUT: the name stays', {
    given,
    steps: [
      [
        put('/Users/{linus}', {
          ...LINUS,
          userName: DELETED_NAME,
          emails: [{ ...LINUS.emails[0], value: DELETED_NAME }],
          active: false,
        }),
        { ...BLOCKED_WITH_ITS_NAME, events: ['teammate.blocked'] },
      ],
      isBlocked,
    ],
  }),
  says(
    'Check the box next to the user you’d like to remove, then click Remove',
    'an operation that can’t be used keeps no leaver in',
    {
      given,
      steps: [
        [
          patch(
            '/Users/{linus}',
            { op: 'Replace', path: 'name.nothing', value: 'x' },
            { op: 'Replace', path: 'active', value: 'False' },
          ),
          { status: 200, contains: { active: false }, events: ['teammate.blocked'], note: /nothing/ },
        ],
      ],
    },
  ),
  ...['scale', 'enterprise'].map((plan) =>
    says('SCIM provisioning is available on the Scale plan or above.', `on ${plan}`, {
      settings: { plan },
      steps: [[testConnection(), NOBODY]],
    }),
  ),
  says('SCIM provisioning is available on the Scale plan or above.', 'below, 403 says so', {
    settings: { plan: 'growth' },
    steps: [[testConnection(), { status: 403, error: null, detail: /plan does not include "scim"/ }]],
  }),
  says('Some legacy plans may also have this feature.', 'and templates and groups, each granted by itself', {
    settings: { plan: 'starter', entitlements: ['scim', 'group_sync'] },
    steps: [
      [testConnection(), NOBODY],
      [create(LINUS), { status: 201 }],
      [get('/Groups'), { status: 200, list: [] }],
    ],
  }),
];

export default {
  idp: 'Seed: Front and Entra, leavers',
  cases: atBothEndpoints([...withAndWithoutFlag(leaving), ...others]),
};
