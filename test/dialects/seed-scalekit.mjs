// The seed "Okta Directory (SCIM Provisioning)" of Scalekit, sentence by sentence: an endpoint and a token for each
// organisation, people, and pushed groups. Its test app of the catalogue PATCHes; an app of the wizard, which PUTs, is
// held against the same sentences.

import { app, get } from '../support/dialect-cases.mjs';
import { OKTA, byBothApps, create, createGroup, kept, lookUp, probe, profile, update } from '../support/okta-wire.mjs';
import { CUSTOM_FIELDS, ENTERPRISE, USER } from '../support/scim.mjs';
import { atBothEndpoints, sentences } from '../support/seed-cases.mjs';

const says = sentences('Scalekit, Okta Directory (SCIM Provisioning)');

const STEVE = profile('steve.rogers@navy.example');
const NAT = profile('natasha.romanoff@navy.example');
const given = { steve: STEVE, nat: NAT };
const NOBODY = { status: 200, list: [] };
const REFUSED = { status: 401, error: null, headers: { 'www-authenticate': /^Bearer/ } };
const pushed = (...members) => ({
  team: { displayName: 'Avengers', members: members.map((one) => ({ value: `{${one}}` })) },
});

const ENDPOINT =
  'This action will generate an Endpoint URL and Bearer token for your organization, allowing the app to listen to events and maintain synchronization with your organization.';
const newConnection = [
  app('POST', '/connections', { provider: 'okta', name: 'Hero SaaS' }),
  { status: 201, matches: { endpoint: /\/scim\/con_\w+\/v2$/ }, as: 'okta' },
];
const itsToken = [
  app('POST', '/tokens', { name: 'Hero SaaS', scopes: ['auto_provisioning', 'provisioning'], connection_id: '{okta}' }),
  { status: 201, matches: { token: /^rc_/ }, as: 'key' },
];
const there = (send) => ({ ...send, base: '/scim/{okta}/v2', token: '{key.token}' });

const endpoint = [
  says(
    'Endpoint: This is the URL where Okta will send requests to the app you are onboarding.',
    'what it answers bears this URL',
    {
      steps: [
        newConnection,
        itsToken,
        [
          there(create(STEVE)),
          {
            status: 201,
            matches: { 'meta.location': /\/scim\/con_\w+\/v2\/Users\/tea_\w+$/ },
            headers: { location: /\/scim\/con_/ },
            as: 'steve',
          },
        ],
        [
          there(lookUp(STEVE.userName)),
          { status: 200, list: ['steve'], matches: { 'Resources.0.meta.location': /\/scim\/con_/ } },
        ],
      ],
    },
  ),
  says(
    'Bearer Token: This token is used by Okta to authenticate its requests to the endpoint. It ensures that the requests are secure and authorized.',
    "none, a wrong one, and another connection's are 401",
    {
      steps: [
        newConnection,
        [{ ...probe(), base: '/scim/{okta}/v2', token: null }, REFUSED],
        [{ ...probe(), base: '/scim/{okta}/v2', token: 'rc_wrong' }, REFUSED],
        [{ ...probe(), base: '/scim/{okta}/v2' }, REFUSED],
        [{ ...probe(), base: '/scim/con_none/v2' }, REFUSED],
        [probe(), NOBODY],
      ],
    },
  ),
  says('Choose "Okta" as your Directory Provider.', 'the connection has it and waits', {
    steps: [[newConnection[0], { status: 201, contains: { provider: 'okta', name: 'Hero SaaS', status: 'waiting' } }]],
  }),
  says(
    'If the "Directory Sync" tab is not visible, it typically indicates that the feature is not enabled for your organization.',
    'nor does the endpoint serve it then',
    {
      settings: { plan: 'growth' },
      steps: [
        [probe(), { status: 403, error: null, detail: /plan does not include "scim"/ }],
        [app('PATCH', '', { entitlements: ['scim'] }), { status: 200 }],
        [probe(), NOBODY],
      ],
    },
  ),
  says(
    'Okta directory sync setup: Endpoint URL and one-time visible bearer token provided.',
    'the token is shown once, the URL again and again',
    {
      steps: [
        newConnection,
        itsToken,
        [app('GET', '/tokens/{key}'), { status: 200, contains: { connection_id: '{okta}' }, absent: ['token'] }],
        [app('GET', '/connections/{okta}'), { status: 200, contains: { endpoint: '{okta.endpoint}' } }],
      ],
    },
  ),
  says(ENDPOINT, 'and the app is told of each change', {
    steps: [
      [{ ...newConnection[0] }, { ...newConnection[1], events: ['connection.created'] }],
      [itsToken[0], { ...itsToken[1], events: ['token.created'] }],
      [there(create(STEVE)), { status: 201, events: ['teammate.created'] }],
    ],
  }),
  says(
    'Copy the Endpoint URL and Bearer Token from your Admin Portal and paste them into the SCIM 2.0 Base URL field and OAuth Bearer Token field, respectively.',
    'with a slash at the end of the one and blanks around the other',
    {
      steps: [
        newConnection,
        itsToken,
        [{ ...there(probe()), base: '/scim/{okta}/v2/' }, NOBODY],
        [{ ...there(probe({ authorization: 'Bearer  {key.token} ' })), token: null }, NOBODY],
      ],
    },
  ),
  says(
    'Verify the configuration by clicking "Test API Credentials," then save the settings.',
    'whole numbers, and the connection is heard of',
    {
      steps: [
        newConnection,
        itsToken,
        [there(probe()), { ...NOBODY, number: ['totalResults', 'startIndex', 'itemsPerPage'] }],
        [app('GET', '/connections/{okta}'), { status: 200, contains: { status: 'connected' }, eventually: true }],
      ],
    },
  ),
  says(
    'Give provisioning permissions to the API integration. This is necessary to allow Okta to send and receive events to the app.',
    'a token without the scope pushes no group',
    {
      steps: [
        [app('POST', '/tokens', { name: 'Okta', scopes: ['auto_provisioning'] }), { status: 201, as: 'key' }],
        [
          { ...createGroup('Avengers'), token: '{key.token}' },
          { status: 403, error: null, detail: /scope "provisioning"/, events: [] },
        ],
        [createGroup('Avengers'), { status: 201, events: ['group.created'] }],
      ],
    },
  ),
];

