// The seed "User provisioning with Okta" of Front, sentence by sentence: its first two parts, the token and the
// provisioning of people. Templates and the questions at its end are in seed-front-okta-templates.mjs.

import { app, get, post } from '../support/dialect-cases.mjs';
import {
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
import { ENTERPRISE, GROUP } from '../support/scim.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Front, User provisioning with Okta');

const GRACE = profile('grace.hopper@navy.example');
const ADA = profile('ada.byron@navy.example');
const NOBODY = { status: 200, list: [] };
const REFUSED = { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } };
const given = { grace: GRACE };

const withAuthorization = (authorization) => ({ ...probe({ authorization }), token: null });

const token = [
  says(
    'To set up user provisioning with Okta, you must be a Company Admin.',
    "an identity provider's token makes no tokens",
    {
      steps: [
        [
          app('POST', '/tokens', { name: 'Okta', scopes: ['provisioning'] }, { authorization: 'Bearer {token}' }),
          { status: 401 },
        ],
        [app('GET', '/tokens', undefined, { authorization: 'Bearer {token}' }), { status: 401 }],
      ],
    },
  ),
  says('An API key is necessary for Okta and Front to communicate.', 'without one every call is 401', {
    given,
    steps: [
      [{ ...probe(), token: null }, REFUSED],
      [{ ...lookUp(GRACE.userName), token: null }, REFUSED],
      [{ ...create(ADA), token: null }, REFUSED],
      [{ ...update('grace', GRACE), token: null }, REFUSED],
      [{ ...createGroup('Navy'), token: null }, REFUSED],
      [lookUp(ADA.userName), NOBODY],
    ],
  }),
  says('An API key is necessary for Okta and Front to communicate.', 'one that was revoked is none', {
    steps: [
      [app('POST', '/tokens', { name: 'Okta', scopes: ['auto_provisioning'] }), { status: 201, as: 'key' }],
      [{ ...probe(), token: '{key.token}' }, NOBODY],
      [app('DELETE', '/tokens/{key}'), { status: 204 }],
      [{ ...probe(), token: '{key.token}' }, REFUSED],
    ],
  }),
  says('This API key can be configured in your Front settings.', 'it is made there, and Okta is let in with it', {
    steps: [
      [
        app('POST', '/tokens', { name: 'Okta', scopes: ['auto_provisioning'], connection_id: '{connection}' }),
        { status: 201, events: ['token.created'], as: 'key' },
      ],
      [{ ...probe(), token: '{key.token}' }, NOBODY],
    ],
  }),
  says(
    'You will then use this token in the Okta configuration to enable SCIM provisioning.',
    'the connection is heard of',
    {
      steps: [
        [
          app('GET', '/connections/{connection}'),
          { status: 200, contains: { status: 'waiting', first_seen_at: null } },
        ],
        [probe(), NOBODY],
        [
          app('GET', '/connections/{connection}'),
          { status: 200, contains: { status: 'connected' }, eventually: true, matches: { last_seen_at: /^2/ } },
        ],
      ],
    },
  ),
  says(
    'Create a new token with the Auto Provisioning scope.',
    'it provisions people, and groups are 403 that names the other scope',
    {
      steps: [
        [app('POST', '/tokens', { name: 'Okta', scopes: ['auto_provisioning'] }), { status: 201, as: 'key' }],
        [
          { ...create(GRACE), token: '{key.token}' },
          { status: 201, body: kept(GRACE), as: 'grace' },
        ],
        [
          { ...lookUp(GRACE.userName), token: '{key.token}' },
          { status: 200, list: ['grace'] },
        ],
        [{ ...get('/Schemas', OKTA), token: '{key.token}' }, { status: 200 }],
        [
          { ...lookUpGroup('Navy'), token: '{key.token}' },
          { status: 403, error: null, detail: /scope "provisioning"/ },
        ],
        [
          { ...post('/Groups', { schemas: [GROUP], displayName: 'Navy' }, OKTA), token: '{key.token}' },
          { status: 403, error: null, detail: /scope "provisioning"/, events: [] },
        ],
      ],
    },
  ),
  says('Copy the token from Front.', 'it is shown where it is made, and never again', {
    steps: [
      [
        app('POST', '/tokens', { name: 'Okta', scopes: ['auto_provisioning'] }),
        { status: 201, matches: { token: /^rc_\w+_[\w-]{43}$/ }, as: 'key' },
      ],
      [app('GET', '/tokens/{key}'), { status: 200, contains: { name: 'Okta' }, absent: ['token'] }],
    ],
  }),
  ...[
    ['as a bearer token', 'Bearer {token}'],
    ['with the scheme in other letters', 'bearer {token}'],
    ['alone, as "HTTP Header" apps of the catalogue send it', '{token}'],
    ['with a "Bearer" that the admin typed in front of the one that Okta prints', 'Bearer Bearer {token}'],
    ['as the password of Basic authentication', 'Basic {basic}'],
  ].map(([seen, authorization]) =>
    says('In the API Token field, enter the Front API token you created.', seen, {
      steps: [[withAuthorization(authorization), NOBODY]],
    }),
  ),
  says('In the API Token field, enter the Front API token you created.', 'a wrong one is 401 in each of these forms', {
    steps: ['Bearer rc_no', 'rc_no', 'Bearer Bearer rc_no', 'Basic b2t0YTpyY19ubw==', 'Basic', 'Bearer'].map(
      (wrong) => [withAuthorization(wrong), REFUSED],
    ),
  }),
  says(
    'Click Test API credentials to verify the credentials, then click Save.',
    'on an empty directory the probe is 200 with whole numbers',
    {
      steps: [
        [
          probe(),
          {
            ...NOBODY,
            contains: { startIndex: 1, itemsPerPage: 0 },
            number: ['totalResults', 'startIndex', 'itemsPerPage'],
          },
        ],
        [get('/Groups?startIndex=1&count=100', OKTA), { status: 200, list: [] }],
      ],
    },
  ),
  says(
    'Click Test API credentials to verify the credentials, then click Save.',
    'with people there it has the first two',
    {
      given: { grace: GRACE, ada: ADA, joan: profile('joan.clarke@navy.example') },
      steps: [[probe(), { status: 200, list: ['grace', 'ada'], total: 3, contains: { itemsPerPage: 2 } }]],
    },
  ),
  says('Click Test API credentials to verify the credentials, then click Save.', 'wrong ones are 401 in JSON', {
    steps: [[{ ...probe(), token: 'rc_wrong' }, REFUSED]],
  }),
];

