// The seed "User provisioning with Microsoft Entra ID" of Front, sentence by sentence: the token, the connection, the
// attribute mappings and the assignment of people (its Parts 1 to 3), each without aadOptscim062020 and with it.

import { app, get } from '../support/dialect-cases.mjs';
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
import { ENTERPRISE, USER } from '../support/scim.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Front, User provisioning with Microsoft Entra ID');

const LINUS = person('linus.pauling@contoso.example');
const MARIE = person('marie.curie@contoso.example');
const NOBODY = { status: 200, list: [] };
const REFUSED = { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } };
const NEEDS_PROVISIONING = { status: 403, error: null, detail: /scope "provisioning"/ };
const given = { linus: LINUS };
const OBJECT_ID = '8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159';
const GUID = '5fd62e6a-1f3f-4b8f-9d65-4a8d4c1f0e2b';

const SCOPES = 'On Step 5 of creating a token, select the Provisioning and Auto-Provisioning Scopes.';
const TENANT_URL =
  'Enter the URL for Front’s SCIM endpoint in the Tenant URL field: https://scim.frontapp.com/v2/?aadOptscim062020';
const TEST = 'Click the Test Connection button to confirm Microsoft Entra ID connects with Front.';

const newToken = (...scopes) => [app('POST', '/tokens', { name: 'Entra', scopes }), { status: 201, as: 'key' }];
const withKey = (send) => ({ ...send, token: '{key.token}' });

// How the flag may stand in the URL of a call that asks for a name: Microsoft does not say.
const FILTER = `filter=userName%20eq%20%22${GUID}%22`;
const FORMS = [
  `/Users?aadOptscim062020&${FILTER}`,
  `/Users/?aadOptscim062020&${FILTER}`,
  `//Users?aadOptscim062020&${FILTER}`,
  `//Users/?aadOptscim062020&${FILTER}`,
  `/Users?aadOptscim062020=&${FILTER}`,
  `/Users?aadOptscim062020=true&${FILTER}`,
  `/Users?AADOptSCIM062020&${FILTER}`,
  `/Users?&aadOptscim062020&${FILTER}`,
  `/Users?${FILTER}&aadOptscim062020`,
  `/Users?${FILTER}&aadOptscim062020=`,
  `/Users?filter=userName+eq+%22${GUID}%22&aadOptscim062020`,
];

const connecting = [
  says(
    'To set up user provisioning with Microsoft Entra ID, you must be a Front company admin.',
    "an identity provider's token opens no setting",
    {
      steps: [
        [app('GET', '', undefined, { authorization: 'Bearer {token}' }), { status: 401 }],
        [app('PATCH', '', { group_sync_enabled: true }, { authorization: 'Bearer {token}' }), { status: 401 }],
      ],
    },
  ),
  says(SCOPES, 'a token of both provisions people and groups', {
    steps: [
      newToken('auto_provisioning', 'provisioning'),
      [withKey(create(LINUS)), { status: 201 }],
      [withKey(createGroup('Chemistry', OBJECT_ID)), { status: 201 }],
    ],
  }),
  says(SCOPES, 'Provisioning stands for people as well', {
    steps: [
      newToken('provisioning'),
      [withKey(create(LINUS)), { status: 201 }],
      [withKey(createGroup('Chemistry', OBJECT_ID)), { status: 201 }],
    ],
  }),
  says(SCOPES, 'without Provisioning every call for groups is 403 that names it', {
    steps: [
      newToken('auto_provisioning'),
      [withKey(create(LINUS)), { status: 201 }],
      [withKey(lookUpGroup('Chemistry')), NEEDS_PROVISIONING],
      [withKey(createGroup('Chemistry', OBJECT_ID)), NEEDS_PROVISIONING],
    ],
  }),
  says(
    'Click Copy next to the API token field to add the token to your clipboard.',
    'there is one to copy, this once',
    {
      steps: [
        [
          app('POST', '/tokens', { name: 'Entra', scopes: ['provisioning'] }),
          { status: 201, matches: { token: /^rc_/ }, as: 'key' },
        ],
        [app('GET', '/tokens/{key}'), { status: 200, absent: ['token'] }],
      ],
    },
  ),
  says(TENANT_URL, 'wherever the flag stands in the query, it changes nothing', {
    given,
    steps: FORMS.flatMap((path) => [
      [get(path), { ...NOBODY, headers: { 'content-type': 'application/scim+json' } }],
      [get(path.replaceAll(GUID, LINUS.userName)), { status: 200, list: ['linus'] }],
    ]),
  }),
  says(TENANT_URL, 'glued on behind a second question mark it is a part of the filter, and 400', {
    steps: [[get(`/Users?${FILTER}?aadOptscim062020`), { status: 400, error: 'invalidFilter' }]],
  }),
  says('Paste your Front API token in the Secret Token field.', 'without it, and with another, 401', {
    steps: [
      [{ ...testConnection(), token: null }, REFUSED],
      [{ ...testConnection(), token: 'rc_wrong' }, REFUSED],
      [testConnection(), NOBODY],
    ],
  }),
];

