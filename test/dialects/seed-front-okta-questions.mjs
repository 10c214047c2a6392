// The seed "User provisioning with Okta" of Front, sentence by sentence: what it answers at its end, of those who go,
// come back and were there before.

import { app, get, remove } from '../support/dialect-cases.mjs';
import { OIN, OKTA, byBothApps, create, createGroup, kept, lookUp, profile, update } from '../support/okta-wire.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Front, User provisioning with Okta');

const GRACE = profile('grace.hopper@navy.example');
const ADA = profile('ada.byron@navy.example');
const NOBODY = { status: 200, list: [] };
const given = { grace: GRACE };
const team = (...members) => ({ displayName: 'Navy', members });
const groups = { team: { displayName: 'Navy', members: [{ value: '{grace}' }] } };

const GONE = 'When you remove access to Front from Okta for a specific teammate, that teammate will be blocked.';
const BACK = 'Should you re-authorize access to Front, the teammate will be unblocked automatically.';
const DELETED =
  'Okta does not allow deleting via the integration, so users in Front are blocked, even if they are deleted in Okta.';
const MATCHED = 'This field is used to match your existing Okta users to the corresponding Front teammates.';
const PRIMARY = 'UserName cannot be different from your Okta primary email.';

const byApps = (okta) => [
  says(GONE, 'in SCIM inactive, in the app blocked, in its groups still', {
    given,
    groups,
    steps: [
      [
        okta.setActive('grace', GRACE, false),
        { status: 200, contains: { active: false }, events: ['teammate.blocked'] },
      ],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { state: 'blocked' } }],
      [get('/Groups/{team}', OKTA), { status: 200, group: team('grace') }],
    ],
  }),
  says(BACK, 'found inactive, made active: the same one, with its groups', {
    given: { grace: { ...GRACE, active: false } },
    groups,
    steps: [
      [lookUp(GRACE.userName), { status: 200, list: ['grace'], contains: { Resources: [{ active: false }] } }],
      [get('/Users/{grace}', OKTA), { status: 200, contains: { active: false } }],
      [
        okta.setActive('grace', GRACE, true),
        {
          status: 200,
          contains: { id: '{grace}', active: true, groups: [{ value: '{team}' }] },
          events: ['teammate.unblocked'],
        },
      ],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { state: 'active' } }],
    ],
  }),
  says(BACK, 'by the POST of an app that was set up anew: 201, the same one', {
    given,
    groups,
    steps: [
      [okta.setActive('grace', GRACE, false), { status: 200 }],
      [
        create({ ...GRACE, externalId: '00u-second-app' }),
        {
          status: 201,
          contains: { id: '{grace}', active: true, externalId: '00u-second-app', groups: [{ value: '{team}' }] },
          headers: { location: '{grace.location}' },
          events: ['teammate.unblocked'],
        },
      ],
      [create(GRACE), { status: 409, error: 'uniqueness', headers: { location: '{grace.location}' }, events: [] }],
    ],
  }),
  says(BACK, 'not one whom the company’s own admin blocked, 403 says who did and where to undo it', {
    given,
    steps: [
      [app('POST', '/teammates/{grace}/block'), { status: 200 }],
      [
        okta.setActive('grace', { ...GRACE, title: 'Admiral' }, true),
        { status: 403, error: null, detail: /admin/, events: [] },
      ],
      [create(GRACE), { status: 403, error: null, detail: /admin/, events: [] }],
      [get('/Users/{grace}', OKTA), { status: 200, body: { ...kept(GRACE), active: false } }],
      [okta.setActive('grace', GRACE, false), { status: 200, events: [] }],
      [app('POST', '/teammates/{grace}/unblock'), { status: 200, contains: { state: 'active' } }],
      [okta.setActive('grace', GRACE, false), { status: 200, events: ['teammate.blocked'] }],
      [okta.setActive('grace', GRACE, true), { status: 200, events: ['teammate.unblocked'] }],
    ],
  }),
  says(BACK, 'also one whom the admin blocked, where the company lets the identity provider', {
    settings: { idp_may_unblock: true },
    given,
    steps: [
      [app('POST', '/teammates/{grace}/block'), { status: 200 }],
      [
        okta.setActive('grace', GRACE, true),
        { status: 200, contains: { active: true }, events: ['teammate.unblocked'] },
      ],
    ],
  }),
  says(DELETED, 'deactivated first, then gone from Okta: the teammate is there with all that it had', {
    given,
    groups,
    steps: [
      [okta.setActive('grace', GRACE, false), { status: 200, events: ['teammate.blocked'] }],
      [
        app('GET', '/teammates/{grace}'),
        {
          status: 200,
          contains: {
            state: 'blocked',
            user_name: GRACE.userName,
            email: GRACE.userName,
            external_id: GRACE.externalId,
          },
        },
      ],
      [
        app('GET', '/groups/{team}/members'),
        { status: 200, contains: { results: [{ id: '{grace}', state: 'blocked' }] } },
      ],
    ],
  }),
  says(PRIMARY, 'where the company insists, neither a create nor an update can part them', {
    settings: { user_name_must_be_primary_email: true },
    given,
    steps: [
      [
        create({ ...ADA, userName: 'countess@navy.example' }),
        { status: 400, error: 'invalidValue', detail: /primary e-mail/, events: [] },
      ],
      [lookUp('countess@navy.example'), NOBODY],
      [
        update('grace', { ...GRACE, userName: 'amazing@navy.example' }),
        { status: 400, error: 'invalidValue', events: [] },
      ],
      [okta.setActive('grace', GRACE, false), { status: 200, contains: { active: false } }],
    ],
  }),
];