const SETTINGS =
  'These settings allow Okta to perform user provisioning actions in your application, including creating new user accounts, updating existing user information, and deactivating user accounts when necessary.';
const METADATA = {
  ...STEVE,
  title: 'Captain',
  nickName: 'Cap',
  profileUrl: 'not a url',
  preferredLanguage: 'en',
  timezone: 'America/New_York',
  userType: 'Hero',
  name: { ...STEVE.name, middleName: 'Grant', honorificPrefix: 'Cpt.' },
  phoneNumbers: [{ value: '+1 212 555 0100', type: 'mobile', primary: true }],
  addresses: [
    {
      type: 'work',
      streetAddress: '890 Fifth Avenue',
      locality: 'New York',
      region: 'NY',
      postalCode: '10021',
      country: 'US',
      primary: true,
    },
  ],
  [ENTERPRISE]: {
    employeeNumber: '1',
    costCenter: 'C1',
    organization: 'Navy',
    division: 'Heroes',
    department: 'Shield',
    manager: { value: 'fury' },
  },
};

const people = (okta) => [
  says(SETTINGS, 'created, updated, deactivated', {
    steps: [
      [create(STEVE), { status: 201, body: kept(STEVE), events: ['teammate.created'], as: 'steve' }],
      [
        update('steve', { ...STEVE, title: 'Captain' }),
        { status: 200, body: { ...kept(STEVE), title: 'Captain' }, events: ['teammate.updated'] },
      ],
      [
        okta.setActive('steve', { ...STEVE, title: 'Captain' }, false),
        { status: 200, contains: { active: false, title: 'Captain' }, events: ['teammate.blocked'] },
      ],
    ],
  }),
  says(
    'By integrating your application with Okta, you can automate user management tasks and ensure that access rights are consistently up-to-date.',
    'the app knows at once who may come in',
    {
      given,
      steps: [
        [okta.setActive('steve', STEVE, false), { status: 200 }],
        [app('GET', '/teammates?state=active'), { status: 200, contains: { results: [{ id: '{nat}' }] } }],
        [app('GET', '/teammates?state=blocked'), { status: 200, contains: { results: [{ id: '{steve}' }] } }],
      ],
    },
  ),
];

const assigning = [
  says(
    'A form will open for each user. Review and populate the user’s metadata fields.',
    'each field is kept as it was filled in',
    {
      steps: [
        [create(METADATA), { status: 201, body: { ...kept(METADATA), schemas: [USER, ENTERPRISE] }, as: 'steve' }],
        [get('/Users/{steve}', OKTA), { status: 200, body: { ...kept(METADATA), schemas: [USER, ENTERPRISE] } }],
      ],
    },
  ),
  says(
    'If your directory requires additional settings, such as Attribute Statements, configure these on the Sign-On Options page.',
    'attributes of the company’s own are kept, and its custom fields shown to the app',
    {
      steps: [
        [
          create({ ...STEVE, [CUSTOM_FIELDS]: { fld_1k9: 'Gold' }, 'urn:hero:scim:1.0:User': { shield: 'vibranium' } }),
          {
            status: 201,
            contains: { [CUSTOM_FIELDS]: { fld_1k9: 'Gold' }, 'urn:hero:scim:1.0:User': { shield: 'vibranium' } },
            as: 'steve',
          },
        ],
        [app('GET', '/teammates/{steve}'), { status: 200, contains: { custom_fields: { fld_1k9: 'Gold' } } }],
      ],
    },
  ),
  says('Repeat this process for all users, then select "Done."', 'each is looked up and created', {
    steps: [
      ...[STEVE, NAT].flatMap((one) => [
        [lookUp(one.userName), NOBODY],
        [create(one), { status: 201, body: kept(one), events: ['teammate.created'] }],
      ]),
      [app('GET', ''), { status: 200, contains: { active_teammates: 2 } }],
    ],
  }),
  says(
    'After completing these steps, verify that the users and groups are successfully synced in the Administrator Portal.',
    'the lists of the app have them',
    {
      given,
      groups: pushed('steve', 'nat'),
      steps: [
        [app('GET', '/teammates'), { status: 200, contains: { results: [{ id: '{steve}' }, { id: '{nat}' }] } }],
        [
          app('GET', '/groups'),
          {
            status: 200,
            contains: { results: [{ id: '{team}', display_name: 'Avengers', idp_managed: true, member_count: 2 }] },
          },
        ],
        [
          app('GET', '/groups/{team}/members'),
          {
            status: 200,
            contains: {
              results: [
                { id: '{steve}', confirmed: true },
                { id: '{nat}', confirmed: true },
              ],
            },
          },
        ],
      ],
    },
  ),
];

export default {
  idp: 'Seed: Scalekit and Okta, people',
  cases: atBothEndpoints([...endpoint, ...byBothApps(people), ...assigning]),
};