const EDITED = { ...GRACE, displayName: 'Rear admiral Hopper', title: 'Rear admiral' };

const people = (okta) => [
  says('Automatically create users in Front.', 'looked up, created, and an active teammate of the app', {
    steps: [
      [lookUp(GRACE.userName), NOBODY],
      [
        create(GRACE),
        { status: 201, body: kept(GRACE), absent: ['password', 'groups'], events: ['teammate.created'], as: 'grace' },
      ],
      [lookUp(GRACE.userName), { status: 200, list: ['grace'] }],
      [
        app('GET', '/teammates/{grace}'),
        {
          status: 200,
          contains: {
            state: 'active',
            origin: 'scim',
            user_name: GRACE.userName,
            email: GRACE.userName,
            external_id: GRACE.externalId,
          },
        },
      ],
      [okta.setActive('grace', GRACE, true), { status: 200, body: kept(GRACE), events: [] }],
    ],
  }),
  says(
    'Automatically block users when the Okta profile is suspended.',
    'blocked with its sessions, and nothing is lost',
    {
      given,
      steps: [
        [
          okta.setActive('grace', GRACE, false),
          { status: 200, body: { ...kept(GRACE), active: false }, events: ['teammate.blocked'] },
        ],
        [
          app('GET', '/teammates/{grace}'),
          {
            status: 200,
            contains: { state: 'blocked', user_name: GRACE.userName, display_name: GRACE.displayName },
            matches: { sessions_invalid_before: /^2/ },
          },
        ],
        [lookUp(GRACE.userName), { status: 200, list: ['grace'], contains: { Resources: [{ active: false }] } }],
        [okta.setActive('grace', GRACE, false), { status: 200, contains: { active: false }, events: [] }],
      ],
    },
  ),
  says(
    'Next, you will configure provisioning in Okta in order to start creating and blocking users in Front.',
    'one is blocked, the other is not',
    {
      steps: [
        [create(GRACE), { status: 201, as: 'grace' }],
        [create(ADA), { status: 201, as: 'ada' }],
        [okta.setActive('grace', GRACE, false), { status: 200, contains: { active: false } }],
        [get('/Users/{ada}', OKTA), { status: 200, body: kept(ADA) }],
        [app('GET', ''), { status: 200, contains: { active_teammates: 1 } }],
      ],
    },
  ),
  says(
    'Ensure the following options are enabled: Deactivate Users',
    'the profile of whom it deactivates stays for a look',
    {
      given,
      steps: [
        [get('/Users/{grace}', OKTA), { status: 200, body: kept(GRACE) }],
        [okta.setActive('grace', GRACE, false), { status: 200, body: { ...kept(GRACE), active: false } }],
        [get('/Users/{grace}', OKTA), { status: 200, body: { ...kept(GRACE), active: false } }],
      ],
    },
  ),
];