const others = [
  says(DELETED, 'and where a client does send DELETE, it is a block: gone from SCIM, kept in the app', {
    given,
    steps: [
      [remove('/Users/{grace}', OKTA), { status: 204, events: ['teammate.removed'] }],
      [get('/Users/{grace}', OKTA), { status: 404, error: null }],
      [lookUp(GRACE.userName), NOBODY],
      [
        app('GET', '/teammates/{grace}'),
        {
          status: 200,
          contains: { user_name: GRACE.userName },
          matches: { state: /^(removed|blocked)$/, sessions_invalid_before: /^2/ },
        },
      ],
      [create(GRACE), { status: 201, contains: { id: '{grace}', active: true }, events: ['teammate.unblocked'] }],
    ],
  }),
  says('What happens when someone is deleted from Okta?', 'whose seat becomes free', {
    settings: { seats: 1 },
    given,
    steps: [
      [create(ADA), { status: 403, error: null, detail: /1 of 1/ }],
      [OIN.setActive('grace', GRACE, false), { status: 200 }],
      [create(ADA), { status: 201, as: 'ada' }],
      [OIN.setActive('grace', GRACE, true), { status: 403, error: null, detail: /1 of 1/, events: [] }],
    ],
  }),
  says('What happens when someone is deleted from Okta?', 'the last admin of the company stays, and 403 says so', {
    templates: { admins: { name: 'Admins', role: 'admin' } },
    given: { grace: { ...GRACE, roles: [{ type: 'template', value: '{admins}' }] } },
    steps: [
      [
        OIN.setActive('grace', GRACE, false),
        { status: 403, error: null, detail: /last active company admin/, events: [] },
      ],
      [remove('/Users/{grace}', OKTA), { status: 403, error: null }],
    ],
  }),
  says(BACK, 'a POST that says active false leaves it blocked: 201', {
    given: { grace: { ...GRACE, active: false } },
    steps: [
      [create({ ...GRACE, active: false }), { status: 201, contains: { id: '{grace}', active: false } }],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { state: 'blocked' } }],
    ],
  }),
  says(BACK, 'no template is applied to it', {
    templates: { admins: { name: 'Admins', role: 'admin' } },
    given: { grace: { ...GRACE, active: false } },
    steps: [
      [
        create({ ...GRACE, roles: [{ type: 'template', value: '{admins}' }] }),
        { status: 201, contains: { id: '{grace}', active: true }, note: /template/ },
      ],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { template_id: null, role: 'teammate' } }],
    ],
  }),
  says(BACK, 'a group that took it out meanwhile does not have it again', {
    given: { grace: GRACE, ada: ADA },
    groups: { team: { displayName: 'Navy', members: [{ value: '{grace}' }, { value: '{ada}' }] } },
    steps: [
      [remove('/Users/{grace}', OKTA), { status: 204 }],
      [OIN.changeMembers('team', 'Navy', { removed: ['grace'] }), { status: 204, group: team('ada') }],
      [create(GRACE), { status: 201, contains: { id: '{grace}' }, absent: ['groups'] }],
      [get('/Groups/{team}', OKTA), { status: 200, group: team('ada') }],
    ],
  }),
  says(PRIMARY, 'otherwise a difference is taken, with a warning in the log', {
    steps: [
      [
        create({ ...GRACE, userName: 'amazing.grace@navy.example' }),
        {
          status: 201,
          contains: { userName: 'amazing.grace@navy.example', emails: GRACE.emails },
          note: /primary e-mail/,
        },
      ],
    ],
  }),
  says(PRIMARY, 'the same address in other letters is not different', {
    settings: { user_name_must_be_primary_email: true },
    steps: [[create({ ...GRACE, userName: 'Grace.Hopper@Navy.example' }), { status: 201 }]],
  }),
  says(MATCHED, 'a teammate of the app is found, read and linked by a PUT, and is no second one', {
    steps: [
      [app('POST', '/teammates', { user_name: GRACE.userName, role: 'admin' }), { status: 201, as: 'grace' }],
      [lookUp('Grace.HOPPER@navy.example'), { status: 200, list: ['grace'] }],
      [get('/Users/{grace}', OKTA), { status: 200, contains: { userName: GRACE.userName, active: true } }],
      [update('grace', GRACE), { status: 200, body: kept(GRACE), events: ['teammate.updated'] }],
      [
        app('GET', '/teammates/{grace}'),
        { status: 200, contains: { origin: 'app', role: 'admin', external_id: GRACE.externalId, state: 'active' } },
      ],
      [create(GRACE), { status: 409, error: 'uniqueness', matches: { detail: /grace\.hopper@navy\.example/ } }],
    ],
  }),
  ...[
    ['with a composed letter beside a decomposed one', 'ren\u00e9e@navy.example', 'rene\u0301e@navy.example'],
    ['in full width', 'grace@navy.example', '\uff47\uff52\uff41\uff43\uff45@navy.example'],
    ['with blanks at the ends', 'grace@navy.example', ' grace@navy.example '],
    ['with a character of no width', 'grace@navy.example', 'gra\u200bce@navy.example'],
    ['with a sharp s in capitals', 'gro\u00df@navy.example', 'GROSS@navy.example'],
  ].map(([seen, there, asked]) =>
    says(MATCHED, `also ${seen}`, {
      given: { one: { ...GRACE, userName: there } },
      steps: [
        [lookUp(asked), { status: 200, list: ['one'], contains: { Resources: [{ userName: there }] } }],
        [
          create({ ...GRACE, userName: asked }),
          { status: 409, error: 'uniqueness', headers: { location: '{one.location}' } },
        ],
        [update('one', { ...GRACE, userName: asked }), { status: 200, contains: { id: '{one}', userName: asked } }],
      ],
    }),
  ),
  says(MATCHED, 'a teammate of the app whose name is no e-mail is found by its e-mail', {
    steps: [
      [app('POST', '/teammates', { user_name: 'grace', email: GRACE.userName }), { status: 201, as: 'grace' }],
      [lookUp(GRACE.userName), { status: 200, list: ['grace'] }],
      [create(GRACE), { status: 409, error: 'uniqueness', headers: { location: /\/Users\/tea_/ }, events: [] }],
      [update('grace', GRACE), { status: 200, contains: { id: '{grace}', userName: GRACE.userName } }],
      [
        app('GET', '/teammates'),
        { status: 200, contains: { results: [{ id: '{grace}', user_name: GRACE.userName }] } },
      ],
    ],
  }),
  says(MATCHED, 'one whom the company’s admin deleted is not found, and a POST says why', {
    given,
    steps: [
      [app('DELETE', '/teammates/{grace}'), { status: 204 }],
      [lookUp(GRACE.userName), NOBODY],
      [create(GRACE), { status: 409, error: 'uniqueness', detail: /admin deleted/, events: [] }],
    ],
  }),
  says('Front user permissions are not updated.', 'a group of Okta that is pushed gives nobody another role', {
    given,
    steps: [
      [createGroup('Admins'), { status: 201, as: 'admins' }],
      [
        OIN.pushMembers('admins', 'Admins', ['grace']),
        { status: 204, group: { displayName: 'Admins', members: ['grace'] }, events: ['group.members_added'] },
      ],
      [app('GET', '/teammates/{grace}'), { status: 200, contains: { role: 'teammate', template_id: null } }],
    ],
  }),
];

export default {
  idp: 'Seed: Front and Okta, questions',
  cases: atBothEndpoints([...byBothApps(byApps), ...others]),
};