const DEFAULT_MAPPING = {
  ...LINUS,
  title: 'Professor',
  preferredLanguage: 'en-US',
  addresses: [
    {
      primary: false,
      type: 'work',
      formatted: 'Gates',
      streetAddress: '1200 E California',
      locality: 'Pasadena',
      region: 'CA',
      postalCode: '91125',
      country: 'US',
    },
  ],
  phoneNumbers: [
    { primary: false, type: 'work', value: '+1 626 395 6811' },
    { primary: false, type: 'mobile', value: '+1 626 555 0100' },
    { primary: false, type: 'fax', value: '+1 626 555 0101' },
  ],
  [ENTERPRISE]: { employeeNumber: '701984', department: 'Chemistry', manager: { value: 'tea_boss' } },
};

const wired = (entra) => [
  ...[
    ['userName', GUID],
    ['externalId', GUID],
    ['emails[type eq "work"].value', `${GUID}@contoso.example`],
  ].map(([attribute, nobody]) =>
    says(TEST, `nobody is found by ${attribute}: 200 and an empty list`, {
      given,
      steps: [[lookUp(nobody, attribute), { ...NOBODY, number: ['totalResults', 'startIndex', 'itemsPerPage'] }]],
    }),
  ),
  says(
    'You will see a list of Microsoft Entra ID Attributes and their corresponding Front SCIM API fields (customappsso Attributes).',
    'all of the default mapping are taken and kept as sent',
    {
      steps: [
        [
          create(DEFAULT_MAPPING),
          { status: 201, body: { ...kept(DEFAULT_MAPPING), schemas: [USER, ENTERPRISE] }, as: 'linus' },
        ],
        [get('/Users/{linus}'), { status: 200, body: { ...kept(DEFAULT_MAPPING), schemas: [USER, ENTERPRISE] } }],
        [
          entra.change('/Users/{linus}', {
            'phoneNumbers[type eq "mobile"].value': '+1 626 555 0199',
            'addresses[type eq "work"].locality': 'Altadena',
            'name.givenName': 'L.',
            title: 'Emeritus',
            [`${ENTERPRISE}:department`]: 'Peace',
            [`${ENTERPRISE}:manager`]: 'tea_other',
          }),
          {
            status: 200,
            contains: {
              title: 'Emeritus',
              name: { ...LINUS.name, givenName: 'L.' },
              addresses: [{ locality: 'Altadena', region: 'CA' }],
              phoneNumbers: [{ type: 'work' }, { type: 'mobile', value: '+1 626 555 0199' }, { type: 'fax' }],
              [ENTERPRISE]: { employeeNumber: '701984', department: 'Peace', manager: { value: 'tea_other' } },
            },
            events: ['teammate.updated'],
          },
        ],
      ],
    },
  ),
  says('Automatically create users in Front.', 'an active teammate of the app, and once only', {
    steps: [
      [create(LINUS), { status: 201, body: kept(LINUS), events: ['teammate.created'], as: 'linus' }],
      [
        app('GET', '/teammates/{linus}'),
        { status: 200, contains: { state: 'active', display_name: LINUS.displayName } },
      ],
      [create(LINUS), { status: 409, error: 'uniqueness', headers: { location: /\/Users\/tea_/ }, events: [] }],
    ],
  }),
  says('Delete any Attributes omitted from this list.', 'what is left is enough', {
    steps: [[create(LINUS), { status: 201, body: kept(LINUS), events: ['teammate.created'] }]],
  }),
  ...[
    ['as the adjusted mapping says it', 'false', 'true'],
    ['as the mapping says it without the adjustment', 'False', 'True'],
    ['as a number', 0, 1],
  ].map(([seen, off, on]) =>
    says('Adjustment 1: Add the ToLower function onto the active field mapping.', `${seen}: ${off}, ${on}`, {
      given,
      steps: [
        [
          entra.change('/Users/{linus}', { active: off }),
          { status: 200, contains: { active: false }, events: ['teammate.blocked'] },
        ],
        [
          entra.change('/Users/{linus}', { active: on }),
          { status: 200, contains: { active: true }, events: ['teammate.unblocked'] },
        ],
        [create({ ...MARIE, active: on }), { status: 201, contains: { active: true } }],
      ],
    }),
  ),
  says(
    'Adjustment 2: Change the mail Microsoft Entra ID Attribute to userPrincipalName.',
    'a rename brings both, and it is the same teammate',
    {
      given,
      steps: [
        [
          entra.change('/Users/{linus}', {
            userName: 'ava.pauling@contoso.example',
            'emails[type eq "work"].value': 'ava.pauling@contoso.example',
          }),
          {
            status: 200,
            contains: {
              id: '{linus}',
              userName: 'ava.pauling@contoso.example',
              emails: [{ primary: true, type: 'work', value: 'ava.pauling@contoso.example' }],
            },
            events: ['teammate.updated'],
          },
        ],
        [lookUp('ava.pauling@contoso.example'), { status: 200, list: ['linus'] }],
        [lookUp(LINUS.userName), NOBODY],
      ],
    },
  ),
  says(
    'Adjustment 2: Change the mail Microsoft Entra ID Attribute to userPrincipalName.',
    'where the company insists that they are one',
    {
      settings: { user_name_must_be_primary_email: true },
      steps: [
        [create(LINUS), { status: 201 }],
        [
          create({ ...MARIE, emails: [{ primary: true, type: 'work', value: 'marie@lab.example' }] }),
          { status: 400, error: 'invalidValue', detail: /primary e-mail/ },
        ],
      ],
    },
  ),
  says(
    'Adjustment 2: Change the mail Microsoft Entra ID Attribute to userPrincipalName.',
    'an e-mail that was not there is made',
    {
      given: { linus: { ...LINUS, emails: undefined } },
      steps: [
        [
          entra.change('/Users/{linus}', { 'emails[type eq "work"].value': LINUS.userName }),
          { status: 200, contains: { emails: [{ type: 'work', value: LINUS.userName }] } },
        ],
      ],
    },
  ),
  says(
    'Adjustment 3: Click into the mailNickname mapping, and ensure the field is only applied on object creation.',
    'an update without externalId leaves it',
    {
      given,
      steps: [
        [
          entra.change('/Users/{linus}', { displayName: 'Linus C. Pauling' }),
          { status: 200, contains: { displayName: 'Linus C. Pauling', externalId: LINUS.externalId } },
        ],
      ],
    },
  ),
  says('Set externalId as required.', 'it is kept, looked up letter by letter, and what the app is shown', {
    steps: [
      [create(LINUS), { status: 201, contains: { externalId: LINUS.externalId }, as: 'linus' }],
      [lookUp(LINUS.externalId, 'externalId'), { status: 200, list: ['linus'] }],
      [lookUp(LINUS.externalId.toUpperCase(), 'externalId'), NOBODY],
      [app('GET', '/teammates/{linus}'), { status: 200, contains: { external_id: LINUS.externalId } }],
    ],
  }),
  says('Identify a net new user to be added to Front.', 'nobody is found, and one is created', {
    steps: [
      [lookUp(LINUS.userName), NOBODY],
      [
        create(LINUS),
        {
          status: 201,
          body: kept(LINUS),
          headers: { location: /v2\/Users\/tea_\w+$/ },
          events: ['teammate.created'],
          as: 'linus',
        },
      ],
      [lookUp(LINUS.userName), { status: 200, list: ['linus'] }],
    ],
  }),
  says(
    'If the user already existed in Front and was deleted this will likely cause an error.',
    '409 says why and what to do, in each cycle',
    {
      given,
      steps: [
        [app('DELETE', '/teammates/{linus}'), { status: 204 }],
        [lookUp(LINUS.userName), NOBODY],
        [create(LINUS), { status: 409, error: 'uniqueness', detail: /admin deleted .* in the app/, events: [] }],
        [create(LINUS), { status: 409, error: 'uniqueness', events: [] }],
      ],
    },
  ),
  says('Identify a net new user to be added to Front.', 'one who is there already is found and linked by an update', {
    steps: [
      [app('POST', '/teammates', { user_name: LINUS.userName, role: 'admin' }), { status: 201, as: 'linus' }],
      [lookUp(LINUS.userName), { status: 200, list: ['linus'] }],
      [
        entra.change('/Users/{linus}', { externalId: LINUS.externalId, displayName: LINUS.displayName }),
        { status: 200, contains: { id: '{linus}', externalId: LINUS.externalId } },
      ],
      [
        app('GET', '/teammates/{linus}'),
        { status: 200, contains: { origin: 'app', role: 'admin', display_name: LINUS.displayName } },
      ],
    ],
  }),
  says(
    'Navigate back to the Provisioning section of your enterprise application, then click Start provisioning.',
    'the first cycle: each is looked up and created',
    {
      steps: [
        [testConnection(), NOBODY],
        ...[LINUS, MARIE].flatMap((one) => [
          [lookUp(one.userName), NOBODY],
          [create(one), { status: 201, body: kept(one) }],
        ]),
        [app('GET', ''), { status: 200, contains: { active_teammates: 2 } }],
      ],
    },
  ),
  says('By default, the provisioning cycle runs once every 40 minutes.', 'what a later one repeats changes nothing', {
    given,
    steps: [
      [lookUp(LINUS.userName), { status: 200, list: ['linus'] }],
      [get('/Users/{linus}'), { status: 200, body: kept(LINUS) }],
      [
        entra.change('/Users/{linus}', {
          active: true,
          displayName: LINUS.displayName,
          'emails[type eq "work"].value': LINUS.userName,
        }),
        { status: 200, body: kept(LINUS), events: [] },
      ],
    ],
  }),
  says(
    'You can also confirm whether a user was successfully provisioned in Front via the Teammates tab in your company settings.',
    'there it stands with its e-mail',
    {
      given: { linus: LINUS, marie: { ...MARIE, emails: undefined } },
      steps: [
        [
          app('GET', '/teammates'),
          {
            status: 200,
            contains: {
              results: [
                { id: '{linus}', user_name: LINUS.userName, email: LINUS.userName, state: 'active', origin: 'scim' },
                { id: '{marie}', user_name: MARIE.userName },
              ],
            },
          },
        ],
      ],
    },
  ),
  says(
    'You can also confirm whether a user was successfully provisioned in Front via the Teammates tab in your company settings.',
    'where no e-mail was sent, the userName is it',
    {
      given: { marie: { ...MARIE, emails: undefined } },
      steps: [[app('GET', '/teammates/{marie}'), { status: 200, contains: { email: MARIE.userName } }]],
    },
  ),
];

export default {
  idp: 'Seed: Front and Entra, people',
  cases: atBothEndpoints([...connecting, ...withAndWithoutFlag(wired)]),
};