const profiles = [
  says(
    'Automatically block users when the Okta profile is suspended.',
    'though another has the new name that comes with it',
    {
      given: { grace: GRACE, ada: ADA },
      steps: [
        [
          update('grace', { ...GRACE, userName: ADA.userName, title: 'Admiral', active: false }),
          {
            status: 200,
            contains: { userName: GRACE.userName, title: 'Admiral', active: false },
            events: ['teammate.blocked'],
            note: /userName/,
          },
        ],
        [lookUp(ADA.userName), { status: 200, list: ['ada'], contains: { Resources: [{ active: true }] } }],
      ],
    },
  ),
  says(
    'Automatically block users when the Okta profile is suspended.',
    'though an attribute that comes with it is none',
    {
      given,
      steps: [
        [
          update('grace', { ...GRACE, emails: [{ value: { mail: 'x' }, type: 'work' }], active: false }),
          {
            status: 200,
            contains: { userName: GRACE.userName, active: false },
            events: ['teammate.blocked'],
            note: /emails/,
          },
        ],
      ],
    },
  ),
  says(
    'Ensure the following options are enabled: Create Users',
    'whom it has created already is 409 with the way there',
    {
      given,
      steps: [
        [create(GRACE), { status: 409, error: 'uniqueness', headers: { location: '{grace.location}' }, events: [] }],
        [create({ ...GRACE, userName: 'Grace.HOPPER@navy.example' }), { status: 409, error: 'uniqueness' }],
      ],
    },
  ),
  says(
    'Ensure the following options are enabled: Update User Attributes',
    'GET, and PUT of the answer with the profile over it',
    {
      given,
      steps: [
        [get('/Users/{grace}', OKTA), { status: 200, body: kept(GRACE) }],
        [
          update('grace', {
            ...EDITED,
            meta: { resourceType: 'User', location: '{grace.location}', created: '2001-01-01T00:00:00Z' },
          }),
          { status: 200, body: kept(EDITED), events: ['teammate.updated'] },
        ],
        [update('grace', EDITED), { status: 200, body: kept(EDITED), events: [] }],
        [
          app('GET', '/teammates/{grace}'),
          { status: 200, contains: { display_name: 'Rear admiral Hopper', state: 'active' } },
        ],
      ],
    },
  ),
  says(
    'Ensure the following options are enabled: Update User Attributes',
    'an attribute that was emptied in Okta is gone',
    {
      given: { grace: EDITED },
      steps: [[update('grace', { ...GRACE, title: '' }), { status: 200, body: kept(GRACE), absent: ['title'] }]],
    },
  ),
  says(
    'Ensure the following options are enabled: Update User Attributes',
    'a number of the profile is read as the text that it is',
    {
      given,
      steps: [
        [
          update('grace', { ...GRACE, [ENTERPRISE]: { employeeNumber: 701984 } }),
          { status: 200, contains: { [ENTERPRISE]: { employeeNumber: '701984' } }, note: /./ },
        ],
      ],
    },
  ),
];

const plans = [
  says('SCIM provisioning is available on the Scale plan.', 'there it works', {
    settings: { plan: 'scale' },
    steps: [
      [probe(), NOBODY],
      [create(GRACE), { status: 201 }],
    ],
  }),
  says('SCIM provisioning is available on the Scale plan.', 'on a smaller one every call is 403 that says so', {
    settings: { plan: 'growth' },
    steps: [
      [probe(), { status: 403, error: null, detail: /plan does not include "scim"/ }],
      [create(GRACE), { status: 403, error: null, detail: /plan does not include "scim"/, events: [] }],
    ],
  }),
  says(
    'Some legacy plans with different names may also have this feature.',
    'granted by itself, it works on a smaller plan',
    {
      settings: { plan: 'starter', entitlements: ['scim'] },
      steps: [
        [probe(), NOBODY],
        [create(GRACE), { status: 201 }],
      ],
    },
  ),
];

export default {
  idp: 'Seed: Front and Okta, token and people',
  cases: atBothEndpoints([...token, ...byBothApps(people), ...profiles, ...plans]),
};
